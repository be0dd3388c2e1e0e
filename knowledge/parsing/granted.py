"""Awards of a table's row: an amount under 奖励标准 or 补贴(万元), with who gets it and what it is called beside it.

Reads one row with the words of its columns; which lines are rows is `tables`' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from knowledge.facts import Award, Document
from knowledge.parsing.clauses import Piece
from knowledge.parsing.gifts import GIFTS, GIVING, phrase
from knowledge.parsing.quantities import Quantity
from knowledge.parsing.rhythm import frequency, per
from knowledge.parsing.sums import Sums, in_unit, sign, sums
from knowledge.parsing.tiers import beneficiary_parts, tiers
from knowledge.rules import Rule, first, rule
from knowledge.text import as_written, compact

AMOUNT = rule(
    "amount",
    rf"^(?:(?P<what>[^,;。()]{{0,12}}?(?:{GIFTS}|资金支持))(?:资金)?(?:标准|金额|额度|数额|比例)(?:\((?P<unit>[^()]*(?:元|%)[^()]*)\))?"
    rf"|(?P<what2>[^,;。()]{{0,12}}?(?:{GIFTS}))(?:资金)?\((?P<unit2>[^()]*元[^()]*)\))$",
    "amounts that are given",
    ("补贴标准", "补贴标准"),
    ("奖励金额(万元)", "奖励金额(万元)"),
    ("购房补贴(万元)", "购房补贴(万元)"),
    ("补贴比例", "补贴比例"),
    ("建设标准", ""),
    ("补贴对象", ""),
    ("投资额(万元)", ""),
)
BESIDE: tuple[Rule, ...] = (
    rule(
        "who",
        r"^(?:补贴|补助|奖励|奖补|资助|支持|扶持|救助|发放|享受)?(?:对象|人员|人群|人员类别)$",
        "who gets it",
        ("补贴对象", "补贴对象"),
        ("奖励对象", "奖励对象"),
        ("责任单位", ""),
    ),
    rule(
        "gift",
        r"^(?:补贴|补助|奖励|奖补|资助|支持|扶持|救助|政策)(?:项目|名称|事项|类型|种类|类别|内容)(?:名称)?$",
        "what the gift is called",
        ("补贴项目", "补贴项目"),
        ("奖励名称", "奖励名称"),
        ("项目", ""),
    ),
    rule(
        "tier",
        r"^(?:奖励|补贴|认定|评定)?(?:等级|级别|档次|等次|奖项|层次)$",
        "the grade by which amounts differ",
        ("等级", "等级"),
        ("奖项", "奖项"),
        ("人才类别", ""),
    ),
    rule(
        "when",
        r"^(?:补贴|补助|奖励|发放|支持|享受)?(?:期限|年限|方式|频次|周期)$",
        "how often and how long",
        ("补贴期限", "补贴期限"),
        ("发放方式", "发放方式"),
        ("完成期限", ""),
    ),
)
"""What the words of a column beside the amounts say, in the order in which they are tried."""
RULES = (AMOUNT, *BESIDE)
_BARE = re.compile(r"[0-9][0-9,.]*(?:[-~至][0-9][0-9,.]*)?")
_SHARE = re.compile(r"[^,;。按0-9]{0,20}[0-9.]+%")
"""A cell that begins with a share of a base: `实际租金的50%`."""
_NUMBERED = re.compile(r"[\W0-9]*")


def granted(document: Document, header: Sequence[str], cells: Sequence[Piece]) -> Iterator[Award]:
    """The awards of a row: one for each amount of each cell under a column of amounts."""
    columns = list(zip(header, cells, strict=False))
    amounts = [(found, cell) for words, cell in columns if (found := AMOUNT.pattern.match(words)) and cell.text]
    if not amounts:
        return
    beside = {match[0].name: cell for words, cell in columns if cell.text and (match := first(BESIDE, words))}
    labels = [cell for words, cell in columns if not AMOUNT.pattern.match(words) and not first(BESIDE, words)]
    named = next((cell for cell in labels if not _NUMBERED.fullmatch(cell.text)), None)
    for found, cell in amounts:
        if not _prose(cell.text):
            yield from _cell(document, found, cell, beside, beside.get("who") or named)


def _prose(text: str) -> bool:
    """Whether a cell is a sentence that says itself who gets something."""
    giving = GIVING.search(text)
    return giving is not None and bool(phrase(text, giving.start())[1])


def _cell(
    document: Document, head: re.Match[str], cell: Piece, beside: dict[str, Piece], who: Piece | None
) -> Iterator[Award]:
    """The awards of one cell of amounts; a bare number has the unit that its column names."""
    unit = head["unit"] or head["unit2"] or ""
    text = f"{cell.text}{unit}" if _BARE.fullmatch(cell.text) else cell.text
    text = f"按{text}" if _SHARE.match(text) else text
    given = sums(text)
    if not given.amounts and given.rate is None:
        return
    label = re.sub(r"^(?:\W|[0-9])+", "", head["what"] or head["what2"] or "")
    own, modifier = beneficiary_parts(who.text) if who else ("", "")
    called = beside["gift"].text if "gift" in beside else label if label not in GIFTS.split("|") else None
    grade = beside["tier"].text if "tier" in beside else None
    often = beside["when"].text if "when" in beside else ""
    start, end = min(who.start, cell.start) if who else cell.start, cell.end
    for tier in tiers("", given.amounts, text):
        award = _award(text, given, tier.amount, often)
        words = {
            "beneficiary": own or None,
            "purpose": called,
            "tier": tier.name or grade,
            "conditions": modifier or None,
        }
        award = replace(
            award, text=document.text[start:end], start=start, end=end, **_as_written(document, words, who, beside)
        )
        yield award


def _award(text: str, given: Sums, amount: Quantity | None, often: str) -> Award:
    """What a cell says of one amount by itself."""
    priced = amount or given.cap
    each = per(text, priced)
    return Award(
        amount=amount.value if amount else None,
        amount_max=amount.value_max if amount else None,
        unit=priced.unit if priced else None,
        comparator=sign(text, given, amount),
        rate=given.rate.share if given.rate else None,
        base=given.rate.base if given.rate else None,
        cap=in_unit(given.cap, priced.unit) if given.cap and priced else None,
        frequency=frequency(f"{text},{often}", each if amount else None),
        per=each,
    )


def _as_written(
    document: Document, words: dict[str, str | None], who: Piece | None, beside: dict[str, Piece]
) -> dict[str, Any]:
    """The words of a row by the source's own characters."""
    places = {"beneficiary": who, "conditions": who, "purpose": beside.get("gift"), "tier": beside.get("tier")}
    return {
        key: as_written(compact(document.text, place.start, place.end), document.text, value)
        if place and value
        else value
        for key, value in words.items()
        for place in [places[key]]
    }
