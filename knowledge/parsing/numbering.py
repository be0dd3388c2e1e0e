"""The numerals that Chinese official documents put before headings, and where they stand in a text.

Gives markers in reading order; whether a marker opens a section, and which, is `outline`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.numerals import chinese_numeral, ordinal
from knowledge.rules import Rule, rule
from knowledge.text import View

_HAN = "[零〇一二三四五六七八九十百]+"
_REFERRED = r"(?!规定|所列|所指|所称|所述|中的|之规定|第[一二三四五六七八九十0-9]+[款项]|、第|和第|及第|至第|[,。;)》])"

KINDS: tuple[Rule, ...] = (
    rule(
        "annex",
        r"附件(?P<n>[0-9一二三四五六七八九十]*)(?=[:\n]|[^0-9、,。;)》下表所中和的]|$)",
        "附件 and what belongs to it",
        ("附件1:申报表", "附件1"),
        ("附件、清单", ""),
    ),
    rule("part", rf"第(?P<n>{_HAN}|[0-9]+)编", "编", ("第一编总则", "第一编")),
    rule("chapter", rf"第(?P<n>{_HAN}|[0-9]+)章", "章", ("第二章奖励标准", "第二章"), ("第2章", "第2章")),
    rule("division", rf"第(?P<n>{_HAN}|[0-9]+)节", "节", ("第一节一般规定", "第一节")),
    rule(
        "article",
        rf"第(?P<n>{_HAN}|[0-9]+)条(?:之{_HAN})?{_REFERRED}",
        "条, unless another article refers to it",
        ("第十条本办法自发布之日起施行。", "第十条"),
        ("第10条对", "第10条"),
        ("第三条规定的企业", ""),
    ),
    rule("han", rf"(?P<n>{_HAN})(?:、|\.(?![0-9]))", "一、", ("一、总体要求", "一、"), ("十二、附则", "十二、")),
    rule(
        "han_bracket",
        rf"\((?P<n>{_HAN})\)、?|(?P<m>[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩])、?",
        "(一)",
        ("(一)指导思想", "(一)"),
        ("㈡发展目标", "㈡"),
    ),
    rule(
        "number",
        r"(?P<n>[0-9]{1,3})(?:、(?![0-9]{1,3}(?:[、和至项条~-]))|\.(?![0-9]))",
        "1.",
        ("1.强力攻坚研发投入。", "1."),
        ("1.2%", ""),
        ("3、加强保障", "3、"),
        ("25、26、28项任务由市发展改革委通报", ""),
        ("2、2025年底前完成", "2、"),
    ),
    rule(
        "decimal",
        r"(?P<n>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?![0-9.%％万亿元家个件名人项倍])\.?",
        "1.1",
        ("1.1总体目标", "1.1"),
        ("1.2%", ""),
        ("3.5亿元", ""),
    ),
    rule(
        "number_bracket",
        r"\((?P<n>[0-9]{1,2})\)、?|(?P<m>[0-9]{1,2})\)",
        "(1)",
        ("(1)注册地在本区", "(1)"),
        ("2)材料", "2)"),
    ),
    rule("circled", r"(?P<n>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])", "①", ("①营业执照", "①")),
)
"""In this order: the first row that matches at a place names it; the order is also that of depth, outer first."""

LOST: tuple[Rule, ...] = (
    rule("han", r"、(?=[^\s、,。])", "a heading whose Chinese numeral was lost", ("、紧紧围绕优势特色产业", "、")),
    rule("han_bracket", r"\(\)(?=[^\s、,。(])", "a heading whose bracketed numeral was lost", ("()健全机制", "()")),
    rule(
        "number",
        r"\.(?=[一-鿿])",
        "a heading whose number was lost",
        (".强力攻坚研发投入", "."),
        (".加快冷链物流设施建设", "."),
    ),
    rule(
        "article",
        r"第条(?=[^、,。;])",
        "an article whose numeral was lost",
        ("第条支持物流信息化建设。", "第条"),
        ("第条、第款", ""),
    ),
)

RULES = KINDS + LOST
DEPTH = {row.name: place for place, row in enumerate(KINDS)}
_OPENED = re.compile(r"[\n。;:!?]")
"""What a numeral stands right behind, where it is not the first of the text."""
_BEGINS = re.compile("[附第零〇一二三四五六七八九十百(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩0-9①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳、.]")
"""How numerals begin, lost ones too; a place without any need not be tried with every row."""
_ROW = re.compile(r"[^|\n]*\|[^\n]*(?:\n|$)")
"""A row of a table: its numerals open nothing."""


@dataclass(frozen=True)
class Marker:
    """A numeral before a heading: `start`-`end` in the compact view, `label` as an id shows it, `number` its place."""

    kind: str
    label: str
    number: int | None
    start: int
    end: int
    opens_line: bool
    lost: bool = False


def markers(view: View, spaced: bool = False) -> list[Marker]:
    """All numerals at the start of a line, and those after a stop that continue a sequence, in reading order.

    `spaced`: white space ends a sentence too (a text whose line ends were lost).
    """
    found = list(_candidates(view, spaced))
    kept: list[Marker] = []
    last: dict[str, int] = {}
    seconds = {marker.kind: place for place, marker in enumerate(found) if marker.number == 2}
    for place, marker in enumerate(found):
        if not marker.opens_line and not _continues(marker, last, seconds.get(marker.kind, 0) > place):
            continue
        article = next((one.label for one in reversed(kept) if one.kind == "article"), "")
        kept.append(_numbered(marker, last, article))
        depth = DEPTH[marker.kind]
        last = {kind: number for kind, number in last.items() if DEPTH[kind] <= depth or _runs_on(kind)}
        last[marker.kind] = kept[-1].number or 1
    return kept


def _runs_on(kind: str) -> bool:
    return kind == "article"


def _numbered(marker: Marker, last: dict[str, int], before: str) -> Marker:
    """A marker whose numeral was lost, with the one that comes next; `before`: how the last article is numbered."""
    if marker.number is not None:
        return marker
    number = last.get(marker.kind, 0) + 1
    han = chinese_numeral(number)
    article = f"第{number if before[1:2].isdigit() else han}条"
    labels = {"han": han, "han_bracket": f"({han})", "number": str(number), "article": article}
    return replace(marker, number=number, label=labels[marker.kind], lost=True)


def _continues(marker: Marker, last: dict[str, int], goes_on: bool) -> bool:
    """Whether an inline numeral is the next of its open sequence, or the first of one that goes on (a second comes later)."""
    if marker.kind in ("annex", "decimal"):
        return False
    if marker.number == last.get(marker.kind, 0) + 1 and marker.number > 1:
        return True
    return marker.number == 1 and goes_on


def _candidates(view: View, spaced: bool) -> Iterator[Marker]:
    text = view.text
    end = 0
    for place in _places(view, spaced):
        opens_line = place == 0 or text[place - 1] == "\n"
        if place < end:
            continue
        if opens_line and not spaced and (row := _ROW.match(text, place)):
            end = row.end()
        elif _BEGINS.match(text, place) and (marker := _at(text, place, opens_line)):
            yield marker
            end = marker.end


def _places(view: View, spaced: bool) -> Iterable[int]:
    """Where a numeral can stand, in order: at the start, behind a line end or a stop, behind white space where it ends a sentence."""
    last = len(view.text)
    places = {0, *(found.end() for found in _OPENED.finditer(view.text))}
    if spaced:
        places.update(place for place in range(1, last) if view.at[place] - view.at[place - 1] > 1)
    return sorted(place for place in places if place < last)


def _at(text: str, place: int, opens_line: bool) -> Marker | None:
    for row in KINDS:
        if found := row.pattern.match(text, place):
            groups = found.groupdict()
            numeral = groups.get("n") or groups.get("m") or ""
            number = ordinal(numeral.rpartition(".")[2]) if numeral else (0 if row.name == "annex" else None)
            label = re.sub(r"[、.]$", "", found.group())
            if number is not None:
                return Marker(row.name, label, number, place, found.end(), opens_line)
    if opens_line:
        for row in LOST:
            if found := row.pattern.match(text, place):
                return Marker(row.name, "", None, place, found.end(), opens_line)
    return None
