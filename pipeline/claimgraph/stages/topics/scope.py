"""What naming a measure needs to know about an article: its words, its values, their units."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claimgraph.records import Quantity
from claimgraph.stages.topics.gazetteer import Gazetteer, Wording, load_wording
from claimgraph.stages.topics.phrases import phrase_of
from claimgraph.stages.topics.sites import Site, Sites
from claimgraph.vocab import Kind

__all__ = ["HUNG", "NAMES", "NOUNS", "VERBS", "Scope", "Subject", "governed", "is_unit"]

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
# Entities that are no measure.
NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# Letters that the spellings and numbers of a unit share: *kilometre*, *kilometers*.
_STEM = 4
_UNITS = ("units.", "currencies.", "quantities.quantulum3", "quantities.unit", "points.")
# What may end the clause that a phrase is cut from.
_STOPS = frozenset(",;:–—")
# Tokens of the longest unit.
_WIDEST = 6
# Dependencies by which a value hangs on the noun whose value it is.
HUNG = frozenset({"prep", "appos", "nmod", "compound", "amod", "npadvmod", "nummod", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name the measure, the rule that found them and where they stand."""

    text: str
    rule: str
    start: int
    end: int
    noun: Token | None = None


class Scope:
    """The doc with the tokens of its values and units, and the words that decide what names a measure."""

    def __init__(self, doc: Doc, sites: Sites, gazetteer: Gazetteer) -> None:
        self.doc, self.gazetteer = doc, gazetteer
        self.wording: Wording = load_wording()
        self.values = {token for site in sites.all for token in range(site.first, site.last)}
        self._spelt = {i for site in sites.all for i in self._spelt_unit(site)}
        self.units = self._spelt | {i for site in sites.all for i in self._unit_tokens(site)}

    def unit_token(self, site: Site) -> int | None:
        """Return the token right behind a value that is its unit, as far as kind and lexicon tell."""
        at = site.last + (site.last < len(self.doc) and self.doc[site.last].text in ("-", "–"))
        if at >= len(self.doc) or site.quantity.unit == "magnitude":
            return None
        if site.quantity.kind in (Kind.MEASURE, Kind.DURATION):
            return at
        if site.quantity.kind is Kind.RATE and self.doc[at].pos_ == "NOUN":
            counted = self.doc[at].lemma_.lower() == site.quantity.unit.split("/")[0]
            return None if counted else at  # *60 mph*, but *40 deaths per 1,000 births*
        return at if is_unit(self.doc[at], site.quantity, self.wording.amounts) else None

    def _unit_tokens(self, site: Site) -> Iterator[int]:
        """Yield the tokens behind a value that are its unit: both of *square miles*."""
        at = self.unit_token(site)
        if at is None:
            return
        yield at
        for word in site.quantity.unit.split()[1:]:
            at += 1
            if at < len(self.doc) and self.doc[at].lower_.startswith(word[:_STEM]):
                yield at

    def _spelt_unit(self, site: Site) -> Iterator[int]:
        """Yield all tokens of the unit as the quantities found it: *Swiss francs*, *km/h*; not what it is of."""
        if site.quantity.kind in (Kind.COUNT, Kind.AGE):
            return
        for evidence in site.quantity.evidence:
            if evidence.field == "unit" and evidence.rule.startswith(_UNITS) and site.quantity.unit != "magnitude":
                words = self.doc.char_span(site.quantity.end, evidence.end, alignment_mode="contract")
                if words is not None and len(words) <= _WIDEST and not any(word.lower_ == "of" for word in words):
                    yield from range(max(words.start, site.last), words.end)
                sign = self.doc.char_span(evidence.start, site.quantity.start, alignment_mode="contract")
                if sign is not None and len(sign) <= _WIDEST:
                    yield from range(sign.start, sign.end)

    def names(self, token: Token, site: Site) -> bool:
        """Say whether a token can name the measure: a noun that is no value, unit or time and nobody's name."""
        if token.i in self.values or token.i in self.units or token.pos_ not in NOUNS:
            return False
        if site.quantity.kind is not Kind.AGE and (token.ent_type_ in NAMES or self.is_time(token)):
            return False
        return not is_unit(token, site.quantity, self.wording.amounts)

    def phrase(self, noun: Token, *, complement: bool = True) -> list[Token]:
        """Return the words that name a noun, without values and their units."""
        return phrase_of(noun, self.values, self._spelt, complement=complement)

    def plain(self, token: Token) -> bool:
        """Say whether a modifier is a noun that is neither value, unit, name nor date."""
        word = token.lemma_.lower()
        unit = word in self.wording.amounts or word in ("percent", "%", "pct", "percentage", "point")
        named = token.ent_type_ in NAMES or self.is_time(token)
        return token.pos_ in NOUNS and token.i not in self.values and not unit and not named

    def is_time(self, token: Token) -> bool:
        """Say whether a token is part of a date or time."""
        return token.ent_type_ in ("DATE", "TIME")

    def thing(self, noun: Token, rule: str) -> Subject | None:
        """Name a noun; a noun of movement or counting gives way to what moves or is counted, None if that is unsaid."""
        if noun.lemma_ in self.wording.expectations:
            return self._expected(noun, rule)
        for _ in range(2):
            if noun.lemma_ in self.wording.movements or noun.lemma_ in self.wording.counters:
                inner = governed(noun, "in", "of", "for", "to")
                if inner is not None and self.plain(inner) and inner.i not in self.units:
                    noun = inner
        if noun.lemma_ in self.wording.movements or noun.lemma_ in self.wording.counters:
            modifiers = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and self.plain(c)]
            if not modifiers:
                return None
            noun = modifiers[-1]
        return self.make(self.phrase(noun), rule, noun)

    def _expected(self, noun: Token, rule: str) -> Subject:
        """Name what is expected (*the revenue forecast*, *estimates for sales*), else the expectation itself."""
        modifiers = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and self.plain(c)]
        measure = next((c for c in modifiers if c.lemma_.lower() in self.gazetteer.owners), None)
        thing = measure or governed(noun, "for")
        if thing is None or not self.plain(thing):
            thing = noun
        return self.make(self.phrase(thing), rule, thing)

    def make(self, words: Sequence[Token], rule: str, noun: Token, outcome: str = "") -> Subject:
        """Join words into a phrase; gaps between them become single spaces."""
        while len(words) > 1 and words[-1].text in _STOPS:
            words = words[:-1]
        parts = []
        for at, token in enumerate(words):
            glued = at + 1 < len(words) and words[at + 1].i == token.i + 1 and not token.whitespace_
            parts.append(token.text if glued else f"{token.text} ")
        text = " ".join("".join(parts).split()).removesuffix("'s").removesuffix("’s")
        return Subject(f"{text} {outcome}".strip(), rule, words[0].idx, words[-1].idx + len(words[-1]), noun)


def governed(token: Token, *prepositions: str) -> Token | None:
    """Return the noun behind one of these prepositions that hangs on the token."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            noun = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and c.pos_ in NOUNS), None)
            if noun is not None:
                return noun
    return None


def is_unit(token: Token, quantity: Quantity, amounts: frozenset[str]) -> bool:
    """Say whether the token is the value's unit, which names no measure."""
    word, unit = token.lemma_.lower(), quantity.unit.lower()
    if quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINTS):
        return word in ("percent", "%", "percentage", "point", "pct", "cent", "basis")
    if quantity.kind is Kind.MONEY:
        return word in amounts or token.lower_.removesuffix("s") in amounts or token.ent_type_ == "MONEY"
    return bool(unit) and (word in unit.split("/")[0].split() or token.lower_ in unit.split())
