"""Folders that fill up are looked at when something lands, when it is written to its end, and every so often."""

import json
import os
import signal
import threading
import time

import pytest

from claimgraph.errors import ConfigError
from claimgraph.watching import Pauses, Settling, watch

STORY = "title: Ferries\ndate: 2024-04-02\n\nThe ferry company of Norrby carried 41,000 passengers in March 2024.\n"
QUICK = Pauses(settle=0.3, rescan=600, retry=0.2)


class Watched:
    """A folder that a thread watches; `reads` are the files that every look read."""

    def __init__(self, folder, pauses=QUICK, fails=0, ours=""):
        self.folder, self.reads, self.fails, self.known = folder, [], fails, set()
        self.stop = threading.Event()
        options = {"ours": ours}
        self.thread = threading.Thread(target=watch, args=([folder], self.look, self.stop, pauses), kwargs=options)

    def look(self, skip, check):
        if self.fails:
            self.fails -= 1
            self.reads.append("failed")
            return False
        found = []
        for path in sorted(self.folder.rglob("*.txt")):
            stat = path.stat()
            state = (path, stat.st_size, stat.st_mtime_ns)
            if state not in self.known and not skip(path, stat):
                self.known.add(state)
                found.append((path.name, path.read_text()))
                check()
        self.reads.append(found)
        return True

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()

    def wait(self, condition, seconds=15):
        end = time.monotonic() + seconds
        while not condition(self) and time.monotonic() < end:
            time.sleep(0.02)
        assert condition(self), self.reads

    def files(self):
        return [item for read in self.reads for item in read if read != "failed"]


def old(path, text):
    """Write a file that was done a minute ago."""
    path.write_text(text)
    os.utime(path, (time.time() - 60,) * 2)
    return path


def test_what_is_there_is_read_and_then_what_lands_also_in_new_folders(tmp_path):
    old(tmp_path / "a.txt", "one")
    with Watched(tmp_path) as watched:
        watched.wait(lambda w: ("a.txt", "one") in w.files())
        (tmp_path / "deep").mkdir()
        (tmp_path / "deep" / "b.txt").write_text("two")
        watched.wait(lambda w: ("b.txt", "two") in w.files())
        (tmp_path / "a.txt").write_text("three")
        watched.wait(lambda w: ("a.txt", "three") in w.files())


def test_file_that_is_being_written_is_read_once_at_its_end(tmp_path):
    with Watched(tmp_path) as watched:
        watched.wait(lambda w: w.reads)
        with (tmp_path / "slow.txt").open("w") as stream:
            for _ in range(10):
                stream.write("part ")
                stream.flush()
                time.sleep(0.1)
        watched.wait(lambda w: w.files())
        time.sleep(0.5)
        assert watched.files() == [("slow.txt", "part " * 10)]


def test_quiet_folder_is_looked_at_again_after_a_while(tmp_path):
    with Watched(tmp_path, Pauses(settle=0.2, rescan=0.3)) as watched:
        watched.wait(lambda w: len(w.reads) >= 3)


def test_quiet_folder_is_left_alone_until_then(tmp_path):
    with Watched(tmp_path) as watched:
        watched.wait(lambda w: w.reads)
        time.sleep(1)
        assert len(watched.reads) == 1


def test_look_that_failed_is_tried_again(tmp_path):
    old(tmp_path / "a.txt", "one")
    with Watched(tmp_path, fails=2) as watched:
        watched.wait(lambda w: w.files() == [("a.txt", "one")])
        assert watched.reads[:2] == ["failed", "failed"]


def test_hidden_files_and_our_own_database_are_no_news(tmp_path):
    with Watched(tmp_path, ours=str(tmp_path / "graph.db")) as watched:
        watched.wait(lambda w: w.reads)
        for name in (".part", "graph.db", "graph.db-wal"):
            (tmp_path / name).write_text("x")
        time.sleep(1)
        assert len(watched.reads) == 1


def test_stop_ends_a_look_between_two_articles(tmp_path):
    for number in range(5):
        old(tmp_path / f"{number}.txt", "x")
    watched = Watched(tmp_path)
    looked = watched.look

    def look(skip, check):
        def stopping():
            watched.stop.set()
            check()

        return looked(skip, stopping)

    watched.stop.clear()
    watch([tmp_path], look, watched.stop, QUICK)
    assert len(watched.known) == 1


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="a folder that is there"):
        watch([tmp_path / "none"], lambda *_: True, threading.Event())


def test_file_of_a_clock_that_is_ahead_is_read_in_the_end(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    os.utime(path, (time.time() + 9_000,) * 2)
    settling = Settling(0.05)
    assert settling.skip(path, path.stat())
    assert settling.waiting
    time.sleep(0.06)
    assert not settling.skip(path, path.stat())
    assert not settling.waiting


@pytest.mark.model
@pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGTERM")
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)], ids=["SIGTERM", "SIGINT"]
)
def test_command_ingests_what_lands_and_stops_cleanly(terminal, tmp_path, number):
    folder, database = tmp_path / "news", tmp_path / "news" / "graph.db"
    folder.mkdir()
    old(folder / "a.txt", STORY)
    options = ("--db", database, "--settle", 0.3, "--log-format", "json", "--workers", 1)
    process = terminal("watch", folder, *options)
    try:
        events = map(json.loads, process.stderr)
        assert next(e for e in events if e["event"] == "done")["new"] == 1
        (folder / "b.txt").write_text(STORY.replace("41,000", "52,000"))
        (folder / "empty.txt").write_text("")
        assert next(e for e in events if e["event"] == "article" and e["outcome"] == "new")["article"] == "b"
        assert next(e for e in events if e["event"] == "done")["failed"] == 1
        process.send_signal(number)
        assert [e["event"] for e in events][-1] == "stopped"
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()
