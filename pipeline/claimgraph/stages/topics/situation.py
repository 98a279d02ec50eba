"""What a quantity itself, and the article as a whole, say about whether some entity owns it, and of which kind."""

from itertools import islice

from spacy.tokens import Token

from claimgraph.records import Quantity
from claimgraph.stages.topics.gazetteer import OwnerKind
from claimgraph.stages.topics.noun_classes import load_noun_classes
from claimgraph.stages.topics.salience import Focus
from claimgraph.stages.topics.sites import Site, Sites
from claimgraph.vocab import Change, Kind

__all__ = ["describe_situation"]

_KINDS = tuple(Kind)
_MODALS = frozenset({"would", "could", "may", "might", "will", "should", "must"})
_FIRST = frozenset({"i", "we", "my", "our", "us", "me"})
_THIRD = frozenset({"they", "their", "them"})
_PERSONAL = frozenset({"he", "she", "his", "her"})
_NEUTER = frozenset({"it", "its"})
_DEFINITE = frozenset({"the", "this", "that", "those", "these"})
_QUOTES = frozenset({'"', "“", "”"})
_MANY = 4
# Children of a word that are looked at: a verb may have thousands in a hostile sentence.
_WIDE = 24


def describe_situation(index: int, focus: Focus, sites: Sites) -> dict[str, float]:
    """Describe the quantity with this index; none of the features holds a word of the text.

    Args:
        index: which of the article's quantities.
        focus: the article's entities by salience.
        sites: where the quantities stand.
    """
    site = sites.all[index]
    return {
        **_measure(site.quantity, focus.owners[index], focus.kind),
        **_clause(site),
        **_nouns(site),
        **_article(site, focus, sites),
        "values": min(sites.values_in(site.number), _MANY),
    }


def _measure(quantity: Quantity, owner: OwnerKind | None, article: OwnerKind | None) -> dict[str, float]:
    """Describe the kind of figure and whose such figures usually are, here and in the article."""
    low = quantity.low if quantity.low is not None else quantity.high
    found: dict[str, float] = {f"kind_{kind}": quantity.kind is kind for kind in _KINDS}
    found |= {f"owner_{kind}": owner is kind for kind in OwnerKind}
    found |= {f"article_{kind}": article is kind for kind in OwnerKind}
    found |= {
        "person_unit": quantity.unit == "person",
        "growth": quantity.change is not Change.LEVEL,
        "few": low is not None and low <= 3,
    }
    return found


def _clause(site: Site) -> dict[str, float]:
    """Describe the verb and the subject of the clause."""
    subject, verb = site.subject, site.clause[-1] if site.clause else None
    words = {child.lower_ for child in islice(verb.children, _WIDE)} if verb is not None else set()
    lead = subject.lower_ if subject is not None else ""
    return {
        "verbless": verb is None,
        "past": verb is not None and verb.tag_ in ("VBD", "VBN"),
        "present": verb is not None and verb.tag_ in ("VBZ", "VBP"),
        "modal": not _MODALS.isdisjoint(words),
        "conditional": "if" in words or "when" in words,
        "subject_self": subject is not None and site.phrase.i == subject.i,
        "subject_first": lead in _FIRST,
        "subject_they": lead in _THIRD,
        "subject_personal": lead in _PERSONAL,
        "subject_it": lead in _NEUTER,
        "subject_none": subject is None,
        "subject_name": subject is not None and subject.pos_ == "PROPN",
        "subject_definite": subject is not None and _is_definite(subject),
        "definite": _is_definite(site.phrase),
        "quoted": not _QUOTES.isdisjoint(token.text for token in (*site.sentence[:1], *site.sentence[-2:])),
    }


def _nouns(site: Site) -> dict[str, float]:
    """Describe what sort of things the value's phrase and the subject of its clause name, and how generally."""
    classes = load_noun_classes()
    phrase, subject = classes.of(site.phrase), classes.of(site.subject) if site.subject is not None else ()
    return {
        **{f"phrase_{name}": name in phrase for name in classes.names},
        **{f"subject_{name}": name in subject for name in classes.names},
        "subject_bare": site.subject is not None and _is_bare(site.subject),
        "phrase_bare": _is_bare(site.phrase),
    }


def _is_bare(noun: Token) -> bool:
    """Say whether a noun speaks of its kind: a plural without article, possessor or name beside it."""
    modifiers = islice(noun.lefts, _WIDE)
    return noun.tag_ == "NNS" and not any(child.dep_ in ("det", "poss") or child.pos_ == "PROPN" for child in modifiers)


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in _DEFINITE for child in islice(noun.lefts, _WIDE))


def _article(site: Site, focus: Focus, sites: Sites) -> dict[str, float]:
    """Describe where the value stands and whom the article names at all."""
    return {
        "in_title": site.number == 0,
        "in_lead": site.number < 4,
        "depth": min(site.number, 40) / 40,
        "long": min(len(sites.sentences), 60) / 60,
        "no_country": not focus.countries,
        "adjective_countries": bool(focus.countries) and focus.countries <= focus.adjectives,
        "dominance": focus.dominance,
        "entities": min(len(focus.entities), 30) / 30,
    }
