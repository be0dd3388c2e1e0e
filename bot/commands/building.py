"""`wence build` and `parse`: documents in, a database or what one document says out; how reading them is reported."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import location

if TYPE_CHECKING:
    from knowledge.building import Report, Watch
    from knowledge.building.contribution import Told
    from knowledge.facts import Parsed

LONG_WORK = 20
"""From this many documents on a progress bar is shown."""
MOST_TOLD = 50
"""The most documents of which a build tells line by line."""
KINDS = {"new": "新增", "version": "新版本", "metadata": "只改了元数据", "same": "没有变化"}
ENGLISH = {"new": "new", "version": "new version", "metadata": "metadata changed", "same": "unchanged"}
"""What an added document is to the database."""


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

    库里从此只有这些文件；只加几份用 wence add。不指明写到哪里时，写进用户的数据文件夹；随附的库不动。
    The database then holds these alone (to add some: wence add). Without --db into the user's data folder, never the shipped one.
    """
    from knowledge import building

    target = location.to_write(own or db)
    if check:
        return _compare(sources, target)
    report = building.build(sources, target, fresh=fresh, strict=strict, watch=watch())
    tell(report, target)
    return 0


def _tell_skipped(skipped: Iterable[str]) -> None:
    for line in skipped:
        click.echo(f"跳过 skipped: {' '.join(line.split())}", err=True)


def _compare(sources: Sequence[Path], target: Path) -> int:
    import tempfile

    from knowledge.building.checking import check

    with tempfile.TemporaryDirectory() as folder:
        differing = check(sources, target, Path(folder) / "again.db")
    click.echo("\n".join(differing) or f"{target}: 与源文件一致 · as its sources say", err=bool(differing))
    return 1 if differing else 0


def watch() -> Watch:
    """How the person at the terminal watches long work."""
    from knowledge.building import Watch

    waiting = "另一个进程正在写这个库，等它写完 …… waiting for another process that writes this database"
    return Watch(_progress, lambda: click.echo(waiting, err=True))


def _progress(made: Iterable[Told], length: int) -> Iterable[Told]:
    """Documents as they are read, with a bar on stderr where the work is long and somebody watches."""
    if length < LONG_WORK or not sys.stderr.isatty():
        yield from made
        return
    with click.progressbar(made, length=length, label="解析 parsing", file=sys.stderr) as bar:
        yield from bar


def tell(report: Report, target: Path) -> None:
    """Reports to people: what was skipped on stderr, a line each; what was read, then the sum and the warnings by kind."""
    _tell_skipped(report.skipped)
    click.echo("\n".join(_told(report, target)))


def _told(report: Report, target: Path) -> Iterator[str]:
    for one in report.documents[:MOST_TOLD]:
        warned = sum(one.warnings.values())
        counts = f"{one.sections} 节 {one.figures} 指标 {one.awards} 奖补 {warned} 警告"
        kind = f"{KINDS[report.kinds[one.id]]}；" if one.id in report.kinds else ""
        yield f"{one.id}: {kind}{counts}  {one.title or ''}".rstrip()
    if len(report.documents) > MOST_TOLD:
        yield f"…… 另有 {len(report.documents) - MOST_TOLD} 份 · and as many more"
    codes: Counter[str] = Counter()
    for one in report.documents:
        codes.update(one.warnings)
    if codes:
        yield f"警告 warnings: {' '.join(f'{code} {count}' for code, count in codes.most_common())}"
    yield f"{target}: {_sum(report)}"


def _sum(report: Report) -> str:
    """How many documents there were, and what they were to the database."""
    count = len(report.documents)
    skipped = f"，跳过 {len(report.skipped)} 份" if report.skipped else ""
    if not report.kinds:
        return f"{count} 份文件{skipped} · {count} documents"
    kinds = Counter(report.kinds.values())
    parts = "，".join(f"{KINDS[kind]} {kinds[kind]} 份" for kind in KINDS if kinds[kind])
    english = ", ".join(f"{kinds[kind]} {ENGLISH[kind]}" for kind in KINDS if kinds[kind])
    return f"{parts}{skipped} · {english}"


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
