"""Everything that claimgraph raises.

ClaimGraphError
  ConfigError (ValueError)    which key, which value, what is allowed
    StageOrderError           which stage, what it reads, who should have written it
  LexiconError (ValueError)   file, entry, problem
  ArticleError (ValueError)   path or id, problem
  FetchError                  address, problem, whether asking again may help and after how long
  StageError                  stage, article; the cause is chained
  ShardError                  folder or file of shards, problem
  StoreError                  what went wrong with the store
    SchemaVersionError        found, expected, the command that migrates
  EvaluationError             what is wrong with corpus or annotation

Facts are positional attributes, so that errors survive pickling between processes; `__str__` builds the text.
The library raises; only `claimgraph.cli` turns errors into exit codes.
"""

__all__ = [
    "ArticleError",
    "ClaimGraphError",
    "ConfigError",
    "EvaluationError",
    "FetchError",
    "LexiconError",
    "SchemaVersionError",
    "ShardError",
    "StageError",
    "StageOrderError",
    "StoreError",
]


class ClaimGraphError(Exception):
    """Any failure that claimgraph itself reports."""


class ConfigError(ClaimGraphError, ValueError):
    """A setting has a value that is not allowed."""

    def __init__(self, key: str, value: object, allowed: str) -> None:
        super().__init__(key, value, allowed)
        self.key, self.value, self.allowed = key, value, allowed

    def __str__(self) -> str:
        return f"{self.key} is {self.value!r}; allowed: {self.allowed}"


class StageOrderError(ConfigError):
    """A stage runs before the stage whose record it reads."""

    def __init__(self, stage: str, reads: str, writer: str) -> None:
        super().__init__(stage, reads, writer)
        self.stage, self.reads, self.writer = stage, reads, writer

    def __str__(self) -> str:
        return f"stage {self.stage} reads {self.reads}, which {self.writer} must have written before it"


class LexiconError(ClaimGraphError, ValueError):
    """A lexicon file holds an entry that cannot be used."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(file, entry, problem)
        self.file, self.entry, self.problem = file, entry, problem

    def __str__(self) -> str:
        return f"{self.file}: entry {self.entry!r}: {self.problem}"


class ArticleError(ClaimGraphError, ValueError):
    """An article cannot be read; the message names it and says what to do."""

    def __init__(self, article: str, problem: str) -> None:
        super().__init__(article, problem)
        self.article, self.problem = article, problem

    def __str__(self) -> str:
        return f"{self.article}: {self.problem}"


class FetchError(ClaimGraphError):
    """A page cannot be fetched.

    again: seconds after which asking again may help; 0 for soon, None for not in this run.
    lasting: False if another run may have more luck.
    """

    def __init__(self, url: str, problem: str, again: float | None = None, lasting: bool = True) -> None:
        super().__init__(url, problem, again, lasting)
        self.url, self.problem = url, problem
        self.again, self.lasting = again, lasting and again is None

    def __str__(self) -> str:
        return f"{self.url}: {self.problem}"


class ShardError(ClaimGraphError):
    """Shards cannot be made, written or read."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place, self.problem = place, problem

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class StageError(ClaimGraphError):
    """A stage failed on an article or broke its contract; the cause is chained."""

    def __init__(self, stage: str, article: str, problem: str) -> None:
        super().__init__(stage, article, problem)
        self.stage, self.article, self.problem = stage, article, problem

    def __str__(self) -> str:
        return f"{self.article}: stage {self.stage}: {self.problem}"


class StoreError(ClaimGraphError):
    """The store cannot be opened, read or written."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem


class SchemaVersionError(StoreError):
    """The store was written by another version of claimgraph."""

    def __init__(self, found: int, expected: int) -> None:
        Exception.__init__(self, found, expected)
        self.found, self.expected = found, expected
        self.problem = f"the store has schema version {found}, this claimgraph expects {expected}; " + (
            "upgrade claimgraph" if found > expected else "run `claimgraph doctor --migrate`"
        )


class EvaluationError(ClaimGraphError):
    """A corpus or its annotation cannot be scored."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return self.problem
