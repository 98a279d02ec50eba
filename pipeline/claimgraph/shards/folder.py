"""A folder of shards, on this machine or anywhere that fsspec reaches."""

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

from claimgraph.errors import ShardError
from claimgraph.reading.source import EXTRACTED, Source, printable

__all__ = ["ARTICLES", "Folder", "check_installed", "is_address", "version_of"]

#: Where the articles of the shards are.
ARTICLES = EXTRACTED

_VERSIONS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")


def is_address(path: str) -> bool:
    """Tell an address that fsspec knows, such as `s3://bucket/folder`, from a path."""
    return "://" in path


def version_of(facts: Mapping[str, Any]) -> str:
    """Tell from what fsspec knows of a file something that is another after any change; empty if it knows nothing."""
    return next((str(found) for key in _VERSIONS if (found := facts.get(key))), "")


def check_installed(target: str) -> None:
    """Refuse to start what needs the extra `parquet` without it.

    Raises:
        ShardError: pyarrow or fsspec is missing.
    """
    if missing := [name for name in ("pyarrow", "fsspec") if not find_spec(name)]:
        raise ShardError(target, f"needs {' and '.join(missing)}: pip install 'claimgraph[parquet]'")


class Folder:
    """Reads and writes whole files under names relative to the folder; what is there is complete."""

    def __init__(self, target: str) -> None:
        """Name the folder; it need not be there yet.

        Raises:
            ShardError: the extra `parquet` is missing, or fsspec does not know the address.
        """
        check_installed(target)
        from fsspec.core import url_to_fs

        self.target = target
        try:
            self._files, root = url_to_fs(target if is_address(target) else os.path.abspath(target))
        except (ImportError, ValueError) as error:
            raise ShardError(target, str(error)) from error
        self._root = str(root).rstrip("/")

    def files(self) -> frozenset[str]:
        """List the Parquet files in the folder and in the folder of articles."""
        return frozenset([*self._names(""), *(f"{ARTICLES}/{name}" for name in self._names(ARTICLES))])

    def _names(self, inside: str) -> list[str]:
        try:
            found = self._files.ls(self._path(inside), detail=False, refresh=True)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ShardError(self.target, f"cannot be listed: {error.strerror or error}") from error
        names = (str(path).rstrip("/").rpartition("/")[2] for path in found)
        return [name for name in names if name.endswith(".parquet") and not name.startswith(".")]

    def open(self, name: str) -> Any:
        """Open a file for reading; the caller closes it."""
        return self._files.open(self._path(name), "rb")

    def source(self, name: str) -> Source:
        """Name a file and its state, as the books of a graph keep it."""
        if not is_address(self.target):
            path = Path(self._path(name))
            return Source.of(path, path.stat())
        facts = self._files.info(self._path(name))
        changed = int.from_bytes(blake2b(version_of(facts).encode(), digest_size=7).digest())
        return Source(path=printable(self.path(name)), size=facts.get("size") or 0, mtime_ns=changed)

    def path(self, name: str) -> str:
        """Give the path or address of a file."""
        return f"{self.target.rstrip('/')}/{name}"

    def write(self, name: str, data: bytes) -> None:
        """Write a file so that it is there whole or not at all: under another name first.

        Raises:
            ShardError: it cannot be written.
        """
        inside, _, last = name.rpartition("/")
        unfinished = f"{inside}/.{last}.{uuid4().hex}.tmp".lstrip("/")
        try:
            self._files.makedirs(self._path(inside), exist_ok=True)
            self._files.pipe_file(self._path(unfinished), data)
            self._files.mv(self._path(unfinished), self._path(name))
        except OSError as error:
            raise ShardError(self.path(name), f"cannot be written: {error.strerror or error}") from error

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; those that are not there are fine."""
        for name in names:
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                continue

    def tidy(self) -> None:
        """Remove what workers that were killed left behind under the names that `write` begins with."""
        for inside in ("", ARTICLES):
            left = self._files.glob(f"{self._path(inside)}/.*.parquet.*.tmp")
            for path in left:
                self._files.rm_file(path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root
