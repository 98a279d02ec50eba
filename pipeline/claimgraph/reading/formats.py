"""Which format a file is in: by its ending, else by its first bytes."""

from io import BufferedReader

__all__ = ["COMPRESSED", "sniff", "split_ending"]

COMPRESSED = (".gz", ".bz2", ".xz")

#: Every ending that we read, and the one under which its reader is known.
ENDINGS = {
    ".txt": ".txt",
    ".text": ".txt",
    ".md": ".md",
    ".markdown": ".md",
    ".html": ".html",
    ".htm": ".html",
    ".xhtml": ".html",
    ".json": ".json",
    ".jsonl": ".jsonl",
    ".ndjson": ".jsonl",
    ".csv": ".csv",
    ".tsv": ".csv",
    ".parquet": ".parquet",
    ".warc": ".warc",
    ".xml": ".xml",
    ".rss": ".xml",
    ".atom": ".xml",
    ".eml": ".eml",
    ".pdf": ".pdf",
    ".docx": ".docx",
    ".zip": ".zip",
    ".tar": ".tar",
    ".tgz": ".tar",
}

_MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"PAR1", ".parquet"),
    (b"WARC/", ".warc"),
    (b"PK\x03\x04", ".zip"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")
_FEED = (b"<rss", b"<feed", b"<rdf:rdf")
_MAIL = (b"return-path:", b"received:", b"mime-version:", b"delivered-to:")


def split_ending(name: str) -> tuple[str, str]:
    """Split a file's name into stem and the ending that its reader is known by; `a.htm.gz` is `a`, `.html`.

    The ending is empty for a format that we do not know; then the stem keeps it.
    """
    stem = name
    for ending in COMPRESSED:
        if stem.lower().endswith(ending) and len(stem) > len(ending):
            stem = stem[: -len(ending)]
            break
    base, dot, ending = stem.rpartition(".")
    known = ENDINGS.get(f".{ending.lower()}", "") if dot and base else ""
    if known:
        return base, known
    return (base, ".tar") if name.lower().endswith(".tgz") and base else (name, "")


def sniff(stream: BufferedReader) -> str:
    """Tell the format from the first bytes, without consuming them; prose is `.txt`, unknown binary is empty."""
    head = stream.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, ending in _MAGIC:
        if head.startswith(magic):
            return ending
    if head[257:262] == b"ustar":
        return ".tar"
    low = head.lower()
    if low.startswith(b"<?xml") or low.startswith(_FEED):
        return ".html" if b"<html" in low and not any(tag in low for tag in _FEED) else ".xml"
    if low.startswith(_HTML) or (low.startswith(b"<") and any(tag in low for tag in _HTML)):
        return ".html"
    if low.startswith((b"{", b"[")):
        return ".jsonl" if low.startswith(b"{") else ".json"
    if low.startswith((b"---\n", b"---\r\n")):
        return ".md"
    if low.startswith(_MAIL):
        return ".eml"
    return "" if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else ".txt"
