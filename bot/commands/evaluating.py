"""`wence eval`: question sets asked and judged, a table by kind, and each failure with how it came about. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.columns import aligned
from bot.commands.asking import Chosen, desk, reasons, today
from bot.records import one_line
from bot.render import words

if TYPE_CHECKING:
    from bot.evaluation import Judged

Counts = dict[str, tuple[int, int]]


@click.command("eval", short_help="跑题集 · judge the answers to question sets")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="当作这一天来问 · as asked on this day")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.pass_obj
def evaluate(db: Chosen, files: tuple[str, ...], *, as_object: bool, on: datetime | None) -> int:
    """跑题集：逐题核对，按类列表，错的附原因 · judge the answers to question sets.

    \b
    每行一题 · a question a line, as in tests/cases/questions/:
    {"id": "P001", "kind": "target", "q": "…", "expect": {"status": "answered", "cite_first": ["一(二)"]}}

    退出码 · exit code: 0 全对 · all passed, 1 有错 · some failed, 2 题集有误 · a set that cannot be used
    """  # noqa: D301 - \b keeps these lines apart in the help
    from bot.evaluation import QuestionError, judged, read, tally

    try:
        questions = [question for file in files for question in read(file)]
        results = list(judged(questions, desk(db), on.date() if on else today()))
    except QuestionError as error:
        raise click.ClickException(str(error)) from None
    counts, failed = tally(results), [one for one in results if one.faults]
    click.echo(one_line(_record(counts, failed)) if as_object else "\n".join(_told(counts, failed)))
    return 1 if failed else 0


def _sum(counts: Counts) -> tuple[int, int]:
    return sum(passed for passed, _ in counts.values()), sum(asked for _, asked in counts.values())


def _share(passed: int, asked: int) -> float:
    return round(100 * passed / asked, 1)


def _record(counts: Counts, failed: Sequence[Judged]) -> dict[str, Any]:
    passed, asked = _sum(counts)
    return {
        "passed": passed,
        "failed": asked - passed,
        "share": _share(passed, asked),
        "kinds": {
            kind: {"passed": good, "failed": of - good, "share": _share(good, of)}
            for kind, (good, of) in counts.items()
        },
        "failures": [
            {
                "id": one.question.id,
                "kind": one.question.kind,
                "turns": one.question.turns,
                "faults": one.faults,
                "answer": one.answer,
                "why": one.why,
            }
            for one in failed
        ],
    }


def _told(counts: Counts, failed: Sequence[Judged]) -> Iterator[str]:
    """The failures first, so that the sum stands last."""
    for one in failed:
        yield f"{one.question.id} [{one.question.kind}] {' → '.join(one.question.turns)}"
        yield from (f"    {fault}" for fault in one.faults)
        yield from (f"    {reason}" for reason in reasons(one.why))
        yield ""
    table = words("zh")
    head = [table["eval.kind"], table["eval.passed"], table["eval.asked"], "%"]
    rows = [[kind or "-", str(good), str(of), f"{_share(good, of):.1f}"] for kind, (good, of) in counts.items()]
    yield from aligned([head, *rows])
    passed, asked = _sum(counts)
    yield table["eval.sum"].format(passed=passed, failed=asked - passed, share=f"{_share(passed, asked):.1f}")
