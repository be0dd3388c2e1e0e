"""The numerals that Word puts before the paragraphs of its lists, written out as Word shows them.

A list is counted while its paragraphs are read in order. Bullets are no numerals and give nothing. After ECMA-376
part 1, 17.9 (numbering) and 17.18.59 (the ways of counting).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from knowledge.numerals import chinese_numeral
from knowledge.reading.styles import Styles, W, number, value

_PLACE = re.compile("%([1-9])")
_LAST = 8
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN: tuple[tuple[int, str], ...] = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _digitwise(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _chinese(count: int) -> str:
    return chinese_numeral(count) if count < 100 else _digitwise(count)


def _thousand(count: int) -> str:
    """Chinese counting with 百 and 千: 105 → 一百零五."""
    if count < 100:
        return chinese_numeral(count)
    if count >= 10_000:
        return _digitwise(count)
    unit, name = (1000, "千") if count >= 1000 else (100, "百")
    head, rest = divmod(count, unit)
    if not rest:
        return _DIGITS[head] + name
    gap = "零" if rest < unit // 10 else ""
    tail = "一" + _thousand(rest) if 10 <= rest < 20 else _thousand(rest)
    return _DIGITS[head] + name + gap + tail


def _legal(count: int) -> str:
    table = str.maketrans("零一二三四五六七八九十百千", _LEGAL + "拾佰仟")
    return _thousand(count).translate(table)


def _letter(count: int) -> str:
    """a … z, aa, bb …, as Word counts on."""
    times, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * min(times + 1, 10)


def _roman(count: int) -> str:
    written = []
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        written.append(letters * min(times, 10))
    return "".join(written)


def _run(first: str, most: int) -> Callable[[int], str]:
    """Characters that follow each other in Unicode, decimal beyond the last."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= most else str(count)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)]


WAYS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(
        {ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)}
    ),
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerLetter": _letter,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "japaneseCounting": _thousand,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "ideographDigital": _digitwise,
    "taiwaneseDigital": _digitwise,
    "japaneseDigitalTenThousand": _digitwise,
    "chineseLegalSimplified": _legal,
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "none": lambda _: "",
    "bullet": lambda _: "",
}
"""How a count is written by the name of its way; one that is not here counts as `decimal`."""


@dataclass(frozen=True)
class _Level:
    """A level of a list: how it counts and what it writes, `%1` for the count of the first level."""

    way: str
    text: str
    first: int
    restart: int | None
    after: str
    decimal: bool


class Lists:
    """The lists of a document while its paragraphs are read in order."""

    def __init__(self, numbering: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        abstract = [] if numbering is None else list(numbering.iterchildren(f"{W}abstractNum"))
        self._abstract = {one.get(f"{W}abstractNumId") or "": one for one in abstract}
        self._named = {value(one, "styleLink"): key for key, one in self._abstract.items() if value(one, "styleLink")}
        used = [] if numbering is None else list(numbering.iterchildren(f"{W}num"))
        self._used = {one.get(f"{W}numId") or "": one for one in used}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        self._levels: dict[tuple[str, int], _Level | None] = {}

    def numeral(self, paragraph: etree._Element) -> str:
        """What Word shows before a paragraph, which is counted by this; empty where it stands in no list."""
        key, place = self._belongs(paragraph)
        level = self._level(key, place)
        if level is None:
            return ""
        counts = self._counts[self._list(key)]
        if (key, place) not in self._begun and self._override(key, place, "startOverride") is not None:
            counts.pop(place, None)
        self._begun.add((key, place))
        counts[place] = counts.get(place, level.first - 1) + 1
        for deeper in [other for other in counts if other > place]:
            if self._restarts(key, deeper, place):
                del counts[deeper]
        return self._written(key, level, counts)

    def _belongs(self, paragraph: etree._Element) -> tuple[str, int]:
        """A paragraph's list and level: its own, or its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = self._styles.numbered(self._styles.of(paragraph))
        key = value(own, "numId") or (value(style[1], "numId") if style else None) or ""
        place = number(own, "ilvl")
        if place is None and style is not None:
            place = number(style[1], "ilvl") or self._of_style(key, style[0])
        return key, min(place or 0, _LAST)

    def _of_style(self, key: str, style: str) -> int:
        """The level of a list that names a style as its own."""
        levels = self._abstract.get(self._list(key), ())
        linked = (number_of(level) for level in levels if value(level, "pStyle") == style)
        return next(linked, 0)

    def _list(self, key: str) -> str:
        """The definition that a list goes by; lists of one definition are counted on."""
        abstract = value(self._used.get(key), "abstractNumId") or ""
        linked = value(self._abstract.get(abstract), "numStyleLink")
        return self._named.get(linked, abstract) if linked else abstract

    def _override(self, key: str, place: int, name: str) -> etree._Element | None:
        for one in self._used[key].iterchildren(f"{W}lvlOverride") if key in self._used else ():
            if number_of(one) == place:
                return one.find(W + name)
        return None

    def _level(self, key: str, place: int) -> _Level | None:
        if (key, place) not in self._levels:
            self._levels[key, place] = self._defined(key, place)
        return self._levels[key, place]

    def _defined(self, key: str, place: int) -> _Level | None:
        found = self._override(key, place, "lvl")
        if found is None:
            levels = self._abstract.get(self._list(key), ())
            found = next((one for one in levels if one.tag == f"{W}lvl" and number_of(one) == place), None)
        if found is None:
            return None
        first = number(self._override(key, place, "startOverride"))
        return _Level(
            value(found, "numFmt") or "decimal",
            value(found, "lvlText") or "",
            first if first is not None else number(found, "start") or 0,
            number(found, "lvlRestart"),
            value(found, "suff") or "tab",
            found.find(f"{W}isLgl") is not None,
        )

    def _restarts(self, key: str, deeper: int, place: int) -> bool:
        level = self._level(key, deeper)
        restart = level.restart if level else None
        return restart is None or (restart > 0 and place < restart)

    def _written(self, key: str, level: _Level, counts: dict[int, int]) -> str:
        if level.way in ("bullet", "none") and not _PLACE.search(level.text):
            return ""

        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = self._level(key, place)
            way = "decimal" if level.decimal else other.way if other else "decimal"
            return WAYS.get(way, str)(counts.get(place, other.first if other else 1))

        text = _PLACE.sub(shown, level.text)
        spaced = level.after != "nothing" and text and (text[-1].isalnum() or text[-1] == ".")
        return f"{text} " if spaced else text


def number_of(level: etree._Element) -> int:
    """The place of a level in its list, from 0."""
    text = level.get(f"{W}ilvl") or ""
    return int(text) if re.fullmatch("[0-9]", text) else 0
