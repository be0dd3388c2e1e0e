"""Who is responsible: the lists of units in brackets and at paragraph ends, split in order, with their roles.

Names keep the words of the list; that two names are one unit is decided where documents meet (`naming`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.facts import Assignment
from knowledge.parsing.clauses import split
from knowledge.rules import rule
from knowledge.text import View, compact, name

_LABELS = {
    "牵头": "lead",
    "牵头单位": "lead",
    "牵头部门": "lead",
    "牵头责任单位": "lead",
    "配合": "support",
    "配合单位": "support",
    "配合部门": "support",
    "协办单位": "support",
    "协助单位": "support",
    "参与单位": "support",
    "参加单位": "support",
    "责任单位": "responsible",
    "责任部门": "responsible",
    "责任主体": "responsible",
    "负责单位": "responsible",
    "负责部门": "responsible",
    "实施单位": "responsible",
    "落实单位": "responsible",
    "承办单位": "responsible",
    "主办单位": "responsible",
    "主管部门": "responsible",
    "实施主体": "responsible",
}

LABEL = rule(
    "label",
    r"(?P<role>牵头责任单位|(?:牵头|配合|责任|负责|参与|参加|协办|协助|实施|落实|承办|主办)(?:单位|部门|主体)|主管部门|(?<![\w])牵头|(?<![\w])配合):",
    "a labelled list; the label gives the role",
    ("(责任单位:区人社局、区科协)", "责任单位:"),
    ("[牵头单位:市科技局;配合单位:市财政局]", "牵头单位:"),
    ("责任部门:县工信局", "责任部门:"),
    needs="(?:单位|部门|主体|牵头|配合):",
)
OTHER_LABEL = rule(
    "other_label",
    r"(?:(?:完成|办结|实施|推进|整改)?(?:时限|时间|期限|日期|进度)(?:要求|节点|安排)?|责任人|责任领导|(?:牵头|分管)(?:区|县|市)?领导|联系人|联系电话|联系方式|目标任务|工作目标|备注|依据|经费来源):",
    "a label beside a list of units whose value is no unit",
    ("责任单位:市科技局;完成时限:2025年底", "完成时限:"),
    ("牵头领导:张某", "牵头领导:"),
    ("责任单位:市科技局", ""),
)
NO_UNIT = rule(
    "no_unit",
    r"^(?:(?:到|至|于)?(?:19|20)[0-9]{2}年.*|每(?:年|月|季度).*|.*(?:月底|年底|日)前.*|(?:长期|持续|常年|全年)(?:坚持|推进|实施)?|以?下均?同|以下简称.*|.*为牵头(?:责任)?(?:单位|部门).*)$",
    "what stands in a list of units and is none: a date, 长期坚持, a note",
    ("2025年12月底前完成", "2025年12月底前完成"),
    ("长期坚持", "长期坚持"),
    ("下同", "下同"),
    ("市科技局", ""),
)
_SUFFIX = "局|委|办|厅|部|院|(?<!社)会|所|站|队|处|中心|政府|街道|办公室|部门|单位|公司|小组|科协|乡镇|[各县]区|镇"
_ORGAN = rf"(?:[^()\[\]【】〔〕。:,;、\n]|\([^()\n]{{1,20}}\)|〔[^〔〕\n]{{1,10}}〕){{1,30}}?(?:{_SUFFIX})"
ORGAN = rule(
    "organ",
    rf"^{_ORGAN}$",
    "the name of a unit",
    ("市发展和改革委员会", "市发展和改革委员会"),
    ("各县(市、区)人民政府", "各县(市、区)人民政府"),
    ("企业", ""),
    ("全社会", ""),
)
_OPEN, _CLOSE = r"[(\[【〔]", r"[)\]】〕]"
_DUTY = r"(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体|联合)?"
_VERB = r"(?:牵头(?:负责|落实|实施)?|负责(?:落实|实施)?|协同配合|配合|参与|协助|落实)"
_TIMED = (
    r"(?:[;,](?:(?:完成|办结|实施|整改)?(?:时限|时间|期限):?[^()\[\]【】〔〕\n]{1,30}"
    r"|[^()\[\]【】〔〕\n,;]{0,18}(?:前(?:完成)?|(?:长期|持续)(?:坚持|推进|实施))))?"
)
SENTENCE = rule(
    "sentence",
    rf"{_OPEN}(?P<who>(?:[^()\[\]【】〔〕。:\n]|\([^()\n]*\)|〔[^〔〕\n]{{1,10}}〕){{2,160}}?){_DUTY}{_VERB}(?P<time>{_TIMED})(?:{_CLOSE}|(?=。?(?:\n|$)))",
    "a bracket that ends in a verb of duty, or in a deadline after it; one not closed ends with its line",
    ("(市发展改革委、市财政局负责)", "(市发展改革委、市财政局负责)"),
    ("(市科技局牵头,市财政局按职责分工负责)", "(市科技局牵头,市财政局按职责分工负责)"),
    ("〔各县(市、区)人民政府负责〕", "〔各县(市、区)人民政府负责〕"),
    ("(省财政厅牵头,各市、县〔区〕人民政府配合)", "(省财政厅牵头,各市、县〔区〕人民政府配合)"),
    (
        "(市大数据局牵头,市直各单位配合;完成时限:2026年8月底前)",
        "(市大数据局牵头,市直各单位配合;完成时限:2026年8月底前)",
    ),
    ("优化流程。(市政府办公室、市司法局负责", "(市政府办公室、市司法局负责"),
    ("(县农业农村局负责,3月底前完成)", "(县农业农村局负责,3月底前完成)"),
    ("(指定一名领导负责日常工作", ""),
    ("(以下简称企业)", ""),
    needs=r"[(\[【〔]",
)
BARE = rule(
    "bare",
    rf"(?:(?<=[。;]){_OPEN}|{_OPEN}(?={_ORGAN}[、,;]))(?P<who>{_ORGAN}(?:[、,;]{_ORGAN}){{0,30}}(?:等(?:部门|单位)?)?)(?:[。,;][^()\[\]【】〔〕\n]{{0,40}})?(?:{_CLOSE}(?=。?(?:\n|$))|、?(?=\n|$))",
    "a bracket of units alone at the end of a paragraph; of one unit only behind a stop; one not closed ends with its line",
    ("推动企业发展。(市科技局、市财政局)", "(市科技局、市财政局)"),
    ("【县农业农村局、各乡镇】", "【县农业农村局、各乡镇】"),
    ("3个工作日内上网。(市政府办公室)", "(市政府办公室)"),
    ("强化督导。(县教育局、县公安局、", "(县教育局、县公安局、"),
    ("报送省级部门(省科技厅)", ""),
    ("(市级)", ""),
    ("(科技局、财政局)负责审核", ""),
    needs=r"[(\[【〔]",
)
SAID = rule(
    "said",
    rf"(?<!理)由(?P<who>[^,;。:由\n]{{2,80}}?){_DUTY}(?P<verb>牵头(?:负责)?|负责)(?!解释|人)[^,;。:\n]{{0,40}}(?P<others>(?:,[^,;。:\n]{{2,120}}?(?:配合|参与|协助|负责)(?=[,;。\n]|$)){{0,4}})",
    "a sentence that puts units in charge",
    ("由市科技局牵头,市财政局、市税务局配合。", "由市科技局牵头,市财政局、市税务局配合"),
    ("资金审核由县财政局负责。", "由县财政局负责"),
    ("由区科协、区教体局共同负责科普工作", "由区科协、区教体局共同负责科普工作"),
    ("由市科技局负责解释", ""),
    needs="由",
)
MARKED = rule(
    "marked",
    r"\((?P<verb>牵头|配合|参与|协助)(?:单位|部门)?\)$",
    "the part of a unit in a bracket behind its name",
    ("市工信局(牵头)", "(牵头)"),
    ("县财政局(配合单位)", "(配合单位)"),
    ("各县(市、区)", ""),
)
RULES = (LABEL, OTHER_LABEL, NO_UNIT, ORGAN, SENTENCE, BARE, SAID, MARKED)

_PART = re.compile(rf"(?P<who>.+?){_DUTY}(?P<verb>{_VERB})?$")
_VERBS = {"牵头": "lead", "配合": "support", "参与": "support", "协助": "support", "协同": "support"}
_JOINT = re.compile("、|会同|[和与及]")
_NOTE = re.compile(r"[(（](?:[^()（）]*(?:下同|牵头单位|汇总单位|以下简称)[^()（）]*)[)）]$")
_BREAK = re.compile(r"\s*<br\s*/?>\s*|\s+")
_ETC = re.compile(r"等(?:部门|单位|有关部门|相关部门)?$|^(?:以?及)?(?:各有关|有关|相关)(?:部门|单位)$")


@dataclass(frozen=True)
class UnitList:
    """One list: where it stands in the view (brackets included), and whom it names."""

    start: int
    end: int
    units: tuple[Assignment, ...]


def unit_lists(view: View, source: str) -> list[UnitList]:
    """The lists of responsible units in a section's view, in order; names are read from `source`."""
    lists: list[UnitList] = []
    for one in (*_labelled(view, source), *_bracketed(view, source), *_said(view, source)):
        if not any(one.start < other.end and other.start < one.end for other in lists):
            lists.append(one)
    lists.sort(key=lambda one: one.start)
    return lists


def named(view: View, source: str, role: str) -> tuple[Assignment, ...]:
    """The units of a view that is nothing but a list of them, the cell of a table; lines in it part names too."""
    start, last = view.span(0, len(view.text))
    found: list[Assignment] = []
    for line in _lines(source, start, last):
        part = compact(source, *line)
        found += _parts(part, source, 0, len(part.text), role)
    return tuple(found)


def _lines(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a cell: white space parts names where a whole one stands on both sides, `<br>` always."""
    first = start
    for gap in _BREAK.finditer(source, start, end):
        before = re.split("[、,，;；]", source[first : gap.start()].strip())[-1]
        after = re.split(r"[、,，;；\s<]", source[gap.end() : end].strip())[0]
        if "<" in gap.group() or all(ORGAN.pattern.match(compact(one).text) for one in (before, after)):
            yield first, gap.start()
            first = gap.end()
    yield first, end


def merged(lists: list[UnitList]) -> tuple[Assignment, ...]:
    """The units of a section's lists in order, each (name, role) once."""
    seen: dict[tuple[str, str], Assignment] = {}
    for one in lists:
        for unit in one.units:
            seen.setdefault((unit.name, unit.role), unit)
    return tuple(seen.values())


def _labelled(view: View, source: str) -> Iterator[UnitList]:
    """Lists that a label opens; one not closed ends with its line."""
    text = view.text
    place = 0
    while opened := LABEL.search(text, place):
        start = opened.start()
        bracketed = start > 0 and text[start - 1] in "([【〔"
        end = _close(text, opened.end(), bracketed)
        yield UnitList(
            start - bracketed, min(end + bracketed, len(text)), tuple(_split_labelled(view, source, start, end))
        )
        place = max(end, opened.end())


def _close(text: str, place: int, bracketed: bool) -> int:
    """Where a labelled list ends: its closing bracket at depth 0, else the stop or the line's end."""
    depth = 0
    for offset in range(place, len(text)):
        char = text[offset]
        if char == "\n" or (char == "。" and (not bracketed or depth == 0)):
            return offset
        if char in "([【〔":
            depth += 1
        elif char in ")]】〕":
            if depth == 0:
                return offset
            depth -= 1
    return len(text)


def _split_labelled(view: View, source: str, start: int, end: int) -> Iterator[Assignment]:
    labels = list(LABEL.finditer(view.text, start, end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        other = OTHER_LABEL.pattern.search(view.text, label.end(), stop)
        yield from _parts(view, source, label.end(), other.start() if other else stop, _LABELS[label["role"]])


def _bracketed(view: View, source: str) -> Iterator[UnitList]:
    """Lists in a bracket that ends in 负责 (`(X牵头,Y按职责分工负责)`), or that holds nothing but units."""
    for row in (SENTENCE, BARE):
        for found in row.finditer(view.text):
            stop = found.start("time") if row is SENTENCE else found.end("who")
            parts = _parts(view, source, found.start() + 1, stop, "responsible", ahead=row is SENTENCE)
            yield UnitList(found.start(), found.end(), tuple(parts))


def _said(view: View, source: str) -> Iterator[UnitList]:
    """Units that a sentence puts in charge: `由X牵头,Y、Z配合`; the sentence stays open to the other readers."""
    for found in SAID.finditer(view.text):
        names = list(_joined(view.text, *found.span("who")))
        if not all(ORGAN.pattern.match(view.text[start:end]) for start, end in names):
            continue
        role = _VERBS.get(found["verb"][:2], "responsible")
        units = [unit for start, end in names for unit in _names(view, source, start, end, role)]
        others = _parts(view, source, *found.span("others"), "support")
        units += [unit for unit in others if ORGAN.pattern.match(compact(unit.name).text)]
        yield UnitList(found.start(), found.start(), tuple(units))


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names that a sentence joins by 、, 会同 or 和, the last only behind a whole name (`发展和改革委员会` is one)."""
    for found in _JOINT.finditer(text, start, end):
        if found.group() in ("、", "会同") or ORGAN.pattern.match(text[start : found.start()]):
            yield start, found.start()
            start = found.end()
    yield start, end


def _parts(view: View, source: str, start: int, end: int, role: str, ahead: bool = False) -> Iterator[Assignment]:
    """The units of a list whose parts may say their own role: `X牵头,Y、Z配合`; `role` is that of the others.

    `ahead`: one verb is that of all before it that have none (`X牵头,Y等部门,Z配合`).
    """
    pieces = [(part, _PART.match(part.text)) for part in split(view.text[start:end], ",;。", start)]
    verb: str | None = None
    roles: list[str] = []
    for _, piece in reversed(pieces):
        own = piece["verb"] if piece else None
        verb = own or (verb if ahead else None)
        roles.append(_VERBS.get(verb[:2], "responsible") if verb else role)
    for (part, piece), each in zip(pieces, reversed(roles), strict=True):
        if piece is not None:
            lead = len(part.text) - len(part.text.removeprefix("由"))
            yield from _names(view, source, part.start + lead, part.start + piece.end("who"), each)


def _names(view: View, source: str, start: int, end: int, role: str) -> Iterator[Assignment]:
    """The names between separators; a separator inside brackets parts nothing."""
    depth, first = 0, start
    for place in range(start, end + 1):
        char = view.text[place] if place < end else ","
        depth += (char in "(【[〔") - (char in ")】]〕")
        if place < end and (depth > 0 or char not in "、,;。"):
            continue
        written = name(source[slice(*view.span(first, place))]) if place > first else ""
        written = _ETC.sub("", _NOTE.sub("", written))
        marked = MARKED.pattern.search(compact(written).text)
        written = written[: marked.start()] if marked else written
        if written and not NO_UNIT.pattern.match(written) and not re.fullmatch(r"[\W_]+", written):
            begin, stop = view.span(first, place)
            yield Assignment(written, _VERBS[marked["verb"]] if marked else role, "", begin, stop)
        first = place + 1
