"""Nouns and pronouns that stand for an entity named elsewhere: *the company*, *the ministry*, *its*, *she*."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from claimgraph.stages import columns
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Role
from claimgraph.stages.topics.salience import Focus

__all__ = ["find_descriptions", "find_references"]

# Pronouns are a closed class; *they* and *we* are left out because they rarely stand for one name.
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_NEUTER = frozenset({"it", "its"})
_PRONOUNS = _PERSONAL | _NEUTER
_POINTING = frozenset({"the", "this", "that", "our", "its", "their"})
_BACK = 4
_LONGEST = 200
# A noun that the article joins to more names than these tells none of them apart.
_SHARED = 3


def find_references(
    focus: Focus, sentence: Span, number: int, gazetteer: Gazetteer, described: dict[str, list[int]]
) -> Iterator[tuple[int, Token]]:
    """Yield each noun or pronoun of a sentence that stands for an entity, with the entity's number.

    Args:
        focus: the article's entities.
        sentence: where to look.
        number: which of the article's sentences that is.
        gazetteer: the nouns that stand for a kind of entity.
        described: what the article calls its entities besides their names, from `find_descriptions`.
    """
    words, tags = columns.lowers(sentence.doc), columns.tags(sentence.doc)
    for i in range(sentence.start, min(sentence.end, sentence.start + _LONGEST)):
        if tags[i] != "NN" and words[i] not in _PRONOUNS and words[i] not in gazetteer.roles:
            continue
        token = sentence.doc[i]
        called = described.get(token.lemma_) if _is_definite(token) else None
        role = _role(token, gazetteer)
        if called:
            yield _nearest(focus, called, number), token
            continue
        entity = _antecedent(focus, token, number, role) if role else None
        if entity is not None:
            yield entity, token


def find_descriptions(doc: Doc, focus: Focus, gazetteer: Gazetteer) -> dict[str, list[int]]:
    """Return for each common noun that the article joins to a name (*the lender Acme*) the entities so called."""
    described: dict[str, list[int]] = {}
    for number, entity in enumerate(focus.entities):
        for mention in entity.mentions:
            if focus.sites.sentence_of(mention.start) not in focus.sites.read or mention.adjectival:
                continue
            for noun in _joined(doc[mention.end - 1]):
                held = described.setdefault(noun.lemma_, [])
                if number not in held:
                    held.append(number)
    return {noun: held for noun, held in described.items() if len(held) <= _SHARED}


def _joined(name: Token) -> Iterator[Token]:
    """Yield the nouns beside a name that say what it is: in apposition, as its title, or as its complement."""
    near = [child for child in name.children if child.dep_ in ("appos", "compound", "nmod")]
    if name.dep_ == "appos":
        near.append(name.head)
    if name.dep_ == "nsubj" and name.head.lemma_ == "be":
        near += [child for child in name.head.children if child.dep_ == "attr"]
    yield from (noun for noun in near if noun.tag_ == "NN" and noun.is_lower and not noun.ent_type_)


def _is_definite(token: Token) -> bool:
    return token.tag_ == "NN" and any(child.lower_ in _POINTING for child in token.lefts)


def _nearest(focus: Focus, numbers: list[int], sentence: int) -> int:
    """Return the entity that was named last at this sentence or before it, else the first."""

    def last(number: int) -> int:
        found = focus.sentences[number]
        at = bisect_right(found, sentence)
        return found[at - 1] if at else -1

    return max(numbers, key=last)


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
        return not {role.noun, *role.words}.isdisjoint(entity.name.lower().split())
    if role.level is not None:
        return entity.level is role.level
    # capitals alone do not tell whose name it is
    if role.noun in _NEUTER:
        return entity.kind not in (EntityKind.PERSON, EntityKind.GROUP)
    return entity.kind is role.kind or (
        entity.kind is EntityKind.NAME and role.kind in (EntityKind.PERSON, EntityKind.ORGANISATION)
    )
