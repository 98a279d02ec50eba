"""Ages without `years old`: `aged 24`, `Manuel, 17,`, `65 and older`, `she was 75`."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.stages.topics.noun_classes import load_noun_classes
from claimgraph.vocab import Form, Kind

__all__ = ["AgeEntry", "Ages"]

_ENDS = re.compile(
    r"\s*(?:$|[.,;!?()\"”–—]|--|(?:and|when|at the time|in|on|this|last|next|are|were|is|have|had|will|who)\b)"
)
_APPOSED = re.compile(r"[\w.)]['’]?,\s(?:now\s|then\s|just\s|only\s)?$")
# `two women, 30 and 28, were held`
_PAIR = re.compile(r"\sand\s\d\d?(?=[,.;)]|$)")
_PAIRED = re.compile(r"\w,\s\d\d?\sand\s$")
# A place may stand before a number in a list of counts.
_PLACES = frozenset({"GPE", "LOC", "DATE", "NORP", "FAC", "MONEY", "PERCENT"})
_OLDEST = 120
_YOUNGEST_BRACKET = 6
_SOMEBODY = frozenset({"he", "she"})
_PERSONS = frozenset({"person", "made person", "agentive"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeEntry:
    """An `[[age]]` of ages.toml."""

    name: str
    side: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    far: bool = False


class Ages:
    """Says whether a bare number is an age."""

    def __init__(self, language: str) -> None:
        self._tests = [(entry, _pattern(entry)) for entry in load_entries(language, "ages", "age", AgeEntry, "name")]

    def read(self, site: Site, *, has_unit: bool) -> Reading | None:
        """Return the reading of an age; has_unit says whether a unit stands behind the number."""
        value = site.mention.high or site.mention.low
        if value is None or not 0 < value < _OLDEST or (value != int(value) and not has_unit):
            return None
        for entry, pattern in self._tests:
            if self._holds(site, entry, pattern, has_unit=has_unit):
                return _age(site, f"ages.{entry.name}")
        if has_unit:
            return None
        if _is_predicated(site):
            return _age(site, "quantities.age of a person")
        return _age(site, "quantities.age in apposition") if _is_apposed(site) else None

    def _holds(self, site: Site, entry: AgeEntry, pattern: re.Pattern[str], *, has_unit: bool) -> bool:
        if entry.side == "behind":
            old_enough = (site.mention.high or site.mention.low or 0) >= _YOUNGEST_BRACKET
            return old_enough and not has_unit and pattern.match(site.after) is not None
        if pattern.search(site.before) is None:
            return False
        if entry.side == "before":
            return entry.far or _ENDS.match(site.after) is not None
        return (entry.side == "person" or site.mention.form is Form.RANGE) and _ENDS.match(site.after) is not None


def _pattern(entry: AgeEntry) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(entry.words, key=len, reverse=True))
    if entry.side == "behind":
        return re.compile(rf"[\s-]+(?:{words})\b", re.IGNORECASE)
    between = r"(?:\w+\s){0,2}" if entry.far else ""
    return re.compile(rf"\b(?:{words})\s{between}$", re.IGNORECASE)


def _is_predicated(site: Site) -> bool:
    """`Mr. Abbas is 79`: a bare number that a person is."""
    verb = site.root.head
    grown = (site.mention.low or 0) >= _YOUNGEST_BRACKET and site.mention.form is not Form.RANGE
    if site.root.dep_ not in ("attr", "acomp") or verb.lemma_ != "be" or site.root.i >= site.last or not grown:
        return False
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or not _ENDS.match(site.after):
        return False
    return subject.lower_ in _SOMEBODY or (subject.ent_type_ == "PERSON" and subject.tag_ == "NNP")


def _is_apposed(site: Site) -> bool:
    """`Lorena Cazares, 36, a clerk`, `the nurse, 34,`: between commas behind a name or a person."""
    if _PAIRED.search(site.before) or (_PAIR.match(site.after) and _APPOSED.search(site.before)):
        several = (token for token in site.left(count=6) if token.pos_ in ("NOUN", "PROPN"))
        return next((token.tag_ == "NNS" and _names_persons(token) for token in several), False)
    following = site.after.strip()
    if not _APPOSED.search(site.before) or (following and following[0] not in ",.;)" and not _precedes_verb(site)):
        return False
    name = next((token for token in site.left(count=4) if not token.is_punct and token.pos_ != "ADV"), None)
    if name is None or name.pos_ == "PROPN":
        return name is not None and _is_person(name, site)
    # of one person more cannot be counted: the nurse, 34, went home
    closed = following[:1] == "," and (site.mention.low or 0) >= _YOUNGEST_BRACKET
    return closed and name.tag_ == "NN" and _names_persons(name)


def _precedes_verb(site: Site) -> bool:
    """`Mary Turner, 44 was seen`: the second comma was left out."""
    name, verb = next(site.left(count=2), None), next(site.right(count=1), None)
    named = next((token for token in site.left(count=3) if token.is_alpha), None)
    person = name is not None and named is not None and named.ent_type_ == "PERSON"
    return person and verb is not None and verb.tag_ in ("VBD", "VBZ") and (site.mention.low or 0) >= _YOUNGEST_BRACKET


def _names_persons(noun: Token) -> bool:
    return bool(_PERSONS & set(load_noun_classes().of(noun)))


def _is_person(name: Token, site: Site) -> bool:
    """A name taken for a place is still a person's where the number stands between two commas."""
    return name.ent_type_ not in _PLACES or (name.ent_type_ == "GPE" and site.after.startswith(", "))


def _age(site: Site, rule: str) -> Reading:
    return Reading(kind=Kind.AGE, unit="year", start=site.mention.start, end=site.mention.end, rule=rule)
