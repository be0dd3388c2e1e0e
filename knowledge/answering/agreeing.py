"""Whether a figure counts what a question asks for: unit, rhythm, share or whole, and the words that restrict a noun.

A neighbour (授权 for 拥有, a share for a sum, a year's for a month's) is no answer, however much of the subject it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from knowledge.facts import Figure
from knowledge.naming import scope
from knowledge.question import Question, Term
from knowledge.question.focus import HEADED
from knowledge.rules import rule
from knowledge.text import bare

SHARES = re.compile("占|比重|比例|份额|强度|比率|几成|百分|%|率")
RESTRICTING = (
    rule(
        "patents",
        "(?P<applied>申请|受理)|(?P<granted>授权)|(?P<held>拥有|有效|存量)|(?P<sold>转让|许可使用|质押)",
        "what is counted of patents and marks",
        ("专利授权量要达到多少", "授权"),
        ("有效注册商标超过9000件", "有效"),
        ("商标有多少", ""),
    ),
    rule(
        "trade",
        "(?P<both>进出口)|(?P<into>进口)|(?P<out>出口)",
        "which way goods go",
        ("机电产品出口额达到45亿元", "出口"),
        ("进出口总额", "进出口"),
        ("外资", ""),
    ),
    rule(
        "money",
        "(?P<revenue>营业收入|营收|主营收入)|(?P<profit>利润)|(?P<output>(?<!增加)产值)|(?P<added>增加值)|(?P<tax>税收|纳税)|(?P<given>贡献值)|(?P<loan>贷款|融资)",
        "which money of a business is counted",
        ("先进制造业产值突破800亿元", "产值"),
        ("规上企业营收多少", "营收"),
        ("园区数量", ""),
    ),
)
"""Families of words of which one excludes the others: another one is another indicator."""
WITHIN_A_YEAR = rule(
    "within_a_year",
    "每个?月|月均|每个?季度?|季均|每半年|每周|每天|每日",
    "what is reached in less than a year",
    ("每月新增多少家", "每月"),
    ("每季度完成几个", "每季度"),
    ("每年新增多少家", ""),
)
OVERALL = rule(
    "overall",
    r"(?:(?<![0-9])[2-9]|[1-9][0-9]|[二三四五六七八九十两]+)年(?:里|内|间|下来)?(?:一共|总共|合计|累计|共)"
    r"|(?:一共|总共|累计|合计)(?:[2-9]|[1-9][0-9]|[二三四五六七八九十两]+)年",
    "what is reached over several years together",
    ("三年累计引进多少人", "三年累计"),
    ("5年总共多少", "5年总共"),
    ("一年总共多少", ""),
    ("每年多少", ""),
)
MONEY_SAID = rule(
    "money_said",
    "(?<![名总])额(?!度)|总额|资金|金额",
    "a noun that is a sum of money",
    ("招商到位资金多少", "资金"),
    ("成交额", "额"),
    ("名额有几个", ""),
)
COUNT_SAID = rule(
    "count_said",
    "(?<![指系参分人])数(?![额据字值智码])|份数|件数|笔数",
    "a noun that is a count",
    ("合同登记数", "数"),
    ("数字经济", ""),
    ("发展指数", ""),
)
RULES = (*RESTRICTING, WITHIN_A_YEAR, OVERALL, MONEY_SAID, COUNT_SAID)
MONEY = frozenset({"亿元", "万元", "元", "亿美元", "万美元", "亿", "万"})
_KINDS: tuple[AbstractSet[str], ...] = (
    MONEY,
    {"%", "个百分点", "百分点"},
    {"名", "人", "位", "万人", "万人次", "人次"},
    {"分"},
    {"岁"},
    {"天"},
    {"次"},
    {"倍"},
    {"平方米", "万平方米", "亩", "公顷"},
    {"吨", "万吨"},
    {"兆瓦", "千瓦"},
    {"公里"},
)
_COUNTED = frozenset("家个件项所座处户份")
_OWN = frozenset("所份")
"""Measure words that go with few nouns."""
_THINGS = re.compile("(?:站|所|基地|平台|中心|企业|园区?|机构|载体|项目|领域|板块)$")
"""What ends the name of an indicator that counts no people, though its unit be 个."""
_PEOPLE = re.compile("(?:大学生|学生|人才|人员|[^企专行产作]家|者|员|师|工匠)$")
_INSTITUTES = re.compile("校|院|所|大学|站|馆|学|园|机构")
_PERSON = "[生员师者]|家(?!数)"
"""What makes a person of a noun before it: 大学生, 企业家."""


def other_kind(asked: str | None, unit: str | None, name: str = "") -> bool:
    """Whether a unit is of another kind than the one asked for: money, share, people, points …"""
    if asked is None or unit is None:
        return False
    if asked in _OWN:
        return unit != asked and not (name and asked == "所" and _INSTITUTES.search(name) and not _PEOPLE.search(name))
    mine, theirs = _kind(asked), _kind(unit)
    if unit == "个" and mine is not None and "人" in mine:
        return bool(name and _THINGS.search(name))
    if mine is None and theirs is None:
        return False
    if asked == "个" and theirs is not None and "人" in theirs:
        return False
    return mine is not theirs or (asked in _COUNTED) != (unit in _COUNTED)


def _kind(unit: str) -> AbstractSet[str] | None:
    return next((group for group in _KINDS if unit in group), None)


def differs(question: Question, figure: Figure, name: str) -> bool:
    """Whether a figure, by the name of its indicator over the document, counts something else than is asked for."""
    held = bare(f"{name}{figure.indicator}{figure.text}")
    said = question.folded
    return (
        other_kind(question.measure, figure.unit, figure.indicator)
        or _other_sum(said, figure)
        or _only_a_share(question, figure, bare(name))
        or any(_excluded(said, held, n) for n in range(len(RESTRICTING)))
        or _other_grade(said, name)
        or _other_rhythm(said, figure)
        or any(_of_people(term, held) for term in question.terms if term.noun and term.weight >= HEADED)
    )


def _other_sum(said: str, figure: Figure) -> bool:
    """Whether a sum of money is asked of what is counted, or a count of a sum of money."""
    if figure.unit is None:
        return False
    if MONEY_SAID.pattern.search(said):
        return figure.unit not in MONEY and figure.comparator != "growth" and not SHARES.search(said)
    return figure.unit in MONEY and bool(COUNT_SAID.pattern.search(said))


def _only_a_share(question: Question, figure: Figure, name: str) -> bool:
    """Whether a figure is a share of something else while the question asks for the thing itself.

    A share of the GDP is how an expenditure is told, and no other indicator.
    """
    if figure.unit != "%" or "占" not in name or "gdp" in name or "生产总值" in name:
        return False
    return question.measure != "%" and not SHARES.search(question.folded)


@lru_cache(maxsize=4096)
def _members(text: str, family: int) -> frozenset[str]:
    return frozenset(one.lastgroup or "" for one in RESTRICTING[family].pattern.finditer(text))


def _excluded(said: str, held: str, family: int) -> bool:
    """Whether a question has a word of a family that a figure lacks, and a figure has another."""
    asked, told = _members(said, family), _members(held, family)
    return bool(told and asked - told)


def restricted(said: str, figure: Figure) -> bool:
    """Whether a figure has all the restricting words of a question, and there are any."""
    asked = [(family, _members(said, family)) for family in range(len(RESTRICTING))]
    held = bare(f"{figure.indicator}{figure.text}")
    return any(words for _, words in asked) and all(words <= _members(held, family) for family, words in asked)


def _other_grade(said: str, name: str) -> bool:
    """Whether another grade is asked for than the indicator has: 省级 for 国家级."""
    asked, told = ({grade[0] for grade in scope(text) if grade[0] in "国省市县区"} for text in (said, name))
    return bool(asked and told and not asked & told)


def _other_rhythm(said: str, figure: Figure) -> bool:
    """Whether a figure is for a year where less, or several years together, are asked for."""
    return bool(WITHIN_A_YEAR.pattern.search(said) or (figure.per_year and OVERALL.pattern.search(said)))


def _of_people(term: Term, held: str) -> bool:
    """Whether a noun stands in a text only as the beginning of a word for people: 大学 in 大学生."""
    forms = [form for form in term.forms if form in held and not form[-1].isdigit()]
    return bool(forms) and all(re.search(f"{re.escape(form)}(?!{_PERSON})", held) is None for form in forms)


def graded(question: Question, names: Sequence[str]) -> bool:
    """Whether names have a grade that the question does not ask for."""
    return not scope(question.folded) and any(scope(name) for name in names)
