"""What stands around a number and makes it a date, a year, a clock time, a name, a label: no value.

Every test looks at a bounded window of characters, so that the whole is linear in the text. Nothing here knows
grammar: pronoun *one*, names that only an entity recogniser sees and durations that place something in time are
left to `claimgraph_quantities`.
"""

import re
from dataclasses import dataclass

from claimgraph.stages.numbers.lexicon import NumberLexicon, Role, any_of
from claimgraph.stages.numbers.reading import Reading
from claimgraph.vocab import Form

__all__ = ["Context", "Glue"]

_WINDOW = 48  # characters before a number that are looked at
_CHUNK = re.compile(r"[\w.,/:@#&=?%+~-]{0,200}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ST|ND|RD|TH)(?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_CHAIN = re.compile(r"[0-9]{1,4}([-–./])[0-9]{1,4}(?:\1[0-9]{1,4}){1,8}(?![0-9])")
_SINGLE = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3}){2,5}|-[0-9]{1,2}/(?:2|3|4|5|6|8|10|16|32|64))(?![0-9/-]|\.[0-9])")
_PHONE = re.compile(
    r"(?:1[-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])"
    r"|[0-9]{3}-[0-9]{3}-[A-Z]{4}\b"
    r"|0[0-9]{2,4}[ -][0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])"
    r"|[0-9]{1,3}[- ][0-9]{2,4}[- ][0-9]{3,4}[- ][0-9]{2,4}(?![0-9])"
)
_LOCAL_PHONE = re.compile(r"[0-9]{3}-[0-9]{4}(?![0-9-])")
_YEARS = re.compile(r"(?:1[5-9]|20)[0-9]{2} ?[-–/] ?(?:[0-9]{4}|[0-9]{2})(?![0-9])")
_CLOCK_FIGURES = re.compile(r"[0-9]{1,3}(?:[:][0-9]{2}){1,2}(?:\.[0-9]+)?")
_DIMENSIONS = re.compile(r"[0-9]+[x×][0-9]|[0-9] [x×] [0-9]{2,3}0 ?m\b")
_PAREN_LETTER = re.compile(r"\([a-z0-9]{1,2}\)")
_CAPITAL = re.compile(r"-[A-Z](?![\w-])")
_GAME = re.compile(r"-(?:for|on|in|by)-[0-9a-z]", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[.)](?:[ \t]+\S|\s*$)")
_LAST_WORD = re.compile(
    r"(?:(?P<before>[^\W\d_][\w&.’']{0,20})[ \u00a0])?(?P<word>[^\W\d_][\w&./’'-]{0,20}|№)[ \u00a0-]$"
)
_LAST_BIT = re.compile(r"[^\W\d_][\w.’'-]{0,15}")
_OUT_OF = re.compile(r" out of [0-9]{1,2}(?![0-9])")
_ZIP = re.compile(r", (?:[A-Z]{2}|D\.C\.) $")
_BULLET = re.compile(r"(?:^|\n)[ \t]*$")
_SIGN = re.compile(r"(?:^|[\s(\[\"“‘:,])([-−])$")
_VERSION = re.compile(r"[1-9]\.0(?![0-9]| ?[a-z%°]|-[a-z])")
_UNTIL = re.compile(r"(?: to |[-–] ?)$")
_RUNNING = re.compile(r",? [a-z]|[’']s? ")


@dataclass(frozen=True, slots=True)
class Glue:
    """What is joined to the left of a number: nothing, a currency, a minus sign; or it makes it an identifier."""

    refused: bool = False
    money: bool = False
    letter: bool = False
    minus: bool = False


class Context:
    """Tests on the neighbourhood of a number, compiled from a lexicon."""

    def __init__(self, lexicon: NumberLexicon) -> None:
        self._lexicon = lexicon
        month = lexicon.cue("month")
        days = r"[0-9]{1,2}(?:st|nd|rd|th)?"
        self._signs = frozenset(lexicon.cues["currency_sign"])
        self._codes = frozenset(lexicon.cues["currency_code"])
        self._single = frozenset(lexicon.cues["currency_letter"])
        self._units = frozenset(lexicon.cues["glued_unit"])
        self._hyphen = frozenset(lexicon.cues["hyphen_lead"])
        self._headline = frozenset(lexicon.cues["headline_word"])
        self._determiners = frozenset(lexicon.cues["determiner"])
        self._month_before = re.compile(
            rf"\b(?P<month>{month})\.?,? (?:the )?(?:{days}(?:,| ?[-–]| and| to| or|, and) ?){{0,3}}$"
        )
        self._in_month = re.compile(rf"\b{lexicon.cue('month_lead')}[ \n]$", re.IGNORECASE)
        self._day_year = re.compile(rf"\b{month}\.?,? {days},? $")
        self._noun_follows = re.compile(rf" (?!{lexicon.cue('function_word')}\b)[a-z]{{3,}}")
        self._month_after = re.compile(
            rf"(?:st|nd|rd|th)?(?: ?(?:-|–|and|to|or|,) ?{days}){{0,3}}[ \u00a0-](?:of )?"
            rf"(?:(?!May\b|MAY\b|March\b){month}\b|(?:May|MAY)(?! (?:[Bb]e|[Hh]ave|[Nn]ot|[A-Z]))\b|March(?! on)\b)"
        )
        clock = lexicon.cue("clock")
        self._clock_after = re.compile(rf"(?:\.[0-9]{{2}})?[ \u00a0]?{clock}(?![A-Za-z0-9])")
        self._counted = re.compile(rf"[ \u00a0-](?:{lexicon.cue('count_noun')})(?![^\W_])|\s?%|°", re.IGNORECASE)
        self._count_lead = frozenset(lexicon.cues["count_lead"])
        self._year_lead = frozenset(lexicon.cues["year_lead"])
        name = r"(?:[A-Z][\w'’.-]{1,15}|[0-9]{1,3}(?:st|nd|rd|th))"
        self._address = re.compile(rf"(?: [NSEW]\.?)?(?: {name}){{1,3}} {lexicon.cue('address')}(?![^\W_])")
        furniture = lexicon.cue("furniture")
        self._furniture = re.compile(
            rf" {furniture}(?:[ \t]*(?=\n|$)|\)| {lexicon.cue('share_button')}\b)", re.IGNORECASE
        )
        self._phone = re.compile(rf"\b{lexicon.cue('phone')}\b[^.!?\n]*$", re.IGNORECASE)
        self._road = re.compile(rf" {lexicon.cue('road')}\b")
        self._schedule = re.compile(rf"\b(?:on|at|after|between|by|through) {lexicon.cue('schedule')} $")
        small = any_of(word for word, entry in lexicon.words.items() if entry.role in (Role.UNIT, Role.TEEN))
        self._more = re.compile(rf"(?:, |,? and | or | to | through | ?[-–] ?)(?:[0-9]{{1,4}}(?![0-9,]\d)|{small}\b)")
        self._share = re.compile(rf"[ \u00a0-]{lexicon.cue('percent')}\b|\s?%", re.IGNORECASE)
        self._points = re.compile(rf"[ \u00a0-]{lexicon.cue('percent')}\b|\s?%|-[a-z]", re.IGNORECASE)

    def glue(self, text: str, start: int) -> Glue:
        """Say what is joined to the left of a run of digits."""
        if start == 0:
            return Glue()
        before = text[start - 1]
        if text[max(0, start - 2) : start] in ('="', "='"):
            return Glue(refused=True)  # id="123"
        if before in self._signs:
            return Glue(money=True, minus=self._is_minus(text, start - 1))
        if before.isalnum() or before == "_":
            return self._letters_before(text, start)
        if before in "-–−":
            return self._dash_before(text, start)
        if before in "/:#@=&^\\'’":
            return self._mark_before(text, start, before)
        if before == ".":
            return self._stop_before(text, start)
        if before in " \u00a0":
            return Glue(money=self._money_word(text, start - 1))
        return Glue()

    def _is_minus(self, text: str, end: int) -> bool:
        return _SIGN.search(text[max(0, end - 2) : end]) is not None

    def _letters_before(self, text: str, start: int) -> Glue:
        begin = start
        while begin > 0 and start - begin < 6 and text[begin - 1].isalpha():
            begin -= 1
        run = text[begin:start]
        alone = begin == 0 or not (text[begin - 1].isalnum() or text[begin - 1] in "_-")
        if alone and run in self._codes:
            return Glue(money=True)
        if alone and run in self._single:
            return Glue(money=True, letter=True)
        return Glue(refused=True)

    def _dash_before(self, text: str, start: int) -> Glue:
        if self._is_minus(text, start):
            return Glue(minus=True)
        if start < 2 or not (text[start - 2].isalnum() or text[start - 2] in ".’'"):
            return Glue()
        begin = start - 1
        while begin > 0 and start - begin < 14 and text[begin - 1].isalpha():
            begin -= 1
        return Glue(refused=text[begin : start - 1].lower() not in self._hyphen)

    def _mark_before(self, text: str, start: int, mark: str) -> Glue:
        if mark in "'’":
            run = _CHUNK.match(text, start)
            figures = run[0] if run else ""
            two = len(figures) in (2, 3) and figures[:2].isdigit()
            return Glue(refused=two and (mark == "’" or figures[2:] == "s" or text.find("'", start, start + 200) < 0))
        if mark == ":":
            return Glue(refused=start > 1 and text[start - 2].isdigit())
        if mark == "=" and start > 1 and text[start - 2] in self._single:
            return Glue(money=True)  # the yen sign of old newswire: Y=100
        return Glue(refused=True)

    def _stop_before(self, text: str, start: int) -> Glue:
        if start < 2 or not text[start - 2].isalnum():
            return Glue()
        begin = start - 1
        while begin > 0 and start - begin < 6 and text[begin - 1].isalpha():
            begin -= 1
        run = text[begin:start]
        return Glue(refused=run not in self._codes and run[:-1] not in self._codes, money=True)

    def _money_word(self, text: str, end: int) -> bool:
        """Say whether a currency sign or code stands before the space that ends at `end`."""
        if end > 0 and text[end - 1] in self._signs:
            return True
        begin = end
        while begin > 0 and end - begin < 5 and (text[begin - 1].isalpha() or text[begin - 1] in ".$"):
            begin -= 1
        return text[begin:end] in self._codes

    def skip(self, text: str, start: int) -> int:
        """Return where the unbroken run of identifier characters ends."""
        match = _CHUNK.match(text, start)
        end = match.end() if match else start
        while end > start + 1 and text[end - 1] in ".,:?":
            end -= 1
        return max(end, start + 1)

    def shape(self, text: str, start: int) -> int | None:
        """Return the end of a figure that is no single value by its shape: phone, date, time, version, years."""
        single = _SINGLE.match(text, start) is not None
        for pattern in (_PHONE, _YEARS, _CLOCK_FIGURES, _CHAIN):
            match = None if single else pattern.match(text, start)
            if match:
                return self.skip(text, match.end()) if pattern is not _YEARS else match.end()
        if _LOCAL_PHONE.match(text, start) and self._phone.search(text[max(0, start - _WINDOW) : start]):
            return start + len("555-0142")
        if _DIMENSIONS.match(text, start):
            return self.skip(text, start)
        return None

    def tail(self, text: str, reading: Reading) -> bool:
        """Say whether what is joined to the right of a digit number leaves it a value."""
        end = reading.end
        if end >= len(text):
            return True
        following = text[end]
        if following.isalnum() or following == "_":
            letters = _LETTERS.match(text, end)
            stop = letters.end() if letters else end
            closed = stop >= len(text) or not (text[stop].isalnum() or text[stop] == "_")
            return letters is not None and letters[0] in self._units and closed
        if following in "/:.":
            inside = text[end + 1 : end + 2]
            return not (inside.isdigit() or (following == "." and inside.islower()))  # 10.org is an address
        if following == "(":
            return _PAREN_LETTER.match(text, end) is None
        if following == "-":
            return _CAPITAL.match(text, end) is None and _GAME.match(text, end) is None
        return following not in "@#\\"

    def is_date(self, text: str, reading: Reading) -> bool:
        """Say whether a number is the day beside a month's name."""
        if not (reading.plain or reading.form is Form.WORDS) or not 0 < reading.low <= 31:
            return False
        if self._share.match(text, reading.end):
            return False
        if self._month_after.match(text, reading.end):
            return True
        base = max(0, reading.start - _WINDOW)
        before = self._month_before.search(text[base : reading.start])
        if before is None:
            return False
        if _UNTIL.search(text[max(0, reading.start - 4) : reading.start]) and before.end("month") + 2 < before.end():
            return True  # April 20 to 26
        lead = text[max(0, base + before.start() - 8) : base + before.start()]
        listed = before.end("month") + 2 < before.end()
        return not ((listed or self._in_month.search(lead)) and self._noun_follows.match(text, reading.end))

    def is_clock(self, text: str, reading: Reading) -> bool:
        """Say whether a clock's mark follows (*5 p.m.*, *1700 GMT*)."""
        return reading.low < 2401 and reading.scale == 0 and self._clock_after.match(text, reading.end) is not None

    def is_year(self, text: str, reading: Reading, glue: Glue) -> bool:
        """Say whether four plain digits are a calendar year: unless a counted noun follows, from 1600 to 2099.

        A noun that is counted outweighs, but not where a word stands before that takes years (*the 2016 deaths*).
        Earlier and later years want such a word (*in 1492*, *by 2100*).
        """
        if not reading.plain or not 1000 <= reading.low <= 2199 or reading.end - reading.start != 4 or glue.money:
            return False
        lead = _LAST_WORD.search(text[max(0, reading.start - _WINDOW) : reading.start])
        led = lead is not None and lead["word"].lower() in self._year_lead
        if self._counted.match(text, reading.end):
            return led and not (lead is not None and lead["word"].lower() in self._count_lead)
        if self._month_or_season(text, reading):
            return True
        return led or 1600 <= reading.low < 2100

    def _month_or_season(self, text: str, reading: Reading) -> bool:
        return self._day_year.search(text[max(0, reading.start - _WINDOW) : reading.start]) is not None

    def is_label(self, text: str, reading: Reading) -> bool:
        """Say whether the word before the number makes it a name (*Article 50*, *phase two*)."""
        if reading.scale or not (reading.plain or reading.form is Form.WORDS or reading.end - reading.start <= 4):
            return False
        match = _LAST_WORD.search(text[max(0, reading.start - _WINDOW) : reading.start])
        if match is None:
            return text[reading.start - 2 : reading.start] in ("# ", "№ ")
        word, before = match["word"], match["before"] or ""
        if self._points.match(text, reading.end):
            return False
        if word[0].isupper() and _VERSION.match(text, reading.start) and word.lower() not in self._hyphen:
            return True
        if word in self._lexicon.labels or f"{before} {word}" in self._lexicon.labels:
            return True
        if word.lower() not in self._lexicon.labels_any_case:
            return False
        if word.lower() == "number":
            return reading.low < 100
        return before.lower() not in self._determiners or word[0].isupper() or word.lower() == "no."

    def is_name(self, text: str, reading: Reading) -> bool:
        """Say whether a capital number word ends a name in running text (*Capital One said*).

        In a headline everything has capitals; there the next word has one too.
        """
        if not text[reading.start].isupper() or text[reading.start + 1].isupper():
            return False
        match = _LAST_WORD.search(text[max(0, reading.start - _WINDOW) : reading.start])
        if match is None or not match["word"][0].isupper() or match["word"].endswith((".", "?")):
            return False
        return match["word"] not in self._headline and _RUNNING.match(text, reading.end) is not None

    def more_of_kind(self, text: str, reading: Reading) -> int:
        """Return the end of the days or pages listed behind a refused one (*May 5 and 6*, *articles 2 and 3*).

        The marks that there are belong to the one that is given (*Level 3 out of 5*).

        A number with a noun behind it is one of its own (*on May 5 and 12 people*), except behind a plural label.
        """
        lead = _LAST_WORD.search(text[max(0, reading.start - _WINDOW) : reading.start])
        plural = lead is not None and lead["word"].endswith("s")
        scale = _OUT_OF.match(text, reading.end)
        end = scale.end() if scale else reading.end
        for _ in range(12):
            match = self._more.match(text, end)
            if match is None or (not plural and self._noun_follows.match(text, match.end())):
                break
            if self._share.match(text, match.end()):
                break
            end = match.end()
        return end

    def is_scheduled(self, text: str, reading: Reading) -> bool:
        """Say whether the number names a day or month of a course (*on days 1 and 15*)."""
        left = text[max(0, reading.start - 24) : reading.start]
        return reading.low < 100 and self._schedule.search(left) is not None

    def is_other(self, text: str, reading: Reading) -> bool:
        """Say whether a digit number is a house number, ZIP code, list label or page furniture."""
        if not reading.plain:
            return False
        length = reading.end - reading.start
        if length > 1 and text[reading.start] == "0":
            return True
        left = text[max(0, reading.start - 8) : reading.start]
        if length == 5 and _ZIP.search(left):
            return True
        bullet = _BULLET.search(text[max(0, reading.start - _WINDOW) : reading.start]) is not None
        if bullet and (_LIST_ITEM.match(text, reading.end) or self._furniture.match(text, reading.end)):
            return True
        if left.endswith("(") and self._furniture.match(text, reading.end):
            return True
        if left[-1:] in ("”", '"', ")") or left[-2:] in ("”.", ").", '".'):
            return length < 3  # a footnote's mark behind a quotation or sentence
        return (
            length < 6 and (self._address.match(text, reading.end) or self._road.match(text, reading.end)) is not None
        )

    def is_idiom(self, text: str, reading: Reading) -> bool:
        """Say whether the number stands in a fixed phrase that counts nothing."""
        for before, after in self._lexicon.idioms.get(text[reading.start : reading.end].lower(), ()):
            lead = text[max(0, reading.start - len(before)) : reading.start]
            tail = text[reading.end : reading.end + len(after)]
            same = lead == before or lead.lower() == before
            if same and tail.lower() == after.lower() and self._whole(text, reading, before, after):
                return True
        return False

    def _whole(self, text: str, reading: Reading, before: str, after: str) -> bool:
        """Say whether the phrase does not begin or end inside a word."""
        start, end = reading.start - len(before), reading.end + len(after)
        begins = start == 0 or not (text[start - 1].isalnum() and before[:1].isalnum())
        ends = end >= len(text) or not (text[end].isalnum() and after[-1:].isalnum())
        return begins and ends

    def word_is_joined(self, text: str, start: int, end: int) -> bool:
        """Say whether a number word is part of an address, a handle or a compound name."""
        if (start and text[start - 1] in "/@#_=&") or (end < len(text) and text[end] in "@_="):
            return True
        if start > 1 and text[start - 1] == "." and text[start - 2].isalnum():
            return True
        if end + 1 < len(text) and text[end] == "." and text[end + 1].islower():
            return True
        if start > 1 and text[start - 1] == "-" and text[start - 2].isalnum():
            begin = start - 1
            while begin > 0 and start - begin < 14 and text[begin - 1].isalpha():
                begin -= 1
            return text[begin : start - 1].lower() not in self._hyphen
        return False
