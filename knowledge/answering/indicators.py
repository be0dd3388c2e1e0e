"""One indicator as an item of a list: its name, its figures by year or of one year, its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering import telling
from knowledge.answering.drafts import Desk
from knowledge.answering.paging import Item
from knowledge.answering.quoting import of_figure, spoken
from knowledge.answering.shelf import Shelved
from knowledge.facts import Figure
from knowledge.parsing.quantities import Years


def place(one: Shelved) -> str:
    """What a line begins with: the section with its heading; nothing for what stands before all."""
    return f"{one.section} {one.row['heading']}".strip() + "：" if one.section else ""


def one_year(years: Sequence[Years]) -> bool:
    """Whether one year is asked for, and no run of them."""
    return len(years) == 1 and years[0].last is None


def indicator(desk: Desk, group: Sequence[Figure], *, dated: bool) -> Item:
    """One indicator with its figures: of a year's list by its wordings, a longer span named; else year by year."""
    first = group[0]
    name = telling.named(desk, first)
    each = telling.each(first)
    if dated:
        spans = dict.fromkeys(telling.year_of(one) for one in group if one.year_end)
        span = f"（{'、'.join(spans)}）" if spans else ""
        words = f"{name}{each}{'/'.join(dict.fromkeys(map(spoken, group)))}{span}"
    else:
        words = f"{name}{telling.points(group, '、')}"
    quotes = tuple(quote for one in group for quote in of_figure(desk.home(one), one))
    return Item(place(desk.home(first)), words, quotes, tuple(group), f"{desk.name(first)}各年目标分别是多少")
