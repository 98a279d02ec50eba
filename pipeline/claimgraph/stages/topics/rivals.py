"""Tell the second share of a contest from the first: *Baker leads Lopez, 53 percent to 44 percent*."""

from collections.abc import Mapping, Sequence

from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer
from claimgraph.stages.topics.locals import Local
from claimgraph.stages.topics.relations import Tie
from claimgraph.stages.topics.salience import Focus
from claimgraph.stages.topics.sites import Site, Sites
from claimgraph.vocab import Kind

__all__ = ["Rivals"]

# Tokens between two values that may be the first one's unit and what sets the sides of a result against each other.
_UNIT = 3
# Tokens around the two values in which the word of the contest stands.
_NEAR = 20
_TIES = tuple(Tie)
# The recogniser is unsure about surnames by themselves: a mere name may be a person.
_CONTESTANTS = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.NAME)


class Rivals:
    """Finds in one article the values that are the other side's, and who the two sides are.

    The side that is named at the first value leads; its rival is the most salient entity of the same kind, one of the
    same sentence before all others.
    """

    def __init__(self, focus: Focus, sites: Sites, found: Sequence[Mapping[int, Local]], gazetteer: Gazetteer) -> None:
        self._focus = focus
        self._sides: dict[int, tuple[int, int | None]] = {}
        for index in range(1, len(sites.all)):
            if _is_answer(sites.all[index - 1], sites.all[index], gazetteer):
                leader = self._leader(found[index])
                if leader is not None:
                    self._sides[index] = (leader, self._rival(leader, found[index]))

    def of(self, number: int, index: int) -> dict[str, float]:
        """Say whether a value is the other side's, and the entity with this number leads there or is the rival."""
        leader, rival = self._sides.get(index, (None, None))
        return {"leader": leader == number, "rival": rival == number}

    def _leader(self, found: Mapping[int, Local]) -> int | None:
        """Return the contestant that the sentence ties most closely to the values."""
        sides = [number for number in found if self._focus.entities[number].kind in _CONTESTANTS]
        return min(sides, key=lambda n: (_TIES.index(found[n].tie), found[n].distance), default=None)

    def _rival(self, leader: int, found: Mapping[int, Local]) -> int | None:
        entities = self._focus.entities
        kinds = (
            {entities[leader].kind, EntityKind.NAME} if entities[leader].kind is not EntityKind.NAME else _CONTESTANTS
        )
        others = [n for n in self._focus.order if n != leader and entities[n].kind in kinds]
        return next((number for number in others if number in found), others[0] if others else None)


def _is_answer(first: Site, second: Site, gazetteer: Gazetteer) -> bool:
    """Say whether two values are the two sides of one contest, and not the two ends of a change."""
    doc = first.doc
    if first.number != second.number or second.quantity.kind is not Kind.PERCENT:
        return False
    between = {token.lower_ for token in doc[first.last : second.first]}
    if not 0 < second.first - first.last <= _UNIT or gazetteer.opposing.isdisjoint(between):
        return False
    change = first.first > 0 and doc[first.first - 1].lower_ == "from"
    around = doc[max(first.sentence.start, first.first - _NEAR) : second.last + _NEAR]
    return not change and not gazetteer.contests.isdisjoint(token.lemma_ for token in around)
