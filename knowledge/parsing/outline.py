"""The tree of a document's sections, from numerals, markup headings and annexes.

Every section runs from its numeral to the next heading of any level; its id is the chain of its numerals
(see the contract, "Documents and sections"). What is restored or looks wrong is warned about, never hidden.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge.facts import Document, HeadingMark, Section, Warned
from knowledge.parsing.damage import in_heading
from knowledge.parsing.headings import ASSIGNED, LABELLED, NONE, Head, headings
from knowledge.parsing.numbering import DEPTH, Marker, markers
from knowledge.text import View, name, whole

_SPARSE_LINES = 400
"""From this many characters a line on average, a text is taken to have lost its line ends."""
_SHORT_LINE = 60
"""The same for a text of a single line."""
_NAME = re.compile(r"\n?[^\n|。;:,]{2,60}(?=\n|$|[。;:,])")
"""What can be a heading: a short run without a stop in it."""


@dataclass
class _Node:
    """A section in the making, in offsets of the compact view."""

    marker: Marker
    rank: tuple[int, int]
    stop: int
    mark: HeadingMark | None = None
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)
    label: str = ""
    head: Head = NONE

    @property
    def id(self) -> str:
        own = self.label
        above = self.parent.id if self.parent else ""
        if self.marker.kind == "decimal" and self.parent and self.parent.marker.kind in ("decimal", "number"):
            above = above.removesuffix(self.parent.label)
        return above + own


def outline(document: Document) -> tuple[tuple[Section, ...], tuple[Warned, ...]]:
    """The sections of a document in reading order, the first being `""`, and what was noticed on the way."""
    view = body_view(document)
    nodes = _nodes(document, view)
    warnings = [*_tree(nodes, view), *_label(nodes, view)]
    _head(nodes, view)
    warnings += [_unstopped(node, view) for node in nodes if node.head.unstopped]
    warnings += [one for node in nodes for one in _damaged(node, document, view)]
    if without_line_ends(view):
        warnings.append(Warned("line_ends_lost", "全文没有换行，按标点和空白分段", 0, 0))
    if not nodes:
        warnings.append(Warned("no_headings", "没有找到标题，全文作为一节", 0, 0))
    return tuple(_sections(document, nodes, view)), tuple(warnings)


def body_view(document: Document) -> View:
    """The compact view of all that may be quoted: the text without the web page's furniture."""
    return whole(document.text, document.furniture)


def without_line_ends(view: View) -> bool:
    """Whether a text has lost its line ends, so that white space may end a line."""
    lines = view.text.strip("\n").count("\n") + 1
    return len(view.text) > (_SPARSE_LINES if lines > 1 else _SHORT_LINE) * lines


def _nodes(document: Document, view: View) -> list[_Node]:
    """The places where sections begin, in reading order, with the end of the paragraph that opens each."""
    spaced = without_line_ends(view)
    found = _unlisted(markers(view, spaced), view)
    declared = [_declared(mark, view) for mark in _without_title(document)]
    spans = [(node.marker.start, node.stop) for node in declared]
    plain = [
        node for node in _numbered(found, view) if not any(start <= node.marker.start < stop for start, stop in spans)
    ]
    nodes = sorted([*declared, *plain], key=lambda node: node.marker.start)
    for node, following in zip(nodes, [*nodes[1:], None], strict=False):
        limit = following.marker.start if following else len(view.text)
        node.stop = min(_annex_line(node, view) if node.marker.kind == "annex" else node.stop, limit)
        if spaced and (gap := _gap(view, node.marker.end, node.stop)):
            node.stop = gap
    return nodes


def _annex_line(node: _Node, view: View) -> int:
    """The end of the line that names an annex: the next one where its own says no more than 附件1."""
    if view.text[node.marker.end : node.stop].strip(": ") or not (found := _NAME.match(view.text, node.stop)):
        return node.stop
    return found.end()


def _gap(view: View, start: int, stop: int) -> int | None:
    """Where white space ends a heading in a text without line ends, before any stop."""
    found = _NAME.match(view.text, start, stop)
    last = found.end() if found else start
    return next((place for place in range(start + 2, last) if view.at[place] - view.at[place - 1] > 1), None)


def _numbered(found: Sequence[Marker], view: View) -> Iterable[_Node]:
    order = _order(found)
    for marker in found:
        stop = view.text.find("\n", marker.end)
        yield _Node(marker, (1, order[marker.kind]), len(view.text) if stop < 0 else stop)


def _order(found: Sequence[Marker]) -> dict[str, int]:
    """The depth of each kind: the genre's order, but 一、 below 第X条 where the articles come first."""
    order = {kind: 10 * depth for kind, depth in DEPTH.items()}
    seen = [marker.kind for marker in found]
    if "article" in seen and "han" in seen and seen.index("article") < seen.index("han"):
        order["han"] = order["article"] + 5
    return order


def _unlisted(found: Sequence[Marker], view: View) -> list[Marker]:
    """Without the list of annexes at a document's foot (`附件:1.申报表 2.…`), whose numerals open nothing."""
    kept: list[Marker] = []
    listed: int | None = None
    for place, marker in enumerate(found):
        follows = found[place + 1] if place + 1 < len(found) else None
        if marker.kind == "annex":
            listed = None
            if view.text.startswith(":", marker.end) and (
                _lists(marker, follows, view) or _comes(marker, found[place + 1 :])
            ):
                listed = 0
                continue
        elif listed is not None and marker.kind == "number" and marker.number == listed + 1:
            listed = marker.number
            continue
        else:
            listed = None
        kept.append(marker)
    return kept


def _comes(marker: Marker, rest: Sequence[Marker]) -> bool:
    """Whether the annex itself comes later, under the same label: this line announces it."""
    return any(other.kind == "annex" and other.label == marker.label for other in rest)


def _lists(marker: Marker, follows: Marker | None, view: View) -> bool:
    """Whether an annex's line only announces annexes: a numeral follows at once, or the next annex on the next line."""
    if follows is None:
        return view.text[marker.end : marker.end + 60].count("\n") <= 1 and marker.label == "附件"
    between = view.text[marker.end : follows.start]
    return follows.start <= marker.end + 2 or (follows.kind == "annex" and between.count("\n") == 1)


def _without_title(document: Document) -> tuple[HeadingMark, ...]:
    """The declared headings, less the one that is the document's own title."""
    marks = document.marks
    if marks and all(mark.depth > marks[0].depth for mark in marks[1:]):
        return marks[1:]
    if marks and document.title and name(document.text[marks[0].start : marks[0].end]).lstrip("#") == document.title:
        return marks[1:]
    return marks


def _declared(mark: HeadingMark, view: View) -> _Node:
    """The node of a markup heading: its numeral's kind where it has one, else `§`."""
    start, stop = view.locate(mark.start), view.locate(mark.end)
    text = view.text[start:stop]
    inner = start + len(text) - len(text.lstrip("#"))
    numeral = next((found for found in markers(view.part(inner, stop)) if found.start == 0), None)
    if numeral is None:
        return _Node(Marker("declared", "", None, start, inner, True), (0, mark.depth), stop, mark)
    marker = replace(numeral, start=start, end=inner + numeral.end)
    return _Node(marker, (0, mark.depth), stop, mark)


def _tree(nodes: Sequence[_Node], view: View) -> list[Warned]:
    """Hangs every node under the nearest node before it that is of outer rank."""
    open_nodes: list[_Node] = []
    warnings = []
    for node in nodes:
        while open_nodes and (open_nodes[-1].rank >= node.rank or node.marker.kind == "annex"):
            open_nodes.pop()
        if open_nodes:
            node.parent = open_nodes[-1]
            node.parent.children.append(node)
        open_nodes.append(node)
        if node.marker.lost:
            start, end = view.span(node.marker.start, node.marker.end)
            message = f"标题缺序号，按顺序补为“{node.marker.label}”"
            warnings.append(Warned("lost_numeral", message, start, end, node.marker.label))
    return warnings


def _label(nodes: Sequence[_Node], view: View) -> list[Warned]:
    """Gives each node its numeral as the id shows it: `§n` where it has none, `~2` where the id is taken, with a warning."""
    warnings = []
    taken: dict[str, int] = {}
    unnumbered: dict[int, int] = defaultdict(int)
    before: dict[tuple[int, str], int] = {}
    for node in nodes:
        family = id(node.parent)
        declared = node.marker.kind == "declared"
        unnumbered[family] += declared
        label = f"§{unnumbered[family]}" if declared else node.marker.label
        run = (0 if node.marker.kind == "article" else family, node.marker.kind)
        last = before.get(run)
        if _repeats(node, label, taken):
            warnings.append(_odd("repeated_numeral", f"序号“{label}”重复", node, view))
        elif not declared and last is not None and node.marker.number is not None and node.marker.number > last + 1:
            warnings.append(_odd("numbering_gap", f"序号从第{last}项跳到“{label}”", node, view))
        before[run] = node.marker.number or 0
    return warnings


def _repeats(node: _Node, label: str, taken: dict[str, int]) -> bool:
    """Labels a node so that its id is its own (`§1` with a child `1` has the id of an eleventh `§11`); whether it had to change.

    `taken` holds the ids given, each with how often it was wanted, so that a numeral that comes ten thousand times is counted on.
    """
    node.label = label
    wanted = node.id
    times = taken.get(wanted, 0)
    while node.id in taken:
        times += 1
        node.label = f"{label}~{times}"
    taken[node.id] = 1
    if times:
        taken[wanted] = times
    return times > 0


def _odd(code: str, message: str, node: _Node, view: View) -> Warned:
    return Warned(code, message, *view.span(node.marker.start, node.marker.end))


def _unstopped(node: _Node, view: View) -> Warned:
    start, end = view.span(node.marker.end, node.marker.end + node.head.length)
    return Warned("heading_without_stop", f"标题与正文之间缺句号，标题读作“{node.head.text}”", start, end)


def _damaged(node: _Node, document: Document, view: View) -> list[Warned]:
    """What is damaged in a heading; that of a whole section is looked for in its body."""
    first = node.marker.end + node.head.offset
    part = view.part(first, first + len(node.head.text))
    return in_heading(part, document.text) if node.head.text else []


def _head(nodes: Sequence[_Node], view: View) -> None:
    """Reads the headings of sisters together, so that what one lost the others can show."""
    families: dict[tuple[int, str], list[_Node]] = defaultdict(list)
    for node in nodes:
        families[id(node.parent), node.marker.kind].append(node)
    following = dict(zip(map(id, nodes), [*nodes[1:], None], strict=False))
    for (_, kind), sisters in families.items():
        paragraphs = [view.text[node.marker.end : node.stop].rstrip("\n") for node in sisters]
        if kind in ("declared", "annex") or any(node.mark for node in sisters):
            heads = [_whole(text) for text in paragraphs]
        else:
            heads = headings(paragraphs, kind, [_leads(node, following[id(node)], view) for node in sisters])
        for node, head in zip(sisters, heads, strict=True):
            node.head = head


def _whole(paragraph: str) -> Head:
    """The heading that a whole line is, without the marks around it."""
    assigned = ASSIGNED.pattern.search(paragraph)
    paragraph = paragraph[: assigned.start()] if assigned else paragraph
    text = paragraph.strip(":。 \n")
    return Head(text, len(paragraph), paragraph.find(text))


def _leads(node: _Node, after: _Node | None, view: View) -> bool:
    """Whether text or a deeper section follows the paragraph that opens a node."""
    end = after.marker.start if after else len(view.text)
    following = view.text[node.stop : end].strip("\n").split("\n")
    return bool(node.children) or any(line and not LABELLED.pattern.match(line) for line in following)


def _sections(document: Document, nodes: Sequence[_Node], view: View) -> Iterable[Section]:
    """The finished sections, the one before the first heading first."""
    starts = [view.span(node.marker.start, node.marker.end)[0] for node in nodes]
    ends = [*starts[1:], _last_end(document)][: len(starts)]
    yield Section("", None, 0, "", 0, starts[0] if starts else _last_end(document), 0)
    for node, start, end in zip(nodes, starts, ends, strict=True):
        level, above = 1, node.parent
        while above:
            level, above = level + 1, above.parent
        body = view.span(node.marker.end + node.head.length, len(view.text))[0]
        parent = node.parent.id if node.parent else ""
        first = node.marker.end + node.head.offset
        letters = dict.fromkeys(view.at[first : first + len(node.head.text)])
        heading = name("".join(document.text[place] for place in letters))
        yield Section(node.id, parent, level, heading, start, end, min(body, end))


def _last_end(document: Document) -> int:
    """Where the last section ends: the text's end, or before the furniture that closes the page."""
    end = len(document.text)
    for start, stop in sorted(document.furniture, reverse=True):
        if document.text[stop:end].strip():
            break
        end = start
    return end
