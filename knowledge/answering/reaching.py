"""When a value is reached: the first year whose goal meets it, with all that the document says of that year."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answering import scoring, targets
from knowledge.answering.agreeing import differs
from knowledge.answering.claims import Claim, claims, counts_alike
from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import of_figure, spoken
from knowledge.answering.scoring import Scored
from knowledge.answering.telling import each, named, year_of
from knowledge.facts import Figure
from knowledge.question import Question
from knowledge.rules import rule

TIME = rule(
    "time",
    "哪一?年|什么时候|啥时候|何时|几时|何年|多久|哪个年份|什么年份|几年",
    "asks when",
    ("规上企业哪年达到335家", "哪年"),
    ("什么时候能有八家", "什么时候"),
    ("多少家", ""),
)
RULES = (TIME,)
EQUAL = 0.15
"""What a figure gains that is the very value asked for."""
FITS = 0.1
"""What an answer to the very question gains."""
_PAPER = re.compile("发布|印发|出台|公布|施行|生效")


def asked(question: Question) -> bool:
    """Whether a question asks when a value is reached."""
    said = question.folded
    return bool(TIME.pattern.search(said) and not _PAPER.search(said) and not question.years and [*claims(said)])


def answer(desk: Desk) -> Draft | None:
    """The year in which the value asked for is reached; that none is, with the years there are; None without such a figure."""
    if not asked(desk.question):
        return None
    claim = next(claims(desk.question.folded))
    fitting = [
        one
        for one in scoring.scored(desk)
        if one.coverage >= scoring.LEAST
        and one.figure.year is not None
        and counts_alike(claim, one.figure)
        and not differs(desk.question, one.figure, desk.shelf.database.indicator(one.indicator))
    ]
    if not fitting:
        return None
    top = max(fitting, key=lambda one: one.fit + EQUAL * (one.figure.value == claim.value))
    held = [one for one in scoring.cluster(desk, top, fitting) if one.year is not None and not one.per_year]
    reached = [one for one in held if _reaches(one, claim)]
    if not reached:
        return _unreached(desk, top, held, claim)
    first = min(one.year or 0 for one in reached)
    exact = next((one for one in reached if one.year == first and one.value == claim.value), top.figure)
    draft = targets.one_year_told(desk, replace(top, figure=exact), [one for one in held if one.year == first])
    draft.fit = top.fit + FITS
    return draft


def _reaches(figure: Figure, claim: Claim) -> bool:
    """Whether a goal holds the value: as much or more, more than it where more is asked for."""
    if figure.value is None or figure.comparator in ("<", "<=", "growth"):
        return False
    told, said = claim.scaled(figure)
    return told > said or (told == said and (claim.sign != ">" or figure.comparator == ">"))


def _unreached(desk: Desk, top: Scored, held: list[Figure], claim: Claim) -> Draft | None:
    """That no goal reaches the value, with those that there are."""
    if not held:
        return None
    draft = Draft("target", top.fit + FITS, status="not_found", section=desk.home(top.figure))
    draft.say("target.unreached", indicator=named(desk, top.figure), value=claim.said)
    draft.say("target.other_years", points="；".join(f"{year_of(one)}{each(one)}{spoken(one)}" for one in held[:6]))
    draft.missing.append(claim.said)
    for one in held[:6]:
        draft.cite(*of_figure(desk.home(one), one))
    return draft
