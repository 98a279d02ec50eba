"""The names of one article, and the fullest one for each short form.

Names are read from the letters, not only from the entity recogniser: most sentences are not parsed, and a
speaker's full name often stands in one of them.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice, takewhile

from spacy.tokens import Doc, Span

from claimgraph.stages import columns
from claimgraph.stages.attribution.lexicon import Lexicon
from claimgraph.stages.base import text_of

__all__ = ["Names"]

# Longer runs of capitals are headlines and lists, not names.
_LONGEST = 9

# A word stands in few names; in a list of thousands of them the first ones will do.
_MOST = 50

_BRACKETED = re.compile(r"[(<]([A-Z][A-Z.&]{1,7})[)>]")

_NAMING = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"})


class Names:
    """The names of an article with their counts, by word, and the short forms that stand for them."""

    def __init__(self, doc: Doc, title: str, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._labels: dict[tuple[str, ...], str] = {}
        counts: Counter[tuple[str, ...]] = Counter()
        acronyms: dict[str, tuple[str, ...]] = {}
        self._in_body: Counter[tuple[str, ...]] = Counter()
        runs = list(_runs(doc, lexicon))
        body = {words[-1] for start, words, _ in runs if start >= len(title)}
        for start, words, label in runs:
            if start < len(title) and len(words) > 1 and words[-1] in body and label == "PERSON":
                continue  # title case runs verbs and names together; the body knows the name
            counts[words] += 1
            if start >= len(title) and label == "ORG" and words[0][0].isupper():
                self._in_body[words] += 1
            if label:
                self._labels.setdefault(words, label)
            if len(words) > 2:
                acronyms.setdefault(_initials(words, lexicon), words)

        for short, words in _defined(doc, lexicon):
            acronyms[short] = words
            counts[words] += 1
            self._labels.setdefault(words, "ORG")
        self._counts, self._acronyms = counts, acronyms
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        for words in counts:
            for word in set(words):
                self._by_word.setdefault(word.lower(), []).append(words)
        self._roles = _roles(doc, lexicon)
        self._main: str | None = None
        self._find_main(title)

    def _find_main(self, title: str) -> None:
        """The main company: the organisation of the headline that the body names most, else of the body alone."""
        titled = Counter({words: n for words, n in self._in_body.items() if words[0] in title})
        best = (titled or self._in_body).most_common(1)
        self._main = self.fullest(" ".join(best[0][0])) if best else None

    @property
    def main(self) -> str | None:
        """The organisation that the article is about, for *the company*."""
        return self._main

    def knows(self, name: str) -> bool:
        """Say whether it is a name of the article, or looks like the style of one (Lenn County Sheriff Office)."""
        words = name.split()
        capitals = all(word[0].isupper() for word in (words[0], words[-1]))
        return capitals and (len(words) > 1 or tuple(words) in self._counts)

    def is_known(self, name: str) -> bool:
        """Say whether the recogniser took the name, or a longer form of it, for a person or body somewhere."""
        words = tuple(name.split())
        labels = (self._labels.get(other) for other in (words, *self._holding(words)))
        return any(label in ("PERSON", "ORG") for label in labels)

    def is_person(self, name: str) -> bool:
        """Say whether the recogniser took the name, or a longer form of it, for a person."""
        words = tuple(name.split())
        if words in self._labels:
            return self._labels[words] == "PERSON"
        return any(self._labels.get(other) == "PERSON" for other in self._holding(words))

    def may_be_person(self, name: str) -> bool:
        """Say whether a name that the recogniser never saw looks like a person's: two or three words, no firm's."""
        words = tuple(name.split())
        if words in self._labels or not 2 <= len(words) <= 3:
            return False
        plain = all(word[0].isupper() and not word.isupper() for word in words)
        bodies = ("holder", "actor", "company", "press", "speaker", "link", "expecter")
        return plain and not any(word.lower() in self._lexicon[kind] for word in words for kind in bodies)

    def in_role(self, titles: frozenset[str], before: int) -> str | None:
        """Return the name that has one of these titles in front of it, the nearest one before a token or the first."""
        held = [self._roles[title] for title in titles if title in self._roles]
        nearest = [named[max(0, bisect_left(named, (before, "")) - 1)] for named in held]
        best = max(nearest, key=lambda found: (found[0] < before, found[0]), default=None)
        return self.fullest(best[1]) if best else None

    def _holding(self, words: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Names that hold all these words."""
        lists = [self._by_word.get(word.lower(), [])[:_MOST] for word in words]
        shortest: list[tuple[str, ...]] = min(lists, key=len, default=[])
        wanted = {word.lower() for word in words}
        return [other for other in shortest if wanted <= {word.lower() for word in other}]

    def fullest(self, name: str) -> str:
        """Return the article's fullest name for a short one; the name itself where several would do."""
        known = self._lexicon.long.get(name)
        if known is not None and all(word in self._by_word for word in known.lower().split()):
            name = known
        words = tuple(name.split())
        if len(words) == 1:
            plain = name.replace(".", "")
            if plain.isupper() and len(plain) > 1:
                return self._spelt_out(plain) or name
        longer = [other for other in self._holding(words) if len(other) > len(words) and self._extends(other, words)]
        if not longer:
            return name
        best = max(longer, key=lambda other: (self._counts[other], len(other)))
        if all(set(other) <= set(best) or set(best) <= set(other) for other in longer):
            return " ".join(sorted(longer, key=len)[-1])
        return " ".join(best) if self._counts[best] > 1 else name

    def _spelt_out(self, short: str) -> str | None:
        """Return the name that a run of capitals abbreviates."""
        if short in self._acronyms:
            return " ".join(self._acronyms[short])
        for initials, words in islice(self._acronyms.items(), _MOST):
            if len(short) > 2 and _abbreviates(short, initials):
                return " ".join(words)
        return None

    def _extends(self, longer: tuple[str, ...], words: tuple[str, ...]) -> bool:
        """Say whether the longer name is the same one: a surname's person, an institute's full style."""
        label, other = self._labels.get(words), self._labels.get(longer, "PERSON")
        if other == "PERSON":
            return longer[-len(words) :] == words and len(longer) <= 4 and label != "GPE"
        added = {word.lower() for word in longer[len(words) :]}
        same = longer[: len(words)] == words and not added & self._lexicon["preposition"]
        return label in (None, other) and other == "ORG" and same

    def with_head(self, noun: str, *, recognised: bool = False) -> str | None:
        """Return the name whose words hold a common noun: *the ministry* → Ministry of Fisheries.

        recognised: only organisations in the body count, no run of capitals (headlines have *Data* and *Report*).
        """
        holding = self._by_word.get(noun.lower(), [])[:_MOST]
        holding = [words for words in holding if self._in_body[words]] if recognised else holding
        best = max(holding, key=lambda words: (self._counts[words], len(words)), default=None)
        return " ".join(best) if best and len(best) > 1 else None


def _roles(doc: Doc, lexicon: Lexicon) -> dict[str, list[tuple[int, str]]]:
    """Return by title where it stands before names, with the names, in order."""
    words, found = columns.texts(doc), dict[str, list[tuple[int, str]]]()
    for match in lexicon.titled.finditer(text_of(doc)):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        run = list(takewhile(_capital, words[span.end - 1 : span.end + 2])) if span is not None else []
        if span is not None and run:
            found.setdefault(match[1].lower(), []).append((span.start, " ".join(run)))
    return found


def _defined(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield names with their initials behind them in brackets, or with a ticker, whose initials need not be those.

    *Office for National Statistics (ONS)*, *Acme and Sons Ltd <ACM.L>*.
    """
    for match in _BRACKETED.finditer(text_of(doc)):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        end, ticker = (span.start, match[0][0] == "<") if span is not None else (0, False)
        words = _listed_before(doc, end, lexicon) if ticker else _named_before(doc, end, match[1], lexicon)
        if len(words) > 1:
            yield (_initials(words, lexicon) if ticker else match[1]), words


def _listed_before(doc: Doc, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the firm's name that ends before a ticker: the run of capitals and links."""
    start = end
    while start > max(0, end - _LONGEST) and (
        _capital(doc[start - 1].text) or doc[start - 1].lower_ in lexicon["link"]
    ):
        start -= 1
    while start < end and doc[start].lower_ in lexicon["link"]:
        start += 1
    return _strip(tuple(token.text for token in doc[start:end]), lexicon)


def _named_before(doc: Doc, end: int, short: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the name that ends before a token and whose initials are these; empty where there is none."""
    start = end
    while start > max(0, end - _LONGEST) and (
        _capital(doc[start - 1].text) or doc[start - 1].lower_ in lexicon["link"]
    ):
        start -= 1
    for first in range(start, end):
        words = tuple(token.text for token in doc[first:end])
        if words[0][0] == short[0] and len(words) > 1 and _abbreviates(short, _initials(words, lexicon)):
            while first - 2 >= start and doc[first - 1].lower_ in lexicon["link"]:  # the Department of
                first -= 2
            words = tuple(token.text for token in doc[first:end])
            place = doc[first - 1].text if first else ""
            return (place, *words) if "." in place and place.isupper() else words
    return ()


def _initials(words: tuple[str, ...], lexicon: Lexicon) -> str:
    """Return the letters of a name's words: *U.S. Geological Survey* gives USGS."""
    letters = []
    for word in words:
        if word.lower() not in lexicon["link"] and word[0].isupper():
            letters.append(word.replace(".", "") if "." in word else word[0])
    return "".join(letters)


def _abbreviates(short: str, initials: str) -> bool:
    """Say whether the letters stand for the name: all of them in order, or its end (HHS for USDHHS)."""
    if len(short) < 2 or not initials:
        return False
    rest = iter(initials)
    return initials.endswith(short) or (initials[0] == short[0] and all(letter in rest for letter in short))


def _runs(doc: Doc, lexicon: Lexicon) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield start, words and label of the recogniser's names, then of runs of capitalised words outside of them."""
    for entity in doc.ents:
        if entity.label_ in _NAMING:
            words = _strip(tuple(_hyphened(entity)), lexicon)
            if words and len(words) <= _LONGEST:
                yield entity.start_char, words, entity.label_
    texts, named = columns.texts(doc), columns.entity_types(doc)
    for capital, group in groupby(range(len(doc)), key=lambda i: _capital(texts[i]) and not named[i]):
        run = list(group)
        if capital and 2 <= len(run) <= 4:
            words = _strip(tuple(texts[run[0] : run[-1] + 1]), lexicon)
            if len(words) >= 2:
                yield doc[run[0]].idx, words, ""


def _hyphened(entity: Span) -> Iterator[str]:
    """Yield the words of a name, what hyphens join as one: *al-Kodra*, *Jean-Claude*."""
    word = ""
    for token in entity:
        word += "" if token.is_space else token.text
        following = token.nbor() if token.i + 1 < entity.end else None
        joined = following is not None and not token.whitespace_ and "-" in (token.text, following.text)
        if word and not joined:
            yield word
            word = ""


def _strip(words: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Take articles, openers of sentences, titles and the possessive off a name."""
    off = lexicon["title"] | lexicon["opener"] | lexicon["preposition"] | {"the", "a"}
    while words and words[0].lower().rstrip(".") in off:
        words = words[1:]
    for position, word in enumerate(words):
        if not word[0].isalnum() and word != "&":
            return words[:position]
    return words


def _capital(word: str) -> bool:
    return word.isalpha() and word[0].isupper() and len(word) > 1
