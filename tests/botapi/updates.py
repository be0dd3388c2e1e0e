"""The queue of updates: confirmed by offset, waited for by one poll at a time, or handed to a webhook."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from tests.botapi.refusals import Refusal, conflict

FIRST = 870_000_001
LONGEST_POLL = 50
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Updates:
    """What happened and is not yet confirmed. `allowed` is the last list that was asked for; empty: the default."""

    def __init__(self) -> None:
        self.pending: list[dict[str, Any]] = []
        self.allowed: set[str] = set()
        self.webhook: dict[str, Any] = {}
        self._next = FIRST
        self._waiting: asyncio.Future[None] | None = None

    def add(self, kind: str, body: dict[str, Any]) -> None:
        """One more update, unless its kind was not asked for."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return
        self.pending.append({"update_id": self._next, kind: body})
        self._next += 1
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)

    def allow(self, kinds: Iterable[str]) -> None:
        self.allowed = set(kinds)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """getUpdates: confirm what is before `offset`, then what there is, or what comes within `seconds`."""
        if self.webhook:
            raise conflict(WEBHOOK_ACTIVE)
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        return self.pending[:limit]

    def end_poll(self, refusal: Refusal) -> None:
        """Refuse the poll that waits."""
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(refusal)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [one for one in self.pending if one["update_id"] >= offset]

    async def _wait(self, seconds: float) -> None:
        self.end_poll(conflict(OTHER_POLL))
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(waiting, seconds)
        finally:
            if self._waiting is waiting:
                self._waiting = None
