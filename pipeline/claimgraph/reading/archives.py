"""Archives (`.zip`, `.tar`): members are read in memory, never unpacked; their names are only names."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import PurePosixPath
from typing import cast

from claimgraph.errors import ArticleError
from claimgraph.reading.documents import read_docx
from claimgraph.reading.formats import split_ending
from claimgraph.reading.source import Input, failure, printable
from claimgraph.records import Article, Failure

__all__ = ["read_tar", "read_zip"]

_MEMBERS = 100_000
Inner = Callable[[Input], Iterator[Article | Failure]]


def read_zip(given: Input, inner: Inner) -> Iterator[Article | Failure]:
    """Read every member of a ZIP file in a format that we know; a Word file under another name is one article."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(given.data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ArticleError(given.name, f"the archive is damaged ({error}); fetch it again") from error
    with archive:
        if "word/document.xml" in archive.namelist():
            yield from read_docx(given)
            return
        for info in archive.infolist()[:_MEMBERS]:
            if not info.is_dir() and _is_known(info.filename):
                yield from _read_zip_member(archive, info, given, inner)


def _read_zip_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, given: Input, inner: Inner
) -> Iterator[Article | Failure]:
    name = f"{given.name}: {info.filename}"
    ratio = given.limits.compression_ratio
    if info.file_size > (1 << 20) + ratio * info.compress_size:
        yield failure(name, f"swells to more than {ratio} times its size when decompressed, as bombs do; not read")
        return
    try:
        data = archive.open(info).read(given.limits.file_bytes + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error) as error:
        yield failure(name, f"the member cannot be read ({error}); pack it anew, without password")
        return
    yield from _read_member(info.filename, data, given, inner)


def read_tar(given: Input, inner: Inner) -> Iterator[Article | Failure]:
    """Read every member of a TAR file in a format that we know, streaming; links and devices are left alone."""
    try:
        with tarfile.open(fileobj=given.stream, mode="r|") as archive:
            for _, info in zip(range(_MEMBERS), archive, strict=False):
                content = archive.extractfile(info) if info.isfile() and _is_known(info.name) else None
                if content is not None:
                    yield from _read_member(info.name, content.read(given.limits.file_bytes + 1), given, inner)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ArticleError(given.name, f"the archive is damaged ({error}); fetch it again") from error


def _read_member(name: str, data: bytes, given: Input, inner: Inner) -> Iterator[Article | Failure]:
    stem, ending = split_ending(_safe(name))
    stream = cast(BufferedReader, BufferedReader(io.BytesIO(data)))
    member = replace(
        given, id=f"{given.id}/{stem}", name=f"{given.name}: {name}", ending=ending, stream=stream, sure=False
    )
    try:
        yield from inner(member)
    except ArticleError as error:
        yield failure(error.article, error.problem)


def _is_known(name: str) -> bool:
    """Say whether a member is worth reading; archives within archives are not."""
    return split_ending(name)[1] not in ("", ".zip", ".tar") and not PurePosixPath(name).name.startswith(".")


def _safe(name: str) -> str:
    """Take what leads out of a folder from a name: it becomes a part of ids and never a path, but looks like one."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return printable("/".join(parts)) or "member"
