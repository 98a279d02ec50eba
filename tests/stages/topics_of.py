"""Topics of given values of a text: the parse is the pipeline's, the quantities are the test's own."""

from decimal import Decimal

from claimgraph.records import Article, Quantity, Topic
from claimgraph.stages.base import attach_article, read, write
from claimgraph.vocab import Change, Kind, Qualifier

PARSING = ("claimgraph_segment", "claimgraph_numbers", "claimgraph_parse")


def parsed(nlp, text: str, title: str = ""):
    """Return a doc that has been read up to the quantities."""
    article = Article(id="a", title=title, body=text)
    doc = attach_article(nlp.make_doc(article.text), article)
    for name in PARSING:
        doc = nlp.get_pipe(name)(doc)
    return doc


def quantity(doc, value: str, kind: Kind, unit: str, after: int = 0) -> Quantity:
    """Return a quantity at the first place behind `after` where its value stands."""
    start = doc.text.index(value, after)
    return Quantity(
        start=start,
        end=start + len(value),
        low=Decimal(1),
        high=Decimal(1),
        kind=kind,
        unit=unit,
        qualifier=Qualifier.EXACT,
        change=Change.LEVEL,
        noun=None,
        evidence=(),
    )


def topics_of(nlp, text: str, *values: tuple[str, Kind, str], title: str = "") -> list[Topic]:
    """Return the topics of these values (text, kind, unit), in order of the text."""
    doc = parsed(nlp, text, title)
    found, at = [], 0
    for value, kind, unit in values:
        found.append(quantity(doc, value, kind, unit, at))
        at = found[-1].end
    write(doc, Quantity, tuple(found))
    return list(read(nlp.get_pipe("claimgraph_topics")(doc), Topic))
