"""Award policies: what somebody gets, with beneficiary, amount or rate, tier, cap and conditions.

A sentence is read segment by segment (`;` parts them): the phrase of the beneficiary (`对…的企业,`), then what
is given. `分别给予50万元、30万元` gives one award a tier. A support without an amount has amount None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.facts import Award
from knowledge.parsing.clauses import Piece, enclosed, paragraphs, sentences, split
from knowledge.parsing.gifts import CAP, GIFTS, Gift, gifts, phrase, whose
from knowledge.parsing.quantities import Quantity, comparison, quantities
from knowledge.parsing.rhythm import frequency, per
from knowledge.parsing.standards import standards
from knowledge.parsing.terms import APPLY_BY, VALID_TO, own_terms, said, under
from knowledge.parsing.tiers import Tier, beneficiary_parts, tiers
from knowledge.rules import rule
from knowledge.text import View, as_written

UNPRICED = rule(
    "unpriced",
    rf"(?:(?:严格)?(?:执行|落实|兑现|给予|享受|实施)(?P<what>[^,;。]{{0,30}}(?:{GIFTS})(?:政策)?)|优先(?P<first>推荐|支持|安排)[^,;。]{{2,24}})(?=[,;。)]|$)",
    "a support for which no amount is named",
    ("严格执行国家高新技术企业一次性奖励扶持政策", "严格执行国家高新技术企业一次性奖励扶持政策"),
    ("给予展位费补贴", "给予展位费补贴"),
    ("优先推荐申报省级人才项目", "优先推荐申报省级人才项目"),
    ("加强监督", ""),
)
FUND = rule(
    "fund",
    r"(?:安排|设立|统筹|每年|年度)?(?P<purpose>[^,;。、]{0,16}?(?:奖励|奖补|补助|专项|扶持|引导|支持|发展|补贴))资金(?:总额)?(?=[^,;。]{0,10}[0-9])",
    "money set aside to be given",
    ("科技类奖补资金不少于1200万", "科技类奖补资金"),
    ("市财政每年安排科技创新奖励资金不少于3000万元", "市财政每年安排科技创新奖励资金"),
    ("研发资金", ""),
)
FUND_AFTER = rule(
    "fund_after",
    r"(?:安排|设立|统筹|拿出)[^,;。0-9]{0,8}[0-9][0-9,.]*(?:万|亿)?元(?:以上|左右)?(?:的)?(?P<purpose>[^,;。、0-9]{0,16}?(?:奖励|奖补|补助|专项|扶持|引导|支持|发展|补贴))资金",
    "money set aside to be given, its amount before it",
    ("每年安排不少于5000万元数字经济专项资金", "安排不少于5000万元数字经济专项资金"),
    ("安排5000万元建设", ""),
)
RATE = rule(
    "rate",
    r"按照?(?:不超过)?(?P<base>[^,;。]{0,40}?)的?(?P<rate>[0-9]+(?:\.[0-9]+)?)%(?:(?=[^0-9])|$)|(?P<base2>[^,;。给予按]{2,20}?)(?P<rate2>[0-9]+(?:\.[0-9]+)?)%的?(?:给予)?(?=[^,;。]{0,8}(?:补助|补贴|奖励|资助|贴息))|(?:补贴|补助|奖励|资助|支持)(?:比例|标准)(?:提高|上浮|提升)?(?:至|到|为)(?P<rate3>[0-9]+(?:\.[0-9]+)?)%",
    "a share of a base",
    ("按技术合同实际成交额的1%给予补助", "按技术合同实际成交额的1%"),
    ("给予设备投入15%的补助", "设备投入15%的"),
    ("补贴比例提高到40%", "补贴比例提高到40%"),
)
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
RULES = (UNPRICED, FUND, FUND_AFTER, RATE, LENT, SIZE)
_BLANK = Award()
"""An award of which nothing is known yet."""
LONGEST_SENTENCE = 3000
"""A run without a full stop longer than this, in characters, is no sentence of an award."""
_NAMED_AFTER = re.compile(rf"(?:元|%的?)(?:给予|予以)?(?!给予|予以)(?P<name>[^,;。0-9一]{{1,10}}?(?:{GIFTS}))")
_NAMED_BEFORE = re.compile(
    r"^(?:给予|发放|予以)(?:一次性)?(?P<name>[^,;。0-9一每]{1,8}?(?:补助|补贴|津贴|奖金|资助))(?=[0-9])"
)
_MONEY = re.compile("元|^[万亿]$")
_SOMEBODY = re.compile("企业|单位|机构|人才|人员|项目|团队|平台|园区|高校|家庭|个人|公司|中心|基地|[者户生员工商]$")
_NOT_GIVEN = re.compile("处分|处罚|批评|警告|罚款|追究|配合|协助|追回|收回")


@dataclass(frozen=True)
class _Sums:
    """What a gift comes to: the amounts with their tiers, a rate with its base, a cap."""

    amounts: tuple[Quantity, ...]
    rate: float | None
    base: str | None
    cap: Quantity | None


def awards(
    view: View,
    source: str,
    inherited: str | None,
    hidden: Sequence[tuple[int, int]] = (),
    headings: Sequence[str] = (),
) -> list[Award]:
    """The awards of one section in order; `inherited` is a stacking rule that an outer section states for it.

    `hidden`: ranges of the view that are no running text; `headings`: the section's and those above it.
    """
    text = view.text
    for start, end in hidden:
        text = text[:start] + "。" * (end - start) + text[end:]
    found: list[Award] = []
    terms: dict[str, str] = {}
    for sentence in (one for paragraph in paragraphs(text) for one in sentences(paragraph)):
        if len(sentence.text) > LONGEST_SENTENCE:
            continue
        own = _sentence(sentence, headings, view, source, inherited)
        terms |= {} if own else said(sentence, view, source)
        found += own
    return [under(award, terms) for award in found]


def _sentence(sentence: Piece, headings: Sequence[str], view: View, source: str, inherited: str | None) -> list[Award]:
    """A sentence's awards; supports without an amount count only where it names no amount."""
    segments = list(split(sentence.text, ";", sentence.start))
    priced = [award for gift in gifts(segments) for award in _priced(gift, sentence, view, source, inherited)]
    terms = own_terms(sentence.text, inherited)
    priced += [replace(award, **terms) for award in standards(sentence, headings, view, source)]
    funds = [award for segment in segments for award in _funds(segment, view, source)]
    found = sorted([*priced, *funds], key=lambda award: award.start) if priced else funds
    found = found or [award for segment in segments for award in _unpriced(segment, view, source)]
    return [_written(award, sentence, view, source) for award in found]


_WORDS = ("beneficiary", "purpose", "base", "tier", "per", "conditions", "apply_by", "valid_to", "stacking")


def _written(award: Award, sentence: Piece, view: View, source: str) -> Award:
    """An award whose words are the source's own characters."""
    values = {key: value for key in _WORDS if (value := getattr(award, key)) is not None}
    own: dict[str, Any] = {
        key: as_written(view, source, value, sentence.start, sentence.end) for key, value in values.items()
    }
    return replace(award, **own)


def _priced(given: Gift, sentence: Piece, view: View, source: str, inherited: str | None) -> Iterator[Award]:
    piece = given.piece
    if _NOT_GIVEN.search(piece.text[given.giving : given.giving + 12]):
        return
    own = piece.text.find(given.who) + len(given.who) if given.who and given.start >= piece.start else 0
    sums = _sums(piece.text, own, given.giving)
    if not sums.amounts and sums.rate is None:
        return
    last = _last(piece, sums)
    start, end = view.span(given.start, piece.start + last)
    text = piece.text[max(given.start - piece.start, 0) : last]
    named = _named_gift(piece.text, given.giving)
    terms = own_terms(sentence.text, inherited)
    for tier in tiers(given.who, sums.amounts, piece.text):
        award = _award(tier, sums, text, named, given)
        yield replace(award, text=source[start:end], start=start, end=end, **terms)


def _sums(text: str, place: int, giving: int) -> _Sums:
    """The amounts, rate and cap of a gift after the beneficiary's phrase; sizes that are conditions are none."""
    rate = RATE.pattern.search(text, place)
    money = [
        one
        for one in quantities(text)
        if one.start >= place
        and _MONEY.search(one.unit)
        and not (rate and rate.start() <= one.start < rate.end())
        and not _is_size(text, one, giving)
    ]
    funds = [found.end() for found in FUND.pattern.finditer(text)]
    inside = [found.span() for found in FUND_AFTER.pattern.finditer(text)]
    money = [one for one in money if not any(0 <= one.start - end <= 10 for end in funds)]
    money = [one for one in money if not any(start <= one.start < end for start, end in inside)]
    capped = [one for one in money if CAP.pattern.search(text[place : one.start])]
    amounts = [one for one in money if one not in capped]
    if not amounts and rate is None:
        amounts, capped = capped[:1], capped[1:]
    share = float(rate["rate"] or rate["rate2"] or rate["rate3"]) if rate else None
    base = (rate["base"] or rate["base2"] or "").removeprefix("不超过") or None if rate else None
    whole = int(share) if share is not None and share == int(share) else share
    return _Sums(tuple(amounts), whole, base, capped[0] if capped else None)


def _is_size(text: str, money: Quantity, giving: int) -> bool:
    """Whether money is a size that somebody must have: `1亿元以下的奖励`, or what stands before the verb and is no rate."""
    if SIZE.pattern.match(text[money.end :]):
        return True
    if LENT.pattern.search(text[: money.start]):
        return True
    clause = max(text.rfind(mark, 0, money.start) for mark in ",;:") + 1
    return money.end <= giving and not re.search("按|每", text[clause : money.start])


def _last(piece: Piece, gift: _Sums) -> int:
    """Where the award's words end: the clause of its last amount or date."""
    text = piece.text
    places = [one.end for one in (*gift.amounts, *([gift.cap] if gift.cap else []))]
    places += [found.end() for row in (RATE, APPLY_BY, VALID_TO) if (found := row.pattern.search(text))]
    stop = text.find(",", max(places, default=0))
    inside = enclosed(text)
    while 0 <= stop < len(text) and inside[stop]:
        stop = text.find(",", stop + 1)
    return len(text) if stop < 0 else stop


def _named_gift(text: str, giving: int) -> str | None:
    """The gift's name where the text has one of its own: 5万元运营补贴, 发放生活补贴3000元."""
    names = [
        found["name"].removeprefix("的")
        for pattern in (_NAMED_AFTER, _NAMED_BEFORE)
        if (found := pattern.search(text[giving:]))
    ]
    return next((name for name in names if name not in GIFTS.split("|")), None)


def _award(tier: Tier, gift: _Sums, text: str, named: str | None, given: Gift) -> Award:
    """One tier's award, from the text of its gift; `named` is the gift's own name."""
    amount, cap = tier.amount, gift.cap
    beneficiary, modifier = whose(tier.who, given.noun, given.to)
    counted = bool(modifier and re.search("[0-9]", modifier))
    each = per(given.piece.text, amount or cap)
    rest = text[text.find(tier.phrase) + len(tier.phrase) if tier.phrase else 0 :]
    priced = amount or cap
    return replace(
        _BLANK,
        beneficiary=beneficiary or None,
        purpose=named if counted or not modifier else modifier,
        amount=amount.value if amount else None,
        amount_max=amount.value_max if amount else None,
        unit=priced.unit if priced else None,
        comparator=_sign(text, amount, gift),
        rate=gift.rate,
        base=gift.base,
        cap=_in_unit(cap, priced.unit) if cap and priced else None,
        tier=tier.name or given.stage,
        frequency=frequency(rest, each if amount else None),
        per=each,
        conditions=modifier or None,
    )


_SCALES = {"元": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000, "亿": 100_000_000}


def _in_unit(cap: Quantity, unit: str) -> float:
    """The most that is given, in the unit of the award (whole numbers without a fraction)."""
    if cap.unit == unit or cap.unit not in _SCALES or unit not in _SCALES:
        return cap.value
    value = cap.value * _SCALES[cap.unit] / _SCALES[unit]
    return int(value) if value == int(value) else value


def _sign(text: str, amount: Quantity | None, gift: _Sums) -> str | None:
    if amount is None:
        return "<=" if gift.cap else "="
    place = text.find(f"{amount.value:g}")
    before = text[:place] if place >= 0 else ""
    found = re.search(r"(?:最高|不超过|不高于|至多)[^,;。0-9]{0,8}$", before)
    return (
        "<="
        if found
        else comparison(before, text[place + len(f"{amount.value:g}{amount.unit}") :] if place >= 0 else "")
    )


def _funds(segment: Piece, view: View, source: str) -> Iterator[Award]:
    """Money set aside in a segment: its amount, nobody in particular getting it."""
    for found in (*FUND.pattern.finditer(segment.text), *FUND_AFTER.pattern.finditer(segment.text)):
        first = found.start() if found.re is FUND_AFTER.pattern else found.end()
        after = [one for one in quantities(segment.text) if one.start >= first and _MONEY.search(one.unit)]
        if not after:
            continue
        clause = next(
            one for one in split(segment.text, ",", segment.start) if one.end > segment.start + after[0].start
        )
        each = re.search("每年|年度", segment.text[: after[0].start])
        yearly = next(
            (one for one in split(segment.text, ",", segment.start) if each and one.end > segment.start + each.start()),
            clause,
        )
        start, end = view.span(min(yearly.start, clause.start), clause.end)
        sign = comparison(segment.text[: after[0].start], segment.text[after[0].end :])
        purpose = re.sub("^.*(?:安排|设立|统筹|每年|年度)", "", found["purpose"])
        yield replace(
            _BLANK,
            purpose=purpose,
            amount=after[0].value,
            amount_max=after[0].value_max,
            unit=after[0].unit,
            comparator=sign,
            frequency="每年" if each else None,
            text=source[start:end],
            start=start,
            end=end,
        )


def _unpriced(segment: Piece, view: View, source: str) -> Iterator[Award]:
    """Supports for which a segment names no amount."""
    for found in UNPRICED.pattern.finditer(segment.text):
        begin, who = phrase(segment.text, found.start())
        what = found["what"] or found.group()
        if not who:
            who = re.sub(rf"(?:一次性)?(?:{GIFTS}|政策)+$", "", what)
            begin = max(segment.text.rfind(",", 0, found.start()) + 1, 0)
        beneficiary, modifier = beneficiary_parts(who)
        if not beneficiary or _NOT_GIVEN.search(found.group()) or not _SOMEBODY.search(beneficiary):
            continue
        start, end = view.span(segment.start + begin, segment.start + found.end())
        yield replace(
            _BLANK,
            beneficiary=beneficiary,
            purpose=what if begin < found.start() else None,
            frequency=frequency(found.group()),
            conditions=modifier or None,
            text=source[start:end],
            start=start,
            end=end,
        )
