"""A section's text cut into paragraphs, sentences and clauses, brackets and quotations kept whole.

Knows punctuation only. Offsets are those of the view that was cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

_PAIRS = {"(": ")", "“": "”", "《": "》", "【": "】", "[": "]", "「": "」", "〔": "〕"}
_OPENING = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_DATE = re.compile("“十[三四五六七八]五”")
"""A five-year plan is a date, though it is written as a quotation."""
_LONGEST_PAIR = 120
"""A bracket that is not closed within this many characters, or before a full stop, is taken as damaged and ignored."""

_LONGEST_CLAUSE = 500
"""A clause of a plan has up to some 130 characters; a longer run has lost its punctuation and is cut, so that reading stays linear."""
_KEPT = 2048
"""How many texts stay cut: all readers of a section want its sentences and clauses, one after another."""


class Piece(NamedTuple):
    """A run of text with its place in the view."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=512)
def enclosed(text: str) -> bytes:
    """For every character whether it stands inside a closed bracket or quotation (1) or not (0)."""
    inside = bytearray(len(text))
    place = 0
    while found := _OPENING.search(text, place):
        start, place = found.start(), found.end()
        stop = text.find(_PAIRS[found.group()], place, start + _LONGEST_PAIR)
        if stop > start and "\n" not in text[start:stop] and not _DATE.match(text, start):
            inside[start : stop + 1] = b"\x01" * (stop + 1 - start)
            place = stop + 1
    return bytes(inside)


@lru_cache(maxsize=_KEPT)
def split(text: str, marks: str, offset: int = 0) -> tuple[Piece, ...]:
    """The pieces of `text` between any of `marks`, which stay outside; marks inside brackets or quotations part nothing."""
    parting = [found.start() for found in _any_of(marks).finditer(text)]
    inside = enclosed(text) if parting else b""
    pieces: list[Piece] = []
    start = 0
    for place in parting:
        if inside[place]:
            continue
        if place > start:
            pieces.append(Piece(text[start:place], offset + start, offset + place))
        start = place + 1
    if start < len(text):
        pieces.append(Piece(text[start:], offset + start, offset + len(text)))
    return tuple(pieces)


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")


def masked(text: str, hidden: Iterable[tuple[int, int]]) -> str:
    """A text with stops in place of what is no running text, ranges of it."""
    pieces, last = [], 0
    for start, end in sorted(hidden):
        pieces += [text[last:start], "。" * (end - max(start, last))]
        last = max(end, last)
    return "".join([*pieces, text[last:]])


def paragraphs(text: str, offset: int = 0) -> tuple[Piece, ...]:
    """The lines of a text that hold something."""
    return split(text, "\n", offset)


def sentences(piece: Piece) -> tuple[Piece, ...]:
    """Up to the full stop (or ! ?), not the semicolon."""
    return split(piece.text, "。!?", piece.start)


def clauses(piece: Piece) -> tuple[Piece, ...]:
    """Between commas, semicolons and colons; a run without end is cut where it is longest."""
    found = split(piece.text, ",;:", piece.start)
    if all(clause.end - clause.start <= _LONGEST_CLAUSE for clause in found):
        return found
    return tuple(part for clause in found for part in _shortened(clause))


def _shortened(clause: Piece) -> Iterator[Piece]:
    for start in range(0, len(clause.text), _LONGEST_CLAUSE):
        text = clause.text[start : start + _LONGEST_CLAUSE]
        yield Piece(text, clause.start + start, clause.start + start + len(text))
