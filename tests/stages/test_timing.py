"""The timing stage on sentences of our own: what year and period each value gets."""

from datetime import date

import pytest

from claimgraph.records import Article
from claimgraph.stages.base import attach_article

PUBLISHED = date(2024, 1, 18)

pytestmark = pytest.mark.model


def read_times(nlp, text, published=PUBLISHED, title=""):
    """Year and period of each value of an article, by value text; of equal values the last."""
    article = Article(id="t", title=title, body=text, published=published)
    doc = attach_article(nlp.make_doc(article.text), article)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return {claim.value_text: (claim.year, claim.period) for claim in doc._.claims}


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("The mill sold 320 tonnes of paper in 2019.", "320", (2019, "2019")),
        ("Sales were 45 tonnes in 2021 and 52 tonnes in 2022.", "45", (2021, "2021")),
        ("Sales were 45 tonnes in 2021 and 52 tonnes in 2022.", "52", (2022, "2022")),
        ("Sales rose to 52 tonnes in 2022 from 45 tonnes in 2021.", "45", (2021, "2021")),
        ("Sales rose to 52 tonnes in 2022 from 45 tonnes in 2021.", "52", (2022, "2022")),
        ("In 2020, the port lost 14 ships.", "14", (2020, "2020")),
        ("Last year the port lost 14 ships.", "14", (2023, "2023")),
        ("The port lost 14 ships in October.", "14", (2023, "2023-10")),
    ],
)
def test_a_value_takes_the_time_of_its_clause(nlp, text, value, wanted):
    assert read_times(nlp, text)[value] == wanted


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("The port lost 14 ships last year.", "14", (None, None)),
        ("The port lost 14 ships.", "14", (None, None)),
        ("The port lost 14 ships in 2020.", "14", (2020, "2020")),
    ],
)
def test_nothing_is_guessed_without_a_publication_day(nlp, text, value, wanted):
    assert read_times(nlp, text, published=None)[value] == wanted


def test_every_choice_says_why(nlp):
    article = Article(id="t", title="", body="The port lost 14 ships in 2020.", published=PUBLISHED)
    doc = attach_article(nlp.make_doc(article.text), article)
    for _, component in nlp.pipeline:
        doc = component(doc)
    (claim,) = doc._.claims
    (reason,) = (item for item in claim.evidence if item.field == "period")
    assert reason.rule == "timing.own.year"
    assert article.text[reason.start : reason.end] == "2020"


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)], ids=str)
def test_dates_at_the_ends_of_the_calendar_do_no_harm(nlp, published):
    text = "It lost 14 ships next year, 9 a decade ago, 8 in 99999 and 7 on Feb. 29, up from 5 a year earlier."
    assert read_times(nlp, text, published=published)
