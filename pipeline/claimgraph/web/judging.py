"""What people said about claims, and the page on which they say it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from claimgraph.graph.judgements import Judgement, Mark, find, in_force
from claimgraph.graphs import Graph
from claimgraph.records import Claim
from claimgraph.store.looking import first_answers
from claimgraph.vocab import Ruling
from claimgraph.web.statements import statement
from claimgraph.web.views import Candidate, Judged, JudgementsPage, JudgePage
from claimgraph.wording import headline

__all__ = ["judge_page", "judged_claims", "judgements_page"]

_OFFERED = 30  # claims that a claim can be judged against, on one page
_SAID = {
    Ruling.WRONG: "is wrong",
    Ruling.SAME: "asks the same question as",
    Ruling.DIFFERENT: "asks another question than",
}


def judgements_page(graph: Graph) -> JudgementsPage:
    """Gather every judgement, the latest first."""
    found = graph.judgements()
    holding = {item.id for item in in_force(found)}
    return JudgementsPage(judgements=tuple(_shown(item, item.a, item.b, holding) for item in reversed(found)))


def judged_claims(graph: Graph, claims: Sequence[Claim]) -> Mapping[str, tuple[Judged, ...]]:
    """Return what people said about claims, by claim; of those that nobody judged there is nothing."""
    found = graph.judgements({claim.article for claim in claims})
    holding = {item.id for item in in_force(found)}
    said: defaultdict[str, list[Judged]] = defaultdict(list)
    by_article: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    for item in found:
        for mark, other in ((item.a, item.b), (item.b, item.a)):
            about = find(mark, by_article[mark.article]) if mark else None
            if mark and about:
                said[about.id].append(_shown(item, mark, other, holding))
    return {id: tuple(items) for id, items in said.items()}


def judge_page(graph: Graph, id: str, *, other: str = "", words: str = "") -> JudgePage | None:
    """Gather a claim with what it can be judged against; None if there is no claim of that id.

    Args:
        graph: that holds the claim.
        id: of the claim.
        other: id of the claim to be compared with, chosen already.
        words: to look for other claims by; else those of the same observation are offered.
    """
    claim = graph.claim(id)
    if claim is None:
        return None
    key = graph.observation_of(id) or ""
    chosen = graph.claim(other) if other and other != id else None
    offered = _found(graph, words) if words else _neighbours(graph, key)
    kept = {item.id: item for item in ([chosen] if chosen else []) + offered if item.id != id}
    return JudgePage(
        claim=statement(claim),
        question=headline(claim),
        observation=key,
        other=chosen.id if chosen else "",
        words=words,
        candidates=tuple(
            Candidate(statement=statement(item), question=headline(item)) for item in list(kept.values())[:_OFFERED]
        ),
        judged=judged_claims(graph, [claim]).get(id, ()),
    )


def _neighbours(graph: Graph, key: str) -> list[Claim]:
    view = graph.observation(key)
    return list(view.claims[:_OFFERED]) if view else []


def _found(graph: Graph, words: str) -> list[Claim]:
    keys = [item.key for item in graph.ask(words, limit=_OFFERED)]
    with graph.view() as connection:
        answers = first_answers(connection, keys, limit=3)
    return [claim for key in keys for claim in answers.get(key, ())]


def _shown(item: Judgement, mark: Mark, other: Mark | None, holding: Collection[str]) -> Judged:
    return Judged(
        id=item.id,
        ruling=str(item.ruling),
        words=_SAID[item.ruling],
        article=mark.article,
        value=mark.value_text,
        sentence=mark.sentence,
        other_article=other.article if other else "",
        other_value=other.value_text if other else "",
        other_sentence=other.sentence if other else "",
        author=item.author,
        made=item.made,
        note=item.note,
        holds=item.id in holding,
    )
