"""Sections taken off the shelf for answering: their text, headings and sentences, folded once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.facts import Assignment, Award, Citation, Document, Figure, Programme, Reference, Schedule
from knowledge.parsing.clauses import clauses, paragraphs, sentences
from knowledge.store import Database, Row
from knowledge.succession import Succession
from knowledge.text import bare, compact, tidy


@dataclass(frozen=True)
class Sentence:
    """A sentence of a section: its span, its folded text, the spans of its clauses, and the year its paragraph opens with."""

    start: int
    end: int
    folded: str
    clauses: tuple[tuple[int, int], ...]
    paragraph: int


@dataclass(frozen=True)
class Shelved:
    """A section as answers need it."""

    n: int
    row: Row
    document: Document
    heading: str
    above: str
    folded: str
    sentences: tuple[Sentence, ...]
    leaf: bool = True

    @property
    def section(self) -> str:
        return str(self.row["section"])


class Shelf:
    """The sections of a database, each prepared once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.take = lru_cache(maxsize=4096)(self._take)
        self.sections_of = lru_cache(maxsize=64)(self._sections_of)

    @cached_property
    def succession(self) -> Succession:
        """Which documents repeal or amend others."""
        return Succession(self.database)

    def _take(self, n: int) -> Shelved:
        row = self.database.section(n)
        document = self.database.document(row["document"])
        outer = {other["section"]: other for other in self.database.outline(row["document"])}
        above, parent = [], outer.get(row["parent"] or "")
        while parent is not None and parent["section"]:
            above.append(bare(parent["heading"]))
            parent = outer.get(parent["parent"] or "")
        found = tuple(_sentences(document, row))
        leaf = not any(other["parent"] == row["section"] and other["section"] for other in outer.values())
        return Shelved(
            n,
            row,
            document,
            bare(row["heading"]),
            " ".join(above),
            bare(document.text[row["start"] : row["end"]]),
            found,
            leaf or not row["section"],
        )

    def _sections_of(self, document: int) -> dict[str, int]:
        """The rows of a document's sections by their ids."""
        return {row["section"]: row["n"] for row in self.database.outline(document)}

    def home(self, fact: Figure | Award) -> Shelved:
        """The section in which a fact stands."""
        return self.take(self.sections_of(self.database.numbers[fact.document])[fact.section])

    def holds(self, title: str) -> bool:
        """Whether the database has a document of a title, given or part of a longer one."""
        wanted = bare(title)
        return bool(wanted) and any(wanted in bare(row["title"] or "") for row in self.database.documents())

    def name(self, figure: Figure) -> str:
        """A figure's indicator by the name that it has over the whole document."""
        held = self.figures(self.home(figure))
        number = next(n for _, n, one in held if one.start == figure.start and one.value == figure.value)
        return self.database.indicator(number)

    def children(self, one: Shelved) -> list[Shelved]:
        """The sections below one, at any depth."""
        rows = self.database.outline(one.row["document"])
        inside = {one.section}
        found = []
        for row in rows:
            if row["parent"] in inside and row["section"]:
                inside.add(row["section"])
                found.append(self.take(row["n"]))
        return found if one.section else []

    def around(self, one: Shelved, offset: int) -> Shelved:
        """The section of a document that an offset of its text stands in (a list of units may hold for others too)."""
        own = map(self.take, self.sections_of(one.row["document"]).values())
        return next((each for each in own if each.row["start"] <= offset < each.row["end"]), one)

    def parent(self, one: Shelved) -> Shelved | None:
        """The section above one, or None at the top."""
        name = one.row["parent"]
        return self.take(self.sections_of(one.row["document"])[name]) if name else None

    def figures(self, one: Shelved) -> tuple[tuple[int, int, Figure], ...]:
        return self.database.figures(one.n)

    def awards(self, one: Shelved) -> tuple[Award, ...]:
        return self.database.awards(one.n)

    def units(self, one: Shelved) -> tuple[tuple[int, Assignment], ...]:
        return self.database.assignments(one.n)

    def references(self, one: Shelved) -> tuple[Reference, ...]:
        return self.database.references(one.n)

    def schedules(self, one: Shelved) -> tuple[Schedule, ...]:
        return self.database.schedules(one.n)

    def programmes(self, one: Shelved) -> tuple[Programme, ...]:
        return self.database.programmes(one.n)


def _sentences(document: Document, row: Row) -> Iterator[Sentence]:
    """The sentences of a section after its heading, furniture left out."""
    view = compact(document.text, row["body"], row["end"], document.furniture)
    for paragraph in paragraphs(view.text):
        for sentence in sentences(paragraph):
            end = sentence.end + (sentence.end < len(view.text) and view.text[sentence.end] in "。!?")
            start, stop = tidy(document.text, *view.span(sentence.start, end))
            parts = tuple(view.span(clause.start, clause.end) for clause in clauses(sentence))
            opening = view.span(paragraph.start, paragraph.end)[0]
            yield Sentence(start, stop, bare(sentence.text), parts, opening)


def citation(one: Shelved, start: int, end: int) -> Citation:
    """A citation of a span in a section."""
    start, end = tidy(one.document.text, start, end)
    return Citation(
        one.document.id,
        one.document.title,
        one.section,
        one.row["heading"],
        one.document.text[start:end],
        start,
        end,
        one.document.version,
    )
