"""The choice among proposed subjects: what is proposed, how it is described, how weights decide."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.errors import ConfigError
from claimgraph.records import Quantity, Topic
from claimgraph.stages.base import read
from claimgraph.stages.topics import describe_subjects
from claimgraph.stages.topics.weighing import GROUPS, Weighing, load_weighing
from claimgraph.vocab import Kind
from stages.topics_of import parsed, quantity, topics_of

FACTS = st.sampled_from([{"first"}, {"class=money"}, {"first", "class=money"}, {"side=before"}, set()])


def proposed(nlp, text, value, kind, unit, weighing=None):
    """Return the proposals for one value of a text, with their facts, and the chosen subject."""
    doc = parsed(nlp, text)
    return next(iter(describe_subjects(nlp, doc, (quantity(doc, value, kind, unit),), weighing)))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "value", "kind", "unit", "wanted"),
    [
        pytest.param("Copper exports rose 3%.", "3", Kind.PERCENT, "%", "Copper exports", id="noun-phrase"),
        pytest.param("The roof of the mill weighs 40 tonnes.", "40", Kind.MEASURE, "tonne", "roof", id="no-complement"),
        pytest.param("The storm cut tin output by 3%.", "3", Kind.PERCENT, "%", "tin output", id="object"),
        pytest.param("Lopez gave $40m to charity.", "$40m", Kind.MONEY, "USD", "gave to charity", id="verb"),
        pytest.param("The glacier is old. It lost 40 metres.", "40", Kind.MEASURE, "metre", "glacier", id="before"),
    ],
)
def test_nouns_and_verbs_around_a_value_are_proposed(nlp, text, value, kind, unit, wanted):
    described, _ = proposed(nlp, text, value, kind, unit)
    assert wanted in {proposal.subject.text for proposal, _ in described}


@pytest.mark.model
def test_proposals_are_different_phrases_of_the_article(nlp):
    text = "The harbour of Quito shipped 40 tonnes of tin, and the harbour of Lima shipped zinc."
    described, _ = proposed(nlp, text, "40", Kind.MEASURE, "tonne")
    phrases = [proposal.subject.text.lower() for proposal, _ in described]
    assert len(phrases) == len(set(phrases))
    assert set(chain.from_iterable(phrase.split() for phrase in phrases)) <= {
        w.strip(",.") for w in text.lower().split()
    }


@pytest.mark.model
def test_facts_tell_how_a_proposal_stands_to_the_value(nlp):
    described, _ = proposed(nlp, "Nokia said that costs rose by $40m.", "$40m", Kind.MONEY, "USD")
    facts = {proposal.subject.text: held for proposal, held in described}
    assert {"is subject", "class=money", "side=before"} <= facts["costs"]
    assert "said=nsubj" in facts["Nokia"]


@pytest.mark.model
def test_weights_overrule_the_rules(nlp):
    text = "Nokia said that costs of paper rose by $40m."
    weighing = Weighing({group: {"shape=bare": 9.0} for group in GROUPS.values()})
    _, by_rules = proposed(nlp, text, "$40m", Kind.MONEY, "USD")
    _, by_weights = proposed(nlp, text, "$40m", Kind.MONEY, "USD", weighing)
    assert (by_rules.text, by_weights.text) == ("costs of paper", "costs")
    assert by_weights.rule == "bare_at_1.0"


@pytest.mark.model
def test_evidence_names_how_the_subject_was_found_and_how_sure_that_is(nlp):
    (topic,) = topics_of(nlp, "Chilean copper exports rose 3% in May.", ("3", Kind.PERCENT, "%"))
    (evidence,) = [item for item in topic.evidence if item.field == "subject"]
    assert re.fullmatch(r"topics\.\w+_at_[01]\.\d", evidence.rule)


@pytest.mark.model
def test_same_subjects_for_the_same_text(nlp):
    text = "Nokia sold 40 masts in Peru and 12 in Chile; sales rose 3% to $40m, against $38m, and costs by 2%."

    def subjects():
        doc = nlp.get_pipe("claimgraph_quantities")(parsed(nlp, text))
        return read(nlp.get_pipe("claimgraph_topics")(doc), Topic), len(read(doc, Quantity))

    first, count = subjects()
    assert (first, count) == subjects()
    assert len(first) == count


@given(st.lists(FACTS, min_size=1, max_size=6), st.sampled_from(Kind))
def test_shares_are_a_distribution_that_grows_with_the_weights(facts, kind):
    weighing = Weighing({group: {"first": 2.0, "class=money": -1.0} for group in GROUPS.values()})
    shares = weighing.shares(facts, kind)
    assert sum(shares) == pytest.approx(1.0)
    scores = [2.0 * ("first" in held) - ("class=money" in held) for held in facts]
    assert scores.index(max(scores)) == shares.index(max(shares))


def test_unknown_weights_are_refused_by_name():
    with pytest.raises(ConfigError, match="no_such_weights"):
        load_weighing("en", "no_such_weights")


def test_every_kind_has_weights():
    assert set(load_weighing("en", "subject_weights").weights) == {GROUPS[kind] for kind in Kind}
