"""`wence diff`: what two versions of a document say otherwise, for people and as JSON. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import location
from bot.records import one_line

if TYPE_CHECKING:
    from knowledge.changes import Change, Side
    from knowledge.store import Database, Row

WHAT = {"document": "文件", "section": "条款", "figure": "指标", "award": "奖补", "unit": "单位", "deadline": "时间"}
KINDS = {"added": "新增", "removed": "删去", "changed": "改动", "renumbered": "只改编号"}
FIELDS = {
    "title": "标题",
    "issuer": "发文机关",
    "date": "日期",
    "number": "文号",
    "index_number": "索引号",
    "status": "有效性",
    "effective_from": "施行",
    "effective_to": "有效期至",
    "application": "申报",
    "task": "完成时限",
    "responsible": "负责",
    "lead": "牵头",
    "support": "配合",
}
MOST_QUOTED = 120
"""The most characters of a quote that are printed; JSON has it whole."""


@click.command(short_help="两个版本有什么不同 · what two versions say otherwise")
@click.option("--from", "old", metavar="V", help="旧版本（版本号前几位）· the earlier version, by its first digits")
@click.option("--to", "new", metavar="V", help="新版本 · the later version")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.argument("document", metavar="ID")
@click.pass_obj
def diff(db: Path | None, document: str, old: str | None, new: str | None, *, as_object: bool) -> int:
    """一份文件的两个版本在条款、指标、奖补、单位、时间上有什么不同，附两边原文。

    What two versions of a document say otherwise, both quoted; without --from and --to the last two. White space and
    numbering alone are no difference.
    """
    from knowledge.changes import changes
    from knowledge.parsing.parser import parse
    from knowledge.store import Database

    database = Database(location.to_read(db))
    before, after = _two(database, document, old, new)
    found = changes(parse(database.document(before["n"])), parse(database.document(after["n"])))
    versions = {"document": document, "from": before["version"], "to": after["version"]}
    if as_object:
        click.echo(one_line({**versions, "changes": [_record(one) for one in found]}))
    else:
        click.echo("\n".join(_told(versions, found)))
    return 0


def _two(database: Database, document: str, old: str | None, new: str | None) -> tuple[Row, Row]:
    """The rows of the two versions that are compared; UsageError where there are not two."""
    sql = "SELECT n, version, current FROM documents WHERE id = ? ORDER BY current, n"
    held = database.rows(sql, [document])
    if not held:
        raise click.UsageError(f"no document {document!r} in {database.path} (wence list shows them)")
    if len(held) == 1 and not (old or new):
        raise click.UsageError(f"the database holds one version of {document!r} alone: {held[0]['version']}")
    after = _version(held, new) if new else held[-1]
    if old:
        return _version(held, old), after
    # a build puts the versions that it keeps after the current one, `add` puts the new one last: the nearest is the last before
    return min(
        (row for row in held if row is not after), key=lambda row: abs(row["n"] - after["n"]), default=after
    ), after


def _version(held: Sequence[Row], wanted: str) -> Row:
    found = [row for row in held if row["version"].startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(row["version"] for row in held)
        raise click.UsageError(f"no one version {wanted!r}; there are: {known}")
    return found[0]


def _record(change: Change) -> dict[str, object]:
    sides = {"before": change.before and vars(change.before), "after": change.after and vars(change.after)}
    return {"what": change.what, "kind": change.kind, "name": change.name, **sides}


def _told(versions: dict[str, str], found: Sequence[Change]) -> Iterator[str]:
    """A line a change, its quotes beneath."""
    head = f"{versions['document']} {versions['from']} → {versions['to']}"
    if not found:
        yield f"{head}: 没有实质不同 · no difference"
        return
    yield f"{head}: {len(found)} 处不同 · {len(found)} changes"
    for one in found:
        places = [side.section for side in (one.before, one.after) if side and side.section]
        place = " → ".join(dict.fromkeys(places))
        name = FIELDS.get(one.name, one.name)
        yield f"\n{WHAT[one.what]}{KINDS[one.kind]}  {place}  {name}".replace("    ", "  ")
        if one.kind != "renumbered":
            yield from (f"  {sign} {_side(side)}" for sign, side in (("-", one.before), ("+", one.after)) if side)


def _side(side: Side) -> str:
    """A side's quote, or the value where no words of the text state it."""
    quote = " ".join(side.quote.split())
    shown = f"{quote[:MOST_QUOTED]}……" if len(quote) > MOST_QUOTED else quote
    value = FIELDS.get(side.value, "")
    return f"“{shown}”{value and f'（{value}）'}" if shown else side.value
