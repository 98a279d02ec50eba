"""Split an article into paragraphs and sentences without parsing it.

Masthead, headline, byline and lead run into one sentence when a parser alone decides, so line breaks come
first (measured: 240 of 240 sentence starts after a blank line, against 22 by the parser alone). What remains is
split on full stops by spaCy's own sentencizer, with opening quotation marks given to the sentence that they open,
and after abbreviations where a word follows that only begins sentences.
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from claimgraph.lexicon import load_entries
from claimgraph.stages import columns
from claimgraph.stages.base import text_of

__all__ = ["Segmenter", "make_segment"]

# Lines of hard-wrapped text (mail, newswire of the 1980s) are about this long; set on 1987 newswire and
# RFC 3676's advice of 66 to 78 characters. Prose paragraphs as lines are much longer, list items shorter.
_WRAPPED = range(50, 90)

# Tokens and characters of the longest sentence. The stages look at a value's whole sentence, so that one without end
# would cost the square of its length. Of 53,000 sentences in `../shared/gold` and `../shared/bulk` none has 300 tokens.
_TOKENS, _CHARS = 400, 4_000

_MARKS = frozenset("\"'“”‘’«»([")
_PAUSES = frozenset(("...", "…", ")"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Words that begin a sentence with a capital and are no part of a name."""

    name: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


class Segmenter:
    """A spaCy component that sets sentence starts, once per doc and only where nobody has set them."""

    def __init__(self, openers: frozenset[str]) -> None:
        self._sentencizer = Sentencizer()
        self._openers = openers

    def __call__(self, doc: Doc) -> Doc:
        """Mark sentence starts at full stops and line breaks, and where none comes in 400 tokens."""
        if doc.has_annotation("SENT_START"):
            return doc
        stops = self._sentencizer.predict([doc])[0]
        wrapped = _is_hard_wrapped(text_of(doc))
        # one array for the whole doc: setting token by token costs a third of the whole extraction
        starts = numpy.full(len(doc), -1, dtype="int64")
        fresh = True
        for i, (word, stop) in enumerate(zip(columns.texts(doc), stops, strict=True)):
            if word.isspace():
                # white space belongs to the sentence before it
                fresh = fresh or _breaks(word, wrapped)
            elif fresh:
                starts[i] = 1
                fresh = False
            elif stop or (word in self._openers and _is_behind_abbreviation(doc, i)):
                begin = _opening(doc, i)
                if begin is not None:
                    starts[begin] = 1
        starts[:1] = 1
        _cut_long(starts, doc)
        doc.from_array([SENT_START], starts.astype("uint64"))  # type: ignore[arg-type]
        return doc


def _cut_long(starts: "numpy.ndarray[tuple[int], numpy.dtype[numpy.int64]]", doc: Doc) -> None:
    """Mark a start wherever a sentence has reached its limit, never on white space."""
    begins = [*numpy.flatnonzero(starts == 1).tolist(), len(doc)]
    for at, end in pairwise(begins):
        begin = doc[at]
        if end - at > _TOKENS or doc[end - 1].idx - begin.idx > _CHARS:
            for token in doc[at:end]:
                if not token.is_space and (token.i - begin.i >= _TOKENS or token.idx - begin.idx >= _CHARS):
                    starts[token.i], begin = 1, token


def _is_behind_abbreviation(doc: Doc, i: int) -> bool:
    """Say whether *a.m.* or *U.S.* stands before a token, an opening quotation mark between them apart."""
    before = i - 2 if i > 1 and doc[i - 1].text in _MARKS else i - 1
    return before >= 0 and len(doc[before]) > 2 and doc[before].text.endswith(".") and bool(doc[before].whitespace_)


def _opening(doc: Doc, i: int) -> int | None:
    """Return where the sentence behind a stop begins, None if it goes on.

    Opening quotation marks and brackets belong to it. It goes on in lower case behind a quotation (*"Go!" she
    said*), and where no space stands between (*VOWG.DE*), unless the space was forgotten (*left.Then*).
    """
    begin = i
    while begin > 1 and doc[begin - 1].text in _MARKS and doc[begin - 2].whitespace_ and not doc[begin - 1].whitespace_:
        begin -= 1
    before, text = doc[begin - 1], doc[i].text
    if text[0].islower() and (before.text in _MARKS or before.text in _PAUSES):
        return None
    if not before.whitespace_ and not before.is_space and before.text not in _MARKS:
        return begin if text[0].isupper() and text[1:2].islower() else None
    return begin


def _breaks(space: str, wrapped: bool) -> bool:
    lines = space.count("\n") + space.count("\u2028") + space.count("\u2029")
    return lines > 1 or (lines == 1 and not wrapped)


def _is_hard_wrapped(text: str) -> bool:
    """Say whether single line breaks only wrap lines of prose."""
    blocks = [block.split("\n") for block in text.split("\n\n")]
    inner = [len(line) for lines in blocks for line in lines[:-1]]
    return len(inner) >= 3 and int(median(inner)) in _WRAPPED and max(inner) < _WRAPPED.stop + 10


@Language.factory("claimgraph_segment", assigns=["token.is_sent_start"])
def make_segment(nlp: Language, name: str, language: str = "en") -> Segmenter:
    """Make the component that splits paragraphs and sentences.

    Args:
        nlp: pipeline to which the component belongs.
        name: the component's name in the pipeline.
        language: ISO 639-1 code of the lexicon under `data/`.
    """
    openers = load_entries(language, "segment", "opener", Opener, "name")
    return Segmenter(frozenset(word for opener in openers for word in opener.words))
