"""Tables of a page: which hold data and which only lay the page out, and the rows of the former as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import html

DITTO = "〃"
"""Stands where a cell of the row above reaches down (`rowspan`), so that columns keep their place and nothing is said twice."""

_MAX_COLUMNS = 100
_LONG_CELL = 800
_BLOCKS_IN_CELL = 5


def is_data(table: html.HtmlElement) -> bool:
    """Whether a table's rows are to be read as rows: several columns, and no other table, heading or article in a cell."""
    if any(table.find(f".//{tag}") is not None for tag in ("table", "h1", "h2", "h3")):
        return False
    cells = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    return any(len(row) > 1 for row in cells) and not any(_article(cell) for row in cells for cell in row)


def rows(table: html.HtmlElement, shown: Callable[[html.HtmlElement], str]) -> Iterator[str]:
    """Caption and rows as lines: cells parted by ` | `, empty ones kept in their place but at the end of a row."""
    for caption in table.iterchildren("caption"):
        yield shown(caption)
    reaching: dict[int, int] = {}
    for row in table.iter("tr"):
        cells = _row(row, shown, reaching)
        if any(cell and cell != DITTO for cell in cells):
            yield " | ".join(cells).rstrip("| ")


def _row(row: html.HtmlElement, shown: Callable[[html.HtmlElement], str], reaching: dict[int, int]) -> list[str]:
    """A row's cells by column; `reaching` holds for how many rows more the cells above fill theirs."""
    cells: list[str] = []
    own = iter(row.iterchildren("td", "th"))
    cell = next(own, None)
    while len(cells) < _MAX_COLUMNS and (cell is not None or any(column >= len(cells) for column in reaching)):
        if reaching.get(len(cells)):
            reaching[len(cells)] -= 1
            cells.append(DITTO)
            continue
        reaching.pop(len(cells), None)
        if cell is None:
            cells.append("")
            continue
        down = _span(cell, "rowspan") - 1
        wide = min(_span(cell, "colspan"), _MAX_COLUMNS - len(cells))
        reaching.update({len(cells) + step: down for step in range(wide) if down})
        cells += [shown(cell).strip()] + [""] * (wide - 1)
        cell = next(own, None)
    return cells


def _span(cell: html.HtmlElement, name: str) -> int:
    written = cell.get(name) or ""
    return max(1, min(int(written), 1000)) if written.isascii() and written.isdigit() and len(written) < 7 else 1


def _article(cell: html.HtmlElement) -> bool:
    """Whether a cell holds paragraphs of running text: the page is laid out in a table."""
    blocks = sum(1 for _ in cell.iter("p", "div", "br", "li"))
    return blocks > _BLOCKS_IN_CELL and len(cell.text_content()) > _LONG_CELL
