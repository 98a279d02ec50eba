"""The tables, declared once for SQLite and PostgreSQL.

Every table that others point to has an integer key beside its unique content id: 63-bit content hashes as primary
keys cost eighteen times the time to read thirty rows of a million (random pages), measured in the graph-stack notes.
Hashes of blocks, files and value classes are 63-bit integers, because only equality is asked of them.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    text,
)

__all__ = [
    "METADATA",
    "SCHEMA_VERSION",
    "article",
    "claim",
    "copy",
    "edge",
    "failure",
    "file",
    "fingerprint",
    "judgement",
    "meta",
    "observation",
    "question",
    "question_block",
    "ruling",
    "run",
    "stale",
    "standing",
    "ungrouped",
    "word",
]

#: Raised by one with every migration in `claimgraph.store.migrations`.
SCHEMA_VERSION = 4

METADATA = MetaData()

#: SQLite numbers rows itself only for `INTEGER PRIMARY KEY`; PostgreSQL needs 64 bits.
_KEY = BigInteger().with_variant(Integer, "sqlite")

meta = Table(
    "meta",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

#: One ingest: who wrote what hangs on it, so that changes since a run can be listed.
run = Table(
    "run",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("started", String),  # ISO 8601, as the caller gave it
    Column("fingerprint", String, nullable=False),
    Column("report", String),  # JSON; null while the run goes on, and for ever if it was killed
)

#: One file that was read to its end; `state` digests path, size, mtime and fingerprint, so a stat call tells.
file = Table(
    "file",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("path", String, unique=True, nullable=False),
    Column("state", BigInteger, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)

article = Table(
    "article",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("uid", String, unique=True, nullable=False),
    Column("digest", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("title", String, nullable=False),
    Column("body", String, nullable=False),
    Column("outlet", String),
    Column("published", String),
    Column("language", String, nullable=False),
    Column("country", String),
    Column("url", String),
    Column("author", String),
    Column("furniture", String, nullable=False),  # JSON list of [start, end]
    Column("path", String),  # the file that it was read from
    Column("claims", Integer, nullable=False),
    Column("voice", BigInteger),  # articles that copy one another share it; null: copies nobody
    Column("run", BigInteger, nullable=False),
    Index("article_voice", "voice"),
    Index("article_outlet", "outlet", "uid"),
)

failure = Table(
    "failure",
    METADATA,
    Column("article", String, primary_key=True),
    Column("stage", String, nullable=False),
    Column("problem", String, nullable=False),
    Column("digest", String),  # null: it failed before there was a text
    Column("fingerprint", String, nullable=False),
    Column("path", String),
    Column("run", BigInteger, nullable=False),
)

#: A question is what a claim answers, told from the claim alone; questions that mean the same form an observation.
question = Table(
    "question",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("key", String, unique=True, nullable=False),
    Column("facets", String, nullable=False),  # JSON of graph.records.Question
    Column("observation", BigInteger, nullable=False),
    Index("question_observation", "observation"),
)

#: Two questions can only mean the same if they share a block. Those of one question follow from its facets.
question_block = Table(
    "question_block",
    METADATA,
    Column("block", BigInteger, primary_key=True),
    Column("question", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

#: `graph.sketches.sketch` of every question: rules most candidates out without reading their facets.
question_sketch = Table(
    "question_sketch",
    METADATA,
    Column("question", _KEY, primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)

#: Verdicts that two questions mean the same, in both directions.
edge = Table(
    "question_edge",
    METADATA,
    Column("a", BigInteger, primary_key=True),
    Column("b", BigInteger, primary_key=True),
    Column("confidence", Float, nullable=False),
    sqlite_with_rowid=False,
)

#: Words of a question, for finding it from plain words; `year` narrows long lists (0: timeless).
word = Table(
    "question_word",
    METADATA,
    Column("word", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("question", BigInteger, primary_key=True),
    Index("question_word_question", "question"),
    sqlite_with_rowid=False,
)

claim = Table(
    "claim",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("uid", String, unique=True, nullable=False),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("question", BigInteger, nullable=False),
    Column("value_class", BigInteger, nullable=False),  # claims of one question and class state the same
    Column("origin", String, nullable=False),  # who is behind the figure: the cited source, else the outlet
    Column("sentence", String, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value_text", String, nullable=False),
    Column("low", String),  # decimals as text: their precision decides whether two figures agree
    Column("high", String),
    Column("qualifier", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("change", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("entity", String, nullable=False),  # JSON list
    Column("year", Integer),
    Column("period", String),
    Column("source", String),
    Column("status", String, nullable=False),
    Column("relation_type", String),
    Column("relation_target", String),
    Column("confidence", Float, nullable=False),
    Column("evidence", String, nullable=False),  # JSON list of [field, rule, start, end]
    Index("claim_article", "article"),
    Index("claim_question", "question", "value_class"),
)

#: What is known of an observation, kept up with every article, so that lists are index scans.
observation = Table(
    "observation",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("key", String, unique=True, nullable=False),  # the smallest key of its questions
    Column("subject", String, nullable=False),  # of the claim that speaks for it
    Column("entity", String, nullable=False),  # JSON list
    Column("kind", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("change", String, nullable=False),
    Column("status", String, nullable=False),
    Column("year", Integer),
    Column("period", String),
    Column("claims", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("origins", Integer, nullable=False),  # independent ones: copies and shared sources count once
    Column("classes", Integer, nullable=False),
    Column("agreeing", Integer, nullable=False),  # classes that agree in pairs or that several articles state
    Column("updating", Integer, nullable=False),  # pairs of classes
    Column("contradicting", Integer, nullable=False),
    Column("gap", Float, nullable=False),  # largest contradiction: 1 - smaller / larger value, 0 to 1
    Column("support", Integer, nullable=False),  # independent origins on the weaker side of the best contradiction
    Column("score", Float, nullable=False),  # how much the contradiction matters; 0 where there is none
    Column("worst", String),  # JSON: the heaviest contradiction, its sides and the reason
    Column("published", String),  # last publication
    Column("outlet_names", String, nullable=False),  # JSON list, sorted
    Column("run", BigInteger, nullable=False),  # the last run that changed any of this
    Index("observation_score", text("score DESC")),
    Index("observation_run", "run"),
    Index("observation_subject", "subject", "year"),
    Index("observation_entity", "entity"),  # read from end to end for a part of a name: a twentieth of the table
    Index("observation_year", "year"),
    Index("observation_rank", text("origins DESC"), text("claims DESC"), text("published DESC"), "key"),
)

#: Observations whose summary is due: hot ones are summed up once a batch, not once an article.
stale = Table("stale", METADATA, Column("observation", BigInteger, primary_key=True))

#: Questions of large regions that are grouped once a batch; until then each answers for itself.
ungrouped = Table("ungrouped", METADATA, Column("question", BigInteger, primary_key=True))

#: Sampled five-word hashes of every article's text, to find its copies. Those of one article follow from its text.
fingerprint = Table(
    "fingerprint",
    METADATA,
    Column("hash", BigInteger, primary_key=True),
    Column("article", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

#: Whether the others who answer an observation confirm an origin; see `store.standings`.
standing = Table(
    "standing",
    METADATA,
    Column("observation", BigInteger, primary_key=True),
    Column("origin", String, primary_key=True),
    Column("confirmed", Boolean, nullable=False),
    Index("standing_origin", "origin", "confirmed"),
    sqlite_with_rowid=False,
)

#: Pairs of articles of which one copies the other, in both directions.
copy = Table(
    "copy",
    METADATA,
    Column("a", BigInteger, primary_key=True),
    Column("b", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

#: What people decided; hangs on places in articles, which may be gone or not be here yet.
judgement = Table(
    "judgement",
    METADATA,
    Column("id", _KEY, primary_key=True),
    Column("uid", String, unique=True, nullable=False),
    Column("ruling", String, nullable=False),  # wrong, same, different
    Column("author", String, nullable=False),
    Column("made", String, nullable=False),  # ISO 8601
    Column("note", String, nullable=False),
    Column("a_article", String, nullable=False),
    Column("a_start", Integer, nullable=False),
    Column("a_end", Integer, nullable=False),
    Column("a_sentence", String, nullable=False),
    Column("a_value_text", String, nullable=False),
    Column("b_article", String),  # null for a claim that is wrong by itself
    Column("b_start", Integer),
    Column("b_end", Integer),
    Column("b_sentence", String),
    Column("b_value_text", String),
    Index("judgement_a", "a_article"),
    Index("judgement_b", "b_article"),
)

#: Questions that must (or must never) be one, in both directions; follows from judgements and claims.
ruling = Table(
    "ruling",
    METADATA,
    Column("a", BigInteger, primary_key=True),
    Column("b", BigInteger, primary_key=True),
    Column("judgement", String, primary_key=True),
    Column("must", Boolean, nullable=False),
    Index("ruling_judgement", "judgement"),
    sqlite_with_rowid=False,
)
