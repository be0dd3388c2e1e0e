"""When something may be applied for: `申报时间为2024年3月1日至4月30日`, `每年6月30日前申报`, `申请截止日期为…`.

A window that comes every year, or whose year is not written, has no dates: `text` keeps its words, which say so. No duty of a
unit (12月20日前报送总结) and no day of publication is a window.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from knowledge.facts import Deadline
from knowledge.parsing.clauses import Piece, clauses, paragraphs, sentences
from knowledge.rules import rule
from knowledge.text import View

_YEAR = r"(?:(?:19|20)[0-9]{2}年|次年|当年|同年|翌年)"
_DAY = r"[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|[上中下]旬)?"
_CLOCK = r"(?:\([^()]{1,6}\))?(?:[上下]午|晚上?)?(?:[0-9]{1,2}(?:[:点时][0-9]{0,2}分?))?"
_WRITTEN = rf"(?:{_YEAR}?{_DAY}|(?:19|20)[0-9]{{2}}年(?:底|末)){_CLOCK}"
_OWN = r"申报|申请|申领|报名|受理|征集|填报|申办"
_APPLYING = rf"{_OWN}|兑现|兑付|提交|报送|报到|递交"
SPAN = rule(
    "span",
    rf"(?P<words>(?P<each>每年(?:度)?的?)?(?:自|从)?(?P<opens>{_WRITTEN})(?:起)?(?:至|到|-|~)(?P<closes>(?:每年)?{_WRITTEN}|[0-9]{{1,2}}日)(?:止|前|截止)?)",
    "the days between which one may apply",
    ("申报时间为2024年3月1日至4月30日", "2024年3月1日至4月30日"),
    ("每年3月1日至4月30日申报", "每年3月1日至4月30日"),
    ("自2025年11月1日起至次年1月31日止", "自2025年11月1日起至次年1月31日止"),
    ("2025年3月1日前申报", ""),
)
LAST = rule(
    "last",
    rf"(?P<words>(?P<each>每年(?:度)?的?)?(?P<closes>{_WRITTEN})(?:之?前|以前|止|截止)?)",
    "the last day to apply",
    ("于2026年5月31日前提交申请", "2026年5月31日前"),
    ("申报截止时间为每年5月31日", "每年5月31日"),
    ("2025年底前申报", "2025年底前"),
    ("随时申报,常年受理", ""),
)
LABEL = rule(
    "label",
    rf"(?P<what>[^,;。:]{{0,20}}?(?:{_APPLYING}))(?:的?(?:起止|截止|开始|结束)?(?:时间|期限|日期|时限|期)|的?截止)(?:统一|均|分别)?(?:为|是|:|在|于|到|至|自|从|$)",
    "the label of a window",
    ("网上申报时间为2026年3月1日至4月10日", "网上申报时间为"),
    ("纸质材料报送截止时间为2026年4月20日", "纸质材料报送截止时间为"),
    ("申报截止时间:2024年5月31日", "申报截止时间:"),
    ("企业应当如实申报", ""),
)
ENDING = rule(
    "ending",
    r"^(?:的?截止(?:时间|日期)?|截止(?:日期|时间)?)(?:统一)?(?:为|是|:|到|至)",
    "the label of a last day that names nothing",
    ("截止日期为2026年4月20日", "截止日期为"),
    ("截止到2026年4月20日", "截止到"),
    ("截至2024年底已有3家", ""),
)
APPLIED = rule(
    "applied",
    rf"^[^,;。]{{0,24}}?(?:提出|提交|进行|完成|办理|向[^,;。]{{1,16}}?)?(?:{_OWN})(?!立项|通知|指南|结果)",
    "what follows the day by which one must apply",
    ("前提出申请", "前提出申请"),
    ("前向县科技局申报", "前向县科技局申报"),
    ("前公布立项名单", ""),
    ("前报送年度工作总结", ""),
)
RULES = (SPAN, LAST, LABEL, ENDING, APPLIED)
_DATED = re.compile("[0-9]月|[0-9]年[底末]")
"""What every sentence that names a day has."""
_DUE = re.compile("前|止|底$|末$")
_MUST = "请|须|应当?|可|需|务必|统一|原则上"
_FILLING = re.compile(f"^(?:{_MUST})+|(?:{_MUST}|一并)*(?:延长)?(?:在|于|自|从|到|至)?(?:今年|本年|当年)?$")
_AGENT = re.compile("(?:局|委|办|中心|部门|政府|厅)(?:在|于)?$")


def windows(view: View, source: str) -> list[Deadline]:
    """The times for applying that a section names, in order."""
    if not re.search(_APPLYING, view.text):
        return []
    return [
        found
        for paragraph in paragraphs(view.text)
        for sentence in sentences(paragraph)
        if _DATED.search(sentence.text)
        for found in _told(list(clauses(sentence)), view, source)
    ]


def _told(parts: list[Piece], view: View, source: str) -> Iterator[Deadline]:
    """The windows of a sentence; a label may stand in the clause before its days (申报时间:…)."""
    for place, clause in enumerate(parts):
        days = SPAN.pattern.search(clause.text) or LAST.pattern.search(clause.text)
        if days is None:
            continue
        label = _label(parts, place, days, view)
        if label is not None:
            what = label.groupdict().get("what")
        elif _applies(parts, place, days):
            what = _before(clause.text[: days.start()])
        else:
            continue
        opens, closes = _days(days)
        start, end = view.span(clause.start + days.start(), clause.start + days.end())
        yield Deadline("application", what, opens, closes, source[start:end], start=start, end=end)


def _label(parts: list[Piece], place: int, days: re.Match[str], view: View) -> re.Match[str] | None:
    """The label of a window, in its clause or the one before it (申报时间:…); None where there is none."""
    clause = parts[place]
    before = clause.text[: days.start()]
    if found := LABEL.pattern.search(before) or ENDING.pattern.search(before):
        return found
    if place and not before and view.text[clause.start - 1] == ":":
        return LABEL.pattern.search(parts[place - 1].text)
    return None


def _applies(parts: list[Piece], place: int, days: re.Match[str]) -> bool:
    """Whether the words after the days say that one applies, and no unit is the one who acts."""
    text = parts[place].text
    if days.re is LAST.pattern and not _DUE.search(days["words"]):
        return False
    return bool(APPLIED.pattern.match(text[days.end() :])) and not _AGENT.search(text[: days.start()])


def _before(words: str) -> str | None:
    """What is applied for, from the words before the days: 科技型中小企业创新项目请于 → 科技型中小企业创新项目."""
    rest = _FILLING.sub("", _FILLING.sub("", words))
    return rest if 2 <= len(rest) <= 24 else None


def _days(days: re.Match[str]) -> tuple[str | None, str | None]:
    """The first and the last day as ISO dates; None for one that comes each year or has no year of its own."""
    groups = days.groupdict()
    if groups["each"] or "每年" in (groups["closes"] or ""):
        return None, None
    opens, year = _iso(groups.get("opens") or "", None, None)
    month = int(opens[5:7]) if opens else None
    closes, _ = _iso(groups["closes"], year, month)
    return opens, closes


_PARTS = re.compile(
    r"^(?:(?P<year>(?:19|20)[0-9]{2})年|(?P<next>次年|翌年)|当年|同年)?(?:(?P<month>[0-9]{1,2})月)?(?:(?P<day>[0-9]{1,2})日|(?P<end>底|末))?"
)


def _iso(words: str, year: int | None, month: int | None) -> tuple[str | None, int | None]:
    """A written day and its year; what it leaves out is that of the day before it; an end of a month is its last day."""
    found = _PARTS.match(words)
    if found is None or not found.group():
        return None, None
    own = int(found["year"]) if found["year"] else (year + bool(found["next"]) if year else None)
    number = int(found["month"]) if found["month"] else (12 if found["end"] else month)
    if own is None or number is None or not 1 <= number <= 12 or not (found["day"] or found["end"]):
        return None, own
    day = int(found["day"]) if found["day"] else calendar.monthrange(own, number)[1]
    try:
        return date(own, number, day).isoformat(), own
    except ValueError:
        return None, own
