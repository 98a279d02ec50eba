"""Names in the place of a source: who says, publishes or works for whom says a figure is seldom what it is about."""

from functools import cache

from spacy.tokens import Token

from claimgraph.stages.attribution.lexicon import load_lexicon
from claimgraph.stages.topics.sites import climb

__all__ = ["holds_source"]

_VERBS = frozenset({"VERB", "AUX"})
# Nouns of published figures and of those who utter them; a name that hangs on one is its publisher's or employer's.
_CLASSES = ("holder", "publication", "nominal", "expectation", "expecter", "speaker", "title")
_FAR = 20


@cache
def _nouns(language: str) -> frozenset[str]:
    lexicon = load_lexicon(language)
    return frozenset().union(*(lexicon[name] for name in _CLASSES))


def holds_source(head: Token, language: str = "en") -> bool:
    """Say whether the name with this head is, or is part of, the source of a statement.

    It is below the subject of a verb of saying, behind *according to*, or hangs on a noun such as *survey*, *analyst*.
    """
    nouns, verbs = _nouns(language), load_lexicon(language).verbs
    below = head
    for token in (head, *climb(head)):
        if token.pos_ in _VERBS:
            return bool(below.dep_ == "nsubj" and token.lemma_ in verbs)
        if token.lower_ == "according" or (token is not head and token.lemma_.lower() in nouns):
            return True
        if abs(token.i - head.i) > _FAR:
            return False
        below = token
    return False
