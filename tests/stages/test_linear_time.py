"""No stage takes more than linear time: four times as much of a hostile text takes about four times as long.

Times are of this process alone and of the least disturbed of some runs. A stage that took the square of the time would
need sixteen times as long; the bound lies between, and times too short to judge by count as the shortest that are not.
"""

import time
from datetime import date

import pytest

from claimgraph.records import Article
from claimgraph.stages.base import attach_article

_CHARS = 2_500
_LEAST, _BOUND, _RUNS = 0.02, 9.0, 4
#: In place of {} stands a number that grows, so that no sentence is printed twice.
QUICK = {
    "digits": "{}8",
    "digits, commas and spaces": "{}, ",
    "dollars": "$$ ${} ",
    "brackets": "((",
    "quotes": '""',
    "hyphens": "{}-",
    "lines without end": "{}\n",
    "one sentence without end": "the office of Norrby said {} passengers came in March 2021 up 5 per cent and ",
    "tiny paragraphs": "A man, {}.\n\n",
    "rows of a table": "Port {}: Boats: {}; Crew: 60.\n",
    "per": "{} per ",
    "names": "N{} Sund had {} men. ",
}
MORE = {
    "groups of digits": "{} 000 ",
    "groups with commas": "{}7,",
    "dashes": "{} – ",
    "numbers in brackets": "({} ",
    "quotations": "“{} men” said he ",
    "apostrophes": "'s {} ",
    "one and one": "one and {} and ",
    "of the": "{} of the ",
    "cells": "Boats: {}; Crew: 6{}; ",
    "cells of a Markdown table": "| {} | 5% | 3\n",
    "one paragraph": "The office of Norrby said on Monday that {} passengers came in March 2021, up 5 per cent. ",
    "capitals": "Nana{} Sund ",
    "dates": "on 5 March 2021 {} men ",
    "years": "{} in 2021, ",
    "units glued": "{}km",
    "units glued twice": "{}km2kg ",
    "percent": "{}% ",
    "according to": "{} according to ",
    "negations": "not {} may not ",
    "changes": "up {} from 6 to ",
    "qualifiers": "more than {} or less ",
    "multiples": "twice the {} of ",
    "ranges": "between {} and ",
    "slashes": "{}/",
    "colons": "5:{}:",
    "unseen spaces": "{}\u200b",
    "relative clauses": "which {} men who ",
    "pronouns": "They had {}. It was 6. ",
    "shares": "50% of the {} men, double the 6, ",
    "speakers": "said {} men. ",
    "comparisons": "{} men a year earlier and ",
    "scales": "{} hundred thousand and ",
    "forecasts": "is expected to reach {} if ",
}


@pytest.mark.parametrize(
    "piece",
    [
        *(pytest.param(piece, id=name) for name, piece in QUICK.items()),
        *(pytest.param(piece, id=name, marks=pytest.mark.slow) for name, piece in MORE.items()),
    ],
)
def test_every_stage_takes_linear_time(nlp, piece):
    best: dict[int, dict[str, float]] = {}
    for _ in range(_RUNS):
        for times in (1, 4):
            took = _times(nlp, _text(piece, times * _CHARS))
            held = best.setdefault(times, took)
            best[times] = {stage: min(held[stage], seconds) for stage, seconds in took.items()}
        slow = {stage: (best[1][stage], whole) for stage, whole in best[4].items() if _grows(best[1][stage], whole)}
        if not slow:
            return
    raise AssertionError(f"seconds for {_CHARS:,} and {4 * _CHARS:,} characters: {slow}")


def _text(piece: str, size: int) -> str:
    return "".join(piece.replace("{}", str(number)) for number in range(1_003, 1_003 + size // (len(piece) + 2)))


def _times(nlp, text: str) -> dict[str, float]:
    """Return the seconds that each component takes."""
    began = time.process_time()
    doc = attach_article(nlp.make_doc(text), Article(id="a", title="", body=text, published=date(2021, 4, 5)))
    took = {"tokeniser": time.process_time() - began}
    for name, component in nlp.pipeline:
        began = time.process_time()
        doc = component(doc)
        took[name] = time.process_time() - began
    assert doc.text == text
    return took


def _grows(part: float, whole: float) -> bool:
    return whole > _BOUND * max(part, _LEAST)
