"""A request's parameters: form-urlencoded, multipart, JSON or in the address, each a string as the real server keeps them."""

import json
from typing import Any

from aiohttp import web

from tests.botapi.refusals import Refusal, bad_request


class Params:
    """What a method was called with; nested objects come as JSON strings and are read by `structure`."""

    def __init__(self, strings: dict[str, str], files: dict[str, bytes] | None = None) -> None:
        self.strings = strings
        self.files = files or {}

    def text(self, name: str) -> str:
        return self.strings.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """As the real one: what is no number is 0."""
        written = self.text(name).strip()
        if not written:
            return default
        try:
            return int(written)
        except ValueError:
            return 0

    def yes(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, kind: type, called: str) -> Any:
        """The object or array that stands in a parameter as JSON, None without it."""
        written = self.text(name)
        if not written:
            return None
        try:
            value = json.loads(written)
        except ValueError:
            raise bad_request(f"can't parse {called} JSON object") from None
        if not isinstance(value, kind):
            raise bad_request(f"object expected as {called}" if kind is dict else f"expected an Array of {called}")
        return value


async def read(request: web.Request) -> Params:
    """The parameters of a request, those of its body before those of its address."""
    try:
        strings, files = await _body(request)
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return Params({**request.query, **strings}, files)


async def _body(request: web.Request) -> tuple[dict[str, str], dict[str, bytes]]:
    match request.content_type if request.can_read_body else "":
        case "application/json":
            return _from_json(await request.read()), {}
        case "multipart/form-data":
            return await _from_multipart(request)
        case "application/x-www-form-urlencoded":
            return {name: str(value) for name, value in (await request.post()).items()}, {}
    return {}, {}


def _from_json(body: bytes) -> dict[str, str]:
    try:
        values = json.loads(body)
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(values, dict):
        raise Refusal(400, "Bad Request: can't parse JSON object")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}


async def _from_multipart(request: web.Request) -> tuple[dict[str, str], dict[str, bytes]]:
    fields = await request.post()
    strings = {name: value for name, value in fields.items() if isinstance(value, str)}
    files = {name: value.file.read() for name, value in fields.items() if isinstance(value, web.FileField)}
    return strings, files
