"""Every cue speaks in its `yes` sentences and is silent in its `no` sentences."""

import pytest

from claimgraph.records import Stance
from claimgraph.stages.base import read
from claimgraph.stages.stance.lexicon import load_lexicon

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
