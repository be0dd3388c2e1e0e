"""`wence ask`, `search` and `chat`: questions in, answers out. They write nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import location

if TYPE_CHECKING:
    from knowledge.answer import AnswerDesk

Chosen = Path | None


def today() -> date:
    """The day of the clock here."""
    return date.today()  # noqa: DTZ011 - the user's own day is meant


def desk(db: Chosen) -> AnswerDesk:
    """The answer desk over the chosen database."""
    from knowledge.answer import AnswerDesk

    return AnswerDesk(location.to_read(db))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(source: str) -> Iterator[dict[str, Any]]:
    """The lines of a batch: JSON objects {q, chat?} or plain questions; what is neither is a question as it stands."""
    if source == "-":
        yield from map(_row, sys.stdin)
        return
    path = Path(source)
    if not path.exists():
        raise click.UsageError(f"{source}: no such file")
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from map(_row, lines)


def _row(line: str) -> dict[str, Any]:
    text = line.strip().removeprefix("\ufeff")
    try:
        row = json.loads(text) if text.startswith("{") else {"q": text}
    except json.JSONDecodeError:
        row = {"q": text}
    if not isinstance(row.get("q"), str):
        row = {**row, "q": text if "q" not in row else str(row["q"] or "")}
    chat = row.get("chat")
    return {"q": row["q"], "chat": None if chat is None else str(chat)}


@click.command()
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option(
    "--batch", is_flag=True, help="逐行提问，逐行以 JSON 作答 · a question a line, from FILE or standard input"
)
@click.option("--why", is_flag=True, help="附分词、候选和得分 · with words cut, candidates and scores")
@click.option("--document", metavar="ID", help="只查这一份文件 · only this document")
@click.argument("question", nargs=-1)
@click.pass_obj
def ask(db: Chosen, question: tuple[str, ...], *, as_object: bool, batch: bool, why: bool, document: str | None) -> int:
    """问一个问题 · answer one question, or many (--batch)."""
    from bot.conversation import Conversations, as_json

    if not batch and not question:
        raise click.UsageError("ask: give a question, as in: wence ask 高企认定有什么补贴")
    talks = Conversations(desk(db))
    if batch:
        for row in _rows(question[0] if question else "-"):
            reply = talks.ask(row["q"], today(), row["chat"], document)
            click.echo(_json(as_json(reply.answer) | ({"why": reply.why} if why else {})))
        return 0
    reply = talks.ask(" ".join(question), today(), document=document)
    answer = as_json(reply.answer)
    click.echo(_json(answer | ({"why": reply.why} if why else {})) if as_object else answer["text"])
    if why and not as_object:
        click.echo("\n".join(_weighed(reply.why)))
    return 1 if reply.answer.status == "not_found" else 0


def _weighed(why: dict[str, Any]) -> Iterable[str]:
    """What was understood and weighed, a line each."""
    yield ""
    for key in ("read", "words", "terms", "units", "years", "intents", "chosen", "fit"):
        yield f"{key}: {_json(why[key])}"
    for row in why["candidates"]:
        yield f"  {row['section'] or '(top)'}  score {row['score']}  coverage {row['coverage']}"


@click.command()
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option("--batch", is_flag=True, help="逐行查询 · a query a line, from FILE or standard input")
@click.option(
    "-k", "most", default=10, show_default=True, type=click.IntRange(1, 1000), help="最多几条 · how many hits"
)
@click.argument("query", nargs=-1)
@click.pass_obj
def search(db: Chosen, query: tuple[str, ...], *, as_object: bool, batch: bool, most: int) -> int:
    """查段落 · find passages, best first."""
    if not batch and not query:
        raise click.UsageError("search: give a query, as in: wence search 研发投入")
    found = desk(db)
    if batch:
        for row in _rows(query[0] if query else "-"):
            click.echo(_json(_hits(found, row["q"], most)))
        return 0
    result = _hits(found, " ".join(query), most)
    if as_object:
        click.echo(_json(result))
    for hit in [] if as_object else result["hits"]:
        click.echo(
            f"{hit['score']:8.3f}  {hit['document']}  {hit['section'] or '(top)'}\n          {' '.join(hit['snippet'].split())}"
        )
    return 0 if result["hits"] else 1


def _hits(found: AnswerDesk, query: str, most: int) -> dict[str, Any]:
    return {"query": query, "hits": [vars(hit) for hit in found.search(query, most)]}


@click.command()
@click.pass_obj
def chat(db: Chosen) -> int:
    """在终端里对话 · a conversation in the terminal; it ends at end of input."""
    from bot.console import converse

    converse(desk(db), today)
    return 0
