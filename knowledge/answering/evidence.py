"""Whether an answer shows what its question asks for: an amount, a rhythm, a deadline, a gift.

A passage about the right subject that is silent on the side that was asked is no answer.
"""

from __future__ import annotations

import re

from knowledge.answering.drafts import Desk, Draft
from knowledge.question import Question
from knowledge.question.intents import Intents
from knowledge.rules import rule
from knowledge.text import bare

GIFT = rule(
    "gift",
    r"奖|补助|补贴|资助|补偿|贴息|扶持|优惠|减免|支持|激励|帮扶|便利|服务|给予",
    "words of giving",
    ("给予一次性奖励", "给予"),
    ("每新增一家规上企业补助5万元", "补助"),
    ("新增上云企业不低于300家", ""),
)
PAYMENT = rule(
    "payment",
    r"奖|补助|补贴|资助|补偿|贴息|资金|优惠|减免",
    "words of paying",
    ("奖励办法(试行)", "奖"),
    ("按贷款利息的50%给予贴息", "贴息"),
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
_COUNTED = "家个件名人项所座处户位条类种"
_TOLD = frozenset(["deadline", "conditions", "materials", "contact", "progress", "rhythm"])
_OF_CLAUSES = frozenset(["measure", "programme", "organisation", "list", "howto", "schedule", "unit"])


def evident(question: Question, draft: Draft, intents: Intents) -> bool:
    """Whether a draft's quotes hold every side that the question asks for."""
    if draft.status != "answered" or draft.sure or draft.section is None:
        return True
    quotes = bare(" ".join(one.quote for one in draft.citations))
    if any(not intents.shows(facet, quotes) for facet in question.facets if facet in _TOLD):
        return False
    if draft.intent in _OF_CLAUSES:
        return _measured(question, bare(draft.citations[0].quote) if draft.citations else "") and _given(
            question, draft, quotes
        )
    if draft.intent.startswith("target"):
        return _given(question, draft, quotes)
    return True


def _measured(question: Question, quotes: str) -> bool:
    """A question for so many of something needs a number of that kind."""
    if question.measure is None or question.wants("target") < 3:
        return True
    if question.measure in _COUNTED:
        return bool(re.search(f"(?:[0-9]|[一二三四五六七八九十两]+)[{''.join(_COUNTED)}大]", quotes))
    return bool(re.search(dict(UNITS).get(question.measure, f"[0-9]{re.escape(question.measure)}"), quotes))


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
    total = sum(desk.subject.importance) or 1.0
    shares = [
        (term, weight / total)
        for term, weight in zip(desk.subject.terms, desk.subject.importance, strict=True)
        if term in missing
    ]
    if any(share > UNCOVERED_TERM and term.kind == "concept" and term.weight >= 1 for term, share in shares):
        return False
    return sum(share for _, share in shares) <= UNCOVERED


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
