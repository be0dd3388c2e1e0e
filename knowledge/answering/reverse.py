"""What a number is: the goals and awards that set it, by value and unit (120家是什么目标)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.claims import Claim, claims, counts_alike
from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.indicators import indicator, place
from knowledge.answering.paging import Item, show
from knowledge.answering.quoting import of_award, spoken
from knowledge.answering.shelf import Shelved
from knowledge.answering.telling import conflicts, each, named, year_of
from knowledge.facts import Award, Figure
from knowledge.question import Question
from knowledge.question.focus import HEADED
from knowledge.rules import rule

WHAT = rule(
    "what",
    r"(?:是|指|说|对应)的?(?:的是)?(?:什么|啥|哪)|(?:哪|什么)(?:个|些|项|几个|几项)?(?:指标|目标)|^[^一-鿿]*[一-鿿%]{1,2}$|是谁的",
    "asks what a number is",
    ("46公里是哪个指标", "是哪"),
    ("哪项目标定的是98%", "哪项目标"),
    ("330亿元", "330亿元"),
    ("330亿元够吗", ""),
)
RULES = (WHAT,)
_ALONE = re.compile("的?(?:这个|那个)?(?:数字?|目标|指标)?(?:是|指|说|对应|$)")
"""What follows a number that counts nothing named: 三项改革 is no number alone."""
MOST_TOLD = 5
"""So many are told on the first line; of more there is a list."""


def asked(question: Question) -> bool:
    """Whether a question gives a number with its unit, names nothing beside it and asks what it is."""
    subjects = [term for term in question.terms if term.noun and term.weight >= HEADED and not term.text.isdigit()]
    if question.units or subjects:
        return False
    said = question.folded.strip("?？!！。")
    held = [*claims(said)]
    return (
        len(held) == 1 and bool(WHAT.pattern.search(said)) and _ALONE.match(said.partition(held[0].said)[2]) is not None
    )


def answer(desk: Desk) -> Draft | None:
    """All goals and awards of the value asked for; that there is none."""
    claim = next(claims(desk.question.folded))
    figures: list[tuple[Shelved, Figure]] = []
    given: list[tuple[Shelved, Award]] = []
    for number in desk.shelf.database.setting(claim.values()):
        one = desk.shelf.take(number)
        if desk.question.documents and one.row["document"] not in desk.question.documents:
            continue
        figures += [(one, figure) for _, _, figure in desk.shelf.figures(one) if _is(claim, figure, desk.question)]
        told = [figure for home, figure in figures if home is one]
        given += [(one, award) for award in desk.shelf.awards(one) if _gives(claim, award) and not _within(award, told)]
    items = [indicator(desk, [figure], dated=False) for _, figure in figures]
    items += [Item(place(one), f"{_whom(award)}{spoken(award)}", (of_award(one, award),)) for one, award in given]
    if not items:
        draft = Draft("list", 1.0, status="not_found", sure=True)
        draft.say("reverse.none", value=claim.said)
        draft.missing.append(claim.said)
        return draft
    draft = Draft("list", 1.0, section=[*figures, *given][0][0], sure=True)
    if len(items) > MOST_TOLD:
        draft.say("reverse.many", value=claim.said, count=counted(len(items)))
        show(desk, draft, items)
        return draft
    names = [f"{year_of(one)}{named(desk, one)}{each(one)}{spoken(one)}" for _, one in figures]
    draft.say(
        "reverse.found", value=claim.said, names="；".join([*names, *(item.words for item in items[len(names) :])])
    )
    for item in items:
        draft.cite(*item.quotes)
    draft.figures += [figure for _, figure in figures]
    draft.awards += [award for _, award in given]
    conflicts(desk, draft, draft.figures)
    return draft


def _whom(award: Award) -> str:
    purpose, beneficiary = award.purpose or "", award.beneficiary or ""
    return purpose if beneficiary in purpose else f"{purpose}{beneficiary}"


def _is(claim: Claim, figure: Figure, question: Question) -> bool:
    """Whether a figure is the value, in one of the years that are asked for."""
    if figure.value is None or not counts_alike(claim, figure):
        return False
    dated = not question.years or any(figure.year == years.first for years in question.years)
    told, said = claim.scaled(figure)
    return dated and (told == said or figure.value_max == claim.value)


def _within(award: Award, told: Sequence[Figure]) -> bool:
    """Whether a figure of the same words is told."""
    return any(award.start < figure.end and figure.start < award.end for figure in told)


def _gives(claim: Claim, award: Award) -> bool:
    if award.amount is None or not counts_alike(claim, award):
        return False
    told, said = claim.scaled(award)
    return told == said
