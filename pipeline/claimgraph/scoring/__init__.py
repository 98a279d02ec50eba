"""Score extracted claims and relations against an annotated corpus.

The measures are those of the gold guidelines:

detect  a predicted value overlaps an annotated one, one to one
value   ... and both bounds are equal
core    ... and unit, year and entity are right: the claim can stand in the graph
full    ... and qualifier, kind, change, subject, source and status are right

Articles are read by `claimgraph.reading`, so a corpus may hold any format that we read. Sentences are looked up
with all white space taken out, so that line breaks don't matter.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from claimgraph.errors import EvaluationError
from claimgraph.evaluation import Score, gold_pairs, score_pairs
from claimgraph.graph.records import Pair
from claimgraph.reading import read_articles
from claimgraph.records import Failure
from claimgraph.scoring.same import is_right, same_value, squeeze
from claimgraph.vocab import Label

__all__ = ["Scores", "check_floors", "corpus_digest", "evaluate", "gold_ids"]

#: The fields that are compared where the value is right.
FIELDS = ("qualifier", "kind", "unit", "change", "subject", "entity", "year", "source", "status")
_CORE = ("unit", "year", "entity")
Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What an evaluation found.

    claims: detect, value, core, full. fields: share that is right where the value is, by field. links: link, agree,
    update, contradict; empty without relations. articles: annotated ones. unplaced: predicted claims whose sentence
    is not in their article. lost: annotated claims whose sentence or value is not, as `<article>#<claim>`.
    """

    claims: Mapping[str, Score]
    fields: Mapping[str, float]
    links: Mapping[str, Score]
    articles: int
    unplaced: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A claim and the range of its value in the article without white space."""

    line: Line
    start: int
    end: int


def evaluate(root: Path, claims: Iterable[Line], relations: Iterable[Line] = ()) -> Scores:
    """Score claim lines, and relation lines if there are any, against the annotation under `root`.

    Args:
        root: a folder with `articles/` and `claims/`, or a folder of such folders.
        claims: lines as `claimgraph extract` writes them; those of articles that are not annotated don't count.
        relations: lines as `claimgraph export --relations` writes them.

    Raises:
        EvaluationError: nothing is annotated, or an annotated article cannot be read.
    """
    texts, gold, lost = _read_gold(root)
    predicted, unplaced = _place_predictions(claims, texts)
    counts, right, known = Counter[str](), Counter[str](), dict[str, str]()
    for article in gold:
        for mine, theirs in _match(gold[article], predicted.get(article, [])):
            known[theirs.line["id"]] = f"{article}#{mine.line['id']}"
            _count(mine.line, theirs.line, counts, right)
    n_gold, n_predicted = sum(map(len, gold.values())), sum(map(len, predicted.values())) + unplaced
    levels = ("detect", "value", "core", "full")
    pairs = list(_known_pairs(relations, known))
    return Scores(
        claims={name: Score(hit=counts[name], gold=n_gold, predicted=n_predicted) for name in levels},
        fields={name: right[name] / counts["value"] if counts["value"] else 0.0 for name in FIELDS},
        links=score_pairs(gold_pairs(root), pairs) if relations else {},
        articles=len(gold),
        unplaced=unplaced,
        lost=tuple(lost),
    )


def gold_ids(root: Path, claims: Iterable[Line]) -> dict[str, str]:
    """Return the annotated claim, `<article>#<claim>`, that each extracted claim of `evaluate` is matched with."""
    texts, gold, _ = _read_gold(root)
    predicted, _ = _place_predictions(claims, texts)
    pairs = ((name, *pair) for name in gold for pair in _match(gold[name], predicted.get(name, [])))
    return {theirs.line["id"]: f"{article}#{mine.line['id']}" for article, mine, theirs in pairs}


def _count(gold: Line, found: Line, counts: "Counter[str]", right: "Counter[str]") -> None:
    counts["detect"] += 1
    if not same_value(gold, found):
        return
    counts["value"] += 1
    good = {name: is_right(name, gold, found) for name in FIELDS}
    right.update(name for name, fits in good.items() if fits)
    counts["core"] += all(good[name] for name in _CORE)
    counts["full"] += all(good.values())


def _read_gold(root: Path) -> tuple[dict[str, str], dict[str, list[_Placed]], list[str]]:
    """Read texts without white space, and annotated claims in them; claims that are not in the text are lost."""
    annotations = sorted(root.glob("claims/*.json")) or sorted(root.glob("*/claims/*.json"))
    if not annotations:
        raise EvaluationError(f"{root} holds no annotation: no folder claims/ with *.json")
    texts = _texts({path.parent.parent / "articles" for path in annotations})
    gold: dict[str, list[_Placed]] = {}
    lost = []
    for path in annotations:
        article = path.stem
        if article not in texts:
            raise EvaluationError(f"{path} annotates an article that is not in {path.parent.parent / 'articles'}")
        gold[article] = []
        for line in json.loads(path.read_text(encoding="utf-8"))["claims"]:
            placed = _place(
                line, _nth(line["sentence"], line["value_text"], line.get("occurrence") or 1), texts[article]
            )
            if placed:
                gold[article].append(placed)
            else:
                lost.append(f"{article}#{line['id']}")
    return texts, gold, lost


def _texts(folders: Iterable[Path]) -> dict[str, str]:
    texts = {}
    for outcome in read_articles(sorted(folders)):
        if isinstance(outcome, Failure):
            raise EvaluationError(f"an article cannot be read: {outcome.article}: {outcome.problem}")
        texts[PurePosixPath(outcome.id).name] = squeeze(f"{outcome.title}\n{outcome.body}")
    return texts


def _place_predictions(claims: Iterable[Line], texts: Mapping[str, str]) -> tuple[dict[str, list[_Placed]], int]:
    predicted: dict[str, list[_Placed]] = {}
    unplaced = 0
    for line in claims:
        name = PurePosixPath(str(line["article"]))
        article = name.name if name.name in texts else name.stem
        if article not in texts:
            continue
        length = line["end"] - line["start"]
        placed = _place(line, line["start"] - line["sentence_start"], texts[article], length)
        if placed:
            predicted.setdefault(article, []).append(placed)
        else:
            unplaced += 1
    return predicted, unplaced


def _place(line: Line, offset: int, text: str, length: int | None = None) -> _Placed | None:
    """Find the value at an offset of its sentence in a text without white space; None if the sentence isn't there."""
    sentence = line["sentence"]
    squeezed = squeeze(sentence)
    at = text.find(squeezed) if squeezed and offset >= 0 else -1
    if at < 0:
        return None
    start = at + len(squeeze(sentence[:offset]))
    value = sentence[offset : offset + (len(line["value_text"]) if length is None else length)]
    return _Placed(line, start, start + max(1, len(squeeze(value))))


def _match(gold: list[_Placed], predicted: list[_Placed]) -> list[tuple[_Placed, _Placed]]:
    """Pair claims one to one: equal values first, then the larger overlap."""
    candidates = []
    for i, mine in enumerate(gold):
        for j, theirs in enumerate(predicted):
            overlap = min(mine.end, theirs.end) - max(mine.start, theirs.start)
            if overlap > 0:
                candidates.append((not same_value(mine.line, theirs.line), -overlap, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return [(gold[i], predicted[j]) for i, j in pairs.items()]


def _known_pairs(relations: Iterable[Line], known: Mapping[str, str]) -> Iterator[Pair]:
    """Give relations between claims that the annotation knows; others are errors of detection, counted there."""
    for line in relations:
        a, b = known.get(line["a"]), known.get(line["b"])
        if a and b and a.partition("#")[0] != b.partition("#")[0]:
            yield Pair(a=a, b=b, label=Label(line["label"]), observation="", confidence=1.0, reason="")


def _nth(sentence: str, value: str, occurrence: int) -> int:
    at = -1
    for _ in range(occurrence):
        at = sentence.find(value, at + 1)
        if at < 0:
            break
    return at


def corpus_digest(root: Path) -> str:
    """Digest the articles and annotations under a folder, so that a score says on what it was measured; 16 digits."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(path for path in root.glob("*/**/*") if path.is_file()):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check_floors(root: Path, floors: Path, scores: Scores) -> list[str]:
    """Say what falls short of the floors: F1 of each measure named there; and whether the corpus is another one.

    Raises:
        EvaluationError: the file of floors cannot be understood.
    """
    try:
        given = json.loads(floors.read_text(encoding="utf-8"))
        wanted = {str(name): float(least) for name, least in given["floors"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise EvaluationError(f"{floors} holds no floors: {error}") from error
    found = {name: score.f1 for name, score in {**scores.claims, **scores.links}.items()}
    short = [
        f"{name} {found.get(name, 0):.3f} < {least}" for name, least in wanted.items() if found.get(name, 0) < least
    ]
    if given.get("digest") != corpus_digest(root):
        short.append(
            f"the corpus is not the one that {floors.name} was measured on: its digest is {corpus_digest(root)}"
        )
    return short
