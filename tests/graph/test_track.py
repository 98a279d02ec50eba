"""Track records: how often others confirm a source."""

from dataclasses import replace

import pytest

from claimgraph.graph.best import best_answer
from claimgraph.graph.records import Answer
from claimgraph.graph.track import Record, records, tally, weights
from claimgraph.graph.values import interval


@pytest.fixture
def say(make_claim):
    """Make the answers of one question: `say(post=300, times=310)`; a tuple adds the voice."""

    def made(**said):
        return [
            Answer(
                claim=name, interval=interval(make_claim(str(value), value)), voice=name, origin=name, published=None
            )
            for name, value in said.items()
        ]

    return made


def test_a_source_is_confirmed_by_others_never_by_itself(say):
    assert tally(say(post=301, times=301, sun=410)) == {"post": True, "sun": False, "times": True}
    assert tally(say(post=301)) == {}


def test_copies_confirm_nobody(say):
    answers = say(post=301, times=301)
    assert tally([replace(answer, voice="one text") for answer in answers]) == {}


def test_source_with_few_comparisons_stays_near_the_mean():
    found = weights({"new": Record(0, 1), "bad": Record(2, 30), "good": Record(40, 2)})
    assert found["bad"].weight < found["new"].weight < 1 < found["good"].weight
    assert (found["good"].confirmed, found["good"].corrected) == (40, 2)


def test_track_records_decide_between_equally_many(say):
    answers = say(post=301, sun=410)
    track = weights(records([{"post": True, "sun": False}] * 9))
    best = best_answer(answers, track=track)
    assert best.value == 301
    assert "confirmed in 9 of 9" in next(item.reason for item in best.weighings if item.claim == "post")
