"""Tables of a pdf's page, by their ruled lines: which characters stand in which cell. Tables without lines are not told.

Rows come out as those of a web page's table do: cells parted by ` | `, 〃 where a cell reaches down from above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge.reading.glyphs import Glyph, Rule
from knowledge.reading.tables import DITTO

_NEAR = 3.0
"""Lines that are so near to each other, in points, are one, or meet."""
_LEAST = 8.0
"""A shorter line, in points, is a stroke of something else."""
_MAX_LINES = 300
"""A table of more lines one way is a drawing."""

Cell = tuple[int, int]
"""A cell by row and column, the upper left one being (0, 0)."""


@dataclass
class Grid:
    """A table: where its lines stand, rows from above, and the cell that each field of it belongs to."""

    across: list[float]
    down: list[float]
    owner: dict[Cell, Cell]
    inside: dict[Cell, list[Glyph]] = field(default_factory=lambda: defaultdict(list))

    @property
    def top(self) -> float:
        return self.down[0]

    def take(self, glyph: Glyph) -> bool:
        """Takes a character in where it stands in the table; whether it does."""
        column = _between(self.across, (glyph.left + glyph.right) / 2)
        row = _between([-at for at in self.down], -(glyph.base + glyph.size * 0.3))
        if column is None or row is None:
            return False
        self.inside[self.owner[row, column]].append(glyph)
        return True

    def rows(self, written: Callable[[Sequence[Glyph]], str]) -> list[str]:
        """The rows that say something, as lines."""
        texts = {cell: written(glyphs).replace("|", "｜") for cell, glyphs in self.inside.items()}
        found = []
        for row in range(len(self.down) - 1):
            cells = [self._shown((row, column), texts) for column in range(len(self.across) - 1)]
            if any(cell and cell != DITTO for cell in cells):
                found.append(" | ".join(cells).rstrip("| "))
        return found

    def _shown(self, cell: Cell, texts: dict[Cell, str]) -> str:
        owner = self.owner[cell]
        if owner == cell:
            return texts.get(cell, "")
        return DITTO if owner[0] < cell[0] else ""


def grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables that the lines of a page rule: those of two columns or more, from above."""
    lines = _joined([rule for rule in rules if rule.end - rule.start >= _LEAST])
    if sum(1 for line in lines if line.upright) > _MAX_LINES or len(lines) > 4 * _MAX_LINES:
        return []
    found = [grid for group in _meeting(lines) if (grid := _grid(group)) is not None]
    return sorted(found, key=lambda grid: -grid.top)


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The lines, pieces of one line and its two edges made one."""
    joined: list[Rule] = []
    bundle: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (one.upright, one.at)):
        if bundle and (bundle[0].upright != rule.upright or rule.at - bundle[0].at > _NEAR):
            joined += _strung(bundle)
            bundle = []
        bundle.append(rule)
    return joined + _strung(bundle)


def _strung(bundle: Sequence[Rule]) -> list[Rule]:
    """Lines that lie on each other, those that overlap or touch made one."""
    found: list[Rule] = []
    for rule in sorted(bundle, key=lambda one: one.start):
        if found and rule.start <= found[-1].end + _NEAR:
            found[-1] = replace(found[-1], end=max(found[-1].end, rule.end))
        else:
            found.append(rule)
    return found


def _meeting(lines: Sequence[Rule]) -> list[list[Rule]]:
    """The lines in groups that hang together."""
    group = list(range(len(lines)))

    def root(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    level = [place for place, line in enumerate(lines) if not line.upright]
    for upright in (place for place, line in enumerate(lines) if line.upright):
        for other in level:
            if _meet(lines[upright], lines[other]):
                group[root(other)] = root(upright)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for place, line in enumerate(lines):
        groups[root(place)].append(line)
    return list(groups.values())


def _meet(one: Rule, other: Rule) -> bool:
    return other.start - _NEAR <= one.at <= other.end + _NEAR and one.start - _NEAR <= other.at <= one.end + _NEAR


def _grid(lines: Sequence[Rule]) -> Grid | None:
    """The table that lines rule, those at its sides made up where they are left open."""
    upright = [line for line in lines if line.upright]
    level = [line for line in lines if not line.upright]
    if not upright or len(level) < 2:
        return None
    across = _distinct([line.at for line in upright] + [end for line in level for end in (line.start, line.end)])
    down = _distinct([line.at for line in level] + [end for line in upright for end in (line.start, line.end)])[::-1]
    if len(across) < 3 or len(down) < 2:
        return None
    owner: dict[Cell, Cell] = {}
    for row in range(len(down) - 1):
        middle = (down[row] + down[row + 1]) / 2
        for column in range(len(across) - 1):
            center = (across[column] + across[column + 1]) / 2
            if column and not _ruled(upright, across[column], middle):
                owner[row, column] = owner[row, column - 1]
            elif row and not _ruled(level, down[row], center):
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
    return Grid(across, down, owner) if len({column for _, column in owner.values()}) > 1 else None


def _ruled(lines: Sequence[Rule], at: float, point: float) -> bool:
    return any(abs(line.at - at) <= _NEAR and line.start - 1 <= point <= line.end + 1 for line in lines)


def _distinct(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _between(edges: Sequence[float], place: float) -> int | None:
    """The field in which a place lies; None outside."""
    return next((field for field in range(len(edges) - 1) if edges[field] <= place <= edges[field + 1]), None)
