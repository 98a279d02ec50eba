"""Choose among the times that a quantity may be about, by a linear model over structural facts.

The model is trained by `models/timing/train.py` and shipped as JSON: one weight for each fact. A fact that the
model does not know weighs nothing.
"""

import json
from collections import defaultdict
from functools import cache
from importlib import resources

from claimgraph.errors import LexiconError
from claimgraph.stages.logit import probabilities
from claimgraph.stages.timing.calendar import Period
from claimgraph.stages.timing.candidates import Candidate

__all__ = ["Ranker", "load_ranker"]


class Ranker:
    """Weighs candidates; the same facts always give the same choice."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._of_source: dict[str, dict[str, float]] = {}
        for fact, weight in weights.items():
            source, _, rest = fact.partition(":")
            self._of_source.setdefault(source, {})[rest] = weight

    def choose(self, candidates: list[Candidate]) -> Candidate:
        """Return the best candidate: of the likeliest year, the likeliest period, the best reason for it.

        Args:
            candidates: at least one; several may name the same period.
        """
        shares = self._shares(candidates)
        by_year: defaultdict[int | None, float] = defaultdict(float)
        by_period: defaultdict[Period | None, float] = defaultdict(float)
        for candidate, share in zip(candidates, shares, strict=True):
            by_period[candidate.period] += share
            by_year[candidate.period.year if candidate.period else None] += share
        year = max(by_year, key=lambda key: by_year[key])
        fitting = [i for i, c in enumerate(candidates) if (c.period.year if c.period else None) == year]
        return candidates[max(fitting, key=lambda i: (by_period[candidates[i].period], shares[i]))]

    def _shares(self, candidates: list[Candidate]) -> list[float]:
        by_source = {candidate.source: candidate for candidate in candidates}
        # several candidates of one source share what the quantity itself says of it
        states = {source: _total(self._of_source.get(source, {}), c.state) for source, c in by_source.items()}
        return probabilities([_total(self._weights, c.facts) + states[c.source] for c in candidates])


def _total(weights: dict[str, float], facts: tuple[str, ...]) -> float:
    return sum([weights.get(fact, 0.0) for fact in facts])


@cache
def load_ranker(language: str) -> Ranker:
    """Load the shipped weights of a language.

    Raises:
        LexiconError: there are none.
    """
    name = f"data/{language}/timing_ranker.json"
    try:
        text = resources.files("claimgraph").joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LexiconError(name, "(file)", "there is no such model; train it with models/timing/train.py") from None
    return Ranker(json.loads(text)["weights"])
