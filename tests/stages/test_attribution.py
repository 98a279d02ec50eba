import pytest

from claimgraph import extract
from claimgraph.records import Article

pytestmark = pytest.mark.model

CASES = {
    "own voice": ("The flood killed 300 people.", None),
    "subject before the verb": ("Police said 300 people came.", "Police"),
    "verb before the subject": ("Some 300 people came, said Jo Smith, the mayor.", "Jo Smith"),
    "closing the sentence": ("Some 300 people came, the mayor said.", "mayor"),
    "title taken off": ("Prime Minister Jo Smith said 300 people came.", "Jo Smith"),
    "name behind its office": ("The mayor, Jo Smith, said 300 people came.", "Jo Smith"),
    "according to": ("According to the Ministry of Fisheries, 300 boats sank.", "Ministry of Fisheries"),
    "passive": ("Losses of 300 euros were reported by Acme Corp.", "Acme Corp."),
    "told": ("Jo Smith told reporters that 300 people came.", "Jo Smith"),
    "data of an institute": ("Data from the Bureau of Statistics showed 300 births.", "Bureau of Statistics"),
    "study": ("A study by Harvard University found that 300 people came.", "Harvard University"),
    "object of a reporting verb": ("Acme Corp. reported a profit of 300 euros.", "Acme Corp."),
    "analysts beside the article's voice": ("Sales beat analysts' estimates of 300 euros.", "analysts"),
    "official count": ("The government raised the death toll to 300.", "government"),
    "what is merely shown": ("The rise shows that 300 people came.", None),
    "inside a quotation": ("“We counted 300 people near the bridge,” said Jo Smith.", "Jo Smith"),
    "respondents are no source": ("Nine percent of voters said they know 300 people.", None),
    "a time is no source": ("It follows last year's report that 300 boats sank.", None),
    "what is expected is no source": ("With prices expected to rise by 300 euros, people stayed away.", None),
    "owner of a report in front of it": ("She disputed a CNN report that 300 boats sank.", "CNN"),
    "object of confirming": ("The sheriff confirmed 300 deaths.", "sheriff"),
    "a firm with a rank in its name": ("Media General Inc said it had 300 shops.", "Media General Inc"),
    "a name with a hyphen": ("Ashraf al-Kodra, a spokesman, said 300 people came.", "Ashraf al-Kodra"),
    "a firm that a hyphen places": ("A Paris-based firm said it lost 300 people.", "Paris-based firm"),
    "whoever ends the quotation": ("“So it could well be 300 people?” Jo Smith prodded.", "Jo Smith"),
    "author of a message": ("Some 300 boats sank here. — Jo Smith (@josmith1) July 15, 2016", "Jo Smith"),
    "a date is no part of the source": ("According to a report Tuesday from Acme Corp, 300 boats sank.", "Acme Corp"),
    "owner behind a date is none": ("A Gallup poll from January showed 300 boats.", "Gallup poll"),
    "second part of a hyphened office": ("Some 300 boats sank, according to co-author Jo Smith.", "Jo Smith"),
    "what a statement rests on": ("Based on figures from Acme Corp, 300 boats sank.", "Acme Corp"),
    "a firm's view of itself": ("Acme Corp sees sales growth of 300 percent this year.", "Acme Corp"),
    "a strike that is known": ("Officials said the 300-day strike of the miners hurt all.", None),
    "what is said, parsed as an object": ("The unions said more than 300 people registered.", "unions"),
    "what is added of a name": ("Jo Smith said she would join Acme Corp, which employs 300 people.", None),
    "what is added of somebody": ("The union said it hurts the drivers, who lost 300 euros.", None),
    "number of the speakers": ("A group of 300 doctors said that the law is bad.", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "source"), CASES.values(), ids=CASES.keys())
def test_source_of_a_sentence(nlp, text, source):
    claim = next(claim for claim in nlp(text)._.claims if claim.value_text == "300")
    assert claim.source == source


def sources(nlp, body, title=""):
    return [claim.source for claim in extract([Article(id="a", title=title, body=body)], nlp)]


def test_a_surname_takes_the_full_name_from_elsewhere(nlp):
    assert sources(nlp, "Jo Smith came late. Smith said 300 boats sank.") == ["Jo Smith"]


def test_a_poll_is_taken_up_as_a_survey_and_a_survey_as_a_poll(nlp):
    body = "A Fluent survey found that 40 percent of voters agree. The new poll shows 60 percent support the mayor."
    assert sources(nlp, body) == ["Fluent survey", "Fluent survey"]


def test_an_office_takes_the_name_that_it_stands_before(nlp):
    body = "Sen. Jo Smith met Ann Jones. The fleet came home. The senator said 300 boats sank."
    assert sources(nlp, body) == ["Jo Smith"]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("A study by Lund University found 40% of pupils skip lunch.", "Lund University"),
        ("The search found 300 people.", None),
        ("Officials put the cost at $3 billion.", "Officials"),
        ("Masons put the stones at 300 corners.", None),
    ],
)
def test_a_document_finds_and_an_office_puts_a_measure_at(nlp, sentence, source):
    assert sources(nlp, sentence) == [source]


def test_the_group_is_no_outlet(nlp):
    body = "Acme Fisheries Ltd cut costs, as Reuters and the Lake Post wrote. Some 300 boats sank, the group said."
    assert sources(nlp, body) == ["Acme Fisheries Ltd"]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("A Harris poll has him at 30 percent.", ["Harris poll"]),
        ("The Harris poll has a margin of error of 3 percentage points.", [None]),
    ],
    ids=["what it gives", "what it says of itself"],
)
def test_a_poll_gives_its_shares(nlp, sentence, named):
    assert sources(nlp, sentence) == named


def test_initials_in_front_of_a_holder_are_spelt_out(nlp):
    body = "The Federal Fishery Administration met. Some 300 boats sank, according to FFA tallies."
    assert sources(nlp, body) == ["Federal Fishery Administration tallies"]


def test_it_shows_takes_up_the_survey(nlp):
    body = "Acme Corp paid for a survey. The survey says the sea is calm. It shows that 300 boats sank."
    assert sources(nlp, body) == ["survey"]


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Poll: 300 mayors fear the sea", "Poll"),
        ("Some 300 boats lost in the storm: Lake police", "Lake police"),
        ("Lake Ena: 300 boats lost", None),
        ("Results: 300 boats lost", None),
        ("Navy Lost 300 Boats, Lawmakers Say", "Lawmakers"),
    ],
    ids=["before a colon", "behind a colon", "a place", "a heading", "verb in title case"],
)
def test_source_of_a_headline(nlp, title, source):
    assert sources(nlp, "The sea was calm.", title) == [source]


def test_a_speaker_in_a_sentence_without_a_number_is_taken_up(nlp):
    body = (
        "A. The sun. The lake. The sky.\n\nJo Smith told the town that it was cold. Fish died. He said 300 boats sank."
    )
    assert sources(nlp, body) == ["Jo Smith"]


def test_a_line_with_a_colon_heads_the_quotation_below(nlp):
    body = "A. B. C. D.\n\nAnn Jones, head of fishery at Acme:\n\n“It is bad. We counted 300 boats on the shore.”"
    assert sources(nlp, body) == ["Ann Jones"]


def test_an_inserted_speaker_covers_what_follows(nlp):
    assert sources(nlp, "In spring, Jo Smith said, on a calm sea, 300 boats sank.") == ["Jo Smith"]


def test_initials_take_the_name_that_they_stand_behind(nlp):
    body = "A. B. C. D.\n\nIt met the Department of Lakes and Human Rivers (LHR). Some 300 boats sank, the LHR said."
    assert sources(nlp, body) == ["Department of Lakes and Human Rivers"]


def test_a_ticker_stands_behind_the_full_name(nlp):
    body = "Norway and New Jersey Fishery Group Ltd <NNJ.S> cut costs. NNJ said it lost 300 boats."
    assert sources(nlp, body) == ["Norway and New Jersey Fishery Group Ltd"]


def test_it_takes_up_a_body_without_a_name(nlp):
    body = "The House sat. The budget office said it rained. In sum, it said, for now, 300 boats sank."
    assert sources(nlp, body) == ["budget office"]


def test_a_pronoun_takes_the_last_speaker(nlp):
    assert sources(nlp, "Jo Smith said the sea was calm. He said 300 boats sank.") == ["Jo Smith"]


def test_the_ministry_takes_its_full_name(nlp):
    body = "The Ministry of Fisheries opened a school. The ministry said 300 boats sank."
    assert sources(nlp, body) == ["Ministry of Fisheries"]


def test_initials_take_the_name_that_they_abbreviate(nlp):
    body = "The Office for National Statistics met in London. Some 300 boats sank, the ONS said."
    assert sources(nlp, body) == ["Office for National Statistics"]


def test_a_quotation_goes_on_after_its_speaker(nlp):
    body = "“It was a dark night on the lake,” said Jo Smith. “We counted 300 boats on the shore.”"
    assert sources(nlp, body) == ["Jo Smith"]


def test_an_open_quotation_goes_on_in_the_next_paragraph(nlp):
    body = "“It was a dark night on the lake,” said Jo Smith. “We were afraid.\n\n“We counted 300 boats on the shore.”"
    assert sources(nlp, body) == ["Jo Smith"]


def test_a_quotation_runs_across_a_broken_paragraph(nlp):
    body = "“It was a dark night,” said Jo Smith. “We were afraid.\n\nWe counted 300 boats near the shore.” He left."
    assert sources(nlp, body) == ["Jo Smith"]


def test_a_well_known_short_name_is_the_long_one_of_the_article(nlp):
    body = "The Federal Reserve met on Monday. The Fed said 300 banks had failed."
    assert sources(nlp, body) == ["Federal Reserve"]


def test_the_office_of_somebody_is_nobody_else(nlp):
    body = "The Harbour Office said the port was shut. The office of the mayor said 300 boats sank."
    assert sources(nlp, body) == ["office of the mayor"]


def test_the_data_are_those_of_whoever_was_cited(nlp):
    body = "According to data from the Bureau of Statistics, it rained. According to the data, 300 boats sank."
    assert sources(nlp, body) == ["Bureau of Statistics"]


def test_a_sentence_after_an_attributed_one_is_the_article_s_own(nlp):
    assert sources(nlp, "Police said the road was closed. Some 300 boats sank.") == [None]
