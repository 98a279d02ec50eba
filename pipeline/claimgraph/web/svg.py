"""The strokes that charts are made of: an XML tree, so that text from articles can't become markup."""

from math import hypot
from xml.etree.ElementTree import Element, SubElement, tostring

__all__ = ["arrow_head", "clean", "line", "number", "picture", "serialise", "shorten", "text", "wrap"]


def picture(width: float, height: float, title: str, description: str, *, kind: str = "chart") -> Element:
    """Begin a picture; a group, not an image, because the marks inside are links that a keyboard must reach."""
    shape = {"viewBox": f"0 0 {number(width)} {number(height)}", "class": kind, "role": "group"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **shape, "aria-label": clean(title)})
    SubElement(svg, "desc").text = clean(description)
    return svg


def line(parent: Element, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
    """Draw a line; `kind` is its CSS class."""
    ends = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)}
    SubElement(parent, "line", {**ends, "class": kind})


def arrow_head(parent: Element, x1: float, y1: float, x2: float, y2: float, kind: str, *, short: float = 8) -> None:
    """Draw the head of an arrow from one point to another, `short` before the end."""
    length = hypot(x2 - x1, y2 - y1)
    if length < 3 * short:
        return
    along, across = ((x2 - x1) / length, (y2 - y1) / length), ((y1 - y2) / length, (x2 - x1) / length)
    tip = (x2 - short * along[0], y2 - short * along[1])
    back = (tip[0] - 8 * along[0], tip[1] - 8 * along[1])
    corners = [tip, *((back[0] + s * across[0], back[1] + s * across[1]) for s in (4, -4))]
    points = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
    SubElement(parent, "polygon", {"points": points, "class": kind})


def text(parent: Element, x: float, y: float, words: str, kind: str, *, anchor: str = "start") -> None:
    """Write a line of text; `anchor` says which end of it stands at x."""
    attributes = {"x": number(x), "y": number(y), "class": kind, "text-anchor": anchor}
    SubElement(parent, "text", attributes).text = clean(words)


def number(value: float) -> str:
    """Write a coordinate."""
    return f"{value:.1f}"


def shorten(words: str, length: int) -> str:
    """Cut words to a length, with an ellipsis."""
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def wrap(words: str, length: int, lines: int) -> list[str]:
    """Break words into at most so many lines of at most so many characters."""
    rest = " ".join(words[: length * (lines + 1)].split())
    found: list[str] = []
    while rest and len(found) < lines - 1 and len(rest) > length:
        cut = rest.rfind(" ", length // 2, length + 1)
        cut = length if cut < 0 else cut
        found.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*found, shorten(rest, length)] if rest else found


def clean(words: str) -> str:
    """Drop what XML 1.0 cannot hold: control characters, lone surrogates, non-characters."""
    return "".join(
        c for c in words if c in "\t\n\r" or (c >= "\x20" and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def serialise(svg: Element) -> str:
    """Return a picture as text."""
    return tostring(svg, encoding="unicode")
