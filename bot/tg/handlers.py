"""What the bot does with a message: a few lines each, read it, ask, send. The texts and the answers are handed in."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackContext, ExtBot

from bot.tg.messages import chat_key, question
from bot.tg.sending import answer, say

log = logging.getLogger(__name__)

Converse = Callable[[str, str], Awaitable[str]]
"""`converse(chat_key, question)` → the answer as Telegram HTML, escaped, at most 4,096 UTF-16 units."""

Context = CallbackContext[ExtBot[None], Any, Any, Any]


@dataclass(frozen=True)
class Desk:
    """The handlers, with what they need. `words` has the plain texts `tg.start`, `tg.help` and `tg.sorry`."""

    converse: Converse
    words: Mapping[str, str]

    async def start(self, update: Update, _: Context) -> None:
        await say(_message(update), self.words["tg.start"])

    async def help(self, update: Update, _: Context) -> None:
        await say(_message(update), self.words["tg.help"])

    async def ask(self, update: Update, context: Context) -> None:
        """`/ask …` and plain text alike; nothing but the bot's name gets the help."""
        message = _message(update)
        if asked := question(message):
            await answer(message, await self.converse(chat_key(message), asked))
        else:
            await self.help(update, context)

    async def sorry(self, update: object, context: Context) -> None:
        """Log first, then apologise where that can arrive. What was written is personal and stays out of the log."""
        number = update.update_id if isinstance(update, Update) else None
        log.error("update %s was not answered", number, exc_info=context.error)
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or not _may_arrive(context.error):
            return
        try:
            await say(message, self.words["tg.sorry"])
        except TelegramError as error:
            log.warning("no apology for update %s: %s", number, error)


def _message(update: Update) -> Message:
    """The message of an update that the register's filters let through."""
    message = update.effective_message
    assert message is not None
    return message


def _may_arrive(error: Exception | None) -> bool:
    """After a failed send an apology fails too, and after a timeout the answer may well be there."""
    return isinstance(error, BadRequest) or not isinstance(error, TelegramError)
