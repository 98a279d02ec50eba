"""When an extracted field counts as right: the tolerances of the gold guidelines' own measure."""

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["is_right", "same_phrase", "same_value", "squeeze", "words_of"]

Line = Mapping[str, Any]

_STOP = frozenset(
    {"the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "and", "or", "its", "their", "his", "her", "this"}
    | {"that", "s", "with", "from", "as"}
)
_PLACES = {
    "great britain": "united kingdom",
    "america": "united states",
    "britain": "united kingdom",
    "usa": "united states",
    "uae": "united arab emirates",
    "us": "united states",
    "uk": "united kingdom",
    "eu": "european union",
}
_UNITS = {
    "people": "person",
    "persons": "person",
    "percent": "%",
    "per cent": "%",
    "percentage": "%",
    "percentage points": "percentage point",
    "km": "kilometre",
    "kilometer": "kilometre",
    "meter": "metre",
    "liter": "litre",
    "ton": "tonne",
    "time": "times",
    "points": "point",
}
_PLACE_NAMES = re.compile(r"\b(" + "|".join(_PLACES) + r")\b")


def is_right(field: str, gold: Line, found: Line) -> bool:
    """Say whether a field of a claim line agrees with the annotated one."""
    one, other = gold.get(field), found.get(field)
    if field == "unit":
        counted = gold["kind"] == "count" and _stem(str(one or "").lower()) in words_of(other)
        return counted or _unit(one) == _unit(other)
    if field == "entity":
        return _same_entities(one or [], other or [])
    if field in ("subject", "source"):
        return same_phrase(one, other)
    return bool(one == other)


def same_value(gold: Line, found: Line) -> bool:
    """Say whether both bounds are equal, to a millionth."""
    return all(_same_number(gold[end], found.get(end)) for end in ("low", "high"))


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _same_entities(gold: list[str], found: list[str]) -> bool:
    """Say whether the most specific entity was found, and the sets overlap by an F1 of a half or more."""
    if not gold or not found:
        return not gold and not found
    if not any(same_phrase(gold[0], name) for name in found):
        return False
    recall = sum(any(same_phrase(name, other) for other in found) for name in gold) / len(gold)
    precision = sum(any(same_phrase(other, name) for other in gold) for name in found) / len(found)
    return 2 * precision * recall / (precision + recall) >= 0.5


def same_phrase(one: str | None, other: str | None) -> bool:
    """Say whether one phrase is within the other, half of their words are shared, or one is the other's initials."""
    x, y = set(words_of(one)), set(words_of(other))
    if not x or not y:
        return not x and not y
    if x <= y or y <= x or 2 * len(x & y) / (len(x) + len(y)) >= 0.5:
        return True
    return _bare(one) == _initials(other) or _bare(other) == _initials(one)


def words_of(text: str | None) -> list[str]:
    """Give the stems of a phrase's words: no case, no possessive, acronyms closed, short names of places spelt out."""
    plain = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda found: found[0].replace(".", ""), text or "").lower()
    plain = re.sub(r"'s\b", " ", plain.replace("’", "'"))
    plain = _PLACE_NAMES.sub(lambda found: _PLACES[found[0]], plain)
    return [_stem(word) for word in re.findall(r"[a-z0-9]+", plain) if word not in _STOP]


def _stem(word: str) -> str:
    """Take a plural's ending off, as far as it takes to compare."""
    for ending, put in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + put
    return word


def _unit(unit: str | None) -> str:
    name = " ".join((unit or "").lower().split())
    parts = (_stem(part.strip()) for part in _UNITS.get(name, name).split("/"))
    return "/".join(_UNITS.get(part, part) for part in parts)


def _bare(text: str | None) -> str:
    return squeeze(text or "").lower().replace(".", "")


def _initials(text: str | None) -> str:
    words = re.findall(r"[A-Za-z]+", text or "")
    return "".join(word[0] for word in words if word.lower() not in _STOP).lower()


def squeeze(text: str) -> str:
    """Take all white space out."""
    return "".join(text.split())
