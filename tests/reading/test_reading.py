"""From files to articles: formats, ids, facts and furniture."""

import gzip
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from claimgraph.errors import ConfigError
from claimgraph.reading import read_articles, read_sources
from claimgraph.records import Article, Failure

BODY = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."
HEADED = f"title: Ferries fill up\noutlet: Norrby Courier\ndate: 2021-04-05\nurl: https://norrby.se/ferries\n\n{BODY}\n"


def only(*paths: Path, **options: object) -> Article:
    (outcome,) = read_articles(paths, **options)
    assert isinstance(outcome, Article), outcome
    return outcome


def refused(*paths: Path, **options: object) -> Failure:
    (outcome,) = read_articles(paths, **options)
    assert isinstance(outcome, Failure), outcome
    return outcome


def furniture_of(article: Article) -> list[str]:
    return [article.text[span.start : span.end] for span in article.furniture]


def test_header_gives_the_facts_and_leaves_the_body_alone(tmp_path):
    path = tmp_path / "ferries.txt"
    path.write_text(HEADED)
    article = only(path)
    assert (article.id, article.title, article.outlet) == ("ferries", "Ferries fill up", "Norrby Courier")
    assert (article.published, article.country) == (date(2021, 4, 5), "SE")
    assert article.body == BODY + "\n"


def test_line_ends_of_the_body_stay_as_they_are(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"title: Ferries fill up\r\n\r\nThe ferry carried 41 people.\r\n\r\nThe harbour was full.\r\n")
    assert only(path).body == "The ferry carried 41 people.\r\n\r\nThe harbour was full.\r\n"


PASTED = """The Norrby Courier

海港

Ferries fill up as 41,000 cross the sound

By Ada Lindqvist

Published : Apr. 5, 2021 - 09:05

    • Link copied

(123rf) (123rf)

The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday.

The quay at noon, with 3 ferries. (photo by A. Lindqvist) The quay at noon, with 3 ferries. (photo by A. Lindqvist)

Section 2: What comes next

The office expects about 45,000 in April.

You may also like

Storm sinks 14 boats
"""


def test_pasted_text_gives_up_its_masthead(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PASTED)
    article = only(path)
    assert article.title == "Ferries fill up as 41,000 cross the sound"
    assert article.outlet == "The Norrby Courier"
    assert article.author == "Ada Lindqvist"
    assert article.published == datetime(2021, 4, 5, 9, 5)
    assert article.body == PASTED


def test_pasted_furniture_is_marked_and_not_cut(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PASTED)
    assert furniture_of(only(path)) == [
        "The Norrby Courier",
        "海港",
        "Ferries fill up as 41,000 cross the sound",
        "By Ada Lindqvist",
        "Published : Apr. 5, 2021 - 09:05",
        "• Link copied",
        "(123rf) (123rf)",
        "The quay at noon, with 3 ferries. (photo by A. Lindqvist)",
        "Section 2:",
        "You may also like",
        "Storm sinks 14 boats",
    ]


def test_outlet_in_the_byline_is_the_outlet(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"Why ferries fill up this spring!\n\nby Quiet Harbour Reports\n\n{BODY}")
    article = only(path)
    assert (article.outlet, article.author, article.published) == ("Quiet Harbour Reports", None, None)


@pytest.mark.parametrize(
    ("line", "outlet", "published"),
    [
        pytest.param("NORRBY, April 5, 2021 (Reuters) - ", "Reuters", date(2021, 4, 5), id="agency and date"),
        pytest.param("NORRBY (AP) — ", "Associated Press", None, id="agency alone"),
    ],
)
def test_dateline_says_agency_and_date(tmp_path, line, outlet, published):
    path = tmp_path / "a.txt"
    path.write_text(line + BODY)
    article = only(path)
    assert (article.outlet, article.published, article.title) == (outlet, published, "")


def test_lone_sentence_is_an_article_without_title(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("A storm sank 14 boats.")
    article = only(path)
    assert (article.title, article.text, article.furniture) == ("", "A storm sank 14 boats.", ())


def test_markdown_takes_front_matter_and_heading(tmp_path):
    path = tmp_path / "a.md"
    path.write_text(f'---\ntitle: "Ferries fill up"\ntags: [a]\ndate: 2021-04-05\n---\n\n# Ferries fill up\n\n{BODY}\n')
    article = only(path)
    assert (article.title, article.published, article.body) == ("Ferries fill up", date(2021, 4, 5), BODY + "\n")


ROW = {
    "id": "n-1",
    "title": "Ferries fill up",
    "outlet": "Norrby Courier",
    "date": "2021-04-05T09:05:00Z",
    "text": BODY,
}


def test_json_lines_give_an_article_each(tmp_path):
    path = tmp_path / "a.jsonl"
    second = {key: value for key, value in ROW.items() if key != "id"} | {"url": "https://norrby.se/2"}
    path.write_text("\n".join(json.dumps(row) for row in (ROW, second)) + "\n")
    first, other = read_articles([path])
    assert (first.id, other.id) == ("n-1", "https://norrby.se/2")
    assert first.published == datetime(2021, 4, 5, 9, 5)


def test_bad_line_fails_alone(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n{{broken\n[1, 2]\n{{}}\n")
    good, *bad = read_articles([path])
    assert good.id == "n-1"
    assert [failure.article.rpartition(":")[2] for failure in bad] == ["2", "3", "4"]


@pytest.mark.parametrize(
    "document",
    [ROW, [ROW], {"articles": [ROW], "status": "ok"}],
    ids=["record", "list", "list within"],
)
def test_json_document_is_searched_for_records(tmp_path, document):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    assert only(path).id == "n-1"


def test_json_that_is_no_article_is_passed_over_in_folders_and_fails_by_name(tmp_path):
    path = tmp_path / "lock.json"
    path.write_text('{"lockfile": 3}')
    assert list(read_articles([tmp_path])) == []
    assert "map the right one to `body`" in refused(path).problem


def test_csv_reads_quoted_text_with_any_separator(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'uid;headline;text\n7;Ferries fill up;"{BODY}\n\nA second paragraph; with more."\n')
    article = only(path)
    assert (article.id, article.title) == ("7", "Ferries fill up")
    assert article.body.endswith("with more.")


def test_columns_can_be_mapped(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"key,prose\n7,{BODY}\n")
    assert only(path, columns={"id": "key", "body": "prose"}).id == "7"


def test_unknown_field_in_the_mapping_is_refused_by_name(tmp_path):
    with pytest.raises(ConfigError, match="bodi"):
        read_articles([tmp_path], columns={"bodi": "prose"})


def test_compressed_files_are_read_and_lose_both_endings(tmp_path):
    path = tmp_path / "ferries.v2.txt.gz"
    path.write_bytes(gzip.compress(HEADED.encode()))
    article = only(path)
    assert (article.id, article.title) == ("ferries.v2", "Ferries fill up")


def test_ids_are_paths_below_the_named_folder(tmp_path):
    for name in ("b/x.txt", "a/x.txt", "a/x.md", "top.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEADED)
    assert [article.id for article in read_articles([tmp_path])] == ["a/x", "a/x.txt", "b/x", "top"]


def test_two_named_folders_keep_their_articles_apart(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(HEADED)
    assert [article.id for article in read_articles([tmp_path / "one", tmp_path / "two"])] == ["x", "two/x"]


def test_glob_reads_what_it_matches_once(tmp_path):
    for name in ("x.txt", "y.txt", "z.md"):
        (tmp_path / name).write_text(HEADED)
    assert [article.id for article in read_articles([str(tmp_path / "*.txt"), tmp_path / "x.txt"])] == ["x", "y"]


def test_skipped_files_are_not_opened(tmp_path, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text(HEADED)
    ((source, _),) = read_sources([tmp_path])
    assert (source.path, source.size, source.mtime_ns) == (str(path), len(HEADED), path.stat().st_mtime_ns)
    asked = []
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert list(read_articles([tmp_path], skip=lambda found, stat: not asked.append((found, stat.st_size)))) == []
    assert asked == [(path, len(HEADED))]


def test_passed_over_files_are_told_with_their_reason(tmp_path):
    for name in (".hidden.txt", "README.md", "photo.png"):
        (tmp_path / name).write_text(HEADED)
    told = {}
    assert list(read_sources([tmp_path], passed=lambda path, reason: told.update({path.name: reason}))) == []
    assert set(told) == {".hidden.txt", "README.md", "photo.png"}
