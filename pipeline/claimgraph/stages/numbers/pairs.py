"""Two numbers that make one value (*40 to 50*, *one in eight*), two values (*52-48*), or none (*won 3-2*)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claimgraph.stages.numbers.lexicon import NumberLexicon
from claimgraph.stages.numbers.reading import Reading
from claimgraph.vocab import Form

__all__ = ["Joint", "Pairing", "Pairs"]

_WINDOW = 64  # characters of the same sentence that are searched for cues
_QUOTE = re.compile(r"([0-9]{1,4})\.([0-9]{2,5})/(?:([0-9]{1,4})\.)?([0-9]{2,5})(?![0-9/])")
_SLASHED = re.compile(r"([0-9]{2,3})/([0-9]{2,3})(?![0-9/])")
_BETWEEN = re.compile(r"\bbetween[ \u00a0\n](?:[+~]?(?:[A-Z]{0,3}[$£€¥₹₩]|Rs\.? ?|[A-Z]{1,3})?)?$", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:both|all)[ \u00a0](?:[A-Z]{0,3}[$£€¥₹₩])?$", re.IGNORECASE)
_FROM = re.compile(r"(?:^|(?P<lead>[\w'’]+),? |[^\w ] ?)from[ \u00a0\n](?:[A-Z]{0,3}[$£€¥₹₩]|Rs\.? ?)?$", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"[ \u00a0]?(%)|[ \u00a0-]?([a-zA-Z]{1,14})")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_SIDES = re.compile(r"[A-Z][a-z]+ $")
_SIDE = re.compile(r" [A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins two numbers: the link, the unit that the first has for itself, where the second may start."""

    link: str
    unit: str
    end: int
    money: bool
    minus: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """What two joined numbers are: the readings that they leave, and where reading goes on."""

    readings: tuple[Reading, ...]
    end: int


class Pairs:
    """Decides about joined numbers with the cues of one language."""

    def __init__(self, lexicon: NumberLexicon) -> None:
        verb, degree = lexicon.cue("change_verb"), lexicon.cue("change_degree")
        self._change = re.compile(
            rf"\b(?:{verb})(?: by)?(?: {degree})?[ \n](?:[A-Z]{{0,3}}[$£€¥₹₩])?$",
            re.IGNORECASE,
        )
        self._moved = re.compile(rf"\b(?:{lexicon.cue('change_verb')})\b", re.IGNORECASE)
        self._range = re.compile(rf"\b(?:{lexicon.cue('range_lead')})\b(?: [a-z]+){{0,2}} ?$", re.IGNORECASE)
        self._vote = re.compile(rf"\b(?:{lexicon.cue('vote')})\b")
        self._score = re.compile(rf"\b(?:{lexicon.cue('score')})\b")
        self._slash_pair = re.compile(rf"\b{lexicon.cue('slash_pair')}\b", re.IGNORECASE)
        percent = lexicon.cue("percent")
        self._percent = re.compile(rf"[ \u00a0]?%|[ -]{percent}\b")
        unit = r"[ \u00a0]?%|[ \u00a0]?[°a-zA-Z]{1,14}(?=[ \u00a0±+])"
        self._margin = re.compile(
            rf"(?:{unit})??[ \u00a0]?{lexicon.cue('margin')}[ \u00a0]?(?=[0-9A-Za-z])", re.IGNORECASE
        )
        self._ratio_link = re.compile(rf"[ -]{lexicon.cue('ratio_link')}[ -](?=[0-9A-Za-z])", re.IGNORECASE)
        self._joint = re.compile(
            rf"""(?P<unit>[ \u00a0]?%
                  | -?°?\ ?[CF]\b
                  | [ -]{percent}\b
                  | [ -]?[a-zA-Z]{{1,14}}(?=[ \u00a0\n]) | [a-zA-Z]{{1,5}}(?=[-–])
                )??
                (?P<link>-to- | \ ?[-–—−]\ ? | [ \u00a0\n](?:to|or|and|till?)[ \u00a0\n])
                (?P<sign>[+~]?(?:[A-Z]{{0,3}}[$£€¥₹₩]|Rs\.?\ ?|[A-Z]{{1,3}}(?=[0-9]))?[-−]?)""",
            re.VERBOSE,
        )
        self._ratio_noun = re.compile(rf"[ -]{lexicon.cue('ratio_noun')}\b")
        self._ratio_stop = re.compile(rf"[ -](?:{lexicon.cue('ratio_stop')})\b", re.IGNORECASE)

    def joint(self, text: str, end: int) -> Joint | None:
        """Read the link behind a number, if a second number may follow."""
        match = self._joint.match(text, end)
        if match is None or match.end() >= len(text) or not text[match.end()].isalnum():
            return None
        sign = match["sign"]
        return Joint(
            link=match["link"].strip(" \u00a0\n") or "-",
            unit=(match["unit"] or "").strip(" \u00a0-").lower(),
            end=match.end(),
            money=any(character.isalpha() or character in "$£€¥₹₩" for character in sign),
            minus=sign.endswith(("-", "−")),
        )

    def decide(self, text: str, first: Reading, joint: Joint, second: Reading, *, money: bool) -> Pairing | None:
        """Return what the two numbers make together, None where each stands for itself."""
        if first.form in (Form.RATIO, Form.MULTIPLE) or second.form in (Form.RATIO, Form.MULTIPLE):
            return None
        left = _sentence_before(text, first.start)
        if joint.link in ("-", "–", "—", "−"):
            return self._dashed(text, left, first, joint, second, money=money)
        if _BETWEEN.search(left) and joint.link in ("and", "to"):
            return self._between(left, first, second)
        if joint.link in ("and", "—"):
            return None
        if joint.link == "or":
            return self._alternative(first, joint, second)
        return self._to(text, left, first, joint, second)

    def uncertainty(self, text: str, first: Reading) -> int | None:
        """Return where the margin of a measured value may start (*5 ± 0.2*)."""
        if first.form not in (Form.DIGITS, Form.WORDS):
            return None
        match = self._margin.match(text, first.end)
        return match.end() if match else None

    def margin(self, first: Reading, second: Reading) -> Reading | None:
        """Spread a value by its margin; None where the second number is none."""
        if second.high is None or second.low != second.high or second.form not in (Form.DIGITS, Form.WORDS):
            return None
        step = min(first.step, second.step)
        low, high = first.low - second.low, first.low + second.low
        return Reading(first.start, second.end, low, high, step, Form.RANGE)

    def slashed(self, text: str, start: int) -> Pairing | None:
        """Read the two figures of a blood pressure, which are two values."""
        match = _SLASHED.match(text, start)
        if match is None or self._slash_pair.search(_sentence_before(text, start)) is None:
            return None
        halves = (match.span(1), match.span(2))
        values = [Decimal(text[begin:end]) for begin, end in halves]
        readings = tuple(
            Reading(begin, end, value, value, Decimal(1), Form.DIGITS, plain=True)
            for (begin, end), value in zip(halves, values, strict=True)
        )
        return Pairing(readings, match.end())

    def quote(self, text: str, start: int) -> Reading | None:
        """Read a two-way price, of which the second leaves out what the first has (*1.5140/50*, *24.97/25.02*)."""
        match = _QUOTE.match(text, start)
        if match is None:
            return None
        whole, decimals, other, last = match.groups()
        if other is None and len(last) > len(decimals):
            return None
        bid = Decimal(f"{whole}.{decimals}")
        ask = Decimal(f"{other}.{last}" if other else f"{whole}.{decimals[: len(decimals) - len(last)]}{last}")
        step = Decimal(1).scaleb(-len(decimals))
        return Reading(start, match.end(), min(bid, ask), max(bid, ask), step, Form.RANGE)

    def _dashed(
        self, text: str, left: str, first: Reading, joint: Joint, second: Reading, *, money: bool
    ) -> Pairing | None:
        if joint.link == "—" or (first.low < 0 and joint.unit == "" and text[second.start - 2] == " "):
            return None  # -3.40 -1.49%: two changes, each with its sign
        if _BETWEEN.search(left):
            return self._between(left, first, second)
        small = first.plain and second.plain and not joint.unit and not money and first.low < 1000
        if small and not self._percent.match(text, second.end):
            return self._tally(text, left, first, second) or self._spread(first, second)
        if small and first.low >= second.low:
            return Pairing((first, second), second.end)
        return self._spread(first, second)

    def _tally(self, text: str, left: str, first: Reading, second: Reading) -> Pairing | None:
        """Tell votes and polls, which are two values, from scores and odds, which are none; None for a range."""
        right = text[second.end : second.end + _WINDOW]
        right = right[: match.start()] if (match := _SENTENCE_END.search(right)) else right
        if self._vote.search(left) or self._vote.search(right):
            return Pairing((first, second), second.end)
        if _SIDES.search(text[max(0, first.start - 16) : first.start]) and _SIDE.match(text, second.end):
            return Pairing((), second.end)
        falling, scored = first.low >= second.low, self._score.search(left[-30:]) or self._score.search(right[:20])
        if falling and not scored and 80 <= first.low + second.low <= 100 and first.low != second.low:
            return Pairing((first, second), second.end)
        return Pairing((), second.end) if falling or scored else None

    def _between(self, left: str, first: Reading, second: Reading) -> Pairing | None:
        match = _BETWEEN.search(left)
        begin = first.start - len(left) + match.start() if match else first.start
        return self._spread(first, second, begin=begin)

    def _alternative(self, first: Reading, joint: Joint, second: Reading) -> Pairing | None:
        """*two or three*; *10 or 50* are two values."""
        close = second.low <= first.low * 2 or (first.low <= 2 and second.low <= 4)
        return self._spread(first, second) if close and not joint.unit and second.high is not None else None

    def _to(self, text: str, left: str, first: Reading, joint: Joint, second: Reading) -> Pairing | None:
        """*40 to 50* is a range, *rose 3 to 107* and *from 10 to 20* are a change and where it led."""
        if joint.unit and not self._same_unit(text, joint, second):
            return None
        from_ = _FROM.search(left)
        if from_:
            before = left[: from_.start("lead") if from_["lead"] else from_.start()]
            lead = (from_["lead"] or "").lower()
            ranged = self._range.search(f"{before}{lead} ") is not None
            if not ranged and (lead or self._moved.search(left)):
                return None
        spread = self._spread(first, second, either_way=from_ is not None)
        if spread is None and from_ is None and self._are_odds(text, left, first, joint, second):
            ratio = Reading(first.start, second.end, first.low, first.low, first.step, Form.MULTIPLE)
            return Pairing((ratio,), second.end)
        if joint.link == "-to-" and spread is None:
            return self._tally(text, left, first, second)  # a five-to-four ruling; else odds: ten-to-one
        if spread is None or from_:
            return spread
        wide = second.low > 3 * _shared(first, second).low
        return None if wide and self._change.search(left) else spread

    def _are_odds(self, text: str, left: str, first: Reading, joint: Joint, second: Reading) -> bool:
        """*outnumbered five to one* says how many times; *voted 9 to 1* counts votes, *won 2 to 1* scores."""
        if joint.unit or joint.money or not second.low == 1 < first.low:
            return False
        if self._ratio_noun.match(text, second.end):
            return True
        counted = self._vote.search(left) or self._score.search(left[-30:])
        return not (counted or self._percent.match(text, second.end))

    def _same_unit(self, text: str, joint: Joint, second: Reading) -> bool:
        match = _UNIT_AFTER.match(text, second.end)
        unit = (match[1] or match[2]).lower() if match else ""
        head = joint.unit.split()[0]
        return unit.removesuffix("s") == head.removesuffix("s")

    def _spread(
        self, first: Reading, second: Reading, *, begin: int | None = None, either_way: bool = False
    ) -> Pairing | None:
        first = _shared(first, second)
        low, high = first.low, second.high
        if high is not None and low > high and either_way:
            low, high = high, low
        if high is None or low >= high or (low > 0 and high > 200 * low and begin is None):
            return None
        start = first.start if begin is None else begin
        step = min(first.step, second.step)
        return Pairing((Reading(start, second.end, low, high, step, Form.RANGE),), second.end)

    def ratio(self, text: str, first: Reading) -> int | None:
        """Return where the second number of *one in eight* may start."""
        if first.scale or first.low != first.low.to_integral_value() or not 0 < first.low < 1000:
            return None
        match = self._ratio_link.match(text, first.end)
        return match.end() if match else None

    def share(self, text: str, first: Reading, second: Reading) -> Reading | None:
        """Make *four out of 10* a share; *three in 10 days* is none."""
        whole = second.low == second.low.to_integral_value() and second.form in (Form.DIGITS, Form.WORDS)
        plain = second.plain or second.form is Form.WORDS or (first.low == 1 and second.high is not None)
        if not whole or second.low <= first.low or not plain:
            return None
        word = text[first.end + 1 : first.end + 4].lower()
        if word.startswith("in ") and not _round(first.low, second.low):
            return None
        if self._ratio_stop.match(text, second.end):
            return None
        value = first.low / second.low
        step = min(Decimal("0.1"), 1 / (second.low * second.low))
        return Reading(first.start, second.end, value, value, step, Form.RATIO)


def _round(top: Decimal, bottom: Decimal) -> bool:
    """Say whether *top in bottom* sounds like a share: one in anything, else of a small or round whole."""
    digits = str(int(bottom)).rstrip("0")
    return top == 1 or bottom <= 12 or len(digits) == 1


def _shared(first: Reading, second: Reading) -> Reading:
    """Give the first number the scale of the second where it has none (*10-12 million*)."""
    if not second.scale or first.scale or first.form not in (Form.DIGITS, Form.WORDS):
        return first
    if first.low >= 1000 and first.low * 2 < second.low.scaleb(-second.scale):
        return first
    low = first.low.scaleb(second.scale)
    if second.high is None or low > second.high:
        return first
    return replace(first, low=low, high=low, step=first.step.scaleb(second.scale), scale=second.scale, plain=False)


def _sentence_before(text: str, end: int) -> str:
    """Return the characters of the same sentence before `end`, at most a window of them."""
    left = text[max(0, end - _WINDOW) : end]
    cut = 0
    for match in _SENTENCE_END.finditer(left):
        cut = match.end()
    return left[cut:]
