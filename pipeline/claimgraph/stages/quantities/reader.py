"""Read kind and unit of a number from the words around it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from spacy.tokens import Token

from claimgraph.records import Span
from claimgraph.stages.quantities.ages import Ages
from claimgraph.stages.quantities.alike import compared_price, equals, per, same_rate
from claimgraph.stages.quantities.elision import Elisions
from claimgraph.stages.quantities.exchange import Exchange
from claimgraph.stages.quantities.marks import below_zero, marked
from claimgraph.stages.quantities.money import Currencies, Currency
from claimgraph.stages.quantities.nouns import agreeing, counted_noun, singular, unit_of
from claimgraph.stages.quantities.points import PointReader
from claimgraph.stages.quantities.qualifiers import in_brackets
from claimgraph.stages.quantities.rates import Rates
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.sharing import shared
from claimgraph.stages.quantities.site import Site
from claimgraph.stages.quantities.tables import Tables, table_at
from claimgraph.stages.quantities.units import Unit, UnitTable
from claimgraph.vocab import Form, Kind

__all__ = ["Reader"]

_OLD = re.compile(r"[\s-](?:olds?\b|of age\b)")
_OF_A = re.compile(r"\s(?:of\s)?(?:an?|one|1)(?=[\s-])")
# Who converts a bare `$` into US dollars means another one.
_IN_US_DOLLARS = re.compile(r"\s?[(\[]\s?(?:about |around |approximately |some |or )?(?:US|U\.S\.)\s?\$")
_POINT = re.compile(r"[\s-]points?\b")
_OF = re.compile(r"\s\(?of\s")
_IN_HALF = re.compile(r"\bin\s$")
_TIMES = re.compile(r"[\s-]times\b")
_REPEATS = re.compile(
    r"[\s-]times\b(?=\s?[.,;:)—–]|\s?$|\s(?:in|on|at|during|since|by|before|for|over|and|but|when|while|a|per|each)\b)"
)
_COMPARES = re.compile(
    r"\s(?:as|the|that|what|its|his|her|their|our|those|this|more|less|fewer|normal|average|\w+er(?:\s+than)?)\b"
)
# Spelt with its number, such a word is a number of years: `a decade` has the value 10.
_YEARS = frozenset({"decade", "century", "millennium"})
# `his 20-plus-year tenure`
_HEDGE = re.compile(r"-(?:plus|odd|some)(?=[-\s])")
# How many numbers back a row of a table may look for its currency.
_MEMORY = 40
# So many marks in the singular are money: *a 300 mln mark bond*.
_FEW_MARKS = 10**5
_PHYSICAL = frozenset({Kind.MEASURE, Kind.DURATION, Kind.PERCENTAGE_POINTS, Kind.PERCENT})
_RATED = frozenset({Kind.MEASURE, Kind.DURATION, Kind.COUNT, Kind.MONEY})


class Reader:
    """Reads one number; the tables are those of one language."""

    def __init__(self, language: str) -> None:
        self._units = UnitTable(language)
        self._currencies = Currencies(language)
        self._exchange = Exchange(language, self._currencies)
        self._rates = Rates(language, self._units)
        self._points = PointReader(language)
        self._elisions = Elisions(language)
        self._ages = Ages(language)
        self._tables = Tables(self._units, self._currencies, self._rates)

    def read_all(self, sites: Sequence[Site], country: str | None) -> list[Reading | None]:
        """Return what each number measures; None for one that is part of another one's expression (`per 100,000`)."""
        found: list[Reading | None] = []
        known: list[tuple[Site, Reading]] = []
        own = shared([self.read(site, country) for site in sites], sites)
        money = self._currencies.local(country)
        tables = self._tables.find(sites[0].sites, country) if sites else []
        for site, mine in zip(sites, own, strict=True):
            table = table_at(tables, site.mention.start)
            if table is not None and (mine is None or mine.kind is Kind.COUNT) and site.mention.form is Form.DIGITS:
                mine = table.read(site)
            if any(_is_denominator(site, reading) for _, reading in known[-2:]):
                found.append(None)
                continue
            mine = mine or self._exchange.bare(site, country)
            reading = (
                self._in_view(site, mine, known[-_MEMORY:]) if mine is not None else self._filled(site, known, money)
            )
            equal = equals(site, reading, known[-1:])
            if equal is not None:
                found[-1] = None
            reading = equal or _as_minutes(self._exchange.rated(site, reading, country), known[-1:])
            known.append((site, reading))
            found.append(reading)
        return found

    def _filled(self, site: Site, known: list[tuple[Site, Reading]], money: str) -> Reading:
        """Return the reading of a number without a unit; `a rate of 31 per million` is of people, not per cent."""
        reading = self._elisions.fill(site, known[-_MEMORY:], money)
        if reading.kind not in _RATED and self._rates.behind(site.after, 0) is not None:
            reading = self._plain(site, Kind.COUNT, "person", "quantities.default")
        return same_rate(self._rated(site, reading), known[-_MEMORY:]) if reading.kind in _RATED else reading

    def _in_view(self, site: Site, reading: Reading, before: list[tuple[Site, Reading]]) -> Reading:
        """`$3.19 per share, against $3.11` is two rates; in `S$644m ($474m)` the second dollar is another one."""
        if not before:
            return reading
        if reading.rule.startswith("points.") and not reading.sure:
            return _same_points(reading, before)
        if reading.kind is not Kind.MONEY:
            return self._in_same_money(reading, before)
        _, last = before[-1]
        if (
            reading.rule == "currencies.dollar"
            and last.kind is Kind.MONEY
            and last.unit == reading.unit != "USD"
            and in_brackets(site, last.end, reading.start)
        ):
            return replace(reading, unit="USD")
        reading = self._in_same_money(reading, before)
        return compared_price(site, reading, before[-3:], self._elisions.is_compared)

    def _in_same_money(self, reading: Reading, before: list[tuple[Site, Reading]]) -> Reading:
        """Return Swiss francs, then francs, in the same currency."""
        shared = self._currencies.shared.get(reading.rule, ())
        named = next((r.unit for _, r in reversed(before) if r.kind is Kind.MONEY and r.unit in shared), None)
        return replace(reading, unit="/".join([named, *reading.unit.split("/")[1:]])) if named is not None else reading

    def read(self, site: Site, country: str | None) -> Reading | None:
        """Return what the number measures; None where its own surroundings do not say.

        Args:
            site: the number.
            country: whose money a bare `$` is, ISO 3166-1 alpha-2; None when unknown.
        """
        found = (
            self._form(site)
            or self._digits(site)
            or self._money(site, country)
            or marked(site)
            or self._age(site)
            or self._unit(site, country)
            or self._left_unit(site)
            or self._elisions.voted(site)
            or self._elisions.grouped(site)
            or self._count(site)
        )
        return self._rated(site, found) if found is not None and found.kind in _RATED else found

    def _form(self, site: Site) -> Reading | None:
        """Fractions, ratios and multiples say by their form what they are."""
        mention = site.mention
        if mention.form is Form.RATIO:
            return self._plain(site, Kind.FRACTION, "fraction", "quantities.ratio")
        if mention.form is Form.FRACTION and mention.text.lower() == "half" and _IN_HALF.search(site.before):
            return self._plain(site, Kind.MULTIPLE, "times", "quantities.cut in half")
        if mention.form is Form.FRACTION:
            return self._part(site)
        if mention.form is Form.MULTIPLE:
            if mention.text.lower() in ("once", "twice", "thrice") and not _COMPARES.match(site.after):
                return self._plain(site, Kind.COUNT, "time", "quantities.repetition")
            return self._plain(site, Kind.MULTIPLE, "times", "quantities.multiple")
        return None

    def _digits(self, site: Site) -> Reading | None:
        """`triple-digit temperatures`, `a double-digit lead`."""
        if not site.text.lower().endswith(("-digit", "digits")):
            return None
        noun = counted_noun(site) if site.text.lower().endswith("-digit") else self._elisions.measured(site)
        named = self._elisions.of_measure(singular(noun.text)) if noun else None
        if named is not None and noun is not None:
            return self._noun(site, named[0], named[1], noun, named[2])
        return self._plain(site, Kind.PERCENT, "%", "quantities.digits of a percentage")

    def _part(self, site: Site) -> Reading:
        """`half an hour` is half of a unit, `half of the voters` a fraction."""
        joint = _OF_A.match(site.after)
        for position in (0, joint.end() if joint else 0):
            unit = self._units.behind.find(site.after, position)
            if unit is not None and unit[0].kind in _PHYSICAL:
                # the 1 of `two-tenths of 1 percent` is no number of its own
                return replace(self._at_unit(site, *unit), per=site.mention.end if position else None)
        if joint is None and _POINT.match(site.after):
            end = len(" point")
        elif joint and site.after[joint.end() :].startswith(" point"):
            end = joint.end() + len(" point")
        else:
            end = 0
        if end:
            point = Unit(
                name="percentage point",
                kind=Kind.PERCENTAGE_POINTS,
                scale=Decimal(1),
                rule="quantities.part of a point",
            )
            return self._at_unit(site, point, end)
        return self._plain(site, Kind.FRACTION, "fraction", "quantities.fraction")

    def _money(self, site: Site, country: str | None) -> Reading | None:
        """A currency sign or code in front of the number, or of its second end."""
        sign = self._currencies.before(site.before)
        if sign is not None:
            start = site.mention.start - len(site.before) + sign[1]
        else:
            digit = next((i for i, character in enumerate(site.text) if character.isdigit()), 0)
            sign, start = self._currencies.before(site.text[:digit]), site.mention.start
        if sign is None:
            return None
        return self._at_money(site, sign[0], country, start, site.mention.end)

    def _at_money(self, site: Site, currency: Currency, country: str | None, start: int, end: int) -> Reading:
        if len(currency.codes) > 1 and _IN_US_DOLLARS.match(site.after):
            country = self._currencies.country_named(site.sites.text, country)
        behind = self._currencies.behind.find(site.after)
        if behind is not None and end == site.mention.end and set(behind[0].codes) <= set(currency.codes):
            currency, end = behind[0], end + behind[1]
        return Reading(
            kind=Kind.MONEY, unit=currency.of(country), start=start, end=end, rule=currency.rule, scale=currency.scale
        )

    def _unit(self, site: Site, country: str | None) -> Reading | None:
        """A unit or currency behind the number, or inside a range (`15% to 20`)."""
        hedge = _HEDGE.match(site.after)
        start = hedge.end() if hedge is not None else 0
        unit, money = self._units.behind.find(site.after, start), self._currencies.behind.find(site.after, start)
        if money is not None and (unit is None or money[1] > unit[1]) and self._is_money(site, money[1]):
            end = site.mention.end + money[1]
            return self._at_money(site, money[0], country, site.mention.start, end)
        if unit is None and money is not None and "pound" in site.after[: money[1]].lower():
            unit = self._units.behind.find("lb")
            return self._at_unit(site, unit[0], money[1]) if unit else None
        if unit is not None:
            return below_zero(site, self._at_unit(site, *unit))
        inner = self._inner(site)
        return self._at_unit(site, inner, 0) if inner else self._amount_of(site, country)

    def _amount_of(self, site: Site, country: str | None) -> Reading | None:
        """`millions of dollars`, `thousands of miles`."""
        joint = _OF.match(site.after)
        if site.mention.high is not None or joint is None:
            return None
        money = self._currencies.behind.find(site.after, joint.end())
        if money is not None:
            return self._at_money(site, money[0], country, site.mention.start, site.mention.end + money[1])
        unit = self._units.behind.find(site.after, joint.end())
        return self._at_unit(site, *unit) if unit else None

    def _is_money(self, site: Site, end: int) -> bool:
        """`won` may be a verb, `pounds` a weight, and `the 500 mark` is passed."""
        token = next(site.right(count=3), None)
        if token is not None and token.tag_.startswith("VB") and token.idx < site.mention.end + end:
            return False
        if site.after[:end].strip(" -").lower() == "mark":
            return (site.mention.high or 0) >= _FEW_MARKS
        if "pound" not in site.after[:end].lower() or " " in site.after[:end].strip():
            return True
        weighs = site.after[end:].startswith(" of ") or site.after.startswith("-")
        return not weighs and self._currencies.speaks_of_money(site.before + site.after)

    def _inner(self, site: Site) -> Unit | None:
        """The unit of a range's first end, or of an amount that is one word with its number (`a decade`)."""
        words = site.text.split()
        last = self._units.behind.get(words[-1]) if len(words) > 1 and words[-1].isalpha() else None
        if last is not None:
            return replace(last, name="year") if last.name in _YEARS else last
        if site.mention.form is not Form.RANGE:
            return None
        for i, character in enumerate(site.text[:40]):
            if character.isdigit() and not site.text[i + 1 : i + 2].isdigit():
                unit = self._units.behind.find(site.text, i + 1)
                if unit is not None:
                    return unit[0]
        return None

    def _at_unit(self, site: Site, unit: Unit, end: int) -> Reading:
        stop = site.mention.end + end
        start = site.mention.end + (len(site.after[:end]) - len(site.after[:end].lstrip(" -")))
        kind = Kind.AGE if unit.kind is Kind.DURATION and _OLD.match(site.after, end) else unit.kind
        return Reading(
            kind=kind,
            unit=unit.name,
            start=site.mention.start,
            end=stop,
            rule=unit.rule,
            scale=unit.scale,
            noun=Span(start=start, end=stop) if end else None,
        )

    def _left_unit(self, site: Site) -> Reading | None:
        """`magnitude 7.8`, `a magnitude of 7.8`."""
        words = site.before.lower().replace("-", " ").split()[-4:]
        for length in range(min(3, len(words)), 0, -1):
            unit = self._units.before.get(" ".join(words[-length:]))
            if unit is not None:
                return self._plain(site, unit.kind, unit.name, unit.rule)
        return None

    def _age(self, site: Site) -> Reading | None:
        return self._ages.read(site, has_unit=self._units.behind.find(site.after) is not None)

    def _count(self, site: Site) -> Reading | None:
        """A counted noun."""
        if _TIMES.match(site.after):
            return self._times(site)
        noun = counted_noun(site)
        if noun is None or self._elisions.is_change(noun, site) or self._elisions.names_money(noun, site):
            return None
        if noun.lower_ in ("point", "points"):
            return self._points.read(site, noun)
        unit = self._units.behind.get(noun.text) if noun.pos_ == "NOUN" and len(noun) > 3 else None
        if unit is not None and unit.kind in _PHYSICAL:
            return self._at_unit(site, unit, noun.idx + len(noun) - site.mention.end)
        named = self._elisions.named_by(noun) if _is_fractional(site) else None
        if named is not None:
            return self._noun(site, named[0], named[1], noun, named[2])
        if self._elisions.is_people(noun):
            return self._noun(site, Kind.COUNT, "person", noun, "quantities.people")
        counted = agreeing(site, noun)
        if counted is not None and counted.lower_ in ("point", "points"):
            return self._points.read(site, counted)
        return self._noun(site, Kind.COUNT, unit_of(counted), counted, "quantities.counted noun") if counted else None

    def _times(self, site: Site) -> Reading:
        """`three times the size` compares, `asked three times` counts."""
        end = site.mention.end + len("-times")
        before = next((token for token in site.left(count=4) if token.pos_ != "ADV"), None)
        compared = before is not None and before.lemma_ == "be"  # today it is nine times
        repeats = _REPEATS.match(site.after) and not compared
        kind, unit = (Kind.COUNT, "time") if repeats else (Kind.MULTIPLE, "times")
        noun = Span(start=site.mention.end + 1, end=end)
        rule = "quantities.times repeated" if kind is Kind.COUNT else "quantities.times compared"
        return Reading(kind=kind, unit=unit, start=site.mention.start, end=end, rule=rule, noun=noun)

    def _noun(self, site: Site, kind: Kind, unit: str, noun: Token, rule: str) -> Reading:
        start = next((token.idx for token in site.right(count=3) if token.is_alpha), noun.idx)
        end = noun.idx + len(noun)
        return Reading(
            kind=kind,
            unit=unit,
            start=site.mention.start,
            end=end,
            rule=rule,
            noun=Span(start=min(start, noun.idx), end=end),
        )

    def _plain(self, site: Site, kind: Kind, unit: str, rule: str) -> Reading:
        return Reading(kind=kind, unit=unit, start=site.mention.start, end=site.mention.end, rule=rule)

    def _rated(self, site: Site, reading: Reading) -> Reading:
        """Add the denominator behind the quantity, or that of a heading in front of it."""
        if "/" in reading.unit:
            return reading
        offset = reading.end - site.mention.end
        behind = self._rates.behind(site.after, offset) if offset >= 0 else None
        if behind is not None:
            name, end, start = behind
            return per(reading, name, site.mention.end + end, site.mention.end + start)
        if reading.kind in (Kind.COUNT, Kind.MEASURE):
            time = self._rates.repeated(site)
            return replace(reading, kind=Kind.RATE, unit=f"{reading.unit}/{time}") if time else reading
        return self._priced(site, reading, max(0, offset)) if reading.kind is Kind.MONEY else reading

    def _priced(self, site: Site, reading: Reading, offset: int) -> Reading:
        """Add to an amount of money the denominator that a heading beside it names, if there is one."""
        name = self._rates.heading(site.before[-60:], site.after[offset : offset + 60], site.mention.high)
        name = name or self._rates.headed_per(site.sites.text[site.opening : reading.start])
        return per(reading, name, reading.end) if name is not None else reading


def _is_fractional(site: Site) -> bool:
    """Things are counted in whole numbers from one on: a `7.8 quake`, `zero growth` are values of a measure."""
    value = site.mention.low
    return value is not None and (value <= 0 or (value != int(value) and abs(value) < 1000))


def _as_minutes(reading: Reading, before: list[tuple[Site, Reading]]) -> Reading:
    """`1h 30m`: right behind hours, the letter of metres is that of minutes."""
    if reading.unit != "metre" or not before or before[0][1].unit != "hour":
        return reading
    gap = reading.start - before[0][1].end
    return replace(reading, kind=Kind.DURATION, unit="minute") if 0 <= gap <= 1 else reading


def _same_points(reading: Reading, before: list[tuple[Site, Reading]]) -> Reading:
    """Return points without a telling word near them as those that were given before."""
    told = next((other for _, other in reversed(before) if other.rule.startswith("points.")), None)
    return replace(reading, kind=told.kind, unit=told.unit, rule=told.rule) if told is not None else reading


def _is_denominator(site: Site, reading: Reading) -> bool:
    """Say whether a number belongs to the denominator of a rate: `12 per 100,000`."""
    return reading.per is not None and reading.per <= site.mention.start < reading.end
