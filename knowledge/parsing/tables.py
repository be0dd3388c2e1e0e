"""Tables of tasks and of targets: each row a section of its own, with its units or its figures.

Reads lines whose cells are parted by `|`, Markdown's and those that a page's table was turned into. A table counts
where its first row names a column that is known here; other tables stay text of their section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from knowledge.facts import Assignment, Award, Document, Figure, Section, Span
from knowledge.numerals import NUMBER, value
from knowledge.parsing.clauses import Piece
from knowledge.parsing.columns import SILENT, kind
from knowledge.parsing.granted import granted
from knowledge.parsing.quantities import QUANTITY, comparison
from knowledge.parsing.units import named
from knowledge.rules import rule
from knowledge.text import MARKUP, compact, name

RULED = rule(
    "ruled",
    r"^[|:\s-]*-[|:\s-]*$",
    "the line under Markdown's first row",
    ("| --- | :-: |", "| --- | :-: |"),
    ("| 1 |", ""),
)
OWN_UNIT = rule(
    "own_unit",
    r"\((?P<unit>[^()]{1,8})\)$",
    "the unit behind an indicator's name",
    ("5G基站数(个)", "(个)"),
    ("上云企业", ""),
)
NUMERAL = rule(
    "numeral",
    r"^(?:\([一二三四五六七八九十0-9]{1,3}\)|[一二三四五六七八九十]{1,3}、|[0-9]{1,3}(?:、|\.(?![0-9])))(?=.)",
    "the numeral before a task in its cell",
    ("(一)建设平台", "(一)"),
    ("3.引进项目", "3."),
    ("5.5亿元项目", ""),
)
_ROLES = ("lead", "support", "responsible")
_DITTO = "〃"
_AROUND = " \t\xa0\u2002\u3000*_`"
"""White space and markup around a cell's words."""
_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(r"<br\s*/?>")
_GOAL = re.compile(rf"(?P<before>[^0-9]{{0,4}})(?P<value>{NUMBER})(?P<after>.{{0,8}})")


@dataclass(frozen=True)
class Cell:
    """A cell's words in compact form with their place in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """What a row says beside its section: units, figures and awards without document and section, the spans of its deadlines."""

    units: tuple[Assignment, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Span, ...] = ()
    awards: tuple[Award, ...] = ()


@dataclass
class _Table:
    """A table while its lines are read: the kind and the words of each column, the cells of each row."""

    kinds: tuple[tuple[str, int | None], ...]
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    end: int = 0

    def continued(self) -> _Table:
        """The same table without its rows."""
        return _Table(self.kinds, self.header, end=self.end)


def tabled(document: Document, sections: Sequence[Section]) -> tuple[tuple[Section, ...], dict[str, Row]]:
    """The sections with those of the rows of tables among them, and what each row says."""
    found: list[Section] = []
    said: dict[str, Row] = {}
    open_table: _Table | None = None
    for section in sections:
        tables = list(_tables(document, section, open_table))
        open_table = tables[-1].continued() if tables and _ends(document, section, tables[-1]) else None
        lines = [(table, cells) for table in tables for cells in table.rows]
        starts = [cells[0].start for _, cells in lines]
        found.append(replace(section, end=starts[0]) if starts else section)
        for place, (table, cells) in enumerate(lines):
            end = starts[place + 1] if place + 1 < len(starts) else section.end
            own = _section(document, section, place + 1, table, cells, end)
            found.append(own)
            said[own.section] = _row(document, table, cells)
    return tuple(found), said


def _row(document: Document, table: _Table, cells: Sequence[Cell]) -> Row:
    times = tuple((cell.start, cell.end) for _, _, cell in _of(table, cells, "deadline"))
    given = granted(document, table.header, [Piece(cell.text, cell.start, cell.end) for cell in cells])
    return Row(tuple(_units(document, table, cells)), tuple(_figures(document, table, cells)), times, tuple(given))


def _ends(document: Document, section: Section, table: _Table) -> bool:
    """Whether a table goes on to its section's end, so that a heading inside it may part it (`一、加快产业升级`)."""
    return not document.text[table.end : section.end].strip()


def _tables(document: Document, section: Section, before: _Table | None) -> Iterator[_Table]:
    """The tables of a section's body whose first row is known; `before`: the one that the section's heading parts."""
    table = before
    last = section.body
    for line in _LINE.finditer(document.text, section.body, section.end):
        if any(a <= line.start() and line.end() <= b for a, b in document.furniture):
            last = line.end()
            continue
        cells = _cells(document, *line.span())
        if len(cells) < 2 or len(document.text[last : line.start()].strip("\r\n \t|")) > 0:
            if table and (table.rows or table is not before):
                yield table
            table = None
        if len(cells) >= 2:
            table = _read(table, cells, line) or _begun(cells, line)
        last = line.end()
    if table:
        yield table


def _begun(cells: tuple[Cell, ...], line: re.Match[str]) -> _Table | None:
    """The table that a row heads; None where it names no column that is known."""
    kinds = tuple(kind(cell.text) for cell in cells)
    telling = [name for name, _ in kinds if name and name != SILENT]
    return _Table(kinds, tuple(cell.text for cell in cells), end=line.end()) if telling else None


def _read(table: _Table | None, cells: tuple[Cell, ...], line: re.Match[str]) -> _Table | None:
    """A table with one line more: a row, a further row of its head, or the line under Markdown's."""
    if table is None:
        return None
    table.end = line.end()
    if RULED.pattern.match(line.group()):
        return table
    kinds = [kind(cell.text) if cell.text != _DITTO else ("", None) for cell in cells]
    telling = [cell for cell in cells if cell.text and cell.text != _DITTO]
    if telling and all(kind(cell.text)[0] for cell in telling):
        if not table.rows:
            table.kinds = tuple(_finer(*pair) for pair in zip_longest(table.kinds, kinds, fillvalue=("", None)))
        return table
    table.rows.append(_filled(cells, table.rows))
    return table


def _finer(above: tuple[str, int | None], below: tuple[str, int | None]) -> tuple[str, int | None]:
    """A column's kind where its head has two rows: the lower one, if it says any."""
    return below if below[0] and below[0] != SILENT else above


def _cells(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a line, Markdown's between outer marks too; none where it is no row."""
    text = document.text[start:end]
    inside = [(a, b) for a, b in document.furniture if a < end and start < b]
    if "|" not in text or not all(MARKUP.fullmatch(document.text, *span) for span in inside):
        return ()
    inner = text.strip(" \t")
    outer = inner.startswith("|") and inner.endswith("|") and len(inner) > 1
    begin = start + (text.index("|") + 1 if outer else 0)
    last = start + (text.rindex("|") if outer else len(text))
    found: list[Cell] = []
    for part in re.finditer(r"[^|]*(?:\||$)", document.text[begin:last]):
        words = part.group().rstrip("|")
        first = begin + part.start() + len(words) - len(words.lstrip(_AROUND))
        stop = max(first, begin + part.start() + len(words.rstrip(_AROUND)))
        if part.group() or not found:
            found.append(Cell(compact(document.text, first, stop, tuple(inside)).text.strip(), first, stop))
    return tuple(found)


def _filled(cells: tuple[Cell, ...], above: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """A row in which a cell that one above reaches into is that one; the first keeps its own place."""
    over = above[-1] if above else ()
    found = [over[place] if cell.text == _DITTO and place < len(over) else cell for place, cell in enumerate(cells)]
    return (replace(cells[0], text=found[0].text), *found[1:])


def _of(table: _Table, cells: Sequence[Cell], *kinds: str) -> Iterator[tuple[str, int | None, Cell]]:
    for (column, year), cell in zip(table.kinds, cells, strict=False):
        if column in kinds and cell.text:
            yield column, year, cell


def _section(
    document: Document, parent: Section, number: int, table: _Table, cells: Sequence[Cell], end: int
) -> Section:
    """The section of a row: headed by its task or indicator, else by its first cell with words."""
    own = [cell for _, _, cell in _of(table, cells, "indicator", "task")]
    head = (own or [cell for cell in cells if re.search("[^0-9.\\W]", cell.text)] or [cells[0]])[0]
    return Section(
        section=f"{parent.section}|{number}",
        parent=parent.section,
        level=parent.level + 1,
        heading=_heading(document, head),
        start=cells[0].start,
        end=end,
        body=cells[0].start,
    )


def _heading(document: Document, head: Cell) -> str:
    """The words of a cell as written, without numeral and final stop; those read where markup stands among them."""
    written = name(document.text[head.start : head.end])
    words = written if compact(written).text.strip() == head.text else head.text
    words = _BREAK.sub("", words).rstrip("。；;")
    numeral = NUMERAL.pattern.match(compact(words).text)
    return words[numeral.end() :] if numeral and "。" not in words else words


def _units(document: Document, table: _Table, cells: Sequence[Cell]) -> Iterator[Assignment]:
    for role, _, cell in _of(table, cells, *_ROLES):
        yield from named(compact(document.text, cell.start, cell.end), document.text, role)


def _figures(document: Document, table: _Table, cells: Sequence[Cell]) -> Iterator[Figure]:
    """The figures of a row that has an indicator: one for each cell in a column of goals."""
    subject = next((cell for _, _, cell in _of(table, cells, "indicator")), None)
    measure = next((cell.text for _, _, cell in _of(table, cells, "measure")), None)
    if subject is None:
        return
    behind = OWN_UNIT.pattern.search(subject.text)
    for _, year, cell in _of(table, cells, "year", "goal"):
        found = _GOAL.fullmatch(cell.text)
        number = value(found["value"]) if found else None
        if found is None or number is None:
            continue
        own = QUANTITY.search(cell.text)
        unit = own["unit"] if own else measure or (behind["unit"] if behind else None)
        yield Figure(
            indicator=subject.text[: behind.start()] if behind else subject.text,
            year=year,
            year_end=None,
            comparator=comparison(found["before"], found["after"].removeprefix(unit or "")),
            value=number,
            value_max=None,
            unit=unit,
            per_year=False,
            commitment=None,
            flow=None,
            text=document.text[cell.start : cell.end],
            start=cell.start,
            end=cell.end,
            lead=min(cells[0].start, cell.start),
        )
