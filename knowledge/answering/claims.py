"""Yes or no: what a question claims (奖10万就封顶了吗, 是260家吗, 区科协负责…吗), held beside the words of the documents.

Only a value and a comparison that stand as claimed are a yes, only what they exclude is a no; else the words are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.duties import responsible
from knowledge.answering.quoting import narrowed, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.facts import Assignment, Award, Figure
from knowledge.money import yuan
from knowledge.naming import same_unit
from knowledge.numerals import chinese
from knowledge.parsing.quantities import EACH_YEAR, comparison, quantities
from knowledge.question import Question
from knowledge.rules import rule

YES, NO, SAYS = "@verdict.yes", "@verdict.no", "@verdict.says"
WHETHER = rule(
    "whether",
    r"(?:吗|嘛|(?<![什怎那多])么|没错吧|是吧|对吧|(?<=[0-9家个件名人元亿万%])吧|了没有?)[?？。!！]*$|(?P<verb>[一-鿿])不(?P=verb)|是否|^(?:is|are|was|were|does|do|did|can|will|has|have)\b",
    "a question for yes or no",
    ("高企奖10万就封顶了吗", "吗"),
    ("区科协是不是负责院士工作站", "是不是"),
    ("市财政局管不管这件事", "管不管"),
    ("is it 260", "is"),
    ("高企认定有什么补贴", ""),
    ("有什么", ""),
)
CAP = rule(
    "cap",
    r"封顶|上限|顶格|到顶|天花板|最多|最高|\bcap(?:ped)?\b|\bmaximum\b",
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
SCALES = (1, 1_000, 10_000, 1_000_000, 100_000_000)
"""What one of each unit of money is in yuan."""
_BARE = re.compile(r"(?<![0-9A-Za-z.+])[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z.+%])")
_SPELLED = re.compile("(?P<tens>[一二三四五六七八九十百千两]+)万(?![名人家户个件亩吨])")


@dataclass(frozen=True)
class Claim:
    """An amount that a question claims, with its unit, how it compares (`<=` where it claims a cap), and its words."""

    value: float
    unit: str
    sign: str
    said: str = ""

    def scaled(self, fact: Figure | Award) -> tuple[float, float]:
        """The amount of a fact and the one claimed, in one unit."""
        told, unit = _amount(fact)[0] or 0.0, fact.unit or ""
        mine, theirs = yuan(self.value, self.unit or unit), yuan(told, unit)
        return (told, self.value) if mine is None or theirs is None else (theirs, mine)

    def values(self) -> list[float]:
        """The numbers by which the amount may be written: 1200万 as 0.12 (亿) too."""
        money = yuan(self.value, self.unit)
        return [self.value] if money is None else sorted({round(money / scale, 6) for scale in SCALES})


def checked(desk: Desk, draft: Draft) -> Draft:
    """A draft with figures or an award, its first line opened by what it says to the question's claim."""
    if draft.status != "answered" or not _numbered(draft) or not WHETHER.pattern.search(_asked(desk.question)):
        return draft
    verdict = _verdict(desk.question, [*draft.awards[:1], *draft.figures])
    if not verdict:
        return draft
    return replace(draft, lines=[replace(draft.lines[0], lead=verdict), *draft.lines[1:]])


def _numbered(draft: Draft) -> bool:
    return draft.lines[0].key in ("target.one", "target.series", "award.amount", "award.tiers")


def _asked(question: Question) -> str:
    return question.text.lower().strip() if question.language == "en" else question.folded


def _verdict(question: Question, facts: Sequence[Figure | Award]) -> str:
    """What facts say to the claims of a question, "" where it claims nothing that they tell of."""
    capped = bool(CAP.pattern.search(_asked(question)))
    said = [*claims(question.folded)] or [*_unitless(question)]
    if capped:
        said = [replace(claim, sign="<=") for claim in said]
    told = {_judged(claim, fact) for claim in said for fact in facts} - {""}
    if told and _each_year(question) and any(isinstance(one, Award) and one.frequency == "一次性" for one in facts):
        return NO
    if told == {NO} or (len(told) == 1 and len({_amount(fact) for fact in facts}) == 1):
        return told.pop()
    return SAYS if told or (capped and any(isinstance(fact, Award) for fact in facts)) else ""


def _each_year(question: Question) -> bool:
    return bool(EACH_YEAR.pattern.search(question.folded))


def claims(folded: str) -> Iterator[Claim]:
    """The amounts of a folded question, in order."""
    for one in quantities(folded):
        yield Claim(
            one.value, one.unit, comparison(folded[: one.start], folded[one.end :]), folded[one.start : one.end]
        )
    for found in _SPELLED.finditer(folded):
        yield Claim(chinese(found["tens"]) or 0, "万", comparison(folded[: found.start()], ""), found.group())


def _unitless(question: Question) -> Iterator[Claim]:
    """The numbers of a question that are no years and have no unit (Is it 120 high-tech enterprises): of any unit."""
    for found in _BARE.finditer(question.folded):
        if found[0] in question.numbers:
            yield Claim(float(found[0]), "", comparison(question.folded[: found.start()], ""), found[0])


def _amount(fact: Figure | Award) -> tuple[float | None, float | None, str]:
    if isinstance(fact, Award):
        return fact.amount, fact.amount_max, fact.comparator or "="
    return fact.value, fact.value_max, fact.comparator


def counts_alike(claim: Claim, fact: Figure | Award) -> bool:
    """Whether a fact counts the kind of thing that is claimed; a claim without a unit may be of any."""
    unit = fact.unit or ""
    own = yuan(claim.value, claim.unit) is not None and yuan(1, unit) is not None
    return own or same_unit(claim.unit or unit, unit) or claim.unit == unit.partition("/")[0]


def _judged(claim: Claim, fact: Figure | Award) -> str:
    """What a fact says to a claim, "" where it is of something else; the same number of other things is none (45家 for 45亿元)."""
    value, most, sign = _amount(fact)
    if value is None:
        return ""
    if not counts_alike(claim, fact):
        return NO if claim.value == value and fact.unit else ""
    told, said = claim.scaled(fact)
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
        return _unassigned(desk, near)
    names = [one.name for _, one in desk.shelf.units(listed.section)]
    return _charged(desk, listed, SAYS if any(map(GROUP.pattern.search, names)) else NO)


def _unassigned(desk: Desk, near: Sequence[Ranked]) -> Draft | None:
    """That the documents name no unit for the subject, with the words that are nearest."""
    if not near or near[0].sentence is None:
        return None
    quote = of_sentence(near[0].section, near[0].sentence, desk.subject)
    draft = Draft("unit", 0.95, status="not_found", section=near[0].section, citations=[quote])
    what = "".join(term.text for term in desk.subject.strong().terms if term.noun)
    draft.say("unit.none", what=what)
    draft.say("none.near", text=narrowed(quote, desk.subject))
    draft.missing.append(what)
    return draft


def _as_claimed(found: Sequence[Assignment], asked: str) -> bool:
    """Whether a unit has the role that is claimed; to be in charge is any but to support."""
    role = next((role for word, role in ROLES.items() if word in asked), None)
    return any(one.role == role if role else one.role != "support" for one in found)


def _charged(desk: Desk, ranked: Ranked, verdict: str) -> Draft | None:
    draft = responsible(replace(desk, ranked=(ranked,), last=None, kept={}))
    if draft is None:
        return None
    return replace(draft, fit=0.95, lines=[replace(draft.lines[0], lead=verdict), *draft.lines[1:]])
