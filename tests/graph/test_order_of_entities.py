from dataclasses import replace
from decimal import Decimal

from claimgraph.graph.questions import question, same_question
from claimgraph.records import Claim
from claimgraph.vocab import Change, Kind, Qualifier, Status

ARRIVED = Claim(
    id="a",
    article="one",
    outlet="One",
    published="2024-01-18",
    sentence="Those who crossed over to the South were 196 in 2023.",
    sentence_start=0,
    start=41,
    end=44,
    value_text="196",
    low=Decimal(196),
    high=Decimal(196),
    qualifier=Qualifier.EXACT,
    kind=Kind.COUNT,
    unit="defector",
    change=Change.LEVEL,
    subject="defectors",
    entity=("North Korea", "South Korea"),
    year=2023,
    period="2023",
    source=None,
    status=Status.ASSERTED,
    relation=None,
    confidence=0.8,
)


def test_who_moved_between_two_countries_is_one_question_in_either_order():
    other = replace(
        ARRIVED,
        id="b",
        article="two",
        outlet="Two",
        published=None,
        value_text="800",
        low=Decimal(800),
        high=Decimal(800),
        qualifier=Qualifier.APPROXIMATELY,
        entity=("South Korea", "North Korea"),
    )
    assert same_question(question(ARRIVED), question(other)).same


def test_the_name_of_a_people_adds_nothing_to_its_country():
    other = replace(ARRIVED, id="c", article="three", subject="North Korean defectors")
    assert question(ARRIVED).terms == question(other).terms
