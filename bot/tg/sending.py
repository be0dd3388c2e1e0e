"""Puts an answer where it belongs: the same chat and topic, in groups as a reply, without link previews.

It knows nothing of how answers are made.
"""

import html
import logging
import re

from telegram import LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from bot.tg.messages import thread

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
REFUSED_MARKUP = "can't parse entities"
TAG = re.compile(r"</?(?:a|b|blockquote|code|i|pre|s|span|strong|em|u|tg-spoiler)\b[^<>]*>", re.IGNORECASE)


async def answer(message: Message, markup: str) -> Message:
    """Send Telegram HTML; where the server cannot parse it, the same words without formatting."""
    try:
        return await _send(message, markup, ParseMode.HTML)
    except BadRequest as error:
        if REFUSED_MARKUP not in error.message.lower():
            raise
        log.warning("HTML refused, sent as plain text: %s", error.message)
        return await _send(message, plain(markup), None)


async def say(message: Message, text: str) -> Message:
    """Send plain text."""
    return await _send(message, text, None)


def plain(markup: str) -> str:
    """The words of Telegram HTML: `<b>10</b> &lt; 20` → `10 < 20`."""
    return html.unescape(TAG.sub("", markup))


async def _send(message: Message, text: str, parse_mode: ParseMode | None) -> Message:
    in_group = message.chat.type != ChatType.PRIVATE
    reply = ReplyParameters(message.message_id, allow_sending_without_reply=True) if in_group else None
    return await message.get_bot().send_message(
        message.chat_id,
        text,
        parse_mode,
        message_thread_id=thread(message),
        reply_parameters=reply,
        link_preview_options=NO_PREVIEW,
    )
