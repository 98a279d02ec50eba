"""The entities that a quantity's own sentence names or points at, and how each stands to the value."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Doc, Token

from claimgraph.stages.topics.gazetteer import Gazetteer
from claimgraph.stages.topics.references import find_descriptions, find_references
from claimgraph.stages.topics.relations import Tie, is_inside, tie
from claimgraph.stages.topics.salience import Focus
from claimgraph.stages.topics.sites import Site, Sites
from claimgraph.vocab import Kind

__all__ = ["Local", "Locals"]

# Names looked at on either side of a value in its sentence: a list of a thousand names must not be walked for each of
# its values. Real sentences hold fewer.
_NEAR = 24
# Tokens between an age and the name whose age it is (*the 41-year-old Peruvian singer Maria Lopez*).
_BESIDE = 6
# Tokens at the beginning of a sentence in which a name opens it (*In Peru, ...*).
_OPENING = 2
_TIES = tuple(Tie)


@dataclass(frozen=True, slots=True)
class Local:
    """An entity in the quantity's own sentence: its strongest tie and how near it stands.

    distance: tokens between name and value. between: other values there. role: dependency of the name's head.
    reference: a noun or pronoun stands for the entity. source: the name is part of who says the figure.
    """

    tie: Tie
    distance: int
    before: bool
    marked: bool
    reference: bool
    between: int
    role: str
    adjectival: bool
    source: bool
    opens: bool
    inside: bool
    aged: bool


class Locals:
    """Finds the entities of each quantity's sentence in one article."""

    def __init__(self, doc: Doc, focus: Focus, sites: Sites, gazetteer: Gazetteer) -> None:
        self.doc, self.focus, self.sites, self.gazetteer = doc, focus, sites, gazetteer
        self._described = find_descriptions(doc, focus, gazetteer)
        self._firsts = [site.first for site in sites.all]
        self._adjectival = {m.start for entity in focus.entities for m in entity.mentions if m.adjectival}
        self._references: dict[int, list[tuple[int, int, int, bool]]] = {}

    def of(self, site: Site) -> dict[int, Local]:
        """Find the entities of the quantity's sentence by number, each with its strongest tie."""
        found: dict[int, Local] = {}
        for number, start, end, reference in self._near(site):
            local = self._local(site, start, end, reference=reference)
            held = found.get(number)
            if held is None or _TIES.index(local.tie) < _TIES.index(held.tie):
                found[number] = local
        return found

    def _local(self, site: Site, start: int, end: int, *, reference: bool) -> Local:
        head = self._head(start, end)
        return Local(
            tie=tie(site, head, self.gazetteer.reporting),
            distance=max(0, site.first - end if end <= site.first else start - site.last),
            before=end <= site.first,
            marked=self._marked(site, start, end),
            reference=reference,
            between=self._between(site, start, end),
            role=head.dep_,
            adjectival=start in self._adjectival,
            source=not reference and self.focus.is_source(head),
            opens=start - site.sentence.start <= _OPENING,
            inside=is_inside(site, head),
            aged=not reference and self._aged(site, start, end),
        )

    def _named(self, number: int) -> list[tuple[int, int, int, bool]]:
        """Return entity, tokens and whether it is a reference, for all that a sentence names; once per sentence."""
        if number not in self._references:
            names = [(n, m.start, m.end, False) for n, m in self.focus.by_sentence.get(number, ())]
            sentence = self.sites.sentences[number]
            stand_ins = find_references(self.focus, sentence, number, self.gazetteer, self._described)
            named = chain(names, ((n, token.i, token.i + 1, True) for n, token in stand_ins))
            self._references[number] = sorted(named, key=lambda name: name[1])
        return self._references[number]

    def _near(self, site: Site) -> list[tuple[int, int, int, bool]]:
        """Return what the sentence names nearest to the value, on either side."""
        named = self._named(site.number)
        at = bisect_left(named, site.first, key=lambda name: name[1])
        return named[max(0, at - _NEAR) : at + _NEAR]

    def _head(self, start: int, end: int) -> Token:
        """Return the token of a name whose head lies outside it."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.doc[i].head.i < end:
                return self.doc[i]
        return self.doc[end - 1]

    def _heads_bracket(self, site: Site, start: int, end: int) -> bool:
        """Say whether the phrase before a bracket that opens on the value is the name's (*Lopez of Peru (12)*)."""
        if site.first < 2 or self.doc[site.first - 1].text != "(" or site.first - end > _BESIDE:
            return False
        token = self.doc[site.first - 2]
        while token.head.i < token.i and token.head.i >= start and token.head.pos_ not in ("VERB", "AUX"):
            token = token.head
        return start <= token.i < end

    def _aged(self, site: Site, start: int, end: int) -> bool:
        """Say whether a value is an age and no verb stands between it and the name beside it (*Maria Lopez, 41*)."""
        low, high = (end, site.first) if end <= site.first else (site.last, start)
        if site.quantity.kind is not Kind.AGE or high - low > _BESIDE:
            return False
        return not any(token.pos_ in ("VERB", "AUX") or token.lower_ == "and" for token in self.doc[low:high])

    def _between(self, site: Site, start: int, end: int) -> int:
        """Return how many other values stand between the name and the value."""
        low, high = (end, site.first) if end <= site.first else (site.last, start)
        return bisect_left(self._firsts, high) - bisect_left(self._firsts, low)

    def _marked(self, site: Site, start: int, end: int) -> bool:
        """Say whether a bracket or colon right behind the name opens on the value, or the name is a line's heading."""
        if end >= len(self.doc) or end > site.first:
            return False
        if self._heads_bracket(site, start, end):
            return True
        if self.doc[end].text not in ("(", ":"):
            return False
        return site.first - end <= 3 or (self.doc[end].text == ":" and start - site.sentence.start <= 1)
