"""Where the documents of a database contradict themselves: what was found when it was built, each side with its quotes."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answering.quoting import of_figure
from knowledge.answering.shelf import Shelf
from knowledge.facts import Citation, Figure
from knowledge.store import Database


@dataclass(frozen=True)
class Side:
    """One of the two figures of a conflict, with the quotes that hold number, subject and year."""

    figure: Figure
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Conflict:
    """An indicator, and two figures that set different values for it."""

    indicator: str
    sides: tuple[Side, Side]


def conflicts(database: Database) -> list[Conflict]:
    """All conflicts of a database, in the order of its documents."""
    shelf = Shelf(database)

    def side(n: int) -> Side:
        figure = database.figure(n)
        return Side(figure, tuple(of_figure(shelf.home(figure), figure)))

    return [
        Conflict(shelf.name(first.figure), (first, second))
        for first, second in ((side(one), side(other)) for one, other in database.conflicts())
    ]
