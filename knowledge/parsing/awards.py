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
from knowledge.parsing.quantities import Quantity, comparison, quantities
from knowledge.parsing.tiers import Tier, beneficiary_parts, tiers
from knowledge.rules import rule
from knowledge.text import View, as_written

_GIFT = (
    "奖励|奖补|补助|补贴|资助|贴息|奖金|资金支持|资金扶持|扶持资金|扶持政策|奖励扶持|补偿|津贴|减免|免收|免征|返还|优惠"
)
GIVING = rule(
    "giving",
    rf"给予|予以|奖励(?=[^,;。]{{0,6}}[0-9])|补助(?=[^,;。]{{0,6}}[0-9])|补贴(?=[^,;。]{{0,6}}[0-9])|资助(?=[^,;。]{{0,6}}[0-9])|发放[^,;。]{{0,24}}(?:{_GIFT})|可?享受[^,;。]{{0,16}}(?:{_GIFT})|(?:{_GIFT})标准为",
    "a verb of giving",
    ("给予一次性奖励20万元", "给予"),
    ("每名奖励5000元", "奖励"),
    ("其中用于奖励科研团队的部分", ""),
)
GIFT = rule(
    "gift", rf"[^,;。、的]{{0,10}}?(?:{_GIFT})", "what is given", ("给予展位费补贴", "给予展位费补贴"), ("加强服务", "")
)
UNPRICED = rule(
    "unpriced",
    rf"(?:(?:严格)?(?:执行|落实|兑现|给予|享受|实施)(?P<what>[^,;。]{{0,30}}(?:{_GIFT})(?:政策)?)|优先(?P<first>推荐|支持|安排)[^,;。]{{2,24}})(?=[,;。)]|$)",
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
WHO = rule(
    "who",
    r"^(?:[-*+•·]|[一二三四五六七八九十]+是|其中|同时|并|另外)*,?(?:对于?|凡|针对)(?P<who>[^;。]+?)(?=,|给予|予以|按|每年|每月|每[家户人名个项]|分别|一次性|最高|优先|$)",
    "the beneficiary's phrase after 对",
    ("对首次认定的高新技术企业,给予", "对首次认定的高新技术企业"),
    ("对重新认定国家高新技术企业给予", "对重新认定国家高新技术企业"),
)
WHOSE = rule(
    "whose",
    r"^(?P<who>[^;。]{4,60}?的(?:企业|单位|机构|项目|个人|人才|团队|平台|园区)?)(?=,?(?:给予|予以|每|按|分别|一次性|最高|可))",
    "the beneficiary's phrase without 对",
    ("新认定为省级企业技术中心的,给予20万元", "新认定为省级企业技术中心的"),
)
RATE = rule(
    "rate",
    r"按照?(?:不超过)?(?P<base>[^,;。]{0,40}?)的?(?P<rate>[0-9]+(?:\.[0-9]+)?)%(?:(?=[^0-9])|$)|(?P<base2>[^,;。给予]{2,20}?)(?P<rate2>[0-9]+(?:\.[0-9]+)?)%的?(?:给予)?(?=[^,;。]{0,8}(?:补助|补贴|奖励|资助|贴息))",
    "a share of a base",
    ("按技术合同实际成交额的1%给予补助", "按技术合同实际成交额的1%"),
    ("给予设备投入15%的补助", "设备投入15%的"),
)
CAP = rule(
    "cap",
    r"(?:(?:单个|每个|每家|每户|每人|每年|同一|单项|每项|单户|全年|年度)[^,;。]{0,14})?(?:最高|累计|合计|总额)?(?:不超过|不得超过|不高于|限额|上限为?|封顶|最高)[^,;。0-9]{0,4}$",
    "the words before the most that is given",
    ("单个企业每年最高不超过", "单个企业每年最高不超过"),
    ("给予一次性奖励", ""),
)
FREQUENCY = rule(
    "frequency",
    r"一次性|每月|每季度|每半年|每年(?![0-9]|累计|最高)|按年|逐年|连续[一二三四五2-9]年|每天|每日",
    "how often",
    ("一次性奖励", "一次性"),
    ("每月给予", "每月"),
)
APPLY_BY = rule(
    "apply_by",
    r"(?:每年)?(?:(?:20[0-9]{2})年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)前?(?=[^;。]{0,8}(?:申报|申请|提交|提出))|(?:申报|申请)(?:时间|截止)[^,;。0-9]{0,6}(?P<date>(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底)前?)",
    "the last day to apply",
    ("应当于每年4月30日前提出申请", "每年4月30日前"),
    ("每年6月30日前申报", "每年6月30日前"),
)
VALID_TO = rule(
    "valid_to",
    r"(?:执行|有效期|政策期限|实施期限|期限)(?:至|到|截至)(?P<date>20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|底)?)",
    "until when it holds",
    ("执行至2026年12月31日", "执行至2026年12月31日"),
)
STACKING = rule(
    "stacking",
    r"[^,;。]{0,12}(?:就高不就低|就高不重复|不重复享受|不得重复享受|不重复奖励|择优不重复|从高不重复|可(?:以)?(?:叠加|同时|累加)享受|可叠加)",
    "whether it may be had together with another",
    ("同一平台就高不重复", "同一平台就高不重复"),
    ("可叠加享受", "可叠加享受"),
)
RULES = (GIVING, GIFT, UNPRICED, FUND, FUND_AFTER, WHO, WHOSE, RATE, CAP, FREQUENCY, APPLY_BY, VALID_TO, STACKING)
_BLANK = Award()
"""An award of which nothing is known yet."""
LONGEST_SENTENCE = 3000
"""A run without a full stop longer than this, in characters, is no sentence of an award."""
_MONEY = re.compile("元|^[万亿]$")
_NEXT_GIFT = re.compile(",(?:同时|另外|其中)?(?=对)")
_SOMEBODY = re.compile("企业|单位|机构|人才|人员|项目|团队|平台|园区|高校|家庭|个人|公司|中心|基地|[者户生员工商]$")
_NOT_GIVEN = re.compile("处分|处罚|批评|警告|罚款|追究|配合|协助|追回|收回")


@dataclass(frozen=True)
class _Gift:
    """What a segment gives: the amounts with their tiers, a rate with its base, a cap."""

    amounts: tuple[Quantity, ...]
    rate: float | None
    base: str | None
    cap: Quantity | None


def awards(view: View, source: str, inherited: str | None, hidden: Sequence[tuple[int, int]] = ()) -> list[Award]:
    """The awards of one section in order; `inherited` is a stacking rule that an outer section states for it.

    `hidden`: ranges of the view that are no running text.
    """
    text = view.text
    for start, end in hidden:
        text = text[:start] + "。" * (end - start) + text[end:]
    found: list[Award] = []
    for paragraph in paragraphs(text):
        for sentence in sentences(paragraph):
            if len(sentence.text) > LONGEST_SENTENCE:
                continue
            found += _sentence(sentence, view, source, inherited)
    return found


def _sentence(sentence: Piece, view: View, source: str, inherited: str | None) -> list[Award]:
    """A sentence's awards; supports without an amount count only where it names no amount."""
    segments = [part for segment in split(sentence.text, ";", sentence.start) for part in _gifts(segment)]
    priced = [award for segment in segments for award in _priced(segment, sentence, view, source, inherited)]
    funds = [award for segment in segments for award in _funds(segment, view, source)]
    found = sorted([*priced, *funds], key=lambda award: award.start) if priced else funds
    found = found or [award for segment in segments for award in _unpriced(segment, view, source)]
    return [_written(award, sentence, view, source) for award in found]


_WORDS = ("beneficiary", "purpose", "base", "tier", "conditions", "apply_by", "valid_to", "stacking")


def _written(award: Award, sentence: Piece, view: View, source: str) -> Award:
    """An award whose words are the source's own characters."""
    values = {key: value for key in _WORDS if (value := getattr(award, key)) is not None}
    own: dict[str, Any] = {
        key: as_written(view, source, value, sentence.start, sentence.end) for key, value in values.items()
    }
    return replace(award, **own)


def _gifts(segment: Piece) -> Iterator[Piece]:
    """A segment's gifts apart where each has a beneficiary of its own: `对甲给予300元,对乙给予200元`."""
    start = 0
    for found in _NEXT_GIFT.finditer(segment.text):
        before, after = segment.text[start : found.start()], segment.text[found.end() :]
        if GIVING.pattern.search(before) and GIVING.pattern.search(after):
            yield Piece(before, segment.start + start, segment.start + found.start())
            start = found.start() + 1
    yield Piece(segment.text[start:], segment.start + start, segment.end)


def _priced(segment: Piece, sentence: Piece, view: View, source: str, inherited: str | None) -> Iterator[Award]:
    giving = GIVING.pattern.search(segment.text)
    if giving is None or _NOT_GIVEN.search(segment.text[giving.start() : giving.start() + 12]):
        return
    begin, who = _who(segment.text, giving.start())
    gift = _gift(segment.text, begin + len(who))
    if not gift.amounts and gift.rate is None:
        return
    last = _last(segment, gift)
    start, end = view.span(segment.start + begin, segment.start + last)
    text = segment.text[begin:last]
    terms = _terms(sentence.text, inherited)
    named = _named_gift(segment.text, giving.start())
    for tier in tiers(who, gift.amounts, segment.text):
        yield replace(_award(tier, gift, text, named), text=source[start:end], start=start, end=end, **terms)


def _who(text: str, giving: int) -> tuple[int, str]:
    """Where the award's words begin, and the beneficiary's phrase ("" where none is named)."""
    for row in (WHO, WHOSE):
        for clause in split(text, ","):
            if clause.start > giving:
                break
            if found := row.pattern.match(text[clause.start :]):
                return clause.start, found["who"]
    start = max(text.rfind(mark, 0, giving) for mark in ",;") + 1
    return start, ""


def _gift(text: str, place: int) -> _Gift:
    """The amounts, rate and cap in a segment after the beneficiary's phrase."""
    rate = RATE.pattern.search(text, place)
    money = [
        one
        for one in quantities(text)
        if one.start >= place and _MONEY.search(one.unit) and not (rate and rate.start() <= one.start < rate.end())
    ]
    funds = [found.end() for found in FUND.pattern.finditer(text)]
    inside = [found.span() for found in FUND_AFTER.pattern.finditer(text)]
    money = [one for one in money if not any(0 <= one.start - end <= 10 for end in funds)]
    money = [one for one in money if not any(start <= one.start < end for start, end in inside)]
    capped = [one for one in money if CAP.pattern.search(text[place : one.start])]
    amounts = [one for one in money if one not in capped]
    if not amounts and rate is None:
        amounts, capped = capped[:1], capped[1:]
    share = float(rate["rate"] or rate["rate2"]) if rate else None
    base = (rate["base"] or rate["base2"] or "").removeprefix("不超过") or None if rate else None
    whole = int(share) if share is not None and share == int(share) else share
    return _Gift(tuple(amounts), whole, base, capped[0] if capped else None)


def _last(segment: Piece, gift: _Gift) -> int:
    """Where the award's words end: the clause of its last amount or date."""
    text = segment.text
    places = [one.end for one in (*gift.amounts, *([gift.cap] if gift.cap else []))]
    places += [found.end() for row in (RATE, APPLY_BY, VALID_TO) if (found := row.pattern.search(text))]
    stop = text.find(",", max(places, default=0))
    inside = enclosed(text)
    while 0 <= stop < len(text) and inside[stop]:
        stop = text.find(",", stop + 1)
    return len(text) if stop < 0 else stop


def _named_gift(text: str, giving: int) -> str | None:
    """The gift's name where the text has one of its own: 运营补贴, 展位费补贴."""
    found = re.search(rf"(?:元|%的?)(?P<name>[^,;。0-9一]{{1,10}}?(?:{_GIFT}))", text[giving:])
    return found["name"].removeprefix("的") if found and found["name"] not in _GIFT.split("|") else None


def _terms(sentence: str, inherited: str | None) -> dict[str, Any]:
    """What a sentence says of applying, validity and stacking; the last may come from an outer section."""
    by, until, stacking = (row.pattern.search(sentence) for row in (APPLY_BY, VALID_TO, STACKING))
    return {
        "apply_by": (by["date"] or by.group()) if by else None,
        "valid_to": until["date"] if until else None,
        "stacking": stacking.group() if stacking else inherited,
    }


def _award(tier: Tier, gift: _Gift, text: str, named: str | None) -> Award:
    """One tier's award, from the text of its segment; `named` is the gift's own name."""
    amount, cap = tier.amount, gift.cap
    beneficiary, modifier = beneficiary_parts(tier.who)
    counted = bool(modifier and re.search("[0-9]", modifier))
    frequency = FREQUENCY.pattern.search(text, text.find(tier.phrase) + len(tier.phrase) if tier.phrase else 0)
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
        tier=tier.name,
        frequency=frequency.group() if frequency else None,
        conditions=modifier or None,
    )


_SCALES = {"元": 1, "万元": 10_000, "万": 10_000, "亿元": 100_000_000, "亿": 100_000_000}


def _in_unit(cap: Quantity, unit: str) -> float:
    """The most that is given, in the unit of the award (whole numbers without a fraction)."""
    if cap.unit == unit or cap.unit not in _SCALES or unit not in _SCALES:
        return cap.value
    value = cap.value * _SCALES[cap.unit] / _SCALES[unit]
    return int(value) if value == int(value) else value


def _sign(text: str, amount: Quantity | None, gift: _Gift) -> str | None:
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
        begin, who = _who(segment.text, found.start())
        what = found["what"] or found.group()
        if not who:
            who = re.sub(rf"(?:一次性)?(?:{_GIFT}|政策)+$", "", what)
            begin = max(segment.text.rfind(",", 0, found.start()) + 1, 0)
        beneficiary, modifier = beneficiary_parts(who)
        if not beneficiary or _NOT_GIVEN.search(found.group()) or not _SOMEBODY.search(beneficiary):
            continue
        start, end = view.span(segment.start + begin, segment.start + found.end())
        frequency = FREQUENCY.pattern.search(found.group())
        yield replace(
            _BLANK,
            beneficiary=beneficiary,
            purpose=what if begin < found.start() else None,
            frequency=frequency.group() if frequency else None,
            conditions=modifier or None,
            text=source[start:end],
            start=start,
            end=end,
        )
