"""Word what a quantity counts or measures, in the article's own words.

Which word names the measure depends on how the value stands: inside its noun's phrase (*40 new pupils*, *a $2bn
deal*), behind a noun (*a profit of $3m*), behind a verb (*exports rose 3%*, *cut taxes by 3%*), beside another value
(*against $2m in May*, *(280 km)*). What the clause leaves out is taken from the value before it.

The rules take the first answer in that order. With weights, the rules' answers compete with one another and with the
nouns around the value: `proposals` lists them, `traits` describes them, `weighing` chooses.
"""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Doc

from claimgraph.stages.topics.counted import Counted
from claimgraph.stages.topics.gazetteer import Gazetteer
from claimgraph.stages.topics.measured import Measured
from claimgraph.stages.topics.nearby import Nearby
from claimgraph.stages.topics.proposals import Proposal, Proposals
from claimgraph.stages.topics.scope import NAMES, NOUNS, VERBS, Scope, Subject, governed
from claimgraph.stages.topics.sites import Site, Sites, climb
from claimgraph.stages.topics.traits import Traits
from claimgraph.stages.topics.weighing import Weighing
from claimgraph.vocab import Kind

__all__ = ["Subject", "Subjects"]

_LABEL = 8


class Subjects:
    """Words the subject of each quantity of one article, in order, so that a value can look at the one before it."""

    def __init__(self, doc: Doc, sites: Sites, gazetteer: Gazetteer, weighing: Weighing | None = None) -> None:
        self.sites, self.scope, self.weighing = sites, Scope(doc, sites, gazetteer), weighing
        self.counted, self.measured, self.nearby = Counted(self.scope), Measured(self.scope), Nearby(self.scope)
        self._found: list[Subject] = []
        self._stated: dict[Hashable, int] = {}

    @cached_property
    def _proposals(self) -> Proposals:
        return Proposals(self.scope, self.sites)

    @cached_property
    def _traits(self) -> Traits:
        return Traits(self.scope, self.sites)

    def of(self, index: int) -> Subject:
        """Return the subject of the quantity with this index; ask for them in order."""
        site = self.sites.all[index]
        found = self._certain(site) or self._decided(index, site)
        if site.quantity.unit == "magnitude" and "magnitude" not in found.text.lower():
            found = replace(found, text=f"{found.text} magnitude")
        self._found.append(found)
        self._stated[_figure(site)] = index
        return found

    def _certain(self, site: Site) -> Subject | None:
        """Name what no weights need to decide: the remnant of a clause, the part that makes up a share of a whole."""
        if site.remnant is not None and self.scope.plain(site.remnant):
            return self._left(site)
        whole = governed(site.phrase, "of") is not None and site.phrase.head.lower_ != "with"
        return self.nearby.composed(site) if whole else None

    def _decided(self, index: int, site: Site) -> Subject:
        return self._by_rules(index, site) if self.weighing is None else self._weighed(index, site, self.weighing)

    def described(self, index: int) -> list[tuple[Proposal, set[str]]]:
        """Return what may be the subject of a quantity, and the facts of each; ask for them in order, before `of`."""
        site = self.sites.all[index]
        first = self._by_rules(index, site)
        proposals = self._proposals.of(site, first, self._answers(index, site), self._found)
        return list(zip(proposals, self._traits.of(index, proposals, first, self._found), strict=True))

    def _weighed(self, index: int, site: Site, weighing: Weighing) -> Subject:
        """Choose the most probable proposal; the rule says how it was found and how probable it is."""
        described = self.described(index)
        shares = weighing.shares([facts for _, facts in described], site.quantity.kind)
        best = max(range(len(shares)), key=shares.__getitem__)
        subject = described[best][0].subject
        return replace(subject, rule=f"{subject.rule.partition('_at_')[0]}_at_{shares[best]:.1f}")

    def _by_rules(self, index: int, site: Site) -> Subject:
        """Take the first answer of the rules."""
        found = self._close(site) or self._beside(index, site) or self.nearby.distant(site) or self._own(site)
        if found is None or (found.noun is not None and found.noun.lemma_ in self.scope.wording.expectations):
            found = self.nearby.among(site) or self._earlier(index, site)
        return found

    def _answers(self, index: int, site: Site) -> Iterator[Subject]:
        """Yield what each rule says, whatever the others say."""
        nearby, aged = self.nearby, site.quantity.kind is Kind.AGE
        counts = site.quantity.kind in (Kind.COUNT, Kind.RATE, Kind.FRACTION)
        answers = (
            self.counted.suffered(site),
            nearby.among(site),
            nearby.valued(site),
            self._beside(index, site),
            nearby.distant(site),
            self.counted.of(site) if counts else None,
            self.measured.polled(site),
            self._label(site),
            self.measured.of(site),
            self._aged(site) if aged else None,
            self._left(site),
            self._repeated(site),
            nearby.composed(site),
            nearby.behind(site),
            self._held(index, site),
            nearby.last_noun(site),
        )
        yield from (answer for answer in answers if answer is not None)

    def _close(self, site: Site) -> Subject | None:
        """Find the measure in the words right beside the value that leave no doubt."""
        bracketed = site.first > 0 and self.scope.doc[site.first - 1].text == "("
        group = self.nearby.among(site) if bracketed else None
        return self.counted.suffered(site) or group or self.nearby.valued(site)

    def _own(self, site: Site) -> Subject | None:
        """Find the measure in the value's own line or clause."""
        if site.quantity.kind is Kind.COUNT or self._counts(site):
            return self.counted.of(site) or self._label(site) or self.measured.of(site)
        if site.quantity.kind is Kind.AGE:
            return self._aged(site) or self.measured.of(site)
        close = self.nearby.composed(site) or self.nearby.behind(site)
        return self._label(site) or close or self.measured.of(site)

    def _counts(self, site: Site) -> bool:
        """Say whether a rate is one of things: *40 deaths per 1,000 births*."""
        numerator = site.quantity.unit.split("/")[0]
        return site.quantity.kind is Kind.RATE and site.phrase.lemma_.lower() == numerator

    def _aged(self, site: Site) -> Subject | None:
        """Name the person or people of this age: the nearest noun above the value, a name where it has one."""
        for token in (site.phrase, *climb(site.phrase)):
            if token.pos_ in VERBS:
                break
            if self.scope.names(token, site) and token.lemma_ not in ("age", "year", "old"):
                named = token.head if token.dep_ == "appos" and token.head.ent_type_ == "PERSON" else token
                return self.scope.make(self.scope.phrase(named, complement=False), "aged", named)
        return None

    def _left(self, site: Site) -> Subject | None:
        """Name what a clause without a verb has left of its subject: *sales rose 3%, profits by 2%*."""
        return self.scope.thing(site.remnant, "remnant") if site.remnant is not None else None

    def _repeated(self, site: Site) -> Subject | None:
        """Take what the article said of the same figure before: *fines of $40m. ... The $40m figure ...*."""
        at = self._stated.get(_figure(site))
        return replace(self._found[at], rule="repeated") if at is not None and self._found[at].text else None

    def _label(self, site: Site) -> Subject | None:
        """Name the label of a list line: *Nickel output: 40 tonnes*."""
        begin = site.sentence.start
        head = self.scope.doc[begin : min(site.first, begin + _LABEL)]
        for token in head:
            if token.text == ":" and token.i > begin:
                words = [t for t in self.scope.doc[begin : token.i] if t.is_alpha or t.text in "-&"]
                if any(t.pos_ in VERBS for t in words) or all(t.ent_type_ in NAMES for t in words):
                    return None
                if words and site.first - token.i <= 3:
                    return self.scope.make(words, "label", words[-1])
        return None

    def _beside(self, index: int, site: Site) -> Subject | None:
        """Take the subject of the value before in a bracket or a comparison of the same kind."""
        before = self.sites.all[index - 1] if index else None
        if before is None or before.number != site.number:
            return None
        between = self.scope.doc[before.last : site.first]
        # *more than 40*: the *than* right before a value is its own, no comparison
        words = {token.lower_ for token in between[-6:-1]} | {token.lower_ for token in between[-1:]} - {"than"}
        alike = before.quantity.kind is site.quantity.kind
        bracket = alike and "(" in words and len(between) <= 4
        compared = alike and before.quantity.unit == site.quantity.unit and words & self.scope.wording.comparisons
        listed = alike and before.quantity.unit == site.quantity.unit and len(between) <= 3
        if bracket or compared or listed:
            held = self._found[index - 1]
            return replace(held, rule="beside") if held.text else None
        return None

    def _earlier(self, index: int, site: Site) -> Subject:
        """Take the subject of the nearest earlier value of the same kind and unit, else the sentence's first noun.

        Where there is none, what was done (*$4 million was spent*), and the unit in the last resort.
        """
        held = self._held(index, site)
        if held is not None:
            return held
        subject = site.subject
        stated = subject is not None and subject.pos_ in NOUNS and subject.i not in self.scope.values
        found = self.scope.thing(subject, "clause") if subject is not None and stated else None
        if found is not None:
            return found
        near = self.nearby.last_noun(site)
        if near is not None:
            return near
        if site.verb is not None and site.verb.tag_ == "VBN":
            return self.scope.make([site.verb], "participle", site.verb)
        return Subject(site.quantity.unit, "unit", site.quantity.start, site.quantity.end)

    def _held(self, index: int, site: Site) -> Subject | None:
        """Return the nearest earlier subject: of the same kind and unit nearby, else of the same sentence."""
        back = range(index - 1, max(-1, index - 6), -1)
        alike = [at for at in back if self._found[at].text and self._alike(at, site)]
        near = [at for at in alike if site.number - self.sites.all[at].number <= 1]
        here = [at for at in back if self.sites.all[at].number == site.number and self._found[at].text]
        chosen = (*near[:1], *here[:1])
        return replace(self._found[chosen[0]], rule="earlier") if chosen else None

    def _alike(self, at: int, site: Site) -> bool:
        other = self.sites.all[at].quantity
        return other.kind is site.quantity.kind and other.unit == site.quantity.unit


def _figure(site: Site) -> Hashable:
    """Return what two statements of one figure share."""
    return site.quantity.kind, site.quantity.low, site.quantity.high
