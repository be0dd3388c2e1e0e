"""What a Telegram message means to the bot: whether it is meant for it, what it asks, where the answer belongs.

Pure: it looks at one message and sends nothing.
"""

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType

GENERAL_TOPIC = 1  # what Telegram calls it; a send must leave it out
GLUED = re.compile(r"/ask(?:@\w+)?", re.ASCII | re.IGNORECASE)  # `/ask高企认定`: without a space it is no command


def is_from_a_person(message: Message) -> bool:
    """False for other bots, so that two bots never answer each other; anonymous administrators are people."""
    sender = message.from_user
    return sender is None or not sender.is_bot or message.sender_chat is not None


def is_addressed(message: Message) -> bool:
    """Whether the bot is spoken to: always in a private chat, in a group by its name or by a reply to it."""
    return message.chat.type == ChatType.PRIVATE or bool(_own_names(message)) or _replies_to_the_bot(message)


def question(message: Message) -> str:
    """The message's words without the bot's name and without the command: `@wence_bot 高企` → `高企`."""
    units = (message.text or "").encode("utf-16-le", "surrogatepass")
    for entity in sorted({*_own_names(message), *_command(message)}, key=lambda one: one.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    text = units.decode("utf-16-le", "surrogatepass").strip()
    return text[found.end() :].strip() if (found := GLUED.match(text)) else text


def thread(message: Message) -> int | None:
    """The forum topic to answer in; replies in other groups carry a thread id as well, which is no topic."""
    inside = message.is_topic_message and message.message_thread_id != GENERAL_TOPIC
    return message.message_thread_id if inside else None


def chat_key(message: Message) -> str:
    """Whose conversation this is: `CHAT:TOPIC:ASKER`, 0 where there is none."""
    asker = message.from_user.id if message.from_user else 0
    return f"{message.chat_id}:{thread(message) or 0}:{asker}"


def _own_names(message: Message) -> list[MessageEntity]:
    """Where the message names the bot: `@wence_bot`, `/ask@wence_bot`, or a mention by id."""
    bot = message.get_bot()
    name = f"@{bot.username}".lower()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND]
    return [
        entity
        for entity, text in message.parse_entities(kinds).items()
        if (entity.user and entity.user.id == bot.id)
        or (entity.type == MessageEntity.MENTION and text.lower() == name)
        or (entity.type == MessageEntity.BOT_COMMAND and text.lower().endswith(name))
    ]


def _command(message: Message) -> list[MessageEntity]:
    return [one for one in message.entities if one.type == MessageEntity.BOT_COMMAND and one.offset == 0]


def _replies_to_the_bot(message: Message) -> bool:
    """A plain message in a topic also "replies", to the note that opened the topic: that does not count."""
    before = message.reply_to_message
    if before is None or before.from_user is None or before.forum_topic_created:
        return False
    return before.from_user.id == message.get_bot().id and not _is_for_another_bot(message)


def _is_for_another_bot(message: Message) -> bool:
    return any("@" in message.parse_entity(one) for one in _command(message)) and not _own_names(message)
