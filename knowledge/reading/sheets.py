"""The pages of a pdf → one text: page numbers and running heads left out, paragraphs put together over pages, tables as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.errors import SourceError
from knowledge.facts import Warned
from knowledge.reading.encodings import Decoded
from knowledge.reading.glyphs import UNMAPPED, Sheet
from knowledge.reading.grids import Grid, grids
from knowledge.reading.typeset import Set, in_cell, paragraphs, set_lines, setting
from knowledge.rules import rule
from knowledge.text import compact

_MARGIN = 0.12
"""What stands so near to a page's upper or lower edge, in parts of its height, may be its number or a running head."""

_UNREADABLE = 0.2
"""The share of characters without a meaning from which a text layer is none."""
_COLUMN_GAP = 2.0

PAGE_NUMBER = rule(
    "page_number",
    r"^[-·~]*(?:第|page)?[0-9]{1,4}页?(?:[/,，]?(?:共|of)?[0-9]{1,4}页?)?[-·~]*$",
    "a line that is nothing but the page's number",
    ("-3-", "-3-"),
    ("第3页共10页", "第3页共10页"),
    ("3/10", "3/10"),
    ("2025年", ""),
    ("3.加强保障", ""),
)
RULES = (PAGE_NUMBER,)


@dataclass
class _Page:
    """A page while it is read: its lines outside tables, its tables, both from above."""

    sheet: Sheet
    lines: list[Set]
    tables: list[Grid]


def text_of(sheets: Iterable[Sheet], where: str, longest: int) -> Decoded:
    """The text of a pdf's pages; SourceError where they are scans, or show characters that nobody can name."""
    pages: list[_Page] = []
    scanned: list[int] = []
    left = longest
    for sheet in sheets:
        left -= len(sheet.glyphs)
        if left < 0:
            raise SourceError(f"{where}: is too long (the limit is {longest:,} characters)")
        if any(not glyph.char.isspace() for glyph in sheet.glyphs):
            pages.append(_page(sheet))
        elif sheet.pictures:
            scanned.append(sheet.number)
    if not pages:
        reason = "is a scan: its pages are pictures without a text layer" if scanned else "shows no text"
        raise SourceError(f"{where}: {reason}")
    warnings = [Warned("scanned_page", f"第{number}页是扫描图像，没有文字层，未读入") for number in scanned]
    warnings += _unmapped(pages, where)
    warnings += _without_margins(pages)
    warnings += [_columned(page) for page in pages if _columns(page)]
    return Decoded("\n".join(_written(pages)) + "\n", tuple(warnings))


def _page(sheet: Sheet) -> _Page:
    tables = grids(sheet.rules)
    outside = [glyph for glyph in sheet.glyphs if not any(table.take(glyph) for table in tables)]
    return _Page(sheet, set_lines(outside, sheet.number), [table for table in tables if table.inside])


def _unmapped(pages: Sequence[_Page], where: str) -> Iterator[Warned]:
    """A warning where fonts do not say which characters they show; SourceError where most of the text is such."""
    glyphs = [glyph for page in pages for glyph in page.sheet.glyphs]
    lost = sum(1 for glyph in glyphs if glyph.char == UNMAPPED)
    if lost > _UNREADABLE * len(glyphs):
        raise SourceError(f"{where}: its fonts do not say which characters they show ({lost:,} of {len(glyphs):,})")
    if lost:
        yield Warned("unmapped", f"有{lost}个字的字体没有注明是什么字，以“{UNMAPPED}”代替")


# ------------------------------------------------------------------ margins


def _without_margins(pages: Sequence[_Page]) -> Iterator[Warned]:
    """Takes page numbers and running heads off the pages; a warning for each head."""
    for page in pages:
        for edge in (0, -1):
            if page.lines and _in_margin(page, page.lines[edge]) and _numbers(page.lines[edge]):
                page.lines.pop(edge)
    counts = Counter(key for page in pages for key in {_key(line) for line in _margins(page)})
    running = {key for key, count in counts.items() if count > 1 and count * 3 >= len(pages)}
    told: dict[str, None] = {}
    for page in pages:
        gone = [line for line in _margins(page) if _key(line) in running]
        told.update(dict.fromkeys(line.text for line in gone))
        page.lines = [line for line in page.lines if line not in gone]
        for edge in (0, -1):  # the number may stand within the running head
            if gone and page.lines and _in_margin(page, page.lines[edge]) and _numbers(page.lines[edge]):
                page.lines.pop(edge)
    for text in list({re.sub("[0-9]+", "", text): text for text in told}.values())[:5]:
        yield Warned("running_head", f"各页重复的页眉页脚没有读入：“{text[:60]}”")


def _margins(page: _Page) -> list[Set]:
    """The two outermost lines at each edge that stand in the margin."""
    ends = dict.fromkeys([*range(min(2, len(page.lines))), *range(max(0, len(page.lines) - 2), len(page.lines))])
    return [page.lines[place] for place in ends if _in_margin(page, page.lines[place])]


def _in_margin(page: _Page, line: Set) -> bool:
    height = page.sheet.top - page.sheet.bottom
    return min(page.sheet.top - line.base, line.base - page.sheet.bottom) < _MARGIN * height


def _numbers(line: Set) -> bool:
    return PAGE_NUMBER.pattern.match(compact(line.text).text.lower().replace(" ", "")) is not None


def _key(line: Set) -> tuple[str, int]:
    """What a running head has in common over pages: its words without their numbers, and its height."""
    return re.sub(r"[0-9]+", "#", compact(line.text).text), round(line.base / 6)


# ------------------------------------------------------------------ columns


def _columns(page: _Page) -> bool:
    """Whether most lines are parted by a wide blank at the same place: two columns, which are read as one."""
    gaps = [place for line in page.lines if (place := _blank(line)) is not None]
    return len(gaps) > 10 and len(gaps) * 2 > len(page.lines) and max(gaps) - min(gaps) < 60


def _blank(line: Set) -> float | None:
    wide = [one.right for one, two in pairwise(line.glyphs) if two.left - one.right > _COLUMN_GAP * one.size]
    return wide[0] if len(wide) == 1 else None


def _columned(page: _Page) -> Warned:
    return Warned("columns", f"第{page.sheet.number}页像是分栏排版，文字次序可能有误")


# --------------------------------------------------------------------- text


def _written(pages: Sequence[_Page]) -> Iterator[str]:
    """Paragraphs and rows of tables in order, one a line; a paragraph goes on over the end of a page."""
    how = setting([line for page in pages for line in page.lines])
    held: list[Set] = []
    first = ""
    for page in pages:
        blocks: list[Set | Grid] = sorted([*page.lines, *page.tables], key=_height)
        for block in blocks:
            if isinstance(block, Set):
                held.append(block)
                continue
            yield from paragraphs(held, how)
            follows, held = not held, []
            rows = block.rows(in_cell)
            again = follows and rows and rows[0] == first
            first = rows[0] if rows and not again else first
            yield from rows[1:] if again else rows
    yield from paragraphs(held, how)


def _height(block: Set | Grid) -> float:
    return -(block.top if isinstance(block, Grid) else block.base)
