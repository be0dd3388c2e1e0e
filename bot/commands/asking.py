"""`wence ask`, `search` and `chat`: questions in, answers out. They write nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import location
from bot.lines import STANDARD_INPUT, lines, sound
from bot.records import one_line

if TYPE_CHECKING:
    from knowledge.answer import AnswerDesk, Reply

Chosen = Path | None
Asked = tuple[str, str | None]
"""A line of a batch: the question, and the conversation that it belongs to, if any."""


def today() -> date:
    """The day of the clock here."""
    return date.today()  # noqa: DTZ011 - the user's own day is meant


def desk(db: Chosen) -> AnswerDesk:
    """The answer desk over the chosen database."""
    from knowledge.answer import AnswerDesk

    return AnswerDesk(location.to_read(db), location.own_words())


@click.command(short_help="问一个问题 · answer a question, or many (--batch)")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option(
    "--batch", is_flag=True, help="逐行提问，逐行以 JSON 作答；给文件名或 - · a question a line, from FILE or -"
)
@click.option("--why", is_flag=True, help="附分词、候选和得分 · with words cut, candidates and scores")
@click.option("--document", metavar="ID", help="只查这一份文件 · only this document")
@click.argument("question", nargs=-1, metavar="QUESTION…")
@click.pass_obj
def ask(db: Chosen, question: tuple[str, ...], *, as_object: bool, batch: bool, why: bool, document: str | None) -> int:
    """问一个问题 · answer one question, or many (--batch).

    \b
    wence ask 高企认定有什么补贴
    wence ask --batch questions.jsonl     每行 · a line: {"q": "…", "chat": "…"}
    """  # noqa: D301 - \b keeps these lines apart in the help
    source = _source(question) if batch else None
    if not batch and not question:
        raise click.UsageError("give a question, as in: wence ask 高企认定有什么补贴")
    found = desk(db)
    _must_hold(found, document)
    if source is not None:
        return _ask_all(found, source, document, why=why)
    from bot.conversation import Conversations

    reply = Conversations(found).ask(" ".join(question), today(), document=document)
    click.echo("\n".join([_object(reply, why=why)] if as_object else _spoken(reply, why=why)))
    return 1 if reply.answer.status == "not_found" else 0


def _ask_all(found: AnswerDesk, source: str, document: str | None, *, why: bool) -> int:
    """An answer a line, as each comes; a batch ends well whatever it asks, and forgets none of its conversations."""
    from bot.conversation import Conversations

    talks = Conversations(found, most=None)
    for question, chat in map(_asked, lines(source)):
        click.echo(_object(talks.ask(question, today(), chat, document), why=why))
    return 0


def _must_hold(found: AnswerDesk, document: str | None) -> None:
    if document is not None and all(row["id"] != document for row in found.database.documents()):
        raise click.UsageError(f"no document {document!r} in {found.database.path} (wence list shows them)")


def _source(words: tuple[str, ...]) -> str:
    """Where a batch is read from: the file named, or standard input."""
    if len(words) > 1:
        raise click.UsageError(f"--batch takes one file, or - for standard input; {len(words)} are given")
    return words[0] if words else STANDARD_INPUT


def _asked(line: str) -> Asked:
    """A JSON object {q, chat?}, or a plain question; what is neither is a question as it stands."""
    try:
        row = json.loads(line) if line.startswith("{") else None
    except (ValueError, RecursionError):  # no JSON, a number of too many digits, nested without end
        row = None
    if not isinstance(row, dict):
        return line, None
    question, chat = row.get("q"), row.get("chat")
    return "" if question is None else str(question), None if chat is None else str(chat)


def _object(reply: Reply, *, why: bool) -> str:
    """A reply as the contract's JSON."""
    from bot.conversation import as_json

    return one_line({**as_json(reply.answer), **({"why": reply.why} if why else {})})


def _spoken(reply: Reply, *, why: bool) -> Iterator[str]:
    """A reply as a person reads it, and below it what was understood and weighed."""
    from bot.render import text

    yield text(reply.answer)
    if not why:
        return
    yield ""
    yield from reasons(reply.why)


def reasons(why: Mapping[str, Any]) -> Iterator[str]:
    """What was understood and weighed on the way to a reply, line by line."""
    yield from (f"{key}: {one_line(value)}" for key, value in why.items() if key != "candidates")
    for row in why["candidates"]:
        yield f"  {row['section'] or '(top)'}  score {row['score']}  coverage {row['coverage']}"


@click.command(short_help="查段落 · find passages, best first")
@click.option("--json", "as_object", is_flag=True, help="以 JSON 输出 · as JSON")
@click.option("--batch", is_flag=True, help="逐行查询，逐行以 JSON 输出；给文件名或 - · a query a line, from FILE or -")
@click.option(
    "-k", "most", default=10, show_default=True, type=click.IntRange(1, 1000), help="最多几条 · how many hits"
)
@click.argument("query", nargs=-1, metavar="QUERY…")
@click.pass_obj
def search(db: Chosen, query: tuple[str, ...], *, as_object: bool, batch: bool, most: int) -> int:
    """查段落 · find passages, best first."""
    source = _source(query) if batch else None
    if not batch and not query:
        raise click.UsageError("give a query, as in: wence search 研发投入")
    found = desk(db)
    if source is not None:
        for asked, _ in map(_asked, lines(source)):
            click.echo(one_line(_hits(found, asked, most)))
        return 0
    result = _hits(found, " ".join(query), most)
    if as_object:
        click.echo(one_line(result))
    else:
        _print_hits(result)
    return 0 if result["hits"] else 1


def _hits(found: AnswerDesk, query: str, most: int) -> dict[str, Any]:
    asked = sound(query)
    return {"query": asked, "hits": [vars(hit) for hit in found.search(asked, most)]}


def _print_hits(result: dict[str, Any]) -> None:
    for hit in result["hits"]:
        click.echo(f"{hit['score']:8.3f}  {hit['document']}  {hit['section'] or '(top)'}")
        click.echo(f"{'':10}{' '.join(hit['snippet'].split())}")
    if not result["hits"]:
        click.echo("没有命中 · no hit", err=True)


@click.command(short_help="在终端里对话 · a conversation in the terminal")
@click.pass_obj
def chat(db: Chosen) -> int:
    """在终端里对话；输入“再见”或结束输入为止 · a conversation in the terminal, until “bye” or the end of input."""
    from bot.console import converse
    from bot.live import LiveDesk

    converse(LiveDesk(db), today)
    return 0
