"""Which names of an article are one entity, what it is called, and of what kind it is."""

import pytest

from claimgraph.stages.topics.directory import build_directory
from claimgraph.stages.topics.gazetteer import load_gazetteer
from claimgraph.vocab import Kind
from stages.topics_of import parsed, topics_of

pytestmark = pytest.mark.model

ONE = [
    pytest.param(
        "<Kestrel Asian Bank Bhd> (KAB) grew. KAB has 40 desks.", {"Kestrel Asian Bank Bhd", "KAB"}, id="brackets"
    ),
    pytest.param("<Osprey and Sons Mining Co> bid for land.", {"Osprey and Sons Mining Co"}, id="newswire"),
    pytest.param("Fans saw the singer Maria Lopez-Baker sing.", {"Maria Lopez-Baker"}, id="hyphenated surname"),
    pytest.param("The Clean Rivers Coalition held a rally for clean rivers.", {"Clean Rivers Coalition"}, id="opening"),
    pytest.param("UN aid came. The United Nations sent 40 trucks.", {"UN", "United Nations"}, id="UN"),
]


def directory_of(nlp, text, parsed_sentences=None):
    doc = parsed(nlp, text)
    gazetteer = load_gazetteer(lambda text: [token.text for token in nlp.make_doc(text)])
    sentences = list(doc.sents)
    return build_directory(doc, sentences[:parsed_sentences], set(), gazetteer).entities


@pytest.mark.parametrize(("text", "names"), ONE)
def test_names_of_one_thing_are_one_entity(nlp, text, names):
    assert names in [{mention.name for mention in entity.mentions} for entity in directory_of(nlp, text)]


def test_acronym_is_no_longer_name_that_begins_with_it(nlp):
    found = directory_of(nlp, "The UN General Assembly met. The UN has 193 members.")
    assert [entity.name for entity in found] == ["UN General Assembly", "UN"]


def test_place_that_possesses_a_name_is_no_part_of_it(nlp):
    names = {entity.name for entity in directory_of(nlp, "Chile\u2019s Ministry of Health said 40 people were ill.")}
    assert names == {"Chile", "Ministry of Health"}


def test_surname_finds_the_person_whose_full_name_stands_where_nobody_parsed(nlp):
    text = "Mr. Baker won. Voters cheered the candidate all night long. It rained. The crowd sang for Victor Baker."
    (baker,) = (entity for entity in directory_of(nlp, text, 1) if "Baker" in entity.name)
    assert (baker.name, str(baker.kind)) == ("Victor Baker", "person")


@pytest.mark.parametrize("people", ["Texans", "Mainers", "New Yorkers"])
def test_people_of_a_state_speak_of_the_state(nlp, people):
    places = {"Texans": "Texas", "Mainers": "Maine", "New Yorkers": "New York"}
    assert [entity.name for entity in directory_of(nlp, f"Some 900 {people} protested.")] == [places[people]]


def test_capital_is_a_place_whatever_the_recogniser_takes_it_for(nlp):
    (kyiv,) = directory_of(nlp, "Kyiv said so.")
    assert str(kyiv.kind) == "place"


def test_who_is_described_by_the_figure_is_its_entity_although_speaking(nlp):
    text = "A storm hit Peru. The roof is gone, said Maria Lopez, who owns two boats."
    (topic,) = topics_of(nlp, text, ("two", Kind.COUNT, "boat"))
    assert topic.entity[0] == "Maria Lopez"


def test_storm_is_one_event_however_it_is_called(nlp):
    text = "Zelda drew near. Radio stations warned of tropical storm Zelda. Nobody slept when Zelda came."
    (zelda,) = (entity for entity in directory_of(nlp, text) if "Zelda" in entity.name)
    assert (zelda.name, str(zelda.kind)) == ("tropical storm Zelda", "event")


REFERRED = [
    pytest.param("Pfizer said its vaccine cost 40 people a day.", "its", "Pfizer", id="organisation"),
    pytest.param("Peru said that its mines employ 40 people.", "its", "Peru", id="country"),
]


@pytest.mark.parametrize(("text", "pronoun", "name"), REFERRED)
def test_pronoun_of_a_thing_stands_for_whatever_is_no_person(nlp, text, pronoun, name):
    assert pronoun in text
    (topic,) = topics_of(nlp, text, ("40", Kind.COUNT, "person"))
    assert topic.entity[0] == name
