"""Nouns and pronouns that stand for an entity named elsewhere: *the company*, *the ministry*, *its*, *she*."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Role
from claimgraph.stages.topics.salience import Focus

__all__ = ["find_references"]

# Pronouns are a closed class; *they* and *we* are left out because they rarely stand for one name.
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_NEUTER = frozenset({"it", "its"})
_POINTING = frozenset({"the", "this", "that", "our", "its", "their"})
_BACK = 4
_LONGEST = 200


def find_references(focus: Focus, sentence: Span, number: int, gazetteer: Gazetteer) -> Iterator[tuple[int, Token]]:
    """Yield each noun or pronoun of a sentence that stands for an entity, with the entity's number."""
    for token in sentence[:_LONGEST]:
        role = _role(token, gazetteer)
        entity = _antecedent(focus, token, number, role) if role else None
        if entity is not None:
            yield entity, token


def _role(token: Token, gazetteer: Gazetteer) -> Role | None:
    """Return what the token stands for; None when it is an ordinary word."""
    word: str = token.lower_
    if word in _PERSONAL:
        return Role(word, EntityKind.PERSON)
    if word in _NEUTER:
        return Role(word, EntityKind.ORGANISATION)
    role: Role | None = gazetteer.roles.get(word)
    if role and any(child.lower_ in _POINTING for child in token.lefts):
        return role
    return None


def _antecedent(focus: Focus, token: Token, number: int, role: Role) -> int | None:
    """Return the best entity named before the token in this sentence or the few before it, else the most salient."""
    best, best_score = None, 0.0
    for back in range(_BACK):
        for entity, mention in focus.by_sentence.get(number - back, ()):
            if mention.start < token.i and _fits(focus, entity, role):
                salience = min(focus.standing[entity].salience, 8.0)
                subject = focus.is_subject(token.doc[mention.end - 1])
                score = (salience + 4 * subject) / (1 + back)
                if score > best_score:
                    best, best_score = entity, score
    if best is None:
        best = next((entity for entity in focus.order if _fits(focus, entity, role)), None)
    return best


def _fits(focus: Focus, number: int, role: Role) -> bool:
    """Say whether an entity can be what the noun stands for."""
    entity = focus.entities[number]
    if role.named:
        return role.noun in entity.name.lower().split()
    if role.level is not None:
        return entity.level is role.level
    return entity.kind is role.kind
