"""A small graph with a contradiction, an update, a copy, a wrong sum and hostile text, without a model."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claimgraph.records import Article, Claim, Evidence, Relation, Span
from claimgraph.stages.claims import claim_id
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status

HOSTILE = "</title><script>document.title='broken'</script>\"'><img src=x onerror=alert(1)>"


def claim_in(article, value, **fields):
    """Make a claim on the first place of `value` in the article's text."""
    start = article.text.index(value)
    sentence = next(line for line in article.text.split("\n") if value in line)
    number = Decimal(value.replace(",", ""))
    made = Claim(
        id=claim_id(article.id, start, start + len(value), value),
        article=article.id,
        outlet=article.outlet,
        published=article.published.isoformat() if article.published else None,
        sentence=sentence,
        sentence_start=article.text.index(sentence),
        start=start,
        end=start + len(value),
        value_text=value,
        low=number,
        high=number,
        qualifier=Qualifier.EXACT,
        kind=Kind.COUNT,
        unit="defector",
        change=Change.LEVEL,
        subject="defectors to the South",
        entity=("North Korea", "South Korea"),
        year=2023,
        period="2023",
        source=None,
        status=Status.ASSERTED,
        relation=None,
        confidence=0.8,
        evidence=(Evidence(field="unit", rule="quantities.noun", start=start, end=start + len(value)),),
    )
    return replace(made, **fields)


FLOOD = (
    "The river broke its banks near Ostvale after two days of rain, and rescue teams in boats brought families from "
    "the roofs of their farmhouses while the army filled sandbags along the railway. The mayor said 12 people were "
    "killed, and that the bridge to the north would stay closed until engineers had looked at its piers."
)


def flood_articles():
    """An agency's first toll, the same text in another paper, and a later toll."""
    agency = Article(id="agency", title="", body=FLOOD, outlet="North Agency", published=date(2024, 3, 2))
    mirror = Article(id="mirror", title="", body=FLOOD, outlet="The Mirror", published=date(2024, 3, 2))
    later = Article(
        id="later",
        title="Toll rises",
        body="By Sunday night 20 people were killed in the floods of Ostvale.",
        outlet="The Herald",
        published=date(2024, 3, 3),
    )
    said = {"subject": "people killed", "unit": "person", "entity": ("Ostvale",), "year": 2024, "period": "2024-03"}
    return {
        agency: (claim_in(agency, "12", source="mayor", **said),),
        mirror: (claim_in(mirror, "12", source="mayor", **said),),
        later: (claim_in(later, "20", **said),),
    }


def sums_article():
    """An article whose arithmetic does not hold: 40 and half as much again are not 80."""
    article = Article(
        id="sums",
        title="Output rises",
        body="Output of tin at the Brandt mill rose 50% from 40 to 80 tonnes in 2023.",
        outlet="Mill Gazette",
        published=date(2024, 1, 5),
    )
    about = {"subject": "output of tin", "entity": ("Brandt mill",)}
    tonnes = {**about, "kind": Kind.MEASURE, "unit": "tonne"}
    before = claim_in(article, "40", year=2022, period="2022", **tonnes)
    rise = {"kind": Kind.PERCENT, "unit": "%", "change": Change.INCREASE}
    relation = Relation(type=RelationType.CHANGE_FROM, target=before.id)
    return {
        article: (
            claim_in(article, "50", **about, **rise, relation=relation),
            before,
            claim_in(article, "80", **tonnes),
        )
    }


def sample_articles():
    herald = Article(
        id="herald",
        title="More come south",
        body="Share this\n\nThe ministry said 196 defectors arrived in 2023.\n\nIn 2022 there were 67 defectors.",
        outlet="The Herald",
        published=date(2024, 1, 18),
        url="https://herald.example/more",
        furniture=(Span(start=17, end=27),),
    )
    page = Article(id="page", title="Exodus", body="Some 800 defectors arrived in 2023.", outlet="Retirement Page")
    hostile = Article(
        id=f"x/{HOSTILE}",
        title=HOSTILE,
        body=f"{HOSTILE} says 41 goats were counted.",
        outlet=HOSTILE,
        published=date(2024, 2, 1),
        url="javascript:alert(1)",
    )
    return {
        herald: (
            claim_in(herald, "196", source="Ministry of Unification"),
            claim_in(herald, "67", year=2022, period="2022"),
        ),
        page: (claim_in(page, "800", qualifier=Qualifier.APPROXIMATELY),),
        hostile: (claim_in(hostile, "41", subject=f"goats {HOSTILE}", entity=(HOSTILE,), unit="goat"),),
        **flood_articles(),
        **sums_article(),
    }
