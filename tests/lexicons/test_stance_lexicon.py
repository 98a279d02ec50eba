"""Every cue speaks in its `yes` sentences and is silent in its `no` sentences."""

import pytest

from claimgraph.lexicon import load_entries
from claimgraph.records import Stance
from claimgraph.stages.base import read
from claimgraph.stages.stance.lexicon import Word, load_lexicon

pytestmark = pytest.mark.model

CUES = load_lexicon("en").cues
YES = [pytest.param(cue.text, sentence, id=f"{cue.text}: {sentence}") for cue in CUES for sentence in cue.yes]
NO = [pytest.param(cue.text, sentence, id=f"{cue.text}: {sentence}") for cue in CUES for sentence in cue.no]


def rules(nlp, sentence):
    return {item.rule for stance in read(nlp(sentence), Stance) for item in stance.evidence}


@pytest.mark.parametrize(("text", "sentence"), YES)
def test_a_cue_speaks(nlp, text, sentence):
    assert f"stance.{text}" in rules(nlp, sentence)


@pytest.mark.parametrize(("text", "sentence"), NO)
def test_a_cue_is_silent(nlp, text, sentence):
    assert f"stance.{text}" not in rules(nlp, sentence)


LIKELIHOODS = load_entries("en", "stance", "likelihood", Word, "lemma")
PROPOSALS = [word for word in load_entries("en", "stance", "proposal", Word, "lemma") if word.yes]


@pytest.mark.parametrize("word", LIKELIHOODS, ids=lambda word: word.lemma)
def test_a_likelihood_is_stated(nlp, word):
    assert {str(stance.status) for sentence in word.yes for stance in read(nlp(sentence), Stance)} == {"asserted"}


@pytest.mark.parametrize("word", PROPOSALS, ids=lambda word: word.lemma)
def test_what_a_proposal_will_do_is_a_target(nlp, word):
    assert {str(stance.status) for sentence in word.yes for stance in read(nlp(sentence), Stance)} == {"target"}


CLASSED = [
    pytest.param(sentence, status, id=f"{word.lemma}: {sentence}")
    for name, status in (("commitment", "target"), ("belief", "denied"))
    for word in load_entries("en", "stance", name, Word, "lemma")
    for sentence in word.yes
]


@pytest.mark.parametrize(("sentence", "status"), CLASSED)
def test_a_word_gives_its_class_a_status(nlp, sentence, status):
    assert {str(stance.status) for stance in read(nlp(sentence), Stance)} == {status}
