"""Take out the articles whose files are gone, and those that are no longer in their files.

What is not there is told from what was met: every file that the run walked past, and, of the files that it read to
their end, every article. Whatever could not be read keeps its articles: nobody knows what is in it now.
"""

from dataclasses import dataclass
from pathlib import PurePath

from sqlalchemy import Connection, delete, select

from claimgraph.errors import ConfigError
from claimgraph.reading.formats import split_ending
from claimgraph.records import Article, Failure
from claimgraph.store.attach import retract, settle
from claimgraph.store.retracting import RETRACTED
from claimgraph.store.rows import chunks, safe
from claimgraph.store.schema import article, failure, file

__all__ = ["Census", "Gone", "forget_files", "gone", "take_out"]


class Census:
    """What a run met below the folders that it was given."""

    def __init__(self) -> None:
        self.walked: set[str] = set()
        self.unread: set[str] = set()
        self._articles: dict[str, set[str]] = {}

    def file(self, path: str) -> None:
        """Take note of a file that is there."""
        self.walked.add(path)

    def met(self, path: str, item: Article | Failure) -> None:
        """Take note of an article in a file that is read, or of a file or folder that could not be, or not wholly."""
        if isinstance(item, Article):
            self._articles.setdefault(path, set()).add(safe(item.id))
        else:
            self.unread.add(path)

    def holds(self, path: str, uid: str | None = None) -> bool:
        """Say whether a file, or an article in it, may still be where it was."""
        if path in self.unread or any(path.startswith(f"{unread}/") for unread in self.unread):
            return True
        return path in self.walked and (uid is None or path not in self._articles or uid in self._articles[path])

    def check(self, folders: list[str]) -> None:
        """Refuse to conclude anything from a folder without files.

        Raises:
            ConfigError: there is one, or there are no folders at all.
        """
        if not folders:
            raise ConfigError("--prune", "no folder", "with folders; of files that are named nothing is gone")
        for folder in folders:
            if not any(path.startswith(f"{folder}/") for path in self.walked):
                allowed = (
                    "with folders that hold files; in an empty one a disk may be missing: `retract` takes out by name"
                )
                raise ConfigError("--prune", folder, allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An article that is no longer there. path: of the file that it was in."""

    uid: str
    path: str

    @property
    def may_be_elsewhere(self) -> bool:
        """Whether another file may hold it too: its id is its own (a url), not its file's name."""
        name = PurePath(self.path).name
        return PurePath(self.uid).name not in (name, split_ending(name)[0])


def gone(connection: Connection, folders: list[str], census: Census) -> list[Gone]:
    """Find the articles of files below folders (absolute paths) that a run did not meet."""
    asked = select(article.c.uid, article.c.path).where(article.c.path.is_not(None)).order_by(article.c.uid)
    roots = tuple(f"{folder}/" for folder in folders)
    rows = ((uid, path) for uid, path in connection.execute(asked) if path.startswith(roots))
    return [Gone(uid=uid, path=path) for uid, path in rows if not census.holds(path, uid)]


def take_out(connection: Connection, found: list[Gone], run: int) -> None:
    """Retract articles, with everything that hung on them.

    An article whose id is its own may also be in a file that was skipped because it did not change: then what is
    known of files is forgotten, and the caller reads them once more.
    """
    retract(connection, [item.uid for item in found], run)
    settle(connection, run)
    if any(item.may_be_elsewhere for item in found):
        connection.execute(delete(file))


def forget_files(connection: Connection, folders: list[str], census: Census) -> None:
    """Forget files below folders that are gone, and what failed in them."""
    roots = tuple(f"{folder}/" for folder in folders)
    for table in (file, failure):
        paths = connection.scalars(select(table.c.path).where(table.c.path.is_not(None)).distinct())
        lost = [path for path in paths if path.startswith(roots) and not census.holds(path)]
        for part in chunks(lost):
            lasting = [failure.c.stage != RETRACTED] if table is failure else []
            connection.execute(delete(table).where(table.c.path.in_(part), *lasting))
