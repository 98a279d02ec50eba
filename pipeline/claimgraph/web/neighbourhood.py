"""The picture of an observation's surroundings: who prints which value, on whose word; in columns, no hairball."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from claimgraph.web import svg

__all__ = ["Node", "neighbourhood"]

_BOX, _WIDE, _GAP, _BETWEEN, _HEAD = 44, 196, 12, 52, 30
_LETTERS = 30  # of a line in a box


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box: its column (0 leftmost), text, link and kind."""

    id: str
    column: int
    text: str
    kind: str
    href: str | None = None


def neighbourhood(
    nodes: Sequence[Node], edges: Sequence[tuple[str, str, str]], *, title: str, heads: Sequence[str] = ()
) -> str:
    """Draw nodes in columns with the edges between them.

    Args:
        nodes: at least one, each column from top to bottom.
        edges: (node, node, label); the label is a CSS class, such as `contradict`.
        title: for screen readers.
        heads: what the columns hold.
    """
    columns = sorted({node.column for node in nodes})
    rows = {c: [node for node in nodes if node.column == c] for c in columns}
    width = len(columns) * (_WIDE + _BETWEEN) - _BETWEEN + 24
    height = max(len(members) for members in rows.values()) * (_BOX + _GAP) + _HEAD + 8
    picture = svg.picture(width, height, title, ", ".join(node.text for node in nodes[:40]), kind="chart graph")
    spots: dict[str, tuple[float, float]] = {}
    for position, c in enumerate(columns):
        left = 12 + position * (_WIDE + _BETWEEN)
        if heads:
            svg.text(picture, left, 18, heads[c], "tick")
        free = height - _HEAD - len(rows[c]) * (_BOX + _GAP)
        for i, node in enumerate(rows[c]):
            spots[node.id] = (left, _HEAD + free / 2 + i * (_BOX + _GAP))
    for a, b, label in edges:
        _edge(picture, spots[a], spots[b], label)
    for node in nodes:
        _draw(picture, node, *spots[node.id])
    return svg.serialise(picture)


def _edge(picture: Element, a: tuple[float, float], b: tuple[float, float], label: str) -> None:
    """Join two boxes: by a line between columns, by a bracket at the left within one."""
    (x1, y1), (x2, y2) = sorted((a, b))
    top, bottom = y1 + _BOX / 2, y2 + _BOX / 2
    if x1 == x2:
        path = f"M{svg.number(x1)},{svg.number(top)} q-10,{svg.number((bottom - top) / 2)} 0,{svg.number(bottom - top)}"
        SubElement(picture, "path", {"d": path, "class": f"edge {label}", "fill": "none"})
    else:
        svg.line(picture, x1 + _WIDE, top, x2, bottom, f"edge {label}")


def _draw(picture: Element, node: Node, x: float, y: float) -> None:
    parent = SubElement(picture, "a", {"href": node.href}) if node.href else SubElement(picture, "g")
    SubElement(parent, "title").text = svg.clean(node.text)
    place = {"x": svg.number(x), "y": svg.number(y), "width": str(_WIDE), "height": str(_BOX)}
    SubElement(parent, "rect", {**place, "rx": "6", "class": f"node {node.kind}"})
    lines = svg.wrap(node.text, _LETTERS, 2)
    for i, words in enumerate(lines):
        svg.text(parent, x + 10, y + _BOX / 2 + 4 + (i - (len(lines) - 1) / 2) * 15, words, "node-text")
