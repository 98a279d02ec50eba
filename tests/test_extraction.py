import os
import time

import pytest

from claimgraph import Article
from claimgraph.api import extract_each
from claimgraph.extraction import cut
from claimgraph.parallel import map_batches, open_pool
from claimgraph.records import Failure


def articles(n):
    return [
        Article(id=f"a{i}", title=f"Story {i}", body=f"The mayor said {i + 20} houses burned in 2023.")
        for i in range(n)
    ]


def prepare():
    """Nothing to prepare: the runs below need no model."""


def run_or_misbehave(batch):
    for article in batch:
        if article.id == "dies":
            os._exit(7)
        if article.id == "hangs":
            time.sleep(60)
        if article.id == "raises":
            raise ValueError("bad luck")
    return [() for _ in batch]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("guilty", "said"),
    [("dies", "exit code 7"), ("hangs", "took longer than 2 seconds"), ("raises", "ValueError: bad luck")],
)
def test_a_worker_that_misbehaves_costs_one_article_which_is_named(guilty, said):
    batch = [*articles(5), Article(id=guilty, title="", body="x"), *articles(9)[5:]]
    with open_pool(prepare, (), workers=2) as pool:
        done = list(map_batches(pool, cut(batch, 4), run_or_misbehave, workers=2, seconds=2))
    assert [article.id for article, _ in done] == [article.id for article in batch]
    failed = [outcome for _, outcome in done if isinstance(outcome, Failure)]
    assert [failure.article for failure in failed] == [guilty]
    assert said in failed[0].problem


@pytest.mark.slow
@pytest.mark.model
def test_two_processes_give_the_claims_of_one(nlp):
    here = list(extract_each(articles(40), nlp))
    there = list(extract_each(articles(40), workers=2))
    assert there == here
    assert all(not isinstance(outcome, Failure) for _, outcome in here)


@pytest.mark.model
def test_rare_words_are_forgotten_batch_by_batch_and_claims_stay_the_same(nlp, monkeypatch):
    """A process that reads articles for weeks holds no more words than one that reads a few hundred."""
    strange = [
        Article(id=f"s{i}", title="", body=f"Count Vorz{i}el sold {i + 20} glimm{i}ers in Bra{i}stow in 2023.")
        for i in range(40)
    ]
    kept = list(extract_each(strange, nlp))
    monkeypatch.setattr("claimgraph.extraction._WORDS", 0)
    strings = len(nlp.vocab.strings)
    assert list(extract_each(strange, nlp)) == kept
    others = [Article(id=f"o{i}", title="", body=f"Zab{i}rin lost {i + 20} quem{i}els.") for i in range(40)]
    assert all(len(claims) == 1 for _, claims in extract_each(others, nlp))
    assert len(nlp.vocab.strings) == strings


@pytest.mark.model
def test_an_article_over_the_limit_fails_alone(nlp):
    huge = Article(id="huge", title="", body="word " * (nlp.max_length // 5 + 1))
    done = dict(extract_each([huge, *articles(2)], nlp))
    assert [a.id for a, outcome in done.items() if isinstance(outcome, Failure)] == ["huge"]
