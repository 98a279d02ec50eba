"""One run: feeds and pages are asked for, what is new is saved, what fails is named, and tried again if it helps."""

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from enum import StrEnum
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import cast

from claimgraph.errors import ArticleError, FetchError
from claimgraph.fetching.client import Client, Response, location
from claimgraph.fetching.policy import Policy
from claimgraph.fetching.queue import Job, Pace, Queue
from claimgraph.fetching.robots import Robots
from claimgraph.fetching.saving import digest_of, file_of, save
from claimgraph.fetching.state import Known, State
from claimgraph.fetching.urls import joined, normal, target_of
from claimgraph.reading.feeds import feed_links
from claimgraph.reading.formats import sniff

__all__ = ["Fetched", "Outcome", "Run"]

_ASK_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_BLANK = b"\xef\xbb\xbf \t\r\n"
_LONGEST_WAIT = 24 * 3600.0  # seconds; no server may shut us out for longer than a day at once


class Outcome(StrEnum):
    """What became of an address."""

    NEW = "new"  # saved for the first time
    CHANGED = "changed"  # saved in place of an older version
    UNCHANGED = "unchanged"  # asked, and the same as before
    KNOWN = "known"  # not asked again so soon
    FEED = "feed"  # read; its pages follow
    PUT_OFF = "put off"  # its host wants to be left alone, or the run has saved as many pages as it may
    FAILED = "failed"  # the problem says why


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What became of one address.

    file: where the page is, relative to the folder, where it is anywhere. problem: why it failed or was put off.
    """

    url: str
    outcome: Outcome
    file: str | None = None
    problem: str | None = None


@dataclass(slots=True)
class _Feed:
    """A feed whose pages are not all done: until then, its new state is not written down.

    A run that is killed, or that puts pages off, thus gets the whole feed again next time, not `304 Not Modified`.
    """

    known: Known
    pending: int = 0
    whole: bool = True


class Run:
    """Fetches into one folder."""

    def __init__(self, folder: Path, state: State, policy: Policy, *, version: str, now: float) -> None:
        """Prepare a run.

        Args:
            folder: gets the pages.
            state: what is known about them; written as the run goes.
            version: of claimgraph, told to the servers.
            now: seconds since 1970; there is no wall clock in here.
        """
        self._folder, self._state, self._policy = folder, state, policy
        self._client = Client(policy, version)
        self._robots = Robots(self._get, policy.agent)
        self._pace = Pace()
        self._queue = Queue(self._pace)
        self._began = now - time.monotonic()
        self._feeds: dict[str, _Feed] = {}
        self._seen: set[str] = set()
        self._saved = 0

    def fetch(self, urls: Iterable[str]) -> Iterator[Fetched]:
        """Ask for pages and for the pages of feeds, and yield what became of each address, as it is known."""
        for url in urls:
            yield from self._enqueue(url)
        while job := self._queue.next():
            yield from self._visit(job)

    @property
    def _now(self) -> float:
        return self._began + time.monotonic()

    def _enqueue(self, url: str, base: str = "", feed: str | None = None) -> Iterator[Fetched]:
        """Queue an address unless it was met in this run, is known too well, or is none.

        Args:
            base: where the feed was found; its addresses may be relative to that.
            feed: that named the address.
        """
        try:
            url = joined(base, url) if base else normal(url)
        except FetchError as error:
            yield Fetched(url=error.url, outcome=Outcome.FAILED, problem=error.problem)
            return
        if url in self._seen:
            return
        self._seen.add(url)
        known = self._state.page(url)
        if feed and known and self._now - known.asked < self._policy.again:
            yield Fetched(url=url, outcome=Outcome.KNOWN, file=known.file, problem=known.problem)
            return
        if feed:
            self._feeds[feed].pending += 1
        self._queue.add(Job(url=url, feed=feed))

    def _visit(self, job: Job) -> Iterator[Fetched]:
        if reason := self._reason_to_put_off(job):
            yield self._done(job, Fetched(url=job.url, outcome=Outcome.PUT_OFF, problem=reason), later=True)
            return
        try:
            response = self._follow(job)
            if (links := self._links(response)) is not None:
                yield from self._read_feed(job, response, links)
                return
            yield self._done(job, self._keep(job, response))
        except FetchError as error:
            yield from self._failed(job, error)

    def _reason_to_put_off(self, job: Job) -> str:
        """Say why a job must wait for another run; empty if it need not."""
        if self._policy.pages is not None and self._saved >= self._policy.pages and job.feed:
            return f"{self._saved} pages were saved in this run, as many as it may"
        left = self._state.shut_until(job.host) - self._now
        if left > self._policy.patience:
            return f"its host wants to be left alone for {left:.0f} more seconds"
        self._pace.rest(job.host, max(0.0, left))
        return ""

    def _follow(self, job: Job) -> Response:
        """Ask for an address and for where it leads; every hop is allowed by its own site."""
        url, known = job.url, self._state.page(job.url)
        for _ in range(self._policy.redirects + 1):
            self._robots.check(url)
            response = self._get(url, _conditions(known) if known and known.final == url else {})
            self._pace.rest(target_of(url).host, self._robots.delay(url))
            onwards = location(response)
            if onwards is None:
                return _accepted(response, self._now)
            url = onwards
        raise FetchError(job.url, f"more than {self._policy.redirects} redirects, one after the other")

    def _get(self, url: str, headers: dict[str, str] | None = None) -> Response:
        """Ask a host when it has rested."""
        host = target_of(url).host
        self._pace.wait(host)
        try:
            return self._client.get(url, headers)
        finally:
            self._pace.rest(host, self._policy.delay)

    def _links(self, response: Response) -> list[str] | None:
        """Give the pages that an answer names if it is a feed; None if it is a page, or nothing new.

        Raises:
            FetchError: it is neither.
        """
        if response.status == 304:
            return None
        form = sniff(cast(BufferedReader, BufferedReader(BytesIO(response.body))))
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if form == ".html" or (form == ".txt" and "html" in kind):
            return None
        with suppress(ArticleError):
            if (
                response.body.lstrip(_BLANK)[:1] == b"<"
                and (links := feed_links(response.body, response.url)) is not None
            ):
                return links[: self._policy.entries]
        raise FetchError(response.url, f"neither a page nor a feed ({kind[:60] or 'of no named type'})")

    def _read_feed(self, job: Job, response: Response, links: list[str]) -> Iterator[Fetched]:
        known = Known(url=job.url, final=response.url, asked=self._now, **_validators(response))
        if job.feed:
            yield from self._failed(job, FetchError(job.url, "a feed within a feed; name it itself"))
            return
        feed = self._feeds[job.url] = _Feed(known)
        yield Fetched(url=job.url, outcome=Outcome.FEED)
        for link in links:
            yield from self._enqueue(link, response.url, job.url)
        if not feed.pending:
            self._state.remember(known)

    def _keep(self, job: Job, response: Response) -> Fetched:
        """Save a page that is new, and write down what is known about it now."""
        old = self._state.page(job.url)
        if response.status == 304:
            if old is None:
                raise FetchError(job.url, "the server says that it is unchanged, but was not asked")
            self._state.remember(replace(old, asked=self._now, problem=None))
            return Fetched(url=job.url, outcome=Outcome.UNCHANGED, file=old.file)
        file, digest = file_of(response.url), digest_of(response.body)
        outcome = Outcome.CHANGED if old and old.digest else Outcome.NEW
        if old and old.digest == digest and old.file == file:
            outcome = Outcome.UNCHANGED
        else:
            save(response, self._folder, file, self._now)
            self._saved += 1
        validators = _validators(response)
        self._state.remember(
            Known(url=job.url, final=response.url, digest=digest, file=file, asked=self._now, **validators)
        )
        return Fetched(url=job.url, outcome=outcome, file=file)

    def _failed(self, job: Job, error: FetchError) -> Iterator[Fetched]:
        """Try again later in this run, or in another one, or give up."""
        if error.again is not None:
            host, wait = target_of(error.url).host, max(error.again, self._policy.backoff * 2**job.tries)
            if wait > self._policy.patience:
                self._state.shut(host, self._now + min(wait, _LONGEST_WAIT))
            elif job.tries + 1 < self._policy.tries:
                self._pace.rest(host, wait)
                self._queue.add(job.again())
                return
        if error.lasting:
            old = self._state.page(job.url) or Known(url=job.url, final=job.url)
            self._state.remember(replace(old, asked=self._now, problem=error.problem))
        # a redirect may have led elsewhere
        where = "" if error.url == job.url else f"{error.url}: "
        failed = Fetched(url=job.url, outcome=Outcome.FAILED, problem=f"{where}{error.problem}")
        yield self._done(job, failed, later=not error.lasting)

    def _done(self, job: Job, fetched: Fetched, *, later: bool = False) -> Fetched:
        """Tick a page off its feed; with the last one the feed's own state is written down, if none was put off."""
        feed = self._feeds.get(job.feed) if job.feed else None
        if feed:
            feed.pending -= 1
            feed.whole = feed.whole and not later
            if not feed.pending and feed.whole:
                self._state.remember(feed.known)
        return fetched


def _conditions(known: Known) -> dict[str, str]:
    """Ask for a page only if it is another one than before."""
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value}


def _validators(response: Response) -> dict[str, str | None]:
    return {"etag": response.headers.get("etag"), "modified": response.headers.get("last-modified")}


def _accepted(response: Response, now: float) -> Response:
    """Let pass what is a page, or says that it is the same.

    Raises:
        FetchError: the server answers something else.
    """
    status = response.status
    if status in (200, 304):
        return response
    if status in _ASK_LATER:
        wait = _retry_after(response.headers.get("retry-after", ""), now)
        said = f" and asks to be left alone for {wait:.0f} seconds" if wait else ""
        raise FetchError(response.url, f"the server answers {status}{said}", wait)
    raise FetchError(response.url, f"the server answers {status}")


def _retry_after(said: str, now: float) -> float:
    """Read for how many seconds a server wants to be left alone: a number, or a date; 0 if it does not say."""
    if said.strip().isdecimal():
        return float(said.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
