"""Every reporting verb and marker gives its `yes` sentences a source and its `no` sentences none."""

import pytest

from claimgraph.records import Attribution
from claimgraph.stages.attribution.lexicon import load_lexicon
from claimgraph.stages.base import read

pytestmark = pytest.mark.model

LEXICON = load_lexicon("en")
ENTRIES = [*((verb.lemma, verb) for verb in LEXICON.verbs.values()), *((m.text, m) for m in LEXICON.markers)]
YES = [pytest.param(sentence, id=f"{name}: {sentence}") for name, entry in ENTRIES for sentence in entry.yes]
NO = [pytest.param(sentence, id=f"{name}: {sentence}") for name, entry in ENTRIES for sentence in entry.no]


@pytest.mark.parametrize("sentence", YES)
def test_the_speaker_is_the_source(nlp, sentence):
    assert [item.source is not None for item in read(nlp(sentence), Attribution)] == [True]


@pytest.mark.parametrize("sentence", NO)
def test_nobody_speaks(nlp, sentence):
    assert [item.source for item in read(nlp(sentence), Attribution)] == [None]
