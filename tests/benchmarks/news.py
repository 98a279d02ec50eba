"""Generated news in any amount, the same for a seed, with the statistics of real articles.

Measured on the claims of 1,000 articles of `../shared/bulk`: 690 words and 8.3 claims an article (tenths: 1 2 3 4 6 7
9 12 18, at most 82), sentences of 160 characters; one entity in eight is the commonest one, 1,350 first entities in
8,300 claims; three claims in a hundred have no entity, one has no period, 23 name a measure of the lexicon, 32 a
source; periods: 38 a day, 33 a year, 18 a month, 9 another span; values of 1, 2, 3 … significant digits: 37, 21, 10 …;
of the kinds 43 count, 18 money, 17 per cent, 7 durations, 15 others. One article in a hundred copies another one.
A sample of eight years shows few stories twice, so how often papers of one day repeat each other is a guess:
half of the articles belong to a story, and half of a story's claims repeat one of its figures, one in ten with another
value.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random
from typing import Any

from claimgraph.records import Article, Claim, Evidence
from claimgraph.store.preparing import Attachment, Prepared, prepare
from claimgraph.store.rows import article_digest
from claimgraph.vocab import Change, Kind, Qualifier, Status

__all__ = ["article", "articles", "flood", "prepared"]

_SYLLABLES = (
    "ba ke lo mi nu ra se ti vo za dor fen gal hul jin kor lam mor nev pol rus sim tor ulm ven wes yar zel "
    "bri cle dra fro gri pla stu tre"
)
SYLLABLES = _SYLLABLES.split()
COUNTRIES = (
    "United States",
    "Germany",
    "Japan",
    "Argentina",
    "Norway",
    "Kenya",
    "Brazil",
    "Vietnam",
    "Chile",
    "Poland",
)
MEASURES = ("deaths", "injuries", "revenue", "net profit", "inflation", "unemployment rate", "exports", "imports",
            "sales", "production", "wages", "layoffs", "arrests", "cases", "prices", "debt")  # fmt: skip
SIZES = (1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6, 7, 8, 9, 10, 12, 15, 18, 24, 36)
KINDS = ((Kind.COUNT, "person"),) * 20 + ((Kind.COUNT, ""),) * 24 + ((Kind.MONEY, "USD"),) * 14 + (
    (Kind.MONEY, "EUR"),) * 4 + ((Kind.PERCENT, "%"),) * 17 + ((Kind.DURATION, "year"),) * 7 + (
    (Kind.MEASURE, "kilometre"),) * 8 + ((Kind.MULTIPLE, "times"),) * 6  # fmt: skip
OUTLETS = 120
_VOCABULARY = 12_000
_NAMES = 40_000
_STORIES = 60  # that are in the news at a time


@lru_cache(maxsize=65_536)
def _word(rank: int) -> str:
    source = Random(rank)
    return "".join(source.choice(SYLLABLES) for _ in range(2 + rank % 2))


@lru_cache(maxsize=65_536)
def _name(rank: int) -> str:
    if rank <= len(COUNTRIES):
        return COUNTRIES[rank - 1]
    words = 1 + rank % 2
    return " ".join(_word(rank * 7 + at).title() for at in range(words))


def _zipf(random: Random, size: int) -> int:
    """Draw a rank from 1: the chance is one over the rank."""
    return int(size ** random.random())


def articles(seed: int, *, per_day: int = 100, start: int = 0) -> Iterator[Attachment]:
    """Yield articles without end, by day; those of a number are the same whatever the start is.

    Args:
        seed: of everything.
        per_day: articles published on one day.
        start: number of the first article.
    """
    number = start
    while True:
        yield article(seed, number, per_day)
        number += 1


def prepared(number: int) -> Prepared:
    """Return the article of a number, ready to be written."""
    return prepare(article(1, number, 100))


def article(seed: int, number: int, per_day: int) -> Attachment:
    """Return the article of a number."""
    random = Random(seed * 1_000_003 + number)
    if number and random.random() < 0.01:
        return _copy(article(seed, number - 1 - random.randrange(min(number, per_day)), per_day), random, number)
    day = date(2010, 1, 1) + timedelta(days=number // per_day)
    name = f"n{number:08d}"
    story = day.toordinal() // 3 * _STORIES + _zipf(random, _STORIES) if random.random() < 0.5 else None
    body = " ".join(_word(_zipf(random, _VOCABULARY)) for _ in range(690))
    read = Article(id=name, title=f"Story {number}", body=body, outlet=f"The {_name(50 + _zipf(random, OUTLETS))} Post",
                   published=day)  # fmt: skip
    claims = [_claim(random, read, at, day, story) for at in range(random.choice(SIZES))]
    return Attachment(article=read, claims=tuple(claims), digest=article_digest(read), fingerprint="generated")


def _copy(original: Attachment, random: Random, number: int) -> Attachment:
    """Print an article again, under another name."""
    old = original.article
    name, outlet = f"n{number:08d}", f"The {_name(50 + _zipf(random, OUTLETS))} Post"
    read = Article(id=name, title=old.title, body=old.body, outlet=outlet, published=old.published)
    claims = tuple(_moved(claim, name, outlet) for claim in original.claims)
    return Attachment(article=read, claims=claims, digest=article_digest(read), fingerprint="generated")


def _moved(claim: Claim, article: str, outlet: str) -> Claim:
    values = {name: getattr(claim, name) for name in claim.__slots__}
    place = claim.id.rpartition("-")[2]
    return Claim(**(values | {"id": f"{article}-{place}", "article": article, "outlet": outlet}))


def _claim(random: Random, read: Article, at: int, day: date, story: int | None) -> Claim:
    told = story is not None and random.random() < 0.5
    facts = Random(f"{story} {_zipf(random, 12)}") if told else random
    fields = _facts(facts, day if not told else date.fromordinal(day.toordinal() // 3 * 3))
    if told and random.random() < 0.1:
        fields |= _value(random)
    return _said(random, read, at, day, fields)


def _facts(random: Random, day: date) -> dict[str, Any]:
    """Make up what a claim states."""
    kind, unit = random.choice(KINDS)
    words = [_word(_zipf(random, _VOCABULARY)) for _ in range(random.choice((1, 1, 2, 3)))]
    if random.random() < 0.23:
        words.append(random.choice(MEASURES))
    entity = tuple(dict.fromkeys(_name(_zipf(random, _NAMES)) for _ in range(random.choice((1, 1, 1, 2, 2, 3)))))
    return {
        "kind": kind,
        "unit": unit or words[0],
        "subject": " ".join(words),
        "entity": entity if random.random() > 0.03 else (),
        **_period(random, day),
        **_value(random),
    }


def _period(random: Random, day: date) -> dict[str, Any]:
    drawn = random.random()
    if drawn < 0.38:
        return {"year": day.year, "period": day.isoformat()}
    if drawn < 0.71:
        return {"year": day.year - random.randrange(3), "period": None}
    if drawn < 0.89:
        return {"year": day.year, "period": f"{day:%Y-%m}"}
    if drawn < 0.99:
        return {"year": day.year, "period": f"{day - timedelta(days=random.choice((7, 30, 90)))}/{day}"}
    return {"year": None, "period": None}


def _value(random: Random) -> dict[str, Any]:
    """Draw significant digits, then a size."""
    digits = random.choices((1, 2, 3, 4, 5, 6), (37, 21, 15, 10, 9, 8))[0]
    value = Decimal(random.randrange(10 ** (digits - 1), 10**digits)) * 10 ** random.choice((0, 0, 0, 0, 1, 2, 3))
    return {"low": value, "high": value, "value_text": f"{value:,}"}


def _said(random: Random, read: Article, at: int, day: date, fields: dict[str, Any]) -> Claim:
    """Put a statement into a sentence of 160 characters."""
    before, after = (" ".join(_word(_zipf(random, _VOCABULARY)) for _ in range(9)) for _ in range(2))
    text, start = fields["value_text"], at * 200 + len(before) + 1
    return Claim(
        id=f"{read.id}-{at}",
        article=read.id,
        outlet=read.outlet,
        published=day.isoformat(),
        sentence=f"{before} {text} {fields['subject']} {after}.",
        sentence_start=at * 200,
        start=start,
        end=start + len(text),
        qualifier=Qualifier.EXACT if random.random() < 0.85 else Qualifier.APPROXIMATELY,
        change=Change.LEVEL if random.random() < 0.9 else Change.INCREASE,
        source=_name(_zipf(random, _NAMES)) if random.random() < 0.32 else None,
        status=Status.ASSERTED if random.random() < 0.92 else Status.FORECAST,
        relation=None,
        confidence=0.7,
        evidence=(
            Evidence(field="kind", rule="generated.kind", start=start, end=start + len(text)),
            Evidence(field="entity", rule="generated.entity", start=at * 200, end=at * 200 + 5),
        ),
        **fields,
    )


def flood(size: int, *, values: int = 12, counted: str = "people killed", unit: str = "person") -> Iterator[Attachment]:
    """Yield one-claim articles that all answer one question with a few values, each in words of its own.

    counted: the subject; with one that names no measure (*tents*), the words of its own make each question another one.
    """
    for number in range(size):
        random = Random(number)
        day = date(2020, 3, 2)
        value = Decimal(300 + 10 * random.randrange(values))
        read = Article(id=f"f{number:06d}", title="", body=f"f{number}", outlet=f"Paper {number % 500}", published=day)
        said = {"low": value, "high": value, "value_text": str(value), "year": 2020, "period": "2020-03-02"}
        fields = {"kind": Kind.COUNT, "unit": unit, "subject": counted, "entity": ("Norway",), **said}
        claim = _said(random, read, 0, day, fields)
        yield Attachment(article=read, claims=(claim,), digest=article_digest(read), fingerprint="generated")
