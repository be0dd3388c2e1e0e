"""Chats as a test sees them: people write, the bot's messages are waited for. The state behind the methods."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.markup import Entity, found, part
from tests.botapi.refusals import bad_request, forbidden
from tests.botapi.updates import Updates

ANONYMOUS_ADMIN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
WAIT = 5.0


@dataclass(frozen=True)
class User:
    """Somebody with an account; `bot` for those that are none."""

    id: int
    first_name: str = "小李"
    username: str | None = None
    language: str | None = "zh-hans"
    bot: bool = False

    def json(self) -> dict[str, Any]:
        values = {"username": self.username, "language_code": self.language}
        named = {key: value for key, value in values.items() if value}
        return {"id": self.id, "is_bot": self.bot, "first_name": self.first_name, **named}


@dataclass(frozen=True)
class Message:
    """A message in the Bot API's own JSON (`json`), with what a test asks of it."""

    json: dict[str, Any]
    sent: dict[str, str] = field(default_factory=dict)  # the parameters that the bot sent

    @property
    def message_id(self) -> int:
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        return str(self.json.get("text", ""))

    @property
    def entities(self) -> list[Entity]:
        return list(self.json.get("entities", []))

    @property
    def html(self) -> str | None:
        """The text as it was sent, if that was HTML."""
        return self.sent.get("text") if self.sent.get("parse_mode", "").lower() == "html" else None

    @property
    def reply_to(self) -> int | None:
        before = self.json.get("reply_to_message")
        return None if before is None or "forum_topic_created" in before else int(before["message_id"])

    @property
    def thread(self) -> int | None:
        """The forum topic that it stands in."""
        return self.json["message_thread_id"] if self.json.get("is_topic_message") else None

    def styled(self, kind: str) -> list[str]:
        """The words that stand in bold, in a quote, …: `styled("bold")`."""
        return [part(self.text, one) for one in self.entities if one["type"] == kind]


@dataclass
class World:
    """What one bot can see: its own account, the chats and the updates."""

    me: User
    sees_everything: bool  # privacy mode off
    updates: Updates = field(default_factory=Updates)
    chats: dict[int, Chat] = field(default_factory=dict)
    callbacks: set[str] = field(default_factory=set)
    profile: dict[tuple[str, ...], Any] = field(default_factory=dict)  # commands, descriptions, names

    def chat(self, written: str) -> Chat:
        """The chat that a request names."""
        if not written:
            raise bad_request("chat_id is empty")
        for chat in self.chats.values():
            if written in (str(chat.id), f"@{chat.names.get('username', '')}"):
                return chat
        raise bad_request("chat not found")


class Chat:
    """A chat with the bot in it. `say` puts an update in the queue, `next_reply` waits for the bot's next message."""

    kind = "private"
    opening = 0  # the number of the message that opened the chat, which no test needs

    def __init__(self, world: World, id: int, names: dict[str, Any], owner: User) -> None:  # noqa: A002 - its name in the API
        self.world, self.id, self.names, self.owner = world, id, names, owner
        self.messages: dict[int, Message] = {}
        self.expelled = False  # blocked in a private chat, kicked in a group
        self._outbox: defaultdict[int | None, asyncio.Queue[Message]] = defaultdict(asyncio.Queue)
        world.chats[id] = self

    def json(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.kind, **self.names}

    async def say(
        self, text: str, *, user: User | None = None, reply_to: Message | None = None, anonymous: bool = False
    ) -> Message:
        """What a person writes: commands, mentions and addresses in it are found as Telegram finds them."""
        return self._say(text, user, reply_to, None, anonymous=anonymous)

    async def next_reply(self, within: float = WAIT) -> Message:
        """The bot's next message; TimeoutError without one."""
        return await asyncio.wait_for(self._outbox[None].get(), within)

    def unread(self) -> list[Message]:
        """The bot's messages that no test has taken yet, in all topics."""
        return [queue.get_nowait() for queue in self._outbox.values() for _ in range(queue.qsize())]

    async def press(self, message: Message, data: str, *, user: User | None = None) -> str:
        """Somebody presses a button of the bot's; gives the id of the callback query."""
        query = {"id": str(4_000_000_000 + len(self.world.callbacks)), "chat_instance": str(-(10**15) - self.id)}
        self.world.callbacks.add(query["id"])
        asker = (user or self.owner).json()
        self.world.updates.add("callback_query", {**query, "from": asker, "message": message.json, "data": data})
        return query["id"]

    # ------------------------------------------------------------ what the methods use

    def post(self, sender: dict[str, Any], content: dict[str, Any], reply_to: int = 0, thread: int = 0) -> Message:
        """A new message in this chat, in the thread where Telegram would put it."""
        number = max(self.messages, default=self.opening) + 1
        before = self.messages.get(reply_to)
        json = {
            "message_id": number,
            "from": sender,
            "chat": self.json(),
            "date": int(time.time()),
            **self._place(before, thread),
            **({"reply_to_message": _shallow(before)} if before else {}),
            **content,
        }
        self.messages[number] = Message(json)
        return self.messages[number]

    def deliver(self, message: Message, sent: dict[str, str]) -> Message:
        """The bot's own message, to whoever waits for it."""
        message = self.messages[message.message_id] = Message(message.json, sent)
        self._outbox[message.thread].put_nowait(message)
        return message

    def check_writable(self) -> None:
        if self.expelled:
            raise forbidden("bot was blocked by the user")

    def check_thread(self, thread: int) -> None:
        if thread:
            raise bad_request("message thread not found")

    def shows_the_bot(self, message: Message) -> bool:
        return True

    def _place(self, before: Message | None, thread: int) -> dict[str, Any]:
        return {}

    def _say(
        self, text: str, user: User | None, reply_to: Message | None, thread: int | None, *, anonymous: bool = False
    ) -> Message:
        sender = {"sender_chat": self.json()} if anonymous else {}
        entities = found(text.strip())
        content = {**sender, "text": text.strip(), **({"entities": entities} if entities else {})}
        who = ANONYMOUS_ADMIN if anonymous else (user or self.owner).json()
        message = self.post(who, content, reply_to.message_id if reply_to else 0, thread or 0)
        if self.shows_the_bot(message):
            self.world.updates.add("message", message.json)
        return message


class Group(Chat):
    """A group, supergroup or forum."""

    kind = "supergroup"
    opening = 1  # "group created"; in a forum also the thread of the General topic

    def topic(self, name: str, creator: User | None = None) -> Topic:
        """A new forum topic; without `creator` the owner opens it."""
        self.names["is_forum"] = True
        note = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        made = self.post((creator or self.owner).json(), note)
        made.json.update(message_thread_id=made.message_id, is_topic_message=True)
        return Topic(self, made.message_id)

    def check_writable(self) -> None:
        if self.expelled:
            raise forbidden(f"bot was kicked from the {self.kind} chat")

    def check_thread(self, thread: int) -> None:
        """A topic's thread, or the first message of a chain of replies; 1, the General topic, is none."""
        opening = self.messages.get(thread)
        forum = self.names.get("is_forum")
        if thread and (opening is None or (forum and "forum_topic_created" not in opening.json)):
            raise bad_request("message thread not found")

    def shows_the_bot(self, message: Message) -> bool:
        """In privacy mode a bot sees commands (not those of other bots), mentions and replies to it."""
        if self.world.sees_everything:
            return True
        before = message.json.get("reply_to_message", {})
        name = f"@{self.world.me.username}".lower()
        commands = [one.lower() for one in message.styled("bot_command")]
        mentions = [one.lower() for one in message.styled("mention")]
        meant = any("@" not in one or one.endswith(name) for one in commands)
        replies = before.get("from", {}).get("id") == self.world.me.id and "forum_topic_created" not in before
        return meant or name in mentions or replies

    def _place(self, before: Message | None, thread: int) -> dict[str, Any]:
        """A reply stands where its original stands; elsewhere than in forums it opens a thread that is no topic."""
        if self.names.get("is_forum"):
            thread = thread or (before.thread or 0 if before else 0)
            opening = {"reply_to_message": _shallow(self.messages[thread])} if thread else {}
            return {"message_thread_id": thread, "is_topic_message": True, **opening} if thread else {}
        thread = thread or (before.json.get("message_thread_id", before.message_id) if before else 0)
        return {"message_thread_id": thread} if thread and self.kind == "supergroup" else {}


@dataclass(frozen=True)
class Topic:
    """One topic of a forum."""

    group: Group
    thread: int

    async def say(self, text: str, *, user: User | None = None, reply_to: Message | None = None) -> Message:
        return self.group._say(text, user, reply_to, self.thread)

    async def next_reply(self, within: float = WAIT) -> Message:
        return await asyncio.wait_for(self.group._outbox[self.thread].get(), within)


def _shallow(message: Message) -> dict[str, Any]:
    """A message as it stands inside another: without the one that it replies to."""
    return {key: value for key, value in message.json.items() if key != "reply_to_message"}
