"""Score the graph on gold claims, so that it is judged without the extraction's errors.

    claimgraph evaluate --gold-claims ../shared/gold

Scores pairs as the gold's own `score.py` does: pairs of claims of two articles that answer one question, and their
label. All folders are put together, so that links between stories count as wrong.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from claimgraph.errors import EvaluationError
from claimgraph.graph.linking import link, relations
from claimgraph.graph.records import Pair
from claimgraph.reading import read_articles
from claimgraph.records import Article, Claim, Relation
from claimgraph.vocab import Change, Kind, Label, Qualifier, RelationType, Status

__all__ = ["Score", "annotated_folders", "evaluate_gold_claims", "gold_claims", "gold_pairs", "score_pairs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision and recall of one label, as counts."""

    hit: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def annotated_folders(root: Path) -> list[Path]:
    """Return the folders with claims/ in a folder, by name, or that folder itself if it is one.

    Raises:
        EvaluationError: there is none.
    """
    found = (
        [root] if (root / "claims").is_dir() else sorted(path for path in root.iterdir() if (path / "claims").is_dir())
    )
    if not found:
        raise EvaluationError(f"{root} holds no folder with claims/")
    return found


def _articles(folder: Path) -> dict[str, Article]:
    """Read the articles of a folder, in whatever format; by the last part of their ids."""
    found = read_articles([folder / "articles"])
    return {PurePosixPath(article.id).name: article for article in found if isinstance(article, Article)}


def gold_claims(root: Path) -> Iterator[Claim]:
    """Read the annotated claims of all folders; ids are `<article>#<claim>`.

    Offsets point into title, blank line, body.

    Raises:
        EvaluationError: there is no annotation under `root`.
    """
    for folder in annotated_folders(root):
        articles = _articles(folder)
        for path in sorted((folder / "claims").glob("*.json")):
            for raw in json.loads(path.read_text(encoding="utf-8"))["claims"]:
                yield _claim(articles[path.stem], path.stem, raw)


def _claim(read: Article, article: str, raw: Mapping[str, Any]) -> Claim:
    sentence_start, start = _place(read.text, raw)
    relation = raw["relation"]
    return Claim(
        id=f"{article}#{raw['id']}",
        article=article,
        outlet=read.outlet,
        published=read.published.isoformat() if read.published else None,
        sentence=raw["sentence"],
        sentence_start=sentence_start,
        start=start,
        end=start + len(raw["value_text"]),
        value_text=raw["value_text"],
        low=_decimal(raw["low"]),
        high=_decimal(raw["high"]),
        qualifier=Qualifier(raw["qualifier"]),
        kind=Kind(raw["kind"]),
        unit=raw["unit"] or "",
        change=Change(raw["change"]),
        subject=raw["subject"] or "",
        entity=tuple(raw["entity"] or ()),
        year=raw["year"],
        period=raw["period"],
        source=raw["source"],
        status=Status(raw["status"]),
        relation=Relation(type=RelationType(relation["type"]), target=f"{article}#{relation['target']}")
        if relation
        else None,
        confidence=1.0,
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _place(text: str, raw: Mapping[str, Any]) -> tuple[int, int]:
    """Return where the sentence starts in the article and where the value does; the sentence at 0 if it isn't found."""
    pattern = r"\s+".join(map(re.escape, raw["sentence"].split()))
    found = re.search(pattern, text)
    at = -1
    for _ in range(max(1, raw.get("occurrence") or 1)):
        at = raw["sentence"].find(raw["value_text"], at + 1)
    start = found.start() if found else 0
    return start, start + max(0, at)


def gold_pairs(root: Path) -> dict[frozenset[str], Label]:
    """Return the label of every pair of claims of two articles that the annotation puts into one group."""
    pairs: dict[frozenset[str], Label] = {}
    for folder in annotated_folders(root):
        if not (folder / "links.json").exists():
            continue
        links = json.loads((folder / "links.json").read_text(encoding="utf-8"))
        for group in links["groups"]:
            members = group["members"]
            pairs |= {
                frozenset((a, b)): Label.AGREE
                for at, a in enumerate(members)
                for b in members[at + 1 :]
                if a.partition("#")[0] != b.partition("#")[0]
            }
        pairs |= {frozenset((item["a"], item["b"])): Label(item["label"]) for item in links["relations"]}
    return pairs


def score_pairs(gold: Mapping[frozenset[str], Label], predicted: Iterable[Pair]) -> dict[str, Score]:
    """Score pairs by `link` (the same question) and by each label."""
    found = {frozenset((pair.a, pair.b)): pair.label for pair in predicted}
    shared = gold.keys() & found.keys()
    scores = {"link": Score(hit=len(shared), gold=len(gold), predicted=len(found))}
    for label in (Label.AGREE, Label.UPDATE, Label.CONTRADICT):
        scores[str(label)] = Score(
            hit=sum(gold[pair] == label == found[pair] for pair in shared),
            gold=sum(value == label for value in gold.values()),
            predicted=sum(value == label for value in found.values()),
        )
    return scores


def evaluate_gold_claims(root: Path) -> dict[str, Score]:
    """Link and compare the gold's own claims from scratch and score the pairs."""
    claims = list(gold_claims(root))
    return score_pairs(gold_pairs(root), relations(link(claims), claims))
