"""What a unit has to do: its sections with the figures that fall due, each as it stands in the text; nothing is interpolated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.answering.goals import Goal, due, goals
from knowledge.answering.shelf import Shelf, Shelved
from knowledge.store import Database
from knowledge.text import bare

LEAST_LIKE = 40
"""From this likeness (0 to 100) on a unit's name may be the one that was meant."""
MOST_NEAR = 5


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
        own = [goal for goal in goals(shelf, one) if goal.row not in seen]
        seen |= {goal.row for goal in own}
        names = dict.fromkeys(assigned.name for _, assigned in shelf.units(one))
        found.append(Task(one, tuple(names), tuple(own if year is None else due(own, year))))
    return found
