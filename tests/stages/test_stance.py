from datetime import date

import pytest

from claimgraph import extract
from claimgraph.records import Article
from claimgraph.vocab import Status

pytestmark = pytest.mark.model

CASES = {
    "plain statement": ("The mine produced 300 tonnes.", "300", Status.ASSERTED),
    "modal on the governing verb": ("Output could reach 300 tonnes.", "300", Status.FORECAST),
    "future of a rise is a forecast": ("Output will rise by 300 tonnes.", "300", Status.FORECAST),
    "future of a payment is a target": ("The firm will pay 300 euros.", "300", Status.TARGET),
    "would in reported speech": ("The firm said it would hire 300 drivers.", "300", Status.TARGET),
    "would with a condition": ("If the dam broke, the lake would lose 300 litres.", "300", Status.HYPOTHETICAL),
    "value in the condition": ("If 300 drivers leave, buses will stop.", "300", Status.HYPOTHETICAL),
    "may have is a conjecture": ("Some 300 people may have died.", "300", Status.HYPOTHETICAL),
    "a chance is there already": ("There is a 30% chance of rain on Monday.", "30", Status.ASSERTED),
    "counted and planned": ("The first of 25 planned bridges opens.", "25", Status.TARGET),
    "denied report": ("The mayor denied reports that 300 houses had burnt.", "300", Status.DENIED),
    "not one": ("Not one job will be lost.", "one", Status.DENIED),
    "what a deal will cost": ("The deal will cost 300 euros.", "300", Status.TARGET),
    "an expected figure": ("Sales fell short of the expected figure of 300 euros.", "300", Status.FORECAST),
    "a distance whatever comes": ("Lom, 12 miles to the south, will be flooded.", "12", Status.ASSERTED),
    "estimate of what is": ("Officials counted an estimated 300 people.", "300", Status.ASSERTED),
    "estimate of what comes": ("The bridge is estimated to cost 300 euros.", "300", Status.FORECAST),
    "feared dead": ("Some 300 people are feared dead.", "300", Status.ASSERTED),
    "outcome beside an expectation": ("Sales were 300, above the 280 expected.", "300", Status.ASSERTED),
    "expectation beside an outcome": ("Sales were 300, above the 280 expected.", "280", Status.FORECAST),
    "base of a planned rise": ("The bill would raise the fee from 10 to 20 euros.", "10", Status.ASSERTED),
    "end of a planned rise": ("The bill would raise the fee from 10 to 20 euros.", "20", Status.TARGET),
    "goal in a noun": ("The firm missed its goal of 300 sales.", "300", Status.TARGET),
    "behind the value": ("The offer fell short of the 300 euros demanded by Smith.", "300", Status.TARGET),
    "in a clause behind it": ("Sales missed the 30 percent gain that was expected.", "30", Status.FORECAST),
    "a clitic that the parser misplaces": ("In that case, you’d pay 300 euros.", "300", Status.HYPOTHETICAL),
    "in front of a clause with a modal": ("With 300 seats, she must find allies.", "300", Status.ASSERTED),
    "a participle in front of it": ("Joining 300 other towns, Lom will allow cycling.", "300", Status.ASSERTED),
    "goals in games": ("He scored 12 goals in 300 games.", "300", Status.ASSERTED),
    "a plan that is a product": ("Her insurance plan covers 300 people.", "300", Status.ASSERTED),
    "how long a plan lasts": ("The council approved a two-year spending plan.", "two", Status.ASSERTED),
    "layoffs that are done": ("The firm has been cutting 300 jobs a year.", "300", Status.ASSERTED),
    "what is needed": ("The party needs 300 votes.", "300", Status.TARGET),
    "not held true": ("She does not think the farm is worth 300 euros.", "300", Status.DENIED),
    "those who will do it": ("Some 19 states will increase their fees.", "19", Status.FORECAST),
    "counted plans": ("The firm dropped 3 plans.", "3", Status.ASSERTED),
    "presupposed by the article": ("The city will help the 300 families.", "300", Status.ASSERTED),
    "clause of its own": ("The mine will close, which employs 300 people.", "300", Status.ASSERTED),
    "negated object": ("The storm did not destroy 300 houses.", "300", Status.DENIED),
    "denied clause": ("The mayor denied that 300 houses burnt.", "300", Status.DENIED),
    "announced layoffs": ("The airline is cutting 300 jobs.", "300", Status.TARGET),
    "layoffs under way": ("Some 300 workers are being laid off.", "300", Status.TARGET),
    "coordinated under one plan": ("The bank plans to close 40 branches and cut 300 jobs.", "300", Status.TARGET),
    "a total that only gathers": ("A total of 300 flights will be cancelled.", "300", Status.FORECAST),
    "subject of what is to come": ("Some 300 workers are to lose their jobs.", "300", Status.FORECAST),
    "what a requirement would do": ("The licence requirement would affect 300 drivers.", "300", Status.HYPOTHETICAL),
    "payment that others reckon": (
        "The institute estimates that households would pay 300 euros.",
        "300",
        Status.FORECAST,
    ),
    "layoffs of the past": ("The airline cut 300 jobs in 2019.", "300", Status.ASSERTED),
}


@pytest.mark.parametrize(("text", "value", "status"), CASES.values(), ids=CASES.keys())
def test_status_follows_what_governs_the_value(nlp, text, value, status):
    claim = next(claim for claim in nlp(text)._.claims if claim.value_text == value)
    assert claim.status is status


def test_an_infinitive_is_the_future_of_a_title(nlp):
    article = Article(id="a", title="Acme to pay owners 300 euros", body="It was said today.")
    assert next(extract([article], nlp)).status is Status.TARGET


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("By 2050, hunger would grow by 300 cases.", Status.FORECAST),
        ("Output of 300 tonnes in 2050.", Status.FORECAST),
        ("In 2015 output was 300 tonnes.", Status.ASSERTED),
    ],
    ids=["would in a year to come", "a year to come", "a year gone by"],
)
def test_a_year_to_come_is_not_asserted(nlp, text, status):
    article = Article(id="a", title="", body=text, published=date(2016, 5, 1))
    claim = next(claim for claim in extract([article], nlp) if claim.value_text == "300")
    assert claim.status is status


def test_status_names_its_cue(nlp):
    claim = nlp("Output could reach 300 tonnes.")._.claims[0]
    evidence = next(item for item in claim.evidence if item.field == "status")
    assert (evidence.rule, nlp("Output could reach 300 tonnes.").text[evidence.start : evidence.end]) == (
        "stance.could",
        "could",
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [("Acme will hire 300 drivers.", Status.TARGET), ("Acme hired 300 drivers.", Status.ASSERTED)],
    ids=["still to come", "done"],
)
def test_a_headline_takes_its_status_from_the_body(nlp, body, status):
    article = Article(id="a", title="300 Drivers For Acme", body=body)
    assert next(iter(extract([article], nlp))).status == status


def test_what_falls_next_year_comes_from_what_is(nlp):
    article = Article(id="a", title="", body="The fee falls to 5% next year from 9%.", published=date(2024, 5, 1))
    claims = {claim.value_text: claim.status for claim in extract([article], nlp)}
    assert claims == {"5": Status.FORECAST, "9": Status.ASSERTED}
