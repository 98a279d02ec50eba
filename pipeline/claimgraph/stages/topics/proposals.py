"""Propose phrases that may name what a value measures: the rules' answers and the nouns around the value.

Every proposal says how it was made; `traits` describes it, `weighing` chooses.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claimgraph.stages import columns
from claimgraph.stages.topics.between import WINDOW
from claimgraph.stages.topics.scope import NOUNS, Scope, Subject
from claimgraph.stages.topics.sites import SUBJECTS, Site, Sites

__all__ = ["HELD", "Proposal", "Proposals"]

_TITLE = 30
# Subjects of so many values before are proposed again.
HELD = 6
# Words of the longest complement that a verb keeps: *given to charity*.
_COMPLEMENT = 6


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase with the ways in which it was found, first one first: `rule=subject`, `shape=noun`, `held=1`."""

    subject: Subject
    marks: tuple[str, ...]


class _Pool:
    """Collects proposals; the same words found twice are one proposal."""

    def __init__(self) -> None:
        self._subjects: dict[str, Subject] = {}
        self._marks: dict[str, list[str]] = {}

    def add(self, subject: Subject, *marks: str, shape: str) -> None:
        """Add a phrase; only the first to find it says its shape."""
        key = subject.text.lower()
        if key and key not in self._subjects:
            self._subjects[key] = subject
            self._marks[key] = [f"shape={shape}"]
        if key:
            self._marks[key] += marks

    def all(self) -> list[Proposal]:
        return [Proposal(subject, tuple(self._marks[key])) for key, subject in self._subjects.items()]


class Proposals:
    """Proposes subjects for the values of one article; what a noun's phrase may be is worked out once."""

    def __init__(self, scope: Scope, sites: Sites) -> None:
        self.scope, self.sites, self.doc = scope, sites, scope.doc
        # what is expected is a measure, the expectation is none; amounts are units
        self._nameless = scope.wording.expectations | scope.wording.amounts
        self._phrases: dict[int, tuple[tuple[Subject, str], ...]] = {}
        self._heads: dict[int, tuple[list[int], list[Token]]] = {}

    def of(self, site: Site, first: Subject, answers: Iterable[Subject], held: Sequence[Subject]) -> list[Proposal]:
        """Return the proposals for a value; at least one, each text once.

        Args:
            site: the value.
            first: what the rules would choose.
            answers: what each rule says, whether or not another one goes before it.
            held: the subjects of the values before, nearest last.
        """
        pool = _Pool()
        pool.add(first, "first", shape="rule")
        for answer in answers:
            if answer.noun is not None and answer.noun.i in self.scope.units:
                continue
            pool.add(answer, f"rule={answer.rule}", shape="rule")
        for subject, shape in self._around(site):
            pool.add(subject, shape=shape)
        for subject, shape in self._elsewhere(site):
            pool.add(subject, shape=shape)
        for back, subject in enumerate(reversed(held[-HELD:]), start=1):
            pool.add(subject, f"held={back}", shape="held")
        return pool.all()

    def _around(self, site: Site) -> Iterator[tuple[Subject, str]]:
        """Yield the nouns of the value's sentence and its verb."""
        for noun in self._nouns(site.number, site.first - WINDOW, site.last + WINDOW):
            yield from self._phrases_of(noun)
        deed = self._deed(site.verb) if site.verb is not None else None
        if deed is not None:
            yield deed, "verb"

    def _elsewhere(self, site: Site) -> Iterator[tuple[Subject, str]]:
        """Yield the nouns of the sentence before and of the title."""
        if site.number - 1 in self.sites.read:
            end = self.sites.sentences[site.number - 1].end
            for noun in self._nouns(site.number - 1, end - WINDOW, end):
                yield self._phrases_of(noun)[0][0], "before"
        if site.number > 0:
            for noun in self._nouns(0, 0, _TITLE):
                yield self._phrases_of(noun)[0][0], "title"

    def _nouns(self, number: int, begin: int, end: int) -> list[Token]:
        """Return the heads of a sentence's noun phrases between two tokens."""
        if number not in self._heads:
            sentence, pos = self.sites.sentences[number], columns.pos(self.doc)
            nouns = (self.doc[i] for i in range(sentence.start, sentence.end) if pos[i] in NOUNS)
            heads = [token for token in nouns if self._heads_phrase(token)]
            self._heads[number] = ([token.i for token in heads], heads)
        indexes, heads = self._heads[number]
        return heads[bisect_left(indexes, begin) : bisect_left(indexes, end)]

    def _heads_phrase(self, token: Token) -> bool:
        """Say whether a noun is a word that can name something."""
        worded = token.is_alpha or "-" in token.text[1:-1]
        if token.i in self.scope.units or token.lemma_.lower() in self._nameless:
            return False
        return worded and token.dep_ != "compound" and token.i not in self.scope.values

    def _phrases_of(self, noun: Token) -> tuple[tuple[Subject, str], ...]:
        """Return the phrases that a noun may give: whole, without complement, with its verb."""
        held = self._phrases.get(noun.i)
        if held is None:
            held = self._phrases[noun.i] = tuple(self._word(noun))
        return held

    def _word(self, noun: Token) -> Iterator[tuple[Subject, str]]:
        whole = self.scope.phrase(noun)
        bare = self.scope.phrase(noun, complement=False)
        yield self.scope.make(whole, "noun", noun), "noun"
        if len(bare) < len(whole):
            yield self.scope.make(bare, "bare", noun), "bare"
        verb = noun.head
        if verb.pos_ == "VERB" and verb.lemma_ not in self.scope.gazetteer.reporting:
            words = [*bare, verb] if verb.i > noun.i else [verb, *bare]
            if noun.dep_ in SUBJECTS:
                yield self.scope.make(words, "does", noun), "does"
            elif noun.dep_ == "dobj":
                yield self.scope.make(words, "undergoes", noun), "undergoes"

    def _deed(self, verb: Token) -> Subject | None:
        """Word a verb with its first short complement: *given to charity*; a verb alone names nothing."""
        for child in verb.rights:
            if child.dep_ in ("prep", "dobj", "agent", "xcomp"):
                size = child.right_edge.i - child.left_edge.i + 1
                words = list(child.subtree) if size <= _COMPLEMENT else []
                if words and not any(word.i in self.scope.values or self.scope.is_time(word) for word in words):
                    return self.scope.make([verb, *words], "verb", verb)
        return None
