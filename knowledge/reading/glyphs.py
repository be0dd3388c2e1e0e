"""The characters and ruled lines of a pdf's pages, with their places. The only file that touches pypdfium2.

Of the libraries at hand pdfium reads Chinese pdf best: it knows the national encodings without an embedded font, gives each
character's box and tells the spaces that it made up from those that are there, fifteen times as fast as the pure Python ones.
Places are in points from the lower left corner, turned so that text runs from left to right.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from knowledge.errors import SourceError

MAX_PAGES = 3_000
MAX_RULES = 20_000
"""More lines on a page are a drawing or a map, and no table."""

UNMAPPED = "\ufffd"
_HYPHEN = ("\x02", "\ufffe")
_RADICALS = range(0x2E80, 0x2FE0)
"""Radicals look like characters, and fonts that share their shapes give one for the other: ⼀ where 一 was typed."""


@dataclass(frozen=True)
class Glyph:
    """A character: its left and right edges, its base line, its size."""

    char: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class Rule:
    """A line along a page (`upright`: up and down it): where it stands across its direction, and from where to where it runs."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Sheet:
    """A page: its upper and lower edge, its characters in the order of the file, its ruled lines, whether it has pictures."""

    number: int
    bottom: float
    top: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: bool


def sheets(data: bytes, where: str) -> Iterator[Sheet]:
    """The pages of a pdf; SourceError where it is none, needs a password or is too long."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "has a password (save it without one)" if locked else "is no pdf that can be read"
        raise SourceError(f"{where}: {reason}") from error
    if len(document) > MAX_PAGES:
        raise SourceError(f"{where}: has too many pages ({len(document):,}, the limit is {MAX_PAGES:,})")
    for place in range(len(document)):
        try:
            yield _sheet(document[place], place + 1)
        except pdfium.PdfiumError as error:
            raise SourceError(f"{where}: page {place + 1} cannot be read") from error


def _sheet(page: pdfium.PdfPage, number: int) -> Sheet:
    text = page.get_textpage()
    angles = Counter(_angle(text, place) for place in range(text.count_chars()) if _real(text, place))
    turn = angles.most_common(1)[0][0] if angles else 0
    glyphs = tuple(_glyphs(text, turn))
    rules = tuple(_turned(rule, turn) for rule in _rules(page))
    left, bottom, right, top = page.get_bbox()
    edges = [_upright(x, y, turn)[1] for x in (left, right) for y in (bottom, top)]
    pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    found = Sheet(number, min(edges), max(edges), glyphs, rules if len(rules) <= MAX_RULES else (), pictures)
    text.close()
    page.close()
    return found


def _real(text: pdfium.PdfTextPage, place: int) -> bool:
    """Whether a character is in the file, and not made up by the library between two others."""
    return bool(raw.FPDFText_IsGenerated(text, place) != 1)


def _angle(text: pdfium.PdfTextPage, place: int) -> int:
    return round(-math.degrees(raw.FPDFText_GetCharAngle(text, place))) % 360  # the library counts clockwise


def _glyphs(text: pdfium.PdfTextPage, turn: int) -> Iterator[Glyph]:
    """The characters that run in the direction of most; others are watermarks and stamps."""
    high = 0
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for place in range(text.count_chars()):
        if not _real(text, place) or _angle(text, place) != turn:
            continue
        code = raw.FPDFText_GetUnicode(text, place)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        raw.FPDFText_GetLooseCharBox(text, place, box)
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        corners = [_upright(box.left, box.bottom, turn)[0], _upright(box.right, box.top, turn)[0]]
        _, base = _upright(x.value, y.value, turn)
        size = abs(raw.FPDFText_GetFontSize(text, place))
        yield Glyph(_char(code, text, place), min(corners), max(corners), base, _size(size, box))


def _size(size: float, box: raw.FS_RECTF) -> float:
    """A character's size; files that scale type give it as 1, and its box knows better."""
    return size if size > 2 else max(abs(box.top - box.bottom), 1.0)


def _char(code: int, text: pdfium.PdfTextPage, place: int) -> str:
    char = chr(code) if code else UNMAPPED
    if char in _HYPHEN:
        return "-"
    if raw.FPDFText_HasUnicodeMapError(text, place) == 1 or unicodedata.category(char) in ("Co", "Cn"):
        return UNMAPPED
    if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp"):
        return " "
    return unicodedata.normalize("NFKC", char) if code in _RADICALS else char


def _upright(x: float, y: float, turn: int) -> tuple[float, float]:
    if not turn:
        return x, y
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    return x * cosine + y * sine, y * cosine - x * sine


# -------------------------------------------------------------------- lines


def _rules(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The straight lines of a page's drawings, along or up the page, from point to point."""
    count = 0
    for drawing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = drawing.get_matrix()
        begin: tuple[float, float] | None = None
        last: tuple[float, float] | None = None
        for kind, closes, point in _points(drawing):
            here = matrix.on_point(*point)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                begin = here
            elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
                yield (*last, *here)
                count += 1
            if closes and begin is not None:
                yield (*here, *begin)
            last = here
        if count > MAX_RULES:
            return


def _points(drawing: pdfium.PdfObject) -> Iterator[tuple[int, bool, tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(raw.FPDFPath_CountSegments(drawing), MAX_RULES)):
        segment = raw.FPDFPath_GetPathSegment(drawing, place)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            kind, closes = raw.FPDFPathSegment_GetType(segment), raw.FPDFPathSegment_GetClose(segment)
            yield kind, bool(closes), (x.value, y.value)


def _turned(line: tuple[float, float, float, float], turn: int) -> Rule:
    (ax, ay), (bx, by) = _upright(*line[:2], turn), _upright(*line[2:], turn)
    if abs(ax - bx) < abs(ay - by):
        return Rule(True, (ax + bx) / 2, min(ay, by), max(ay, by))
    return Rule(False, (ay + by) / 2, min(ax, bx), max(ax, bx))
