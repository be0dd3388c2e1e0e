"""Tables of tasks and of targets: each row a section of its own, with its units or its figures.

Reads lines whose cells are parted by `|`, Markdown's and those that a page's table was turned into. A table counts
where its first row names a column that is known here; other tables stay text of their section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.facts import Assignment, Award, Document, Figure, Section
from knowledge.numerals import NUMBER, value
from knowledge.parsing.clauses import Piece
from knowledge.parsing.granted import AMOUNT, granted
from knowledge.parsing.quantities import QUANTITY, comparison
from knowledge.parsing.units import named
from knowledge.rules import Rule, first, rule
from knowledge.text import compact, name

COLUMNS: tuple[Rule, ...] = (
    rule("lead", r"^(?:牵头|主责)(?:责任)?(?:单位|部门)", "units that lead", ("牵头单位", "牵头单位"), ("任务", "")),
    rule(
        "support",
        r"^(?:配合|协同|参与|协办)(?:责任)?(?:单位|部门)",
        "units that support",
        ("配合单位", "配合单位"),
        ("牵头单位", ""),
    ),
    rule(
        "responsible",
        r"^(?:责任|负责|承办|实施)(?:单位|部门)",
        "responsible units",
        ("责任单位", "责任单位"),
        ("承办部门", "承办部门"),
        ("单位", ""),
    ),
    rule("measure", r"^(?:计量)?单位$", "the unit of the row's numbers", ("计量单位", "计量单位"), ("责任单位", "")),
    rule(
        "indicator",
        r"^(?:主要|具体|核心|预期)?指标(?:名称)?$",
        "the indicator of the row's numbers",
        ("指标名称", "指标名称"),
        ("指标值", ""),
    ),
    rule(
        "year",
        r"^(?P<year>20[0-9]{2})年?(?:底|末)?(?:目标|目标值|计划)?$",
        "goals of a year",
        ("2025年目标值", "2025年目标值"),
        ("2023年基数", ""),
        ("2023年完成", ""),
    ),
    rule("goal", r"^目标值?$", "goals without a year", ("目标值", "目标值"), ("目标任务", "")),
    rule("amount", AMOUNT.pattern.pattern, AMOUNT.meaning, *AMOUNT.examples),
    rule(
        "task",
        r"^(?:重点|主要|工作|具体|目标)*(?:任务|事项|内容|举措|措施)(?:名称|内容|分工)?$",
        "the task of the row",
        ("重点任务", "重点任务"),
        ("任务", "任务"),
        ("序号", ""),
    ),
)
"""What a table's first row may say of a column, in the order in which it is tried."""
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
_ROLES = ("lead", "support", "responsible")
_DITTO = "〃"
_LINE = re.compile(r"[^\r\n]+")
_GOAL = re.compile(rf"(?P<before>[^0-9]{{0,4}})(?P<value>{NUMBER})(?P<after>.{{0,8}})")


@dataclass(frozen=True)
class Cell:
    """A cell's words in compact form with their place in the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """What a row says beside its section: units, figures and awards, these without document and section."""

    units: tuple[Assignment, ...] = ()
    figures: tuple[Figure, ...] = ()
    awards: tuple[Award, ...] = ()


@dataclass
class _Table:
    """A table while its lines are read: the kind and the words of each column, the cells of each row."""

    kinds: tuple[tuple[str, int | None], ...]
    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


def tabled(document: Document, sections: Sequence[Section]) -> tuple[tuple[Section, ...], dict[str, Row]]:
    """The sections with those of the rows of tables among them, and what each row says."""
    found: list[Section] = []
    said: dict[str, Row] = {}
    for section in sections:
        tables = list(_tables(document, section))
        lines = [(table, cells) for table in tables for cells in table.rows]
        starts = [cells[0].start for _, cells in lines]
        found.append(replace(section, end=starts[0]) if starts else section)
        for place, (table, cells) in enumerate(lines):
            end = starts[place + 1] if place + 1 < len(starts) else section.end
            own = _section(section, place + 1, table, cells, end)
            found.append(own)
            pieces = [Piece(cell.text, cell.start, cell.end) for cell in cells]
            given = tuple(granted(document, table.header, pieces))
            said[own.section] = Row(
                tuple(_units(document, table, cells)), tuple(_figures(document, table, cells)), given
            )
    return tuple(found), said


def _tables(document: Document, section: Section) -> Iterator[_Table]:
    """The tables of a section's body whose first row is known."""
    table: _Table | None = None
    last = section.body
    for line in _LINE.finditer(document.text, section.body, section.end):
        cells = _cells(document, *line.span())
        if len(cells) < 2 or len(document.text[last : line.start()].strip("\r\n \t|")) > 0:
            if table and table.rows:
                yield table
            table = None
        if len(cells) >= 2 and table is None:
            kinds = tuple(map(_kind, cells))
            table = _Table(kinds, tuple(cell.text for cell in cells)) if any(kind for kind, _ in kinds) else None
        elif len(cells) >= 2 and table is not None and not RULED.pattern.match(line.group()):
            table.rows.append(_filled(cells, table.rows))
        last = line.end()
    if table and table.rows:
        yield table


def _cells(document: Document, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a line, Markdown's between outer marks too; none where it is no row."""
    text = document.text[start:end]
    if "|" not in text or any(a < end and start < b for a, b in document.furniture):
        return ()
    inner = text.strip(" \t")
    outer = inner.startswith("|") and inner.endswith("|") and len(inner) > 1
    begin = start + (text.index("|") + 1 if outer else 0)
    last = start + (text.rindex("|") if outer else len(text))
    found: list[Cell] = []
    for part in re.finditer(r"[^|]*(?:\||$)", document.text[begin:last]):
        words = part.group().rstrip("|")
        first = begin + part.start() + len(words) - len(words.lstrip())
        if part.group() or not found:
            found.append(Cell(compact(words).text.strip(), first, first + len(words.strip())))
    return tuple(found)


def _kind(cell: Cell) -> tuple[str, int | None]:
    """The name of a column's row in the table of columns, with its year; "" for another."""
    match = first(COLUMNS, cell.text)
    if match is None:
        return "", None
    return match[0].name, int(match[1]["year"]) if match[0].name == "year" else None


def _filled(cells: tuple[Cell, ...], above: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """A row in which a cell that one above reaches into is that one; the first keeps its own place."""
    over = above[-1] if above else ()
    found = [over[place] if cell.text == _DITTO and place < len(over) else cell for place, cell in enumerate(cells)]
    return (replace(cells[0], text=found[0].text), *found[1:])


def _of(table: _Table, cells: Sequence[Cell], *kinds: str) -> Iterator[tuple[str, int | None, Cell]]:
    for (kind, year), cell in zip(table.kinds, cells, strict=False):
        if kind in kinds and cell.text:
            yield kind, year, cell


def _section(parent: Section, number: int, table: _Table, cells: Sequence[Cell], end: int) -> Section:
    """The section of a row: headed by its task or indicator, else by its first cell with words."""
    own = [cell for _, _, cell in _of(table, cells, "indicator", "task")]
    head = (own or [cell for cell in cells if re.search("[^0-9.\\W]", cell.text)] or [cells[0]])[0]
    return Section(
        section=f"{parent.section}|{number}",
        parent=parent.section,
        level=parent.level + 1,
        heading=name(head.text),
        start=cells[0].start,
        end=end,
        body=cells[0].start,
    )


def _units(document: Document, table: _Table, cells: Sequence[Cell]) -> Iterator[Assignment]:
    for kind, _, cell in _of(table, cells, *_ROLES):
        yield from named(compact(document.text, cell.start, cell.end), document.text, kind)


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
        own = QUANTITY.pattern.search(cell.text)
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
