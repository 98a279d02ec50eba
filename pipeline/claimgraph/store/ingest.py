"""Bring articles into the store: skip what is known, extract the rest, attach one article a transaction.

A file is skipped by a stat call when path, size, modification time and pipeline are those of a file that was read to
its end. Inside a file that changed, articles are told apart by a digest of their content. What was not written down
when the process died is simply read again.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from os import stat_result
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, delete, func, select

from claimgraph.extraction import Outcome
from claimgraph.reading import Source
from claimgraph.records import Article, Failure
from claimgraph.store.pruning import Census, Gone, forget_files, gone, take_out
from claimgraph.store.report import Progress, Report
from claimgraph.store.retracting import RETRACTED, retracted
from claimgraph.store.rows import article_digest, chunks, hash63, safe
from claimgraph.store.schema import article, failure, file, observation, run, stale, ungrouped
from claimgraph.store.store import Store
from claimgraph.store.totals import totals

if TYPE_CHECKING:
    from claimgraph.store.ahead import Ahead
    from claimgraph.store.preparing import Attachment, Prepared

__all__ = ["Ingest"]

_Given = TypeVar("_Given", "Article", "Attachment")

Extract = Callable[[Iterator[Article]], Iterable[tuple[Article, Outcome]]]

_LOOKED_UP = 64  # articles per question whether they are known
_PUT_OFF = 256  # articles after which the work that hot observations put off is done


@dataclass(slots=True)
class _Book:
    """How far one file is: articles and failures met, and articles that are still being extracted.

    whole: no article was left for another run; a file with such an article is not put down as done.
    """

    source: Source
    articles: int = 0
    failures: int = 0
    pending: int = 0
    read: bool = False
    whole: bool = True


@dataclass(slots=True)
class _Waiting:
    """An article on its way through extraction; `known` if the graph has another version of it."""

    article: Article
    digest: str
    book: _Book
    known: bool


@dataclass(slots=True)
class _Due:
    """What the next transaction writes besides an article."""

    failures: list[tuple[Failure, str | None, _Book]] = field(default_factory=list)
    books: list[_Book] = field(default_factory=list)


class Ingest:
    """One run over sources; `steps` does the work, `report` says afterwards what was done."""

    def __init__(
        self,
        store: Store,
        fingerprint: str,
        *,
        started: str | None = None,
        since: date | None = None,
        limit: int | None = None,
        census: Census | None = None,
        columns: tuple[tuple[str, str], ...] = (),
        read_by: str = "",
    ) -> None:
        """Read which files are known.

        Args:
            store: open for writing.
            fingerprint: of the pipeline that extracts.
            started: moment to write down for this run, ISO 8601; there is no clock in here.
            since: only articles published on this day or later, undated ones not; the others wait for another run.
            limit: extract at most so many articles; the others wait for another run.
            census: takes note of what is met, for `prune`.
            columns: how records are read; read in another way, a file is another one.
            read_by: fingerprint of what reads; files that failed under another one are tried again.
        """
        self._columns, self._read_by = columns, read_by
        self._since, self._limit, self._census = since, limit, census
        self._store, self._fingerprint, self._started = store, fingerprint, started
        self._run: int | None = None
        self._counts: Counter[str] = Counter()
        self._failed: list[Failure] = []
        self._steps: deque[Progress] = deque()
        self._waiting: deque[_Waiting] = deque()
        self._due = _Due()
        self._book: _Book | None = None
        with store.view() as connection:
            rows = connection.execute(select(file.c.state, file.c.articles, file.c.failures))
            self._files = {state: (articles, failures) for state, articles, failures in rows}
            self._retracted = retracted(connection)

    def skip(self, path: Path, stat: stat_result) -> bool:
        """Tell whether a file is as it was when it was read; counts its articles as unchanged if so."""
        return self.is_known(Source.of(path, stat))

    def is_known(self, source: Source) -> bool:
        """Tell whether a file is as it was when it was read; counts its articles as unchanged if so."""
        if self._census:
            self._census.file(source.path)
        known = self._files.get(self._state(source)) or self._files.get(self._state(source, failed=True))
        if known is None:
            return False
        articles, failures = known
        self._counts.update(unchanged=articles, by_stat=articles, known_failures=failures)
        return True

    def _state(self, source: Source, *, failed: bool = False) -> int:
        parts = (source.path, source.size, source.mtime_ns, self._fingerprint, *self._columns)
        return hash63(*parts, *([self._read_by] if failed and self._read_by else []))

    def steps(self, sources: Iterable[tuple[Source, Article | Failure]], extract: Extract) -> Iterator[Progress]:
        """Ingest, and yield a step for every article that is done; skipped files yield none.

        Args:
            sources: articles with the files that they come from, those of one file in a row.
            extract: from articles to their claims, in the same order; not called if nothing is new.
        """
        fresh = self._fresh(sources)
        first = next(fresh, None)
        if first is not None:
            for one, outcome in extract(_chain(first, fresh)):
                self._finish(one, outcome)
                yield from self._drain()
        self._write_rest()
        yield from self._drain()

    def steps_extracted(
        self, sources: "Iterable[tuple[Source, Attachment | Failure]]", workers: int | None = None
    ) -> Iterator[Progress]:
        """Ingest articles whose claims are known, many in a transaction, and yield the steps of `steps`.

        Args:
            sources: as for `steps`. The pipeline that made an article's claims is the attachment's, not this run's.
            workers: processes besides this one that prepare articles; see `bulk.prepared`.
        """
        from claimgraph.store.ahead import looked_ahead
        from claimgraph.store.bulk import batches, prepared
        from claimgraph.store.preparing import prepare

        for batch, ahead in looked_ahead(
            self._store, batches(prepared(prepare, self._fresh(sources), workers)), workers
        ):
            self._attach_batch(batch, ahead)
            yield from self._drain()
        self._write_rest()
        yield from self._drain()

    def _write_rest(self) -> None:
        """Write what is due after the last article, and do what was put off."""
        self._close_book(None)
        unsettled = self._run is not None or self._is_unsettled()
        if self._due.failures or self._due.books or unsettled:
            with self._store.writer() as connection:
                self._flush(connection)
                if unsettled:
                    self._complete(connection)

    def _attach_batch(self, batch: "Sequence[Prepared]", ahead: "Ahead | None") -> None:
        from claimgraph.store.attach import attach_prepared
        from claimgraph.store.bulk import writer

        items = {item.row["uid"]: item for item in batch}
        with writer(self._store) as connection:
            attach_prepared(connection, list(items.values()), self._number(connection), ahead)
            for item in batch:
                self._count(self._waiting.popleft(), len(item.claims))
            self._flush(connection)

    def _count(self, waiting: _Waiting, claims: int) -> None:
        """Put an article down as attached."""
        kind = "changed" if waiting.known else "new"
        self._counts.update({kind: 1, "claims": claims})
        self._steps.append(Progress(article=waiting.article.id, outcome=kind, claims=claims))
        waiting.book.articles += 1
        waiting.book.pending -= 1
        self._settle(waiting.book)

    def _drain(self) -> Iterator[Progress]:
        while self._steps:
            yield self._steps.popleft()

    def _fresh(self, sources: Iterable[tuple[Source, _Given | Failure]]) -> Iterator[_Given]:
        """Yield the articles that need extracting, or attaching; the others are dealt with here."""
        stream = iter(sources)
        while batch := list(islice(stream, _LOOKED_UP)):
            known = self._known([_article(item).id for _, item in batch if not isinstance(item, Failure)])
            for source, item in batch:
                book = self._open_book(source)
                if isinstance(item, Failure):
                    self._met(item, book)
                    self._fail(item, None, book)
                    continue
                one = _article(item)
                if self._is_left(one, book):
                    continue
                version = self._version(item)
                if known.get(one.id) == version:
                    self._pass(one, book)
                    continue
                if self._is_enough(book):
                    return
                waiting = _Waiting(one, version[0], book, one.id in known)
                known[one.id] = version  # a second copy in this run is not extracted again
                book.pending += 1
                self._waiting.append(waiting)
                yield item

    def _version(self, item: "Article | Attachment") -> tuple[str, str]:
        """Give digest and pipeline of what is to be ingested."""
        return (
            (article_digest(item), self._fingerprint) if isinstance(item, Article) else (item.digest, item.fingerprint)
        )

    def _met(self, item: Article | Failure, book: _Book) -> None:
        if self._census:
            self._census.met(book.source.path, item)

    def _is_left(self, item: Article, book: _Book) -> bool:
        """Take note of what was met; say whether it stays out, or is left for another run because of its date."""
        self._met(item, book)
        if safe(item.id) in self._retracted:
            self._counts["retracted"] += 1
            return True
        if self._since is None or (item.published and _day(item.published) >= self._since):
            return False
        self._counts["left_out"] += 1
        book.whole = False
        return True

    def _is_enough(self, book: _Book) -> bool:
        """Say whether the run has extracted as many articles as it may."""
        if self._limit is None or self._counts["taken"] < self._limit:
            self._counts["taken"] += 1
            return False
        self._counts["stopped"] = 1
        book.whole = False
        return True

    def look(self, sources: Iterable[tuple[Source, _Given | Failure]]) -> Iterator[Progress]:
        """Yield the steps that `steps` would take, without extracting or writing anything."""
        for one in self._fresh(sources):
            yield from self._drain()
            kind = "changed" if self._waiting.popleft().known else "new"
            self._counts[kind] += 1
            yield Progress(article=_article(one).id, outcome=kind)
        yield from self._drain()

    def prune(self, folders: list[str], census: Census) -> list[Gone]:
        """Take out the articles of folders (absolute paths) that are no longer there; after `steps`.

        Raises:
            ConfigError: there is nothing in a folder, or there are no folders.
        """
        census.check(folders)
        with self._store.writer() as connection:
            found = gone(connection, folders, census)
            if found:
                take_out(connection, found, self._number(connection))
            forget_files(connection, folders, census)
        self._counts["pruned"] = len(found)
        return found

    def _known(self, uids: list[str]) -> dict[str, tuple[str, str]]:
        """Look up under which digest and pipeline articles are in the graph, or are known to fail."""
        found: dict[str, tuple[str, str]] = {}
        with self._store.view() as connection:
            for part in chunks(map(safe, uids)):
                wanted = select(article.c.uid, article.c.digest, article.c.fingerprint).where(article.c.uid.in_(part))
                found.update((uid, (digest, made_by)) for uid, digest, made_by in connection.execute(wanted))
        return found

    def _open_book(self, source: Source) -> _Book:
        if self._book is None or self._book.source != source:
            self._close_book(_Book(source))
        assert self._book is not None  # noqa: S101  just opened
        return self._book

    def _close_book(self, following: _Book | None) -> None:
        if self._book is not None:
            self._book.read = True
            self._settle(self._book)
        self._book = following

    def _settle(self, book: _Book) -> None:
        """Put a file down as done once it was read to its end and its last article is in."""
        if (
            book.read
            and book.whole
            and not book.pending
            and book.source.size is not None
            and self._state(book.source, failed=bool(book.failures)) not in self._files
        ):
            self._due.books.append(book)

    def _pass(self, item: Article, book: _Book) -> None:
        book.articles += 1
        self._counts["unchanged"] += 1
        self._steps.append(Progress(article=item.id, outcome="unchanged"))

    def _fail(self, problem: Failure, digest: str | None, book: _Book) -> None:
        book.failures += 1
        self._failed.append(problem)
        self._due.failures.append((problem, digest, book))
        self._steps.append(Progress(article=problem.article, outcome="failed"))

    def _finish(self, one: Article, outcome: Outcome) -> None:
        """Write one article, or why it failed."""
        waiting = self._waiting.popleft()
        if waiting.article.id != one.id:
            raise RuntimeError(f"extraction changed the order of articles: {one.id} before {waiting.article.id}")
        book = waiting.book
        book.pending -= 1
        if isinstance(outcome, Failure):
            self._fail(outcome, waiting.digest, book)
        else:
            self._attach(waiting, outcome)
        self._settle(book)

    def _attach(self, waiting: _Waiting, outcome: Outcome) -> None:
        from claimgraph.store.attach import Attachment, attach  # lexicons and units; not needed to skip

        assert not isinstance(outcome, Failure)  # noqa: S101  decided by the caller
        path = waiting.book.source.path or None
        item = Attachment(
            article=waiting.article, claims=outcome, digest=waiting.digest, fingerprint=self._fingerprint, path=path
        )
        with self._store.writer() as connection:
            replaced = attach(connection, [item], self._number(connection))
            self._flush(connection)
            if (self._counts["new"] + self._counts["changed"]) % _PUT_OFF == _PUT_OFF - 1:
                self._complete(connection)
        waiting.book.articles += 1
        kind = "changed" if replaced else "new"
        self._counts.update({kind: 1, "claims": len(outcome)})
        self._steps.append(Progress(article=waiting.article.id, outcome=kind, claims=len(outcome)))

    def _number(self, connection: Connection) -> int:
        """Return the number of this run, giving it one with its first change."""
        if self._run is None:
            row = {"started": self._started, "fingerprint": self._fingerprint}
            self._run = connection.execute(run.insert().returning(run.c.id), [row]).scalar_one()
        return self._run

    def _is_unsettled(self) -> bool:
        """Say whether a run that was killed after its last article left behind what it had put off."""
        with self._store.view() as connection:
            put_off = (select(stale.c.observation).limit(1), select(ungrouped.c.question).limit(1))
            return any(connection.execute(asked).first() for asked in put_off)

    def _complete(self, connection: Connection) -> None:
        from claimgraph.store.attach import settle

        settle(connection, self._number(connection))

    def _flush(self, connection: Connection) -> None:
        """Write down failures and finished files; both together, so that no failure is forgotten."""
        for problem, digest, book in self._due.failures:
            self._put_failure(connection, problem, digest, book.source.path or None)
        for book in self._due.books:
            path = book.source.path
            older = (failure.c.path == path, failure.c.run != (self._run or 0), failure.c.stage != RETRACTED)
            connection.execute(delete(failure).where(*older))
            connection.execute(delete(file).where(file.c.path == path))
            counts = {"articles": book.articles, "failures": book.failures}
            connection.execute(
                file.insert(), [{"path": path, "state": self._state(book.source, failed=bool(book.failures)), **counts}]
            )
        self._due = _Due()

    def _put_failure(self, connection: Connection, problem: Failure, digest: str | None, path: str | None) -> None:
        name = safe(problem.article)
        row = {"article": name, "stage": problem.stage, "problem": safe(problem.problem), "digest": digest}
        connection.execute(delete(failure).where(failure.c.article == name))
        where = {"fingerprint": self._fingerprint, "path": path, "run": self._number(connection)}
        connection.execute(failure.insert(), [{**row, **where}])

    def report(self) -> Report:
        """Say what was done."""
        counts = self._counts
        with self._store.view() as connection:
            fresh = select(func.count()).where(observation.c.run == (self._run or 0), observation.c.contradicting > 0)
            return Report(
                run=self._run,
                new=counts["new"],
                changed=counts["changed"],
                unchanged=counts["unchanged"],
                by_stat=counts["by_stat"],
                claims=counts["claims"],
                known_failures=counts["known_failures"],
                failed=tuple(self._failed),
                fresh_contradictions=connection.execute(fresh).scalar_one(),
                left_out=counts["left_out"],
                stopped=bool(counts["stopped"]),
                pruned=counts["pruned"],
                retracted=counts["retracted"],
                totals=totals(connection),
            )


def _chain(first: Article, rest: Iterator[Article]) -> Iterator[Article]:
    yield first
    yield from rest


def _article(item: "Article | Attachment") -> Article:
    return item if isinstance(item, Article) else item.article


def _day(published: date) -> date:
    return published.date() if isinstance(published, datetime) else published
