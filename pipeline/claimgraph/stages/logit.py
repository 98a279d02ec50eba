"""The conditional logit that several stages choose by."""

import math
from collections.abc import Sequence

__all__ = ["probabilities"]


def probabilities(scores: Sequence[float]) -> list[float]:
    """Return the share that each score has in a conditional logit (softmax); of at least one score."""
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]
