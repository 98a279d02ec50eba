"""The spaCy component around the number finder."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, NumberMention, Span
from claimgraph.stages.base import StageRun, stage, text_of
from claimgraph.stages.numbers.finder import NumberFinder
from claimgraph.stages.numbers.lexicon import load

__all__ = ["make_numbers"]


@stage("claimgraph_numbers", reads=(Article,), writes=NumberMention)
def make_numbers(nlp: Language, language: str = "en") -> StageRun:
    """Find every number expression that can be a value.

    Reads:   the article's text and furniture; no tokens, tags or parse.
    Writes:  n NumberMention, sorted, disjoint, none of them inside furniture.

    Spans follow the gold: currency signs and units stand outside, except inside a range (`between $2 billion and
    $3 billion`); articles that make the number belong to it (`a dozen`), as do *decades* and *centuries*, whose
    value is in years, and a minus sign. `low` and `high` are equal for points; `high` is None for vague plurals.
    What only a parse can tell (pronoun *one*, names, durations that place something in time) is left in.

    Args:
        nlp: pipeline to which the component belongs.
        language: ISO 639-1 code of the lexicon under `data/`.

    Raises:
        LexiconError: the language has no number lexicon, or it is malformed.
    """
    finder = NumberFinder(load(language))

    def run(doc: Doc, article: Article) -> Iterator[NumberMention]:
        text = text_of(doc)
        furniture = sorted(article.furniture, key=lambda span: span.start)
        position = 0
        for found in finder.find(text):
            while position < len(furniture) and furniture[position].end <= found.start:
                position += 1
            if position < len(furniture) and _overlap(furniture[position], found.start, found.end):
                continue
            yield NumberMention(
                start=found.start,
                end=found.end,
                text=text[found.start : found.end],
                low=found.low,
                high=found.high,
                step=found.step,
                form=found.form,
            )

    return run


def _overlap(span: Span, start: int, end: int) -> bool:
    return span.start < end and span.end > start
