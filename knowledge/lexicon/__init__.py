"""The lexicon that a policy officer edits: synonyms, units, fillers, places, English, and how questions are put.

Read from TOML when a database is built; answering reads what the build stored of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.errors import LexiconError
from knowledge.text import bare

FOLDER = Path(__file__).parent
_FORMS = ("same", "near", "english")
"""The keys of a row that hold words."""


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
    fillers = _table(folder / "fillers.toml")
    return Lexicon(
        concepts=_concepts(folder / "synonyms.toml", "concept"),
        units=_concepts(folder / "units.toml", "unit"),
        fillers=frozenset(fillers.get("chinese", [])),
        asking=frozenset(fillers.get("asking", [])),
        english_fillers=frozenset([*fillers.get("english", []), *fillers.get("english_asking", [])]),
        places=frozenset(_table(folder / "places.toml").get("names", [])),
        english={row["english"]: row["chinese"] for row in _table(folder / "english.toml").get("phrase", [])},
        intents=_table(folder / "intents.toml"),
        facets=_table(folder / "facets.toml"),
    )


def own(path: Path) -> tuple[tuple[Concept, ...], tuple[Concept, ...]]:
    """An officer's own (concepts, units): the rows [[concept]] and [[unit]] of a file, or of all TOML files of a folder."""
    if not path.exists():
        raise LexiconError(f"{path}: no such file or folder")
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    for file in files:
        if unknown := sorted(_table(file).keys() - {"concept", "unit"}):
            raise LexiconError(f"{file}: unknown table {unknown[0]!r}; there are [[concept]] and [[unit]]")
    concepts, units = (tuple(row for file in files for row in _concepts(file, kind)) for kind in ("concept", "unit"))
    return concepts, units


def aliases(concepts: Iterable[Concept], units: Iterable[Concept]) -> Iterator[tuple[str, str, str]]:
    """What concepts and units go by, as (folded surface, kind, standard term)."""
    for rows, kind in ((concepts, "concept"), (units, "department")):
        for row in rows:
            kinds = ((kind, row.forms), ("near", row.near), ("english", row.english))
            yield from ((bare(form), one, row.name) for one, forms in kinds for form in forms if bare(form))


def _table(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: not valid TOML: {error}") from error


def _concepts(path: Path, table: str) -> tuple[Concept, ...]:
    """The rows `[[table]]` of a file."""
    rows = _table(path).get(table, [])
    if not isinstance(rows, list):
        raise LexiconError(f"{path}: {table} must be written as [[{table}]]")
    return tuple(_concept(row, f"{path}: [[{table}]] {place}") for place, row in enumerate(rows, 1))


def _concept(row: object, where: str) -> Concept:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not bare(row["name"]):
        raise LexiconError(f"{where}: has no name")
    forms = {key: row.get(key, []) for key in _FORMS}
    if unknown := sorted(row.keys() - {"name", *_FORMS}):
        raise LexiconError(
            f"{where}, {row['name']}: unknown key {unknown[0]!r}; there are {', '.join(('name', *_FORMS))}"
        )
    for key, words in forms.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise LexiconError(f'{where}, {row["name"]}: {key} must be a list of words, as {key} = ["…"]')
        if wordless := [word for word in words if not bare(word)]:
            raise LexiconError(f"{where}, {row['name']}: {wordless[0]!r} in {key} is no word")
    return Concept(row["name"], *(tuple(words) for words in forms.values()))
