"""A small Bot API server for tests: real HTTP on loopback, as strict as the real one in all that it offers.

    async with BotApi() as api:
        chat = api.private_chat()
        await chat.say("高企认定有什么补贴")
        reply = await chat.next_reply()

`server` speaks HTTP, `methods` is the register of what it offers, `chats` and `updates` hold the state, `markup` parses
HTML. A fault is one line: `api.refuse("sendMessage", 502, "Bad Gateway")`, `await api.down()`.
"""

from tests.botapi.chats import Chat, Group, Message, Topic, User
from tests.botapi.refusals import Refusal
from tests.botapi.server import TOKEN, BotApi

__all__ = ["TOKEN", "BotApi", "Chat", "Group", "Message", "Refusal", "Topic", "User"]
