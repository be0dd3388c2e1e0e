"""The terminal chat: one conversation with its memory, ended by end of input or a word of farewell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import click

from bot import render
from bot.conversation import Conversations
from bot.lines import STANDARD_INPUT, lines, sound
from bot.live import LiveDesk

FAREWELLS = frozenset(["再见", "拜拜", "退出", "exit", "quit", "bye", ":q"])
CHAT = "console"
PROMPT = "问> "


def converse(desk: LiveDesk, today: Callable[[], date]) -> None:
    """Answers line after line from standard input; greeting and prompt are for people at a terminal."""
    talks = Conversations(desk)
    watched = sys.stdin.isatty() and sys.stdout.isatty()
    if watched:
        click.echo(render.words("zh")["chat.greeting"])
    for line in _typed() if watched else lines(STANDARD_INPUT):
        if line.rstrip("。！!. ").lower() in FAREWELLS:
            return
        if line:
            click.echo(render.text(talks.ask(line, today(), CHAT).answer))
            click.echo()


def _typed() -> Iterator[str]:
    """The lines that somebody types at the prompt, where it can be with editing and what was typed before."""
    with suppress(ImportError):
        import readline  # noqa: F401 - being imported is what it does
    while True:
        try:
            yield sound(input(PROMPT)).strip()
        except EOFError:
            click.echo()
            return
