"""The HTTP side: one address per bot and method, JSON out, errors with the real statuses, and the faults that tests ask for."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict, deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.botapi.chats import WAIT, Chat, Group, User, World
from tests.botapi.methods import METHODS
from tests.botapi.params import Params, read
from tests.botapi.refusals import Refusal

TOKEN = "5005001:AAHtestTESTtestTESTtestTESTtestTEST0"
HOST = "127.0.0.1"
BY_NAME = {name.lower(): name for name in METHODS}  # the real server does not mind the case either
SHAPE = re.compile(r"\d+:[\w-]{30,}", re.ASCII)


@dataclass
class Call:
    """One request, as it came; `status` once it is answered."""

    method: str
    params: Params
    status: int = 0


class BotApi:
    """A Bot API server for one bot, on a free port of the loopback. State outlives `down` and `up`."""

    def __init__(self, token: str = TOKEN, *, username: str = "wence_bot", sees_everything: bool = True) -> None:
        self.token = token
        self.me = User(int(token.partition(":")[0]), "问策", username, None, bot=True)
        self.world = World(self.me, sees_everything)
        self.calls: list[Call] = []
        self.port = 0
        self._faults: defaultdict[str, deque[Refusal]] = defaultdict(deque)
        self._runner: web.AppRunner | None = None
        self._changed = asyncio.Event()

    # -------------------------------------------------------------- running

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.down()

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def up(self) -> None:
        """Listen, after `down` on the same port again."""
        app = web.Application(client_max_size=50 * 1024**2)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = site.port

    async def down(self) -> None:
        """Vanish: the port is closed, every connection is cut."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    # ----------------------------------------------------------- for tests

    def private_chat(self, user: User | None = None) -> Chat:
        """A private chat with the bot, which this user has started."""
        user = user or User(1_000_001 + len(self.world.chats))
        names = {"first_name": user.first_name, **({"username": user.username} if user.username else {})}
        return Chat(self.world, user.id, names, user)

    def group(self, title: str = "科技工作群", *, owner: User | None = None, kind: str = "supergroup") -> Group:
        """A group with the bot as a plain member; `group.topic(…)` makes it a forum."""
        group = Group(
            self.world, -1_001_000_000_000 - len(self.world.chats), {"title": title}, owner or User(1_000_000)
        )
        group.kind = kind
        return group

    def refuse(self, method: str, status: int, description: str, times: int = 1, **parameters: Any) -> None:
        """Answer the next calls of a method with this error: `refuse("sendMessage", 429, "…", retry_after=2)`."""
        self._faults[method].extend(Refusal(status, description, parameters) for _ in range(times))

    def called(self, method: str) -> list[Call]:
        return [one for one in self.calls if one.method == method]

    async def wait_for(self, method: str, times: int = 1, within: float = WAIT) -> list[Call]:
        """Until a method was called so many times, counted from the start."""
        async with asyncio.timeout(within):
            while len(self.called(method)) < times:
                self._changed.clear()
                await self._changed.wait()
        return self.called(method)

    # ------------------------------------------------------------- answering

    async def _answer(self, request: web.Request) -> web.Response:
        call = None
        try:
            self._check_token(request.match_info["token"])
            call = self._log(Call(_method(request.match_info["method"]), await read(request)))
            self._check_faults(call.method)
            body, status = {"ok": True, "result": await METHODS[call.method](self.world, call.params)}, 200
        except Refusal as refusal:
            body, status = refusal.body(), refusal.status
        if call:
            call.status = status
        return web.json_response(body, status=status)

    def _check_token(self, token: str) -> None:
        if not SHAPE.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")

    def _check_faults(self, method: str) -> None:
        if self._faults[method]:
            raise self._faults[method].popleft()

    def _log(self, call: Call) -> Call:
        self.calls.append(call)
        self._changed.set()
        return call


def _method(written: str) -> str:
    if written.lower() not in BY_NAME:
        raise Refusal(404, "Not Found: method not found")
    return BY_NAME[written.lower()]
