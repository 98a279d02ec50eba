import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from generated import make_claim
from hypothesis import given, settings
from hypothesis import strategies as st

from claimgraph.export import CLAIM_FIELDS, claim_to_line
from claimgraph.records import Article, Evidence, Relation, Span
from claimgraph.shards.tables import articles_table, attachments, claims_table, parquet
from claimgraph.store.rows import article_digest
from claimgraph.vocab import Change, Kind, Qualifier, RelationType, Status

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
PLACES = st.integers(0, 10**6)
BOUNDS = st.none() | st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from([Decimal("1.2E+9")])
EVIDENCE = st.builds(Evidence, field=WORDS, rule=WORDS, start=PLACES, end=PLACES)
FIELDS = st.fixed_dictionaries(
    {
        "outlet": st.none() | WORDS,
        "published": st.none() | WORDS,
        "sentence": WORDS,
        "low": BOUNDS,
        "high": BOUNDS,
        "qualifier": st.sampled_from(Qualifier),
        "kind": st.sampled_from(Kind),
        "change": st.sampled_from(Change),
        "unit": WORDS,
        "subject": WORDS,
        "entity": st.lists(WORDS, max_size=3).map(tuple),
        "year": st.none() | st.integers(-(10**6), 10**6),
        "period": st.none() | WORDS,
        "source": st.none() | WORDS,
        "status": st.sampled_from(Status),
        "relation": st.none() | st.builds(Relation, type=st.sampled_from(RelationType), target=WORDS),
        "confidence": st.floats(0, 1).map(lambda number: round(number, 4)),
        "evidence": st.lists(EVIDENCE, max_size=3).map(tuple),
    }
)
MOMENTS = st.none() | st.dates() | st.datetimes(timezones=st.none() | st.just(UTC))
ARTICLES = st.builds(
    Article,
    id=WORDS,
    title=WORDS,
    body=WORDS,
    outlet=st.none() | WORDS,
    published=MOMENTS.map(lambda moment: moment.replace(second=0, microsecond=0) if _has_time(moment) else moment),
    url=st.none() | WORDS,
    author=st.none() | WORDS,
    furniture=st.lists(st.builds(Span, start=PLACES, end=PLACES), max_size=2).map(tuple),
)


def _has_time(moment: date | None) -> bool:
    return isinstance(moment, datetime)


def shard(items):
    """Write articles with their claims as a shard and read it back."""
    rows = [("a/path.txt", article, own) for article, own in items]
    tables = claims_table([claim for _, own in items for claim in own]), articles_table(rows)
    claims, articles = (pq.read_table(io.BytesIO(parquet(table))) for table in tables)
    return list(attachments(claims, articles, "pipeline"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ARTICLES, st.lists(FIELDS, max_size=3)), max_size=3))
def test_articles_and_claims_survive_exactly(drawn):
    items = [
        (article, tuple(make_claim(article.id, at, **fields) for at, fields in enumerate(own)))
        for article, own in drawn
    ]
    found = shard(items)
    assert [(item.article, item.claims) for item in found] == items
    # equal decimals may differ in the precision that was stated
    assert [repr(item.claims) for item in found] == [repr(own) for _, own in items]
    assert [item.digest for item in found] == [article_digest(article) for article, _ in items]
    assert {(item.path, item.fingerprint) for item in found} <= {("a/path.txt", "pipeline")}


def test_claims_read_as_the_lines_of_the_json_export():
    relation = Relation(type=RelationType.SHARE_OF, target="post-0")
    claims = [make_claim("post", 0), make_claim("post", 1, value="2.5", relation=relation, entity=(), high=None)]
    table = claims_table(claims)
    assert tuple(table.column_names) == CLAIM_FIELDS
    assert table.to_pylist() == [claim_to_line(claim) for claim in claims]


def test_nested_and_numeric_columns_have_their_types_even_without_rows():
    schema = claims_table([]).schema
    assert schema.field("entity").type == pa.list_(pa.string())
    assert schema.field("relation").type == pa.struct({"type": pa.string(), "target": pa.string()})
    assert schema.field("low").type == pa.float64()


def test_what_no_file_can_hold_is_replaced_as_in_the_store():
    claim = make_claim("post", 0, sentence="broken \ud800 text", entity=("Nor\0land",))
    (found,) = shard([(Article(id="post", title="", body="broken \ud800 text"), (claim,))])
    assert found.claims == (replace(claim, sentence="broken \ufffd text", entity=("Nor\ufffdland",)),)


def test_numbers_beyond_floats_are_infinite_for_readers_and_exact_for_the_graph():
    claim = make_claim("post", 0, low=Decimal("1E+400"), high=None)
    assert claims_table([claim]).column("low").to_pylist() == [float("inf")]
    (found,) = shard([(Article(id="post", title="", body="x"), (claim,))])
    assert str(found.claims[0].low) == "1E+400"


def test_equal_tables_are_equal_bytes():
    assert parquet(claims_table([make_claim("a")])) == parquet(claims_table([make_claim("a")]))
