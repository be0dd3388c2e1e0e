"""A figure's parts as the cells of a table tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.facts import Figure

EACH_YEAR, NO_YEAR = "每年", "未定"


def indicator(name: str, figure: Figure) -> str:
    """The indicator's name with the verb that makes it an addition: 引进高层次人才."""
    return f"{figure.flow}{name}" if figure.flow and not figure.indicator.startswith(figure.flow) else name


def year(figure: Figure) -> str:
    """2030, 2026-2035, 每年, or 未定 where the text names no year."""
    if figure.year_end:
        return f"{figure.year}-{figure.year_end}"
    return str(figure.year or (EACH_YEAR if figure.per_year else NO_YEAR))


def amount(figure: Figure) -> str:
    """The amount in the words of the document, with 年均 where it holds for each year up to one."""
    from knowledge.answering.quoting import spoken

    return f"{'年均' if figure.per_year and figure.year else ''}{spoken(figure)}"
