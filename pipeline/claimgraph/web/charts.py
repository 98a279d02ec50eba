"""Charts as SVG, the same in the explorer and the report: no library, no script, readable by a screen reader.

Colours are CSS classes (`s0` to `s7`), so that dark mode and print restyle a chart without redrawing it.
Everything is built as an XML tree: text from articles can't become markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from claimgraph.web.scales import DateScale, NumberScale, compact

__all__ = ["Arrow", "Band", "Mark", "Node", "neighbourhood", "series", "timeline"]

_COLOURS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One reported value.

    when: day of publication, None when unknown. low, high: the interval it stands for, None for an open end.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the neighbourhood picture: its column (0 leftmost), text, link and kind."""

    id: str
    column: int
    text: str
    kind: str
    href: str | None = None


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
    left, right, top, bottom = 64, width - 16, 28, height - 40
    undated = any(mark.when is None for mark in marks)
    days = [mark.when for mark in marks if mark.when is not None]
    stop = right - (80 if undated and days else 0)
    values = [v for mark in marks for v in (mark.value, mark.low, mark.high) if v is not None]
    values += [band.low, band.high] if band else []
    vertical = NumberScale.over(values, bottom, top)
    horizontal = DateScale.over(days, left + 12, stop - 12) if days else None
    svg = _picture(width, height, title, "; ".join(mark.label for mark in marks[:40]))
    _value_axis(svg, vertical, left, right, unit)
    if horizontal:
        for day, text in horizontal.ticks():
            _text(svg, horizontal(day), bottom + 18, text, "tick", anchor="middle")
    if undated:
        _text(svg, right - 36 if days else (left + right) / 2, bottom + 18, "no date", "tick", anchor="middle")
    if band:
        _band(svg, band, vertical, left, right)
    colours = _colours([mark.group for mark in marks])
    spots = [
        (
            horizontal(m.when) if horizontal and m.when else (right - 36 if days else (left + right) / 2),
            vertical(m.value),
        )
        for m in marks
    ]
    for arrow in arrows:
        (x1, y1), (x2, y2) = spots[arrow.source], spots[arrow.target]
        _line(svg, x1, y1, x2, y2, f"edge {arrow.label}")
    for mark, (x, y) in zip(marks, spots, strict=True):
        _draw_mark(svg, mark, x, y, vertical, colours[mark.group])
    return _serialise(svg)


def series(rows: Sequence[tuple[int, Mark]], *, title: str, unit: str, width: int = 720, height: int = 240) -> str:
    """Draw the values of one measure over the years that they are about."""
    left, right, top, bottom = 64, width - 16, 28, height - 36
    years = sorted({year for year, _ in rows})
    vertical = NumberScale.over([mark.value for _, mark in rows] + [0.0], bottom, top)
    place = {year: left + (i + 0.5) * (right - left) / len(years) for i, year in enumerate(years)}
    svg = _picture(width, height, title, "; ".join(f"{year}: {mark.label}" for year, mark in rows[:40]))
    _value_axis(svg, vertical, left, right, unit)
    shown = years if len(years) <= 12 else years[:: -(-len(years) // 12)]
    for year in shown:
        _text(svg, place[year], bottom + 18, str(year), "tick", anchor="middle")
    colours = _colours([mark.group for _, mark in rows])
    for year, mark in rows:
        _draw_mark(svg, mark, place[year], vertical(mark.value), vertical, colours[mark.group])
    return _serialise(svg)


def neighbourhood(nodes: Sequence[Node], edges: Sequence[tuple[str, str, str]], *, title: str) -> str:
    """Draw an observation with its claims, articles and origins in columns; edges are (node, node, label)."""
    columns = sorted({node.column for node in nodes})
    rows = {c: [node for node in nodes if node.column == c] for c in columns}
    tallest = max(len(members) for members in rows.values())
    box, gap, wide = 44, 12, 200
    width, height = len(columns) * (wide + 60) - 40, tallest * (box + gap) + 20
    svg = _picture(width, height, title, ", ".join(node.text for node in nodes[:40]))
    spots: dict[str, tuple[float, float]] = {}
    for position, c in enumerate(columns):
        free = height - len(rows[c]) * (box + gap)
        for i, node in enumerate(rows[c]):
            spots[node.id] = (10 + position * (wide + 60), free / 2 + i * (box + gap))
    for a, b, label in edges:
        (x1, y1), (x2, y2) = sorted((spots[a], spots[b]))
        start = x1 + wide if x2 > x1 else x1 + wide / 2
        _line(svg, start, y1 + box / 2, x2 if x2 > x1 else x2 + wide / 2, y2 + box / 2, f"edge {label}")
    for node in nodes:
        x, y = spots[node.id]
        parent = SubElement(svg, "a", {"href": node.href}) if node.href else svg
        shape = {
            "x": _f(x),
            "y": _f(y),
            "width": str(wide),
            "height": str(box),
            "rx": "6",
            "class": f"node {node.kind}",
        }
        SubElement(parent, "rect", shape)
        _text(parent, x + 10, y + box / 2 + 4, _shorten(node.text, 30), "node-text")
        SubElement(parent, "title").text = _clean(node.text)
    return _serialise(svg)


def _picture(width: float, height: float, title: str, description: str) -> Element:
    # a group, not an image: the marks inside are links that a keyboard must reach
    shape = {"viewBox": f"0 0 {width} {height}", "class": "chart", "role": "group", "aria-label": _clean(title)}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **shape})
    SubElement(svg, "title").text = _clean(title)
    SubElement(svg, "desc").text = _clean(description)
    return svg


def _value_axis(svg: Element, scale: NumberScale, left: float, right: float, unit: str) -> None:
    for tick in scale.ticks():
        _line(svg, left, scale(tick), right, scale(tick), "grid")
        _text(svg, left - 8, scale(tick) + 4, compact(tick), "tick", anchor="end")
    _text(svg, 4, 14, unit + (" (logarithmic)" if scale.logarithmic else ""), "axis")


def _band(svg: Element, band: Band, scale: NumberScale, left: float, right: float) -> None:
    high, low = scale(band.high), scale(band.low)
    shape = {
        "x": _f(left),
        "width": _f(right - left),
        "y": _f(high),
        "height": _f(max(2.0, low - high)),
        "class": "band",
    }
    SubElement(svg, "rect", shape)
    _line(svg, left, scale(band.value), right, scale(band.value), "best")


def _draw_mark(svg: Element, mark: Mark, x: float, y: float, scale: NumberScale, colour: int) -> None:
    link = SubElement(svg, "a", {"href": mark.href, "class": f"mark s{colour}"})
    SubElement(link, "title").text = _clean(mark.label)
    low, high = (scale.low if mark.low is None else mark.low), (scale.high if mark.high is None else mark.high)
    _line(link, x, scale(low), x, scale(high), "open interval" if None in (mark.low, mark.high) else "interval")
    for copy in range(min(mark.copies, 3), 0, -1):
        SubElement(link, "circle", {"cx": _f(x + 3 * copy), "cy": _f(y - 3 * copy), "r": "6", "class": "copy"})
    SubElement(link, "circle", {"cx": _f(x), "cy": _f(y), "r": "6"})


def _colours(groups: list[str]) -> dict[str, int]:
    """Give groups colours in order of first appearance; the last colour is shared by the many."""
    return {group: min(i, _COLOURS - 1) for i, group in enumerate(dict.fromkeys(groups))}


def _line(parent: Element, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
    SubElement(parent, "line", {"x1": _f(x1), "y1": _f(y1), "x2": _f(x2), "y2": _f(y2), "class": kind})


def _text(parent: Element, x: float, y: float, text: str, kind: str, *, anchor: str = "start") -> None:
    attributes = {"x": _f(x), "y": _f(y), "class": kind, "text-anchor": anchor}
    SubElement(parent, "text", attributes).text = _clean(text)


def _f(number: float) -> str:
    return f"{number:.1f}"


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _clean(text: str) -> str:
    """Drop what XML 1.0 cannot hold: control characters, lone surrogates, non-characters."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= "\x20" and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _serialise(svg: Element) -> str:
    return tostring(svg, encoding="unicode")
