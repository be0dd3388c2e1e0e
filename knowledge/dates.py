"""Calendar dates as documents write them → `YYYY-MM-DD`."""

from __future__ import annotations

import re
from datetime import date

from knowledge import numerals

_ARABIC = r"(?:19|20)[0-9]{2}\s?(?:年|[-/.])\s?[0-9]{1,2}\s?(?:月|[-/.])\s?[0-9]{1,2}(?:\s?日)?"
_CHINESE = r"[一二][〇零○O0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
DATE = f"(?:{_ARABIC}|{_CHINESE})"
"""A written date, white space between its parts allowed."""

_PARTS = re.compile(r"[年月日\-/.\s]+")


def iso(text: str) -> str | None:
    """The date that `text` writes, or None where it is no date of the calendar.

    >>> iso("2024年10月12日"), iso("2024/1/2"), iso("二〇二四年十月十二日"), iso("2024-02-30")
    ('2024-10-12', '2024-01-02', '2024-10-12', None)
    """
    if not re.fullmatch(DATE, text):
        return None
    year, month, day = (_number(part) for part in _PARTS.split(text) if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(part: str) -> int:
    return int(numerals.value(part.translate({ord("O"): "〇", ord("0"): "〇"}) if not part.isdigit() else part) or 0)
