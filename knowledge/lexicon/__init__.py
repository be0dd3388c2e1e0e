"""The lexicon that a policy officer edits: synonyms, units, fillers, places, English, and how questions are put.

Read from TOML when a database is built; answering reads what the build stored of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.errors import LexiconError

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Concept:
    """A standard term with the forms that are interchangeable with it, those related to it, and its English."""

    name: str
    same: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    english: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The standard term and all that is interchangeable with it."""
        return (self.name, *self.same)


@dataclass(frozen=True)
class Lexicon:
    """All tables, as read."""

    concepts: tuple[Concept, ...]
    units: tuple[Concept, ...]
    fillers: frozenset[str]
    asking: frozenset[str]
    english_fillers: frozenset[str]
    places: frozenset[str]
    english: dict[str, str]
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    facets: dict[str, dict[str, Any]] = field(default_factory=dict)


def load(folder: Path = FOLDER) -> Lexicon:
    """The lexicon in a folder of TOML files; LexiconError names the file and row that cannot be used."""
    fillers = _table(folder, "fillers")
    return Lexicon(
        concepts=tuple(_concepts(_table(folder, "synonyms").get("concept", []), folder / "synonyms.toml")),
        units=tuple(_concepts(_table(folder, "units").get("unit", []), folder / "units.toml")),
        fillers=frozenset(fillers.get("chinese", [])),
        asking=frozenset(fillers.get("asking", [])),
        english_fillers=frozenset([*fillers.get("english", []), *fillers.get("english_asking", [])]),
        places=frozenset(_table(folder, "places").get("names", [])),
        english={row["english"]: row["chinese"] for row in _table(folder, "english").get("phrase", [])},
        intents=_table(folder, "intents"),
        facets=_table(folder, "facets"),
    )


def _table(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.toml"
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not valid TOML: {error}") from error


def _concepts(rows: Iterable[dict[str, Any]], path: Path) -> Iterable[Concept]:
    for place, row in enumerate(rows, 1):
        if not isinstance(row.get("name"), str):
            raise LexiconError(f"{path}: row {place} has no name")
        yield Concept(row["name"], *(tuple(row.get(key, ())) for key in ("same", "near", "english")))
