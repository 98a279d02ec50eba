"""Say whether the clause around a time looks ahead: *in March* may be the last one or the next."""

from claimgraph.stages.timing.clauses import Clauses
from claimgraph.stages.timing.expressions import Expression
from claimgraph.stages.timing.lexicon import Meaning

__all__ = ["is_future", "is_untold"]

_BEFORE, _AFTER = 8, 4  # tokens within which a forward-looking word reaches a time
_TOLD = 25  # tokens before a time within which a past tense makes it past
_AHEAD = ("future", "would", "modal")  # tenses
_OVER = ("past", "perfect", "unreal", "participle")
_OPEN = (*_AHEAD, "present", "none")  # tenses in which what a time bounds lies ahead (*by May*, *starting Monday*)


def is_future(clauses: Clauses, position: int, sentence_of: list[int]) -> bool:
    """Whether the clause around an expression speaks of what is to come."""
    tense = clauses.tense(position)
    wide = clauses.wide_tense(position).removeprefix("under-")
    limited = tense == "infinite" and position > 0 and "limit" in clauses.roles[position - 1]
    if tense in _AHEAD or (limited and wide in _AHEAD) or _is_bound(clauses, position, wide):
        return True
    if tense not in ("none", "infinite", "present"):
        return False
    near = range(max(position - _BEFORE, 0), min(position + _AFTER, len(sentence_of)))
    return any(
        "forward" in clauses.roles[i]
        and sentence_of[i] == sentence_of[position]
        and not clauses.between("conjunction", i, position)
        for i in near
    )


def is_untold(expression: Expression, clauses: Clauses, position: int) -> bool:
    """Whether nothing around a time says that it is over: no past tense, no *since*, no *a ban placed in September*."""
    since = expression.meaning is Meaning.SINCE or clauses.between("since", max(position - 2, 0), position)
    return not since and clauses.tense(position) not in _OVER


def _is_bound(clauses: Clauses, position: int, wide: str) -> bool:
    """Whether a time bounds what is not told as past: *they are shut by May*, *no sales starting Monday*."""
    if not position or not clauses.doc[position].tag_ or wide not in _OPEN:
        return False
    at = position - 1
    if at and clauses.doc[at].pos_ == "ADP" and "bound" not in clauses.roles[at]:  # starting on Monday
        at -= 1
    if "bound" not in clauses.roles[at]:
        return False
    return not any(clauses.doc[i].tag_ == "VBD" for i in range(max(position - _TOLD, 0), position))
