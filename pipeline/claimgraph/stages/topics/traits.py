"""Describe how a proposed subject stands to its value, as names of facts: structure only, no word of the article.

A fact is a short text such as `path=prep/nsubj` or `class=money`. The weights of `weighing` say what each is worth.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from claimgraph.stages import columns
from claimgraph.stages.topics.between import Between
from claimgraph.stages.topics.noun_classes import load_noun_classes
from claimgraph.stages.topics.proposals import HELD, Proposal
from claimgraph.stages.topics.scope import NOUNS, VERBS, Scope, Subject
from claimgraph.stages.topics.sites import Site, Sites

__all__ = ["Traits"]

_ENTITIES = frozenset(
    {"PERSON", "ORG", "GPE", "NORP", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "LOC", "QUANTITY", ""}
)
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_PATH = 12
# A noun that comes often is what the article is about; more than this is as good as this.
_OFTEN = 5


class Traits:
    """Describes proposals of one article; what is true of a noun wherever it is proposed is worked out once."""

    def __init__(self, scope: Scope, sites: Sites) -> None:
        self.scope, self.sites, self.doc = scope, sites, scope.doc
        self.classes = load_noun_classes()
        self._between = Between(scope, self.classes)
        self._counts = Counter(noun for number in sites.read for noun in _nouns(sites.sentences[number]))
        self._title = set(_nouns(sites.sentences[0]))
        self._heads = columns.heads(self.doc)
        self._over_first: set[int] = set()
        self._owned: dict[int, int] = {}
        for index, site in enumerate(sites.all):
            self._owned.setdefault(site.phrase.i, index)
        self._known: dict[int, tuple[str, ...]] = {}

    def of(
        self, index: int, proposals: Sequence[Proposal], first: Subject, held: Sequence[Subject]
    ) -> Iterator[set[str]]:
        """Yield the facts of each proposal for the value with this index.

        Args:
            index: the value.
            proposals: the phrases; several may have one noun, which is described once.
            first: what the rules would choose.
            held: the subjects of the values before, nearest last.
        """
        site, nouns = self.sites.all[index], dict[int, tuple[str, ...]]()
        self._over_first = set(self._above(first.noun.i)) if first.noun is not None else set()
        for proposal in proposals:
            noun = proposal.subject.noun
            facts = {*proposal.marks, *self._wording(site, proposal), f"{_standing(proposal)}:{first.rule}"}
            if noun is None:
                facts.add("no noun")
            elif noun.i in nouns:
                facts.update(nouns[noun.i])
            else:
                nouns[noun.i] = tuple(self._placed(index, noun, first, held))
                facts.update(nouns[noun.i])
            facts.update(
                [f"{proposal.marks[0]}:{_value(fact)}" for fact in facts if fact.startswith(("path=", "rise="))]
            )
            yield facts

    def _placed(self, index: int, noun: Token, first: Subject, held: Sequence[Subject]) -> Iterator[str]:
        """Yield what is true of a noun, and how it stands to a value and to those before."""
        site, number = self.sites.all[index], self.sites.sentence_of(noun.i)
        yield from self._noun(noun)
        yield from self._against(noun, first.noun)
        yield from self._ownership(index, noun)
        yield from self._again(index, noun, held)
        yield f"sentence={_place(site.number, number)}"
        if number == site.number:
            yield from self._path(site, noun)
            yield from self._between.of(site, noun)

    def _wording(self, site: Site, proposal: Proposal) -> Iterator[str]:
        words = proposal.subject.text.lower().split()
        rules = sum(mark.startswith("rule=") for mark in proposal.marks)
        yield f"rules={min(rules, 4)}"
        yield f"words={min(len(words), 6)}"
        if site.quantity.unit.lower() in words:
            yield "names unit"
        if proposal.subject.noun is not None and proposal.subject.noun.lemma_.lower() == site.quantity.unit.lower():
            yield "is unit"

    def _noun(self, noun: Token) -> tuple[str, ...]:
        """Return what is true of a noun whatever the value."""
        known = self._known.get(noun.i)
        if known is None:
            known = self._known[noun.i] = (*self._form(noun), *self._meaning(noun), *self._surroundings(noun))
        return known

    def _form(self, noun: Token) -> Iterator[str]:
        yield f"tag={noun.tag_}"
        yield f"dep={noun.dep_}"
        yield f"entity={noun.ent_type_ if noun.ent_type_ in _ENTITIES else 'other'}"
        marker = next((child for child in noun.lefts if child.dep_ in ("det", "poss")), None)
        if marker is None:
            yield "det=none"
        else:
            yield "det=poss" if marker.dep_ == "poss" else f"det={marker.lower_}"
        if any(child.i in self.scope.values for child in noun.lefts):
            yield "numbered"
        if any(child.dep_ in ("relcl", "acl") for child in noun.rights):
            yield "described"

    def _meaning(self, noun: Token) -> Iterator[str]:
        lemma, wording = noun.lemma_.lower(), self.scope.wording
        yield from (f"class={name}" for name in self.classes.of(noun))
        if lemma in self.scope.gazetteer.owners:
            yield "measure"
        groups = ("movements", "counters", "expectations", "amounts", "wholes", "areas")
        yield from (name for name in groups if lemma in getattr(wording, name))
        if lemma in self.scope.gazetteer.roles:
            yield "role"
        if self.scope.is_time(noun):
            yield "time"
        yield f"often={min(self._counts[lemma], _OFTEN)}"
        if lemma in self._title:
            yield "in title"

    def _surroundings(self, noun: Token) -> Iterator[str]:
        modifiers = [child for child in noun.lefts if child.dep_ in _MODIFIERS and child.pos_ in NOUNS]
        yield from sorted({f"modifier={name}" for child in modifiers for name in self.classes.of(child)})
        inner = _complement(noun)
        if inner is not None:
            yield from (f"complement={name}" for name in self.classes.of(inner))
        if noun.i in self.scope.units:
            yield "unit of a value"
        if noun.head.pos_ == "VERB":
            verb = noun.head.lemma_
            if verb in self.scope.gazetteer.reporting:
                yield f"said={noun.dep_}"
            if verb in self.scope.wording.outcomes:
                yield "outcome"
            if verb in self.scope.wording.composing:
                yield "composing"

    def _against(self, noun: Token, chosen: Token | None) -> Iterator[str]:
        """Compare with the noun that the rules would choose."""
        if chosen is None:
            return
        if noun.i == chosen.i:
            yield "noun of first"
        elif chosen.i in self._above(noun.i):
            yield "under first"
        elif noun.i in self._over_first:
            yield "over first"

    def _above(self, i: int) -> Iterator[int]:
        """Yield the tokens above one, nearest first."""
        while self._heads[i] != i:
            i = self._heads[i]
            yield i

    def _ownership(self, index: int, noun: Token) -> Iterator[str]:
        """Say whether the noun is counted by this value or by another one."""
        owner = self._owned.get(noun.i)
        if owner == index:
            yield "counted here"
        elif owner is not None:
            alike = self.sites.all[owner].quantity.kind is self.sites.all[index].quantity.kind
            yield f"counted elsewhere={'alike' if alike else 'unlike'}"

    def _again(self, index: int, noun: Token, held: Sequence[Subject]) -> Iterator[str]:
        """Say which of the values before was about the same noun, and how alike the two values are."""
        quantity, number = self.sites.all[index].quantity, self.sites.all[index].number
        for back, subject in enumerate(reversed(held[-HELD:]), start=1):
            if subject.noun is not None and subject.noun.lemma == noun.lemma:
                other = self.sites.all[index - back]
                alike = (
                    "k" * (other.quantity.kind is quantity.kind)
                    + "u" * (other.quantity.unit == quantity.unit)
                    + "c" * (other.quantity.change is quantity.change)
                )
                yield f"again={back}"
                yield f"again={alike}:{_place(number, other.number)}"
                return

    def _path(self, site: Site, noun: Token) -> Iterator[str]:
        """Describe the way through the parse from the value's phrase up and down to the noun."""
        above, path = site.above, [noun]
        while path[-1].i not in above and len(path) < _PATH and path[-1].head.i != path[-1].i:
            path.append(path[-1].head)
        meet = path[-1]
        if meet.i not in above:
            yield "apart"
            return
        up, down = site.height[meet.i], len(path) - 1
        climbed = list(above.values())[: up + 1]
        rise = climbed[-2].dep_ if up else "top"
        fall = path[-2].dep_ if down else "top"
        mine, its = _preposition(climbed[:-1]), _preposition(path[:-1])
        yield from (f"up={min(up, 5)}", f"down={min(down, 4)}", f"steps={min(up, 4)}-{min(down, 3)}")
        yield from (f"meet={meet.pos_}", f"rise={rise}", f"fall={fall}", f"path={rise}/{fall}")
        yield f"way={rise}/{fall}:{meet.pos_}:{mine}/{its}"
        yield from (f"prep={mine}", f"its prep={its}", f"preps={mine}/{its}")
        yield f"verbs below={min(2, sum(token.pos_ in VERBS for token in climbed[:-1]))}"
        yield f"verbs above={min(2, sum(token.pos_ in VERBS for token in path[:-1]))}"
        yield from self._clause(site, noun, meet, fall)

    def _clause(self, site: Site, noun: Token, meet: Token, fall: str) -> Iterator[str]:
        """Say what the noun is to the verb that governs the value."""
        if noun.i in site.above:
            yield f"above={noun.dep_}"
        if noun.i == site.phrase.i:
            yield "is phrase"
        if site.subject is not None and noun.i == site.subject.i:
            yield "is subject"
        verb = site.verb
        if verb is None:
            return
        if noun.head.i == verb.i:
            yield f"argument={noun.dep_}"
        if meet.i == verb.i:
            yield f"argument side={fall}:{'before' if noun.i < site.first else 'after'}"
            if fall == "nsubj" and verb.lemma_ in self.scope.gazetteer.reporting:
                yield "sayer"


def _nouns(sentence: Span) -> Iterator[str]:
    """Yield the lemmas of a sentence's nouns in lower case."""
    lemmas, pos = columns.lemmas(sentence.doc), columns.pos(sentence.doc)
    return (lemmas[i].lower() for i in range(sentence.start, sentence.end) if pos[i] in NOUNS)


def _value(fact: str) -> str:
    return fact.partition("=")[2]


def _standing(proposal: Proposal) -> str:
    return "first" if "first" in proposal.marks else "instead of"


def _place(here: int, there: int) -> str:
    """Say how the sentences of value and noun stand to one another."""
    if there == here:
        return "same"
    if there == here - 1:
        return "before"
    return "title" if there == 0 else "earlier" if there < here else "later"


def _complement(noun: Token) -> Token | None:
    """Return the noun behind the first *of*, *in* or *for* that hangs on the noun."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for"):
            return next((inner for inner in child.rights if inner.dep_ == "pobj"), None)
    return None


def _preposition(path: Sequence[Token]) -> str:
    """Return the first preposition of a path; `none` where there is none, `self` for an empty path."""
    if not path:
        return "self"
    for token in path:
        if token.dep_ in ("prep", "agent") or token.pos_ == "ADP":
            return token.lower_
    return "none"
