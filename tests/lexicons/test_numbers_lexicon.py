"""Every entry of the number lexicons speaks where its `yes` sentences say, and is silent in its `no` sentences."""

import re

import pytest

from claimgraph.lexicon import load_entries
from claimgraph.stages.numbers.finder import NumberFinder
from claimgraph.stages.numbers.lexicon import Cue, Idiom, Label, Numeral, Scale, load

_TABLES = [
    ("numbers", "numeral", Numeral, "name"),
    ("numbers", "scale", Scale, "name"),
    ("numbers_context", "label", Label, "name"),
    ("numbers_context", "idiom", Idiom, "text"),
    ("numbers_context", "cue", Cue, "name"),
]
_ENTRIES = [
    pytest.param(entry, id=f"{array}-{getattr(entry, key)}")
    for table, array, kind, key in _TABLES
    for entry in load_entries("en", table, array, kind, key)
]
_FINDER = NumberFinder(load("en"))


def bracketed(sentence: str) -> str:
    """Put brackets around every mention found in the sentence without its own."""
    text = re.sub(r"[\[\]]", "", sentence)
    for reading in reversed(list(_FINDER.find(text))):
        text = f"{text[: reading.start]}[{text[reading.start : reading.end]}]{text[reading.end :]}"
    return text


@pytest.mark.parametrize("entry", _ENTRIES)
def test_entry_finds_what_its_sentences_mark(entry):
    sentences = (*entry.yes, *entry.no)
    assert [bracketed(sentence) for sentence in sentences] == list(sentences)


@pytest.mark.parametrize("entry", _ENTRIES)
def test_entry_has_a_sentence(entry):
    assert entry.yes


_LABELS = load_entries("en", "numbers_context", "label", Label, "name")


@pytest.mark.parametrize("word", [word for label in _LABELS for word in label.words])
def test_label_makes_the_number_behind_it_a_name(word):
    assert not list(_FINDER.find(f"They saw {word} 12 on Monday."))
