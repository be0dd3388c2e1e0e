"""Markdown: the text is the source as it is; headings are marked, and what only marks them up is hidden.

Knows of CommonMark what bears on headings: `#` and underlined headings, code fences, front matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.facts import HeadingMark, Span
from knowledge.text import tidy

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t\r\n]|$)[ \t]*(?P<text>[^\r\n]*?)(?P<closing>[ \t]+#+)?[ \t]*[\r\n]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*[\r\n]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_PARAGRAPH = re.compile(r"\s*$|    |\t| {0,3}(?:[-*+>|#]|[0-9]{1,9}[.)]\s|`{3}|~{3})")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<lines>(?:[^\r\n]{0,500}\r?\n){0,50}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_KEY = re.compile(r"^(\w+):[ \t]*[\"']?([^\r\n]*?)[\"']?[ \t]*\r?$", re.MULTILINE)
_RULE = re.compile(
    r"[ \t]*\|?[ \t]*:?-[-:| \t]*\|[-:| \t]*[\r\n]*$|[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})[\r\n]*$"
)
"""The line under a table's first row, or a line across the page."""
_LEADING = re.compile(r"[ \t]*((?:>[ \t]?|[-*+][ \t]+)+)(?=\S)")
_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{2,3}|`)(?=[^\s*_`])[^\r\n*_`]{1,200}?(?<=\S)(?P=mark)(?![*_`])")
_LINK = re.compile(r"(?P<opens>!?\[)[^\[\]\r\n]{1,200}(?P<closes>\]\((?:https?:|mailto:|[./#])[^()\s]{0,300}\))")
_LONGEST = 400
_LONGEST_UNDERLINED = 100


@dataclass
class Markdown:
    """What a Markdown text declares: its headings, the spans that are markup alone, and its front matter."""

    marks: list[HeadingMark] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)


def markup(text: str) -> Markdown:
    """The headings of a Markdown text: the span of each heading's line, its underline left out."""
    found = Markdown()
    start = _front_matter(text, found)
    fence = ""
    above: Span | None = None  # the line before, where it is a paragraph's only one so far
    paragraph = 0
    for line in _LINE.finditer(text, start):
        fence, fenced = _fenced(line.group(), fence)
        if fenced or _atx(text, line, found) or (above and _underlined(text, above, line, found)):
            above, paragraph = None, 0
            continue
        if len(line.group()) <= _LONGEST and _RULE.match(line.group()):
            found.hidden.append(tidy(text, *line.span()))
            continue
        _inline(text, line, found)
        paragraph = 0 if _NO_PARAGRAPH.match(line.group()) else paragraph + 1
        above = line.span() if paragraph == 1 else None
    return found


def _front_matter(text: str, found: Markdown) -> int:
    """The end of the front matter (`---`, `key: value`, `---`), which is taken as given."""
    front = _FRONT.match(text)
    if not front or not _KEY.search(front["lines"]):
        return 0
    found.given = {key.lower(): value for key, value in _KEY.findall(front["lines"])}
    found.hidden.append(tidy(text, *front.span()))
    return front.end()


def _fenced(line: str, fence: str) -> tuple[str, bool]:
    """The fence that is open after a line, and whether the line is code or a fence."""
    mark = _FENCE.match(line)
    if not fence:
        return (mark.group(1), True) if mark else ("", False)
    closes = mark and mark.group(1).startswith(fence) and not line[mark.end() :].strip()
    return ("" if closes else fence), True


def _atx(text: str, line: re.Match[str], found: Markdown) -> bool:
    heading = _ATX.match(line.group()) if len(line.group()) <= _LONGEST else None
    if not heading:
        return False
    start, end = tidy(text, *line.span())
    if heading["closing"]:
        end = line.start() + heading.end("text")
        found.hidden.append((line.start() + heading.start("closing"), line.start() + heading.end("closing")))
    _emphasis(text, line, found)
    if heading["text"]:
        found.marks.append(HeadingMark(start, end, len(heading.group(1))))
    else:
        found.hidden.append((start, end))
    return True


def _inline(text: str, line: re.Match[str], found: Markdown) -> None:
    """Hides what marks up a line: the sign of an item or a quotation, emphasis, the target of a link."""
    if leading := _LEADING.match(text, line.start(), line.end()):
        found.hidden.append(leading.span(1))
    _emphasis(text, line, found)


def _emphasis(text: str, line: re.Match[str], found: Markdown) -> None:
    for marked in _EMPHASIS.finditer(text, line.start(), line.end()):
        opens, closes = marked.end("mark"), marked.end() - len(marked["mark"])
        found.hidden += [(marked.start(), opens), (closes, marked.end())]
    for link in _LINK.finditer(text, line.start(), line.end()):
        found.hidden += [link.span("opens"), link.span("closes")]


def _underlined(text: str, above: Span, line: re.Match[str], found: Markdown) -> bool:
    """Marks the line above as a heading where this one underlines it."""
    under = _UNDERLINE.match(line.group())
    start, end = tidy(text, *above)
    if not under or end - start > _LONGEST_UNDERLINED:
        return False
    found.marks.append(HeadingMark(start, end, 1 if under.group(1).startswith("=") else 2))
    found.hidden.append(tidy(text, *line.span()))
    return True
