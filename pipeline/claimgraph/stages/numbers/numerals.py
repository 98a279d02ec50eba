"""Read one number at a given character: digits, words, fractions, scale words and letters, vague plurals.

A recursive descent over the characters themselves; no tokeniser stands between, so `$1.2bn`, `15-km` and
`half-million` need no special case. Every step consumes text, so reading is linear.
"""

import re
from dataclasses import replace
from decimal import Decimal

from claimgraph.stages.numbers.lexicon import NumberLexicon, Role, Word, any_of
from claimgraph.stages.numbers.reading import (
    VULGAR,
    Reading,
    fraction,
    grouped_by,
    last_digit,
    multiplied,
    with_fraction,
)
from claimgraph.vocab import Form

__all__ = ["MAX_DIGITS", "NumeralReader"]

# Longer runs of digits are identifiers; the largest amounts in news have 16 digits.
MAX_DIGITS = 24
_MAX_WORDS = 40  # words of one spelt-out number; below a trillion 23 suffice
_LEFT = 24  # characters that are looked at before a number word

# Thousands are set off by commas, in the Indian manner too, by narrow or hard spaces, apostrophes, by plain
# spaces (but *300 737 Max jets* are two numbers), or by more than one full stop (a single one is a decimal point).
_NUMBER = re.compile(
    r"""(?P<whole>
          [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])
        | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])
        | [0-9]{1,3}(?:[\u00a0\u2009\u202f'’][0-9]{3})+(?![0-9])
        | (?<![0-9]\ )[1-9][0-9]{0,2}(?:\ [0-9]{3}){1,3}(?!\ ?[0-9]|[.,-][0-9]|(?<!000)\ [A-Z][a-z])
        | [0-9]{1,3}(?:\.[0-9]{3}){2,}(?![0-9])
        | [0-9]*
        )(?P<decimals>\.[0-9]+)?""",
    re.VERBOSE,
)
# *3 x 10^8*, *1.6 × 10⁻¹⁹*, *2.5e6*; *10^5* stands for itself.
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−–", "0123456789-+--")
_EXPONENT = r"(?:(?:\^|\*\*)[(]?[-+−–]?[0-9]{1,2}[)]?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
_POWER = re.compile(rf"(?:[ \u00a0]?[x×*·✕⋅][ \u00a0]?10(?P<tens>{_EXPONENT})|[eE](?P<e>[-+−]?[0-9]{{1,2}}))(?![\w^])")
_BARE_POWER = re.compile(rf"10(?P<tens>{_EXPONENT})(?![\w^])")
_GAP_WORD = re.compile(r"([ \u00a0-]|[ \u00a0]?\n[ \u00a0]?|)([A-Za-z]{1,15})(?![^\W_])")
_WORD = re.compile(r"[A-Za-z]{2,15}(?:-[A-Za-z]{2,15})?(?![^\W_])")
_APART = re.compile(r"[A-Za-z]{2,15} digits(?![^\W_])", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?)[ \u00a0-]$", re.IGNORECASE)
_AND = re.compile(r"[ \u00a0-]and[ \u00a0-](?=[A-Za-z0-9])", re.IGNORECASE)
_AND_A = re.compile(
    r"[ \u00a0-]and[ \u00a0-](?:(?:an?|one)[ \u00a0-]|(?=half (?!of\b|were\b|are\b|the\b|an?\b|have\b|had\b)))",
    re.IGNORECASE,
)
_OF = re.compile(r"[ \u00a0]of[ \u00a0]", re.IGNORECASE)
_OF_A = re.compile(r"[ \u00a0]of[ \u00a0]an?[ \u00a0]", re.IGNORECASE)
_FOLD = re.compile(r"[ -]?fold\b", re.IGNORECASE)
_POINTED = re.compile(r"[ -](?:percentage[ -])?point\b", re.IGNORECASE)
_HALF_OF = re.compile(r"(?:[ \u00a0]an?[ \u00a0]|-an?-|[ \u00a0-])", re.IGNORECASE)


class NumeralReader:
    """Reads numbers with the words of one language."""

    def __init__(self, lexicon: NumberLexicon) -> None:
        self._lexicon = lexicon
        digits = any_of(form for form, word in lexicon.words.items() if word.role in (Role.ZERO, Role.UNIT))
        self._point = re.compile(rf" point(?: {digits}\b){{1,6}}", re.IGNORECASE)
        self._dimension = re.compile(rf"[ \u00a0-]{lexicon.cue('dimension')}\b", re.IGNORECASE)
        self._vague_count = re.compile(rf"\b{lexicon.cue('vague_count')}[ \u00a0-]$", re.IGNORECASE)

    def read(self, text: str, start: int, *, money: bool = False) -> Reading | None:
        """Read the number that starts at `start`, or None.

        Words such as *hundred* and *third* extend to the left over their article.

        Args:
            text: the article's characters.
            start: where the first digit or letter stands.
            money: a currency sign or code stands before it, so that `m` means million.
        """
        if text[start].isalpha():
            return self._read_words(text, start)
        return self._read_digits(text, start, money=money)

    def _read_digits(self, text: str, start: int, *, money: bool) -> Reading | None:
        if text[start] in VULGAR:
            top, bottom = VULGAR[text[start]]
            return self._scaled(text, fraction(start, start + 1, top, bottom), money=money)
        power = self.power_of_ten(text, start)
        if power is not None:
            return self._scaled(text, power, money=money)
        match = _NUMBER.match(text, start)
        if match is None or match.end() == start or match.end() - start > 2 * MAX_DIGITS:
            return None
        whole, decimals = match["whole"], match["decimals"] or ""
        digits = re.sub(r"[^0-9]", "", whole)
        if len(digits) + len(decimals) > MAX_DIGITS:
            return None
        value = Decimal((digits or "0") + decimals)
        reading = Reading(
            start, match.end(), value, value, last_digit(value), Form.DIGITS, plain=digits == whole and not decimals
        )
        if not decimals:
            reading = with_fraction(text, reading)
            reading = self._and_a_part(text, reading) or reading
        return self._scaled(text, reading, money=money)

    def power_of_ten(self, text: str, start: int) -> Reading | None:
        """Read scientific notation, the only shape with which digits and letters mix freely; else None."""
        alone = _BARE_POWER.match(text, start)
        first = None if alone else _NUMBER.match(text, start)
        match = alone or (_POWER.match(text, first.end()) if first and first.end() > start else None)
        if match is None or match.end() - start > 2 * MAX_DIGITS:
            return None
        exponent = int(re.sub(r"[^-+0-9]", "", (match.group("tens") or match.group("e")).translate(_SUPERSCRIPT)))
        value = Decimal(re.sub(r"[^0-9.]", "", first[0]) if first else "1").scaleb(exponent)
        return Reading(start, match.end(), value, value, last_digit(value), Form.DIGITS, scale=exponent)

    def _scaled(self, text: str, reading: Reading, *, money: bool) -> Reading:
        """Apply the scale words and letters that follow (*1.5 lakh crore* has two)."""
        for _ in range(3):
            match = _GAP_WORD.match(text, reading.end)
            power = self._power(text, match, reading, money=money) if match else None
            if match is None or power is None:
                break
            reading = multiplied(reading, match.end(), power)
        return self._grouped(text, reading)

    def _power(self, text: str, match: re.Match[str], reading: Reading, *, money: bool) -> int | None:
        gap, letters = match.groups()
        word = self._lexicon.words.get(letters.lower())
        if word is not None and word.role in (Role.SCALE, Role.HUNDRED):
            return None if gap == "" and len(letters) == 1 else word.value.adjusted()
        if word is not None and word.role is Role.VAGUE and gap != "-" and letters.lower() in self._lexicon.plurals:
            return word.value.adjusted()
        if gap == "" or (money and gap == " " and letters in self._lexicon.money_glued):
            return self._letter_power(text, match, reading, money=money)
        return None

    def _letter_power(self, text: str, match: re.Match[str], reading: Reading, *, money: bool) -> int | None:
        letters = match[2]
        if letters in self._lexicon.glued:
            return self._lexicon.glued[letters]
        if not money and (letters == "mm" or self._dimension.match(text, match.end())):
            return None
        fraction = reading.low != reading.low.to_integral_value()
        if letters in self._lexicon.money_glued and (money or fraction or self._counts_things(text, match.end())):
            return self._lexicon.money_glued[letters]
        return None

    def _counts_things(self, text: str, end: int) -> bool:
        """Say whether a plural noun follows, so that `3m` is three million and not three metres."""
        return self._lexicon.plural_noun.match(text, end) is not None

    def _grouped(self, text: str, reading: Reading) -> Reading:
        """Apply *dozen*, *decades*, *-fold* behind a number."""
        fold = _FOLD.match(text, reading.end)
        if fold:
            return replace(reading, end=fold.end(), form=Form.MULTIPLE, plain=False)
        match = _GAP_WORD.match(text, reading.end)
        word = self._lexicon.words.get(match[2].lower()) if match and match[1] else None
        if match is None or word is None or word.role is not Role.GROUP or not _fits(word, text, match.end(2)):
            return reading
        return grouped_by(reading, match.end(), word.value)

    def _read_words(self, text: str, start: int) -> Reading | None:
        match = _APART.match(text, start) or _WORD.match(text, start)
        if match is None:
            return None
        word = self._lexicon.words.get(match[0].lower().replace(" ", "-"))
        end = match.end()
        if word is None:
            head = match[0].partition("-")[0]
            word, end = self._lexicon.words.get(head.lower()), start + len(head)
        if word is None or not _fits(word, text, end) or not _follows(word, text, start):
            return None
        return self._dispatch(text, start, end, word)

    def _dispatch(self, text: str, start: int, end: int, word: Word) -> Reading | None:
        match word.role:
            case Role.UNIT | Role.TEEN | Role.TEN:
                return self._cardinal(text, start, start, None)
            case Role.HUNDRED | Role.SCALE | Role.GROUP | Role.PERIOD:
                return self._headless(text, start, end, word)
            case Role.ZERO:
                return self._after_number(text, Reading(start, end, word.value, word.value, Decimal(1), Form.WORDS))
            case Role.HALF:
                return self._half(text, start, end)
            case Role.PART:
                return self._part(text, start, end, word)
            case Role.SET | Role.COUPLE:
                return self._set(text, start, end, word)
            case Role.MULTIPLE:
                return Reading(start, end, word.value, word.value, last_digit(word.value), Form.MULTIPLE)
            case Role.VAGUE:
                return self._vague(text, start, end, word.value)
            case Role.SIGN:
                return self._negative(text, start, end)

    def _headless(self, text: str, start: int, end: int, word: Word) -> Reading | None:
        """Read *a hundred*, *several thousand*, *a decade*; a bare *million* is no number."""
        left = text[max(0, start - _LEFT) : start]
        vague = self._vague_count.search(left)
        if vague and word.role is not Role.PERIOD:
            return self._vague(text, start - len(left) + vague.start(), end, word.value * 2)
        article = _ARTICLE.search(left)
        if article is None:
            return None
        begin = start - len(left) + article.start()
        if word.role in (Role.GROUP, Role.PERIOD):
            one = Reading(begin, start, Decimal(1), Decimal(1), Decimal(1), Form.WORDS)
            return grouped_by(one, end, word.value)
        return self._cardinal(text, begin, start, Decimal(1))

    def _cardinal(self, text: str, begin: int, start: int, current: Decimal | None) -> Reading | None:
        """Read a spelt-out whole number by the usual rules of hundreds and scales."""
        total, ceiling, scale = Decimal(0), Decimal("Infinity"), 0
        last, end, position = None, start, start
        for _ in range(_MAX_WORDS):
            match = _WORD_ONLY.match(text, position)
            word = self._lexicon.words.get(match[0].lower()) if match else None
            if match is None or word is None:
                break
            if word.role is Role.SCALE and current and word.value < ceiling:
                total, current = total + current * word.value, None
                ceiling, scale = word.value, word.value.adjusted()
            elif word.role is Role.HUNDRED and current and current < 100:
                current, scale = current * 100, 2
            elif _continues(word.role, last, current):
                current, scale = (current or 0) + word.value, 0
            else:
                break
            last, end = word.role, match.end()
            after = _next_word(text, end, joined=last in (Role.HUNDRED, Role.SCALE))
            if after is None:
                break
            position = after
        if end == start:
            return None
        value = total + (current or 0)
        reading = Reading(begin, end, value, value, Decimal(1).scaleb(scale), Form.WORDS, scale=scale)
        return self._after_number(text, reading)

    def _after_number(self, text: str, reading: Reading) -> Reading:
        """Read what may follow a spelt-out number: *and a half*, *point six*, *thirds*, *dozen*, a scale again."""
        point = self._point.match(text, reading.end)
        if point:
            digits = "".join(str(self._lexicon.words[w.lower()].value) for w in point[0].split()[1:])
            value = Decimal(f"{reading.low}.{digits}")
            reading = Reading(reading.start, point.end(), value, value, last_digit(value), Form.WORDS)
        mixed = self._and_a_part(text, reading)
        if mixed is not None:
            return self._scaled(text, mixed, money=False)
        part = self._parts(text, reading)
        return part if part is not None else self._scaled(text, reading, money=False)

    def _and_a_part(self, text: str, reading: Reading) -> Reading | None:
        """*two and a half*, *three and a quarter*."""
        joint = _AND_A.match(text, reading.end)
        match = _WORD_ONLY.match(text, joint.end()) if joint else None
        word = self._lexicon.words.get(match[0].lower()) if match else None
        if match is None or word is None or word.role not in (Role.HALF, Role.PART):
            return None
        if reading.low != reading.low.to_integral_value() or (reading.form is Form.DIGITS and word.role is Role.PART):
            return None
        value = reading.low + 1 / word.value
        return Reading(reading.start, match.end(), value, value, last_digit(value), Form.WORDS)

    def _parts(self, text: str, reading: Reading) -> Reading | None:
        """*two-thirds*, *one half*, *three tenths*."""
        match = _GAP_WORD.match(text, reading.end)
        word = self._lexicon.words.get(match[2].lower()) if match and match[1] else None
        if match is None or word is None or word.role not in (Role.PART, Role.HALF) or not 0 < reading.low < word.value:
            return None
        if match[1] != "-" and not (_fits(word, text, match.end()) and _follows(word, text, reading.start)):
            return None
        singular = not match[2].lower().endswith("s") and not match[2].lower().endswith("halves")
        if singular != (reading.low == 1):
            return None
        return fraction(reading.start, match.end(), int(reading.low), int(word.value))

    def _half(self, text: str, start: int, end: int) -> Reading | None:
        """*half a million*, *half-dozen*; else half itself."""
        half = Reading(start, end, Decimal("0.5"), Decimal("0.5"), Decimal("0.1"), Form.FRACTION)
        joint = _HALF_OF.match(text, end)
        match = _WORD_ONLY.match(text, joint.end()) if joint else None
        word = self._lexicon.words.get(match[0].lower()) if match else None
        if match is None or word is None or word.role not in (Role.SCALE, Role.HUNDRED, Role.GROUP, Role.PERIOD):
            return half
        return grouped_by(replace(half, form=Form.WORDS), match.end(), word.value)

    def _part(self, text: str, start: int, end: int, word: Word) -> Reading | None:
        """*a third*, *a quarter*, with their article; *quarter-point cuts* has none."""
        left = text[max(0, start - _LEFT) : start]
        article = _ARTICLE.search(left)
        if article is None:
            return fraction(start, end, 1, int(word.value)) if _POINTED.match(text, end) else None
        part = fraction(start - len(left) + article.start(), end, 1, int(word.value))
        return self._of_a_scale(text, part)

    def _of_a_scale(self, text: str, part: Reading) -> Reading:
        """*a quarter of a million*."""
        joint = _OF_A.match(text, part.end)
        match = _WORD_ONLY.match(text, joint.end()) if joint else None
        word = self._lexicon.words.get(match[0].lower()) if match else None
        if match is None or word is None or word.role is not Role.SCALE:
            return part
        value = (part.low * word.value).quantize(Decimal(1))
        return replace(part, end=match.end(), low=value, high=value, step=part.step * word.value, form=Form.WORDS)

    def _set(self, text: str, start: int, end: int, word: Word) -> Reading | None:
        """*a couple of*, *a pair*; *a couple hundred* multiplies."""
        left = text[max(0, start - _LEFT) : start]
        article = _ARTICLE.search(left)
        of = _OF.match(text, end)
        position = of.end() if of else end + 1
        match = _WORD_ONLY.match(text, position)
        scale = self._lexicon.words.get(match[0].lower()) if match else None
        begin = start - len(left) + article.start() if article else start
        if match is not None and scale is not None and scale.role in (Role.SCALE, Role.HUNDRED, Role.GROUP):
            one = Reading(begin, end, word.value, word.value, Decimal(1), Form.WORDS)
            return grouped_by(one, match.end(), scale.value)
        if word.role is Role.COUPLE:
            return Reading(begin, of.end() - 1 if of else end, word.value, word.value, Decimal(1), Form.WORDS)
        return Reading(start, end, word.value, word.value, Decimal(1), Form.WORDS)

    def _vague(self, text: str, start: int, end: int, low: Decimal) -> Reading | None:
        """*dozens*, *tens of thousands*, *several hundred*."""
        for _ in range(3):
            of = _OF.match(text, end)
            match = _WORD_ONLY.match(text, of.end()) if of else None
            word = self._lexicon.words.get(match[0].lower()) if match else None
            if match is None or word is None or word.role is not Role.VAGUE:
                break
            low, end = low * (Decimal(1).scaleb(word.value.adjusted())), match.end()
        return Reading(start, end, low, None, Decimal(1).scaleb(low.adjusted()), Form.VAGUE)

    def _negative(self, text: str, start: int, end: int) -> Reading | None:
        """*minus 5*, *negative 14*."""
        position = end + 1
        if position >= len(text) or text[end] not in " -\u00a0":
            return None
        match = _WORD_ONLY.match(text, position)
        word = self._lexicon.words.get(match[0].lower()) if match else None
        if word.role is Role.SIGN if word else not "0" <= text[position] <= "9":
            return None
        if word is not None and word.value == 1 and _ARTICLE.search(text[max(0, start - _LEFT) : start]):
            return None  # a negative one is a pronoun
        reading = self.read(text, position)
        if reading is None or reading.high is None or reading.form not in (Form.DIGITS, Form.WORDS):
            return None
        return replace(reading, start=start, low=-reading.low, high=-reading.low, plain=False)


_WORD_ONLY = re.compile(r"[A-Za-z]{2,15}(?![^\W_])")
_JOIN = re.compile(r"[ \u00a0-]|[ \u00a0]?\n[ \u00a0]?")
_TENS = (Role.TEN,)


def _continues(role: Role, last: Role | None, current: Decimal | None) -> bool:
    """Say whether a unit, teen or ten may stand behind what was read so far."""
    if role not in (Role.UNIT, Role.TEEN, Role.TEN):
        return False
    if current is None:
        return True
    return last is Role.HUNDRED or (role is Role.UNIT and last in _TENS)


def _next_word(text: str, end: int, *, joined: bool) -> int | None:
    """Return where the next word of a spelt-out number may start; *and* joins behind hundreds and scales."""
    match = (_AND.match(text, end) if joined else None) or _JOIN.match(text, end)
    return match.end() if match else None


def _fits(word: Word, text: str, end: int) -> bool:
    return word.needs is None or word.needs.match(text, end) is not None


def _follows(word: Word, text: str, start: int) -> bool:
    return word.after is None or word.after.search(text[max(0, start - _LEFT) : start]) is not None
