"""A doc's tokens as plain lists, one per attribute, each read once.

spaCy makes a token anew whenever one is asked for, and its strings are looked up anew too. Stages that walk over
whole docs or sentences would together do so thirty thousand times an article; they read these lists instead. Lists
of what the parser says hold from the moment on at which one is first asked for: ask behind `claimgraph_parse`.
"""

from collections.abc import Callable
from typing import Any

import numpy
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_TYPE,
    HEAD,
    IDX,
    LEMMA,
    LOWER,
    ORTH,
    POS,
    SENT_START,
    TAG,
)
from spacy.tokens import Doc

__all__ = [
    "Columns",
    "deps",
    "entity_types",
    "heads",
    "lemmas",
    "lowers",
    "offsets",
    "pos",
    "sentence_starts",
    "tags",
    "texts",
]

_KEY = "claimgraph_columns"


class Columns:
    """Holds the lists of one doc by attribute; it stays behind, empty, when the doc travels."""

    __slots__ = ("held",)

    def __init__(self) -> None:
        self.held: dict[int, list[Any]] = {}

    def __reduce__(self) -> tuple[type["Columns"], tuple[()]]:
        return Columns, ()


def texts(doc: Doc) -> list[str]:
    """Return the tokens' texts."""
    return _column(doc, ORTH, _strings)


def lowers(doc: Doc) -> list[str]:
    """Return the tokens' texts in lower case."""
    return _column(doc, LOWER, _strings)


def lemmas(doc: Doc) -> list[str]:
    """Return the tokens' lemmas; empty where none was set."""
    return _column(doc, LEMMA, _strings)


def tags(doc: Doc) -> list[str]:
    """Return the tokens' fine tags; empty in sentences that the gate kept from the tagger."""
    return _column(doc, TAG, _strings)


def pos(doc: Doc) -> list[str]:
    """Return the tokens' coarse tags; empty in sentences that the gate kept from the tagger."""
    return _column(doc, POS, _strings)


def deps(doc: Doc) -> list[str]:
    """Return the tokens' dependencies on their heads."""
    return _column(doc, DEP, _strings)


def entity_types(doc: Doc) -> list[str]:
    """Return the types of the entities that the tokens are in; empty outside."""
    return _column(doc, ENT_TYPE, _strings)


def heads(doc: Doc) -> list[int]:
    """Return the numbers of the tokens' heads; a root is its own."""
    return _column(doc, HEAD, _positions)


def offsets(doc: Doc) -> list[int]:
    """Return the characters at which the tokens begin."""
    return _column(doc, IDX, _numbers)


def sentence_starts(doc: Doc) -> list[bool]:
    """Say of each token whether a sentence is known to start with it."""
    return _column(doc, SENT_START, _flags)


def _column(doc: Doc, attribute: int, make: Callable[[Doc, int], list[Any]]) -> list[Any]:
    columns = doc.user_data.get(_KEY)
    if not isinstance(columns, Columns):
        columns = doc.user_data[_KEY] = Columns()
    found = columns.held.get(attribute)
    if found is None:
        found = columns.held[attribute] = make(doc, attribute)
    return found


def _numbers(doc: Doc, attribute: int) -> list[int]:
    return doc.to_array(attribute).tolist()  # type: ignore[no-any-return]


def _flags(doc: Doc, attribute: int) -> list[bool]:
    return (doc.to_array(attribute) == 1).tolist()  # type: ignore[no-any-return]


def _strings(doc: Doc, attribute: int) -> list[str]:
    """Look every different string up once."""
    keys, strings = _numbers(doc, attribute), doc.vocab.strings
    names = {key: strings[key] for key in set(keys)}
    return [names[key] for key in keys]


def _positions(doc: Doc, attribute: int) -> list[int]:
    return (doc.to_array(attribute).astype("int64") + numpy.arange(len(doc))).tolist()  # type: ignore[no-any-return]
