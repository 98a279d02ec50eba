"""What the words around a number say about its time: cues, tense, and what stands between two places.

Everything is counted once per article in running sums, so asking what stands between two tokens costs the same
however far apart they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from spacy.tokens import Doc, Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.timing.expressions import Located
from claimgraph.stages.timing.lexicon import Cue, TimedUnit

__all__ = ["Clauses", "Cues", "load_cues"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUPERLATIVE = frozenset({"JJS", "RBS"})
_COUNTED = (
    "comparator",
    "bracket",
    "asking",
    "comma",
    "condition",
    "conjunction",
    "subordinate",
    "forward",
    "habitual",
    "quote",
    "reporting",
    "sport",
)
# No clause of news prose is nested deeper; a bound keeps hostile parses cheap.
_MODALS = dict.fromkeys(("will", "'ll", "’ll", "wo", "shall", "’ll"), "future") | {"would": "would", "'d": "would"}
_DEEPEST = 12
_REACH = 6  # tokens within which a comparator finds what it compares with


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The cue words of a language: roles by word, the units of what passes, and those of what lasts."""

    roles: dict[str, frozenset[str]]
    passing_units: frozenset[str]
    lasting_units: frozenset[str]


def load_cues(language: str) -> Cues:
    """Load the cue words of a language."""
    roles: dict[str, set[str]] = {}
    for cue in load_entries(language, "timing_cues", "cue", Cue, "name"):
        for form in cue.forms:
            roles.setdefault(form, set()).add(cue.role)
    units = load_entries(language, "timing_cues", "unit", TimedUnit, "name")
    return Cues(
        roles={form: frozenset(found) for form, found in roles.items()},
        passing_units=frozenset(unit.name for unit in units if not unit.lasts),
        lasting_units=frozenset(unit.name for unit in units if unit.lasts),
    )


class Clauses:
    """One article's words with their cues; positions are token numbers."""

    def __init__(self, doc: Doc, cues: Cues, values: Sequence[Located], times: Sequence[Located]) -> None:
        """Count the cues of a doc.

        Args:
            doc: the article; tags and heads are used where they are there.
            cues: the cue words.
            values: the quantities, sorted.
            times: the time expressions, sorted.
        """
        self.doc = doc
        self._starts = [token.idx for token in doc]
        nothing: frozenset[str] = frozenset()
        self.roles = [cues.roles.get(token.lower_, nothing) for token in doc]
        self._sums = {role: _running(role in roles for roles in self.roles) for role in _COUNTED}
        self._sums["verb"] = _running(token.tag_ in _FINITE for token in doc)
        self._sums["superlative"] = _running(token.tag_ in _SUPERLATIVE for token in doc)
        self._sums["value"] = self._mark(values)
        self._sums["time"] = self._mark(times)
        self._sums["comparator"] = _running(self._compares(i) for i in range(len(doc)))
        self._tenses: dict[int, str] = {}

    def _mark(self, places: Sequence[Located]) -> list[int]:
        marks = [False] * len(self.doc)
        for place in places:
            marks[self.at(place.start)] = True
        return _running(marks)

    def _compares(self, i: int) -> bool:
        """Whether a comparator sets a value or time beside another one; the *than* of *more than 5* does not."""
        if "on" in self.roles[i]:
            # up 3% on the 12.8 of the year before
            share = any("percent" in self.roles[j] for j in range(max(i - 2, 0), i))
            return share and self.between("value", i + 1, min(i + _REACH, len(self.doc))) > 0
        if "comparator" not in self.roles[i]:
            return False
        end = min(i + 1 + _REACH, len(self.doc))
        if self.doc[i].lower_ == "than" and self._opens_value(i + 1):
            return False
        return bool(self.between("value", i + 1, end) or self.between("time", i + 1, end))

    def _opens_value(self, i: int) -> bool:
        """Whether a value starts at a token or behind its currency sign."""
        behind = i < len(self.doc) and self.doc[i].is_currency
        return self.between("value", i, i + 1 + behind) > 0

    def at(self, offset: int) -> int:
        """Return the number of the token that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def between(self, what: str, start: int, end: int) -> int:
        """Count what stands in a range of tokens: a cue role, `verb` (finite), `value` or `time` (starts)."""
        sums, start, end = self._sums[what], max(start, 0), min(end, len(self.doc))
        return sums[end] - sums[start] if start < end else 0

    def verb(self, position: int) -> Token | None:
        """Return the verb that governs a token, None in unparsed or verbless text."""
        token = self.doc[position]
        for _ in range(_DEEPEST):
            if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound", "aux", "auxpass"):
                return token
            if token.head.i == token.i:
                return None
            token = token.head
        return None

    def tense(self, position: int) -> str:
        """Return the tense of the governing verb: past, present, perfect, future, would, modal,
        participle, infinite or none."""
        verb = self.verb(position)
        return "none" if verb is None else self._tense_of(verb)

    def wide_tense(self, position: int) -> str:
        """Return the tense of the first finite verb above a token, `under-` it where that is not its own verb."""
        verb = self.verb(position)
        for step in range(_DEEPEST):
            if verb is None:
                return "none"
            tense = self._tense_of(verb)
            if tense not in ("infinite", "participle") or verb.head.i == verb.i:
                return f"under-{tense}" if step else tense
            verb = self.verb(verb.head.i)
        return "none"

    def _tense_of(self, verb: Token) -> str:
        if verb.i not in self._tenses:
            self._tenses[verb.i] = _tense(verb)
        return self._tenses[verb.i]

    def is_of_report(self, position: int) -> bool:
        """Whether a token hangs on a verb of saying."""
        verb = self.verb(position)
        return verb is not None and "reporting" in self.roles[verb.i]

    def is_attribute(self, last: int) -> bool:
        """Whether a value goes with a unit that stands before a noun (*a two-lane road*, *a 3 litre engine*)."""
        after = last + 1
        if after >= len(self.doc):
            return False
        if self.doc[after].text in ("-", "–"):
            return not (after + 1 < len(self.doc) and self.doc[after + 1].like_num)
        unit = self.doc[after]
        return unit.pos_ == "NOUN" and unit.dep_ in ("compound", "nmod", "amod") and unit.head.i > unit.i

    def modifies_noun(self, last: int) -> bool:
        """Whether what ends at a token stands before the noun that it goes with (*2022's budget*)."""
        after = last + 1
        if after < len(self.doc) and self.doc[after].tag_ == "POS":
            after += 1
        return after < len(self.doc) and self.doc[after].pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB")

    def path(self, position: int) -> list[int]:
        """Return the token numbers from a token up to its root."""
        found, token = [position], self.doc[position]
        while token.head.i != token.i and len(found) < _DEEPEST:
            token = token.head
            found.append(token.i)
        return found


def _running(marks: Iterable[bool]) -> list[int]:
    return [0, *accumulate(int(mark) for mark in marks)]


def _tense(verb: Token) -> str:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    for helper in helpers:
        if helper.tag_ == "MD":
            # may have died: a guess about the past
            perfect = helper.lower_ not in _MODALS and any(other.lemma_ == "have" for other in helpers)
            return "perfect" if perfect else _MODALS.get(helper.lower_, "modal")
    finite = next((token for token in (*helpers, verb) if token.tag_ in _FINITE), None)
    if finite is None:
        return "participle" if verb.tag_ == "VBN" else "infinite"
    if finite.tag_ == "VBD":
        return "past"
    return "perfect" if finite.lemma_ == "have" and finite is not verb else "present"
