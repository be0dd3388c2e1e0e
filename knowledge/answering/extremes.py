"""Which units have most tasks, or fewest: counted over one document, each with a list that names it."""

from __future__ import annotations

from knowledge.answering.claims import GROUP
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted
from knowledge.answering.duties import of_units
from knowledge.answering.papers import meant
from knowledge.answering.shelf import Shelved
from knowledge.question import Question
from knowledge.rules import rule

EXTREME = rule(
    "extreme",
    "(?:任务|职责|工作|事情?)[^,;。]{0,3}最(?P<which>多|少)[^,;。]{0,3}(?:单位|部门|局|谁)|(?:单位|部门|谁)[^,;。]{0,8}(?:任务|职责|工作)[^,;。]{0,3}最(?P<after>多|少)",
    "asks which units have most tasks, or fewest",
    ("承担任务最多的部门", "任务最多的部门"),
    ("哪个部门的任务最少", "部门的任务最少"),
    ("任务有哪些", ""),
)
RULES = (EXTREME,)


def asked(question: Question) -> bool:
    """Whether a question asks for the units with most or fewest tasks."""
    return EXTREME.pattern.search(question.folded) is not None


def answer(desk: Desk) -> Draft | None:
    """The units with most, or fewest, tasks of the document, with how many."""
    found, number = EXTREME.pattern.search(desk.question.folded), meant(desk)
    if found is None or number is None:
        return None
    names_of = {row["n"]: row["name"] for row in desk.shelf.database.units()}
    held: dict[str, list[Shelved]] = {}
    for one in map(desk.shelf.take, desk.shelf.sections_of(number).values()):
        for row in dict.fromkeys(row for row, _ in desk.shelf.units(one)):
            if not GROUP.pattern.search(names_of[row]):
                held.setdefault(names_of[row], []).append(one)
    if not held:
        return None
    most = (found["which"] or found["after"]) == "多"
    sizes = {len(sections) for sections in held.values()}
    wanted = max(sizes) if most else min(sizes)
    names = [name for name, sections in held.items() if len(sections) == wanted]
    draft = Draft("unit", 1.0, section=held[names[0]][0], sure=True, units=names)
    draft.say("extreme.most" if most else "extreme.least", units="、".join(names), count=counted(wanted))
    for name in names:
        draft.cite(of_units(desk, held[name][0]))
    del draft.citations[MOST_CITATIONS:]
    draft.suggestions += [f"{name}负责什么" for name in names[:2]]
    return draft
