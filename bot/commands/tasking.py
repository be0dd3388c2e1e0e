"""`wence tasks`: what a unit has to do, as a table in the terminal, as JSON, or as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import cells, location
from bot.columns import aligned
from bot.lines import sound
from bot.records import one_line, record
from bot.render import spoken, words

if TYPE_CHECKING:
    from knowledge.answering.goals import Goal
    from knowledge.answering.shelf import Shelved
    from knowledge.store import Database
    from knowledge.tasks import Task

COLUMNS = ("number", "task", "indicator", "target", "year", "units", "place")
"""The columns of the sheet; their heads are worded."""
FIRST_WORDS = 30
"""How much of a section without heading stands for its task."""
Entry = dict[str, Any]
_PATH = click.Path(path_type=Path, allow_dash=True)


@click.command(short_help="单位的任务表 · the tasks of a unit")
@click.option(
    "--unit", "name", required=True, metavar="NAME", help="单位，怎么写都行 · the unit, however it is written"
)
@click.option(
    "--year", type=click.IntRange(1900, 2999), help="这一年到期的、每年的和下一个年份的指标 · due then or next"
)
@click.option("--document", metavar="ID", help="只看这一份文件 · only this document")
@click.option(
    "--csv", "csv", type=_PATH, metavar="PATH", help="写成 csv（- 为标准输出） · as csv, - for standard output"
)
@click.option("--xlsx", "xlsx", type=_PATH, metavar="PATH", help="写成 xlsx · as xlsx")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.pass_obj
def tasks(
    db: Path | None, /, name: str, year: int | None, document: str | None, *, as_object: bool, **files: Any
) -> int:
    """单位的任务表：每项任务和它的指标，附出处 · the tasks of a unit with their figures, each with its place.

    \b
    wence tasks --unit 区科协 --year 2026 --xlsx 区科协.xlsx
    """  # noqa: D301 - \b keeps these lines apart in the help
    from knowledge import tasks as listed
    from knowledge.store import Database

    database, name = Database(location.to_read(db)), sound(name)
    units = listed.unit(database, name)
    if not units:
        return _unknown(name, listed.nearest(database, name))
    found = listed.tasks(database, units, year, document)
    entries = list(_entries(found))
    chosen = {kind: path for kind, path in files.items() if path is not None}
    for kind, path in chosen.items():
        _write(kind, path, entries)
    if as_object:
        click.echo(one_line(entries))
    elif not chosen:
        click.echo("\n".join(_told(database, units, year, found, entries)))
    return 0


def _unknown(name: str, near: Sequence[str]) -> int:
    key = "tasks.nearest" if near else "tasks.unknown"
    click.echo(words("zh")[key].format(unit=name, names="、".join(near)), err=True)
    return 1


# ------------------------------------------------------------------ entries


def _entries(tasks: Sequence[Task]) -> Iterator[Entry]:
    """The rows of the sheet with their places: one a figure, and one for a task without any."""
    rows = ((task, goal) for task in tasks for goal in (task.goals or (None,)))
    for number, (task, goal) in enumerate(rows, 1):
        home = goal.home if goal else task.section
        yield {
            "number": number,
            "task": _task(task),
            "indicator": cells.indicator(goal.indicator, goal.figure) if goal else "",
            "target": cells.amount(goal.figure) if goal else "",
            "year": cells.year(goal.figure) if goal else "",
            "units": list(task.units),
            "place": _place(home),
            "title": home.document.title or home.document.id,
            "document": home.document.id,
            "section": home.section,
            **_span(goal, home.row),
        }


def _task(task: Task) -> str:
    """The section's heading; of one without its first words."""
    first = task.section.sentences[:1]
    said = "".join("".join(task.section.document.text[one.start : one.end].split()) for one in first)
    return task.section.row["heading"] or said[:FIRST_WORDS]


def _place(home: Shelved) -> str:
    """Where something stands, as answers put it."""
    title = home.document.title or home.document.id
    return words("zh")["tasks.place"].format(title=title, section=home.section, heading=home.row["heading"]).strip()


def _span(goal: Goal | None, section: dict[str, Any]) -> Entry:
    """The words that say it: the figure's clause, else the section."""
    if goal is None:
        return {"start": section["start"], "end": section["end"], "figure": None}
    return {"start": goal.figure.start, "end": goal.figure.end, "figure": record(goal.figure)}


# ------------------------------------------------------------------- output


def _sheet(entries: Sequence[Entry]) -> list[list[str | int]]:
    """The rows as cells, their heads first."""
    table = words("zh")
    body = [[*(one[key] for key in COLUMNS[:5]), "、".join(one["units"]), one["place"]] for one in entries]
    return [[table[f"@tasks.{key}"] for key in COLUMNS], *body]


def _write(kind: str, path: Path, entries: Sequence[Entry]) -> None:
    from bot.sheets import FILES

    content = FILES[kind](_sheet(entries))
    if str(path) == "-":
        click.echo(content, nl=False)
        return
    path.write_bytes(content)
    click.echo(words("zh")["tasks.written"].format(path=path, rows=len(entries)))


def _told(
    database: Database, units: Sequence[int], year: int | None, tasks: Sequence[Task], entries: Sequence[Entry]
) -> Iterator[str]:
    """The sheet for a terminal, and below it what contradicts itself in it."""
    from bot.commands.listing import told
    from knowledge.conflicts import conflicts

    table = words("zh")
    name = "、".join(row["name"] for row in database.units() if row["n"] in units)
    yield table["tasks.head.year" if year else "tasks.head"].format(unit=name, count=len(tasks), year=year)
    titles = list(dict.fromkeys(one["title"] for one in entries))
    short = [{**one, "place": one["section"]} for one in entries] if len(titles) == 1 else entries
    yield from aligned([[str(cell) for cell in row] for row in _sheet(short)])
    if short is not entries:
        yield table["tasks.source"].format(title=titles[0])
    shown = {(goal.figure.document, goal.figure.start) for task in tasks for goal in task.goals}
    for one in conflicts(database):
        if shown & {(side.figure.document, side.figure.start) for side in one.sides}:
            yield spoken(told(one), table)
