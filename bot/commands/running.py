"""`wence run`: starts all that is configured in one process, and ends it cleanly on SIGTERM and SIGINT."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.gaps import GapLog
    from bot.live import LiveDesk
    from bot.settings import Settings

Day = Callable[[], date]
ALONE = "没有设 WENCE_TELEGRAM_TOKEN，不连 Telegram；在这里直接问。 No Telegram token: ask here."


@click.command(short_help="启动机器人，或在终端对话 · start the bot, else the terminal chat")
@click.pass_obj
def run(db: Path | None) -> int:
    """启动机器人；没有令牌时在终端对话 · start the Telegram bot; without a token, the terminal chat.

    设置都在环境变量里，如 WENCE_TELEGRAM_TOKEN；见 README。 All settings are environment variables.
    """
    import logging

    from bot.settings import read

    settings = read(os.environ)
    logging.basicConfig(level=settings.log, format="%(asctime)s %(levelname)s %(name)s %(message)s")

    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of each start as of each change

    def today() -> date:
        return datetime.now(settings.zone).date()

    with _until_told():
        from bot.live import LiveDesk

        desk = LiveDesk(db)
        with _gap_log(settings) as gaps:
            if settings.telegram_token is None or gaps is None:
                _terminal(desk, today)
            else:
                _telegram(settings, desk, today, gaps)
    return 0


@contextmanager
def _gap_log(settings: Settings) -> Iterator[GapLog | None]:
    """Where misses are noted, in the state brought up to date; None where nothing is connected and no state is set."""
    if settings.telegram_token is None and settings.state is None:
        yield None
        return
    from bot.gaps import GapLog
    from bot.settings import data_folder
    from bot.state import opened

    state = opened(settings.state, data_folder(os.environ))
    gaps = GapLog(state)
    try:
        yield gaps
    finally:
        gaps.close()
        state.close()


@contextmanager
def _until_told() -> Iterator[None]:
    """Both signals end the block, at whatever it is, and that is no failure; what comes after runs as before."""
    kinds = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(kind, signal.default_int_handler) for kind in kinds]
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


def _terminal(desk: LiveDesk, today: Day) -> None:
    from bot.console import converse

    click.echo(ALONE, err=True)
    converse(desk, today)


def _telegram(settings: Settings, desk: LiveDesk, today: Day, gaps: GapLog) -> None:
    """Answers on Telegram until told to stop, and notes what the documents do not answer."""
    import asyncio

    from bot import render
    from bot.conversation import Conversations
    from bot.tg.app import TelegramRefused, serve, stop_on_signals

    talks = Conversations(desk)

    async def converse(chat: str, question: str) -> str:
        reply = talks.ask(question, today(), chat)
        gaps.hear(reply)
        return render.html(reply.answer)

    async def serving() -> None:
        stop = asyncio.Event()
        stop_on_signals(stop)
        await serve(settings, converse, render.words("zh"), stop)

    try:
        asyncio.run(serving())
    except TelegramRefused as error:
        raise click.ClickException(str(error)) from None
