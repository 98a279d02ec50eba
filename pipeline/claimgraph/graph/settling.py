"""Compare all answers of one observation, and say how sure each comparison is.

Two answers of one observation needn't answer one question: grouping errs. What speaks against it is weighed here,
where all answers are at hand: the two questions taken alone, what else the two articles say, how vague the words
are. An article that gives two figures rarely contradicts another one that gives only the first of them: the second
answers something else. Below a bar a pair is only `related`, and nothing is claimed of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import exp, log

from claimgraph.graph.comparing import compare
from claimgraph.graph.matching import alike, clash, same_question
from claimgraph.graph.questions import question
from claimgraph.graph.records import Comparison
from claimgraph.graph.values import gap, interval
from claimgraph.graph.weights import PAIR_WEIGHTS
from claimgraph.records import Claim
from claimgraph.vocab import Label, Qualifier

__all__ = ["Statement", "compared", "pair_signs", "settle"]

#: Probabilities below which a pair is only related. Set on folders left out of training: links are best at a third;
#: a contradiction that is wrong costs more than one that is missed.
_BARS = {Label.AGREE: 0.3, Label.UPDATE: 0.3, Label.CONTRADICT: 0.44}
#: Log odds of one question are cut here: beyond, nothing is learnt from more.
_MOST = 6.0
#: Shares of the larger value. Two detailed figures further apart than the first measure different things, rather than
#: one thing wrongly; nearer than the second, they are likely one thing.
_FAR, _NEAR = 0.1, 0.03
#: Vague words (*millions*) contradict nobody.
_VAGUE = f"vague, {Label.CONTRADICT}"
#: Claims surer than this were made by people; confidence tells no more.
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that stands for equal ones, and the articles (by any key) that make them."""

    claim: Claim
    articles: frozenset[int] | frozenset[str]


def settle(statements: Sequence[Statement]) -> Iterator[tuple[int, int, Comparison]]:
    """Compare every two statements that different articles make.

    Returns:
        positions of both, ascending, and the comparison; its confidence is the probability that the label is right.
    """
    for a, b, found, told in compared(statements):
        yield a, b, _judged(statements[a].claim, statements[b].claim, found, told)


def compared(statements: Sequence[Statement]) -> Iterator[tuple[int, int, Comparison, bool]]:
    """Compare, and say whether all who say the one also say something that agrees with the other."""
    pairs = [
        (a, b, compare(statements[a].claim, statements[b].claim))
        for a, b in combinations(range(len(statements)), 2)
        if len(statements[a].articles | statements[b].articles) > 1
    ]
    agreeing: list[set[int]] = [{at} for at in range(len(statements))]
    for a, b, found in pairs:
        if found.label is Label.AGREE:
            agreeing[a].add(b)
            agreeing[b].add(a)
    for a, b, found in pairs:
        yield a, b, found, _told_otherwise(statements, agreeing, a, b)


def _told_otherwise(statements: Sequence[Statement], agreeing: Sequence[set[int]], a: int, b: int) -> bool:
    left = [
        statements[one].articles.difference(*(statements[at].articles for at in agreeing[other] - {one}))
        for one, other in ((a, b), (b, a))
    ]
    return not left[0] or not left[1] or len(left[0] | left[1]) < 2


def pair_signs(a: Claim, b: Claim, found: Comparison, told_otherwise: bool) -> dict[str, float]:
    """Return the amounts of what speaks for and against a comparison, by names of `PAIR_WEIGHTS`."""
    x, y = sorted((question(a), question(b)), key=lambda item: item.key)
    odds = -_MOST if clash(x, y) else _odds(same_question(x, y).same, same_question(x, y).confidence)
    label, apart = str(found.label), min(1.0, gap(interval(a), interval(b)))
    vague = interval(a).vague or interval(b).vague
    exact = float(a.qualifier is b.qualifier is Qualifier.EXACT and min(x.digits, y.digits) > 2)
    detailed, disputed = min(x.digits, y.digits, 4) / 4, float(found.label is Label.CONTRADICT)
    return {
        label: 1.0,
        "one question": odds / 2,
        "two questions": min(odds, 0.0) / 2,
        f"told otherwise, {label}": float(told_otherwise),
        f"vague, {label}": float(vague),
        f"far apart, {label}": apart,
        "detailed and far apart, contradict": disputed * exact * float(apart > _FAR),
        "every facet alike, contradict": disputed * float(alike(x, y)),
        "close, contradict": disputed * detailed * float(0 < apart < _NEAR),
        "unnamed measure": float(not x.concepts and not y.concepts),
        "moving, contradict": disputed * float(bool(x.moves or y.moves)),
        "undated, contradict": disputed * float(x.undated or y.undated),
        "plain": found.confidence - 0.7,
        "digits": detailed,
        "well read": min(a.confidence, b.confidence, _SURE) - 0.6,
    }


def _odds(same: bool, confidence: float) -> float:
    probability = min(max(confidence if same else 1 - confidence, 1e-6), 1 - 1e-6)
    return max(-_MOST, min(_MOST, log(probability / (1 - probability))))


def _judged(a: Claim, b: Claim, found: Comparison, told_otherwise: bool) -> Comparison:
    signs = pair_signs(a, b, found, told_otherwise)
    odds = sum(PAIR_WEIGHTS[name] * amount for name, amount in signs.items())
    probability = 1 / (1 + exp(-odds))
    if probability >= _BARS[found.label] and not (found.label is Label.CONTRADICT and signs[_VAGUE]):
        return replace(found, confidence=round(probability, 4))
    why = "an article of one side also gives the other figure" if told_otherwise else "too little says so"
    reason = f"{found.reason}; perhaps not one question: {why}"
    return Comparison(label=Label.RELATED, confidence=round(1 - probability, 4), reason=reason)
