"""Files, pages, feeds and streams to articles; no character of a body is ever altered.

read_sources  every article with the file that it came from, for those who keep books
read_articles the same without the files
read_found    the articles of one file that `walk` found, or that somebody else opened
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path

from claimgraph.config import Limits
from claimgraph.errors import ArticleError
from claimgraph.reading.dispatch import read_input
from claimgraph.reading.formats import split_ending
from claimgraph.reading.passed import UNKNOWN_ENDING, PassedOver
from claimgraph.reading.source import Columns, Input, Source, failure
from claimgraph.reading.streams import open_file
from claimgraph.reading.walk import STDIN, Found, Passed, walk
from claimgraph.records import Article, Failure

__all__ = ["Columns", "Passed", "PassedOver", "Skip", "Source", "read_articles", "read_found", "read_sources"]

Skip = Callable[[Path, os.stat_result], bool]


def read_articles(
    paths: Iterable[str | Path],
    limits: Limits | None = None,
    skip: Skip | None = None,
    columns: Mapping[str, str] | None = None,
    passed: Passed | None = None,
) -> Iterator[Article | Failure]:
    """Read every article in files and folders, lazily and in a stable order; what cannot be read is a Failure.

    The arguments are those of `read_sources`.
    """
    return (outcome for _, outcome in read_sources(paths, limits, skip, columns, passed))


def read_sources(
    paths: Iterable[str | Path],
    limits: Limits | None = None,
    skip: Skip | None = None,
    columns: Mapping[str, str] | None = None,
    passed: Passed | None = None,
) -> Iterator[tuple[Source, Article | Failure]]:
    """Yield every article, or why it cannot be read, with the file that it came from.

    All articles of a file come in a row and carry equal sources; a file is done when the source changes.

    Args:
        paths: files, folders (with all below them), globs, `-` for standard input.
        limits: what one input may cost; the defaults of `Limits` if None.
        skip: asked for every file before it is opened; True leaves the file alone.
        columns: for records, the column of an article's field: `{"body": "maintext"}`; see `Columns`.
        passed: told of every file in a folder that is no article, and why (unknown ending, hidden, a link back).
            Files that the paths name are never passed over; they fail.

    Raises:
        ConfigError: `columns` names a field that articles do not have.
    """
    bounds, mapped = limits or Limits(), Columns.mapped(columns or {})
    return _read(paths, bounds, skip, mapped, passed or _forget)


def _forget(path: Path, reason: str) -> None:
    """Pass a file over in silence."""


def _read(
    paths: Iterable[str | Path], limits: Limits, skip: Skip | None, columns: Columns, passed: Passed
) -> Iterator[tuple[Source, Article | Failure]]:
    for found in walk(paths, limits, passed):
        if not isinstance(found, Found):
            yield found
        elif not (skip and found.stat and skip(found.path, found.stat)):
            source = Source.of(found.path, found.stat) if found.stat else Source(path=str(STDIN))
            yield from ((source, outcome) for outcome in read_found(found, limits, columns, passed))


def read_found(
    found: Found,
    limits: Limits,
    columns: Columns,
    passed: Passed,
    *,
    name: str = "",
    opened: Callable[[], BufferedReader] | None = None,
) -> Iterator[Article | Failure]:
    """Yield the articles of one file, or why it cannot be read.

    Args:
        found: the file. limits, columns, passed: as for `read_sources`.
        name: what messages call the file; its path if not given.
        opened: opens the file if it is not on this machine.
    """
    name = name or str(found.path)
    ending = split_ending(found.path.name)[1]
    if not ending and not found.named:
        passed(found.path, UNKNOWN_ENDING)
        return
    try:
        with opened() if opened else open_file(found.path) as stream:
            given = Input(
                id=found.id, name=name, ending=ending, stream=stream, limits=limits, columns=columns, sure=found.named
            )
            count = 0
            for outcome in read_input(given):
                count += 1
                yield outcome
            if not count:
                passed(found.path, "holds no articles")
            _check_unchanged(found)
    except ArticleError as error:
        yield failure(error.article, error.problem)
    except OSError as error:
        yield failure(name, f"cannot be read: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  parsers of foreign formats raise anything; one file must not end the run
        yield failure(
            name, f"cannot be parsed, unexpectedly: {type(error).__name__}: {str(error)[:200]}; please report it"
        )


def _check_unchanged(found: Found) -> None:
    """Refuse a file that somebody wrote while we read it: half of it may be old.

    Raises:
        ArticleError: its size or time of change is another than before.
    """
    if found.stat is None:
        return
    now = found.path.stat()
    if (now.st_size, now.st_mtime_ns) != (found.stat.st_size, found.stat.st_mtime_ns):
        raise ArticleError(str(found.path), "changed while it was read; read it again")
