"""What to ask next: questions about the neighbours of an answer, in words that the database answers as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.shelf import Shelved
from knowledge.facts import Figure
from knowledge.store import Row

_T = TypeVar("_T")

MOST = 3
MOST_CHOICES = 4
"""How many are told after an answer, and how many where the question is asked back."""
FIGURES = 2
"""The most that are about figures beside the one told."""
NEAR = 4
"""The most documents that are looked into for more."""
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_NUMBERED = re.compile("[0-9]")
"""A name with a number in it (4A级景区) is not suggested: its digits would stand in an answer that quotes none."""
FEW = 2
"""So many are told in any case: beyond the section that answered, of those that follow it."""


def suggestions(desk: Desk, draft: Draft) -> tuple[str, ...]:
    """What a draft suggests itself, filled up from its neighbours."""
    most = MOST_CHOICES if draft.status == "clarify" else MOST
    found = dict.fromkeys(draft.suggestions[:most])
    for one in _neighbours(desk, draft):
        if len(found) >= most:
            break
        found.setdefault(one)
    asked = desk.question.text.strip(" ?？。!！")
    return tuple(one for one in found if one != asked and not _NUMBERED.search(_YEAR.sub("", one)))


def _neighbours(desk: Desk, draft: Draft) -> Iterator[str]:
    if draft.section is not None:
        yield from _inside(desk, draft, draft.section)
        yield from (f"{heading}有哪些内容" for heading in _following(desk, draft.section))
    yield from choices(desk)


def _inside(desk: Desk, draft: Draft, home: Shelved) -> Iterator[str]:
    """What else the section that answered tells: its units, their tasks, other figures."""
    heading = home.row["heading"]
    units = [assigned.name for _, assigned in desk.shelf.units(home)]
    if heading and units and draft.intent != "unit":
        yield f"{heading}由谁负责"
    if heading and home.section and draft.intent != "measure":
        yield f"{heading}有哪些内容"
    told = {desk.name(figure) for figure in draft.figures}
    named = {desk.name(figure): "每年" if figure.per_year else "" for _, _, figure in desk.shelf.figures(home)}
    yield from [f"{name}{each}目标是多少" for name, each in named.items() if name not in told][:FIGURES]
    yield from (f"{name}负责什么" for name in units[:1] if draft.intent != "duties")


def _following(desk: Desk, home: Shelved) -> Iterator[str]:
    """The headings of the sections after one that answers, those without further parts."""
    rows = desk.shelf.database.outline(home.row["document"])
    parents = {row["parent"] for row in rows}
    after = (row for row in rows if row["start"] > home.row["start"] and row["section"] not in parents)
    yield from islice((row["heading"] for row in after if row["heading"]), FEW)


def choices(desk: Desk) -> Iterator[str]:
    """Questions that would fit the slots given: a year's goals, the units of a section, else goals of any year."""
    yield from islice(_distinct(_slotted(desk)), MOST_CHOICES)
    names = (name for name, _ in _figures(desk))
    yield from (f"{name}目标是多少" for name in islice(_distinct(names), MOST_CHOICES))


def _slotted(desk: Desk) -> Iterator[str]:
    wanted = {years.first for years in desk.question.years}
    if wanted:
        said = f"{min(wanted)}年" if str(min(wanted)) in desk.question.numbers_said else ""
        for name, figure in _figures(desk):
            if figure.year in wanted and not figure.per_year:
                yield f"{said}{name}目标是多少"
    elif desk.question.wants("unit"):
        for row in _outlines(desk):
            if row["heading"] and desk.shelf.database.assignments(row["n"]):
                yield f"{row['heading']}由谁负责"


def _near(desk: Desk) -> Iterator[int]:
    """The few documents that a suggestion may be about: those asked, those that fit best, the first of all; never a whole library."""
    ranked = (one.section.row["document"] for one in desk.ranked)
    every = (row["n"] for row in desk.shelf.database.documents())
    yield from islice(_distinct(chain(desk.question.documents, ranked, every)), NEAR)


def _outlines(desk: Desk) -> Iterator[Row]:
    for document in _near(desk):
        yield from desk.shelf.database.outline(document)


def _figures(desk: Desk) -> Iterator[tuple[str, Figure]]:
    """Figures with the names of their indicators."""
    for row in _outlines(desk):
        for _, indicator, figure in desk.shelf.database.figures(row["n"]):
            yield desk.shelf.database.indicator(indicator), figure


def _distinct(values: Iterable[_T]) -> Iterator[_T]:
    seen: set[_T] = set()
    for value in values:
        if value not in seen:
            seen.add(value)
            yield value
