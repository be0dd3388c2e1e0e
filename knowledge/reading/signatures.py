"""Who signed a document and when: organs and the date below them, in lines of their own or in a text without line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.dates import iso
from knowledge.facts import Span
from knowledge.reading.labels import parted
from knowledge.reading.layout import Layout
from knowledge.reading.lines import Line, Value, value
from knowledge.reading.organs import DATED, DATED_INLINE, PLACED, SIGNED, is_organ
from knowledge.text import name

_SIGNERS = 6
"""So many organs sign a document at most."""

_LONGEST = 80
_ABOVE = 300
_TOKEN = re.compile(r"[^\s。!！]+")
_PROSE = re.compile(r"[,，;；:：、|《]")


def signature(page: Layout) -> list[Value]:
    """Issuers and date of the first signature below the head; nothing where no organ stands above a date."""
    lines = [*page.body, *page.foot]
    for place, line in enumerate(lines):
        found = _inline(line) if line.long else _signed(lines, place)
        if found:
            return found
    return []


def byline(page: Layout) -> list[Value]:
    """Issuers and date below a title, in lines of their own; the date alone where no organ stands above it."""
    head = page.head
    for place, line in enumerate(head):
        if found := _signed(head, place):
            return found
        if place and DATED.pattern.match(line.flat):
            return _dated(value("date", line, 0, len(line.flat)))
    return []


def _signed(lines: Sequence[Line], place: int) -> list[Value]:
    """The signature whose date this line is, or that this line is by itself."""
    line = lines[place]
    if line.end - line.start > _LONGEST or not line.flat.endswith("日"):
        return []
    if both := SIGNED.pattern.match(line.flat):
        issuer = value("issuer", line, *both.span("issuer"))
        return _complete(parted(issuer, line.source), value("date", line, *both.span("date")))
    if not DATED.pattern.match(line.flat):
        return []
    above = [(each.start, each.end) for each in reversed(lines[max(0, place - _SIGNERS - 1) : place])]
    return _complete(_signers(line.source, above), value("date", line, 0, len(line.flat)))


def _inline(line: Line) -> list[Value]:
    """The signature inside a text that has lost its line ends."""
    for date in DATED_INLINE.pattern.finditer(line.source, line.start, line.end):
        above = reversed(list(_tokens(line.source, max(line.start, date.start() - _ABOVE), date.start())))
        found = _complete(_signers(line.source, list(above)), Value("date", date.group(), *date.span()))
        if found:
            return found
    return []


def _tokens(text: str, start: int, end: int) -> Iterator[Span]:
    """What white space parts, from the last full stop on."""
    stop = max(text.rfind(mark, start, end) for mark in "。！!") + 1
    for token in _TOKEN.finditer(text, max(start, stop), end):
        yield token.span()


def _signers(text: str, above: Sequence[Span]) -> list[Value]:
    """The organs that stand above a date, the nearest first in `above`, in the order of the text."""
    found: list[Value] = []
    for start, end in above[: _SIGNERS + 1]:
        written = name(text[start:end])
        if is_organ(written):
            found = [*parted(Value("issuer", written, start, end), text), *found]
        elif found and _wraps(written, found[0]):
            found[0] = Value("issuer", written + found[0].text, start, found[0].end)
            break
        else:
            break
    return found


def _wraps(written: str, below: Value) -> bool:
    """Whether a line is the upper half of the organ's name below it."""
    if len(written) > _LONGEST // 2 or _PROSE.search(written):
        return False
    return PLACED.pattern.match(written) is not None and not PLACED.pattern.match(below.text)


def _complete(issuers: list[Value], date: Value) -> list[Value]:
    """Both or nothing."""
    day = _dated(date)
    return [*issuers, *day] if issuers and day else []


def _dated(date: Value) -> list[Value]:
    """A date in its one form; nothing where the calendar has none such."""
    day = iso(re.sub(r"\s", "", date.text))
    return [Value("date", day, date.start, date.end)] if day else []
