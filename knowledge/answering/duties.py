"""Answers about units: who is responsible for a task, and what tasks a unit has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.quoting import LONGEST, narrowed, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Assignment, Citation
from knowledge.rules import rule

LEAST = 0.45
MOST_TASKS = 12
ORGAN = rule(
    "organ",
    r"[省市县区州]委|政府|局|小组|街道|部门|单位|科协|委员会|办公室",
    "an organ that a sentence may name as acting",
    ("全面加强区委对科技工作的领导", "区委"),
    ("由市科技局会同市财政局追回已经拨付的资金", "局"),
    ("新增挂牌上市企业5家", ""),
)
RULES = (ORGAN,)
MOST_LISTED = 36
"""The most characters of a list of units that answers by itself."""

LONGEST_GIST = 110
"""The most characters of a section that tell in a list what the task is."""
_CLAUSE_END = re.compile("(?s:.*)[,;、，；。]")
_UNNUMBERED = re.compile("[0-9.]+$")


def responsible(desk: Desk) -> Draft | None:
    """Who is responsible for the subject: the units of the best section, or of those below it."""
    if desk.last is not None and (listed := _listed_in(desk)) is not None:
        return listed
    near = [
        ranked for ranked in desk.ranked[:4] if ranked.coverage >= LEAST and ranked.score >= desk.ranked[0].score - 0.15
    ]
    drafts = (draft for ranked in near if (draft := _listed(desk, ranked) or _said(desk, ranked)) is not None)
    return next(drafts, None) or _listed_in(desk)


def _listed_in(desk: Desk) -> Draft | None:
    """The units of the last answer's section, else of the best section on its subject that lists any."""
    ordered = sorted(desk.ranked, key=lambda ranked: desk.last is None or ranked.section is not desk.last)
    for ranked in ordered:
        if (ranked.section is desk.last or ranked.coverage >= LEAST) and (draft := _listed(desk, ranked)) is not None:
            draft.sure = _asked_on(desk) and ranked.section is desk.last
            return draft
    return None


def _asked_on(desk: Desk) -> bool:
    """Whether a turn only asks on after an answer, and no other place is in question."""
    return desk.question.followed and not any(term.kind == "place" for term in desk.question.terms)


def _listed(desk: Desk, ranked: Ranked) -> Draft | None:
    """The units that a section, or the sections below it, list."""
    one = ranked.section
    held = [one] if desk.shelf.units(one) else [child for child in desk.shelf.children(one) if desk.shelf.units(child)]
    if not held:
        return None
    assigned = [unit for section in held for _, unit in desk.shelf.units(section)]
    names = list(dict.fromkeys(unit.name for unit in assigned))
    draft = Draft("unit", ranked.score, units=names, section=held[0])
    roles = {unit.role for unit in assigned}
    _say_units(draft, _by_role(assigned) if len(roles) > 1 else "、".join(names), names)
    for section in held[:MOST_TASKS]:
        draft.cite(of_units(desk, section))
    if ranked.sentence is not None and len(held) == 1:
        draft.cite(of_sentence(one, ranked.sentence, desk.subject))
    draft.suggestions += [f"{names[0]}负责什么", *(f"{name}负责什么" for name in names[1:2])]
    return draft


def _say_units(draft: Draft, listed: str, names: Sequence[str]) -> None:
    """The list of units; of a long one first how many, and the first of them."""
    if len(listed) > MOST_LISTED:
        draft.say("unit.many", units="、".join(names[:2]), count=counted(len(names)))
    draft.say("unit.listed", units=listed)


def _by_role(assigned: Sequence[Assignment]) -> str:
    """The units by role: 牵头…；配合…."""
    parts = []
    for role, word in (("lead", "牵头"), ("responsible", "负责"), ("support", "配合")):
        names = list(dict.fromkeys(unit.name for unit in assigned if unit.role == role))
        if names:
            parts.append(f"{word}：{'、'.join(names)}")
    return "；".join(parts)


def of_units(desk: Desk, one: Shelved) -> Citation:
    """The quote of a section's list of units."""
    units = [unit for _, unit in desk.shelf.units(one)]
    inside = [unit for unit in units if one.row["start"] <= unit.start < one.row["end"]]
    one = one if inside else desk.shelf.around(one, units[0].start)
    start, end = (inside or units)[0].start, (inside or units)[-1].end
    text = one.document.text
    opened = max(text.rfind(mark, max(start - 24, one.row["start"]), start) for mark in "(（[【［")
    begin = opened if opened >= 0 else start
    stop = end + 1 if end < len(text) and text[end] in ")）]】］" else end
    return citation(one, begin, stop if stop - begin <= LONGEST else begin + LONGEST)


def _said(desk: Desk, ranked: Ranked) -> Draft | None:
    """A section without a list whose sentence says who acts."""
    if ranked.sentence is None:
        return None
    sentence = ranked.sentence
    acting = [
        one for one in desk.shelf.schedules(ranked.section) if one.who and sentence.start <= one.start < sentence.end
    ]
    quote = of_sentence(ranked.section, sentence, desk.subject)
    draft = Draft("unit", ranked.score - 0.05, section=ranked.section, citations=[quote])
    inside = [one for one in acting if quote.start <= one.start and one.end <= quote.end]
    best = max(
        inside,
        key=lambda one: desk.subject.coverage(
            [("".join(ranked.section.document.text[one.start : one.end].split()).lower(), 1.0)]
        ),
        default=None,
    )
    draft.units = [best.who] if best and best.who else []
    if not draft.units and not ORGAN.pattern.search(sentence.folded):
        return None
    if draft.units:
        draft.say("unit.listed", units="、".join(draft.units))
    draft.say("quote.lead", quote=narrowed(quote, desk.subject, whole=True))
    return draft
