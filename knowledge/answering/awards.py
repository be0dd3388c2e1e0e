"""Answers about what somebody gets: an award with its amount, or the named document that would tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import at_most, number, of_award, of_sentence, rated, spoken
from knowledge.answering.ranking import likeness
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Award, Citation, Reference
from knowledge.money import yuan
from knowledge.parsing.quantities import sums_said
from knowledge.text import bare

LEAST = 0.55
MOST_LISTED = 6
BESIDE = 0.5
"""The most that a term counts in the clauses before an award's own: they may be of another award."""
NEARER = 0.08
"""What an award gains whose own clause is like the question: of 养老补贴 not what is for building homes."""
COUNTED = frozenset("家个件名人项所座处户")
"""Units of things counted: who asks for so many of them asks for no money."""
GIVING_TITLE = re.compile("奖|补|资助|扶持|支持|优惠|若干措施|若干政策|激励")

_AMOUNT = re.compile("的?标准?[为是:]|(?=每[人月年张个户家])|(?=[0-9])")
"""Where the words for an amount begin, what it is for before them: 养老服务补贴标准为每人每月260元."""
_LEVELS = re.compile("国家级|省级|市级|区级|县级")
_RANKS = re.compile("特等奖|[一二三]等奖")
_TIMES = re.compile("首次|重新")
_GIFT = re.compile("(?:补贴|补助|资助|津贴|奖励|奖金|助学金)$")
"""How the purpose of an award ends that is the gift's own name."""


@dataclass(frozen=True)
class Scored:
    """An award or a reference with how well it fits; `loss`: what it loses as its document no longer holds.

    Of those that fit alike the one of more `near` goes first.
    """

    home: Shelved
    award: Award | None
    reference: Reference | None
    fit: float
    loss: float = 0.0
    near: float = 0.0


def scored(desk: Desk) -> list[Scored]:
    """The awards of the ranked sections, and the references to documents that give something, best first."""
    found = []
    said = "".join(term.text for term in desk.subject.terms)
    run = _run(desk)
    for ranked in desk.ranked:
        one = ranked.section
        for award in desk.shelf.awards(one):
            zones = [
                (_own_clause(award), 1.0),
                (bare(award.text), BESIDE),
                (bare(f"{award.beneficiary or ''}{award.purpose or ''}"), 1.0),
                (one.heading, 0.7),
                (one.above, 0.5),
            ]
            fit = desk.subject.coverage(zones) + _named_amount(desk, award) + (0.1 if award.amount is not None else 0.0)
            near = likeness(said, _own_clause(award)) + bool(run and run.search(bare(award.text)))
            found.append(Scored(one, award, None, fit, ranked.loss, NEARER * near))
        for reference in desk.shelf.references(one):
            if reference.title and reference.role != "repeals" and GIVING_TITLE.search(reference.title):
                zones = [(bare(reference.title), 1.0), (one.heading, 0.3)]
                found.append(Scored(one, None, reference, desk.subject.coverage(zones) - 0.05, ranked.loss))
    return sorted(found, key=lambda one: one.loss - one.fit - one.near)


def _run(desk: Desk) -> re.Pattern[str] | None:
    """What finds the terms of a question one behind the other (养老…补贴), None for a single one."""
    words = [term.text for term in desk.subject.terms if term.text in desk.question.folded]
    return re.compile("[一-鿿]{0,4}".join(map(re.escape, words))) if len(words) > 1 else None


def _own_clause(award: Award) -> str:
    """The folded clause of an award that tells its amount; all of its words where that clause names no receiver."""
    text = bare(award.text)
    said = re.split("[,;]", text)[-1]
    named = [bare(name) for name in (award.beneficiary, award.purpose) if name]
    return said if named and all(name in said for name in named) else text


def _named_amount(desk: Desk, award: Award) -> float:
    """What a sum in the question says for an award: its amount (十万块, 10万), or the bound that its tier sets (突破10亿元)."""
    sums = sums_said(desk.question.folded)
    bounds = sums_said(
        bare(f"{award.tier or ''}{award.conditions or ''}{award.purpose or ''}{award.beneficiary or ''}")
    )
    mine = None if award.amount is None else yuan(award.amount, (award.unit or "").partition("/")[0])
    return 0.3 if mine in sums or sums & bounds else 0.0


def answer(desk: Desk) -> Draft | None:
    """The draft for an award question, None where nothing that is given is about its subject."""
    if desk.question.measure in COUNTED and desk.question.wants("target") > desk.question.wants("award"):
        return None
    best = scored(desk)
    if not best or best[0].fit < LEAST:
        return None
    top = best[0]
    if top.award is None:
        return _referred(desk, top)
    same = [one for one in best if one.award is not None and one.home.n == top.home.n and one.fit >= top.fit - 0.12]
    return _given(desk, same, top)


def _given(desk: Desk, same: Sequence[Scored], top: Scored) -> Draft:
    terms = " ".join(term.text for term in desk.question.terms)
    awards = graded([one.award for one in same if one.award is not None], desk.question.folded, terms)[:MOST_LISTED]
    draft = Draft("award", top.fit, awards=awards, section=top.home)
    draft.cite(*(of_award(top.home, award) for award in awards))
    first = awards[0]
    often = "" if first.frequency and first.frequency in (first.per or "") else first.frequency or ""
    if len(awards) > 1 and all(award.amount is not None for award in awards) and awards[0].text == awards[1].text:
        tiers = "；".join(f"{_apart(award, awards)}{spoken(award)}" for award in awards)
        draft.say("award.tiers", purpose=about(replace(first, tier=None)), tiers=tiers, frequency=often)
    elif first.amount is not None:
        draft.say(
            "award.amount",
            frequency=often,
            often=f"@often.{first.frequency}" if first.frequency else "",
            amount=spoken(first),
            sign=f"@sign.{first.comparator}",
            number=number(first) + (f" ({first.per})" if first.per and first.per != first.frequency else ""),
            purpose=about(first),
        )
    elif first.rate is not None:
        draft.say(
            "award.rate" if first.base else "award.rate.bare",
            purpose=about(first),
            base=first.base or "",
            rate=rated(first),
            cap=f"，{first.per or ''}最高{at_most(first)}" if first.cap else "",
        )
    else:
        draft.say("award.unpriced", purpose=about(first))
    _details(draft, first)
    draft.cite(*_terms(desk, top.home, first))
    units = [assigned.name for _, assigned in desk.shelf.units(top.home)]
    draft.units = units
    if units:
        draft.say("units", units="、".join(units))
    draft.suggestions += [f"{_beneficiary(first)}奖励由谁负责"] if units else []
    return draft


def _apart(award: Award, others: Sequence[Award]) -> str:
    """What sets an award apart from those told with it: its grade, its receiver, else what it is for."""
    alone = len({one.beneficiary for one in others}) > 1
    return award.tier or (award.beneficiary if alone else award.purpose) or award.beneficiary or ""


def graded(given: list[Award], said: str, before: str = "") -> list[Award]:
    """The awards of the grades that words name (省级, 二等奖, 重新认定), else those said before; all where none is of them."""
    for grades in (_LEVELS, _RANKS, _TIMES):
        named = set(grades.findall(said)) or set(grades.findall(before))
        mine = [award for award in given if named & set(grades.findall(_worded(award)))]
        given = mine or given
    return given


def _worded(award: Award) -> str:
    return bare(f"{award.tier or ''} {award.beneficiary or ''} {award.purpose or ''} {award.conditions or ''}")


def _details(draft: Draft, award: Award) -> None:
    """Cap, stacking and dates, each a short line where the text names it."""
    if award.amount is not None and award.comparator == ">=":
        draft.say("award.floor")
    if award.cap and award.amount is not None:
        draft.say("award.cap", cap=at_most(award))
    if award.apply_by:
        draft.say("award.apply_by", date=award.apply_by)
    if award.valid_to:
        draft.say("award.valid_to", date=award.valid_to)
    if award.stacking:
        draft.say("award.stacking", rule=award.stacking)


def _terms(desk: Desk, home: Shelved, award: Award) -> Iterator[Citation]:
    """The sentences that set an award's terms where its own words do not: a deadline for all, a stacking rule."""
    sections = [home, *map(desk.shelf.take, desk.shelf.sections_of(home.row["document"]).values())]
    for term in (award.apply_by, award.valid_to, award.stacking):
        if term and bare(term) not in bare(award.text):
            held = ((one, sentence) for one in sections for sentence in one.sentences if bare(term) in sentence.folded)
            yield from (of_sentence(one, sentence, desk.subject) for one, sentence in islice(held, 1))


def about(award: Award) -> str:
    """For what and whom: 首次认定和重新认定国家高新技术企业, 高龄老年人服务补贴."""
    purpose = award.purpose or award.conditions or ""
    beneficiary = (award.beneficiary or "").removeprefix("其中")
    if award.tier and _LEVELS.fullmatch(award.tier) and award.tier not in beneficiary:
        beneficiary = f"{award.tier}{beneficiary}"
    if beneficiary and _GIFT.search(purpose):
        return f"{beneficiary}{purpose}"
    joined = (
        f"{purpose}的{beneficiary}"
        if purpose and beneficiary and f"{purpose}{beneficiary}" not in bare(award.text)
        else f"{purpose}{beneficiary}"
    )
    return joined or _AMOUNT.split(bare(award.text))[0] or award.text[:30]


def _beneficiary(award: Award) -> str:
    return award.beneficiary or award.purpose or "奖励"


def _referred(desk: Desk, top: Scored) -> Draft:
    """The document that would tell, named and cited; the amount is not here."""
    reference = top.reference
    assert reference is not None
    draft = Draft("award", top.fit, section=top.home)
    draft.say("award.referred", title=reference.title or reference.number or "")
    draft.say("award.elsewhere", held="@held.yes" if desk.shelf.holds(reference.title or "") else "@held.no")
    draft.cite(citation(top.home, reference.start, reference.end))
    sentence = next((one for one in top.home.sentences if one.start <= reference.start < one.end), None)
    if sentence is not None and sentence.end - sentence.start <= 200:
        draft.cite(citation(top.home, sentence.start, sentence.end))
    draft.missing.append("金额")
    return draft
