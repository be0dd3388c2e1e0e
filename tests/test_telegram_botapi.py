"""The test server itself: it takes what the real Bot API takes, and refuses what that refuses, in the same words."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.botapi import TOKEN, BotApi, Chat, User
from tests.botapi.updates import FIRST

ENTITY_ERRORS = [
    ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
    ("一<b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
    ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("三<br/>", 'Unsupported start tag "br/" at byte offset 3'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("<b", "Unclosed start tag at byte offset 0"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
    ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
    ('<a href="x', "Unclosed start tag at byte offset 0"),
    ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji emoji-id='x'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    (
        "&#xd800;",
        (
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        ),
    ),
]
ENTITIES = [
    ("<b>粗</b>体", "粗体", [("bold", 0, 1)]),
    ("😀<strong>粗</strong>", "😀粗", [("bold", 2, 1)]),
    ("<b>一<i>二</i></b>", "一二", [("bold", 0, 2), ("italic", 1, 1)]),
    ("<B>x</B><u></u>", "x", [("bold", 0, 1)]),
    ("<b>x</>", "x", [("bold", 0, 1)]),
    ("&lt;b&gt; &amp;amp; &quot;&#65;&#x1F600; &nbsp; &copy & &#0;", '<b> &amp; "A😀 &nbsp; &copy & &#0;', []),
    ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ("<blockquote expandable >x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
    ('<span class="tg-spoiler">x</span><s>y</s>', "xy", [("spoiler", 0, 1), ("strikethrough", 1, 1)]),
    ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
    ('<code class="language-python">/x</code>', "/x", [("code", 0, 2)]),
    ("<a href='https://example.org/?a=1&amp;b=2'>x</a>", "x", [("text_link", 0, 1)]),
    ("<a href='nowhere'>x</a>", "x", []),
    ("<a href='tg://user?id=7'>x</a>", "x", [("text_mention", 0, 1)]),
    ("  <b>x </b>\n ", "x", [("bold", 0, 1)]),
    (
        "问 @wence_bot /help 见 https://example.org。",
        None,
        [("mention", 2, 10), ("bot_command", 13, 5), ("url", 21, 19)],
    ),
]


@pytest.fixture(autouse=True)
def _loopback_without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


class Client:
    """Speaks HTTP to the server, as plainly as can be."""

    def __init__(self, api: BotApi, http: httpx.AsyncClient) -> None:
        self.api, self.http = api, http

    async def __call__(self, method: str, **params: Any) -> tuple[int, Any]:
        """Status, and the result or the description."""
        reply = await self.http.post(f"{self.api.base_url}/bot{TOKEN}/{method}", data=params)
        body = reply.json()
        assert body["ok"] == (reply.status_code == 200)
        assert body.get("error_code", 200) == reply.status_code
        return reply.status_code, body["result"] if body["ok"] else body["description"]

    async def sent(self, chat: Chat, text: str, **params: Any) -> tuple[int, Any]:
        return await self("sendMessage", chat_id=chat.id, text=text, **params)


@pytest.fixture
async def call(api: BotApi) -> AsyncIterator[Client]:
    async with httpx.AsyncClient(timeout=10, verify=False) as http:
        yield Client(api, http)


# ------------------------------------------------------------------- requests


async def test_a_token_must_be_the_bots_own(api: BotApi, call: Client) -> None:
    for token, status, description in (
        ("5005001:BBHwrongWRONGwrongWRONGwrongWRONG1", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
    ):
        reply = await call.http.get(f"{api.base_url}/bot{token}/getMe")
        assert reply.status_code == status
        assert reply.json() == {"ok": False, "error_code": status, "description": description}


async def test_methods_are_known_in_any_case_and_others_are_not_found(call: Client) -> None:
    status, me = await call("GETME")
    assert (status, me["is_bot"], me["username"]) == (200, True, "wence_bot")
    assert await call("sendPigeon") == (404, "Not Found: method not found")


async def test_every_way_to_write_parameters_is_understood(api: BotApi, call: Client) -> None:
    chat, url = api.private_chat(), f"{api.base_url}/bot{TOKEN}/sendMessage"
    params: dict[str, Any] = {
        "chat_id": str(chat.id),
        "text": "高企 & <科小>",
        "link_preview_options": '{"is_disabled": true}',
    }
    nested = {"chat_id": chat.id, "text": params["text"], "link_preview_options": {"is_disabled": True}}
    files = {name: (None, value) for name, value in params.items()}
    for reply in (
        await call.http.post(url, data=params),
        await call.http.post(url, files=files),
        await call.http.post(url, json=nested),
        await call.http.get(url, params=params),
    ):
        assert reply.status_code == 200
        assert (await chat.next_reply()).text == params["text"]


async def test_what_is_no_utf_8_or_no_json_is_refused(api: BotApi, call: Client) -> None:
    url = f"{api.base_url}/bot{TOKEN}/sendMessage"
    gbk = await call.http.post(
        url, content="text=高企".encode("gbk"), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert gbk.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    for body in (b"{", b"[]"):
        broken = await call.http.post(url, content=body, headers={"Content-Type": "application/json"})
        assert broken.json()["description"] == "Bad Request: can't parse JSON object"


# -------------------------------------------------------------------- updates


async def test_updates_stay_until_a_higher_offset_confirms_them(api: BotApi, call: Client) -> None:
    chat = api.private_chat(User(5, "小李", "xiaoli"))
    for text in ("一", "二", "三"):
        await chat.say(text)
    first = (await call("getUpdates"))[1]
    assert [one["message"]["text"] for one in first] == ["一", "二", "三"]
    assert [one["update_id"] for one in first] == [FIRST, FIRST + 1, FIRST + 2]
    message = first[0]["message"]
    assert message["chat"] == {"id": 5, "type": "private", "first_name": "小李", "username": "xiaoli"}
    assert message["from"]["is_bot"] is False
    assert 1_600_000_000 < message["date"] < 4_000_000_000
    assert len((await call("getUpdates", limit=2))[1]) == 2
    assert len((await call("getUpdates", offset=FIRST + 1))[1]) == 2
    assert len((await call("getUpdates", offset=-1))[1]) == 1
    assert (await call("getUpdates", offset=FIRST + 9))[1] == []


async def test_a_long_poll_waits_for_an_update_and_no_longer_than_asked(api: BotApi, call: Client) -> None:
    chat = api.private_chat()
    assert (await call("getUpdates", timeout=1))[1] == []
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await api.wait_for("getUpdates", 2)
    await asyncio.sleep(0.05)
    assert not poll.done()
    await chat.say("高企")
    assert (await asyncio.wait_for(poll, 2))[1][0]["message"]["text"] == "高企"


async def test_a_second_poll_ends_the_first_with_409(api: BotApi, call: Client) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=30))
    await api.wait_for("getUpdates")
    newer = asyncio.create_task(call("getUpdates", timeout=1))
    assert await older == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    assert await newer == (200, [])


async def test_polling_and_webhook_exclude_each_other(api: BotApi, call: Client) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await api.wait_for("getUpdates")
    assert (await call("setWebhook", url="http://example.org"))[0] == 400
    assert (await call("setWebhook", url="https://example.org", secret_token="a b"))[0] == 400
    assert await call("setWebhook", url="https://example.org/hook", secret_token="s3cret") == (200, True)
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert (await call("getUpdates"))[0] == 409
    await api.private_chat().say("高企")
    info = (await call("getWebhookInfo"))[1]
    assert (info["url"], info["pending_update_count"]) == ("https://example.org/hook", 1)
    assert await call("deleteWebhook", drop_pending_updates="true") == (200, True)
    assert (await call("getUpdates"))[1] == []


async def test_kinds_that_were_not_asked_for_do_not_come(api: BotApi, call: Client) -> None:
    chat = api.private_chat()
    await call("getUpdates", allowed_updates='["callback_query"]')
    await chat.say("高企")
    await call.sent(chat, "x")
    await chat.press(await chat.next_reply(), "data")
    updates = (await call("getUpdates"))[1]
    assert [list(one)[1] for one in updates] == ["callback_query"]


async def test_state_outlives_a_restart_on_the_same_port(api: BotApi, call: Client) -> None:
    address = api.base_url
    await api.private_chat().say("高企")
    await api.down()
    with pytest.raises(httpx.ConnectError):
        await call("getMe")
    await api.up()
    assert api.base_url == address
    assert len((await call("getUpdates"))[1]) == 1


# ------------------------------------------------------------------- messages


@pytest.mark.parametrize(("text", "error"), ENTITY_ERRORS)
async def test_broken_html_is_refused_in_the_words_of_the_real_server(
    api: BotApi, call: Client, text: str, error: str
) -> None:
    refused = await call.sent(api.private_chat(), text, parse_mode="HTML")
    assert refused == (400, f"Bad Request: can't parse entities: {error}")


@pytest.mark.parametrize(("source", "text", "entities"), ENTITIES)
async def test_html_becomes_text_and_entities(
    api: BotApi, call: Client, source: str, text: str | None, entities: list[tuple[str, int, int]]
) -> None:
    _, message = await call.sent(api.private_chat(), source, parse_mode="html")
    assert message["text"] == (text if text is not None else source)
    assert [(one["type"], one["offset"], one["length"]) for one in message.get("entities", [])] == entities


async def test_links_and_languages_are_kept(api: BotApi, call: Client) -> None:
    source = '<a href="https://example.org/?a=1&amp;b=2">x</a><pre><code class="language-python">y</code></pre>'
    _, message = await call.sent(api.private_chat(), source, parse_mode="HTML")
    assert message["entities"][0]["url"] == "https://example.org/?a=1&b=2"
    assert message["entities"][1]["language"] == "python"


async def test_4096_units_after_parsing_are_the_limit(api: BotApi, call: Client) -> None:
    chat = api.private_chat()
    for text in ("字" * 4096, "😀" * 2048, "&amp;" * 4096, "字" * 4096 + "\n"):
        assert (await call.sent(chat, f"<b>{text}</b>", parse_mode="HTML"))[0] == 200
    for text in ("字" * 4097, "😀" * 2048 + "x"):
        assert await call.sent(chat, text, parse_mode="HTML") == (400, "Bad Request: message is too long")
    assert await call.sent(chat, "字" * 11_000) == (400, "Bad Request: text is too long")


async def test_at_most_100_entities_are_kept(api: BotApi, call: Client) -> None:
    _, message = await call.sent(api.private_chat(), "<b>x</b> " * 120, parse_mode="HTML")
    assert len(message["entities"]) == 100


@pytest.mark.parametrize(
    ("change", "status", "description"),
    [
        ({"text": ""}, 400, "Bad Request: message text is empty"),
        ({"text": " \n"}, 400, "Bad Request: text must be non-empty"),
        ({"text": "<b></b>"}, 400, "Bad Request: text must be non-empty"),
        ({"parse_mode": "wiki"}, 400, "Bad Request: unsupported parse_mode"),
        ({"chat_id": ""}, 400, "Bad Request: chat_id is empty"),
        ({"chat_id": "12"}, 400, "Bad Request: chat not found"),
        ({"chat_id": "@nobody"}, 400, "Bad Request: chat not found"),
        ({"message_thread_id": "7"}, 400, "Bad Request: message thread not found"),
        ({"reply_parameters": '{"message_id": 99}'}, 400, "Bad Request: message to be replied not found"),
        ({"reply_parameters": '{"message_id": 99, "allow_sending_without_reply": true}'}, 200, None),
        ({"reply_parameters": "{"}, 400, "Bad Request: can't parse reply parameters JSON object"),
        ({"link_preview_options": "[]"}, 400, "Bad Request: object expected as link preview options"),
        (
            {"reply_markup": json.dumps({"inline_keyboard": [[{"text": "x", "callback_data": "字" * 22}]]})},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"reply_markup": json.dumps({"inline_keyboard": [[{"text": "x"}]]})},
            400,
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
async def test_what_a_message_may_not_be(
    api: BotApi, call: Client, change: dict[str, str], status: int, description: str | None
) -> None:
    params = {"chat_id": str(api.private_chat().id), "text": "x", "parse_mode": "HTML", **change}
    answer = await call("sendMessage", **params)
    assert answer[0] == status
    assert description in (None, answer[1])


async def test_who_blocked_or_expelled_the_bot_gets_nothing(api: BotApi, call: Client) -> None:
    chat, group = api.private_chat(), api.group(kind="group")
    chat.expelled = group.expelled = True
    assert await call.sent(chat, "x") == (403, "Forbidden: bot was blocked by the user")
    assert await call.sent(group, "x") == (403, "Forbidden: bot was kicked from the group chat")
    assert (await call("sendChatAction", chat_id=chat.id, action="typing"))[0] == 403


async def test_topics_have_threads_and_the_general_one_has_none(api: BotApi, call: Client) -> None:
    group = api.group()
    topic = group.topic("高企申报")
    said = await topic.say("问")
    general = await group.say("问")
    assert (said.thread, general.thread) == (topic.thread, None)
    assert "forum_topic_created" in said.json["reply_to_message"]
    assert (await call.sent(group, "x", message_thread_id=topic.thread))[1]["is_topic_message"] is True
    assert (await call.sent(group, "x", message_thread_id=1))[0] == 400
    reply = json.dumps({"message_id": said.message_id})
    assert (await call.sent(group, "x", reply_parameters=reply))[1]["message_thread_id"] == topic.thread
    assert [(await topic.next_reply()).text for _ in range(2)] == ["x", "x"]
    with pytest.raises(TimeoutError):
        await group.next_reply(0.01)


async def test_an_edit_gives_the_message_and_refuses_what_changes_nothing(api: BotApi, call: Client) -> None:
    chat = api.private_chat()
    said = await chat.say("高企")
    number = (await call.sent(chat, "<b>一</b>", parse_mode="HTML"))[1]["message_id"]

    async def edit(text: str, message_id: int = number) -> tuple[int, Any]:
        return await call("editMessageText", chat_id=chat.id, message_id=message_id, text=text, parse_mode="HTML")

    _, edited = await edit("<b>二</b>")
    assert (edited["message_id"], edited["text"], "edit_date" in edited) == (number, "二", True)
    assert (await edit("<b>二</b>"))[1].startswith("Bad Request: message is not modified: specified new message")
    assert (await edit("二"))[0] == 200
    assert await edit("三", 99) == (400, "Bad Request: message to edit not found")
    assert await edit("三", said.message_id) == (400, "Bad Request: message can't be edited")


async def test_a_callback_query_is_answered_once(api: BotApi, call: Client) -> None:
    chat = api.private_chat()
    keyboard = json.dumps({"inline_keyboard": [[{"text": "原文", "callback_data": "v1:12"}]]})
    await call.sent(chat, "x", reply_markup=keyboard)
    number = await chat.press(await chat.next_reply(), "v1:12")
    query = (await call("getUpdates"))[1][0]["callback_query"]
    assert (query["id"], query["data"]) == (number, "v1:12")
    assert query["chat_instance"]
    assert await call("answerCallbackQuery", callback_query_id=number) == (200, True)
    assert (await call("answerCallbackQuery", callback_query_id=number))[1] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_faults_come_in_order_and_then_no_more(api: BotApi, call: Client) -> None:
    api.refuse("getMe", 429, "Too Many Requests: retry after 3", retry_after=3)
    api.refuse("getMe", 502, "Bad Gateway", times=2)
    reply = await call.http.get(f"{api.base_url}/bot{TOKEN}/getMe")
    assert reply.json()["parameters"] == {"retry_after": 3}
    assert [(await call("getMe"))[0] for _ in range(3)] == [502, 502, 200]
    assert [one.status for one in api.called("getMe")] == [429, 502, 502, 200]


# -------------------------------------------------------------------- profile


async def test_commands_are_kept_by_scope_and_language(call: Client) -> None:
    commands = json.dumps([{"command": "ask", "description": "提问"}])
    groups = json.dumps({"type": "all_group_chats"})
    assert await call("setMyCommands", commands=commands, scope=groups, language_code="zh") == (200, True)
    assert (await call("getMyCommands"))[1] == []
    assert len((await call("getMyCommands", scope=groups, language_code="zh"))[1]) == 1
    assert await call("deleteMyCommands", scope=groups, language_code="zh") == (200, True)
    assert (await call("getMyCommands", scope=groups, language_code="zh"))[1] == []


@pytest.mark.parametrize("command", [{"command": "谁负责", "description": "x"}, {"command": "ask", "description": ""}])
async def test_commands_are_latin_and_described(call: Client, command: dict[str, str]) -> None:
    assert (await call("setMyCommands", commands=json.dumps([command])))[0] == 400


async def test_descriptions_have_their_limits_and_languages(call: Client) -> None:
    assert await call("setMyShortDescription", short_description="查政策") == (200, True)
    assert await call("setMyShortDescription", short_description="Policies", language_code="en") == (200, True)
    assert (await call("getMyShortDescription"))[1] == {"short_description": "查政策"}
    assert (await call("getMyShortDescription", language_code="en"))[1] == {"short_description": "Policies"}
    assert (await call("setMyShortDescription", short_description="长" * 121))[0] == 400
    assert (await call("getMyName"))[1] == {"name": "问策"}


# -------------------------------------------- the library reads all that it says


async def test_python_telegram_bot_reads_every_answer(api: BotApi) -> None:
    forum = api.group()
    topic = forum.topic("高企申报")
    async with telegram.Bot(TOKEN, base_url=f"{api.base_url}/bot", base_file_url=f"{api.base_url}/file/bot") as bot:
        assert bot.username == "wence_bot"
        await topic.say("/ask@wence_bot 高企", user=User(8, "王工", language=None))
        await forum.say("匿名", anonymous=True)
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("原文", callback_data="v1")]])
        sent = await bot.send_message(
            forum.id, "<b>x</b>", "HTML", message_thread_id=topic.thread, reply_markup=keyboard
        )
        edited = await sent.edit_text("<b>y</b>", "HTML", reply_markup=keyboard)
        await forum.press(await topic.next_reply(), "v1")
        topical, anonymous, pressed = await bot.get_updates(timeout=1)
        assert topical.message
        assert topical.message.is_topic_message
        assert topical.message.reply_to_message
        assert anonymous.message
        assert anonymous.message.sender_chat == anonymous.message.chat
        assert pressed.callback_query
        assert await pressed.callback_query.answer("好")
        assert isinstance(edited, telegram.Message)
        assert edited.reply_markup == keyboard
        assert await bot.set_my_commands([("ask", "提问")], telegram.BotCommandScopeChat(forum.id))
        assert await bot.send_chat_action(forum.id, "typing")
        assert (await bot.get_webhook_info()).url == ""
        with pytest.raises(telegram.error.BadRequest, match="end tag"):
            await bot.send_message(forum.id, "<b>", "HTML")
