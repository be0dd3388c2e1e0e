"""JSON Lines: one document a line, {id, title, text, issuer?, date?, number?, status?, url?}."""

from __future__ import annotations

import json
from collections.abc import Iterator

from knowledge.dates import iso
from knowledge.errors import SourceError
from knowledge.facts import Document, Warned
from knowledge.reading.documents import DAY, FIELDS, document
from knowledge.reading.encodings import MAX_CHARACTERS, checked, decode
from knowledge.reading.files import Opened

_WORDS = frozenset(("text", "title", "issuer", "status", "url"))
MAX_LINE = MAX_CHARACTERS * 4


def read_jsonl(source: Opened) -> list[Document]:
    """The documents of a file, blank lines skipped; SourceError names file and line of the first that is broken."""
    found = [_document(raw, f"{source.where}:{number}") for number, raw in _lines(source)]
    if not found:
        raise SourceError(f"{source.where}: is empty")
    return found


def _lines(source: Opened) -> Iterator[tuple[int, bytes]]:
    number = 0
    while raw := source.file.readline(MAX_LINE + 1):
        number += 1
        if len(raw) > MAX_LINE:
            raise SourceError(f"{source.where}:{number}: the line is too long (the limit is {MAX_LINE:,} bytes)")
        if raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, raw


def _document(raw: bytes, where: str) -> Document:
    decoded = decode(raw, where)
    row = _row(decoded.text, where)
    key, text = _word(row, "id", where), _word(row, "text", where)
    if not key.strip():
        raise SourceError(f'{where}: has no "id"')
    if not text.strip():
        raise SourceError(f'{where}: has no "text"')
    given = {field: checked(value, where) for field in FIELDS if (value := _word(row, field, where)).strip()}
    warnings = [*decoded.warnings, *_undated(given.get("date", ""))]
    return document(checked(text, where), checked(key, where).strip(), given=given, warnings=warnings)


def _undated(date: str) -> list[Warned]:
    """A warning where the date given is none of the calendar; it stands as it was given."""
    found = DAY.pattern.match(date.strip())
    if not date.strip() or (found and iso(found.group())):
        return []
    return [Warned("bad_date", f"给出的日期“{date.strip()[:40]}”不是日历上的日期")]


def _row(text: str, where: str) -> dict[str, object]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise SourceError(f"{where}: is no JSON object")
    return row


def _word(row: dict[str, object], field: str, where: str) -> str:
    """A field's text, empty where it is missing; an id or a number of the document may be one in JSON too."""
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str if field in _WORDS else str | int | float):
        raise SourceError(f'{where}: "{field}" must be text')
    return str(value)
