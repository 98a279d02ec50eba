"""What the words around a number say about its time: cues, tense, and what stands between two places.

Everything is counted once per article in running sums, so asking what stands between two tokens costs the same
however far apart they are.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from spacy.tokens import Doc, Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.timing.expressions import Located
from claimgraph.stages.timing.lexicon import Cue

__all__ = ["Clauses", "load_cues"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_COUNTED = (
    "comparator",
    "bracket",
    "comma",
    "conjunction",
    "subordinate",
    "forward",
    "habitual",
    "quote",
    "reporting",
    "sport",
)
# No clause of news prose is nested deeper; a bound keeps hostile parses cheap.
_DEEPEST = 12
_REACH = 6  # tokens within which a comparator finds what it compares with


def load_cues(language: str) -> dict[str, frozenset[str]]:
    """Return the roles of every cue word of a language."""
    roles: dict[str, set[str]] = {}
    for cue in load_entries(language, "timing_cues", "cue", Cue, "name"):
        for form in cue.forms:
            roles.setdefault(form, set()).add(cue.role)
    return {form: frozenset(found) for form, found in roles.items()}


class Clauses:
    """One article's words with their cues; positions are token numbers."""

    def __init__(
        self, doc: Doc, cues: dict[str, frozenset[str]], values: Sequence[Located], times: Sequence[Located]
    ) -> None:
        """Count the cues of a doc.

        Args:
            doc: the article; tags and heads are used where they are there.
            cues: roles by word.
            values: the quantities, sorted.
            times: the time expressions, sorted.
        """
        self.doc = doc
        self._starts = [token.idx for token in doc]
        nothing: frozenset[str] = frozenset()
        self.roles = [cues.get(token.lower_, nothing) for token in doc]
        self._sums = {role: _running(role in roles for roles in self.roles) for role in _COUNTED}
        self._sums["verb"] = _running(token.tag_ in _FINITE for token in doc)
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
        if "comparator" not in self.roles[i]:
            return False
        end = min(i + 1 + _REACH, len(self.doc))
        if self.doc[i].lower_ == "than" and self.between("value", i + 1, min(i + 3, end)):
            return False
        return bool(self.between("value", i + 1, end) or self.between("time", i + 1, end))

    def at(self, offset: int) -> int:
        """Return the number of the token that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def between(self, what: str, start: int, end: int) -> int:
        """Count what stands in a range of tokens: a cue role, `verb` (finite), `value` or `time` (starts)."""
        sums = self._sums[what]
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
        """Return the tense of the governing verb: past, present, perfect, future, modal, participle,
        infinite or none."""
        verb = self.verb(position)
        if verb is None:
            return "none"
        if verb.i not in self._tenses:
            self._tenses[verb.i] = _tense(verb)
        return self._tenses[verb.i]

    def is_of_report(self, position: int) -> bool:
        """Whether a token hangs on a verb of saying."""
        verb = self.verb(position)
        return verb is not None and "reporting" in self.roles[verb.i]

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
            return "future" if helper.lower_ in ("will", "'ll", "shall", "wo", "’ll") else "modal"
    finite = next((token for token in (*helpers, verb) if token.tag_ in _FINITE), None)
    if finite is None:
        return "participle" if verb.tag_ == "VBN" else "infinite"
    if finite.tag_ == "VBD":
        return "past"
    return "perfect" if finite.lemma_ == "have" and finite is not verb else "present"
