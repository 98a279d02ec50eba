"""Tables of figures in a page to lines of text, in which every cell has its header: `Norrby: boats: 14; crew: 60`."""

from lxml.html import HtmlElement, fragment_fromstring

from claimgraph.reading.furniture import is_widget

__all__ = ["unfold_tables"]

_COLUMNS, _ROWS, _CELL_CHARS = 20, 500, 120


def unfold_tables(tree: HtmlElement) -> None:
    """Replace the tables of figures in a page by paragraphs, one a row; tables that lay the page out stay.

    Tables that a page shows beside any article (tickers of share prices) stay too, to be marked as furniture.

    A table of figures has a row of headers, at least two columns, short cells, and digits in them.
    """
    for table in list(tree.iter("table")):
        if table.getparent() is not None and (lines := _lines(table)):
            _replace(table, lines)


def _lines(table: HtmlElement) -> list[str]:
    if next(table.iterdescendants("table", "p", "form", "iframe"), None) is not None:
        return []
    rows = [[_cell(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    if not (2 <= len(rows) <= _ROWS) or not (2 <= len(rows[0]) <= _COLUMNS) or not _is_header(rows[0]):
        return []
    if is_widget(rows[0]):
        return []
    body = [row for row in rows[1:] if len(row) == len(rows[0])]
    cells = [cell for row in body for cell in row]
    if not any(map(_has_digit, cells)) or any(len(cell) > _CELL_CHARS for cell in cells):
        return []
    return [line for row in body if (line := _line(rows[0], row))]


def _line(header: list[str], row: list[str]) -> str:
    """Write one row; its first cell names it."""
    pairs = [f"{name}: {cell}" if name else cell for name, cell in zip(header[1:], row[1:], strict=True) if cell]
    return f"{row[0]}: {'; '.join(pairs)}." if pairs and row[0] else "; ".join(pairs)


def _is_header(row: list[str]) -> bool:
    """Say whether a row names columns: words, or years, but no figures."""
    return all(not _has_digit(cell) or not cell.replace(",", "").isdigit() or len(cell) == 4 for cell in row)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _cell(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def _replace(table: HtmlElement, lines: list[str]) -> None:
    block = fragment_fromstring("<div></div>")
    for line in lines:
        paragraph = block.makeelement("p")
        paragraph.text = line
        block.append(paragraph)
    block.tail = table.tail
    table.getparent().replace(table, block)
