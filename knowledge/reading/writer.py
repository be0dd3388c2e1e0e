"""Writing the text of a page: lines, white space as a page shows it, and the places of headings."""

from __future__ import annotations

import re

from knowledge.facts import HeadingMark
from knowledge.text import tidy

_BLANK = re.compile(r"[ \t\n\r\f]+")
"""White space that a page collapses; U+00A0, U+2002 and U+3000 are characters of the text."""


class Writer:
    """Collects a text piece by piece; with `one_line`, what would end a line is a space."""

    def __init__(self, one_line: bool = False) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._pending = ""
        self._one_line = one_line
        self._open: tuple[int, int] | None = None
        self._headings: list[HeadingMark] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def write(self, text: str, as_is: bool = False) -> None:
        """Adds text, its white space collapsed unless it stands `as_is`."""
        if as_is and not self._one_line:
            self._add(text)
            return
        shown = _BLANK.sub(" ", text)
        core = shown.strip(" ")
        if shown.startswith(" ") and not self._pending:
            self._pending = " "
        if core:
            self._add(core)
        if core and shown.endswith(" "):
            self._pending = " "

    def end_line(self) -> None:
        """Ends the line, if one is begun and no heading or cell holds it open."""
        self._pending = " " if self._one_line or self._open else "\n"

    def open_heading(self, depth: int) -> None:
        if self._open is None:
            self._open = (self._length, depth)

    def close_heading(self) -> None:
        """Ends a heading, which is marked if it says anything."""
        if self._open:
            start, depth = self._open
            self._open = None
            if start < self._length:
                self._headings.append(HeadingMark(start, self._length, depth))

    def headings(self) -> tuple[HeadingMark, ...]:
        """The headings written, each with the span of its line."""
        text = self.text
        spans = ((*tidy(text, mark.start, mark.end), mark.depth) for mark in self._headings)
        return tuple(HeadingMark(start, end, depth) for start, end, depth in spans if start < end)

    def _add(self, text: str) -> None:
        if self._pending and self._length and not self._parts[-1].endswith("\n"):
            self._put(self._pending)
        self._pending = ""
        self._put(text)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
