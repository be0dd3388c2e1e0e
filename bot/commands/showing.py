"""`wence show` and `list`: the database printed for people, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import cells, location
from bot.columns import aligned
from bot.records import one_line, record

if TYPE_CHECKING:
    from knowledge.facts import Amendment, Award, Deadline, Figure, Programme, Reference, Schedule
    from knowledge.store import Database, Row

Lines = Iterator[str]
ROLES = {"responsible": "负责", "lead": "牵头", "support": "配合"}
EVERY = {
    "day": "每天",
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "term": "每学期",
    "half_year": "每半年",
    "year": "每年",
}
METADATA = (
    "id", "version", "title", "issuer", "date", "number", "index_number", "status", "effective_from", "effective_to",
    "subject", "url", "place",
)  # fmt: skip
LISTED = ("id", "version", "title", "issuer", "date", "number", "status", "effective_from", "effective_to")
WHY = {"basis": "依据", "follows": "按其执行", "repeals": "废止", "amends": "修改"}
TOP = "(top)"


@dataclass(frozen=True)
class Part:
    """One part of what a document says: its name, its rows in a database, and how they read, given all of them."""

    name: str
    rows: Callable[[Database, Row], Sequence[Any]]
    lines: Callable[[Sequence[Any]], Lines]


# --------------------------------------------------------------------- rows


def _metadata(_: Database, document: Row) -> list[Row]:
    return [{name: document[name] for name in METADATA}]


def _outline(database: Database, document: Row) -> list[Row]:
    names = ("section", "parent", "level", "heading", "start", "end")
    return [{name: row[name] for name in names} for row in database.outline(document["n"])]


def _figures(database: Database, document: Row) -> list[Row]:
    """The figures, each with the one name of its indicator; what was counted is a flow or a stock."""
    held = ((database.indicator(n), figure) for _, n, figure in database.all_figures())
    return [{"name": name, "figure": figure} for name, figure in held if figure.document == document["id"]]


def _units(database: Database, document: Row) -> list[Row]:
    """The units, each with its tasks in this document."""
    rows = []
    for unit in database.units():
        tasks = [(task, database.section(task["section"])) for task in database.tasks([unit["n"]])]
        own = [
            {"section": section["section"], "heading": section["heading"], "name": task["name"], "role": task["role"]}
            for task, section in tasks
            if section["document"] == document["n"]
        ]
        if own:
            rows.append({"name": unit["name"], "function": unit["function"], "tasks": own})
    return rows


def _conflicts(database: Database, document: Row) -> list[tuple[Figure, Figure]]:
    pairs = ((database.figure(first), database.figure(second)) for first, second in database.conflicts())
    return [pair for pair in pairs if pair[0].document == document["id"]]


def _warnings(database: Database, document: Row) -> list[Row]:
    sql = 'SELECT code, message, start, "end", suggested FROM warnings WHERE document = ? ORDER BY n'
    return database.rows(sql, [document["n"]])


def _of_sections(kind: str) -> Callable[[Database, Row], list[Any]]:
    """The facts of a kind, section by section, by the database's method of that name."""

    def rows(database: Database, document: Row) -> list[Any]:
        facts = getattr(database, kind)
        return [fact for row in database.outline(document["n"]) for fact in facts(row["n"])]

    return rows


# -------------------------------------------------------------------- lines


def _metadata_lines(rows: Sequence[Row]) -> Lines:
    yield from aligned([[name, str(value)] for row in rows for name, value in row.items() if value])


def _outline_lines(rows: Sequence[Row]) -> Lines:
    for row in rows:
        yield f"{'  ' * row['level']}{row['section'] or TOP} {row['heading']}".rstrip()


def _figure_lines(rows: Sequence[Row]) -> Lines:
    """A table, indicator by year; figures of no year stand under 每年 or 未定."""
    table: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        figure: Figure = row["figure"]
        cell = table.setdefault(cells.indicator(row["name"], figure), {}).setdefault(cells.year(figure), [])
        words = cells.amount(figure)
        if words not in cell:
            cell.append(words)
    years = sorted({year for cells in table.values() for year in cells})
    body = [[name, *(" / ".join(cells.get(year, [])) for year in years)] for name, cells in table.items()]
    if body:
        yield from aligned([["指标", *years], *body])


def _unit_lines(rows: Sequence[Row]) -> Lines:
    for row in rows:
        yield f"{row['name']}（{row['function']}）"
        for task in row["tasks"]:
            yield f"  {ROLES.get(task['role'], task['role'])}  {task['section'] or TOP} {task['heading']}".rstrip()


def _award_lines(rows: Sequence[Award]) -> Lines:
    from knowledge.answering.quoting import spoken

    for award in rows:
        words = spoken(award) or (f"{award.rate:g}%" if award.rate is not None else "未写金额")
        said = "  ".join(filter(None, [award.section or TOP, words, award.tier, award.purpose, award.beneficiary]))
        yield said


def _reference_lines(rows: Sequence[Reference]) -> Lines:
    for one in rows:
        yield "  ".join(filter(None, [one.section or TOP, named(one.title, one.number), WHY.get(one.role)]))


def named(title: str | None, number: str | None) -> str:
    """A document by its title and its number, as far as they are known."""
    return f"{f'《{title}》' if title else ''}{number or ''}"


def _deadline_lines(rows: Sequence[Deadline]) -> Lines:
    for one in rows:
        days = " ~ ".join(filter(None, [one.opens, one.closes]))
        yield "  ".join(filter(None, [one.section or TOP, one.what, " ".join(one.text.split()), days]))


def _amendment_lines(rows: Sequence[Amendment]) -> Lines:
    for one in rows:
        said = [
            one.section or TOP,
            named(one.title, one.number),
            one.subject,
            f"{one.before or ''} → {one.after or ''}",
        ]
        yield "  ".join(filter(None, said))


def _schedule_lines(rows: Sequence[Schedule]) -> Lines:
    for one in rows:
        said = [one.section or TOP, EVERY.get(one.every, one.every), one.who, one.what, one.to and f"→ {one.to}"]
        yield "  ".join(filter(None, said))


def _programme_lines(rows: Sequence[Programme]) -> Lines:
    for one in rows:
        yield f"{one.section or TOP}  {one.name}"


def _conflict_lines(rows: Sequence[tuple[Figure, Figure]]) -> Lines:
    from knowledge.answering.quoting import spoken

    for one, other in rows:
        places = [f"{spoken(figure)}（{figure.section or TOP}）" for figure in (one, other)]
        yield f"{other.indicator} {cells.year(one)}: {' · '.join(places)}"


def _warning_lines(rows: Sequence[Row]) -> Lines:
    for row in rows:
        yield f"{row['start']}-{row['end']}  {row['code']}  {row['message']}"


PARTS: dict[str, Part] = {
    "documents": Part("文件", _metadata, _metadata_lines),
    "outline": Part("结构", _outline, _outline_lines),
    "figures": Part("指标", _figures, _figure_lines),
    "units": Part("单位", _units, _unit_lines),
    "awards": Part("奖补", _of_sections("awards"), _award_lines),
    "references": Part("引用", _of_sections("references"), _reference_lines),
    "schedules": Part("周期", _of_sections("schedules"), _schedule_lines),
    "deadlines": Part("时间", _of_sections("deadlines"), _deadline_lines),
    "amendments": Part("修改", _of_sections("amendments"), _amendment_lines),
    "programmes": Part("行动", _of_sections("programmes"), _programme_lines),
    "conflicts": Part("前后不一", _conflicts, _conflict_lines),
    "warnings": Part("警告", _warnings, _warning_lines),
}
ALL = "all"


# ----------------------------------------------------------------- commands


@click.command(short_help="看库里有什么 · print what the database holds")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出，每份文件一行 · as JSON, a line a document")
@click.option("--document", metavar="ID", help="只看这一份文件 · only this document")
@click.argument("part", type=click.Choice([*PARTS, ALL]), default=ALL, metavar="[PART]")
@click.pass_obj
def show(db: Path | None, part: str, document: str | None, *, as_object: bool) -> int:
    """看库里有什么 · print what the database holds, for people.

    PART: documents outline figures units awards references schedules deadlines amendments programmes conflicts warnings
    """
    from knowledge.store import Database

    database = Database(location.to_read(db))
    rows = [row for row in database.documents() if document in (None, row["id"])]
    if not rows:
        raise click.UsageError(f"no document {document!r} in {database.path} (wence list shows them)")
    chosen = {name: one for name, one in PARTS.items() if part in (name, ALL)}
    for row in rows:
        click.echo(_object(database, row, chosen) if as_object else "\n".join(_page(database, row, chosen)))
    return 0


def _page(database: Database, document: Row, parts: dict[str, Part]) -> Lines:
    yield f"# {document['id']}  {document['title'] or ''}".rstrip()
    for name, part in parts.items():
        yield f"\n## {part.name} {name}"
        yield "\n".join(part.lines(part.rows(database, document))) or "—"
    yield ""


def _object(database: Database, document: Row, parts: dict[str, Part]) -> str:
    held = {name: _plain(list(part.rows(database, document))) for name, part in parts.items()}
    return one_line({"document": document["id"], **held})


def _plain(value: Any) -> Any:
    """Rows and facts as JSON has them."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return record(value) if is_dataclass(value) else value


@click.command("list", short_help="列出文件 · the documents of the database")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.pass_obj
def list_documents(db: Path | None, *, as_object: bool) -> int:
    """列出文件 · the documents of the database."""
    from knowledge.store import Database

    database = Database(location.to_read(db))
    rows = [{name: row[name] for name in LISTED} for row in database.documents()]
    if as_object:
        click.echo(one_line(rows))
        return 0
    shown = ("id", "date", "status", "effective_from", "effective_to", "title")
    table = [[row[name] or "" for name in shown] for row in rows]
    click.echo("\n".join(aligned([["id", "日期", "有效性", "施行", "有效期至", "标题"], *table])))
    return 0
