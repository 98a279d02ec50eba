"""Parse one PDF or Word file in a process of its own: `document_worker.py KIND CHARS SECONDS < file > text.json`.

Run by path and importing nothing of claimgraph, so that it starts in a third of a second. Whoever started it may kill
it at any moment. Prints one JSON object: `blocks` and `title`, or `problem`.
"""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

_PAGES = 1_000
_MEMORY = 2 << 30  # bytes of address space; a large file needs a tenth of it


def main(kind: str, chars: int, seconds: int) -> None:
    """Read standard input, write JSON to standard output.

    Args:
        kind: pdf or docx.
        chars: parsing stops behind so many characters.
        seconds: of processor time, after which the system ends this process if nobody else did.
    """
    _bound(seconds)
    data = sys.stdin.buffer.read()
    try:
        blocks, title = _PARSERS[kind](data, chars)
        said: dict[str, object] = {"blocks": blocks, "title": title}
    except ImportError as error:
        said = {"missing": str(error.name).partition(".")[0]}
    except Exception as error:  # noqa: BLE001  parsers of binary formats raise anything on hostile input
        said = {"problem": f"{type(error).__name__}: {str(error)[:200]}"}
    print(json.dumps(said))


def _bound(seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the caller remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _pdf(data: bytes, chars: int) -> tuple[list[str], str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    pages: list[str] = []
    for page in reader.pages[:_PAGES]:
        pages.append(page.extract_text().strip())
        chars -= len(pages[-1])
        if chars < 0:
            break
    return pages, str((reader.metadata and reader.metadata.title) or "")


def _docx(data: bytes, chars: int) -> tuple[list[str], str]:
    from docx import Document

    document = Document(io.BytesIO(data))
    blocks: list[str] = []
    for item in document.iter_inner_content():
        blocks.append(_block(item))
        chars -= len(blocks[-1])
        if chars < 0:
            break
    return blocks, str(document.core_properties.title or "")


def _block(item: Any) -> str:
    if hasattr(item, "rows"):
        rows = ([cell.text.strip() for cell in row.cells] for row in item.rows)
        return "\n".join("; ".join(filter(None, cells)) for cells in rows)
    return str(item.text).strip()


_PARSERS: dict[str, Callable[[bytes, int], tuple[list[str], str]]] = {"pdf": _pdf, "docx": _docx}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
