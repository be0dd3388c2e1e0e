"""Why a text names another document: as its basis, to be followed, repealed or amended, or only in passing.

Reads the words before and after the name within its sentence, other names taken out; knows no document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.facts import Span
from knowledge.rules import Rule, rule

GAP = "□"
"""Stands for a document's name in the words around another one."""
_NAMED = r"(?:□|[、,和及与以原等]|文件|号)*"

REPEALED = rule(
    "repealed",
    rf"^{_NAMED}(?:[^,;。、不]{{0,12}}(?:日|之)起|从即日起|自行)?(?:一并|同时|即行|予以|相应|自动|均)?(?:废止|停止(?:执行|施行|实施|使用)|不再(?:执行|施行)|失效|作废)(?!前|后|的?(?:情形|情况))",
    "what follows the name of a document that is repealed",
    ("□同时废止", "□同时废止"),
    ("文件停止执行", "文件停止执行"),
    (",□同时废止", ",□同时废止"),
    ("自本办法施行之日起废止", "自本办法施行之日起废止"),
    ("与本办法不一致的,停止执行", ""),
    ("废止前已受理的", ""),
)
REPEALING = rule(
    "repealing",
    rf"(?:废止|宣布失效)(?:了|以下文件[:,])?{_NAMED}$",
    "what precedes the name of a document that is repealed",
    ("决定废止", "废止"),
    ("县政府决定废止原□、", "废止原□、"),
    ("本办法施行后,□同时废止。根据", ""),
)
AMENDED = rule(
    "amended",
    r"^□?(?:部分|有关|个别|相关)?(?:内容|条款|条文|指标|规定|目标|事项)?(?:进行|作出?|做出?|予以)?(?:如下|以下|部分|适当|相应)*(?:修改|修订|修正|调整|补充|延长|变更)"
    r"|^□?(?:(?:中的?)?第[^,;。]{1,12}[条款项章]|中)[^;。]{0,80}?(?:修改|调整|变更|改|更正)为"
    r"|^□?(?:的?有效期|实施期限|执行期限)[^,;。]{0,12}(?:延长|延续|延期)",
    "what follows the name of a document that is changed",
    ("作如下修改", "作如下修改"),
    ("部分条款进行修改", "部分条款进行修改"),
    ("中2025年目标由220家调整为230家", "中2025年目标由220家调整为"),
    ("第三条第二款修改为", "第三条第二款修改为"),
    ("有效期延长至2026年12月31日", "有效期延长"),
    ("执行", ""),
)
AMENDING = rule(
    "amending",
    rf"(?:关于|决定|现将?)(?:修改|修订|修正|调整|延长|补充|更正|变更){_NAMED}$",
    "what precedes the name of a document that is changed",
    ("关于修改", "关于修改"),
    ("关于调整□、", "关于调整□、"),
    ("维护纳税人、缴费人合法权益,修订", ""),
)
FOUNDING = rule(
    "founding",
    r"制定(?:了)?(?:本|以下|如下|该|此)|(?:提出|出台|形成)(?:本|以下|如下)|(?:通知|公告|通告|意见)如下",
    "words by which a sentence says what the document rests on",
    ("结合本市实际,制定本办法", "制定本"),
    ("现就有关事项通知如下", "通知如下"),
    ("制定工作方案", ""),
)
RESTING = rule(
    "resting",
    r"(?:根据|依据|遵照|按照|依照|参照|落实|贯彻|执行|推进|实施)[^;。:]{0,160}$",
    "what precedes the name of a document that this one rests on",
    ("为深入贯彻", "贯彻"),
    ("根据□等规定,参照", "根据□等规定,参照"),
    ("现对", ""),
)
FOLLOWED = rule(
    "followed",
    rf"(?:按照?|依照|参照|遵照|比照|执行|适用|(?<!意)见|依){_NAMED}$",
    "what precedes the name of a document that holds what is not said here",
    ("贴息按照", "按照"),
    ("企业迁入本市的,参照", "参照"),
    ("奖励标准见", "见"),
    ("意见", ""),
    ("有关做法可参考", ""),
)
BASED = rule(
    "based",
    rf"(?:根据|依据){_NAMED}$",
    "what precedes the name of a document that a rule rests on",
    ("经费分配依据", "依据"),
    ("市财政局根据□和", "根据□和"),
    ("汇总整理", ""),
)
RULES = (REPEALED, REPEALING, AMENDED, AMENDING, FOUNDING, RESTING, FOLLOWED, BASED)


@dataclass(frozen=True)
class Around:
    """The words around a name within its sentence, other names of documents as GAP."""

    before: str
    after: str


_ROLES: tuple[tuple[str, Rule | None, Rule | None], ...] = (
    ("repeals", None, REPEALED),
    ("repeals", REPEALING, None),
    ("amends", None, AMENDED),
    ("amends", AMENDING, None),
    ("basis", RESTING, FOUNDING),
    ("follows", FOLLOWED, None),
    ("basis", BASED, None),
)
"""In this order: a role, what must stand before the name, what must stand after it."""


def role(around: Around) -> str:
    """Why a document is named: `repeals`, `amends`, `basis`, `follows`, else `cites`.

    >>> role(Around("贴息按照", "执行")), role(Around("", "□同时废止"))
    ('follows', 'repeals')
    """
    for name, before, after in _ROLES:
        if (before is None or before.pattern.search(around.before)) and (
            after is None or after.pattern.search(around.after)
        ):
            return name
    return "cites"


_STOP = re.compile("[。!?\n]")


def around(text: str, start: int, end: int, names: Sequence[Span]) -> Around:
    """The words around `text[start:end]` up to the sentence's ends; `names` are the spans of all names in the text, in order."""
    first = max(text.rfind(mark, 0, start) for mark in "。!?\n") + 1
    stop = _STOP.search(text, end)
    last = stop.start() if stop else len(text)
    return Around(_gapped(text, first, start, names), _gapped(text, end, last, names))


def _gapped(text: str, start: int, end: int, names: Sequence[Span]) -> str:
    """A stretch of text with every name in it replaced."""
    pieces, place = [], start
    for opens, closes in names[bisect_left(names, (start, 0)) :]:
        if opens >= end:
            break
        if closes <= end:
            pieces += [text[place:opens], GAP]
            place = closes
    return "".join([*pieces, text[place:end]])
