"""Write articles that people have judged as gold: texts, claims and links in the format of the gold guidelines.

What nobody objected to is taken as right, what was judged wrong is left out, and links follow the judgements, so that
reviewing articles in the explorer makes material to score and train with (`claimgraph evaluate FOLDER`).
"""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimgraph.export import claim_to_line
from claimgraph.graph.judgements import Judgement, find
from claimgraph.records import Article, Claim
from claimgraph.vocab import Ruling

if TYPE_CHECKING:
    from claimgraph.graphs import Graph

__all__ = ["write_gold"]

_FIELDS = (
    "low", "high", "qualifier", "kind", "unit", "change", "subject", "entity", "year", "period", "source", "status",
)  # fmt: skip


def write_gold(graph: "Graph", folder: Path) -> int:
    """Write `articles/`, `claims/` and `links.json` of the articles that judgements touch; return how many.

    Raises:
        OSError: the folder cannot be written.
    """
    said = graph.judgements()
    names = sorted({mark.article for item in said for mark in (item.a, item.b) if mark})
    members: dict[str, str] = {}
    written = 0
    for part in ("articles", "claims"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in names:
        view = graph.article(name)
        if view is None:
            continue
        stem = _stem(name)
        right = [item for item in view.claims if not _is_wrong(item, said)]
        ids = {item.id: f"c{at}" for at, item in enumerate(right, start=1)}
        members |= {claim: f"{stem}#{number}" for claim, number in ids.items()}
        (folder / "articles" / f"{stem}.txt").write_text(_text(view.article), encoding="utf-8")
        lines = {"article": stem, "claims": [_line(item, ids) for item in right]}
        _dump(lines, folder / "claims" / f"{stem}.json")
        written += 1
    _dump(_links(graph, members), folder / "links.json")
    return written


def _dump(value: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _stem(name: str) -> str:
    """Make a file name of an article's id that no other id makes."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:80]
    return plain if plain == name else f"{plain}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


def _is_wrong(claim: Claim, said: Collection[Judgement]) -> bool:
    return any(item.ruling is Ruling.WRONG and find(item.a, [claim]) for item in said)


def _text(article: Article) -> str:
    about = {
        "title": article.title,
        "outlet": article.outlet,
        "date": article.published.isoformat() if article.published else None,
        "url": article.url,
    }
    header = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in about.items() if value)
    return f"{header}\n{article.body}"


def _line(claim: Claim, ids: Mapping[str, str]) -> dict[str, Any]:
    line = claim_to_line(claim)
    before = claim.sentence[: claim.start - claim.sentence_start]
    relation = line["relation"]
    if relation:
        relation = {**relation, "target": ids[relation["target"]]} if relation["target"] in ids else None
    return {
        "id": ids[claim.id],
        "sentence": claim.sentence,
        "value_text": claim.value_text,
        "occurrence": before.count(claim.value_text) + 1,
        **{name: line[name] for name in _FIELDS},
        "relation": relation,
    }


def _links(graph: "Graph", members: Mapping[str, str]) -> dict[str, Any]:
    """Return the groups and pairs among the claims that were written."""
    pairs, groups, names = [], defaultdict[str, set[str]](set), {}
    for key in sorted({key for claim in members if (key := graph.observation_of(claim))}):
        view = graph.observation(key)
        assert view is not None  # noqa: S101  its key was just found
        own = [claim.id for claim in view.claims if claim.id in members]
        if len({members[claim].partition("#")[0] for claim in own}) > 1:
            groups[key].update(members[claim] for claim in own)
            names[key] = ", ".join((view.summary.subject, *view.summary.entity, str(view.summary.year or "")))
    for pair in graph.relations():
        if pair.observation in groups and pair.a in members and pair.b in members:
            pairs.append({"a": members[pair.a], "b": members[pair.b], "label": str(pair.label)})
    return {
        "groups": [{"observation": names[key].strip(", "), "members": sorted(groups[key])} for key in sorted(groups)],
        "relations": pairs,
    }
