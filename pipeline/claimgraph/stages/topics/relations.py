"""How a name in the quantity's own sentence stands to the quantity.

Dependencies only: the walk from the name's head up to the chain of heads above the value says where they meet.
"""

from enum import StrEnum

from spacy.tokens import Token

from claimgraph.stages.topics.sites import SUBJECTS, Site, climb

__all__ = ["Tie", "is_inside", "tie"]

_VERBS = frozenset({"VERB", "AUX"})
_AROUND = frozenset({"in", "at", "near", "across", "outside", "on", "off", "within", "inside", "around", "from"})
_PATH = 30


class Tie(StrEnum):
    """The ways in which a name is tied to a value, strongest first."""

    OWNER = "owner"  # Peru's 40 mines; 40 mines of Peru: inside the value's own phrase
    SUBJECT = "subject"  # Peru has 40 mines
    SUBJECT_OWNER = "subject_owner"  # Peru's output rose 3%; output in Peru rose 3%
    AROUND = "around"  # 40 people died in Peru
    CLAUSE = "clause"  # other words of the clause: sold Peru 40 trucks
    ABOVE = "above"  # a subject further up: Peru said that it had ...
    SENTENCE = "sentence"  # another clause
    SAYER = "sayer"  # Peru said that 40 people died; according to Peru


def tie(site: Site, head: Token, reporting: frozenset[str]) -> Tie:
    """Say how the name with this head is tied to the site's value."""
    above = site.above
    path = _path(site, head)
    meet = path[-1]
    if site.remnant is not None and site.remnant.i in (path[0].i, path[0].head.i):
        return Tie.SUBJECT if head.i == site.remnant.i else Tie.SUBJECT_OWNER
    if meet.i not in above:
        return Tie.SENTENCE
    # *Lopez, who leads 40 soldiers, said* is no mere sayer
    if not _is_described(site, head) and _says(head, path, reporting, above, site):
        return Tie.SAYER
    crossed = any(token.pos_ in _VERBS for token in path[:-1])
    verbs_below = sum(token.pos_ in _VERBS for token in above.values() if above_before(site, token, meet))
    subject = site.subject
    if subject is not None and any(token.i == subject.i for token in path):
        return Tie.SENTENCE if crossed else Tie.SUBJECT if head.i == subject.i else Tie.SUBJECT_OWNER
    if crossed:
        return Tie.SENTENCE
    if meet.pos_ not in _VERBS and verbs_below == 0:
        return Tie.AROUND if _preposition(path) in _AROUND else Tie.OWNER
    if verbs_below > len(site.clause):
        return Tie.ABOVE if _is_subject(path) else Tie.SENTENCE
    if _is_subject(path):
        return Tie.ABOVE
    return Tie.AROUND if _preposition(path) in _AROUND else Tie.CLAUSE


def is_inside(site: Site, head: Token) -> bool:
    """Say whether the name with this head is below the value's own phrase, however deep: *40 trucks that Peru sold*."""
    meet = _path(site, head)[-1]
    return meet.i in site.above and not any(
        token.pos_ in _VERBS and site.height[token.i] <= site.height[meet.i] for token in site.above.values()
    )


def _path(site: Site, head: Token) -> list[Token]:
    """Return the name's head and those above it up to one that is above the value too."""
    path = [head]
    while path[-1].i not in site.above and len(path) < _PATH and path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    return path


def _is_described(site: Site, head: Token) -> bool:
    """Say whether the value's clause is a relative clause of the name with this head."""
    return site.subject is not None and head.i == site.subject.i and site.clause[-1].dep_ == "relcl"


def above_before(site: Site, token: Token, meet: Token) -> bool:
    """Say whether a word above the value comes before the meeting point."""
    return site.height[token.i] < site.height[meet.i]


def _says(head: Token, path: list[Token], reporting: frozenset[str], above: dict[int, Token], site: Site) -> bool:
    """Say whether the name is the subject of a verb of saying above the value, or stands behind *according to*."""
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in reporting:
        below = site.height.get(verb.i, 0)
        return verb.i in above and any(token.pos_ in _VERBS and site.height[i] < below for i, token in above.items())
    return any(token.lower_ == "according" for token in (*path[:4], *climb(path[-1])) if token.i not in above)


def _is_subject(path: list[Token]) -> bool:
    return any(token.dep_ in SUBJECTS for token in path[:-1])


def _preposition(path: list[Token]) -> str:
    """Return the preposition that the name hangs on; empty where there is none."""
    return next((token.lower_ for token in path[1:4] if token.dep_ in ("prep", "agent") or token.pos_ == "ADP"), "")
