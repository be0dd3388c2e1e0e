"""Answers to questions asked in the negative: what no list names, said as that; never the fact in the positive."""

from __future__ import annotations

from knowledge.answering import refusing
from knowledge.answering.claims import GROUP
from knowledge.answering.drafts import Desk, Draft, counted, line
from knowledge.answering.duties import responsible
from knowledge.answering.indicators import place
from knowledge.answering.paging import Item, show
from knowledge.answering.papers import meant
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Citation
from knowledge.question import Question
from knowledge.question.negation import negated

MOST = 200
"""The most characters of a section's opening that are quoted for it."""


def asked(question: Question) -> bool:
    """Whether a question asks for what names no unit, or for units that have nothing, which needs no subject."""
    return negated(question) in ("unassigned", "units")


def answer(desk: Desk) -> Draft | None:
    """What can be said to a question asked in the negative, None for any other question."""
    kind = negated(desk.question)
    if kind is None:
        return None
    if kind == "units":
        return _not_listed(desk) or _unsaid(desk)
    if kind == "unassigned":
        return _unassigned(desk) or _unsaid(desk)
    if kind == "duties":
        return _unsaid(desk, *(f"{unit.text}负责什么" for unit in desk.question.units[:1]))
    draft = refusing.not_found(desk)
    draft.missing[:] = [_asked(desk)]
    draft.lines[0] = line("none", what=_asked(desk))
    return draft


def _asked(desk: Desk) -> str:
    return desk.question.text.strip(" ?？!！。")[:40]


def _unsaid(desk: Desk, *instead: str) -> Draft:
    """That the documents only say it in the positive."""
    draft = Draft("none", 0.0, status="not_found")
    draft.say("none", what=_asked(desk))
    draft.missing.append(_asked(desk))
    draft.suggestions += instead
    return draft


def _not_listed(desk: Desk) -> Draft | None:
    """The units of the document that the section on the subject does not list; those that stand for others are left out."""
    listed = responsible(desk) if desk.subject.strong().terms else None
    if listed is None or listed.section is None or not listed.units:
        return None
    grouped = "".join(name for name in listed.units if GROUP.pattern.search(name))
    names: dict[str, None] = {}
    number = listed.section.row["document"]
    for one in map(desk.shelf.take, desk.shelf.sections_of(number).values()):
        names |= dict.fromkeys(unit.name for _, unit in desk.shelf.units(one))
    others = [
        name
        for name in names
        if name not in listed.units and not GROUP.pattern.search(name) and name[-2:] not in grouped
    ]
    if not others:
        return None
    draft = Draft("unit", 0.95, section=listed.section, citations=listed.citations[:1])
    draft.say("negated.units", what=listed.section.row["heading"] or listed.section.section, units="、".join(others))
    draft.say("negated.note")
    return draft


def _unassigned(desk: Desk) -> Draft | None:
    """The parts of the document that name no unit, nor one above them or below."""
    number = meant(desk)
    if number is None:
        return None
    held = [desk.shelf.take(row["n"]) for row in desk.shelf.database.outline(number) if row["section"]]
    without = [one for one in held if one.leaf and one.sentences and not _assigned(desk, one)]
    items = [
        Item(
            place(parent) if (parent := desk.shelf.parent(one)) else "",
            f"{one.section} {one.row['heading']}".strip(),
            (_opening(one),),
        )
        for one in without
    ]
    if not items:
        return None
    draft = Draft("list", 0.95, section=without[0])
    draft.say("negated.tasks", count=counted(len(items)))
    show(desk, draft, items)
    return draft


def _assigned(desk: Desk, one: Shelved | None) -> bool:
    while one is not None and one.section:
        if desk.shelf.units(one):
            return True
        one = desk.shelf.parent(one)
    return False


def _opening(one: Shelved) -> Citation:
    start, end = one.row["start"], one.row["body"]
    if end - start < 2:
        start, end = one.sentences[0].clauses[0]
    return citation(one, start, min(end, start + MOST))
