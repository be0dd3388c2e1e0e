"""Answers about units: who is responsible for a task, and what tasks a unit has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.quoting import LONGEST, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Assignment, Citation

LEAST = 0.45
MOST_TASKS = 12
MOST_SAID = 6
"""How many tasks are told in one answer, and how many cited."""

LONGEST_GIST = 110
"""The most characters of a section that tell in a list what the task is."""
_CLAUSE_END = re.compile("(?s:.*)[,;、，；。]")
_UNNUMBERED = re.compile("[0-9.]+$")


def responsible(desk: Desk) -> Draft | None:
    """Who is responsible for the subject: the units of the best section, or of those below it."""
    if desk.last is not None and (listed := _listed_in(desk)) is not None:
        return listed
    for ranked in desk.ranked[:4]:
        if ranked.coverage < LEAST or ranked.score < desk.ranked[0].score - 0.15:
            break
        draft = _listed(desk, ranked) or _said(desk, ranked)
        if draft is not None:
            return draft
    return None


def _listed_in(desk: Desk) -> Draft | None:
    """The units of the last answer's section, else of the best section on its subject that lists any."""
    ordered = sorted(desk.ranked, key=lambda ranked: ranked.section is not desk.last)
    for ranked in ordered:
        if (ranked.section is desk.last or ranked.coverage >= LEAST) and (draft := _listed(desk, ranked)) is not None:
            return draft
    return None


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
    draft.say("unit.listed", units=_by_role(assigned) if len(roles) > 1 else "、".join(names))
    for section in held[:MOST_TASKS]:
        draft.cite(_unit_quote(desk, section))
    if ranked.sentence is not None and len(held) == 1:
        draft.cite(of_sentence(one, ranked.sentence, desk.subject))
    draft.suggestions += [f"{names[0]}负责什么", *(f"{name}负责什么" for name in names[1:2])]
    return draft


def _by_role(assigned: Sequence[Assignment]) -> str:
    """The units by role: 牵头…；配合…."""
    parts = []
    for role, word in (("lead", "牵头"), ("responsible", "负责"), ("support", "配合")):
        names = list(dict.fromkeys(unit.name for unit in assigned if unit.role == role))
        if names:
            parts.append(f"{word}：{'、'.join(names)}")
    return "；".join(parts)


def _unit_quote(desk: Desk, one: Shelved) -> Citation:
    """The quote of a section's list of units."""
    units = [unit for _, unit in desk.shelf.units(one)]
    start, end = units[0].start, units[-1].end
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
    if draft.units:
        draft.say("unit.listed", units="、".join(draft.units))
    draft.say("quote.lead", quote=" ".join(quote.quote.split()))
    return draft


def duties(desk: Desk) -> Draft | None:
    """The tasks of the units asked, section by section."""
    rows = [row for unit in desk.question.units for row in unit.rows]
    if not rows:
        return None
    tasks = desk.shelf.database.tasks(rows)
    sections = list(dict.fromkeys(task["section"] for task in tasks))
    if not sections:
        return None
    held = [desk.shelf.take(n) for n in sections]
    strong = desk.subject.strong()
    if strong.terms:
        fitting = [
            one for one in held if strong.coverage([(one.heading, 1.0), (one.folded, 0.9), (one.above, 0.6)]) >= 0.6
        ]
        held = fitting or held
    names = list(dict.fromkeys(task["name"] for task in tasks))
    draft = Draft("duties", 0.9, units=names, section=held[0])
    draft.say("duties.head", unit=names[0], count=counted(len(held)))
    for one in held[:MOST_TASKS]:
        draft.cite(_first_words(one))
    for one in held[:MOST_SAID]:
        draft.say(
            "duties.task",
            place=one.section,
            heading=one.row["heading"],
            gist=f"：{_gist(one)}" if len(held) <= 3 else "",
        )
    if len(held) > MOST_SAID:
        draft.say("more", count=counted(len(held) - MOST_SAID))
    draft.suggestions += [f"{held[0].row['heading']}由谁负责"] if held[0].row["heading"] else []
    return draft


def _gist(one: Shelved) -> str:
    """The first clauses of a section, to tell what the task is; whole ones, so that no number is cut in two."""
    if not one.sentences:
        return ""
    sentence = one.sentences[0]
    text = "".join(one.document.text[sentence.start : sentence.end].split())
    if len(text) <= LONGEST_GIST:
        return text
    whole = _CLAUSE_END.match(text[:LONGEST_GIST])
    return f"{whole.group() if whole else _UNNUMBERED.sub('', text[:LONGEST_GIST])}…"


def _first_words(one: Shelved) -> Citation:
    """The first sentence of a section, as far as a quote goes."""
    if not one.sentences:
        return citation(one, one.row["start"], min(one.row["end"], one.row["start"] + LONGEST))
    sentence = one.sentences[0]
    ends = [end for _, end in sentence.clauses if end - sentence.start <= LONGEST]
    return citation(
        one,
        sentence.start,
        sentence.end if sentence.end - sentence.start <= LONGEST else ends[-1] if ends else sentence.start + LONGEST,
    )
