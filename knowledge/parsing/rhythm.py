"""What an award's amount is for each of, and how often it comes: `每人每年2000元`, `每张床位1.2万元`.

Reads the words right before an amount; a date that comes each year (`每年3月31日前`) is no rhythm of money.
"""

from __future__ import annotations

from knowledge.parsing.quantities import Quantity
from knowledge.rules import rule

_THING = (
    r"每(?:[^,;:。、0-9每]{1,4}[1一])?(?!年|月|日|天|周|季|半年|学期|学年)"
    r"[^,;:。、0-9每的给予奖补资助发按分最不高低可再另年月]{1,6}"
)
_MORE = r"每(?:新增|增加|新?引进|全职引进|招引|吸纳|培育|招用|获得|培训)[1一][^,;:。0-9]{1,8}?"
_TIME = r"每(?:学期|学年|季度|半年|年度?|月|日|天|周|小时|课时)"
PER = rule(
    "per",
    rf"(?P<per>(?P<more>{_MORE})(?=,?(?:给予|予以|奖励|奖补|补助|补贴|资助))|(?:{_THING}|{_TIME})+(?:年度|全年)?)"
    r"(?(more),?)(?:(?:的|分别|给予|予以|发放|奖励|奖补|补助|补贴|资助|一次性|最高|累计|合计|不[超高低少得]|至少|可|再|另|按|标准)[^,;:。0-9每]{0,12})?$",
    "what stands before an amount and says what it is for each of",
    ("按每人每年", "每人每年"),
    ("按每张床位", "每张床位"),
    ("每生每学期", "每生每学期"),
    ("每项奖励不超过", "每项奖励不超过"),
    ("每引进1人给予", "每引进1人给予"),
    ("按每人次", "每人次"),
    ("给予每年", "每年"),
    ("每家企业年度累计不超过", "每家企业年度累计不超过"),
    ("每亩另增加补贴", "每亩另增加补贴"),
    ("按每小时", "每小时"),
    ("每项标准分别给予", "每项标准分别给予"),
    ("企业每新增1项发明专利,资助", "每新增1项发明专利,资助"),
    ("每年申报一次,给予", ""),
    ("每年研发投入", ""),
)
FREQUENCY = rule(
    "frequency",
    r"一次性|每月(?!底|末)|每季度|每半年|每学期|每学年|每年度?(?!(?:20[0-9]{2}年)?[0-9]{1,2}月|累计|合计|最高|不[超高]|底|末)|按年|逐年|连续[一二三四五2-9]年|每天|每日",
    "how often",
    ("一次性奖励", "一次性"),
    ("每月给予", "每月"),
    ("给予每年6000元的场地租金补贴", "每年"),
    ("每生每学期500元", "每学期"),
    ("应当于每年4月30日前提出申请", ""),
    ("每家企业每年不超过5万元", ""),
)
BESIDE = rule(
    "beside",
    r"(?:[0-9.]+[多余]?(?:万|亿|千)?元?[、和及或])+$",
    "amounts dealt out together with the next one",
    ("每人分别奖励10万元、5万元、", "10万元、5万元、"),
    ("每人奖励", ""),
)
RULES = (PER, FREQUENCY, BESIDE)


def per(text: str, amount: Quantity | None) -> str | None:
    """The words of a gift that say what its amount is for each of: 每人每年, 每张床位, 每项.

    >>> per("按每张床位1.2万元给予补贴", Quantity(1.2, None, "万元", 5, 10))
    '每张床位'
    """
    if amount is None:
        return None
    found = PER.pattern.search(BESIDE.pattern.sub("", text[: amount.start]))
    return found["per"] if found else "每年" if amount.per_year else None


def frequency(text: str, each: str | None = None) -> str | None:
    """How often a gift comes: by what its amount is for (`each`), else by its words."""
    found = FREQUENCY.pattern.search(each or "") or FREQUENCY.pattern.search(text)
    return found.group() if found else None
