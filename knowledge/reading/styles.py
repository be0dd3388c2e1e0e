"""A Word document's paragraph styles: what a style is based on, and which are headings, titles and contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE_DEPTH = 1
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录) ?(?:[1-9]|heading|标题)?$", re.IGNORECASE)


def value(element: etree._Element | None, name: str = "") -> str | None:
    """The `w:val` of an element, or of its child `name`; None where there is none."""
    found = element.find(W + name) if element is not None and name else element
    return found.get(f"{W}val") if found is not None else None


def number(element: etree._Element | None, name: str = "") -> int | None:
    """The same as a number, None where it is none."""
    text = value(element, name) or ""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iterchildren(f"{W}style") if root is not None else ()
        self._all = {style.get(f"{W}styleId") or "": style for style in found}
        default = (key for key, style in self._all.items() if style.get(f"{W}default") in ("1", "true"))
        self._usual = next((key for key in default if self._all[key].get(f"{W}type") == "paragraph"), "")
        self.depth = cache(self._depth)
        self.contents = cache(self._contents)
        self.numbered = cache(self._numbered)

    def of(self, paragraph: etree._Element) -> str:
        """The id of a paragraph's style."""
        return value(paragraph.find(f"{W}pPr"), "pStyle") or self._usual

    def _chain(self, style: str) -> Iterator[tuple[str, etree._Element]]:
        """A style and those that it is based on, itself first."""
        seen: set[str] = set()
        while style in self._all and style not in seen:
            seen.add(style)
            yield style, self._all[style]
            style = value(self._all[style], "basedOn") or ""

    def _depth(self, style: str) -> int:
        """How deep the headings of a style are, from 1, a title's own; 0 where it is none."""
        for _, element in self._chain(style):
            called = value(element, "name") or ""
            if called.lower() in ("title", "标题"):
                return TITLE_DEPTH
            if heading := _HEADING.match(called):
                return TITLE_DEPTH + int(heading[1])
            level = number(element.find(f"{W}pPr"), "outlineLvl")
            if level is not None:
                return outlined(level)
        return 0

    def _contents(self, style: str) -> bool:
        """Whether it is the style of a table of contents."""
        return any(_CONTENTS.match(value(element, "name") or "") for _, element in self._chain(style))

    def _numbered(self, style: str) -> tuple[str, etree._Element] | None:
        """The list that a style puts its paragraphs into, with the style that says so."""
        for name, element in self._chain(style):
            found = element.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return name, found
        return None


def outlined(level: int) -> int:
    """The depth of a heading by its outline level; 9 is that of plain text."""
    return TITLE_DEPTH + 1 + level if level < 9 else 0
