"""Tiers of an award: which of several amounts belongs to which of several beneficiaries or grades.

`国家级、省级实验室,分别给予100万元、50万元` and `一等奖50万元、二等奖30万元` both give one tier an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.parsing.quantities import Quantity
from knowledge.rules import rule

GRADE = rule(
    "grade",
    r"(?:(?:国家)?[1-5]A|国家|省部?|市|县|区|州|厅|[一二三四五特甲乙丙]|A{1,5}|[BCD])(?:级|等奖|等次?|类|星级)",
    "a grade by which amounts differ",
    ("新认定的国家级", "国家级"),
    ("省科学技术奖一等奖", "一等奖"),
    ("A级", "A级"),
    ("新评定为国家5A级旅游景区", "国家5A级"),
)
SHORT = rule(
    "short",
    r"(?P<list>(?:(?:国家|省|市|县|区|[一二三四五特甲乙丙ABCD])[、和及或与])+)(?P<last>(?:国家|省|市|县|区|[一二三四五特甲乙丙ABCD])(?P<head>级|等奖|等次?|类))",
    "grades of which only the last has its head",
    ("获得科技进步奖一、二、三等奖的单位", "一、二、三等奖"),
    ("国家、省级企业技术中心", "国家、省级"),
    ("一等奖、二等奖", ""),
)
ACTING = rule(
    "acting",
    r"^(?P<noun>(?:[^,的]{0,8}?(?:企业|单位|机构|人才|人员|团队|高校|院所|园区|平台|公司|旅行社|博士后|毕业生|劳动者|[^,的]护理员|教练员|运动员)|个人))"
    r"(?P<act>(?:年度|一年内?)?(?:累[计积]|每(?:新增|增加|引进|吸纳|招用|培育|获得)|接待|收住|接收|承接|提供|投资|租用|租赁|购买|引进|参加|获得|取得|通过|新增|首次|建设|设立|开展|入选|承担|主持|参与|从事|投保|聘用|招用|吸纳|申请|自主|组织|服务|考核|达到|新[招引增建获]|年?(?:研发|营业|销售|纳税|产值)|为|在).+)",
    "somebody, and what he does to be supported",
    ("企业参加境外展会", "企业参加境外展会"),
    ("工业企业购买设备", "工业企业购买设备"),
    ("旅行社年度组织过夜游客达到5000人次以上", "旅行社年度组织过夜游客达到5000人次以上"),
    ("科技服务机构年度服务本市企业20家以上", "科技服务机构年度服务本市企业20家以上"),
    ("省级以上平台考核优秀", "省级以上平台考核优秀"),
    ("旅行社一年累积接待省外过夜游客3000人以上", "旅行社一年累积接待省外过夜游客3000人以上"),
    ("养老机构收住失能老人", "养老机构收住失能老人"),
    ("养老护理员取得职业技能等级证书", "养老护理员取得职业技能等级证书"),
    ("鼓励创新", ""),
)
DIVIDED = rule(
    "divided",
    r"(?:分为|评为|分|评出|设)(?P<list>[^,;。、0-9]{1,12}(?:[、和及][^,;。、0-9]{1,12})+?)(?:等?(?:三个|两个|四个|[2-5]个)?(?:等级|档次|档|等次|类别))?,?(?:的,?)?分别$",
    "grades that a clause divides a gift's receivers into, right before the amounts are dealt out",
    ("经评审分为一等、二等、三等,分别", "分为一等、二等、三等,分别"),
    ("评为优秀、良好两个等次的,分别", "评为优秀、良好两个等次的,分别"),
    ("经评审合格的,分别", ""),
)
RULES = (GRADE, SHORT, ACTING, DIVIDED)
_ORDER = re.compile("国家|[省市县区一二三四五特甲乙丙ABCD]")
_FORM = re.compile("分别|一次性|最高|每[年月人家项个户]|其中|奖励|补助|补贴")
_ACT = re.compile("复核|验收|评审|考核|审核|评估|鉴定|备案|认定|复审")
"""What is passed and is nobody: `通过复核的` names no beneficiary."""
_VERB = re.compile(
    "^.*(?:招用|聘用|录用|引进|获得|荣获|获评|获批|取得|入选|通过|评为|评定为|认定为|制定|(?<!重)新认定|种植|购置)"
)
"""A verb before the first of several objects: what stands behind it is the object."""
_GOT = re.compile("(?:首次)?(?:获得|荣获|获评|获批|入选|通过|取得|进入|被?评为|认定为)")
_JOINT = re.compile("[、和及与或]|(?<=”)(?=“)")


@dataclass(frozen=True)
class Tier:
    """One award of a segment: its amount, the beneficiary's phrase, the grade; `phrase` is the whole phrase as it stands."""

    amount: Quantity | None
    who: str
    name: str | None
    phrase: str


def tiers(who: str, amounts: Sequence[Quantity], text: str) -> Iterator[Tier]:
    """The tiers of a segment: one for each amount, a single one where there is at most one."""
    if len(amounts) <= 1:
        yield Tier(amounts[0] if amounts else None, who, None, who)
        return
    shared = _shared(who, len(amounts)) or _divided(text[: amounts[0].start], who, len(amounts))
    for place, amount in enumerate(amounts):
        if shared:
            yield Tier(amount, shared[place][0], shared[place][1], who)
        else:
            before = re.split("[,;、,]", text[: amount.start])[-1]
            grade = re.search(r"([^,;:、给予励助贴]{2,12}?)的?(?:再|另|额外)?(?:给予|奖励|补助|补贴|资助)?$", before)
            named = grade is not None and grade[1] not in who and not _FORM.fullmatch(grade[1])
            yield Tier(amount, who, grade[1] if grade and named else None, who)


def _shared(who: str, count: int) -> list[tuple[str, str | None]]:
    """The phrase shared out to `count` amounts, as (beneficiary's phrase, grade); empty where it names fewer."""
    parts = _JOINT.split(_spread(who))
    if len(parts) < count:
        return []
    head, tail = "、".join(parts[: len(parts) - count + 1]), parts[-count + 1 :]
    items = [head, *tail]
    grades = [_grade(item, last=place == count - 1) for place, item in enumerate(items)]
    if all(grades):
        return _graded(items, grades, who)
    if quoted := _quoted(items):
        return quoted
    ends = tail[-1].partition("的")
    if ends[1]:
        first = _first_of(head, [*tail[:-1], ends[0]])
        names = [first, *tail[:-1], ends[0]]
        modifier = head.removesuffix(first)
        return [(f"{modifier}{'、'.join(names)}的{ends[2]}", name) for name in names]
    modifier, _, first = head.rpartition("的")
    return [(f"{modifier}的{name}" if modifier else name, None) for name in (first, *tail)]


def _divided(before: str, who: str, count: int) -> list[tuple[str, str | None]]:
    """The grades that the words before the first amount divide a beneficiary into; empty where they are not as many."""
    found = DIVIDED.pattern.search(re.sub("(?:给予|予以|奖励|补助|补贴|资助|奖补)$", "", before))
    names = _JOINT.split(found["list"]) if found else []
    return [(who, name) for name in names] if len(names) == count else []


def _first_of(head: str, tail: Sequence[str]) -> str:
    """The first of several things listed, from the words up to its end; `tail`: the others, whose lengths hint at its own."""
    counted = re.search("[0-9][0-9.]*[^0-9]*$", head) if tail[0][:1].isdigit() else None
    if counted:
        return counted.group()
    verb = _VERB.match(head)
    if verb and 2 <= len(head) - verb.end() <= 12:
        return head[verb.end() :]
    last = head[-len(tail[-1]) :]
    got = _GOT.match(last)
    return last[got.end() :] if got else last


def _spread(who: str) -> str:
    """A phrase in which a list of grades has its head once, with the head at each: 一、二、三等奖 → 一等奖、二等奖、三等奖."""
    return SHORT.pattern.sub(
        lambda found: _ORDER.sub(lambda one: one.group() + found["head"], found["list"]) + found["last"], who
    )


def _quoted(items: Sequence[str]) -> list[tuple[str, str | None]]:
    """The shares of a phrase whose items are quoted names with one noun behind: `“独角兽”“瞪羚”企业`."""
    first = re.search("“[^”]*”$", items[0])
    rest = [re.match("“[^”]*”", item) for item in items[1:]]
    if first is None or not all(rest):
        return []
    names = [first.group(), *(one.group() for one in rest if one)]
    noun = items[-1][len(names[-1]) :].rstrip("的")
    return [(f"{items[0][: first.start()]}{name}{noun}", None) for name in names]


def _graded(items: Sequence[str], grades: Sequence[str], who: str) -> list[tuple[str, str | None]]:
    """The shares of a phrase whose items differ by grade alone, or each by its own noun."""
    nouns = [item[item.rfind(grade) + len(grade) :] for item, grade in zip(items, grades, strict=True)]
    modifier = items[0][: items[0].rfind(grades[0])]
    if nouns[-1].find("的", 1, -1) > 0:
        return [(who, grade) for grade in grades]
    if all(not noun for noun in nouns[:-1]):
        noun = nouns[-1].removeprefix("的") if modifier.endswith("的") else nouns[-1]
        return [(f"{modifier}{noun}", grade) for grade in grades]
    return [(f"{modifier}{grade}{noun}", None) for grade, noun in zip(grades, nouns, strict=True)]


def _grade(item: str, last: bool) -> str:
    found = list(GRADE.pattern.finditer(item))
    return found[-1 if not last else 0].group() if found else ""


def beneficiary_parts(who: str) -> tuple[str, str]:
    """A beneficiary's phrase in its noun ("" where it has none) and what modifies it.

    >>> beneficiary_parts("首次认定和重新认定国家高新技术企业"), beneficiary_parts("重新认定的")
    (('国家高新技术企业', '首次认定和重新认定'), ('', '重新认定'))
    """
    nounless = who.endswith("的")
    who = who.strip(",的")
    if ("的" not in who or nounless) and (acting := ACTING.pattern.match(who)):
        return acting["noun"], acting["act"]
    modifier, parted, noun = ("", "", "") if nounless else who.rpartition("的")
    if parted and noun:
        return noun, modifier
    acts = re.match(
        r"(?:(?:首次|重新|新|当年|首批|被)?(?:认定|评定|评为|获评|获批|入选|引进|通过|设立|建立|升级|备案)(?:为|的)?[和及、或]?)+",
        who,
    )
    if acts and acts.end() < len(who) and not (nounless and _ACT.fullmatch(who, acts.end())):
        if nounless and (acting := ACTING.pattern.match(who[acts.end() :])):
            return acting["noun"], acting["act"]
        return who[acts.end() :], re.sub("(?<!评)为?的?$", "", who[: acts.end()])
    return ("", who) if nounless else (who, "")
