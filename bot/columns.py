"""Tables of text for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence


def width(text: str) -> int:
    """The columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as lines, its columns aligned; the first row is the head.

    >>> list(aligned([["指标", "2025"], ["专利", "600件"]]))
    ['指标  2025', '专利  600件']
    """
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = [cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
