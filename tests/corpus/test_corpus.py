"""The corpus that ships: every annotation fits its article, and every link its claims."""

import json
from pathlib import Path

import pytest

from claimgraph.reading import read_articles
from claimgraph.records import Article
from claimgraph.scoring import corpus_digest, evaluate
from claimgraph.vocab import Change, Kind, Label, Qualifier, RelationType, Status

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
STORIES = sorted(path for path in CORPUS.iterdir() if path.is_dir())
CLAIMS = sorted(CORPUS.glob("*/claims/*.json"))


def annotated(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["claims"]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    outcomes = list(read_articles([CORPUS]))
    assert all(isinstance(outcome, Article) for outcome in outcomes), outcomes
    return {Path(article.id).name: article for article in outcomes}


def test_every_article_is_annotated_and_nothing_else(articles):
    assert sorted(articles) == sorted(path.stem for path in CLAIMS)
    assert len(articles) == 20


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_every_value_stands_in_its_article(articles, path):
    text = articles[path.stem].text
    for claim in annotated(path):
        assert claim["sentence"] in text, claim["id"]
        assert claim["sentence"].count(claim["value_text"]) >= claim["occurrence"], claim["id"]


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_every_field_holds_what_the_guidelines_allow(path):
    claims = annotated(path)
    ids = [claim["id"] for claim in claims]
    assert len(set(ids)) == len(ids)
    for claim in claims:
        Qualifier(claim["qualifier"]), Kind(claim["kind"]), Change(claim["change"]), Status(claim["status"])
        low, high = claim["low"], claim["high"]
        assert low is not None or high is not None, claim["id"]
        assert (claim["year"] is None) == (claim["period"] is None), claim["id"]
        assert claim["period"] is None or str(claim["year"]) in claim["period"], claim["id"]
        open_end = {"at_least": high, "more_than": high, "at_most": low, "less_than": low}
        assert open_end.get(claim["qualifier"]) is None, claim["id"]
        assert claim["qualifier"] in open_end or None not in (low, high), claim["id"]
        if claim["relation"]:
            RelationType(claim["relation"]["type"])
            assert claim["relation"]["target"] in ids, claim["id"]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_links_join_claims_that_exist(story):
    known = {f"{path.stem}#{claim['id']}" for path in story.glob("claims/*.json") for claim in annotated(path)}
    links = json.loads((story / "links.json").read_text(encoding="utf-8"))
    group_of = {member: number for number, group in enumerate(links["groups"]) for member in group["members"]}
    assert set(group_of) <= known
    for relation in links["relations"]:
        Label(relation["label"])
        assert group_of[relation["a"]] == group_of[relation["b"]]
        assert relation["a"].partition("#")[0] != relation["b"].partition("#")[0]
    for group in links["groups"]:
        assert len({member.partition("#")[0] for member in group["members"]}) > 1


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_every_pair_of_a_group_is_labelled(story):
    links = json.loads((story / "links.json").read_text(encoding="utf-8"))
    labelled = {frozenset((relation["a"], relation["b"])) for relation in links["relations"]}
    for group in links["groups"]:
        for a in group["members"]:
            for b in group["members"]:
                if a.partition("#")[0] < b.partition("#")[0]:
                    assert frozenset((a, b)) in labelled


def test_annotation_scores_itself_perfectly(articles):
    lines = []
    for path in CLAIMS:
        text = articles[path.stem].text
        for claim in annotated(path):
            start = text.index(claim["sentence"])
            at = start + claim["sentence"].index(claim["value_text"])
            offsets = {"sentence_start": start, "start": at, "end": at + len(claim["value_text"])}
            lines.append(claim | offsets | {"id": f"{path.stem}#{claim['id']}", "article": path.stem})
    scores = evaluate(CORPUS, lines)
    assert scores.lost == ()
    assert {score.f1 for score in scores.claims.values()} == {1.0}
    assert set(scores.fields.values()) == {1.0}


def test_floors_name_this_corpus():
    floors = json.loads((CORPUS / "floors.json").read_text(encoding="utf-8"))
    assert floors["digest"] == corpus_digest(CORPUS)


def test_furniture_hides_no_annotated_claim(articles):
    for path in CLAIMS:
        article = articles[path.stem]
        for claim in annotated(path):
            start = article.text.index(claim["sentence"])
            assert not any(span.start <= start < span.end for span in article.furniture), claim["id"]


@pytest.mark.gold
def test_furniture_hides_no_claim_of_the_gold(gold):
    for path in sorted(gold.glob("*/claims/*.json")):
        (article,) = read_articles([path.parent.parent / "articles" / f"{path.stem}.txt"])
        for span in article.furniture:
            marked = article.text[span.start : span.end]
            hidden = [claim for claim in annotated(path) if claim["sentence"] in marked]
            assert all(claim["sentence"] in article.title for claim in hidden), (path.stem, marked)
