"""What people decide against or for the pipeline: two claims ask the same, or not, or a claim is wrong.

A judgement hangs on article, quote and offsets, not on a claim's id, so that it survives another extraction.
It outweighs the pipeline. Where two judgements on the same claims differ, the later one holds.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from claimgraph.graph.records import Question
from claimgraph.records import Claim
from claimgraph.vocab import Ruling

__all__ = ["Judgement", "Mark", "asked_by", "find", "in_force", "judgement", "mark_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a claim stands: offsets into the article's text, the sentence and the value as printed."""

    article: str
    start: int
    end: int
    sentence: str
    value_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision of a person.

    id: 16 hexadecimal digits, a digest of everything else. b: None for `wrong`. made: ISO 8601.
    """

    id: str
    ruling: Ruling
    a: Mark
    b: Mark | None
    author: str
    made: str
    note: str


def mark_of(claim: Claim) -> Mark:
    """Take down where a claim stands."""
    return Mark(
        article=claim.article,
        start=claim.start,
        end=claim.end,
        sentence=claim.sentence,
        value_text=claim.value_text,
    )


def judgement(ruling: Ruling, a: Mark, b: Mark | None, *, author: str, made: str, note: str = "") -> Judgement:
    """Make a judgement with its id.

    Raises:
        ValueError: `wrong` with two claims, the others with one, or a claim judged against itself.
    """
    if (ruling is Ruling.WRONG) is not (b is None):
        raise ValueError(f"`{ruling}` takes {'one claim' if ruling is Ruling.WRONG else 'two claims'}")
    if a == b:
        raise ValueError("a claim cannot be judged against itself")
    content = repr((str(ruling), a, b, author, made, note)).encode(errors="surrogatepass")
    id = hashlib.blake2b(content, digest_size=8).hexdigest()
    return Judgement(id=id, ruling=ruling, a=a, b=b, author=author, made=made, note=note)


def find(mark: Mark, claims: Iterable[Claim]) -> Claim | None:
    """Find the claim that a judgement is about: the same place, else an overlap, else the same value and sentence."""
    own = [claim for claim in claims if claim.article == mark.article]
    overlapping = [
        claim for claim in own if claim.start < mark.end and mark.start < claim.end and claim.sentence == mark.sentence
    ]
    moved = [claim for claim in own if (claim.sentence, claim.value_text) == (mark.sentence, mark.value_text)]
    found = overlapping or moved
    return min(found, key=lambda claim: (abs(claim.start - mark.start), abs(claim.end - mark.end)), default=None)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Leave out what a later judgement on the same claims overrules; sorted by time."""
    last: dict[frozenset[Mark | None], Judgement] = {}
    for item in sorted(judgements, key=lambda item: (item.made, item.id)):
        about = frozenset({item.a, item.b})
        last.pop(about, None)
        last[about] = item
    return list(last.values())


def _set_aside(question: Question, claim: Claim) -> Question:
    """Give a claim that is wrong a question that nobody else asks."""
    return replace(question, key=_own_key(question, claim, "wrong"), blocks=())


def _apart(question: Question, claim: Claim) -> Question:
    """Give a claim a question of its own that is still compared with others."""
    return replace(question, key=_own_key(question, claim, "apart"))


def _own_key(question: Question, claim: Claim, why: str) -> str:
    content = "\0".join((question.key, claim.id, why)).encode(errors="surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def asked_by(claims: Sequence[Claim], questions: Sequence[Question], judgements: Iterable[Judgement]) -> list[Question]:
    """Return the questions of an article's claims as judgements leave them.

    Args:
        claims: all of one article. questions: what the pipeline takes each to ask.
        judgements: in force, that touch the article.
    """
    asked = dict(zip((claim.id for claim in claims), questions, strict=True))
    wrong: set[str] = set()
    for item in judgements:
        for mark in (item.a, item.b):
            claim = mark and find(mark, claims)
            if not claim or claim.id in wrong or item.ruling is Ruling.SAME:
                continue
            plain = questions[claims.index(claim)]
            asked[claim.id] = _set_aside(plain, claim) if item.ruling is Ruling.WRONG else _apart(plain, claim)
            if item.ruling is Ruling.WRONG:
                wrong.add(claim.id)
    return [asked[claim.id] for claim in claims]
