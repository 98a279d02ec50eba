"""Who asked in a survey, and which figures are of the survey itself: *the poll has a margin of error of 3 points*."""

from itertools import islice

from spacy.tokens import Token

from claimgraph.stages.topics.sites import Site

__all__ = ["is_survey_parameter", "is_surveyor"]

_BESIDE = frozenset({"compound", "amod", "nmod", "poss"})
# Heads above a value and words before its subject that are looked at.
_UP, _WIDE = 5, 24


def is_surveyor(head: Token, surveys: frozenset[str]) -> bool:
    """Say whether a name stands beside the word for a survey: *the Acme poll*, *Acme's survey*.

    Args:
        head: the last word of the name.
        surveys: the words for a survey.
    """
    return head.dep_ in _BESIDE and head.head.lemma_ in surveys


def is_survey_parameter(site: Site, parameters: frozenset[str]) -> bool:
    """Say whether a value tells how a survey was made, so that it is of those who made it.

    Args:
        site: where the value stands.
        parameters: the nouns of such figures.
    """
    above = islice(site.above.values(), _UP)
    subject = () if site.subject is None else (site.subject, *islice(site.subject.lefts, _WIDE))
    return any(token.lemma_.lower() in parameters for token in (*above, *subject))
