"""The timing stage on sentences of our own: what year and period each value gets."""

from datetime import date

import pytest

from claimgraph.records import Article
from claimgraph.stages.base import attach_article
from claimgraph.stages.timing.grammar import subject_of

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
        ("Arrivals came to about 640 in 2023, nearly four times the 170 counted in 2022.", "170", (2022, "2022")),
        ("2022's 67 tonnes beat 2021's 63 tonnes.", "63", (2021, "2021")),
        ("Output grew 3% in the third quarter of 2017 from 4.3% in the second quarter.", "4.3", (2017, "2017-Q2")),
        (
            "Profit was 900 dollars in the quarter ended Dec. 31, against 700 dollars a year earlier.",
            "700",
            (2022, "2022-Q4"),
        ),
        ("The deficit of 3.2% in 2013 was wider than the 2.8% recorded in 2012.", "2.8", (2012, "2012")),
        ("Herds are expected to reach 9,700 by 2050.", "9,700", (2050, "2050")),
        ("In 2016, 310 people moved; in 2017, 420 people moved.", "420", (2017, "2017")),
        ("Between 2005 and 2015, output rose 30%.", "30", (2015, "2005/2015")),
        ("He drives a car with a 2-litre engine.", "2", (None, None)),
        ("The old 14-kilometre road was mended in 2021.", "14", (None, None)),
        ("The flood reached Ostra, about 70 miles (110 km) to the south, on Monday.", "70", (None, None)),
        ("The flood reached Ostra, about 70 miles (110 km) to the south, on Monday.", "110", (None, None)),
        ("Two barns burned on a farm situated 12 miles north of Ostra.", "12", (None, None)),
        (
            "Profit was 900 dollars, or 9 a share, in 2023, down from 700 dollars, or 7 a share, in 2022.",
            "700",
            (2022, "2022"),
        ),
        ("A leak may have exposed the names of 420 clients in November.", "420", (2023, "2023-11")),
        ("In the third quarter output grew 3.1%, the fastest growth since 2015.", "3.1", (2023, "2023-Q3")),
        ("The port lost 30 ships in 2007, 2013 and 2014.", "30", (2014, "2013/2014")),
        ("Last year 60 guest rooms were repainted.", "60", (2023, "2023")),
        ("The ferry carried 90 people on Tuesday, up from 70 a day earlier.", "70", (2024, "2024-01-15")),
        ("Last fall the port lost 14 ships.", "14", (2023, "2023")),
        ("In the 2008-09 school year the town taught 310 pupils.", "310", (2009, "2008/2009")),
        ("The port lost 14 ships, as of December 20.", "14", (2023, "2023-12-20")),
        ("The mill sold 9% more than May's upwardly revised 320 tonnes.", "320", (2023, "2023-05")),
        ("Voting will be under way in four towns, with 12 more to follow by mid-March.", "12", (2024, "2024-03")),
        ("Sales were 52 tonnes compared to 45 tonnes in 2021.", "45", (2021, "2021")),
        ("The court tried 310 people under the new law in 2019.", "310", (2019, "2019")),
        ("It earned 310 dollars in the four years from 2011-2014.", "310", (2014, "2011/2014")),
        (
            "From March 3, 2022 to March 9, 2023 it saw 310 patients. It lost 14 nurses in that time frame.",
            "14",
            (2023, "2022-03-03/2023-03-09"),
        ),
        ("Between 2005 and 2015, output fell from 90 tonnes to 70 tonnes.", "90", (2005, "2005")),
        ("Between 2005 and 2015, output fell from 90 tonnes to 70 tonnes.", "70", (2015, "2005/2015")),
        (
            "Sales fell to 45 tonnes from 52 tonnes in October, and exports fell to 14 tonnes from 18 tonnes.",
            "18",
            (2023, "2023-10"),
        ),
        ("On this day in 1791, the Bill of Rights gave them 10 promises.", "10", (1791, "1791")),
        ("Profit was 320 dollars, down from last year's 45 dollars.", "45", (2023, "2023")),
        ("Last year the mine made a first-quarter loss of 310 dollars.", "310", (2023, "2023-Q1")),
        ("The firm will employ 320 people in three years' time.", "320", (2027, "2027")),
        (
            "Sales fell to 45 tonnes from 52 tonnes in 2021 while exports rose to 14 tonnes from 12 tonnes.",
            "12",
            (2021, "2021"),
        ),
    ],
)
def test_a_value_takes_the_time_of_its_clause(nlp, text, value, wanted):
    assert read_times(nlp, text)[value] == wanted


@pytest.mark.parametrize(
    ("published", "text", "value", "year"),
    [
        (date(2024, 1, 18), "The growers expect 52 tonnes, against the 45 tonnes harvested last season.", "45", 2023),
        (date(2024, 1, 18), "We are further ahead than in 2018: 320 volunteers have signed up.", "320", 2024),
        (date(2024, 1, 18), "Emissions have fallen 12 per cent on 2005 levels, the ministry said.", "12", 2024),
        (date(2024, 1, 18), "Over last year, hourly pay rose 3.1%.", "3.1", 2024),
        (date(2024, 1, 18), "The firm added 320 clients this quarter.", "320", 2023),
        (date(2024, 1, 18), "The firm adds 320 clients this quarter.", "320", 2024),
        (date(2024, 3, 18), "The firm added 320 clients this quarter.", "320", 2024),
        (date(2024, 1, 18), "The shop sold 320 toys over Christmas.", "320", 2023),
        (date(2023, 12, 18), "Fares rise by 12 dollars in the new year.", "12", 2024),
        (date(2023, 12, 29), "The 320 workers can apply for the scheme, starting Monday.", "320", 2024),
        (date(2023, 12, 29), "The firm wants the 320 permits by March.", "320", 2024),
        (date(2024, 1, 18), "Profit was 320 dollars, down from last year's 45 dollars.", "320", 2024),
        (date(2024, 1, 18), "The mill sells 30% more than it did in 2019.", "30", 2024),
        (date(2024, 12, 20), "By the November plan it will sell 320 tonnes.", "320", 2024),
        (date(2024, 8, 26), "The October trial of 320 sailors was prepared.", "320", 2024),
        (date(2024, 6, 18), "The March trial of 320 sailors was long.", "320", 2024),
        (date(2024, 2, 18), "The October trial of 320 sailors was long.", "320", 2023),
        (date(2024, 2, 7), "He sees a 30% chance of no step being taken in March.", "30", 2024),
        (date(2023, 12, 18), "Doctors face a cut of 12% starting in January.", "12", 2024),
        (date(2024, 1, 18), "The firm has 320 clients, the same number as last year.", "320", 2024),
        (date(2024, 1, 18), "The town cuts the fee to 60 dollars from 120 dollars.", "120", 2024),
        (date(2024, 1, 18), "The firm had a full year to sell 320 tonnes in 2019.", "320", 2019),
        (date(2024, 1, 18), "Emissions are to fall 37% by the end of the decade.", "37", 2030),
        (date(2024, 6, 18), "Voters in 12 towns face a choice in October.", "12", 2024),
        (date(2024, 6, 18), "The port lost 14 ships in October.", "14", 2023),
        (date(2024, 6, 18), "A ban placed in October covers 14 ports.", "14", 2023),
        (date(2024, 1, 18), "In the 4th quarter the mill sold 320 tonnes of paper.", "320", 2023),
        (date(2024, 1, 18), "Sales grew 3.1% in last year's first quarter.", "3.1", 2023),
        (date(2024, 1, 18), "The town taught 320 pupils last school year.", "320", 2023),
        (date(2024, 1, 18), "Debt came to 320 million euros at year-end 2022.", "320 million", 2022),
        (date(2024, 1, 18), "The bank is issuing a 320 million euro bond due March 30, 2031.", "320 million", 2024),
        (date(2024, 1, 18), "The firm sold 320 million euros of notes maturing in 2031.", "320 million", 2024),
    ],
)
def test_a_bare_time_is_read_by_its_tense_and_by_what_is_near(nlp, published, text, value, year):
    assert read_times(nlp, text, published)[value][0] == year


@pytest.mark.parametrize(
    ("text", "value", "wanted"),
    [
        ("The port lost 14 ships last year.", "14", (None, None)),
        ("The port lost 14 ships.", "14", (None, None)),
        ("The port lost 14 ships in 2020.", "14", (2020, "2020")),
        ("Since 2010 the town lost 14 shops.", "14", (None, None)),
    ],
)
def test_nothing_is_guessed_without_a_publication_day(nlp, text, value, wanted):
    assert read_times(nlp, text, published=None)[value] == wanted


def test_a_poll_is_about_the_month_in_which_people_were_asked(nlp):
    body = (
        "In a poll conducted in December, voters named whom they would support in the 2028 election.\n\n"
        "Ada Holm came first with 26 percent.\n\nBo Lind had 15 percent."
    )
    times = read_times(nlp, body, title="Voters look ahead")
    assert times["26"] == times["15"] == (2023, "2023-12")


def test_a_title_takes_the_time_that_the_body_tells(nlp):
    body = "The bank will cut 3,400 jobs by 2028, it said on Thursday. Shareholders welcomed the plan."
    times = read_times(nlp, body, title="Bank to cut 3,400 jobs")
    assert times["3,400"][0] == 2028


def test_rows_of_results_set_the_year_before_beside_the_new_one(nlp):
    rows = ["Net 3.2 mln dlrs vs 2.9 mln dlrs", "Revs 41 mln dlrs vs 37 mln dlrs"]
    times = read_times(nlp, "\n\n".join(["Ostra Paper improved its results.", *rows]), date(2024, 7, 18))
    assert [times[value][0] for value in ("3.2 mln", "2.9 mln", "41 mln", "37 mln")] == [2024, 2023, 2024, 2023]


def test_a_list_takes_the_time_of_its_heading(nlp):
    body = (
        "The ministry counted the harvest of each province from 2005 to 2012:\n\n"
        "Askel: Barley grew by 51.7 percent.\n\nBorre: Barley grew by 39.1 percent.\n\n"
        "Cirrin: Barley grew by 8.3 percent."
    )
    assert read_times(nlp, body)["8.3"] == (2012, "2005/2012")


def test_a_fiscal_quarter_is_the_calendar_quarter_that_it_covers(nlp):
    body = "Halden posted a first-quarter loss of 12 million euros.\n\nSales for the quarter ended Dec. 31 fell 4%."
    assert read_times(nlp, body)["12 million"] == (2023, "2023-Q4")


def test_every_choice_says_why(nlp):
    article = Article(id="t", title="", body="The port lost 14 ships in 2020.", published=PUBLISHED)
    doc = attach_article(nlp.make_doc(article.text), article)
    for _, component in nlp.pipeline:
        doc = component(doc)
    (claim,) = doc._.claims
    (reason,) = (item for item in claim.evidence if item.field == "period")
    assert reason.rule == "timing.beside.year"
    assert article.text[reason.start : reason.end] == "2020"


@pytest.mark.parametrize("published", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)], ids=str)
def test_dates_at_the_ends_of_the_calendar_do_no_harm(nlp, published):
    text = "It lost 14 ships next year, 9 a decade ago, 8 in 99999 and 7 on Feb. 29, up from 5 a year earlier."
    assert read_times(nlp, text, published=published)


def test_a_time_goes_on_within_its_paragraph(nlp):
    times = read_times(nlp, "In 2016 the port lost 14 ships. It also lost 9 cranes and paid 30 divers.")
    assert times["9"] == times["30"] == (2016, "2016")


def test_what_a_change_set_out_from_takes_the_step_before(nlp):
    body = "Halden's sales in 2023 were strong.\n\nIts market share rose to 32.5 percent in 2023 from 28.8 percent."
    assert read_times(nlp, body)["28.8"][0] == 2022


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sailors sleep.", "plural:bare"),
        ("The sailor sleeps.", "sing:the"),
        ("A sailor sleeps.", "sing:a"),
        ("Their sailors sleep.", "plural:poss"),
        ("You sleep.", "pron:2"),
        ("Oslo sleeps.", "name"),
    ],
    ids=str,
)
def test_subjects_are_told_apart_by_their_build(nlp, text, wanted):
    doc = attach_article(
        nlp.make_doc(f"{text} 12 ships sank."), Article(id="t", title="", body=f"{text} 12 ships sank.")
    )
    with nlp.select_pipes(enable=["claimgraph_segment", "claimgraph_numbers", "claimgraph_parse"]):
        for _, stage in nlp.pipeline:
            doc = stage(doc)
    root = next(token for token in doc if token.dep_ == "ROOT")
    assert subject_of(root) == wanted
