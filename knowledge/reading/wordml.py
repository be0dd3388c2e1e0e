"""The paragraphs and tables of a Word document → elements of a page, so that one writer knows tables and white space.

What was deleted and what is hidden is left out; what was inserted stands. Text boxes come before the paragraph that
they hang on, footnotes after it. Follows no link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from knowledge.reading.lists import Lists
from knowledge.reading.styles import Styles, W, number, outlined, value

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_AROUND = frozenset(
    [f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "sdt", "sdtContent", "customXml")]
    + [f"{W}{name}" for name in ("r", "bdo", "dir", "ruby", "rubyBase")]
    + [f"{MATH}{name}" for name in ("oMath", "oMathPara", "r", "f", "num", "den", "e", "sup", "sub", "sSup", "sSub")]
)
_FLOWS = frozenset(f"{W}{name}" for name in ("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag"))
_SHORT = 60
"""A longer paragraph of a heading's style is heading and text in one; its numeral tells it, not its style."""
_MAX_COLUMNS = 100


@dataclass
class Story:
    """What is read while a document's body is: where its text comes from, and what was moved or left out."""

    styles: Styles
    lists: Lists
    notes: dict[str, etree._Element]
    noticed: dict[str, int] = field(default_factory=dict)

    def notice(self, code: str) -> None:
        self.noticed[code] = self.noticed.get(code, 0) + 1


def body(root: etree._Element, story: Story) -> html.HtmlElement:
    """The page that a document's body is."""
    page = html.Element("body")
    _flow(root, page, story)
    return page


def _flow(parent: etree._Element, page: html.HtmlElement, story: Story) -> None:
    """Adds paragraphs and tables in order."""
    line: html.HtmlElement | None = None
    for block in _blocks(parent, story):
        if block.tag == f"{W}tbl":
            _table(block, page, story)
            line = None
        elif not story.styles.contents(story.styles.of(block)):
            line = _paragraph(block, page, story, line)


def _blocks(parent: etree._Element, story: Story) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _FLOWS and not _contents(child):
            yield from _blocks(child, story)
        elif child.tag == f"{W}altChunk":
            story.notice("embedded")


def _contents(block: etree._Element) -> bool:
    """Whether a block is a table of contents, which repeats the headings."""
    kind = value(block.find(f"{W}sdtPr/{W}docPartObj"), "docPartGallery") or ""
    return kind.lower() == "table of contents"


def _paragraph(
    paragraph: etree._Element, page: html.HtmlElement, story: Story, line: html.HtmlElement | None
) -> html.HtmlElement | None:
    """Adds a paragraph, to `line` where the end of the one before was deleted; gives it where its own end was."""
    numeral = story.lists.numeral(paragraph)
    writing = _Writing(story)
    writing.inside(paragraph)
    for box in writing.boxes:
        story.notice("text_box")
        _flow(box, etree.SubElement(page, "div"), story)
    if line is None:
        line = etree.SubElement(page, _tag(paragraph, writing, story))
    if writing.says and numeral:
        writing.pieces.insert(0, numeral)
    _put(line, writing.pieces)
    for note in writing.notes:
        story.notice("footnote")
        _flow(note, etree.SubElement(page, "div"), story)
    return line if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None else None


def _tag(paragraph: etree._Element, writing: _Writing, story: Story) -> str:
    level = number(paragraph.find(f"{W}pPr"), "outlineLvl")
    depth = outlined(level) if level is not None else story.styles.depth(story.styles.of(paragraph))
    text = "".join(writing.pieces).strip()
    short = len(text) <= _SHORT and "。" not in text[:-1]
    return f"h{min(depth, 6)}" if depth and short else "p"


def _put(line: html.HtmlElement, pieces: Iterable[str]) -> None:
    """Adds text to the end of an element, a line break for each line end in it."""
    parts = "".join(pieces).split("\n")
    for place, part in enumerate(parts):
        last = etree.SubElement(line, "br") if place else (line[-1] if len(line) else None)
        if last is None:
            line.text = (line.text or "") + part
        else:
            last.tail = (last.tail or "") + part


class _Writing:
    """A paragraph's text in the making, with the text boxes and notes that hang on it."""

    def __init__(self, story: Story) -> None:
        self.pieces: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[etree._Element] = []
        self._story = story

    @property
    def says(self) -> bool:
        return any(piece.strip() for piece in self.pieces)

    def inside(self, parent: etree._Element) -> None:
        for child in parent:
            write = _LEAVES.get(child.tag)
            if write is not None:
                write(self, child)
            elif child.tag == f"{W}r" and _vanishes(child):
                self._story.notice("hidden")
            elif child.tag in _AROUND:
                self.inside(child)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self._story.notice("deleted")

    def text(self, element: etree._Element) -> None:
        self.pieces.append((element.text or "").replace("\n", " "))

    def blank(self, _: etree._Element) -> None:
        self.pieces.append("\t")

    def line_end(self, _: etree._Element) -> None:
        self.pieces.append("\n")

    def hyphen(self, _: etree._Element) -> None:
        self.pieces.append("-")

    def picture(self, element: etree._Element) -> None:
        """A drawing: the text of its boxes, or a picture that is not read."""
        found = [box for box in element.iter(f"{W}txbxContent") if not _within_other(box, element)]
        self.boxes += found
        if not found:
            self._story.notice("picture")

    def either(self, element: etree._Element) -> None:
        """One drawing in two forms, for newer and older Word: the first is taken."""
        chosen = element.find(f"{_COMPATIBLE}Choice")
        self.inside(chosen if chosen is not None else element)

    def note(self, element: etree._Element) -> None:
        note = self._story.notes.get(str(element.tag) + (element.get(f"{W}id") or ""))
        if note is not None:
            self.notes.append(note)


_LEAVES: dict[str | object, Callable[[_Writing, etree._Element], None]] = {
    f"{W}t": _Writing.text,
    f"{MATH}t": _Writing.text,
    f"{W}tab": _Writing.blank,
    f"{W}ptab": _Writing.blank,
    f"{W}br": _Writing.line_end,
    f"{W}cr": _Writing.line_end,
    f"{W}noBreakHyphen": _Writing.hyphen,
    f"{W}drawing": _Writing.picture,
    f"{W}pict": _Writing.picture,
    f"{W}object": _Writing.picture,
    f"{_COMPATIBLE}AlternateContent": _Writing.either,
    f"{W}footnoteReference": _Writing.note,
    f"{W}endnoteReference": _Writing.note,
}


def _within_other(box: etree._Element, drawing: etree._Element) -> bool:
    """Whether a box stands in another of the same drawing, or in its form for older Word."""
    for above in box.iterancestors():
        if above is drawing:
            return False
        if above.tag in (f"{W}txbxContent", f"{_COMPATIBLE}Fallback"):
            return True
    return False


def _vanishes(run: etree._Element) -> bool:
    """Whether a run is hidden text."""
    found = run.find(f"{W}rPr/{W}vanish")
    return found is not None and (value(found) or "true") not in ("0", "false", "off")


# ------------------------------------------------------------------- tables


def _table(table: etree._Element, page: html.HtmlElement, story: Story) -> None:
    """Adds a table, its cells that are merged downwards as `rowspan`."""
    target = etree.SubElement(page, "table")
    open_cells: dict[int, html.HtmlElement] = {}
    for row in _inner(table, "tr"):
        if row.find(f"{W}trPr/{W}del") is not None:
            story.notice("deleted")
            continue
        line = etree.SubElement(target, "tr")
        column = _skipped(row, line)
        for cell in _inner(row, "tc"):
            wide = min(number(cell.find(f"{W}tcPr"), "gridSpan") or 1, _MAX_COLUMNS)
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and value(merged) != "restart" and column in open_cells:
                above = open_cells[column]
                above.set("rowspan", str(int(above.get("rowspan", "1")) + 1))
            else:
                open_cells.pop(column, None)
                made = _cell(cell, line, wide, story)
                if merged is not None:
                    open_cells[column] = made
            column += wide


def _skipped(row: etree._Element, line: html.HtmlElement) -> int:
    """How many columns a row leaves out at its start, each an empty cell."""
    before = min(number(row.find(f"{W}trPr"), "gridBefore") or 0, _MAX_COLUMNS)
    for _ in range(before):
        etree.SubElement(line, "td")
    return before


def _cell(cell: etree._Element, line: html.HtmlElement, wide: int, story: Story) -> html.HtmlElement:
    made = etree.SubElement(line, "td")
    if wide > 1:
        made.set("colspan", str(wide))
    _flow(cell, made, story)
    return made


def _inner(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows or cells of an element, those that a control or an insertion wraps among them."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _FLOWS:
            yield from _inner(child, name)
