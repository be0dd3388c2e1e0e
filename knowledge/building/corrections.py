"""What an officer knows of a document and its page does not say: `NAME.toml` beside the source `NAME.txt`.

The forms are told in docs/corrections.md. Nothing here changes the text: readings and confirmations become notes
(warnings with a suggested reading), and what fits nowhere in the text is an error, not a note at its beginning.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.facts import Document, Span, Warned
from knowledge.text import compact

_METADATA = ("title", "issuer", "date", "number", "index_number", "status", "subject", "disclosure", "url")
_DAYS = ("effective_from", "effective_to")
_SUGGEST = ("words", "span", "reading")
_AMENDS = ("words", "document", "quote")


def corrected(document: Document, path: Path) -> Document:
    """The document with the corrections that stand beside its source, if any; SourceError names file, key and reason."""
    beside = path.with_suffix(".toml")
    if not beside.exists() or beside == path:
        return document
    try:
        given: dict[str, Any] = tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{beside}: not valid TOML: {error}") from error
    given = _own(given, document)
    unknown = set(given) - {*_METADATA, *_DAYS, "place", "places", "reading", "suggest", "amends"}
    if unknown:
        raise SourceError(f"{beside}: unknown keys: {', '.join(sorted(unknown))}")
    if wrong := _wrong(given):
        raise SourceError(f"{beside}: {wrong}")
    try:
        notes = tuple(_notes(document.text, given))
    except SourceError as error:
        raise SourceError(f"{beside}: {error}") from None
    places = tuple(dict.fromkeys(filter(None, (given.get("place"), *given.get("places", ())))))
    metadata: dict[str, Any] = {key: str(given[key]) for key in (*_METADATA, *_DAYS) if key in given}
    return replace(document, places=places or document.places, warnings=(*document.warnings, *notes), **metadata)


def _own(given: dict[str, Any], document: Document) -> dict[str, Any]:
    """What is given for one document: the file's own keys, over them those under its id (a file of many documents)."""
    named = given.pop("documents", {})
    own = named.get(document.id, {}) if isinstance(named, dict) else {}
    return given | (own if isinstance(own, dict) else {})


# ------------------------------------------------------------------- checks


def _wrong(given: dict[str, Any]) -> str | None:
    """The first key whose value is not of its kind, told; None when all are."""
    places, reading = given.get("places", []), given.get("reading", {})
    if not (isinstance(places, list) and all(isinstance(one, str) for one in places)):
        return "places: must be a list of names in quotes"
    if not (isinstance(reading, dict) and all(isinstance(one, str) for one in reading.values())):
        return 'reading: must be of the form { "what stands there" = "what stood there" }'
    others = (key for key in (*_METADATA, "place") if not isinstance(given.get(key, ""), str))
    if wrong := next((f"{key}: must be text in quotes" for key in others), None):
        return wrong
    days = (key for key in _DAYS if key in given and not _is_day(given[key]))
    if wrong := next((f"{key}: must be a day, as in 2026-12-31" for key in days), None):
        return wrong
    return _wrong_rows(given, "suggest", _SUGGEST) or _wrong_rows(given, "amends", _AMENDS)


def _is_day(value: object) -> bool:
    """Whether a value is a day: a date of TOML's own, or one in quotes."""
    try:
        return type(value) is date or (isinstance(value, str) and bool(date.fromisoformat(value)))
    except ValueError:
        return False


def _wrong_rows(given: dict[str, Any], key: str, names: tuple[str, ...]) -> str | None:
    """What is wrong with the rows [[key]], told; None when nothing is."""
    rows = given.get(key, [])
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        return f"{key}: must be rows, each headed [[{key}]]"
    if unknown := {name for row in rows for name in row} - set(names):
        return f"{key}: unknown keys: {', '.join(sorted(unknown))}"
    texts = ((name, row.get(name, "")) for row in rows for name in names if name != "span")
    if wrong := next((name for name, value in texts if not isinstance(value, str)), None):
        return f"{key}: {wrong}: must be text in quotes"
    return _wrong_suggestion(rows) if key == "suggest" else _wrong_amendment(rows)


def _wrong_amendment(rows: list[dict[str, Any]]) -> str | None:
    return None if all(row.get("words") and row.get("document") for row in rows) else "amends: needs words and document"


def _wrong_suggestion(rows: list[dict[str, Any]]) -> str | None:
    if not all(row.get("reading") and ("words" in row) != ("span" in row) for row in rows):
        return "suggest: needs reading, and either words or span"
    spans = (row["span"] for row in rows if "span" in row)
    if all(isinstance(one, list) and len(one) == 2 and all(type(at) is int for at in one) for one in spans):
        return None
    return "suggest: span: must be [start, end], offsets into the text"


# -------------------------------------------------------------------- notes


def _notes(text: str, given: Mapping[str, Any]) -> Iterator[Warned]:
    """The notes that the corrections make; SourceError for words that stand nowhere in the text."""
    for word, reading in given.get("reading", {}).items():
        start, end = _spans(text, word, "reading")[0]
        yield Warned("overwritten", f"“{word}”处原为“{reading}”", start, end, reading)
    for row in given.get("suggest", []):
        spans = [_within(text, row["span"])] if "span" in row else _spans(text, row["words"], "suggest")
        for start, end in spans:
            yield Warned("corrected", f"“{text[start:end]}”疑为“{row['reading']}”", start, end, row["reading"])
    for row in given.get("amends", []):
        start, end = _spans(text, row["words"], "amends")[0]
        target = f"{row['document']}\t{row.get('quote', '')}"
        yield Warned("amends", f"经办人确认：“{row['words']}”修改的是 {row['document']}", start, end, target)


def _spans(text: str, words: str, key: str) -> list[Span]:
    """Everywhere that words stand in a text: as they are written, else white space and width aside."""
    if words and words in text:
        return [found.span() for found in re.finditer(re.escape(words), text)]
    view, wanted = compact(text), compact(words).text
    found = [view.span(*one.span()) for one in re.finditer(re.escape(wanted), view.text)] if wanted.strip() else []
    if not found:
        raise SourceError(f"{key}: “{words}” stands nowhere in the text")
    return found


def _within(text: str, span: list[int]) -> Span:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise SourceError(f"suggest: span {span} is not within the text of {len(text)} characters")
    return start, end
