"""The register of methods, each a function from state and parameters to a result; what is wrong is raised as a refusal."""

import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.botapi.chats import Message, World
from tests.botapi.markup import parsed
from tests.botapi.params import Params
from tests.botapi.refusals import bad_request, conflict
from tests.botapi.updates import WEBHOOK_SET

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
LONGEST_DATA = 64
LONGEST = {"description": 512, "short_description": 120, "name": 64}
BUTTON_KINDS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
}
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}

Method = Callable[[World, Params], Awaitable[Any]]


async def get_me(world: World, _: Params) -> dict[str, Any]:
    rights = {"can_join_groups": True, "can_read_all_group_messages": world.sees_everything}
    return {**world.me.json(), **rights, "supports_inline_queries": False, "has_main_web_app": False}


# ------------------------------------------------------------------ updates


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    allowed = params.structure("allowed_updates", list, "String")
    if allowed is not None:
        world.updates.allow(allowed)
    limit = min(max(params.number("limit", 100), 1), 100)
    return await world.updates.poll(params.number("offset"), limit, params.number("timeout"))


async def set_webhook(world: World, params: Params) -> bool:
    url = params.text("url")
    if not url:
        return await delete_webhook(world, params)
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (secret := params.text("secret_token")) and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.end_poll(conflict(WEBHOOK_SET))
    world.updates.webhook = {"url": url, "secret": secret}
    world.updates.allow(params.structure("allowed_updates", list, "String") or ())
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    world.updates.webhook = {}
    if params.yes("drop_pending_updates"):
        world.updates.pending.clear()
    return True


async def get_webhook_info(world: World, _: Params) -> dict[str, Any]:
    url = world.updates.webhook.get("url", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(world.updates.pending)}


# ----------------------------------------------------------------- messages


async def send_message(world: World, params: Params) -> dict[str, Any]:
    chat = world.chat(params.text("chat_id"))
    content = _content(params)
    chat.check_writable()
    thread = params.number("message_thread_id")
    chat.check_thread(thread)
    params.structure("link_preview_options", dict, "link preview options")
    reply = params.structure("reply_parameters", dict, "reply parameters") or {}
    reply_to = int(reply.get("message_id", params.number("reply_to_message_id")))
    if reply_to and reply_to not in chat.messages:
        if not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        reply_to = 0
    message = chat.post(world.me.json(), content, reply_to, thread)
    return chat.deliver(message, params.strings).json


async def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    chat = world.chat(params.text("chat_id"))
    before = chat.messages.get(params.number("message_id"))
    if before is None:
        raise bad_request("message to edit not found")
    if before.json["from"]["id"] != world.me.id:
        raise bad_request("message can't be edited")
    content = _content(params)
    shown = ("text", "entities", "reply_markup")
    if all(before.json.get(key) == content.get(key) for key in shown):
        raise bad_request(NOT_MODIFIED)
    kept = {key: value for key, value in before.json.items() if key not in shown}
    after = {**kept, **content, "edit_date": int(time.time())}
    chat.messages[before.message_id] = Message(after, params.strings)
    return after


async def send_chat_action(world: World, params: Params) -> bool:
    world.chat(params.text("chat_id")).check_writable()
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


async def answer_callback_query(world: World, params: Params) -> bool:
    if params.text("callback_query_id") not in world.callbacks:
        raise bad_request(OLD_QUERY)
    if len(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.callbacks.remove(params.text("callback_query_id"))
    return True


def _content(params: Params) -> dict[str, Any]:
    """Text, entities and keyboard of a message that the bot sends."""
    given = params.structure("entities", list, "MessageEntity") or []
    text, entities = parsed(params.text("text"), params.text("parse_mode"), given)
    keyboard = params.structure("reply_markup", dict, "reply markup")
    _check_keyboard(keyboard or {})
    return {
        "text": text,
        **({"entities": entities} if entities else {}),
        **({"reply_markup": keyboard} if keyboard and "inline_keyboard" in keyboard else {}),
    }


def _check_keyboard(keyboard: dict[str, Any]) -> None:
    for button in [one for row in keyboard.get("inline_keyboard", []) for one in row]:
        if not button.get("text"):
            raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
        if len(BUTTON_KINDS & button.keys()) != 1:
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if len(button.get("callback_data", "").encode()) > LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")


# ------------------------------------------------------------------ profile


def _scope(params: Params) -> tuple[str, str]:
    """Scope and language that commands or descriptions are set for."""
    scope = params.structure("scope", dict, "BotCommandScope") or {"type": "default"}
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language


async def set_my_commands(world: World, params: Params) -> bool:
    commands = params.structure("commands", list, "BotCommand")
    for one in commands or ():
        if not COMMAND.fullmatch(one.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands or ()) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile["commands", *_scope(params)] = commands or []
    return True


async def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    return list(world.profile.get(("commands", *_scope(params)), []))


async def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.pop(("commands", *_scope(params)), None)
    return True


def _setter(what: str) -> Method:
    async def setter(world: World, params: Params) -> bool:
        if len(params.text(what)) > LONGEST[what]:
            raise bad_request(f"{what} is too long")
        world.profile[what, params.text("language_code")] = params.text(what)
        return True

    return setter


def _getter(what: str) -> Method:
    async def getter(world: World, params: Params) -> dict[str, str]:
        default = world.me.first_name if what == "name" else ""
        general = world.profile.get((what, ""), default)
        return {what: world.profile.get((what, params.text("language_code")), general)}

    return getter


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
}
