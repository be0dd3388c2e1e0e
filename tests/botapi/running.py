"""Runs the real bot against a test server, in the same loop, for as long as a `with` block lasts."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.settings import Settings
from bot.tg.app import Converse, serve
from tests.botapi.server import BotApi

WORDS = {"tg.start": "您好，我是问策。", "tg.help": "直接发问即可。", "tg.sorry": "抱歉，出错了。"}
END = 5.0


@asynccontextmanager
async def running(
    api: BotApi, converse: Converse, words: Mapping[str, str] = WORDS, token: str | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """The bot as a task; at the end it is told to stop, and must."""
    settings = Settings(telegram_token=token or api.token, telegram_api=api.base_url)
    stop = asyncio.Event()
    task = asyncio.create_task(serve(settings, converse, words, stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait_for(task, END)
