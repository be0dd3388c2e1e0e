"""Whether an answer is of the kind that is asked for: a unit, a number of the right sort, one amount, the members of a group.

One check for all kinds, over what a draft holds; whether it is about the right subject is no concern here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answering.drafts import Draft
from knowledge.answering.duties import ORGAN
from knowledge.question import Question
from knowledge.question.intents import CUED
from knowledge.rules import rule
from knowledge.text import bare

WHICH = rule(
    "which",
    r"哪(?:[几两二三四五六七八九十]+|[0-9]{1,2})(?:个|项|条|类|方面|所|家|种|大|件|份|部|门|人|位)",
    "asks for the members of a group by name, and for no number",
    ("跟哪几所大学合作", "哪几所"),
    ("四个方面是哪四个方面", "哪四个"),
    ("一共有几所", ""),
)
RULES = (WHICH,)
_MONEY = frozenset(["元", "万元", "亿元", "万", "亿", "千元"])
_SHARES = frozenset(["%", "‰"])
PLAIN = frozenset("家个件名人项所座处户位条类种")
"""Measure words that documents use for one another."""
_PEOPLE = frozenset(["人", "名", "位", "万人"])
_ACTING = frozenset(["unit", "duties", "organisation", "schedule", "document", "conflict"])
"""Kinds of answers whose sentences say who acts."""
_ENTITLED = re.compile("(?:谁|哪些人|什么人)(?:可以|能|才能|有资格|符合|够|享受|受益)")
"""Asks for whom something is, and for no unit."""
_OTHERWISE = frozenset(["contact", "place", "person", "actor"])
"""Sides of a unit that have a check of their own."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing: whether a question asks for it, and whether a draft shows it."""

    name: str
    asked: Callable[[Question], object]
    shown: Callable[[Question, Draft], object]


def _asks_unit(question: Question) -> bool:
    unit = question.wants("unit")
    rest = (score for kind, score in question.intents.items() if kind not in ("unit", "duties"))
    strongest = unit >= CUED and unit >= max(rest, default=0.0)
    return strongest and _OTHERWISE.isdisjoint(question.facets) and not _ENTITLED.search(question.folded)


def _tells_unit(_: Question, draft: Draft) -> bool:
    """Whether a draft names units; one made of sentences does so only where it was made to say who acts."""
    acting = draft.intent in _ACTING and any(ORGAN.pattern.search(bare(one.quote)) for one in draft.citations)
    return bool(draft.units) or acting


def _asks_number(question: Question) -> bool:
    return (question.measure is not None or "quantity" in question.facets) and not WHICH.pattern.search(question.folded)


def _tells_number(question: Question, draft: Draft) -> bool:
    """Whether a draft is no list of units, and of its figures one counts in what is asked for."""
    if draft.intent == "unit" and question.wants("unit") < CUED:
        return False
    units = [one.unit for one in draft.figures if one.unit]
    measure = question.measure
    return not units or bool(draft.awards) or measure is None or any(_alike(measure, unit) for unit in units)


def _alike(asked: str, unit: str) -> bool:
    """Whether a number in a unit answers a question for so many of another."""
    if asked == unit or {asked, unit} <= _MONEY or {asked, unit} <= _SHARES or {asked, unit} <= PLAIN | _PEOPLE:
        return True
    return unit.endswith(asked) or (asked == "万" and unit in _PEOPLE)


KINDS = (
    Kind("unit", _asks_unit, _tells_unit),
    Kind("number", _asks_number, _tells_number),
    Kind(
        "members",
        lambda question: not question.years and WHICH.pattern.search(question.folded),
        lambda _, draft: len(draft.figures) != 1 or draft.intent == "list",
    ),
    Kind("signature", lambda question: "actor" in question.facets, lambda _, draft: draft.intent != "unit"),
)
"""All that a question asks for must be shown."""


def shown(question: Question, draft: Draft) -> bool:
    """Whether a draft shows what kinds of thing a question asks for."""
    return all(kind.shown(question, draft) for kind in KINDS if kind.asked(question))
