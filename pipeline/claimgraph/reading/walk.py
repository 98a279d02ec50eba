"""Named paths, folders and globs to the files in them, in a stable order, each once."""

import glob
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claimgraph.config import Limits
from claimgraph.reading.formats import split_ending
from claimgraph.reading.source import Source, failure, is_extracted, printable
from claimgraph.records import Failure

__all__ = ["STDIN", "Found", "walk"]

STDIN = Path("-")
_DESCRIPTORS = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read.

    id: path relative to the named folder without ending; a file named directly has its stem.
    named: the user named this very file; files met in folders may be passed over, named ones may not.
    """

    path: Path
    id: str
    named: bool
    stat: os.stat_result | None


Passed = Callable[[Path, str], None]


def walk(paths: Iterable[str | Path], limits: Limits, passed: Passed) -> Iterator[Found | tuple[Source, Failure]]:
    """Yield every file once, folders depth first in the order of names; links into the same folder are passed over.

    Hidden files and folders, and what is neither file nor folder (pipes, sockets), are passed over within folders.
    A folder that cannot be opened, a path that is not there and a glob that matches nothing are failures.

    Args:
        paths: files, folders, globs, or `-` for standard input.
        limits: `depth` bounds the nesting of folders.
        passed: is told what is passed over, and why.
    """
    once = _Once()
    for named in _expand(paths):
        if isinstance(named, str):
            yield (
                Source(path=printable(named)),
                failure(named, "no such file or folder, and no file matches the pattern"),
            )
            continue
        for item in _visit(named, limits, passed):
            if not isinstance(item, Found):
                yield item
            elif fresh := once.admit(item):
                yield fresh
            else:
                passed(item.path, "already read in this run")


def _expand(paths: Iterable[str | Path]) -> Iterator[Path | str]:
    """Yield paths that exist; a name that nothing answers to comes back as a string."""
    for raw in paths:
        path = Path(raw)
        if path == STDIN or os.path.lexists(path):
            yield path
            continue
        matches = sorted(glob.iglob(str(raw), recursive=True)) if glob.has_magic(str(raw)) else []
        yield from map(Path, matches)
        if not matches:
            yield str(raw)


def _visit(path: Path, limits: Limits, passed: Passed) -> Iterator[Found | tuple[Source, Failure]]:
    if path == STDIN:
        yield Found(path=path, id="stdin", named=True, stat=None)
        return
    try:
        state = path.stat()
    except OSError as error:
        yield _refused(path, error)
        return
    if stat.S_ISDIR(state.st_mode):
        yield from _Folder(path, limits, passed).files(path, 0)
    elif stat.S_ISREG(state.st_mode) or str(path).startswith(_DESCRIPTORS):
        yield Found(path=path, id=printable(split_ending(path.name)[0]), named=True, stat=state)
    else:
        yield Source.of(path, state), failure(str(path), "neither a file nor a folder; pipe it in and name it `-`")


class _Folder:
    """One walk below one named folder."""

    def __init__(self, root: Path, limits: Limits, passed: Passed) -> None:
        self._root, self._limits, self._passed = root, limits, passed
        self._real = os.path.realpath(root)
        self._entered: set[str] = set()

    def files(self, folder: Path, depth: int) -> Iterator[Found | tuple[Source, Failure]]:
        self._entered.add(os.path.realpath(folder))
        if depth > self._limits.depth:
            problem = f"folders are nested deeper than {self._limits.depth}; name a folder further down"
            yield Source(path=printable(os.path.abspath(folder))), failure(str(folder), problem)
            return
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield _refused(folder, error)
            return
        taken: set[str] = set()
        for entry in entries:
            path = folder / entry.name
            if self._is_passed(entry, path):
                continue
            if entry.is_dir():
                yield from self.files(path, depth + 1)
            else:
                yield from self._file(path, taken)

    def _file(self, path: Path, taken: set[str]) -> Iterator[Found | tuple[Source, Failure]]:
        try:
            state = path.stat()
        except OSError as error:
            yield _refused(path, error)
            return
        relative = path.relative_to(self._root)
        stem = split_ending(path.name)[0]
        # a.txt beside a.html: the second keeps its ending
        name = path.name if stem in taken else stem
        taken.add(stem)
        yield Found(path=path, id=printable((relative.parent / name).as_posix()), named=False, stat=state)

    def _is_passed(self, entry: os.DirEntry[str], path: Path) -> bool:
        reason = self._reason(entry, path)
        if reason:
            self._passed(path, reason)
        return bool(reason)

    def _reason(self, entry: os.DirEntry[str], path: Path) -> str:
        """Say why an entry of a folder is passed over; empty if it isn't."""
        if entry.name.startswith("."):
            return "hidden"
        if entry.is_symlink():
            real = os.path.realpath(path)
            if not os.path.exists(real):
                return "a link to nowhere"
            if real in self._entered or os.path.commonpath([real, self._real]) == self._real:
                return "a link to what is read in its own place"
        if entry.is_dir() and is_extracted(path):
            return "claims that were extracted; name the folder to ingest them"
        if not entry.is_dir() and not entry.is_file():
            return "neither a file nor a folder"
        if re.fullmatch(r"[A-Z][A-Z_-]+\.(?:md|txt)", entry.name):
            return "documentation, by its name in capitals"  # README.md, LICENSE.txt, CHANGELOG.md
        return ""


class _Once:
    """Admits every file once and every id once; a second file of one id is told apart by its folder's name."""

    def __init__(self) -> None:
        self._files: set[tuple[int, int]] = set()
        self._ids: set[str] = set()

    def admit(self, found: Found) -> Found | None:
        if found.stat is not None and stat.S_ISREG(found.stat.st_mode):
            key = (found.stat.st_dev, found.stat.st_ino)
            if key in self._files:
                return None
            self._files.add(key)
        name = found.id
        if name in self._ids:
            above = len(Path(found.id).parts)
            folder = Path(os.path.abspath(found.path)).parents[above - 1].name
            name = f"{printable(folder)}/{found.id}"
        if name in self._ids:
            name = printable(split_ending(os.path.abspath(found.path))[0])
        self._ids.add(name)
        return Found(path=found.path, id=name, named=found.named, stat=found.stat)


def _refused(path: Path, error: OSError) -> tuple[Source, Failure]:
    reason = error.strerror or type(error).__name__
    hint = "; allow reading it" if isinstance(error, PermissionError) else ""
    return Source(path=printable(os.path.abspath(path))), failure(str(path), f"cannot be opened: {reason}{hint}")
