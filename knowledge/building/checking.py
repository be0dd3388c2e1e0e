"""Whether a database is what its sources say: it is built again beside, and compared row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from knowledge.building import build
from knowledge.schema import TABLES
from knowledge.store import Database, Row

_SHORT = 40


def check(sources: Sequence[Path], path: Path, scratch: Path) -> list[str]:
    """What differs first between `path` and a fresh build of the sources (built in `scratch`); empty when nothing does."""
    build(sources, scratch, fresh=True, strict=True)
    old, new = Database(path), Database(scratch)
    try:
        return [f"{path}: {told}" for told in _first(_differing(old, new))]
    finally:
        old.close()
        new.close()


def _first(told: Iterator[str]) -> list[str]:
    return [one for one in [next(told, None)] if one is not None]


def _differing(old: Database, new: Database) -> Iterator[str]:
    """What differs, table by table, for a person to read."""
    for table in TABLES:
        for row, again in zip_longest(old.contents(table.name), new.contents(table.name)):
            if row == again:
                continue
            here, there = row and row[1], again and again[1]
            place = _place(old, here) if here else _place(new, there or {})
            yield f"{table.name}{place}: {_told(here, there)}"


def _told(here: Row | None, there: Row | None) -> str:
    if here is None or there is None:
        side, row = ("too few rows here, missing", there) if here is None else ("too many rows here, as", here)
        return f"{side} {_brief(' '.join(str(value) for value in (row or {}).values() if value is not None))}"
    columns = (
        f"{name} is {_brief(here[name])}, built anew {_brief(there[name])}"
        for name in here
        if here[name] != there[name]
    )
    return "; ".join(columns)


def _place(database: Database, row: Row) -> str:
    """The document and section that a row is of, as far as it names any."""
    section, document = row.get("section"), row.get("document")
    if isinstance(section, int) and (
        found := database.rows("SELECT document, section FROM sections WHERE n = ?", [section])
    ):
        document, section = found[0].values()
    if isinstance(document, int) and (named := database.rows("SELECT id FROM documents WHERE n = ?", [document])):
        document = named[0]["id"]
    if "version" in row:
        document = row["id"]
    told = [f"document {document}"] if document is not None else []
    told += [f"section {section or '(top)'}"] if section is not None else []
    return f" ({', '.join(told)})" if told else ""


def _brief(value: object) -> str:
    """A value on one line, short."""
    text = " ".join(str(value).split()) if not isinstance(value, bytes) else f"{len(value)} bytes"
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
