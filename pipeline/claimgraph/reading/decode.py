"""Bytes to text: what the file says, else UTF-8, else what charset-normalizer finds."""

import codecs
import re

from charset_normalizer import from_bytes

from claimgraph.errors import ArticleError

__all__ = ["clean", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 16
# In English text few letters are outside ASCII: in the 6,000 articles of ../shared/bulk 0.3 % of the
# characters on average, 8 % in the extreme one.
_FEW = 0.1


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Decode a text; no character is altered, line ends included.

    Args:
        declared: the encoding that the document or its server names; used when it fits.

    Raises:
        ArticleError: the bytes are no text.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    sample = data[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > len(sample) // 50 or b"\0" in sample:
        raise ArticleError(name, "binary, not text; give the ending of its format or remove it")
    for codec in filter(None, ("utf-8", _known(declared))):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return _guess(data)


def _known(declared: str | None) -> str | None:
    """Look a declared encoding up; `latin-1` is read as its superset `cp1252`, as browsers do."""
    try:
        codec = codecs.lookup(declared.strip()).name if declared else None
    except (LookupError, ValueError):
        return None
    return "cp1252" if codec in ("iso8859-1", "ascii") else codec


def _guess(data: bytes) -> str:
    damaged = data.decode("utf-8", "replace")
    if (bad := damaged.count("\ufffd")) and sum(map(damaged.count, "’“”–—é\u00a0")) > 3 * bad:
        return damaged  # UTF-8 with a few broken bytes
    high = sum(byte > 0x7F for byte in data[:_SAMPLE])
    if high <= _FEW * min(len(data), _SAMPLE):
        return data.decode("cp1252", "replace") if not _c1(data) else data.decode("latin-1")
    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _c1(data: bytes) -> bool:
    """Say whether bytes occur that cp1252 leaves undefined."""
    return any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def clean(text: str) -> str:
    """Replace what no store and no tokeniser takes, NUL and lone surrogates, by U+FFFD, one for one."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
