"""Shards without a language model: an extraction that takes the numbers out of the text."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from generated import make_claim

from claimgraph.extraction import cut
from claimgraph.records import Failure
from claimgraph.shards import engines


def outcome(article):
    if "poison" in article.body:
        return Failure(article=article.id, stage="extract", problem="it was poison")
    numbers = re.findall(r"\d+", article.body)
    published = article.published.isoformat() if article.published else None
    about = {"outlet": article.outlet, "published": published}
    return tuple(make_claim(article.id, at, value=number, **about) for at, number in enumerate(numbers))


@pytest.fixture
def extracted(monkeypatch) -> list[str]:
    """Take the place of extraction; the ids of what was extracted."""
    ids: list[str] = []

    def extract_batches(batches, *, config, workers):
        for batch in batches:
            assert batch == next(cut(batch))
            ids.extend(article.id for article in batch)
            yield from ((article, outcome(article)) for article in batch)

    monkeypatch.setattr(engines, "extract_batches", extract_batches)
    return ids


@pytest.fixture
def stories(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of records, each with a text."""

    def write(name: str, *texts: str) -> Path:
        path = tmp_path / "input" / name
        path.parent.mkdir(exist_ok=True)
        rows = [{"id": f"{path.stem}-{at}", "text": text, "date": "2023-05-01"} for at, text in enumerate(texts)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write
