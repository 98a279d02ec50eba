"""PDF and Word files; needs the extra `documents`.

Their parsers work through nested binary structures that a hostile file can make endless, and cannot be interrupted.
So every file is parsed in a process of its own, with a limit on time and memory. A plain child process instead of
a pool of workers: those would start the caller's main module again, which scripts without a guard don't survive.
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.pasted import recover
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["read_docx", "read_pdf"]

_WORKER = Path(__file__).with_name("document_worker.py")
_PACKAGES = {"pdf": "pypdf", "docx": "python-docx"}


def read_pdf(given: Input) -> Iterator[Article]:
    """Read the text of a PDF of up to 1,000 pages as bare text; scanned pages have none."""
    yield _article(given, *_parsed(given, "pdf", "the PDF cannot be read ({}); save it again, without password"))


def read_docx(given: Input) -> Iterator[Article]:
    """Read paragraphs and tables of a Word file as bare text."""
    _check_swelling(given)
    yield _article(given, *_parsed(given, "docx", "the Word file cannot be read ({}); save it again"))


def _parsed(given: Input, kind: str, problem: str) -> tuple[str, str]:
    """Give text and title of a file, parsed in another process."""
    limits = given.limits
    # -P: or else our own html.py and mail.py beside the worker would hide those of the standard library
    command = [sys.executable, "-P", str(_WORKER), kind, str(limits.article_chars), str(ceil(limits.document_seconds))]
    try:
        done = subprocess.run(  # noqa: S603  our own file, no shell, no text of others among the arguments
            command, input=given.data, capture_output=True, timeout=limits.document_seconds, check=False
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        took = f"took longer than {limits.document_seconds:g} seconds (limit document_seconds)"
        raise ArticleError(given.name, problem.format(took)) from error
    except ValueError as error:
        died = f"its parser died with exit code {done.returncode}, as it does when it is out of memory"
        raise ArticleError(given.name, problem.format(died)) from error
    if "missing" in said:
        raise ArticleError(given.name, f"needs {_PACKAGES[kind]}: pip install 'claimgraph[documents]'")
    if "problem" in said:
        raise ArticleError(given.name, problem.format(said["problem"]))
    return "\n\n".join(filter(None, said["blocks"])), said["title"]


def _check_swelling(given: Input) -> None:
    """Refuse a bomb; `zipfile` never gives out more than the sizes that the directory states."""
    try:
        with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ArticleError(given.name, f"the Word file cannot be read ({error}); save it again") from error
    if size > given.limits.file_bytes * 4:  # pictures are stored in it, but not read
        raise ArticleError(given.name, f"swells to {size / 1e6:.0f} MB when unpacked; raise the limit file_bytes")


def _article(given: Input, text: str, title: str) -> Article:
    if not text.strip():
        raise ArticleError(given.name, "holds no text, perhaps only pictures of pages; recognise its text first")
    article = recover(given.id, text)
    return article if article.title or not title.strip() else replace(article, title=" ".join(title.split()))
