"""The page of an article: its text with every claim in its place, and what decided each field."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from claimgraph.graph.arithmetic import self_checks
from claimgraph.graph.values import interval
from claimgraph.graphs import Graph
from claimgraph.records import Article, Claim
from claimgraph.store.looking import shared_by
from claimgraph.web.judging import judged_claims
from claimgraph.web.views import ArticlePage, Judged, Mention, Piece
from claimgraph.web.words import when
from claimgraph.wording import headline, say_value

__all__ = ["article_page"]

_GLUED = re.compile(r"[^\s\d]{0,3}(?!\S)")
# under which field of the page the evidence of a claim's field is shown
_SHOWN_WITH = {"low": "value", "high": "value", "value_text": "value", "year": "period"}


def article_page(graph: Graph, id: str) -> ArticlePage | None:
    """Gather an article; None if there is none of that id."""
    view = graph.article(id)
    if view is None:
        return None
    with graph.view() as connection:
        shared = shared_by(connection, view.observations)
    checks = self_checks(view.claims)
    failing = {check.a: check.reason for check in checks if not check.ok}
    values = {claim.id: say_value(claim) for claim in view.claims}
    judged = judged_claims(graph, view.claims)
    mentions = tuple(
        _mention(claim, key, view.article.text, values, failing.get(claim.id, ""), shared[key], judged)
        for claim, key in zip(view.claims, view.observations, strict=True)
    )
    return ArticlePage(
        id=id,
        title=view.article.title,
        outlet=view.article.outlet or "",
        published=view.article.published.isoformat() if view.article.published else None,
        author=view.article.author,
        url=view.article.url,
        pieces=tuple(_pieces(view.article, view.claims, mentions)),
        mentions=mentions,
        findings=tuple((check.reason, check.ok, check.a) for check in checks),
        copies=view.copies,
        kinds=tuple(dict.fromkeys(str(claim.kind) for claim in view.claims)),
    )


def _mention(
    claim: Claim,
    observation: str,
    text: str,
    values: Mapping[str, str],
    failing: str,
    shared: tuple[int, int],
    judged: Mapping[str, tuple[Judged, ...]],
) -> Mention:
    target = claim.relation.target if claim.relation else ""
    return Mention(
        claim=claim.id,
        observation=observation,
        kind=str(claim.kind),
        value=say_value(claim),
        question=headline(claim),
        fields=_fields(claim, text),
        relation=(str(claim.relation.type), target, values[target]) if claim.relation and target in values else None,
        contradicted=shared[1] > 0,
        failing=failing,
        outlets=shared[0],
        judged=judged.get(claim.id, ()),
    )


def _fields(claim: Claim, text: str) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return every field that says something: its name, its value, and the rules that decided it with their words."""
    decided: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in claim.evidence:
        decided[_SHOWN_WITH.get(item.field, item.field)].append((item.rule, text[item.start : item.end][:80]))
    period = when(claim.period, claim.year)
    fields = {
        "value": say_value(claim),
        "covers": covers if " covers " in (covers := interval(claim).words) else "",
        "qualifier": claim.qualifier.replace("_", " "),
        "kind": claim.kind.replace("_", " "),
        "unit": claim.unit,
        "change": claim.change,
        "subject": claim.subject,
        "entity": ", ".join(claim.entity),
        "period": f"{period} ({claim.period})" if claim.period and claim.period != period else period,
        "source": claim.source or "the article's own voice",
        "status": claim.status,
        "confidence": f"{claim.confidence:.0%}",
    }
    return tuple((name, value, tuple(decided[name])) for name, value in fields.items() if value)


def _pieces(article: Article, claims: Sequence[Claim], mentions: Sequence[Mention]) -> Iterator[Piece]:
    """Cut the text at the claims and at furniture, which holds none."""
    text = article.text
    # the page has the title as its heading; here it stands only to show the claims in it
    at = len(text) - len(article.body) if not claims or claims[0].start >= len(article.title) else 0
    cuts: list[tuple[int, int, Mention | None]] = [(span.start, span.end, None) for span in article.furniture]
    cuts += [(claim.start, claim.end, mention) for claim, mention in zip(claims, mentions, strict=True)]
    for start, end, mention in sorted(cuts, key=lambda cut: cut[:2]):
        if start < at:
            continue
        if at < start:
            yield Piece(text=text[at:start])
        # what is written onto a figure (%, m, a full stop) stays with it: notes come behind
        glued = _GLUED.match(text[end : end + 4]) if mention else None
        at = end + (len(glued[0]) if glued else 0)
        yield Piece(text=text[start:end], furniture=mention is None, mention=mention, glued=text[end:at])
    if at < len(text):
        yield Piece(text=text[at:])
