"""A text's lines, each with its place in the source and its compact view. Knows no rule of the genre."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.facts import HeadingMark, Span
from knowledge.text import View, compact, name, tidy

LONG = 400
"""A longer line is prose whatever it says; only so much of it is looked at."""

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c]")
_HASHES = re.compile(r"#{1,6}\s+")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its span without white space at the ends, its depth where it is a declared heading,
    and the spans of markup in it."""

    source: str = field(repr=False)
    start: int
    end: int
    depth: int = 0
    hidden: tuple[Span, ...] = field(default=(), repr=False)

    @property
    def long(self) -> bool:
        return self.end - self.start > LONG

    @cached_property
    def view(self) -> View:
        """The compact view of the line's first `LONG` characters, of which `flat` is the text."""
        return compact(self.source, self.start, min(self.end, self.start + LONG), self.hidden)

    @property
    def flat(self) -> str:
        return self.view.text


@dataclass(frozen=True)
class Value:
    """A metadata value, normalised, and the span of the words that say it."""

    field: str
    text: str
    start: int
    end: int


def value(field: str, line: Line, start: int, end: int) -> Value:
    """The value that stands at `line.flat[start:end]`: the source's characters, white space inside taken out."""
    start, end = tidy(line.source, *line.view.span(start, end))
    return Value(field, name(line.source[start:end]), start, end)


def lines(text: str, marks: Iterable[HeadingMark] = (), hidden: Iterable[Span] = ()) -> Iterator[Line]:
    """The lines of a text that are neither blank nor hidden; a Markdown heading's `#` stands before its line."""
    depths = {mark.start: mark for mark in marks}
    spans = sorted(hidden)
    place = 0
    for found in _LINE.finditer(text):
        start, end = tidy(text, *found.span())
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        inner = list(_inside(spans, place, end))
        if any(opens <= start and end <= closes for opens, closes in inner):
            continue
        while inner and inner[0][0] <= start:
            start, end = tidy(text, inner.pop(0)[1], end)
        mark = depths.get(start) or depths.get(found.start())
        if mark and (hashes := _HASHES.match(text, start, end)):
            start = hashes.end()
        if _seen(text, start, end):
            yield Line(text, start, end, mark.depth if mark else 0, tuple(inner))


def _inside(spans: list[Span], place: int, end: int) -> Iterator[Span]:
    """The spans from a place of their list on that begin before an offset."""
    while place < len(spans) and spans[place][0] < end:
        yield spans[place]
        place += 1


def _seen(text: str, start: int, end: int) -> bool:
    """Whether anything of a line is to be seen, and not only its format and control characters."""
    return any(unicodedata.category(char) not in ("Cf", "Cc") and not char.isspace() for char in text[start:end])


def gap(before: Line, after: Line) -> int:
    """How many line ends stand between two lines: 1 where they follow each other."""
    return len(_BREAK.findall(before.source, before.end, after.start))
