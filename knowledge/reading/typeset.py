"""The lines of a pdf's page and the paragraphs that they make: what was broken into lines to be printed is put together.

A line goes on in the next where it is full: the next one's first word would not have fitted on it. Knows places and
shapes of lines, and nothing of what they say but the numerals that open paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from knowledge.reading.glyphs import Glyph
from knowledge.reading.layout import NUMERAL
from knowledge.text import compact

_WORD_GAP, _TAB_GAP = 0.2, 1.0
"""Blanks between two Latin letters, and between any others, in widths of a character, that are a space."""

_INDENT = 0.8
_STOPS = "。；：！？;:!?"
_FIRST = re.compile(
    r"""(?:[“‘（《【〔(\[]|[A-Za-z0-9%&+/_@-])* .?
    (?:[，。、；：！？）》】〕…!?)\]％%]|[,.;:](?:[A-Za-z0-9%&+/_@-]+)?|[“”‘’'"]+[A-Za-z0-9%&+/_@-]*.?)*""",
    re.VERBOSE,
)
"""What a line break does not part at a line's start (Unicode line breaking, annex 14): quotation marks hold on to both sides."""

_HEADING_GAP = 1.6
"""Paragraphs are set apart where lines stand so many times the usual distance from each other."""


@dataclass(frozen=True)
class Set:
    """A printed line: its characters from left to right, the page that it stands on, where the spaces after it end."""

    glyphs: tuple[Glyph, ...]
    page: int
    end: float

    @property
    def left(self) -> float:
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def base(self) -> float:
        return median(glyph.base for glyph in self.glyphs)

    @cached_property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs)

    @cached_property
    def text(self) -> str:
        return "".join(_spaced(self.glyphs))

    def need(self) -> float:
        """How much room the first word takes, with the marks that cannot open a line."""
        first = _FIRST.match("".join(glyph.char for glyph in self.glyphs))
        return self.glyphs[max(first.end() if first else 1, 1) - 1].right - self.left


def set_lines(glyphs: Iterable[Glyph], page: int) -> list[Set]:
    """The lines that characters make, from above; spaces at their ends and what is printed twice left out."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -one.base):
        if rows and rows[-1][0].base - glyph.base <= 0.5 * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    ends = [max(glyph.right for glyph in row) for row in rows]
    return [Set(tuple(kept), page, end) for row, end in zip(rows, ends, strict=True) if (kept := _kept(row))]


def _kept(row: Iterable[Glyph]) -> list[Glyph]:
    """A line's characters in order, without those that only make others look bold."""
    kept: list[Glyph] = []
    for glyph in sorted(row, key=lambda one: one.left):
        twice = kept and kept[-1].char == glyph.char and glyph.left - kept[-1].left < 0.25 * glyph.size
        if not twice:
            kept.append(glyph)
    while kept and kept[-1].char.isspace():
        kept.pop()
    while kept and kept[0].char.isspace():
        kept.pop(0)
    return kept


def _spaced(glyphs: Sequence[Glyph]) -> Iterator[str]:
    """The characters with a space where a wider blank shows one."""
    before: Glyph | None = None
    for glyph in glyphs:
        if before and not (before.char.isspace() or glyph.char.isspace()):
            least = _WORD_GAP if _latin(before.char) and _latin(glyph.char) else _TAB_GAP
            if glyph.left - before.right > least * glyph.size:
                yield " "
        yield glyph.char
        before = glyph


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def joined(lines: Iterable[str]) -> str:
    """Lines as one: nothing between them but a space between two Latin words."""
    text = ""
    for line in lines:
        gap = " " if text and line and _latin(text[-1]) and _latin(line[0]) else ""
        text += gap + line
    return text


def in_cell(glyphs: Sequence[Glyph]) -> str:
    """What a cell of a table says, in one line."""
    return joined(line.text for line in set_lines(glyphs, 0))


@dataclass(frozen=True)
class Setting:
    """How a document is set: the left and right edge of each page's text, the distance of lines, whether paragraphs are indented."""

    edges: dict[int, tuple[float, float]]
    pitch: float
    indents: bool

    def goes_on(self, line: Set, after: Set) -> bool:
        """Whether `after` is of one paragraph with the line before it."""
        left, right = self.edges[line.page]
        size = line.size
        if abs(after.size - size) > 0.15 * size or right - line.end > after.need() + 0.5 * size:
            return False
        if line.page == after.page and line.base - after.base > _HEADING_GAP * self.pitch:
            return False
        stopped = line.text[-1] in _STOPS
        if after.left - self.edges[after.page][0] > _INDENT * size:
            return (
                not (self.indents or stopped)
                and abs(line.left - after.left) < 0.5 * size
                and line.left - left < 4 * size
            )
        return self.indents or not (stopped and NUMERAL.pattern.match(compact(after.text[:30]).text))


def setting(lines: Sequence[Set]) -> Setting:
    """How a document's lines are set."""
    pages: dict[int, list[Set]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    widest = max((line.right - line.left for line in lines), default=0.0)
    edges = {page: _edges(held, lines, widest) for page, held in pages.items()}
    gaps = [one.base - two.base for held in pages.values() for one, two in pairwise(held)]
    setting = Setting(edges, median(gaps) if gaps else 0.0, indents=True)
    opening = [two for one, two in pairwise(lines) if not _full(one, two, setting)]
    wide = [line for line in opening if line.right - line.left > 0.5 * widest]
    indented = sum(1 for line in wide if line.left - edges[line.page][0] > _INDENT * line.size)
    return Setting(edges, setting.pitch, indents=indented * 2 > len(wide))


def _full(line: Set, after: Set, setting: Setting) -> bool:
    return setting.edges[line.page][1] - line.end <= after.need() + 0.5 * line.size


def _edges(held: Sequence[Set], lines: Sequence[Set], widest: float) -> tuple[float, float]:
    """Where a page's text begins and ends across it; a page of few lines goes by the whole document."""
    wide = [line for line in held if line.right - line.left > 0.6 * widest]
    known = wide if len(wide) > 3 else [line for line in lines if line.right - line.left > 0.6 * widest] or held
    return min(line.left for line in known), max(line.right for line in known)


def paragraphs(lines: Sequence[Set], how: Setting) -> Iterator[str]:
    """The paragraphs that lines which follow each other make."""
    held: list[Set] = []
    for line in lines:
        if held and not how.goes_on(held[-1], line):
            yield joined(one.text for one in held)
            held = []
        held.append(line)
    if held:
        yield joined(one.text for one in held)
