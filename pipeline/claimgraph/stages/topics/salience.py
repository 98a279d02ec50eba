"""How much an article is about each of its entities, and about which kind of entity it speaks.

Counts are cut off and compared within one article only, so that long and short articles look alike.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from claimgraph.records import Article
from claimgraph.stages.topics.directory import Directory, Entity
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Level, OwnerKind
from claimgraph.stages.topics.mentions import Mention
from claimgraph.stages.topics.sites import SUBJECTS, Site, Sites
from claimgraph.stages.topics.sources import holds_source
from claimgraph.stages.topics.surveys import is_surveyor

__all__ = ["Focus", "owner_of", "owns"]

# Title and lead say what an article is about; set on the seen folders, where 2 to 4 made no difference.
_TITLE, _LEAD, _LEAD_SENTENCES = 3.0, 1.5, 4
_FITTING = {
    OwnerKind.COUNTRY: lambda entity: entity.level is Level.COUNTRY,
    OwnerKind.PLACE: lambda entity: entity.kind is EntityKind.PLACE,
    OwnerKind.ORGANISATION: lambda entity: entity.kind is EntityKind.ORGANISATION,
    OwnerKind.PERSON: lambda entity: entity.kind is EntityKind.PERSON,
}
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss"})


def owns(kind: OwnerKind, entity: Entity) -> bool:
    """Say whether the entity is of the kind that such a measure is of."""
    return _FITTING[kind](entity)


def owner_of(site: Site, owners: dict[str, OwnerKind]) -> OwnerKind | None:
    """Say whose the measured thing usually is, by its noun, then its subject, then its verb; None when unknown."""
    words = (site.phrase, site.subject, *site.clause[:2], *_objects(site))
    return next((kind for word in words if word is not None and (kind := _owner_near(word, owners))), None)


def _objects(site: Site) -> list[Token]:
    return [child for verb in site.clause[:2] for child in verb.children if child.dep_ in ("dobj", "attr")]


def _owner_near(word: Token, owners: dict[str, OwnerKind]) -> OwnerKind | None:
    """Look up a word, its modifiers and the nouns of its prepositions."""
    near = [word, *(child for child in word.children if child.dep_ in _MODIFIERS)]
    near += [noun for child in word.children if child.dep_ == "prep" for noun in child.children]
    for token in near:
        kind = owners.get(token.lemma_.lower()) or owners.get(token.lower_)
        if kind:
            return kind
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the article as a whole says about one entity.

    salience: mentions, with a bonus for title and lead. said: share of its subjects that only report.
    sourced: share of its mentions that are part of one who says something.
    place: its position by salience among all entities, from 0. among: the same within its kind.
    """

    salience: float
    title: bool
    lead: bool
    said: float
    sourced: float
    outlet: bool
    place: int
    among: int


class Focus:
    """The entities of an article in order of salience, and whose its quantities are."""

    def __init__(self, doc: Doc, article: Article, directory: Directory, sites: Sites, gazetteer: Gazetteer) -> None:
        self.entities = directory.entities
        title_end = sites.sentences[0].end if article.title and sites.sentences else 0
        lead_end = sites.sentences[min(_LEAD_SENTENCES, len(sites.sentences)) - 1].end if sites.sentences else 0
        self.outlet = (article.outlet or "").lower()
        self.reporting, self.sites = gazetteer.reporting, sites
        self._surveys = gazetteer.surveys
        self._sources: dict[int, bool] = {}
        raw = [self._weigh(doc, entity, title_end, lead_end) for entity in self.entities]
        order = sorted(range(len(raw)), key=lambda number: -raw[number][0])
        self.order = order
        self.standing = self._rank(raw, order)
        self.owners = [owner_of(site, gazetteer.owners) for site in sites.all]
        self.votes = Counter(owner for owner in self.owners if owner)
        self.focals = {kind: [number for number in order if owns(kind, self.entities[number])] for kind in OwnerKind}
        self.by_sentence: dict[int, list[tuple[int, Mention]]] = {}
        for number, entity in enumerate(self.entities):
            for mention in entity.mentions:
                self.by_sentence.setdefault(sites.sentence_of(mention.start), []).append((number, mention))

    def _weigh(
        self, doc: Doc, entity: Entity, title_end: int, lead_end: int
    ) -> tuple[float, bool, bool, float, float, bool]:
        title = entity.mentions[0].start < title_end
        lead = sum(mention.start < lead_end for mention in entity.mentions)
        heads = [doc[mention.end - 1] for mention in entity.mentions]
        subjects = [head for head in heads if self.is_subject(head)]
        said = sum(head.head.lemma_ in self.reporting for head in subjects) / (len(subjects) + 1)
        read = [head for head in heads if self.sites.sentence_of(head.i) in self.sites.read]
        sourced = sum(map(self.is_source, read)) / (len(read) + 1)
        name = entity.name.lower()
        outlet = bool(self.outlet) and (name in self.outlet or self.outlet in name)
        return len(heads) + _TITLE * title + _LEAD * min(lead, 2), title, lead > 0, said, sourced, outlet

    def is_subject(self, head: Token) -> bool:
        """Say whether a name's head is a subject; in sentences that the gate may leave unparsed nothing is."""
        return head.dep_ in SUBJECTS and self.sites.sentence_of(head.i) in self.sites.read

    def is_source(self, head: Token) -> bool:
        """Say whether a name's head is, or is part of, who says a statement."""
        if head.i not in self._sources:
            self._sources[head.i] = holds_source(head)
        return self._sources[head.i]

    def _rank(self, raw: list[tuple[float, bool, bool, float, float, bool]], order: list[int]) -> list[Standing]:
        among: Counter[tuple[EntityKind, Level | None]] = Counter()
        ranks = {}
        for place, number in enumerate(order):
            kind = (self.entities[number].kind, self.entities[number].level)
            ranks[number] = (place, among[kind])
            among[kind] += 1
        return [Standing(*values, *ranks[number]) for number, values in enumerate(raw)]

    @cached_property
    def countries(self) -> frozenset[int]:
        """The entities that are countries, by number."""
        return frozenset(n for n, entity in enumerate(self.entities) if entity.level is Level.COUNTRY)

    @cached_property
    def adjectives(self) -> frozenset[int]:
        """The entities that the article speaks of (*Chilean*) without naming them."""
        return frozenset(n for n, entity in enumerate(self.entities) if all(m.adjectival for m in entity.mentions))

    @cached_property
    def surveyors(self) -> frozenset[int]:
        """The entities that the article names as those who ask in a survey, by number."""
        doc = self.sites.doc
        return frozenset(
            number
            for number, entity in enumerate(self.entities)
            if any(is_surveyor(doc[mention.end - 1], self._surveys) for mention in entity.mentions)
        )

    @cached_property
    def dominance(self) -> float:
        """The share of the most salient entity in the salience of all."""
        total = sum(standing.salience for standing in self.standing)
        return self.standing[self.order[0]].salience / total if total else 0.0

    @cached_property
    def sentences(self) -> list[list[int]]:
        """For each entity the sentences that name it, in order, each once."""
        return [sorted({self.sites.sentence_of(m.start) for m in entity.mentions}) for entity in self.entities]

    @cached_property
    def kind(self) -> OwnerKind | None:
        """Whose most of the article's quantities are."""
        return self.votes.most_common(1)[0][0] if self.votes else None

    def focal(self, kind: OwnerKind) -> list[int]:
        """Return the entities of a kind, most salient first."""
        return self.focals[kind]
