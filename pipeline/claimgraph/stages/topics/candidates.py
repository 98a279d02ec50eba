"""The entities that a quantity can be about, each described by features that hold no word of the text."""

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc

from claimgraph.stages.topics.discourse import Discourse
from claimgraph.stages.topics.fellows import Fellows
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Level, OwnerKind
from claimgraph.stages.topics.locals import Local, Locals
from claimgraph.stages.topics.relations import Tie
from claimgraph.stages.topics.rivals import Rivals
from claimgraph.stages.topics.salience import Focus, owns
from claimgraph.stages.topics.sites import Sites
from claimgraph.stages.topics.situation import describe_situation
from claimgraph.stages.topics.surveys import is_survey_parameter

__all__ = ["Candidate", "Candidates"]

# Entities beyond these are taken only where they are the first of their kind or the sentence, or the one before it,
# names them.
_SALIENT = 10
# Names looked at at the end of the sentence before: a list of a thousand names must not be walked for each value.
_NEAR = 24
_TIES = tuple(Tie)
_OWNING = frozenset({Tie.OWNER, Tie.SUBJECT, Tie.SUBJECT_OWNER, Tie.AROUND})
_ROLES = ("nsubj", "nsubjpass", "pobj", "poss", "compound", "dobj", "appos", "conj", "amod", "nmod", "ROOT")
_UNTIED = dict.fromkeys((*(f"tie_{kind}" for kind in _TIES), *(f"role_{role}" for role in _ROLES)), False)
# The number of no entity: all that the sentence of the value does not name stand to it alike.
_ELSEWHERE = -1


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity with its features for one quantity."""

    number: int
    tie: Tie | None
    features: dict[str, float]


class Candidates:
    """Describes the candidates of each quantity of one article."""

    def __init__(self, doc: Doc, focus: Focus, sites: Sites, gazetteer: Gazetteer) -> None:
        self.focus, self.sites = focus, sites
        self._parameters = gazetteer.parameters
        locals_ = Locals(doc, focus, sites, gazetteer)
        self._found = [locals_.of(site) for site in sites.all]
        self._tied = Counter(n for found in self._found for n, local in found.items() if local.tie in _OWNING)
        self._fellows = Fellows(
            sites, [{n for n, local in found.items() if local.tie in _OWNING} for found in self._found]
        )
        self._rivals = Rivals(focus, sites, self._found, gazetteer)
        self._discourse = Discourse(doc, focus, sites)
        first_of_kind = {number for number, standing in enumerate(focus.standing) if standing.among == 0}
        self._always = first_of_kind.union(focus.order[:_SALIENT])
        self._named = {owner for owner in OwnerKind if focus.focal(owner)} if focus.entities else set()
        self._standings: dict[int, dict[str, float]] = {}
        self._kinds: dict[tuple[int, OwnerKind | None, bool], dict[str, float]] = {}

    def of(self, index: int) -> list[Candidate]:
        """Return the candidates of the quantity with this index, most salient first."""
        site, found = self.sites.all[index], self._found[index]
        before = {number for number, _ in self.focus.by_sentence.get(site.number - 1, ())[-_NEAR:]}
        numbers = sorted(self._always | before | found.keys(), key=lambda number: self.focus.standing[number].place)
        near = {number: rank for rank, number in enumerate(sorted(found, key=lambda number: found[number].distance))}
        elsewhere = _local(_ELSEWHERE, found, near)
        recency = self._discourse.recency(numbers, site)
        parameter = is_survey_parameter(site, self._parameters)
        return [
            Candidate(
                number,
                found[number].tie if number in found else None,
                {
                    **self._standing(number),
                    **self._kind(number, index),
                    **(_local(number, found, near) if number in found else elsewhere),
                    **self._discourse.of(number, site),
                    **recency[number],
                    **self._fellows.of(number, index),
                    **self._rivals.of(number, index),
                    "previous": number in before,
                    "surveyor": parameter and number in self.focus.surveyors,
                },
            )
            for number in numbers
        ]

    def situation(self, index: int) -> dict[str, float]:
        """Return the features of the quantity with this index, whatever its candidates."""
        found = self._found[index].values()
        return {
            **describe_situation(index, self.focus, self.sites),
            "names": min(len(found), 4),
            "any_owning": any(local.tie in _OWNING for local in found),
            "any_sayer": any(local.tie is Tie.SAYER for local in found),
        }

    def _standing(self, number: int) -> dict[str, float]:
        """Describe the entity in the article as a whole; once."""
        if number not in self._standings:
            self._standings[number] = self._describe(number)
        return self._standings[number]

    def _describe(self, number: int) -> dict[str, float]:
        standing, focus = self.focus.standing[number], self.focus
        entity = focus.entities[number]
        top = focus.standing[focus.order[0]].salience
        return {
            "salience": min(standing.salience, 20.0) / max(min(top, 20.0), 1.0),
            "first": standing.place == 0,
            "second": standing.place == 1,
            "place_rank": min(standing.place, 12),
            "among": min(standing.among, 6),
            "title": standing.title,
            "title_first": standing.title and entity.mentions[0].start <= 1,
            "lead": standing.lead,
            "said": standing.said,
            "sourced": standing.sourced,
            "outlet": standing.outlet,
            "alone": standing.among == 0,
            "country": entity.level is Level.COUNTRY,
            "region": entity.level is Level.REGION,
            "city": entity.level is Level.CITY,
            "person": entity.kind is EntityKind.PERSON,
            "organisation": entity.kind is EntityKind.ORGANISATION,
            "event": entity.kind is EntityKind.EVENT,
            "group": entity.kind is EntityKind.GROUP,
            "product": entity.kind is EntityKind.PRODUCT,
            "name": entity.kind is EntityKind.NAME,
            "mentions": min(len(entity.mentions), 12),
            "tied": self._tied[number] / len(self.sites.all),
            "tied_times": min(self._tied[number], 6),
            "adjective": number in focus.adjectives,
            "words": min(len(entity.name.split()), 5),
            "capitals": entity.name.isupper(),
            "gazetteer": entity.place is not None,
        }

    def _kind(self, number: int, index: int) -> dict[str, float]:
        """Compare the entity's kind with whose such a measure usually is; once for all measures of that owner."""
        stated = self.focus.owners[index]
        key = number, stated or self.focus.kind, stated is not None
        if key not in self._kinds:
            self._kinds[key] = self._compare(*key)
        return self._kinds[key]

    def _compare(self, number: int, owner: OwnerKind | None, stated: bool) -> dict[str, float]:
        focus = self.focus
        entity, alone = focus.entities[number], focus.standing[number].among == 0
        fits = owner is not None and owns(owner, entity)
        article = focus.kind is not None and owns(focus.kind, entity)
        placed = owner is OwnerKind.PLACE and alone
        return {
            "fits": fits,
            "fits_stated": fits and stated,
            "unfit": owner is not None and not fits,
            "focal": fits and owner is not None and focus.focal(owner)[0] == number,
            "focal_article": article and focus.kind is not None and focus.focal(focus.kind)[0] == number,
            "focal_country": (placed or (owner is OwnerKind.COUNTRY and alone)) and entity.level is Level.COUNTRY,
            "focal_city": placed and entity.level is Level.CITY,
            "focal_event": placed and entity.kind is EntityKind.EVENT,
            "focal_region": placed and entity.level is Level.REGION,
            "ownerless": owner is not None and owner not in self._named,
        }


def _local(number: int, found: dict[int, Local], near: dict[int, int]) -> dict[str, float]:
    """Describe how the entity stands to the value in its sentence."""
    local = found.get(number)
    strength = _TIES.index(local.tie) if local else len(_TIES)
    rivals = [_TIES.index(other.tie) for other_number, other in found.items() if other_number != number]
    return {
        **_UNTIED,
        **({f"tie_{local.tie}": True} if local else {}),
        **({f"role_{local.role}": True} if local and local.role in _ROLES else {}),
        "here": local is not None,
        "absent": local is None and bool(found),
        "nearest": near.get(number) == 0,
        "order": min(near.get(number, 9), 9),
        "near": 1 / (1 + local.distance) if local else 0.0,
        "distance": min(local.distance, 30) if local else 40,
        "between": min(local.between, 3) if local else 4,
        "before": bool(local and local.before),
        "marked": bool(local and local.marked),
        "reference": bool(local and local.reference),
        "adjectival": bool(local and local.adjectival),
        "source": bool(local and local.source),
        "opens": bool(local and local.opens),
        "inside": bool(local and local.inside),
        "aged": bool(local and local.aged),
        "strength": strength,
        "rival": min(rivals, default=len(_TIES)) - strength,
    }
