"""Noun phrases that speak, read from a parse where there is one and from the letters where there is none."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from claimgraph.stages.attribution.lexicon import Lexicon

__all__ = ["Phrase", "after_verb", "before_verb", "named_after", "of_head"]

# Longer subjects are clauses; a phrase is cut there.
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens `start:end` of a doc that name a speaker."""

    start: int
    end: int

    def tokens(self, doc: Doc) -> list[Token]:
        """Return the tokens, white space left out."""
        return [token for token in doc[self.start : self.end] if not token.is_space]


def of_head(head: Token, lexicon: Lexicon) -> Phrase:
    """Return the phrase that a parsed word heads: up to a comma or relative clause behind it."""
    head = _compound_end(head)
    person = next((c for c in head.children if c.dep_ == "appos" and c.ent_type_ == "PERSON"), None)
    if person is not None and head.ent_type_ != "PERSON":
        head = person
    start, end = max(head.left_edge.i, head.i - _LONGEST), head.i + 1
    while end <= head.right_edge.i and end - head.i < _LONGEST:
        token = head.doc[end]
        hyphen = token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_
        ends = token.lower_ in lexicon["boundary"] and not hyphen
        if ends or token.is_quote or (token.dep_ in ("relcl", "punct") and not hyphen):
            break
        end += 1
    if head.pos_ == "NOUN" and end == head.i + 1:  # author Jo Smith, whom the parser left out
        while end < len(head.doc) and head.doc[end].ent_type_ == "PERSON" and end - head.i < _LONGEST:
            end += 1
    return Phrase(start, end)


def _compound_end(head: Token) -> Token:
    """Return the last part of a hyphened word: the parser may hang *co-author* on its prefix."""
    while head.i + 2 < len(head.doc) and not head.whitespace_:
        hyphen = head.nbor()
        if hyphen.text != "-" or hyphen.whitespace_ or not hyphen.nbor().is_alpha:
            break
        head = hyphen.nbor()
    return head


def before_verb(doc: Doc, verb: int, floor: int, lexicon: Lexicon) -> Phrase | None:
    """Return the phrase that ends before a verb of an unparsed sentence that starts at `floor`.

    None where the verb stands behind a comma or quotation mark: *…, said Smith*.
    """
    end = verb
    while end > floor and doc[end - 1].lower_ in lexicon["between"] and verb - end < 4:
        end -= 1
    if end > floor and doc[end - 1].lower_ == ",":
        end = _before_apposition(doc, end - 1, floor)
    if end <= floor or not doc[end - 1].text[0].isalnum():
        return None
    return Phrase(_phrase_start(doc, end, floor, lexicon), end)


def _before_apposition(doc: Doc, comma: int, floor: int) -> int:
    """Step over *, the mayor of the town,* to the name before it; stay where there is none."""
    for position in range(comma - 1, max(floor, comma - _LONGEST), -1):
        if doc[position].is_quote:
            return floor
        if doc[position].lower_ == ",":
            return position
    return floor


def _phrase_start(doc: Doc, end: int, floor: int, lexicon: Lexicon) -> int:
    """Walk back over a name and its prepositions, or over a common noun to its determiner."""
    start = end - 1
    low = max(floor, end - _LONGEST)
    if doc[start].lower_ in lexicon["person"] | lexicon["thing"] | lexicon["self"]:
        return start
    capital = doc[start].text[0].isupper()
    while start > low:
        word = doc[start - 1]
        text = word.lower_
        if text in lexicon["boundary"] or text in lexicon["opener"] or word.is_quote or word.is_punct or word.is_space:
            break
        if text in lexicon["determiner"]:
            return start - 1
        named = word.text[0].isupper() or text in lexicon["link"]
        if capital and not named and text not in lexicon["preposition"] and text not in lexicon["speaker"]:
            break
        if not capital and text in lexicon["preposition"]:
            break
        start -= 1
    while start < end - 1 and (doc[start].lower_ in lexicon["link"] or doc[start].lower_ in lexicon["preposition"]):
        start += 1
    return start


def named_after(doc: Doc, marker: int, ceiling: int, lexicon: Lexicon) -> Phrase | None:
    """Return the phrase behind a marker of an unparsed sentence, up to its first comma or verb-like boundary."""
    end = marker + 1
    while end < min(ceiling, marker + _LONGEST):
        token = doc[end]
        if token.is_space or token.is_quote or token.text == "." or token.lower_ in lexicon["boundary"]:
            break
        end += 1
    return Phrase(marker + 1, end) if end > marker + 1 else None


def after_verb(doc: Doc, verb: int, ceiling: int, lexicon: Lexicon) -> Phrase | None:
    """Return the phrase behind an inverted verb: *said Smith, the mayor*; None where nobody is named."""
    start = end = verb + 1
    while end < min(ceiling, start + _LONGEST):
        token = doc[end]
        if token.is_space or token.is_quote or (token.is_punct and token.text not in ("-", "&", ".", "/")):
            break
        if token.text == "." or token.lower_ in lexicon["boundary"]:
            break
        if end > start and (token.lower_ in lexicon["preposition"] or token.lower_ in lexicon["between"]):
            break
        end += 1
    if end == start:
        return None
    first = doc[start]
    spoken = first.text[0].isupper() or first.lower_ in lexicon["determiner"] or first.lower_ in lexicon["person"]
    return Phrase(start, end) if spoken or first.lower_ in lexicon["speaker"] else None
