"""Numbers that are no claims: what needs their unit, words, tags and entities to be seen."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.nouns import counted_noun, is_single
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Form, Kind

__all__ = ["OneEntry", "PeriodEntry", "Refusals", "ZeroEntry"]

_QUANTIFIERS = (
    r"(?:(?:about|around|nearly|almost|at least|up to|more than|less than|just|over|the|roughly|some|only|under|a"
    r"|little|much)\s)"
)
_LASTS = re.compile(rf"\bfor\s(?!the\s$){_QUANTIFIERS}{{0,3}}$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"-[^\W\d_]")
_NAMED_SPAN = r"(?:[A-Z][\w.]*\s|[a-z]+ed\s){0,3}"
# *in two hours and 15 minutes*, *3 minutes 45.2 seconds*: one duration in two units is measured.
_FINER = re.compile(r",?(?:\sand)?\s[\w.]+[\s-](?:month|week|day|hour|minute|second)s?\b")
_UNIT_WORD = re.compile(r"[\s-]+\w+")
_COORDINATED = re.compile(r"^[^.;:]{0,60}(?:,|\band|\bbut|\bor|\bwhile)\s(?:\w+\s){0,2}$")
_CLAUSE = re.compile(r",?\s(?:\w+\s){1,3}\w+")
# How likely a result is by chance: (p < 0.01).
_PROBABILITY = re.compile(r"\b[pP]\s?(?:[<>=≤≥]|&lt;)\s?$")
_TICK = re.compile(r"\s{0,3}[\d,.]{1,12}\s[-+−][\d,.]{1,12}\s[(]?[-+−]?[\d,.]{1,8}%[)]?\s{0,3}")
_TICKER = 40  # characters
# What stands behind a rank is the size of the field: *41st out of 50*.
_RANKED = re.compile(r"(?:\dst|\dnd|\drd|\dth|[a-z]th|\b(?:first|second|third|last))\s(?:place\s)?out of\s(?:the\s)?$")
_AT = re.compile(r"\bat\s$")
_RANKS = 1000  # no ranking is longer
_FORM = re.compile(r"(?:8|10|20)-?[KkQqFf]")
_FILED = re.compile(r"\s(?:filing|form|report|statement)s?\b")
# Years left out place in time: *more in four years than in the previous 20*. A capital inside a sentence names.
_THE = re.compile(r"(?<=[a-z,]\s)The\s$|[“\"‘]The\s$")
_THE_LAST = re.compile(r"\b(?:in|over|during|for|than)\sthe\s(?:previous|preceding|past|last|next)\s$")
# *(1) In their haste*: a label of a list inside a sentence.
_LABEL = re.compile(r"\(\d\)\s[A-Za-z]")
_FEW, _MOST = 3, 4  # digits of a type's name
_LATIN = 0x024F  # the last letter of Latin Extended-B
_PLACES_ONE = re.compile(r"\b(?:in|at|on|during|of|for|to|from)\s(?:at least\s)?$", re.IGNORECASE)
# Behind a place, a people or a day stands a number of its own: *in Iraq 12 died*.
_COUNTING = frozenset({"GPE", "NORP", "DATE", "LOC", "TIME", "MONEY", "PERCENT", "CARDINAL"})
# A street is taken for a place or a building; house numbers with fewer figures are taken for counts.
_HOUSES, _STREETS = 100, frozenset({"FAC", "GPE", "LOC"})
_NAMES = frozenset({"PRODUCT", "FAC", "WORK_OF_ART", "LAW", "ORG", "EVENT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodEntry:
    """A `[[period]]` of refusals.toml."""

    name: str
    side: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


OneEntry = PeriodEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroEntry:
    """The `[[zero]]`, `[[glued]]` or `[[figure]]` of refusals.toml."""

    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Refusals:
    """Decides which numbers stop here."""

    def __init__(self, language: str) -> None:
        periods = load_entries(language, "refusals", "period", PeriodEntry, "name")
        period = {entry.side: _any(entry.words) for entry in periods}
        self._spans = frozenset(word for entry in periods if entry.side == "noun" for word in entry.words)
        self._behind = re.compile(rf"\s+{period['behind']}\b", re.IGNORECASE)
        self._before = re.compile(rf"\b{period['before']}\s(?:\w+\s)?$", re.IGNORECASE)
        self._takes = re.compile(rf"\b{period['lasting']}\s{_QUANTIFIERS}{{0,2}}$", re.IGNORECASE)
        self._in = re.compile(rf"\b{period['in']}\s{_QUANTIFIERS}{{0,2}}$", re.IGNORECASE)
        self._inside = re.compile(rf"\s{period['inside']}\b", re.IGNORECASE)
        self._span = re.compile(rf"[\s-]+{_NAMED_SPAN}(?i:{period['span']})\b")
        self._scale = re.compile(rf"[\s-]{period['scale']}\b", re.IGNORECASE)
        self._on_scale = re.compile(rf"\b{period['scale']}\s(?:of|from|between)\s$", re.IGNORECASE)
        ones = {entry.side: entry.words for entry in load_entries(language, "refusals", "one", OneEntry, "name")}
        self._counts_one = re.compile(rf"\b{_any(ones['before'])}\s(?:\w+\s)?$", re.IGNORECASE)
        self._ones = frozenset(ones["noun"])
        self._counts_last = re.compile(rf"\s{_any(ones['inside'])}\b", re.IGNORECASE)
        self._victims = re.compile(rf"\b{_any(ones['victims'])}", re.IGNORECASE)
        (glued,) = load_entries(language, "refusals", "glued", ZeroEntry, "words")
        self._glued = glued.words
        (figure,) = load_entries(language, "refusals", "figure", ZeroEntry, "words")
        self._figures = frozenset(figure.words)
        (zero,) = load_entries(language, "refusals", "zero", ZeroEntry, "words")
        self._zero = re.compile(rf"[\s-]{_any(zero.words)}\b", re.IGNORECASE)

    def refuses(self, site: Site, reading: Reading, before: Site | None, after: Site | None) -> bool:
        """Say whether a number that was read is no claim; before and after are the numbers beside it."""
        if site.text.lower() == "one" and (reading.kind is Kind.COUNT or not reading.sure):
            return not self._counts(site, reading, before, after)
        if site.mention.form is Form.RANGE and (self._scale.match(site.after) or self._on_scale.search(site.before)):
            return True
        if reading.unit in self._spans:
            return self._placed_before(site)
        if reading.kind is Kind.DURATION:
            return self._places_in_time(site, reading) or self._shares_span(site, reading, after)
        if _is_foreign(site):
            return True
        if site.after.startswith(self._glued):
            return reading.kind is Kind.COUNT
        if _is_ticker(site):
            return True
        if _PROBABILITY.search(site.before) or _RANKED.search(site.before):
            return True
        if not reading.sure and _LABEL.fullmatch(
            site.sites.text[max(0, site.mention.start - 1) : site.mention.end + 3]
        ):
            return True
        if _is_ranking(site, reading) or _is_named_figure(site, reading):
            return True
        if _is_designation(site, before) or _is_address(site, reading) or self._is_type(site, reading):
            return True
        zero = site.text.lower() == "zero" and self._zero.match(site.after) is not None
        return zero or _is_name(site, reading)

    def _is_type(self, site: Site, reading: Reading) -> bool:
        """Say whether a definite number names a type: `the 777 program`, `the 737 Max`; many things have a plural."""
        if reading.kind is not Kind.COUNT or not site.text.isdigit() or not _FEW <= len(site.text) <= _MOST:
            return False
        before, noun = next(site.left(count=1), None), counted_noun(site)
        if before is None or before.tag_ != "DT" or noun is None or noun.i > site.last + 1 or site.after[:1] != " ":
            return False
        if noun.i > site.last and not site.sites.tokens[site.last].is_title:
            return False
        return noun.lower_ not in self._figures and is_single(noun)

    def _counts(self, site: Site, reading: Reading, before: Site | None, after: Site | None) -> bool:
        """`one` counts beside other numbers, or with words that say so; else it is an article or a pronoun."""
        following = next(site.right(count=2), None)
        if reading.noun is None or not reading.sure:
            return following is not None and following.ent_type_ == "NORP"
        if re.match(r"\s(?:of|another|such|as|that|which|who)\b", site.after):
            return False
        if (
            self._counts_one.search(site.before)
            or self._counts_last.match(site.after)
            or reading.unit in self._ones
            or self._victims.search(site.after[:60])
        ):
            return True
        return not _PLACES_ONE.search(site.before) and (_beside(before, site) or _beside(site, after))

    def _places_in_time(self, site: Site, reading: Reading) -> bool:
        """`three days ago`, `over the past decade`, `in two weeks`, `a 16-year high`."""
        behind = site.after[max(0, reading.end - site.mention.end) :]
        if _ATTRIBUTE.match(site.after) and not site.text[0].isupper():
            return bool(self._behind.match(behind) or self._span.match(behind))
        finer = _FINER.match(behind)
        if finer is not None:
            return self._behind.match(behind, finer.end()) is not None
        if self._opens_a_tale(site, behind):
            return True
        if (
            _LASTS.search(site.before)
            or self._takes.search(site.before)
            or (behind.startswith(" of ") and site.before.lower().endswith("after "))
        ):
            return False
        return bool(
            self._behind.match(behind)
            or self._placed_before(site)
            or (self._in.search(site.before) and not _is_measured(site))
            or self._inside.match(site.after)
            or self._span.match(behind)
        )

    def _shares_span(self, site: Site, reading: Reading, after: Site | None) -> bool:
        """`two- and ten-year yields`: the first as little as the second."""
        if reading.sure or after is None or after.begin != site.begin:
            return False
        unit = _UNIT_WORD.match(after.after)
        return unit is not None and self._span.match(after.after, unit.end()) is not None

    def _opens_a_tale(self, site: Site, behind: str) -> bool:
        """`One day he came back`, `he could one day come back`."""
        before = next(site.left(count=1), None)
        if before is not None:
            return site.text == "one" and before.tag_ == "MD"
        return site.text == "One" and _CLAUSE.match(behind) is not None

    def _placed_before(self, site: Site) -> bool:
        """`the last 40 days`; the verb in `will last 40 days` places nothing."""
        placed = self._before.search(site.before)
        if placed is None:
            return False
        word = placed[0].split()[0].lower()
        return not any(token.lower_ == word and token.tag_ == "VB" for token in site.left(count=3))


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


def _beside(first: Site | None, second: Site | None) -> bool:
    """Say whether two counts are coordinated."""
    if first is None or second is None or first.begin != second.begin:
        return False
    gap = first.sites.text[first.mention.end : second.mention.start]
    return len(gap) < 100 and _COORDINATED.match(gap) is not None


def _is_ticker(site: Site) -> bool:
    """Say whether the number stands in a line such as `225.10 -3.40 -1.49%`, as pages show prices beside a text."""
    text, start = site.sites.text, site.mention.start
    before = text[max(0, start - _TICKER) : start].rpartition("\n")[2]
    return _TICK.fullmatch(before + text[start : start + _TICKER].partition("\n")[0]) is not None


def _is_ranking(site: Site, reading: Reading) -> bool:
    """Say whether a number says how far a ranking goes: `among the top three`, `the top 10 list`."""
    top = next(site.left(count=1), None)
    if top is None or top.lower_ != "top" or top.tag_.startswith("VB") or reading.kind is not Kind.COUNT:
        return False
    noun = counted_noun(site)
    return (site.mention.high or 0) <= _RANKS and (noun is None or is_single(noun))


def _is_named_figure(site: Site, reading: Reading) -> bool:
    """Say whether a bare number is a name with its article (*a member of The 519*), or a form (*the 10K filing*)."""
    if _FORM.fullmatch(site.text) and _FILED.match(site.after):
        return True
    bare = reading.kind is Kind.COUNT and reading.noun is None
    return bare and (_THE.search(site.before) is not None or _THE_LAST.search(site.before) is not None)


def _is_foreign(site: Site) -> bool:
    """Say whether the word behind the number is in another script, so that nothing here can read it."""
    word = next((token for token in site.right(count=2) if token.is_alpha), None)
    return word is not None and site.mention.form is Form.DIGITS and ord(word.text[0]) > _LATIN


def _is_measured(site: Site) -> bool:
    """A fraction of a second or minute is a result: `ran it in 4.3 seconds`."""
    value = site.mention.low
    return value is not None and value != int(value)


def _is_designation(site: Site, before: Site | None) -> bool:
    """`five 787 jets`: right behind a count stands the name of what is counted."""
    plain = site.mention.form is Form.DIGITS and site.text.isdigit()
    if before is None or not plain or before.mention.form not in (Form.DIGITS, Form.WORDS):
        return False
    return site.sites.text[before.mention.end : site.mention.start] == " "


def _is_address(site: Site, reading: Reading) -> bool:
    """`the offices at 180 Kent`: many of a name in the singular are no count."""
    noun = next(site.right(count=1), None)
    if reading.kind is not Kind.COUNT or noun is None or not site.text.isdigit():
        return False
    if int(site.text[:9]) < _HOUSES:
        return _is_first_name(site, reading)
    if noun.tag_ != "NNP" or reading.end != noun.idx + len(noun) or noun.text.endswith("s"):
        return False
    following = next(site.right(reading.end, count=2), None)
    before = next(site.left(count=1), None)
    named = before is not None and before.is_lower and before.pos_ in ("ADJ", "ADP")
    housed = named or _AT.search(site.before) is not None or (following is not None and following.tag_ == "VBZ")
    return noun.ent_type_ in _STREETS or (housed and noun.ent_type_ != "NORP")


def _is_first_name(site: Site, reading: Reading) -> bool:
    """Say whether a small number opens a name of several words: `the conservative 60 Plus Association`."""
    before, name = next(site.left(count=1), None), list(site.right(count=3))[:2]
    if before is None or not before.is_lower or before.pos_ not in ("ADJ", "DET", "ADP") or len(name) < 2:
        return False
    ends = reading.end == name[1].idx + len(name[1]) and all(token.is_title for token in name)
    return ends and name[1].tag_ == "NNP" and is_single(name[1])


def _is_name(site: Site, reading: Reading) -> bool:
    """`Boeing 737`, `Galileo 3 Advanced`: a bare number behind a name that it belongs to."""
    if reading.kind is not Kind.COUNT or site.mention.form is not Form.DIGITS:
        return False
    before, token = next(site.left(count=2), None), site.sites.tokens[site.first]
    if before is None or before.pos_ != "PROPN" or not (reading.noun is None or _is_capital(site)):
        return False
    inside = token.ent_type_ in _NAMES and token.ent_iob_ == "I"
    return (inside and reading.noun is None) or _numbers(site, before, token)


def _numbers(site: Site, name: Token, number: Token) -> bool:
    """Say whether a small number hangs on the name in front of it, and the name is nobody and no place."""
    hangs = number.dep_ == "nummod" and number.head.i == name.i and len(site.text) < 3
    one_name = name.ent_type_ != "PERSON" or number.ent_type_ == "PERSON"
    return hangs and one_name and name.ent_type_ not in _COUNTING and name.text != name.text.upper()


def _is_capital(site: Site) -> bool:
    following = next(site.right(count=1), None)
    return following is not None and following.text[0].isupper()
