"""Standards: what is given without a verb of giving, where a heading or the sentence says 补贴标准.

`低保老年人每人每月300元,高龄老年人每人每月100元` under `补贴标准` is an award each. Money counts only where it is said what
it is for each of, or who or what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.facts import Award
from knowledge.parsing.clauses import Piece, split
from knowledge.parsing.gifts import GIFTS, GIVING
from knowledge.parsing.quantities import MONEY, Quantity, comparison, quantities
from knowledge.parsing.rhythm import PER, frequency
from knowledge.parsing.sums import in_unit
from knowledge.parsing.tiers import GRADE
from knowledge.rules import rule
from knowledge.text import View

STANDARD = rule(
    "standard",
    r"(?:补贴|补助|奖励|奖补|资助|津贴|救助|奖金|发放)(?:资金|金额)?标准",
    "words under which amounts are given without a verb",
    ("补贴标准", "补贴标准"),
    ("奖补标准及方式", "奖补标准"),
    ("建设标准", ""),
)
FOR = rule(
    "for",
    r"(?:等奖|奖项|[级类档]|人员|对象|学生|儿童|老年人|家庭|企业|单位|机构|[者户生员奖])(?:为|:)?$",
    "how what an amount is for ends, where nothing else says that it is given",
    ("科技进步一等奖", "等奖"),
    ("孤儿和事实无人抚养儿童", "儿童"),
    ("注册资本", ""),
)
LEADING = rule(
    "leading",
    r"(?:平均|标准|为|按照?|统一|原则上|分别|给予|不低于|不超过|最高|约|各)+$",
    "words between what an amount is for and the amount",
    ("普通高中学生平均", "平均"),
    ("低保老年人", ""),
)
HEADED = rule(
    "headed",
    r"(?:补贴|补助|津贴|资助)$",
    "a heading that is a gift's name: what is said under it to be for each of somebody is given",
    ("职业培训补贴", "补贴"),
    ("高龄津贴", "津贴"),
    ("补贴资金管理", ""),
)
RULES = (STANDARD, FOR, LEADING, HEADED)
_LONGEST = 40
"""A phrase longer than this, in characters, names nobody."""
_AFTER = re.compile(r"$|[、和及(]|的?标准|以[内上下]|左右|/")


def standards(sentence: Piece, headings: Sequence[str], view: View, source: str) -> Iterator[Award]:
    """The awards of a sentence's segments that have no verb of giving; `headings`: the section's and those above it."""
    stated = any(STANDARD.pattern.search(text) for text in (*headings, sentence.text))
    if not stated and not any(HEADED.pattern.search(text) for text in headings):
        return
    label = next((one for one in headings[:1] if not STANDARD.pattern.search(one)), "")
    for segment in split(sentence.text, ";", sentence.start):
        found: list[Award] = []
        for clause in split(segment.text, ",:", segment.start):
            if not quantities(clause.text) and sentence.text[clause.end - sentence.start :][:1] == ":":
                label = "" if STANDARD.pattern.search(clause.text) else clause.text
            elif not GIVING.search(segment.text):
                found += [one for one in _clause(clause, label, view, source) if stated or one.per]
        yield from _capped(found)


def _clause(clause: Piece, label: str, view: View, source: str) -> Iterator[Award]:
    """The awards of a clause: an amount each, with who or what stands before it."""
    begin = 0
    for amount in quantities(clause.text):
        before = clause.text[begin : amount.start]
        if MONEY.search(amount.unit) and _AFTER.match(clause.text, amount.end):
            found = PER.pattern.search(before)
            who = LEADING.pattern.sub("", before[: found.start()] if found else before).strip("、和及")
            if (found or FOR.pattern.search(who)) and len(who) <= _LONGEST:
                start, end = view.span(clause.start + begin, clause.start + amount.end)
                award = _award(who, label, found["per"] if found else None, amount, clause.text)
                yield replace(award, text=source[start:end], start=start, end=end)
        begin = amount.end + (clause.text[amount.end : amount.end + 1] in "、和及")


def _capped(found: Sequence[Award]) -> list[Award]:
    """The awards of a segment without the one that only says the most of those before it, which they have as their cap."""
    last = found[-1] if len(found) > 1 else None
    if last is None or last.beneficiary or last.comparator != "<=" or last.amount is None:
        return list(found)
    most = Quantity(last.amount, None, last.unit or "", 0, 0)
    return [replace(one, cap=in_unit(most, one.unit or "")) for one in found[:-1]]


def _award(who: str, label: str, each: str | None, amount: Quantity, text: str) -> Award:
    """An award of an amount; `label`: what the words before name, a gift or somebody."""
    gift = bool(re.search(rf"(?:{GIFTS}|金|费)$", label))
    grade = who if GRADE.pattern.fullmatch(who) else None
    return Award(
        beneficiary=(who if not grade else "") or (None if gift else label) or None,
        purpose=label if gift else None,
        amount=amount.value,
        amount_max=amount.value_max,
        unit=amount.unit,
        comparator=comparison(text[: amount.start], text[amount.end :]),
        tier=grade,
        frequency=frequency("", each),
        per=each,
    )
