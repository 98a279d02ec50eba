"""Charts as SVG, the same in the explorer and the report: no library, no script, readable by a screen reader.

Colours are CSS classes (`s0` to `s7`), so that dark mode and print restyle a chart without redrawing it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from claimgraph.web import svg
from claimgraph.web.scales import DateScale, NumberScale, compact

__all__ = ["Arrow", "Band", "Mark", "colours", "legend", "series", "strip", "timeline"]

_COLOURS = 8
_DOT = 6.0  # radius of a mark
_LABELLED = 14  # marks above which values are not written beside them
_LETTER = 6.6  # width of a character of a label, on average
_DATE = 76  # room that a date under the axis takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One reported value.

    short: written beside the mark. when: day of publication, None when unknown.
    low, high: the interval it stands for, None for an open end.
    group: whose colour it has (outlet or origin). copies: further articles that print the same text.
    """

    href: str
    label: str
    when: date | None
    value: float
    low: float | None
    high: float | None
    group: str
    copies: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The best answer and its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A relation between two marks, by their positions in the list: `update` or `contradict`."""

    source: int
    target: int
    label: str


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where things go: the room for marks, the value axis, the date axis, the column of undated marks."""

    left: float
    right: float
    top: float
    bottom: float
    vertical: NumberScale
    horizontal: DateScale | None
    undated: float

    def spot(self, mark: Mark) -> tuple[float, float]:
        dated = self.horizontal is not None and mark.when is not None
        x = self.horizontal(mark.when) if dated and self.horizontal and mark.when else self.undated
        return x, self.vertical(mark.value)


def timeline(
    marks: Sequence[Mark],
    *,
    title: str,
    unit: str,
    band: Band | None = None,
    arrows: Sequence[Arrow] = (),
    width: int = 720,
    height: int = 320,
) -> str:
    """Draw every reported value over publication time, with its interval; undated ones in a column of their own.

    Args:
        marks: at least one.
        title: the question in words, for screen readers.
        unit: what the vertical axis counts.
        band: the best answer, drawn behind the marks.
        arrows: updates as a path, contradictions as dashed lines.
        width: of the drawing, in its own units; it scales with the page.
        height: likewise.
    """
    plot = _plot(marks, band, width, height)
    picture = svg.picture(width, height, title, "; ".join(mark.label for mark in marks[:40]))
    _value_axis(picture, plot.vertical, plot.left, plot.right, unit)
    _date_axis(picture, plot, any(mark.when is None for mark in marks))
    if band:
        _band(picture, band, plot)
    spots = _apart([plot.spot(mark) for mark in marks], plot.left + 8, plot.right - 8)
    for arrow in arrows:
        (x1, y1), (x2, y2) = spots[arrow.source], spots[arrow.target]
        svg.line(picture, x1, y1, x2, y2, f"edge {arrow.label}")
        if arrow.label == "update":
            svg.arrow_head(picture, x1, y1, x2, y2, "head")
    painted = colours(mark.group for mark in marks)
    for mark, (x, y) in zip(marks, spots, strict=True):
        _draw_mark(picture, mark, x, y, plot.vertical, painted[mark.group])
    _write_values(picture, marks, spots, plot.right)
    return svg.serialise(picture)


def series(rows: Sequence[tuple[int, Mark]], *, title: str, unit: str, width: int = 720, height: int = 240) -> str:
    """Draw the values of one measure over the years that they are about; one group's values are joined by a path."""
    left, right, top, bottom = _margin(width), width - 16, 28, height - 36
    years = sorted({year for year, _ in rows})
    vertical = NumberScale.over([mark.value for _, mark in rows] + [0.0], bottom, top)
    place = {year: left + (i + 0.5) * (right - left) / len(years) for i, year in enumerate(years)}
    picture = svg.picture(width, height, title, "; ".join(f"{year}: {mark.label}" for year, mark in rows[:40]))
    _value_axis(picture, vertical, left, right, unit)
    most = max(2, int(right - left) // 48)
    for year in years if len(years) <= most else years[:: -(-len(years) // most)]:
        svg.text(picture, place[year], bottom + 18, str(year), "tick", anchor="middle")
    spots = _apart([(place[year], vertical(mark.value)) for year, mark in rows], left + 8, right - 8)
    _join_groups(picture, rows, spots)
    painted = colours(mark.group for _, mark in rows)
    for (_, mark), (x, y) in zip(rows, spots, strict=True):
        _draw_mark(picture, mark, x, y, vertical, painted[mark.group])
    _write_values(picture, [mark for _, mark in rows], spots, right)
    return svg.serialise(picture)


def strip(a: Mark, b: Mark, *, title: str) -> str:
    """Draw how far two values lie apart: both intervals on one line."""
    width, height, room = 360, 44, 14
    values = [v for mark in (a, b) for v in (mark.value, mark.low, mark.high) if v is not None]
    across = NumberScale.over(values, room, width - room)
    picture = svg.picture(width, height, title, f"{a.label}; {b.label}", kind="chart strip")
    svg.line(picture, room, 30, width - room, 30, "grid")
    left, right = sorted((across(a.value), across(b.value)))
    svg.line(picture, left, 30, right, 30, "edge contradict")
    for position, mark in enumerate((a, b)):
        x, low, high = across(mark.value), mark.low, mark.high
        ends = (room if low is None else across(low), width - room if high is None else across(high))
        group = SubElement(picture, "g", {"class": f"mark s{position}"})
        svg.line(group, ends[0], 30, max(ends[1], ends[0] + 1), 30, "interval")
        SubElement(group, "circle", {"cx": svg.number(x), "cy": "30", "r": "6"})
        inside = min(max(x, len(mark.short) * _LETTER / 2 + 2), width - len(mark.short) * _LETTER / 2 - 2)
        if abs(across(a.value) - across(b.value)) > (len(a.short) + len(b.short)) * _LETTER / 2 + 8:
            svg.text(picture, inside, 16, mark.short, "value-label", anchor="middle")
    return svg.serialise(picture)


def colours(groups: Iterable[str]) -> dict[str, int]:
    """Give groups colours in order of first appearance; the last colour is shared by the many."""
    return {group: min(i, _COLOURS - 1) for i, group in enumerate(dict.fromkeys(groups))}


def _margin(width: int) -> float:
    return 64 if width > 500 else 48


def _plot(marks: Sequence[Mark], band: Band | None, width: int, height: int) -> _Plot:
    left, right, top, bottom = _margin(width), width - 16, 28, height - 40
    days = [mark.when for mark in marks if mark.when is not None]
    undated = len(days) < len(marks)
    stop = right - (80 if undated and days else 0)
    values = [v for mark in marks for v in (mark.value, mark.low, mark.high) if v is not None]
    values += [band.low, band.high] if band else []
    horizontal = DateScale.over(days, left + 12, stop - 12) if days else None
    column = right - 36 if days else (left + right) / 2
    return _Plot(left, right, top, bottom, NumberScale.over(values, bottom, top), horizontal, column)


def _apart(spots: Sequence[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """Move marks that would cover one another sideways, alternating, while there is room."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for x, y in spots:
        row = round(y / (2 * _DOT))
        steps = (step * sign * 2 * _DOT for step in range(24) for sign in ((1, -1) if step else (1,)))
        moved = (x + step for step in steps if left <= x + step <= right)
        at = next((new for new in moved if (round(new / (2 * _DOT)), row) not in taken), x)
        taken.add((round(at / (2 * _DOT)), row))
        placed.append((at, y))
    return placed


def _join_groups(picture: Element, rows: Sequence[tuple[int, Mark]], spots: Sequence[tuple[float, float]]) -> None:
    """Join the values of each group from year to year where it gives one a year."""
    groups: dict[str, dict[int, list[tuple[float, float]]]] = {}
    for (year, mark), spot in zip(rows, spots, strict=True):
        groups.setdefault(mark.group, {}).setdefault(year, []).append(spot)
    painted = colours(mark.group for _, mark in rows)
    for group, by_year in groups.items():
        if all(len(found) == 1 for found in by_year.values()):
            path = [by_year[year][0] for year in sorted(by_year)]
            for (x1, y1), (x2, y2) in pairwise(path):
                svg.line(picture, x1, y1, x2, y2, f"path s{painted[group]}")


def _value_axis(picture: Element, scale: NumberScale, left: float, right: float, unit: str) -> None:
    for tick in scale.ticks():
        svg.line(picture, left, scale(tick), right, scale(tick), "grid")
        svg.text(picture, left - 8, scale(tick) + 4, compact(tick), "tick", anchor="end")
    words = svg.shorten(unit, int((right - left) / _LETTER)) + (" (logarithmic)" if scale.logarithmic else "")
    svg.text(picture, 4, 14, words, "axis")


def _date_axis(picture: Element, plot: _Plot, undated: bool) -> None:
    """Write the days that have room beside their neighbours and beside the column of undated marks."""
    if undated:
        svg.text(picture, plot.undated, plot.bottom + 18, "no date", "tick", anchor="middle")
    if plot.horizontal is None:
        return
    last, stop = plot.left - _DATE, plot.undated - _DATE if undated else plot.right - _DATE / 3
    for day, words in plot.horizontal.ticks():
        x = plot.horizontal(day)
        if x - last >= _DATE and x <= stop:
            svg.text(picture, x, plot.bottom + 18, words, "tick", anchor="middle")
            last = x


def _band(picture: Element, band: Band, plot: _Plot) -> None:
    high, low = plot.vertical(band.high), plot.vertical(band.low)
    corner = {"x": svg.number(plot.left), "y": svg.number(high)}
    size = {"width": svg.number(plot.right - plot.left), "height": svg.number(max(2.0, low - high))}
    SubElement(picture, "rect", {**corner, **size, "class": "band"})
    at = plot.vertical(band.value)
    svg.line(picture, plot.left, at, plot.right, at, "best")


def _draw_mark(picture: Element, mark: Mark, x: float, y: float, scale: NumberScale, colour: int) -> None:
    link = SubElement(picture, "a", {"href": mark.href, "class": f"mark s{colour}"})
    SubElement(link, "title").text = svg.clean(mark.label)
    low, high = (scale.low if mark.low is None else mark.low), (scale.high if mark.high is None else mark.high)
    svg.line(link, x, scale(low), x, scale(high), "open interval" if None in (mark.low, mark.high) else "interval")
    for copy in range(min(mark.copies, 3), 0, -1):
        spot = {"cx": svg.number(x + 3 * copy), "cy": svg.number(y - 3 * copy)}
        SubElement(link, "circle", {**spot, "r": svg.number(_DOT), "class": "copy"})
    SubElement(link, "circle", {"cx": svg.number(x), "cy": svg.number(y), "r": svg.number(_DOT)})


def _write_values(picture: Element, marks: Sequence[Mark], spots: Sequence[tuple[float, float]], right: float) -> None:
    """Write values beside their marks where there is room, the same one once a height."""
    if len(marks) > _LABELLED:
        return
    taken: list[tuple[float, float, float]] = [(x - _DOT, x + _DOT, y) for x, y in spots]
    seen: set[tuple[str, int]] = set()
    for mark, (x, y) in zip(marks, spots, strict=True):
        wide = len(mark.short) * _LETTER
        for start in (x + 12, x - 12 - wide):
            box = (start, start + wide, y)
            if (mark.short, round(y)) not in seen and start > 0 and box[1] < right and _free(box, taken):
                svg.text(picture, start, y + 4, mark.short, "value-label")
                taken.append(box)
                seen.add((mark.short, round(y)))


def _free(box: tuple[float, float, float], taken: Sequence[tuple[float, float, float]]) -> bool:
    return not any(box[0] < end and start < box[1] and abs(y - box[2]) < 13 for start, end, y in taken)


def legend(groups: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return whose colour is which, in order; empty where one group has the chart for itself."""
    painted: Mapping[str, int] = colours(groups)
    return tuple(painted.items()) if len(painted) > 1 else ()
