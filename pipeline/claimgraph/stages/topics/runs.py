"""Find names by their capitals alone, in sentences that nobody tagged."""

from collections.abc import Iterator

from spacy.tokens import Span

from claimgraph.stages import columns
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer
from claimgraph.stages.topics.mentions import Mention, as_event, is_headline

__all__ = ["find_runs"]


def find_runs(sentences: list[Span], taken: set[int], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield runs of two or more words with capitals, and what follows a form of address; `taken` tokens are no part."""
    for sentence in sentences:
        if is_headline(sentence):
            continue
        words = columns.texts(sentence.doc)[sentence.start : sentence.end]
        start = sentence.start
        for i, word in enumerate([*words, ""], sentence.start):
            if _is_capital(word) and i not in taken and (i > start or not sentence.doc[i].is_stop):
                continue
            yield from _named(sentence, start, i, gazetteer)
            start = i + 1


def _named(sentence: Span, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the name of one run: a person behind a form of address (*Chairman Maria Lopez*), else the whole run."""
    doc, texts = sentence.doc, columns.texts(sentence.doc)
    address = [i for i in range(max(sentence.start, start - 1), end) if gazetteer.is_address(texts[i])]
    if address:
        name = max(start, address[-1] + 1)
        if name < end:
            yield Mention(name, end, doc[name:end].text, EntityKind.PERSON)
    elif end - start > 1 and gazetteer.calendar.isdisjoint(texts[start:end]):
        yield as_event(doc, Mention(start, end, doc[start:end].text, EntityKind.NAME), gazetteer)


def _is_capital(word: str) -> bool:
    initial = len(word) == 2 and word[1] == "."
    return word[:1].isupper() and (initial or (word.isalpha() and not word.isupper()))
