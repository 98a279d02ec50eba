"""Say to whom the text attributes each quantity.

lexicon.py (words of data/<lang>/reporting.toml and holders.toml) · names.py (the article's names and their fullest
forms) · phrases.py (noun phrases that speak) · frames.py (reporting verbs and markers with their speakers) ·
quotes.py (quotations) · headline.py (voices that a headline sets apart) · discourse.py (pronouns and definite
phrases) · voices.py (all of them, in the text's order).

Tried and dropped: a conditional logit over all who speak, hold figures or are named near a value, and nobody, with
the rules' answer among its facts. On articles left out it had .894 right where the rules have .891 (new ones), and .912
against .914 (those the rules were written on), although the right voice is among the candidates in .98.
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, Attribution, Quantity
from claimgraph.stages.attribution.lexicon import load_lexicon
from claimgraph.stages.attribution.voices import Voices
from claimgraph.stages.base import StageRun, stage

__all__ = ["make_attribution"]


@stage("claimgraph_attribution", reads=(Article, Quantity), writes=Attribution, each=Quantity)
def make_attribution(nlp: Language) -> StageRun:
    """Say to whom the text attributes each quantity.

    Reads:   the article's title; n Quantity, sorted by start; heads, tags and entities where sentences are parsed.
    Writes:  n Attribution, same order; source is None in the article's own voice.

    Source: gold guidelines, `source`.
    """
    lexicon = load_lexicon(nlp.lang)

    def run(doc: Doc, article: Article, quantities: tuple[Quantity, ...]) -> Iterator[Attribution]:
        if quantities:
            yield from Voices(doc, article, lexicon).attribute(quantities)

    return run
