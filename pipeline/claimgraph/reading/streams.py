"""Open files and streams: compression undone on the fly, with a bound on how far it may swell."""

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.walk import STDIN

__all__ = ["open_file", "open_stream"]


class Readable(Protocol):
    """What decompresses."""

    def read1(self, size: int = ..., /) -> bytes:
        """Give up to `size` bytes, as soon as there are some."""

    def close(self) -> None:
        """Let go of the stream."""


_MAGIC: tuple[tuple[bytes, Callable[[BinaryIO], Readable]], ...] = (
    (b"\x1f\x8b", lambda raw: gzip.GzipFile(fileobj=raw)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
# Small texts may shrink by any ratio, and the first blocks always do: the ratio counts from here on.
_GRACE_BYTES = 1 << 20
_BLOCK = 1 << 16


def open_file(path: Path) -> BufferedReader:
    """Open a file, or standard input for `-`.

    Raises:
        OSError: it cannot be opened.
    """
    return _buffered(sys.stdin.buffer if path == STDIN else path.open("rb"))


def open_stream(raw: BinaryIO, name: str, limits: Limits) -> BufferedReader:
    """Undo up to two layers of compression of a stream (a page that was sent compressed, then packed again)."""
    stream = _buffered(raw)
    for _ in range(2):
        opener = next((opener for magic, opener in _MAGIC if stream.peek(6).startswith(magic)), None)
        if opener is None:
            break
        counted = _Counted(stream)
        stream = BufferedReader(_Bounded(opener(cast(BinaryIO, counted)), counted, name, limits), _BLOCK)
    return stream


def _buffered(raw: BinaryIO) -> BufferedReader:
    return raw if isinstance(raw, BufferedReader) else BufferedReader(cast(io.RawIOBase, raw))


class _Counted(io.RawIOBase):
    """Counts the bytes that are read through it."""

    def __init__(self, inner: BufferedReader) -> None:
        self._inner, self.count = inner, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # not more at once than a bomb may hide in: the ratio is judged by what was really needed
        view = memoryview(buffer)[: 1 << 14]
        got = self._inner.readinto1(view)
        self.count += got
        return got

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Bounded(io.RawIOBase):
    """Decompresses, and stops a bomb before it goes off."""

    def __init__(self, inner: Readable, packed: _Counted, name: str, limits: Limits) -> None:
        self._inner, self._packed, self._name = inner, packed, name
        self._ratio, self._count = limits.compression_ratio, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            # read1: what comes before the damage is given out first
            block = self._inner.read1(len(buffer))
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise ArticleError(self._name, f"the compressed data are damaged ({error}); fetch it again") from error
        self._count += len(block)
        if self._count > _GRACE_BYTES + self._ratio * self._packed.count:
            problem = f"swells to more than {self._ratio} times its size when decompressed, as bombs do; not read"
            raise ArticleError(self._name, problem)
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._inner.close()
        self._packed.close()
        super().close()
