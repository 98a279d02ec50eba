"""Word what a quantity counts or measures, in the article's own words.

Which word names the measure depends on how the value stands: inside its noun's phrase (*40 new pupils*, *a $2bn
deal*), behind a noun (*a profit of $3m*), behind a verb (*exports rose 3%*, *cut taxes by 3%*), beside another value
(*against $2m in May*, *(280 km)*). What the clause leaves out is taken from the value before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claimgraph.records import Quantity
from claimgraph.stages.topics.gazetteer import Gazetteer, Wording, load_wording
from claimgraph.stages.topics.phrases import phrase_of
from claimgraph.stages.topics.sites import SUBJECTS, Site, Sites, climb
from claimgraph.vocab import Kind

__all__ = ["Subject", "Subjects"]

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OBJECTS = frozenset({"dobj", "attr", "oprd"})
# Dependencies by which a value hangs on the noun whose value it is.
_HUNG = frozenset({"prep", "appos", "nmod", "compound", "amod", "npadvmod", "nummod", "relcl", "acl"})
_BACK = 60
_LABEL = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """The words that name the measure, the rule that found them and where they stand."""

    text: str
    rule: str
    start: int
    end: int
    noun: Token | None = None


class Subjects:
    """Words the subject of each quantity of one article, in order, so that a value can look at the one before it."""

    def __init__(self, doc: Doc, sites: Sites, gazetteer: Gazetteer) -> None:
        self.doc, self.sites, self.gazetteer = doc, sites, gazetteer
        self.wording: Wording = load_wording()
        self.values = {token for site in sites.all for token in range(site.first, site.last)}
        self._found: list[Subject] = []

    def of(self, index: int) -> Subject:
        """Return the subject of the quantity with this index; ask for them in order."""
        site = self.sites.all[index]
        found = self._beside(index, site) or self._own(site) or self._earlier(index, site)
        self._found.append(found)
        return found

    def _own(self, site: Site) -> Subject | None:
        """Find the measure in the value's own line or clause."""
        if site.quantity.kind is Kind.COUNT:
            return self._counted(site) or self._label(site) or self._measured(site)
        if site.quantity.kind is Kind.AGE:
            return self._aged(site) or self._measured(site)
        return self._label(site) or self._measured(site)

    # counted things

    def _counted(self, site: Site) -> Subject | None:
        """Name the counted noun with the verb or adjective that makes it a measure."""
        noun = self._counted_noun(site)
        if noun is None:
            return None
        words = phrase_of(noun, self.values)
        outcome = self._outcome(noun)
        return self._make(words, "counted", noun, outcome)

    def _counted_noun(self, site: Site) -> Token | None:
        """Return the counted noun: the value's phrase, what it is a number of, or the nearest noun of that name."""
        noun = self._from_quantity(site) or site.phrase
        if noun.lemma_ in self.wording.counters or noun.i in self.values or noun.lemma_ in ("percent", "%"):
            inner = _governed(noun, "of")
            if inner is not None:
                return inner
        if noun.i in self.values or noun.pos_ not in _NOUNS:
            return self._named_before(site)
        return noun

    def _from_quantity(self, site: Site) -> Token | None:
        """Return the head of the noun that the quantity stage found."""
        span = site.quantity.noun
        if span is None:
            return None
        held = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return held.root if held is not None and held.root.i not in self.values else None

    def _named_before(self, site: Site) -> Token | None:
        """Return the nearest noun before the value, or right behind it, that has the unit's name."""
        unit = site.quantity.unit.lower()
        forms = {unit, *({"people"} if unit == "person" else ())}
        for i in range(site.first - 1, max(-1, site.first - _BACK), -1):
            token = self.doc[i]
            if token.pos_ in _NOUNS and (token.lemma_.lower() in forms or token.lower_ in forms):
                return token
        for i in range(site.last, min(len(self.doc), site.last + 12)):
            if self.doc[i].lemma_.lower() in forms or self.doc[i].lower_ in forms:
                return self.doc[i]
        return None

    def _outcome(self, noun: Token) -> str:
        """Return what was done to, or is the state of, the counted noun; empty when that is no part of the measure."""
        for child in noun.children:
            if child.dep_ in ("acl", "relcl", "amod") and child.lemma_ in self.wording.outcomes:
                return "" if child.i < noun.i else self.wording.outcomes[child.lemma_]
            if child.lower_ in self.wording.states and child.i > noun.i:
                return child.lower_
        head = noun.head
        if noun.dep_ in SUBJECTS | {"dobj"} and head.pos_ in _VERBS:
            if head.lemma_ in self.wording.outcomes:
                return self.wording.outcomes[head.lemma_]
            states = [c.lower_ for c in head.children if c.lower_ in self.wording.states and c.i != noun.i]
            return states[0] if states else ""
        return noun.head.lower_ if noun.head.lower_ in self.wording.states else ""

    # measured things

    def _measured(self, site: Site) -> Subject | None:
        """Name what has the value: the noun that it stands in or behind, else what the verb is about."""
        start = site.phrase
        if (
            start.pos_ in _NOUNS
            and start.i not in self.values
            and not _is_unit(start, site.quantity, self.wording.amounts)
        ):
            return self._thing(start, "attributive")
        inner = _governed(start, "of", "in", "on", "for")
        if inner is not None and not self._is_time(inner):
            return self._thing(inner, "of_value")
        below = start
        for token in climb(start):
            if token.pos_ in _VERBS:
                return self._about(token, below)
            if below.dep_ in _HUNG and self._names(token, site):
                return self._thing(token, "behind_noun")
            below = token
        return None

    def _names(self, token: Token, site: Site) -> bool:
        """Say whether a token can name the measure: a noun that is neither a value nor its unit."""
        unit = _is_unit(token, site.quantity, self.wording.amounts)
        return token.pos_ in _NOUNS and token.i not in self.values and not unit

    def _about(self, verb: Token, below: Token) -> Subject | None:
        """Name the object of a verb that moves it by or to the value, else the verb's subject."""
        moved = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in _NOUNS), None)
        if moved is not None and moved.i != below.i and below.dep_ in ("prep", "npadvmod", "advmod", "agent"):
            return self._thing(moved, "object")
        for holder in (verb, *climb(verb)):
            if holder.pos_ not in _VERBS:
                if holder.pos_ in _NOUNS and verb.dep_ in ("acl", "relcl"):
                    return self._thing(holder, "modified")
                break
            subject = next((c for c in holder.children if c.dep_ in SUBJECTS and c.i != below.i), None)
            if subject is not None:
                return self._of_subject(subject, holder)
            if holder.dep_ in ("relcl", "acl") and holder.head.pos_ in _NOUNS:
                return self._thing(holder.head, "modified")
        return None

    def _of_subject(self, subject: Token, verb: Token) -> Subject | None:
        """Name a verb's subject; pronouns stand for what the clause modifies or leave the question open."""
        if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self._thing(verb.head, "relative")
        if subject.pos_ == "PRON" or (subject.pos_ == "DET" and not list(subject.children)):
            return None
        if subject.pos_ not in _NOUNS:
            return None
        return self._thing(subject, "subject")

    def _thing(self, noun: Token, rule: str) -> Subject:
        """Name a noun; a noun of movement or counting gives way to what moves or is counted."""
        for _ in range(2):
            if noun.lemma_ in self.wording.movements or noun.lemma_ in self.wording.counters:
                inner = _governed(noun, "in", "of", "for", "to")
                if inner is not None and inner.i not in self.values and not self._is_time(inner):
                    noun = inner
        if noun.lemma_ in self.wording.movements:
            modifiers = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and c.pos_ in _NOUNS]
            modifiers = [c for c in modifiers if c.i not in self.values and c.lower_ not in ("percent", "%")]
            if modifiers:
                noun = modifiers[-1]
        return self._make(phrase_of(noun, self.values), rule, noun)

    def _is_time(self, token: Token) -> bool:
        return token.ent_type_ in ("DATE", "TIME")

    def _aged(self, site: Site) -> Subject | None:
        """Name the person or people of this age: the nearest noun above the value."""
        for token in (site.phrase, *climb(site.phrase)):
            if (
                token.pos_ in _NOUNS
                and token.i not in self.values
                and not _is_unit(token, site.quantity, self.wording.amounts)
            ):
                return self._make(phrase_of(token, self.values, complement=False), "aged", token)
            if token.pos_ in _VERBS:
                break
        return None

    def _label(self, site: Site) -> Subject | None:
        """Name the label of a list line: *Nickel output: 40 tonnes*."""
        begin = site.sentence.start
        head = self.doc[begin : min(site.first, begin + _LABEL)]
        for token in head:
            if token.text == ":" and token.i > begin:
                words = [t for t in self.doc[begin : token.i] if t.is_alpha or t.text in "-&"]
                if words and site.first - token.i <= 3:
                    return self._make(words, "label", words[-1])
        return None

    # values beside values

    def _beside(self, index: int, site: Site) -> Subject | None:
        """Take the subject of the value before in a bracket or a comparison of the same kind."""
        before = self.sites.all[index - 1] if index else None
        if before is None or before.number != site.number:
            return None
        between = self.doc[before.last : site.first]
        words = {token.lower_ for token in between[-6:]}
        alike = before.quantity.kind is site.quantity.kind
        bracket = alike and "(" in words and len(between) <= 4
        compared = alike and before.quantity.unit == site.quantity.unit and words & self.wording.comparisons
        listed = alike and before.quantity.unit == site.quantity.unit and len(between) <= 3
        if bracket or compared or listed:
            held = self._found[index - 1]
            return Subject(held.text, "beside", held.start, held.end, held.noun) if held.text else None
        return None

    def _earlier(self, index: int, site: Site) -> Subject:
        """Take the subject of the nearest earlier value of the same kind and unit, else the sentence's first noun."""
        for at in range(index - 1, max(-1, index - 6), -1):
            other = self.sites.all[at].quantity
            if other.kind is site.quantity.kind and other.unit == site.quantity.unit and self._found[at].text:
                held = self._found[at]
                return Subject(held.text, "earlier", held.start, held.end, held.noun)
        subject = site.subject
        if subject is not None and subject.pos_ in _NOUNS:
            return self._thing(subject, "clause")
        noun = next((t for t in site.sentence[:40] if t.pos_ in _NOUNS and t.i not in self.values), None)
        if noun is not None:
            return self._make(phrase_of(noun, self.values), "sentence", noun)
        return Subject(site.quantity.unit, "unit", site.quantity.start, site.quantity.end)

    def _make(self, words: Sequence[Token], rule: str, noun: Token, outcome: str = "") -> Subject:
        """Join words into a phrase; gaps between them become single spaces."""
        parts = []
        for at, token in enumerate(words):
            glued = at + 1 < len(words) and words[at + 1].i == token.i + 1 and not token.whitespace_
            parts.append(token.text if glued else f"{token.text} ")
        text = " ".join("".join(parts).split()).removesuffix("'s").removesuffix("’s")
        return Subject(f"{text} {outcome}".strip(), rule, words[0].idx, words[-1].idx + len(words[-1]), noun)


def _governed(token: Token, *prepositions: str) -> Token | None:
    """Return the noun behind one of these prepositions that hangs on the token."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            noun = next((c for c in child.children if c.dep_ in ("pobj", "pcomp") and c.pos_ in _NOUNS), None)
            if noun is not None:
                return noun
    return None


def _is_unit(token: Token, quantity: Quantity, amounts: frozenset[str]) -> bool:
    """Say whether the token is the value's unit, which names no measure."""
    word, unit = token.lemma_.lower(), quantity.unit.lower()
    if quantity.kind in (Kind.PERCENT, Kind.PERCENTAGE_POINTS):
        return word in ("percent", "%", "percentage", "point", "pct", "cent", "basis")
    if quantity.kind is Kind.MONEY:
        return word in amounts or token.ent_type_ == "MONEY"
    return bool(unit) and (word in unit.split("/")[0].split() or token.lower_ in unit.split())
