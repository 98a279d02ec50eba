"""Say what stands between a value and the nouns around it: punctuation, verbs, other values, nearer nouns."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from claimgraph.stages.topics.noun_classes import NounClasses
from claimgraph.stages.topics.scope import NOUNS, VERBS, Scope
from claimgraph.stages.topics.sites import Site

__all__ = ["WINDOW", "Between"]

# Tokens on each side of a value that are looked at.
WINDOW = 40
# Upper ends of the ranges into which distances in tokens are put.
_DISTANCES = (0, 1, 2, 4, 8, 16, 32)
_MARKS = {",": "comma", ";": "stop", ":": "stop", "(": "bracket", ")": "bracket", "–": "dash", "—": "dash", "-": "dash"}
# Classes of which the value's nearest noun counts.
_NEAREST = frozenset({"money", "ratio", "dimension", "goods", "happening", "person"})


class Between:
    """Walks away from each value once, forwards and backwards, and notes what was passed when a noun is reached."""

    def __init__(self, scope: Scope, classes: NounClasses) -> None:
        self.scope, self.classes = scope, classes
        self._site: Site | None = None
        self._facts: dict[int, tuple[str, ...]] = {}
        self._marks: dict[int, str] = {}

    def of(self, site: Site, noun: Token) -> tuple[str, ...]:
        """Return the facts of a noun of the value's sentence."""
        if self._site is not site:
            self._site, self._facts = site, dict(self._walk(site))
        side = "before" if noun.i < site.first else "after"
        return self._facts.get(noun.i, (f"side={side}", f"distance={side}:more"))

    def _walk(self, site: Site) -> Iterator[tuple[int, tuple[str, ...]]]:
        doc, sentence = self.scope.doc, site.sentence
        for token in doc[site.first : site.last]:
            yield token.i, ("inside",)
        begin, end = max(sentence.start, site.first - WINDOW - 1), min(sentence.end, site.last + WINDOW + 1)
        yield from self._side("before", reversed(doc[begin : site.first]))
        yield from self._side("after", doc[site.last : end])

    def _side(self, side: str, tokens: Iterable[Token]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the facts of the nouns on one side, nearest first."""
        passed: set[str] = set()
        nouns: set[str] = set()
        marks: tuple[str, ...] = (f"adjacent:{side}",)
        for steps, token in enumerate(tokens):
            if token.pos_ in NOUNS:
                limit = next((limit for limit in _DISTANCES if steps <= limit), "more")
                classes = self.classes.of(token)
                nearest = () if "value" in passed else sorted(_NEAREST.intersection(classes) - nouns)
                named = (f"nearest={name}:{side}" for name in nearest)
                yield token.i, (f"side={side}", f"distance={side}:{limit}", *marks, *named)
                if token.dep_ != "compound":
                    nouns.update(classes)
            mark = self._mark(token)
            if mark and mark not in passed:
                passed.add(mark)
                marks = tuple(_listed(passed, side))

    def _mark(self, token: Token) -> str:
        """Sort a token; empty for those that separate nothing."""
        mark = self._marks.get(token.i)
        if mark is None:
            mark = self._marks[token.i] = self._sort(token)
        return mark

    def _sort(self, token: Token) -> str:
        if token.i in self.scope.values:
            return "value"
        if token.pos_ in VERBS:
            return "verb"
        if token.text in _MARKS:
            return _MARKS[token.text]
        if token.dep_ == "cc":
            return "and"
        return "noun" if token.pos_ in NOUNS and token.i not in self.scope.units else ""


def _listed(passed: set[str], side: str) -> Iterator[str]:
    yield from (f"between={mark}:{side}" for mark in sorted(passed))
    yield f"between={'+'.join(sorted(passed - {'noun'}))}:{side}:all"
    if "noun" not in passed:
        yield f"adjacent:{side}"
