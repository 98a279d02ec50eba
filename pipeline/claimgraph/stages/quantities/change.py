"""Is a value a state (`rose to 3%`) or the size of a change (`rose 3%`)?"""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from claimgraph.lexicon import load_entries
from claimgraph.records import Evidence
from claimgraph.stages.quantities.comparing import comparing
from claimgraph.stages.quantities.qualifiers import Qualified
from claimgraph.stages.quantities.reading import Reading
from claimgraph.stages.quantities.site import Site
from claimgraph.vocab import Change, Form, Kind

__all__ = ["Changed", "Changes", "NounEntry", "ParticleEntry", "VerbEntry"]

_SHARES = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.MULTIPLE, Kind.FRACTION, Kind.INDEX})
_NOT_COUNTED = _SHARES | {Kind.MONEY, Kind.RATE, Kind.MEASURE}
_STATES = frozenset({"to", "into", "at", "from", "with", "toward", "towards"})
_OVER = frozenset({"over", "in", "within", "during", "through", "throughout", "across", "for", "after"})
_BETWEEN = frozenset({"ADV", "DET", "ADJ", "PART", "PRON"})
_FILLERS = frozenset(
    {
        "average",
        "of",
        "total",
        "net",
        "record",
        "year",
        "almost",
        "nearly",
        "about",
        "some",
        "either",
        "both",
        "%",
        "by",
    }
)
_YEARLY = frozenset({"yoy", "y", "o", "m", "q", "mom", "qoq", "year", "month", "quarter", "over", "on", "-", "/"})
_BREAKS = frozenset({"-", "--", "–", "—", ":", ";", "(", ")"})
# By convention a monthly number of jobs is a gain, unless the text says loss.
_FLOWS = frozenset({"job/month", "payroll/month", "position/month"})
_ADDING = frozenset({"new", "another", "additional", "further", "extra"})
# A verb governs within a clause; what is further away in tokens is a list or a wrong parse.
_FAR = 60
_RIGHT = 16
_IN_RANGE = ("of", "range", "the", "in")
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "ADV", "NUM"})
_MULTIPLIED = re.compile(r"(?:doubl|tripl|quadrupl|quintupl)(?:ed|ing|es)", re.IGNORECASE)
# `5% of its staff, or roughly 3,600 people`
_HEDGE = r"(?:about|around|nearly|roughly|some|almost|more than|less than|over|under|up to)?"
_OR = re.compile(rf"[^,;.()]{{0,45}},\sor\s{_HEDGE}\W{{0,3}}[A-Z]{{0,3}}$")
_RENAMED = re.compile(rf"\W{{0,3}}(?:or|and|totall?ing|equal to)?\W{{0,3}}{_HEDGE}\W{{0,3}}[A-Z]{{0,3}}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbEntry:
    """A `[[verb]]` or `[[noun]]` of change.toml."""

    forms: tuple[str, ...]
    direction: Change
    objects: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


NounEntry = VerbEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticleEntry:
    """A `[[particle]]` of change.toml."""

    text: str
    direction: Change
    before: bool
    behind: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Direction of a value and the words that gave it; certain is False where nothing spoke."""

    change: Change
    evidence: tuple[Evidence, ...] = ()
    certain: bool = True


class Changes:
    """Decides by the words next to a value, its governing verb and the values before it."""

    def __init__(self, language: str) -> None:
        self._verbs = {f: e for e in load_entries(language, "change", "verb", VerbEntry, "forms") for f in e.forms}
        self._nouns = {f: e for e in load_entries(language, "change", "noun", NounEntry, "forms") for f in e.forms}
        self._comparing = comparing(language, "change")
        particles = load_entries(language, "change", "particle", ParticleEntry, "text")
        self._before = {entry.text: entry for entry in particles if entry.before}
        self._behind = {entry.text: entry for entry in particles if entry.behind}
        self._posts, self._growth, self._state, self._carriers, self._sums, self._paces = (
            frozenset(load_entries(language, "change", name, _Words, "words")[0].words)
            for name in ("posts", "growth", "state", "carriers", "sums", "paces")
        )

    def find(self, site: Site, reading: Reading, qualified: Qualified) -> Changed:
        """Return whether a value is a change.

        Args:
            site: the number.
            reading: what it measures.
            qualified: its qualifier, with which the value's expression starts.
        """
        start = qualified.start
        left, right = list(site.left(start, count=18)), list(site.right(reading.end, count=_RIGHT))
        if tuple(token.lower_ for token in left[:4]) == _IN_RANGE:
            left = left[4:]
        left = self._unsummed(left)
        if reading.kind is Kind.DURATION and left and left[0].lower_ in _OVER:
            return Changed(change=Change.LEVEL)  # `cut by half over a decade`: how long it takes
        return (
            self._multiplied(site, left)
            or self._paced(left)
            or self._particle_before(site, reading, start, left)
            or self._particle_behind(site, reading, right)
            or self._noun_behind(site, reading, left, right[:8])
            or self._posts_moved(site, reading, right)
            or self._state_before(reading, qualified, left)
            or self._noun_of(reading, left)
            or self._verb(site, reading, left)
            or self._bracketed(site, reading, left, right)
            or self._growing(reading, left)
            or Changed(change=Change.LEVEL, certain=False)
        )

    def _unsummed(self, left: list[Token]) -> list[Token]:
        """Skip `a total of` behind a preposition: `by a total of 100 points`."""
        if len(left) > 3 and left[0].lower_ == "of" and left[1].lower_ in self._sums and left[2].pos_ == "DET":
            return left[3:] if left[3].lower_ in ("by", "to", "from", "at") else left
        return left

    def _paced(self, left: list[Token]) -> Changed | None:
        """`grew at an annual rate of 2.3 percent`: the pace of a change is its size."""
        if len(left) < 4 or left[0].lower_ != "of" or left[1].lower_ not in self._paces:
            return None
        at = next((i for i, token in enumerate(left[2:7], 2) if token.lower_ == "at"), None)
        verb = next((t for t in left[at + 1 : at + 4] if t.lower_ in self._verbs), None) if at is not None else None
        return _decided(self._verbs[verb.lower_].direction, "change.pace", verb) if verb is not None else None

    def follows(self, site: Site, reading: Reading, changed: Changed, before: tuple[Site, Reading, Changed]) -> bool:
        """Say whether a value that nothing marks is a change because the one before it is.

        So are a change in other words (`down 71 billion, or 30 percent`), one that it is compared with (`2.1% vs 0.9%`)
        and one of a list (`the West 6.9 percent, the South 5.4 percent`).
        """
        other, earlier, direction = before
        if changed.certain or direction.change is Change.LEVEL or other.begin != site.begin:
            return False
        told = max((item.end for item in direction.evidence), default=0)
        gap = site.sites.text[max(earlier.end, other.mention.end, min(told, reading.start)) : reading.start]
        listed = reading.kind is Kind.COUNT and reading.sure and " and " in gap  # fell 3% and two others rose
        if len(gap) < 70 and not listed and (_RENAMED.match(gap) or _OR.match(gap)):
            return True
        if earlier.unit != reading.unit or len(gap) > 110:
            return False
        if self._comparing.search(gap):
            return True
        between = site.sites.tokens[other.last : site.first]
        rowed = any(token.text in ",;(" or token.lower_ == "and" for token in between)
        near = next(site.left(reading.start, count=2), None)
        return (
            rowed
            and (reading.kind in _SHARES or (reading.kind is Kind.COUNT and not reading.sure))
            and not any(token.pos_ in ("AUX", "VERB") for token in between)
            and (near is None or near.pos_ != "ADP" or near.lower_ == "by")
        )

    def _multiplied(self, site: Site, left: list[Token]) -> Changed | None:
        """`doubled`, `double in size`, `cut in half`; `double the size` is a state."""
        if site.mention.form is Form.FRACTION and left and left[0].lower_ == "in":
            verb = next((token for token in left if token.lower_ in self._verbs), None)
            return _decided(self._verbs[verb.lower_].direction, "change.in half", verb) if verb else None
        if site.mention.form is not Form.MULTIPLE:
            return None
        word = site.text.lower()
        token = site.sites.tokens[site.first]
        if len(left) > 1 and left[0].lower_ == "to" and left[1].lower_ in self._verbs:
            return Changed(change=Change.LEVEL)  # grew to double that size
        if word.startswith("halv"):
            return _decided(Change.DECREASE, "change.halved", token)
        if _MULTIPLIED.match(word) or (token.tag_.startswith("VB") and not word.endswith("ce")):
            return _decided(Change.INCREASE, "change.multiplied", token)
        return None

    def _particle_before(self, site: Site, reading: Reading, start: int, left: list[Token]) -> Changed | None:
        """`up 12 points`, `+145,000`."""
        if site.sites.text[start - 1 : start] == "+" and "point" not in reading.unit:
            return _decided(Change.INCREASE, "change.+", site.sites.tokens[site.first])
        near = next((token for token in left[:3] if token.lower_ in self._before or token.pos_ != "ADV"), None)
        entry = self._before.get(near.lower_) if near is not None else None
        if near is None or entry is None or not self._carries(near):
            return None
        return _decided(entry.direction, f"change.{entry.text}", near)

    def _carries(self, particle: Token) -> bool:
        """`closed up 3%` moves, `rounded up 300 suspects` does not."""
        verb = particle.head
        return particle.dep_ != "prt" or verb.lemma_.lower() in self._carriers or verb.lower_ in self._verbs

    def _particle_behind(self, site: Site, reading: Reading, right: list[Token]) -> Changed | None:
        """`2% higher`, `$14,000 more than`, `1.6 million fewer people`."""
        inner = next(site.right(count=2), None)
        if inner is not None and reading.kind is Kind.COUNT and inner.lower_ in ("more", "fewer", "less"):
            return self._more(site, reading, inner)
        right = _behind_period(right)
        entry = self._behind.get(right[0].lower_) if right else None
        if entry is None or reading.kind is Kind.MULTIPLE:
            return None
        compared = entry.text in ("more", "fewer") and _than(right)
        moved = reading.noun is None and entry.text in ("higher", "lower")
        if reading.kind is Kind.COUNT and not (compared or moved):
            return None
        if entry.text in ("above", "below", "off") and reading.kind not in _SHARES:
            return None
        if len(right) > 1 and right[1].lower_ == "to":
            return None
        return _decided(entry.direction, f"change.{entry.text}", right[0])

    def _more(self, site: Site, reading: Reading, inner: Token) -> Changed | None:
        """`200 more jobs` adds; `151 more buildings were damaged` is a part of the damage."""
        if inner.lower_ != "more":
            return _decided(Change.DECREASE, f"change.{inner.lower_}", inner)
        noun = site.sites.tokens[site.sites.token_at(reading.noun.end - 1)] if reading.noun else None
        active = noun is not None and reading.sure and noun.dep_ != "nsubjpass"
        if active or _than(list(site.right(count=12))) or reading.unit in self._posts:
            return _decided(Change.INCREASE, "change.more", inner)
        return None

    def _noun_behind(self, site: Site, reading: Reading, left: list[Token], right: list[Token]) -> Changed | None:
        """`a 35% drop`, `0.1% quarterly growth`, `a 25-basis-point cut`."""
        if reading.kind is Kind.COUNT and reading.unit not in self._posts and reading.noun is not None:
            return None
        right = _behind_period(right)
        # the tagger takes some nouns of change for verbs: `a 3 percent cut`
        introduced = (bool(left) and left[0].lower_ in ("a", "an", "the")) or site.text[:2].lower() == "a "
        if len(right) > 2 and right[0].lower_ == "of" and right[1].lower_ in ("the", "that", "this"):
            right = right[2:3]
        counted = reading.kind is Kind.COUNT and reading.noun is None  # a 117,000 gain counts no gains
        for i, token in enumerate(right[:6]):
            entry = self._nouns.get(token.lower_)
            reached = entry is not None and (self._reaches(entry, reading) or (i == 0 and counted))
            if entry is not None and (token.pos_ in _NOMINAL or introduced) and reached:
                return _decided(entry.direction, f"change.{entry.forms[0]}", token)
            inside = token.pos_ in _INSIDE or token.text in "-–/&" or token.tag_ in ("VBN", "VBG")
            if not inside:
                return None
        return None

    def _posts_moved(self, site: Site, reading: Reading, right: list[Token]) -> Changed | None:
        """`3,900 job cuts`, `114,000 jobs were added`, `6,000 new openings`, `another 300 workers`."""
        if reading.kind not in (Kind.COUNT, Kind.RATE):
            return None
        if reading.noun is None:
            return self._posts_left_out(reading, right)
        noun = site.sites.tokens[site.sites.token_at(reading.noun.end - 1)]
        entry = self._nouns.get(noun.lower_)
        if entry is not None and noun.i and noun.nbor(-1).lower_ in self._posts:
            return _decided(entry.direction, f"change.{entry.forms[0]}", noun)
        if reading.unit.split("/")[0] not in self._posts:
            return None
        moved = next((token for token in right if token.pos_ not in ("AUX", "ADV", "PART")), None)
        verb = self._verbs.get(moved.lower_) if moved is not None and moved.tag_ in ("VBN", "VBD") else None
        if moved is not None and verb is not None and verb.objects == "posts":
            return _decided(verb.direction, f"change.{verb.forms[0]}", moved)
        adding = [*site.right(count=2), *site.left(reading.start, count=1)]
        more = next((token for token in adding if token.lower_ in _ADDING), None)
        return _decided(Change.INCREASE, "change.new posts", more) if more is not None else None

    def _posts_left_out(self, reading: Reading, right: list[Token]) -> Changed | None:
        """`the 7 million added last year`: the participle right behind a bare number of posts."""
        verb = self._verbs.get(right[0].lower_) if right and right[0].tag_ in ("VBN", "VBD") else None
        if verb is None or verb.objects != "posts" or reading.unit not in self._posts:
            return None
        return _decided(verb.direction, f"change.{verb.forms[0]}", right[0])

    def _state_before(self, reading: Reading, qualified: Qualified, left: list[Token]) -> Changed | None:
        """`rose to 3%`, `up from 67`, `fell below 8%`; a level of growth is the size of a change."""
        near = next((token for token in left[:4] if token.lower_ in _STATES or not _is_filler(token)), None)
        if not qualified.bounds_level and (near is None or near.lower_ not in _STATES):
            return None
        flows = near is not None and near.lower_ == "from" and reading.unit.split("/")[0] in self._posts
        named = left[1:] if qualified.bounds_level else left  # the tagger takes some movers for nouns: dips below 8%
        return self._growing(reading, named) or Changed(change=Change.LEVEL, certain=not flows)

    def _noun_of(self, reading: Reading, left: list[Token]) -> Changed | None:
        """`a gain of 114,000 jobs`, `growth of 4.2 percent`, `a cut by 2 points`."""
        if len(left) > 1 and left[0].lower_ in ("only", "just", "merely") and left[1].lower_ in ("of", "by"):
            left = left[1:]
        if not left or left[0].lower_ not in ("of", "by"):
            return None
        if left[0].lower_ == "of":
            entry = self._nouns.get(left[1].lower_) if len(left) > 1 else None
            told = entry is not None and (entry.objects == "any" or self._reaches(entry, reading))
            return _decided(entry.direction, f"change.{entry.forms[0]}", left[1]) if entry and told else None
        return self._moved_by(left)

    def _moved_by(self, left: list[Token]) -> Changed | None:
        """`fell, in the year to May, by 3%`: the mover in front of `by`, unless `by` hangs on another verb."""
        verb = left[0].head
        for token in left[1:]:
            entry = self._verbs.get(token.lower_) or self._nouns.get(token.lower_)
            particle = self._before.get(token.lower_) or self._behind.get(token.lower_)
            if entry is not None:
                return _decided(entry.direction, f"change.{entry.forms[0]}", token)
            if particle is not None:
                return _decided(particle.direction, f"change.{particle.text}", token)
            if token.i == verb.i and verb.pos_ == "VERB":
                manner = next((child for child in verb.children if child.lower_ in self._verbs), None)
                entry = self._verbs[manner.lower_] if manner is not None else None
                return _decided(entry.direction, f"change.{entry.forms[0]}", verb) if entry else None
        return None

    def _verb(self, site: Site, reading: Reading, left: list[Token]) -> Changed | None:
        """`surged 88%`, `added 143,000 jobs`; who cuts `a 20 percent tariff` says nothing of how much."""
        if reading.kind is Kind.PERCENT and left and left[0].pos_ in ("DET", "PRON") and _describes(site, reading):
            return None
        if site.after.startswith("-") and reading.kind is not Kind.PERCENTAGE_POINTS:
            return None
        if any(token.lower_ == "short" for token in left[:2]):
            return None  # fell short of 60 percent
        for token in left[:7]:
            verb = self._verbs.get(token.lower_)
            if verb is not None and token.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and not _is_attribute(token):
                if self._reaches(verb, reading):
                    return _decided(verb.direction, f"change.{verb.forms[0]}", token)
                return None
            if token.pos_ not in _BETWEEN and token.lower_ not in _FILLERS and token.dep_ != "prt":
                break
        return self._governing(site, reading)

    def _governing(self, site: Site, reading: Reading) -> Changed | None:
        """The verb above the value in the parse, no preposition between."""
        token = site.root
        for head in site.ancestors():
            if site.first - head.i > _FAR:
                return None
            if any(between.text in _BREAKS for between in site.sites.tokens[head.i : site.first]):
                return None
            verb = self._verbs.get(head.lower_) if head.pos_ == "VERB" else None
            if verb is not None and self._reaches(verb, reading):
                objective = token.dep_ in ("dobj", "npadvmod", "advmod", "attr", "dep", "oprd") or (
                    token.dep_ == "nsubjpass" and verb.objects == "posts"
                )
                return _decided(verb.direction, f"change.{verb.forms[0]}", head) if objective else None
            if head.pos_ in ("ADP", "VERB", "AUX", "SCONJ"):
                return None
            token = head
        return None

    def _growing(self, reading: Reading, left: list[Token]) -> Changed | None:
        """`growth slowed to 1.7%`, `the decline was 35%`: the nearest measure in front is a change itself."""
        if reading.kind is not Kind.PERCENT and reading.unit.split("/")[0] not in self._posts:
            return None
        if reading.unit in _FLOWS:
            return Changed(change=Change.INCREASE)
        for i, token in enumerate(left):
            entry = self._nouns.get(token.lower_)
            if token.i and token.nbor(-1).lower_ == "of" and token.lower_ in self._growth:
                continue  # 5% of GDP
            if entry is not None and token.i + 1 < len(token.doc) and token.nbor().lower_ in ("of", "from", "by", "to"):
                continue  # a rise of 3 percent to 107, an increase from 36
            if token.lower_ in self._growth or (entry is not None and token.pos_ == "NOUN" and _unbroken(left[:i])):
                direction = entry.direction if entry else Change.INCREASE
                return _decided(direction, "change.growth measure", token)
            if token.lower_ in self._state:
                return None
        return None

    def _bracketed(self, site: Site, reading: Reading, left: list[Token], right: list[Token]) -> Changed | None:
        """`a rise in spending (2.1%)`, `Robbery (1.8 percent) fell`, `the largest drop, 3%, came in May`."""
        apposed = len(left) > 1 and left[0].text == "," and bool(right) and right[0].text == ","
        if reading.kind is not Kind.PERCENT or not left or not (left[0].text == "(" or apposed):
            return None
        verbs = [] if apposed else [token for token in right if token.pos_ == "VERB"]
        for token in [*left[1:12], *verbs]:
            entry = self._nouns.get(token.lower_) or (None if apposed else self._verbs.get(token.lower_))
            if entry is not None:
                return _decided(entry.direction, f"change.{entry.forms[0]}", token)
            if token.pos_ in ("AUX", "VERB") or token.text in ".;" or token.lower_ in ("to", "at"):
                return None
        return None

    def _reaches(self, entry: VerbEntry, reading: Reading) -> bool:
        if entry.objects == "any":
            return reading.kind is not Kind.COUNT or reading.noun is None or reading.unit in self._posts
        kinds = _NOT_COUNTED if entry.objects == "posts" else _SHARES
        return reading.kind in kinds or reading.unit.split("/")[0] in self._posts


def _describes(site: Site, reading: Reading) -> bool:
    """Say whether a noun stands right behind the value, which then is its attribute."""
    following = next(site.right(reading.end, count=1), None)
    return following is not None and following.pos_ in ("NOUN", "PROPN")


def _is_attribute(token: Token) -> bool:
    """Say whether a word behind an article is a noun or a participle in front of one: *the contract*, *a reduced*."""
    return token.tag_ in ("NN", "VBN", "VBD", "JJ") and token.i > 0 and token.nbor(-1).tag_ in ("DT", "PRP$")


def _is_filler(token: Token) -> bool:
    """Say whether a word may stand between `to` and its value: `to a record low`, `to almost`."""
    return token.pos_ in _BETWEEN or token.lower_ == "record"


def _than(tokens: list[Token]) -> bool:
    """Say whether a comparison follows before anything else begins."""
    for token in tokens:
        if token.lower_ == "than":
            return True
        if token.is_punct or token.like_num:
            return False
    return False


def _behind_period(right: list[Token]) -> list[Token]:
    """Skip `year-over-year`, `YoY`, `on year`; a lone `on` is another preposition."""
    skipped = list(right)
    while skipped and skipped[0].lower_ in _YEARLY:
        skipped = skipped[1:]
    gone = [token.lower_ for token in right[: len(right) - len(skipped)]]
    return right if gone in (["on"], ["over"]) else skipped


def _unbroken(tokens: list[Token]) -> bool:
    return not any(token.text in ",;:()–—" for token in tokens)


def _decided(direction: Change, rule: str, token: Token) -> Changed:
    return Changed(
        change=direction,
        evidence=(Evidence(field="change", rule=rule, start=token.idx, end=token.idx + len(token)),),
    )
