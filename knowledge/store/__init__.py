"""The policy database, read through sqlite3, read-only; `writing` makes one, through sqlite-utils.

Rows go in and come out as plain values; what they mean is told by `facts` and `schema`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from knowledge.errors import DatabaseError
from knowledge.facts import (
    Amendment,
    Assignment,
    Award,
    Deadline,
    Document,
    Figure,
    Programme,
    Reference,
    Schedule,
)
from knowledge.schema import APPLICATION, TABLES, VERSION
from knowledge.store.columns import award, number
from knowledge.store.held import Held
from knowledge.store.queries import ALL_FIGURES, CONFLICTS, DOCUMENTS, HOLDING, PAGE, TASKS
from knowledge.words import frequency_for

Row = dict[str, Any]
_Simple = TypeVar("_Simple", Reference, Schedule, Programme, Deadline, Amendment)
_MOST_VALUES = 900
"""How many values one `IN (…)` takes (SQLite's own limit was 999 for long)."""


class Database:
    """A policy database opened for reading. Safe to share between threads that take turns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._characters: dict[str, Row | None] = {}
        self._dictionary = self._held("dictionary", "word, frequency, tag")
        self._aliases = self._held("aliases", "surface, kind, name")
        self._spelt = {by: self._held("vocabulary", f"{by}, term, weight") for by in ("pinyin", "initials")}
        self._learnt: dict[tuple[str, str], list[str]] = {}
        self._fragments = self._held("fragments", "pair, terms")
        if not path.exists():
            raise DatabaseError(f"{path}: no such database; build it with: wence --db {path} build SOURCE…")
        if not path.is_file():
            raise DatabaseError(f"{path}: is not a file")
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._check()
        except sqlite3.DatabaseError as error:
            raise DatabaseError(f"{path}: not a policy database ({error})") from error
        self.meta: dict[str, str] = {row["key"]: row["value"] for row in self.rows("SELECT key, value FROM meta")}

    def _check(self) -> None:
        """Refuses files of another kind or version, saying how to rebuild."""
        application = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise DatabaseError(f"{self.path}: not a policy database")
        if version != VERSION:
            again = f"rebuild it with: wence --db {self.path} build --fresh SOURCE…"
            raise DatabaseError(
                f"{self.path}: database version {version}, this program reads version {VERSION}; {again}"
            )

    def close(self) -> None:
        self._connection.close()

    def examine(self) -> None:
        """Reads every page; DatabaseError where one is damaged."""
        found = self.rows("PRAGMA quick_check(1)")
        if any(row["quick_check"] != "ok" for row in found):
            raise DatabaseError(f"{self.path}: the database is damaged ({found[0]['quick_check']})")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query as dictionaries."""
        names, found = self._found(sql, values)
        return [dict(zip(names, row, strict=True)) for row in found]

    def _found(self, sql: str, values: Sequence[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and the rows of a query; DatabaseError where the file is damaged."""
        try:
            cursor = self._connection.execute(sql, values)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.DatabaseError as error:
            again = f"rebuild it with: wence --db {self.path} build --fresh SOURCE…"
            raise DatabaseError(f"{self.path}: the database is damaged ({error}); {again}") from error

    def among(self, sql: str, values: Iterable[Any], *more: Any) -> list[Row]:
        """The rows of a query whose `{}` is filled with many values, asked for in portions."""
        asked = list(values)
        found: list[Row] = []
        for start in range(0, len(asked), _MOST_VALUES):
            portion = asked[start : start + _MOST_VALUES]
            found += self.rows(sql.format(",".join("?" * len(portion))), [*portion, *more])
        return found

    # -------------------------------------------------------------- documents

    @lru_cache(maxsize=64)  # noqa: B019  # one database lives as long as its caches
    def document(self, n: int) -> Document:
        """A document with its text, by its row's number."""
        row = self.rows("SELECT * FROM documents WHERE n = ?", [n])[0]
        places = self.rows("SELECT name FROM places WHERE document = ? ORDER BY rowid", [n])
        spans = self.rows("SELECT field, start, end FROM spans WHERE document = ? ORDER BY n", [n])
        return Document(
            **{name: row[name] for name in PAGE},
            text=row["text"],
            places=tuple(place["name"] for place in places),
            furniture=tuple((span["start"], span["end"]) for span in spans if span["field"] == "furniture"),
            spans=tuple((span["field"], span["start"], span["end"]) for span in spans if span["field"] != "furniture"),
        )

    def edition(self, name: str, version: str) -> Document | None:
        """A document as it stood in a version, current or earlier (`version`: the digits that a citation has); None where unknown."""
        found = self.rows("SELECT n FROM documents WHERE id = ? AND version = ? ORDER BY n DESC", [name, version])
        return self.document(found[0]["n"]) if found else None

    @lru_cache(maxsize=1)  # noqa: B019
    def documents(self) -> tuple[Row, ...]:
        """The current documents without their texts, in the order of building."""
        return tuple(self.rows(DOCUMENTS))

    @cached_property
    def stamp(self) -> str:
        """What tells this database's rows from another's: its documents by their versions, and how many rows they gave."""
        told = [f"{row['id']} {row['version']}" for row in self.rows("SELECT id, version FROM documents ORDER BY n")]
        counts = self.rows(
            "SELECT (SELECT count(*) FROM sections), (SELECT count(*) FROM figures), (SELECT count(*) FROM units)"
        )
        told += map(str, counts[0].values())
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The rows of the current documents by their ids."""
        return {row["id"]: row["n"] for row in self.documents()}

    @cached_property
    def readings(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """For a document, by its id, the words that publishing overwrote, each with what stood there."""
        told = ((row["id"], (row["reading"] or "").splitlines()) for row in self.documents())
        return {
            name: tuple((word, read) for word, _, read in (one.partition("=") for one in rows))
            for name, rows in told
            if rows
        }

    @lru_cache(maxsize=4096)  # noqa: B019
    def section(self, n: int) -> Row:
        """A section's row with its units."""
        return self.rows("SELECT * FROM sections WHERE n = ?", [n])[0]

    @lru_cache(maxsize=64)  # noqa: B019
    def outline(self, document: int) -> tuple[Row, ...]:
        """The sections of a document in reading order."""
        return tuple(self.rows("SELECT * FROM sections WHERE document = ? ORDER BY n", [document]))

    # ------------------------------------------------------------------ facts

    @lru_cache(maxsize=4096)  # noqa: B019
    def figures(self, section: int) -> tuple[tuple[int, int, Figure], ...]:
        """The figures of a section as (row, indicator's row, figure), in reading order."""
        found = self.rows("SELECT * FROM figures WHERE section = ? ORDER BY n", [section])
        return tuple((row["n"], row["indicator"], self._figure(row)) for row in found)

    @lru_cache(maxsize=4096)  # noqa: B019
    def indicator(self, n: int) -> str:
        """The name of an indicator, as its first figure has it."""
        return str(self.rows("SELECT name FROM indicators WHERE n = ?", [n])[0]["name"])

    def series(self, indicator: int) -> list[tuple[int, Figure]]:
        """All figures of an indicator as (row, figure), by year."""
        found = self.rows("SELECT * FROM figures WHERE indicator = ? ORDER BY year, n", [indicator])
        return [(row["n"], self._figure(row)) for row in found]

    def all_figures(self) -> list[tuple[int, int, Figure]]:
        """Every current figure as (row, indicator's row, figure)."""
        return [(row["n"], row["indicator"], self._figure(row)) for row in self.rows(ALL_FIGURES)]

    def setting(self, values: Iterable[float]) -> list[int]:
        """The sections of current documents that set one of the values as a goal or give it, in reading order."""
        told = [("figures", "value"), ("figures", "value_max"), ("awards", "amount"), ("awards", "amount_max")]
        found: set[int] = set()
        for table, column in told:
            sql = f"SELECT DISTINCT section FROM {table} WHERE {column} IN ({{}})"  # noqa: S608  # our own names
            found |= {row["section"] for row in self.among(sql, values)}
        current = "SELECT s.n FROM sections s JOIN documents d ON d.n = s.document WHERE d.current = 1 AND s.n IN ({})"
        return sorted(row["n"] for row in self.among(current, sorted(found)))

    def figure(self, n: int) -> Figure:
        return self._figure(self.rows("SELECT * FROM figures WHERE n = ?", [n])[0])

    def _place(self, section: int) -> tuple[Document, str]:
        row = self.section(section)
        return self.document(row["document"]), row["section"]

    def _figure(self, row: Row) -> Figure:
        document, section = self._place(row["section"])
        return Figure(
            indicator=row["phrase"],
            year=row["year"],
            year_end=row["year_end"],
            comparator=row["comparator"],
            value=number(row["value"]),
            value_max=number(row["value_max"]),
            unit=row["unit"],
            per_year=bool(row["per_year"]),
            commitment=row["commitment"],
            flow=row["flow"],
            text=document.text[row["start"] : row["end"]],
            document=document.id,
            section=section,
            start=row["start"],
            end=row["end"],
            lead=row["lead"],
        )

    @lru_cache(maxsize=4096)  # noqa: B019
    def awards(self, section: int) -> tuple[Award, ...]:
        """The awards of a section."""
        document, name = self._place(section)
        found = self.rows("SELECT * FROM awards WHERE section = ? ORDER BY n", [section])
        return tuple(award(row, document, name) for row in found)

    @lru_cache(maxsize=4096)  # noqa: B019
    def assignments(self, section: int) -> tuple[tuple[int, Assignment], ...]:
        """The units of a section as (unit's row, assignment), in the order listed."""
        found = self.rows("SELECT * FROM assignments WHERE section = ? ORDER BY n", [section])
        name = self.section(section)["section"]
        return tuple(
            (row["unit"], Assignment(row["name"], row["role"], name, row["start"], row["end"])) for row in found
        )

    def tasks(self, units: Iterable[int]) -> list[Row]:
        """The sections in which any of the units has a part: section's and document's row numbers, unit, name, role."""
        return self.among(TASKS, units)

    def references(self, section: int) -> tuple[Reference, ...]:
        return self._simple(Reference, "references", section)

    def schedules(self, section: int) -> tuple[Schedule, ...]:
        return self._simple(Schedule, "schedules", section)

    def programmes(self, section: int) -> tuple[Programme, ...]:
        return self._simple(Programme, "programmes", section)

    def deadlines(self, section: int) -> tuple[Deadline, ...]:
        return self._simple(Deadline, "deadlines", section)

    def amendments(self, section: int) -> tuple[Amendment, ...]:
        return self._simple(Amendment, "amendments", section)

    @lru_cache(maxsize=16384)  # noqa: B019
    def _simple(self, kind: type[_Simple], table: str, section: int) -> tuple[_Simple, ...]:
        """The facts of a section whose fields are their table's columns, in reading order."""
        found = self.rows(f'SELECT * FROM "{table}" WHERE section = ? ORDER BY n', [section])  # noqa: S608  # our own names
        if not found:
            return ()
        document, name = self._place(section)
        held = kind.__dataclass_fields__
        return tuple(
            kind(
                **{key: value for key, value in row.items() if key in held}
                | _words(held, document, row)
                | {"section": name}
            )
            for row in found
        )

    def holding(self, table: str, role: str | None = None) -> list[tuple[int, int]]:
        """The (document's row, section's row) of the current documents that hold facts of a table, of a role where given."""
        sql = HOLDING.format(table)
        found = self.rows(f"{sql} AND f.role = ? ORDER BY s.n", [role]) if role else self.rows(f"{sql} ORDER BY s.n")
        return [(row["document"], row["n"]) for row in found]

    def conflicts(self, documents: Iterable[int] = ()) -> list[tuple[int, int]]:
        """Pairs of rows of figures that contradict each other, of the current documents; of some only where they are given."""
        wanted = set(documents)
        found = self.rows(CONFLICTS)
        return [(row["first"], row["second"]) for row in found if not wanted or row["document"] in wanted]

    def contradicting(self, section: int, figure: Figure) -> list[tuple[Figure, Figure]]:
        """The pairs of figures that contradict each other and of which a section's figure is one."""
        rows = [n for n, _, one in self.figures(section) if (one.start, one.end) == (figure.start, figure.end)]
        sql = 'SELECT "first", "second" FROM conflicts WHERE "first" = ? UNION SELECT "first", "second" FROM conflicts WHERE "second" = ?'
        found = {(row["first"], row["second"]) for n in rows for row in self.rows(sql, [n, n])}
        return [(self.figure(first), self.figure(second)) for first, second in sorted(found)]

    def units(self) -> list[Row]:
        return self.rows("SELECT * FROM units ORDER BY n")

    # ------------------------------------------------------------------ words

    def _held(self, table: str, columns: str) -> Held:
        """The rows of a table of words, by the first of its columns."""
        sql = f"SELECT {columns} FROM {table}"  # noqa: S608  # our own names
        by_word = f"{sql} WHERE {columns.partition(',')[0]} IN ({{}}) ORDER BY {columns}"  # whatever the order in which they came
        whole = f"{sql} ORDER BY {columns} LIMIT ?"
        return Held(
            lambda words: [tuple(row.values()) for row in self.among(by_word, words)],
            lambda most: self._found(whole, [most])[1],
        )

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """The frequencies of those strings that are words of the dictionary."""
        return {word: rows[0][0] for word, rows in self._dictionary.get(words).items()}

    def tags(self, words: Iterable[str]) -> dict[str, tuple[str, int]]:
        """The parts of speech of words, and their frequencies."""
        return {word: (rows[0][1], rows[0][0]) for word, rows in self._dictionary.get(words).items()}

    def aliases(self, surfaces: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """What surfaces stand for: kinds and names."""
        return self._aliases.get(surfaces)

    @lru_cache(maxsize=8192)  # noqa: B019
    def surfaces(self, name: str, kind: str) -> tuple[str, ...]:
        """The surfaces that stand for a standard term."""
        rows = self.rows("SELECT surface FROM aliases WHERE name = ? AND kind = ? ORDER BY surface", [name, kind])
        return tuple(dict.fromkeys([row["surface"] for row in rows] + self._learnt.get((name, kind), [])))

    def learn(self, aliases: Iterable[tuple[str, str, str]]) -> None:
        """Takes in (folded surface, kind, name) that the file lacks, before the first question; the file stays as it is."""
        rows = list(aliases)
        words = {surface for surface, _, _ in rows}
        total = int(self.meta.get("dictionary_total", "1"))
        known = self.frequencies(words | {char for word in words for char in word})
        self._aliases.add(rows)
        self._dictionary.add((word, frequency_for(word, total, known), "n") for word in sorted(words))
        for surface, kind, name in rows:
            self._learnt.setdefault((name, kind), []).append(surface)

    def characters(self, chars: Iterable[str]) -> dict[str, Row]:
        """The readings and simplified forms of characters; each is looked up once."""
        asked = set(chars)
        new = sorted(char for char in asked if char not in self._characters)
        self._characters.update(dict.fromkeys(new))
        for row in self.among("SELECT * FROM characters WHERE char IN ({})", new):
            self._characters[row["char"]] = row
        met = ((char, self._characters[char]) for char in asked)
        return {char: row for char, row in met if row is not None}

    def sounding(self, spellings: Iterable[str], by: str) -> list[tuple[str, str, int]]:
        """The vocabulary's terms with a toneless spelling (`by` pinyin or initials): spelling, term, weight."""
        return [(spelling, *row) for spelling, rows in self._spelt[by].get(spellings).items() for row in rows]

    def similar(self, pairs: Iterable[str]) -> list[str]:
        """For pairs of characters the vocabulary's terms that hold them, parted by line ends."""
        return [row[0] for rows in self._fragments.get(pairs).values() for row in rows]

    # ----------------------------------------------------------------- search

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages terms stand."""
        sql = "SELECT term, sum(length(impacts)) AS n FROM postings WHERE term IN ({}) GROUP BY term"
        return {row["term"]: row["n"] for row in self.among(sql, terms)}

    def postings(self, terms: Iterable[str]) -> list[Row]:
        return self.among(
            "SELECT term, passages, impacts FROM postings WHERE term IN ({}) ORDER BY term, segment", terms
        )

    def passages(self, numbers: Iterable[int]) -> list[Row]:
        return self.among("SELECT * FROM passages WHERE n IN ({})", numbers)

    @lru_cache(maxsize=256)  # noqa: B019
    def passages_of(self, document: int) -> tuple[int, int] | None:
        """The numbers of a document's first and last passage: they run on; None without any."""
        sql = "SELECT min(p.n) AS a, max(p.n) AS b FROM passages p JOIN sections s ON s.n = p.section WHERE s.document = ?"
        row = self.rows(sql, [document])[0]
        return None if row["a"] is None else (row["a"], row["b"])

    def contents(self, *tables: str) -> Iterator[tuple[str, Row]]:
        """Every row of every table (or of some), in order: what two builds of the same sources share."""
        for table in TABLES:
            if tables and table.name not in tables:
                continue
            order = ", ".join(f'"{column}"' for column in ([table.key] if isinstance(table.key, str) else table.key))
            for row in self.rows(f'SELECT * FROM "{table.name}" ORDER BY {order}'):  # noqa: S608  # names are the schema's
                yield table.name, row


def _words(held: Container[str], document: Document, row: Row) -> dict[str, str]:
    """The words of a fact that keeps them."""
    return {"text": document.text[row["start"] : row["end"]]} if "text" in held else {}
