"""Units that the text leaves out: taken from a parallel number, from the verb or from the measure's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.change import VerbEntry
from claimgraph.stages.quantities.comparing import comparing
from claimgraph.stages.quantities.exchange import EXCHANGE
from claimgraph.stages.quantities.guesses import alike, bare, comparable, fortune, or_two, polled, unnamed
from claimgraph.stages.quantities.nouns import counted_noun, singular
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Kind

__all__ = ["Elisions", "MeasureEntry"]

_NUMBERS = frozenset({"number", "numbers", "tally", "count", "level"})
_PERCENTAGES = re.compile(r"(?:\s?(?:-|–|to)\s?[\d.]+)?\s?(?:%|per ?cent|pct)")
# A duration is compared with a bare number only where nothing else stands between: *27 minutes, up from 25*.
_BESIDE = frozenset({"up from", "down from", "compared with", "compared to", "against", "versus", "vs", "vs."})
_THEM = re.compile(r"\sof\s(?:them|those|these|whom|which)\b")
_GAINS = frozenset({"gain", "gains", "growth", "losses", "cuts", "additions", "loss", "creation"})
_COUNTED = frozenset({Kind.COUNT, Kind.RATE})
_PARTED = frozenset({Kind.DURATION, Kind.MEASURE})
_STATED = frozenset({Kind.MONEY, Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.INDEX, Kind.MEASURE, Kind.RATE, Kind.AGE})
_PRICED = frozenset({Kind.MONEY, Kind.RATE})
_VERSUS = re.compile(r"\s(?:(?:profit|loss|debit|credit|payable)\s)?(?:vs|versus|against)\b")
_CHANGES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.MULTIPLE, Kind.FRACTION})
_LED = re.compile(r",?\s(?:to|at|to\s\w+\sat)\s(?:(?:a|an|about|around|nearly|almost|just|record|over|under)\s){0,3}$")
# `closed up two at 90`: the number behind a price's change is a price.
_SHARE_PRICE = "nouns.price of a share"
_LARGE = 10_000
# A share costs less: what its number counts beyond that is how many there are.
_DEAR = 1_000_000
# No percentage of a named share or rate, and no earthquake, is larger.
_SHARE, _STRONGEST = 150, 10
_MANY = 1000
_NEAR = 150
_LONG_ROW = 5
_BIG = 1_000_000
_RECENT = 400
# What a verb may be to another one whose subject it shares: *hires rose, increasing to 5 million*.
_SAME_SUBJECT = frozenset({"advcl", "conj", "xcomp", "aux"})
_CLAUSE = 40  # tokens
_AT = re.compile(r"(?:^|[\s,;(“\"])at\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """A `[[measure]]` of nouns.toml."""

    name: str
    words: tuple[str, ...]
    kind: Kind
    unit: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    price: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    words: tuple[str, ...]


class Elisions:
    """Guesses what a bare number is in; the first source that speaks decides."""

    def __init__(self, language: str) -> None:
        measures = load_entries(language, "nouns", "measure", MeasureEntry, "name")
        self._measures = {word: entry for entry in measures for word in entry.words}
        self._comparing = comparing(language, "unit")
        changes = load_entries(language, "change", "noun", VerbEntry, "forms")
        self._changes = frozenset(entry.forms[0] for entry in changes)
        headings = load_entries(language, "nouns", "heading", MeasureEntry, "name")
        groups = load_entries(language, "nouns", "group", MeasureEntry, "name")
        self._groups = {word: entry for entry in groups for word in entry.words}
        self._headings = {word: entry for entry in headings for word in entry.words}
        self._victims, self._people, self._reaching, self._posts, self._moving, self._ballots = (
            frozenset(load_entries(language, "nouns", name, _Words, "words")[0].words)
            for name in ("victims", "people", "reaching", "posts", "moving", "ballots")
        )

    def fill(self, site: Site, before: Sequence[tuple[Site, Reading]], money: str) -> Reading:
        """Return the reading of a number that has no unit of its own.

        Args:
            site: the number.
            before: the numbers before it with their readings, nearest last.
            money: the currency of the article's country, ISO 4217.
        """
        same = [pair for pair in before[-6:] if pair[0].begin == site.begin]
        money = _last_currency(before) or money
        led = self._named(site, same, money) if same and _is_led(site, same[-1]) else None
        return (
            or_two(site)
            or self._headed(site, before, money)
            or self._sum(site, before, money)
            or self._of_them(site, before)
            or self._preposed(site)
            or self._index_level(site, same)
            or led
            or self._compared(site, same)
            or self._named(site, same, money)
            or self._same_value(site, before)
            or self._moved_posts(site, before)
            or self._counted_people(site)
            or self._parallel(site, same)
            or self._by_subject(site)
            or polled(site)
            or self._repeated(site, before)
            or fortune(site, money)
            or unnamed(site)
        )

    def is_compared(self, site: Site, other: Site) -> bool:
        """Say whether a number is compared with one of its size before it in its sentence."""
        gap = site.sites.text[other.mention.end : site.mention.start]
        near = other.begin == site.begin and len(gap) < _NEAR
        return near and self._comparing.search(gap) is not None and comparable(site, other, 4)

    def of_measure(self, word: str) -> tuple[Kind, str, str] | None:
        """Return kind, unit and rule of a noun that names a measure, such as `quake`; money has `names_money`."""
        entry = self._measures.get(word)
        return (entry.kind, entry.unit, f"nouns.{entry.name}") if entry and entry.unit != "$" else None

    def named_by(self, noun: Token) -> tuple[Kind, str, str] | None:
        """Return what a noun, or it and the word before it, says that its number is in (`a -12 approval score`)."""
        before = noun.nbor(-1).lower_ if noun.i else ""
        return self.of_measure(f"{before} {noun.lower_}") or self.of_measure(singular(noun.text))

    def measured(self, site: Site) -> Token | None:
        """Return the nearest noun in front that names a measure: *temperatures hit triple digits*."""
        return next((token for token in site.left() if self.of_measure(singular(token.text)) is not None), None)

    def is_people(self, noun: Token) -> bool:
        """Say whether a word taken for a noun only says what people are: *22 Million More Uninsured*."""
        return noun.lower_ in self._people and noun.tag_ != "NNS"

    def names_money(self, noun: Token, site: Site) -> bool:
        """Say whether a noun such as `surplus` stands for money, whose currency was left out: *a 2 billion surplus*.

        A plural behind the number is counted: *9 million shares*.
        """
        entry = self._measures.get(noun.lower_)
        money = entry is not None and entry.unit == "$" and noun.tag_ != "NNS"
        return money and abs(site.mention.low or Decimal(0)) >= _BIG

    def _sum(self, site: Site, before: Sequence[tuple[Site, Reading]], money: str) -> Reading | None:
        """`a 2 billion surplus`: in the currency named last."""
        noun = counted_noun(site)
        if noun is None or not self.names_money(noun, site):
            return None
        return bare(site, Kind.MONEY, _last_currency(before) or money, "nouns.sum of money")

    def _headed(self, site: Site, before: Sequence[tuple[Site, Reading]], money: str) -> Reading | None:
        """`Revs 45.3 mln vs 40.1 mln`: a row of a table, named at its start; rows of large numbers are money."""
        words: list[str] = []
        for token in site.left(count=8):
            words.insert(0, token.lower_)
            if _starts_row(token):
                return self._row(site, words, before, money)
        return None

    def _row(self, site: Site, words: list[str], before: Sequence[tuple[Site, Reading]], money: str) -> Reading | None:
        starts = (" ".join(words[:length]) for length in range(len(words), 0, -1))
        entry = next((self._headings[start] for start in starts if start in self._headings), None)
        if entry is not None and entry.unit != "$":
            return bare(site, entry.kind, entry.unit, f"nouns.{entry.name}")
        compares = _VERSUS.match(site.after) and abs(site.mention.low or Decimal(0)) >= _LARGE
        named = any(singular(word) in self._measures or singular(word) in self._posts for word in words)
        if (entry is not None and len(words) < _LONG_ROW) or (compares and not named):
            return bare(site, Kind.MONEY, _last_currency(before) or money, "nouns.table of money")
        return None

    def is_change(self, noun: Token, site: Site) -> bool:
        """`a 117,000 increase` counts no increases: what it counts is left out."""
        many = site.mention.low is None or abs(site.mention.low) >= _MANY
        return many and noun.lower_ in self._changes

    def _of_them(self, site: Site, before: Sequence[tuple[Site, Reading]]) -> Reading | None:
        """`at least five of them`: as the last count, or the last amount of which so many can be a part."""
        if not _THEM.match(site.after):
            return None
        least = abs(site.mention.low or Decimal(0))
        listed = (
            reading
            for other, reading in reversed(before[-4:])
            if reading.kind is Kind.COUNT or (reading.kind in _PARTED and least < abs(other.mention.low or Decimal(0)))
        )
        last = next(listed, None)
        return alike(site, last, "quantities.of them") if last is not None else None

    def grouped(self, site: Site) -> Reading | None:
        """`a family of nine`, `a mother of two`; in `a crowd of hundreds of fans` the fans are counted."""
        noun = counted_noun(site)
        if site.after.startswith(" of ") or (noun is not None and noun.tag_ == "NNS"):
            return None
        left = list(site.left(count=4))
        entry = self._groups.get(singular(left[1].text)) if len(left) > 1 and left[0].lower_ == "of" else None
        return bare(site, entry.kind, entry.unit, f"nouns.{entry.name}") if entry is not None else None

    def _preposed(self, site: Site) -> Reading | None:
        """`At 7.4, the first tremor was the stronger`: the measure follows its value."""
        if site.mention.step >= 1 or not _AT.search(site.before) or not site.after.startswith(","):
            return None
        named = (self.of_measure(singular(token.text)) for token in site.right(count=8))
        found = next((entry for entry in named if entry is not None), None)
        return bare(site, *found) if found is not None else None

    def _index_level(self, site: Site, same: list[tuple[Site, Reading]]) -> Reading | None:
        """`The index of shares rose 0.4%, to 582.40`: not the price of a share."""
        led = bool(same) and _is_led(site, same[-1]) and same[-1][1].kind is not Kind.PERCENTAGE_POINTS
        if not led or site.mention.step >= 1:
            return None
        moved = next((reading for _, reading in same[-2:] if reading.kind is Kind.INDEX), None)
        if moved is not None:
            return alike(site, moved, "quantities.level of the index")
        named = (self._measures.get(token.lower_) for token in site.left(count=_CLAUSE))
        entry = next((entry for entry in named if entry is not None and entry.kind is Kind.INDEX), None)
        return bare(site, entry.kind, entry.unit, f"nouns.{entry.name}") if entry is not None else None

    def _same_value(self, site: Site, before: Sequence[tuple[Site, Reading]]) -> Reading | None:
        """`the 18 million figure`: a large number that was given before counts what it counted there."""
        value = site.mention.high
        if value is None or value < _MANY:
            return None
        for other, reading in reversed(before):
            if reading.kind is Kind.COUNT and other.mention.high == value and other.mention.low == site.mention.low:
                return alike(site, reading, "quantities.same number before")
        return None

    def voted(self, site: Site) -> Reading | None:
        """`voted 52-48`: votes."""
        paired = re.match(r"\s?(?:-|–|to)\s?\d", site.after) or re.search(r"\d\s?(?:-|–|to)\s?$", site.before)
        near = [*site.left(count=8), *site.right(count=8)]
        if paired and not _PERCENTAGES.match(site.after) and any(token.lower_ in self._ballots for token in near):
            return bare(site, Kind.COUNT, "vote", "nouns.ballots")
        return None

    def _moved_posts(self, site: Site, before: Sequence[tuple[Site, Reading]]) -> Reading | None:
        """`Retailers added 37,000; builders, 29,000`: posts, of the sort that was named last."""
        if not any(token.lower_ in self._moving for token in site.left(count=6)):
            return None
        for _, reading in reversed(before):
            if reading.kind is Kind.COUNT and reading.unit in self._posts:
                return bare(site, Kind.COUNT, reading.unit, "nouns.posts")
            if reading.kind is Kind.COUNT and reading.sure:
                return None
        return bare(site, Kind.COUNT, "job", "nouns.posts")

    def _compared(self, site: Site, same: list[tuple[Site, Reading]]) -> Reading | None:
        """`against 2.25 billion`: as the number that it is compared with."""
        if not same:
            return None
        other, reading = same[-1]
        gap = site.sites.text[max(reading.end, other.mention.end) : site.mention.start]
        if (
            len(gap) < 70
            and self._comparing.search(gap)
            and reading.kind is not Kind.MULTIPLE
            and (reading.kind is not Kind.DURATION or gap.strip(" ,(") in _BESIDE)
            and comparable(site, other)
        ):
            return alike(site, reading, "quantities.compared number")
        return None

    def _named(self, site: Site, same: list[tuple[Site, Reading]], money: str) -> Reading | None:
        """The nearest name of a measure in front: `the death toll rose to 77`, `the number of defectors hit 196`."""
        along = same and (_is_led(site, same[-1]) or same[-1][1].rule == _SHARE_PRICE)
        start = same[-1][0].last if same and not along else site.begin
        for token in site.left(count=14):
            if token.i < start:
                return None
            if token.i > start and token.nbor(-1).text == "-" and token.dep_ in ("compound", "amod", "nmod"):
                continue  # in low-income families, income is no measure
            entry = self._measures.get(f"{token.nbor(-1).lower_} {token.lower_}") if token.i > site.begin else None
            entry = entry or self._measures.get(token.lower_) or self._measures.get(singular(token.text))
            named = self._by_name(site, entry, money) if entry is not None else None
            if named is not None:
                return named
            if self._reaches(site, token):
                return bare(site, Kind.COUNT, singular(token.text), "quantities.plural subject")
            if token.lower_ in self._victims or token.lemma_.lower() in self._victims:
                return None
            if singular(token.text) in self._posts and token.i + 1 < len(site.doc) and token.nbor().lower_ in _GAINS:
                return bare(site, Kind.COUNT, singular(token.text), "nouns.posts")
            counted = self._number_of(site, token) if token.lower_ in _NUMBERS else None
            if counted is not None:
                return counted
        return None

    def _reaches(self, site: Site, token: Token) -> bool:
        """`Arrests hit 6,000`, also where the parse takes the verb right in front of the number for another word."""
        if _is_subject(site, token):
            return token.head.lemma_.lower() in self._reaching
        verb = token.nbor() if token.i + 1 < site.first else token
        close = token.tag_ == "NNS" and token.i + 1 < site.first <= token.i + 3
        return close and verb.pos_ != "ADP" and verb.lower_.removesuffix("s") in self._reaching

    def _by_subject(self, site: Site) -> Reading | None:
        """`Claims over four weeks have averaged 289,000`: the plural subject of the verb, however far it is."""
        verb = next((token for token in site.ancestors() if token.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.lemma_.lower() not in self._reaching or site.root.i < verb.i:
            return None
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.tag_ == "NNS"), None)
        if subject is None or self._measures.get(singular(subject.text)) or subject.lower_ in self._victims:
            return None
        return bare(site, Kind.COUNT, singular(subject.text), "quantities.plural subject")

    def _by_name(self, site: Site, entry: MeasureEntry, money: str) -> Reading | None:
        value = abs(site.mention.low or Decimal(0))
        if entry.unit == "$":
            big = value >= _BIG or site.mention.high is None
            big = big if not entry.price else value < _DEAR
            return bare(site, Kind.MONEY, money, f"nouns.{entry.name}") if big else None
        whole = value == int(value) and site.mention.step >= 1
        if (entry.kind is Kind.PERCENT and value > _SHARE) or (
            entry.unit == "magnitude" and (whole or value > _STRONGEST)
        ):
            return None
        return bare(site, entry.kind, entry.unit, f"nouns.{entry.name}")

    def _number_of(self, site: Site, token: Token) -> Reading | None:
        """`the number of defectors`, `the case count`."""
        noun = next(
            (n for child in token.rights if child.lower_ == "of" for n in child.children if n.dep_ == "pobj"), None
        )
        noun = noun or next((child for child in token.lefts if child.dep_ == "compound"), None)
        if noun is None or noun.pos_ == "NUM" or noun.ent_type_ == "DATE" or site.first <= noun.i < site.last:
            return None
        return bare(site, Kind.COUNT, singular(noun.text), "quantities.number of")

    def _counted_people(self, site: Site) -> Reading | None:
        """`killed 12`, `12 missing`: the verb counts people."""
        if any(token.lower_ == "the" for token in site.left(count=1)):
            return None
        near = [*site.left(count=5), *site.right(count=5)]
        for token in near:
            if token.lower_ in self._people or token.lemma_.lower() in self._victims:
                return bare(site, Kind.COUNT, "person", "nouns.victims")
        return None

    def _parallel(self, site: Site, same: list[tuple[Site, Reading]]) -> Reading | None:
        """`2,432 buildings were destroyed and 500 damaged`: as the last count of the sentence."""
        for other, reading in reversed(same):
            if reading.rule == EXCHANGE:
                continue  # what a currency costs says nothing of the next number
            if site.mention.high is None and reading.kind not in _COUNTED:
                continue
            if (
                reading.kind in _COUNTED
                or reading.kind is Kind.INDEX
                or (reading.kind in _STATED and comparable(site, other, 20))
            ):
                return alike(site, reading, "quantities.parallel number")
        return None

    def _repeated(self, site: Site, before: Sequence[tuple[Site, Reading]]) -> Reading | None:
        """As the last count of the sentence before: `About 30 had been recaptured.`"""
        whole = site.mention.low is None or site.mention.low == int(site.mention.low)
        for other, reading in reversed(before[-4:]):
            fits = reading.kind is Kind.COUNT if whole else reading.kind in _STATED and comparable(site, other, 5)
            fits = fits and reading.rule != EXCHANGE
            if fits and site.mention.start - other.mention.end < _RECENT:
                return alike(site, reading, "quantities.number of the sentence before")
        return None


def _is_led(site: Site, before: tuple[Site, Reading]) -> bool:
    """`rose 3 percent to 107`: the number before is a change of the measure that this one gives."""
    other, reading = before
    gap = site.sites.text[max(reading.end, other.mention.end) : site.mention.start]
    return reading.kind in _CHANGES and _LED.match(gap) is not None


def _last_currency(before: Sequence[tuple[Site, Reading]]) -> str | None:
    codes = (reading.unit.split("/")[0] for _, reading in reversed(before) if reading.kind in _PRICED)
    return next((code for code in codes if code.isupper()), None)


def _starts_row(token: Token) -> bool:
    """Say whether a token is the first of its line or sentence."""
    return token.i == 0 or bool(token.is_sent_start) or "\n" in token.nbor(-1).text


def _is_subject(site: Site, token: Token) -> bool:
    """`Arrests hit 6,000`: a plural subject of the verb that governs the number is what is counted."""
    if token.tag_ != "NNS" or token.dep_ not in ("nsubj", "nsubjpass") or site.root.dep_ in ("nsubj", "nsubjpass"):
        return False
    governing = False
    for head in site.ancestors():
        if token.head.i == head.i:
            return True
        governing = governing or head.pos_ in ("VERB", "AUX")
        if governing and head.dep_ not in _SAME_SUBJECT:
            return False
    return False
