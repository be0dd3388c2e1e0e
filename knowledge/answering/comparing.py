"""Comparisons: one indicator in two years, or two indicators in one year, with the difference declared as computed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from knowledge.answering import targets
from knowledge.answering.drafts import Desk, Draft, line
from knowledge.answering.quoting import of_figure, spoken
from knowledge.facts import Figure

_BY_HOW_MUCH = re.compile("差|[多少高低](?:出|了)?(?:几|多少)|(?:增加|增长|提高|涨|净增|上升)(?:了|到)?(?:几|多少)")
"""What asks for the difference itself, which then stands first."""


def answer(desk: Desk) -> Draft | None:
    """The draft for a comparison, None where there are not two figures to compare."""
    pair = _two_years(desk) if len(_asked(desk)) > 1 else _two_subjects(desk)
    if pair is None:
        return None
    first, second, fit = pair
    if first == second and first.start == second.start:
        return None
    draft = Draft("compare", fit, figures=[first, second], section=desk.home(first))
    same = first.unit == second.unit and first.value is not None and second.value is not None
    gap = _gap(first, second) if same else ""
    draft.say("compare", first=_labelled(desk, first, second), second=_labelled(desk, second, first, again=True))
    if gap:
        draft.lines.insert(0 if _BY_HOW_MUCH.search(desk.question.folded) else 1, line("gap", gap=gap))
    targets.past(desk, draft, draft.figures)
    for figure in (first, second):
        draft.cite(*of_figure(desk.home(figure), figure))
    targets.conflicts(desk, draft, draft.figures)
    return draft


def _asked(desk: Desk) -> list[int]:
    """The years named, a run of years by its ends (从2025到2035)."""
    return sorted({year for years in desk.question.years for year in (years.first, years.last) if year is not None})


def _labelled(desk: Desk, figure: Figure, other: Figure, again: bool = False) -> str:
    """A figure by year and indicator; `again`: after the other, by what tells it from that."""
    year = f"{figure.year}年" if figure.year and not (again and figure.year == other.year) else ""
    name, before = desk.name(figure), desk.name(other)
    return f"{year}{'' if again and name == before else name}{spoken(figure)}"


def _gap(first: Figure, second: Figure) -> str:
    """The difference with its operands: `130 - 110 = 20家` (percentages in percentage points)."""
    high, low = sorted((Decimal(str(first.value)), Decimal(str(second.value))), reverse=True)
    unit = "个百分点" if first.unit == "%" else first.unit
    return f"{high} - {low} = {high - low}{unit}"


def _two_years(desk: Desk) -> tuple[Figure, Figure, float] | None:
    """The figures of the best indicator in the earlier and the later year, those that are no range first."""
    wanted = _asked(desk)[:2]
    best = targets.scored(desk)
    if not best or best[0].coverage < targets.LEAST:
        return None
    series = [figure for _, figure in desk.shelf.database.series(best[0].indicator)]
    found = []
    for year in wanted:
        held = [one for one in series if one.year is not None and one.year <= year <= (one.year_end or one.year)]
        if not held:
            return None
        found.append(min(held, key=lambda one: (one.year_end is not None, one.section != best[0].figure.section)))
    return found[0], found[1], best[0].fit


def _two_subjects(desk: Desk) -> tuple[Figure, Figure, float] | None:
    """The best figures for each of two terms joined by 和, 跟, 与, 比."""
    terms = [place for place, term in enumerate(desk.subject.terms) if term.weight >= 0.5]
    if len(terms) < 2 or not re.search("[和跟与比、]", desk.question.folded):
        return None
    found = []
    for place in terms[:2]:
        alone = desk.subject.only([place])
        best = targets.scored(replace(desk, subject=alone, kept={}))
        if not best or best[0].coverage < 0.8:
            return None
        found.append(best[0])
    if found[0].row == found[1].row:
        return None
    return found[0].figure, found[1].figure, min(found[0].fit, found[1].fit)
