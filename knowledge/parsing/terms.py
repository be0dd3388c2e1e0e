"""The terms of awards: the last day to apply, until when they hold, whether they may be had together.

A sentence states them for its own award, for the awards beside it, or in an article of its own for all that the
document gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from knowledge.facts import Award, Section
from knowledge.parsing.clauses import Piece, paragraphs, sentences
from knowledge.parsing.validity import OWN
from knowledge.rules import rule
from knowledge.text import View, as_written

_DAY = r"(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)"
_EVERY = r"(?:每年|次年|翌年|当年|每季度(?:首月|第一个月|末月))?"
_DATE = rf"{_EVERY}(?:{_DAY}[至到-])?{_DAY}前?|每季度(?:首月|第一个月|末月)[0-9]{{1,2}}日前?"
APPLY_BY = rule(
    "apply_by",
    rf"(?:{_DATE})(?=(?:[^;。]{{0,8}}|[^,;。]{{0,16}})(?:申报|申请|提交|提出))|(?:申报|申请|受理|申领)(?:时间|期限|截止)[^,;。0-9]{{0,8}}?(?P<date>{_DATE})",
    "the last day to apply, or the days between which to",
    ("应当于每年4月30日前提出申请", "每年4月30日前"),
    ("每年6月30日前申报", "每年6月30日前"),
    ("申报截止时间为每年6月30日", "申报截止时间为每年6月30日"),
    ("申报时间为每年3月1日至4月30日", "申报时间为每年3月1日至4月30日"),
    ("应当于次年3月31日前向市科学技术局提出兑付申请", "次年3月31日前"),
    ("申报时间为每季度首月15日前", "申报时间为每季度首月15日前"),
    ("补贴资金于每年6月30日前通过“一卡通”发放到户", ""),
    needs="申报|申请|提交|提出|受理|申领",
)
EVERY = rule(
    "every",
    r"(?:本(?:办法|政策|措施|若干措施|细则|意见|规定)|各类|各项|所有)[^,;。]{0,16}?(?:奖励|奖补|补助|补贴|资金|政策|项目)",
    "words with which a sentence speaks of all that a document gives",
    ("本办法规定的各项奖励,申报截止时间为每年6月30日", "本办法规定的各项奖励"),
    ("各类奖补资金于每年4月底前申报", "各类奖补"),
    ("企业应于每年6月30日前申报", ""),
)
HEADED = rule(
    "headed",
    r"^(?:奖励|奖补|补贴|补助|资金|项目)*(?:的)?(?:申报|申请|受理|申领)",
    "the heading under which it is said how to apply for what stands around it",
    ("申报时间", "申报"),
    ("申报与管理", "申报"),
    ("申领和兑付", "申领"),
    ("奖励标准", ""),
)
ALONE = rule(
    "alone",
    r"^(?:申报|申请|受理|申领)(?:时间|期限|截止)|^同一(?:企业|单位|项目|事项|主体|机构|平台|个人|人员|人才|申报|对象|年度|内容|类)|^申[报请](?:[^,;。]{0,10}的)?(?:企业|单位|人|主体|对象|机构)[^,;。]{0,4}(?:应|须|需|于)",
    "how a sentence begins that in an article of its own is said of all awards around it",
    ("申报时间为每年3月1日至4月30日", "申报时间"),
    ("同一项目符合多项奖励政策的,按照就高不重复的原则执行", "同一项目"),
    ("申报企业应于每年9月底前提交材料", "申报企业应于"),
    ("申请补助的机构应于次年2月底前提交材料", "申请补助的机构应于"),
    ("企业应于每年6月30日前申报", ""),
)
TIMED = rule(
    "timed",
    r"^(?:奖励|奖补|补贴|补助|资金|项目)*(?:申报|申请|受理|申领)(?:时间|期限|截止)[^,;。]{0,4}$",
    "the heading of a text that is nothing but the days on which to apply",
    ("申报时间", "申报时间"),
    ("申报程序", ""),
)
VALID_TO = rule(
    "valid_to",
    r"(?:执行|有效期|政策期限|实施期限|期限)(?:至|到|截至)(?P<date>20[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|底)?)",
    "until when it holds",
    ("执行至2026年12月31日", "执行至2026年12月31日"),
    needs="[至到]20",
)
_ONE = (
    "[^,;。]{0,12}(?:就高不就低|就高不重复|不重复享受|不得重复享受|不得同时享受|不重复奖励|择优不重复|从高不重复|"
    "可(?:以)?(?:叠加|同时|累加)享受|可叠加)"
)
STACKING = rule(
    "stacking",
    rf"(?:按照?)?(?P<rule>{_ONE}(?:[,;]但?是?{_ONE})*)",
    "whether it may be had together with another",
    ("同一平台就高不重复", "同一平台就高不重复"),
    ("按照就高不重复的原则执行", "按照就高不重复"),
    ("可叠加享受", "可叠加享受"),
    ("可叠加享受,但与省级同类奖励不重复享受", "可叠加享受,但与省级同类奖励不重复享受"),
    ("购房补贴与租房补贴不得同时享受", "购房补贴与租房补贴不得同时享受"),
    ("企业享受的其他政策", ""),
    needs="就高不|不重复|不得重复|叠加|[同累][时加]享受",
)
RULES = (APPLY_BY, EVERY, HEADED, ALONE, TIMED, VALID_TO, STACKING)
_SPOKEN = re.compile("|".join(row.needs.pattern for row in (APPLY_BY, VALID_TO, STACKING) if row.needs))
"""What a section has that states a term."""


@dataclass(frozen=True)
class Common:
    """Terms that a section states for others: for all of its document, or for what the nearest section around it gives."""

    section: Section
    whole: Mapping[str, str]
    near: Mapping[str, str]


def stacking(text: str) -> str | None:
    """The rule of stacking that a text states."""
    found = STACKING.search(text)
    return found["rule"] if found else None


def own_terms(sentence: str, inherited: str | None) -> dict[str, Any]:
    """What a sentence says of applying, validity and stacking; the last may come from an outer section."""
    until = VALID_TO.search(sentence)
    return {
        "apply_by": _apply_by(sentence),
        "valid_to": until["date"] if until else None,
        "stacking": stacking(sentence) or inherited,
    }


def said(sentence: Piece, view: View, source: str, heading: str = "") -> dict[str, str]:
    """The terms of applying and stacking that a sentence without a gift of its own states, or under a heading of days."""
    text = f"{heading}:{sentence.text}" if TIMED.pattern.search(heading) else sentence.text
    by = _apply_by(text) if re.search("申报|申请|申领", text) else None
    found = {"apply_by": by, "stacking": stacking(sentence.text)}
    return {key: as_written(view, source, text, sentence.start, sentence.end) for key, text in found.items() if text}


def common(view: View, source: str, section: Section, outer: Sequence[str], *, gives: bool) -> Common:
    """The terms that a section states for others; `outer`: headings above it, `gives`: whether it has awards itself."""
    whole: dict[str, str] = {}
    near: dict[str, str] = {}
    if not _SPOKEN.search(f"{section.heading}\n{view.text}"):
        return Common(section, whole, near)
    headed = any(HEADED.pattern.search(one) for one in (section.heading, *outer))
    for sentence in (one for paragraph in paragraphs(view.text) for one in sentences(paragraph)):
        found = said(sentence, view, source, section.heading)
        if EVERY.pattern.search(sentence.text):
            whole |= found
        elif not gives and (headed or ALONE.pattern.search(sentence.text)):
            near |= found
        until = VALID_TO.search(sentence.text)
        if until and OWN.pattern.search(sentence.text):
            whole["valid_to"] = as_written(view, source, until["date"], sentence.start, sentence.end)
    return Common(section, whole, near)


def under(award: Award, terms: Mapping[str, str]) -> Award:
    """An award under terms set for all, where it has none of its own; money set aside is nobody's in particular."""
    missing: dict[str, Any] = {key: value for key, value in terms.items() if getattr(award, key) is None}
    someone = award.rate or award.beneficiary or award.conditions or award.per or award.tier
    return replace(award, **missing) if someone else award


def spread(awards: Sequence[Award], terms: Iterable[Common], outer: Mapping[str, Section]) -> Iterator[Award]:
    """The awards under the terms that their document states for them elsewhere."""
    above = {award.section: set(_above(award.section, outer)) for award in awards}
    giving = set().union(*above.values())
    scoped = [(_scope(one.section, giving, outer), one) for one in terms if one.whole or one.near]
    for award in awards:
        own: dict[str, str] = {}
        for scope, one in scoped:
            own |= one.whole
            own |= one.near if scope in above[award.section] else {}
        yield under(award, own)


def _apply_by(text: str) -> str | None:
    found = APPLY_BY.search(text)
    return (found["date"] or found.group()) if found else None


def _above(section: str, outer: Mapping[str, Section]) -> Iterator[str]:
    """A section and those around it, up to the whole document ("")."""
    while section and section in outer:
        yield section
        section = outer[section].parent or ""
    yield ""


def _scope(section: Section, giving: set[str], outer: Mapping[str, Section]) -> str:
    """The nearest section around one in which something is given."""
    return next((one for one in _above(section.parent or "", outer) if one in giving), "")
