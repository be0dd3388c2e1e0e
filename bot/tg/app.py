"""Joins the Telegram front: the register of handlers, the application, and one coroutine that runs it until told to stop.

What answers and what it says in its own words are handed in; it knows neither.
"""

import asyncio
import signal
from collections.abc import Mapping
from typing import Any

from telegram import Message, Update
from telegram.constants import UpdateType
from telegram.ext import ApplicationBuilder, BaseHandler, CommandHandler, MessageHandler, filters

from bot.settings import Settings
from bot.tg.handlers import Context, Converse, Desk
from bot.tg.messages import is_addressed, is_from_a_person
from bot.tg.polling import App, Poller, TelegramRefused
from bot.tg.secrecy import concealed

__all__ = ["ALLOWED", "Converse", "TelegramRefused", "build", "register", "serve", "stop_on_signals"]

ALLOWED = (UpdateType.MESSAGE,)  # the kinds of update that the register handles, and no other is sent for
CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0  # proxies are slow, and a send that timed out may have arrived


class _Addressed(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return is_addressed(message)


class _Person(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return is_from_a_person(message)


NEW = filters.UpdateType.MESSAGE & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS) & _Person()
ADDRESSED = _Addressed()


def register(desk: Desk) -> tuple[BaseHandler[Update, Context, Any], ...]:
    """The handlers in order; the first that fits takes the message, and what none takes stays unanswered."""
    return (
        CommandHandler("start", desk.start, NEW),
        CommandHandler("help", desk.help, NEW),
        CommandHandler("ask", desk.ask, NEW),
        MessageHandler(NEW & filters.COMMAND & ADDRESSED, desk.help),
        MessageHandler(NEW & filters.TEXT & ~filters.COMMAND & ADDRESSED, desk.ask),
    )


def build(settings: Settings, converse: Converse, words: Mapping[str, str]) -> App:
    """The application for these settings, which must hold a token; nothing is sent yet."""
    assert settings.telegram_token is not None
    builder = (
        ApplicationBuilder()
        .token(settings.telegram_token)
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .connect_timeout(CONNECT_SECONDS)
        .read_timeout(READ_SECONDS)
        .get_updates_connect_timeout(CONNECT_SECONDS)
        .updater(None)
        .job_queue(None)
    )
    if settings.telegram_proxy:
        builder = builder.proxy(settings.telegram_proxy).get_updates_proxy(settings.telegram_proxy)
    application = builder.build()
    desk = Desk(converse, words)
    application.add_handlers(register(desk))
    application.add_error_handler(desk.sorry)
    return application


async def serve(settings: Settings, converse: Converse, words: Mapping[str, str], stop: asyncio.Event) -> None:
    """Answer on Telegram until `stop` is set; TelegramRefused, one line, when the token is not accepted."""
    with concealed(settings.secrets):
        application = build(settings, converse, words)
        try:
            await Poller(application, ALLOWED).run(stop)
        finally:
            await application.shutdown()
            await application.bot.shutdown()  # the application leaves it open when it never got to know the bot


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` on SIGTERM and SIGINT; to be called inside the running loop."""
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(one, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(one, lambda *_: loop.call_soon_threadsafe(stop.set))
