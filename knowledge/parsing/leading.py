"""What a document says of its lists of units: that the first of each leads, that one holds for all sections above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.facts import Assignment, Section
from knowledge.parsing.units import UnitList
from knowledge.rules import rule
from knowledge.text import View

FIRST_LEADS = rule(
    "first_leads",
    r"(?:(?:名?列|排名?)(?:在|于)?(?:首|第一)(?:位|个|名)?|第一个|首位)的?(?:责任)?(?:单位|部门)?[均皆]?为(?:主要)?牵头(?:或汇总|、汇总)?(?:责任)?(?:单位|部门)",
    "a note that the first unit of each list leads",
    ("注:列首的为牵头单位", "列首的为牵头单位"),
    ("列第一位的为牵头单位", "列第一位的为牵头单位"),
    ("排在首位的为牵头单位", "排在首位的为牵头单位"),
    ("首位单位为牵头单位", "首位单位为牵头单位"),
    ("列第一位为牵头或汇总单位", "列第一位为牵头或汇总单位"),
    ("排名第一的为牵头单位", "排名第一的为牵头单位"),
    needs="为(?:主要)?牵头",
)
ABOVE = rule(
    "above",
    r"(?:^|[。;:\n(\[【〔])(?:本[章节条项]|本部分)?(?:以上|上述)(?:各项|各条|所有|全部)?(?:重点|主要|工作|具体)*(?:任务|措施|事项|内容|条款|工作)?(?:均|都|的)?$",
    "words before a list of units that make it hold for the sections above, as far as the outer one goes",
    ("本节以上各项任务", "本节以上各项任务"),
    ("(以上措施", "(以上措施"),
    ("对投资额5000万元以上", ""),
)
RULES = (FIRST_LEADS, ABOVE)


def led(units: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """The units of a list under a note that the first leads: the others support it, unless its labels say who leads."""
    if any(unit.role != "responsible" for unit in units):
        return tuple(units)
    return tuple(replace(unit, role="support" if place else "lead") for place, unit in enumerate(units))


def first_lead(lists: Sequence[UnitList], view: View) -> list[UnitList]:
    """A section's lists under that note; where lists stand side by side the labels say who leads."""
    told = [any(unit.role != "responsible" for unit in one.units) for one in lists]
    beside = [re.search(r"\w", view.text[one.end : other.start]) is None for one, other in pairwise(lists)]
    found: list[UnitList] = []
    for place, one in enumerate(lists):
        labelled = place > 0 and beside[place - 1] and told[place - 1]
        labelled = labelled or (place < len(beside) and beside[place] and told[place + 1])
        found.append(one if labelled else replace(one, units=led(one.units)))
    return found


def above(lists: Sequence[UnitList], view: View) -> list[UnitList]:
    """The lists that a section says to hold for the sections above it too."""
    return [one for one in lists if ABOVE.pattern.search(view.text, 0, _opens(view, one))]


def _opens(view: View, one: UnitList) -> int:
    """Where a list begins, inside the bracket that it may stand in."""
    return one.start + (view.text[one.start : one.start + 1] in tuple("([【〔") and one.end > one.start)


def shared(sections: Sequence[Section], said: Mapping[str, tuple[Assignment, ...]]) -> tuple[Section, ...]:
    """The sections, each with the units also that a later sister says are those of all above it."""
    found = list(sections)
    for place, section in enumerate(sections):
        if said[section.section]:
            found[:place] = [_joined(one, section, said[section.section]) for one in found[:place]]
    return tuple(found)


def _joined(section: Section, sister: Section, units: Iterable[Assignment]) -> Section:
    """A section with units that its sister names for all above."""
    if section.parent != sister.parent or not section.section:
        return section
    own = {(unit.name, unit.role) for unit in section.units}
    more = (replace(unit, section=section.section) for unit in units if (unit.name, unit.role) not in own)
    return replace(section, units=(*section.units, *more))
