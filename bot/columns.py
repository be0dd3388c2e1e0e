"""Tables of text for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: in a terminal or a message they do things, and show nothing."""


def seen(text: str) -> str:
    r"""The text as it may be shown: without characters that act instead of being read.

    >>> seen("高企\x1b[31m")
    '高企[31m'
    """
    return _UNSEEN.sub("", text)


def width(text: str) -> int:
    """The columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as lines, its columns aligned; the first row is the head.

    >>> list(aligned([["指标", "2025"], ["专利", "600件"]]))
    ['指标  2025', '专利  600件']
    """
    widths = [max(width(seen(row[place])) for row in rows) for place in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = [seen(cell) + " " * (most - width(seen(cell))) for cell, most in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
