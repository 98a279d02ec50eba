"""Find the wholes whose parts a sentence lists: *30 people, including 12 children*; *30 people: 18 women, 12 men*."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from claimgraph.lexicon import load_entries
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind

__all__ = ["Opening", "Part", "find_parts"]

# Between two parts of a list stand a noun and an “and” (“ women and ”), in characters; further apart is another clause.
_APART = 40


@dataclass(frozen=True, slots=True)
class Opening:
    """Words that open a list of parts; `all` where the list is complete. See data/en/parts.toml."""

    text: str
    all: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A whole and its listed parts, in order; `all` where the list claims to be complete."""

    whole: Claim
    parts: tuple[Claim, ...]
    all: bool


@cache
def _openings() -> tuple[Opening, ...]:
    return load_entries("en", "parts", "opening", Opening, "text")


def find_parts(claims: Sequence[Claim]) -> Iterator[Part]:
    """Yield the listed wholes of one article's claims, which are sorted by start; counted levels only."""
    for position, whole in enumerate(claims[:-1]):
        if not _counts(whole):
            continue
        parts = tuple(_parts(claims, position))
        opening = _opening(whole, parts[0]) if parts else None
        if opening is not None and (not opening.all or len(parts) > 1):
            yield Part(whole, parts if opening.all else parts[:1], opening.all)


def _counts(claim: Claim) -> bool:
    return claim.kind is Kind.COUNT and claim.change is Change.LEVEL


def _parts(claims: Sequence[Claim], position: int) -> Iterator[Claim]:
    """Yield the counts that follow in the same sentence, as long as they stand close together."""
    before = claims[position]
    for claim in claims[position + 1 :]:
        near = claim.start - before.end <= _APART
        if claim.sentence_start != before.sentence_start or not _counts(claim) or not near:
            return
        yield claim
        before = claim


def _opening(whole: Claim, part: Claim) -> Opening | None:
    """Return the opening between the whole and its first part, or behind the part (*12 of them*)."""
    sentence, base = whole.sentence, whole.sentence_start
    between = sentence[whole.end - base : part.start - base]
    behind = sentence[part.end - base : part.end - base + len(" of them")].lower()
    for opening in _openings():
        edge = r"\b" if opening.text[0].isalpha() else ""
        found = re.search(f"{edge}{re.escape(opening.text)}{edge}", between.lower())
        if found and (not opening.all or _opens(between[: found.start()], between[found.end() :])):
            return opening
        if opening.text in behind and opening.text.startswith("of "):
            return opening
    return None


def _opens(noun: str, rest: str) -> bool:
    """Tell a colon or dash behind a noun that opens a list from those of tallies (*219–212*), tables and clauses."""
    return bool(noun.strip()) and not rest.strip() and not any(sign.isupper() for sign in noun)
