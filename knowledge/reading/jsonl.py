"""JSON Lines: one document a line, {id, title, text, issuer?, date?, number?, status?, url?}."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.facts import Document
from knowledge.reading.documents import FIELDS, document
from knowledge.reading.encodings import MAX_CHARACTERS, checked, decode

MAX_LINE = MAX_CHARACTERS * 4


def read_jsonl(path: Path) -> list[Document]:
    """The documents of a file, blank lines skipped; SourceError names file and line of the first that is broken."""
    found = [_document(raw, f"{path}:{number}") for number, raw in _lines(path)]
    if not found:
        raise SourceError(f"{path}: is empty")
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                raise SourceError(f"{path}:{number}: the line is too long (the limit is {MAX_LINE:,} bytes)")
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
    return document(checked(text, where), checked(key, where).strip(), given=given, warnings=decoded.warnings)


def _row(text: str, where: str) -> dict[str, object]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise SourceError(f"{where}: is no JSON object")
    return row


def _word(row: dict[str, object], field: str, where: str) -> str:
    """A field's text, empty where it is missing; a number is taken as written."""
    value = row.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise SourceError(f'{where}: "{field}" must be text')
    return str(value)
