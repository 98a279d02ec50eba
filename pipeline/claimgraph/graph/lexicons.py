"""The graph's knowledge of words, loaded from `data/<language>/measures*.toml` and `entities.toml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from claimgraph.errors import LexiconError
from claimgraph.graph.words import Phrases, stems
from claimgraph.lexicon import load_entries
from claimgraph.vocab import Change, Kind

__all__ = ["Alias", "Cue", "Lexicons", "MeasureEntry", "Synonym", "Table", "lexicons", "lies_between"]

#: The language whose lexicons compare claims; claims of other languages come with translated measures.
_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """A measure that many words name.

    family: measures of one family answer different questions (deaths are never injuries); empty: no family.
    moves: up, down, either: how later reports of one event move it; empty: it stands.
    ebbs: it moves up, but may fall again, as crews leave and people come home.
    kinds: kinds of quantity that the entry speaks of; empty: all.
    rising, falling: words that name it only where the value is an increase, or a decrease.
    between: it lies between two countries, so that the order in which they are named, or one of them alone, says
        nothing (*defectors from the North*, *defectors to the South*).
    """

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    family: str = ""
    moves: str = ""
    kinds: tuple[Kind, ...] = ()
    rising: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()
    between: bool = False
    ebbs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """Words that stand for one another in the names of measures."""

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words that say something about a figure besides its measure.

    says: modifier, part, base, voice, previous, provisional, below; name: the value of that facet.
    side: before or after the value (within its stretch of the sentence), subject, or any of them.
    apart: how strongly it tells two questions apart where only one has it, in log odds.
    """

    name: str
    says: str
    side: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    apart: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One name for what several names mean; `kind`: country, title, form (legal form) or event."""

    name: str
    kind: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


Table = Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicons:
    """All tables of the graph, phrases as tuples of stems."""

    measures: Mapping[str, MeasureEntry]
    measure_words: Mapping[tuple[Kind, Change], Table]
    synonyms: Table
    nouns: Table
    cues: Mapping[tuple[str, str], Table]
    apart: Mapping[str, float]
    aliases: Mapping[str, Table]
    stop: frozenset[str]


def _table(entries: Iterable[tuple[str, tuple[str, ...]]], file: str) -> Table:
    """Index phrases by their stems, refusing one phrase under two names."""
    table: dict[tuple[str, ...], str] = {}
    for name, words in entries:
        for phrase in words:
            key = stems(phrase)
            if table.setdefault(key, name) != name:
                raise LexiconError(f"data/{_LANGUAGE}/{file}.toml", name, f"{phrase!r} already means {table[key]!r}")
    return Phrases(table)


def _measures(entries: Iterable[MeasureEntry], kind: Kind, change: Change) -> Table:
    """Index the words that name a measure for one kind of quantity, level or change."""
    speaking = [entry for entry in entries if not entry.kinds or kind in entry.kinds]
    named = {Change.LEVEL: "", Change.INCREASE: "rising", Change.DECREASE: "falling"}[change]
    return _table(
        ((entry.name, entry.words + (getattr(entry, named) if named else ())) for entry in speaking), "measures"
    )


def _places(side: str) -> tuple[str, ...]:
    return ("subject", "before", "after") if side == "any" else (side,)


@cache
def lexicons() -> Lexicons:
    """Load and index the tables, once.

    Raises:
        LexiconError: an entry is malformed, or a phrase stands under two names of one table.
    """
    measures = load_entries(_LANGUAGE, "measures", "measure", MeasureEntry, "name")
    synonyms = load_entries(_LANGUAGE, "measures_words", "synonym", Synonym, "name")
    cues = load_entries(_LANGUAGE, "measures_cues", "cue", Cue, "name")
    aliases = load_entries(_LANGUAGE, "entities", "alias", Alias, "name")
    nouns = load_entries(_LANGUAGE, "measures_words", "noun", Synonym, "name")
    stop = load_entries(_LANGUAGE, "measures_words", "stop", Synonym, "name")
    return Lexicons(
        measures={entry.name: entry for entry in measures},
        measure_words={(kind, change): _measures(measures, kind, change) for kind in Kind for change in Change},
        synonyms=_table(((entry.name, entry.words) for entry in synonyms), "measures_words"),
        nouns=_table(((entry.name, entry.words) for entry in nouns), "measures_words"),
        cues={
            (says, side): _table(
                ((cue.name, cue.words) for cue in cues if cue.says == says and side in _places(cue.side)),
                "measures_cues",
            )
            for says in sorted({cue.says for cue in cues})
            for side in _places("any")
        },
        apart={cue.name: cue.apart for cue in cues},
        aliases={
            kind: _table(((alias.name, alias.words) for alias in aliases if alias.kind == kind), "entities")
            for kind in sorted({alias.kind for alias in aliases})
        },
        stop=frozenset(key for entry in stop for word in entry.words for key in stems(word)),
    )


def lies_between(concepts: tuple[str, ...]) -> bool:
    """Tell whether one of the measures lies between two countries."""
    known = lexicons().measures
    return any(known[name].between for name in concepts if name in known)
