"""What a stage is: a pure function from a doc and records to records, registered as a spaCy component.

`@stage` registers the factory, reads and writes the slots on the doc, checks the contract (records sorted,
disjoint, one per input where promised) and names stage and article in whatever goes wrong. Slots are extension
attributes `doc._.claimgraph_<record>`; `None` means that the stage did not run, `()` that it found nothing.
"""

import dataclasses
import functools
import inspect
import itertools
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from claimgraph import records
from claimgraph.errors import ClaimGraphError, StageError, StageOrderError
from claimgraph.records import Article, Claim
from claimgraph.stages.columns import Columns

__all__ = ["STAGES", "Stage", "StageRun", "attach_article", "read", "read_article", "stage", "text_of", "write"]

Record = TypeVar("Record")
StageRun = Callable[..., Iterable[Any]]

_TEXT = "claimgraph_text"

#: Every registered stage by factory name: what it reads, what it writes.
STAGES: dict[str, tuple[tuple[type, ...], type | None]] = {}


def _slot(record: type) -> str:
    return f"claimgraph_{record.__name__.lower()}"


def read(doc: Doc, record: type[Record]) -> tuple[Record, ...]:
    """Read the records that a stage wrote on this doc.

    Raises:
        StageOrderError: the stage that writes this record has not run.
    """
    held = getattr(doc._, _slot(record))
    if held is None:
        writer = next((name for name, (_, writes) in STAGES.items() if writes is record), "a stage")
        raise StageOrderError("(reader)", record.__name__, writer)
    return tuple(_revive(item) for item in held)


def write(doc: Doc, record: type[Record], found: tuple[Record, ...]) -> None:
    """Put a stage's records into its slot."""
    setattr(doc._, _slot(record), found)


def attach_article(doc: Doc, article: Article) -> Doc:
    """Tell the doc which article it is; `doc.text` must be `article.text`."""
    doc._.claimgraph_article = article
    return doc


def read_article(doc: Doc) -> Article:
    """Return the doc's article; a doc made from a bare string is an article without title or date."""
    held = doc._.claimgraph_article
    return Article(id="", title="", body=doc.text) if held is None else _revive(held)


def text_of(doc: Doc) -> str:
    """Return the doc's text, made once: `doc.text` joins all tokens anew whenever it is asked for."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    text: str = doc.user_data[_TEXT]
    return text


def _get_claims(doc: Doc) -> tuple[Claim, ...]:
    return read(doc, Claim)


def _register_extensions() -> None:
    """Register the slots; a name that another package took is refused by spaCy, not overwritten."""
    slots = (
        Article,
        records.NumberMention,
        records.Quantity,
        records.Topic,
        records.Timing,
        records.Stance,
        records.Attribution,
        records.Relative,
        Claim,
    )
    for record in slots:
        if not Doc.has_extension(_slot(record)):
            Doc.set_extension(_slot(record), default=None)
    if not Doc.has_extension("claims"):
        Doc.set_extension("claims", getter=_get_claims)


class Stage:
    """A spaCy component made of one pure `run`; see the module's docstring for its contract."""

    def __init__(self, name: str, reads: tuple[type, ...], writes: type, each: type | None, run: StageRun) -> None:
        self.name, self.reads, self.writes, self.each, self.run = name, reads, writes, each, run

    def __call__(self, doc: Doc) -> Doc:
        """Run the stage on one doc.

        Raises:
            StageError: the stage failed or broke its contract; names stage and article, the cause is chained.
        """
        inputs: tuple[Any, ...] = tuple(
            read_article(doc) if record is Article else read(doc, record) for record in self.reads
        )
        try:
            found = tuple(self.run(doc, *inputs))
        except ClaimGraphError:
            raise
        except Exception as error:
            raise StageError(self.name, read_article(doc).id, f"{type(error).__name__}: {error}") from error
        self._check(doc, found)
        write(doc, self.writes, found)
        return doc

    def _check(self, doc: Doc, found: tuple[Any, ...]) -> None:
        """Records must be sorted and disjoint, and one per `each` where the stage promised so."""
        spans = [(item.start, item.end) for item in found]
        if any(after[0] < before[1] for before, after in itertools.pairwise(spans)):
            raise StageError(self.name, read_article(doc).id, "its records overlap or are not sorted by start")
        if self.each is not None:
            one_for: tuple[Any, ...] = read(doc, self.each)
            wanted = [(item.start, item.end) for item in one_for]
            if spans != wanted:
                raise StageError(
                    self.name,
                    read_article(doc).id,
                    f"it must write one record per {self.each.__name__}, same order",
                )


def stage(
    name: str, *, reads: tuple[type, ...], writes: type, each: type | None = None
) -> Callable[[Callable[..., StageRun]], Callable[..., StageRun]]:
    """Register a stage as the spaCy factory `name`.

    Args:
        name: factory name; starts with `claimgraph_`.
        reads: records handed to `run` after the doc, in this order; `Article` gives the one article.
        writes: the record that `run` yields.
        each: the record of which every one gets exactly one output record, in the same order.

    The decorated function takes `nlp` and annotated options, whose defaults are its own, and returns `run`.
    """

    def register(make: Callable[..., StageRun]) -> Callable[..., StageRun]:
        @functools.wraps(make)
        def factory(nlp: Language, name: str, **options: Any) -> Stage:
            return Stage(name, reads, writes, each, make(nlp, **options))

        signature = inspect.signature(make)
        first, *options = signature.parameters.values()
        label = inspect.Parameter("name", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=str)
        factory.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[first, label, *options], return_annotation=Stage
        )
        defaults = {o.name: o.default for o in options if o.default is not inspect.Parameter.empty}
        Language.factory(
            name,
            func=factory,
            default_config=defaults,
            requires=[f"doc._.{_slot(record)}" for record in reads if record is not Article],
            assigns=[f"doc._.{_slot(writes)}"],
        )
        STAGES[name] = (tuple(record for record in reads if record is not Article), writes)
        return make

    return register


# Records on a doc must survive `Doc.to_bytes` and a trip to another process. srsly's msgpack knows
# neither dataclasses, Decimal, enums nor dates, so they travel as tagged plain values.

_TAG = "__claimgraph__"


@srsly.msgpack_encoders("claimgraph")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Encode what msgpack does not know."""
    if dataclasses.is_dataclass(value) and type(value).__module__ == records.__name__:
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return {_TAG: type(value).__name__, **fields}
    if isinstance(value, Decimal):
        return {_TAG: "Decimal", "value": str(value)}
    if isinstance(value, date):
        return {_TAG: "date", "value": value.isoformat()}
    if isinstance(value, Columns):
        return None
    return value if chain is None else chain(value)


def _revive(value: Any) -> Any:
    """Turn tagged plain values back into records; records pass as they are."""
    if not isinstance(value, dict) or _TAG not in value:
        return value
    tag = value[_TAG]
    if tag == "Decimal":
        return Decimal(value["value"])
    if tag == "date":
        text = value["value"]
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    record = getattr(records, tag)
    hints = typing.get_type_hints(record)
    return record(**{key: _restore(item, hints[key]) for key, item in value.items() if key != _TAG})


def _restore(value: Any, hint: Any) -> Any:
    """Give a revived field its annotated type: lists back to tuples, strings back to enums."""
    if isinstance(value, dict):
        return _revive(value)
    if isinstance(value, list | tuple):
        return tuple(_revive(item) for item in value)
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    enum = next((o for o in options if isinstance(o, type) and issubclass(o, Enum)), None)
    return enum(value) if enum is not None and isinstance(value, str) else value


def iterate_sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the character range of every sentence, surrounding white space left out."""
    whole = text_of(doc)
    for sentence in doc.sents:
        begin, end = sentence.start_char, sentence.end_char
        text = whole[begin:end]
        start = end - len(text.lstrip())
        if start < end:
            yield start, begin + len(text.rstrip())


_register_extensions()
