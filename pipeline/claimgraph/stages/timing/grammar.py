"""How a quantity, or a time told earlier, stands in the grammar of its sentence.

A statement about bare plurals, a clause that describes a name, words between quotation marks: what holds of anybody at
any time differs from news by its build, not by its words. Everything here is read off tags and heads; text without
them gives `none`.
"""

from collections.abc import Iterator

from spacy.tokens import Token

__all__ = ["clause_of", "determiner", "holder", "subject_of", "syntax"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_SHARING = frozenset({"conj", "xcomp", "aux", "acl"})  # verbs that have their subject from the verb above
_HIGHEST = 4  # steps up from a time to what holds it; no prepositional phrase of news prose is nested deeper
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def clause_of(verb: Token | None) -> str:
    """Return how the clause of a verb hangs on the one above: its dependency label, `none` without a verb."""
    return "none" if verb is None else verb.dep_


def subject_of(verb: Token | None) -> str:
    """Return what kind of noun phrase the subject of a verb is.

    `none` without a verb, `no` without a subject, `pron:` with its person, `name`, else number and determiner
    (`plural:bare`, `sing:the`).
    """
    if verb is None:
        return "none"
    subject = _subject(verb)
    if subject is None:
        return "no"
    if subject.pos_ == "PRON":
        return f"pron:{''.join(subject.morph.get('Person', [])) or subject.tag_}"
    if subject.pos_ == "PROPN":
        return "name"
    return f"{'plural' if subject.tag_ == 'NNS' else 'sing'}:{determiner(subject)}"


def _subject(verb: Token) -> Token | None:
    for _ in range(_HIGHEST):
        found = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if found is not None or verb.dep_ not in _SHARING:
            return found
        verb = verb.head
    return None


def determiner(noun: Token) -> str:
    """Return what determines a noun: `bare`, `poss`, `the`, `a`, `det` (any other), `num` (a number alone)."""
    found = next((child for child in noun.lefts if child.dep_ in ("det", "poss", "nummod")), None)
    if found is None:
        return "bare"
    if found.dep_ != "det":
        return "poss" if found.dep_ == "poss" else "num"
    kind = found.morph.get("Definite", [])
    return "the" if "Def" in kind else "a" if "Ind" in kind else "det"


def syntax(value: Token) -> Iterator[str]:
    """Say how a value hangs in its noun phrase and the phrase in the clause, and what determines it."""
    yield f"chain={value.dep_}>{value.head.dep_}"
    yield f"det={determiner(value.head)}"


def holder(time: Token) -> str:
    """Return what a time hangs on: `verb` (*fell in May*), `noun` (*the fall of May*) or `none`."""
    up = time.head
    for _ in range(_HIGHEST):
        if up.pos_ in _VERBS:
            return "verb"
        if up.pos_ in _NOUNS:
            return "noun"
        if up.head.i == up.i:
            break
        up = up.head
    return "none"
