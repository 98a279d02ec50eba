"""Where a quantity stands in its sentence: its noun, its clause, the clause's subject.

Everything here follows dependencies upwards for a bounded number of steps, or looks at direct children, so that a
hostile sentence costs no more than a plain one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from claimgraph.records import Quantity
from claimgraph.stages import columns
from claimgraph.stages.topics.gapping import find_remnant

__all__ = ["SUBJECTS", "Site", "Sites", "climb"]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
# Dependencies by which a number and its sign or scale hang on the noun that they measure.
_NUMERIC = frozenset({"nummod", "quantmod", "compound", "amod", "nmod", "npadvmod", "advmod", "det", "predet", "punct"})
_VERBS = frozenset({"VERB", "AUX"})
_DEPTH = 30
# The gate of `claimgraph_parse` always opens for this many first sentences and for those with a number; the parse of
# these alone is read, so that the gate changes nothing here.
_LEAD_SENTENCES = 4


def climb(token: Token) -> Iterator[Token]:
    """Yield the heads above a token, nearest first."""
    for _ in range(_DEPTH):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


class Sites:
    """Finds the tokens and the sentence of each quantity.

    read: the sentences whose parse and entities count, by number.
    """

    def __init__(self, doc: Doc, quantities: tuple[Quantity, ...]) -> None:
        self.doc = doc
        self.offsets = columns.offsets(doc)
        self.sentences = list(doc.sents)
        self.starts = [sentence.start for sentence in self.sentences]
        self.all = [Site(self, quantity) for quantity in quantities]
        for before, site in pairwise(self.all):
            site.behind = before.last if before.number == site.number else None
        self._values = Counter(site.number for site in self.all)
        self.read = {site.number for site in self.all} | set(range(min(_LEAD_SENTENCES, len(self.sentences))))

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds a character, or of the last one before it."""
        return max(0, bisect_right(self.offsets, offset) - 1)

    def values_in(self, number: int) -> int:
        """Return how many values a sentence holds."""
        return self._values[number]

    def sentence_of(self, token: int) -> int:
        """Return the number of the sentence that holds a token."""
        return max(0, bisect_right(self.starts, token) - 1)


class Site:
    """One quantity in its sentence.

    first, last: tokens of the value, half open. number: which sentence of the doc. behind: the token behind the value
    before it in that sentence.
    """

    def __init__(self, sites: Sites, quantity: Quantity) -> None:
        self.doc, self.quantity = sites.doc, quantity
        self.first = sites.token_at(quantity.start)
        self.last = max(self.first + 1, bisect_left(sites.offsets, quantity.end))
        self.number = sites.sentence_of(self.first)
        self.sentence: Span = sites.sentences[self.number]
        self.behind: int | None = None
        self._noun = (sites.token_at(quantity.noun.start), quantity.noun.end) if quantity.noun else None

    @cached_property
    def root(self) -> Token:
        """The token of the value whose head lies outside it."""
        for i in range(self.last - 1, self.first - 1, -1):
            token = self.doc[i]
            if token.head.i == token.i or not self.first <= token.head.i < self.last:
                return token
        return self.doc[self.last - 1]

    @cached_property
    def phrase(self) -> Token:
        """The head of the noun phrase that the value belongs to: the counted noun, the unit or the value itself."""
        token = self.root
        while token.dep_ in _NUMERIC and token.head.i != token.i and token.head.pos_ not in _VERBS:
            if token.head.pos_ in ("ADJ", "ADV") and token.dep_ not in ("nummod", "quantmod", "npadvmod"):
                break
            token = token.head
        return token

    @cached_property
    def above(self) -> dict[int, Token]:
        """The head of the value's phrase and the heads above it, by token index, nearest first."""
        return {token.i: token for token in (self.phrase, *climb(self.phrase))}

    @cached_property
    def height(self) -> dict[int, int]:
        """How many steps above the value's phrase each of `above` stands."""
        return {index: step for step, index in enumerate(self.above)}

    @cached_property
    def verb(self) -> Token | None:
        """The verb that governs the value."""
        return next((token for token in climb(self.phrase) if token.pos_ in _VERBS), None)

    @cached_property
    def clause(self) -> tuple[Token, ...]:
        """The governing verbs from the value up to the one that has a subject of its own, at most three."""
        verbs = []
        for token in (self.phrase, *climb(self.phrase)):
            if token.pos_ in _VERBS:
                verbs.append(token)
                if any(child.dep_ in SUBJECTS for child in token.children) or len(verbs) == 3:
                    break
        return tuple(verbs)

    @cached_property
    def remnant(self) -> Token | None:
        """The head of all that is left of the subject in a clause that shares the verb of the value before."""
        return find_remnant(self.doc, self.behind, self.first) if self.behind is not None else None

    @cached_property
    def subject(self) -> Token | None:
        """The head of the subject of the clause; a relative pronoun gives way to the noun that it stands for."""
        if self.remnant is not None:
            return self.remnant
        for verb in self.clause:
            for child in verb.children:
                if child.dep_ in SUBJECTS:
                    if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                        return verb.head
                    return child
        return None
