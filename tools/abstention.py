"""How often questions are answered or asked back as the two thresholds of abstaining move: tables for docs/abstention.md.

One pass over the question sets: an answer's `--why` tells its confidence and the weight of its subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.evaluation import Question
    from knowledge.answer import AnswerDesk, Reply

SETS = Path(__file__).resolve().parent.parent / "tests" / "cases" / "questions"
STEPS = tuple(step / 20 for step in range(21))
SMALL = ("help", "smalltalk")


@dataclass(frozen=True)
class Sets:
    """What a threshold is seen by: questions that the documents answer, and such as they must not be answered from."""

    inside: str
    outside: str


FITTED, BESIDE = Sets("reworded", "neighbours"), Sets("plan", "near_misses")
VAGUE = "vague"


def tables(desk: AnswerDesk, today: date) -> str:
    """Both curves as tables, each with the threshold that is used and the one that fits best."""
    from knowledge.answering.thresholds import ANSWER, CLARIFY

    names = (FITTED.inside, FITTED.outside, BESIDE.inside, BESIDE.outside)
    told = {
        name: _told(desk, today, name, refused=name not in (FITTED.inside, BESIDE.inside)) for name in (*names, VAGUE)
    }
    sure = [[reply.why["confidence"] for reply in told[name]] for name in names]
    asked = [[reply.why["subject"] for reply in told[name]] for name in (VAGUE, FITTED.inside)]
    answered = [(step, *(_share(one >= step for one in column) for column in sure)) for step in STEPS]
    back = [(step, *(_share(one < step for one in column) for column in asked)) for step in STEPS]
    first = _table(
        ("answered from", "in scope", "near misses", "in scope, beside", "near misses, beside"), answered, ANSWER
    )
    second = _table(("asked back below", "without a subject", "in scope"), back, CLARIFY)
    return (
        f"{_sizes(names, told)}\n\n{first}\n\n{_best(answered, ANSWER)}\n\n"
        f"## Asking back\n\n{_sizes((VAGUE, FITTED.inside), told)}\n\n{second}\n\n{_best(back, CLARIFY)}"
    )


def _told(desk: AnswerDesk, today: date, name: str, *, refused: bool) -> list[Reply]:
    """The replies to the questions of a set that must be refused, or that must be answered; without small talk."""
    from bot.evaluation import read

    questions = read(str(SETS / f"{name}.jsonl"))
    wanted = ("not_found", "clarify") if refused else ("answered",)
    replies = [_asked(desk, today, one) for one in questions if one.expect.get("status", "answered") in wanted]
    return [reply for reply in replies if reply.answer.intent not in SMALL]


def _asked(desk: AnswerDesk, today: date, question: Question) -> Reply:
    memory = None
    for turn in question.turns[:-1]:
        memory = desk.ask(turn, today, memory).memory
    return desk.ask(question.turns[-1], today, memory)


def _share(held: Iterable[bool]) -> float:
    every = list(held)
    return sum(every) / len(every)


def _sizes(names: Sequence[str], told: Mapping[str, Sequence[Reply]]) -> str:
    return f"Questions: {', '.join(f'`{name}.jsonl` {len(told[name])}' for name in names)}."


def _table(head: Sequence[str], rows: Sequence[tuple[float, ...]], used: float) -> str:
    """The rows as Markdown, the threshold that is used in bold."""
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    for step, *shares in rows:
        told = f"**{step:.2f}**" if abs(step - used) < 1e-9 else f"{step:.2f}"
        lines.append(f"| {told} | {' | '.join(f'{100 * share:.1f}%' for share in shares)} |")
    return "\n".join(lines)


def _best(rows: Sequence[tuple[float, ...]], used: float) -> str:
    """The steps at which the two shares of the fitted sets lie furthest apart, beside the one used."""
    gaps = {row[0]: abs(row[1] - row[2]) for row in rows}
    best = [step for step, gap in gaps.items() if gap >= max(gaps.values()) - 1e-9]
    return f"Furthest apart on the fitted sets: {', '.join(f'{step:.2f}' for step in best)}. Used: {used:.2f}."
