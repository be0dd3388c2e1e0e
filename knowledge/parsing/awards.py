"""Award policies: what somebody gets, with beneficiary, amount or rate, tier, cap and conditions.

A sentence is read segment by segment (`;` parts them): the phrase of the beneficiary (`对…的企业,`), then what
is given. `分别给予50万元、30万元` gives one award a tier. A support without an amount has amount None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from knowledge.facts import Award
from knowledge.parsing.clauses import Piece, enclosed, masked, paragraphs, sentences, split
from knowledge.parsing.funds import funds
from knowledge.parsing.gifts import GIFTS, GIVING, Gift, gifts, phrase, whose
from knowledge.parsing.rhythm import frequency, per
from knowledge.parsing.standards import standards
from knowledge.parsing.sums import Sums, in_unit, sign, sums
from knowledge.parsing.terms import APPLY_BY, VALID_TO, own_terms, said, under
from knowledge.parsing.tiers import Tier, beneficiary_parts, tiers
from knowledge.rules import rule
from knowledge.text import View, as_written

UNPRICED = rule(
    "unpriced",
    rf"(?:(?:严格)?(?:执行|落实|兑现|给予|享受|实施)(?P<what>[^,;。]{{0,30}}(?:{GIFTS})(?:政策)?)|优先(?P<first>推荐|支持|安排)[^,;。]{{2,24}}|(?:免除|免收|免缴|免征)[^,;。]{{2,24}}(?:费用?|税|租金|押金))(?=[,;。)]|$)",
    "a support for which no amount is named",
    ("严格执行国家高新技术企业一次性奖励扶持政策", "严格执行国家高新技术企业一次性奖励扶持政策"),
    ("给予展位费补贴", "给予展位费补贴"),
    ("优先推荐申报省级人才项目", "优先推荐申报省级人才项目"),
    ("对夜间延时开放的景区,免除当年城市基础设施配套费", "免除当年城市基础设施配套费"),
    ("免除责任", ""),
    ("加强监督", ""),
    needs="执行|落实|兑现|给予|享受|实施|优先|免[除收缴征]",
)
LASTING = rule(
    "lasting",
    r",(?:且|累计)?(?:最[长多]|连续|期限|(?:补贴|贴息|资助|支持|发放|补助|享受)(?:期限?|时间)?)[^,;。0-9一二三四五六]{0,8}(?:[0-9]+|[一二三四五六]+)个?[年月](?=[,;。]|$)",
    "how long a gift is given, in the clause behind it",
    (",最长不超过24个月", ",最长不超过24个月"),
    (",连续发放三年", ",连续发放三年"),
    (",每年6月30日前申报", ""),
)
RULES = (UNPRICED, LASTING)
_BLANK = Award()
"""An award of which nothing is known yet."""
LONGEST_SENTENCE = 3000
"""A run without a full stop longer than this, in characters, is no sentence of an award."""
_AMOUNT = re.compile("[0-9成]|全额|[减折]半|[一二三四五六七八九十百千万亿两]元")
"""What a sentence has in which an amount or a share is given."""
_NAMED_AFTER = re.compile(rf"(?:元|%的?)(?:给予|予以)?(?!给予|予以)(?P<name>[^,;。0-9一]{{1,10}}?(?:{GIFTS}))")
_NAMED_ALONE = re.compile(rf"(?:给予|发放|予以)(?P<name>[^,;。0-9一]{{2,12}}?(?:{GIFTS}))(?=[,;。]|$)")
_NAMED_STANDARD = re.compile(rf"(?:^|[,;:])(?P<name>[^,;。:0-9]{{1,14}}(?:{GIFTS}))标准为")
_NAMED_BEFORE = re.compile(
    r"^(?:给予|发放|予以)(?:一次性)?(?P<name>[^,;。0-9一每]{1,8}?(?:补助|补贴|津贴|奖金|资助))(?=[0-9])"
)
_SOMEBODY = re.compile(
    "企业|单位|机构|人才|人员|项目|团队|平台|园区|高校|家庭|个人|公司|中心|基地|景区|酒店|民宿|旅行社|学校|医院|农场|合作社|[者户生员工商]$"
)
_NOT_GIVEN = re.compile("处分|处罚|批评|警告|罚款|追究|配合|协助|追回|收回")


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
    text = masked(view.text.replace("|", "。"), hidden)
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
    giving = gifts(segments) if _AMOUNT.search(sentence.text) and GIVING.search(sentence.text) else ()
    priced = [award for gift in giving for award in _priced(gift, sentence, view, source, inherited)]
    if stated := list(standards(sentence, headings, view, source)):
        terms = own_terms(sentence.text, inherited)
        priced += [replace(award, **terms) for award in stated]
    aside = [award for segment in segments for award in funds(segment, view, source)]
    found = sorted([*priced, *aside], key=lambda award: award.start) if priced else aside
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
    total = sums(piece.text, own, given.giving)
    if not total.amounts and total.rate is None:
        return
    last = _last(piece, total)
    start, end = view.span(given.start, piece.start + last)
    text = piece.text[max(given.start - piece.start, 0) : last]
    named = _named_gift(piece.text, given.giving)
    terms = own_terms(sentence.text, inherited)
    for tier in tiers(given.who, total.amounts, piece.text):
        award = _award(tier, total, text, named, given)
        yield replace(award, text=source[start:end], start=start, end=end, **terms)


def _last(piece: Piece, gift: Sums) -> int:
    """Where the award's words end: the clause of its last amount or date."""
    text = piece.text
    places = [gift.end]
    places += [gift.rate.end] if gift.rate else []
    places += [found.end() for row in (APPLY_BY, VALID_TO) if (found := row.pattern.search(text))]
    stop = text.find(",", max(places, default=0))
    inside = enclosed(text)
    while 0 <= stop < len(text) and inside[stop]:
        stop = text.find(",", stop + 1)
    lasting = LASTING.pattern.match(text, stop) if stop >= 0 else None
    return len(text) if stop < 0 else lasting.end() if lasting else stop


def _named_gift(text: str, giving: int) -> str | None:
    """The gift's name where the text has one of its own: 5万元运营补贴, 发放生活补贴3000元."""
    standard = _NAMED_STANDARD.search(text)
    if standard:
        return standard["name"]
    names = [
        found["name"].removeprefix("的")
        for pattern in (_NAMED_AFTER, _NAMED_BEFORE, _NAMED_ALONE)
        if (found := pattern.search(text[giving:]))
    ]
    return next((name for name in names if name not in GIFTS.split("|")), None)


def _award(tier: Tier, gift: Sums, text: str, named: str | None, given: Gift) -> Award:
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
        comparator=sign(given.piece.text, gift, amount),
        rate=gift.rate.share if gift.rate else None,
        base=gift.rate.base if gift.rate else None,
        cap=in_unit(cap, priced.unit) if cap and priced else None,
        tier=tier.name or given.stage,
        frequency=frequency(rest, each if amount else None),
        per=each,
        conditions=modifier or None,
    )


def _unpriced(segment: Piece, view: View, source: str) -> Iterator[Award]:
    """Supports for which a segment names no amount."""
    for found in UNPRICED.finditer(segment.text):
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
