"""Copies and origins."""

import pytest

from claimgraph.graph.voices import fingerprints, is_copy, origin_key

STORY = " ".join(f"word{number} says thing{number % 7}" for number in range(300))


def test_a_shortened_copy_is_a_copy():
    assert is_copy(fingerprints(STORY), fingerprints("Breaking news. " + STORY[: len(STORY) // 2]))


def test_another_story_is_no_copy():
    other = " ".join(f"item{number} tells fact{number % 5}" for number in range(300))
    assert not is_copy(fingerprints(STORY), fingerprints(other))


def test_fingerprints_fit_a_signed_column():
    assert all(0 <= number < 2**63 for number in fingerprints(STORY))


@pytest.mark.parametrize("source", ["Freedonian ministry officials", "the ministry", "government data", "officials"])
def test_origin_of_one_government_is_one(make_claim, source):
    assert origin_key(make_claim("40", 40, source=source)).startswith("government")


def test_origin_of_the_outlet_is_none(make_claim):
    assert origin_key(make_claim("40", 40)) is None
