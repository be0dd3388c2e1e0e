"""Changing the rows of a policy database that nobody reads yet. It knows the tables, and nothing of what they mean."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from knowledge.schema import TABLES, Table
from knowledge.store import Row

_COLUMNS = {table.name: tuple(table.columns) for table in TABLES}
_OF_SECTIONS = tuple(table.name for table in TABLES if ("section", "sections") in table.foreign)
_OF_DOCUMENTS = tuple(table.name for table in TABLES if ("document", "documents") in table.foreign)
_NUMBERED = tuple(table.name for table in TABLES if table.key == "n")
Values = dict[str, list[tuple[Any, ...]]]
"""The values of rows by their table, in the order of its columns."""
WORDS = ("aliases", "dictionary", "vocabulary", "fragments", "characters", "meta")
"""The tables of words, which all documents make together."""


class Editor:
    """A database in the making, or a copy that is being changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # -------------------------------------------------------------- any table

    def insert(self, rows: Mapping[str, Iterable[Row]], *, replacing: bool = False) -> None:
        """Puts rows into their tables, in the schema's order; `replacing` those that have the same key."""
        verb = "INSERT OR REPLACE" if replacing else "INSERT"
        for name, columns in _COLUMNS.items():
            if new := rows.get(name):
                marks = ",".join("?" * len(columns))
                sql = f'{verb} INTO "{name}" VALUES ({marks})'
                self._connection.executemany(sql, ([row.get(column) for column in columns] for row in new))

    def append(self, rows: Values, after: Mapping[str, int]) -> None:
        """Puts the rows of documents, each table numbered from 1, behind those whose last numbers are given by table."""
        for table in TABLES:
            if new := rows.get(table.name):
                steps = _steps(table, after)
                marks = ",".join(f"?+{steps[column]}" if column in steps else "?" for column in table.columns)
                sql = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608  # the schema's names, and numbers
                self._connection.executemany(sql, new)

    def last(self) -> dict[str, int]:
        """The highest number of each numbered table."""
        return {name: self._rows(f'SELECT coalesce(max(n), 0) FROM "{name}"')[0][0] for name in _NUMBERED}  # noqa: S608  # the schema's

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    # -------------------------------------------------------------- documents

    def held(self, name: str) -> list[Row]:
        """All rows of `documents` of an id, each with its `places`, in the order in which they came."""
        columns = _COLUMNS["documents"]
        found = self._rows("SELECT * FROM documents WHERE id = ? ORDER BY n", [name])
        rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in found]
        for row in rows:
            places = self._rows("SELECT name FROM places WHERE document = ? ORDER BY rowid", [row["n"]])
            row["places"] = [place for (place,) in places]
        return rows

    def delete(self, documents: Collection[int], retired: Collection[int] = ()) -> None:
        """Takes documents out, with all that they say; the retired are kept to be read, and neither searched nor asked."""
        self._unlist([*documents, *retired])
        for n in retired:
            self._connection.execute("UPDATE documents SET current = 0 WHERE n = ?", [n])
        for n in documents:
            sections = "SELECT n FROM sections WHERE document = ?"
            figures = f"SELECT n FROM figures WHERE section IN ({sections})"  # noqa: S608  # our own words
            self._connection.execute(f'DELETE FROM conflicts WHERE "first" IN ({figures})', [n])  # noqa: S608
            for name in _OF_SECTIONS:
                self._connection.execute(f'DELETE FROM "{name}" WHERE section IN ({sections})', [n])  # noqa: S608
            for name in _OF_DOCUMENTS:
                self._connection.execute(f'DELETE FROM "{name}" WHERE document = ?', [n])  # noqa: S608
            self._connection.execute("DELETE FROM documents WHERE n = ?", [n])

    # ------------------------------------------------------------------ units

    def unit_names(self) -> list[str]:
        """The names that assignments have, in order of first mention."""
        return [name for name, _ in self._rows("SELECT name, min(n) FROM assignments GROUP BY name ORDER BY min(n)")]

    def current_unit_names(self) -> set[str]:
        """Those of current documents."""
        sql = (
            "SELECT DISTINCT a.name FROM documents d JOIN sections s ON s.document = d.n JOIN assignments a ON a.section = s.n "
            "WHERE d.current = 1"
        )
        return {name for (name,) in self._rows(sql)}

    def places(self) -> set[str]:
        """The names that documents use for their own places."""
        return {name for (name,) in self._rows("SELECT DISTINCT name FROM places")}

    def set_units(self, units: Sequence[Row], numbers: Mapping[str, int]) -> None:
        """Puts all units anew, and gives each assignment the number of its name's."""
        self._connection.execute("DELETE FROM units")
        self.insert({"units": units})
        self._connection.create_function("number_of", 1, numbers.get, deterministic=True)
        self._connection.execute("UPDATE assignments SET unit = number_of(name) WHERE unit IS NOT number_of(name)")

    # ------------------------------------------------------------------ words

    def brought(self, kinds: Iterable[str] = ("indicator", "programme", "own", "term")) -> list[tuple[str, list[str]]]:
        """The terms of some kinds that each current document brings, with their kind."""
        sql = "SELECT kind, terms FROM brought WHERE kind = ? ORDER BY document"
        return [(kind, terms.split("\n")) for one in kinds for kind, terms in self._rows(sql, [one]) if terms]

    def aliases(self, kinds: Iterable[str]) -> set[tuple[str, str, str]]:
        """The (surface, kind, name) of some kinds."""
        sql = "SELECT surface, kind, name FROM aliases WHERE kind = ?"
        return {row for kind in kinds for row in self._rows(sql, [kind])}

    def replace_aliases(self, kinds: Iterable[str], rows: Sequence[Row]) -> None:
        """Puts all aliases of some kinds anew."""
        self._connection.executemany("DELETE FROM aliases WHERE kind = ?", ([kind] for kind in kinds))
        self.insert({"aliases": rows})

    def meta(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM meta"))

    def seed(self) -> list[tuple[str, int, str]]:
        """The words that the dictionary has without the documents: word, frequency, part of speech."""
        return self._rows("SELECT word, base, tag FROM dictionary WHERE base > 0")

    def vocabulary(self) -> list[tuple[str, str, str, int]]:
        """The vocabulary's terms, with pinyin, initials and weight."""
        return self._rows("SELECT term, pinyin, initials, weight FROM vocabulary")

    def fragments(self, pairs: Iterable[str]) -> dict[str, list[str]]:
        """For those pairs of characters the vocabulary's terms that hold them."""
        found = ((pair, self._rows("SELECT terms FROM fragments WHERE pair = ?", [pair])) for pair in pairs)
        return {pair: rows[0][0].split("\n") for pair, rows in found if rows}

    def replace_words(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Puts all tables of words anew."""
        for name in WORDS:
            self._connection.execute(f'DELETE FROM "{name}"')  # noqa: S608  # the schema's names
        self.insert(rows)

    # ----------------------------------------------------------------- search

    def segments(self) -> list[int]:
        """How many posting lists each segment has, by its number."""
        found = dict(self._rows("SELECT segment, count(*) FROM postings GROUP BY segment"))
        return [found.get(n, 0) for n in range(max(found, default=-1) + 1)]

    def post(self, segment: int, postings: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Puts the posting lists of terms (passages, what it counts in each) as a segment."""
        rows = ((term, segment, *postings[term]) for term in sorted(postings))
        self._connection.executemany("INSERT INTO postings VALUES (?, ?, ?, ?)", rows)

    def merge(self, first: int) -> None:
        """Makes one segment of all from `first` on; a later one holds later passages, so lists are joined end to end."""
        joined: dict[str, tuple[bytes, bytes]] = {}
        sql = "SELECT term, passages, impacts FROM postings WHERE segment >= ? ORDER BY term, segment"
        for term, passages, impacts in self._connection.execute(sql, [first]):
            before = joined.get(term, (b"", b""))
            joined[term] = (before[0] + passages, before[1] + impacts)
        self._connection.execute("DELETE FROM postings WHERE segment >= ?", [first])
        self.post(first, joined)

    def _unlist(self, documents: Collection[int]) -> None:
        """Takes documents out of the search index, and their words out of those that documents bring."""
        sql = "SELECT min(n), max(n) FROM passages WHERE section IN (SELECT n FROM sections WHERE document = ?)"
        ranges = [row for n in documents for row in self._rows(sql, [n]) if row[0] is not None]
        if ranges:
            self._cut_out(ranges)
        for n in documents:
            self._connection.execute("DELETE FROM brought WHERE document = ?", [n])
        self._connection.executemany("DELETE FROM passages WHERE n BETWEEN ? AND ?", ranges)

    def _cut_out(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Takes runs of passages out of all posting lists; a document's passages are numbered without a gap."""
        left = []
        for key, passages, impacts in self._connection.execute("SELECT rowid, passages, impacts FROM postings"):
            kept, counts = passages, impacts
            for first, last in ranges:
                numbers = memoryview(kept).cast("I")
                start, end = bisect_left(numbers, first), bisect_left(numbers, last + 1)
                if start < end:
                    kept, counts = kept[: 4 * start] + kept[4 * end :], counts[:start] + counts[end:]
            if kept is not passages:
                left.append((kept, counts, key))
        self._connection.executemany("UPDATE postings SET passages = ?, impacts = ? WHERE rowid = ?", left)
        self._connection.execute("DELETE FROM postings WHERE length(impacts) = 0")


def follow(values: Values, rows: Mapping[str, Iterable[Row]]) -> None:
    """Puts the rows of one more document, each table numbered from 1, behind those that are there."""
    after = {name: len(values.get(name, ())) for name in _NUMBERED}
    for table in TABLES:
        if new := rows.get(table.name):
            names = tuple(table.columns)
            steps = [(names.index(column), step) for column, step in _steps(table, after).items()]
            values.setdefault(table.name, []).extend(_moved([row.get(name) for name in names], steps) for row in new)


def _moved(values: list[Any], steps: Iterable[tuple[int, int]]) -> tuple[Any, ...]:
    for place, step in steps:
        if values[place] is not None:
            values[place] += step
    return tuple(values)


def _steps(table: Table, after: Mapping[str, int]) -> dict[str, int]:
    """By how much a table's own numbers, and those that it has of others, grow behind the last ones given by table."""
    own = {"n": after[table.name]} if table.key == "n" else {}
    return own | {column: after[other] for column, other in table.foreign}


def packed(postings: Mapping[str, tuple[array[int], array[int]]]) -> dict[str, tuple[bytes, bytes]]:
    """Posting lists as they are stored."""
    return {term: (numbers.tobytes(), impacts.tobytes()) for term, (numbers, impacts) in postings.items()}
