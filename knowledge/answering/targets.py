"""Answers about target figures: one year, all years, a comparison of two years or two indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.agreeing import differs, restricted
from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.kinds import beside, several
from knowledge.answering.quoting import change, number, of_figure, spoken
from knowledge.answering.scoring import LEAST, Scored, cluster, flat, scored
from knowledge.answering.telling import as_said, conflicts, each, meets, named, past, points, year_of
from knowledge.facts import Figure
from knowledge.question import Question
from knowledge.text import bare

BESIDE = 0.15
"""A figure that covers a question by so much less than one that counts something else does not answer it either."""
MOST_LISTED = 12
_SIZE = re.compile("(?<!上)规模(?:目标|是|有|要|达到?)*(?:多少|多大)?[?。]?$")
"""A size (规模) is asked for, which is no number of things."""
_COUNTS = frozenset("家个件项所座处户")


def answer(desk: Desk) -> Draft | None:
    """The draft for a target question, None where no figure is about its subject."""
    best = scored(desk)
    fitting = [
        one
        for one in best
        if not differs(desk.question, one.figure, desk.shelf.database.indicator(one.indicator))
        and not _of_another(desk.question, one.figure)
        and not (_SIZE.search(desk.question.folded) and one.figure.unit in _COUNTS)
    ]
    if not fitting or fitting[0].coverage < max(LEAST, best[0].coverage - BESIDE):
        return beside(desk, best)
    fitting = _of_the_kind(desk, fitting)
    top = fitting[0]
    if (listed := several(desk, top, fitting)) is not None:
        return listed
    held = cluster(desk, top, fitting)
    asked = [one for one in held if any(meets(one, years) for years in desk.question.years)]
    if desk.question.open_end and desk.question.years:
        first = desk.question.years[-1].first
        asked = asked or [one for one in held if (one.year_end or one.year or 0) >= first]
    if not desk.question.years or (top.figure.per_year and not asked and top.figure.year is None):
        return _series(desk, top, held)
    if not asked and (added := _added_in(desk, held, fitting)):
        return _unmet(desk, one_year_told(desk, top, added), [])
    if not asked:
        return _not_that_year(desk, top, held)
    draft = _series(desk, top, asked) if _spread(asked) else one_year_told(desk, top, asked)
    return _unmet(desk, draft, asked)


def _of_another(question: Question, figure: Figure) -> bool:
    """Whether an indicator only describes by what is asked for what it counts: 填报R&D经费支出的企业总数 counts firms."""
    if question.measure is not None:
        return False
    described, _, counted = bare(figure.indicator).rpartition("的")
    heads = [term for term in question.terms if term.head and term.noun]
    return bool(described and heads) and all(
        any(form in described for form in term.forms) and not any(form in counted for form in term.forms)
        for term in heads
    )


def _of_the_kind(desk: Desk, fitting: list[Scored]) -> list[Scored]:
    """Those figures that have the restricting word of a question (营收, 授权) themselves, where some on its subject have it."""
    named = [one for one in fitting if one.coverage >= LEAST and restricted(desk.question.folded, one.figure)]
    return named or fitting


def _spread(asked: Sequence[Figure]) -> bool:
    """Whether figures are for more than one year."""
    return len({(one.year, one.year_end) for one in asked}) > 1 and len({one.year for one in asked}) > 1


def _unmet(desk: Desk, draft: Draft, asked: Sequence[Figure]) -> Draft:
    """A draft that names the years asked for which it has no figure."""
    for years, words in zip(desk.question.years, desk.question.years_said, strict=True):
        if not desk.question.open_end and not any(meets(one, years) for one in asked):
            said = as_said(years, words)
            draft.missing.append(said)
            draft.say("target.unmet", year=said)
    return draft


def _added_in(desk: Desk, cluster: Sequence[Figure], best: Sequence[Scored]) -> list[Figure]:
    """What the years asked are to add to an indicator, where a goal that counts over them says it (2026-2035年均增加2家)."""
    known = {(one.document, flat(one.indicator)) for one in cluster}
    return [
        one.figure
        for one in best
        if one.figure.per_year
        and (one.figure.document, flat(one.figure.indicator)) in known
        and any(meets(one.figure, years) for years in desk.question.years)
    ]


def one_year_told(desk: Desk, top: Scored, asked: Sequence[Figure]) -> Draft:
    """The draft that tells the figures of one year, ranges last, the best one first."""
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


def _next(name: str, *, charged: bool) -> list[str]:
    return [*([f"{name}由谁负责"] if charged else []), f"{name}各年目标分别是多少"]
