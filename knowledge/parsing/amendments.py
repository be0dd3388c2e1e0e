"""What a document changes in another one: `将…由220家调整为230家`, `“甲”修改为“乙”`, `删去第五条`.

A change counts where the document that is changed is named: in its sentence, or before it in the text. What is
compared with the past (由85%提高到98%) is a goal, no change of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.facts import Amendment, Reference
from knowledge.parsing.validity import UP_TO
from knowledge.rules import Rule, rule
from knowledge.text import View, compact, name, tidy

_CHANGED = r"(?:修改|调整|变更|修订|修正|更改|改|替换|更正)(?:成|为)"
_TITLE = r"《[^《》\n]{1,100}(?:《[^《》\n]{1,100}》[^《》\n]{0,60})?》"
_NTH = r"第[一二三四五六七八九十0-9()]{1,5}[款项目点]"
_ITEM = rf"(?:第?\([一二三四五六七八九十0-9]{{1,3}}\)[项条款]?|第[一二三四五六七八九十百0-9()]{{1,6}}[条款项章节点部]分?(?:{_NTH})*)"
WORDS = rule(
    "words",
    rf"(?P<subject>(?:{_TITLE}|[^,;。“”《\n]){{0,80}})“(?P<before>[^“”\n]{{1,300}})”(?:的?(?:表述|内容|字样))?(?:统一|相应)?{_CHANGED}[:,]?“(?P<after>[^“”]{{1,600}})”",
    "words of a document replaced by others",
    ("将第三条中“市科委”修改为“市科技局”", "将第三条中“市科委”修改为“市科技局”"),
    ("“20万元”改为“30万元”", "“20万元”改为“30万元”"),
    ("把“放管服”改革推向深入", ""),
    needs="[成为]",
)
WHOLE = rule(
    "whole",
    rf"(?P<subject>(?:{_ITEM})[^,;。“”\n由]{{0,12}}?){_CHANGED}[:,]?“(?P<after>[^“”]{{1,1500}})”",
    "a clause that gets other words",
    ("第三条第二款修改为:“对首次认定的企业给予30万元奖励。”", "第三条第二款修改为:“对首次认定的企业给予30万元奖励。”"),
    ("第五条调整为第六条", ""),
    needs="[成为]",
)
VALUE = rule(
    "value",
    rf"(?P<subject>(?:{_TITLE}|[^,;。“”《\n]){{2,100}}?)[由从](?:原来?的?|现行的?)?(?P<before>[^,;。“”由从\n]{{0,30}}?[0-9][^,;。“”由从\n]{{0,20}}?){_CHANGED}(?P<after>[^,;。“”\n]{{0,30}}?[0-9][^,;。“”、\n]{{0,16}})",
    "a number of a document replaced by another",
    ("高新技术企业由220家调整为230家", "高新技术企业由220家调整为230家"),
    ("一次性奖励标准由20万元调整为30万元", "一次性奖励标准由20万元调整为30万元"),
    ("将《“智汇云溪”行动方案》中引进人才由60名调整为80名", "将《“智汇云溪”行动方案》中引进人才由60名调整为80名"),
    ("网办率由85%提高到98%", ""),
    ("办公地点由一楼调整为二楼", ""),
)
DELETED = rule(
    "deleted",
    rf"(?:删去|删除|取消)(?P<subject>(?:{_ITEM})(?:中?“(?P<before>[^“”\n]{{1,300}})”)?)",
    "a clause, or words of it, taken out",
    ("删去第五条", "删去第五条"),
    ("删除第三条第二款", "删除第三条第二款"),
    ("取消行政审批事项5项", ""),
    needs="删[去除]|取消",
)
ADDED = rule(
    "added",
    rf"(?:增加|新增|补充)(?:一[条款项]|[^,;。“”\n]{{0,6}}),?作为(?P<subject>{_ITEM})[:,]?“(?P<after>[^“”]{{1,1500}})”",
    "a clause put in",
    ("增加一条,作为第六条:“企业应当如实申报。”", "增加一条,作为第六条:“企业应当如实申报。”"),
    ("新增规模以上企业20家", ""),
    needs="作为",
)
EXTENDED = rule(
    "extended",
    rf"(?P<subject>有效期|实施期限?|执行期限?|施行期限?|试行期限?)[^,;。\n]{{0,12}}(?:延长|延续|顺延|延期)[至到](?P<after>{UP_TO})",
    "the day until which a document holds, put off",
    ("有效期延长至2026年12月31日", "有效期延长至2026年12月31日"),
    ("实施期限延长至2027年底", "实施期限延长至2027年底"),
    ("有效期至2025年12月31日", ""),
    needs="[长续延期][至到]",
)
RULES = (WORDS, WHOLE, VALUE, DELETED, ADDED, EXTENDED)
"""In this order: what an earlier row took, a later one leaves."""
TITLED = rule(
    "titled",
    r"(?:修改|修订|修正|调整|延长|更正|变更)",
    "what the title of a document that changes another one says",
    ("关于调整创新平台奖励标准的通知", "调整"),
    ("关于印发科技创新奖励办法的通知", ""),
)
_SHORT = re.compile('(?:以下|下)?(?:简称|统称)[:为]?[“"]?$')
_LEAD = re.compile(r"^(?:现?将|把|对)")
_CLAUSE = re.compile(f"(?:{_TITLE}|[^,;。\\n])+")
_NAME = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》(?:\([^()\n]{0,40}\))?")


def amendments(
    view: View, source: str, named: Sequence[Reference], before: Reference | None, titled: bool
) -> list[Amendment]:
    """What a section changes in other documents, in order.

    `named`: the section's references; `before`: the last document that the text named as amended before this section.
    `titled`: whether the document's title says that it changes something, so that a change counts though no document is named.
    """
    found = []
    targets = [one for one in named if one.role == "amends"]
    for row, match in _changes(view.text):
        start, end = tidy(source, *view.span(_begin(row, match), match.end()))
        target = next((one for one in reversed(targets) if one.start < end), before)
        if target is None and not titled:
            continue
        found.append(_amendment(match, view, source, target, (start, end)))
    return found


def _changes(text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """The changes that a text tells, none inside another."""
    if not re.search("[改整更订正换]为|[改整更订正换]成|删[去除]|取消|作为|[长续延期][至到]", text):
        return
    taken: list[tuple[int, int]] = []
    found: list[tuple[Rule, re.Match[str]]] = []
    for row in RULES:
        for match in _in_clauses(row, text) if row is VALUE else row.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((row, match))
    yield from sorted(found, key=lambda pair: pair[1].start())


def _in_clauses(row: Rule, text: str) -> Iterator[re.Match[str]]:
    """The matches of a row that begin a clause: looked for once in each, so that reading stays linear."""
    for clause in _CLAUSE.finditer(text):
        if match := row.pattern.match(text, clause.start(), clause.end()):
            yield match


def _begin(row: Rule, match: re.Match[str]) -> int:
    """Where the words of a change begin."""
    return match.start("subject") if row is not DELETED else match.start()


def _amendment(
    match: re.Match[str], view: View, source: str, target: Reference | None, span: tuple[int, int]
) -> Amendment:
    groups = match.groupdict()
    written = {key: _written(match, key, view, source) if groups.get(key) else None for key in ("before", "after")}
    subject = _subject(match["subject"])
    place = view.text.find(subject, match.start("subject"), match.end("subject")) if subject else -1
    return Amendment(
        target.title if target else None,
        target.number if target else None,
        name(source[slice(*view.span(place, place + len(subject)))]) if place >= 0 else "",
        written["before"],
        written["after"],
        start=span[0],
        end=span[1],
    )


def _written(match: re.Match[str], key: str, view: View, source: str) -> str:
    return name(source[slice(*view.span(match.start(key), match.end(key)))])


def _subject(words: str) -> str:
    """What a change speaks of, without the words that lead it in and the name of the document."""
    rest = _NAME.split(_LEAD.sub("", words))[-1]
    return re.sub("^(?:中的?|的|里的?)|(?:中的?|的)$", "", rest)


def unabbreviated(named: Sequence[Reference], source: str, known: dict[str, Reference]) -> list[Reference]:
    """References with the short names that the text gives (以下简称《实施方案》) read as the document that they stand for.

    `known`: the short names so far, added to.
    """
    found: list[Reference] = []
    for one in named:
        before = source[max(one.start - 12, 0) : one.start]
        if found and one.title and _SHORT.search(compact(before).text):
            known[one.title] = found[-1]
        whole = known.get(one.title or "")
        found.append(replace(one, title=whole.title, number=whole.number) if whole else one)
    return found


def last_amended(named: Iterable[Reference]) -> Reference | None:
    """The document that a section names last as changed."""
    return next((one for one in reversed(list(named)) if one.role == "amends"), None)
