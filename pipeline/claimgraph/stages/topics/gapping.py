"""Find what a clause without a verb is about: *exports rose 3%, imports by 2% and the Nasdaq 1%*."""

from spacy.tokens import Doc, Token

__all__ = ["find_remnant"]

# Prepositions between the remnant of a subject and its value; a closed class.
_BY = frozenset({"by", "to", "at", "from"})
_FILLING = frozenset({"ADV", "SYM", "PART"})
_WITHIN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART"})
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_TIMES = frozenset({"DATE", "TIME"})
# Tokens that may stand between the value before and the comma or conjunction behind it: its unit and what fills it.
_UNIT = 3
_FAR = 12


def find_remnant(doc: Doc, before: int, first: int) -> Token | None:
    """Return the noun between two values that is all that the second one's clause has left of its subject.

    The value before ends its clause with a comma or conjunction; then come the noun's phrase, perhaps a preposition,
    and the value: nothing else, no verb.

    Args:
        doc: the article.
        before: the token behind the value before, of the same sentence.
        first: the first token of the value.
    """
    if not 1 < first - before <= _FAR or any(token.pos_ in _VERBS for token in doc[before:first]):
        return None
    at = first - 1
    while at > before and (doc[at].lower_ in _BY or doc[at].pos_ in _FILLING or doc[at].is_currency):
        at -= 1
    noun = at - (doc[at].pos_ == "NUM" and doc[at - 1].pos_ == "PROPN")  # *the FTSE 100 by 2%*
    start = noun
    while start > before and doc[start - 1].pos_ in _WITHIN:
        start -= 1
    token = doc[noun]
    closed = before < start and (doc[start - 1].text in (",", ";") or doc[start - 1].dep_ == "cc")
    if not closed or start - before > _UNIT + 1 or token.pos_ not in _NOUNS or token.ent_type_ in _TIMES:
        return None
    return token
