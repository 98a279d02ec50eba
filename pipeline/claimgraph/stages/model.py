"""Load a spaCy model and make it quicker without changing anything that it says.

A profile of the model over the sentences of 100 articles (42 ms each) showed a quarter of the time in matrix products
and a tenth in rules about attributes; looking for the lemmas of words not seen before came on top, as much as a third.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy
import spacy
from spacy.attrs import DEP, IS_SPACE, LOWER, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from claimgraph.errors import ConfigError

__all__ = ["Model", "load_model"]

#: What a rule about one token may ask of it, so that its answer can be kept.
_ASKED = {"LOWER": LOWER, "TAG": TAG, "DEP": DEP, "IS_SPACE": IS_SPACE}
# OpenBLAS adds up products of fewer rows (of less than 96 columns: below 20) in another order, which changes the last
# digit; with this many, a sentence gets the same numbers whatever it is parsed together with.
_ROWS = 32
# Words whose lemmas are remembered: those of about 1,500 articles.
_REMEMBERED = 8192


class Model:
    """A spaCy model whose matrix products stay in one thread, since two cost more than they save on sentences."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._threads = ThreadpoolController()

    def parse(self, docs: Iterable[Doc], *, batch_size: int) -> list[Doc]:
        """Annotate docs, in order."""
        with self._threads.limit(limits=1, user_api="blas"):
            return list(self.language.pipe(docs, batch_size=batch_size))


def load_model(names: Sequence[str], nlp: Language) -> Model:
    """Load the first model that is installed, sharing the pipeline's vocabulary.

    Raises:
        ConfigError: none is installed.
    """
    for name in names:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            language = spacy.load(name, vocab=nlp.vocab)
            _quicken(language)
            return Model(language)
    raise ConfigError("components.claimgraph_parse.models", names, "an installed spaCy model for English")


def _quicken(language: Language) -> None:
    ops = _Products()
    for _, pipe in language.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") and hasattr(pipe.model, "walk") else ():
            node.ops = ops
        if isinstance(pipe, Lemmatizer) and "lemma_index" in pipe.lookups:
            _index(pipe)
            pipe.cache = _Lemmas()
        if isinstance(pipe, AttributeRuler):
            pipe.match = _Rules(pipe).match  # type: ignore[method-assign]


def _index(lemmatizer: Lemmatizer) -> None:
    """Make sets of the word lists: spaCy looks for every unseen word in lists of up to 50,000."""
    table = lemmatizer.lookups.get_table("lemma_index")
    for part, words in list(table.items()):
        table[part] = frozenset(words)


class _Lemmas(dict[tuple[int, int], list[str]]):
    """Remembers the lemmas of so many words, where spaCy would remember those of all that it ever met."""

    def __setitem__(self, word: tuple[int, int], lemmas: list[str]) -> None:
        if len(self) >= _REMEMBERED:
            self.clear()
        super().__setitem__(word, lemmas)


class _Products(NumpyOps):  # type: ignore[misc]
    """Multiplies by NumPy's BLAS, on most processors three times as fast as the one that comes with thinc."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Multiply two matrices; each row's product depends on this row alone, to the last digit."""
        rows = len(x)
        if trans1 or rows >= _ROWS:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        padded = numpy.zeros((_ROWS, x.shape[1]), dtype=x.dtype)
        padded[:rows] = x
        product = super().gemm(padded, y, trans2=trans2)[:rows]
        if out is None:
            return product
        out[:] = product
        return out


class _Rules:
    """Matches an attribute ruler's patterns, most of which speak of one token by tag, dependency and a few words.

    What they say about a kind of token is asked of spaCy once; the other patterns are matched as ever.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self.strings = ruler.vocab.strings
        self.simple, self.others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self.words: set[int] = set()
        self._known: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            for pattern in patterns:
                words = _words(pattern)
                self.words.update(map(self.strings.add, words or ()))
                (self.others if words is None else self.simple).add(str(number), [pattern])

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Return rule, its name's key, and tokens of each match, sorted, as `AttributeRuler.match` does."""
        found = []
        for at, (lower, *asked) in enumerate(doc.to_array(list(_ASKED.values())).tolist()):
            key = (lower if lower in self.words else 0, *asked)
            if key not in self._known:
                here = self.simple(doc[at : at + 1], allow_missing=True)
                self._known[key] = [(int(self.strings[name]), name) for name, _, _ in here]
            found += [(rule, name, at, at + 1) for rule, name in self._known[key]]
        others = self.others(doc, allow_missing=True)
        return sorted([*found, *((int(self.strings[name]), name, start, end) for name, start, end in others)])


def _words(pattern: list[dict[str, Any]]) -> list[str] | None:
    """Return the words that a pattern about one token speaks of; None where it asks for more."""
    if len(pattern) > 1 or not pattern[0].keys() <= _ASKED.keys():
        return None
    lower = pattern[0].get("LOWER", ())
    if isinstance(lower, str):
        return [lower]
    words = lower.get("IN") if isinstance(lower, dict) and lower.keys() == {"IN"} else lower
    return list(words) if isinstance(words, list | tuple) else None
