"""Choose what a quantity is about among its candidates: by rules, or by weights learnt from annotated articles."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from operator import mul

from claimgraph.errors import ConfigError
from claimgraph.stages.logit import probabilities
from claimgraph.stages.topics.candidates import Candidate
from claimgraph.stages.topics.gazetteer import OwnerKind
from claimgraph.stages.topics.relations import Tie

__all__ = ["Choice", "Chooser", "Ranker", "choose_by_rules", "load_ranker"]

_STRONG = (Tie.OWNER, Tie.SUBJECT, Tie.SUBJECT_OWNER, Tie.AROUND)


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen entity's number and the rule that chose it."""

    number: int
    rule: str


Chooser = Callable[[Sequence[Candidate], OwnerKind | None, Mapping[str, float]], tuple[Choice, ...]]


def choose_by_rules(
    candidates: Sequence[Candidate],
    owner: OwnerKind | None,
    situation: Mapping[str, float],
) -> tuple[Choice, ...]:
    """Take the entity that the clause ties to the value, then the article's own, at most two.

    Args:
        candidates: the candidates, most salient first.
        owner: whose such a measure usually is, None when unknown.
        situation: features of the quantity itself.
    """
    if owner is OwnerKind.COUNTRY and not any(c.features["country"] or c.tie in _STRONG for c in candidates):
        return ()
    open_ = [c for c in candidates if c.tie is not Tie.SAYER and not c.features["group"]]
    tied = [c for c in open_ if c.tie in _STRONG and not c.features["unfit"]]
    tied.sort(key=lambda c: _STRONG.index(c.tie or Tie.AROUND))
    fitting = [c for c in open_ if c.features["fits"]]
    order = [(c, f"topics.{c.tie}") for c in tied[:1]]
    order += [(c, "topics.focal") for c in fitting[:2]]
    order += [(c, "topics.salient") for c in open_[:1]]
    chosen: dict[int, str] = {}
    for candidate, rule in order:
        chosen.setdefault(candidate.number, rule)
    return tuple(Choice(number, rule) for number, rule in chosen.items())[:2]


@dataclass(frozen=True, slots=True)
class Ranker:
    """A conditional logit over the candidates and the choice of none.

    weights: per kind of owner, one weight per feature of a candidate. none: per kind of owner, the score of no entity
    at all, to which `situation` adds one weight per feature of the quantity.
    """

    features: tuple[str, ...]
    weights: dict[str, tuple[float, ...]]
    none: dict[str, float]
    situation: dict[str, float]

    def __call__(
        self, candidates: Sequence[Candidate], owner: OwnerKind | None, situation: Mapping[str, float]
    ) -> tuple[Choice, ...]:
        """Return the two most probable entities; none where that is more probable than the first."""
        shares = self.shares([candidate.features for candidate in candidates], str(owner), situation)
        return tuple(Choice(candidates[at].number, f"topics.ranked_{shares[at]:.1f}") for at in self.pick(shares))

    def pick(self, shares: Sequence[float]) -> list[int]:
        """Return at most two candidates, most probable first; the last share is that of none.

        The second costs little where it is wrong, and a migration or a trade between two countries is of both.
        """
        order = sorted(range(len(shares) - 1), key=lambda at: -shares[at])
        if not order or shares[-1] > shares[order[0]]:
            return []
        return order[:2]

    def shares(
        self, described: Sequence[Mapping[str, float]], owner: str, situation: Mapping[str, float]
    ) -> list[float]:
        """Return the probability of each candidate, and last that of none."""
        weights = self.weights[owner]
        scores = [sum(map(mul, weights, map(features.__getitem__, self.features))) for features in described]
        none = sum(map(mul, self.situation.values(), map(situation.__getitem__, self.situation)))
        return probabilities([*scores, self.none[owner] + none])


def load_ranker(language: str, model: str) -> Ranker:
    """Load `data/<language>/<model>.json`.

    Raises:
        ConfigError: there is no such model.
    """
    source = resources.files("claimgraph").joinpath(f"data/{language}/{model}.json")
    if not source.is_file():
        raise ConfigError("components.claimgraph_topics.model", model, "a JSON file of weights in data/<language>/")
    held = json.loads(source.read_text(encoding="utf-8"))
    return Ranker(
        features=tuple(held["features"]),
        weights={kind: tuple(row) for kind, row in held["weights"].items()},
        none=held["none"],
        situation=held["situation"],
    )
