"""Figures as they are told: by name, year and wording; which years they are for, and what contradicts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import of_figure, spoken
from knowledge.facts import Figure
from knowledge.parsing.quantities import Years


def named(desk: Desk, figure: Figure) -> str:
    """The indicator as said, with its flow verb."""
    name = desk.name(figure)
    return name if not figure.flow or name.startswith(figure.flow) else f"{figure.flow}{name}"


def year_of(figure: Figure) -> str:
    """A figure's year, or years, as said; "" without one."""
    if figure.year is None:
        return ""
    return f"{figure.year}-{figure.year_end}年" if figure.year_end else f"{figure.year}年"


def each(figure: Figure) -> str:
    """That a figure counts each year, or is a growth whose words do not say so: 每年, 年均增长."""
    if figure.comparator != "growth":
        return "每年" if figure.per_year else ""
    return f"{'年均' if figure.per_year else ''}{'' if spoken(figure).startswith('增长') else '增长'}"


def points(shown: Sequence[Figure], between: str = "；") -> str:
    """Figures by year, each year said once: 2030年250家/260家; of one value the wording that compares is said."""
    by_year: dict[str, dict[tuple[float | None, float | None], str]] = {}
    for one in shown:
        held = by_year.setdefault(f"{year_of(one)}{each(one)}", {})
        said = spoken(one)
        held[one.value, one.value_max] = max(held.get((one.value, one.value_max), ""), said, key=len)
    return between.join(f"{year}{'/'.join(wordings.values())}" for year, wordings in by_year.items())


def as_said(years: Years, words: str) -> str:
    """A year asked for; one told by other words (今年, 十四五末) in those: its digits stand nowhere."""
    if not re.search("[0-9]", words):
        return words
    return f"{years.first}年" if years.last is None else f"{years.first}-{years.last}年"


def meets(figure: Figure, years: Years) -> bool:
    """Whether a figure's year lies in the years asked (a year inside a figure's range counts)."""
    if figure.year is None:
        return False
    return figure.year <= (years.last or years.first) and years.first <= (figure.year_end or figure.year)


def is_over(desk: Desk, figure: Figure) -> bool:
    """Whether a figure's year, or the last of its years, is over."""
    last = figure.year_end or figure.year
    return last is not None and last < desk.today.year


def touched(desk: Desk, figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Every conflict that touches the figures, in reading order."""
    database = desk.shelf.database
    found = [pair for figure in figures for pair in database.contradicting(desk.home(figure).n, figure)]
    return sorted(dict.fromkeys(found), key=lambda pair: [(one.document, one.start) for one in pair])


def past(desk: Desk, draft: Draft, figures: Sequence[Figure]) -> None:
    """Says which of the figures' years are over."""
    if over := dict.fromkeys(year_of(one) for one in figures if is_over(desk, one)):
        draft.say("target.over", year="、".join(over))


def conflicts(desk: Desk, draft: Draft, figures: Sequence[Figure]) -> None:
    """Adds every conflict that touches the figures, both sides cited."""
    for pair in touched(desk, figures):
        draft.conflicts.append(pair)
        draft.say(
            "conflict",
            year=year_of(pair[0]),
            first=spoken(pair[0]),
            at=pair[0].section,
            second=spoken(pair[1]),
            there=pair[1].section,
        )
        for figure in pair:
            draft.cite(*of_figure(desk.home(figure), figure))
