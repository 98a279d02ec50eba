"""The cues of `data/<language>/stance.toml`, checked and indexed by their first word."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from claimgraph.lexicon import load_entries

__all__ = ["Anchor", "Cue", "Direction", "Force", "Lexicon", "Word", "inflect", "load_lexicon"]


class Force(StrEnum):
    """What a cue says of the values in its reach; the last three depend on the verb that it stands with."""

    ASSERTED = "asserted"
    FORECAST = "forecast"
    TARGET = "target"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    FUTURE = "future"  # a target where the verb commits its subject (will pay), else a forecast (will rise)
    CONDITIONAL = "conditional"  # would: future of the past in reported speech and bills, else hypothetical
    POSSIBLE = "possible"  # may, might: a forecast, but of the past a conjecture (may have died)


class Direction(StrEnum):
    """On which side of the cue a value must stand."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"
    TERMINATE = "terminate"  # ends the reach of every cue above it
    PSEUDO = "pseudo"  # looks like a cue, is none


class Anchor(StrEnum):
    """Which word must govern the value."""

    SELF = "self"  # the cue's last content word: expects, forecast of
    HEAD = "head"  # the word that the cue depends on: will → pay, expected → gain
    NEXT = "next"  # nothing; the cue stands beside the value: 145,000 expected
    CLAUSE = "clause"  # the cue, through a clause: denied that 300 left
    COMPARED = "compared"  # the cue, where it is what an outcome is held against: below estimates of
    GERUND = "gerund"  # the cue, through a participle: considers cutting
    INFINITIVE = "infinitive"  # the cue, through an infinitive: estimated to cost
    FOR = "for"  # the cue, through what it is done for: asked Congress for 300 million
    OBJECT = "object"  # the cue, through its object, no modal beside it: needs 300 votes
    MODIFIED = "modified"  # the noun that the cue describes, be it counted or not: 25 planned wells
    HEADLINE = "headline"  # every word after it in a headline without a verb before it: Acme to pay


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say how firmly a value is stated.

    text: tokens separated by blanks; `<expect>` is any form of the lemma, anything else the lower-case word.
        The last token is the one that is anchored.
    tags: prefixes of fine tags of which the last token must have one; empty allows any.
    """

    text: str
    status: Force
    direction: Direction = Direction.BOTH
    anchor: tuple[Anchor, ...] = (Anchor.SELF,)
    tags: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one of the classes of `Lexicon`."""

    lemma: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, indexed by their first word, and the classes of words that cues depend on, as lemmas.

    commitments: verbs that commit a subject in the future: a company that will pay has a target.
    proposals: nouns whose `would` is that of a proposal: the bill would raise fees.
    indefinite: nouns that presuppose nothing although they have an article: in the range of 5 to 10.
    yardsticks: words that hold an outcome against an expectation: below, beat.
    dismissals, personnel: verbs and objects of announced layoffs.
    determiners: what presupposes that there are so many: the 300 families.
    directions: prepositions from a verb to the value that it gives its noun: raised its goal to 9.
    conditions: what opens a condition.
    partitives: nouns that only gather what is behind them: a total of 300 flights.
    reckonings: verbs of working out what others will do.
    beliefs: verbs that deny what they govern when they are negated: does not think that.
    likelihoods: nouns whose percentage is itself stated: a 40% chance of rain.
    """

    cues: tuple[Cue, ...]
    by_first: dict[str, tuple[Cue, ...]]
    commitments: frozenset[str]
    proposals: frozenset[str]
    indefinite: frozenset[str]
    yardsticks: frozenset[str]
    dismissals: frozenset[str]
    personnel: frozenset[str]
    determiners: frozenset[str]
    directions: frozenset[str]
    conditions: frozenset[str]
    partitives: frozenset[str]
    reckonings: frozenset[str]
    likelihoods: frozenset[str]
    beliefs: frozenset[str]


# field of Lexicon to array of tables in stance.toml
_CLASSES = {
    "commitments": "commitment",
    "proposals": "proposal",
    "indefinite": "indefinite",
    "yardsticks": "yardstick",
    "dismissals": "dismissal",
    "personnel": "personnel",
    "determiners": "determiner",
    "directions": "direction",
    "conditions": "condition",
    "partitives": "partitive",
    "reckonings": "reckoning",
    "likelihoods": "likelihood",
    "beliefs": "belief",
}


@cache
def inflect(word: str) -> frozenset[str]:
    """Return the keys under which a word of a cue is found: the word, or a lemma and its regular forms.

    The model's lemmas alone are not enough: it takes *hopes* to *hop* and leaves headlines as they are.
    """
    if not word.startswith("<"):
        return frozenset({word})
    lemma = word[1:-1]
    forms = {word, lemma, lemma + "s", lemma + "ed", lemma + "ing"}
    if lemma.endswith("e"):
        forms |= {lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y"):
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return frozenset(forms | {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"})


@cache
def load_lexicon(language: str) -> Lexicon:
    """Load and index `data/<language>/stance.toml`.

    Raises:
        LexiconError: an entry is not as `Cue` or `Word` wants it.
    """
    cues = load_entries(language, "stance", "cue", Cue, "text")
    first: dict[str, list[Cue]] = {}
    for cue in cues:
        for form in inflect(cue.text.split()[0]):
            first.setdefault(form, []).append(cue)
    return Lexicon(
        cues=cues,
        by_first={word: tuple(sorted(some, key=lambda c: -len(c.text.split()))) for word, some in first.items()},
        **{name: _lemmas(language, array) for name, array in _CLASSES.items()},
    )


def _lemmas(language: str, array: str) -> frozenset[str]:
    return frozenset(word.lemma for word in load_entries(language, "stance", array, Word, "lemma"))
