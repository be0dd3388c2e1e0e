"""`wence conflicts`: what the whole database says on one matter, for people and as JSON. It writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import cells, location
from bot.records import cited, one_line, record

if TYPE_CHECKING:
    from knowledge.conflicts import Conflict
    from knowledge.facts import Answer, Line


@click.command(short_help="文件里前后不一的地方 · where the documents contradict themselves")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出，每处一对 · as JSON, a pair of figures each")
@click.pass_obj
def conflicts(db: Path | None, *, as_object: bool) -> int:
    """文件里前后不一的地方，两处都附原文 · where the documents contradict themselves, both places quoted."""
    from bot import render
    from knowledge import conflicts as listed
    from knowledge.store import Database

    found = listed.conflicts(Database(location.to_read(db)))
    if as_object:
        click.echo(one_line([_pair(one) for one in found]))
    else:
        click.echo("\n\n".join(render.text(_answer(one)) for one in found) or render.words("zh")["conflict.no"])
    return 0


def _pair(conflict: Conflict) -> list[dict[str, Any]]:
    """The two figures, each with its citations."""
    return [{**record(one.figure), "citations": [cited(quote) for quote in one.citations]} for one in conflict.sides]


def told(conflict: Conflict) -> Line:
    """What a conflict is, in one line."""
    from knowledge.answering.drafts import line
    from knowledge.answering.quoting import spoken

    first, second = conflict.sides
    return line(
        "conflict.of",
        indicator=cells.indicator(conflict.indicator, first.figure),
        year=f"{cells.year(first.figure)}年" if first.figure.year else "",
        first=spoken(first.figure),
        at=first.figure.section,
        second=spoken(second.figure),
        there=second.figure.section,
    )


def _answer(conflict: Conflict) -> Answer:
    """A conflict as an answer tells it."""
    from knowledge.facts import Answer

    figures = tuple(one.figure for one in conflict.sides)
    citations = tuple(quote for one in conflict.sides for quote in one.citations)
    return Answer("", "answered", "conflict", "zh", (told(conflict),), figures, citations=citations)
