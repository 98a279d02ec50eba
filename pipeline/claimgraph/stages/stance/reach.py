"""Decide which cue governs a value: the nearest one on its way up that no clause boundary cuts off."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from claimgraph.stages.governors import Step, climb, finite, subjects
from claimgraph.stages.stance.cues import Found, SentenceCues
from claimgraph.stages.stance.lexicon import Anchor, Force, Lexicon
from claimgraph.vocab import Kind, Status

__all__ = ["Verdict", "decide"]

# A cue beside a value may have its unit between them: 3.2 % expected, 145,000 jobs forecast.
_BESIDE = 2

# A modal speaks of its verb's arguments, not of what describes them: terms for the owners of 85 cars.
_NOMINAL_DEPTH = 2

# How far behind a value its own noun may stand: 300 full-time equivalent jobs, 5 % of its global staff.
_OBJECT = 6

# Behind a noun of intent, these lead to what is meant.
_AIMED = frozenset({"of", "for", "to", "at"})

# In front of a clause, these tell how things stand, whatever the modal says will come of it.
_GIVEN = frozenset({"with", "despite", "given", "after", "since", "unlike", "like", "besides"})

_REPORTED = frozenset({"ccomp", "parataxis"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "SYM", "PRON"})
_UNIT_LIKE = frozenset({"NOUN", "PROPN", "SYM", "ADJ", "DET"})
_VERBAL = frozenset({"VERB", "AUX"})
_PREDICATE = frozenset({"attr", "dobj", "oprd", "acomp", "npadvmod", "advmod", "xcomp"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, the rule that gave it and the characters of its cue; conditional: given by *would* alone."""

    status: Status
    rule: str
    start: int
    end: int
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """One step on the way up, and what may still speak there.

    modal: no finite clause was left, so that modals speak. named: the value is presupposed, only nouns speak.
    cut: a terminator was passed to get here; only the noun that the verb moves (raised its forecast from) speaks.
    """

    step: Step
    modal: bool
    cut: bool


def decide(value: Span, kind: Kind, cues: SentenceCues, lexicon: Lexicon) -> Verdict | None:
    """Return the verdict of the nearest cue that reaches the value; None where none does."""
    for found in _beside(value, cues):
        return _verdict(found, [], lexicon)
    verbs: list[Token] = []
    for place in _places(value, cues, lexicon):
        token = place.step.token
        verbs += [token] if token.pos_ in _VERBAL else []
        spoken = _spoken(place, value, cues, lexicon)
        if spoken is not None and not _measures(spoken, place.step, value, kind, lexicon):
            return _verdict(spoken, verbs, lexicon, agents=kind is Kind.COUNT and _counts_agents(value, verbs))
        if _dismisses(place, value, lexicon):
            return Verdict(Status.TARGET, "layoffs", token.idx, token.idx + len(token))
        if _negated(place, value) or _none(place.step, value) or _disbelieved(place, lexicon):
            return Verdict(Status.DENIED, "negation", token.idx, token.idx + len(token))
    for found in cues.headline:
        if found.end <= value.start and not any(step.token.i in cues.terminators for step in climb(value.root)):
            return _verdict(found, [found.token.doc[found.end]], lexicon)
    return None


def _measures(found: Found, step: Step, value: Span, kind: Kind, lexicon: Lexicon) -> bool:
    """Say whether the value is that of the cue itself: *two plans* are counted, *a 40% chance* is there already."""
    if kind is Kind.PERCENT and {found.token.lower_, found.token.lemma_.lower()} & lexicon.likelihoods:
        return True
    if kind is Kind.DURATION and step.token == found.token and found.token.lemma_.lower() in lexicon.proposals:
        return value.doc[value.end].text == "-" if value.end < len(value.doc) else False  # a two-year plan lasts
    counted = kind is Kind.COUNT and step.dep == "nummod" and step.token.pos_ == "NOUN" and value.root == step.below
    return counted and not (found.token.dep_ == "amod" and found.token.head == step.token)


def _beside(value: Span, cues: SentenceCues) -> Iterator[Found]:
    for found in cues.beside:
        doc, behind = value.doc, found.start >= value.end
        gap = doc[value.end : found.start] if behind else doc[found.end : value.start]
        if found.faces(value) and len(gap) <= _BESIDE and all(token.pos_ in _UNIT_LIKE for token in gap):
            yield found


def _places(value: Span, cues: SentenceCues, lexicon: Lexicon) -> Iterator[_Place]:
    """Yield the way up from the value to the first barrier."""
    modal, presupposed, depth = True, False, 0
    for step in climb(value.root):
        below, token = step.below, step.token
        if below is not None:
            if presupposed and token.pos_ not in _NOMINAL and token.dep_ != "prep":
                return
            if _terminated(step, value, cues):
                yield _Place(step, modal=False, cut=True)
                return
            if _bars(step):
                return
            depth += below.dep_ in ("prep", "agent") and token.lemma_.lower() not in lexicon.partitives
            modal = modal and depth <= _NOMINAL_DEPTH and not (step.dep in _REPORTED and finite(below))
            modal = modal and not (step.dep in ("nsubj", "nsubjpass") and depth > 0)
            depth = 0 if token.pos_ in _VERBAL else depth
        yield _Place(step, modal=modal, cut=False)
        presupposed = presupposed or _is_definite(token, value, lexicon)


def _terminated(step: Step, value: Span, cues: SentenceCues) -> bool:
    """Say whether the word below ends all reach; the far end of *from 10 to 20* is not cut off by its start."""
    below = step.below
    if below is None or below.i not in cues.terminators:
        return False
    before = value.doc[max(below.i, value.start - 2) : value.start]
    return not any(token.tag_ == "TO" for token in before)


def _bars(step: Step) -> bool:
    """Say whether the way from the word below leads out of a clause that stands for itself."""
    below = step.below
    if below is None:
        return False
    if below.dep_ in ("relcl", "advcl"):
        return finite(below)
    return below.dep_ == "conj" and below.pos_ in _VERBAL and finite(below) and not _shares_mood(below)


def _shares_mood(verb: Token) -> bool:
    """Say whether a coordinated verb shares the modal or *to* before it: *will close 3 mills and cut 40 jobs*.

    The tagger takes such bare forms (*cut*, *hit*, *pay*) for the past or the present.
    """
    if verb.lower_ != verb.lemma_.lower() or verb.tag_ == "VBZ" or subjects(verb):
        return False
    return any(child.tag_ in ("MD", "TO") for child in verb.head.children if child.dep_ == "aux")


def _is_definite(token: Token, value: Span, lexicon: Lexicon) -> bool:
    """Say whether the value is presupposed: *the 300 workers* exist whatever will happen to them."""
    if token.lemma_.lower() in lexicon.indefinite or token.pos_ in _VERBAL:
        return False
    return any(
        child.lower_ in lexicon.determiners and value.start - 4 <= child.i < value.start
        for child in token.children
        if child.dep_ == "det"
    )


def _spoken(place: _Place, value: Span, cues: SentenceCues, lexicon: Lexicon) -> Found | None:
    """Return the cue that speaks at this place, if any; words say more than modals."""
    here = cues.anchored.get(place.step.token.i, ())
    spoken = [] if place.cut else [(a, found) for a, found in here if _speaks(a, found, place, value, lexicon)]
    words = [found for anchor, found in spoken if anchor is not Anchor.HEAD]
    if words:
        return words[0]
    described = None if place.cut else _described(place.step, value, cues)
    if described is not None:
        return described
    return _moved(place.step, value, cues, lexicon) or next((found for _, found in spoken), None)


def _described(step: Step, value: Span, cues: SentenceCues) -> Found | None:
    """Return the participle behind the value's noun: *the 9 dollars demanded by Smith*, *a gain that was expected*."""
    if step.token.pos_ not in _NOMINAL or (step.below is not None and step.below.pos_ in _VERBAL):
        return None
    for child in step.token.children:
        if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN" and _is_nearest(value, child):
            for anchor, found in cues.anchored.get(child.i, ()):
                if anchor is Anchor.SELF and found.cue.status in (Force.FORECAST, Force.TARGET):
                    return found
    return None


def _is_nearest(value: Span, behind: Token) -> bool:
    """Say whether no other number stands between the value and a word behind it."""
    return behind.i >= value.end and not any(token.like_num for token in value.doc[value.end : behind.i])


def _moved(step: Step, value: Span, cues: SentenceCues, lexicon: Lexicon) -> Found | None:
    """Return the noun that the verb says the value of: *the forecast was cut to 3%*, *raised its goal to 9*."""
    below = step.below
    if below is None or step.token.pos_ not in _VERBAL or (below.pos_ in _VERBAL and finite(below)):
        return None
    towards = below.dep_ == "prep" and below.lower_ in lexicon.directions
    if not (below.dep_ in _PREDICATE or towards or _is_infinitive(below)):
        return None
    for noun in _arguments(step.token, value):
        if below.dep_ == "dobj" and noun.dep_ == "nsubj" and _would(step.token, cues):
            continue  # what a requirement would do is not required: the modal speaks
        for anchor, found in cues.anchored.get(noun.i, ()):
            if anchor is Anchor.SELF and noun.i != below.i and not _is_counted(noun):
                return found
    return None


def _arguments(verb: Token, value: Span) -> Iterator[Token]:
    """Yield subject and object nouns before the value; a relative pronoun stands for its noun."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.i < value.start:
            yield verb.head if child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else child


def _speaks(anchor: Anchor, found: Found, place: _Place, value: Span, lexicon: Lexicon) -> bool:
    step = place.step
    if not found.faces(value) or (found.start < value.end and found.end > value.start):
        return False
    if anchor is Anchor.HEAD:
        return place.modal and not _is_given(step, value)
    if step.below is None:
        return False
    if anchor is Anchor.INFINITIVE:
        return _is_infinitive(step.below)
    if anchor is Anchor.CLAUSE:
        return step.dep == "ccomp" or (step.dep == "dobj" and _tells(step.below, value))
    if anchor is Anchor.MODIFIED:
        return found.end <= value.start or step.dep == "nummod"
    if anchor is Anchor.GERUND:
        return step.below.tag_ == "VBG" and step.dep in ("xcomp", "pcomp")
    if anchor is Anchor.FOR:
        return step.dep == "prep" and step.below.lower_ == "for"
    if anchor is Anchor.OBJECT:
        return step.dep in ("dobj", "nsubjpass") and not any(child.tag_ == "MD" for child in step.token.children)
    if anchor is Anchor.COMPARED:
        return _is_compared(step.token, lexicon)
    if _is_counted(found.token) and step.below.dep_ == "prep" and step.below.lower_ not in _AIMED:
        return False  # 12 goals in 28 games
    return step.dep not in ("nsubj", "csubj") and not (step.dep == "conj" and step.token.pos_ in _VERBAL)


def _is_given(step: Step, value: Span) -> bool:
    """Say whether the value stands in an adjunct in front of the subject: *With 40 seats, she must find allies*."""
    below, verb = step.below, step.token
    if below is None or below.dep_ not in ("prep", "advcl") or verb.pos_ not in _VERBAL:
        return False
    ahead = any(subject.i > value.end for subject in subjects(verb))
    clause = below.dep_ == "advcl" and below.tag_ in ("VBG", "VBN") and not subjects(below)
    return ahead and (clause or below.lower_ in _GIVEN)


def _is_counted(noun: Token) -> bool:
    return noun.tag_ == "NNS" and any(child.dep_ == "nummod" for child in noun.lefts)


def _tells(noun: Token, value: Span) -> bool:
    """Say whether the value stands in the clause that tells what a noun says: *a report that 300 had left*."""
    told = (child for child in noun.children if child.dep_ in ("acl", "ccomp") and finite(child))
    return any(child == value.root or child.is_ancestor(value.root) for child in told)


def _is_compared(noun: Token, lexicon: Lexicon) -> bool:
    """Say whether an outcome is held against the noun: below estimates, beat the estimate, compared with."""
    governor = noun.head.head if noun.dep_ == "conj" else noun.head
    return governor.lemma_.lower() in lexicon.yardsticks or governor.lower_ in lexicon.yardsticks


def _would(verb: Token, cues: SentenceCues) -> bool:
    return any(found.cue.status is Force.CONDITIONAL for _, found in cues.anchored.get(verb.i, ()))


def _is_infinitive(verb: Token) -> bool:
    """Say whether this is a plain infinitive; the perfect one (*to have killed*) speaks of the past."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return "to" in auxiliaries and "have" not in auxiliaries


def _dismisses(place: _Place, value: Span, lexicon: Lexicon) -> bool:
    """Say whether the verb announces layoffs (is cutting 300 jobs); in the past tense they are done."""
    verb = place.step.token
    if place.cut or verb.lemma_.lower() not in lexicon.dismissals or verb.tag_ == "VBD":
        return False
    if any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children):
        return False  # has been cutting jobs
    if verb.tag_ == "VBN" and not any(c.dep_ == "auxpass" and c.tag_ in ("VBG", "VB") for c in verb.children):
        return False
    first, last = min(verb.i - 1, value.start), max(verb.i, value.end + _OBJECT)
    near = value.doc[max(value.sent.start, first) : min(last, value.sent.end)]
    return any(token.lemma_.lower() in lexicon.personnel for token in near)


def _negated(place: _Place, value: Span) -> bool:
    """Say whether the value counts the object of a negated verb: *did not kill 5*."""
    step = place.step
    if place.cut or step.below is None or step.dep not in ("dobj", "nsubjpass"):
        return False
    counted = value.root.i == step.below.i or (value.root.head.i == step.below.i and value.root.dep_ == "nummod")
    return counted and any(child.dep_ == "neg" and child.i < value.start for child in step.token.children)


def _disbelieved(place: _Place, lexicon: Lexicon) -> bool:
    """Say whether the value stands in what somebody does not hold true: *I don't think it is worth 9 dollars*."""
    verb = place.step.token
    held = place.step.dep == "ccomp" and verb.lemma_.lower() in lexicon.beliefs
    return held and not place.cut and any(child.dep_ == "neg" for child in verb.children)


def _none(step: Step, value: Span) -> bool:
    """Say whether *not* stands before the value itself: *not one house burnt*."""
    before = value.doc[value.start - 1] if value.start else None
    return before is not None and before.dep_ == "neg" and step.below is None and before.head.i >= value.start


def _counts_agents(value: Span, verbs: list[Token]) -> bool:
    """Say whether the value counts those who will do something: *19 states will raise fees* is no plan of 19."""
    noun = value.root if value.root.dep_ != "nummod" else value.root.head
    return bool(verbs) and noun.dep_ == "nsubj" and noun.head == verbs[0]


def _verdict(found: Found, verbs: list[Token], lexicon: Lexicon, *, agents: bool = False) -> Verdict:
    doc = found.token.doc
    last = doc[found.end - 1]
    status = _resolve(found, verbs, lexicon)
    if agents and found.cue.status is Force.FUTURE and status is Status.TARGET:
        status = Status.FORECAST
    would = found.cue.status is Force.CONDITIONAL and status is Status.HYPOTHETICAL
    conditional = would and not any(_has_condition(verb, lexicon) for verb in verbs[-1:])
    return Verdict(status, found.cue.text, doc[found.start].idx, last.idx + len(last), conditional)


def _resolve(found: Found, verbs: list[Token], lexicon: Lexicon) -> Status:
    """Turn a cue's force into a status, with the verbs between the value and the cue."""
    force = found.cue.status
    if force is Force.POSSIBLE:
        return Status.HYPOTHETICAL if any(map(_is_perfect, verbs[-1:])) else Status.FORECAST
    if force is Force.CONDITIONAL:
        if not any(_is_later_than_told(verb, lexicon) for verb in verbs[-1:]):
            return Status.HYPOTHETICAL
        force = Force.FUTURE
    if force is Force.FUTURE:
        commits = any(verb.lemma_.lower() in lexicon.commitments or _is_proposed(verb, lexicon) for verb in verbs)
        return Status.TARGET if commits and not _is_reckoned(verbs[-1], lexicon) else Status.FORECAST
    return Status(force)


def _is_reckoned(verb: Token, lexicon: Lexicon) -> bool:
    """Say whether somebody reckons what others will do, which commits nobody: *estimates that users would pay 9*."""
    return any(step.dep in _REPORTED and step.token.lemma_.lower() in lexicon.reckonings for step in climb(verb))


def _is_perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.norm_ == "have" for child in verb.children)


def _is_proposed(verb: Token, lexicon: Lexicon) -> bool:
    """Say whether the verb tells what a proposal does: *the deal will cost 30*, *a deal that will cost 30*."""
    nouns = (verb.head if noun.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else noun for noun in subjects(verb))
    return any(noun.lemma_.lower() in lexicon.proposals for noun in nouns)


def _has_condition(verb: Token, lexicon: Lexicon) -> bool:
    clauses = (child for child in verb.children if child.dep_ == "advcl")
    return any(word.lower_ in lexicon.conditions for clause in clauses for word in clause.children)


def _is_later_than_told(verb: Token, lexicon: Lexicon) -> bool:
    """Say whether `would` is the past of `will`: under a verb of saying or of a bill, and no condition beside it."""
    if _has_condition(verb, lexicon) or _is_perfect(verb):
        return False
    proposed = _is_proposed(verb, lexicon)
    told = any(child.dep_ == "parataxis" and subjects(child) for child in verb.children)
    return proposed or told or any(step.dep in _REPORTED and step.token.pos_ == "VERB" for step in climb(verb))
