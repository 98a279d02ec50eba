"""Pages to files: a small web archive each, which keeps the address and encoding that the page was sent with."""

import io
import os
import re
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

from claimgraph.fetching.client import Response

__all__ = ["digest_of", "file_of", "save"]

_KEPT = ("content-type", "date", "last-modified", "etag", "content-language")
_SLUG_CHARS = 60


def file_of(url: str) -> str:
    """Name the file of a page, relative to the folder: its host, the end of its address, a digest of all of it."""
    parts = urlsplit(url)
    host = re.sub(r"[^a-z0-9.-]+", "-", parts.netloc.lower()).strip(".-") or "host"
    words = re.sub(r"[^a-z0-9]+", "-", unquote(parts.path).lower()[-200:]).strip("-")
    slug = words[-_SLUG_CHARS:].strip("-") or "page"
    return f"{host[:100]}/{slug}-{digest_of(url.encode('utf-8', 'replace'))[:12]}.warc.gz"


def digest_of(data: bytes) -> str:
    """Digest bytes: 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def save(page: Response, folder: Path, file: str, moment: float) -> None:
    """Write a page as a web archive, whole or not at all.

    Args:
        moment: when it was fetched, seconds since 1970.

    Raises:
        OSError: it cannot be written.
    """
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as stream:
            stream.write(_archive(page, moment))
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _archive(page: Response, moment: float) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    headers = [(name.title(), page.headers[name]) for name in _KEPT if name in page.headers]
    headers.append(("Content-Length", str(len(page.body))))  # the body is kept decompressed
    http = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    when = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        page.url, "response", io.BytesIO(page.body), len(page.body), "", {"WARC-Date": when}, http_headers=http
    )
    writer.write_record(record)
    return out.getvalue()
