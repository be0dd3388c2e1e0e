"""Money that is set aside to be given, nobody in particular getting it: 每年安排科技创新奖励资金不少于3000万元."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.facts import Award
from knowledge.parsing.clauses import Piece, split
from knowledge.parsing.quantities import MONEY, Quantity, comparison, quantities
from knowledge.rules import rule
from knowledge.text import View

FUND = rule(
    "fund",
    r"(?:安排|设立|统筹|每年|年度)?(?P<purpose>[^,;。、]{0,16}?(?:奖励|奖补|补助|专项|扶持|引导|支持|发展|补贴|消费券))资金(?:总额)?(?=[^,;。]{0,10}[0-9])",
    "money set aside to be given",
    ("科技类奖补资金不少于1200万", "科技类奖补资金"),
    ("市财政每年安排科技创新奖励资金不少于3000万元", "市财政每年安排科技创新奖励资金"),
    ("州财政安排文旅消费券资金3000万元", "州财政安排文旅消费券资金"),
    ("研发资金", ""),
    needs="资金",
)
FUND_AFTER = rule(
    "fund_after",
    r"(?:安排|设立|统筹|拿出)[^,;。0-9]{0,8}[0-9][0-9,.]*(?:万|亿)?元(?:以上|左右)?(?:的)?(?P<purpose>[^,;。、0-9]{0,16}?(?:奖励|奖补|补助|专项|扶持|引导|支持|发展|补贴))资金",
    "money set aside to be given, its amount before it",
    ("每年安排不少于5000万元数字经济专项资金", "安排不少于5000万元数字经济专项资金"),
    ("安排5000万元建设", ""),
    needs="资金",
)
RULES = (FUND, FUND_AFTER)
_NEAR = 10
"""How far behind its name, in characters, the amount of a fund begins."""
_VERB = re.compile("^.*(?:安排|设立|统筹|每年|年度|其中)")


def is_fund(text: str, money: Quantity) -> bool:
    """Whether an amount is that of money set aside, not of a gift."""
    if any(0 <= money.start - found.end() <= _NEAR for found in FUND.finditer(text)):
        return True
    return any(found.start() <= money.start < found.end() for found in FUND_AFTER.finditer(text))


def funds(segment: Piece, view: View, source: str) -> Iterator[Award]:
    """Money set aside in a segment: its amount, nobody in particular getting it."""
    for found in (*FUND.finditer(segment.text), *FUND_AFTER.finditer(segment.text)):
        first = found.start() if found.re is FUND_AFTER.pattern else found.end()
        amount = next((one for one in quantities(segment.text) if one.start >= first and MONEY.search(one.unit)), None)
        if amount is not None:
            yield _fund(segment, found, amount, view, source)


def _fund(segment: Piece, found: re.Match[str], amount: Quantity, view: View, source: str) -> Award:
    parts = list(split(segment.text, ",", segment.start))
    clause = next(one for one in parts if one.end > segment.start + amount.start)
    each = re.search("每年|年度", segment.text[: amount.start])
    yearly = next((one for one in parts if each and one.end > segment.start + each.start()), clause)
    start, end = view.span(min(yearly.start, clause.start), clause.end)
    return Award(
        purpose=_VERB.sub("", found["purpose"]),
        amount=amount.value,
        amount_max=amount.value_max,
        unit=amount.unit,
        comparator=comparison(segment.text[: amount.start], segment.text[amount.end :]),
        frequency="每年" if each else None,
        text=source[start:end],
        start=start,
        end=end,
    )
