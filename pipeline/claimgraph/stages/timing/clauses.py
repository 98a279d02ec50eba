"""What the words around a number say about its time: cues, tense, and what stands between two places.

Where each cue stands is listed once per article, so asking what stands between two tokens costs two look-ups however
far apart they are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claimgraph.lexicon import load_entries
from claimgraph.stages import columns
from claimgraph.stages.timing.expressions import Located
from claimgraph.stages.timing.lexicon import Cue, TimedUnit

__all__ = ["Clauses", "Cues", "load_cues"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUPERLATIVE = frozenset({"JJS", "RBS"})
# No clause of news prose is nested deeper; a bound keeps hostile parses cheap.
_MODALS = dict.fromkeys(("will", "'ll", "’ll", "wo", "shall", "’ll"), "future") | {"would": "would", "'d": "would"}
_PERFECT = {"modal": "perfect", "would": "unreal"}
_COMPARING = ("comparator", "equative", "on")
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
        self._starts = columns.offsets(doc)
        nothing: frozenset[str] = frozenset()
        self.roles = [cues.roles.get(word, nothing) for word in columns.lowers(doc)]
        self._places = _by_role(self.roles)
        tags = columns.tags(doc)
        self._places["verb"] = [i for i, tag in enumerate(tags) if tag in _FINITE]
        self._places["superlative"] = [i for i, tag in enumerate(tags) if tag in _SUPERLATIVE]
        self._places["value"] = self._tokens_of(values)
        self._places["time"] = self._tokens_of(times)
        cued = sorted({i for role in _COMPARING for i in self._places.get(role, ())})
        self._places["comparator"] = [i for i in cued if self._compares(i)]
        self._tenses: dict[int, str] = {}

    def _tokens_of(self, places: Sequence[Located]) -> list[int]:
        return sorted({self.at(place.start) for place in places})

    def _compares(self, i: int) -> bool:
        """Whether a comparator sets a value or time beside another one; the *than* of *more than 5* does not."""
        if "on" in self.roles[i]:
            # up 3% on the 12.8 of the year before
            share = any("percent" in self.roles[j] for j in range(max(i - 2, 0), i))
            return share and self.between("value", i + 1, i + _REACH) > 0
        if "equative" in self.roles[i] and not self.between("alike", i - 2 * _REACH, i):
            return False
        end = i + 1 + _REACH
        if self.doc[i].lower_ in ("than", "as") and self.opens_value(i + 1):
            return False
        return bool(self.between("value", i + 1, end) or self.between("time", i + 1, end))

    def opens_value(self, i: int) -> bool:
        """Return whether a value starts at a token or behind its currency sign."""
        behind = i < len(self.doc) and self.doc[i].is_currency
        return self.between("value", i, i + 1 + behind) > 0

    def opens_level(self, i: int) -> bool:
        """Return whether a *to* says what a change led to (*rose to 5*); not that of *compared to 5*."""
        if self.doc[i].lower_ != "to" or not self.between("value", i + 1, i + 4):
            return False
        return not self.between("comparator", i - 1, i)

    def at(self, offset: int) -> int:
        """Return the number of the token that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def between(self, what: str, start: int, end: int) -> int:
        """Count what stands in a range of tokens: a cue role, `verb` (finite), `value` or `time` (starts)."""
        places = self._places.get(what, ())
        return max(bisect_left(places, end) - bisect_left(places, start), 0)

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
        """Return the tense of the governing verb: past, present, perfect, future, would, unreal, modal,
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
            return True
        return after < len(self.doc) and self.doc[after].pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB")

    def path(self, position: int) -> list[int]:
        """Return the token numbers from a token up to its root."""
        found, token = [position], self.doc[position]
        while token.head.i != token.i and len(found) < _DEEPEST:
            token = token.head
            found.append(token.i)
        return found


def _by_role(roles: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """List the tokens that have each role, in order."""
    places: dict[str, list[int]] = {}
    for i, held in enumerate(roles):
        for role in held:
            places.setdefault(role, []).append(i)
    return places


def _tense(verb: Token) -> str:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    for helper in helpers:
        if helper.tag_ == "MD":
            tense = _MODALS.get(helper.lower_, "modal")
            # may have died: a guess about the past; would have died: it did not
            perfect = any(other.lemma_ == "have" for other in helpers)
            return _PERFECT.get(tense, tense) if perfect else tense
    finite = next((token for token in (*helpers, verb) if token.tag_ in _FINITE), None)
    if finite is None:
        under_way = any(helper.tag_ == "VBG" for helper in helpers)  # no step being taken
        return "participle" if verb.tag_ == "VBN" and not under_way else "infinite"
    if finite.tag_ == "VBD":
        return "past"
    return "perfect" if finite.lemma_ == "have" and finite is not verb else "present"
