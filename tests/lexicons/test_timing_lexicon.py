"""Every entry of the time lexicons speaks in its own sentences and keeps silent in the others."""

from datetime import date

import pytest
import spacy

from claimgraph.lexicon import load_entries
from claimgraph.stages.timing.expressions import make_finder
from claimgraph.stages.timing.lexicon import Cue, Figure, Shape, TimedUnit, Word
from claimgraph.stages.timing.resolve import Moment, resolve

PUBLISHED = date(2024, 1, 18)
WORDS = load_entries("en", "timing_words", "word", Word, "name")
FIGURES = load_entries("en", "timing_words", "number", Figure, "name")
SHAPES = (
    *load_entries("en", "timing_shapes", "shape", Shape, "name"),
    *load_entries("en", "timing_shapes", "frame", Shape, "name"),
)
CUES = load_entries("en", "timing_cues", "cue", Cue, "name")
UNITS = load_entries("en", "timing_cues", "unit", TimedUnit, "name")


@pytest.fixture(scope="module")
def finder():
    return make_finder("en")


@pytest.mark.parametrize("entry", [*WORDS, *FIGURES], ids=lambda entry: f"{entry.role}: {entry.name}")
def test_word_plays_its_role_in_its_sentences(finder, entry):
    letter = finder.letters[f"{entry.name}_{entry.role}"]
    for sentence in entry.yes:
        assert letter in finder.spell(sentence), sentence
    for sentence in entry.no:
        assert letter not in finder.spell(sentence), sentence


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_shape_is_found_and_read_in_its_sentences(finder, shape):
    assert len(shape.yes) == len(shape.gives)
    for sentence, wanted in zip(shape.yes, shape.gives, strict=True):
        found = {expression.name: expression for expression in finder.find(sentence)}
        assert shape.name in found, (sentence, list(found))
        period = resolve(found[shape.name], Moment(published=PUBLISHED))
        assert (period.iso if period else "-") == wanted, sentence
    for sentence in shape.no:
        assert shape.name not in {expression.name for expression in finder.find(sentence)}, sentence


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_cue_stands_in_its_sentences(cue):
    tokenizer = spacy.blank("en")
    for sentence in cue.yes:
        assert any(token.lower_ in cue.forms for token in tokenizer(sentence)), sentence
    for sentence in cue.no:
        assert not any(token.lower_ in cue.forms for token in tokenizer(sentence)), sentence


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_stands_in_its_sentences(unit):
    words = unit.name.split()
    for sentence in unit.yes:
        assert all(word.removesuffix("h").removesuffix("e") in sentence for word in words), sentence
    for sentence in unit.no:
        assert not all(word in sentence for word in words), sentence


@pytest.mark.parametrize("sentence", ["It was told to USA TODAY.", "A member of the Ostra Today network."])
def test_today_in_the_name_of_a_paper_is_no_time(finder, sentence):
    assert not finder.find(sentence)
