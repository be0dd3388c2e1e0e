"""Named actions, plans and projects: a quoted name with its head noun, or a noun phrase that ends in 行动, 计划, 工程."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.facts import Programme
from knowledge.rules import rule
from knowledge.text import View, name

_HEADS = "专项行动|行动|行动计划|计划|工程|活动|大赛|工作站|机制|体系|网络|产业(?!园)|项目|政策|专项|基金|平台|博览会|沙龙|制度|模式"
_NUMERAL = "[0-9一二三四五六七八九十百千万]"
QUOTED = rule(
    "quoted",
    rf"“(?P<name>[^“”,。;]{{2,24}})”(?P<more>(?:(?!的)[一-鿿]){{0,8}}(?P<kind>{_HEADS}))?",
    "a quoted name, with the head noun that follows",
    ("大力开展“映山红”行动", "“映山红”行动"),
    ("深化“名师、名医、名匠”培养工程", "“名师、名医、名匠”培养工程"),
    ("实施“头雁”引领计划,", "“头雁”引领计划"),
    ("建设完成“一园多部”的数字经济产业园", "“一园多部”"),
)
PLAIN = rule(
    "plain",
    r"(?P<name>[一-鿿A-Za-z0-9+]{3,22}?(?P<kind>专项行动|行动计划|行动|工程|(?<=倍增|培育|提升|引才|培养|成长|领航|攻坚)计划))(?=[,、。;)”等]|$|和|及|的)",
    "a noun phrase that ends in 行动 or 工程",
    ("流量经济品牌推广行动、", "流量经济品牌推广行动"),
    ("深入实施城市更新行动,", "深入实施城市更新行动"),
    ("青年科技人才培养计划。", "青年科技人才培养计划"),
    ("年度工作计划。", ""),
    needs="行动|工程|计划",
)
NUMBERED = rule(
    "numbered",
    r"(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}大(?:专项)?(?P<kind>行动|工程|计划)",
    "a set of actions counted",
    ("等“五大行动”", "五大行动"),
    ("统筹实施八大工程", "八大工程"),
    ("四大板块", ""),
    needs="大",
)
WORD = rule(
    "word",
    r"[,、]|^十[二三四五六七八]五$|^[一二三四五六七八九十双两][一-鿿]$|^[两三四五六七八九十]个|^第[一二三四五六七八九十]|[一-鿿]位一体|三重一大|^一[一-鿿]一[一-鿿]$|^(?:国家|省|市|县|区)级$|^产学|专精特新|小巨人|瞪羚|独角兽|单项冠军|高精尖|卡脖子",
    "a quotation that is a slogan, a class of things or a five-year plan, and names no programme by itself",
    ("四新", "四新"),
    ("产学研用", "产学"),
    ("双碳", "双碳"),
    ("三重一大", "三重一大"),
    ("一事一议", "一事一议"),
    ("千名干部访千企", ""),
    ("映山红", ""),
)
COINED = rule(
    "coined",
    rf"一\S多\S|行动|计划|工程|大赛|沙龙|圆桌会|故事会|活动|{_NUMERAL}+[^0-9一二三四五六七八九十百千万]+{_NUMERAL}+|\+",
    "a quotation that names something even where no head noun follows",
    ("一园多部", "一园多部"),
    ("千名干部访千企", "千名干部访千"),
    ("百企联百村", "百企联百"),
    ("科创中国沙龙", "沙龙"),
    ("世界500强", ""),
    ("主力军", ""),
)
RULES = (QUOTED, PLAIN, NUMBERED, WORD, COINED)
_LEADS = re.compile(
    r"^.*?(?:深入实施|大力实施|组织实施|继续实施|启动实施|实施好?|大力开展|深入开展|开展|推进|推动|融入|参与|纳入|落实|依托|配合|启动|组织|进行|完成|加快|等|和|及|与|以|把|列入|按照|根据)"
)
_LOOSE = frozenset(["产业", "项目", "体系", "网络", "政策", "平台", "模式", "机制", "制度", "专项", "基金"])


def programmes(view: View, source: str, head: View) -> list[Programme]:
    """The programmes that a section names, in order, each name once; in its heading (`head`) only the quoted ones."""
    found: dict[str, Programme] = {}
    spans: list[tuple[int, int]] = []
    for one in [*_quoted(head, source), *_quoted(view, source), *_plain(view, source)]:
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
    if kind is None and own is None and (not COINED.pattern.search(inner) or WORD.pattern.search(inner)):
        return None
    if kind in _LOOSE and WORD.pattern.search(inner):
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
        for match in row.finditer(view.text):
            start = match.start("name") if "name" in match.groupdict() else match.start()
            lead = _LEADS.match(view.text[start : match.end()])
            if lead and row is PLAIN:
                start += lead.end()
            if match.end() - start < 4 + (row is PLAIN):
                continue
            begin, stop = view.span(start, match.end())
            yield Programme(name(source[begin:stop]), _kind(match["kind"]), "", begin, stop)
