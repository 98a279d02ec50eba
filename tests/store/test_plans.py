"""No statement of the hot path reads a big table from end to end: attaching an article, answering questions."""

from random import Random

import pytest
from generated import random_attachment
from sqlalchemy import event, text

from claimgraph.store.asking import ask
from claimgraph.store.attach import attach, settle
from claimgraph.store.observations import Filter, conflicts, observation_view, observations

BIG = (
    "article", "claim", "copy", "fingerprint", "observation", "question", "question_block", "question_edge",
    "question_sketch", "question_word",
)  # fmt: skip


@pytest.fixture
def filled(store):
    random = Random(3)
    with store.writer() as connection:
        attach(connection, [random_attachment(random, number) for number in range(40)], run=1)
        settle(connection, run=1)
    return store


def statements(connection, work):
    """Return what the work sends to the database, with the values."""
    sent = []

    def note(_connection, _cursor, statement, parameters, _context, executemany):
        if not executemany and statement.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
            sent.append((statement, parameters))

    event.listen(connection.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection.engine, "before_cursor_execute", note)
    return sent


def read_from_end_to_end(connection, statement, parameters):
    """Return the big tables that a plan scans without an index."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        steps = [row[-1].split() for row in plan]
        return [words[1] for words in steps if words[0] == "SCAN" and words[1] in BIG and "INDEX" not in words]
    connection.execute(text("SET LOCAL enable_seqscan = off"))  # small tables are scanned unless there is no other way
    plan = [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return [line for line in plan if "Seq Scan on " in line and line.split("Seq Scan on ")[1].split()[0] in BIG]


def test_attaching_an_article_scans_no_big_table(filled):
    one = random_attachment(Random(5), 900)
    with filled.writer() as connection:
        sent = statements(connection, lambda: attach(connection, [one], run=2))
        sent += statements(connection, lambda: attach(connection, [one], run=3))  # takes its own place
        found = {sql: tables for sql, values in sent if (tables := read_from_end_to_end(connection, sql, values))}
    assert sent
    assert not found


@pytest.mark.parametrize("name", ["conflicts", "show", "ask"])
def test_questions_scan_no_big_table(filled, name):
    with filled.writer() as connection:
        key = observations(connection, Filter(), 1)[0].key
        work = {
            "conflicts": lambda: conflicts(connection, Filter(), 20),
            "show": lambda: observation_view(connection, key),
            "ask": lambda: ask(connection, "how many people were killed in Norland in 2021?", 5),
        }[name]
        sent = statements(connection, work)
        found = {sql: tables for sql, values in sent if (tables := read_from_end_to_end(connection, sql, values))}
    assert sent
    assert not found
