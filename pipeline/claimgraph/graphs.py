"""The claim graph as a Python object: ingest articles, ask what they agree and disagree about."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from claimgraph.config import (
    Config,
    fingerprint,
    graph_fingerprint,
    preparing_fingerprint,
    reading_fingerprint,
)
from claimgraph.errors import ConfigError
from claimgraph.records import Article, Claim, Failure
from claimgraph.vocab import Ruling

if TYPE_CHECKING:
    from spacy.language import Language
    from sqlalchemy import Connection

    from claimgraph.extraction import Outcome
    from claimgraph.graph.judgements import Judgement
    from claimgraph.graph.records import Pair
    from claimgraph.reading import Passed, Skip, Source
    from claimgraph.store.changes import Change
    from claimgraph.store.ingest import Ingest
    from claimgraph.store.observations import Filter
    from claimgraph.store.preparing import Attachment
    from claimgraph.store.report import Progress, Report, Totals
    from claimgraph.store.results import ArticleView, Conflict, ObservationView, Summary
    from claimgraph.store.store import Store

__all__ = ["Graph"]

_WAIT = 600.0  # seconds that a run waits for another one


class Graph:
    """A claim graph in a store; close it, or use it in a `with` block.

    Whatever is asked for and isn't there comes back as None or an empty list.
    """

    def __init__(self, store: "Store", config: Config | None = None) -> None:
        self._store, self._config = store, config or Config()

    @classmethod
    def open(
        cls, target: str | Path | None = None, *, read_only: bool = False, config: Config | None = None
    ) -> "Graph":
        """Open the graph at a path or database URL, `:memory:` included; a new one is made unless `read_only`.

        Raises:
            StoreError: it cannot be opened, or holds something else.
            SchemaVersionError: another version of claimgraph wrote it.
        """
        from claimgraph.store.store import Store

        config = config or Config()
        return cls(Store(target if target is not None else config.database, read_only=read_only), config)

    def ingest(
        self,
        inputs: Iterable[Article | str | Path],
        nlp: "Language | None" = None,
        *,
        workers: int | None = None,
        started: str | None = None,
        progress: "Callable[[Progress], object] | None" = None,
        passed: "Passed | None" = None,
        skip: "Skip | None" = None,
        since: date | None = None,
        limit: int | None = None,
        prune: bool = False,
        wait: float = _WAIT,
        waiting: Callable[[], object] = bool,
    ) -> "Report":
        """Bring articles, or the articles in files and folders, into the graph; what is known already is skipped.

        Args:
            inputs: articles, or paths; not both. Folders of shards, which `extract_shards` wrote, are attached first.
            nlp: the pipeline; made when the first article needs it if not given.
            workers: processes that extract; None: as many as there are cores, one for a few articles.
            started: moment to write down for this run, ISO 8601.
            progress: called with every article that is done; skipped files are not announced.
            passed: told of every file in a folder that is no article, and why; see `reading.PassedOver`.
            skip: asked for every file with its state; True leaves it for another run.
            since: only articles published on this day or later, undated ones not; the others wait for another run.
            limit: extract at most so many articles; the others wait for another run.
            prune: take out the articles that were read from the folders among `inputs` and are no longer there.
            wait: seconds that another run on this graph is waited for.
            waiting: called once if there is one.

        Raises:
            ConfigError: `prune` without folders, with a folder that holds no files or holds shards, with `skip` or with
                `limit`.
            ShardError: an address at which there are no shards.
            StoreError: the store cannot be written, or another run goes on. What was attached until then stays.
        """
        from claimgraph.store.pruning import Census

        if prune and (skip or limit):
            raise ConfigError("--prune", "with --limit", "a run that looks at everything")
        inputs, shards = _apart(inputs)
        if prune and shards:
            raise ConfigError("--prune", shards[0], "with the folders of the articles; from shards nothing is gone")
        inputs = list(inputs) if prune else inputs
        census = Census() if prune else None
        with self._store.run_lock(wait, waiting):
            run = self._run(started=started, since=since, limit=limit, census=census)
            self._attach(run, shards, workers, progress)
            self._work(run, self._sources(inputs, _either(skip, run.skip), passed), nlp, workers, progress)
            gone = run.prune(_folders(inputs), census) if census else []
            report = run.report()
        if not any(item.may_be_elsewhere for item in gone):
            return report
        again = self.ingest(inputs, nlp, workers=workers, started=started, progress=progress, since=since)
        return replace(report, pruned=report.pruned - again.new, totals=again.totals)

    def refresh(
        self,
        nlp: "Language | None" = None,
        *,
        workers: int | None = None,
        started: str | None = None,
        progress: "Callable[[Progress], object] | None" = None,
        limit: int | None = None,
        wait: float = _WAIT,
        waiting: Callable[[], object] = bool,
    ) -> "Report":
        """Extract again what another version of the pipeline extracted, from the texts that the graph keeps.

        The latest articles come first, and each one's older claims stay until its new ones replace them. Can be
        stopped at any moment and called again. Arguments and errors are those of `ingest`.
        """
        from claimgraph.store.refreshing import outdated

        with self._store.run_lock(wait, waiting):
            run = self._run(started=started, limit=limit)
            self._work(run, outdated(self._store, fingerprint(self._config)), nlp, workers, progress)
            return run.report()

    def _work(
        self,
        run: "Ingest",
        sources: "Iterator[tuple[Source, Article | Failure]]",
        nlp: "Language | None",
        workers: int | None,
        progress: "Callable[[Progress], object] | None",
    ) -> None:
        from claimgraph.extraction import extract_each

        def extract(articles: Iterator[Article]) -> "Iterator[tuple[Article, Outcome]]":
            return extract_each(articles, nlp, config=self._config, workers=workers)

        for step in run.steps(sources, extract):
            if progress:
                progress(step)

    def _attach(
        self, run: "Ingest", shards: list[str], workers: int | None, progress: "Callable[[Progress], object] | None"
    ) -> None:
        """Attach the articles of shards."""
        if not shards:
            return
        for step in run.steps_extracted(_extracted(shards, run), workers and workers - 1):
            if progress:
                progress(step)

    def preview(
        self,
        inputs: Iterable[Article | str | Path],
        *,
        progress: "Callable[[Progress], object] | None" = None,
        passed: "Passed | None" = None,
        since: date | None = None,
        limit: int | None = None,
    ) -> "Report":
        """Say what `ingest` would do with the same arguments; nothing is extracted, linked anew or written."""
        inputs, shards = _apart(inputs)
        run = self._run_on(self._store, since=since, limit=limit)
        known: Iterator[Any] = _extracted(shards, run) if shards else iter(())
        for step in run.look(chain(known, self._sources(inputs, run.skip, passed))):
            if progress:
                progress(step)
        return run.report()

    def relink(self) -> int:
        """Link all claims anew if other code or lexicons linked them; return how many articles that took.

        Nothing is extracted again. Whatever writes to the graph does it first.
        """
        from claimgraph.store.relinking import relink

        return relink(self._store, graph_fingerprint())

    def is_linked(self) -> bool:
        """Tell whether this version's code and lexicons linked the graph."""
        from claimgraph.store.relinking import linked_by

        with self._store.view() as connection:
            return linked_by(connection) == graph_fingerprint()

    def outdated(self) -> int:
        """Count the articles that another version of the pipeline extracted; `refresh` extracts them again."""
        from claimgraph.store.refreshing import count_outdated

        return count_outdated(self._store, fingerprint(self._config))

    def _linked(self) -> "Store":
        self.relink()
        return self._store

    def _run(self, **choice: Any) -> "Ingest":
        return self._run_on(self._linked(), **choice)

    def _run_on(self, store: "Store", **choice: Any) -> "Ingest":
        from claimgraph.store.ingest import Ingest

        read_by = reading_fingerprint(self._config)
        return Ingest(store, fingerprint(self._config), columns=self._config.columns, read_by=read_by, **choice)

    def _sources(
        self, inputs: Iterable[Article | str | Path], skip: "Skip", passed: "Passed | None"
    ) -> "Iterator[tuple[Source, Article | Failure]]":
        from claimgraph.reading import Source, read_sources

        stream = iter(inputs)
        first = next(stream, None)
        if first is None:
            return
        everything = chain([first], stream)
        if isinstance(first, Article):
            yield from ((Source(path=""), item) for item in everything if isinstance(item, Article))
        else:
            paths = [item for item in everything if not isinstance(item, Article)]
            columns = dict(self._config.columns)
            yield from read_sources(paths, self._config.limits, skip, columns, passed)

    def retract(self, articles: Collection[str]) -> int:
        """Take articles out by id, with everything that hung on them; return how many there were.

        They stay out, also when their files change, until `let_in` is told their ids or they are imported.
        """
        from claimgraph.store.retracting import take_out_for_good

        with self._linked().writer() as connection:
            return take_out_for_good(connection, articles)

    def let_in(self, articles: Collection[str]) -> int:
        """Let articles in again that `retract` took out: the next `ingest` of their files brings them; return how many.

        What is read from standard input or given as `Article` is let in by being given again.
        """
        from claimgraph.store.retracting import let_in

        with self._store.writer() as connection:
            return let_in(connection, articles)

    def totals(self) -> "Totals":
        """Count what the graph holds."""
        from claimgraph.store.totals import totals

        with self._store.view() as connection:
            return totals(connection)

    def conflicts(self, wanted: "Filter | None" = None, *, limit: int | None = 20) -> "list[Conflict]":
        """Return the contradictions, the weightiest first: independent support on both sides, gap, recency."""
        from claimgraph.store.observations import Filter, conflicts

        with self._store.view() as connection:
            return conflicts(connection, wanted or Filter(), limit)

    def observation(self, key: str) -> "ObservationView | None":
        """Return an observation with everything that answers it."""
        from claimgraph.store.observations import observation_view

        with self._store.view() as connection:
            return observation_view(connection, key)

    def observations(self, wanted: "Filter | None" = None, *, limit: int | None = 20) -> "list[Summary]":
        """Return observations, those with the most independent origins first."""
        from claimgraph.store.observations import Filter, observations

        with self._store.view() as connection:
            return observations(connection, wanted or Filter(), limit)

    def article(self, id: str) -> "ArticleView | None":
        """Return an article with its claims and copies."""
        from claimgraph.store.view import article_view

        with self._store.view() as connection:
            return article_view(connection, id)

    def claim(self, id: str) -> Claim | None:
        """Return a claim."""
        from claimgraph.store.view import claim_by_id

        with self._store.view() as connection:
            return claim_by_id(connection, id)

    def observation_of(self, claim: str) -> str | None:
        """Return the key of the observation that a claim answers."""
        from claimgraph.store.view import observation_of

        with self._store.view() as connection:
            return observation_of(connection, claim)

    def ask(self, text: str, *, limit: int = 5) -> "list[Summary]":
        """Return the observations that plain words may mean, the best match first."""
        from claimgraph.store.asking import ask

        with self._store.view() as connection:
            return ask(connection, text, limit)

    def claims(self) -> Iterator[Claim]:
        """Yield every claim, by article, then place in the text."""
        from claimgraph.store.view import all_claims

        with self._store.view() as connection:
            yield from all_claims(connection)

    def relations(self) -> "Iterator[Pair]":
        """Yield every two claims of different articles that answer one observation, compared."""
        from claimgraph.store.observations import pairs

        with self._store.view() as connection:
            yield from pairs(connection)

    def dump(self) -> Iterator[dict[str, Any]]:
        """Yield every article with its claims as a JSON object, for `load` into another store."""
        from claimgraph.store.moving import dump_articles

        with self._store.view() as connection:
            yield from dump_articles(connection, by=preparing_fingerprint())

    def load(self, lines: Iterable[Mapping[str, Any] | str], *, started: str | None = None) -> int:
        """Attach the articles that `dump` gave, or lines of their JSON, without extracting them again; return how many.

        Raises:
            StoreError: a line is none of ours.
        """
        from claimgraph.store.moving import load_articles

        return load_articles(self._linked(), lines, started=started, by=preparing_fingerprint())

    def judge(
        self, ruling: Ruling, a: str, b: str | None = None, *, author: str, made: str, note: str = ""
    ) -> "Judgement":
        """Store what a person says about claims, and regroup what it is about; it outweighs the pipeline.

        Args:
            ruling: `wrong` takes one claim, `same` and `different` take two.
            a, b: ids of claims.
            author: who says so. made: when, ISO 8601. note: why.

        Raises:
            ConfigError: there is no claim of that id, or their number is not what the ruling takes.
            StoreError: the store cannot be written.
        """
        from claimgraph.graph.judgements import judgement, mark_of
        from claimgraph.store.judging import add
        from claimgraph.store.lists import last_run

        claims = [self.claim(id) for id in (a, b) if id is not None]
        if None in claims:
            missing = next(id for id, found in zip((a, b), claims, strict=False) if found is None)
            raise ConfigError("claim", missing, "the id of a claim, as `claimgraph show` gives it")
        marks = [mark_of(found) for found in claims if found]
        try:
            item = judgement(ruling, *marks, *[None] * (2 - len(marks)), author=author, made=made, note=note)
        except ValueError as error:
            raise ConfigError("judgement", str(ruling), str(error)) from error
        with self._linked().writer() as connection:
            add(connection, [item], last_run(connection))
        return item

    def withdraw(self, judgement: str) -> bool:
        """Take a judgement back by id; return whether there was one."""
        from claimgraph.store.judging import take_back
        from claimgraph.store.lists import last_run

        with self._linked().writer() as connection:
            return take_back(connection, judgement, last_run(connection))

    def judgements(self, articles: Collection[str] | None = None) -> "list[Judgement]":
        """Return what people said, by time; about some articles only if given."""
        from claimgraph.store.judgements import judgements

        with self._store.view() as connection:
            return judgements(connection, articles)

    def changes(self, since: str | None = None) -> "Iterator[Change]":
        """Yield what runs changed: new contradictions, values that moved on, new observations, in this order.

        Args:
            since: number of the first run that counts, or a moment (ISO 8601); None: the last run alone.
        """
        from claimgraph.store.changes import changes, run_before

        with self._store.view() as connection:
            yield from changes(connection, run_before(connection, since))

    def failures(self) -> list[Failure]:
        """Return what could not be read or extracted, by name."""
        from claimgraph.store.view import failures

        with self._store.view() as connection:
            return failures(connection)

    @contextmanager
    def view(self) -> "Iterator[Connection]":
        """Give a consistent state of the tables of `claimgraph.store.schema` to read from."""
        with self._store.view() as connection:
            yield connection

    def close(self) -> None:
        """Give the store back."""
        self._store.close()

    def __enter__(self) -> "Graph":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _either(first: "Skip | None", second: "Skip") -> "Skip":
    """Skip what one of two skips; the first is asked only about what the second does not know already."""
    return second if first is None else lambda path, stat: second(path, stat) or first(path, stat)


def _apart(
    inputs: Iterable[Article | str | Path],
) -> tuple[Iterable[Article | str | Path], list[str]]:
    """Put folders of shards aside, which hold claims that were extracted already."""
    from claimgraph.reading.source import is_extracted

    stream = iter(inputs)
    first = next(stream, None)
    if first is None or isinstance(first, Article):
        return () if first is None else chain([first], stream), []
    paths = [item for item in chain([first], stream) if not isinstance(item, Article)]
    shards = [str(path) for path in paths if is_extracted(path)]
    return [path for path in paths if not is_extracted(path)], shards


def _extracted(shards: list[str], run: "Ingest") -> "Iterator[tuple[Source, Attachment | Failure]]":
    """Read the shards that the run doesn't know yet."""
    from claimgraph.shards.folder import check_installed

    check_installed(shards[0])
    from claimgraph.shards.reading import read_shards

    return read_shards(shards, run.is_known)


def _folders(inputs: Iterable[Article | str | Path]) -> list[str]:
    """Give the folders among paths, as sources name them."""
    from claimgraph.reading.source import printable

    paths = (item for item in inputs if not isinstance(item, Article))
    return [printable(os.path.abspath(path)) for path in paths if os.path.isdir(path)]
