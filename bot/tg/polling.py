"""Long polling: updates are fetched, handled one by one, and only then confirmed, so that a crash loses none.

Network errors are waited out, longer each time; only a refused token ends it.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's opt-in: without it each 429 warns of a type to come

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
T = TypeVar("T")

POLL_SECONDS = 30
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
LAST_WORD_SECONDS = 2.0

REFUSED = "Telegram 不接受 WENCE_TELEGRAM_TOKEN 的令牌（{reason}）；请核对令牌，自建服务器再核对 WENCE_TELEGRAM_API"


class TelegramRefused(Exception):  # noqa: N818 - it tells what Telegram did
    """Telegram does not accept the token; `str(error)` is one line without it."""


class Poller:
    """Feeds an application with updates. `heard` is the loop's time of the last getUpdates that succeeded."""

    def __init__(self, application: App, allowed: Sequence[str]) -> None:
        self.application = application
        self.allowed = allowed
        self.heard: float | None = None
        self._next = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Connect and poll until `stop` is set; the update at hand is finished and confirmed first."""
        try:
            await _insist(self._connect, stop)
            while not stop.is_set():
                await self._handle(await _insist(self._fetch, stop) or (), stop)
        except InvalidToken as error:
            reason = _reason(error)
        else:
            return
        finally:
            await self._confirm()
        raise TelegramRefused(REFUSED.format(reason=reason))  # out here, so that it carries no error with the token

    async def _handle(self, updates: Sequence[Update], stop: asyncio.Event) -> None:
        for update in updates:
            await self.application.process_update(update)
            self._next = update.update_id + 1
            if stop.is_set():
                break

    async def _connect(self) -> None:
        await self.application.initialize()
        await self.application.bot.delete_webhook()
        log.info("connected to Telegram as @%s", self.application.bot.username)

    async def _fetch(self) -> Sequence[Update]:
        updates: Sequence[Update] = await self.application.bot.get_updates(
            offset=self._next, timeout=POLL_SECONDS, allowed_updates=self.allowed
        )
        self.heard = asyncio.get_running_loop().time()
        return updates

    async def _confirm(self) -> None:
        """Tell the server how far we came, so that the next start does not answer the last question again."""
        if self._next:
            with suppress(TelegramError):
                await self.application.bot.get_updates(
                    offset=self._next,
                    limit=1,
                    read_timeout=LAST_WORD_SECONDS,
                    connect_timeout=LAST_WORD_SECONDS,
                )


async def _insist(action: Callable[[], Coroutine[Any, Any, T]], stop: asyncio.Event) -> T | None:
    """What the action gives, tried again after every error but a refused token; None when `stop` is set first."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            return await _unless(stop, action())
        except InvalidToken:
            raise
        except TelegramError as error:
            wait = max(pause, _asked_pause(error))
            log.warning("Telegram: %s; trying again in %.0f s", error, wait)
        except Exception:  # an update that the library cannot read must not end the bot
            wait = pause
            log.exception("Telegram: unreadable; trying again in %.0f s", wait)
        await _unless(stop, asyncio.sleep(wait))
        pause = min(2 * pause, LONGEST_PAUSE)
    return None


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What the work gives; None, with the work cancelled, when `stop` is set before it is done."""
    task, halt = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, halt}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        unfinished = [one for one in (task, halt) if one.cancel()]
        await asyncio.gather(*unfinished, return_exceptions=True)


def _asked_pause(error: TelegramError) -> float:
    """The seconds that a 429 asks for, else 0."""
    if not isinstance(error, RetryAfter):
        return 0.0
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _reason(error: InvalidToken) -> str:
    """The status, told from the words; they themselves may hold the token."""
    return "401" if "unauthorized" in str(error.__cause__ or error).lower() else "404"
