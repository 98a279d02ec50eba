"""A web server on this machine, and runs that fetch from it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from serving import FAST, Site

from claimgraph.fetching import Fetched, fetch


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def get(tmp_path: Path) -> Callable[..., list[Fetched]]:
    """Fetch into a folder, as one run; options change the policy."""

    def call(*urls: str, now: float = 1_700_000_000.0, **options: object) -> list[Fetched]:
        policy = replace(FAST, **options)  # type: ignore[arg-type]
        return list(fetch(urls, tmp_path / "news", policy, now=now, version="1"))

    return call
