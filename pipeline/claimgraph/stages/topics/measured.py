"""Name what a measured value is of: the noun that it stands in or behind, else what its verb is about."""

from spacy.tokens import Token

from claimgraph.stages.topics.scope import HUNG, NAMES, NOUNS, VERBS, Scope, Subject, governed
from claimgraph.stages.topics.sites import SUBJECTS, Site, climb
from claimgraph.vocab import Kind

__all__ = ["Measured"]

_POLLED = frozenset({Kind.PERCENT, Kind.FRACTION})
_CLAUSES = frozenset({"relcl", "acl"})
# Words of the longest predicate that names a group.
_PREDICATE = 8
_SHARES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.FRACTION, Kind.MULTIPLE, Kind.INDEX})


class Measured:
    """Names measured things."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def of(self, site: Site) -> Subject | None:
        """Name what has the value: the noun that it stands in or behind, else what the verb is about."""
        start = site.phrase
        special = self._predicated(site) or self._area(site)
        if special is not None:
            return special
        if self.scope.names(start, site):
            found = self.scope.thing(start, "attributive")
            if found is not None:
                return found
        inner = governed(start, *(("of",) if site.quantity.kind in _SHARES else ("of", "in", "on", "for", "into")))
        if inner is not None and self.scope.names(inner, site):
            return self.scope.thing(inner, "of_value")
        below = start
        for token in climb(start):
            if token.pos_ in VERBS:
                paid = site.quantity.kind is Kind.RATE and site.quantity.unit[:3].isupper()  # earns $90,000 a year
                return self._about(token, below, money=paid or site.quantity.kind is Kind.MONEY)
            if below.dep_ in HUNG and self.scope.names(token, site):
                found = self.scope.thing(token, "behind_noun")
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
            noun = next((c for c in head.children if c.dep_ == "attr" and self.scope.names(c, site)), None)
            return self.scope.thing(noun, "predicated") if noun is not None else None
        behind = next((t for t in self.scope.doc[site.last : site.last + 2] if t.i not in self.scope.units), None)
        if behind is None or behind.tag_ not in ("VBN", "JJ") or site.phrase.head.i != behind.i:
            return None
        subject = site.subject
        words = self.scope.phrase(subject) if subject is not None and subject.pos_ in NOUNS else []
        return self.scope.make([*words, behind], "predicated", behind)

    def polled(self, site: Site) -> Subject | None:
        """Word what those do whom a share counts without naming them: *48 percent approved*, *the 9% who disagree*."""
        phrase = site.phrase
        behind = self.scope.doc[site.last] if site.last < site.sentence.end else phrase
        grouped = behind.pos_ in NOUNS and self.scope.plain(behind)  # nine in ten voters
        if site.quantity.kind not in _POLLED or grouped or governed(phrase, "of", "among") is not None:
            return None
        verb = phrase.head if phrase.dep_ == "nsubj" else next((c for c in phrase.rights if c.dep_ in _CLAUSES), None)
        if verb is None or verb.pos_ not in VERBS or verb.i < site.last or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
            return None
        begin = next((c.i for c in verb.lefts if c.dep_ in ("neg", "acomp") or c.tag_ == "MD"), verb.i)
        words = []
        for token in self.scope.doc[begin : min(verb.i + _PREDICATE, site.sentence.end)]:
            if (
                token.is_punct
                or token.i in self.scope.values
                or (token.dep_ in ("cc", "mark") and token.i > verb.i + 2)
            ):
                break
            words.append(token)
        return self.scope.make(words, "polled", verb) if words else None

    def _area(self, site: Site) -> Subject | None:
        """Name an area with what happened to it: *acres burned*."""
        phrase = site.phrase
        if phrase.lemma_ not in self.scope.wording.areas or phrase.dep_ != "dobj" or phrase.head.pos_ != "VERB":
            return None
        verb = phrase.head
        return self.scope.make([phrase], "area", phrase, verb.lower_ if verb.tag_ in ("VBD", "VBN") else "")

    def _about(self, verb: Token, below: Token, *, money: bool) -> Subject | None:
        """Name the object of a verb that moves it by or to the value, else the verb's subject."""
        moved = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in NOUNS), None)
        if money and below.dep_ in SUBJECTS:
            return self._purpose(verb)
        told = verb.lemma_ in self.scope.gazetteer.reporting
        if (
            moved is not None
            and not told
            and moved.i != below.i
            and below.dep_ in ("prep", "npadvmod", "advmod", "agent")
        ):
            return self.scope.thing(moved, "object")
        for holder in (verb, *climb(verb)):
            if holder.pos_ not in VERBS:
                if holder.pos_ in NOUNS and verb.dep_ in ("acl", "relcl"):
                    return self.scope.thing(holder, "modified")
                break
            subject = next((c for c in holder.children if c.dep_ in SUBJECTS and c.i != below.i), None)
            subject = subject or self._controller(holder)
            if subject is not None:
                found = self._of_subject(subject, holder) or self._posted(subject, moved, below)
                return found or (self._purpose(verb) or self._deed(verb) if money else None)
            if holder.dep_ in ("relcl", "acl") and holder.head.pos_ in NOUNS:
                return self.scope.thing(holder.head, "modified")
        return None

    def _of_subject(self, subject: Token, verb: Token) -> Subject | None:
        """Name a verb's subject; pronouns and names are no measure and leave the question open."""
        if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            return self.scope.thing(verb.head, "relative")
        if subject.pos_ not in NOUNS or (subject.dep_ == "nsubj" and verb.lemma_ in self.scope.gazetteer.reporting):
            return None
        if subject.ent_type_ in NAMES or subject.lemma_ in self.scope.gazetteer.roles:
            return None
        return self.scope.thing(subject, "subject")

    def _controller(self, verb: Token) -> Token | None:
        """Return the object that an infinitive is said of: *Nokia expects sales to rise*, *it helps sales rise*."""
        if verb.dep_ not in ("xcomp", "ccomp"):
            return None
        return next((c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.i and self.scope.plain(c)), None)

    def _posted(self, subject: Token, moved: Token | None, below: Token) -> Subject | None:
        """Name what somebody posted when the value only comments on it: *Nokia reported sales of $40m, up 3%*."""
        if moved is None or moved.i == below.i or moved.i in self.scope.values or not self.scope.plain(moved):
            return None
        return self.scope.thing(moved, "posted") if subject.pos_ in NOUNS else None

    def _purpose(self, verb: Token) -> Subject | None:
        """Name what an amount goes to: *pay $3m into a fund*, *set aside $3m to cover fines*."""
        noun = governed(verb, "into", "to", "toward", "towards", "for", "on", "in")
        if noun is not None and noun.i > verb.i and self.scope.plain(noun) and noun.i not in self.scope.units:
            return self.scope.thing(noun, "purpose")
        for child in verb.children:
            if child.dep_ in ("advcl", "xcomp") and child.pos_ == "VERB" and child.i > verb.i:
                thing = next((c for c in child.children if c.dep_ == "dobj" and c.pos_ in NOUNS), None)
                if thing is not None and thing.i not in self.scope.values:
                    return self.scope.thing(thing, "purpose")
        return None

    def _deed(self, verb: Token) -> Subject | None:
        """Name an amount by the verb alone: *earned*."""
        form = self.scope.wording.deeds.get(verb.lemma_)
        return Subject(form, "deed", verb.idx, verb.idx + len(verb), verb) if form else None
