"""Chinese numbers, years and sequence numerals: strings in, plain numbers out.

Knows how numbers are written (十二, 二〇三〇, 1,200, 3.5万), not what they count.
"""

from __future__ import annotations

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

_LIMIT = 10**15
"""A number from here on is none: no document counts that far, and a column of floats would not hold it exactly."""

CHINESE_NUMBER = "[零〇○一二三四五六七八九十百千万亿两]+"
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
"""A written Arabic number, thousands commas allowed."""

PLAN_ENDS = {"十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035, "十七五": 2040, "十八五": 2045}
"""The last year of each five-year plan; it begins four years before."""


def chinese(text: str) -> int | None:
    """A whole number written in Chinese, or None: 十二 → 12, 二百〇三 → 203, 二〇三〇 → 2030.

    >>> chinese("二十一"), chinese("二〇三〇"), chinese("三千五百")
    (21, 2030, 3500)
    """
    if not text or any(char not in _DIGITS and char not in _SCALES and char not in _GREAT for char in text):
        return None
    if not any(char in _SCALES or char in _GREAT for char in text):
        return _limited("".join(str(_DIGITS[char]) for char in text))
    total = part = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            part += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            total = (total + part + digit) * _GREAT[char]
            part = digit = 0
            if total >= _LIMIT:
                return None
    return total + part + digit


def _limited(digits: str) -> int | None:
    return int(digits) if len(digits.lstrip("0")) < len(str(_LIMIT)) else None


def value(text: str) -> float | None:
    """A number written in digits or Chinese: `1,200` → 1200, `38.5` → 38.5, `十二` → 12; whole numbers as int."""
    flat = text.replace(",", "")
    if re.fullmatch(r"[0-9]+", flat):
        return _limited(flat)
    if re.fullmatch(r"[0-9]+\.[0-9]+", flat):
        return float(flat)
    return chinese(flat)


def ordinal(numeral: str) -> int | None:
    """The place in a sequence that a heading's numeral stands for: 十二 → 12, ③ → 3, ㈡ → 2, 7 → 7."""
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1 if numeral else None
    if numeral in _BRACKETED:
        return _BRACKETED.index(numeral) + 1 if numeral else None
    found = value(numeral)
    return int(found) if found is not None else None


def chinese_numeral(number: int) -> str:
    """The Chinese numeral of 1 to 99: 2 → 二, 12 → 十二, 30 → 三十.

    >>> chinese_numeral(2), chinese_numeral(10), chinese_numeral(21)
    ('二', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    names = "零一二三四五六七八九"
    head = "" if tens == 0 else ("十" if tens == 1 else names[tens] + "十")
    return head + (names[ones] if ones or not tens else "")
