"""The terminal chat: one conversation with its memory, ended by end of input or a word of farewell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date

import click

from bot import render
from bot.conversation import Conversations
from knowledge.answer import AnswerDesk

FAREWELLS = frozenset(["再见", "退出", "exit", "quit", "bye", ":q"])
PROMPT = "问> "


def converse(desk: AnswerDesk, today: Callable[[], date]) -> None:
    """Answers line after line from standard input; the prompt and greeting are for people at a terminal."""
    talks = Conversations(desk)
    seen = sys.stdin.isatty()
    if seen:
        click.echo(render.words("zh")["chat.greeting"])
    for line in _lines(seen):
        if line.lower() in FAREWELLS:
            return
        if line:
            click.echo(render.text(talks.ask(line, today(), "console").answer))
            click.echo()


def _lines(prompted: bool) -> Iterator[str]:
    """The lines of standard input, prompted for where somebody types them."""
    while True:
        if prompted:
            click.echo(PROMPT, nl=False)
        line = sys.stdin.readline()
        if not line:
            if prompted:
                click.echo()
            return
        yield line.strip()
