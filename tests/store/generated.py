"""Made-up articles with claims for the tests of store and graph: small pools, so that questions meet often."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, func, select

from claimgraph.records import Article, Claim, Evidence, Failure, Relation
from claimgraph.store.attach import Attachment, attach, settle
from claimgraph.store.rows import article_digest
from claimgraph.store.schema import article, claim, copy, observation, question, standing
from claimgraph.store.store import Store
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status

ENTITIES = (("Norland",), ("Port Vesper", "Norland"), ("Ostrava Mills",), ())
SUBJECTS = ("people killed", "the death toll", "homes without power", "unemployment rate", "exports of tin")
SOURCES = (None, "Ministry of Trade", "police", "Ministry of Trade officials")
OUTLETS = ("The Harbour Post", "Norland Times", None)
WORDS = (
    "river", "bridge", "storm", "council", "winter", "market", "engine", "harbour", "forest", "signal", "letter",
    "garden", "copper", "window", "thunder", "village", "hospital", "railway", "mountain", "island",
)  # fmt: skip


def make_claim(article_id: str, at: int = 0, **fields: Any) -> Claim:
    """Return a claim with sensible fields, some of them replaced."""
    value = str(fields.pop("value", 12))
    sentence = fields.pop("sentence", f"It counted {value} of them.")
    start = at * 100 + 11
    values = {
        "id": f"{article_id}-{at}",
        "article": article_id,
        "outlet": None,
        "published": None,
        "sentence": sentence,
        "sentence_start": at * 100,
        "start": start,
        "end": start + len(value),
        "value_text": value,
        "low": Decimal(value),
        "high": Decimal(value),
        "qualifier": Qualifier.EXACT,
        "kind": Kind.COUNT,
        "unit": "person",
        "change": Change.LEVEL,
        "subject": "people killed",
        "entity": ("Norland",),
        "year": 2021,
        "period": "2021",
        "source": None,
        "status": Status.ASSERTED,
        "relation": None,
        "confidence": 0.5,
        "evidence": (Evidence(field="unit", rule="test.rule", start=start, end=start + 2),),
    }
    return Claim(**(values | fields))


def attachment(article_id: str, claims: Sequence[Claim], body: str = "", **fields: Any) -> Attachment:
    """Return an article with claims, ready to be attached; the claims take outlet and date of the article."""
    made = Article(id=article_id, title="", body=body or article_id, **fields)
    published = made.published.isoformat() if made.published else None
    own = tuple(replace(item, outlet=made.outlet, published=published) for item in claims)
    return Attachment(article=made, claims=own, digest=article_digest(made), fingerprint="test")


def random_attachment(random: Random, number: int) -> Attachment:
    """Return the article of this number: two to six claims from the pools, sometimes a copy of another one's text."""
    from datetime import date, timedelta

    name = f"a{number:06d}"
    day = random.choice([None, date(2021, 3, 1) + timedelta(days=random.randrange(20))])
    claims = [_random_claim(random, name, at) for at in range(random.randint(2, 6))]
    story = Random(random.randrange(8))
    body = " ".join(story.choice(WORDS) for _ in range(150))
    return attachment(name, claims, body, outlet=random.choice(OUTLETS), published=day)


def _random_claim(random: Random, name: str, at: int) -> Claim:
    value = random.choice((3, 12, 14, 800, 1_200))
    kind, unit = random.choice(((Kind.COUNT, "person"), (Kind.COUNT, "home"), (Kind.PERCENT, "%")))
    return make_claim(
        name,
        at,
        value=value,
        qualifier=random.choice((Qualifier.EXACT, Qualifier.APPROXIMATELY)),
        kind=kind,
        unit=unit,
        subject=random.choice(SUBJECTS),
        entity=random.choice(ENTITIES),
        year=random.choice((2020, 2021)),
        period=random.choice(("2021", "2021-03", None)),
        source=random.choice(SOURCES),
        status=random.choice((Status.ASSERTED, Status.FORECAST)),
        relation=random.choice((None, Relation(type=RelationType.SHARE_OF, target=f"{name}-0"))),
    )


def dump(connection: Connection) -> dict[str, Any]:
    """Return the graph in terms of contents, without the numbers that depend on the order of arrival."""
    observations = {}
    for row in connection.execute(select(observation)).mappings():
        values = {name: value for name, value in row.items() if name not in ("id", "run", "key")}
        observations[row["key"]] = values
    belongs = connection.execute(
        select(claim.c.uid, observation.c.key, question.c.key)
        .join(question, question.c.id == claim.c.question)
        .join(observation, observation.c.id == question.c.observation)
    )
    copies = {tuple(row) for row in connection.execute(_copies())}
    voices: dict[int, set[str]] = {}
    for uid, voice in connection.execute(select(article.c.uid, func.coalesce(article.c.voice, -article.c.id))):
        voices.setdefault(voice, set()).add(uid)
    standings = connection.execute(
        select(observation.c.key, standing.c.origin, standing.c.confirmed).join(
            observation, observation.c.id == standing.c.observation, isouter=True
        )
    )
    return {
        "observations": observations,
        "standings": {tuple(row) for row in standings},
        "claims": {uid: (found, asked) for uid, found, asked in belongs},
        "copies": copies,
        "voices": sorted(map(sorted, voices.values())),
    }


def _copies():
    a, b = article.alias(), article.alias()
    return select(a.c.uid, b.c.uid).join(copy, copy.c.a == a.c.id).join(b, b.c.id == copy.c.b)


def everything(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that holds the graph, so that nothing can be left behind unseen."""
    from claimgraph.store.schema import METADATA

    kept = {"meta", "run", "file", "failure", "judgement"}
    return {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in METADATA.tables.items()
        if name not in kept
    }


_PATTERN = re.compile(r"(\d+) people were killed")


def extract(articles):
    """Claim every count of killed people; an article that says BREAK fails."""
    for item in articles:
        if "BREAK" in item.text:
            yield item, Failure(article=item.id, stage="numbers", problem="made to fail")
            continue
        found = enumerate(_PATTERN.finditer(item.text))
        yield item, tuple(_killed(item, at, match) for at, match in found)


def _killed(item: Article, at: int, match: re.Match[str]):
    published = item.published.isoformat() if item.published else None
    return make_claim(
        item.id,
        at,
        value=match[1],
        outlet=item.outlet,
        published=published,
        sentence=item.text,
        sentence_start=0,
        start=match.start(1),
        end=match.end(1),
    )


def build(items: Sequence[Attachment], sizes: Sequence[int] = (1,)) -> Store:
    """Attach articles in batches of the given sizes, over and over."""
    store = Store(":memory:")
    at, turn = 0, 0
    while at < len(items):
        size = sizes[turn % len(sizes)]
        with store.writer() as connection:
            attach(connection, items[at : at + size], run=1)
        at, turn = at + size, turn + 1
    return store


def contents(store: Store) -> tuple[Any, Any]:
    """Return what a settled graph holds: its rows, and all that can be asked of it."""
    with store.writer() as connection:
        settle(connection, run=1)
    with store.view() as connection:
        return dump(connection), everything(connection)
