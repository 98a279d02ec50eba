"""Settings, their safe defaults, and the fingerprint of a pipeline.

This module alone reads the environment, once, in `Config.from_environment`; everything else takes parameters.
"""

import hashlib
import os
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata, resources, util
from importlib.resources.abc import Traversable

__all__ = ["Config", "Limits", "fingerprint", "graph_fingerprint", "preparing_fingerprint", "reading_fingerprint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what one input may cost; over them an article is refused with a clear message.

    file_bytes: size of one file on disk, or of one record, after decompression.
    article_chars: characters of one article's text; spaCy's memory grows with them.
    line_chars: characters of one paragraph; longer ones are no prose.
    compression_ratio: decompressed to compressed bytes; above it a file is a bomb.
    depth: nesting of folders and of HTML elements.
    page_elements: elements of one web page; what finds the article among them takes the square of the time.
    article_numbers: numbers in digits in one article.
    document_seconds: wall time that parsing one PDF or Word file may take.
    article_seconds: wall time that extracting one article may take in a worker process.
    """

    file_bytes: int = 32 * 1024 * 1024
    article_chars: int = 2_000_000
    line_chars: int = 200_000
    compression_ratio: int = 200
    depth: int = 64
    page_elements: int = 50_000
    article_numbers: int = 50_000
    document_seconds: float = 60.0
    article_seconds: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a run is parameterised with.

    overrides: dotted keys of `data/default.cfg` with their new values.
    columns: for records (JSON, CSV, Parquet), pairs of an article's field and the column that holds it.
    """

    limits: Limits = field(default_factory=Limits)
    overrides: tuple[tuple[str, object], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    database: str = "claimgraph.db"

    @classmethod
    def from_environment(cls) -> "Config":
        """Read `CLAIMGRAPH_DB` (path or SQLAlchemy URL of the store); unset means `claimgraph.db` here."""
        return cls(database=os.environ.get("CLAIMGRAPH_DB") or "claimgraph.db")


#: What decides what a claim looks like, and what decides which claims answer one question.
_MAKING = ("stages", "data", "records.py", "vocab.py", "lexicon.py", "build.py")
_GRAPH_DATA = ("measures.toml", "measures_cues.toml", "measures_words.toml", "entities.toml")
_LINKING = ("graph", *(f"data/en/{name}" for name in _GRAPH_DATA))
#: What writes down how a claim is linked.
_PREPARING = (
    "records.py",
    "vocab.py",
    *(f"store/{name}.py" for name in ("preparing", "questionrows", "rows", "words")),
)


@cache
def _code_digest(parts: tuple[str, ...]) -> str:
    """Digest code and data of the package."""
    digest = hashlib.blake2b(digest_size=8)
    root = resources.files("claimgraph")
    for part in parts:
        for name, content in sorted(_walk(root.joinpath(part), part)):
            digest.update(f"{name}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _walk(node: Traversable, name: str) -> list[tuple[str, bytes]]:
    if node.is_file():
        return [(name, node.read_bytes())] if name.endswith((".py", ".toml", ".cfg", ".json")) else []
    return [found for child in node.iterdir() for found in _walk(child, f"{name}/{child.name}")]


def fingerprint(config: Config) -> str:
    """Name the pipeline that makes claims: our code and data, the overrides, and what we build on.

    Two runs with one fingerprint give the same claims for the same article, so an article that was already
    ingested under it is skipped. 16 hexadecimal digits.
    """
    packages = ("spacy", "quantulum3", "dateparser", "babel", "pycountry")
    versions = [f"{name}={metadata.version(name)}" for name in packages]
    content = "\0".join([_code_digest(_MAKING), repr(sorted(config.overrides, key=str)), *versions])
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


@cache
def graph_fingerprint() -> str:
    """Name the code and the lexicons that link claims; a graph that others linked is linked anew."""
    content = f"{_code_digest(_LINKING)}\0pycountry={metadata.version('pycountry')}\0pint={metadata.version('pint')}"
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


@cache
def preparing_fingerprint() -> str:
    """Name the code that works out how claims are linked; what other code worked out is worked out anew."""
    content = f"{graph_fingerprint()}\0{_code_digest(_PREPARING)}"
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def reading_fingerprint(config: Config) -> str:
    """Name what decides whether a file can be read: limits, readers that are installed, our own version.

    A file that failed under another one is tried again, though it did not change. 16 hexadecimal digits.
    """
    readers = [name for name in ("pypdf", "docx", "pyarrow") if util.find_spec(name)]
    content = repr((config.limits, readers, _version()))
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _version() -> str:
    from claimgraph import __version__

    return __version__
