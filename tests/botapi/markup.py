"""Telegram's HTML, and the entities of plain text: what tdlib's parser does, told again in Python.

Offsets and lengths count UTF-16 units; error messages count bytes, as the real ones do.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.botapi.refusals import bad_request

LONGEST_TEXT, MOST_ENTITIES, MOST_BYTES = 4096, 100, 1 << 15

Entity = dict[str, Any]

TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
ARGUMENTS = {("a", "href"): "", ("code", "class"): "language-", ("span", "class"): "tg-", ("tg-emoji", "emoji-id"): ""}
SPACE = b" \t\r\n\v\0"
REFERENCE = re.compile(rb"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>\d+)|(?P<name>[a-zA-Z]+));?")
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
NAME_TOKEN = re.compile(rb"[0-9A-Za-z.-]*")
LINK = re.compile(r"(?:https?|tg|ftp)://[^\s/?#]+\S*|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.IGNORECASE)
USER_LINK = re.compile(r"tg://user\?id=(\d+)")

FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)")),
    ("url", re.compile(r"https?://[^\s<>()（）《》「」，。；、]+")),
)
OPAQUE = {"code", "pre", "text_link", "text_mention"}  # nothing is found inside them


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, entity: Entity) -> str:
    """The words that an entity covers."""
    start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[start:end].decode("utf-16-le")


def parsed(source: str, mode: str, given: list[Entity]) -> tuple[str, list[Entity]]:
    """The text and entities of a message that the bot sends, or the refusal that it gets."""
    if not source:
        raise bad_request("message text is empty")
    if len(source.encode()) > MOST_BYTES:
        raise bad_request("text is too long")
    match mode.lower():
        case "html":
            text, entities = _Html(source).parse()
        case "" | "none":
            text, entities = source, given
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    if not text:
        raise bad_request("text must be non-empty")
    if units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text, _sorted([*entities, *_outside(found(text), entities)])[:MOST_ENTITIES]


def found(text: str) -> list[Entity]:
    """The commands, mentions and addresses that Telegram finds in plain text by itself."""
    return [
        {"type": kind, "offset": units(text[: one.start()]), "length": units(one.group())}
        for kind, pattern in FOUND
        for one in pattern.finditer(text)
    ]


def _outside(candidates: list[Entity], entities: list[Entity]) -> list[Entity]:
    taken = [(one["offset"], one["offset"] + one["length"]) for one in entities if one["type"] in OPAQUE]
    return [
        one
        for one in candidates
        if all(one["offset"] >= end or one["offset"] + one["length"] <= start for start, end in taken)
    ]


def _sorted(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda one: (one["offset"], -one["length"]))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """White space at both ends goes, at the start only as far as the first entity."""
    text = text.rstrip()
    end = units(text)
    kept = [{**one, "length": min(one["length"], end - one["offset"])} for one in entities if one["offset"] < end]
    first = min((one["offset"] for one in kept), default=end)
    lead = min(len(text) - len(text.lstrip()), first)
    return text[lead:], [{**one, "offset": one["offset"] - lead} for one in kept]


def _without_lone_language(entity: Entity) -> Entity:
    """A language counts only on `pre`."""
    return {key: value for key, value in entity.items() if (entity["type"], key) != ("code", "language")}


def refused(what: str) -> Exception:
    return bad_request(f"can't parse entities: {what}")


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


@dataclass
class _Html:
    """One pass over the bytes, with a zero behind the last as in the original."""

    source: str
    at: int = 0
    length: int = 0
    out: bytearray = field(default_factory=bytearray)
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bytes = self.source.encode() + b"\0"

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.bytes) - 1:
            if self.here == b"&" and (char := self._reference()):
                self._put(char.encode("utf-8", "surrogatepass"))
            elif self.here != b"<":
                self._put(self.here)
                self.at += 1
            elif self.bytes[self.at + 1 : self.at + 2] == b"/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        try:
            return self.out.decode(), _sorted([_without_lone_language(one) for one in self.entities])
        except UnicodeDecodeError:
            raise refused(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    @property
    def here(self) -> bytes:
        return self.bytes[self.at : self.at + 1]

    def _put(self, data: bytes) -> None:
        self.out += data
        self.length += sum(1 + (byte >= 0xF0) for byte in data if byte & 0xC0 != 0x80)

    def _reference(self) -> str:
        """`&lt;` and `&#60;`; what is none stays as it is."""
        one = REFERENCE.match(self.bytes, self.at)
        if one is None:
            return ""
        if one["name"]:
            char = NAMED.get(one["name"], "")
        else:
            code = int(one["hex"], 16) if one["hex"] else int(one["decimal"])
            char = chr(code) if 0 < code < 0x10FFFF and len(one.group().rstrip(b";")) < 10 else ""
        self.at = one.end() if char else self.at
        return char

    def _until(self, stops: bytes) -> str:
        begin = self.at
        while self.here not in [bytes([one]) for one in SPACE + stops]:
            self.at += 1
        return self.bytes[begin : self.at].decode()

    def _skip_space(self) -> None:
        while self.here != b"\0" and self.here in [bytes([one]) for one in SPACE]:
            self.at += 1

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(b">").lower()
        if self.here == b"\0":
            raise refused(f"Unclosed start tag at byte offset {begin}")
        if tag not in TYPES:
            raise refused(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        self._skip_space()
        while self.here != b">":
            argument = self._attribute(tag, begin) or argument
            self._skip_space()
        if tag == "span" and argument != "spoiler":
            raise refused(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.at += 1
        self.open.append(_Open(tag, argument, self.length, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> str:
        """The tag's argument, "" where the attribute is not the one that matters."""
        name = self._until(b"=>/\"'")
        if not name:
            raise refused(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        expandable = (tag, name) == ("blockquote", "expandable")  # the only one that needs no value
        value = "" if expandable and self.here != b"=" else self._value(tag, begin)
        if self.here == b"\0":
            raise refused(f"Unclosed start tag at byte offset {begin}")
        if expandable:
            return "1"
        prefix = ARGUMENTS.get((tag, name))
        return value.removeprefix(prefix) if prefix is not None and value.startswith(prefix) else ""

    def _value(self, tag: str, begin: int) -> str:
        if self.here != b"=":
            raise refused(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.at += 1
        self._skip_space()
        if self.here == b"\0":
            raise refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
        start = self.at
        if self.here in (b"'", b'"'):
            end = self.bytes.find(self.here, start + 1)
            end = len(self.bytes) - 1 if end < 0 else end
            self.at = min(end + 1, len(self.bytes) - 1)
            return html.unescape(self.bytes[start + 1 : end].decode())
        token = NAME_TOKEN.match(self.bytes, start)
        assert token is not None
        self.at = token.end()
        if self.here not in (b">", *(bytes([one]) for one in SPACE)):
            raise refused(f"Unexpected end of name token at byte offset {start}")
        return token.group().decode().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise refused(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        tag = self._until(b">").lower()
        self._skip_space()
        if self.here != b">":
            raise refused(f"Unclosed end tag at byte offset {begin}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise refused(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{tag}>"')
        self.at += 1
        if self.length > opened.offset and (entity := self._entity(opened)):
            self.entities.append(entity)

    def _entity(self, opened: _Open) -> Entity | None:
        kind = TYPES[opened.tag]
        entity = {"type": kind, "offset": opened.offset, "length": self.length - opened.offset}
        if kind == "text_link":
            return self._link(entity, opened.argument or self.out[opened.begin :].decode())
        if kind == "blockquote" and opened.argument:
            return {**entity, "type": "expandable_blockquote"}
        if kind == "custom_emoji":
            if not opened.argument.isdecimal():
                raise refused("Invalid custom emoji identifier specified")
            return {**entity, "custom_emoji_id": opened.argument}
        last = self.entities[-1] if self.entities else {}
        if (
            kind == "pre"
            and last.get("language")
            and {**last, "type": "pre"} == {**entity, "language": last["language"]}
        ):
            self.entities.pop()
            return {**entity, "language": last["language"]}
        return {**entity, "language": opened.argument} if kind == "code" and opened.argument else entity

    def _link(self, entity: Entity, url: str) -> Entity | None:
        """A link that leads nowhere is dropped without a word, as the real server does."""
        if user := USER_LINK.fullmatch(url):
            return {**entity, "type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": "?"}}
        return {**entity, "url": url if "://" in url else f"http://{url}/"} if LINK.fullmatch(url) else None
