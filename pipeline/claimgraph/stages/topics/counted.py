"""Name what a count counts: the noun, with the verb or adjective that makes it a measure."""

from spacy.tokens import Token

from claimgraph.stages.topics.scope import HUNG, NOUNS, VERBS, Scope, Subject, governed
from claimgraph.stages.topics.sites import SUBJECTS, Site

__all__ = ["Counted"]

# Tokens before a value in which the noun that it leaves out is looked for.
_BACK = 60


class Counted:
    """Names counted things."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def of(self, site: Site) -> Subject | None:
        """Name the counted noun with the verb or adjective that makes it a measure."""
        noun = self._counted_noun(site)
        if noun is None:
            return self._elided(site)
        holder = self._holder(noun) or self._risen(noun) or self._hyphenated(site, noun)
        if holder is not None:
            return self.scope.thing(holder, "holder")
        return self.scope.make(self.scope.phrase(noun), "counted", noun, self._outcome(noun))

    def suffered(self, site: Site) -> Subject | None:
        """Name people that a bare number counts by what was done to them: *40 dead and 12 injured*, *injured 12*."""
        if site.quantity.unit not in ("person", "people") or site.phrase.i not in self.scope.values:
            return None
        before = self.scope.doc[max(0, site.first - 4) : site.first]
        for token in (*self.scope.doc[site.last : site.last + 1], *reversed(before)):
            if token.pos_ in ("NOUN", "CCONJ") or token.i in self.scope.values or token.is_punct:
                return None
            if token.lower_ in self.scope.wording.states:
                return Subject(f"people {token.lower_}", "suffered", site.quantity.start, site.quantity.end)
            if token.lemma_ in self.scope.wording.outcomes:
                form = self.scope.wording.outcomes[token.lemma_]
                return Subject(f"people {form}", "suffered", site.quantity.start, site.quantity.end)
        return None

    def _elided(self, site: Site) -> Subject | None:
        """Name what a bare number counts: *12 were injured*, *of the miners, 12 are missing*."""
        outcome = self._outcome(site.phrase)
        noun = self._named_before(site)
        if outcome and site.quantity.unit in ("person", "people"):
            return Subject(f"people {outcome}", "elided", site.quantity.start, site.quantity.end)
        if noun is None:
            return None
        return self.scope.make(self.scope.phrase(noun), "elided", noun, outcome or self._outcome(noun))

    def _holder(self, noun: Token) -> Token | None:
        """Return the noun that the counted things make up: the workforce in *a workforce of 40 people*."""
        if noun.dep_ != "pobj" or noun.head.lower_ != "of" or any(t.i in self.scope.values for t in noun.head.lefts):
            return None
        holder = noun.head.head
        behind = any(self.scope.doc[i].i in self.scope.values for i in range(noun.head.i, noun.i))
        return holder if behind and holder.lemma_ in self.scope.wording.wholes else None

    def _risen(self, noun: Token) -> Token | None:
        """Return the measure that a verb sets to the counted things: *the toll rose to 40 people*."""
        verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "to" else noun.head
        reached = noun.dep_ == "attr" or (noun.dep_ == "dobj" and verb.lemma_ in self.scope.wording.composing)
        if verb.pos_ not in VERBS or (verb.i == noun.head.i and not reached):
            return None
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i != noun.i), None)
        return subject if subject is not None and subject.lemma_ in self.scope.gazetteer.owners else None

    def _hyphenated(self, site: Site, noun: Token) -> Token | None:
        """Return the thing that a hyphenated count describes: the house in *a four-storey house*."""
        joined = site.last + 1 == noun.i and self.scope.doc[site.last].text in ("-", "‐", "‑")
        head = noun.head
        return head if joined and noun.dep_ in HUNG and head.pos_ in NOUNS and head.i > noun.i else None

    def _counted_noun(self, site: Site) -> Token | None:
        """Return the counted noun: the value's phrase or what it is a number of; None where it is left out."""
        noun = self._from_quantity(site) or site.phrase
        if noun.lemma_ in self.scope.wording.counters or noun.i in self.scope.values or noun.lemma_ in ("percent", "%"):
            inner = governed(noun, "of")
            if inner is not None:
                return inner
        return None if noun.i in self.scope.values or noun.pos_ not in NOUNS else noun

    def _from_quantity(self, site: Site) -> Token | None:
        """Return the head of the noun that the quantity stage found."""
        span = site.quantity.noun
        if span is None:
            return None
        held = self.scope.doc.char_span(span.start, span.end, alignment_mode="expand")
        return held.root if held is not None and held.root.i not in self.scope.values else None

    def _named_before(self, site: Site) -> Token | None:
        """Return the nearest noun before the value, or right behind it, that has the unit's name."""
        unit = site.quantity.unit.lower()
        forms = {unit, *({"people"} if unit == "person" else ())}
        for i in range(site.first - 1, max(-1, site.first - _BACK), -1):
            token = self.scope.doc[i]
            if token.pos_ in NOUNS and (token.lemma_.lower() in forms or token.lower_ in forms):
                return token
        for i in range(site.last, min(len(self.scope.doc), site.last + 12)):
            if self.scope.doc[i].lemma_.lower() in forms or self.scope.doc[i].lower_ in forms:
                return self.scope.doc[i]
        return None

    def _outcome(self, noun: Token) -> str:
        """Return what was done to, or is the state of, the counted noun; empty when that is no part of the measure."""
        if noun.lower_ in self.scope.wording.states:
            return noun.lower_
        for child in noun.children:
            if child.dep_ in ("acl", "relcl", "amod") and child.lemma_ in self.scope.wording.outcomes:
                return "" if child.i < noun.i else self.scope.wording.outcomes[child.lemma_]
            if child.lower_ in self.scope.wording.states and child.i > noun.i:
                return child.lower_
        head = noun.head
        if noun.dep_ in SUBJECTS | {"dobj"} and head.pos_ in VERBS:
            if head.lemma_ in self.scope.wording.outcomes:
                return self.scope.wording.outcomes[head.lemma_]
            states = [c.lower_ for c in head.children if c.lower_ in self.scope.wording.states and c.i != noun.i]
            return states[0] if states else ""
        return noun.head.lower_ if noun.head.lower_ in self.scope.wording.states else ""
