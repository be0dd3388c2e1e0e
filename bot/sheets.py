"""Rows of a table as files for spreadsheets: csv with a byte order mark, and xlsx. Text stays text, whatever it begins with."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

Rows = Iterable[Sequence[str | int]]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of a formula."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML, and so xlsx, cannot hold."""
WIDEST = 60


def csv_file(rows: Rows) -> bytes:
    """The rows as UTF-8 with a byte order mark, by which spreadsheets know it; a formula's beginning gets a `'` before it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_inert(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def xlsx_file(rows: Rows) -> bytes:
    """The rows as a workbook of one sheet; the first row is its head."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from bot.columns import width

    book = Workbook()
    sheet = book.worksheets[0]
    widths: dict[int, int] = {}
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(line, place)
            if isinstance(value, str):
                cell.value = _UNPRINTABLE.sub("", value)
                cell.data_type = "s"  # openpyxl takes `=…` for a formula
                cell.quotePrefix = value.startswith(FORMULA)
            else:
                cell.value = value
            cell.font = Font(bold=line == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            widths[place] = max(widths.get(place, 0), min(width(str(value)) + 2, WIDEST))
    for place, most in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = most
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FILES: Mapping[str, Callable[[Rows], bytes]] = {"csv": csv_file, "xlsx": xlsx_file}
"""The kinds of file, by the ending of their names."""
