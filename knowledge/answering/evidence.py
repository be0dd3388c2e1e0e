"""Whether an answer shows what its question asks for: an amount, a rhythm, a deadline, a gift.

A passage about the right subject that is silent on the side that was asked is no answer.
"""

from __future__ import annotations

import re

from knowledge.answering.drafts import Draft
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
PAYMENT = rule("payment", r"奖|补助|补贴|资助|补偿|贴息|资金|优惠|减免", "words of paying", ("奖励办法(试行)", "奖"), ("提供便利", ""))
UNITS: tuple[tuple[str, str], ...] = (
    ("%", "[0-9]%|百分点"),
    ("元", "[0-9](?:万|亿)?元|[0-9]万"),
    ("亿元", "[0-9]亿|[0-9]万?元"),
    ("万元", "[0-9]万|[0-9]亿"),
    ("万", "[0-9]万|[0-9]亿"),
)
"""For a unit asked, what must stand in an answer's quotes; other units ask for any number."""
RULES = (GIFT, PAYMENT)
_TOLD = frozenset(["deadline", "conditions", "materials", "contact", "progress", "rhythm"])
_OF_CLAUSES = frozenset(["measure", "programme", "organisation", "list", "howto", "schedule", "unit"])


def evident(question: Question, draft: Draft, intents: Intents) -> bool:
    """Whether a draft's quotes hold every side that the question asks for."""
    quotes = bare(" ".join(one.quote for one in draft.citations))
    if any(not intents.shows(facet, quotes) for facet in question.facets if facet in _TOLD):
        return False
    if draft.intent in _OF_CLAUSES:
        return _measured(question, quotes) and _given(question, draft, quotes)
    if draft.intent.startswith("target"):
        return _given(question, draft, quotes)
    return True


def _measured(question: Question, quotes: str) -> bool:
    """A question for so many of something needs a number of that kind."""
    if question.measure is None or question.wants("target") < 3:
        return True
    return bool(re.search(dict(UNITS).get(question.measure, "[0-9一二三四五六七八九十]"), quotes))


def _given(question: Question, draft: Draft, quotes: str) -> bool:
    """A question for money needs words of paying; one for help in general, words of giving."""
    award = question.wants("award")
    if award >= 2 and (question.measure in ("元", "万元", "万", "%") or "amount" in question.facets):
        return bool(PAYMENT.pattern.search(quotes))
    if award < 2 or award < max(question.wants(draft.intent), question.wants("unit"), question.wants("document")):
        return True
    return bool((PAYMENT if "amount" in question.facets or award >= 4 else GIFT).pattern.search(quotes))
