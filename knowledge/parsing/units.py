"""Who is responsible: the lists of units in brackets and at paragraph ends, split in order, with their roles.

Names keep the words of the list; that two names are one unit is decided where documents meet (`naming`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.facts import Assignment
from knowledge.rules import rule
from knowledge.text import View, name

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
)
BRACKET = rule(
    "bracket",
    r"[(\[【](?=(?:牵头|配合|责任|负责|参与|参加|协办|协助|实施|落实|承办|主办)(?:责任)?(?:单位|部门|主体)?:)",
    "the bracket that opens a labelled list",
    ("形成合力。(责任单位:区科协)", "("),
    ("【责任单位:县商务局】", "【"),
)
SENTENCE = rule(
    "sentence",
    r"[(\[【](?P<who>[^()\[\]【】。:]{2,160}?)(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体)?(?P<verb>负责|牵头|配合|落实)[)\]】]",
    "a bracket that ends in a verb of duty",
    ("(市发展改革委、市财政局负责)", "(市发展改革委、市财政局负责)"),
    ("(市科技局牵头,市财政局按职责分工负责)", "(市科技局牵头,市财政局按职责分工负责)"),
    ("(以下简称企业)", ""),
)
FIRST_LEADS = rule(
    "first_leads",
    r"列(?:在)?(?:首|第一)位?的?为牵头(?:单位|部门)",
    "a note that the first unit of each list leads",
    ("注:列首的为牵头单位", "列首的为牵头单位"),
    ("列第一位的为牵头单位", "列第一位的为牵头单位"),
)
RULES = (LABEL, BRACKET, SENTENCE, FIRST_LEADS)

_PART = re.compile(
    r"(?P<who>.+?)(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同|具体)?(?P<verb>牵头|负责|配合|参与|落实)?$"
)
_VERBS = {"牵头": "lead", "配合": "support", "参与": "support"}
_ETC = re.compile(r"等(?:部门|单位|有关部门|相关部门)?$|^(?:以?及)?(?:各有关|有关|相关)(?:部门|单位)$")


@dataclass(frozen=True)
class UnitList:
    """One list: where it stands in the view (brackets included), and whom it names."""

    start: int
    end: int
    units: tuple[Assignment, ...]


def unit_lists(view: View, source: str, first_leads: bool = False) -> list[UnitList]:
    """The lists of responsible units in a section's view, in order; names are read from `source`."""
    lists = [*_labelled(view, source), *_spoken(view, source)]
    lists.sort(key=lambda one: one.start)
    return [_led(one) for one in lists] if first_leads else lists


def merged(lists: list[UnitList]) -> tuple[Assignment, ...]:
    """The units of a section's lists in order, each (name, role) once."""
    seen: dict[tuple[str, str], Assignment] = {}
    for one in lists:
        for unit in one.units:
            seen.setdefault((unit.name, unit.role), unit)
    return tuple(seen.values())


def _led(one: UnitList) -> UnitList:
    """The list under a note that the first leads: the others support it, unless its labels say who leads."""
    if any(unit.role != "responsible" for unit in one.units):
        return one
    roles = ("lead", *["support"] * (len(one.units) - 1))
    units = tuple(
        Assignment(unit.name, role, unit.section, unit.start, unit.end)
        for unit, role in zip(one.units, roles, strict=True)
    )
    return UnitList(one.start, one.end, units)


def _labelled(view: View, source: str) -> Iterator[UnitList]:
    """Lists that a label opens; one not closed ends with its line."""
    text = view.text
    place = 0
    while opened := LABEL.pattern.search(text, place):
        start = opened.start()
        bracketed = start > 0 and text[start - 1] in "([【"
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
        if char in "([【":
            depth += 1
        elif char in ")]】":
            if depth == 0:
                return offset
            depth -= 1
    return len(text)


def _split_labelled(view: View, source: str, start: int, end: int) -> Iterator[Assignment]:
    labels = list(LABEL.pattern.finditer(view.text, start, end))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start() if following else end
        yield from _names(view, source, label.end(), stop, _LABELS[label["role"]])


def _spoken(view: View, source: str) -> Iterator[UnitList]:
    """Lists whose bracket ends in 负责: `(X牵头,Y按职责分工负责)`."""
    for found in SENTENCE.pattern.finditer(view.text):
        units: list[Assignment] = []
        for part in re.finditer(r"[^,;]+", view.text[found.start() + 1 : found.end() - 1]):
            piece = _PART.match(part.group())
            if piece is None:
                continue
            start = found.start() + 1 + part.start()
            role = _VERBS.get(piece["verb"] or "", "responsible")
            units += _names(view, source, start, start + piece.end("who"), role)
        yield UnitList(found.start(), found.end(), tuple(units))


def _names(view: View, source: str, start: int, end: int, role: str) -> Iterator[Assignment]:
    """The names between separators; a separator inside brackets parts nothing."""
    depth, first = 0, start
    for place in range(start, end + 1):
        char = view.text[place] if place < end else ","
        depth += (char in "(【[") - (char in ")】]")
        if place < end and (depth > 0 or char not in "、,;。"):
            continue
        written = name(source[slice(*view.span(first, place))]) if place > first else ""
        written = _ETC.sub("", written)
        if written and not re.fullmatch(r"[\W_]+", written):
            begin, stop = view.span(first, place)
            yield Assignment(written, role, "", begin, stop)
        first = place + 1
