"""Choose among the proposed subjects of a value by learnt weights of their facts.

A conditional logit: a proposal's score is the sum of the weights of its facts. `models/subject/train.py` makes the
weights; a fact that they do not list weighs nothing.
"""

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from importlib import resources
from itertools import repeat

from claimgraph.errors import ConfigError
from claimgraph.stages.logit import probabilities
from claimgraph.vocab import Kind

__all__ = ["GROUPS", "Weighing", "load_weighing"]

# Kinds whose subjects are worded alike share weights of their own beside those of all.
GROUPS: Mapping[Kind, str] = {
    Kind.COUNT: "count",
    Kind.MONEY: "money",
    Kind.PERCENT: "share",
    Kind.PERCENTAGE_POINTS: "share",
    Kind.FRACTION: "share",
    Kind.MULTIPLE: "share",
    Kind.INDEX: "share",
    Kind.MEASURE: "measure",
    Kind.DURATION: "time",
    Kind.AGE: "time",
    Kind.RATE: "rate",
}


@dataclass(frozen=True, slots=True)
class Weighing:
    """Per group of kinds, the weight of every fact."""

    weights: Mapping[str, Mapping[str, float]]

    def shares(self, facts: Sequence[Set[str]], kind: Kind) -> list[float]:
        """Return the probability of each proposal, given the facts of all that compete.

        Args:
            facts: per proposal, at least one, its facts.
            kind: the kind of the value.
        """
        weights = self.weights[GROUPS[kind]]
        # fsum: the order of a set must not change the last digits from one process to the next
        scores = [math.fsum(map(weights.get, held, repeat(0.0))) for held in facts]
        return probabilities(scores)


def load_weighing(language: str, model: str) -> Weighing:
    """Load `data/<language>/<model>.json`.

    Raises:
        ConfigError: there is no such model.
    """
    source = resources.files("claimgraph").joinpath(f"data/{language}/{model}.json")
    if not source.is_file():
        raise ConfigError("components.claimgraph_topics.subjects", model, "a JSON file of weights in data/<language>/")
    return Weighing(json.loads(source.read_text(encoding="utf-8"))["weights"])
