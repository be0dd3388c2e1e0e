"""Damage that publishing did to a text, where the rules can tell: white space in words, unclosed marks, doubled marks.

Gives warnings only; a likely reading goes to `suggested`, the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.facts import Warned
from knowledge.rules import rule
from knowledge.text import View

_APART = r"[一-鿿]{2,8}[:：]|[一-鿿]{2,20}(?:局|委|厅|部|会|政府|办公室)(?:关于|\s|$)"
"""What white space parts on purpose: the next label of a line, the next of several issuing organs."""
SPACED = rule(
    "spaced",
    rf"(?<=[一-鿿,、;])[ \t\u2002\u2003\u00a0\u3000]+(?=[一-鿿])(?!{_APART})",
    "white space in the middle of running Chinese",
    ("力\u2002争接近", "\u2002"),
    ("推进工业园\u3000区提质增效", "\u3000"),
    ("Open AI", ""),
    ("县教育局\u3000生成日期:2024年", ""),
    ("白沙区财政局\u3000白沙区科学技术局关于", ""),
)
DOUBLED = rule(
    "doubled", r"[,、;。]{2,}|[,、;](?=[。])", "two marks where one belongs", ("发展,,加快", ",,"), ("发展。", "")
)
RULES = (SPACED, DOUBLED)
_PAIRS = (("(", ")", "括号"), ("“", "”", "引号"), ("《", "》", "书名号"), ("【", "】", "括号"), ("〔", "〕", "括号"))


def damage(view: View, source: str, start: int, end: int) -> list[Warned]:
    """What is damaged in a section's text (`view` is its compact view; `start`-`end` its span in the source)."""
    return sorted([*_spaced(source, start, end), *_doubled(view), *_unclosed(view)], key=lambda one: one.start)


def _spaced(source: str, start: int, end: int) -> Iterator[Warned]:
    for found in SPACED.pattern.finditer(source, start, end):
        around = source[max(found.start() - 2, start) : min(found.end() + 2, end)]
        mended = "".join(around.split())
        yield Warned("space_in_word", f"词中有空白：“{mended}”", found.start(), found.end(), mended)


def _doubled(view: View) -> Iterator[Warned]:
    for found in DOUBLED.pattern.finditer(view.text):
        yield Warned(
            "doubled_mark", f"标点重复：“{found.group()}”", *view.span(found.start(), found.end()), found.group()[-1]
        )


def _unclosed(view: View) -> Iterator[Warned]:
    """Marks opened and not closed, or closed and not opened, within a paragraph."""
    place = 0
    for paragraph in view.text.split("\n"):
        for left, right, what in _PAIRS:
            yield from _unpaired(view, paragraph, place, left, right, what)
        place += len(paragraph) + 1


def _unpaired(view: View, paragraph: str, offset: int, left: str, right: str, what: str) -> Iterator[Warned]:
    opened: list[int] = []
    for found in re.finditer(f"[{re.escape(left + right)}]", paragraph):
        if found.group() == left:
            opened.append(found.start())
        elif opened:
            opened.pop()
        elif not (left == "(" and re.search(r"[0-9]$", paragraph[: found.start()])):
            yield Warned(
                "unpaired_mark",
                f"{what}缺左半：“{found.group()}”",
                *view.span(offset + found.start(), offset + found.end()),
                left,
            )
    for place in opened:
        near = paragraph[place : place + 12]
        yield Warned(
            "unpaired_mark", f"{what}没有闭合：“{near}”", *view.span(offset + place, offset + place + 1), right
        )
