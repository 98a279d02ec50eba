"""Keep a graph up to date with folders that fill up: look when something changes there, and every so often anyway.

Every look reads the folders as a whole, because an article is known by its path within them; what did not change costs
a stat call. A file that is still being written is left for the next look.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from claimgraph.errors import ConfigError

if TYPE_CHECKING:
    from claimgraph.reading import Skip

__all__ = ["Pauses", "Settling", "watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """How long is waited for what, in seconds.

    settle: a file is read when neither size nor time changed for so long.
    rescan: the folders are looked at after so long although nothing seemed to change: on network drives, and when a
        system loses notices, changes go unseen.
    retry: a look that failed as a whole is tried again after so long.
    rest: between two looks as long as the first took, but at most so long: a look at a million files takes a while.
    """

    settle: float = 2.0
    rescan: float = 3600.0
    retry: float = 15.0
    rest: float = 5.0


class _Stopped(Exception):  # noqa: N818  no error: it leads out of a look that is under way
    """Somebody wants us to stop."""


class Settling:
    """Tells files that are still being written from those that are done, by looking twice."""

    def __init__(self, pause: float) -> None:
        """Make one that calls a file done when it stayed the same for `pause` seconds."""
        self._pause = pause
        self._seen: dict[str, tuple[int, int, float]] = {}

    def skip(self, path: Path, stat: os.stat_result) -> bool:
        """Say whether a file must wait: it changed lately, and is not known to have stayed the same since."""
        now, name = time.monotonic(), str(path)
        size, modified, since = self._seen.get(name, (-1, -1, now))
        if (size, modified) != (stat.st_size, stat.st_mtime_ns):
            # what changed long ago by its own word is done; clocks of other machines may be ahead of ours
            if time.time() - stat.st_mtime > self._pause and name not in self._seen:
                return False
            self._seen[name] = (stat.st_size, stat.st_mtime_ns, now)
            return True
        if now - since < self._pause:
            return True
        del self._seen[name]
        return False

    @property
    def waiting(self) -> bool:
        """Whether files wait to be looked at again."""
        return bool(self._seen)

    def forget_gone(self) -> None:
        """Wait no longer for files that were taken away."""
        self._seen = {name: seen for name, seen in self._seen.items() if os.path.exists(name)}


Look = Callable[["Skip", Callable[[], None]], bool]


def watch(folders: Sequence[Path], look: Look, stop: Event, pauses: Pauses | None = None, *, ours: str = "") -> None:
    """Look at folders now, whenever something changes in them, and every so often, until told to stop.

    Args:
        folders: to watch, with all below them.
        look: reads the folders, all but the files that its first argument skips; calls the second between articles,
            where it may be stopped; says whether it worked, or must be tried again.
        stop: when set, the function returns after the article that is under way.
        pauses: the defaults of `Pauses` if None.
        ours: changes of files whose absolute path begins so are no news: the database and what lies beside it.

    Raises:
        ConfigError: one of `folders` is no folder.
    """
    pauses = pauses or Pauses()
    for folder in folders:
        if not folder.is_dir():
            raise ConfigError("FOLDER", str(folder), "a folder that is there")
    settling, failed = Settling(pauses.settle), False

    def check() -> None:
        if stop.is_set():
            raise _Stopped

    def skip(path: Path, stat: os.stat_result) -> bool:
        check()
        return settling.skip(path, stat)

    looked, rest, due = 0.0, 0.0, True
    for changed in _notices(folders, stop, pauses, ours):
        rested = time.monotonic() - looked
        due = due or changed or rested > pauses.rescan or (settling.waiting and rested > pauses.settle)
        if not due or rested < (pauses.retry if failed else rest) or stop.is_set():
            continue
        began = time.monotonic()
        try:
            due = failed = not look(skip, check)
        except _Stopped:
            return
        settling.forget_gone()
        looked = time.monotonic()
        rest = min(looked - began, pauses.rest)


def _notices(folders: Sequence[Path], stop: Event, pauses: Pauses, ours: str) -> Iterator[bool]:
    """Yield every now and then, and soon after a change; say whether something changed. Misses nothing in between."""
    from watchfiles import watch as notices

    def concerns(_: object, path: str) -> bool:
        return not os.path.basename(path).startswith(".") and not (ours and os.path.abspath(path).startswith(ours))

    for changes in notices(
        *folders,
        watch_filter=concerns,
        stop_event=stop,
        rust_timeout=max(100, int(min(pauses.settle, pauses.rescan) * 500)),
        yield_on_timeout=True,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield bool(changes)
