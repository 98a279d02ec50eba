"""Counted nouns: their singular, and which noun a number counts."""

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Form

__all__ = ["agreeing", "counted_noun", "is_single", "singular", "unit_of"]

_NOUNS = frozenset({"NOUN", "PROPN"})
_BEFORE_NOUN = frozenset({"ADJ", "DET", "NUM", "PRON"})
_MODIFIES = frozenset({"nummod", "amod", "compound", "quantmod", "nmod", "det", "advmod", "poss", "predet"})
_HYPHENS = frozenset("-‐‑")
# They stand for a noun that another number has.
_HEDGES = frozenset({"odd", "plus"})
_SUMS = frozenset({"number", "total"})
_STAND_INS = frozenset({"others", "other", "them", "those", "these", "which", "whom", "dead", "more", "strong"})
_MORE = re.compile(r"\s(?:more|fewer|other|additional)\b")
_ACRONYMS = re.compile(r"[A-Z]{2,6}s")
# A number stands close to its noun; a longer reach is a wrong parse.
_FAR = 8
_LONG_ROW = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plural:
    plural: str
    singular: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Same:
    words: tuple[str, ...]


@cache
def _irregular(language: str) -> dict[str, str]:
    (same,) = load_entries(language, "nouns", "same", _Same, "words")
    plurals = load_entries(language, "nouns", "plural", _Plural, "plural")
    return {word: word for word in same.words} | {entry.plural: entry.singular for entry in plurals}


@cache
def _modifying(language: str) -> frozenset[str]:
    (entry,) = load_entries(language, "nouns", "modifying", _Same, "words")
    return frozenset(entry.words)


@cache
def _sexes(language: str) -> frozenset[str]:
    (entry,) = load_entries(language, "nouns", "sexes", _Same, "words")
    return frozenset(entry.words)


def singular(word: str, language: str = "en") -> str:
    """Return the singular of a noun, lower case; a singular stays as it is."""
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    known = _irregular(language).get(word)
    if known is not None:
        return known
    head, hyphen, tail = word.rpartition("-")
    if hyphen and head:
        return f"{head}-{singular(tail, language)}"
    return _regular(word)


def _regular(word: str) -> str:
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def unit_of(noun: Token) -> str:
    """Return the unit that a counted noun gives: its head alone, singular; peoples keep their first name.

    *homes and other structures* are structures, *men and women* persons.
    """
    if _is_everybody(noun):
        return "person"
    noun = _in_general(noun)
    head, before = _glued_on(noun), noun.nbor(-1) if noun.i else noun
    if head is not noun or (before.text in _HYPHENS and noun.i > 1 and not noun.nbor(-2).like_num):
        return _compound(noun, head)
    if noun.ent_type_ == "NORP" and before.ent_type_ == "NORP" and noun.ent_iob_ == "I":
        return f"{before.lower_} {singular(noun.text)}"
    return singular(noun.text[:-1] if _ACRONYMS.fullmatch(noun.text) else noun.text)


def _is_everybody(noun: Token) -> bool:
    """Say whether *men, women and children* or *boys and girls* are counted together."""
    if singular(noun.text) not in _sexes("en"):
        return False
    following = noun.doc[noun.i + 1 : noun.i + 4]
    row = [token.lower_ for token in following]
    if any(token.like_num for token in following):
        return False  # five boys and three girls
    joined = row[:2] == [",", "and"] or row[:1] in (["and"], [","], ["or"])
    return joined and any(singular(word) in _sexes("en") and singular(word) != singular(noun.text) for word in row[:3])


def _in_general(noun: Token) -> Token:
    """Return the general noun of *homes, shops and other structures*, else the noun itself."""
    following = noun.doc[noun.i + 1 : noun.i + 1 + _FAR]
    for token in following:
        if token.lower_ == "other" and token.i + 1 < len(noun.doc) and token.nbor(-1).lower_ in ("and", "or"):
            return token.nbor() if token.nbor().tag_ == "NNS" else noun
        if token.pos_ not in ("NOUN", "CCONJ", "PUNCT") or (token.text not in (",", "and", "or") and token.is_punct):
            return noun
    return noun


def _glued_on(noun: Token) -> Token:
    """The last part of `X-rays`, where the noun is its first."""
    if noun.i + 2 < len(noun.doc) and not noun.whitespace_:
        hyphen, last = noun.nbor(1), noun.nbor(2)
        if hyphen.text in _HYPHENS and not hyphen.whitespace_ and last.is_alpha:
            return last
    return noun


def _compound(noun: Token, head: Token) -> str:
    """`x-ray`, `african-american`: the parts that hyphens join."""
    if head is not noun:
        return f"{noun.lower_}-{singular(head.text)}"
    first = noun.nbor(-2)
    return f"{first.lower_}-{singular(noun.text)}" if first.is_alpha and not first.whitespace_ else singular(noun.text)


def counted_noun(site: Site) -> Token | None:
    """Return the noun that the number counts, None where it has none of its own."""
    noun = _hyphenated(site) or _partitive(site)
    if noun is None and not _is_pronoun(site):
        noun = _modified(site) or _next_noun(site)
    if noun is None or noun.text == "%" or noun.lower_ in _STAND_INS or _is_time(site, noun):
        return None
    return _summed(noun) if noun.lower_ in _SUMS else noun


def agreeing(site: Site, noun: Token) -> Token | None:
    """Return the noun that is counted, by agreement in number: more than one want a plural.

    Of a singular, the noun right behind the number counts where an article introduces all (*an eight leg platform*);
    elsewhere it only names the figure (*the 18 million estimate*, *a 600 capacity*) and what is counted is left out.
    """
    value = site.mention.high
    if value is None or abs(value) <= 1 or _hyphenated(site) is not None:
        return noun
    shared = _shared_head(noun)
    if shared is not None or _may_be_plural(_glued_on(noun)):
        return shared or noun
    between = [token for token in site.right(count=_FAR) if token.i < noun.i]
    if any(token.text.isalpha() and not token.is_lower for token in between):
        return noun
    plural = next((token for token in reversed(between) if token.tag_ == "NNS"), None)
    first = between[0] if between and between[0].pos_ == "NOUN" and _is_introduced(site) else None
    return plural or first


def _shared_head(noun: Token) -> Token | None:
    """Return the plural that modifiers in a row share (*90 nurse or junior doctor posts*), None where there is none."""
    if noun.tag_ not in ("NN", "NNP") or noun.lower_ in _irregular("en") or noun.lower_.endswith("s"):
        return None
    joined = False
    for token in noun.doc[noun.i + 1 : noun.i + 1 + _LONG_ROW]:
        joined = joined or token.pos_ == "CCONJ"
        if joined and token.tag_ == "NNS" and token.is_lower:
            return token if token.nbor(-1).pos_ in ("NOUN", "PROPN") else None
        if token.tag_ == "CD" or not (token.pos_ in ("NOUN", "PROPN", "CCONJ", "ADJ") or token.text in (",", "-")):
            return None
    return None


def _may_be_plural(noun: Token) -> bool:
    """Say whether a word can be a plural; names, and the many words that look alike in both numbers, may be."""
    word = noun.lower_
    if noun.tag_ not in ("NN", "VB") or noun.ent_type_ == "NORP" or not noun.is_lower:
        return word.endswith("s") or not noun.is_upper or singular(word) != word or word in _irregular("en")
    return word.endswith("s") or singular(word) != word or word in _irregular("en")


def is_single(noun: Token) -> bool:
    """Say whether a noun can only be a singular: of that name is one, of that kind is one."""
    named = noun.tag_ in ("NN", "NNP") and noun.is_title and noun.ent_type_ != "NORP" and not noun.lower_.endswith("s")
    return named or (noun.tag_ == "NN" and not _may_be_plural(noun))


def _is_introduced(site: Site) -> bool:
    before = next(site.left(count=1), None)
    return before is not None and before.tag_ in ("DT", "PRP$", "POS", "JJ", "NN", ",")


def _is_pronoun(site: Site) -> bool:
    """Say whether a vague plural stands for people by itself: *millions seeking work*; with a noun it has an `of`."""
    plural = site.mention.form is Form.VAGUE and site.text.lower().endswith("s")
    return plural and not _MORE.match(site.after)


def _summed(noun: Token) -> Token | None:
    """`brings to 4,500 the number of strikes`: what the sum is of."""
    return next((n for child in noun.rights if child.lower_ == "of" for n in child.children if n.dep_ == "pobj"), None)


def _is_time(site: Site, noun: Token) -> bool:
    """`three today`, `closed at 22 last night`: a time of its own behind the number."""
    if noun.ent_type_ not in ("DATE", "TIME"):
        return False
    first = noun
    while first.ent_iob_ == "I" and first.i > site.last:
        first = first.nbor(-1)
    return first.ent_iob_ == "B" and first.i >= site.last


def _hyphenated(site: Site) -> Token | None:
    """`a two-lane road`, `a six - member team`: the word behind the hyphen."""
    tokens = list(site.right(count=10))
    if len(tokens) > 1 and tokens[0].text in _HYPHENS and tokens[1].is_alpha and not tokens[1].is_stop:
        return _chain(tokens[2:]) if tokens[1].lower_ in _HEDGES else tokens[1]
    return None


def _partitive(site: Site) -> Token | None:
    """`hundreds of residents`, `eight of the victims`: the noun of the phrase behind `of`."""
    tokens = list(site.right(count=8))
    if not tokens or tokens[0].lower_ != "of":
        return None
    within = next((child for child in tokens[0].rights if child.dep_ == "pobj"), None)
    if within is not None and within.pos_ in _NOUNS:
        return within
    return _chain(tokens[1:])


def _modified(site: Site) -> Token | None:
    """The head of the number, by the parse: `more than 60,000 security personnel`."""
    root = site.root
    for _ in range(3):
        head = root.head
        if root.dep_ not in _MODIFIES or head.i < site.last or head.i >= site.stop or head.i - site.last > _FAR:
            return None
        if head.pos_ in _NOUNS and head.dep_ not in ("compound", "nmod"):
            return None if _is_parted(site, head) else _first_plural(site, head)
        root = head
    return root if root.pos_ in _NOUNS else None


def _first_plural(site: Site, head: Token) -> Token:
    """Return the plural right behind the number, where another one follows that it can hardly modify."""
    run = site.sites.tokens[site.last : head.i]
    plural = next((token for token in run if _is_plain_plural(token) and _starts_anew(token, token.nbor())), None)
    return plural if plural is not None and all(token.is_alpha for token in run) else head


def _starts_anew(plural: Token, following: Token) -> bool:
    """Say whether a word cannot belong to the same noun phrase as the plural right in front of it."""
    named = plural.tag_ == "NNS" and plural.is_lower and following.tag_ == "NNP" and following.is_title
    return following.i == plural.i + 1 and (following.tag_ in ("NNS", "NNPS") or named)


def _next_noun(site: Site) -> Token | None:
    """Without help from the parse: the last noun of the first run of nouns, adjectives before it skipped."""
    tokens = [token for token in site.right(count=8) if not token.is_quote]
    if tokens and _is_mistagged(site, tokens[0]):
        return tokens[0]
    return _chain(tokens) if tokens and tokens[0].pos_ not in ("DET", "PRON") else None


def _is_mistagged(site: Site, token: Token) -> bool:
    """Say whether a word is a plural that was taken for a verb: no verb in -s agrees with more than one.

    *got 48,000 likes*; what a name or an article stands before is a label: *Flight 22 leaves*, *the 737 takes off*.
    """
    before = next(site.left(count=1), None)
    named = before is not None and before.pos_ in ("PROPN", "DET", "NOUN")
    more = site.mention.low is not None and site.mention.low > 1 and not named
    return more and token.tag_ == "VBZ" and token.is_alpha and token.is_lower and token.pos_ == "VERB"


def _is_plain_plural(noun: Token) -> bool:
    """Say whether a noun is a plural that hardly ever modifies another (*states*, but *sports* does)."""
    regular = noun.tag_ in ("NNS", "NNPS") and noun.lower_.endswith("s")
    return regular and noun.lower_ not in _irregular("en") and noun.lower_ not in _modifying("en")


def _is_parted(site: Site, head: Token) -> bool:
    """Say whether a conjunction or comma stands between: `210,000 or 1.5 pct`."""
    between = site.sites.tokens[site.last : head.i]
    if any(token.pos_ == "AUX" or token.tag_ == "MD" for token in between):
        return True  # it seats 900, and was paid in part by fans
    if any(token.text == "(" and token.i > site.last for token in between):
        return True  # one independent (a senator)
    return any(
        token.pos_ in ("CCONJ", "VERB", "AUX", "ADP", "PART") or token.text in ",;()" for token in between
    ) and any(token.like_num for token in between)


def _chain(tokens: list[Token]) -> Token | None:
    found = None
    for token in tokens:
        if found is not None and _is_plain_plural(found) and _starts_anew(found, token):
            break  # 20 states eye ending lockdowns: what modifies a noun is a singular
        if token.pos_ == "DET" and token.i and token.nbor(-1).tag_ in ("VBG", "VBN"):
            break  # rallies for thousands featuring the mayor
        if token.pos_ in _NOUNS and token.is_alpha:
            found = token
        elif found is not None or not (token.pos_ in _BEFORE_NOUN or token.tag_ in ("VBG", "VBN")):
            break
    return found
