"""Answers about what units have to do: their tasks with the figures in them, of a year, by role, and those that units share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.answering import telling
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted
from knowledge.answering.duties import of_units
from knowledge.answering.goals import Goal, goals
from knowledge.answering.indicators import indicator, one_year
from knowledge.answering.listing import years_said
from knowledge.answering.loads import Load, Part, chapter, first_words, gist, heading, label, load_of, role_asked
from knowledge.answering.paging import MOST_LINES, Item, fit, show
from knowledge.answering.quoting import of_figure
from knowledge.answering.shelf import Shelved
from knowledge.facts import Citation, Figure
from knowledge.rules import rule

TOLD = 3
"""So many tasks are told by their first words."""
SHARED = rule(
    "shared",
    "共同|一起|一同|联合|携手|合作|同时|一块儿?|都(?:要|得|有份|参与|负责)",
    "asks for what several units do together",
    ("区科协和区人社局一起负责哪些任务", "一起"),
    ("市教育局、市财政局共同承担什么", "共同"),
    ("区科协负责什么", ""),
)
GOALS = rule(
    "goals", "指标|目标", "asks for the figures of a unit's tasks", ("市科技局的指标", "指标"), ("负责什么", "")
)
RULES = (SHARED, GOALS)
_ALL = re.compile("^(?:各|全体|所有)(?P<kind>.{2,})$")


def duties(desk: Desk) -> Draft | None:
    """The tasks of the units asked: of one with their figures, of several by unit or those that they share."""
    loads = [load for load in (load_of(desk, unit) for unit in desk.question.units) if load.parts]
    if not loads:
        return None
    if len(loads) > 1:
        return (_shared if SHARED.pattern.search(desk.question.folded) else _several)(desk, loads)
    if desk.question.years and (of_year := _due(desk, loads[0])) is not None:
        return of_year
    return _whole(desk, loads[0])


# ------------------------------------------------------------------ one unit


def _whole(desk: Desk, load: Load) -> Draft:
    """All tasks of a unit: few with their first words and figures; of more first the tasks by chapter, then the figures."""
    draft = _started(load)
    unparted = role_asked(desk) not in (None, *load.roles) and load.roles == {"responsible"}
    head = "duties.unparted" if unparted else "duties.head"
    draft.say(head, unit=load.name, count=counted(len(load.parts)))
    if GOALS.pattern.search(desk.question.folded) and (items := _with_figures(desk, load)):
        draft.lines.clear()
        draft.say("duties.goals", unit=load.name, count=counted(len(items)))
        show(desk, draft, items)
        return draft
    few = [_told(desk, load, part) for part in load.parts]
    if len(few) <= MOST_LINES and fit(desk, few, MOST_LINES):
        show(desk, draft, few)
    elif len(load.parts) <= MOST_CITATIONS:
        show(desk, draft, _with_figures(desk, load), opening=_opening(desk, load))
    else:
        show(desk, draft, [_by_chapter(desk, load, part) for part in load.parts])
    _say_all(desk, draft, load)
    draft.listed = draft.listed or [f"{one.row['heading'] or one.section}有哪些措施" for one in load.sections]
    return draft


def _started(*loads: Load) -> Draft:
    """A draft about units, with what may be asked next."""
    first = loads[0].sections[0]
    draft = Draft("duties", 0.9, units=[load.name for load in loads], section=first)
    draft.suggestions += [f"{first.row['heading']}由谁负责"] if first.row["heading"] else []
    return draft


def _say_all(desk: Desk, draft: Draft, load: Load) -> None:
    """That a unit is one of several that have further tasks together: 桃花街道 · 各街道."""
    if draft.page:
        return
    number = load.sections[0].row["document"]
    for row in desk.shelf.database.units():
        found = _ALL.match(row["name"])
        if found is None or row["name"] == load.name or not load.name.endswith(found["kind"]):
            continue
        tasks = [task for task in desk.shelf.database.tasks([row["n"]]) if task["document"] == number]
        tasks = [task for task in tasks if task["name"] == row["name"]]
        if tasks and not {task["section"] for task in tasks} & {one.n for one in load.sections}:
            draft.say("duties.all", group=row["name"], count=counted(len(tasks)))
            draft.suggestions.append(f"{row['name']}负责什么")


def _told(desk: Desk, load: Load, part: Part) -> Item:
    """A task with its first words, where there are few, and the figures of its section."""
    one = part.section
    opening = gist(one) if len(load.parts) <= TOLD else ""
    own = _own(desk, one)
    told = "；".join(f"{name}：{telling.points(held, '、')}" for name, held in _by_indicator(desk, own))
    place = f"{label(load, part)}{'：' if opening or told else ''}"
    words = f"{opening}{f'〔{told}〕' if opening and told else told}"
    quotes = ((first_words(one),) if opening or not own else ()) + tuple(_quotes(desk, own))
    return Item(place, words, quotes, tuple(own), f"{one.row['heading'] or one.section}有哪些措施")


def _own(desk: Desk, one: Shelved) -> list[Figure]:
    """The figures of a task that stand in its own section or below it."""
    inside = {one.n, *(child.n for child in desk.shelf.children(one))}
    return [goal.figure for goal in goals(desk.shelf, one) if goal.home.n in inside]


def _by_indicator(desk: Desk, figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """Figures by the name of what they count, with its verb."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(telling.named(desk, figure), []).append(figure)
    return list(found.items())


def _quotes(desk: Desk, figures: Iterable[Figure]) -> Iterable[Citation]:
    return (quote for figure in figures for quote in of_figure(desk.home(figure), figure))


def _with_figures(desk: Desk, load: Load) -> list[Item]:
    """The figures of a unit's tasks, one indicator each, on the line of its task."""
    return [
        Item(f"{label(load, part)}：", f"{name}：{telling.points(held, '、')}", tuple(_quotes(desk, held)), tuple(held))
        for part in load.parts
        for name, held in _by_indicator(desk, _own(desk, part.section))
    ]


def _opening(desk: Desk, load: Load) -> list[Item]:
    """All tasks on the lines of one answer: few with their first words, more by chapter."""
    if len(load.parts) <= TOLD:
        return [Item(f"{label(load, part)}：", gist(part.section), (first_words(part.section),)) for part in load.parts]
    chapters: dict[str, list[Part]] = {}
    for part in load.parts:
        chapters.setdefault(chapter(desk, load, part), []).append(part)
    lines = [
        (
            f"{chapter}：{'、'.join(heading(load, part) for part in parts)}",
            tuple(first_words(part.section) for part in parts),
        )
        for chapter, parts in chapters.items()
    ]
    together = -(-len(lines) // (MOST_LINES - 1))
    return [_joined(lines[first : first + together]) for first in range(0, len(lines), together)]


def _joined(lines: Sequence[tuple[str, tuple[Citation, ...]]]) -> Item:
    """Several chapters on one line of an opening."""
    return Item("；".join(words for words, _ in lines), "", tuple(quote for _, quotes in lines for quote in quotes))


def _by_chapter(desk: Desk, load: Load, part: Part) -> Item:
    """A task on the line of its chapter."""
    asked = f"{part.section.row['heading'] or part.section.section}有哪些措施"
    return Item(f"{chapter(desk, load, part)}：", heading(load, part), (first_words(part.section),), asked=asked)


# ------------------------------------------------------------------ a year


def _due(desk: Desk, load: Load) -> Draft | None:
    """The figures of a unit's tasks that fall due in the years asked, with those of each year; None where it has none at all."""
    own = [(part, goals(desk.shelf, part.section)) for part in load.parts]
    if not any(held for _, held in own):
        return None
    years = desk.question.years
    met = [(part, [goal for goal in held if _meets(goal, desk)]) for part, held in own]
    idle = sum(not held for _, held in met)
    many = len(met) - idle > MOST_LINES
    items: list[Item] = []
    for part, held in met:
        place = f"{chapter(desk, load, part) if many else label(load, part)}："
        for group in _grouped(held):
            one = indicator(desk, [goal.figure for goal in group], dated=one_year(years))
            items.append(replace(one, place=place))
    if not items:
        return _none_due(desk, load, [goal.figure for _, held in own for goal in held])
    draft = _started(load)
    figures = [figure for item in items for figure in item.figures]
    over = "@over" if all(year.last or year.first < desk.today.year for year in years) else ""
    draft.say("duties.due", unit=load.name, year=years_said(desk, figures), over=over, count=counted(len(items)))
    show(desk, draft, items)
    if idle and draft.figures and len(draft.lines) <= MOST_LINES:
        draft.say("duties.idle", count=counted(idle))
    return draft


def _meets(goal: Goal, desk: Desk) -> bool:
    """Whether a figure is due in the years asked, or every year."""
    if goal.figure.year is None:
        return goal.figure.per_year
    return any(telling.meets(goal.figure, year) for year in desk.question.years)


def _grouped(met: Sequence[Goal]) -> list[list[Goal]]:
    found: dict[tuple[str, bool], list[Goal]] = {}
    for goal in met:
        found.setdefault((goal.indicator, goal.figure.per_year), []).append(goal)
    return list(found.values())


def _none_due(desk: Desk, load: Load, figures: Sequence[Figure]) -> Draft:
    """Nothing falls due in the year asked: the years in which something does, each cited."""
    draft = Draft("duties", 0.9, status="not_found", section=load.sections[0])
    years = years_said(desk, [])
    first = {one.year: one for one in sorted(figures, key=lambda one: -(one.year or 0)) if one.year is not None}
    draft.say("duties.not_due", unit=load.name, year=years)
    draft.say("list.years", years="、".join(f"{year}年" for year in sorted(first)))
    draft.missing.append(years)
    for year in sorted(first):
        draft.cite(*_quotes(desk, [first[year]]))
    draft.suggestions += [f"{load.name}{year}年要完成什么" for year in sorted(first)[:2]]
    return draft


# ------------------------------------------------------------------ several units


def _several(desk: Desk, loads: Sequence[Load]) -> Draft:
    """The tasks of several units, each by itself."""
    draft = _started(*loads)
    draft.say("duties.heads", heads="；".join(f"{load.name}{counted(len(load.parts))}项" for load in loads))
    show(
        desk,
        draft,
        [
            Item(f"{load.name}：", label(load, part), (first_words(part.section),))
            for load in loads
            for part in load.parts
        ],
    )
    return draft


def _shared(desk: Desk, loads: Sequence[Load]) -> Draft:
    """The tasks that name all the units; where none does, that, with how many each has."""
    common = set.intersection(*({one.n for one in load.sections} for load in loads))
    names = "、".join(load.name for load in loads)
    if not common:
        draft = Draft("duties", 0.9, status="not_found", section=loads[0].sections[0])
        draft.say("duties.unshared", units=names)
        draft.say("duties.heads", heads="；".join(f"{load.name}{counted(len(load.parts))}项" for load in loads))
        draft.missing.append(names)
        draft.cite(*(of_units(desk, one) for load in loads for one in load.sections))
        draft.suggestions += [f"{load.name}负责什么" for load in loads[:3]]
        return draft
    load = Load(loads[0].name, tuple(part for part in loads[0].parts if part.section.n in common))
    draft = _started(load, *loads[1:])
    draft.say("duties.shared", units=names, count=counted(len(common)))
    show(desk, draft, [_shared_item(desk, load, part) for part in load.parts])
    return draft


def _shared_item(desk: Desk, load: Load, part: Part) -> Item:
    """A shared task: its chapter begins the line, its units are the quote."""
    asked = f"{part.section.row['heading']}由谁负责"
    return Item(f"{chapter(desk, load, part)}：", heading(load, part), (of_units(desk, part.section),), asked=asked)
