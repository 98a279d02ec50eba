"""Name what a value is of by the words right beside it, where the parse of longer sentences often errs."""

from spacy.tokens import Token

from claimgraph.stages import columns
from claimgraph.stages.topics.scope import NOUNS, VERBS, Scope, Subject
from claimgraph.stages.topics.sites import SUBJECTS, Site
from claimgraph.vocab import Kind

__all__ = ["Nearby"]

# Tokens between a place and its distance: *Quito, located some 40 miles away*.
_BACK = 6
# Tokens before and behind a share in which a group is looked for: *among likely voters, 40 percent*.
_SCOPE = 30
_PARTS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.COUNT, Kind.MEASURE, Kind.MONEY})


class Nearby:
    """Names measures by position."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def distant(self, site: Site) -> Subject | None:
        """Name what lies at a distance: *Quito, about 40 miles away*; None where a verb stands between."""
        if site.quantity.kind not in (Kind.MEASURE, Kind.DURATION):
            return None
        if not self._leads_away(site):
            return None
        for i in range(site.first - 1, max(site.sentence.start, site.first - _BACK) - 1, -1):
            token = self.scope.doc[i]
            if token.pos_ in NOUNS and i not in self.scope.values:
                words = self.scope.phrase(token, complement=False)
                named = [word for word in words if word.ent_type_]
                return self.scope.make(named if token.ent_type_ else words, "distant", token)
            if token.pos_ in VERBS and token.tag_ != "VBN":
                return None
        return None

    def _leads_away(self, site: Site) -> bool:
        """Say whether a direction follows value and unit, a conversion in brackets apart: *40 miles (64 km) away*."""
        words = [token.lower_ for token in self.scope.doc[site.last + 1 : site.last + _BACK + 4]]
        if words[:1] == ["("] and ")" in words:
            words = words[words.index(")") + 1 :]
        nearest = words[:3] if words[:1] == ["to"] else words[:2]
        return any(word in self.scope.wording.directions for word in nearest)

    def valued(self, site: Site) -> Subject | None:
        """Name the noun that the value follows with *of*: *earnings of $3m and sales of $40m*."""
        if site.quantity.kind is Kind.COUNT or site.first < site.sentence.start + 2:
            return None
        at = site.first - 1
        while at > site.sentence.start and (
            self.scope.doc[at].is_currency or self.scope.doc[at].pos_ in ("ADV", "SYM")
        ):
            at -= 1
        noun = self.scope.doc[at - 1]
        unnamed = noun.pos_ in NOUNS and noun.ent_type_ in ("", "ORG") and noun.i not in self.scope.values
        if self.scope.doc[at].lower_ != "of" or at <= site.sentence.start or not unnamed:
            return None
        return self.scope.thing(noun, "valued")

    def last_noun(self, site: Site) -> Subject | None:
        """Name the nearest noun before a value, or the first behind it: all that a line without a verb gives."""
        begin, end = max(site.sentence.start, site.first - _SCOPE), min(site.sentence.end, site.last + _SCOPE)
        order = [*reversed(range(begin, site.first)), *range(site.last, end)]
        pos, words, taken = columns.pos(self.scope.doc), columns.texts(self.scope.doc), self.scope.values
        worded = [i for i in order if pos[i] in NOUNS and i not in taken and words[i].isalpha()]
        nouns = [self.scope.doc[i] for i in worded if i not in self.scope.units]
        noun = next((t for t in nouns if self.scope.plain(t)), nouns[0] if nouns else None)
        return self.scope.make(self.scope.phrase(noun), "sentence", noun) if noun is not None else None

    def composed(self, site: Site) -> Subject | None:
        """Name what makes up a share: *tin accounts for 40 percent of exports*."""
        if site.quantity.kind not in (Kind.PERCENT, Kind.FRACTION):
            return None
        head = site.phrase.head
        verb = head.head if head.dep_ == "prep" and site.phrase.dep_ == "pobj" else head
        if verb.lemma_ not in self.scope.wording.composing or site.phrase.dep_ in SUBJECTS:
            return None
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.pos_ != "NOUN" or subject.i in self.scope.values:
            return None
        return self.scope.thing(subject, "composed")

    def behind(self, site: Site) -> Subject | None:
        """Name what follows the value and its unit with *of*: *between 40 and 50 tonnes of tin*."""
        if site.quantity.kind not in _PARTS:
            return None
        at = site.last
        while at < min(len(self.scope.doc), site.last + 3) and self._fills(self.scope.doc[at], site):
            at += 1
        if at >= site.sentence.end:
            return None
        prep = self.scope.doc[at]
        if prep.lower_ != "of" and not (prep.lower_ == "in" and site.quantity.kind is Kind.MONEY):
            return None
        noun = next((c for c in prep.rights if c.dep_ == "pobj"), None)
        if noun is None or not self.scope.names(noun, site):
            return None
        return self.scope.thing(noun, "behind_value")

    def _fills(self, token: Token, site: Site) -> bool:
        """Say whether a token between value and preposition belongs to the value."""
        return token.i in self.scope.units or token.text in ("-", "%") or token.lemma_ in self.scope.wording.amounts

    def among(self, site: Site) -> Subject | None:
        """Name the group that a share is of when the sentence sets it apart: *among women, Lopez gets 40 percent*."""
        if site.quantity.kind not in (Kind.PERCENT, Kind.FRACTION):
            return None
        begin, end = max(site.sentence.start, site.first - _SCOPE), min(site.sentence.end, site.last + _SCOPE)
        preps = [t for t in self.scope.doc[begin:end] if t.lower_ in self.scope.wording.groupings]
        for prep in sorted(preps, key=lambda t: abs(t.i - site.first)):
            noun = next((c for c in prep.rights if c.dep_ == "pobj" and c.pos_ in NOUNS), None)
            if noun is not None and noun.i not in self.scope.values:
                return self.scope.make(self.scope.phrase(noun), "among", noun)
        return None
