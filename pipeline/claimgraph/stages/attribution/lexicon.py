"""The words of attribution: `data/<language>/reporting.toml` and `holders.toml`, checked and indexed."""

import re
from dataclasses import dataclass
from functools import cache

from claimgraph.lexicon import load_entries

__all__ = ["Lexicon", "Marker", "Reporting", "Word", "load_lexicon"]


@dataclass(frozen=True, slots=True)
class Reporting:
    """A verb with which a text hands a statement to somebody.

    forms: the forms by which it is known where nothing was parsed.
    object: its object is the statement (reported sales of), not only a clause.
    loose: the parser takes the subject of what is said for its object: said 300 people registered.
    opinion: it hands over a statement only with a subject that is asked for its views: analysts see, Wall Street wants.
    quotes: it stands beside quotations (“…,” she added).
    """

    lemma: str
    forms: tuple[str, ...]
    object: bool = False
    quotes: bool = True
    loose: bool = False
    opinion: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A preposition that names the source: according to."""

    text: str
    named: bool = False  # only before a name: per the ministry, but 30 per person
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one of the classes of `Lexicon`."""

    lemma: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for a person's office; forms: the titles before a name that give it (Sen.)."""

    lemma: str
    forms: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A long name and the short ones that stand for it."""

    name: str
    forms: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verbs by lemma and by form, markers, and classes of nouns (lemmas).

    roles: nouns of offices with the titles that give them: the senator is Sen. Smith.
    titled: finds such a title (first group) and the capital behind it (second group).
    long: from well-known short names to the long ones: Fed, Federal Reserve (shared with the topics stage).
    holders: what holds figures and speaks by showing them: study, data, returns.
    expectations: nouns of what somebody expects: estimates of, the consensus.
    expecters: whose expectations they are when no name is given: analysts, Wall Street.
    actors: bodies that the article names elsewhere: the ministry, the company.
    companies: actors that stand for the article's main company.
    persons: pronouns for people; things: for bodies; selves: speakers of a quotation.
    links: words inside a name: Office for National Statistics.
    titles: words before a surname.
    speakers: common nouns that speak: police, officials.
    between: words between a subject and its verb: had, also, Monday.
    boundaries, prepositions, determiners: where a noun phrase of an unparsed sentence begins and ends.
    nominals: reporting verbs as nouns: the ministry's estimate of.
    tallies, tallied: verbs and objects of official counts: raised the toll to.
    assess: verbs that put any measure at a value.
    publications: holders that are their publisher's own words: released a report showing.
    venues: holders in which a figure stands: 26% in the latest poll.
    press: what outlets are called, and the last words of their names.
    accuracy: what a poll says of itself, not of those it asked: its margin of error.
    evidence: verbs whose subject must hold figures or have a name: the survey shows, but not the rise shows.
    own: possessive pronouns.
    foreseen: verbs of expectation, whose participle describes what is expected.
    openers: words that may open a clause before its subject: But, Meanwhile.
    """

    long: dict[str, str]
    roles: dict[str, frozenset[str]]
    titled: re.Pattern[str]
    verbs: dict[str, Reporting]
    forms: dict[str, Reporting]
    markers: tuple[Marker, ...]
    classes: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.classes[name]


_HOLDER_CLASSES = (
    "holder", "expectation", "expecter", "actor", "company", "person", "thing", "self", "link", "title", "opener",
    "boundary", "speaker", "between", "preposition", "determiner",
    "venue", "accuracy", "press", "publication", "nominal", "tally", "tallied", "assess", "evidence", "own", "foreseen",
)  # fmt: skip


@cache
def load_lexicon(language: str) -> Lexicon:
    """Load and index the two tables.

    Raises:
        LexiconError: an entry is not as its dataclass wants it.
    """
    verbs = load_entries(language, "reporting", "verb", Reporting, "lemma")
    roles = {
        role.lemma: frozenset({role.lemma, *role.forms})
        for role in load_entries(language, "holders", "role", Role, "lemma")
    }
    return Lexicon(
        long={
            form: alias.name
            for alias in load_entries(language, "aliases", "alias", Alias, "name")
            for form in alias.forms
        },
        roles=roles,
        titled=_before_names({title for titles in roles.values() for title in titles}),
        verbs={verb.lemma: verb for verb in verbs},
        forms={form: verb for verb in verbs for form in verb.forms},
        markers=load_entries(language, "reporting", "marker", Marker, "text"),
        classes={
            name: frozenset(word.lemma for word in load_entries(language, "holders", name, Word, "lemma"))
            for name in _HOLDER_CLASSES
        },
    )


def _before_names(titles: set[str]) -> re.Pattern[str]:
    """Compile what finds titles, capitalised or in capitals, before a name."""
    forms = "|".join(re.escape(form) for title in sorted(titles) for form in (title.capitalize(), title.upper()))
    return re.compile(rf"\b({forms})\b\.? ([A-Z])")
