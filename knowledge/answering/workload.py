"""Answers about what units have to do: their tasks with the figures in them, of a year, by role, and those that units share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.answering import targets
from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.duties import of_units
from knowledge.answering.goals import Goal, goals
from knowledge.answering.listing import indicator, one_year, years_said
from knowledge.answering.paging import MOST_CITED, MOST_LINES, Item, fit, show
from knowledge.answering.quoting import LONGEST, of_figure
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Citation, Figure
from knowledge.question import UnitAsked
from knowledge.rules import rule
from knowledge.store import Row

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
LEADING = rule(
    "leading",
    "牵头|主抓|主责",
    "asks for the tasks that a unit leads",
    ("市科技局牵头哪些工作", "牵头"),
    ("配合什么", ""),
)
HELPING = rule(
    "helping",
    "配合|协助|协同",
    "asks for the tasks that a unit helps with",
    ("市财政局配合做什么", "配合"),
    ("负责什么", ""),
)
RULES = (SHARED, LEADING, HELPING)
_ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
LONGEST_GIST = 110
"""The most characters of a section that tell in a list what the task is."""
_CLAUSE_END = re.compile("(?s:.*)[,;、，；。]")
_UNNUMBERED = re.compile("[0-9.]+$")
_ALL = re.compile("^(?:各|全体|所有)(?P<kind>.{2,})$")


@dataclass(frozen=True)
class _Part:
    """A unit's part in a section: as what, and by which name the document has it there."""

    section: Shelved
    role: str
    written: str


@dataclass(frozen=True)
class _Load:
    """A unit, by the name that answers, with its parts in one document."""

    name: str
    parts: tuple[_Part, ...]

    @property
    def roles(self) -> set[str]:
        return {part.role for part in self.parts}

    @property
    def sections(self) -> list[Shelved]:
        return [part.section for part in self.parts]


def duties(desk: Desk) -> Draft | None:
    """The tasks of the units asked: of one with their figures, of several by unit or those that they share."""
    loads = [load for load in (_load(desk, unit) for unit in desk.question.units) if load.parts]
    if not loads:
        return None
    if len(loads) > 1:
        return (_shared if SHARED.pattern.search(desk.question.folded) else _several)(desk, loads)
    if desk.question.years and (of_year := _due(desk, loads[0])) is not None:
        return of_year
    return _whole(desk, loads[0])


# ------------------------------------------------------------------ who, where


def _load(desk: Desk, unit: UnitAsked) -> _Load:
    """A unit as one document names it, with its tasks there: those on the subject, and in the role asked, where any are."""
    rows = _of_one_document(desk, desk.shelf.database.tasks(unit.rows))
    parts: dict[int, _Part] = {}
    for row in rows:
        parts.setdefault(row["section"], _Part(desk.shelf.take(row["section"]), row["role"], row["name"]))
    written = Counter(part.written for part in parts.values())
    name = unit.text if unit.text in written else next((name for name, _ in written.most_common(1)), unit.text)
    held = sorted(parts.values(), key=lambda part: part.written != name) if unit.text in written else parts.values()
    return _Load(name, tuple(_asked_for(desk, list(held))))


def _asked_for(desk: Desk, parts: list[_Part]) -> list[_Part]:
    """The parts on the subject, where any are, and of those the ones in the role that is asked for; roles in their order."""
    strong = desk.subject.strong()
    zones = ([(one.heading, 1.0), (one.folded, 0.9), (one.above, 0.6)] for one in (part.section for part in parts))
    if strong.terms:
        parts = [part for part, zone in zip(parts, zones, strict=True) if strong.coverage(zone) >= 0.6] or parts
    role = _role(desk)
    parts = [part for part in parts if part.role == role] or parts
    order = list(_ROLES)
    return sorted(parts, key=lambda part: order.index(part.role)) if len({part.role for part in parts}) > 1 else parts


def _role(desk: Desk) -> str | None:
    """The role that a question asks for."""
    said = desk.question.folded
    return "lead" if LEADING.pattern.search(said) else "support" if HELPING.pattern.search(said) else None


def _of_one_document(desk: Desk, tasks: Sequence[Row]) -> list[Row]:
    """The tasks that one document sets, for units of one name in several are not one: the one asked, the best, or the newest."""
    held = {task["document"] for task in tasks}
    if len(held) <= 1:
        return list(tasks)
    ranked = [one.section.row["document"] for one in desk.ranked] if desk.subject.strong().terms else []
    newest = sorted(held, key=lambda n: (desk.shelf.database.document(n).date or "", -n), reverse=True)
    chosen = next(n for n in (*desk.question.documents, *ranked, *newest) if n in held)
    return [task for task in tasks if task["document"] == chosen]


# ------------------------------------------------------------------ one unit


def _whole(desk: Desk, load: _Load) -> Draft:
    """All tasks of a unit: few with their first words and figures; of more first the tasks by chapter, then the figures."""
    draft = _started(load)
    unparted = _role(desk) not in (None, *load.roles) and load.roles == {"responsible"}
    head = "duties.unparted" if unparted else "duties.head"
    draft.say(head, unit=load.name, count=counted(len(load.parts)))
    few = [_told(desk, load, part) for part in load.parts]
    if len(few) <= MOST_LINES and fit(desk, few, MOST_LINES):
        show(desk, draft, few)
    elif len(load.parts) <= MOST_CITED:
        show(desk, draft, _with_figures(desk, load), opening=_opening(desk, load))
    else:
        show(desk, draft, [_by_chapter(desk, load, part) for part in load.parts])
    _say_all(desk, draft, load)
    draft.listed = draft.listed or [f"{one.row['heading'] or one.section}有哪些措施" for one in load.sections]
    return draft


def _started(*loads: _Load) -> Draft:
    """A draft about units, with what may be asked next."""
    first = loads[0].sections[0]
    draft = Draft("duties", 0.9, units=[load.name for load in loads], section=first)
    draft.suggestions += [f"{first.row['heading']}由谁负责"] if first.row["heading"] else []
    return draft


def _say_all(desk: Desk, draft: Draft, load: _Load) -> None:
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


def _label(load: _Load, part: _Part) -> str:
    """A task by its section, heading, the role where roles differ, and the name by which the unit stands there."""
    role = f"{_ROLES[part.role]} " if load.roles != {"responsible"} else ""
    written = f"〔{part.written}〕" if part.written != load.name else ""
    return f"{role}{part.section.section} {part.section.row['heading']}{written}"


def _told(desk: Desk, load: _Load, part: _Part) -> Item:
    """A task with its first words, where there are few, and the figures of its section."""
    one = part.section
    gist = _gist(one) if len(load.parts) <= TOLD else ""
    own = _own(desk, one)
    told = "；".join(f"{name}：{targets.points(held, '、')}" for name, held in _by_indicator(desk, own))
    place = f"{_label(load, part)}{'：' if gist or told else ''}"
    words = f"{gist}{f'〔{told}〕' if gist and told else told}"
    quotes = ((_first_words(one),) if gist or not own else ()) + tuple(_quotes(desk, own))
    return Item(place, words, quotes, tuple(own), f"{one.row['heading'] or one.section}有哪些措施")


def _own(desk: Desk, one: Shelved) -> list[Figure]:
    """The figures of a task that stand in its own section or below it."""
    return [goal.figure for goal in goals(desk.shelf, one) if goal.home.section.startswith(one.section)]


def _by_indicator(desk: Desk, figures: Iterable[Figure]) -> list[tuple[str, list[Figure]]]:
    """Figures by the name of what they count, with its verb."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(targets.named(desk, figure), []).append(figure)
    return list(found.items())


def _quotes(desk: Desk, figures: Iterable[Figure]) -> Iterable[Citation]:
    return (quote for figure in figures for quote in of_figure(desk.home(figure), figure))


def _with_figures(desk: Desk, load: _Load) -> list[Item]:
    """The figures of a unit's tasks, one indicator each, on the line of its task."""
    return [
        Item(
            f"{_label(load, part)}：", f"{name}：{targets.points(held, '、')}", tuple(_quotes(desk, held)), tuple(held)
        )
        for part in load.parts
        for name, held in _by_indicator(desk, _own(desk, part.section))
    ]


def _opening(desk: Desk, load: _Load) -> list[Item]:
    """All tasks on the lines of one answer: few with their first words, more by chapter."""
    if len(load.parts) <= TOLD:
        return [
            Item(f"{_label(load, part)}：", _gist(part.section), (_first_words(part.section),)) for part in load.parts
        ]
    chapters: dict[str, list[_Part]] = {}
    for part in load.parts:
        chapters.setdefault(_chapter(desk, load, part), []).append(part)
    lines = [
        (
            f"{chapter}：{'、'.join(_heading(load, part) for part in parts)}",
            tuple(_first_words(part.section) for part in parts),
        )
        for chapter, parts in chapters.items()
    ]
    together = -(-len(lines) // (MOST_LINES - 1))
    return [_joined(lines[first : first + together]) for first in range(0, len(lines), together)]


def _joined(lines: Sequence[tuple[str, tuple[Citation, ...]]]) -> Item:
    """Several chapters on one line of an opening."""
    return Item("；".join(words for words, _ in lines), "", tuple(quote for _, quotes in lines for quote in quotes))


def _chapter(desk: Desk, load: _Load, part: _Part) -> str:
    """The section above a task, with the unit's role where roles differ."""
    above = desk.shelf.parent(part.section)
    role = f"{_ROLES[part.role]} " if load.roles != {"responsible"} else ""
    return f"{role}{above.section if above is not None else part.section.section}"


def _heading(load: _Load, part: _Part) -> str:
    written = f"〔{part.written}〕" if part.written != load.name else ""
    return f"{part.section.row['heading'] or part.section.section}{written}"


def _by_chapter(desk: Desk, load: _Load, part: _Part) -> Item:
    """A task on the line of its chapter."""
    asked = f"{part.section.row['heading'] or part.section.section}有哪些措施"
    return Item(f"{_chapter(desk, load, part)}：", _heading(load, part), (_first_words(part.section),), asked=asked)


# ------------------------------------------------------------------ a year


def _due(desk: Desk, load: _Load) -> Draft | None:
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
        place = f"{_chapter(desk, load, part) if many else _label(load, part)}："
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
    return any(targets.meets(goal.figure, year) for year in desk.question.years)


def _grouped(met: Sequence[Goal]) -> list[list[Goal]]:
    found: dict[tuple[str, bool], list[Goal]] = {}
    for goal in met:
        found.setdefault((goal.indicator, goal.figure.per_year), []).append(goal)
    return list(found.values())


def _none_due(desk: Desk, load: _Load, figures: Sequence[Figure]) -> Draft:
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


def _several(desk: Desk, loads: Sequence[_Load]) -> Draft:
    """The tasks of several units, each by itself."""
    draft = _started(*loads)
    draft.say("duties.heads", heads="；".join(f"{load.name}{counted(len(load.parts))}项" for load in loads))
    show(
        desk,
        draft,
        [
            Item(f"{load.name}：", _label(load, part), (_first_words(part.section),))
            for load in loads
            for part in load.parts
        ],
    )
    return draft


def _shared(desk: Desk, loads: Sequence[_Load]) -> Draft:
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
    load = _Load(loads[0].name, tuple(part for part in loads[0].parts if part.section.n in common))
    draft = _started(load, *loads[1:])
    draft.say("duties.shared", units=names, count=counted(len(common)))
    show(desk, draft, [_shared_item(desk, load, part) for part in load.parts])
    return draft


def _shared_item(desk: Desk, load: _Load, part: _Part) -> Item:
    """A shared task: its chapter begins the line, its units are the quote."""
    asked = f"{part.section.row['heading']}由谁负责"
    return Item(f"{_chapter(desk, load, part)}：", _heading(load, part), (of_units(desk, part.section),), asked=asked)


# ------------------------------------------------------------------ words of a task


def _gist(one: Shelved) -> str:
    """The first clauses of a section, to tell what the task is; whole ones, so that no number is cut in two."""
    if not one.sentences:
        return ""
    sentence = one.sentences[0]
    text = "".join(one.document.text[sentence.start : sentence.end].split())
    if len(text) <= LONGEST_GIST:
        return text
    whole = _CLAUSE_END.match(text[:LONGEST_GIST])
    return f"{whole.group() if whole else _UNNUMBERED.sub('', text[:LONGEST_GIST])}…"


def _first_words(one: Shelved) -> Citation:
    """The first sentence of a section, as far as a quote goes."""
    if not one.sentences:
        return citation(one, one.row["start"], min(one.row["end"], one.row["start"] + LONGEST))
    sentence = one.sentences[0]
    ends = [end for _, end in sentence.clauses if end - sentence.start <= LONGEST]
    return citation(
        one,
        sentence.start,
        sentence.end if sentence.end - sentence.start <= LONGEST else ends[-1] if ends else sentence.start + LONGEST,
    )
