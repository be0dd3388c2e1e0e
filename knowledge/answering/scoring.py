"""Figures weighed by a question: how much of its subject each covers, and what unit, rhythm, flow and year speak for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.agreeing import SHARES, graded
from knowledge.answering.drafts import Desk
from knowledge.answering.ranking import likeness
from knowledge.answering.telling import meets
from knowledge.facts import Figure
from knowledge.naming import core
from knowledge.parsing.indicators import FLOW
from knowledge.question import Question
from knowledge.text import bare

INDICATOR, CLAUSE, HEADING, SECTION, ABOVE = 1.0, 0.85, 0.6, 0.3, 0.4
"""The most that a term counts in the indicator, its clause, the section's heading, its text, the headings above."""
LEAST = 0.5
"""A figure is about a question from this coverage on."""
GRADED = 0.08
"""What a figure of a grade loses where the question names none."""
_WHOLE = re.compile("占[^,;。占]{1,24}?(?=比重|比例|份额)")


@dataclass(frozen=True)
class Scored:
    """A figure with how well it fits the question; `loss`: what it loses as its document no longer holds."""

    row: int
    indicator: int
    figure: Figure
    fit: float
    coverage: float
    loss: float = 0.0


def scored(desk: Desk) -> list[Scored]:
    """The figures of the ranked sections, best first."""
    if "figures" not in desk.kept:
        desk.kept["figures"] = _scored(desk)
    figures: list[Scored] = desk.kept["figures"]
    return figures


def _scored(desk: Desk) -> list[Scored]:
    said = said_of(desk.question)
    found = []
    for ranked in desk.ranked:
        one = ranked.section
        held = desk.shelf.figures(one)
        shared = (
            desk.subject.levels([(one.heading, HEADING), (one.above, ABOVE), (one.folded, SECTION)]) if held else []
        )
        for row, number_of, figure in held:
            share = "比重" if figure.unit == "%" else ""
            name = bare(f"{figure.flow or ''}{figure.indicator} {desk.shelf.database.indicator(number_of)}{share}")
            zones = [(name, INDICATOR), (bare(figure.text), CLAUSE)]
            coverage = desk.subject.coverage([(undivided(text, desk.question), most) for text, most in zones], shared)
            near_last = 0.15 if desk.last is not None and desk.last.n == one.n else 0.0
            fit = (
                0.7 * coverage
                + 0.3 * likeness(said, flat(figure.indicator))
                + _hints(desk.question, figure)
                + near_last
            )
            found.append(Scored(row, number_of, figure, fit, coverage, ranked.loss))
    return sorted(found, key=lambda one: (one.loss - one.fit, one.row))


def undivided(text: str, question: Question) -> str:
    """A folded text without what something is a share of, unless shares are asked: 研发经费占GDP比重 says nothing of the GDP."""
    if "占" not in text or question.measure == "%" or SHARES.search(question.folded):
        return text
    return _WHOLE.sub("占", text)


@lru_cache(maxsize=4096)
def flat(indicator: str) -> str:
    """An indicator's name for comparison."""
    return core(bare(indicator))


def said_of(question: Question) -> str:
    """The subject as a figure's indicator would put it: standard words of the terms that carry it."""
    return "".join(term.text for term in question.terms if term.weight >= 0.5)


def _hints(question: Question, figure: Figure) -> float:
    """What unit, rhythm, flow and year of the question speak for or against a figure."""
    score = 0.0
    if question.measure:
        score += 0.08 if _fits_unit(question.measure, figure.unit) else -0.12
    each, flows = _asks_for(question.folded)
    if each:
        score += 0.1 if figure.per_year else -0.05
    elif figure.per_year:
        score -= 0.25
    score += 0.06 if flows == bool(figure.flow) else -0.03
    score -= GRADED * graded(question, [figure.indicator])
    if question.years and figure.year is not None:
        score += 0.1 if any(meets(figure, years) for years in question.years) else 0.0
    return score


@lru_cache(maxsize=64)
def _asks_for(folded: str) -> tuple[bool, bool]:
    """Whether a question asks for what is reached each year, and for what is added."""
    each = bool(re.search("每年|一年|年均|每一年|(?<![0-9年])年年|平均每年|逐年新增", folded))
    return each, bool(FLOW.pattern.search(folded) or re.search("引|招|加|添|净增", folded))


def _fits_unit(asked: str, unit: str | None) -> bool:
    if unit is None:
        return True
    groups = (
        {"家", "个", "户"},
        {"名", "人", "个", "位"},
        {"亿元", "亿", "万元", "万", "元", "亿美元"},
        {"%", "个百分点", "百分点"},
        {"件", "项", "个"},
        {"所", "个", "家"},
    )
    return asked == unit or unit.endswith(asked) or any(asked in group and unit in group for group in groups)


def cluster(desk: Desk, top: Scored, best: Sequence[Scored]) -> list[Figure]:
    """All figures of the best one's indicator, the best first among those of its year."""
    series = [figure for _, figure in desk.shelf.database.series(top.indicator)]
    alike = [
        one.figure
        for one in best
        if one.indicator != top.indicator
        and flat(one.figure.indicator) == flat(top.figure.indicator)
        and bool(one.figure.flow) == bool(top.figure.flow)
        and one.figure.unit == top.figure.unit
        and one.figure.document == top.figure.document
        and one.figure.per_year == top.figure.per_year
    ]
    return sorted([*series, *alike], key=lambda one: (one.year or 0, one.year_end or 0))
