"""Make the names of an article into entities: one entity per thing, called by its fullest name.

*Nokia*, *Nokia Oyj* and *the company* are one; so are *Chilean* and *Chile*, *Bachelet* and *Michelle Bachelet*,
*WHO* and *World Health Organization*. Nothing outside the article is looked up except the gazetteer's short forms.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span

from claimgraph.stages import columns
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Level, Place
from claimgraph.stages.topics.mentions import Mention, find_names
from claimgraph.stages.topics.places import find_dateline, find_places
from claimgraph.stages.topics.runs import find_runs

__all__ = ["Directory", "Entity", "build_directory"]

# Words of a name that its initials leave out (United States of America: USA).
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "&"})


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that is named in the article.

    name: the article's fullest name for it. mentions: token ranges, in order.
    """

    name: str
    kind: EntityKind
    place: Place | None
    mentions: tuple[Mention, ...]

    @property
    def level(self) -> Level | None:
        """The rank of a place; None for what is no place."""
        if self.kind is not EntityKind.PLACE:
            return None
        return self.place.level if self.place else Level.CITY


@dataclass(frozen=True)
class Directory:
    """The entities of one article, by first mention."""

    entities: tuple[Entity, ...]

    @cached_property
    def by_token(self) -> dict[int, int]:
        """From each token of a mention to the number of its entity."""
        return {
            token: number
            for number, entity in enumerate(self.entities)
            for mention in entity.mentions
            for token in range(mention.start, mention.end)
        }


class _Cluster:
    """Names found to be one entity, while the directory is built."""

    def __init__(self, words: tuple[str, ...], kind: EntityKind, *, generic: bool) -> None:
        self.words, self.kind, self.generic = words, kind, generic
        self.mentions: list[Mention] = []


def build_directory(doc: Doc, parsed: list[Span], values: set[int], gazetteer: Gazetteer) -> Directory:
    """Find the entities of an article.

    Args:
        doc: the article; only `parsed` needs entities and tags.
        parsed: the sentences whose recognised entities count, in order.
        values: the tokens of quantities, which no name holds.
        gazetteer: known places, aliases and words that are no names.
    """
    names = find_names(doc, parsed, values, gazetteer)
    sentences = list(doc.sents)
    dateline = next((found for sentence in sentences[:2] if (found := find_dateline(sentence))), None)
    if dateline:
        names = [dateline, *(name for name in names if name.end <= dateline.start or name.start >= dateline.end)]
        names.sort(key=lambda name: name.start)
    places = list(find_places(doc, names, gazetteer))
    taken = {token for place in places for token in range(place.start, place.end)}
    names = [name for name in names if not any(token in taken for token in range(name.start, name.end))]
    names += _unread(sentences, parsed, doc, names, taken, gazetteer)
    brackets = _bracketed(doc, names, gazetteer.legal)
    clusters = _cluster(names, {**gazetteer.long_form, **brackets}, gazetteer)
    _spread(doc, clusters, brackets, taken | {token for name in names for token in range(name.start, name.end)})
    by_code: dict[str, list[Mention]] = {}
    for place in places:
        if place.place:
            by_code.setdefault(place.place.code, []).append(place)
    entities = [_known(found) for found in by_code.values()] + [_named(cluster) for cluster in clusters]
    return Directory(tuple(sorted(entities, key=lambda entity: entity.mentions[0].start)))


def _unread(
    sentences: list[Span], parsed: list[Span], doc: Doc, names: list[Mention], taken: set[int], gazetteer: Gazetteer
) -> list[Mention]:
    """Find names in the sentences that the recogniser may not have seen."""
    read = {sentence.start for sentence in parsed}
    held = taken | {token for name in names for token in range(name.start, name.end)}
    return list(find_runs([sentence for sentence in sentences if sentence.start not in read], held, gazetteer))


def _words(name: str, legal: re.Pattern[str]) -> tuple[str, ...]:
    """A name's words for comparison: lower case, legal form and punctuation off."""
    bare = legal.sub("", name) or name
    return tuple(re.findall(r"[\w&]+", bare.lower().replace(".", "")))


def _bracketed(doc: Doc, names: list[Mention], legal: re.Pattern[str]) -> dict[str, str]:
    """Read *World Health Organization (WHO)*: from each short form in brackets to the long form before it."""
    short_forms = {}
    for mention in names:
        behind = mention.end + (mention.end < len(doc) and doc[mention.end].text == ">")
        after = doc[behind : behind + 3]
        if len(after) == 3 and after[0].text == "(" and after[2].text == ")":
            short = after[1].text
            if short[0] == mention.name[0] and short[0].isupper() and mention.end - mention.start > 1:
                short_forms[" ".join(_words(short, legal))] = " ".join(_words(mention.name, legal))
    return short_forms


def _cluster(names: Sequence[Mention], long_form: dict[str, str], gazetteer: Gazetteer) -> list[_Cluster]:
    """Join the names of one entity, long names first so that short ones find them."""
    kinds: dict[tuple[str, ...], Counter[EntityKind]] = {}
    found: dict[tuple[str, ...], list[Mention]] = {}
    for mention in names:
        words = _words(mention.name, gazetteer.legal)
        if words:
            found.setdefault(words, []).append(mention)
            kinds.setdefault(words, Counter())[mention.kind] += 1
    clusters: list[_Cluster] = []
    index: dict[str, list[_Cluster]] = {}
    for words in sorted(found, key=lambda words: (-len(words), " ".join(words) in long_form, found[words][0].start)):
        kind = _commonest(kinds[words])
        acronym = found[words][0].name.replace(".", "").isupper()
        home = _home(words, kind, index, long_form, acronym=acronym)
        if home is None:
            home = _Cluster(words, kind, generic=words[0] in gazetteer.generic)
            clusters.append(home)
            for key in _keys(home):
                index.setdefault(key, []).append(home)
        home.mentions += found[words]
    return clusters


def _commonest(kinds: Counter[EntityKind]) -> EntityKind:
    """Return the kind that most mentions have; the recogniser's word counts before mere capitals."""
    return max(kinds, key=lambda kind: (kind is not EntityKind.NAME, kinds[kind]))


def _keys(cluster: _Cluster) -> set[str]:
    """The words and initials under which a shorter name may find this one."""
    words = cluster.words
    # *USGS* keeps both letters of *U.S. Geological Survey*
    initials = "".join("us" if word == "us" else word[0] for word in words)
    short = "".join("us" if word == "us" else word[0] for word in words if word not in _SMALL)
    return {" ".join(words), words[0], words[-1], initials, short}


def _home(
    words: tuple[str, ...],
    kind: EntityKind,
    index: dict[str, list[_Cluster]],
    long_form: dict[str, str],
    *,
    acronym: bool,
) -> _Cluster | None:
    """Find the entity that this shorter name names."""
    written = " ".join(words)
    for key in (long_form.get(written, written), written):
        for cluster in index.get(key, ()):
            if _same(words, kind, cluster, key, acronym=acronym):
                return cluster
    return None


def _same(words: tuple[str, ...], kind: EntityKind, cluster: _Cluster, key: str, *, acronym: bool) -> bool:
    """Decide whether a name found under `key` is a short form of the cluster's."""
    longer = cluster.words
    if " ".join(longer) == key:
        return True
    if cluster.kind is EntityKind.NAME and kind is EntityKind.PERSON and longer[-1] == key and len(longer) <= 3:
        cluster.kind = EntityKind.PERSON  # capitals alone did not tell that
    if cluster.kind is EntityKind.PERSON:
        return longer[-1] == key or (longer[0] == key and kind is EntityKind.PERSON)
    if cluster.kind is EntityKind.EVENT and (len(longer) == 2 or longer[-1] == key):
        return True  # *Zelda* for *Hurricane Zelda*
    if cluster.kind is EntityKind.PLACE and longer[-1] == key and len(longer) == 2 and kind is EntityKind.PLACE:
        return True  # *Sinabung* for *Mount Sinabung*
    if longer[0] == key:
        # the recogniser is unsure about short names: *Nokia* may well be a person to it
        apart = kind is EntityKind.PLACE or cluster.kind is EntityKind.PLACE  # *Bergen* is no *Bergen City Council*
        # *UN* is no *UN General Assembly*
        return (
            len(words) == 1
            and not apart
            and not (acronym and len(longer) > 2)
            and len(longer) <= 3
            and not cluster.generic
        )
    # initials: *NCJRS* for a name of as many words
    return len(longer) > 1 and longer[-1] != key and len(key) > 1


def _spread(doc: Doc, clusters: list[_Cluster], brackets: dict[str, str], taken: set[int]) -> None:
    """Add the places where a known name, or its initials, stand that the recogniser has not seen."""
    lowered = columns.lowers(doc)
    short_forms = {long: short for short, long in brackets.items()}
    forms: dict[str, list[tuple[tuple[str, ...], _Cluster, Mention]]] = {}
    for cluster in clusters:
        for mention in {m.name: m for m in cluster.mentions}.values():
            words = tuple(lowered[mention.start : mention.end])
            forms.setdefault(words[0], []).append((words, cluster, mention))
        initials = "".join(word[0] for word in cluster.words if word not in _SMALL)
        for short in {initials if len(initials) > 2 else "", short_forms.get(" ".join(cluster.words), "")} - {""}:
            mention = Mention(0, 0, short.upper(), cluster.kind)
            forms.setdefault(short, []).append(((short,), cluster, mention))
    for known in forms.values():
        known.sort(key=lambda item: -len(item[0]))
    texts = columns.texts(doc)
    for i in [i for i, word in enumerate(lowered) if word in forms and texts[i][0].isupper()]:
        for words, cluster, mention in forms[lowered[i]] if i not in taken else ():
            end = i + len(words)
            if tuple(lowered[i:end]) == words and not taken.intersection(range(i, end)):
                cluster.mentions.append(Mention(i, end, mention.name, mention.kind))
                taken.update(range(i, end))
                break


def _known(mentions: Sequence[Mention]) -> Entity:
    """Make the entity of a gazetteer place."""
    place = mentions[0].place
    assert place is not None  # noqa: S101  only gazetteer mentions come here
    forms = [m.name for m in mentions if not m.adjectival]
    name = max(forms, key=len) if forms else place.name
    if name.isupper() and len(name) > 4 and "." not in name:
        name = place.name
    return Entity(name, EntityKind.PLACE, place, tuple(mentions))


def _named(cluster: _Cluster) -> Entity:
    """Make the entity of recognised names, called by the longest of them."""
    mentions = tuple(sorted(cluster.mentions, key=lambda mention: mention.start))
    kinds = Counter(mention.kind for mention in mentions)
    kind = cluster.kind if len(cluster.words) > 1 else _commonest(kinds)
    return Entity(_fullest(mention.name for mention in mentions), kind, None, mentions)


def _fullest(names: Iterable[str]) -> str:
    """The name with most words, not in capitals if possible, the longest of these, the first of these."""
    return max(names, key=lambda name: (len(name.split()), not name.isupper(), len(name)))
