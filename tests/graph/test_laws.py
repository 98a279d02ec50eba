"""Laws of linking: it depends on the set of claims alone, and relations are symmetric."""

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.graph.comparing import compare
from claimgraph.graph.linking import components, link
from claimgraph.graph.questions import question, same_question
from claimgraph.graph.words import Phrases, find_phrases
from claimgraph.vocab import Qualifier, Status


@st.composite
def claim_sets(draw, make_claim):
    size = draw(st.integers(1, 12))
    made = []
    for at in range(size):
        value = draw(st.sampled_from([3, 40, 41, 43, 196, 800, 1200, 8000]))
        made.append(
            make_claim(
                str(value),
                value,
                id=f"{at % 4}#{at}",
                article=str(at % 4),
                subject=draw(st.sampled_from(["people killed", "death toll", "injured", "houses", "revenue"])),
                entity=draw(st.sampled_from([(), ("Freedonia",), ("Sylvania", "Freedonia"), ("Acme Corp",)])),
                period=draw(st.sampled_from([None, "2031", "2031-05", "2031-05-01", "2031-05-09"])),
                published=draw(st.sampled_from([None, "2031-05-02", "2031-05-09"])),
                qualifier=draw(st.sampled_from([Qualifier.EXACT, Qualifier.APPROXIMATELY])),
                status=draw(st.sampled_from([Status.ASSERTED, Status.FORECAST])),
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_link_ignores_order(make_claim, data):
    claims = data.draw(claim_sets(make_claim))
    shuffled = data.draw(st.permutations(claims))
    assert link(claims) == link(shuffled)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_comparisons_are_symmetric(make_claim, data):
    claims = data.draw(claim_sets(make_claim))
    for a in claims:
        for b in claims:
            x, y = question(a), question(b)
            assert same_question(x, y) == same_question(y, x)
            assert compare(a, b) == compare(b, a)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_components_are_those_of_networkx(make_claim, data):
    questions = {asked.key: asked for asked in map(question, data.draw(claim_sets(make_claim)))}
    graph = networkx.Graph()
    graph.add_nodes_from(questions)
    graph.add_edges_from(
        (a, b)
        for a in questions
        for b in questions
        if a < b
        and set(questions[a].blocks) & set(questions[b].blocks)
        and same_question(questions[a], questions[b]).same
    )
    expected = {frozenset(found) for found in networkx.connected_components(graph)}
    assert {frozenset(found) for found in components(questions)} == expected


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=12),
    st.sets(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=1, max_size=3).map(tuple), max_size=6),
)
def test_phrases_are_found_as_by_trying_every_length(words, phrases):
    table = Phrases({phrase: " ".join(phrase) for phrase in phrases})
    expected, at = [], 0
    while at < len(words):
        longest = max(
            (size for size in (1, 2, 3) if tuple(words[at : at + size]) in phrases and at + size <= len(words)),
            default=0,
        )
        if longest:
            expected.append((" ".join(words[at : at + longest]), at, at + longest))
        at += longest or 1
    assert list(find_phrases(words, table)) == expected
