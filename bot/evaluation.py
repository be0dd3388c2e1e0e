"""Question sets: JSON Lines of questions with what must hold of their answers, and how many answers hold it.

A question is {"id", "kind", "q" or "turns" (the last is judged), "expect"}; `CHECKS` tells the keys of `expect`.
Answers are judged as they go out (`conversation.as_json`); nothing here knows how they are made.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.conversation import Conversations, as_json
from bot.lines import lines

if TYPE_CHECKING:
    from knowledge.answer import AnswerDesk

Told = Mapping[str, Any]
"""An answer as JSON has it, or one of its facts."""
LONGEST_TEXT, MOST_CITATIONS, LONGEST_QUOTE = 1200, 12, 200
"""What every answer must keep to; said here once more, so that whoever makes answers cannot move it unseen."""
UNCITED = frozenset(["help", "smalltalk"])
"""Kinds whose answers are about no document."""


class QuestionError(Exception):
    """A question set that cannot be used; `str(error)` names the file, the line and what is wrong."""


@dataclass(frozen=True)
class Question:
    """One question of a set: its turns, the last of which is judged, and what is expected of that answer."""

    id: str
    kind: str
    turns: tuple[str, ...]
    expect: Told


@dataclass(frozen=True)
class Judged:
    """A question with its answer, what of the expectation does not hold, and how the answer came about."""

    question: Question
    answer: Told
    faults: tuple[str, ...]
    why: Told


# ------------------------------------------------------------------- checks


def flat(text: object) -> str:
    """Text for comparison: NFKC, lower case, without white space and thousands commas."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).replace(",", "").lower()


def stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a flat text, a number not as the tail of a longer one."""
    wanted = flat(phrase)
    guard = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    return bool(re.search(guard + re.escape(wanted), text))


def _same(want: object, got: object) -> bool:
    if isinstance(want, str) and isinstance(got, str):
        return flat(want) == flat(got)
    if isinstance(want, int | float) and isinstance(got, int | float) and bool not in (type(want), type(got)):
        return abs(want - got) < 1e-9
    return want == got


def _matches(want: Told, fact: Told) -> bool:
    return all(_same(value, fact.get(key)) for key, value in want.items())


def _any_of(phrase: str | Sequence[str], text: str) -> bool:
    return any(stands(one, text) for one in ([phrase] if isinstance(phrase, str) else phrase))


def _cited(answer: Told) -> list[str]:
    return [one["section"] for one in answer["citations"]]


def _text(answer: Told) -> str:
    return flat(answer["text"])


def _missing(answer: Told) -> str:
    return flat("、".join(answer["missing"]))


def _units(answer: Told) -> set[str]:
    return set(map(flat, answer["units"]))


def _first(kind: str) -> Callable[[Any, Told], bool]:
    return lambda want, answer: bool(answer[kind]) and _matches(want, answer[kind][0])


def _all(kind: str) -> Callable[[Any, Told], bool]:
    return lambda want, answer: all(any(_matches(one, fact) for fact in answer[kind]) for one in want)


CHECKS: dict[str, Callable[[Any, Told], bool]] = {
    "status": lambda want, answer: answer["status"] in ([want] if isinstance(want, str) else want),
    "language": lambda want, answer: answer["language"] == want,
    "cite_first": lambda want, answer: bool(_cited(answer)) and _cited(answer)[0] in want,
    "cite_all": lambda want, answer: set(want) <= set(_cited(answer)),
    "cite_any": lambda want, answer: bool(set(want) & set(_cited(answer))),
    "text_all": lambda want, answer: all(_any_of(phrase, _text(answer)) for phrase in want),
    "text_none": lambda want, answer: not any(stands(phrase, _text(answer)) for phrase in want),
    "figure_first": _first("figures"),
    "figures_all": _all("figures"),
    "award_first": _first("awards"),
    "awards_all": _all("awards"),
    "units_all": lambda want, answer: set(map(flat, want)) <= _units(answer),
    "conflict": lambda want, answer: bool(answer["conflicts"]) == want,
    "missing_all": lambda want, answer: all(_any_of(phrase, _missing(answer)) for phrase in want),
    "document": lambda want, answer: bool(answer["citations"]) and answer["citations"][0]["document"] == want,
}
"""What a key of `expect` asks of an answer. `units_only` besides: true where `units_all` names all of the units."""
ONLY = "units_only"
SHOWN: dict[str, Callable[[Told], object]] = {
    "cite_first": lambda answer: _cited(answer)[:1],
    "cite_all": _cited,
    "cite_any": _cited,
    "text_all": lambda answer: answer["text"],
    "text_none": lambda answer: answer["text"],
    "figure_first": lambda answer: _brief(answer["figures"][:1]),
    "figures_all": lambda answer: _brief(answer["figures"]),
    "award_first": lambda answer: _brief(answer["awards"][:1]),
    "awards_all": lambda answer: _brief(answer["awards"]),
    "units_all": lambda answer: answer["units"],
    "conflict": lambda answer: len(answer["conflicts"]),
    "missing_all": lambda answer: answer["missing"],
    "document": lambda answer: [one["document"] for one in answer["citations"][:1]],
}
"""What an answer has where a key asks for something else; the field of that name where there is no row."""
BRIEF = ("year", "value", "amount", "unit", "comparator", "section")


def _brief(facts: Iterable[Told]) -> list[Told]:
    return [{name: fact[name] for name in BRIEF if name in fact} for fact in facts]


def faults(question: Question, answer: Told) -> list[str]:
    """What does not hold of an answer, as `key: want …, got …`; empty when it passes."""
    expect = question.expect
    wrong = [
        f"{key}: want {_plain(want)}, got {_plain(SHOWN.get(key, lambda told, key=key: told[key])(answer))}"
        for key, want in expect.items()
        if key != ONLY and not _holds(question, key, want, answer)
    ]
    if expect.get(ONLY) and (extra := _units(answer) - set(map(flat, expect.get("units_all", ())))):
        wrong.append(f"{ONLY}: got {_plain(sorted(extra))} besides")
    return [*_limits(question, answer), *wrong]


def _holds(question: Question, key: str, want: Any, answer: Told) -> bool:
    """Whether one expectation holds; QuestionError where its value is of no kind that the key takes."""
    try:
        return CHECKS[key](want, answer)
    except (TypeError, AttributeError, KeyError, ValueError):
        raise QuestionError(f"{question.id}: {key} in expect cannot be {_plain(want)}") from None


def _limits(question: Question, answer: Told) -> Iterator[str]:
    """What must hold of every answer and does not."""
    citations = answer["citations"]
    if len(answer["text"]) > LONGEST_TEXT:
        yield f"text: {len(answer['text'])} characters"
    if answer["status"] == "answered" and question.kind not in UNCITED and not citations:
        yield "citations: none"
    if len(citations) > MOST_CITATIONS:
        yield f"citations: {len(citations)}"
    if any(len(one["quote"]) > LONGEST_QUOTE for one in citations):
        yield f"citations: a quote of over {LONGEST_QUOTE} characters"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# --------------------------------------------------------------------- sets


def read(source: str) -> list[Question]:
    """The questions of a file, or of standard input (`-`); QuestionError for the first line that is none."""
    found = [_question(line, f"{source}:{place}") for place, line in enumerate(lines(source), 1) if line]
    if not found:
        raise QuestionError(f"{source}: holds no question")
    return found


def _question(line: str, place: str) -> Question:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not isinstance(row.get("expect"), dict):
        raise QuestionError(f'{place}: is no JSON object with "expect"')
    turns = row.get("turns") or [row.get("q")]
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise QuestionError(f'{place}: has neither "q" nor "turns" as text')
    if unknown := sorted(row["expect"].keys() - CHECKS.keys() - {ONLY}):
        raise QuestionError(f"{place}: unknown key {unknown[0]!r} in expect; there are: {' '.join([*CHECKS, ONLY])}")
    return Question(str(row.get("id", place)), str(row.get("kind", "")), tuple(turns), row["expect"])


def judged(questions: Iterable[Question], desk: AnswerDesk, today: date) -> Iterator[Judged]:
    """Each question asked, in a conversation of its own, and judged."""
    talks = Conversations(desk)
    for place, question in enumerate(questions):
        for turn in question.turns[:-1]:
            talks.ask(turn, today, str(place))
        reply = talks.ask(question.turns[-1], today, str(place))
        answer = as_json(reply.answer)
        yield Judged(question, answer, tuple(faults(question, answer)), reply.why)


OUTCOMES = ("answered", "answered in part", "asked back", "refused with a next step", "refused without one")
"""What comes of a question, best first."""


def outcome(answer: Told) -> str:
    """What came of a question, one of OUTCOMES; a next step is something near that is told, or a question that is answered."""
    if answer["status"] == "answered":
        return OUTCOMES[bool(answer["missing"])]
    if answer["status"] == "clarify":
        return OUTCOMES[2]
    return OUTCOMES[3 if answer["citations"] or answer["suggestions"] else 4]


def tally(all_judged: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    """For each kind, in order of name, how many passed and of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for one in all_judged:
        passed, asked = counts.get(one.question.kind, (0, 0))
        counts[one.question.kind] = (passed + (not one.faults), asked + 1)
    return dict(sorted(counts.items()))
