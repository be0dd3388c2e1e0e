"""Answers about target figures: one year, all years, a comparison of two years or two indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import change, number, of_figure, spoken
from knowledge.answering.ranking import likeness
from knowledge.answering.telling import as_said, each, is_over, meets, named, points, touched, year_of
from knowledge.facts import Figure
from knowledge.naming import core, same_unit
from knowledge.parsing.indicators import FLOW
from knowledge.question import Question
from knowledge.text import bare

INDICATOR, CLAUSE, HEADING, SECTION, ABOVE = 1.0, 0.85, 0.6, 0.3, 0.4
"""The most that a term counts in the indicator, its clause, the section's heading, its text, the headings above."""
LEAST = 0.5
KIN = 0.06
"""Figures of other indicators that cover a question for all years this nearly as well are told too."""
MOST_LISTED = 12
_THINGS = re.compile("(?:站|所|基地|平台|中心|企业|园区?|机构|载体|项目|领域|板块)$")
"""What ends the name of an indicator that counts no people, though its unit be 个."""
_SHARES = re.compile("占|比重|比例|份额|强度")
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
    said = _said(desk.question)
    found = []
    for ranked in desk.ranked:
        one = ranked.section
        held = desk.shelf.figures(one)
        shared = (
            desk.subject.levels([(one.heading, HEADING), (one.above, ABOVE), (one.folded, SECTION)]) if held else []
        )
        for row, indicator, figure in held:
            share = "比重" if figure.unit == "%" else ""
            name = bare(f"{figure.flow or ''}{figure.indicator} {desk.shelf.database.indicator(indicator)}{share}")
            zones = [(name, INDICATOR), (bare(figure.text), CLAUSE)]
            coverage = desk.subject.coverage([(undivided(text, desk.question), most) for text, most in zones], shared)
            near_last = 0.15 if desk.last is not None and desk.last.n == one.n else 0.0
            fit = (
                0.7 * coverage
                + 0.3 * likeness(said, _core(figure.indicator))
                + _hints(desk.question, figure)
                + near_last
            )
            found.append(Scored(row, indicator, figure, fit, coverage, ranked.loss))
    return sorted(found, key=lambda one: (one.loss - one.fit, one.row))


def undivided(text: str, question: Question) -> str:
    """A folded text without what something is a share of, unless shares are asked: 研发经费占GDP比重 says nothing of the GDP."""
    if "占" not in text or question.measure == "%" or _SHARES.search(question.folded):
        return text
    return _WHOLE.sub("占", text)


@lru_cache(maxsize=4096)
def _core(indicator: str) -> str:
    return core(bare(indicator))


def _said(question: Question) -> str:
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
    if question.years and figure.year is not None:
        score += 0.1 if any(meets(figure, years) for years in question.years) else 0.0
    return score


@lru_cache(maxsize=64)
def _asks_for(folded: str) -> tuple[bool, bool]:
    """Whether a question asks for what is reached each year, and for what is added."""
    each = bool(re.search("每年|一年|年均|每一年|年年|平均每年|逐年新增", folded))
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


_KINDS = (
    {"亿元", "万元", "元", "亿美元", "亿", "万"},
    {"%", "个百分点", "百分点"},
    {"名", "人", "位", "万人", "万人次", "人次"},
    {"分"},
    {"岁"},
    {"天"},
    {"次"},
    {"倍"},
    {"平方米", "万平方米", "亩", "公顷"},
    {"吨", "万吨"},
    {"兆瓦", "千瓦"},
    {"公里"},
)


def _other_kind(asked: str | None, unit: str | None, name: str = "") -> bool:
    """Whether a unit is of another kind than the one asked for: money, share, people, points …"""
    if asked is None or unit is None:
        return False
    mine = next((group for group in _KINDS if asked in group), None)
    theirs = next((group for group in _KINDS if unit in group), None)
    if unit == "个" and mine is not None and "人" in mine:
        return bool(name and _THINGS.search(name))
    counted = {"家", "个", "件", "项", "所", "座", "处", "户"}
    if mine is None and theirs is None:
        return False
    if asked == "个" and theirs is not None and "人" in theirs:
        return False
    return mine is not theirs or (mine is None) != (theirs is None) or (asked in counted) != (unit in counted)


def answer(desk: Desk) -> Draft | None:
    """The draft for a target question, None where no figure is about its subject."""
    best = scored(desk)
    best = [one for one in best if not _other_kind(desk.question.measure, one.figure.unit, one.figure.indicator)]
    if not best or best[0].coverage < LEAST:
        return None
    top = best[0]
    cluster = _cluster(desk, top, best)
    asked = [one for one in cluster if any(meets(one, years) for years in desk.question.years)]
    if desk.question.open_end and desk.question.years:
        first = desk.question.years[-1].first
        asked = asked or [one for one in cluster if (one.year_end or one.year or 0) >= first]
    if (
        len(desk.question.years) > 1
        or not desk.question.years
        or (top.figure.per_year and not asked and top.figure.year is None)
    ):
        shown = asked if len(desk.question.years) > 1 and asked else _with_kin(cluster, top, best)
        return _series(desk, top, shown)
    asked = asked or _added_in(desk, cluster, best)
    if not asked:
        return _not_that_year(desk, top, cluster)
    return _one_year(desk, top, asked)


def _added_in(desk: Desk, cluster: Sequence[Figure], best: Sequence[Scored]) -> list[Figure]:
    """What the years asked are to add to an indicator, where a goal that counts over them says it (2026-2035年均增加2家)."""
    known = {(one.document, _core(one.indicator)) for one in cluster}
    return [
        one.figure
        for one in best
        if one.figure.per_year
        and (one.figure.document, _core(one.figure.indicator)) in known
        and any(meets(one.figure, years) for years in desk.question.years)
    ]


def _cluster(desk: Desk, top: Scored, best: Sequence[Scored]) -> list[Figure]:
    """All figures of the best one's indicator, the best first among those of its year."""
    series = [figure for _, figure in desk.shelf.database.series(top.indicator)]
    alike = [
        one.figure
        for one in best
        if one.indicator != top.indicator
        and _core(one.figure.indicator) == _core(top.figure.indicator)
        and bool(one.figure.flow) == bool(top.figure.flow)
        and one.figure.unit == top.figure.unit
        and one.figure.document == top.figure.document
        and one.figure.per_year == top.figure.per_year
    ]
    return sorted([*series, *alike], key=lambda one: (one.year or 0, one.year_end or 0))


def _with_kin(cluster: Sequence[Figure], top: Scored, best: Sequence[Scored]) -> list[Figure]:
    """The figures of an indicator with those that fit the question as well and count the same kind of thing."""
    kin = [
        one.figure
        for one in best
        if one.coverage >= top.coverage - KIN
        and same_unit(one.figure.unit, top.figure.unit)
        and one.figure.document == top.figure.document
    ]
    kin = [
        one
        for one in kin
        if one.per_year == top.figure.per_year and one.flow == top.figure.flow and one.value is not None
    ]
    return sorted(dict.fromkeys([*cluster, *kin]), key=lambda one: (one.year or 0, one.year_end or 0))


def _one_year(desk: Desk, top: Scored, asked: Sequence[Figure]) -> Draft:
    ordered = sorted(asked, key=lambda one: (one.year_end is not None and one.year_end != one.year, one != top.figure))
    draft = Draft(
        "target",
        top.fit,
        figures=list(ordered),
        section=desk.home(ordered[0]),
        subject=desk.shelf.database.indicator(top.indicator),
    )
    first = ordered[0]
    wordings = list(dict.fromkeys(spoken(one) for one in ordered if one.year == first.year))
    draft.say(
        "target.one",
        year=year_of(first),
        indicator=named(desk, first),
        amount=" / ".join(wordings),
        each="@each" if first.per_year else "",
        change=change(first),
        sign=f"@sign.{first.comparator}",
        number=number(first),
    )
    _finish(desk, draft, ordered)
    return draft


def _series(desk: Desk, top: Scored, shown: Sequence[Figure]) -> Draft:
    draft = Draft("target_series", top.fit, figures=_first(shown, top), section=desk.home(top.figure))
    draft.subject = desk.shelf.database.indicator(top.indicator)
    if len(shown) == 1:
        draft.intent = "target"
        draft.say(
            "target.one",
            year=year_of(shown[0]),
            indicator=named(desk, shown[0]),
            amount=spoken(shown[0]),
            each="@each" if shown[0].per_year else "",
            change=change(shown[0]),
            sign=f"@sign.{shown[0].comparator}",
            number=number(shown[0]),
        )
    else:
        draft.say("target.series", indicator=named(desk, top.figure), points=points(shown[:MOST_LISTED]))
        years = dict.fromkeys(one.year for one in shown[:MOST_LISTED] if one.year)
        draft.listed = [f"{year}年{desk.name(top.figure)}目标是多少" for year in years]
    _finish(desk, draft, draft.figures)
    return draft


def _first(shown: Sequence[Figure], top: Scored) -> list[Figure]:
    """The figures with the one that answers first in front: the earliest, of one year the better match."""
    return sorted(shown[:MOST_LISTED], key=lambda one: (one.year or 0, one != top.figure))


def _not_that_year(desk: Desk, top: Scored, cluster: Sequence[Figure]) -> Draft:
    """No figure for the year asked: the years that have one, cited as the nearest things."""
    draft = Draft("target", top.fit, status="not_found", section=desk.home(top.figure))
    years = "、".join(map(as_said, desk.question.years, desk.question.years_said))
    near = "；".join(f"{year_of(one)}{each(one)}{spoken(one)}" for one in cluster[:6])
    draft.say("target.no_year", year=years, indicator=named(desk, top.figure))
    draft.say("target.other_years", points=near)
    draft.missing.append(years)
    for figure in cluster[:6]:
        draft.cite(*of_figure(desk.home(figure), figure))
    draft.suggestions += [f"{one.year}年{desk.name(one)}目标是多少" for one in cluster[:2] if one.year]
    return draft


def _finish(desk: Desk, draft: Draft, figures: Sequence[Figure]) -> None:
    """Units, places, quotes and conflicts of figures."""
    past(desk, draft, figures)
    home = desk.home(figures[0])
    units = [assigned.name for _, assigned in desk.shelf.units(home)]
    if units:
        draft.units = units
        draft.say("units", units="、".join(units))
    for figure in figures:
        draft.cite(*of_figure(desk.home(figure), figure))
    conflicts(desk, draft, figures)
    draft.suggestions += _next(desk.name(figures[0]), charged=bool(units))


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


def _next(name: str, *, charged: bool) -> list[str]:
    return [*([f"{name}由谁负责"] if charged else []), f"{name}各年目标分别是多少"]
