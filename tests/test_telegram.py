"""The bot in Telegram, end to end over real HTTP: what it answers, what it leaves alone, and where the answer stands."""

import html
from collections.abc import AsyncIterator

import pytest

from tests.botapi import BotApi, Message, User
from tests.botapi.running import WORDS, running

AWARD = "高企认定有什么补贴"
COLLEAGUE = User(2_000_001, "王工")


class Answers:
    """Stands where conversation and rendering are joined: remembers who asked, answers in HTML with the citation."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.broken = False

    async def __call__(self, chat_key: str, question: str) -> str:
        self.asked.append((chat_key, question))
        if self.broken:
            raise RuntimeError("the database is gone")
        quote = "每家给予不低于10万元的奖励"
        return f"<b>不低于10万元</b>\n问：{html.escape(question)}\n<blockquote expandable>{quote}</blockquote>"

    @property
    def questions(self) -> list[str]:
        return [question for _, question in self.asked]


@pytest.fixture(autouse=True)
def _loopback_without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
async def api(answers: Answers) -> AsyncIterator[BotApi]:
    """A server with the bot at it; the bot sees everything in groups, so that its silence is its own."""
    async with BotApi() as api, running(api, answers):
        yield api


async def handled(api: BotApi) -> None:
    """Until everything said so far is handled: the bot takes one message at a time, in order."""
    chat = api.private_chat(User(9_000_000 + len(api.world.chats)))
    await chat.say("/help")
    await chat.next_reply()


def is_answer(reply: Message) -> bool:
    return reply.styled("bold") == ["不低于10万元"] and reply.styled("expandable_blockquote") != []


# ------------------------------------------------------------ private chats


async def test_start_and_help_are_answered_in_the_texts_handed_in(api: BotApi) -> None:
    chat = api.private_chat()
    for command, key in (("/start", "tg.start"), ("/start x1", "tg.start"), ("/help", "tg.help"), ("/HELP", "tg.help")):
        await chat.say(command)
        assert (await chat.next_reply()).text == WORDS[key]


async def test_a_question_is_answered_in_html_with_the_citation(api: BotApi, answers: Answers) -> None:
    chat = api.private_chat()
    await chat.say(AWARD)
    reply = await chat.next_reply()
    assert is_answer(reply)
    assert reply.styled("expandable_blockquote") == ["每家给予不低于10万元的奖励"]
    assert answers.asked == [(f"{chat.id}:0:{chat.owner.id}", AWARD)]
    assert reply.sent["link_preview_options"] == '{"is_disabled": true}'
    assert reply.reply_to is None


@pytest.mark.parametrize("command", ["/ask ", "/ask", "/ask@wence_bot ", "/ask\n", "/ASK  "])
async def test_ask_takes_what_follows_it_also_without_a_space(api: BotApi, answers: Answers, command: str) -> None:
    chat = api.private_chat()
    await chat.say(f"{command}{AWARD}")
    assert is_answer(await chat.next_reply())
    assert answers.questions == [AWARD]


@pytest.mark.parametrize("text", ["/ask", "@wence_bot", "/ask @wence_bot", "/unit 区科协", "/2024"])
async def test_without_a_question_and_for_an_unknown_command_there_is_help(
    api: BotApi, answers: Answers, text: str
) -> None:
    chat = api.private_chat()
    await chat.say(text)
    assert (await chat.next_reply()).text == WORDS["tg.help"]
    assert answers.asked == []


@pytest.mark.parametrize(
    "question",
    ["a<b>&amp;\"'</b>", "<script>alert(1)</script>", "1 < 2 && 3 > 2", "😀" * 50, "*粗* _斜_ `码`", "x" * 3000],
)
async def test_any_characters_come_back_as_they_were_asked(api: BotApi, answers: Answers, question: str) -> None:
    chat = api.private_chat()
    await chat.say(question)
    assert f"问：{question}\n" in (await chat.next_reply()).text
    assert answers.questions == [question]


async def test_two_people_have_two_conversations(api: BotApi, answers: Answers) -> None:
    one, other = api.private_chat(), api.private_chat()
    await one.say("高企")
    await other.say("科小")
    assert "高企" in (await one.next_reply()).text
    assert "科小" in (await other.next_reply()).text
    assert len({key for key, _ in answers.asked}) == 2


# ------------------------------------------------------------------- groups


@pytest.mark.parametrize("text", [AWARD, "@other_bot 高企", "/ask@other_bot 高企", "/unit 区科协", "me@wence_bot.cn"])
async def test_in_a_group_what_is_not_for_the_bot_stays_unanswered(api: BotApi, answers: Answers, text: str) -> None:
    group = api.group()
    await group.say(text)
    await handled(api)
    assert group.unread() == []
    assert answers.asked == []


@pytest.mark.parametrize(
    "text",
    [
        f"@wence_bot {AWARD}",
        f"{AWARD} @Wence_Bot",
        f"😀😀 @wence_bot {AWARD}",
        f"/ask@wence_bot {AWARD}",
        f"/ask {AWARD}",
    ],
)
async def test_in_a_group_a_mention_and_a_command_are_answered_as_a_reply(
    api: BotApi, answers: Answers, text: str
) -> None:
    group = api.group()
    said = await group.say(text, user=COLLEAGUE)
    reply = await group.next_reply()
    assert is_answer(reply)
    assert reply.reply_to == said.message_id
    assert answers.asked == [(f"{group.id}:0:{COLLEAGUE.id}", answers.questions[0])]
    assert answers.questions[0].removeprefix("😀😀").strip() == AWARD


async def test_in_a_group_a_reply_to_the_bot_is_answered_and_a_reply_to_a_person_is_not(
    api: BotApi, answers: Answers
) -> None:
    group = api.group()
    said = await group.say(f"@wence_bot {AWARD}")
    answer = await group.next_reply()
    await group.say("那2035年呢", reply_to=said)
    follow_up = await group.say("谁负责", reply_to=answer, user=COLLEAGUE)
    assert (await group.next_reply()).reply_to == follow_up.message_id
    assert answers.questions == [AWARD, "谁负责"]
    await group.say("/ask@other_bot 高企", reply_to=answer)
    await handled(api)
    assert group.unread() == []


async def test_start_and_help_in_a_group_are_replies_and_unknown_commands_need_the_name(api: BotApi) -> None:
    group = api.group(kind="group")
    for text in ("/start", "/help@wence_bot", "/unit@wence_bot 区科协"):
        said = await group.say(text)
        assert (await group.next_reply()).reply_to == said.message_id


async def test_in_a_forum_the_answer_stands_in_the_topic_of_the_question(api: BotApi, answers: Answers) -> None:
    group = api.group()
    one, other = group.topic("高企申报"), group.topic("闲谈", creator=api.me)
    said = await one.say(f"@wence_bot {AWARD}")
    reply = await one.next_reply()
    assert (reply.thread, reply.reply_to) == (one.thread, said.message_id)
    assert reply.sent["message_thread_id"] == str(one.thread)
    assert answers.asked[0][0] == f"{group.id}:{one.thread}:{group.owner.id}"
    await other.say("大家好")  # the topic's own note is the bot's, and still nobody asked it
    await group.say(f"@wence_bot {AWARD}")
    assert (await group.next_reply()).thread is None
    assert answers.asked[1][0] == f"{group.id}:0:{group.owner.id}"
    assert group.unread() == []


async def test_a_chain_of_replies_is_no_topic(api: BotApi, answers: Answers) -> None:
    group = api.group()
    first = await group.say("有个问题")
    said = await group.say(f"@wence_bot {AWARD}", reply_to=first)
    reply = await group.next_reply()
    assert "message_thread_id" not in reply.sent
    assert reply.reply_to == said.message_id
    assert answers.asked[0][0] == f"{group.id}:0:{group.owner.id}"


async def test_an_anonymous_administrator_is_answered_and_another_bot_is_not(api: BotApi, answers: Answers) -> None:
    group = api.group()
    await group.say("@wence_bot 高企", user=User(77, "News", "news_bot", bot=True))
    said = await group.say(f"@wence_bot {AWARD}", anonymous=True)
    assert (await group.next_reply()).reply_to == said.message_id
    assert answers.asked == [(f"{group.id}:0:1087968824", AWARD)]


async def test_in_privacy_mode_commands_mentions_and_replies_still_arrive(answers: Answers) -> None:
    async with BotApi(sees_everything=False) as api, running(api, answers):
        group = api.group()
        await group.say(AWARD)
        await group.say(f"@wence_bot {AWARD}")
        await group.say("谁负责", reply_to=await group.next_reply())
        await group.next_reply()
        await group.say("/ask 科小")
        await group.next_reply()
    assert answers.questions == [AWARD, "谁负责", "科小"]


# ------------------------------------------------------------------ trouble


async def test_an_error_is_answered_with_one_apology_and_the_next_question_as_ever(
    api: BotApi, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    chat = api.private_chat()
    answers.broken = True
    await chat.say(AWARD)
    assert (await chat.next_reply()).text == WORDS["tg.sorry"]
    record = next(one for one in caplog.records if one.name == "bot.tg.handlers")
    assert "the database is gone" in caplog.text
    assert AWARD not in record.getMessage()
    answers.broken = False
    await chat.say(AWARD)
    assert is_answer(await chat.next_reply())
    assert chat.unread() == []


@pytest.mark.parametrize(
    ("refused", "shown"), [("<b>不低于 & 10万元", "不低于 & 10万元"), ("<p>1 &lt; 2</p> < 3", "<p>1 < 2</p> < 3")]
)
async def test_html_that_the_server_refuses_is_sent_as_plain_text(refused: str, shown: str) -> None:
    async def broken(_key: str, _question: str) -> str:
        return refused

    async with BotApi() as api, running(api, broken):
        chat = api.private_chat()
        await chat.say(AWARD)
        reply = await chat.next_reply()
        assert (reply.text, reply.html) == (shown, None)
        assert [one.status for one in api.called("sendMessage")] == [400, 200]


@pytest.mark.parametrize("status", [403, 429, 500, 502])
async def test_a_send_that_fails_is_logged_and_not_followed_by_an_apology(
    api: BotApi, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    chat = api.private_chat()
    api.refuse("sendMessage", status, "it fails", **({"retry_after": 1} if status == 429 else {}))
    await chat.say(AWARD)
    await handled(api)
    assert chat.unread() == []
    assert [one.levelname for one in caplog.records if one.name == "bot.tg.handlers"] == ["ERROR"]


async def test_a_message_that_is_gone_is_answered_all_the_same(api: BotApi) -> None:
    group = api.group()
    said = await group.say(f"@wence_bot {AWARD}")
    del group.messages[said.message_id]
    assert (await group.next_reply()).reply_to is None


async def test_only_messages_are_asked_for(api: BotApi) -> None:
    await handled(api)
    assert {one.params.text("allowed_updates") for one in api.called("getUpdates")} == {'["message"]'}
