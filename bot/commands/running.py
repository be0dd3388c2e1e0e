"""`wence run`: starts all that is configured in one process, and ends it cleanly."""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import date, datetime
from pathlib import Path

import click

from bot import location
from bot.commands.asking import desk, today
from bot.settings import Settings, read

Chosen = Path | None


@click.command()
@click.pass_obj
def run(db: Chosen) -> int:
    """启动机器人；没有令牌时在终端对话 · start the bot; without a Telegram token, the terminal chat."""
    settings = read(os.environ)
    logging.basicConfig(level=settings.log, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if settings.telegram_token is None:
        from bot.console import converse

        click.echo("没有设 WENCE_TELEGRAM_TOKEN，不连 Telegram；在这里直接问。 No Telegram token: ask here.", err=True)
        converse(desk(db), today)
        return 0
    return _telegram(settings, location.to_read(db))


def _telegram(settings: Settings, path: Path) -> int:
    """Answers on Telegram until told to stop."""
    from bot import render
    from bot.conversation import Conversations
    from bot.tg.app import TelegramRefused, serve, stop_on_signals
    from knowledge.answer import AnswerDesk

    talks = Conversations(AnswerDesk(path))

    def here() -> date:
        return datetime.now(settings.zone).date()

    async def converse(chat: str, question: str) -> str:
        return render.html(talks.ask(question, here(), chat).answer)

    async def serving() -> None:
        stop = asyncio.Event()
        stop_on_signals(stop)
        await serve(settings, converse, render.words("zh"), stop)

    try:
        asyncio.run(serving())
    except TelegramRefused as error:
        raise click.ClickException(str(error)) from None
    return 0
