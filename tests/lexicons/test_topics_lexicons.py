"""Every entry of the lexicons behind topics speaks in its own sentences."""

import re

import pytest

from claimgraph.lexicon import load_entries
from claimgraph.records import Article
from claimgraph.stages.topics import describe, noun_classes
from claimgraph.stages.topics import gazetteer as tables
from claimgraph.stages.topics.directory import build_directory
from claimgraph.stages.topics.references import find_references
from claimgraph.stages.topics.salience import Focus, owner_of
from claimgraph.stages.topics.sites import Sites
from claimgraph.vocab import Kind
from stages.topics_of import parsed, quantity, topics_of

pytestmark = pytest.mark.model


def entries(table, array, record, key):
    return [
        pytest.param(e, id=str(getattr(e, key)).replace(" ", "-"))
        for e in load_entries("en", table, array, record, key)
    ]


@pytest.fixture(scope="module")
def gazetteer(nlp):
    return tables.load_gazetteer(lambda text: [token.text for token in nlp.make_doc(text)])


def directory_of(doc, gazetteer):
    return build_directory(doc, list(doc.sents), set(), gazetteer)


@pytest.mark.parametrize("place", entries("places", "place", tables.Place, "code"))
def test_place_is_found_in_its_sentences(nlp, gazetteer, place):
    def codes(text):
        return {form.place.code for _, _, form in gazetteer.find(nlp.make_doc(text))}

    assert all(place.code in codes(text) for text in place.yes)
    assert not any(place.code in codes(text) for text in place.no)


def test_other_countries_and_states_are_known_from_packages(nlp, gazetteer):
    doc = nlp.make_doc("Ships sailed from Vanuatu to Queensland and Ontario.")
    assert [form.place.code for _, _, form in gazetteer.find(doc)] == ["VU", "AU-QLD", "CA-ON"]


@pytest.mark.parametrize("alias", entries("aliases", "alias", tables.Alias, "name"))
def test_alias_joins_short_and_long_form(nlp, gazetteer, alias):
    for text in alias.yes:
        names = [{m.name for m in entity.mentions} for entity in directory_of(parsed(nlp, text), gazetteer).entities]
        assert not any(alias.forms[0] in held and alias.name not in held for held in names)


@pytest.mark.parametrize("role", entries("topics", "role", tables.Role, "noun"))
def test_role_stands_for_an_entity_named_before(nlp, gazetteer, role):
    for text in role.yes:
        doc = parsed(nlp, text)
        sites = Sites(doc, ())
        focus = Focus(doc, Article(id="a", title="", body=text), directory_of(doc, gazetteer), sites, gazetteer)
        last = len(sites.sentences) - 1
        stood = {token.lower_ for _, token in find_references(focus, sites.sentences[last], last, gazetteer, {})}
        words = {role.noun, *role.words}
        fitting = [
            entity
            for entity in focus.entities
            if (words.intersection(entity.name.lower().split()) if role.named else entity.kind is role.kind)
            and role.level in (None, entity.level)
        ]
        assert role.noun in stood or not fitting


@pytest.mark.parametrize("verb", entries("topics", "reporting", tables.Reporting, "verb"))
def test_reporting_verb_is_known_by_its_lemma(nlp, gazetteer, verb):
    for text in verb.yes:
        assert gazetteer.reporting.intersection(token.lemma_ for token in parsed(nlp, text))


@pytest.mark.parametrize("entry", entries("topics", "nameless", tables.Nameless, "name"))
def test_nameless_word_is_no_entity(nlp, gazetteer, entry):
    for text in entry.no:
        assert entry.name not in {e.name for e in directory_of(parsed(nlp, text), gazetteer).entities}


@pytest.mark.parametrize("entry", entries("topics", "instrument", tables.Word, "word"))
def test_instrument_is_an_entity_as_a_subject_alone(nlp, gazetteer, entry):
    def names(text):
        return {e.name for e in directory_of(parsed(nlp, text), gazetteer).entities}

    assert all(entry.word in names(text) for text in entry.yes)
    assert not any(entry.word in names(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "medicine", tables.Medicine, "stem"))
def test_stem_makes_a_word_the_name_of_a_medicine(nlp, gazetteer, entry):
    def medicines(text):
        found = directory_of(parsed(nlp, text), gazetteer).entities
        return [e.name for e in found if e.kind is tables.EntityKind.PRODUCT and e.name.endswith(entry.stem)]

    assert all(medicines(text) for text in entry.yes)
    assert not any(medicines(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "outbreak", tables.Word, "word"))
def test_outbreak_is_an_event_when_called_by_its_disease(nlp, gazetteer, entry):
    def events(text):
        found = directory_of(parsed(nlp, text), gazetteer).entities
        return [e.name for e in found if e.kind is tables.EntityKind.EVENT]

    assert all(events(text) for text in entry.yes)
    assert not any(events(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "contest", tables.Word, "word"))
def test_word_of_a_contest_gives_the_second_share_to_the_rival(nlp, gazetteer, entry):
    def rivals(text):
        doc = parsed(nlp, f"Maria Lopez met John Baker. {text}")
        shares = tuple(quantity(doc, match, Kind.PERCENT, "%") for match in re.findall(r"\d+(?= percent)", doc.text))
        described = describe(nlp, doc, Article(id="a", title="", body=doc.text), shares)
        return [c.number for _, _, found, _ in described for c in found if c.features["rival"]]

    assert all(rivals(text) for text in entry.yes)
    assert not any(rivals(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "opposing", tables.Word, "word"))
def test_word_between_two_shares_sets_them_against_each_other(nlp, entry):
    def rivals(text):
        doc = parsed(nlp, f"Maria Lopez met John Baker. {text}")
        shares = tuple(quantity(doc, match, Kind.PERCENT, "%") for match in re.findall(r"\d+(?= percent)", doc.text))
        described = describe(nlp, doc, Article(id="a", title="", body=doc.text), shares)
        return [c.number for _, _, found, _ in described for c in found if c.features["rival"]]

    assert all(rivals(text) for text in entry.yes)
    assert not any(rivals(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "survey", tables.Word, "word"))
def test_name_beside_the_word_for_a_survey_is_who_asked(nlp, gazetteer, entry):
    def surveyors(text):
        doc = parsed(nlp, text)
        focus = Focus(
            doc, Article(id="a", title="", body=text), directory_of(doc, gazetteer), Sites(doc, ()), gazetteer
        )
        return [focus.entities[number].name for number in focus.surveyors]

    assert all(surveyors(text) for text in entry.yes)
    assert not any(surveyors(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "legal", tables.Word, "word"))
def test_legal_form_is_left_out_of_shorter_names(nlp, gazetteer, entry):
    for text in entry.yes:
        found = directory_of(parsed(nlp, f"{text} Investors like Kestrel Mining."), gazetteer).entities
        assert [{"Kestrel Mining"} < {m.name for m in e.mentions} for e in found if "Kestrel" in e.name] == [True]


@pytest.mark.parametrize("entry", entries("topics", "address", tables.Word, "word"))
def test_form_of_address_comes_before_a_person(nlp, gazetteer, entry):
    for text in entry.yes:
        doc = parsed(nlp, text)
        found = build_directory(doc, [], set(), gazetteer).entities
        assert [(e.name, e.kind) for e in found if "Lopez" in e.name] == [("Maria Lopez", tables.EntityKind.PERSON)]


@pytest.mark.parametrize("entry", entries("topics", "parameter", tables.Word, "word"))
def test_parameter_of_a_survey_is_of_those_who_asked(nlp, gazetteer, entry):
    def surveyors(text):
        doc = parsed(nlp, f"A Quinnipiac University poll came out. {text}")
        value = quantity(doc, re.search(r"\d+", text)[0], Kind.COUNT, "point")
        ((_, names, found, _),) = describe(nlp, doc, Article(id="a", title="", body=doc.text), (value,))
        return [name for name, c in zip(names, found, strict=True) if c.features["surveyor"]]

    assert all(surveyors(text) == ["Quinnipiac University"] for text in entry.yes)
    assert not any(surveyors(text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("topics", "generic", tables.Word, "word"))
def test_generic_first_word_is_no_short_name(nlp, gazetteer, entry):
    for text in entry.yes:
        doc = parsed(nlp, f"{text} The old {entry.word.title()} did not.")
        assert entry.word.title() not in {
            m.name for e in directory_of(doc, gazetteer).entities for m in e.mentions if "Acme" in e.name
        }


@pytest.mark.parametrize("event", entries("topics", "event", tables.Event, "noun"))
def test_event_noun_makes_the_name_an_event(nlp, gazetteer, event):
    for text in event.yes:
        (found,) = [e for e in directory_of(parsed(nlp, text), gazetteer).entities if "Zelda" in e.name]
        assert found.kind is tables.EntityKind.EVENT


@pytest.mark.parametrize("owner", entries("owners", "owner", tables.Owner, "word"))
def test_owner_is_read_from_the_measure(nlp, gazetteer, owner):
    for text in owner.yes:
        assert owner.word in text
        assert gazetteer.owners[owner.word] is owner.of


def test_owner_of_a_clause_comes_from_its_nouns(nlp, gazetteer):
    doc = parsed(nlp, "The unemployment rate fell to 4%.")
    (site,) = Sites(doc, (quantity(doc, "4", Kind.PERCENT, "%"),)).all
    assert owner_of(site, gazetteer.owners) is tables.OwnerKind.COUNTRY


def subject_of(nlp, text, kind=Kind.COUNT):
    values = [
        (m[1], Kind.PERCENT if m[2] == "%" else Kind.MONEY if m[2] else kind, "%" if m[2] == "%" else "USD")
        for m in re.finditer(r"\b(\d+)(%| million)?", text)
    ]
    counted = [(v, k, "person" if k is Kind.COUNT else u) for v, k, u in values]
    return [topic.subject for topic in topics_of(nlp, text, *counted)]


@pytest.mark.parametrize("entry", entries("subjects", "movement", tables.Movement, "noun"))
def test_movement_gives_way_to_what_moves(nlp, entry):
    assert all("exports" in subject_of(nlp, text)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "counter", tables.Movement, "noun"))
def test_counter_gives_way_to_what_is_counted(nlp, entry):
    assert all("pupils" in subject_of(nlp, text)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "outcome", tables.Outcome, "verb"))
def test_outcome_follows_the_counted_noun(nlp, entry):
    assert all(entry.form in subject_of(nlp, text)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "state", tables.State, "adjective"))
def test_state_follows_the_counted_noun(nlp, entry):
    assert all(entry.adjective in subject_of(nlp, text)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "comparison", tables.Word, "word"))
def test_compared_value_is_of_the_same_thing(nlp, entry):
    for text in entry.yes:
        first, second = subject_of(nlp, text)
        assert first == second == "Sales"


@pytest.mark.parametrize("entry", entries("subjects", "amount", tables.Word, "word"))
def test_amount_names_no_measure(nlp, entry):
    assert all("Profit" in subject_of(nlp, text, Kind.MONEY)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "whole", tables.Word, "word"))
def test_whole_names_what_its_parts_count(nlp, entry):
    assert all(entry.word in subject_of(nlp, text)[0] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "area", tables.Word, "word"))
def test_area_is_named_with_what_happened_to_it(nlp, entry):
    for text in entry.yes:
        (topic,) = topics_of(nlp, text, ("40", Kind.MEASURE, entry.word))
        assert topic.subject == f"{entry.word}s burned"


@pytest.mark.parametrize("entry", entries("subjects", "deed", tables.Outcome, "verb"))
def test_deed_names_an_amount_by_itself(nlp, entry):
    assert all(subject_of(nlp, text) == [entry.form] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "direction", tables.Word, "word"))
def test_distance_is_of_the_place_before_it(nlp, entry):
    for text in entry.yes:
        (topic,) = topics_of(nlp, text, ("40", Kind.MEASURE, "mile"))
        assert topic.subject == "Quito"


@pytest.mark.parametrize("entry", entries("subjects", "composing", tables.Word, "word"))
def test_share_is_of_the_part_that_makes_it_up(nlp, entry):
    assert all(subject_of(nlp, text, Kind.PERCENT) == ["used cars"] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "grouping", tables.Word, "word"))
def test_share_is_of_the_group_set_apart(nlp, entry):
    assert all(subject_of(nlp, text, Kind.PERCENT) == ["rural voters"] for text in entry.yes)


@pytest.mark.parametrize("entry", entries("subjects", "expectation", tables.Word, "word"))
def test_expected_value_is_of_the_measure_before_it(nlp, entry):
    for text in entry.yes:
        first, second = topics_of(nlp, text, ("45 million", Kind.MONEY, "EUR"), ("40 million", Kind.MONEY, "EUR"))
        assert first.subject == second.subject == "revenue"


@pytest.mark.parametrize("compass", entries("topics", "compass", tables.Compass, "word"))
def test_point_of_the_compass_names_half_of_a_divided_country(nlp, gazetteer, compass):
    def places(text):
        return [form.place.name for _, _, form in gazetteer.find(nlp.make_doc(text))]

    assert all(f"{compass.word} Korea" in places(text) for text in compass.yes)
    assert not any(f"{compass.word} Korea" in places(text) for text in compass.no)


def classes_in(nlp, text):
    classes = noun_classes.load_noun_classes()
    return {name for token in parsed(nlp, text) if token.pos_ in ("NOUN", "PROPN") for name in classes.of(token)}


@pytest.mark.parametrize("entry", entries("noun_classes", "class", noun_classes.NounClass, "name"))
def test_noun_has_the_class_that_lists_it(nlp, entry):
    assert all(entry.name in classes_in(nlp, text) for text in entry.yes)
    assert not any(entry.name in classes_in(nlp, text) for text in entry.no)


@pytest.mark.parametrize("entry", entries("noun_classes", "ending", noun_classes.Ending, "name"))
def test_unlisted_noun_has_the_class_of_its_ending(nlp, entry):
    assert all(entry.name in classes_in(nlp, text) for text in entry.yes)
    assert not any(entry.name in classes_in(nlp, text) for text in entry.no)
