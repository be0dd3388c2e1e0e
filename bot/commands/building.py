"""`wence build` and `parse`: documents in, a database or what one document says out."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import location

if TYPE_CHECKING:
    from knowledge.building import Report
    from knowledge.facts import Document, Parsed

LONG_WORK = 20
"""From this many documents on a progress bar is shown."""
_INNER = frozenset(["lead"])
"""Fields of facts that are for the program alone."""


@click.command()
@click.option("--db", "own", type=click.Path(path_type=Path), help="写到这里 · the database to write")
@click.option("--check", is_flag=True, help="重建并比较，不写 · rebuild and compare, write nothing")
@click.option("--fresh", is_flag=True, help="不留旧版本 · keep no earlier versions")
@click.option("--strict", is_flag=True, help="有一份读不了就停 · stop at the first source that cannot be read")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE…")
@click.pass_obj
def build(
    db: Path | None, own: Path | None, sources: tuple[Path, ...], *, check: bool, fresh: bool, strict: bool
) -> int:
    """从文件、文件夹或 JSON Lines 建库 · build a database from files, folders or JSON Lines."""
    from knowledge import building

    target = location.to_write(own or db)
    if check:
        return _compare(sources, target)
    report = building.build(sources, target, fresh=fresh, strict=strict, progress=_progress)
    for line in report.skipped:
        click.echo(f"skipped: {line}", err=True)
    click.echo("\n".join(_told(report, target)))
    return 0


def _compare(sources: tuple[Path, ...], target: Path) -> int:
    from knowledge import building

    with tempfile.TemporaryDirectory() as folder:
        differing = building.check(sources, target, Path(folder) / "again.db")
    click.echo("\n".join(differing) or f"{target}: 与源文件一致 · as its sources say", err=bool(differing))
    return 1 if differing else 0


def _progress(documents: Iterable[Document]) -> Iterable[Document]:
    """The documents with a bar on stderr where the work is long and somebody watches."""
    held = list(documents)
    if len(held) < LONG_WORK or not sys.stderr.isatty():
        yield from held
        return
    with click.progressbar(held, label="解析 parsing", file=sys.stderr) as bar:
        yield from bar


def _told(report: Report, target: Path) -> Iterator[str]:
    """What was built, a line a document, then the sum."""
    for one in report.documents[:50]:
        counts = f"{len(one.sections)} 节 {len(one.figures)} 指标 {len(one.awards)} 奖补 {len(one.warnings)} 警告"
        yield f"{one.document.id}: {counts}  {one.document.title or ''}".rstrip()
    skipped = f"，跳过 {len(report.skipped)} 份" if report.skipped else ""
    yield f"{target}: {len(report.documents)} 份文件{skipped} · {len(report.documents)} documents"


@click.command()
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.argument("file", type=click.Path(path_type=Path))
def parse(file: Path, *, as_object: bool) -> int:
    """看一份文件解析出什么，不存 · what one document says; stores nothing."""
    from knowledge.building import gathered
    from knowledge.parsing import parse as parsed

    documents, _ = gathered([file], strict=True)
    for document in documents:
        one = parsed(document)
        if as_object:
            click.echo(json.dumps(as_record(one), ensure_ascii=False))
        else:
            click.echo("\n".join(_summary(one)))
    return 0


def as_record(one: Parsed) -> dict[str, Any]:
    """All that a document says, in the shape that `wence parse --json` gives."""
    document = one.document
    metadata = ("id", "title", "issuer", "date", "number", "index_number", "status", "text")
    return {
        "document": {name: getattr(document, name) for name in metadata},
        "sections": [
            {
                "section": section.section, "parent": section.parent, "level": section.level, "heading": section.heading,
                "start": section.start, "end": section.end, "units": [{"name": unit.name, "role": unit.role} for unit in section.units],
            }
            for section in one.sections
        ],
        **{kind: [record(fact) for fact in getattr(one, kind)] for kind in ("figures", "awards", "references", "schedules", "programmes")},
        "warnings": [record(warned) for warned in one.warnings],
    }  # fmt: skip


def record(fact: object) -> dict[str, Any]:
    """A fact's fields as an object."""
    return {name: value for name, value in vars(fact).items() if name not in _INNER}


def _summary(one: Parsed) -> Iterator[str]:
    yield f"{one.document.id}  {one.document.title or ''}".rstrip()
    for section in one.sections:
        units = "、".join(unit.name for unit in section.units)
        yield f"{'  ' * section.level}{section.section or '(top)'} {section.heading}{f'  [{units}]' if units else ''}"
    for figure in one.figures:
        yield f"  指标 {figure.section}  {figure.indicator}  {figure.year or ''}  {' '.join(figure.text.split())}"
    for award in one.awards:
        yield f"  奖补 {award.section}  {' '.join(award.text.split())}"
    for warned in one.warnings:
        yield f"  警告 {warned.start}-{warned.end}  {warned.message}"
