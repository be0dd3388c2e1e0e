"""What a unit has to do: its sections with the figures that fall due, each as it stands in the text; nothing is interpolated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.answering.shelf import Shelf, Shelved
from knowledge.facts import Figure
from knowledge.store import Database
from knowledge.text import bare

LEAST_LIKE = 40
"""From this likeness (0 to 100) on a unit's name may be the one that was meant."""
MOST_NEAR = 5


@dataclass(frozen=True)
class Goal:
    """A figure with the name of its indicator and the section in which it stands."""

    row: int
    indicator: str
    figure: Figure
    home: Shelved


@dataclass(frozen=True)
class Task:
    """A section that a unit has a part in, all its units, and the figures asked for."""

    section: Shelved
    units: tuple[str, ...]
    goals: tuple[Goal, ...]


def unit(database: Database, name: str) -> list[int]:
    """The rows of the units that a name stands for, however it is written; none where it is unknown."""
    known = database.aliases([bare(name)]).get(bare(name), [])
    return [int(number) for kind, number in known if kind == "unit"]


def nearest(database: Database, name: str) -> list[str]:
    """The names of units most like a name, best first."""
    names = {row["name"]: bare(row["name"]) for row in database.units()}
    found = process.extract(bare(name), names, scorer=fuzz.ratio, limit=MOST_NEAR, score_cutoff=LEAST_LIKE)
    return [key for _, _, key in found]


def tasks(database: Database, units: Sequence[int], year: int | None = None, document: str | None = None) -> list[Task]:
    """The tasks of units in reading order; with a year only the figures that are due in it, each year, or next."""
    shelf = Shelf(database)
    sections = dict.fromkeys(row["section"] for row in database.tasks(units))
    held = [one for one in map(shelf.take, sections) if document in (None, one.document.id)]
    seen: set[int] = set()
    found = []
    for one in held:
        goals = [goal for goal in _goals(shelf, one) if goal.row not in seen]
        seen |= {goal.row for goal in goals}
        names = dict.fromkeys(assigned.name for _, assigned in shelf.units(one))
        found.append(Task(one, tuple(names), tuple(goals if year is None else _due(goals, year))))
    return found


def _goals(shelf: Shelf, one: Shelved) -> list[Goal]:
    """The figures of a task by indicator: those of its section, then those that the document sets elsewhere for all."""
    database = shelf.database
    inside = [(part, figures) for part in _parts(shelf, one) if (figures := shelf.figures(part))]
    indicators = dict.fromkeys(indicator for _, figures in inside for _, indicator, _ in figures)
    found = []
    for indicator in indicators:
        name = database.indicator(indicator)
        own = [Goal(row, name, figure, part) for part, held in inside for row, n, figure in held if n == indicator]
        rows = {goal.row for goal in own}
        series = ((row, figure, shelf.home(figure)) for row, figure in database.series(indicator) if row not in rows)
        own += [Goal(row, name, figure, home) for row, figure, home in series if not _assigned(shelf, home)]
        found += sorted(own, key=lambda goal: goal.figure.year or 0)
    return found


def _parts(shelf: Shelf, one: Shelved) -> Iterator[Shelved]:
    """A section, and the sections below it that name no units of their own."""
    yield one
    others: set[str] = set()
    for child in shelf.children(one):
        if shelf.units(child) or child.row["parent"] in others:
            others.add(child.section)
        else:
            yield child


def _assigned(shelf: Shelf, one: Shelved | None) -> bool:
    """Whether a section, or one above it, names units."""
    while one is not None and one.section:
        if shelf.units(one):
            return True
        one = shelf.parent(one)
    return False


def _due(goals: Sequence[Goal], year: int) -> Iterator[Goal]:
    """The figures for a year: due in it, due each year, and those of the next year that the indicator has one for."""
    following: dict[str, int] = {}
    for goal in goals:
        first = goal.figure.year
        if first is not None and first > year:
            following[goal.indicator] = min(first, following.get(goal.indicator, first))
    for goal in goals:
        first, last = goal.figure.year, goal.figure.year_end or goal.figure.year
        if first is None or last is None:
            if goal.figure.per_year:
                yield goal
        elif first <= year <= last or first == following.get(goal.indicator):
            yield goal
