"""`wence build` and `parse`: documents in, a database or what one document says out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import location

if TYPE_CHECKING:
    from knowledge.building import Report
    from knowledge.facts import Document, Parsed

LONG_WORK = 20
"""From this many documents on a progress bar is shown."""
MOST_TOLD = 50
"""The most documents of which a build tells line by line."""


@click.command(short_help="建库 · build a database from files, folders, JSON Lines")
@click.option("--db", "own", type=click.Path(path_type=Path), help="写到这里 · the database to write")
@click.option("--check", is_flag=True, help="重建并比较，不写 · rebuild and compare, write nothing")
@click.option("--fresh", is_flag=True, help="不留旧版本 · keep no earlier versions")
@click.option("--strict", is_flag=True, help="有一份读不了就停 · stop at the first source that cannot be read")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE…")
@click.pass_obj
def build(
    db: Path | None, own: Path | None, sources: tuple[Path, ...], *, check: bool, fresh: bool, strict: bool
) -> int:
    """从文件、文件夹或 JSON Lines 建库 · build a database from files, folders or JSON Lines.

    不指明写到哪里时，写进用户的数据文件夹；随附的库不动。 Without --db into the user's data folder, never the shipped one.
    """
    from knowledge import building

    target = location.to_write(own or db)
    if check:
        return _compare(sources, target)
    report = building.build(sources, target, fresh=fresh, strict=strict, progress=_progress)
    _tell_skipped(report.skipped)
    click.echo("\n".join(_told(report, target)))
    return 0


def _tell_skipped(skipped: Iterable[str]) -> None:
    for line in skipped:
        click.echo(f"跳过 skipped: {' '.join(line.split())}", err=True)


def _compare(sources: Sequence[Path], target: Path) -> int:
    import tempfile

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
    """What was built, a line a document, then the sum and the warnings by kind."""
    for one in report.documents[:MOST_TOLD]:
        counts = f"{len(one.sections)} 节 {len(one.figures)} 指标 {len(one.awards)} 奖补 {len(one.warnings)} 警告"
        yield f"{one.document.id}: {counts}  {one.document.title or ''}".rstrip()
    if len(report.documents) > MOST_TOLD:
        yield f"…… 另有 {len(report.documents) - MOST_TOLD} 份 · and as many more"
    codes = Counter(warned.code for one in report.documents for warned in one.warnings)
    if codes:
        yield f"警告 warnings: {' '.join(f'{code} {count}' for code, count in codes.most_common())}"
    skipped = f"，跳过 {len(report.skipped)} 份" if report.skipped else ""
    yield f"{target}: {len(report.documents)} 份文件{skipped} · {len(report.documents)} documents"


@click.command(short_help="看一份文件解析出什么 · what one document says")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出，每份一行 · as JSON, a line a document")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def parse(file: Path, *, as_object: bool) -> int:
    """看一份文件解析出什么，不存 · what one document says; stores nothing."""
    from bot.records import one_line, parsed_record
    from knowledge.building import gathered
    from knowledge.parsing.parser import parse as parsed

    documents, skipped = gathered([file])
    _tell_skipped(skipped)
    for one in map(parsed, documents):
        click.echo(one_line(parsed_record(one)) if as_object else "\n".join(_summary(one)))
    return 0


def _summary(one: Parsed) -> Iterator[str]:
    """What a document says, for people: the outline with its units, then figures, awards and warnings, a line each."""
    yield f"{one.document.id}  {one.document.title or ''}".rstrip()
    for section in one.sections:
        units = "、".join(unit.name for unit in section.units)
        line = f"{'  ' * section.level}{section.section or '(top)'} {section.heading}".rstrip()
        yield f"{line}  [{units}]" if units else line
    for figure in one.figures:
        yield f"  指标 {figure.section}  {figure.indicator}  {figure.year or ''}  {' '.join(figure.text.split())}"
    for award in one.awards:
        yield f"  奖补 {award.section}  {' '.join(award.text.split())}"
    for due in one.deadlines:
        yield f"  时限 {due.section}  {due.what or ''}  {due.closes or ''}  {due.text}"
    for warned in one.warnings:
        yield f"  警告 {warned.start}-{warned.end}  {warned.message}"
