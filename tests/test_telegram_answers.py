"""The real desk behind the real bot: a question in Telegram gets its cited answer, and the next turn its context."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot import render
from bot.conversation import Conversations
from bot.gaps import noted
from bot.state import opened
from knowledge.answer import AnswerDesk
from tests.botapi import BotApi
from tests.botapi.running import running
from tests.postgresql import PASSWORD

DATABASE = Path(__file__).parent.parent / "data" / "policies.db"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _loopback_without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    talks = Conversations(AnswerDesk(DATABASE))

    async def converse(chat: str, question: str) -> str:
        return render.html(talks.ask(question, TODAY, chat).answer)

    async with BotApi() as server, running(server, converse):
        yield server


async def test_a_question_gets_the_amount_in_bold_the_place_and_the_quote(api: BotApi) -> None:
    chat = api.private_chat()
    await chat.say("高企认定有什么补贴")
    reply = await chat.next_reply()
    assert any("不低于10万元" in bold for bold in reply.styled("bold"))
    assert "二(四)2 加大奖励扶持" in reply.text
    assert any("首次认定和重新认定国家高新技术企业" in quote for quote in reply.styled("blockquote"))


async def test_the_next_turn_takes_the_subject_of_the_last_and_other_chats_do_not(api: BotApi) -> None:
    one, other = api.private_chat(), api.private_chat()
    await one.say("2025年高企多少家")
    await one.next_reply()
    await one.say("那2035年呢")
    assert "130家" in (await one.next_reply()).text
    await other.say("那2035年呢")
    assert "130家" not in (await other.next_reply()).text


async def test_a_list_goes_on_page_by_page(api: BotApi) -> None:
    chat = api.private_chat()
    await chat.say("2030年的指标有哪些")
    assert "2030年：十八项目标" in (await chat.next_reply()).text
    await chat.say("下一页")
    assert "有效填报R&D经费支出的企业总数60家" in (await chat.next_reply()).text


@pytest.mark.parametrize("text", ["<b>&amp;</i>", "' OR 1=1; --", "😀😀", "高企" * 1500])
async def test_any_text_gets_an_ordinary_answer(api: BotApi, text: str) -> None:
    chat = api.private_chat()
    await chat.say(text)
    assert (await chat.next_reply()).text


async def test_wence_run_answers_as_a_process_notes_a_miss_and_ends_cleanly_when_told(state_url: str) -> None:
    async with BotApi() as server:
        environment = {
            **os.environ, "WENCE_TELEGRAM_TOKEN": server.token, "WENCE_TELEGRAM_API": server.base_url,
            "WENCE_DB": str(DATABASE), "WENCE_LOG": "DEBUG", "WENCE_STATE": state_url, "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        command = Path(sys.executable).with_name("wence")
        with subprocess.Popen(  # noqa: ASYNC220 - started at once, and waited for after the answer
            [command, "run"], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as process:
            try:
                chat = server.private_chat()
                await chat.say("区科协要干哪些事")
                reply = await chat.next_reply(within=20)
                assert "二(五)2" in reply.text
                await chat.say("高企所得税能减免多少")
                assert "没有写" in (await chat.next_reply()).text
            finally:
                process.send_signal(signal.SIGTERM)
                _, log = process.communicate(timeout=15)
        assert process.returncode == 0
        assert server.token.encode() not in log
        assert server.token.split(":")[1].encode() not in log
        assert PASSWORD.encode() not in log
    state = opened(state_url, Path())
    assert [(one.gap.asked, one.count) for one in noted(state, 10)] == [("高企所得税能减免多少", 1)]
    state.close()
