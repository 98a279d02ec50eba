"""Canonical names of entities, and how the entities of two claims relate."""

from collections.abc import Sequence
from functools import cache, lru_cache

from claimgraph.graph.lexicons import Lexicons, lexicons
from claimgraph.graph.memory import Forms
from claimgraph.graph.words import find_phrases, stem, tokens

__all__ = ["canonical", "is_country", "name_words", "same_name"]


@cache
def _countries() -> dict[tuple[str, ...], str]:
    """Names of countries by their stems; the lexicon's short names come before the official ones."""
    import pycountry

    known: dict[tuple[str, ...], str] = {}
    for country in pycountry.countries:
        short = getattr(country, "common_name", country.name)
        for name in (country.name, short, getattr(country, "official_name", short)):
            known.setdefault(_key(name), " ".join(_key(short)))
    known.update(lexicons().aliases["country"])
    return known


def _key(name: str) -> tuple[str, ...]:
    return tuple([stem(token) for token in tokens(name) if token not in ("the", "of", "and")])


@lru_cache(maxsize=16384)
def canonical(name: str) -> str:
    """Return the normal form of a name: a country's short name, else its words without title, legal form, *the*.

    Words are stemmed, so that *the Clintons* meets *Clinton*; the form is for comparison, not for display.
    """
    known = _countries()
    words = _key(name)
    if words in known:
        return known[words]
    tables = lexicons()
    kept = _without(words, tables)
    return known.get(kept, " ".join(kept)) if kept else " ".join(words)


def _without(words: Sequence[str], tables: Lexicons) -> tuple[str, ...]:
    """Drop titles at the front, legal forms at the end, and event nouns at either end."""
    left = list(words)
    for _, _, last in list(find_phrases(left[:2], tables.aliases["title"]))[:1]:
        left = left[last:] if len(left) > last else left
    while len(left) > 1 and ((left[-1],) in tables.aliases["form"] or (left[-1],) in tables.aliases["event"]):
        left.pop()
    while len(left) > 1 and (left[0],) in tables.aliases["event"]:
        left.pop(0)
    return tuple(left)


@cache
def _country_names() -> frozenset[str]:
    return frozenset(_countries().values())


def is_country(name: str) -> bool:
    """Tell whether a canonical name is a country's (or a union's of countries)."""
    return name in _country_names()


@cache
def _country_starts() -> frozenset[str]:
    return frozenset(key[0] for key in _countries() if key)


def name_words(words: Sequence[str], names: Sequence[str]) -> frozenset[str]:
    """Return those of the stems that may be part of one of some canonical names.

    A canonical name is a country's or consists of the name's own words: most words of a sentence need no look-up.
    """
    starts, own = _country_starts(), {word for name in names for word in name.split()}
    bases = list(map(_BASES.__getitem__, words))
    if starts.isdisjoint(bases) and own.isdisjoint(bases):
        return frozenset()
    return frozenset([word for word, base in zip(words, bases, strict=True) if base in starts or base in own])


_BASES = Forms(stem, 16_384)


@lru_cache(maxsize=16384)
def same_name(a: str, b: str) -> bool:
    """Tell whether two canonical names may be one: equal, shortened, or first and last word equal."""
    if a == b:
        return True
    if is_country(a) or is_country(b):
        return False
    x, y = a.split(), b.split()
    short, long = sorted((x, y), key=len)
    if not short:
        return False
    if len(short) > 1 and short[0] == long[0] and short[-1] == long[-1]:
        return True
    if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
        return True
    starts, ends = long[: len(short)] == short, long[-len(short) :] == short
    return (starts or ends) and len("".join(short)) > 3
