"""What goes out of a draft: the answer, what the next turn may go on from, and what was weighed on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from knowledge.answering.drafts import Desk, Draft, line
from knowledge.answering.suggesting import suggestions
from knowledge.facts import Answer, Line
from knowledge.memory import Memory
from knowledge.parsing.quantities import Years
from knowledge.question import Question

MOST_EXPLAINED = 50
"""Of so many documents a conversation remembers that their overwritten names have been explained."""


def kept(
    memory: Memory | None, text: str, desk: Desk, draft: Draft, answer: Answer, explained: tuple[str, ...]
) -> Memory | None:
    """What the next turn may go on from: small talk leaves it as it was, asking back only adds its choices."""
    if draft.intent in ("smalltalk", "help"):
        return memory
    listed = tuple(draft.listed) or (answer.suggestions if answer.status != "answered" else ())
    if draft.intent == "clarify" and memory is not None:
        return replace(memory, listed=listed)
    return Memory(
        replace(desk.question, text=text, page=draft.page or 0),  # all wants, to be asked anew of another database
        draft.section.n if draft.section else None,
        draft.intent,
        listed,
        draft.page is not None,
        desk.last.n if desk.last else None,
        explained[-MOST_EXPLAINED:],
        desk.shelf.database.stamp,
        _asked_years(memory, desk.question),
        None if answer.status == "answered" else _last_answered(memory),
    )


def _last_answered(memory: Memory | None) -> Memory | None:
    """The last turn that was answered."""
    return memory.answered or replace(memory, answered=None) if memory else None


def _asked_years(memory: Memory | None, question: Question) -> tuple[Years, ...]:
    """The years asked for since the subject of a question was named."""
    if memory and {term.name for term in memory.question.terms} & {term.name for term in question.terms}:
        return (*memory.years, *(year for year in question.years if year not in memory.years))
    return question.years


def answered(desk: Desk, draft: Draft, question: Question, standing: list[Line], notes: list[Line]) -> Answer:
    """The answer that a draft is, `standing` after its first line, `notes` at its end."""
    mended = [line("mended", typed=typed, read=read) for typed, read in question.mended]
    lines = [*draft.lines[:1], *standing, *draft.lines[1:], *mended, *notes]
    refused = draft.status != "answered"
    return Answer(
        question=question.text,
        status=draft.status,
        intent=draft.intent,
        language=question.language,
        lines=tuple(lines),
        figures=() if refused else tuple(draft.figures),
        awards=() if refused else tuple(draft.awards),
        units=() if refused else tuple(dict.fromkeys(draft.units)),
        citations=tuple(draft.citations),
        conflicts=tuple(draft.conflicts),
        missing=tuple(dict.fromkeys(draft.missing)),
        suggestions=suggestions(desk, draft),
    )


def why(desk: Desk, draft: Draft, asked: Question) -> dict[str, Any]:
    """What was understood and weighed, for people who want to know why; `asked` has the years of all its wants."""
    question = desk.question
    told = dict.fromkeys(
        (*zip(question.years, question.years_said, strict=True), *zip(asked.years, asked.years_said, strict=True))
    )
    return {
        "read": question.folded,
        "words": list(question.words),
        "terms": [
            {"said": term.text, "as": term.name, "weight": round(weight, 3)}
            for term, weight in zip(desk.subject.terms, desk.subject.weights, strict=True)
        ],
        "units": [unit.text for unit in question.units],
        "years": [years.first for years, _ in told],
        "years_said": [words for _, words in told],
        "intents": question.intents,
        "chosen": draft.intent,
        "fit": round(draft.fit, 3),
        "subject": round(desk.kept.get("subject", 0.0), 3),
        "confidence": round(desk.kept.get("confidence", 0.0), 3),
        "candidates": [
            {
                "document": one.section.document.id,
                "section": one.section.section,
                "score": round(one.score, 3),
                "coverage": round(one.coverage, 3),
            }
            for one in desk.ranked[:8]
        ],
    }
