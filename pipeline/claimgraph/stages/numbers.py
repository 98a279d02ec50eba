"""Find number expressions by one grammar over the characters."""

import re
from collections.abc import Iterator
from decimal import Decimal

from spacy.language import Language
from spacy.tokens import Doc

from claimgraph.records import Article, NumberMention
from claimgraph.stages.base import StageRun, stage
from claimgraph.vocab import Form

__all__ = ["make_numbers"]


@stage("claimgraph_numbers", reads=(Article,), writes=NumberMention)
def make_numbers(nlp: Language) -> StageRun:
    """Find every number expression that can be a value.

    Reads:   the article's text and furniture.
    Writes:  n NumberMention, sorted, disjoint.
    """

    def run(doc: Doc, article: Article) -> Iterator[NumberMention]:
        for match in re.finditer(r"\d[\d,]*(?:\.\d+)?", doc.text):
            value = Decimal(match[0].replace(",", ""))
            yield NumberMention(
                start=match.start(),
                end=match.start() + len(match[0].rstrip(",")),
                text=match[0].rstrip(","),
                low=value,
                high=value,
                step=Decimal(1).scaleb(int(value.as_tuple().exponent)),
                form=Form.DIGITS,
            )

    return run
