"""When two names are one: units written in several ways, indicators in several phrases, and figures in conflict.

Pure rules over names; the words of the documents stay as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz

from knowledge.facts import Figure

_LEVEL = re.compile(r"^(?:[省市区县州旗镇乡](?=[一-鿿]{2})|本[省市区县](?=[一-鿿]{2}))")
_PLACE = re.compile(r"^(?:[一-鿿]{2,6}?(?:省|自治区|市|区|县|州|旗))(?=[一-鿿]{2})")
_DOUBLED = re.compile(r"(局|委|办|中心)(?=[一-鿿]{1,4}\1$)")
_COUNTING = re.compile("(?:总数|总量|数量|总额|总和|数|个数|家数|额|量)$")
_OWN_PLACE = re.compile(
    '^(?:全区|全市|全县|全省|全州|全国|辖区内?|我区|我市|我县|我省|本区|本市|本县|区内|市内|县内)|[的“”"‘’()（）《》]'
)
_BEFORE = re.compile("^(?:全区|全市|全县|全省|全州|全国|辖区内?|我区|我市|我县|我省|本区|本市|本县|区内|市内|县内)")
_STORED = re.compile("纳入(.{0,12}?)(?:资源|数据|项目)?库")
_GRADE = re.compile("国家级|国家|省级及?以上|省级|市级及?以上|市级|县级|区级|规模以上|在库|新增")


@dataclass(frozen=True)
class Unit:
    """A unit to ask for: the name shown, the department's general name, and every way it is written."""

    name: str
    function: str
    written: tuple[str, ...]


def base(name: str, places: AbstractSet[str] = frozenset()) -> str:
    """A unit's name without the place or level before it: 区发改委 → 发改委, 南昌市财政局 → 财政局."""
    for size in range(len(name) - 2, 0, -1):
        if name[:size] in places and len(name) - size >= 2:
            name = name[size:]
    for pattern in (_LEVEL, _PLACE):
        if (
            (found := pattern.match(name))
            and len(name) - found.end() >= 2
            and not name[found.end() :].startswith(("委", "政府", "直"))
        ):
            name = name[found.end() :]
    return _DOUBLED.sub("", name)


def units(names: Sequence[str], functions: Mapping[str, str], places: AbstractSet[str] = frozenset()) -> list[Unit]:
    """The units behind written names, in order of first mention; `functions` gives a department's general name.

    Two names are one unit when level and department agree, or one base is the other with characters left out
    (区中小企业局 · 区中小企业服务局).
    """
    found: list[tuple[str, str, list[str]]] = []
    kindred: dict[tuple[str, str], list[int]] = defaultdict(list)
    alike: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for name in names:
        own = base(name, places)
        level = name[: len(name) - len(own)] if name.endswith(own) else name[:1]
        function = functions.get(own) or functions.get(name) or own
        ends = (level, own[:1], own[-1:])
        shortened = (n for n in alike[ends] if _shortened(found[n][1], own))
        n = min([*kindred[level, function][:1], *islice(shortened, 1)], default=None)
        if n is None:
            n = len(found)
            found.append((function, own, []))
            kindred[level, function].append(n)
            alike[ends].append(n)
        found[n][2].append(name)
    return [Unit(written[0], function, tuple(dict.fromkeys(written))) for function, _, written in found]


def _shortened(one: str, other: str) -> bool:
    """Whether the shorter base is the longer one with at most two characters left out, ends alike."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) - len(short) > 2 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def core(phrase: str, places: Iterable[str] = ()) -> str:
    """An indicator's phrase without its own place, quotation marks and counting words, for comparison."""
    for place in places:
        phrase = phrase.lower().replace(place.lower(), "")
    return _core(phrase)


@lru_cache(maxsize=1 << 14)
def _core(phrase: str) -> str:
    flat = _STORED.sub(r"\1入库", phrase.lower())
    previous = None
    while previous != flat:
        previous = flat
        flat = _COUNTING.sub("", _OWN_PLACE.sub("", flat))
    return flat


def told(phrase: str, places: Iterable[str] = ()) -> str:
    """An indicator's phrase as it is told to people: without the document's own place before it."""
    for place in places:
        phrase = phrase.replace(place, "")
    return _BEFORE.sub("", phrase) or phrase


@lru_cache(maxsize=1 << 14)
def scope(phrase: str) -> frozenset[str]:
    """The grades that an indicator's phrase sets: 国家级创新载体 is not 省级以上创新载体."""
    return frozenset(
        found.group().removesuffix("级")
        for found in _GRADE.finditer(phrase)
        if found.group() not in ("国家", "在库", "新增")
    )


def one_indicator(first: Figure, second: Figure, canonical: Mapping[str, str], context: Mapping[str, str]) -> bool:
    """Whether two figures count the same thing: same unit, flow and scope, phrases equal or one the other cut short.

    `canonical` maps a core phrase to its standard form where the lexicon has one; `context` gives for a section
    the words around it (headings and what was said before), which must hold what a short phrase leaves out.
    """
    if (
        bool(first.flow) != bool(second.flow)
        or first.per_year != second.per_year
        or not same_unit(first.unit, second.unit)
    ):
        return False
    one, other = core(first.indicator), core(second.indicator)
    if scope(one) != scope(other):
        return False
    if canonical.get(one, one) == canonical.get(other, other):
        return True
    return _cut_short(one, other, context.get(first.section, "")) or _cut_short(
        other, one, context.get(second.section, "")
    )


def same_unit(one: str | None, other: str | None) -> bool:
    """Whether two units count the same kind of thing: 家 · 个, 名 · 人."""
    return one == other or {one, other} <= {"家", "个"} or {one, other} <= {"名", "人", "个"}


def _cut_short(short: str, long: str, context: str) -> bool:
    """Whether `short` is `long` with words left out that its context supplies."""
    if not 3 <= len(short) < len(long):
        return False
    rest = iter(long)
    if not all(char in rest for char in short) and set(short) - set(long):
        return False
    if fuzz.token_set_ratio(" ".join(short), " ".join(long)) < 95:
        return False
    left = "".join(char for char in long if char not in short)
    return bool(left) and all(char in context for char in left)


def conflicts(
    figures: Sequence[Figure], canonical: Mapping[str, str], context: Mapping[str, str]
) -> list[tuple[int, int]]:
    """Pairs of places of figures (of one document) that set different values for one indicator in years that meet."""
    found = []
    for place, first in enumerate(figures):
        for offset, second in enumerate(figures[place + 1 :], place + 1):
            if first.value == second.value or None in (first.value, second.value) or not _meet(first, second):
                continue
            if "growth" in (first.comparator, second.comparator):
                continue
            if first.section != second.section and one_indicator(first, second, canonical, context):
                found.append((place, offset))
    return found


def _meet(first: Figure, second: Figure) -> bool:
    """Whether the years of two figures meet (both without a year counts)."""
    if first.year is None or second.year is None:
        return first.year == second.year
    return first.year <= (second.year_end or second.year) and second.year <= (first.year_end or first.year)
