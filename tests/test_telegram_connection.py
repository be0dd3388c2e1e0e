"""The bot and the network: it outlives every loss, loses no question, ends cleanly, and says in one line what is hopeless."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable

import pytest

from bot.settings import Settings
from bot.tg.app import TelegramRefused, serve, stop_on_signals
from tests.botapi import BotApi
from tests.botapi.running import WORDS, running

WRONG = "5005001:BBHwrongWRONGwrongWRONGwrongWRONG1"


async def echo(_key: str, question: str) -> str:
    return f"<b>{question}</b>"


@pytest.fixture(autouse=True)
def _quick_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("bot.tg.polling.FIRST_PAUSE", 0.05)


async def ended(api: BotApi, token: str | None = None) -> str:
    """What the bot says when it gives up by itself."""
    settings = Settings(telegram_token=token or api.token, telegram_api=api.base_url)
    with pytest.raises(TelegramRefused) as caught:
        await asyncio.wait_for(serve(settings, echo, WORDS, asyncio.Event()), 5)
    return str(caught.value)


# -------------------------------------------------------------------- losses


async def test_a_restart_of_the_server_is_survived_and_what_was_asked_meanwhile_is_answered() -> None:
    async with BotApi() as api, running(api, echo):
        chat = api.private_chat()
        for question in ("一", "二"):
            await api.down()
            await chat.say(question)
            await api.up()
            assert (await chat.next_reply()).text == question
        assert chat.unread() == []


async def test_a_server_that_is_not_there_at_the_start_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async with BotApi() as api:
        await api.down()
        chat = api.private_chat()
        await chat.say("高企")
        async with running(api, echo) as bot:
            while "trying again" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
            assert not bot.done()
            await api.up()
            assert (await chat.next_reply()).text == "高企"


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
@pytest.mark.parametrize("status", [400, 409, 429, 500, 502])
async def test_an_error_while_connecting_or_polling_is_waited_out(method: str, status: int) -> None:
    async with BotApi() as api:
        api.refuse(method, status, "not now", times=2)
        async with running(api, echo):
            chat = api.private_chat()
            await chat.say("高企")
            assert (await chat.next_reply()).text == "高企"


async def test_a_429_is_waited_out_for_as_long_as_it_asks() -> None:
    async with BotApi() as api:
        api.refuse("getUpdates", 429, "Too Many Requests: retry after 1", retry_after=1)
        begin = time.monotonic()
        async with running(api, echo):
            await api.wait_for("getUpdates", 2)
        assert time.monotonic() - begin >= 1


async def test_a_webhook_left_behind_is_removed() -> None:
    async with BotApi() as api:
        api.world.updates.webhook = {"url": "https://example.org/hook"}
        async with running(api, echo):
            chat = api.private_chat()
            await chat.say("高企")
            await chat.next_reply()
        assert api.world.updates.webhook == {}


async def test_everything_goes_through_the_proxy_where_one_is_set() -> None:
    async with BotApi() as proxy:  # a proxy for plain http gets the whole address, and only it can reach this one
        settings = Settings(
            telegram_token=proxy.token, telegram_api="http://bot-api.invalid", telegram_proxy=proxy.base_url
        )
        stop, chat = asyncio.Event(), proxy.private_chat()
        bot = asyncio.create_task(serve(settings, echo, WORDS, stop))
        await chat.say("高企")
        await chat.next_reply()
        stop.set()
        await asyncio.wait_for(bot, 3)


async def test_an_update_that_cannot_be_read_does_not_end_the_bot() -> None:
    async with BotApi() as api:
        api.world.updates.add("message", {"message_id": "?"})
        async with running(api, echo) as bot:
            await api.wait_for("getUpdates", 2)
            assert not bot.done()
            api.world.updates.pending.clear()
            chat = api.private_chat()
            await chat.say("高企")
            await chat.next_reply()


# ------------------------------------------------------------------- endings


async def stopped_within(seconds: float, api: BotApi, when: Callable[[], Awaitable[object]]) -> None:
    stop = asyncio.Event()
    settings = Settings(telegram_token=api.token, telegram_api=api.base_url)
    bot = asyncio.create_task(serve(settings, echo, WORDS, stop))
    await when()
    stop.set()
    await asyncio.wait_for(bot, seconds)


async def test_it_stops_at_once_while_it_waits_for_a_message() -> None:
    async with BotApi() as api:
        await stopped_within(3, api, lambda: api.wait_for("getUpdates"))


async def test_it_stops_at_once_while_the_server_is_away() -> None:
    async with BotApi() as api:

        async def away() -> None:
            await api.wait_for("getUpdates")
            await api.down()
            await asyncio.sleep(0.1)

        await stopped_within(3, api, away)


async def test_it_stops_at_once_when_it_never_got_through() -> None:
    async with BotApi() as api:
        await api.down()
        await stopped_within(3, api, lambda: asyncio.sleep(0.1))


async def test_it_stops_before_it_has_begun() -> None:
    async with BotApi() as api:
        await stopped_within(3, api, lambda: asyncio.sleep(0))


async def test_what_was_answered_is_confirmed_at_the_end_and_not_answered_again() -> None:
    async with BotApi() as api:
        chat = api.private_chat()
        for question in ("一", "二"):
            await chat.say(question)
            async with running(api, echo):
                assert (await chat.next_reply()).text == question
            assert api.world.updates.pending == []
        assert chat.unread() == []


async def test_a_question_is_confirmed_only_after_its_answer_so_that_a_crash_loses_none() -> None:
    async with BotApi() as api:
        chat = api.private_chat()
        await chat.say("高企")
        reached = asyncio.Event()

        async def never(_key: str, _question: str) -> str:
            reached.set()
            await asyncio.Event().wait()
            return ""

        settings = Settings(telegram_token=api.token, telegram_api=api.base_url)
        crashing = asyncio.create_task(serve(settings, never, WORDS, asyncio.Event()))
        await asyncio.wait_for(reached.wait(), 5)
        crashing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await crashing
        async with running(api, echo):
            assert (await chat.next_reply()).text == "高企"


async def test_told_to_stop_it_finishes_the_question_at_hand_and_leaves_the_next_to_the_next_start() -> None:
    async with BotApi() as api:
        chat, stop = api.private_chat(), asyncio.Event()
        await chat.say("一")
        await chat.say("二")

        async def last(_key: str, question: str) -> str:
            stop.set()
            return question

        settings = Settings(telegram_token=api.token, telegram_api=api.base_url)
        await asyncio.wait_for(serve(settings, last, WORDS, stop), 5)
        assert [one.text for one in chat.unread()] == ["一"]
        async with running(api, echo):
            assert (await chat.next_reply()).text == "二"


@pytest.mark.parametrize("one", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_sets_the_stop(one: signal.Signals) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        os.kill(os.getpid(), one)
        await asyncio.wait_for(stop.wait(), 1)
    finally:
        for each in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(each)


# ------------------------------------------------------------------ hopeless


async def test_a_wrong_token_ends_with_one_line_that_names_the_variable_and_not_the_token() -> None:
    async with BotApi() as api:
        line = await ended(api, WRONG)
    assert "WENCE_TELEGRAM_TOKEN" in line
    assert "401" in line
    assert "\n" not in line
    assert WRONG.partition(":")[2] not in line


async def test_an_address_that_is_no_bot_api_ends_with_one_line() -> None:
    async with BotApi() as api:
        api.refuse("getMe", 404, "Not Found")
        line = await ended(api)
    assert "404" in line
    assert "WENCE_TELEGRAM_API" in line


async def test_a_token_that_is_withdrawn_while_the_bot_runs_ends_it_too() -> None:
    async with BotApi() as api:
        api.refuse("getUpdates", 401, "Unauthorized")
        assert "401" in await ended(api)
