"""Where a document's head ends and its foot begins, and which of its lines are furniture.

The head is all before the first line of the body: a numeral, a salutation or prose. The foot is all after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.facts import HeadingMark, Span
from knowledge.reading.furniture import anywhere, crumb, opens, outside
from knowledge.reading.labels import labelled, lead
from knowledge.reading.lines import Line, lines
from knowledge.rules import Rule, first, rule

HEAD_LINES = 400
FOOT_LINES = 400
_NO_BODY = 30
"""So many lines are the head of a text that has no line of a body."""

NUMERAL = rule(
    "numeral",
    r"^(?:第[一二三四五六七八九十百零〇0-9]+[编章节条]|[一二三四五六七八九十]{1,3}、|、|\([一二三四五六七八九十]{1,3}\)"
    r"|\([0-9]{1,2}\)|[0-9]{1,2}[.、](?![0-9])|[①②③④⑤⑥⑦⑧⑨⑩]|附件[0-9一二三四五六七八九十]*(?::|$))",
    "a heading's numeral, or an annex",
    ("一、总体要求", "一、"),
    ("第一条为规范科技奖励", "第一条"),
    ("(一)指导思想", "(一)"),
    ("、紧紧围绕优势特色产业加大科技创新布局", "、"),
    ("(2023-2035年)", ""),
    ("2.5万元", ""),
)
BODY: tuple[Rule, ...] = (
    NUMERAL,
    rule(
        "salutation",
        r"^(?:各|有关|市直|区直|县直|省直|驻).{2,200}:$|^.{4,200}(?:人民政府|单位|机构|部门|委员会|办公室|街道办事处|公司|院校|企业|朋友们?|[局厅院处]):$",
        "whom a notice is addressed to",
        ("各县(市)、区人民政府,市政府各部门、各直属机构:", "各县(市)、区人民政府,市政府各部门、各直属机构:"),
        ("区直各有关单位:", "区直各有关单位:"),
        ("发布机构:", ""),
    ),
    rule(
        "sentence",
        r"^.{7,}(?:[。;!?]|如下:)[”)]?$",
        "a sentence with its stop",
        ("特制定本实施方案。", "特制定本实施方案。"),
        ("现将有关事项通知如下:", "现将有关事项通知如下:"),
        ("临川区支持科技创新若干措施", ""),
    ),
    rule(
        "prose",
        r"^(?=.{25}).*,.*$|^.{120,}|^.{40,}。.*$",
        "a paragraph, or a line of one that is wrapped: titles have no commas",
        (
            "为深入贯彻落实习近平总书记关于科技创新的重要论述,全面贯彻落",
            "为深入贯彻落实习近平总书记关于科技创新的重要论述,全面贯彻落",
        ),
        (
            "为加快推进乡村产业振兴,促进农民持续增收,结合我县实际,",
            "为加快推进乡村产业振兴,促进农民持续增收,结合我县实际,",
        ),
        ("关于印发《Bat365推动科技创新协力打造“区域科创中心”实施方案(2023-2035年)", ""),
    ),
    rule(
        "row",
        r"^[^|]+(?:\|[^|]*){2,}$",
        "a row of a table",
        ("序号|重点任务|牵头单位|完成时限", "序号|重点任务|牵头单位|完成时限"),
        ("索引号|A25030", ""),
    ),
)


@dataclass(frozen=True)
class Layout:
    """A text's lines in three parts, with the spans of what is furniture in them."""

    text: str
    head: tuple[Line, ...]
    body: tuple[Line, ...]
    foot: tuple[Line, ...]
    furniture: tuple[Span, ...]

    @property
    def all(self) -> tuple[Line, ...]:
        return self.head + self.body + self.foot


def layout(text: str, marks: Iterable[HeadingMark] = (), hidden: Sequence[Span] = ()) -> Layout:
    """The parts of a text; `hidden` are spans that its format already knows to be furniture."""
    found = tuple(lines(text, marks, hidden))
    top = _head(found)
    bottom = max(_foot(found), top)
    head, body, foot = found[:top], found[top:bottom], found[bottom:]
    spans = [*hidden, *_of_head(head), *_of_body(body), *_of_foot(foot)]
    return Layout(text, head, body, foot, tuple(sorted(set(spans))))


def free(line: Line) -> bool:
    """Whether a line of the head is neither furniture nor metadata."""
    return not line.long and not outside(line) and not labelled(line)


def _head(found: Sequence[Line]) -> int:
    """How many lines stand before the body."""
    heading: Line | None = None
    for place, line in enumerate(found[:HEAD_LINES]):
        if _begins(line, heading):
            return place
        if line.depth and heading is None and not outside(line):
            heading = line
    return min(len(found), _NO_BODY)


def _begins(line: Line, heading: Line | None) -> bool:
    """Whether the body begins here; a second heading begins it where the first is the document's own."""
    if line.long:
        return True
    if not free(line):
        return False
    if line.depth and heading is None:
        return NUMERAL.pattern.match(line.flat) is not None
    if line.depth and heading and heading.depth == 1:
        return True
    return first(BODY, line.flat) is not None


def _foot(found: Sequence[Line]) -> int:
    """The place after the last line of the body."""
    for place in range(len(found) - 1, max(-1, len(found) - 1 - FOOT_LINES), -1):
        line = found[place]
        if line.long or (not outside(line) and (line.depth or first(BODY, line.flat))):
            return place + 1
    return max(0, len(found) - FOOT_LINES)


def _of_head(head: Sequence[Line]) -> list[Span]:
    """Furniture and metadata of the head: all above the breadcrumb, whole lines, and a line's part from its first label."""
    above = max((place for place, line in enumerate(head) if crumb(line)), default=-1)
    spans = [(line.start, line.end) for place, line in enumerate(head) if place < above or outside(line)]
    kept = [line for place, line in enumerate(head) if place >= above and not outside(line)]
    return spans + [span for line in kept for span in _labels(line)]


def _labels(line: Line) -> list[Span]:
    found = labelled(line)
    if not found:
        return []
    return [(line.view.at[found[0].start] if lead(line, found[0].start) else line.start, line.end)]


def _of_body(body: Sequence[Line]) -> list[Span]:
    return [(line.start, line.end) for line in body if anywhere(line)]


def _of_foot(foot: Sequence[Line]) -> list[Span]:
    opened = next((place for place, line in enumerate(foot) if opens(line)), len(foot))
    return [(line.start, line.end) for place, line in enumerate(foot) if place >= opened or outside(line)]
