"""`wence audit`: what is missing, contradictory, damaged, over or in doubt, for an officer to act on. It writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import location
from bot.records import one_line

if TYPE_CHECKING:
    from knowledge.audit import Finding

NAMES = {
    "unassigned": ("措施没有责任单位", "measures without a unit", "请明确责任单位"),
    "unmeasured": ("指标没有对应措施", "targets without a measure", "请明确由谁、靠什么措施完成"),
    "unpriced": ("奖补没有金额", "awards without an amount", "请写明金额，或所依据的文件"),
    "absent": ("引用的文件不在库里", "documents referred to that are not here", "请把这份文件加入：wence add"),
    "conflict": ("前后不一", "conflicts", "请核定以哪一处为准"),
    "damage": ("文字有损", "damage", "请对照原件，写进更正文件"),
    "over": ("有效期已过", "documents that have expired", "请确认是否续期，或移出：wence remove"),
    "repealed": ("已被废止", "documents that have been repealed", "请确认，改用新文件"),
    "doubt": ("修改、废止存疑", "amendments and repeals in doubt", "请核对，在更正文件里用 [[amends]] 确认"),
    "closed": ("申报时间已过", "application windows that have passed", "请更新申报通知"),
}
"""A kind of finding: in Chinese, in English, and what to do about it."""
WHY = {
    "unknown": "库里没有被修改的文件，或没有写明是哪一份",
    "several": "有不止一份文件对得上",
    "nowhere": "那份文件里找不到对应的地方",
    "differs": "那份文件里的原值不同",
    "many": "那份文件里有几处对得上",
}
MOST_QUOTED = 80
"""The most characters of a quote that are printed; JSON has it whole."""


@click.command(short_help="文件里缺什么、有什么问题 · what is missing or wrong in the documents")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option("--markdown", is_flag=True, help="以 Markdown 输出 · as Markdown")
@click.option("--on", metavar="DAY", help="按这一天判断 · judged on this day (YYYY-MM-DD)")
@click.pass_obj
def audit(db: Path | None, on: str | None, *, as_object: bool, markdown: bool) -> int:
    """文件里缺什么、有什么问题：每条有文件、位置、原文和该做什么。

    What is missing or wrong in the documents: each line with document, section, quote and what to do; counts first.
    """
    from knowledge.audit import audit as audited
    from knowledge.store import Database

    if as_object and markdown:
        raise click.UsageError("--json and --markdown: give one of them")
    found = audited(Database(location.to_read(db)), _day(on))
    if as_object:
        click.echo(one_line({"counts": _counts(found), "findings": [vars(one) for one in found]}))
    else:
        click.echo("\n".join(_markdown(found) if markdown else _text(found)))
    return 0


def _day(on: str | None) -> date:
    try:
        return date.fromisoformat(on) if on else datetime.now().astimezone().date()
    except ValueError:
        raise click.UsageError(f"--on {on}: not a day, as in 2026-11-24") from None


def _counts(found: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each kind, none left out."""
    counted = Counter(one.kind for one in found)
    return {kind: counted[kind] for kind in NAMES}


def _text(found: Sequence[Finding]) -> Iterator[str]:
    for kind, count in _counts(found).items():
        yield f"{NAMES[kind][0]}：{count} · {NAMES[kind][1]}"
    for kind, (name, _, todo) in NAMES.items():
        held = [one for one in found if one.kind == kind]
        if held:
            yield f"\n{name}（{todo}）"
            yield from (f"  {_place(one)}  {_said(one)}".rstrip() for one in held)


def _place(one: Finding) -> str:
    return f"{one.document} {one.section}".strip()


def _said(one: Finding) -> str:
    """What is found, and the words there."""
    quote = " ".join(one.quote.split())
    shown = f"{quote[:MOST_QUOTED]}……" if len(quote) > MOST_QUOTED else quote
    about = WHY.get(one.about, one.about)
    reading = f"→ “{one.suggested}”" if one.suggested else ""
    return "  ".join(filter(None, [about, f"“{shown}”" if shown else "", reading]))


def _markdown(found: Sequence[Finding]) -> Iterator[str]:
    yield "# 文件体检 · audit\n"
    yield from ("| 项目 | | 数量 |", "| --- | --- | --- |")
    for kind, count in _counts(found).items():
        yield f"| {NAMES[kind][0]} | {NAMES[kind][1]} | {count} |"
    for kind, (name, _, todo) in NAMES.items():
        held = [one for one in found if one.kind == kind]
        if held:
            yield f"\n## {name}\n\n{todo}。\n"
            yield from ("| 文件 | 位置 | 情况 |", "| --- | --- | --- |")
            yield from (f"| {_cell(one.document)} | {_cell(one.section)} | {_cell(_said(one))} |" for one in held)


def _cell(text: str) -> str:
    """A table's cell: text of a document is data, no markup."""
    escaped = "".join(f"\\{char}" if char in "\\|`*_[]<>#" else char for char in text)
    return escaped.replace("\n", " ")
