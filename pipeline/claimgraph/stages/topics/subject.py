"""Word what a quantity counts or measures, in the article's own words.

Which word names the measure depends on how the value stands: inside its noun's phrase (*40 new pupils*, *a $2bn
deal*), behind a noun (*a profit of $3m*), behind a verb (*exports rose 3%*, *cut taxes by 3%*), beside another value
(*against $2m in May*, *(280 km)*). What the clause leaves out is taken from the value before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_SHARES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.FRACTION, Kind.MULTIPLE, Kind.INDEX})
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
        self.units = {i for site in sites.all if (i := self._unit_token(site)) is not None}
        self._found: list[Subject] = []

    def of(self, index: int) -> Subject:
        """Return the subject of the quantity with this index; ask for them in order."""
        site = self.sites.all[index]
        found = self._beside(index, site) or self._own(site) or self._earlier(index, site)
        if site.quantity.unit == "magnitude" and "magnitude" not in found.text.lower():
            found = replace(found, text=f"{found.text} magnitude")
        self._found.append(found)
        return found

    def _unit_token(self, site: Site) -> int | None:
        """Return the token right behind a value that is its unit, as far as kind and lexicon tell."""
        at = site.last + (site.last < len(self.doc) and self.doc[site.last].text in ("-", "–"))
        if at >= len(self.doc) or site.quantity.unit == "magnitude":
            return None
        if site.quantity.kind in (Kind.MEASURE, Kind.DURATION):
            return at
        return at if _is_unit(self.doc[at], site.quantity, self.wording.amounts) else None

    def _own(self, site: Site) -> Subject | None:
        """Find the measure in the value's own line or clause."""
        if site.quantity.kind is Kind.COUNT or self._counts(site):
            return self._counted(site) or self._label(site) or self._measured(site)
        if site.quantity.kind is Kind.AGE:
            return self._aged(site) or self._measured(site)
        return self._label(site) or self._measured(site)

    def _counts(self, site: Site) -> bool:
        """Say whether a rate is one of things: *40 deaths per 1,000 births*."""
        numerator = site.quantity.unit.split("/")[0]
        return site.quantity.kind is Kind.RATE and site.phrase.lemma_.lower() == numerator

    # counted things

    def _counted(self, site: Site) -> Subject | None:
        """Name the counted noun with the verb or adjective that makes it a measure."""
        noun = self._counted_noun(site)
        if noun is None:
            return self._elided(site)
        holder = self._holder(noun) or self._risen(noun) or self._hyphenated(site, noun)
        if holder is not None:
            return self._thing(holder, "holder")
        return self._make(phrase_of(noun, self.values), "counted", noun, self._outcome(noun))

    def _elided(self, site: Site) -> Subject | None:
        """Name what a bare number counts: *12 were injured*, *of the miners, 12 are missing*."""
        outcome = self._outcome(site.phrase)
        noun = self._named_before(site)
        if outcome and site.quantity.unit in ("person", "people"):
            return Subject(f"people {outcome}", "elided", site.quantity.start, site.quantity.end)
        if noun is None:
            return None
        return self._make(phrase_of(noun, self.values), "elided", noun, outcome or self._outcome(noun))

    def _holder(self, noun: Token) -> Token | None:
        """Return the noun that the counted things make up: the workforce in *a workforce of 40 people*."""
        if noun.dep_ != "pobj" or noun.head.lower_ != "of" or any(t.i in self.values for t in noun.head.lefts):
            return None
        holder = noun.head.head
        behind = any(self.doc[i].i in self.values for i in range(noun.head.i, noun.i))
        return holder if behind and holder.lemma_ in self.wording.wholes else None

    def _risen(self, noun: Token) -> Token | None:
        """Return the measure that a verb sets to the counted things: *the toll rose to 40 people*."""
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "to" else noun.head
        if verb.pos_ not in _VERBS or (verb.i == noun.head.i and noun.dep_ != "attr"):
            return None
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i != noun.i), None)
        return subject if subject is not None and subject.lemma_ in self.gazetteer.owners else None

    def _hyphenated(self, site: Site, noun: Token) -> Token | None:
        """Return the thing that a hyphenated count describes: the house in *a four-storey house*."""
        joined = site.last + 1 == noun.i and self.doc[site.last].text in ("-", "‐", "‑")
        head = noun.head
        return head if joined and noun.dep_ in _HUNG and head.pos_ in _NOUNS and head.i > noun.i else None

    def _counted_noun(self, site: Site) -> Token | None:
        """Return the counted noun: the value's phrase or what it is a number of; None where it is left out."""
        noun = self._from_quantity(site) or site.phrase
        if noun.lemma_ in self.wording.counters or noun.i in self.values or noun.lemma_ in ("percent", "%"):
            inner = _governed(noun, "of")
            if inner is not None:
                return inner
        return None if noun.i in self.values or noun.pos_ not in _NOUNS else noun

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
        if noun.lower_ in self.wording.states:
            return noun.lower_
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
        special = self._predicated(site) or self._area(site)
        if special is not None:
            return special
        if self._names(start, site):
            found = self._thing(start, "attributive")
            if found is not None:
                return found
        inner = _governed(start, *(("of",) if site.quantity.kind in _SHARES else ("of", "in", "on", "for", "into")))
        if inner is not None and self._names(inner, site):
            return self._thing(inner, "of_value")
        below = start
        for token in climb(start):
            if token.pos_ in _VERBS:
                return self._about(token, below, money=site.quantity.kind is Kind.MONEY)
            if below.dep_ in _HUNG and self._names(token, site):
                found = self._thing(token, "behind_noun")
                if found is not None:
                    return found
            below = token
        return None

    def _predicated(self, site: Site) -> Subject | None:
        """Name what a share is of when it is said behind: *half were miners*, *the fire is 9% contained*."""
        if site.quantity.kind not in _SHARES:
            return None
        head = site.phrase.head
        if site.phrase.dep_ in SUBJECTS and head.lemma_ == "be":
            noun = next((c for c in head.children if c.dep_ == "attr" and self._names(c, site)), None)
            return self._thing(noun, "predicated") if noun is not None else None
        behind = next((t for t in self.doc[site.last : site.last + 2] if t.i not in self.units), None)
        if behind is None or behind.tag_ not in ("VBN", "JJ") or site.phrase.head.i != behind.i:
            return None
        subject = site.subject
        words = phrase_of(subject, self.values) if subject is not None and subject.pos_ in _NOUNS else []
        return self._make([*words, behind], "predicated", behind)

    def _area(self, site: Site) -> Subject | None:
        """Name an area with what happened to it: *acres burned*."""
        phrase = site.phrase
        if phrase.lemma_ not in self.wording.areas or phrase.dep_ != "dobj" or phrase.head.pos_ != "VERB":
            return None
        verb = phrase.head
        return self._make([phrase], "area", phrase, verb.lower_ if verb.tag_ in ("VBD", "VBN") else "")

    def _names(self, token: Token, site: Site) -> bool:
        """Say whether a token can name the measure: a noun that is no value, unit or time and nobody's name."""
        if token.i in self.values or token.i in self.units or token.pos_ not in _NOUNS:
            return False
        if site.quantity.kind is not Kind.AGE and (token.ent_type_ in _NAMES or self._is_time(token)):
            return False
        return not _is_unit(token, site.quantity, self.wording.amounts)

    def _about(self, verb: Token, below: Token, *, money: bool) -> Subject | None:
        """Name the object of a verb that moves it by or to the value, else the verb's subject."""
        moved = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in _NOUNS), None)
        if money and below.dep_ in SUBJECTS:
            return self._purpose(verb)
        told = verb.lemma_ in self.gazetteer.reporting
        if (
            moved is not None
            and not told
            and moved.i != below.i
            and below.dep_ in ("prep", "npadvmod", "advmod", "agent")
        ):
            return self._thing(moved, "object")
        for holder in (verb, *climb(verb)):
            if holder.pos_ not in _VERBS:
                if holder.pos_ in _NOUNS and verb.dep_ in ("acl", "relcl"):
                    return self._thing(holder, "modified")
                break
            subject = next((c for c in holder.children if c.dep_ in SUBJECTS and c.i != below.i), None)
            if subject is not None:
                found = self._of_subject(subject, holder)
                return found or (self._purpose(verb) or self._deed(verb) if money else None)
            if holder.dep_ in ("relcl", "acl") and holder.head.pos_ in _NOUNS:
                return self._thing(holder.head, "modified")
        return None

    def _of_subject(self, subject: Token, verb: Token) -> Subject | None:
        """Name a verb's subject; pronouns and names are no measure and leave the question open."""
        if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self._thing(verb.head, "relative")
        if subject.pos_ not in _NOUNS or (subject.dep_ == "nsubj" and verb.lemma_ in self.gazetteer.reporting):
            return None
        if subject.ent_type_ in _NAMES:
            return None
        return self._thing(subject, "subject")

    def _purpose(self, verb: Token) -> Subject | None:
        """Name what an amount goes to: *pay $3m into a fund*, *set aside $3m to cover fines*."""
        noun = _governed(verb, "into", "to", "toward", "towards", "for", "on", "in")
        if noun is not None and noun.i > verb.i and self._plain(noun) and noun.i not in self.units:
            return self._thing(noun, "purpose")
        for child in verb.children:
            if child.dep_ in ("advcl", "xcomp") and child.pos_ == "VERB" and child.i > verb.i:
                thing = next((c for c in child.children if c.dep_ == "dobj" and c.pos_ in _NOUNS), None)
                if thing is not None and thing.i not in self.values:
                    return self._thing(thing, "purpose")
        return None

    def _deed(self, verb: Token) -> Subject | None:
        """Name an amount by the verb alone: *earned*."""
        form = self.wording.deeds.get(verb.lemma_)
        return Subject(form, "deed", verb.idx, verb.idx + len(verb), verb) if form else None

    def _thing(self, noun: Token, rule: str) -> Subject | None:
        """Name a noun; a noun of movement or counting gives way to what moves or is counted, None if that is unsaid."""
        for _ in range(2):
            if noun.lemma_ in self.wording.movements or noun.lemma_ in self.wording.counters:
                inner = _governed(noun, "in", "of", "for", "to")
                if inner is not None and self._plain(inner) and inner.i not in self.units:
                    noun = inner
        if noun.lemma_ in self.wording.movements or noun.lemma_ in self.wording.counters:
            modifiers = [c for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod") and self._plain(c)]
            if not modifiers:
                return None
            noun = modifiers[-1]
        return self._make(phrase_of(noun, self.values), rule, noun)

    def _plain(self, token: Token) -> bool:
        """Say whether a modifier is a noun that is neither value, unit, name nor date."""
        word = token.lemma_.lower()
        unit = word in self.wording.amounts or word in ("percent", "%", "pct", "percentage", "point")
        named = token.ent_type_ in _NAMES or self._is_time(token)
        return token.pos_ in _NOUNS and token.i not in self.values and not unit and not named

    def _is_time(self, token: Token) -> bool:
        return token.ent_type_ in ("DATE", "TIME")

    def _aged(self, site: Site) -> Subject | None:
        """Name the person or people of this age: the nearest noun above the value, a name where it has one."""
        for token in (site.phrase, *climb(site.phrase)):
            if token.pos_ in _VERBS:
                break
            if self._names(token, site) and token.lemma_ not in ("age", "year", "old"):
                named = token.head if token.dep_ == "appos" and token.head.ent_type_ == "PERSON" else token
                return self._make(phrase_of(named, self.values, complement=False), "aged", named)
        return None

    def _label(self, site: Site) -> Subject | None:
        """Name the label of a list line: *Nickel output: 40 tonnes*."""
        begin = site.sentence.start
        head = self.doc[begin : min(site.first, begin + _LABEL)]
        for token in head:
            if token.text == ":" and token.i > begin:
                words = [t for t in self.doc[begin : token.i] if t.is_alpha or t.text in "-&"]
                if any(t.pos_ in _VERBS for t in words) or all(t.ent_type_ in _NAMES for t in words):
                    return None
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
        held = self._found_before(index, site)
        if held is not None:
            return Subject(held.text, "earlier", held.start, held.end, held.noun)
        subject = site.subject
        found = self._thing(subject, "clause") if subject is not None and subject.pos_ in _NOUNS else None
        if found is not None:
            return found
        noun = next((t for t in site.sentence[:40] if t.pos_ in _NOUNS and t.i not in self.values), None)
        if noun is not None:
            return self._make(phrase_of(noun, self.values), "sentence", noun)
        return Subject(site.quantity.unit, "unit", site.quantity.start, site.quantity.end)

    def _found_before(self, index: int, site: Site) -> Subject | None:
        """Return the nearest earlier subject: of the same kind and unit nearby, else of the same sentence, else far."""
        back = range(index - 1, max(-1, index - 6), -1)
        alike = [at for at in back if self._found[at].text and self._alike(at, site)]
        near = [at for at in alike if site.number - self.sites.all[at].number <= 1]
        here = [at for at in back if self.sites.all[at].number == site.number and self._found[at].text]
        chosen = (*near[:1], *here[:1], *alike[:1])
        return self._found[chosen[0]] if chosen else None

    def _alike(self, at: int, site: Site) -> bool:
        other = self.sites.all[at].quantity
        return other.kind is site.quantity.kind and other.unit == site.quantity.unit

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
