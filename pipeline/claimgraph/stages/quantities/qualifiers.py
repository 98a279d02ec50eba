"""Qualifiers: the words before or behind a value that say how it bounds the true one."""

import re
from dataclasses import dataclass
from decimal import Decimal

from claimgraph.lexicon import load_entries
from claimgraph.records import Evidence, NumberMention
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Form, Kind, Qualifier

__all__ = ["CueEntry", "Qualified", "Qualifiers", "bounds"]

_WORD = re.compile(r"[~≈+]|near-|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLES = frozenset(
    {"a", "an", "another", "additional", "further", "extra", "just", "only", "roughly", "total", "record"}
)
_LONGEST = 5
_OPENING = re.compile(r"\s?[(\[]\s?(?:or\s)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CueEntry:
    """A `[[cue]]` of qualifiers.toml."""

    key: str
    text: str
    qualifier: Qualifier
    side: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    periods: bool = True
    definite: bool = False
    level: bool = False
    glued: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualified:
    """A qualifier, the character with which the whole expression starts, and what decided.

    bounds_level: True for cues that bound a level and never a change (`fell below 8%`).
    """

    qualifier: Qualifier
    start: int
    bounds_level: bool = False
    evidence: tuple[Evidence, ...] = ()


class Qualifiers:
    """Finds the qualifier of a value: the longest cue that touches it."""

    def __init__(self, language: str) -> None:
        cues = load_entries(language, "qualifiers", "cue", CueEntry, "key")
        self._before = {_words(cue.text): cue for cue in cues if cue.side == "before"}
        self._behind = {_words(cue.text): cue for cue in cues if cue.side == "behind"}

    def find(self, site: Site, reading: Reading) -> Qualified:
        """Return the qualifier of a value whose sign, number and unit are those of the reading."""
        form = self._by_form(site, reading)
        found = self._in_front(site, reading) or self._at_back(site, reading) or form
        vague = site.mention.high is None and found.qualifier is Qualifier.APPROXIMATELY
        return form if vague else found

    def _by_form(self, site: Site, reading: Reading) -> Qualified:
        mention = site.mention
        if mention.high is None:
            return Qualified(
                qualifier=Qualifier.AT_LEAST,
                start=reading.start,
                evidence=(_evidence("quantities.vague plural", mention.start, mention.end),),
            )
        if mention.low is not None and mention.low != mention.high:
            return Qualified(
                qualifier=Qualifier.RANGE,
                start=reading.start,
                evidence=(_evidence("quantities.range", mention.start, mention.end),),
            )
        return Qualified(qualifier=Qualifier.EXACT, start=reading.start)

    def _in_front(self, site: Site, reading: Reading) -> Qualified | None:
        """The longest cue that ends where the value starts, articles between skipped."""
        if site.mention.form is Form.RANGE:
            return None
        text = site.before[: max(0, reading.start - site.mention.start + len(site.before))]
        words = _ending_words(text)
        offset = reading.start - len(text)
        while words:
            found = self._ending(words, site, reading)
            if found is not None:
                cue, length = found
                outer = self._ending(words[:-length], site, reading)
                if outer is not None and cue.qualifier is Qualifier.APPROXIMATELY:
                    cue, length = outer[0], length + outer[1]  # by more than about 2 percent
                start = offset + words[-length][1]
                return Qualified(
                    qualifier=cue.qualifier,
                    start=start,
                    bounds_level=cue.level,
                    evidence=(_evidence(f"qualifiers.{cue.text}", start, reading.start),),
                )
            if words[-1][0] not in _ARTICLES and not self._definite(words, site):
                return None
            words = words[:-1]
        return None

    def _ending(self, words: list[tuple[str, int]], site: Site, reading: Reading) -> tuple[CueEntry, int] | None:
        """Return the longest cue that ends the words, and of how many words it is."""
        for length in range(min(_LONGEST, len(words)), 0, -1):
            cue = self._before.get(tuple(word for word, _ in words[-length:]))
            if cue is not None and _applies(cue, words[: len(words) - length], site, reading):
                return cue, length
        return None

    def _definite(self, words: list[tuple[str, int]], site: Site) -> bool:
        """`the` stands between only before a word such as `triple` or behind a cue that allows it."""
        if words[-1][0] != "the":
            return False
        cue = self._before.get((words[-2][0],)) if len(words) > 1 else None
        return site.mention.form is Form.MULTIPLE or (cue is not None and cue.definite)

    def _at_back(self, site: Site, reading: Reading) -> Qualified | None:
        """The longest cue that starts where the number or its unit ends."""
        for end in {site.mention.end, max(site.mention.end, reading.end)}:
            text = site.after[end - site.mention.end :][:40]
            words = _starting_words(text)
            for length in range(min(_LONGEST, len(words)), 0, -1):
                cue = self._behind.get(tuple(word for word, _ in words[:length]))
                if cue is not None and _holds(cue, site, end, words[length : length + 1]):
                    stop = end + words[length - 1][1]
                    return Qualified(
                        qualifier=cue.qualifier,
                        start=reading.start,
                        evidence=(_evidence(f"qualifiers.{cue.text}", end, stop),),
                    )
        return None


def in_brackets(site: Site, end: int, start: int) -> bool:
    """Say whether only an opening bracket stands between two characters of the text."""
    return 0 < start - end < 20 and _OPENING.match(site.sites.text[end:start]) is not None


def bounds(mention: NumberMention, reading: Reading, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """Return the final low and high: scaled by the unit, in order, opened by the qualifier."""
    ends = [end * reading.scale for end in (mention.low, mention.high) if end is not None]
    low, high = (min(ends), max(ends)) if ends else (None, None)
    if qualifier in (Qualifier.MORE_THAN, Qualifier.AT_LEAST):
        return low, None
    if qualifier in (Qualifier.LESS_THAN, Qualifier.AT_MOST):
        return None, high
    return low, high


def _applies(cue: CueEntry, before: list[tuple[str, int]], site: Site, reading: Reading) -> bool:
    outer = [word for word, _ in before[-2:] if word not in cue.skips]
    if outer and outer[-1] in cue.not_after:
        return False
    if cue.alone and _is_attribute(site, reading):
        return False
    # over three years it rose; it lasted for over three years
    return cue.periods or reading.kind is not Kind.DURATION or (bool(before) and before[-1][0] == "for")


def _holds(cue: CueEntry, site: Site, end: int, following: list[tuple[str, int]]) -> bool:
    """Say whether a cue behind the number or its unit holds; following: the next word, if it touches the cue."""
    if following and following[0][0] in ("than", *cue.not_before):
        return False  # 0.5%, or more than expected
    word = site.sites.text[end : end + 2].strip()
    if following and word[:1].isupper() and " " not in cue.text:
        return False  # the 737 Max jets
    glued = site.sites.text[end : end + 1] in ("-", "+")
    return glued or not cue.glued or (end == site.mention.end and _counts_on(site, end))


def _counts_on(site: Site, end: int) -> bool:
    """Say whether a noun follows the cue, so that it stands between number and noun: *300,000 plus pensioners*."""
    noun = next((token for token in site.right(end, count=3) if token.pos_ != "CCONJ" and token.i > site.last), None)
    return noun is not None and noun.tag_ == "NNS"


def _is_attribute(site: Site, reading: Reading) -> bool:
    """Say whether the value belongs to a noun, which is then the verb's object: *passed three bills*, *a $5 bill*."""
    following = next(site.right(reading.end, count=1), None)
    noun = following is not None and following.pos_ in ("NOUN", "PROPN", "ADJ")
    return noun or (reading.kind is Kind.COUNT and (reading.noun is not None or reading.unit == "vote"))


def _evidence(rule: str, start: int, end: int) -> Evidence:
    return Evidence(field="qualifier", rule=rule, start=start, end=end)


def _words(text: str) -> tuple[str, ...]:
    return tuple(found[0].lower() for found in _WORD.finditer(text))


def _ending_words(text: str) -> list[tuple[str, int]]:
    """Return the words at the end of a text, with their offsets, nothing but single spaces between them."""
    tail = max(0, len(text) - 60)
    found = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text, tail)]
    kept: list[tuple[str, int]] = []
    border = len(text)
    for word, start, end in reversed(found):
        if text[end:border].strip(" \n\u00a0'\"“‘") or (start == tail and tail):
            break
        kept.append((word, start))
        border = start
    return kept[::-1]


def _starting_words(text: str) -> list[tuple[str, int]]:
    """Return the words at the start of a text, with the offsets of their ends; `-plus`, `, or more` included."""
    kept: list[tuple[str, int]] = []
    border = 0
    for found in _WORD.finditer(text):
        if text[border : found.start()].strip(" \n\u00a0-,"):
            break
        kept.append((found[0].lower(), found.end()))
        border = found.end()
    return kept
