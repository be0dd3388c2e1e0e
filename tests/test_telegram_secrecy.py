"""The token stands in no log record, whatever the level, the logger and the trouble; nor does a proxy's password."""

import asyncio
import logging
from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.tg.app import TelegramRefused, serve
from bot.tg.secrecy import HIDDEN, concealed
from tests.botapi import TOKEN, BotApi
from tests.botapi.running import WORDS, running

SECRET = TOKEN.partition(":")[2]
ENCODED = TOKEN.replace(":", "%3A")
LOUD = ("httpx", "httpcore", "telegram", "asyncio")


class Everything(logging.Handler):
    """Keeps what any handler could have written, in every form."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [self.format(record), repr(record.__dict__)]
        if record.exc_info and record.exc_info[1]:
            self.lines.append(repr(record.exc_info[1]))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Everything]:
    """Everything from DEBUG up, of every library, also where it was told to be quiet."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    handler, root = Everything(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def shout() -> None:
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)


async def test_no_record_at_debug_holds_the_token_when_all_goes_wrong(log: Everything) -> None:
    async def leaking(_key: str, question: str) -> str:
        shout()
        if question == "raise":
            raise RuntimeError(f"GET http://127.0.0.1/bot{TOKEN}/getMe and bot{ENCODED}")
        logging.getLogger("some.library").info("request to %s", f"http://127.0.0.1/bot{TOKEN}/x")
        return "<b>unclosed"

    async with BotApi() as api, running(api, leaking):
        chat = api.private_chat()
        for question in ("raise", "send"):
            await chat.say(question)
            await chat.next_reply()
        api.refuse("sendMessage", 500, f"Internal Server Error: bot{TOKEN}")
        await chat.say("send")
        await api.wait_for("sendMessage", 4)
        await api.down()
        await asyncio.sleep(0.2)
        await api.up()
    assert "HTTP Request: POST" in log.text  # the log is as loud as it can be
    assert "RuntimeError: GET http://127.0.0.1/bot***/getMe and bot***" in log.text
    assert "request to http://127.0.0.1/bot***/x" in log.text
    assert SECRET not in log.text


async def test_a_wrong_token_is_not_logged_either(log: Everything) -> None:
    shout()
    async with BotApi("5005001:anotherANOTHERanotherANOTHERanother") as api:
        settings = Settings(telegram_token=TOKEN, telegram_api=api.base_url)
        with pytest.raises(TelegramRefused) as caught:
            await serve(settings, lambda *_: asyncio.sleep(0, ""), WORDS, asyncio.Event())
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    logging.getLogger("wence").error("the bot ended", exc_info=caught.value)
    assert "the bot ended" in log.text
    assert SECRET not in log.text


async def test_httpx_is_quiet_without_being_asked(log: Everything) -> None:
    async def echo(_key: str, question: str) -> str:
        return question

    async with BotApi() as api, running(api, echo):
        chat = api.private_chat()
        await chat.say("高企")
        await chat.next_reply()
    assert "HTTP Request" not in log.text
    assert SECRET not in log.text


def test_messages_arguments_and_tracebacks_are_cleaned_and_nothing_else_is_touched(log: Everything) -> None:
    before = logging.getLogRecordFactory()
    with concealed((TOKEN, "open-sesame")):
        one = logging.getLogger("one")
        one.warning("%s and %s", {"url": TOKEN}, "open-sesame")
        one.warning("wrong %d", TOKEN)
        one.warning("harmless %s", "words")
        failure = KeyError("outer")
        failure.__cause__ = ValueError(SECRET)
        one.error("failed", exc_info=failure)
    assert f"{{'url': '{HIDDEN}'}} and {HIDDEN}" in log.text
    assert "harmless words" in log.text
    assert f"ValueError: {HIDDEN}" in log.text
    assert "KeyError: 'outer'" in log.text
    assert SECRET not in log.text
    assert "open-sesame" not in log.text
    assert logging.getLogRecordFactory() is before


def test_without_secrets_nothing_is_hidden(log: Everything) -> None:
    with concealed(()):
        logging.getLogger("one").warning("plain")
    assert "plain" in log.text
    assert HIDDEN not in log.text
