"""Yes or no: what a question claims (奖10万就封顶了吗, 是260家吗, 区科协负责…吗), held beside the words of the documents.

Only a value and a comparison that stand as claimed are a yes, only what they exclude is a no; else the words are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.duties import responsible
from knowledge.answering.ranking import Ranked
from knowledge.facts import Assignment, Award, Figure
from knowledge.money import yuan
from knowledge.naming import same_unit
from knowledge.numerals import chinese
from knowledge.parsing.quantities import comparison, quantities
from knowledge.question import Question
from knowledge.rules import rule

YES, NO, SAYS = "@verdict.yes", "@verdict.no", "@verdict.says"
WHETHER = rule(
    "whether",
    r"(?:吗|嘛|(?<![什怎那多])么|没错吧|是吧|对吧|了没有?)[?？。!！]*$|是不是|是否|对不对|^(?:is|are|was|were|does|do|did|can|will|has|have)\b",
    "a question for yes or no",
    ("高企奖10万就封顶了吗", "吗"),
    ("区科协是不是负责院士工作站", "是不是"),
    ("is it 260", "is"),
    ("高企认定有什么补贴", ""),
    ("有什么", ""),
)
CAP = rule(
    "cap",
    r"封顶|上限|顶格|到顶|天花板|\bcap(?:ped)?\b|\bmaximum\b",
    "what claims that there is no more than that",
    ("高企奖10万就封顶了吗", "封顶"),
    ("高企奖励有没有上限", "上限"),
    ("至少10万", ""),
)
CHARGE = rule(
    "charge",
    r"负责|牵头|主管|分管|归口|承担|配合|管",
    "what claims that a unit is in charge",
    ("区科协负责院士工作站吗", "负责"),
    ("这事归区科协管吗", "管"),
    ("区科协在哪里", ""),
)
GROUP = rule(
    "group",
    r"各|成员单|相关|有关|属地|区直|等单位",
    "a unit that stands for others, which are not listed",
    ("属地街道", "属地"),
    ("区招商引资提温领导小组成员单位", "成员单"),
    ("市直有关部门", "有关"),
    ("区科协", ""),
)
RULES = (WHETHER, CAP, CHARGE, GROUP)
ROLES = {"牵头": "lead", "配合": "support"}
LEAST, CLOSE = 0.45, 0.25
"""A section covers this much of what a unit is said to be in charge of, and fits at most so much worse than the best."""
_BARE = re.compile(r"(?<![0-9A-Za-z.+])[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z.+%])")
_SPELLED = re.compile("(?P<tens>[一二三四五六七八九十百千两]+)万(?![名人家户个件亩吨])")


@dataclass(frozen=True)
class Claim:
    """An amount that a question claims, with its unit and how it compares (`<=` where it claims a cap)."""

    value: float
    unit: str
    sign: str


def checked(desk: Desk, draft: Draft) -> Draft:
    """A draft with figures or an award, its first line opened by what it says to the question's claim."""
    if draft.status != "answered" or not _numbered(draft) or not WHETHER.pattern.search(_asked(desk.question)):
        return draft
    verdict = _verdict(desk.question, [*draft.awards[:1], *draft.figures])
    if not verdict:
        return draft
    return replace(draft, lines=[replace(draft.lines[0], lead=verdict), *draft.lines[1:]])


def _numbered(draft: Draft) -> bool:
    return draft.lines[0].key.startswith(("target.", "award.amount", "award.tiers"))


def _asked(question: Question) -> str:
    return question.text.lower().strip() if question.language == "en" else question.folded


def _verdict(question: Question, facts: Sequence[Figure | Award]) -> str:
    """What facts say to the claims of a question, "" where it claims nothing that they tell of."""
    capped = bool(CAP.pattern.search(_asked(question)))
    claims = [*_claims(question.folded)] or [*_unitless(question)]
    if capped:
        claims = [replace(claim, sign="<=") for claim in claims]
    told = {_judged(claim, fact) for claim in claims for fact in facts} - {""}
    values = {_amount(fact) for fact in facts}
    if len(told) == 1 and len(values) == 1:
        return told.pop()
    return SAYS if told or (capped and any(isinstance(fact, Award) for fact in facts)) else ""


def _claims(folded: str) -> Iterator[Claim]:
    for one in quantities(folded):
        yield Claim(one.value, one.unit, comparison(folded[: one.start], folded[one.end :]))
    for found in _SPELLED.finditer(folded):
        yield Claim(chinese(found["tens"]) or 0, "万", comparison(folded[: found.start()], ""))


def _unitless(question: Question) -> Iterator[Claim]:
    """The numbers of a question that are no years and have no unit (Is it 120 high-tech enterprises): of any unit."""
    for found in _BARE.finditer(question.folded):
        if found[0] in question.numbers:
            yield Claim(float(found[0]), "", comparison(question.folded[: found.start()], ""))


def _amount(fact: Figure | Award) -> tuple[float | None, float | None, str]:
    if isinstance(fact, Award):
        return fact.amount, fact.amount_max, fact.comparator or "="
    return fact.value, fact.value_max, fact.comparator


def _judged(claim: Claim, fact: Figure | Award) -> str:
    """What a fact says to a claim, "" where it counts something else."""
    value, most, sign = _amount(fact)
    unit = fact.unit or ""
    if value is None:
        return ""
    said, told = yuan(claim.value, claim.unit or unit), yuan(value, unit)
    if said is None or told is None:
        said, told = claim.value, value
        if not same_unit(claim.unit or unit, unit):
            return ""
    if said == told and most is None:
        return YES if claim.sign == sign else SAYS
    excluded = {"=": most is None, ">=": said < told, ">": said <= told, "<=": said > told, "<": said >= told}
    return NO if claim.sign == "=" and excluded.get(sign) else SAYS


# ------------------------------------------------------- a unit in charge


def of_charge(question: Question) -> bool:
    """Whether a question claims that a unit is in charge of something."""
    asked = _asked(question)
    return bool(question.units and WHETHER.pattern.search(asked) and CHARGE.pattern.search(asked))


def charge(desk: Desk) -> Draft | None:
    """Whether the units claimed are in charge of the subject: yes from a section that names them, else what one names."""
    if not of_charge(desk.question) or not desk.subject.strong().terms:
        return None
    near = [one for one in desk.ranked[:8] if one.coverage >= LEAST and one.score >= desk.ranked[0].score - CLOSE]
    claimed = {row for unit in desk.question.units for row in unit.rows}
    for ranked in near:
        found = [one for row, one in desk.shelf.units(ranked.section) if row in claimed]
        if found:
            return _charged(desk, ranked, YES if _as_claimed(found, desk.question.folded) else SAYS)
    listed = next((one for one in near if desk.shelf.units(one.section)), None)
    if listed is None:
        return None
    names = [one.name for _, one in desk.shelf.units(listed.section)]
    return _charged(desk, listed, SAYS if any(map(GROUP.pattern.search, names)) else NO)


def _as_claimed(found: Sequence[Assignment], asked: str) -> bool:
    """Whether a unit has the role that is claimed; to be in charge is any but to support."""
    role = next((role for word, role in ROLES.items() if word in asked), None)
    return any(one.role == role if role else one.role != "support" for one in found)


def _charged(desk: Desk, ranked: Ranked, verdict: str) -> Draft | None:
    draft = responsible(replace(desk, ranked=(ranked,), last=None, kept={}))
    if draft is None:
        return None
    return replace(draft, fit=0.95, lines=[replace(draft.lines[0], lead=verdict), *draft.lines[1:]])
