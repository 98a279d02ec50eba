"""Tables and lists that state their unit once: `in mln tonnes --`, `(in billions of dollars)`, `in tonnes:`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from claimgraph.stages.quantities.money import Currencies
from claimgraph.stages.quantities.rates import Rates
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site, Sites
from claimgraph.stages.quantities.units import UnitTable
from claimgraph.vocab import Kind

__all__ = ["Table", "Tables"]

_HEADER = re.compile(
    r"(?:\bin\s|[(]\s?|\bfigures\sin\s)(?:\W?(mln|million|millions|billion|billions|bn|thousand|thousands|1,000|000s?)\s(?:of\s)?)?(?=[a-z$€£])",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[^.\n]{0,160}?(?:\s--?(?=\s|$)|:(?=\s|$)|\)\s?[-:]?\s*(?=\n|$))|[^.\n]{0,160}?\bin\s(?:brackets|parentheses)\b"
)
_SCALES = {"m": Decimal(10**6), "b": Decimal(10**9), "t": Decimal(10**3), "1": Decimal(10**3), "0": Decimal(10**3)}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A stretch of text whose bare numbers are in one unit."""

    start: int
    end: int
    kind: Kind
    unit: str
    scale: Decimal
    rule: str

    def read(self, site: Site) -> Reading:
        """Return the reading of a bare number of the table; a scale word of its own is enough."""
        scaled = any(character.isalpha() for character in site.text)
        return Reading(
            kind=self.kind,
            unit=self.unit,
            start=site.mention.start,
            end=site.mention.end,
            rule=self.rule,
            scale=Decimal(1) if scaled else self.scale,
            sure=False,
        )


class Tables:
    """Finds the tables of an article."""

    def __init__(self, units: UnitTable, currencies: Currencies, rates: Rates) -> None:
        self._units, self._currencies, self._rates = units, currencies, rates

    def find(self, sites: Sites, country: str | None) -> list[Table]:
        """Return the tables of a text, in order: each ends where the next begins or where a sentence has a verb."""
        found = list(self._headers(sites.text, country))
        ends = [*(table.start for table in found[1:]), len(sites.text)][: len(found)]
        return [
            replace(table, end=min(end, _end_of_rows(sites, table.start)))
            for table, end in zip(found, ends, strict=True)
        ]

    def _headers(self, text: str, country: str | None) -> Iterator[Table]:
        for header in _HEADER.finditer(text):
            named = self._unit(text, header.end(), country)
            if named is None or not _OPENS.match(text, named[3]):
                continue
            kind, unit, scale, end = named
            factor = _SCALES[header[1][0].lower()] if header[1] else Decimal(1)
            yield Table(
                start=end, end=end, kind=kind, unit=unit, scale=scale * factor, rule="quantities.unit of the table"
            )

    def _unit(self, text: str, position: int, country: str | None) -> tuple[Kind, str, Decimal, int] | None:
        unit, money = self._units.behind.find(text, position), self._currencies.behind.find(text, position)
        if money is not None and (unit is None or money[1] > unit[1]):
            named = (Kind.MONEY, money[0].of(country), money[0].scale, money[1])
        elif unit is not None and unit[0].kind in (Kind.MEASURE, Kind.PERCENT, Kind.RATE):
            named = (unit[0].kind, unit[0].name, unit[0].scale, unit[1])
        else:
            return None
        per = self._rates.behind(text, named[3]) if named[0] is not Kind.PERCENT and "/" not in named[1] else None
        return (Kind.RATE, f"{named[1]}/{per[0]}", named[2], per[1]) if per else named


def table_at(tables: list[Table], offset: int) -> Table | None:
    """Return the table that holds a character."""
    at = bisect_right([table.start for table in tables], offset) - 1
    return tables[at] if at >= 0 and offset < tables[at].end else None


def _end_of_rows(sites: Sites, start: int) -> int:
    """Return where the first sentence with a finite verb begins, after the one in which the table starts."""
    token = sites.sentence_of(sites.token_at(start))[1]
    while token < len(sites.doc):
        stop = sites.sentence_of(token)[1]
        if _is_prose(sites, token, stop):
            return sites.tokens[token].idx
        token = stop
    return len(sites.text)


def _is_prose(sites: Sites, start: int, stop: int) -> bool:
    """Say whether a sentence is no row: it has a finite verb, and few of its words are numbers."""
    tokens = sites.tokens[start:stop]
    numbers = sum(token.like_num for token in tokens)
    return any(token.tag_ in _FINITE for token in tokens) and len(tokens) > 6 and numbers * 5 < len(tokens)
