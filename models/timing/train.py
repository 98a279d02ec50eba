"""Train the ranker of the timing stage on annotated articles.

    python models/timing/train.py ../shared/gold [MORE ...] OUTPUT.json [--folds 6] [--leave-out FOLDER ...]

Reads the annotated articles of one or several roots (`claimgraph.training`) and fits one weight per structural fact of
`claimgraph.stages.timing.candidates`, so that the right year and, with half the weight, the right period get the
largest share of each quantity's candidates.
With --folds it first reports year and period accuracy on articles left out of training, by folder and in all: stories
(folders with links.json) are left out as a whole, articles of other folders one by one.
Folders named by --leave-out are neither trained on nor scored. Takes a few minutes.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy

from claimgraph import load
from claimgraph.records import Quantity
from claimgraph.stages.timing.candidates import Before, Candidate, Setting, follow, propose
from claimgraph.stages.timing.clauses import load_cues
from claimgraph.stages.timing.expressions import make_finder
from claimgraph.stages.timing.ranker import Ranker
from claimgraph.stages.timing.setting import read_setting
from claimgraph.training import digest_annotated, read_annotated

PENALTY = 20.0  # of squared weights; set by cross-validation over folders among 3, 5, 10, 20 and 30
RAREST = 12  # a fact must hold this often to get a weight
SMALLEST = 0.02  # weights below are left out of the file
PERIOD_WEIGHT = 0.5  # the year counts in claims, the period only in the graph
ROUNDS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """One article with its annotated quantities and the year and period of each; one story is left out together."""

    folder: str
    story: str
    setting: Setting
    quantities: tuple[Quantity, ...]
    truths: tuple[tuple[int | None, str | None], ...]


Example = tuple[list[Candidate], tuple[int | None, str | None]]


def read_timed(roots: list[Path], leave_out: Collection[str] = ()) -> Iterator[Timed]:
    """Read the times of annotated articles, and what their years and periods are.

    Args:
        roots: folders of folders with articles/ and claims/.
        leave_out: names of folders that are passed over.
    """
    nlp, finder, cues = load(), make_finder("en"), load_cues("en")
    for read in read_annotated(nlp, roots, leave_out):
        yield Timed(
            folder=read.folder,
            story=read.story,
            setting=read_setting(read.doc, read.article, read.quantities, finder, cues),
            quantities=read.quantities,
            truths=tuple((claim.year, claim.period) for claim in read.claims),
        )


def list_examples(annotated: Timed) -> Iterator[Example]:
    """Yield each quantity's candidates, those before it decided as the gold has it."""
    before: Before | None = None
    for quantity, truth in zip(annotated.quantities, annotated.truths, strict=True):
        candidates = propose(annotated.setting, quantity, before)
        yield candidates, truth
        right = [c for c in candidates if _named(c) == truth] or [c for c in candidates if _named(c)[0] == truth[0]]
        if right:
            before = follow(annotated.setting, quantity, right[0], before)


def _named(candidate: Candidate) -> tuple[int | None, str | None]:
    period = candidate.period
    return (None, None) if period is None else (period.year, period.iso)


def fit(examples: list[Example]) -> dict[str, float]:
    """Fit one weight per fact: log-linear over each quantity's candidates, the right ones taken together."""
    counts = Counter(fact for candidates, _ in examples for c in candidates for fact in c.all_facts())
    names = sorted(fact for fact, count in counts.items() if count >= RAREST)
    objective = _objective(examples, {name: column for column, name in enumerate(names)})
    weights = minimise(objective, numpy.zeros(len(names)))
    return {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= SMALLEST}


Objective = Callable[[numpy.ndarray], tuple[float, numpy.ndarray]]


def _objective(examples: list[Example], columns: dict[str, int]) -> Objective:
    """Loss and gradient; sums over sparse facts are bincounts."""
    rows, facts, group, year, period = [], [], [], [], []
    for number, (candidates, truth) in enumerate(examples):
        for candidate in candidates:
            known = [columns[fact] for fact in candidate.all_facts() if fact in columns]
            rows += [len(group)] * len(known)
            facts += known
            group.append(number)
            year.append(_named(candidate)[0] == truth[0])
            period.append(_named(candidate)[1] == truth[1])
    at, what, of = numpy.array(rows), numpy.array(facts), numpy.array(group)
    goals = [(numpy.array(year, float), 1.0), (numpy.array(period, float), PERIOD_WEIGHT)]
    size = len(examples)

    def objective(weights: numpy.ndarray) -> tuple[float, numpy.ndarray]:
        scores = numpy.bincount(at, weights[what], len(of))
        top = numpy.full(size, -numpy.inf)
        numpy.maximum.at(top, of, scores)
        raised = numpy.exp(scores - top[of])
        shares = raised / numpy.bincount(of, raised, size)[of]
        loss, slope = 0.0, numpy.zeros(len(of))
        for right, weight in goals:
            reachable = numpy.bincount(of, right, size) > 0
            mass = numpy.where(reachable, numpy.maximum(numpy.bincount(of, shares * right, size), 1e-12), 1.0)
            loss -= weight * float(numpy.log(mass).sum())
            slope += weight * numpy.where(reachable[of], shares - shares * right / mass[of], 0.0)
        gradient = numpy.bincount(what, slope[at], len(weights)) + PENALTY * weights
        return loss + PENALTY / 2 * float(weights @ weights), gradient

    return objective


def minimise(objective: Objective, start: numpy.ndarray, memory: int = 8) -> numpy.ndarray:
    """Minimise by L-BFGS (Nocedal 1980) with backtracking."""
    at, (value, slope) = start, objective(start)
    steps: list[tuple[numpy.ndarray, numpy.ndarray]] = []
    for _ in range(ROUNDS):
        direction = -_curve(slope, steps)
        length = 1.0
        while True:
            there = at + length * direction
            value_there, slope_there = objective(there)
            if value_there <= value + 1e-4 * length * float(slope @ direction) or length < 1e-6:
                break
            length /= 2
        if value - value_there < 1e-6 * abs(value):
            return there
        if (there - at) @ (slope_there - slope) > 1e-10:
            steps = [*steps, (there - at, slope_there - slope)][-memory:]
        at, value, slope = there, value_there, slope_there
    return at


def _curve(slope: numpy.ndarray, steps: list[tuple[numpy.ndarray, numpy.ndarray]]) -> numpy.ndarray:
    """The two-loop recursion: the slope times the estimated inverse of the curvature."""
    if not steps:
        return slope / max(1.0, float(numpy.linalg.norm(slope)))
    result, parts = slope.copy(), []
    for step, turn in reversed(steps):
        part = (step @ result) / (turn @ step)
        parts.append(part)
        result = result - part * turn
    step, turn = steps[-1]
    result = result * (step @ turn) / (turn @ turn)
    for (step, turn), part in zip(steps, reversed(parts), strict=True):
        result = result + step * (part - (turn @ result) / (turn @ step))
    return result


@dataclass(slots=True)
class Counts:
    """Right years, right periods and quantities."""

    years: int = 0
    periods: int = 0
    total: int = 0

    def add(self, ranker: Ranker, article: Timed) -> None:
        """Count an article's quantities, each choice seeing the one before it as chosen."""
        before: Before | None = None
        for quantity, truth in zip(article.quantities, article.truths, strict=True):
            chosen = ranker.choose(propose(article.setting, quantity, before))
            before = follow(article.setting, quantity, chosen, before)
            self.years += _named(chosen)[0] == truth[0]
            self.periods += _named(chosen)[1] == truth[1]
            self.total += 1

    def shares(self) -> dict[str, float]:
        """Return how many are right."""
        return {"year": round(self.years / self.total, 3), "period": round(self.periods / self.total, 3)}


def _report(counts: dict[str, Counts]) -> dict[str, float]:
    """Print the shares of each folder and return those of all."""
    every = Counts()
    for folder, found in sorted(counts.items()):
        print(f"{folder:30} {found.total:5} {found.shares()}")
        every.years, every.periods = every.years + found.years, every.periods + found.periods
        every.total += found.total
    return every.shares()


def cross_validate(articles: list[Timed], folds: int) -> dict[str, Counts]:
    """Right years, right periods and quantities of each folder, by rankers that did not see the story."""
    stories = sorted({article.story for article in articles})
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    for fold in range(folds):
        left_out = set(stories[fold::folds])
        kept = [article for article in articles if article.story not in left_out]
        ranker = Ranker(fit([example for article in kept for example in list_examples(article)]))
        for article in articles:
            if article.story in left_out:
                counts[article.folder].add(ranker, article)
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("output", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--leave-out", nargs="+", default=())
    options = parser.parse_args()
    articles = list(read_timed(options.gold, options.leave_out))
    report: dict[str, object] = {"articles": len(articles), "quantities": sum(len(a.quantities) for a in articles)}
    if options.folds:
        shares = _report(cross_validate(articles, options.folds))
        report["left_out"] = {"folds": options.folds, **shares}
    weights = fit([example for article in articles for example in list_examples(article)])
    report |= {"sha256": digest_annotated(options.gold, options.leave_out), "penalty": PENALTY}
    options.output.write_text(json.dumps({"trained_on": report, "weights": weights}, indent=0) + "\n", encoding="utf-8")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
