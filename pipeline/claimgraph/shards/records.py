"""What passes between planning, engines and files."""

from dataclasses import dataclass

from claimgraph.config import Config
from claimgraph.records import Article, Failure

__all__ = ["InputFile", "Piece", "Shard", "Work", "Written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file to read, on this machine or at an address that fsspec knows.

    path: as it is opened. id, named: as in `reading.walk.Found`. size: bytes. version: another one after any change.
    """

    path: str
    id: str
    named: bool
    size: int
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Files that one worker reads in a row; `name` begins the names of their shards."""

    name: str
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """Articles of a piece that go into one pair of files.

    state: digest of everything that the shard depends on. articles: with the paths of their files. passed: files that
    are no articles, and why. last: the piece has no further shard.
    """

    piece: str
    number: int
    state: str
    articles: tuple[tuple[str, Article], ...]
    failures: tuple[Failure, ...]
    passed: tuple[tuple[str, str], ...]
    last: bool

    @property
    def name(self) -> str:
        """Name of its files, without kind and ending."""
        return f"{self.piece}-{self.number:05d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How pieces become shards; the same on every machine of a run.

    output: folder, a path or an address that fsspec knows. size: articles per shard. fingerprint: of the pipeline.
    read_by: fingerprint of the readers.
    """

    output: str
    size: int
    config: Config
    fingerprint: str
    read_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A shard that is complete. kept: it was there before this run. articles, claims: how many it holds."""

    name: str
    state: str
    fingerprint: str
    articles: int
    claims: int
    failures: tuple[Failure, ...]
    passed: tuple[tuple[str, str], ...]
    last: bool
    kept: bool = False
