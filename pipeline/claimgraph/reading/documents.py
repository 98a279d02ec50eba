"""PDF and Word files; needs the extra `documents`."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from claimgraph.errors import ArticleError
from claimgraph.reading.pasted import recover
from claimgraph.reading.source import Input
from claimgraph.records import Article

__all__ = ["read_docx", "read_pdf"]

_PAGES = 1_000
# What parsers of binary formats raise on hostile input beside their own errors.
_DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    NotImplementedError, OSError, EOFError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip


def read_pdf(given: Input) -> Iterator[Article]:
    """Read the text of a PDF of up to 1,000 pages as bare text; scanned pages have none."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise _missing(given.name, "pypdf") from error
    try:
        reader = PdfReader(io.BytesIO(given.data))
        pages = _pages(reader, given)
        title = str((reader.metadata and reader.metadata.title) or "")
    except (PyPdfError, *_DAMAGE) as error:
        raise ArticleError(given.name, f"the PDF cannot be read ({error}); save it again, without password") from error
    yield _article(given, "\n\n".join(pages), title)


def _pages(reader: Any, given: Input) -> list[str]:
    pages: list[str] = []
    for page in reader.pages[:_PAGES]:
        pages.append(page.extract_text().strip())
        if sum(map(len, pages)) > given.limits.article_chars:
            break
    return pages


def read_docx(given: Input) -> Iterator[Article]:
    """Read paragraphs and tables of a Word file as bare text."""
    try:
        from docx import Document
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise _missing(given.name, "python-docx") from error
    try:
        _check_swelling(given)
        document = Document(io.BytesIO(given.data))
        blocks = [_block(item) for item in document.iter_inner_content()]
        title = str(document.core_properties.title or "")
    except ArticleError:
        raise
    except (OpcError, SyntaxError, *_DAMAGE) as error:
        raise ArticleError(given.name, f"the Word file cannot be read ({error}); save it again") from error
    yield _article(given, "\n\n".join(filter(None, blocks)), title)


def _check_swelling(given: Input) -> None:
    """Refuse a bomb; `zipfile` never gives out more than the sizes that the directory states."""
    with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > given.limits.file_bytes * 4:  # pictures are stored in it, but not read
        raise ArticleError(given.name, f"swells to {size / 1e6:.0f} MB when unpacked; raise the limit file_bytes")


def _block(item: Any) -> str:
    if hasattr(item, "rows"):
        rows = ([cell.text.strip() for cell in row.cells] for row in item.rows)
        return "\n".join("; ".join(filter(None, cells)) for cells in rows)
    return str(item.text).strip()


def _article(given: Input, text: str, title: str) -> Article:
    if not text.strip():
        raise ArticleError(given.name, "holds no text, perhaps only pictures of pages; recognise its text first")
    article = recover(given.id, text)
    return article if article.title or not title.strip() else replace(article, title=" ".join(title.split()))


def _missing(name: str, package: str) -> ArticleError:
    return ArticleError(name, f"needs {package}: pip install 'claimgraph[documents]'")
