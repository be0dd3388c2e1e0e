"""Several awards for one receiver: each part told and cited, a sum only where it can be had, and declared as computed.

Whether awards may be had together is for the documents to say: their rule is told, and so is that they have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.answering import awards
from knowledge.answering.amounts import FITTING, named
from knowledge.answering.awards import Scored
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted
from knowledge.answering.governments import government, governments
from knowledge.answering.matching import kindred_level
from knowledge.answering.quoting import of_award, priced
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Award
from knowledge.question import Question
from knowledge.question.focus import HEADED
from knowledge.rules import rule
from knowledge.text import bare

TOGETHER = rule(
    "together",
    r"既(?:是|有|符合|评上|获得)[^,;。]{2,20}?,?(?:又|也|还)(?:是|有|符合|评上|获得)|(?:加起来|合起来|合计|加在一起|叠加起来|累加)"
    r"|(?:同时|一起|都)(?:是|评上|获得|拿到?|领|享受|符合|申报|申请)|[和跟与、][^,;。]{2,16}?(?:能不能|可不可以|可以|能)(?:同时|一起|叠加|都)",
    "asks for what several awards come to together",
    ("既是高企又是专精特新能拿多少", "既是高企又是"),
    ("重点实验室和孵化器两项加起来多少", "加起来"),
    ("高企认定有什么补贴", ""),
)
STACKS = rule(
    "stacks",
    r"可以?(?:同时|叠加|累计|重复)(?:享受|申报|计算)?",
    "that awards may be had together",
    ("上述奖励可叠加享受", "可叠加享受"),
    ("按照就高不重复的原则执行", ""),
)
RULES = (TOGETHER, STACKS)
_PARTING = re.compile("既(?:是|有|符合|评上|获得)|[又也还](?:是|有|符合|评上|获得)|和|跟|与|、|,|加上|以及|同时")
_TAIL = re.compile(
    "(?:[两三四几]项|都|一起|加起来|合起来|合计|叠加|累加|能(?=拿|领|得|享|不能|否|同时|叠加|够|一起|申)"
    "|可以|总共|一共|多少|奖励|补贴|的话).*$"
)
TARGETED = re.compile("目标|指标|[几多][少家个件名]{0,2}[家个件名]")
LEAST = 0.7
ALIKE = 0.05
"""Awards of one section that fit a part as nearly are alternatives: which one it is nobody said."""
MOST_PARTS = 4


@dataclass(frozen=True)
class Part:
    """What a receiver is or does, in the question's words, with the awards for it, the best first.

    `referred`: without an award, the reference to the document that would tell it.
    """

    words: str
    home: Shelved | None
    awards: tuple[Award, ...]
    referred: Scored | None = None

    @property
    def one(self) -> Award | None:
        """The award where there is but one, and it is a fixed sum."""
        first = self.awards[0] if len(self.awards) == 1 else None
        fixed = first is not None and first.amount is not None and first.amount_max is None
        return first if first and fixed and (first.comparator or "=") == "=" and not first.per else None


def asked(question: Question) -> bool:
    """Whether a question asks for several awards together."""
    gift = question.wants("award") >= question.wants("target") or not TARGETED.search(question.folded)
    return gift and bool(TOGETHER.pattern.search(question.folded)) and len(_segments(question)) > 1


def answer(desk: Desk) -> Draft | None:
    """Each part with its award, their sum where it can be had; None where no part has one."""
    if not asked(desk.question):
        return None
    parts = _best(desk)
    homes = [part.home for part in parts if part.home is not None]
    if not homes:
        return None
    draft = Draft("award", 1.0, section=homes[0], sure=True, whole=True)
    held = [award for part in parts for award in part.awards]
    _head(draft, parts, list(dict.fromkeys(filter(None, (award.stacking for award in held)))))
    for part in parts:
        _tell(draft, part)
    del draft.citations[MOST_CITATIONS:]
    draft.awards = held
    if len(governments(desk.shelf.database)) > 1:
        whose = government(desk.shelf.database, homes[0].row["document"])
        draft.lines = [replace(draft.lines[0], of=whose), *draft.lines[1:]]
    return draft


def _head(draft: Draft, parts: Sequence[Part], rules: Sequence[str]) -> None:
    """The first line, and what is said of having the awards together."""
    single = [part.one for part in parts]
    fixed = [one for one in single if one is not None]
    units = {one.unit for one in fixed}
    stacking = any(STACKS.pattern.search(one) for one in rules)
    if len(fixed) == len(parts) and len(units) == 1 and (stacking or not rules):
        values = [Decimal(str(one.amount)) for one in fixed]
        draft.say("sum", total=f"{' + '.join(map(str, values))} = {sum(values)}{fixed[0].unit}")
    elif len(fixed) == len(parts):
        draft.say("adding.apart", count=counted(len(parts)), told="、".join(map(priced, fixed)))
    else:
        draft.say("adding.open", count=counted(len(parts)))
    draft.say("adding.rule" if rules else "adding.no_rule", rule="；".join(rules))


def _tell(draft: Draft, part: Part) -> None:
    """A part with its awards, each cited; without any, the document that would tell it, or that none does."""
    if part.home is not None:
        told = "；".join(f"{priced(one)}（{named(one)}）" for one in part.awards)
        draft.say("adding.part", part=part.words, told=told)
        draft.cite(*(of_award(part.home, award) for award in part.awards))
        return
    draft.missing.append(f"{part.words}的金额")
    if part.referred is None or part.referred.reference is None:
        draft.say("adding.unsaid", part=part.words)
        return
    reference = part.referred.reference
    draft.say("adding.referred", part=part.words, title=reference.title)
    draft.cite(citation(part.referred.home, reference.start, reference.end))


def _segments(question: Question) -> list[tuple[str, tuple[int, ...]]]:
    """The parts of a question that name what a receiver is or does: their words, and the places of their terms."""
    found = []
    for piece in _PARTING.split(question.folded):
        words = _TAIL.sub("", piece).strip()
        places = tuple(n for n, term in enumerate(question.terms) if term.text in words and term.kind != "place")
        if any(question.terms[n].weight >= HEADED for n in places):
            found.append((words, places))
    return found


def _best(desk: Desk) -> list[Part]:
    """The parts over the government that has awards for most of them, the first in the order of documents."""
    database = desk.shelf.database
    wanted = desk.question.documents
    names = dict.fromkeys(
        government(database, row["n"]) for row in database.documents() if not wanted or row["n"] in wanted
    )
    tried = [_parts(desk, name) for name in names]
    return max(tried, key=lambda parts: sum(part.home is not None for part in parts), default=[])


def _parts(desk: Desk, name: str) -> list[Part]:
    """Each part with the awards that one government's documents have for it."""
    return [_part(desk, words, places, name) for words, places in _segments(desk.question)[:MOST_PARTS]]


def _part(desk: Desk, words: str, places: Sequence[int], name: str) -> Part:
    """The awards that fit a part best; its grades (国家级, 首次) choose among them."""
    database = desk.shelf.database
    alone = replace(desk, subject=desk.subject.only(places), kept={})
    fitting = (one for one in awards.scored(alone) if one.fit >= LEAST)
    best = [one for one in fitting if government(database, one.home.row["document"]) == name]
    given = [one for one in best if one.award is not None and priced(one.award) and _about(alone, one.award)]
    if not given:
        return Part(words, None, (), next((one for one in best if one.reference is not None), None))
    top = given[0]
    same = [one.award for one in given if one.home.n == top.home.n and one.fit >= top.fit - ALIKE and one.award]
    return Part(words, top.home, tuple(dict.fromkeys(awards.graded(same, words))))


def _about(alone: Desk, award: Award) -> bool:
    """Whether an award's own words hold each noun of a part."""
    text = bare(f"{_told(award)}{award.text}")
    return all(kindred_level(term, text) >= FITTING for term in alone.subject.terms if term.weight >= HEADED)


def _told(award: Award) -> str:
    return bare(f"{award.tier or ''}{award.beneficiary or ''}{award.purpose or ''}")
