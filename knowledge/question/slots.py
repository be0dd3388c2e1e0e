"""The slots of a question that are no words: years, the unit of an amount, open ends.

Text in, plain values out; knows nothing of a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.numerals import PLAN_ENDS, chinese
from knowledge.parsing.quantities import Years
from knowledge.rules import rule

YEARS = rule(
    "years",
    r"(?<![0-9])(?P<first>20[0-9]{2})年?(?:-|~|至|到)(?P<last>20[0-9]{2})年?|(?<![0-9])(?P<year>20[0-9]{2})(?![0-9万亿家个件名人])年?|(?<![0-9.])(?P<short>[2-9][0-9])年(?!以上|内|来|期|限|龄)|"
    r"(?P<spelled>二[〇零○0][一二三四五六七八九][〇零○一二三四五六七八九0])年?|(?P<plan>十[三四五六七八]五)(?:规划|期)?(?P<end>末|期末|收官|时期|期间)?|(?P<relative>今年|明年|后年|去年|前年)|(?<![0-9第十])(?P<after>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})年(?:之|以)?后",
    "a year as people write it",
    ("2030年高企要到多少家", "2030年"),
    ("到30年35年各多少", "30年"),
    ("二〇三〇年的目标", "二〇三〇年"),
    ("十四五末要达到多少", "十四五末"),
    ("明年要建几个", "明年"),
    ("三年后要到多少家", "三年后"),
    ("1200万", ""),
    ("3年内", ""),
)
OPEN = rule(
    "open",
    r"(?:以后|之后|往后|起|开始|以来)",
    "a year that begins a span",
    ("2030年以后", "以后"),
    ("26年开始", "开始"),
)
MEASURE = rule(
    "measure",
    r"(?<!哪)(?:多少|几)(?:个|十|百|千)?(?P<unit>亿元|亿|万元|万人|万|千元|元|块|家|件|名|人|项|所|座|处|户|份|%|百分点|点|成|分|岁|天|倍|平方米|公里|亩|公顷|吨|兆瓦|栋|场|辆|层|位|批|期|届|次|个(?!钱))|(?P<share>占比|比重|比例|占(?!地).{0,10}(?:多少|几)|百分之)|(?P<money>多少钱|几个钱|多少块|金额)",
    "the unit that an amount is asked in",
    ("要超几个亿", "几个亿"),
    ("要多少家", "多少家"),
    ("占GDP的比重", "比重"),
    ("占地多少亩", "多少亩"),
    ("投资金额", "金额"),
)
RULES = (YEARS, OPEN, MEASURE)
_RELATIVE = {"今年": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}


def years(text: str, today: date) -> Iterator[Years]:
    """The years that a question names, in order."""
    for found in YEARS.pattern.finditer(text):
        start, end = found.span()
        if found["first"]:
            yield Years(int(found["first"]), int(found["last"]), start, end)
        elif found["plan"]:
            last = PLAN_ENDS[found["plan"]]
            yield (
                Years(last, None, start, end)
                if found["end"] in ("末", "期末", "收官")
                else Years(last - 4, last, start, end)
            )
        else:
            year = _single(found, today)
            if year is not None:
                yield Years(year, None, start, end)


def _single(found: re.Match[str], today: date) -> int | None:
    if found["relative"]:
        return today.year + _RELATIVE[found["relative"]]
    if said := found["after"]:
        return today.year + (int(said) if said.isdigit() else chinese(said) or 0)
    if found["spelled"]:
        return chinese(found["spelled"].replace("0", "零"))
    return int(found["year"] or f"20{found['short']}")


def measure(text: str) -> str | None:
    """The unit asked for, as figures write it: 家, 亿元, % …, None where the words leave it open."""
    found = MEASURE.pattern.search(text)
    if found is None:
        return None
    if found["share"] or found["unit"] in ("%", "百分点", "点", "成"):
        return "%"
    return (
        "元"
        if found["money"] or found["unit"] in ("千元", "元", "块")
        else {"亿": "亿元", "万": "万"}.get(found["unit"], found["unit"])
    )
