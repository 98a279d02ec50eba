"""Go through an article in the order of its text and say whose words each quantity stands in."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from spacy.tokens import Doc, Span

from claimgraph.records import Article, Attribution, Evidence, Quantity
from claimgraph.stages.attribution.discourse import Discourse
from claimgraph.stages.attribution.frames import Frame, frames_of, governing_frame, in_background
from claimgraph.stages.attribution.headline import Headline
from claimgraph.stages.attribution.lexicon import Lexicon
from claimgraph.stages.attribution.names import Names
from claimgraph.stages.attribution.phrases import Phrase
from claimgraph.stages.attribution.quotes import Quotation, find_posts, find_quotations
from claimgraph.stages.entities import Entities
from claimgraph.stages.governors import Sentences, is_prose
from claimgraph.vocab import Kind

__all__ = ["Voices"]

# A quotation's reporting verb stands this near, in tokens: …,” said the agency's chief engineer, Jo Smith.
_NEAR = 16

# Sentences of prose have a few frames; what has more is a list.
_FRAMES = 20

_ATTRIBUTIVE = frozenset({"nummod", "compound", "amod", "nmod", "quantmod"})


class Voices:
    """The voices of one article."""

    def __init__(self, doc: Doc, article: Article, lexicon: Lexicon) -> None:
        self._doc, self._lexicon = doc, lexicon
        self._title_end = len(article.title)
        self._sentences, self._entities = Sentences(doc), Entities(doc)
        self._names = Names(doc, article.title, lexicon)
        self._discourse = Discourse(doc, self._names, lexicon, self._title_end)
        self._headline = Headline(doc, self._title_end, self._names, self._discourse, lexicon)
        self._quotations = find_quotations(doc)
        self._posts = find_posts(doc)
        self._post_starts = [post.start for post in self._posts]
        self._quotation_starts = [q.start for q in self._quotations]
        self._speakers: dict[int, tuple[str, str, int] | None] = {}
        self._parsed: set[int] = set()
        self._told: dict[int, tuple[str, int]] = {}
        self._ends: list[int] = []

    def attribute(self, quantities: Sequence[Quantity]) -> Iterator[Attribution]:
        """Yield one attribution per quantity, in order."""
        todo = list(quantities)
        at = 0
        for sentence in self._sentences.spans:
            mine = []
            while at < len(todo) and todo[at].start < sentence.end_char:
                mine.append(todo[at])
                at += 1
            yield from self._sentence(sentence, mine)

    def _sentence(self, sentence: Span, quantities: list[Quantity]) -> Iterator[Attribution]:
        if quantities:
            self._parsed.add(sentence.start)
        found = frames_of(sentence, self._lexicon, parsed=bool(quantities) and is_prose(sentence))
        frames = list(islice(found, _FRAMES))
        if not frames and sentence.start_char < self._title_end:  # title case hides verbs from the tagger
            found = frames_of(sentence, self._lexicon, parsed=False)
            frames = [frame for frame in islice(found, _FRAMES) if not self._doc[frame.phrase.end - 1].like_num]
        named = [(frame, self._discourse.name(frame.phrase)) for frame in frames]
        self._remember(sentence, named)
        for quantity in quantities:
            yield self._one(sentence, quantity, named)

    def _remember(self, sentence: Span, named: list[tuple[Frame, str | None]]) -> None:
        """Keep who spoke last in a sentence, for a quotation that fills the paragraph behind it."""
        if sentence.text.strip():
            self._ends.append(sentence.end)
            spoken = [(name, frame.at) for frame, name in named if name]
            if spoken:
                self._told[sentence.end] = spoken[-1]

    def _one(self, sentence: Span, quantity: Quantity, named: list[tuple[Frame, str | None]]) -> Attribution:
        span = self._doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        spoken = span is not None and len(span) > 0 and is_prose(sentence) and not _presupposed(span, quantity)
        found = self._governed(span, named, quantity.kind) if spoken and span is not None else None
        if found is None:
            return Attribution(start=quantity.start, end=quantity.end, source=None, evidence=())
        source, rule, at = found
        token = self._doc[at]
        evidence = Evidence(field="source", rule=f"attribution.{rule}", start=token.idx, end=token.idx + len(token))
        return Attribution(start=quantity.start, end=quantity.end, source=source, evidence=(evidence,))

    def _governed(self, value: Span, named: list[tuple[Frame, str | None]], kind: Kind) -> tuple[str, str, int] | None:
        frame = governing_frame(value.root, self._lexicon, share=kind in (Kind.PERCENT, Kind.PERCENTAGE_POINTS))
        if frame is not None and self._doc[frame.phrase.start].lower_ in self._lexicon["self"]:
            # whoever says I or we is the speaker of the quotation; in the article's own voice nobody is
            return self._quoted(value)
        if frame is not None:
            known = next((name for other, name in named if other.at == frame.at), None)
            name = known or self._discourse.name(frame.phrase)
            if name:
                return name, frame.rule, frame.at
        if in_background(value.root):
            return self._quoted(value)
        said = self._quoted(value) or self._closing(value, named) or self._opening(value, named)
        return said or self._posted(value) or self._headline.voice(value)

    def _posted(self, value: Span) -> tuple[str, str, int] | None:
        """Return the author of the message in which the value stands."""
        position = bisect_right(self._post_starts, value.start_char) - 1
        if position < 0 or value.start_char >= self._posts[position].end:
            return None
        return self._names.fullest(self._posts[position].author), "post", value.start

    def _closing(self, value: Span, named: list[tuple[Frame, str | None]]) -> tuple[str, str, int] | None:
        """A frame that closes the sentence covers what stands before it: *…, police said.*"""
        for frame, name in named:
            first = min(frame.phrase.start, frame.at)
            if name and not frame.is_marker and self._is_inserted(frame, value):
                return name, f"inserted.{frame.rule}", frame.at
            if self._goes_ahead(frame):
                continue
            if name and value.end <= first and self._doc[first - 1].lower_ in self._lexicon["boundary"]:
                return name, f"closing.{frame.rule}", frame.at
        return None

    def _is_inserted(self, frame: Frame, value: Span) -> bool:
        """Say whether a frame stands between commas, for what is around it: *As an example, it said, 9 people …*"""
        doc, first, last = self._doc, min(frame.phrase.start, frame.at), max(frame.phrase.end - 1, frame.at)
        if last + 1 >= len(doc) or not value.sent.start < first < last + 1 < value.end:
            return False
        return doc[first - 1].text == "," and doc[last + 1].text == "," and not self._breaks(last + 2, value.start)

    def _goes_ahead(self, frame: Frame) -> bool:
        """Say whether the statement stands behind the verb: *…, officials said the wind was strong*."""
        verb = self._doc[frame.at]
        return any(child.dep_ in ("ccomp", "dobj", "xcomp") and child.i > verb.i for child in verb.children)

    def _opening(self, value: Span, named: list[tuple[Frame, str | None]]) -> tuple[str, str, int] | None:
        """A frame that opens a clause covers what follows up to the next one: *Police said …*"""
        for frame, name in reversed(named):
            start = frame.phrase.start
            opens = start == value.sent.start or self._doc[start - 1].lower_ in self._lexicon["opener"]
            said = self._may_open(frame) and start < frame.at < value.start
            if name and opens and said and not self._breaks(frame.at, value.start):
                return name, f"opening.{frame.rule}", frame.at
        return None

    def _may_open(self, frame: Frame) -> bool:
        """Say whether a frame that the parse does not show to govern anything is one: a speaker without an object."""
        verb, last = self._doc[frame.at], self._doc[frame.phrase.end - 1]
        speaks = last.ent_type_ or any(last.lower_ in self._lexicon[name] for name in ("speaker", "holder", "expecter"))
        entry = self._lexicon.verbs.get(verb.lemma_.lower())
        clausal = entry is None or not entry.object
        return bool(speaks) and not (clausal and any(child.dep_ == "dobj" for child in verb.children))

    def _breaks(self, start: int, end: int) -> bool:
        """Say whether a new clause begins between two tokens: a semicolon, or a comma and a conjunction."""
        between = self._doc[start:end]
        return any(
            token.text == ";" or (token.text == "," and self._doc[token.i + 1].lower_ in self._lexicon["opener"])
            for token in between
        )

    def _quoted(self, value: Span) -> tuple[str, str, int] | None:
        position = bisect_right(self._quotation_starts, value.start) - 1
        if position < 0 or value.start >= self._quotations[position].end:
            return None
        first = position
        while first and first not in self._speakers and self._goes_on(first):
            first -= 1
        for known in range(first, position + 1):
            if known not in self._speakers:
                before = self._speakers.get(known - 1) if self._goes_on(known) else None
                self._speakers[known] = self._beside(self._quotations[known]) or before
        return self._speakers[position]

    def _goes_on(self, position: int) -> bool:
        """Say whether a quotation continues the one before it: in its paragraph, or left open by it."""
        if not position:
            return False
        before, quotation = self._quotations[position - 1], self._quotations[position]
        return before.paragraph == quotation.paragraph or before.open

    def _beside(self, quotation: Quotation) -> tuple[str, str, int] | None:
        doc = self._doc
        behind = doc[quotation.end : min(quotation.end + _NEAR, len(doc))]
        ahead = doc[max(0, quotation.start - _NEAR) : quotation.start]
        parsed = self._sentences.of(quotation.end - 1).start in self._parsed
        for frame in frames_of(behind, self._lexicon, parsed=parsed):
            if frame.quotes and not any(t.is_sent_start for t in doc[quotation.end + 1 : frame.at]):
                name = self._discourse.name(frame.phrase)
                if name:
                    return name, f"quotation.{frame.rule}", frame.at
        introduced = self._introduced(quotation) or self._tagged(quotation)
        if introduced:
            return introduced
        for frame in reversed(list(frames_of(ahead, self._lexicon, parsed=parsed and not quotation.open))):
            name = self._discourse.name(frame.phrase)
            if name:
                return name, f"quotation.{frame.rule}", frame.at
        return self._block(quotation)

    def _tagged(self, quotation: Quotation) -> tuple[str, str, int] | None:
        """Return who does whatever stands right behind a quotation and ends there: *…?” Smith prodded.*"""
        doc, start = self._doc, quotation.end + 1
        stop = next((i for i in range(start, min(start + 5, len(doc))) if doc[i].tag_ in ("VBD", "VBZ")), None)
        if stop is None or stop == start or stop + 1 >= len(doc) or doc[stop + 1].text not in (".", ","):
            return None
        person = all(token.pos_ in ("PROPN", "PRON") and not token.is_sent_start for token in doc[start + 1 : stop])
        if not person or doc[start].pos_ not in ("PROPN", "PRON"):
            return None
        name = self._discourse.name(Phrase(start, stop))
        return (name, "quotation.tag", stop) if name else None

    def _block(self, quotation: Quotation) -> tuple[str, str, int] | None:
        """Return who spoke in the sentence before a quotation that fills its paragraph."""
        doc = self._doc
        ends_paragraph = quotation.end + 1 >= len(doc) or doc[quotation.end + 1].is_space or quotation.open
        if quotation.start != quotation.paragraph + 1 or not ends_paragraph:
            return None
        position = bisect_right(self._ends, quotation.start) - 1
        told = self._told.get(self._ends[position]) if position >= 0 else None
        return (told[0], "quotation.block", told[1]) if told else None

    def _introduced(self, quotation: Quotation) -> tuple[str, str, int] | None:
        """Return the person of a sentence that ends in a colon before the quotation."""
        doc, position = self._doc, quotation.start - 2
        while position > 0 and doc[position].is_space:
            position -= 1
        if position <= 0 or doc[position].text != ":":
            return None
        line = self._sentences.of(position)
        people = [entity for entity in self._entities.within(line) if entity.label_ == "PERSON"]
        if people:
            name = self._discourse.name(Phrase(people[0].start, people[0].end))
            return (name, "quotation.colon", position) if name else None
        return self._headed(line, position)

    def _headed(self, line: Span, colon: int) -> tuple[str, str, int] | None:
        """Return the name with which a line begins that heads a quotation: *Jo Smith, mayor of the town:*"""
        name = " ".join(token.text for token in takewhile(lambda token: token.text != ",", line[: colon - line.start]))
        if (line.start and not self._doc[line.start - 1].is_space) or not self._names.may_be_person(name):
            return None
        return self._names.fullest(name), "quotation.colon", colon


def _presupposed(value: Span, quantity: Quantity) -> bool:
    """Say whether a measure only describes what is known: *Saturday's 7.8 quake*, *the eight-week sprint*."""
    if quantity.kind not in (Kind.MEASURE, Kind.DURATION):
        return False
    reach = value.end if quantity.unit == "magnitude" else value.end + 1
    noun = value.root
    while noun.dep_ in _ATTRIBUTIVE and noun.head.i != noun.i:
        noun = noun.head
    definite = (c for c in noun.children if c.dep_ in ("det", "poss") and c.i < value.start)
    return noun.i >= reach and any(c.dep_ == "poss" or c.lower_ == "the" for c in definite)
