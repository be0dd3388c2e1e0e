"""Named actions, plans and projects: a quoted name with its head noun, or a noun phrase that ends in 行动, 计划, 工程."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.facts import Programme
from knowledge.rules import rule
from knowledge.text import View, name

_HEADS = "专项行动|行动|行动计划|计划|工程|活动|大赛|工作站|机制|体系|网络|产业(?!园)|项目|政策|专项|基金|平台|博览会|沙龙|制度|模式"
QUOTED = rule(
    "quoted",
    rf"“(?P<name>[^“”,。;]{{2,24}})”(?P<more>(?:(?!的)[一-鿿]){{0,8}}(?P<kind>{_HEADS}))?",
    "a quoted name, with the head noun that follows",
    ("大力开展“映山红”行动", "“映山红”行动"),
    ("深化“名师、名医、名匠”培养工程", "“名师、名医、名匠”培养工程"),
    ("建设完成“一园多部”的数字经济产业园", "“一园多部”"),
)
PLAIN = rule(
    "plain",
    r"(?P<name>[一-鿿A-Za-z0-9+]{3,22}?(?P<kind>专项行动|行动计划|行动|工程|(?<=倍增)计划|(?<=培育)计划|(?<=提升)计划|(?<=引才)计划))(?=[,、。;)”等]|$|和|及|的)",
    "a noun phrase that ends in 行动 or 工程",
    ("流量经济品牌推广行动、", "流量经济品牌推广行动"),
)
NUMBERED = rule(
    "numbered",
    r"(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}大(?:专项)?(?P<kind>行动|工程|计划)",
    "a set of actions counted",
    ("等“五大行动”", "五大行动"),
)
RULES = (QUOTED, PLAIN, NUMBERED)
_LEADS = re.compile(
    r"^.*?(?:深入实施|大力实施|组织实施|继续实施|启动实施|实施好?|大力开展|深入开展|开展|推进|推动|融入|参与|纳入|落实|依托|配合|启动|组织|进行|加快|等|和|及|与|以|把|列入|按照|根据)"
)
_SLOGAN = re.compile(
    r"^十[二三四五六七]五$|[,、]|主|新标杆|勇争先|第一|四个|三区|六个|人才为本|小巨人|瞪羚|专精特新|高精尖缺|四新|双创|五链|产学研?$|第三方|强|四套|省级|国家"
)
_LOOSE = frozenset(["产业", "项目", "体系", "网络", "政策", "平台", "模式", "机制", "制度", "专项", "基金"])
_NAMED = re.compile(
    r"一\S多\S|行动|计划|工程|大赛|沙龙|圆桌会|故事会|活动|[0-9一二三四五六七八九十百千万]+\S*[0-9一二三四五六七八九十百千万]+|\+"
)


def programmes(view: View, source: str) -> list[Programme]:
    """The programmes that a section names, in order, each name once."""
    found: dict[str, Programme] = {}
    spans: list[tuple[int, int]] = []
    for one in [*_quoted(view, source), *_plain(view, source)]:
        if any(start < one.end and one.start < end for start, end in spans):
            continue
        spans.append((one.start, one.end))
        inner = re.search("“(.+?)”", one.name)
        found.setdefault(inner[1] if inner else one.name, one)
    return sorted(found.values(), key=lambda one: one.start)


def _quoted(view: View, source: str) -> Iterator[Programme]:
    """Quoted names; in a run of them (`“A”“B”人才项目`) the head noun at its end is that of each."""
    matches = list(QUOTED.pattern.finditer(view.text))
    shared = None
    rows: list[Programme] = []
    for match in reversed(matches):
        joined = shared is not None and re.match("[、和]?“", view.text[match.end() :])
        kind = match["kind"] or (shared if joined else None)
        shared = kind
        if one := _named(match, kind, view, source):
            rows.append(one)
    yield from reversed(rows)


def _named(match: re.Match[str], kind: str | None, view: View, source: str) -> Programme | None:
    """The programme of a quoted name, or None where the quotation is a slogan or a word."""
    inner = match["name"]
    own = re.search(rf"(?:{_HEADS})$", inner)
    if kind is None and own is None and (not _NAMED.search(inner) or _SLOGAN.search(inner)):
        return None
    if kind in _LOOSE and _SLOGAN.search(inner):
        return None
    whole = match["kind"] is not None and own is None
    begin, stop = view.span(
        match.start() if whole else match.start("name"), match.end() if whole else match.end("name")
    )
    return Programme(name(source[begin:stop]), _kind(own.group() if own else kind), "", begin, stop)


def _kind(head: str | None) -> str | None:
    return re.sub("专项(?=行动)", "", head) if head else None


def _plain(view: View, source: str) -> Iterator[Programme]:
    for row in (NUMBERED, PLAIN):
        for match in row.pattern.finditer(view.text):
            start = match.start("name") if "name" in match.groupdict() else match.start()
            lead = _LEADS.match(view.text[start : match.end()])
            if lead and row is PLAIN:
                start += lead.end()
            if match.end() - start < 4 + (row is PLAIN):
                continue
            begin, stop = view.span(start, match.end())
            yield Programme(name(source[begin:stop]), _kind(match["kind"]), "", begin, stop)
