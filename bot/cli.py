"""The command `wence`: each command a skin over a function."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from bot.conversation import Conversations, as_json


@click.group()
@click.option("--db", type=click.Path(path_type=Path), default=None)
@click.pass_context
def main(context: click.Context, db: Path | None) -> None:
    """问策"""
    context.obj = db or Path(__file__).parent.parent / "data" / "policies.db"


@main.command()
@click.option("--json", "as_json_", is_flag=True)
@click.option("--batch", is_flag=True)
@click.option("--why", is_flag=True)
@click.argument("question", nargs=-1)
@click.pass_obj
def ask(db: Path, as_json_: bool, batch: bool, why: bool, question: tuple[str, ...]) -> None:
    from knowledge.answer import AnswerDesk

    talks = Conversations(AnswerDesk(db))
    if batch:
        for line in sys.stdin:
            row = json.loads(line)
            reply = talks.ask(row["q"], date.today(), row.get("chat"))
            print(json.dumps(as_json(reply.answer), ensure_ascii=False))
        return
    reply = talks.ask(" ".join(question), date.today())
    print(
        json.dumps(as_json(reply.answer), ensure_ascii=False, indent=1) if as_json_ else as_json(reply.answer)["text"]
    )
    if why:
        print(json.dumps(reply.why, ensure_ascii=False))


if __name__ == "__main__":
    main()
