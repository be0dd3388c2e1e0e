"""The figures of a task: those of its section, those that the document sets elsewhere for all, and which of them are due when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answering.shelf import Shelf, Shelved
from knowledge.facts import Figure


@dataclass(frozen=True)
class Goal:
    """A figure with the name of its indicator and the section in which it stands."""

    row: int
    indicator: str
    figure: Figure
    home: Shelved


def goals(shelf: Shelf, one: Shelved) -> list[Goal]:
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


def due(found: Sequence[Goal], year: int) -> Iterator[Goal]:
    """The figures for a year: due in it, due each year, and those of the next year that the indicator has one for."""
    following: dict[str, int] = {}
    for goal in found:
        first = goal.figure.year
        if first is not None and first > year:
            following[goal.indicator] = min(first, following.get(goal.indicator, first))
    for goal in found:
        first, last = goal.figure.year, goal.figure.year_end or goal.figure.year
        if first is None or last is None:
            if goal.figure.per_year:
                yield goal
        elif first <= year <= last or first == following.get(goal.indicator):
            yield goal
