"""spaCy's tokeniser, kept from taking the square of the time over hostile runs of characters without a space.

It strips one affix after the other off a run and looks at the whole rest each time: 20,000 brackets took a minute.
No word of the 1,600 articles of `../shared/gold` and `../shared/bulk` that this was set on has 200 characters.
"""

import re
from collections.abc import Callable

from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import registry

__all__ = ["BoundedTokenizer", "make_tokenizer"]

_LONGEST, _PIECE = 300, 100  # characters of a run that is left whole, and of the pieces of longer ones
_LONG_RUN = re.compile(rf"\S{{{_LONGEST + 1},}}")


class BoundedTokenizer(Tokenizer):  # type: ignore[misc]
    """Gives the tokens of spaCy's tokeniser; runs of more than 300 characters are cut into pieces of 100 before."""

    def __call__(self, string: str) -> Doc:
        """Tokenise a text; the doc's text is the same."""
        cuts = [cut for run in _LONG_RUN.finditer(string) for cut in range(run.start() + _PIECE, run.end(), _PIECE)]
        if not cuts:
            return self._plain(string)
        ends = [*cuts, len(string)]
        docs = [self._plain(string[a:b]) for a, b in zip([0, *cuts], ends, strict=True)]
        words = [token.text for doc in docs for token in doc]
        spaces = [bool(token.whitespace_) for doc in docs for token in doc]
        return Doc(self.vocab, words=words, spaces=spaces)

    def _plain(self, string: str) -> Doc:
        doc: Doc = super().__call__(string)
        return doc


@registry.tokenizers("claimgraph.BoundedTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make the tokeniser with the language's own rules."""

    def make(nlp: Language) -> Tokenizer:
        plain = create_tokenizer()(nlp)
        return BoundedTokenizer(
            nlp.vocab,
            rules=plain.rules,
            prefix_search=plain.prefix_search,
            suffix_search=plain.suffix_search,
            infix_finditer=plain.infix_finditer,
            token_match=plain.token_match,
            url_match=plain.url_match,
        )

    return make
