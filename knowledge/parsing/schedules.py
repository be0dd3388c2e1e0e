"""Recurring duties: who does what, to whom, how often (`每月由区发改委…汇总上报`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.facts import Schedule
from knowledge.parsing.clauses import Piece, clauses, paragraphs, sentences, split
from knowledge.rules import rule
from knowledge.text import View

RHYTHM = rule(
    "rhythm",
    r"(?P<half_year>每半年|每个半年|半年一次)|(?P<term>每(?:个)?学期)|(?P<quarter>每(?:个)?季度|按季度?|逐季)|(?P<month>每(?:个)?月|按月|逐月)|(?P<week>每周|按周)|(?P<day>每日|每天|按日)|(?P<year>每年度?|按年度?|(?<![0-9上本当该近一两])年度|逐年|每两年)",
    "how often",
    ("每月由区发改委", "每月"),
    ("领导小组每半年听取一次", "每半年"),
    ("各县区按季度报送工作进展", "按季度"),
    ("各学校每学期至少组织一次演练", "每学期"),
    ("制定好年度科技创新工作计划", "年度"),
    ("2025年度报告", ""),
    ("上一年度经审计的财务报告", ""),
    needs="[每按逐]|年度|半年一次",
)
DUTY = rule(
    "duty",
    r"制定|制订|编制|印发|汇总|上报|报送|报告|听取|召开|举办|开展|组织|监测|发布|公布|梳理|通报|调度|考核|评估|督查|督导|总结|分配|分解|检查|审计|更新|修订|反馈|会商",
    "the verb of a recurring duty",
    ("每年制定研发投入攻坚专项工作方案", "制定"),
    ("市安委办每季度通报一次隐患整改情况", "通报"),
    ("每年举办业务培训班", "举办"),
    ("每年新增上云企业", ""),
)
TO = rule(
    "to",
    r"(?:向|(?:报送|上报|呈报|报告|分配|反馈|提交|报(?![告名表道送]))(?:至|给|到)?)(?P<to>[^,;。、]{1,16}?(?:政府|委员会|领导小组(?:办公室|成员单位)?|办公室|督查室|党委|常委会|局|委|部|厅|人大|单位)(?!办公|办(?!理)|常委|员会|督查))",
    "to whom",
    ("向市人民政府报告一次", "向市人民政府"),
    ("报送县人民政府", "报送县人民政府"),
    ("每月向区政府报告", "向区政府"),
    ("汇总后上报市委", "上报市委"),
    ("专题报告年度情况", ""),
)
WHEN = rule(
    "when",
    r"(?:的?(?:首|末|第[一二三])(?:个)?月)?(?:[一二三四五六日天](?=之?前|下午|上午))?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|[上中下]旬|底|末|初)?(?:之?前)?(?:至少|原则上)?(?:向[^,;。]{1,16}?(?=报|专题|书面|汇|提交|通报))?",
    "the day by which a duty is due, and to whom, before its verb",
    ("首月10日前报送市科技局", "首月10日前"),
    ("五前向专班办公室报送工作动态", "五前向专班办公室"),
    ("12月底前向市政府专题报告", "12月底前向市政府"),
    ("召开一次工作推进会", ""),
)
COUNTED = rule(
    "counted",
    r"[0-9](?:家|个|名|人|万|亿|%)|[0-9]场(?:次)?以上|(?:不少于|不低于|至少)[0-9]+场",
    "a number of things: a goal of each year, no duty",
    ("每年举办招聘会20场以上", "0场以上"),
    ("每年培训人员500人次", "0人"),
    ("每季度召开1次会议", ""),
)
RULES = (RHYTHM, DUTY, TO, WHEN, COUNTED)
_PLAN = re.compile("^年度.{0,14}(?:计划|方案|总结|报告|任务|目标|清单|要点)")
_AGENT = re.compile(
    r"^(?:由|经)?(?P<who>[^,;。]{1,24}?(?:局|委|办|办公室|政府|小组|部门|单位|街道|办事处|乡镇|中心|协会|部|厅|院|公司|会|科协|供销社|学校|督查室|队|站))(?=将|对|每|按|于|向|负责|会同|牵头|组织|制定|年|根据|,|$)"
)
_BY = re.compile(
    r"由(?P<who>[^,;。]{1,24}?(?:局|委|办|办公室|政府|小组|部门|单位|街道|中心|部|厅|会|科协))(?=将|对|每|按|于|向|负责|会同|牵头|组织|汇总|梳理|报|进行|开展|制定|编制)"
)


def schedules(view: View, source: str) -> list[Schedule]:
    """The recurring duties of a section in order."""
    found: list[Schedule] = []
    for paragraph in paragraphs(view.text) if RHYTHM.search(view.text) else ():
        for sentence in sentences(paragraph):
            if RHYTHM.search(sentence.text):
                for segment in split(sentence.text, ";", sentence.start):
                    found += _segment(segment, view, source)
    return found


def _segment(segment: Piece, view: View, source: str) -> Iterator[Schedule]:
    parts = [part for clause in clauses(segment) for part in _rhythms(clause)]
    said: str | None = None
    for place, clause in enumerate(parts):
        rhythm = RHYTHM.search(clause.text)
        if rhythm is None or COUNTED.pattern.search(clause.text):
            continue
        if rhythm.group() == "年度":
            if not _PLAN.match(clause.text[rhythm.start() :]) or not DUTY.pattern.search(clause.text):
                continue
            if re.search("依据|根据|按照|对照|所在|本$", clause.text[: rhythm.start()]):
                continue
        elif not DUTY.pattern.search(clause.text):
            continue
        found = _schedule(parts, place, rhythm, view, source)
        joined = place > 0 and view.text[clause.start - 1] == "、"
        said = found.who or (said if joined else None)
        yield replace(found, who=said)


def _rhythms(clause: Piece) -> Iterator[Piece]:
    """A clause cut where a further rhythm begins: `每月调度、每季度通报`."""
    start = 0
    for found in re.finditer("、", clause.text):
        if RHYTHM.pattern.match(clause.text, found.end()) and RHYTHM.search(clause.text, start, found.start()):
            yield Piece(clause.text[start : found.start()], clause.start + start, clause.start + found.start())
            start = found.end()
    yield Piece(clause.text[start:], clause.start + start, clause.end)


def _schedule(parts: list[Piece], place: int, rhythm: re.Match[str], view: View, source: str) -> Schedule:
    clause = parts[place]
    text, last = clause.text, clause
    following = parts[place + 1] if place + 1 < len(parts) else None
    if following and re.match("并?(?:向[^,;。]{1,16}?报|汇总|上报|报送|报|公布|通报)", following.text):
        last = following
    who = _who(parts, place, rhythm)
    what = source[slice(*view.span(clause.start + _what(text, rhythm, who), last.end))]
    to = TO.pattern.search(view.text[clause.start : last.end])
    start, end = view.span(clause.start, last.end)
    return Schedule(
        who,
        "".join(what.split()).removesuffix("后"),
        to["to"] if to else None,
        rhythm.lastgroup or "year",
        "",
        start,
        end,
    )


def _who(parts: list[Piece], place: int, rhythm: re.Match[str]) -> str | None:
    """Who is named by 由, before the rhythm, or as the subject of the clause."""
    text = parts[place].text
    if by := _BY.search(text):
        return by["who"]
    before = re.sub(r"[0-9]+月[0-9]+日前?$", "", text[: rhythm.start()])
    if agent := _AGENT.match(before + ("" if rhythm.group() == "年度" else "每")):
        return agent["who"]
    return None


def _what(text: str, rhythm: re.Match[str], who: str | None) -> int:
    """Where the duty begins in its clause: after the rhythm, the agent and a date."""
    if rhythm.group() == "年度":
        begin = text.find(who) + len(who) if who else 0
        verb = DUTY.pattern.search(text, begin)
        return begin if who else (verb.start() if verb and verb.start() < rhythm.start() else begin)
    begin = rhythm.end()
    named = text.find(who, begin) if who else -1
    if named >= 0 and who:
        begin = named + len(who)
    date = WHEN.pattern.match(text[begin:])
    return begin + (date.end() if date else 0)
