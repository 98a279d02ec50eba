"""The words between two numbers that compare them."""

import re
from dataclasses import dataclass

from claimgraph.lexicon import load_entries

__all__ = ["comparing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compare:
    side: str
    words: tuple[str, ...]


def comparing(language: str, side: str) -> re.Pattern[str]:
    """Return a pattern that finds a comparing word; side is `unit` or `change`, what the second number shares."""
    entries = load_entries(language, "comparing", "compare", _Compare, "side")
    words = [word for entry in entries if entry.side in ("both", side) for word in entry.words]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
