"""What sort of thing a noun names, from `data/<language>/noun_classes.toml`."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from claimgraph.lexicon import load_entries

__all__ = ["Ending", "NounClass", "NounClasses", "load_noun_classes"]

# Characters that a noun must have before an ending.
_STEM = 2


@dataclass(frozen=True, slots=True)
class NounClass:
    """Nouns that name things of one sort; `about` says which."""

    name: str
    about: str
    words: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ending:
    """Endings that nouns of one sort have."""

    name: str
    endings: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class NounClasses:
    """Looks up the classes of a noun by its lemma, else by its ending.

    names: all classes that the tables know.
    """

    def __init__(self, classes: tuple[NounClass, ...], endings: tuple[Ending, ...]) -> None:
        self._listed: dict[str, tuple[str, ...]] = {}
        for entry in classes:
            for word in entry.words:
                self._listed[word] = (*self._listed.get(word, ()), entry.name)
        self._endings = endings
        self.names = tuple(dict.fromkeys((*(c.name for c in classes), *(e.name for e in endings))))

    def of(self, noun: Token) -> tuple[str, ...]:
        """Return the names of the noun's classes, at least one: `name` for proper names, `other` for unknown nouns."""
        lemma = noun.lemma_.lower()
        listed = self._listed.get(lemma)
        if listed is not None:
            return listed
        if noun.pos_ != "NOUN":
            return ("name",)
        fitting = (
            entry.name
            for entry in self._endings
            if any(len(lemma) > len(ending) + _STEM and lemma.endswith(ending) for ending in entry.endings)
        )
        return (next(fitting, "other"),)


@cache
def load_noun_classes(language: str = "en") -> NounClasses:
    """Load `data/<language>/noun_classes.toml`."""
    return NounClasses(
        load_entries(language, "noun_classes", "class", NounClass, "name"),
        load_entries(language, "noun_classes", "ending", Ending, "name"),
    )
