"""Every entry of the reading lexicons against its own lines."""

import re

import pytest

from claimgraph.lexicon import load_entries
from claimgraph.reading.furniture import FurnitureLine, Widget, furniture, is_widget
from claimgraph.reading.language import Prose, foreign_language
from claimgraph.reading.outlets import Domain, Outlet, OutletWord, canonical, country_of, is_outlet_name, outlet_of
from claimgraph.reading.pasted import BylineCue, StampCue, recover
from claimgraph.records import Article

LINES = load_entries("en", "furniture", "line", FurnitureLine, "pattern")
PROSE = "The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on Monday."


def marked(line: str) -> list[str]:
    """Give the furniture of an article that has the line between two paragraphs of prose."""
    article = Article(id="a", title="", body=f"{PROSE}\n\n{line}")
    return [article.text[span.start : span.end] for span in furniture(article)]


@pytest.mark.parametrize("entry", LINES, ids=lambda entry: entry.yes[0])
def test_furniture(entry):
    for line in entry.yes:
        (found,) = marked(line)
        pattern = re.compile(entry.pattern, re.IGNORECASE)
        assert pattern.match(line.strip(" •")), line
        assert found == line.strip() or (entry.reach == "label" and line.startswith(found)), line
    for line in entry.no:
        assert marked(line) == [], line


@pytest.mark.parametrize("entry", load_entries("en", "furniture", "widget", Widget, "text"), ids=lambda e: e.text)
def test_widgets(entry):
    assert all(is_widget(line.split("|")) for line in entry.yes)
    assert not any(is_widget(line.split("|")) for line in entry.no)


@pytest.mark.parametrize("entry", load_entries("en", "language", "prose", Prose, "language"), ids=lambda e: e.language)
def test_language(entry):
    assert [foreign_language(text) for text in entry.yes] == [None] * len(entry.yes)
    for text in entry.no:
        assert foreign_language(text), text


def test_foreign_languages_are_named():
    (entry,) = load_entries("en", "language", "prose", Prose, "language")
    assert [foreign_language(text) for text in entry.no] == [
        "German",
        "Dutch",
        "French",
        "Spanish",
        "Swedish",
        "Italian",
    ]


@pytest.mark.parametrize("cue", load_entries("en", "pasted", "byline", BylineCue, "text"), ids=lambda cue: cue.text)
def test_bylines(cue):
    for line in cue.yes:
        assert recover("a", f"Ferries fill up in the spring\n\n{line}\n\n{PROSE}").author, line
    for line in cue.no:
        assert recover("a", f"Ferries fill up in the spring\n\n{line}\n\n{PROSE}").author is None, line


@pytest.mark.parametrize("cue", load_entries("en", "pasted", "stamp", StampCue, "text"), ids=lambda cue: cue.text)
def test_stamps(cue):
    for line in cue.yes:
        assert recover("a", f"Ferries fill up in the spring\n\n{line}\n\n{PROSE}").published, line
    for line in cue.no:
        assert recover("a", f"Ferries fill up in the spring\n\n{line}\n\n{PROSE}").published is None, line


@pytest.mark.parametrize("entry", load_entries("en", "outlets", "outlet", Outlet, "name"), ids=lambda entry: entry.name)
def test_outlets(entry):
    for domain in entry.domains:
        assert outlet_of(f"https://www.{domain}/2021/x") == entry.name
        assert country_of(None, f"https://{domain}/") == entry.country
    for name in (entry.name, *entry.names):
        assert canonical(name.upper()) == entry.name


@pytest.mark.parametrize(
    "entry", load_entries("en", "outlets", "word", OutletWord, "text"), ids=lambda entry: entry.text
)
def test_outlet_words(entry):
    assert all(map(is_outlet_name, entry.yes))
    assert not any(map(is_outlet_name, entry.no))


@pytest.mark.parametrize("entry", load_entries("en", "outlets", "domain", Domain, "text"), ids=lambda entry: entry.text)
def test_domains(entry):
    assert {country_of(None, url) for url in entry.yes} == {entry.country or None}
