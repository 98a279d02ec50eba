"""Names that are known before an article is read, and the nouns that stand for a name.

The tables are `data/<language>/places.toml`, `aliases.toml` and `topics.toml`; countries and states that they do not
list come from Babel (CLDR territory names) and pycountry (ISO 3166-2).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pycountry
from babel import Locale
from babel.core import get_global
from spacy.tokens import Doc, Span

from claimgraph.lexicon import load_entries
from claimgraph.stages import columns
from claimgraph.stages.attribution.lexicon import load_lexicon as load_attribution

__all__ = [
    "Alias",
    "EntityKind",
    "Gazetteer",
    "Level",
    "Nameless",
    "Owner",
    "OwnerKind",
    "Place",
    "Reporting",
    "Role",
    "Wording",
    "load_gazetteer",
    "load_wording",
]


class EntityKind(StrEnum):
    """What sort of thing a name names."""

    PLACE = "place"  # country, region, city, building
    ORGANISATION = "organisation"  # company, ministry, party, club
    PERSON = "person"  # one human being
    GROUP = "group"  # nationality or creed that is no country
    EVENT = "event"  # storm, war, tournament
    PRODUCT = "product"  # make, work, law, what is traded
    NAME = "name"  # capitals that tell nothing more


class Level(StrEnum):
    """The rank of a place."""

    COUNTRY = "country"  # has an ISO 3166-1 code, or is a group of such
    REGION = "region"  # state, province, constituent country
    CITY = "city"  # every other place


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its adjectives; `people` speak of the place but do not name it."""

    code: str
    name: str
    forms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """Codes with a hyphen are parts of a country."""
        return Level.REGION if "-" in self.code else Level.COUNTRY


@dataclass(frozen=True, slots=True)
class Alias:
    """Short forms of one organisation."""

    name: str
    forms: tuple[str, ...]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A common noun that stands for an entity which is named elsewhere.

    named: the entity's name holds the noun or one of `words`, whatever its kind.
    """

    noun: str
    kind: EntityKind
    named: bool = False
    words: tuple[str, ...] = ()
    level: Level | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compass:
    """A point of the compass that tells two countries of one name apart (*South Korea*: *the South*)."""

    word: str
    opposite: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Side(StrEnum):
    """On which side of a name a word stands."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Event:
    """A noun that makes a name beside it that of an event (*Hurricane Zelda*, *the Zelda Fire*)."""

    noun: str
    side: Side
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medicine:
    """How the international names of a class of medicines end (*-statin*)."""

    stem: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """A verb whose subject only says the figure."""

    verb: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class OwnerKind(StrEnum):
    """Whose a measure usually is."""

    COUNTRY = "country"
    PLACE = "place"
    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Owner:
    """A measure's word and the kind of entity that it is usually of."""

    word: str
    of: OwnerKind
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nameless:
    """A token that the entity recogniser mistakes for a name."""

    name: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """A noun that says how a measured thing moves, not what it is."""

    noun: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verb that makes a counted noun a measure, and its form behind the noun."""

    verb: str
    form: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """An adjective that makes a counted noun a measure."""

    adjective: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A word without further properties."""

    word: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that decide which phrase names what a value measures."""

    movements: frozenset[str]
    counters: frozenset[str]
    outcomes: dict[str, str]
    states: frozenset[str]
    comparisons: frozenset[str]
    amounts: frozenset[str]
    wholes: frozenset[str]
    deeds: dict[str, str]
    areas: frozenset[str]
    directions: frozenset[str]
    composing: frozenset[str]
    groupings: frozenset[str]
    expectations: frozenset[str]


@cache
def load_wording(language: str = "en") -> Wording:
    """Load `data/<language>/subjects.toml`."""
    return Wording(
        movements=frozenset(e.noun for e in load_entries(language, "subjects", "movement", Movement, "noun")),
        counters=frozenset(e.noun for e in load_entries(language, "subjects", "counter", Movement, "noun")),
        outcomes={e.verb: e.form for e in load_entries(language, "subjects", "outcome", Outcome, "verb")},
        states=frozenset(e.adjective for e in load_entries(language, "subjects", "state", State, "adjective")),
        comparisons=frozenset(e.word for e in load_entries(language, "subjects", "comparison", Word, "word")),
        deeds={e.verb: e.form for e in load_entries(language, "subjects", "deed", Outcome, "verb")},
        wholes=frozenset(e.word for e in load_entries(language, "subjects", "whole", Word, "word")),
        areas=frozenset(e.word for e in load_entries(language, "subjects", "area", Word, "word")),
        directions=frozenset(e.word for e in load_entries(language, "subjects", "direction", Word, "word")),
        composing=frozenset(e.word for e in load_entries(language, "subjects", "composing", Word, "word")),
        groupings=frozenset(e.word for e in load_entries(language, "subjects", "grouping", Word, "word")),
        expectations=frozenset(e.word for e in load_entries(language, "subjects", "expectation", Word, "word")),
        amounts=frozenset(e.word for e in load_entries(language, "subjects", "amount", Word, "word")),
    )


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a place: its tokens, in lower case unless `exact`."""

    words: tuple[str, ...]
    place: Place
    adjectival: bool
    exact: bool


# Countries whose states and provinces have English names in ISO 3166-2 and are news by themselves.
_STATES_OF = ("US", "CA", "AU", "IN")


class Gazetteer:
    """Finds known places in tokens by a look-up of the first word; one pass, longest form first."""

    def __init__(self, split: Callable[[str], Sequence[str]], language: str) -> None:
        self.roles = {role.noun: role for role in load_entries(language, "topics", "role", Role, "noun")}
        self.reporting = frozenset(e.verb for e in load_entries(language, "topics", "reporting", Reporting, "verb"))
        self.nameless = frozenset(e.name for e in load_entries(language, "topics", "nameless", Nameless, "name"))
        self.calendar = _calendar(language)
        self.events = {e.noun: e.side for e in load_entries(language, "topics", "event", Event, "noun")}
        self.instruments = _words(language, "instrument")
        self.medicines = frozenset(e.stem for e in load_entries(language, "topics", "medicine", Medicine, "stem"))
        self.outbreaks = _words(language, "outbreak")
        self.contests = _words(language, "contest")
        self.opposing = _words(language, "opposing")
        self.surveys = _words(language, "survey")
        self.parameters = _words(language, "parameter")
        legal = "|".join(sorted(_words(language, "legal")))
        self.legal = re.compile(rf"(?:\s*,)?\s+(?:{legal})\b\.?", re.IGNORECASE)
        self.cities = _cities(language)
        self.addresses = _words(language, "address")
        self.titles = load_attribution(language)["title"]
        self.generic = _words(language, "generic")
        self.owners = {e.word: e.of for e in load_entries(language, "owners", "owner", Owner, "word")}
        aliases = load_entries(language, "aliases", "alias", Alias, "name")
        self.long_form = {form.lower(): alias.name.lower() for alias in aliases for form in alias.forms}
        self._starts: dict[str, list[Form]] = {}
        for form in _forms(language, split):
            self._starts.setdefault(form.words[0].lower(), []).append(form)
        for forms in self._starts.values():
            forms.sort(key=lambda form: -len(form.words))
        single = (form for forms in self._starts.values() for form in forms if form.adjectival and len(form.words) == 1)
        # citizens in the plural, before whom an adjective tells which of them: `African Americans`
        self.peoples = frozenset(form.words[0].lower() for form in single if form.words[0].endswith("s"))
        self._halves = self._pair_halves(load_entries(language, "topics", "compass", Compass, "word"))
        self._half_of = {
            form.place.code: name
            for name, sides in self._halves.items()
            for form in sides.values()
            if form.place.level is Level.COUNTRY
        }

    def find(self, doc: Doc) -> Iterator[tuple[int, int, Form]]:
        """Yield the token ranges of places, in order, disjoint, each with the form that stands there.

        Where one half of a divided country is named, *the South* is its southern half. *African Americans* are people
        of one country.
        """
        words, lowers = columns.texts(doc), columns.lowers(doc)
        found: list[tuple[int, int, Form]] = []
        end = 0
        for at in [at for at, word in enumerate(lowers) if word in self._starts]:
            form = next((form for form in self._starts[words[at].lower()] if _stands(form, words, at)), None)
            if (
                form is not None
                and form.adjectival
                and self.peoples.intersection(lowers[at + len(form.words) : at + len(form.words) + 1])
            ):
                continue
            if form is not None and at >= end:
                end = at + len(form.words)
                found.append((at, end, form))
        named = {self._half_of[form.place.code] for _, _, form in found if form.place.code in self._half_of}
        halves = {compass: form for name in sorted(named) for compass, form in self._halves[name].items()}
        yield from sorted([*found, *_bare_halves(words, halves)], key=lambda place: place[:2]) if halves else found

    def is_address(self, word: str) -> bool:
        """Say whether a word stands before the name of a person (*Mr.*, *Senator*)."""
        return word[:1].isupper() and word.lower().removesuffix(".") in self.addresses

    def is_place(self, span: Span) -> bool:
        """Say whether these tokens are the whole name of a known place."""
        words = tuple(token.text for token in span)
        forms = self._starts.get(words[0].lower(), ()) if words else ()
        return any(len(form.words) == len(words) and not form.adjectival and _stands(form, words, 0) for form in forms)

    def place_words(self, doc: Doc) -> set[str]:
        """Return the names of the places in a text, in lower case."""
        words = columns.lowers(doc)
        return {" ".join(words[start:end]) for start, end, _ in self.find(doc)}

    def _pair_halves(self, compass: Sequence[Compass]) -> dict[str, dict[str, Form]]:
        """Find the countries that differ in the point of the compass alone: Korea's South and North."""
        forms = {form.words: form for forms in self._starts.values() for form in forms if not form.adjectival}
        pairs: dict[str, dict[str, Form]] = {}
        for point in compass:
            for words, form in forms.items():
                other = (point.opposite.lower(), *words[1:])
                if len(words) > 1 and words[0] == point.word.lower() and other in forms:
                    pairs.setdefault(" ".join(words[1:]), {})[point.word] = form
        return pairs


def _words(language: str, array: str) -> frozenset[str]:
    """Load an array of `topics.toml` whose entries have no property but their word."""
    return frozenset(entry.word for entry in load_entries(language, "topics", array, Word, "word"))


def _bare_halves(words: Sequence[str], halves: dict[str, Form]) -> Iterator[tuple[int, int, Form]]:
    """Yield every *the South* that no further name follows (*the South Pole*)."""
    for at in range(1, len(words)):
        form = halves.get(words[at])
        after = words[at + 1] if at + 1 < len(words) else ""
        if form is not None and words[at - 1].lower() == "the" and not after[:1].isupper():
            yield at, at + 1, form


def _stands(form: Form, words: Sequence[str], at: int) -> bool:
    """Say whether the form stands at this token, with a capital."""
    here = words[at : at + len(form.words)]
    if form.exact:
        return tuple(here) == form.words
    # *euro zone* is a name without a capital
    return (here[0][0].isupper() or form.place.name[0].islower()) and tuple(word.lower() for word in here) == form.words


def _forms(language: str, split: Callable[[str], Sequence[str]]) -> Iterator[Form]:
    """Yield every way to write every place, once."""
    taken = set()
    for place in (*load_entries(language, "places", "place", Place, "code"), *_listed(language)):
        written: Iterable[tuple[str, bool]] = (
            *((form, False) for form in (place.name, *place.forms)),
            *((form, True) for form in place.people),
        )
        for form, adjectival in written:
            # short capitals (US, EU) are words in lower case, so they must stand exactly
            exact = form.isupper() or len(form) < 4
            words = tuple(word if exact else word.lower() for word in split(form))
            if words and words not in taken:
                taken.add(words)
                yield Form(words, place, adjectival, exact)


def _calendar(language: str) -> frozenset[str]:
    """The names of months and days, which begin with a capital and name no entity."""
    locale = Locale(language)
    return frozenset(
        name
        for table in (locale.months, locale.days)
        for width in ("wide", "abbreviated")
        for name in table["format"][width].values()
    )


@cache
def _cities(language: str) -> frozenset[str]:
    """The capitals and large cities of the old world, in lower case, by which CLDR calls its time zones.

    Those of other continents include islands and stations with the names of persons (*Stanley*, *Davis*).
    """
    named = Locale(language).time_zones
    zones = [zone for zone in get_global("zone_territories") if zone.split("/")[0] in ("Africa", "Asia", "Europe")]
    cities = (named.get(zone, {}).get("city") or zone.rsplit("/", 1)[1].replace("_", " ") for zone in zones)
    return frozenset(city.lower() for city in cities)


@cache
def _listed(language: str) -> tuple[Place, ...]:
    """Countries and states that other packages know."""
    territories = Locale(language).territories
    countries = (
        Place(code, name) for code, name in territories.items() if len(code) == 2 and code not in ("ZZ", "XA", "UN")
    )
    states = (
        Place(state.code, state.name)
        for country in _STATES_OF
        for state in pycountry.subdivisions.get(country_code=country) or ()  # type: ignore[no-untyped-call]
    )
    return (*countries, *states)


def load_gazetteer(split: Callable[[str], Sequence[str]], language: str = "en") -> Gazetteer:
    """Load the tables; `split` tokenises as the pipeline does."""
    return Gazetteer(split, language)
