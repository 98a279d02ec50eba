"""Who finds the truth among sources that disagree: ours, the median, the majority, TruthFinder, CRH.

    python tests/benchmarks/bench_truth.py [--seeds 5] [--questions 300]

Generated sources answer questions whose true value is known: honest ones (right nine times in ten, sometimes rounded),
stale ones (an older value half of the time), sloppy ones (a wrong digit, a transposed pair or a wrong scale in two of
five), and copiers that repeat what another source printed. Prints, per mix of sources, the share of questions whose
answer lies within 1% of the truth, with the standard deviation over seeds, and the mean relative error (at most 1).

TruthFinder: Yin, Han and Yu 2008, Truth discovery with multiple conflicting information providers on the web (IEEE
TKDE 20(6)); dampening 0.3, implication of near values by their relative distance. CRH: Li, Li, Gao, Zhao, Fan and Han
2014, Resolving conflicts in heterogeneous data by truth discovery and source reliability estimation (SIGMOD); weighted
median for absolute loss normalised by the spread of a question's answers.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from math import exp, log
from random import Random
from statistics import mean, median, pstdev

from claimgraph.graph.best import best_answer
from claimgraph.graph.records import Answer, Interval, Track
from claimgraph.graph.track import records, tally, weights

Said = dict[str, float]
"""What each source answers to one question."""

Method = Callable[[Sequence[Said]], list[float]]

MIXES = {
    "mostly honest": {"honest": 6, "stale": 2, "sloppy": 2},
    "half unreliable": {"honest": 4, "stale": 3, "sloppy": 3},
    "mostly sloppy": {"honest": 2, "stale": 2, "sloppy": 6},
    "copied stale": {"honest": 4, "stale": 1, "sloppy": 1, "copier of stale": 3},
    "copied sloppy": {"honest": 4, "stale": 1, "sloppy": 1, "copier of sloppy": 3},
    "few sources": {"honest": 2, "stale": 1, "sloppy": 1},
}
_ANSWERS = 0.6  # share of the questions that a source answers
_NEAR = 0.01


def generate(mix: Mapping[str, int], questions: int, dice: Random) -> tuple[list[float], list[Said]]:
    """Return the truths, and per question what each source answers."""
    names = [f"{kind} {number}" for kind, count in mix.items() for number in range(count)]
    truths, said = [], []
    for _ in range(questions):
        truth = float(round(10 ** dice.uniform(1.5, 5)))
        old = float(round(truth * dice.uniform(0.6, 0.95)))
        answers = {name: _answer(name, truth, old, dice) for name in names if dice.random() < _ANSWERS}
        answers = {name: _copied(name, value, answers) for name, value in answers.items()}
        truths.append(truth)
        said.append({name: value for name, value in answers.items() if value is not None})
    return truths, said


def _copied(name: str, value: float, answers: Said) -> float | None:
    """Let a copier repeat its source, and say nothing where that one is silent."""
    return answers.get(name.split()[2] + " 0") if name.startswith("copier") else value


def _answer(name: str, truth: float, old: float, dice: Random) -> float:
    kind = name.split()[0]
    if kind == "stale" and dice.random() < 0.5:
        return old
    if kind == "sloppy" and dice.random() < 0.4:
        return _slip(truth, dice)
    return _slip(truth, dice) if dice.random() < 0.05 else truth


def _slip(truth: float, dice: Random) -> float:
    """Change a digit, transpose two, or shift the scale."""
    digits = list(str(int(truth)))
    at = dice.randrange(len(digits) - 1)
    slip = dice.choice(("digit", "transposed", "scale"))
    if slip == "scale":
        return truth * dice.choice((10.0, 0.1))
    if slip == "transposed" and digits[at] != digits[at + 1]:
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    else:
        digits[at] = dice.choice([digit for digit in "123456789" if digit != digits[at]])
    return float("".join(digits))


def majority(said: Sequence[Said]) -> list[float]:
    """Take the value that most sources print; the smallest of those that tie."""
    return [min(Counter(answers.values()).items(), key=lambda item: (-item[1], item[0]))[0] for answers in said]


def medians(said: Sequence[Said]) -> list[float]:
    """Take the median of what was printed."""
    return [median(answers.values()) for answers in said]


def truthfinder(said: Sequence[Said]) -> list[float]:
    """Run TruthFinder: trust of sources and confidence of values, in turns."""
    trust = defaultdict(lambda: 0.9)
    for _ in range(20):
        confidence = [_confidences(answers, trust) for answers in said]
        gathered: defaultdict[str, list[float]] = defaultdict(list)
        for answers, known in zip(said, confidence, strict=True):
            for source, value in answers.items():
                gathered[source].append(known[value])
        for source, found in gathered.items():
            trust[source] = min(mean(found), 0.999)
    return [max(sorted(known), key=lambda value: known[value]) for known in confidence]


def _confidences(answers: Said, trust: Mapping[str, float]) -> dict[float, float]:
    plain: defaultdict[float, float] = defaultdict(float)
    for source, value in answers.items():
        plain[value] -= log(1 - trust[source])
    return {
        value: 1 / (1 + exp(-0.3 * sum(score * _implies(other, value) for other, score in plain.items())))
        for value in plain
    }


def _implies(one: float, other: float) -> float:
    """Say how much one value speaks for another: 1 for itself, less than nothing for a distant one."""
    return 1.0 if one == other else 0.5 * (exp(-abs(one - other) / max(one, other)) - 1.0)


def crh(said: Sequence[Said]) -> list[float]:
    """Run CRH for numbers: weighted medians and weights of sources, in turns."""
    weight = defaultdict(lambda: 1.0)
    spread = [pstdev(answers.values()) or 1.0 for answers in said]
    for _ in range(20):
        found = [_weighted_median(answers, weight) for answers in said]
        loss: defaultdict[str, list[float]] = defaultdict(list)
        for answers, value, wide in zip(said, found, spread, strict=True):
            for source, own in answers.items():
                loss[source].append(abs(own - value) / wide)
        losses = {source: mean(own) + 1e-6 for source, own in loss.items()}
        worst = sum(losses.values())
        weight.update({source: -log(own / worst) for source, own in losses.items()})
    return found


def _weighted_median(answers: Said, weight: Mapping[str, float]) -> float:
    ordered = sorted((value, weight[source]) for source, value in answers.items())
    half, reached = sum(share for _, share in ordered) / 2, 0.0
    for value, share in ordered:
        reached += share
        if reached >= half:
            return value
    return ordered[-1][0]


def without_track(said: Sequence[Said]) -> list[float]:
    """Run ours with one vote for each origin."""
    return _ours(said, {})


def ours(said: Sequence[Said]) -> list[float]:
    """Run ours with votes weighed by track records, as the graph learns them."""
    return _ours(said, weights(records(tally(_answers(answers)) for answers in said)))


def ours_with_texts(said: Sequence[Said]) -> list[float]:
    """Run ours where copiers copy the text as well, so that the graph takes copies for one voice."""
    learnt = weights(records(tally(_answers(answers, _copied_voice)) for answers in said))
    return _ours(said, learnt, _copied_voice)


def _copied_voice(source: str) -> str:
    return f"{source.split()[2]} 0" if source.startswith("copier") else source


def _ours(said: Sequence[Said], track: Mapping[str, Track], voice: Callable[[str], str] = str) -> list[float]:
    found = (best_answer(_answers(answers, voice), track=track) for answers in said)
    return [float(best.value) for best in found if best]


def _answers(said: Said, voice: Callable[[str], str] = str) -> list[Answer]:
    return [
        Answer(claim=source, interval=_exact(value), voice=voice(source), origin=source, published=None)
        for source, value in sorted(said.items())
    ]


def _exact(value: float) -> Interval:
    number = Decimal(str(value))
    room = {"unit": "", "soft": False, "vague": False, "words": ""}
    return Interval(low=number, high=number, stated=number, **room)  # type: ignore[arg-type]


METHODS: dict[str, Method] = {
    "median": medians,
    "majority": majority,
    "TruthFinder": truthfinder,
    "CRH": crh,
    "ours, no track record": without_track,
    "ours": ours,
    "ours, texts known": ours_with_texts,
}


def errors(truths: Sequence[float], found: Sequence[float]) -> tuple[float, float]:
    """Return the share of answers within 1% of the truth, and the mean relative error, each at most 1."""
    gaps = [min(1.0, abs(value - truth) / truth) for value, truth in zip(found, truths, strict=True)]
    return sum(gap <= _NEAR for gap in gaps) / len(gaps), mean(gaps)


def measure(mix: Mapping[str, int], method: Method, seeds: int, questions: int) -> tuple[float, float, float]:
    """Return mean and standard deviation over seeds of the share that is right, and the mean error."""
    found = []
    for seed in range(seeds):
        truths, said = generate(mix, questions, Random(seed))
        kept = [(truth, answers) for truth, answers in zip(truths, said, strict=True) if len(answers) > 1]
        found.append(errors([truth for truth, _ in kept], method([answers for _, answers in kept])))
    right = [share for share, _ in found]
    return mean(right), pstdev(right), mean(gap for _, gap in found)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--questions", type=int, default=300)
    options = parser.parse_args()
    print(f"{'sources':18}" + "".join(f"{name:>24}" for name in METHODS))
    for title, mix in MIXES.items():
        cells = [measure(mix, method, options.seeds, options.questions) for method in METHODS.values()]
        print(f"{title:18}" + "".join(f"{right:13.3f} ± {spread:.3f} {gap:.2f}" for right, spread, gap in cells))


if __name__ == "__main__":
    main()
