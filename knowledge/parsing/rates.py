"""Shares that are given: 按…的15%, 六成, 全额, 减半, 1:1配套, each as a per cent with what it is a share of.

Knows how a share is written, not who gets it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.numerals import chinese
from knowledge.rules import rule

_WORDS = "奖励|奖补|补助|补贴|资助|贴息|配套|返还|支持"
_PERCENT = r"[0-9]+(?:\.[0-9]+)?(?=%)|[一二三四五六七八九](?=成)"
_HIGHER = re.compile("[-~至到][0-9]+(?:[.][0-9]+)?%")
_LEAST = re.compile("^不[超高]过|^最高|(?:给予|予以)(?:不[超高]过|最高)?$")
_SHARES = ("rate", "rate0", "rate2", "rate3", "rate4", "rate5")
RATE = rule(
    "rate",
    rf"(?P<base0>[^,;。给予按对的0-9]{{0,10}}(?:费用?|额|款|金|税|价|息|投入|成本|支出))按照?(?P<rate0>{_PERCENT})[%成](?=的?(?:比例|标准)?(?:给予|予以|{_WORDS}))"
    rf"|按照?(?:不[超高]过|最高)?(?P<base>[^,;。]{{0,40}}?)的?(?P<rate>{_PERCENT})[%成](?:(?=[^0-9])|$)"
    rf"|(?P<base2>[^,;。给予按]{{2,20}}?)(?P<rate2>{_PERCENT})[%成]的?(?:给予)?(?=[^,;。]{{0,8}}(?:补助|补贴|奖励|资助|贴息))"
    rf"|(?:补贴|补助|奖励|资助|支持)(?:比例|标准)(?:提高|上浮|提升)?(?:至|到|为)(?P<rate3>{_PERCENT})%"
    rf"|(?:补贴|补助|奖励|资助|贴息|承担)(?P<rate4>{_PERCENT})[%成](?=[,;。]|$)"
    rf"|(?:给予|予以)(?:不超过|最高)?(?P<rate5>{_PERCENT})[%成]的?(?=[^,;。0-9]{{0,8}}(?:{_WORDS}))",
    "a share of a base",
    ("按技术合同实际成交额的1%给予补助", "按技术合同实际成交额的1%"),
    ("给予设备投入15%的补助", "设备投入15%的"),
    ("补贴比例提高到40%", "补贴比例提高到40%"),
    ("按照合同金额的六成给予补助", "按照合同金额的六成"),
    ("由各级财政补贴80%,农户自缴20%", "补贴80%"),
    ("由市、县财政补贴八成", "补贴八成"),
    ("展位费按80%补贴", "展位费按80%"),
    ("第三年给予50%租金补贴", "给予50%"),
    ("后2年按50%给予奖励", "按50%"),
    ("补贴资金增长20%", ""),
    needs="[%成]",
)
EQUAL = rule(
    "equal",
    r"按照?(?P<base>[^,;。:∶0-9]{0,20}?)的?(?P<whole>1[:∶]1)的?(?:比例)?",
    "as much again as somebody else gives",
    ("按1:1比例给予配套", "按1:1比例"),
    ("按照省级奖励资金1∶1比例配套", "按照省级奖励资金1∶1比例"),
    ("分三年按4:3:3比例兑现", ""),
    needs="1[:∶]1",
)
WHOLE = rule(
    "whole",
    rf"(?:按照?)?(?P<base>[^,;。给予按]{{0,30}}?)的?(?P<whole>全额)(?:给予|予以)?(?=[^,;。0-9]{{0,4}}(?:{_WORDS}))",
    "all of a base",
    ("按企业缴纳的检测费用全额给予补贴", "按企业缴纳的检测费用全额给予"),
    ("县级留成部分全额奖励", "县级留成部分全额"),
    ("前两年给予全额租金补贴", "全额"),
    ("全额拨款事业单位", ""),
    needs="全额",
)
HALF = rule(
    "half",
    r"(?P<half>减半|折半)"
    rf"(?:给予|予以|(?={_WORDS}))",
    "half of what else is given",
    ("通过复核的减半给予奖励", "减半给予"),
    ("第二年折半补助", "折半"),
    ("减半征收企业所得税", ""),
    needs="[减折]半",
)
RULES = (RATE, EQUAL, WHOLE, HALF)


@dataclass(frozen=True)
class Rate:
    """A share in per cent (whole numbers without a fraction) with its base; `start`-`end` is its place in the text.

    `said`: the share as it is written: 15%, 六成, 全额, 减半, 1:1.
    """

    share: float
    base: str | None
    said: str
    start: int
    end: int


def share(text: str, place: int = 0) -> Rate | None:
    """The first share that a text gives from a place on.

    >>> share("按实际支付利息的50%给予贴息"), share("按合同金额的六成补助").share, share("市级按1:1比例配套").share
    (Rate(share=50, base='实际支付利息', said='50%', start=0, end=11), 60, 100)
    """
    if found := RATE.search(text, place):
        written = next(found[name] for name in _SHARES if found[name])
        base = _LEAST.sub("", found["base"] or found["base0"] or found["base2"] or "")
        high = _HIGHER.match(text, found.end("rate") + 1) if found["rate"] else None
        said = f"{written}{'%' if written[0].isascii() else '成'}"
        said += high.group() if high else ""
        return Rate(_percent(written), base or None, said, found.start(), high.end() if high else found.end())
    if found := EQUAL.search(text, place) or WHOLE.search(text, place):
        return Rate(100, found["base"] or None, found["whole"], *found.span())
    found = HALF.search(text, place)
    return Rate(50, None, found["half"], *found.span()) if found else None


def _percent(written: str) -> float:
    tenths = chinese(written)
    if tenths is not None:
        return tenths * 10
    value = float(written)
    return int(value) if value == int(value) else value
