"""What an officer knows of a document and its page does not say: `NAME.toml` beside the source `NAME.txt`.

place = "西湖区"                 the document's own place
places = ["西湖", "我区"]        other names for it
reading = { "Bat365" = "西湖区" }  words that publishing overwrote, and what stood there (shown as a note, never put into the text)
title, issuer, date, number, status, url …  metadata that the page lacks
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from knowledge.errors import SourceError
from knowledge.facts import Document, Warned

_METADATA = ("title", "issuer", "date", "number", "index_number", "status", "subject", "disclosure", "url")


def corrected(document: Document, path: Path) -> Document:
    """The document with the corrections that stand beside its source, if any."""
    beside = path.with_suffix(".toml")
    if not beside.exists():
        return document
    try:
        given: dict[str, Any] = tomllib.loads(beside.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{beside}: not valid TOML: {error}") from error
    unknown = set(given) - {*_METADATA, "place", "places", "reading"}
    if unknown:
        raise SourceError(f"{beside}: unknown keys: {', '.join(sorted(unknown))}")
    if wrong := _wrong(given):
        raise SourceError(f"{beside}: {wrong}")
    places = tuple(dict.fromkeys(filter(None, (given.get("place"), *given.get("places", ())))))
    notes = tuple(_overwritten(document.text, word, reading) for word, reading in given.get("reading", {}).items())
    metadata = {key: given[key] for key in _METADATA if key in given}
    return replace(document, places=places, warnings=(*document.warnings, *notes), **metadata)


def _wrong(given: dict[str, Any]) -> str | None:
    """The first key whose value is not of its kind, told; None when all are."""
    places, reading = given.get("places", []), given.get("reading", {})
    if not (isinstance(places, list) and all(isinstance(one, str) for one in places)):
        return "places: must be a list of names in quotes"
    if not (isinstance(reading, dict) and all(isinstance(one, str) for one in reading.values())):
        return 'reading: must be of the form { "what stands there" = "what stood there" }'
    others = (key for key in (*_METADATA, "place") if not isinstance(given.get(key, ""), str))
    return next((f"{key}: must be text in quotes" for key in others), None)


def _overwritten(text: str, word: str, reading: str) -> Warned:
    start = max(text.find(word), 0)
    return Warned("overwritten", f"“{word}”处原为“{reading}”", start, start + len(word), reading)
