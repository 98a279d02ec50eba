"""The words of a noun phrase that set it apart: modifiers, the noun, its nearest complement."""

from itertools import islice

from spacy.tokens import Token

__all__ = ["phrase_of"]

_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "advmod", "npadvmod", "punct", "quantmod", "appos"})
_KEPT = frozenset({"compound", "amod", "nmod"})
_COMPLEMENTS = frozenset({"of", "in", "for", "from", "on", "to", "with", "among", "between", "by", "at", "without"})
# A longer complement is rarely part of the shortest phrase that names the measure.
_LONGEST = 7
_WIDEST = 8
# Digits that may be a year.
_YEAR = 4
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"GPE", "LOC"})


def phrase_of(noun: Token, values: set[int], units: set[int], *, complement: bool = True) -> list[Token]:
    """Return the words that name a noun, in order: modifiers before it, itself, its first short complement.

    Args:
        noun: head of the noun phrase.
        values: tokens of quantities, which name nothing.
        units: tokens of their units, which are left out: the *euro* of *a 3m euro loss*.
        complement: False leaves out what follows the noun.
    """
    kept = [token for child in noun.lefts if child.dep_ in _KEPT for token in _modifier(child, values)]
    owner = [token for child in noun.lefts if child.dep_ == "poss" for token in _owner(child)]
    words = [*owner, *kept, noun] if not kept else [*kept, noun]
    words += [token.nbor() for token in words if token.pos_ == "PROPN" and _numbered(token, values)]
    words = sorted({token.i: token for token in words}.values(), key=lambda token: token.i)[-_WIDEST:]
    words = [token for token in words if token.i not in units or token.i == noun.i]
    if complement:
        words += _complement(noun, values)
    return words


def _numbered(name: Token, values: set[int]) -> bool:
    """Say whether the number behind a name is its last part: *the FTSE 100*."""
    after = name.i + 1
    return after < len(name.doc) and after not in values and name.nbor().is_digit and len(name.nbor()) < _YEAR


def _modifier(child: Token, values: set[int]) -> list[Token]:
    """Return a modifier with its own modifiers; none when it holds a value, a date or only degree."""
    subtree = list(islice(child.subtree, _WIDEST))
    # *an estimated 40 people*: a participle before the number speaks of the number
    if child.tag_ == "VBN" and any(i in values for i in range(child.i, child.head.i)):
        return []
    if any(token.i in values or token.ent_type_ in _TIMES or token.like_num for token in subtree):
        return []
    if child.tag_ in (
        "JJR",
        "JJS",
        "DT",
        "PDT",
        "RBR",
        "RBS",
    ):
        return []
    return [token for token in subtree if not token.is_punct or token.text in "-–&"]


def _owner(child: Token) -> list[Token]:
    """Return a possessor that is a name; pronouns name nothing."""
    return [] if child.pos_ == "PRON" else [token for token in islice(child.subtree, 4) if token.dep_ != "det"]


def _complement(noun: Token, values: set[int]) -> list[Token]:
    """Return the first complement behind the noun that is neither time, place nor value."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in _COMPLEMENTS:
            words = list(islice(child.subtree, _LONGEST + 1))
            if len(words) <= _LONGEST and not any(_sets_scene(token, values) for token in words):
                return words
        if child.dep_ not in ("prep", "punct", "cc", "conj"):
            break
    return []


def _sets_scene(token: Token, values: set[int]) -> bool:
    return token.i in values or token.ent_type_ in _TIMES or token.ent_type_ in _PLACES or token.is_space
