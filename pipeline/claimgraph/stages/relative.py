"""Tie shares, multiples and changes to the quantity that they are relative to.

*More than half of the 196*, *three times the 278*, *up 3% from 67*: the base is the quantity that follows the
linking word inside its noun phrase. What the text leaves to arithmetic (*rose to 69 from 67*) is no relation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Token

from claimgraph.lexicon import load_entries
from claimgraph.records import Evidence, Quantity, Relative, Topic
from claimgraph.stages.base import StageRun, stage
from claimgraph.stages.governors import Sentences, climb, head_token, is_prose
from claimgraph.vocab import Change, Kind, RelationType

__all__ = ["Definite", "Link", "make_relative"]

# A base stands this near behind its linking word, in tokens: on the record, revised 3.14 million; and a multiple
# this near before its own, which a dash may set off from the noun phrase that announces it.
_BASE = 8
_MULTIPLE = 14

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_TIMES = frozenset({Kind.DURATION, Kind.AGE})
# A base is one of the next quantities of its sentence.
_FOLLOWING = 8

# White space between two sentences, in tokens.
_NEXT = 3

# A whole is named again within so many quantities; further back readers have forgotten it.
_RECALLED = 12

_RATIOS = frozenset({Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE})


@dataclass(frozen=True, slots=True)
class Link:
    """A word between a relative value and its base; see data/en/relative.toml."""

    text: str
    type: RelationType
    gap: int
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definite:
    """A word that makes a number a known whole: the 196, its 300 jobs."""

    text: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Lexicon:
    links: tuple[tuple[tuple[str, ...], Link], ...]
    definites: frozenset[str]
    others: frozenset[str]


@cache
def load_lexicon(language: str) -> _Lexicon:
    """Load `data/<language>/relative.toml`.

    Raises:
        LexiconError: an entry is not as `Link` or `Definite` wants it.
    """
    links = load_entries(language, "relative", "link", Link, "text")
    definites = load_entries(language, "relative", "definite", Definite, "text")
    others = load_entries(language, "relative", "other", Definite, "text")
    return _Lexicon(
        tuple((tuple(e.text.split()), e) for e in links),
        frozenset(e.text for e in definites),
        frozenset(e.text for e in others),
    )


@stage("claimgraph_relative", reads=(Quantity, Topic), writes=Relative)
def make_relative(nlp: Language) -> StageRun:
    """Tie shares, multiples and changes to their base.

    Reads:   n Quantity and n Topic, sorted by start; tokens and heads of the sentences that hold one.
    Writes:  at most n Relative, same order; none where the text names no base.

    Source: gold guidelines, `relation`.
    """
    lexicon = load_lexicon(nlp.lang)

    def run(doc: Doc, quantities: tuple[Quantity, ...], topics: tuple[Topic, ...]) -> Iterator[Relative]:
        sentences = Sentences(doc)
        heads = [_head(doc, quantity, sentences) for quantity in quantities]
        before: Relative | None = None
        for position in range(len(quantities)):
            found = (
                _find(doc, position, quantities, heads, lexicon)
                or _recall(position, quantities, heads, lexicon)
                or _continue(doc, quantities[position], heads[position], before)
            )
            before = found or before
            if found is not None:
                yield found

    return run


def _head(doc: Doc, quantity: Quantity, sentences: Sentences) -> Token | None:
    """Return the quantity's head in a sentence whose parse means something."""
    prose = is_prose(sentences.at(quantity.start))
    return head_token(doc, quantity.start, quantity.end) if prose else None


def _find(
    doc: Doc, position: int, quantities: Sequence[Quantity], heads: Sequence[Token | None], lexicon: _Lexicon
) -> Relative | None:
    quantity, head = quantities[position], heads[position]
    if head is None or not _may_be_relative(quantity):
        return None
    after = slice(position + 1, position + 1 + _FOLLOWING)
    for base, token in zip(quantities[after], heads[after], strict=True):
        if token is None or token.sent.start != head.sent.start:
            return None
        rule = _joined(doc, quantity, head, base, token, lexicon)
        if rule is not None:
            return _relative(quantity, base, *rule)
        if base.change is not Change.LEVEL and base.kind is quantity.kind:
            return None
    return None


def _continue(doc: Doc, quantity: Quantity, head: Token | None, before: Relative | None) -> Relative | None:
    """Let a bare share that opens the next sentence share the same whole: *About one in eight were women.*"""
    if head is None or before is None or before.type is not RelationType.SHARE_OF:
        return None
    share = quantity.kind in (Kind.PERCENT, Kind.FRACTION) and quantity.change is Change.LEVEL
    token = head.doc.char_span(before.start, before.end, alignment_mode="expand")
    if not share or token is None or not 0 <= head.sent.start - token.sent.end < _NEXT:
        return None
    bare = any(step.dep in ("nsubj", "nsubjpass") for step in islice(climb(head), 3))
    if not bare or any(child.lower_ == "of" for step in islice(climb(head), 2) for child in step.token.children):
        return None
    return Relative(
        start=quantity.start,
        end=quantity.end,
        type=before.type,
        target_start=before.target_start,
        target_end=before.target_end,
        evidence=(Evidence(field="relation", rule="relative.same whole", start=before.start, end=before.end),),
    )


def _recall(
    position: int, quantities: Sequence[Quantity], heads: Sequence[Token | None], lexicon: _Lexicon
) -> Relative | None:
    """Find the whole that a share names again: *475 cars … 85% of the cars*; the nearest count of the same noun."""
    quantity, head = quantities[position], heads[position]
    if head is None or quantity.kind not in (Kind.PERCENT, Kind.FRACTION) or quantity.change is not Change.LEVEL:
        return None
    noun = _named_again(head, lexicon)
    if noun is None:
        return None
    for base in reversed(quantities[max(0, position - _RECALLED) : position]):
        if base.kind is Kind.COUNT and base.change is Change.LEVEL and base.unit == noun.lemma_.lower():
            return _relative(quantity, base, RelationType.SHARE_OF, noun)
    return None


def _named_again(head: Token, lexicon: _Lexicon) -> Token | None:
    """Return the bare definite noun behind a share: *the cars* in *85% of the cars*, not *the cars sold in May*."""
    for step in islice(climb(head), 3):
        for of in step.token.children:
            if of.dep_ == "prep" and of.lower_ == "of" and of.i > head.i:
                for noun in of.children:
                    words = list(noun.subtree)
                    if noun.dep_ == "pobj" and len(words) == 2 and words[0].lower_ in lexicon.definites:
                        return noun
    return None


def _may_be_relative(quantity: Quantity) -> bool:
    return quantity.kind in _RATIOS or quantity.change is not Change.LEVEL


def _relative(quantity: Quantity, base: Quantity, type_: RelationType, at: Token) -> Relative:
    evidence = Evidence(field="relation", rule=f"relative.{at.lower_}", start=at.idx, end=at.idx + len(at))
    return Relative(
        start=quantity.start,
        end=quantity.end,
        type=type_,
        target_start=base.start,
        target_end=base.end,
        evidence=(evidence,),
    )


def _joined(
    doc: Doc, quantity: Quantity, head: Token, base: Quantity, token: Token, lexicon: _Lexicon
) -> tuple[RelationType, Token] | None:
    """Return the relation of a quantity to one behind it, and the word that makes it."""
    if not _may_be_base(quantity, base):
        return None
    if quantity.kind is Kind.MULTIPLE and quantity.change is Change.LEVEL:
        return _multiplied(doc, head, token, lexicon)
    for words, link in lexicon.links:
        at = _linking(doc, head, token, words, link, lexicon, base.start)
        if at is not None and _fits(link, quantity, base, token, at, lexicon):
            wanted = RelationType.MULTIPLE_OF if quantity.kind is Kind.MULTIPLE else link.type
            return wanted, at
    return None


def _may_be_base(quantity: Quantity, base: Quantity) -> bool:
    """Say whether a value can be what another one is relative to: a level, and no ratio unless one moves a rate."""
    if base.kind is Kind.PERCENT:
        return quantity.kind in (Kind.MULTIPLE, Kind.FRACTION, Kind.PERCENTAGE_POINTS)
    return base.kind not in _RATIOS | _TIMES and base.change is Change.LEVEL


def _linking(
    doc: Doc, head: Token, token: Token, words: tuple[str, ...], link: Link, lexicon: _Lexicon, start: int
) -> Token | None:
    """Return the linking word that stands near before the base and not too far behind the relative value."""
    for position in range(token.i - 1, max(head.i, token.i - _BASE) - 1, -1):
        last = position + len(words)
        if last <= token.i and tuple(t.lower_ for t in doc[position:last]) == words:
            near = position - head.i - 1 <= link.gap
            other = any(t.lower_ in lexicon.others for t in doc[last : token.i] if t.idx < start)
            governs = any(s.token.i == position for s in climb(token))
            return doc[last - 1] if near and governs and not other else None
    return None


def _fits(link: Link, quantity: Quantity, base: Quantity, token: Token, at: Token, lexicon: _Lexicon) -> bool:
    if link.type is RelationType.SHARE_OF:
        known = any(t.lower_ in lexicon.definites for t in token.doc[at.i + 1 : token.i])
        return quantity.kind in (Kind.PERCENT, Kind.FRACTION) and known
    if quantity.change is Change.LEVEL:
        return False
    if quantity.kind is Kind.PERCENTAGE_POINTS:
        return base.kind is Kind.PERCENT
    return quantity.kind in _RATIOS or quantity.kind is base.kind


def _multiplied(doc: Doc, head: Token, token: Token, lexicon: _Lexicon) -> tuple[RelationType, Token] | None:
    """Read *three times the 278*, *about triple the number of 2022's 67*: a definite noun phrase behind it."""
    if token.i - head.i > _MULTIPLE:
        return None
    opened = next((t for t in doc[head.i + 1 : min(head.i + 4, token.i)] if t.lower_ in lexicon.definites), None)
    verbs = any(t.tag_ in _FINITE for t in doc[head.i + 1 : token.i])
    return (RelationType.MULTIPLE_OF, opened) if opened is not None and not verbs else None
