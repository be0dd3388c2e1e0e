"""`wence show` and `list`: the database printed for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from bot import location
from bot.columns import aligned
from knowledge.answering.quoting import spoken
from knowledge.store import Database, Row

Lines = Iterator[str]


def _outline(database: Database, document: Row) -> Lines:
    for row in database.outline(document["n"]):
        yield f"{'  ' * row['level']}{row['section'] or '(top)'} {row['heading']}".rstrip()


def _figures(database: Database, document: Row) -> Lines:
    """Indicator by year; figures without a year stand under 每年 or 未定."""
    held = [(n, figure) for _, n, figure in database.all_figures() if figure.document == document["id"]]
    table: dict[str, dict[str, list[str]]] = {}
    for n, figure in held:
        name = f"{figure.flow if figure.flow and not figure.indicator.startswith(figure.flow) else ''}{database.indicator(n)}"
        year = (
            f"{figure.year}-{figure.year_end}"
            if figure.year_end
            else str(figure.year or ("每年" if figure.per_year else "未定"))
        )
        cell = table.setdefault(name, {}).setdefault(year, [])
        words = f"{'年均' if figure.per_year and figure.year else ''}{spoken(figure)}"
        if words not in cell:
            cell.append(words)
    years = sorted({year for row in table.values() for year in row})
    if table:
        yield from aligned(
            [
                ["指标", *years],
                *([name, *(" / ".join(row.get(year, [])) for year in years)] for name, row in table.items()),
            ]
        )


def _units(database: Database, document: Row) -> Lines:
    for unit in database.units():
        tasks = [
            task
            for task in database.tasks([unit["n"]])
            if database.section(task["section"])["document"] == document["n"]
        ]
        if tasks:
            yield f"{unit['name']}（{unit['function']}）"
        for task in tasks:
            section = database.section(task["section"])
            yield f"  {section['section']} {section['heading']}  {task['role']}"


def _awards(database: Database, document: Row) -> Lines:
    for row in database.outline(document["n"]):
        for award in database.awards(row["n"]):
            words = spoken(award) or (f"{award.rate:g}%" if award.rate is not None else "未写金额")
            yield f"{award.section}  {words}  {award.purpose or ''} {award.beneficiary or ''}".rstrip()


def _references(database: Database, document: Row) -> Lines:
    for row in database.outline(document["n"]):
        for one in database.references(row["n"]):
            yield f"{one.section or '(top)'}  {f'《{one.title}》' if one.title else ''}{one.number or ''}"


def _schedules(database: Database, document: Row) -> Lines:
    for row in database.outline(document["n"]):
        for one in database.schedules(row["n"]):
            yield f"{one.section}  {one.every}  {one.who or ''}  {one.what}{f' → {one.to}' if one.to else ''}"


def _programmes(database: Database, document: Row) -> Lines:
    for row in database.outline(document["n"]):
        for one in database.programmes(row["n"]):
            yield f"{one.section or '(top)'}  {one.name}"


def _conflicts(database: Database, document: Row) -> Lines:
    for first, second in database.conflicts():
        one, other = database.figure(first), database.figure(second)
        if one.document == document["id"]:
            yield f"{other.indicator} {one.year or ''}: {spoken(one)}（{one.section}） · {spoken(other)}（{other.section}）"


def _warnings(database: Database, document: Row) -> Lines:
    for row in database.rows("SELECT * FROM warnings WHERE document = ? ORDER BY n", [document["n"]]):
        yield f"{row['start']}-{row['end']}  {row['code']}  {row['message']}"


PARTS: dict[str, tuple[str, Callable[[Database, Row], Lines]]] = {
    "outline": ("结构", _outline),
    "figures": ("指标", _figures),
    "units": ("单位", _units),
    "awards": ("奖补", _awards),
    "references": ("引用", _references),
    "schedules": ("周期", _schedules),
    "programmes": ("行动", _programmes),
    "conflicts": ("前后不一", _conflicts),
    "warnings": ("警告", _warnings),
}


@click.command()
@click.option("--document", metavar="ID", help="只看这一份文件 · only this document")
@click.argument("part", type=click.Choice([*PARTS, "all"]), default="all")
@click.pass_obj
def show(db: Path | None, part: str, document: str | None) -> int:
    """看库里有什么 · print what the database holds, for people."""
    database = Database(location.to_read(db))
    rows = [row for row in database.documents() if document in (None, row["id"])]
    if not rows:
        raise click.UsageError(f"show: no document {document!r} in {database.path}")
    for row in rows:
        click.echo(f"# {row['id']}  {row['title'] or ''}".rstrip())
        for name, (title, lines) in PARTS.items():
            if part in (name, "all"):
                click.echo(f"\n## {title} {name}")
                click.echo("\n".join(lines(database, row)) or "—")
        click.echo()
    return 0


@click.command("list")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.pass_obj
def list_documents(db: Path | None, *, as_object: bool) -> int:
    """列出文件 · the documents of the database."""
    database = Database(location.to_read(db))
    fields = ("id", "version", "title", "issuer", "date", "number", "status")
    rows: list[dict[str, Any]] = [{name: row[name] for name in fields} for row in database.documents()]
    if as_object:
        click.echo(json.dumps(rows, ensure_ascii=False))
    elif rows:
        click.echo(
            "\n".join(
                aligned(
                    [
                        ["id", "日期", "有效性", "标题"],
                        *([row["id"], row["date"] or "", row["status"] or "", row["title"] or ""] for row in rows),
                    ]
                )
            )
        )
    return 0
