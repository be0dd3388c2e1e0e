"""Amounts of money that can be compared: a value and the unit it is written with, in yuan.

Knows units, not awards: what an amount is for each of stays apart, and shares (%) and other currencies are no money here.
"""

from __future__ import annotations

import re

_YUAN = {
    "元": 1,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "亿": 100_000_000,
    "亿元": 100_000_000,
}
_EACH = re.compile(r"(?P<money>[^/]+)/(?P<each>.+)")


def yuan(value: float, unit: str | None) -> float | None:
    """An amount in yuan; None where the unit is no money or says what the amount is for each of (see `yuan_each`).

    A bare 万 or 亿 counts as money: only ask this of amounts.

    >>> yuan(50, "万元"), yuan(1.5, "亿元"), yuan(1200, "万"), yuan(30, "元/人·天"), yuan(15, "%"), yuan(3, "万美元")
    (500000, 150000000.0, 12000000, None, None, None)
    """
    scale = _YUAN.get((unit or "").removesuffix("人民币"))
    return None if scale is None else value * scale


def yuan_each(value: float, unit: str | None) -> tuple[float, str] | None:
    """An amount in yuan with what its unit says it is for each of: 30元/人·天; None where it says no such thing.

    >>> yuan_each(30, "元/人·天"), yuan_each(2, "万元/家"), yuan_each(30, "元")
    ((30, '人·天'), (20000, '家'), None)
    """
    found = _EACH.fullmatch(unit or "")
    money = yuan(value, found["money"]) if found else None
    return None if found is None or money is None else (money, found["each"])
