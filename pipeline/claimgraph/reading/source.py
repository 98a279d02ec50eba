"""Where an article came from, and what a reader is handed."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader
from pathlib import Path

from claimgraph.config import Limits
from claimgraph.errors import ArticleError, ConfigError
from claimgraph.records import Article, Failure

__all__ = ["EXTRACTED", "Columns", "Input", "Reader", "Source", "failure", "is_extracted", "printable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it was when it was read; equal sources hold the same articles.

    path: absolute, control characters and undecodable bytes escaped, so that any store can keep it; `-` is standard
        input. size: bytes on disk. mtime_ns: nanoseconds since 1970. Both None where there is no file to stat.
    """

    path: str
    size: int | None = None
    mtime_ns: int | None = None

    @classmethod
    def of(cls, path: Path, stat: os.stat_result) -> "Source":
        """Name a file and its state; what a `skip` hook compares with the state that it remembers."""
        return cls(path=printable(os.path.abspath(path)), size=stat.st_size, mtime_ns=stat.st_mtime_ns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Under which names records of JSON, CSV and Parquet hold an article's fields; the first that is there counts."""

    id: tuple[str, ...] = ("id", "uid", "guid", "article_id", "_id")
    title: tuple[str, ...] = ("title", "headline", "name")
    body: tuple[str, ...] = ("text", "body", "content", "maintext", "articleBody", "article_text")
    outlet: tuple[str, ...] = (
        "outlet",
        "publication",
        "publisher",
        "source",
        "site_name",
        "source_name",
        "source_domain",
    )
    published: tuple[str, ...] = ("date", "published", "published_at", "date_publish", "datePublished", "publish_date")
    url: tuple[str, ...] = ("url", "link", "canonical_url", "source_url", "uri")
    author: tuple[str, ...] = ("author", "authors", "byline")
    country: tuple[str, ...] = ("country", "country_code")

    @classmethod
    def mapped(cls, mapping: Mapping[str, str]) -> "Columns":
        """Make columns in which `mapping` names some fields' columns itself: `{"body": "maintext"}`.

        Raises:
            ConfigError: a key that is no field of an article.
        """
        for key in mapping:
            if key not in cls.__dataclass_fields__:
                raise ConfigError("columns", key, f"one of {sorted(cls.__dataclass_fields__)}")
        return cls(**{key: (name,) for key, name in mapping.items()})


@dataclass(frozen=True, kw_only=True)
class Input:
    """One file, archive member or stream, ready to be read once.

    id: of the article, if it is one. name: for messages, printable. ending: decides the format, `.html`.
    stream: decompressed and bounded; raises ArticleError when a bound is passed.
    sure: the format is known by name or content, so that a misfit is a failure; else a misfit is passed over.
    """

    id: str
    name: str
    ending: str
    stream: BufferedReader
    limits: Limits
    columns: Columns = field(default_factory=Columns)
    sure: bool = True

    @cached_property
    def data(self) -> bytes:
        """All bytes.

        Raises:
            ArticleError: there are more than `limits.file_bytes`, or none.
        """
        data = self.stream.read(self.limits.file_bytes + 1)
        if len(data) > self.limits.file_bytes:
            megabytes = self.limits.file_bytes / 2**20
            raise ArticleError(self.name, f"larger than {megabytes:.3g} MB; split it or raise the limit file_bytes")
        if not data.strip(b"\xef\xbb\xbf \t\r\n"):
            raise ArticleError(self.name, "the file is empty; fetch it again or remove it")
        return data


#: The folder of the articles beside shards of claims; a name that readers of Parquet folders pass over.
EXTRACTED = "_articles"


def is_extracted(path: str | Path) -> bool:
    """Tell a folder of claims that were extracted, or an address, where nothing else is ingested from."""
    return "://" in str(path) or os.path.isdir(os.path.join(path, EXTRACTED))


Reader = Callable[[Input], Iterator[Article | Failure]]


def failure(name: str, problem: str) -> Failure:
    """Report what could not be read, under a name that is safe to print."""
    return Failure(article=printable(name), stage="read", problem=problem)


def printable(name: str) -> str:
    """Escape what a terminal would obey and what UTF-8 cannot carry: control, format and surrogate characters."""
    return "".join(c if c == " " or c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)
