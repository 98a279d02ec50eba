"""Short sketches of questions that rule out, many pairs at a time, most questions that cannot be one.

A sketch bounds from above what `same_question` could add up to: sets of words are kept as bits (a shared word shares
its bit), values, days and counts as numbers, all else as small hashes. `may_be_same` is therefore never false where
`same_question` says the same, whatever the weights are; a property test holds the two together. On the questions of
1,000 news articles it leaves a tenth of the pairs that share a block, at a hundredth of the time for each.
"""

from collections.abc import Iterable
from datetime import date
from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from claimgraph.graph.matching import CLOSE, GENERIC, LOOSE, SOFT_STATUS, VAGUE
from claimgraph.graph.memory import Forms
from claimgraph.graph.records import Question
from claimgraph.graph.weights import WEIGHTS

__all__ = ["SKETCH", "may_be_same", "sketch"]

#: Words of 64 bits for a set of words: twenty words fill one of them, and then share bits with any other twenty.
_LARGE, _MIDDLE = 4, 2

#: Bits are hashes of words (`_bits`); `core` is what is measured, `around` the words around a value whose subject
#: names no measure, else `core` again.
SKETCH = np.dtype(
    [
        ("core", "<u8", _LARGE), ("around", "<u8", _LARGE), ("concepts", "<u8"),
        ("first", "<u8", _MIDDLE), ("names", "<u8", _MIDDLE),
        ("low", "<f8"), ("high", "<f8"), ("stated", "<f8"), ("start", "<i4"), ("end", "<i4"),
        ("dimension", "<u4"), ("noun", "<u4"), ("base", "<u4"), ("status", "<u4"), ("grain", "<u4"), ("tenor", "<u4"),
        ("words", "<u1"), ("words_around", "<u1"), ("digits", "<u1"), ("change", "<u1"), ("money", "<u1"),
        ("soft", "<u1"), ("moves", "<u1"), ("unsure", "<u1"), ("undated", "<u1"),
    ]
)  # fmt: skip

#: The same as bytes; numpy takes ten times as long for one item.
_PACK = Struct(f"<{2 * _LARGE + 1 + 2 * _MIDDLE}Q3d2i6I9B")

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Array = npt.NDArray[Any]

#: A number of more digits may differ from another one although their floats are equal.
_EXACT_DIGITS = 15
_ZERO = np.uint64(0)
_UNBOUNDED = 99.0
#: Room for floats beside a bound that decides.
_MORE = 1.000001


def sketch(question: Question) -> bytes:
    """Return a question's sketch, one `SKETCH` item as bytes; the same in every process."""
    core = {*question.concepts, *question.terms} - GENERIC
    around = {*question.context} or core
    ends = (question.low, question.high, question.stated)
    row = (
        *_bits(core, _LARGE),
        *_bits(around, _LARGE),
        *_bits(question.concepts, 1),
        *_bits(_parts(question.entities[:1]), _MIDDLE),
        *_bits(_parts(question.entities), _MIDDLE),
        -np.inf if question.low is None else float(question.low),
        np.inf if question.high is None else float(question.high),
        float(question.stated),
        _day(question.period_start),
        _day(question.period_end),
        *map(
            _hash, (question.dimension, question.noun, question.base, question.status, question.grain, question.tenor)
        ),
        min(len(core), 255),
        min(len(around), 255),
        min(question.digits, 255),
        question.change != "level",
        (question.kind == "money") * (2 if question.aside else 1),
        question.status in SOFT_STATUS,
        bool(question.moves) + (question.moves == "either"),
        question.unit == "magnitude"
        or len(core) > 255
        or len(around) > 255
        or any(len(end) > _EXACT_DIGITS and sum(map(str.isdigit, end)) > _EXACT_DIGITS for end in ends if end),
        question.undated,
    )
    return _PACK.pack(*row)


def _bits(words: Iterable[str], size: int) -> list[int]:
    """Set a bit for every word, in so many numbers of 64 bits; folded into one number they are those of size 1."""
    found = [0] * size
    for word in words:
        drawn = _DRAWN[word]
        found[(drawn >> 6) % size] |= 1 << (drawn & 63)
    return found


_DRAWN = Forms(lambda word: crc32(word.encode(errors="surrogatepass")), 16_384)


def _parts(names: Iterable[str]) -> set[str]:
    """Return what two names have in common if `same_name` takes them for one: a word, or initials that are a word."""
    parts = set()
    for name in names:
        words = name.split()
        parts.update(words or [name])
        if len(words) > 1:
            parts.add("".join(word[0] for word in words))
    return parts


def _hash(text: str) -> int:
    """Return 0 for nothing, else a hash that is not 0."""
    return _DRAWN[text] or 1 if text else 0


def _day(text: str | None) -> int:
    return date.fromisoformat(text).toordinal() if text else 0


def may_be_same(a: Array, b: Array) -> Bools:
    """Say of pairs of `SKETCH` items whether they may be one question; False is certain."""
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        meeting = _meeting(a, b)
        odds = np.full(len(a), WEIGHTS["any pair"] + _SMALL + _FURTHER)
        odds += _measures(a, b, meeting) + _nouns(a, b) + _entities(a, b, meeting)
        odds += _periods(a, b, meeting) + _values(a, b, meeting) + _facets(a, b)
    found: Bools = (((a["unsure"] | b["unsure"]) > 0) | (odds > -1e-6)) & ~_clash(a, b, meeting)
    return found


#: What small signs may add at most; all are negative unless weights change.
_SMALL_SIGNS = ("other forecaster", "previous figure", "figure before", "base of one", "modifier of one")
_SMALL = sum(
    np.inf if WEIGHTS[name] > 0 else 0.0 for name in WEIGHTS if name.removesuffix(", figures differ") in _SMALL_SIGNS
)
_FURTHER = max(0.0, WEIGHTS["further country"], WEIGHTS["further country, figures apart"])


def _most(*names: str) -> float:
    return max(WEIGHTS[name] for name in names)


def _either(condition: Bools, yes: Any, no: Any) -> Floats:
    found: Floats = np.where(condition, yes, no)
    return found


def _ended(meeting: Bools, *names: str) -> Floats:
    """Give the largest weight of signs that have another weight where the figures lie apart."""
    return _either(meeting, _most(*names), _most(*(f"{name}, figures apart" for name in names)))


def _clash(a: Array, b: Array, meeting: Bools) -> Bools:
    exchanged = (a["money"] > 0) & (b["money"] > 0) & (a["money"] != b["money"])
    found: Bools = (a["dimension"] != b["dimension"]) & ~exchanged
    found |= (a["change"] != b["change"]) & ~meeting
    hypothetical, outcome = _hash("hypothetical"), _hash("outcome")
    supposed = [(x["status"] == hypothetical) & (y["status"] == outcome) for x, y in ((a, b), (b, a))]
    may_differ = ((a["soft"] > 0) & (b["soft"] > 0)) | ((supposed[0] | supposed[1]) & meeting)
    found |= (a["status"] != b["status"]) & ~may_differ
    found |= (a["base"] != b["base"]) & (a["base"] > 0) & (b["base"] > 0)
    return found


def _equal(a: Array, b: Array) -> Bools:
    """Tell figures that are equal; of a level and a change, in size."""
    found: Bools = (a["low"] == b["low"]) & (a["high"] == b["high"])
    sizes = [np.sort(np.abs(np.stack((item["low"], item["high"]))), axis=0) for item in (a, b)]
    found |= (a["change"] != b["change"]) & (sizes[0] == sizes[1]).all(axis=0)
    return found


def _meeting(a: Array, b: Array) -> Bools:
    """Tell figures that meet; of a level and a change, in size."""
    point = (a["low"] == a["high"]) | (b["low"] == b["high"])
    ends = [np.stack((item["low"], item["high"])) for item in (a, b)]
    sizes = [np.sort(np.abs(item), axis=0) for item in ends]
    found: Bools = _ends_meet(ends[0], ends[1], point) | _equal(a, b)
    found |= (a["change"] != b["change"]) & _ends_meet(sizes[0], sizes[1], point)
    return found


def _ends_meet(x: Array, y: Array, point: Bools) -> Bools:
    """Tell pairs of lower and upper ends that meet; point: one of the two is a single value."""
    lower, upper = np.maximum(x[0], y[0]), np.minimum(x[1], y[1])
    found: Bools = (lower < upper) | ((lower == upper) & point)
    return found


def _shared(a: Array, b: Array, words: Array) -> Floats:
    """Bound the number of words that two sets share: bits in common, and words of the first that share their bit.

    a, b: bits; words: how many words the first set has.
    """
    common = np.bitwise_count(a & b).sum(axis=1).astype(float)
    double = words - np.bitwise_count(a).sum(axis=1).astype(float)
    return np.where(common > 0, np.minimum(common + double, words), 0.0)


def _measures(a: Array, b: Array, meeting: Bools) -> Floats:
    worded = _worded(a, b, meeting)
    restrictions = [w * (0.5 if w < 0 else 1.5) if "part" in n else w for n, w in WEIGHTS.items() if "restricted" in n]
    named = _most("measure named alike", "measure named in part") + max(restrictions)
    named += max(0.0, _most("every facet alike", "every facet alike, moving"))
    return _either((a["concepts"] & b["concepts"]) > _ZERO, np.maximum(named, worded), worded)


def _worded(a: Array, b: Array, meeting: Bools) -> Floats:
    two = (a["concepts"] > _ZERO) & (b["concepts"] > _ZERO)
    odds = _either(two, WEIGHTS["two named measures"], WEIGHTS["unnamed measure"])
    around = np.minimum(_shared(a["around"], b["around"], a["words_around"]), 4.0) / 4
    odds = odds + _either(_named(a, b), max(WEIGHTS["measure in the sentence"], 0.0), 0.0)
    odds = odds + np.maximum(WEIGHTS["words around"] * around, 0.0)
    vague = (a["words"] == 0) & (b["words"] == 0)
    return odds + _either(vague, max(WEIGHTS["only who is counted"], 0.0), _wording(a, b, meeting))


def _named(a: Array, b: Array) -> Bools:
    """Tell whether a word around both may be a measure of one."""
    both = np.bitwise_or.reduce(a["around"] & b["around"], axis=1)
    found: Bools = (both & (a["concepts"] | b["concepts"])) > _ZERO
    return found


def _wording(a: Array, b: Array, meeting: Bools) -> Floats:
    """Bound what equal, contained and shared words add."""
    shared = _shared(a["core"], b["core"], a["words"])
    sizes = a["words"].astype(float), b["words"].astype(float)
    told = 0.8 * shared
    for one, other in ((a, b), (b, a)):
        told = told + 0.6 * _shared(one["core"], other["core"] | other["around"], one["words"])
    told = np.minimum(told / np.maximum(sizes[0] + sizes[1], 1.0), 1.0)
    best = np.maximum(_ended(meeting, "words shared") * told, 0.0)
    inside = (shared >= np.minimum(*sizes)) & (shared > 0)
    best = _either(inside, np.maximum(best, _ended(meeting, "words within")), best)
    equal = inside & (sizes[0] == sizes[1])
    return _either(equal, np.maximum(best, WEIGHTS["words equal"]), best)


def _nouns(a: Array, b: Array) -> Floats:
    both = (a["noun"] > 0) & (b["noun"] > 0)
    other = WEIGHTS["other thing counted"]
    alike = _either(a["noun"] == _hash("person"), WEIGHTS["same person counted"], WEIGHTS["same thing counted"])
    alike = np.maximum(alike, other)  # should two nouns have one hash
    return _either(both, _either(a["noun"] == b["noun"], alike, other), 0.0)


def _entities(a: Array, b: Array, meeting: Bools) -> Floats:
    some = a["names"].any(axis=1).astype(int) + b["names"].any(axis=1)
    one, other = (a["first"] & b["names"]).any(axis=1), (b["first"] & a["names"]).any(axis=1)
    differ = WEIGHTS["entity differs"]
    shared = np.maximum(_ended(meeting, "entity shared", "country shared"), differ)
    part = np.maximum(shared, _ended(meeting, "part and whole"))
    alike = np.maximum(part, WEIGHTS["entity alike"])
    found = _either((a["names"] & b["names"]).any(axis=1), shared, differ)
    found = _either(one & other, alike, _either(one | other, part, found))
    return _either(some == 2, found, _either(some == 1, WEIGHTS["one without entity"], _ended(meeting, "no entity")))


def _periods(a: Array, b: Array, meeting: Bools) -> Floats:
    known = (a["start"] > 0).astype(int) + (b["start"] > 0)
    equal = (a["start"] == b["start"]) & (a["end"] == b["end"])
    days = np.maximum(np.maximum(a["start"] - b["end"], b["start"] - a["end"]), 0)
    within = _periods_meeting(a, b, meeting)
    found = _either(days > 0, _periods_apart(a, b, days, meeting), within)
    day, span = _hash("day"), _hash("span")
    fine = [(item["grain"] == day) | (item["grain"] == span) for item in (a, b)]
    near = ((a["moves"] | b["moves"]) > 0) & (fine[0] | fine[1])
    days_only = (a["grain"] == day) & (b["grain"] == day)
    undated = (a["undated"] != b["undated"]) & ~days_only
    found = _either(undated, _ended(meeting, "undated") * np.minimum(np.log10(1.0 + days), 3.0), found)
    found = _either(near, WEIGHTS["near in time"] * np.maximum(-1.0, 1 - days / 20), found)
    found = _either(equal, WEIGHTS["period alike"], found)
    return _either(known == 2, found, _either(known == 1, WEIGHTS["one without period"], WEIGHTS["no period"]))


def _periods_apart(a: Array, b: Array, days: Array, meeting: Bools) -> Floats:
    day = _hash("day")
    close = (a["grain"] == day) & (b["grain"] == day) & (days <= 7)
    neighbours = (a["grain"] != b["grain"]) & (days <= 60)
    found = _either(neighbours, _ended(meeting, "neighbouring period"), WEIGHTS["other period"])
    return _either(close, _ended(meeting, "other day"), found)


def _periods_meeting(a: Array, b: Array, meeting: Bools) -> Floats:
    sizes = a["end"] - a["start"] + 1.0, b["end"] - b["start"] + 1.0
    small, large = np.minimum(*sizes), np.maximum(*sizes)
    longer = np.minimum(np.log10(large / np.maximum(small, 1.0)), 3.0)
    within = np.maximum(_ended(meeting, "period within"), _ended(meeting, "other grain") * longer)
    return _either(small <= 2, _ended(meeting, "day within"), within)


def _values(a: Array, b: Array, meeting: Bools) -> Floats:
    equal = _equal(a, b)
    met = _either(
        equal, WEIGHTS["same figure"] * np.minimum(np.minimum(a["digits"], b["digits"]), 4) / 4, _closeness(a, b)
    )
    apart = _either((a["moves"] | b["moves"]) > 0, _moved(a, b), _far(a, b))
    other = max(WEIGHTS["other currency"] * 4, WEIGHTS["far apart"] * 4)
    return _either(a["dimension"] != b["dimension"], other, _either(equal | meeting, met, apart))


def _closeness(a: Array, b: Array) -> Floats:
    low, high = np.minimum(a["low"], b["low"]), np.maximum(a["high"], b["high"])
    size = np.maximum(np.abs(low), np.abs(high))
    room = _either(np.isfinite(size) & (size > 0), (high - low) / np.where(size > 0, size, 1.0), 1.0)
    apart = _apart(a, b)
    close = -0.145 * np.log(np.maximum(room, 1e-4)) - 0.096 * np.log(np.maximum(apart, 1e-2))
    found = WEIGHTS["figures meet"] * np.minimum(1.0, np.maximum(0.1, close))
    only = (apart > LOOSE * _MORE) & (np.maximum(_room(a), _room(b)) < VAGUE / _MORE)
    return _either(only, found + WEIGHTS["only bounds meet"] * apart, found + max(0.0, WEIGHTS["only bounds meet"]))


def _room(a: Array) -> Floats:
    """Return how many times the upper end is the lower; infinite for open ends."""
    small, large = np.minimum(np.abs(a["low"]), np.abs(a["high"])), np.maximum(np.abs(a["low"]), np.abs(a["high"]))
    return _either((small > 0) & np.isfinite(large), large / np.where(small > 0, small, 1.0), np.inf)


def _log_ratio(a: Array, b: Array) -> Floats:
    """Return the logarithm of how many times the nearer ends of intervals that lie apart differ."""
    small, large = np.minimum(a["high"], b["high"]), np.maximum(a["low"], b["low"])
    across = ((small <= 0) & (large >= 0)) | ~np.isfinite(small) | ~np.isfinite(large)
    return _either(across, _UNBOUNDED, np.abs(np.log(np.abs(large) / np.where(small == 0, 1.0, np.abs(small)))))


def _moved(a: Array, b: Array) -> Floats:
    size = np.minimum(_log_ratio(a, b), 5.0)
    either = WEIGHTS["moved either way"] * np.maximum(size - 1.0, 0.0)
    rose = WEIGHTS["rose"] * np.maximum(size - 1.5, 0.0)
    either = np.maximum(either, WEIGHTS["moved, unnamed"] * size)
    one_way = np.maximum(rose, WEIGHTS["fell"] * size)
    return WEIGHTS["figure moved"] + _either((a["moves"] > 1) | (b["moves"] > 1), either, one_way)


def _far(a: Array, b: Array) -> Floats:
    close = _either(_apart(a, b) < CLOSE * _MORE, max(0.0, WEIGHTS["figures close"]), 0.0)
    far = _most("far apart", "far apart, every facet alike")
    return close + WEIGHTS["figures apart"] + far * np.minimum(_log_ratio(a, b), 4.0)


def _apart(a: Array, b: Array) -> Floats:
    """Return how far the printed numbers lie apart, as a share of the larger."""
    larger = np.maximum(np.abs(a["stated"]), np.abs(b["stated"]))
    found: Floats = np.abs(np.abs(a["stated"]) - np.abs(b["stated"])) / np.where(larger > 0, larger, 1.0)
    return found


def _facets(a: Array, b: Array) -> Floats:
    found = _either(a["change"] != b["change"], WEIGHTS["level and change"], 0.0)
    statuses = _most("forecast and outcome", "plan and fact", "hypothesis and fact")
    found = found + _either(a["status"] != b["status"], statuses, 0.0)
    other = _either(a["tenor"] == b["tenor"], _most("tenor alike", "other tenor"), WEIGHTS["other tenor"])
    return found + _either((a["tenor"] > 0) & (b["tenor"] > 0), other, 0.0)
