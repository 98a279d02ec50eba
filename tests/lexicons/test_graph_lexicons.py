"""Every entry of the graph's lexicons is found in its `yes` texts and not in its `no` texts."""

import pytest

from claimgraph.graph.lexicons import Alias, Cue, MeasureEntry, Synonym, lexicons
from claimgraph.graph.words import Phrases, find_phrases, stems
from claimgraph.lexicon import load_entries
from claimgraph.vocab import Change, Kind

MEASURES = load_entries("en", "measures", "measure", MeasureEntry, "name")
PLAIN = (
    *load_entries("en", "measures_words", "synonym", Synonym, "name"),
    *load_entries("en", "measures_words", "noun", Synonym, "name"),
    *load_entries("en", "measures_words", "stop", Synonym, "name"),
    *load_entries("en", "measures_cues", "cue", Cue, "name"),
    *load_entries("en", "entities", "alias", Alias, "name"),
)


def measures_in(text: str, entry: MeasureEntry) -> set[str]:
    kinds = entry.kinds or (Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MEASURE)
    tables = [lexicons().measure_words[kind, change] for kind in kinds for change in Change]
    return {name for table in tables for name, _, _ in find_phrases(stems(text), table)}


@pytest.mark.parametrize("entry", MEASURES, ids=lambda entry: entry.name)
def test_measure_is_named_where_it_should_be(entry):
    assert all(entry.name in measures_in(text, entry) for text in entry.yes)
    assert not any(entry.name in measures_in(text, entry) for text in entry.no)


@pytest.mark.parametrize("entry", PLAIN, ids=lambda entry: f"{type(entry).__name__} {entry.name}")
def test_words_are_found_where_they_should_be(entry):
    table = Phrases({stems(phrase): entry.name for phrase in entry.words})
    assert all(any(True for _ in find_phrases(stems(text), table)) for text in entry.yes)
    assert not any(True for text in entry.no for _ in find_phrases(stems(text), table))


def test_every_entry_has_both_sorts_of_texts():
    assert all(entry.yes and entry.no for entry in (*MEASURES, *PLAIN))
