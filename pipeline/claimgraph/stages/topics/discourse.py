"""Where in the article around a quantity an entity was named, in which role, and where it will be named again."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from claimgraph.stages import columns
from claimgraph.stages.topics.gazetteer import EntityKind
from claimgraph.stages.topics.salience import Focus
from claimgraph.stages.topics.sites import Site, Sites

__all__ = ["Discourse"]

# Sentences beyond these are all far.
_FAR = 10
# Entities named since, beyond which it makes no difference how many; sentences that are close.
_LATE, _CLOSE = 6, 3


class Discourse:
    """Describes the mentions of the entities of one article around its quantities."""

    def __init__(self, doc: Doc, focus: Focus, sites: Sites) -> None:
        self.doc, self.focus, self.sites = doc, focus, sites
        self._starts = [[mention.start for mention in entity.mentions] for entity in focus.entities]
        self._sentences = focus.sentences
        self._paragraphs = _paragraphs(sites)
        self._around: dict[tuple[int, int], dict[str, float]] = {}
        self._body = sites.starts[1] if len(sites.starts) > 1 else 0

    def of(self, number: int, site: Site) -> dict[str, float]:
        """Describe the mentions of the entity with this number before and after the value."""
        key = number, site.number
        if key not in self._around:
            self._around[key] = self._describe(*key)
        at = bisect_left(self._starts[number], site.first)
        last = self.doc[self.focus.entities[number].mentions[at - 1].end - 1] if at else None
        return {
            **self._around[key],
            "last_subject": last is not None and self.focus.is_subject(last),
            "last_source": last is not None and self._is_read(last) and self.focus.is_source(last),
            "last_near": last is not None and site.number - self.sites.sentence_of(last.i) <= 1,
        }

    def _describe(self, number: int, sentence: int) -> dict[str, float]:
        """Describe the sentences that name an entity, as seen from one sentence."""
        sentences = self._sentences[number]
        at, after = bisect_left(sentences, sentence), bisect_left(sentences, sentence + 1)
        paragraph = self._opening(sentences, sentence)
        return {
            "first_sentence": sentences[0] / len(self.sites.sentences),
            "dateline": self._starts[number][0] == self._body,
            "since": min(sentence - sentences[at - 1], _FAR) if at else _FAR + 2,
            "until": min(sentences[after] - sentence, _FAR) if after < len(sentences) else _FAR + 2,
            "paragraph": paragraph is not None,
            "opens_paragraph": paragraph is not None and self._begins_paragraph(paragraph),
        }

    def recency(self, numbers: Sequence[int], site: Site) -> dict[int, dict[str, float]]:
        """Compare when these entities were last named before the value, among all of them and among those of a kind."""
        last = {number: bisect_left(self._starts[number], site.first) for number in numbers}
        named = [number for number in numbers if last[number]]
        named.sort(key=lambda number: -self._starts[number][last[number] - 1])
        kinds: Counter[EntityKind] = Counter()
        found: dict[int, dict[str, float]] = {}
        for rank, number in enumerate(named):
            kind = self.focus.entities[number].kind
            found[number] = {"recency": min(rank, _LATE), "recency_kind": min(kinds[kind], _LATE)}
            kinds[kind] += 1
        unnamed = {"recency": _LATE + 1, "recency_kind": _LATE + 1}
        begin = self.sites.starts[max(0, site.number - _CLOSE)]
        for number in numbers:
            density = last[number] - bisect_left(self._starts[number], begin)
            found[number] = {**found.get(number, unnamed), "density": min(max(0, density), 4)}
        return found

    def _opening(self, sentences: list[int], number: int) -> int | None:
        """Return the first sentence of this paragraph, up to the sentence with this number, that names the entity."""
        start = bisect_left(self._paragraphs, self._paragraphs[number])
        at = bisect_left(sentences, start)
        return sentences[at] if at < len(sentences) and sentences[at] <= number else None

    def _begins_paragraph(self, number: int) -> bool:
        return number == 0 or self._paragraphs[number - 1] != self._paragraphs[number]

    def _is_read(self, token: Token) -> bool:
        return self.sites.sentence_of(token.i) in self.sites.read


def _paragraphs(sites: Sites) -> list[int]:
    """Return for each sentence the number of its paragraph; a line break ends one."""
    words, numbers, paragraph = columns.texts(sites.doc), [], 0
    for sentence in sites.sentences:
        numbers.append(paragraph)
        paragraph += any("\n" in word for word in words[sentence.start : sentence.end])
    return numbers
