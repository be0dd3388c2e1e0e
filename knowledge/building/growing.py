"""Putting documents into a database: a new one, or a copy of one that holds others, with the same result."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from knowledge.building.contribution import Contribution
from knowledge.building.facts import units_of
from knowledge.building.searching import Lists, posted
from knowledge.building.spelling import Spelling
from knowledge.building.vocabulary import (
    NAMED,
    Alias,
    Brought,
    Seed,
    alias_rows,
    fragment_rows,
    lexicon_stamp,
    surfaces_of,
    together,
    vocabulary_rows,
    word_rows,
)
from knowledge.lexicon import Lexicon
from knowledge.schema import TABLES
from knowledge.store import Row
from knowledge.store.editing import Editor, Values, packed

MOST_SEGMENTS = 8
"""Of more segments of the search index the later ones are made one, and all once those are half as large as the first."""
SAME, NEW, VERSION, METADATA = "same", "new", "version", "metadata"
"""What an added document is: held already, new, a new version, or the same text with other metadata."""
_NUMBERED = tuple(table.name for table in TABLES if table.key == "n")


@dataclass
class Growth:
    """Documents being put into a database; nothing is whole before `finish`."""

    editor: Editor
    seed: Seed
    after: dict[str, int] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    retired: list[int] = field(default_factory=list)
    _lists: Lists = field(default_factory=dict)
    _terms: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.after = self.editor.last()

    def add(self, one: Contribution) -> str:
        """Takes one document in, beside or instead of what is held under its id; gives what it is."""
        (told,) = one.told
        held = self.editor.held(told.id)
        same = next((row for row in held if row["version"] == told.version), None)
        if same and same["current"] and _alike(same, one.rows):
            return SAME
        self.gone += [same["n"]] if same else []
        self.retired += [row["n"] for row in held if row["current"] and row is not same]
        self.put(one)
        return (METADATA if same["current"] else VERSION) if same else (VERSION if held else NEW)

    def put(self, some: Contribution) -> None:
        """Takes documents in; their rows follow all others."""
        self.editor.append(some.rows, self.after)
        posted(self._lists, some.index, self.after["passages"])
        for _, kind, terms in some.rows.get("brought", ()):
            self._terms.update(terms.split("\n") if terms and kind != "own" else ())
        for name in _NUMBERED:
            self.after[name] += len(some.rows.get(name, ()))

    def finish(self, *, whole: bool) -> None:
        """Makes the tables that all documents make together; `whole`: anew, not only what is new in them."""
        editor = self.editor
        if self.gone or self.retired:
            editor.delete(self.gone, self.retired)
        units = self._units()
        held = editor.aliases(("unit", *NAMED))
        brought = together(units, editor.brought(NAMED))
        lost = {surface for surface, _, _ in held} - brought.surfaces
        if whole or self.gone or self.retired or lost or not built_with(editor, self.seed.lexicon):
            spelt = ((term, pinyin, initials) for term, pinyin, initials, _ in editor.vocabulary())
            editor.replace_words(word_rows(self.seed, together(units, editor.brought()), Spelling(spelt)))
        else:
            self._grow(held, brought)
        self._post()

    def _units(self) -> list[tuple[int, list[str]]]:
        """Puts the units; gives for those of current documents what they may be called."""
        editor, lexicon = self.editor, self.seed.lexicon
        places, current = editor.places(), editor.current_unit_names()
        found = units_of(editor.unit_names(), places, lexicon)
        rows: list[Row] = [{"n": n, "name": unit.name, "function": unit.function} for n, unit in enumerate(found, 1)]
        editor.set_units(rows, {name: n for n, unit in enumerate(found, 1) for name in unit.written})
        named = ((n, unit, [name for name in unit.written if name in current]) for n, unit in enumerate(found, 1))
        return [(n, surfaces_of(unit, names, places, self.seed)) for n, unit, names in named if names]

    def _grow(self, before: AbstractSet[Alias], brought: Brought) -> None:
        """Adds to the tables of words what is new in them."""
        editor, seed = self.editor, self.seed
        if before - brought.aliases:  # a unit has another number now, or a name is of another kind
            editor.replace_aliases(("unit", *NAMED), alias_rows(brought.aliases))
        else:
            editor.insert({"aliases": alias_rows(brought.aliases - before)})
        raised = seed.raised(brought.surfaces - {surface for surface, _, _ in before})
        words = [
            {"word": word, "frequency": count, "tag": seed.tag(word), "base": seed.frequencies.get(word, 0)}
            for word, count in raised.items()
        ]
        spelling = Spelling()
        used = (spelling.character(char, used=True) for char in sorted(set("".join(raised))))
        held = {term: weight for term, _, _, weight in editor.vocabulary()}
        weights = {term: weight for term in self._terms if held.get(term) != (weight := seed.weight(term))}
        vocabulary = vocabulary_rows(weights, spelling)
        rows = {"dictionary": words, "characters": [row for row in used if row], "vocabulary": vocabulary}
        editor.insert({**rows, "fragments": self._fragments(vocabulary)}, replacing=True)

    def _fragments(self, vocabulary: Iterable[Row]) -> list[Row]:
        """The rows of fragments as they are with more terms."""
        new = {row["pair"]: row["terms"].split("\n") for row in fragment_rows(vocabulary)}
        held = self.editor.fragments(new)
        return [
            {"pair": pair, "terms": "\n".join(sorted({*terms, *held.get(pair, ())}))} for pair, terms in new.items()
        ]

    def _post(self) -> None:
        """Posts the new passages as a segment, numbered after those before; joins segments where they are many."""
        sizes = self.editor.segments()
        if self._lists:
            self.editor.post(len(sizes), packed(self._lists))
        if len(sizes) >= MOST_SEGMENTS:
            self.editor.merge(0 if sum(sizes[1:]) > sizes[0] / 2 else 1)


def built_with(editor: Editor, lexicon: Lexicon) -> bool:
    """Whether a database's tables of words were made with this lexicon."""
    stored: str | None = editor.meta().get("lexicon")
    return stored is not None and json.loads(stored) == lexicon_stamp(lexicon)


def seed_of(editor: Editor, lexicon: Lexicon) -> Seed:
    """The words before any document: as the database holds them where they are the lexicon's, else made anew."""
    if not built_with(editor, lexicon):
        return Seed(lexicon)
    return Seed(lexicon, editor.seed(), int(editor.meta()["dictionary_total"]))


def _alike(held: Row, rows: Values) -> bool:
    """Whether a document's row and places say what is held of it."""
    (values,) = rows["documents"]
    new = dict(zip((name for name in held if name != "places"), values, strict=True))
    places = [name for _, name in rows.get("places", ())]
    return places == held["places"] and all(
        held[name] == value for name, value in new.items() if name not in ("n", "current")
    )
