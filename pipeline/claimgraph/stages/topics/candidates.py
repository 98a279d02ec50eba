"""The entities that a quantity can be about, each described by features that hold no word of the text."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Doc, Token

from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Level, OwnerKind
from claimgraph.stages.topics.references import find_references
from claimgraph.stages.topics.relations import Tie, tie
from claimgraph.stages.topics.salience import Focus, owns
from claimgraph.stages.topics.sites import Site, Sites

__all__ = ["Candidate", "Candidates"]

# Entities beyond these are taken only where the sentence, or the one before it, names them.
_SALIENT = 10
# Names looked at on either side of a value in its sentence, and at the end of the sentence before: a list of a thousand
# names must not be walked for each of its values. Real sentences hold fewer.
_NEAR = 24
_TIES = tuple(Tie)
_KINDS = tuple(EntityKind)


@dataclass(frozen=True, slots=True)
class Local:
    """An entity in the quantity's own sentence: its strongest tie and how near it stands."""

    tie: Tie
    distance: int
    before: bool
    marked: bool
    reference: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with its features for one quantity."""

    number: int
    tie: Tie | None
    features: dict[str, float]


class Candidates:
    """Describes the candidates of each quantity of one article."""

    def __init__(self, doc: Doc, focus: Focus, sites: Sites, gazetteer: Gazetteer) -> None:
        self.doc, self.focus, self.sites, self.gazetteer = doc, focus, sites, gazetteer
        self._references: dict[int, list[tuple[int, int, int, bool]]] = {}

    def of(self, index: int) -> list[Candidate]:
        """Return the candidates of the quantity with this index, most salient first."""
        site, focus = self.sites.all[index], self.focus
        owner = focus.owners[index] or focus.kind
        locals_ = self._locals(site)
        before = {number for number, _ in focus.by_sentence.get(site.number - 1, ())[-_NEAR:]}
        named_near = (before | locals_.keys()).difference(focus.order[:_SALIENT])
        numbers = [*focus.order[:_SALIENT], *sorted(named_near, key=lambda n: focus.standing[n].place)]
        near = {n: rank for rank, n in enumerate(sorted(locals_, key=lambda n: locals_[n].distance))}
        named = {owner for owner in OwnerKind if focus.focal(owner)} if focus.entities else set()
        return [
            Candidate(
                number,
                locals_[number].tie if number in locals_ else None,
                {
                    **self._standing(number),
                    **self._kind(number, owner, index, named),
                    **self._local(number, locals_, near, before, site),
                },
            )
            for number in numbers
        ]

    def _standing(self, number: int) -> dict[str, float]:
        """Describe the entity in the article as a whole."""
        standing, focus = self.focus.standing[number], self.focus
        entity = focus.entities[number]
        top = focus.standing[focus.order[0]].salience
        return {
            "salience": min(standing.salience, 20.0) / max(min(top, 20.0), 1.0),
            "first": standing.place == 0,
            "second": standing.place == 1,
            "title": standing.title,
            "lead": standing.lead,
            "said": standing.said,
            "outlet": standing.outlet,
            "alone": standing.among == 0,
            "country": entity.level is Level.COUNTRY,
            "region": entity.level is Level.REGION,
            "city": entity.level is Level.CITY,
            "person": entity.kind is EntityKind.PERSON,
            "organisation": entity.kind is EntityKind.ORGANISATION,
            "event": entity.kind is EntityKind.EVENT,
            "group": entity.kind is EntityKind.GROUP,
        }

    def _kind(self, number: int, owner: OwnerKind | None, index: int, named: set[OwnerKind]) -> dict[str, float]:
        """Compare the entity's kind with whose such a measure usually is."""
        focus = self.focus
        entity, among = focus.entities[number], focus.standing[number].among
        fits = owner is not None and owns(owner, entity)
        stated = focus.owners[index] is not None
        article = focus.kind is not None and owns(focus.kind, entity)
        focal = owner is not None and fits and focus.focal(owner)[0] == number
        return {
            "fits": fits,
            "fits_stated": fits and stated,
            "unfit": owner is not None and not fits,
            "focal": focal,
            "focal_article": article and focus.kind is not None and focus.focal(focus.kind)[0] == number,
            "focal_country": owner in (OwnerKind.COUNTRY, OwnerKind.PLACE)
            and entity.level is Level.COUNTRY
            and among == 0,
            "focal_city": owner is OwnerKind.PLACE and entity.level is Level.CITY and among == 0,
            "focal_event": owner is OwnerKind.PLACE and entity.kind is EntityKind.EVENT and among == 0,
            "focal_region": owner is OwnerKind.PLACE and entity.level is Level.REGION and among == 0,
            "ownerless": owner is not None and owner not in named,
        }

    def _local(
        self, number: int, locals_: dict[int, Local], near: dict[int, int], before: set[int], site: Site
    ) -> dict[str, float]:
        """Describe how the entity stands to the value in its sentence."""
        local = locals_.get(number)
        features: dict[str, float] = {f"tie_{kind}": local is not None and local.tie is kind for kind in _TIES}
        features["here"] = local is not None
        features["nearest"] = near.get(number) == 0
        features["near"] = 1 / (1 + local.distance) if local else 0.0
        features["before"] = bool(local and local.before)
        features["marked"] = bool(local and local.marked)
        features["reference"] = bool(local and local.reference)
        features["previous"] = number in before
        features["absent"] = local is None and bool(locals_)
        return features

    def _locals(self, site: Site) -> dict[int, Local]:
        """Find the entities of the quantity's sentence, each with its strongest tie."""
        found: dict[int, Local] = {}
        for number, start, end, reference in self._near(site):
            head = self._head(start, end)
            distance = site.first - end if end <= site.first else start - site.last
            local = Local(
                tie(site, head, self.gazetteer.reporting),
                max(0, distance),
                end <= site.first,
                self._marked(site, start, end),
                reference,
            )
            held = found.get(number)
            if held is None or _TIES.index(local.tie) < _TIES.index(held.tie):
                found[number] = local
        return found

    def _named(self, number: int) -> list[tuple[int, int, int, bool]]:
        """Return entity, tokens and whether it is a reference, for all that a sentence names; once per sentence."""
        if number not in self._references:
            names = [(n, m.start, m.end, False) for n, m in self.focus.by_sentence.get(number, ())]
            sentence = self.sites.sentences[number]
            stand_ins = find_references(self.focus, sentence, number, self.gazetteer)
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

    def _marked(self, site: Site, start: int, end: int) -> bool:
        """Say whether a bracket or colon right behind the name opens on the value, or the name is a line's heading."""
        if end >= len(self.doc) or end > site.first or self.doc[end].text not in ("(", ":"):
            return False
        return site.first - end <= 3 or (self.doc[end].text == ":" and start - site.sentence.start <= 1)
