"""`分别`: which of several years, or of several phrases, each of several numbers belongs to.

`2025年、2030年分别达到30家、40家` deals out years, `城镇、农村居民收入分别达到5万元、3万元` phrases. Numbers for
which there are not as many years or phrases are dealt to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parsing.quantities import YEAR, Quantity, Years
from knowledge.rules import rule

DEALS = rule(
    "deals",
    r"分别|依次",
    "a word that deals numbers out",
    ("企业数分别达到30家、40家", "分别"),
    ("企业数达到30家", ""),
)
HEADED = rule(
    "headed",
    r"(?:率|值|量|额|数|积|入|度|比|口|收|模|重|产|力|例|[A-Za-z])$",
    "a phrase that names an indicator by itself, however short",
    ("税收", "收"),
    ("城镇", ""),
    ("国家级", ""),
)
RULES = (DEALS, HEADED)
_JOINTS = (re.compile("、"), re.compile("[、和及与]"))
"""What parts a list: 和 too only where the 、 alone do not part as many (`软件和信息技术服务业收入、制造业收入`)."""
_LISTED = re.compile("(?:[0-9][0-9.,]*[^0-9,;。、和及与]{0,8}[、和及与])+$")
_JOINED = re.compile("[、和及与,到至]*")


@dataclass(frozen=True)
class Share:
    """What one number gets: a year, or a phrase of its own with its place in the clause."""

    number: Quantity
    years: Years | None = None
    phrase: str = ""
    start: int = 0


def dealt(text: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of a clause that are dealt out: those after 分别, where there are several."""
    word = DEALS.pattern.search(text)
    after = [one for one in numbers if word and one.start >= word.end()]
    return after if len(after) > 1 else []


def shares(text: str, numbers: Sequence[Quantity], years: Sequence[Years]) -> list[Share]:
    """The share of each of the `dealt` numbers of a clause, from the years named together or the phrases before 分别."""
    if len(years) == len(numbers):
        return [Share(number, years=year) for number, year in zip(numbers, years, strict=True)]
    word = DEALS.pattern.search(text)
    lists = [_phrases(text[: word.start()], joint) for joint in _JOINTS] if word else []
    parts = next((one for one in lists if len(one) == len(numbers)), [])
    dealt_out = zip(numbers, parts, strict=True) if parts else ()
    return [Share(number, phrase=phrase, start=start) for number, (phrase, start) in dealt_out]


def before_all(text: str, place: int) -> str:
    """The words before the first of the numbers among which the one at `place` is dealt out; else those before it.

    >>> before_all("分别不低于30家、40家", 9)
    '分别不低于'
    """
    before = text[:place]
    listed = _LISTED.search(before)
    return before[: listed.start()] if listed and DEALS.pattern.search(before[: listed.start()]) else before


def together(text: str, years: Sequence[Years]) -> tuple[Years, ...]:
    """The years that a text names in one run: `2023年、2024年和2025年`; empty where it names one."""
    run = list(years[:1])
    for one in years[1:]:
        if not _JOINED.fullmatch(text[run[-1].end : one.start]):
            break
        run.append(one)
    return tuple(run) if len(run) > 1 else ()


def _phrases(text: str, joint: re.Pattern[str]) -> list[tuple[str, int]]:
    """The phrases listed in a text with their places, a head that only the last carries given to each."""
    found = list(YEAR.finditer(text))
    start = found[-1].end() if found else 0
    parts: list[tuple[str, int]] = []
    for part in joint.split(text[start:]):
        parts.append((part, start))
        start += len(part) + 1
    last = parts[-1][0]
    return [*((part + _head(part, last), place) for part, place in parts[:-1]), parts[-1]]


def _head(part: str, last: str) -> str:
    """What a phrase leaves to the last of its list: 城镇 of 城镇、农村居民收入 leaves 居民收入.

    >>> _head("城镇", "农村居民收入"), _head("国家级", "省级创新平台"), _head("森林覆盖率", "湿地保护率")
    ('居民收入', '创新平台', '')
    """
    if not part or part[-1:] == last[-1:] or HEADED.pattern.search(part):
        return ""
    for size in (2, 1):
        place = last.find(part[-size:])
        if place >= 0 and (size == 2 or part[-1:] in "级类型"):
            return last[place + size :]
    return last[len(part) :] if len(part) <= 3 else ""
