"""Find the places of an article: those of the gazetteer and the one in the dateline."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer
from claimgraph.stages.topics.mentions import Mention

__all__ = ["find_dateline", "find_places"]

# Most words of a dateline's place.
_DATELINE = 5


def find_places(doc: Doc, names: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the gazetteer's places that are no part of a longer name, in order."""
    longer = [mention for mention in names if mention.kind is not EntityKind.GROUP and mention.end - mention.start > 1]
    at = 0
    for start, end, form in gazetteer.find(doc):
        while at < len(longer) and longer[at].end <= start:
            at += 1
        inside = at < len(longer) and longer[at].start < end and end - start < longer[at].end - longer[at].start
        if not inside:
            # *the South* is no name to show
            name = doc[start:end].text if end - start == len(form.words) else form.place.name
            yield Mention(start, end, name, EntityKind.PLACE, form.place, form.adjectival)


def find_dateline(sentence: Span) -> Mention | None:
    """Find the place in capitals with which the first sentence of a report begins (*LIMA, Peru (AP) -*)."""
    start = end = next((token.i for token in sentence if not token.is_space), sentence.end)
    doc = sentence.doc
    while end < sentence.end and doc[end].is_alpha and doc[end].is_upper and len(doc[end]) > 1:
        end += 1
    if not start < end < min(sentence.end, start + _DATELINE) or doc[end].text[0] not in ",(-–—/":
        return None
    return Mention(start, end, doc[start:end].text.title(), EntityKind.PLACE)
