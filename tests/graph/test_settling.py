"""All answers of one observation compared, with how sure that is."""

import pytest

from claimgraph.graph.settling import Statement, settle
from claimgraph.vocab import Change, Kind, Label, Qualifier, Status

BOTH = (("post", "42"), ("times", "44"))
RATE = {"kind": Kind.PERCENT, "unit": "%", "subject": "inflation", "period": "2031-04"}


@pytest.fixture
def settled(make_claim):
    """Compare statements given as (article, text, value, fields); return the labels by pairs of positions."""

    def compare(*said):
        claims = [
            make_claim(text, value, article=article, **{"high": value} | fields)
            for article, text, value, fields in said
        ]
        found = settle([Statement(claim, frozenset({claim.article})) for claim in claims])
        return {(a, b): comparison for a, b, comparison in found}

    return compare


def test_equal_facets_and_other_figures_contradict(settled):
    found = settled(("post", "4.1", "4.1", RATE), ("times", "4.3", "4.3", RATE))
    assert found[0, 1].label is Label.CONTRADICT
    assert 0.4 <= found[0, 1].confidence <= 1


def test_a_figure_beside_the_right_one_contradicts_less(settled):
    """The Post gives 4.1 and 4.3, the Times 4.1: the 4.3 is more likely of another month than wrong."""
    alone = settled(("post", "4.3", "4.3", RATE), ("times", "4.1", "4.1", RATE))
    both = settled(("post", "4.3", "4.3", RATE), ("times", "4.1", "4.1", RATE), ("post", "4.1", "4.1", RATE))
    assert (0, 2) not in both
    assert both[0, 1].label is not Label.CONTRADICT or both[0, 1].confidence < alone[0, 1].confidence


def test_vague_words_contradict_nobody(settled):
    people = {"subject": "people in the square", "high": None, "qualifier": Qualifier.AT_LEAST}
    found = settled(
        ("post", "millions", 2_000_000, people), ("times", "40,000", 40_000, {"subject": "people in the square"})
    )
    assert all(item.label is not Label.CONTRADICT for item in found.values())


def test_two_articles_that_both_give_two_figures_contradict_nowhere(settled):
    """Both sides of a vote stand in both articles: 5 to 4 is no contradiction of 5 to 4."""
    votes = {"unit": "vote", "subject": "vote", "entity": ("Supreme Court",), "period": "2031"}
    found = settled(*((paper, value, value, votes) for paper in ("post", "times") for value in ("4", "5")))
    assert all(item.label is not Label.CONTRADICT for item in found.values())


def test_a_rivals_figure_beside_the_own_one_still_contradicts(settled):
    """The Post sets the opponent's 30 against its own 35.7: a dispute, not two questions."""
    taxes = {"kind": Kind.PERCENT, "unit": "%", "subject": "tax rate", "entity": ("Jane Roe",), "period": "2031"}
    told = ("post", "30", "30", taxes | {"source": "John Doe"})
    found = settled(told, ("post", "35.7", "35.7", taxes), ("times", "35.7", "35.7", taxes))
    plain = settled(("post", "30", "30", taxes), ("post", "35.7", "35.7", taxes), ("times", "35.7", "35.7", taxes))
    assert found[0, 2].label is Label.CONTRADICT
    assert plain[0, 2].confidence < found[0, 2].confidence


def test_bounds_contradict_less(settled):
    """*Up to 4.1* and *up to 4.8* may both hold."""
    bound = RATE | {"qualifier": Qualifier.AT_MOST}
    exact = settled(("post", "4.1", "4.1", RATE), ("times", "9.8", "9.8", RATE))
    bounds = settled(("post", "4.1", None, bound | {"high": 4.1}), ("times", "9.8", None, bound | {"high": 9.8}))
    assert bounds[0, 1].label is not Label.CONTRADICT or bounds[0, 1].confidence < exact[0, 1].confidence


def test_a_rise_and_a_fall_of_a_count_contradict_less(settled):
    jobs = {"subject": "payrolls", "unit": "job", "period": "2031-04"}
    rise, fall = (jobs | {"change": change} for change in (Change.INCREASE, Change.DECREASE))
    both = settled(("post", "41,000", 41_000, rise), ("times", "44,000", 44_000, rise))
    other = settled(("post", "41,000", 41_000, rise), ("times", "44,000", 44_000, fall))
    assert other[0, 1].label is not Label.CONTRADICT or other[0, 1].confidence < both[0, 1].confidence


def test_denied_small_numbers_contradict_less(settled):
    """That somebody wants no four more years denies nobody else's four years."""
    homes = {"unit": "home", "subject": "homes lost", "entity": ("Acme",), "period": "2031"}
    denied = homes | {"status": Status.DENIED}
    small = settled(("post", "four", 4, homes), ("times", "four", 4, denied))
    telling = settled(("post", "4,321", 4321, homes), ("times", "4,321", 4321, denied))
    assert small[0, 1].label is not Label.CONTRADICT or small[0, 1].confidence < telling[0, 1].confidence


def test_bare_nouns_contradict_less(settled):
    """*42 states* and *44 states* need not be the same states' doing anything."""
    states = {"unit": "state", "entity": ("Acme",), "period": "2031-05"}
    bare = settled(*((paper, value, value, states | {"subject": "states"}) for paper, value in BOTH))
    deaths = {"unit": "death", "subject": "cholera deaths", "period": "2030"} | {"entity": ("Acme",)}
    named = settled(*((paper, value, value, deaths) for paper, value in BOTH))
    assert named[0, 1].label is Label.CONTRADICT
    assert bare[0, 1].label is Label.RELATED or bare[0, 1].confidence < named[0, 1].confidence


def test_somebody_else_named_on_each_side_contradicts_less(settled):
    """*Acme's and Bolt's sales*, *Acme's and Quill's*: those of different branches, perhaps."""
    sold = {"kind": Kind.MONEY, "unit": "USD", "subject": "revenue", "period": "2030"}
    others = [("Acme", "Bolt"), ("Acme", "Quill")]
    apart = settled(*((p, v, v, sold | {"entity": who}) for (p, v), who in zip(BOTH, others, strict=True)))
    one = settled(*((p, v, v, sold | {"entity": ("Acme", "Bolt")}) for p, v in BOTH))
    assert one[0, 1].label is Label.CONTRADICT
    assert apart[0, 1].label is Label.RELATED or apart[0, 1].confidence < one[0, 1].confidence


def test_shares_of_a_population_contradict_less(settled):
    """*42% of the population* and *44% of the population* may be any two groups."""
    share = {"kind": Kind.PERCENT, "unit": "%", "entity": ("Peru",), "period": "2030"}
    whole = settled(*((paper, value, value, share | {"subject": "population"}) for paper, value in BOTH))
    rate = settled(*((paper, value, value, share | {"subject": "unemployment rate"}) for paper, value in BOTH))
    assert rate[0, 1].label is Label.CONTRADICT
    assert whole[0, 1].label is Label.RELATED or whole[0, 1].confidence < rate[0, 1].confidence


RATES = tuple((paper, value, value, RATE | {"entity": ("Peru",)}) for paper, value in BOTH)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"outlet": "The Post"}, {"outlet": "The Post"}, id="one outlet"),
        pytest.param({"published": "2031-05-01"}, {"published": "2031-09-01"}, id="months apart"),
    ],
)
def test_who_may_have_learnt_better_contradicts_less(settled, first, second):
    plain = settled(*RATES)
    told = settled(*((*said[:3], said[3] | more) for said, more in zip(RATES, (first, second), strict=True)))
    assert plain[0, 1].label is Label.CONTRADICT
    assert told[0, 1].label is Label.RELATED or told[0, 1].confidence < plain[0, 1].confidence


def test_handfuls_of_something_contradict_less(settled):
    """*Two swing states* and *seven swing states* are those of two contests, more likely than not."""
    races = {"unit": "race", "subject": "key senate races", "entity": ("Peru",), "period": "2030"}
    few = settled(*((paper, value, value, races) for paper, value in (("post", "5"), ("times", "7"))))
    many = settled(*((paper, value, value, races) for paper, value in (("post", "50"), ("times", "70"))))
    assert many[0, 1].label is Label.CONTRADICT
    assert few[0, 1].label is Label.RELATED or few[0, 1].confidence < many[0, 1].confidence
