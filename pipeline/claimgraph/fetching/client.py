"""One request: the checked address, a deadline over everything, a bounded and decompressed answer; no redirects.

urllib3's connections are used without its pools, because a pool looks names up by itself.
"""

import io
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from http.client import HTTPException
from io import BufferedReader
from threading import Timer
from typing import TYPE_CHECKING, cast

from claimgraph.config import Limits
from claimgraph.errors import ArticleError, FetchError
from claimgraph.fetching.addresses import public_addresses
from claimgraph.fetching.policy import Policy
from claimgraph.fetching.urls import Target, joined, target_of
from claimgraph.reading.streams import open_stream

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

__all__ = ["Client", "Response", "location"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_SILENCE = 15.0  # seconds that a server may say nothing at all
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server answered.

    url: that was asked. headers: names in lower case. body: decompressed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def location(response: Response) -> str | None:
    """Give the address that an answer leads to; None if it leads nowhere.

    Raises:
        FetchError: it leads to what is not asked.
    """
    if response.status not in _REDIRECTS or "location" not in response.headers:
        return None
    return joined(response.url, response.headers["location"])


class Client:
    """Asks servers, one at a time."""

    def __init__(self, policy: Policy, version: str) -> None:
        self._policy = policy
        contact = f" ({policy.contact})" if policy.contact else ""
        self.agent = f"{policy.agent}/{version}{contact}"

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The system's certificates, for a company's own, and certifi's, for systems that have none."""
        import certifi

        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """Ask for an address; redirects are given back, not followed.

        Raises:
            FetchError: no answer, or one that passes a limit.
        """
        from urllib3.exceptions import HTTPError

        target = target_of(url)
        connection = self._connected(target)
        wanted = {"User-Agent": self.agent, "Accept-Encoding": "gzip", "Host": target.netloc, **(headers or {})}
        try:
            with _deadline(connection, url, self._policy.seconds):
                connection.request("GET", target.path, headers=wanted, preload_content=False, decode_content=False)
                answer = connection.getresponse()
                body = self._body(answer, url)
        except (HTTPError, HTTPException, OSError) as error:
            raise FetchError(url, f"no whole answer ({_said(error)})", again=0) from error
        finally:
            connection.close()
        known = {name.lower(): value for name, value in answer.headers.items()}
        return Response(url=url, status=answer.status, headers=known, body=self._decompressed(body, known, url))

    def _connected(self, target: Target) -> "HTTPConnection":
        """Connect to the first of the host's addresses that answers."""
        from urllib3.exceptions import HTTPError

        said, again = "it has no address", None
        for address in public_addresses(target.url, target.host, target.port, self._policy.allowed):
            connection = self._connection(target, address)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                connection.close()
                said, again = _said(error), None if isinstance(error, ssl.SSLCertVerificationError) else 0
            else:
                return connection
        raise FetchError(target.url, f"{target.host} cannot be reached ({said})", again)

    def _connection(self, target: Target, address: str) -> "HTTPConnection":
        from urllib3.connection import HTTPConnection, HTTPSConnection

        seconds = min(_SILENCE, self._policy.seconds)
        if not target.secure:
            return HTTPConnection(address, target.port, timeout=seconds)
        return HTTPSConnection(
            address,
            target.port,
            timeout=seconds,
            ssl_context=self._trust,
            server_hostname=target.host,  # for which the certificate must be; the address is only where it is
        )

    def _body(self, answer: "BaseHTTPResponse", url: str) -> bytes:
        blocks, size = [], 0
        for block in answer.stream(_BLOCK, decode_content=False):
            size += len(block)
            if size > self._policy.page_bytes:
                raise _too_large(url, self._policy.page_bytes)
            blocks.append(block)
        return b"".join(blocks)

    def _decompressed(self, body: bytes, headers: Mapping[str, str], url: str) -> bytes:
        """Undo gzip, whether the server names it or the file is packed (`sitemap.xml.gz`)."""
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", "x-gzip", ""):
            raise FetchError(url, f"sent as {encoding[:40]}, which was not asked for")
        limits = Limits(file_bytes=self._policy.page_bytes)
        raw = cast(BufferedReader, BufferedReader(io.BytesIO(body)))
        try:
            whole = open_stream(raw, url, limits).read(limits.file_bytes + 1)
        except ArticleError as error:
            raise FetchError(url, error.problem) from error
        if len(whole) > limits.file_bytes:
            raise _too_large(url, limits.file_bytes)
        return whole


@contextmanager
def _deadline(connection: "HTTPConnection", url: str, seconds: float) -> Iterator[None]:
    """Cut a connection off when its time is up; timeouts of sockets only bound the silence between two bytes.

    Raises:
        FetchError: in place of whatever the cut looks like to the reader, even a clean end.
    """
    late: list[bool] = []
    stream = connection.sock  # taken now: the connection forgets it when only the body is left

    def cut() -> None:
        late.append(True)
        with suppress(OSError):  # closed already
            # the plain socket's own: closing TLS properly would wait for the other side
            socket.socket.shutdown(stream, socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    problem = f"took longer than {seconds:g} seconds; cut off"
    try:
        yield
    except Exception as error:
        if late:
            raise FetchError(url, problem, again=0) from error
        raise
    finally:
        timer.cancel()
    if late:
        raise FetchError(url, problem, again=0)


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(url, f"larger than {limit / 2**20:.3g} MB; not fetched to its end")


def _said(error: Exception) -> str:
    """Name an error of a library in one line, without the objects that it prints."""
    cause = error.__cause__ or error
    return f"{type(cause).__name__}: {str(cause)[:200]}"
