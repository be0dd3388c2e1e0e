"""What one conversation remembers: the last question's slots and the section that answered.

Handed in with a question and handed back with the answer; whoever keeps it between turns is no concern here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.numerals import chinese
from knowledge.question import Question
from knowledge.text import bare

_ORDINAL = re.compile(
    "^(?:那|就|选|要|问)?第([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:个|项|点)(?:问题)?[呢吧呀啊]?[?。!]?$"
)
_CONTINUES = re.compile(
    r"^(?:那么?|那就|换成|换|改成|再|还有|然后|接着|这个?事?|它|其|该|上面|刚才|and|what about|how about)"
)
_QUOTE = re.compile("原文|原话|出处|依据|咋写|怎么写")
_A_YEAR = 6.0
"""How strongly a bare year asks for a goal where what was asked before had none."""
_ASKS_ON = re.compile(
    r"呢[?？。!！]?$|^(?:原文|原话|依据|出处|谁负责|归谁管|找谁|哪个部门|还有吗|更多|详细|具体呢|为什么)"
)


@dataclass(frozen=True)
class Memory:
    """The last question as understood, the row of the section that answered it, and the questions it listed.

    `database` tells in which database its rows count; in another one the question is asked anew.
    """

    question: Question
    section: int | None
    intent: str
    listed: tuple[str, ...] = ()
    database: str = ""


def ordinal(text: str) -> int | None:
    """The number of a turn that only picks one of what was listed (第二个), from 1; None for any other."""
    found = _ORDINAL.match(bare(text))
    return (int(found[1]) if found[1].isdigit() else chinese(found[1])) if found else None


def continued(question: Question, memory: Memory | None) -> tuple[Question, bool]:
    """The question with what a continuing turn leaves open filled from memory, and whether it continues.

    A turn continues when its words say so or it names no subject; it replaces only the slots that it names.
    """
    if memory is None or not _continues(question):
        return question, False
    before = memory.question
    named = any(term.weight >= 0.5 for term in question.terms)
    kinds = {kind: score for kind, score in question.intents.items() if score >= 2} or before.intents
    if _QUOTE.search(question.folded) and not named:
        kinds = before.intents
    if question.years and not named and not question.units and max(question.intents.values(), default=0) <= 3:
        kinds = before.intents if _dated(before.intents) else {**before.intents, "target": _A_YEAR}
    filled = replace(
        question,
        terms=question.terms if named or question.units else before.terms,
        units=question.units or (() if named else before.units),
        years=question.years or (before.years if _dated(kinds) else ()),
        years_said=question.years_said or (before.years_said if _dated(kinds) else ()),
        intents=kinds,
        measure=question.measure if named or question.measure else before.measure,
        facets=question.facets or (before.facets if not named or kinds is before.intents else ()),
        open_end=question.open_end,
        documents=question.documents or before.documents,
    )
    return filled, True


def _dated(kinds: dict[str, float]) -> bool:
    return any(kind in kinds for kind in ("target", "target_series", "compare", "conflict"))


def _continues(question: Question) -> bool:
    said = question.folded
    if _CONTINUES.match(said) or _ASKS_ON.search(said):
        return True
    subject = any(term.weight >= 0.5 for term in question.terms) or question.units
    return not subject and bool(question.intents or question.years)
