"""Comparisons: one indicator in two years, or two indicators in one year, with the difference declared as computed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.answering import scoring, targets, telling
from knowledge.answering.agreeing import differs
from knowledge.answering.drafts import Desk, Draft, line
from knowledge.answering.quoting import of_figure, spoken
from knowledge.answering.scoring import Scored
from knowledge.facts import Figure
from knowledge.naming import core
from knowledge.question.coordination import NOUN, phrases
from knowledge.question.intents import CUED
from knowledge.text import bare

FAR = re.compile("远期|期末|最后一年|末年")
"""The last year that an indicator has."""
ALONE = 0.8
"""A figure covers this much of each of two things that are compared."""

_BY_HOW_MUCH = re.compile("差|[多少高低](?:出|了)?(?:几|多少)|(?:增加|增长|提高|涨|净增|上升)(?:了|到)?(?:几|多少)")
"""What asks for the difference itself, which then stands first."""


def answer(desk: Desk) -> Draft | None:
    """The draft for a comparison; of years of which one has no figure, the figures that there are; None where sums are compared."""
    if desk.question.wants("award") >= CUED:
        return None
    years = _asked(desk)
    pair = (
        _two_years(desk, years)
        if years and (len(years) > 1 or FAR.search(desk.question.folded))
        else _two_subjects(desk)
    )
    if pair is None:
        return targets.answer(desk) if len(years) > 1 else None
    first, second, fit = pair
    if first == second and first.start == second.start:
        return None
    draft = Draft("compare", fit, figures=[first, second], section=desk.home(first))
    gap = _gap(first, second) if _comparable(desk, first, second) else ""
    draft.say("compare", first=_labelled(desk, first, second), second=_labelled(desk, second, first, again=True))
    if gap:
        draft.lines.insert(0 if _BY_HOW_MUCH.search(desk.question.folded) else 1, line("gap", gap=gap))
    elif desk.question.wants("compare") >= CUED:
        draft.say("compare.unsure" if _comparable(desk, first, second) else "compare.unlike")
    telling.past(desk, draft, draft.figures)
    for figure in (first, second):
        draft.cite(*of_figure(desk.home(figure), figure))
    telling.conflicts(desk, draft, draft.figures)
    return draft


def _comparable(desk: Desk, first: Figure, second: Figure) -> bool:
    """Whether two figures count the same thing, or things of one sort (企业 and 企业) in one unit in one year."""
    if first.unit != second.unit or first.value is None or second.value is None:
        return False
    one, other = (core(bare(desk.name(figure))) for figure in (first, second))
    return one == other or (one[-2:] == other[-2:] and first.year == second.year)


def _asked(desk: Desk) -> list[int]:
    """The years named, a run of years by its ends (从2025到2035)."""
    return sorted({year for years in desk.question.years for year in (years.first, years.last) if year is not None})


def _labelled(desk: Desk, figure: Figure, other: Figure, again: bool = False) -> str:
    """A figure by year and indicator; `again`: after the other, by what tells it from that."""
    year = f"{figure.year}年" if figure.year and not (again and figure.year == other.year) else ""
    name, before = desk.name(figure), desk.name(other)
    return f"{year}{'' if again and name == before else name}{spoken(figure)}"


def _gap(first: Figure, second: Figure) -> str:
    """The difference with its operands: `130 - 110 = 20家` (percentages in percentage points), "" where one is a bound."""
    if {first.comparator, second.comparator} != {"="} or first.value_max is not None or second.value_max is not None:
        return ""
    high, low = sorted((Decimal(str(first.value)), Decimal(str(second.value))), reverse=True)
    unit = "个百分点" if first.unit == "%" else first.unit
    return f"{high} - {low} = {high - low}{unit}"


def _two_years(desk: Desk, years: Sequence[int]) -> tuple[Figure, Figure, float] | None:
    """The figures of the best indicator in the earlier and the later year (远期: its last), exact ones first."""
    best = [one for one in scoring.scored(desk) if not differs(desk.question, one.figure, desk.name(one.figure))]
    if not best or best[0].coverage < scoring.LEAST:
        return None
    series = [one for _, one in desk.shelf.database.series(best[0].indicator) if one.year is not None]
    last = max((one.year_end or one.year or 0 for one in series), default=0)
    wanted = [*years, last] if len(years) < 2 else years[:2]
    found = []
    for year in wanted:
        held = [one for one in series if (one.year or 0) <= year <= (one.year_end or one.year or 0)]
        if not held:
            return None
        found.append(
            min(
                held,
                key=lambda one: (
                    one.year_end is not None,
                    one.comparator != "=",
                    one.section != best[0].figure.section,
                ),
            )
        )
    return found[0], found[1], best[0].fit


def _two_subjects(desk: Desk) -> tuple[Figure, Figure, float] | None:
    """The figures of two things that are joined, in the year asked, else in the last one that both have; else the best of each."""
    if not re.search("[和跟与比、]", desk.question.folded):
        return None
    held = [one for names in _things(desk) if (one := _figures_of(desk, names)) is not None][:2]
    if len(held) < 2 or held[0][0].row == held[1][0].row:
        return None
    (first, ones), (second, others) = held
    fit = min(first.fit, second.fit)
    years = [years.first for years in desk.question.years]
    common = sorted({one.year or 0 for one in ones} & {one.year or 0 for one in others})
    year = next((year for year in reversed(common) if not years or year in years), None)
    if year is None:
        return None if years else (first.figure, second.figure, fit)
    return _of_year(ones, year), _of_year(others, year), fit


def _things(desk: Desk) -> list[list[int]]:
    """The places of the terms of each thing that is named."""
    places = {term.text: place for place, term in enumerate(desk.subject.terms)}
    groups = [[places[term.text] for term in terms if term.text in places] for _, _, terms in phrases(desk.question)]
    return [group for group in groups if any(desk.subject.terms[place].weight >= NOUN for place in group)]


def _figures_of(desk: Desk, places: Sequence[int]) -> tuple[Scored, list[Figure]] | None:
    """The best figure for some terms with all of its indicator."""
    alone = replace(desk, subject=desk.subject.only(places), kept={})
    best = scoring.scored(alone)
    if not best or best[0].coverage < ALONE:
        return None
    return best[0], [one for one in scoring.cluster(alone, best[0], best) if not one.per_year]


def _of_year(figures: Sequence[Figure], year: int) -> Figure:
    return min((one for one in figures if one.year == year), key=lambda one: one.comparator != "=")
