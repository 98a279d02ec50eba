"""What is asked next: every host has its own pace, and while one rests the others are asked."""

import time
from collections import deque
from dataclasses import dataclass, replace

from claimgraph.fetching.urls import target_of

__all__ = ["Job", "Pace", "Queue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One address to ask for.

    feed: the feed that named it, None if a person did. tries: how often it was tried in this run.
    """

    url: str
    feed: str | None = None
    tries: int = 0

    @property
    def host(self) -> str:
        """The host that is asked first."""
        return target_of(self.url).host

    def again(self) -> "Job":
        """Make the next try."""
        return replace(self, tries=self.tries + 1)


class Pace:
    """When each host may be asked again; moments are those of a clock that never jumps."""

    def __init__(self) -> None:
        self._ready: dict[str, float] = {}

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for at least so long from now."""
        self._ready[host] = max(self.moment(host), time.monotonic() + seconds)

    def moment(self, host: str) -> float:
        """Give the moment from which a host may be asked."""
        return self._ready.get(host, 0.0)

    def wait(self, host: str) -> None:
        """Sleep until a host may be asked."""
        if (seconds := self.moment(host) - time.monotonic()) > 0:
            time.sleep(seconds)


class Queue:
    """Addresses to ask for; first come, first served within a host, the best rested host first."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._jobs: dict[str, deque[Job]] = {}

    def add(self, job: Job) -> None:
        """Put a job behind the others of its host."""
        self._jobs.setdefault(job.host, deque()).append(job)

    def next(self) -> Job | None:
        """Take the job that may be done soonest; None if there are no more."""
        if not self._jobs:
            return None
        host = min(self._jobs, key=self._pace.moment)
        job = self._jobs[host].popleft()
        if not self._jobs[host]:
            del self._jobs[host]
        return job
