"""Times that no expression names but that follow from one, or from a duration.

*Rose to 3 from 2 in 1985* is about 1986; *2,000 jobs by 2028* may run from now to then; *20 billion over ten years*
runs ten years on or back from publication.
"""

from bisect import bisect_left
from collections.abc import Iterator

from claimgraph.stages.timing import calendar
from claimgraph.stages.timing.calendar import Grain, Period
from claimgraph.stages.timing.lexicon import Meaning
from claimgraph.stages.timing.place import Place
from claimgraph.stages.timing.timeline import Mention
from claimgraph.stages.timing.words import YEAR

__all__ = ["derive"]

Derived = tuple[str, Period, tuple[str, ...]]

_YEAR_BEFORE = {Meaning.UNIT_EARLIER, Meaning.AGO, Meaning.SAME_OF_YEAR, Meaning.MONTH_EARLIER}
_LONGEST = 200  # years; a longer duration is no span of news
_WITHIN = 40  # tokens between a value and the duration that it may fill


def derive(place: Place) -> Iterator[Derived]:
    """Yield source, period and facts of each time that follows from the times and durations of a sentence.

    Sources: `paired` (the step after what the value is compared with), `until` (from publication to a limit), `ahead`
    and `back` (a duration from or up to publication).
    """
    yield from _paired(place)
    yield from _until(place)
    yield from _spans(place)


def _paired(place: Place) -> Iterator[Derived]:
    for mention in place.compared[:1]:
        period = _step_after(mention)
        published = place.setting.published
        if period is not None and (published is None or period.start <= published):
            facts = f"paired:{mention.role}", f"paired:meaning={mention.expression.meaning}"
            yield "paired", period, (*facts, f"paired:timed={place.timed}", f"{facts[0]}:timed={place.timed}")


def _step_after(mention: Mention) -> Period | None:
    """The time after one that is looked back at: a year later, or the next of its kind."""
    expression, period = mention.expression, mention.period
    yearly = expression.meaning in _YEAR_BEFORE and YEAR in expression.parts.get("unit", (YEAR,))
    if yearly or period.grain is Grain.YEAR:
        return calendar.shift(period, years=1)
    return calendar.shift(period, steps=1) if period.grain >= Grain.MONTH else None


def _until(place: Place) -> Iterator[Derived]:
    published = place.setting.published
    if published is None:
        return
    for mention in (*place.left[-1:], *place.right[:1]):
        if mention.period.grain is Grain.YEAR and place.introducer(mention) == "limit":
            period = calendar.years(published.year, mention.period.year)
            if period is not None and mention.period.year > published.year:
                yield "until", period, (f"until:{'left' if mention.first < place.first else 'right'}",)


def _spans(place: Place) -> Iterator[Derived]:
    published, duration = place.setting.published, _duration(place)
    if published is None or duration is None:
        return
    token, years, months = duration
    clauses = place.setting.clauses
    before = {role for i in range(max(token - 3, 0), token) for role in clauses.roles[i]}
    facts = [f"over={'over' in before}", f"for={'locative' in before}", f"fills={token == place.first}"]
    if years:
        ahead = calendar.years(published.year, published.year + years)
        back = calendar.years(published.year - years, published.year)
    else:
        ahead = calendar.months(published.year, published.month, months + 1)
        back = calendar.months(published.year, published.month - months, months + 1)
    for source, period in (("ahead", ahead), ("back", back)):
        if period is not None:
            yield source, period, tuple(f"{source}:{fact}" for fact in [*facts, f"{facts[-1]}:{place.tense}"])


def _duration(place: Place) -> tuple[int, int, int] | None:
    """Token, years and months of the duration nearest to the value in its sentence."""
    durations = place.setting.durations
    start, end = place.setting.range_of(place.sentence)
    first = bisect_left(durations, (max(start, place.first - _WITHIN), 0, 0))
    last = bisect_left(durations, (min(end, place.last + _WITHIN), 0, 0))
    near = [d for d in durations[first:last] if d[1] <= _LONGEST]
    return min(near, key=lambda duration: abs(duration[0] - place.first), default=None)
