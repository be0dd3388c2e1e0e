"""What a gift comes to: its amounts, its share of a base, the most that is given; not whose it is.

Money that is a size somebody must have, that is lent or that is set aside is none of a gift's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.money import yuan
from knowledge.parsing.funds import is_fund
from knowledge.parsing.gifts import CAP
from knowledge.parsing.quantities import MONEY, Quantity, comparison, quantities
from knowledge.parsing.rates import Rate, share
from knowledge.rules import rule

LENT = rule(
    "lent",
    r"(?:贷款|授信|融资|担保)(?:额度|金额|总额|余额)?(?:最高|不超过|最高不超过|达到?|为)?$",
    "words before money that is lent, not given",
    ("给予创业担保贷款最高", "贷款最高"),
    ("按贷款额度不超过", "贷款额度不超过"),
    ("对贷款企业给予", ""),
)
SIZE = rule(
    "size",
    r"^(?:\([^()]{1,6}\))?(?:及?以[上下内])(?:的|至|到|[0-9]|,?不[足到超满]|[^,;。0-9奖补资]{0,6}(?:企业|项目|单位))|^的(?:企业|项目|单位|[,;])",
    "words after money that make it the size of what is supported",
    ("以下的奖励30万元", "以下的"),
    ("以上5亿元以下的", "以上5"),
    ("以上奖励", ""),
    ("的奖励", ""),
)
RULES = (LENT, SIZE)
_MOST = re.compile("(?:最高|不超过|不高于|至多|限额|上限)[^,;。0-9]{0,8}$")


@dataclass(frozen=True)
class Sums:
    """What a gift comes to: the amounts with their tiers, a rate, a cap; `end`: where the last money of it ends in the text."""

    amounts: tuple[Quantity, ...]
    rate: Rate | None
    cap: Quantity | None
    end: int


def sums(text: str, place: int = 0, giving: int = 0) -> Sums:
    """The amounts, rate and cap of a gift from a place on, behind the beneficiary's phrase; `giving`: where its verb stands."""
    rate = share(text, place)
    money = [
        one
        for one in quantities(text)
        if one.start >= place
        and MONEY.search(one.unit)
        and not (rate and rate.start <= one.start < rate.end)
        and not _is_size(text, one, giving)
        and not is_fund(text, one)
    ]
    capped = [one for one in money if CAP.pattern.search(text[place : one.start])]
    amounts = [one for one in money if one not in capped]
    if not amounts and rate is None:
        amounts, capped = capped[:1], capped[1:]
    return Sums(tuple(amounts), rate, capped[0] if capped else None, max((one.end for one in money), default=0))


def _is_size(text: str, money: Quantity, giving: int) -> bool:
    """Whether money is a size that somebody must have: `1亿元以下的奖励`, or what stands before the verb and is no rate."""
    if SIZE.pattern.match(text[money.end :]):
        return True
    if LENT.pattern.search(text[: money.start]):
        return True
    clause = max(text.rfind(mark, 0, money.start) for mark in ",;:") + 1
    return money.end <= giving and not re.search("按|每", text[clause : money.start])


def in_unit(cap: Quantity, unit: str) -> float:
    """The most that is given, in the unit of the award without what it is for each of (whole numbers without a fraction).

    >>> in_unit(Quantity(3, None, "万元", 0, 3), "元"), in_unit(Quantity(10, None, "万元", 0, 4), "元/人")
    (30000, 100000)
    """
    most, one = yuan(cap.value, cap.unit), yuan(1, unit.partition("/")[0])
    if cap.unit == unit or most is None or one is None:
        return cap.value
    return int(most / one) if most / one == int(most / one) else most / one


def sign(text: str, given: Sums, amount: Quantity | None) -> str:
    """The comparison of one of the amounts; without any, that of the cap."""
    if amount is None:
        return "<=" if given.cap else "="
    before = text[: amount.start]
    return "<=" if _MOST.search(before) else comparison(before, text[amount.end :])
