"""Bytes → text: which encoding a source is in, and whether it is text at all. Normalises and repairs nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from knowledge.errors import SourceError
from knowledge.facts import Warned

MAX_CHARACTERS = 2_000_000
"""The longest text that is read as one document: a book of a thousand pages; it has at most a tenth as many lines."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = {  # what a page says → the encoding that contains it
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 127])
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SAMPLE = 65_536


@dataclass(frozen=True)
class Decoded:
    """A source's text, and what was guessed on the way to it."""

    text: str
    warnings: tuple[Warned, ...] = ()


def decode(data: bytes, where: str, declared: str | None = None, longest: int = MAX_CHARACTERS) -> Decoded:
    """The text of `data`: by its byte order mark, as declared, as UTF-8, as GB18030, or as best guessed.

    `where` names the source in errors. A guess is warned about (code `encoding`). Raises SourceError where
    the bytes are empty or no text.
    """
    if not data.strip():
        raise SourceError(f"{where}: is empty")
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if marked is None and _binary(data):
        raise SourceError(f"{where}: is not text (a binary file)")
    decoded = _marked(data, marked, where) if marked else _unmarked(data, where, declared)
    return Decoded(checked(decoded.text, where, longest), decoded.warnings)


def checked(text: str, where: str, longest: int = MAX_CHARACTERS) -> str:
    """The text itself, or a SourceError that says why it cannot be a document's."""
    if not text.strip():
        raise SourceError(f"{where}: is empty")
    if len(text) > longest:
        raise SourceError(f"{where}: is too long ({len(text):,} characters, the limit is {longest:,})")
    if text.count("\n") + text.count("\r") > longest // 10:
        raise SourceError(f"{where}: has too many lines (the limit is {longest // 10:,})")
    if "\0" in text or _too_many(len(_CONTROL.findall(text)), len(text)):
        raise SourceError(f"{where}: is not text (control characters)")
    if _SURROGATE.search(text):
        raise SourceError(f"{where}: is not text (half a surrogate pair)")
    return text


def _binary(data: bytes) -> bool:
    if b"\0" in data:
        return True
    return _too_many(len(data) - len(data.translate(None, _CONTROL_BYTES)), len(data))


def _too_many(controls: int, size: int) -> bool:
    """Two stray ones are forgiven (an old end-of-file mark), and one in a hundred."""
    return controls > max(2, size // 100)


def _marked(data: bytes, name: str, where: str) -> Decoded:
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: is not the {name} text that its first bytes promise") from error


def _unmarked(data: bytes, where: str, declared: str | None) -> Decoded:
    name = _DECLARED.get((declared or "").strip().lower())
    if name and (text := _strict(data, name)) is not None and (name != "gb18030" or _chinese(text)):
        return Decoded(text)
    if (text := _strict(data, "utf-8")) is not None:
        return Decoded(text)
    gb18030 = _strict(data, "gb18030")
    if gb18030 is not None and _chinese(gb18030):
        return _guessed(gb18030, "GB18030")
    for name in ("utf-8", "gb18030"):
        if (text := _damaged(data, name)) is not None:
            return _guessed(text, f"{name.upper()}，其中有坏字节")
    return _last_resort(data, where, gb18030)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _damaged(data: bytes, name: str) -> str | None:
    """The text with U+FFFD for the few bytes that are broken; None where they are more than one in a hundred."""
    text = data.decode(name, errors="replace")
    broken = text.count("\ufffd")
    return text if broken * 100 <= len(text) and _chinese(text) else None


def _last_resort(data: bytes, where: str, gb18030: str | None) -> Decoded:
    from charset_normalizer import from_bytes

    cut = data.rfind(b"\n", 0, _SAMPLE) + 1 if len(data) > _SAMPLE else 0
    best = from_bytes(data[: cut or _SAMPLE]).best()
    if best is not None and (text := _strict(data, best.encoding)) is not None:
        return _guessed(text, best.encoding)
    if gb18030 is not None:
        return _guessed(gb18030, "GB18030")
    raise SourceError(f"{where}: is in no encoding that is known here")


def _chinese(text: str) -> bool:
    """Whether what is not ASCII is mostly common Chinese: of level one of GB 2312 (rows 16-55), or its punctuation."""
    foreign = [char for char in text[:_SAMPLE] if char > "\x7f"]
    common = sum(1 for char in foreign if _level_one(char))
    return common * 2 >= len(foreign)


def _level_one(char: str) -> bool:
    pair = char.encode("gb2312", errors="ignore")
    return len(pair) == 2 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3))


def _guessed(text: str, name: str) -> Decoded:
    return Decoded(text, (Warned("encoding", f"不是 UTF-8，按 {name} 读取"),))
