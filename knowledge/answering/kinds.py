"""Questions whose noun is no indicator's own: a list of those that it fits, or the nearest where it fits none."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering.agreeing import MONEY
from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.indicators import indicator, one_year
from knowledge.answering.matching import near_level
from knowledge.answering.paging import show
from knowledge.answering.quoting import of_figure, spoken
from knowledge.answering.scoring import Scored, flat, said_of
from knowledge.answering.telling import each, meets, named, past, year_of
from knowledge.facts import Figure
from knowledge.naming import core, scope
from knowledge.parsing.quantities import Years
from knowledge.question import Question, Term
from knowledge.question.focus import HEADED
from knowledge.question.intents import CUED
from knowledge.rules import rule
from knowledge.text import bare

KIN = 0.06
"""Figures of other indicators that cover a question this nearly as well are told too, each by its own name."""
LEAST_BESIDE = 0.5
"""A figure that counts something else is told as the nearest from this coverage on."""
CLEARLY = 0.12
"""A figure that fits by so much better than all others is meant, though its name be no word of the question."""
NEARER = 0.15
"""What is gained by saying that a number is not there, beside quoting words that hold none either."""
NAMING = 0.5
"""From this weight on a term tells which indicator is meant."""
SHORT = 3
"""A noun of fewer characters names a field and no indicator."""
_NO_GOALS = frozenset(["award", "unit", "duties", "howto", "schedule", "document", "programme", "conflict"])
TOTAL = rule(
    "total",
    "一共|总共|总计|合计|总数|总量",
    "asks for all of a kind together",
    ("全市一共有多少家企业", "一共"),
    ("企业总数", "总数"),
    ("有多少家企业", ""),
)
RULES = (TOTAL,)


def several(desk: Desk, top: Scored, fitting: Sequence[Scored]) -> Draft | None:
    """A list by indicator where a noun fits several alike (企业, 人才) and is the name of none of them."""
    name = desk.shelf.database.indicator(top.indicator)
    if _is_named(desk.question, name) or _is_named(desk.question, top.figure.indicator):
        return None
    nouns = [term for term in desk.question.terms if term.weight >= NAMING and _stands(term, top.figure)]
    strong = [term for term in desk.question.terms if term.weight >= NAMING]
    meant = [term for term in strong if near_level(term, _words(top.figure)) > 0]
    alike = [
        one
        for one in fitting
        if one.figure.document == top.figure.document
        and all(near_level(term, _words(one.figure)) > 0 for term in meant)
        and (one.coverage >= top.coverage - KIN or (nouns and all(_stands(noun, one.figure) for noun in nouns)))
    ]
    years = desk.question.years
    groups: dict[str, list[Figure]] = {}
    for one in sorted(alike, key=lambda one: (one.figure.section != top.figure.section, one.row)):
        if _meeting(one.figure, years):
            groups.setdefault(f"{named(desk, one.figure)}{each(one.figure)}", []).append(one.figure)
    others = [one.fit for one in alike if desk.shelf.database.indicator(one.indicator) != name]
    own = any(one.indicator == top.indicator for one in alike if _meeting(one.figure, years))
    if len(groups) < 2 or (not own and not _generic(desk.question, nouns, top.figure)):
        return None
    if not _generic(desk.question, nouns, top.figure) and top.fit - max(others, default=0.0) > CLEARLY:
        return None
    draft = Draft("target_series", top.fit, section=desk.home(top.figure), subject=name)
    if TOTAL.pattern.search(desk.question.folded):
        draft.status = "not_found"
        draft.missing.append(desk.question.text.strip(" ?？!！。")[:40])
        draft.say("none", what=draft.missing[0])
    head = "".join(term.text for term in desk.question.terms if term.weight >= 0.5)
    draft.say("target.kinds", head=head, count=counted(len(groups)))
    show(desk, draft, [indicator(desk, group, dated=one_year(years)) for group in groups.values()])
    past(desk, draft, draft.figures)
    return draft


def _meeting(figure: Figure, years: Sequence[Years]) -> bool:
    return not years or any(meets(figure, asked) for asked in years)


def _generic(question: Question, nouns: Sequence[Term], figure: Figure) -> bool:
    """Whether one noun is all that is asked of an indicator, and is the end of its name or short (企业总数, 研发)."""
    alone = len([term for term in question.terms if term.noun and term.weight >= HEADED]) == len(nouns) == 1
    return alone and (core(figure.indicator).endswith(core(nouns[0].text)) or len(nouns[0].text) < SHORT)


def _words(figure: Figure) -> str:
    return bare(f"{figure.flow or ''}{figure.indicator}{figure.text}")


def _stands(term: Term, figure: Figure) -> bool:
    """Whether a noun, without a word of counting, stands in an indicator."""
    held = bare(figure.indicator)
    return any(core(form) in held for form in term.forms)


def _is_named(question: Question, name: str) -> bool:
    """Whether the terms of the question that stand in an indicator's name are all of it."""
    rest = own = flat(name)
    for grade in scope(question.folded):
        rest = rest.replace(grade, "")
    for form in sorted({core(form) for term in question.terms for form in term.forms}, key=len, reverse=True):
        rest = rest.replace(form, "") if form else rest
    return not rest or own == core(said_of(question))


def beside(desk: Desk, best: Sequence[Scored]) -> Draft | None:
    """What the documents do not say, with the figure nearest to it; None where something else than a target is asked for."""
    goal = desk.question.wants("target")
    others = max((score for kind, score in desk.question.intents.items() if kind in _NO_GOALS), default=0.0)
    sought = not desk.question.intents or goal >= 1 or desk.question.measure is not None
    paid = desk.question.measure in MONEY and desk.question.wants("award") > 0
    if not best or best[0].coverage < LEAST_BESIDE or not sought or paid or others >= max(goal, CUED):
        return None
    top = best[0]
    draft = Draft("target", top.fit + NEARER, status="not_found", section=desk.home(top.figure))
    what = desk.question.text.strip(" ?？!！。")[:40]
    draft.missing.append(what)
    draft.say("none", what=what)
    draft.say("none.near", text=f"{year_of(top.figure)}{named(desk, top.figure)}{each(top.figure)}{spoken(top.figure)}")
    draft.cite(*of_figure(desk.home(top.figure), top.figure))
    draft.suggestions.append(f"{desk.name(top.figure)}目标是多少")
    return draft
