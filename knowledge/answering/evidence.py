"""Whether an answer shows what its question asks for: an amount, a rhythm, a deadline, a gift.

A passage about the right subject that is silent on the side that was asked is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.matching import own_level
from knowledge.answering.targets import undivided
from knowledge.question import Question
from knowledge.question.intents import Intents
from knowledge.rules import rule
from knowledge.text import bare

GIFT = rule(
    "gift",
    r"奖|补助|补贴|资助|补偿|贴息|扶持|优惠|减免|支持|激励|帮扶|便利|服务|给予",
    "words of giving",
    ("给予一次性奖励", "给予"),
    ("新增上云企业不低于300家", ""),
)
PAYMENT = rule(
    "payment",
    r"奖|补助|补贴|资助|补偿|贴息|资金|优惠|减免",
    "words of paying",
    ("奖励办法(试行)", "奖"),
    ("提供便利", ""),
)
UNITS: tuple[tuple[str, str], ...] = (
    ("%", "[0-9]%|百分点"),
    ("元", "[0-9](?:万|亿)?元|[0-9]万"),
    ("亿元", "[0-9]亿|[0-9]万?元"),
    ("万元", "[0-9]万|[0-9]亿"),
    ("万", "[0-9]万|[0-9]亿"),
)
"""For a unit asked, what must stand in an answer's quotes; other units ask for any number."""
RULES = (GIFT, PAYMENT)
UNCOVERED = 0.5
"""An answer about a subject of which more than this share is found nowhere near it would be about something else."""
UNCOVERED_TERM = 0.38
"""The same for a single term of the lexicon, which names a thing of its own."""
LEAST_LEVEL = 0.3
"""A term of which less than this is found near an answer is missing from it."""
KIND = 0.3
"""A term up to this weight tells what kind of thing is asked for, not of what."""
SPEAKS = 0.45
"""A quote, or a clause of it, that covers this much of the subject speaks of it."""
_COUNTED = "家个件名人项所座处户位条类种"
_SUMS = frozenset(["amount", "quantity"])
"""Sides that figures and awards are: of an answer in sentences they ask for a number beside the subject."""
_UNJUDGED = frozenset(["conflict", "duties"])
_OF_CLAUSES = frozenset(["measure", "programme", "organisation", "list", "howto", "schedule"])
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_MANNER = re.compile("怎|如何|咋")
_PART = re.compile("[^,;。:]+")


def silent(desk: Desk, draft: Draft, intents: Intents) -> list[str]:
    """The sides asked for that a draft's quotes about the subject do not show, by their names."""
    if draft.status != "answered" or draft.sure or draft.section is None or draft.intent in _UNJUDGED:
        return []
    sides = [facet for facet in desk.question.facets if facet not in _SUMS]
    if not sides:
        return []
    quotes = _speaking(desk, draft)
    return [intents.side(facet) for facet in sides if not intents.shows(facet, quotes)]


def _speaking(desk: Desk, draft: Draft) -> str:
    """The folded quotes of a draft that speak of the subject; all of them where it was drafted for a time."""
    quotes = [bare(one.quote) for one in draft.citations]
    strong = desk.subject.strong()
    assert draft.section is not None
    one = draft.section
    around = [(one.heading, 0.7), (one.above, 0.6), (bare(one.document.title or ""), 0.5)]
    if strong.terms and draft.intent != "schedule":
        quotes = [quote for quote in quotes if strong.coverage([(quote, 1.0), *around]) >= SPEAKS]
    return " ".join(quotes)


def evident(desk: Desk, draft: Draft, intents: Intents) -> bool:
    """Whether a draft's quotes hold the amounts, numbers and gifts that the question asks for."""
    if draft.status != "answered" or draft.sure or draft.section is None:
        return True
    question = desk.question
    quotes = bare(" ".join(one.quote for one in draft.citations))
    if draft.intent in _OF_CLAUSES and not (_measured(desk, draft, intents) and _in_manner(question, draft, intents)):
        return False
    if draft.intent in _OF_CLAUSES or draft.intent == "unit" or draft.intent.startswith("target"):
        return _given(question, draft, quotes)
    return True


def _in_manner(question: Question, draft: Draft, intents: Intents) -> bool:
    """A question for the way of doing something is not answered by the number that is to be reached."""
    if draft.intent not in ("measure", "howto") or not _MANNER.search(question.folded):
        return True
    said = dict(draft.lines[0].values).get("text", "")
    return not intents.shows("quantity", _YEAR.sub("", bare(said)))


def _measured(desk: Desk, draft: Draft, intents: Intents) -> bool:
    """A question for so many of something needs a number of that kind in a clause that speaks of it."""
    unit = desk.question.measure
    if "quantity" not in desk.question.facets:
        return True
    strong = desk.subject.strong()
    assert draft.section is not None
    heading = (draft.section.heading, 0.5)
    for part in _PART.findall(" ".join(bare(one.quote) for one in draft.citations)):
        clause = undivided(part, desk.question)
        counts = _counts(clause, unit) if unit else intents.shows("quantity", _YEAR.sub("", clause))
        if counts and (not strong.terms or strong.coverage([(clause, 1.0), heading]) >= SPEAKS):
            return True
    return False


def _counts(clause: str, unit: str) -> bool:
    """Whether a clause holds a number of a unit's kind."""
    if unit in _COUNTED:
        return bool(re.search(f"(?:[0-9]|[一二三四五六七八九十两]+)[{''.join(_COUNTED)}大]", clause))
    return bool(re.search(dict(UNITS).get(unit, f"[0-9]{re.escape(unit)}"), clause))


def _given(question: Question, draft: Draft, quotes: str) -> bool:
    """A question for money needs words of paying; one for help in general, words of giving."""
    award = question.wants("award")
    if award >= 2 and (question.measure in ("元", "万元", "万", "%") or "amount" in question.facets):
        return bool(PAYMENT.pattern.search(quotes))
    if award < 2 or award < max(question.wants(draft.intent), question.wants("unit"), question.wants("document")):
        return True
    return bool((PAYMENT if "amount" in question.facets or award >= 4 else GIFT).pattern.search(quotes))


def about(desk: Desk, draft: Draft) -> bool:
    """Whether a draft is about what was asked: places stand in its quotes, most of the subject near them."""
    if draft.status != "answered" or draft.sure or draft.section is None or draft.intent in ("duties", "conflict"):
        return True
    near = _near(desk, draft)
    missing = desk.subject.uncovered(near, LEAST_LEVEL)
    quoted = [bare(one.quote) for one in draft.citations] + [draft.section.heading, draft.section.above]
    if any(term.must for term in missing) or any(term.kind == "place" for term in desk.subject.uncovered(quoted)):
        return False
    placeless = [place for place, term in enumerate(desk.subject.terms) if term.kind != "place"]
    if placeless and not any(
        desk.subject.best(place, [(text, 1.0) for text in near]) >= LEAST_LEVEL for place in placeless
    ):
        return False
    if not _headed(desk, draft, near):
        return False
    weighed = [
        (term, weight * term.aside)
        for term, weight in zip(desk.subject.terms, desk.subject.importance, strict=True)
        if term.weight > KIND
    ]
    total = sum(weight for _, weight in weighed) or 1.0
    shares = [(term, weight / total) for term, weight in weighed if term in missing]
    if any(
        share > UNCOVERED_TERM and term.kind == "concept" and term.noun and term.weight >= 1 for term, share in shares
    ):
        return False
    return sum(share for _, share in shares) <= UNCOVERED


def _headed(desk: Desk, draft: Draft, near: Sequence[str]) -> bool:
    """Whether what the question asks about stands near an answer: itself where a number is asked or given."""
    exact = draft.figures or draft.awards or desk.question.measure or _SUMS & {*desk.question.facets}
    for place, term in enumerate(desk.subject.terms):
        if term.head:
            texts = [undivided(text, desk.question) for text in near] if desk.question.wants("target") else near
            levels = (own_level(term, text) if exact else desk.subject.level(place, text) for text in texts)
            return max(levels, default=0.0) >= LEAST_LEVEL
    return True


def _near(desk: Desk, draft: Draft) -> list[str]:
    """The folded texts near an answer: of a figure its own words and headings, else the whole section and those below."""
    assert draft.section is not None
    headings = [draft.section.heading, draft.section.above]
    if draft.awards:
        given = [
            bare(f"{one.beneficiary or ''}{one.purpose or ''}{one.conditions or ''}{one.text}") for one in draft.awards
        ]
        return [*given, draft.section.heading, *(bare(one.quote) for one in draft.citations)]
    if draft.figures and draft.intent.startswith("target"):
        quotes = [bare(one.quote) for one in draft.citations]
        return [
            *headings,
            *quotes,
            *(bare(f"{one.flow or ''}{one.indicator}{one.text}") for one in draft.figures),
            bare(draft.subject),
        ]
    return [
        *headings,
        draft.section.folded,
        *(bare(one.quote) for one in draft.citations),
        *(child.folded for child in desk.shelf.children(draft.section)),
    ]
