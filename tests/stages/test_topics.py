import time

import pytest

from claimgraph.errors import ConfigError
from claimgraph.records import Quantity, Topic
from claimgraph.stages.base import read, read_article, write
from claimgraph.stages.topics import describe
from claimgraph.stages.topics.choose import load_ranker
from claimgraph.stages.topics.sources import holds_source
from claimgraph.vocab import Kind
from stages.topics_of import parsed, quantity, topics_of

pytestmark = pytest.mark.model

ENTITIES = [
    pytest.param("Chilean copper exports rose 3% in May.", ("3", Kind.PERCENT, "%"), "Chile", id="adjective"),
    pytest.param("Nokia said its profit rose 3% in May.", ("3", Kind.PERCENT, "%"), "Nokia", id="pronoun"),
    pytest.param("A flood killed 12 people in Peru on Monday.", ("12", Kind.COUNT, "person"), "Peru", id="place"),
    pytest.param("Unemployment in the U.S. fell to 4%.", ("4", Kind.PERCENT, "%"), "U.S.", id="dotted"),
    pytest.param("Some 12% of LGBT Germans rent.", ("12", Kind.PERCENT, "%"), "Germany", id="people told apart"),
    pytest.param("Some 12% of African Americans rent.", ("12", Kind.PERCENT, "%"), "United States", id="two peoples"),
    pytest.param("Maria Lopez, 41, won the race.", ("41", Kind.AGE, "year"), "Maria Lopez", id="age"),
]


@pytest.mark.parametrize(("text", "value", "wanted"), ENTITIES)
def test_entity_is_taken_from_the_clause(nlp, text, value, wanted):
    assert wanted in topics_of(nlp, text, value)[0].entity


def test_people_told_apart_are_no_name_of_their_own(nlp):
    (topic,) = topics_of(nlp, "Some 12% of African Americans rent.", ("12", Kind.PERCENT, "%"))
    assert topic.entity == ("United States",)


def test_entity_is_called_by_its_fullest_name(nlp):
    text = "Shares in Siemens Energy AG fell on Monday. Siemens Energy reported a loss of 40 million euros."
    (topic,) = topics_of(nlp, text, ("40 million", Kind.MONEY, "EUR"))
    assert topic.entity[0] == "Siemens Energy AG"


def test_title_tells_what_a_bare_sentence_is_about(nlp):
    (topic,) = topics_of(nlp, "The jobless rate fell to 4%.", ("4", Kind.PERCENT, "%"), title="Unemployment in Peru")
    assert topic.entity == ("Peru",)


@pytest.mark.parametrize(
    ("title", "company"),
    [
        pytest.param("ANDES OIL AND GAS CO <AOG> 4TH QTR LOSS", "ANDES OIL AND GAS CO", id="before-the-ticker"),
        pytest.param("<QUILL PAPERS LTD> 4TH QTR NET", "QUILL PAPERS LTD", id="in-brackets"),
        pytest.param("MARTIN'S <MAR.O> YEAR NET", "MARTIN", id="possessive"),
    ],
)
def test_rows_of_results_are_about_the_company_with_the_ticker(nlp, title, company):
    topics = topics_of(
        nlp, "Shr 40 cts vs 30 cts\n\nRevs 51.4 mln vs 94.4 mln", ("51.4 mln", Kind.MONEY, "USD"), title=title
    )
    assert topics[0].entity == (company,)


def test_speaker_is_no_entity(nlp):
    text = "A storm hit Peru. At least 12 people died in Peru, Sergio Rossi of the Red Cross said."
    (topic,) = topics_of(nlp, text, ("12", Kind.COUNT, "person"))
    assert topic.entity[0] == "Peru"


def test_text_without_names_has_no_entity(nlp):
    (topic,) = topics_of(nlp, "The average cat sleeps 12 hours.", ("12", Kind.DURATION, "hour"))
    assert topic.entity == ()


NAMES = [
    pytest.param("The yen rose 3% in May.", ("3", Kind.PERCENT, "%"), "yen", id="instrument"),
    pytest.param("The Mexican peso rose 3% in May.", ("3", Kind.PERCENT, "%"), "Mexican peso", id="marked-instrument"),
    pytest.param("The FTSE 100 rose 3% in May.", ("3", Kind.PERCENT, "%"), "FTSE 100", id="numbered"),
    pytest.param("A course of losartan costs $40.", ("40", Kind.MONEY, "USD"), "losartan", id="medicine"),
    pytest.param("The cholera epidemic killed 40.", ("40", Kind.COUNT, "person"), "cholera epidemic", id="outbreak"),
    pytest.param("Tropical Storm Zelda killed 40.", ("40", Kind.COUNT, "person"), "Tropical Storm Zelda", id="storm"),
    pytest.param("Kestrel tests the drug KX-042 in six trials.", ("six", Kind.COUNT, "trial"), "KX-042", id="code"),
]


@pytest.mark.parametrize(("text", "value", "wanted"), NAMES)
def test_names_that_the_recogniser_leaves_out_are_entities(nlp, text, value, wanted):
    assert wanted in topics_of(nlp, text, value)[0].entity


def test_titles_and_months_name_nobody(nlp):
    text = "January sales rose. The President of the club sold 40 cars in January. Prime Minister and President met."
    (topic,) = topics_of(nlp, text, ("40", Kind.COUNT, "car"), title="January Sales: January Is Best in January")
    assert {"President", "Prime Minister", "January"}.isdisjoint(topic.entity)


LEFT = [
    pytest.param("Sales rose 2% but profits by only 1%.", "profits", id="but-by"),
    pytest.param("Sales rose 2%, profits 1%.", "profits", id="comma"),
    pytest.param("The DAX rose 2% and the CAC 40 by 1%.", "CAC 40", id="numbered-name"),
]


@pytest.mark.parametrize(("text", "wanted"), LEFT)
def test_what_gapping_leaves_of_a_subject_is_the_subject(nlp, text, wanted):
    topics = topics_of(nlp, text, ("2", Kind.PERCENT, "%"), ("1", Kind.PERCENT, "%"))
    assert topics[1].subject == wanted


def test_money_without_a_noun_is_what_was_done_with_it(nlp):
    (topic,) = topics_of(nlp, "About $4 million was spent.", ("4 million", Kind.MONEY, "USD"))
    assert topic.subject == "spent"


def test_both_words_of_a_unit_are_no_subject(nlp):
    text = "The blaze, which raged over 40 square miles (104 square kilometres), is out."
    topics = topics_of(nlp, text, ("40", Kind.MEASURE, "square mile"), ("104", Kind.MEASURE, "square kilometre"))
    assert not any({"miles", "kilometres"} & set(topic.subject.split()) for topic in topics)


def test_each_conjunct_without_a_verb_has_an_entity_of_its_own(nlp):
    text = "The Dow rose 2.5%, the Nasdaq by 2.7% and the DAX 1.8%."
    topics = topics_of(nlp, text, *((value, Kind.PERCENT, "%") for value in ("2.5", "2.7", "1.8")))
    assert [topic.entity[0] for topic in topics] == ["Dow", "Nasdaq", "DAX"]


SUBJECTS = [
    pytest.param("Copper exports rose 3% in May.", [("3", Kind.PERCENT, "%")], ["Copper exports"], id="subject"),
    pytest.param("The storm killed 12 people.", [("12", Kind.COUNT, "person")], ["people killed"], id="killed"),
    pytest.param("The storm left 12 people dead.", [("12", Kind.COUNT, "person")], ["people dead"], id="left-dead"),
    pytest.param(
        "Nokia posted a net profit of 40 million euros.", [("40 million", Kind.MONEY, "EUR")], ["net profit"], id="of"
    ),
    pytest.param(
        "Peru saw a 3% rise in copper exports.", [("3", Kind.PERCENT, "%")], ["copper exports"], id="nominal-change"
    ),
    pytest.param(
        "The bank cut interest rates by 3% in May.", [("3", Kind.PERCENT, "%")], ["interest rates"], id="object"
    ),
    pytest.param(
        "The pipe runs 175 miles (280 km).",
        [("175", Kind.MEASURE, "mile"), ("280", Kind.MEASURE, "kilometre")],
        ["pipe", "pipe"],
        id="conversion",
    ),
    pytest.param(
        "The flood left 40 people dead and 12 injured.",
        [("40", Kind.COUNT, "person"), ("12", Kind.COUNT, "person")],
        ["people dead", "people injured"],
        id="own-outcome",
    ),
    pytest.param(
        "Nokia had sales of $45m and costs of $40m.",
        [("$45m", Kind.MONEY, "USD"), ("$40m", Kind.MONEY, "USD")],
        ["sales", "costs"],
        id="noun-of-value",
    ),
    pytest.param(
        "Nokia expects network sales to rise by 3%.", [("3", Kind.PERCENT, "%")], ["network sales"], id="infinitive"
    ),
    pytest.param(
        "Half of the foreign pupils were absent.", [("Half", Kind.FRACTION, "")], ["foreign pupils"], id="fraction-of"
    ),
    pytest.param("Nickel output: 40 tonnes", [("40", Kind.MEASURE, "tonne")], ["Nickel output"], id="label"),
]


@pytest.mark.parametrize(("text", "values", "wanted"), SUBJECTS)
def test_subject_is_the_shortest_phrase_of_the_measure(nlp, text, values, wanted):
    assert [topic.subject for topic in topics_of(nlp, text, *values)] == wanted


LONE = {
    "unit in front of the noun": ("The firm posted an 85 million euro loss.", "loss"),
    "percentage in front of the noun": ("The plan has 40 percent approval.", "approval"),
    "the group right behind a share": ("Nine out of ten economists will tell you that it is a tax.", "economists"),
    "what a share does": ("When nobody spoke of taxes, 59 percent supported a new bridge.", "supported a new bridge"),
}


@pytest.mark.parametrize(("text", "wanted"), LONE.values(), ids=LONE.keys())
def test_subject_of_a_lone_sentence(nlp, text, wanted):
    assert nlp(text)._.claims[-1].subject == wanted


def test_evidence_points_into_the_text(nlp):
    text = "Chilean copper exports rose 3% in May."
    (topic,) = topics_of(nlp, text, ("3", Kind.PERCENT, "%"))
    shown = {item.field: text[item.start : item.end] for item in topic.evidence}
    assert shown == {"entity": "Chilean", "subject": "Chilean copper exports"}


@pytest.mark.parametrize("factory", ["claimgraph_topics", "claimgraph_topics_ranked"])
def test_both_factories_write_one_topic_per_quantity(nlp, factory):
    doc = parsed(nlp, "Nokia sold 40 masts in Peru and 12 in Chile.")
    doc = nlp.get_pipe("claimgraph_quantities")(doc)
    doc = nlp.create_pipe(factory)(doc)
    assert len(read(doc, Topic)) == len(read(doc, Quantity))


def test_unknown_model_is_refused_by_name():
    with pytest.raises(ConfigError, match="no_such_model"):
        load_ranker("en", "no_such_model")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Peru sold 40 tonnes of tin to Nokia, " * 400, id="one-sentence"),
        pytest.param("40 (41 " * 1500, id="brackets"),
    ],
)
def test_time_grows_no_faster_than_the_text(nlp, text):
    def seconds(part: str) -> float:
        doc = parsed(nlp, part)
        doc = nlp.get_pipe("claimgraph_quantities")(doc)
        begin = time.process_time()
        nlp.get_pipe("claimgraph_topics")(doc)
        return time.process_time() - begin

    # Four times the text: quadratic work would take 16 times as long, and noise on a busy machine far less than double.
    seconds(text[: len(text) // 8])
    quarter, whole = seconds(text[: len(text) // 4]), seconds(text)
    assert whole < 8 * quarter + 0.2


def test_article_without_quantities_has_no_topics(nlp):
    doc = parsed(nlp, "Nothing was counted.")
    write(doc, Quantity, ())
    assert read(nlp.get_pipe("claimgraph_topics")(doc), Topic) == ()


def test_gate_changes_nothing(nlp):
    """The sentences that the gate leaves unparsed are not read, even where somebody parsed them."""
    from claimgraph.build import build

    told = "Mayor Maria Lopez spoke. " * 6
    text = f"A flood hit Peru. {told}In Peru, 12 people died. Sergio Rossi said so. The army sent 40 trucks."
    values = (("12", Kind.COUNT, "person"), ("40", Kind.COUNT, "truck"))
    ungated = build({"components.claimgraph_parse.gate": False})
    assert topics_of(ungated, text, *values) == topics_of(nlp, text, *values)


def test_name_of_the_sentence_before_is_a_candidate_without_being_parsed(nlp):
    text = (
        "Rain fell on Monday. The roads were closed. Schools were shut. Shops were empty. "
        "Volunteers opened the Harold Finch Memorial Hall late at night. It held 300 people."
    )
    doc = parsed(nlp, text)
    write(doc, Quantity, (quantity(doc, "300", Kind.COUNT, "person"),))
    ((_, names, _, _),) = describe(nlp, doc, read_article(doc), read(doc, Quantity))
    assert "Harold Finch Memorial Hall" in names


def test_publisher_of_a_figure_is_marked_as_its_source(nlp):
    doc = parsed(nlp, "About 40 farms failed in Peru, according to a survey by Acme Holdings.")
    assert {token.text for token in doc if token.text in ("Peru", "Holdings") and holds_source(token)} == {"Holdings"}
