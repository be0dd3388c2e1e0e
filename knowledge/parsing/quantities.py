"""Numbers with their units, years, and the words that compare: what stands in a clause, not what it means there.

Works on the compact view. A unit is taken as written (38.5 with 亿元, 1200 with 万).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.money import yuan
from knowledge.numerals import CHINESE_NUMBER, NUMBER, PLAN_ENDS, chinese, value
from knowledge.rules import rule

_MEASURES = (
    "亿立方米|万立方米|万平方米|万千瓦时|万千瓦|万标箱|万标准箱|平方公里|平方千米|平方米|立方米|立方|千瓦时|千瓦|兆瓦|公里|千米|公顷|万亩|"
    "万人次|人次|万人|万户|万家|万个|万件|万名|万辆|万台|万套|万吨|万头|万张|万条|万株|亿件|亿人次|亿斤|亿元人民币|亿美元|万美元|美元|亿元|万元|千元|元|"
    "个百分点|百分点|个基点|基点|%|‰|个|家|件|名|人|项|条|户|所|座|处|套|台|亩|吨|辆|张|场|次|期|批|支|倍|株|头|米|篇|部|款|种|类|位|宗|笔|门|只|艘|架|间|栋|片|村|镇|对|组|级|分|"
    "微克|毫克|张床位|床位|床|标箱|标准箱|斤|公斤|升|度|亿|万|(?:P|E)(?:[Ff]lops|FLOPS)?(?![0-9A-Za-z])"
)
_UNIT = rf"(?:{_MEASURES})"
_AMOUNT = rf"(?:{NUMBER})"
QUANTITY = rule(
    "quantity",
    rf"(?<![0-9A-Za-z.+×第前])(?![0-9]{{8}})(?P<value>{_AMOUNT})(?:(?P<same>{_UNIT})?[-~至到](?P<max>{_AMOUNT}))?(?P<more>[多余]?)(?P<unit>{_UNIT})(?!工作日|自然日|小时|月|钟)(?:/(?P<per>年|人[·.]?[年月天日次晚夜]|月|天|日|人|千瓦时|度|平方米|立方米|吨|亩|公里|小时|课时|架次|次|户|家|件|个|项|场|列|趟|班|间|台|套|辆|头|只|床|张))?",
    "an Arabic number with its unit, or a range of them",
    ("达到38.5亿元", "38.5亿元"),
    ("建2-3个省级基地", "2-3个"),
    ("资金不少于1200万。", "1200万"),
    ("算力规模达到200P", "200P"),
    ("奖励5万元/架次", "5万元/架次"),
    ("每个奖励5千元", "5千元"),
    ("打印3PDF", ""),
    ("世界500强", ""),
    ("推动5G络全面覆盖", ""),
    ("第23届大会", ""),
    needs="[0-9]",
)
SPELLED = rule(
    "spelled",
    rf"(?<![0-9.零〇一二三四五六七八九十百千万亿第上下其])(?P<value>{CHINESE_NUMBER})(?:(?P<unit>家|个|件|名|项|所|座|处|户|万元|亿元|公里)(?!方面|月|别|性|人|坚持)|(?<=[百千])(?P<yuan>元)|(?<=翻[一二两三])(?P<times>番))",
    "a number written in Chinese with its unit",
    ("不少于三家", "三家"),
    ("每人补助五百元", "五百元"),
    ("给予一千二百万元奖励", "一千二百万元"),
    ("企业数量翻一番", "一番"),
    ("多元投入", ""),
    ("三番五次", ""),
    ("围绕四个方面", ""),
    ("第一个", ""),
)
SPOKEN = rule(
    "spoken",
    rf"(?<![0-9.第前零〇一二三四五六七八九十百千万亿两])(?P<value>{_AMOUNT}|{CHINESE_NUMBER})(?P<scale>百万|千万|百|千)?(?:块|元|(?<=[0-9][百千])(?![0-9万亿])|(?<=[万亿])(?![0-9家个件名人项所座处户亩吨平公美次头张条]))",
    "a sum of money as people say it",
    ("奖十万块对吧", "十万块"),
    ("给5百万吗", "5百万"),
    ("三千块够吗", "三千块"),
    ("投资两亿", "两亿"),
    ("两万家企业", ""),
    ("百年老店", ""),
)
_Y = r"(?:19|20)[0-9]{2}"
YEAR = rule(
    "year",
    rf"(?<![0-9较比按])(?P<first>{_Y})年?(?:底|末)?(?:[-~至到]|年至)(?P<last>{_Y})年?(?:期?间)?(?!号)|(?<![0-9较比按])(?P<year>{_Y})年(?!度?的[0-9一二两三四五][0-9.]*倍)(?:底|末|前|起)?|(?P<spelled>二[〇零○][一二三四五六七八九〇零○]{{2}})年"
    r"|(?<!较|比)“?(?P<plan>十[三四五六七八]五)”?(?:规划)?(?:时期)?(?:(?P<close>期?末期?|收官之?年)|(?:期间|期内|时期|(?<=时期)))",
    "a year or a run of years",
    ("2026-2035年均增加", "2026-2035年"),
    ("2030年-2035年,建成", "2030年-2035年"),
    ("至2025年底", "2025年底"),
    ("到二〇三〇年", "二〇三〇年"),
    ("到“十四五”末", "“十四五”末"),
    ("“十五五”期间", "“十五五”期间"),
    ("2025年起每年安排", "2025年起"),
    ("达到2025年的3倍以上", ""),
    ("落实“十四五”规划", ""),
    ("较2019年下降", ""),
    needs="19|20|二[〇零○]|五",
)
LISTED = rule(
    "listed",
    rf"(?<=分别|依次)[^,;。0-9]{{0,12}}(?P<bare>(?:{_AMOUNT}[、和及])+)(?=(?:{_AMOUNT})(?P<unit>{_UNIT}))",
    "numbers dealt out of which only the last has its unit",
    ("分别给予50、30、10万元奖励", "给予50、30、"),
    ("分别达到30家、40家", ""),
    needs="分别|依次",
)
EACH_YEAR = rule(
    "each_year",
    r"每年|年均|每年度|逐年|按年",
    "a figure for each year",
    ("每年新增", "每年"),
    ("逐年递增10%以上", "逐年"),
    ("2026-2035年均增加", "年均"),
)
BEFORE = rule(
    "before",
    r"(?P<ge>≥|>=|不低于|不少于|不得少于|不得低于|不小于|至少|最低|最少|不下)|(?P<le>≤|<=|不超过|不高于|不多于|不得超过|不得高于|最高|最多|至多|控制在|降至|降到|压减到)|"
    r"(?P<gt>超过|突破|超出|高于|多于|大于|超(?=[0-9]|$))|(?P<lt>低于|少于|小于|不足|不到|不满)|(?P<near>接近|约为?|大约|近(?=[0-9]|$)|将近)|(?P<eq>达到|达|为|实现|保持)",
    "a comparison before the number",
    ("不低于15家", "不低于"),
    ("全区后备入库企业超30家", "超"),
    ("接近200亿元", "接近"),
    ("单位面积产量不少于500公斤", "不少于"),
)
AFTER = rule(
    "after",
    r"(?P<ge>及?以上|或以上|起)|(?P<le>及?以内|及?以下|之内)|(?P<near>左右|上下)",
    "a comparison right after the number and its unit",
    ("以上产业规模", "以上"),
    ("左右", "左右"),
)
CHANGE = rule(
    "change",
    r"(?P<down>下降|降低|减少|压减|缩减|压缩|削减)(?=[0-9约近不超]|$)|(?P<up>提高|提升|增加|上升|增长)(?=[0-9约近不超]|$)",
    "a number that is a change by so much, not a level",
    ("单位GDP能耗下降13.5%", "下降"),
    ("覆盖率提高3个百分点", "提高"),
    ("失业率下降到3%", ""),
)
ORIGIN = rule(
    "origin",
    r"(?:由|从)[^,;。0-9]{0,12}[0-9][^,;。]{0,20}?(?=(?:提高|提升|增加|增长|上升|上调|扩大|下降|降低|压减|减少|缩减|缩短|调整|下调|增|升|降)(?:至|到|为))",
    "the level that a goal starts from",
    ("强度由2020年的1.5%提高到2025年的2.3%", "由2020年的1.5%"),
    ("用水总量从5亿立方米压减到4.5亿立方米", "从5亿立方米"),
    ("由市科技局牵头组织", ""),
    needs="[由从]",
)
RULES = (QUANTITY, SPELLED, SPOKEN, YEAR, LISTED, EACH_YEAR, BEFORE, AFTER, CHANGE, ORIGIN)
MONEY = re.compile("元|^[万亿]$")
"""A unit that is money, where money is spoken of."""
SIGNS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "near": "~", "eq": "="}


@dataclass(frozen=True)
class Quantity:
    """A number with its unit in a clause; `start`-`end` spans both, comparisons outside."""

    value: float
    value_max: float | None
    unit: str
    start: int
    end: int
    spelled: bool = False
    per_year: bool = False


@dataclass(frozen=True)
class Years:
    """A year (last None) or a run of years."""

    first: int
    last: int | None
    start: int
    end: int


@lru_cache(maxsize=512)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers with units in a text, in order."""
    found = [*filter(None, map(_arabic, QUANTITY.finditer(text))), *_spelled(text), *_listed(text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _arabic(found: re.Match[str]) -> Quantity | None:
    low, high = value(found["value"]), value(found["max"]) if found["max"] else None
    if low is None:
        return None
    unit = found["unit"] + (f"/{found['per']}" if found["per"] and found["per"] != "年" else "")
    return Quantity(low, high, unit, found.start(), found.end(), per_year=found["per"] == "年")


def sums_said(text: str) -> frozenset[float]:
    """The sums of money that a text names, in yuan, also as people say them.

    >>> sorted(sums_said("高企奖十万块还是20万元")), sums_said("培育200家")
    ([100000, 200000], frozenset())
    """
    written = {yuan(one.value, one.unit) for one in quantities(text)}
    spoken = {_sum(found) for found in SPOKEN.pattern.finditer(text)}
    return frozenset(one for one in written | spoken if one is not None)


def _sum(found: re.Match[str]) -> float | None:
    number, scale = value(found["value"]), chinese("一" + (found["scale"] or ""))
    return number * scale if number is not None and scale is not None else None


def _spelled(text: str) -> Iterator[Quantity]:
    for found in SPELLED.pattern.finditer(text):
        number = chinese(found["value"])
        unit = found["unit"] or found["yuan"] or found["times"]
        if number is not None and (number > 1 or found["times"]):
            yield Quantity(number, None, unit, found.start(), found.end(), spelled=True)


def _listed(text: str) -> Iterator[Quantity]:
    """The numbers without a unit of their own: `分别为50、30、10万元` gives the first two 万元."""
    for found in LISTED.finditer(text):
        for bare in re.finditer(_AMOUNT, found["bare"]):
            number, start = value(bare.group()), found.start("bare") + bare.start()
            if number is not None:
                yield Quantity(number, None, found["unit"], start, start + len(bare.group()))


def years(text: str) -> Iterator[Years]:
    """The years named in a text, in order: `2030-2035年` is one run."""
    for found in YEAR.finditer(text):
        end = found.end() - (text[found.end() - 1 : found.end() + 1] == "年均")
        if found["first"]:
            yield Years(int(found["first"]), int(found["last"]), found.start(), end)
        elif found["plan"]:
            last = PLAN_ENDS[found["plan"]]
            first, until = (last, None) if found["close"] else (last - 4, last)
            yield Years(first, until, found.start(), end)
        else:
            year = int(found["year"]) if found["year"] else chinese(found["spelled"])
            if year is not None:
                yield Years(year, None, found.start(), end)


def comparison(before: str, after: str) -> str:
    """The sign that the words around a number give it: the last before it, or right after its unit; a bare number is `=`.

    >>> comparison("引进专精特新企业不低于", ""), comparison("达到", "以上"), comparison("", "规模以上平台")
    ('>=', '>=', '=')
    """
    if found := AFTER.pattern.match(after):
        return SIGNS[found.lastgroup or "ge"]
    found_before = list(BEFORE.pattern.finditer(before))
    last = found_before[-1] if found_before else None
    if last is None or len(before) - last.end() > 2:
        return "="
    return SIGNS[last.lastgroup or "eq"]
