"""Find the names in an article.

Names come from the entity recogniser in the sentences that the pipeline always parses (the lead and those with a
quantity), from the gazetteer everywhere. Other sentences are searched for the names so found, so that the gate of
`claimgraph_parse` changes nothing here.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from claimgraph.stages import columns
from claimgraph.stages.entities import Entities
from claimgraph.stages.topics.gazetteer import EntityKind, Gazetteer, Place, Side
from claimgraph.stages.topics.listed import find_listed
from claimgraph.stages.topics.lowercase import find_lowercase
from claimgraph.stages.topics.sites import SUBJECTS

__all__ = ["Mention", "as_event", "find_names", "is_headline"]

_KINDS = {
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "ORG": EntityKind.ORGANISATION,
    "PERSON": EntityKind.PERSON,
    "NORP": EntityKind.GROUP,
    "EVENT": EntityKind.EVENT,
    "PRODUCT": EntityKind.PRODUCT,
    "WORK_OF_ART": EntityKind.PRODUCT,
    "LAW": EntityKind.PRODUCT,
}


# Words of a name in a headline; longer ones have usually swallowed a verb.
_SHORT = 3
# Times that an article must write a headline's word with a capital for it to be a name by itself.
_RECURRING = 4
_NUMBERS = frozenset({"", "CARDINAL", "ORDINAL", "QUANTITY"})
# Most tokens of a company's name in angle brackets.
_ANGLED = 12
# Digits that may be a year, which ends no name.
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in tokens `start` to `end`.

    name: the name without article, possessive and brackets.
    place: set for a place of the gazetteer. adjectival: it speaks of the place without naming it (*Chilean*).
    """

    start: int
    end: int
    name: str
    kind: EntityKind
    place: Place | None = None
    adjectival: bool = False


def find_names(doc: Doc, sentences: list[Span], values: set[int], gazetteer: Gazetteer) -> list[Mention]:
    """Find the names of these sentences, trimmed, in order.

    The recogniser's names come first, then runs of capitalised words that it left out. Capitals at the start of a
    sentence and in headlines mislead it, so a name there is refused when the article writes its words small elsewhere.
    No name holds a token of `values`.
    """
    small = {word for sentence in sentences for word in _small(sentence)}
    prose = [sentence for sentence in sentences if not is_headline(sentence)]
    entities = Entities(doc)
    found = [
        mention
        for sentence in prose
        for mention in (*_recognised(sentence, entities, gazetteer), *_runs(sentence, gazetteer))
        if not _ordinary(doc, mention, sentence, small)
    ]
    found += [
        Mention(start, end, doc[start:end].text, kind)
        for sentence in prose
        for start, end, kind in find_lowercase(sentence, gazetteer)
    ]
    found += [
        Mention(start, end, doc[start:end].text, EntityKind.ORGANISATION)
        for title in sentences[:1]
        for start, end in find_listed(title)
    ]
    found += [mention for sentence in prose for mention in (*_angled(sentence), *_cities(sentence, gazetteer))]
    known = {mention.name.lower() for mention in found} | gazetteer.place_words(doc)
    for sentence in sentences:
        if is_headline(sentence):
            found += _in_headline(sentence, entities, known, small, gazetteer)
    found = [_numbered(doc, as_event(doc, mention, gazetteer), values) for mention in found]
    found = [mention for mention in found if not _is_people(doc, mention, gazetteer)]
    found = _hyphenated(doc, _disjoint(sorted(found, key=lambda mention: (mention.start, -mention.end))))
    found = [replace(name, kind=EntityKind.PLACE) if name.name.lower() in gazetteer.cities else name for name in found]
    return [mention for mention in found if values.isdisjoint(range(mention.start, mention.end))]


def _angled(sentence: Span) -> Iterator[Mention]:
    """Yield the companies that newswires of the 1980s set in angle brackets; a ticker there is a single code."""
    words, opened = _words(sentence), None
    for i, word in enumerate(words):
        if word == "<":
            opened = i + 1
        elif word == ">" and opened is not None:
            if 0 < i - opened <= _ANGLED and _is_company(words[opened:i]):
                start, end = sentence.start + opened, sentence.start + i
                yield Mention(start, end, sentence.doc[start:end].text, EntityKind.ORGANISATION)
            opened = None


def _cities(sentence: Span, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the known cities of one word, which the recogniser misses at the beginning of a sentence."""
    lowers, pos = columns.lowers(sentence.doc), columns.pos(sentence.doc)
    for i in range(sentence.start, sentence.end):
        if lowers[i] in gazetteer.cities and pos[i] == "PROPN":
            yield Mention(i, i + 1, sentence.doc[i].text, EntityKind.PLACE)


def _is_company(words: list[str]) -> bool:
    return words[0][0].isupper() and (len(words) > 1 or (words[0].isalpha() and not words[0].isupper()))


def _small(sentence: Span) -> Iterator[str]:
    """Yield the words that are written small and are no part of a name."""
    tags, types = columns.pos(sentence.doc), columns.entity_types(sentence.doc)
    for i, word in enumerate(_words(sentence), sentence.start):
        if word.islower() and tags[i] != "PROPN" and not types[i]:
            yield word


def _is_people(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Say whether a name is that of a country's people, told apart (*LGBT Americans*): the country is what is named."""
    return mention.end - mention.start > 1 and doc[mention.end - 1].lower_ in gazetteer.peoples


def _ordinary(doc: Doc, mention: Mention, sentence: Span, small: set[str]) -> bool:
    """Say whether standing first in its sentence may be all that gives this name its capital."""
    if mention.start > sentence.start + 1:
        return False
    words = mention.name.lower().split()
    if len(words) > 1 and any(token.is_title for token in doc[mention.start + 1 : mention.end]):
        return False  # the capital of its later words is their own
    common = len(words) == 1 and doc[mention.start].tag_ in ("NNS", "JJ", "RB", "VBG")
    return common or all(word in small for word in words)


def as_event(doc: Doc, mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Take the noun of an event into the name beside it; leave other names as they are."""
    start, end = mention.start, mention.end
    while start > 0 and gazetteer.events.get(doc[start - 1].lower_) is Side.BEFORE:
        start -= 1
    if end < len(doc) and doc[end].is_title and gazetteer.events.get(doc[end].lower_) is Side.AFTER:
        end += 1
    before = gazetteer.events.get(doc[start].lower_) is Side.BEFORE
    after = gazetteer.events.get(doc[end - 1].lower_) is Side.AFTER
    if end - start > 1 and (before or after):
        return Mention(start, end, doc[start:end].text, EntityKind.EVENT)
    return mention


def _numbered(doc: Doc, mention: Mention, values: set[int]) -> Mention:
    """Take the number that ends a name into it; leave other names as they are."""
    whole = mention.kind in (EntityKind.PLACE, EntityKind.PERSON, EntityKind.GROUP)
    if whole or mention.end >= len(doc) or not _numbers_name(doc[mention.end], values):
        return mention
    return replace(mention, end=mention.end + 1, name=doc[mention.start : mention.end + 1].text)


def _in_headline(
    sentence: Span, entities: Entities, known: set[str], small: set[str], gazetteer: Gazetteer
) -> Iterator[Mention]:
    """Yield the names of a headline in title case, where the recogniser takes verbs and nouns for parts of names."""
    for mention in _recognised(sentence, entities, gazetteer):
        words = mention.name.lower().split()
        parts = len(words) > 1 and any(word in known for word in words)
        if len(words) <= _SHORT and not parts and not any(word in small for word in words):
            yield mention
    if sentence.start > 0:
        return
    recurring = Counter(word for word in columns.texts(sentence.doc) if word[0].isupper() and len(word) > 2)
    for token in sentence:
        if token.text in gazetteer.calendar or token.lower_ in gazetteer.titles:
            continue
        if recurring[token.text] >= _RECURRING and token.lower_ not in small and token.is_alpha and not token.is_stop:
            yield Mention(token.i, token.i + 1, token.text, EntityKind.ORGANISATION)


def _disjoint(mentions: list[Mention]) -> list[Mention]:
    """Drop what overlaps the mention before it."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _hyphenated(doc: Doc, names: list[Mention]) -> list[Mention]:
    """Join what the recogniser cut at a hyphen: *Maria Lopez-Baker*, *Stratford-upon-Avon*."""
    joined: list[Mention] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is not None and _particle(doc, before.end, name.start):
            joined[-1] = replace(before, end=name.end, name=doc[before.start : name.end].text)
            continue
        if name.kind is EntityKind.PERSON and name.end - name.start > 1 and _hyphen(doc, name.end):
            name = replace(name, end=name.end + 2, name=doc[name.start : name.end + 2].text)
        if before is None or name.start >= before.end:
            joined.append(name)
    return joined


def _particle(doc: Doc, start: int, end: int) -> bool:
    """Say whether nothing but a small word between hyphens stands between two names."""
    between = doc[start:end]
    glued = end - start == 3 and not any(token.whitespace_ for token in doc[start - 1 : end])
    return glued and between[0].text == between[2].text == "-" and between[1].is_lower


def _hyphen(doc: Doc, at: int) -> bool:
    """Say whether a hyphen and a further name stand right behind a name."""
    behind = doc[at : at + 2]
    glued = len(behind) == 2 and behind[0].text == "-" and not (doc[at - 1].whitespace_ or behind[0].whitespace_)
    return glued and behind[1].is_title and behind[1].is_alpha


def _recognised(sentence: Span, entities: Entities, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the recogniser's names."""
    for span in entities.within(sentence):
        kind = _KINDS.get(span.label_)
        mention = _trim(span, kind, gazetteer) if kind else None
        if mention:
            yield mention


def _runs(sentence: Span, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield runs of proper nouns with capitals that the recogniser left out."""
    doc, start = sentence.doc, sentence.start
    pos, types, words = columns.pos(doc), columns.entity_types(doc), columns.texts(doc)
    for i in range(sentence.start, sentence.end + 1):
        # a proper noun of no recognised name; the recogniser takes some for numbers
        if i < sentence.end and pos[i] == "PROPN" and types[i] in _NUMBERS and words[i][0].isupper():
            continue
        if i - start > 1 or (i > start and _stands_alone(doc[start], sentence)):
            run = doc[start:i]
            if run.text not in gazetteer.nameless and not all(token.lower_ in gazetteer.titles for token in run):
                yield Mention(start, i, run.text, EntityKind.NAME)
        start = i + 1


def _numbers_name(token: Token, values: set[int]) -> bool:
    """Say whether a figure is the end of the name before it (*FTSE 100*): one that no quantity has claimed."""
    return token.is_digit and len(token) < _YEAR and token.i not in values and token.dep_ in ("nummod", "npadvmod")


def _stands_alone(token: Token, sentence: Span) -> bool:
    """Say whether a proper noun can be a whole name: a word of its own that begins no longer one.

    First in its sentence it owes the capital to that, unless it is the subject.
    """
    opens = token.i <= sentence.start + 1 and not (token.dep_ in SUBJECTS and token.tag_ == "NNP")
    alone = not (opens or token.is_stop or token.dep_ == "compound" or _is_code(token.doc, token.i))
    return alone and len(token) > 2 and token.text[-1].isalnum()


def _words(sentence: Span) -> list[str]:
    return columns.texts(sentence.doc)[sentence.start : sentence.end]


def is_headline(sentence: Span) -> bool:
    """Say whether nearly all long words have a capital."""
    long = [word for word in _words(sentence) if len(word) > 3 and word.isalpha()]
    return len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _trim(span: Span, kind: EntityKind, gazetteer: Gazetteer) -> Mention | None:
    """Take off articles, possessives and what follows a bracket; None when no name is left."""
    start, end = span.start, span.end
    doc = span.doc
    start = _behind_place(doc, start, end, gazetteer)
    for i in range(start + 1, end):
        if doc[i].text in "([\n" or doc[i].is_space:
            end = i
            break
    while start < end and not _begins_name(doc[start].text):
        start += 1
    while end > start and not doc[end - 1].text[-1].isalnum() and not doc[end - 1].text.endswith("."):
        end -= 1
    while end > start and (doc[end - 1].text in ("'s", "’s", "’", "'") or _ends_no_name(doc[end - 1])):
        end -= 1
    name = doc[start:end].text.removesuffix("'s").removesuffix("’s")
    if not name or name in gazetteer.nameless or name in gazetteer.calendar or name.islower() or len(name) < 2:
        return None
    if all(token.lower_ in gazetteer.titles for token in doc[start:end]):
        return None
    if end - start == 1 and _is_code(doc, start):
        return None
    return Mention(start, end, name, kind)


def _behind_place(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Return where a name begins behind a place that possesses it: *Peru's Ministry of Health*."""
    for i in range(start + 1, end - 1):
        if doc[i].text in ("'s", "’s"):
            return i + 1 if gazetteer.is_place(doc[start:i]) else start
    return start


def _ends_no_name(token: Token) -> bool:
    """A name ends in no preposition, article or conjunction (*Port of Rotterdam in*, *Ontario A*)."""
    return (token.pos_ in ("ADP", "CCONJ") and token.is_lower) or token.text in ("A", "An", "The")


def _is_code(doc: Doc, at: int) -> bool:
    """Say whether a token is a ticker or identifier: letters and figures in capitals, in <>, or glued to a colon."""
    word = doc[at].text
    figures = word.isupper() and word.isalnum() and not word.isalpha() and len(word) > 4
    bracketed = 0 < at < len(doc) - 1 and doc[at - 1].text == "<" and doc[at + 1].text == ">"
    return (
        figures
        or bracketed
        or (at > 0 and doc[at - 1].text == ":" and not doc[at - 1].whitespace_ and doc[at].is_upper)
    )


def _begins_name(word: str) -> bool:
    """A name begins with a capital or a figure, not with an article, a quote or a dash."""
    return (word[0].isupper() or word[0].isdigit() or word[1:2].isupper()) and word not in ("The", "A", "An")
