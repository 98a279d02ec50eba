"""A web server on this machine, whose every answer a test decides."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network

from claimgraph.fetching import Policy

STORY = (
    "<html><head><title>Ferries</title><meta property='og:site_name' content='Norrby Post'></head><body><article>"
    "<h1>Ferries</h1><p>The ferry company of Norrby carried 41,000 passengers in March, the harbour office said on "
    "Monday. It had carried 38,000 in March of the year before.</p></article></body></html>"
)
#: Of the whole machine only this address may be asked: what else is on it stands for what is private.
ALLOWED = (ip_network("127.0.0.1/32"),)
FAST = Policy(delay=0, backoff=0.01, seconds=5, allowed=ALLOWED)

Answer = Callable[[BaseHTTPRequestHandler], None]


def page(text: str = STORY, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    """Answer with a text; underscores in the names of headers stand for hyphens."""
    data = text.encode()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return page("", status=status, Location=to)


def feed(*links: str) -> str:
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>"


@dataclass
class Site:
    """A server; `answers` maps paths to answers, or to a list of them for one request after the other."""

    url: str
    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        found = self.answers.get(request.path) or page("nothing", status=404)
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        with suppress(BrokenPipeError, ConnectionResetError):
            found(request)

    @property
    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]
