"""What a question of `tests/cases/questions/` expects of its answer, key by key (the keys are told in its README)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from bot import render
from knowledge.facts import Answer

Check = Callable[[Any, Answer, str], bool]


def flat(text: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).replace(",", "").lower()


def stands(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text, a number not as the tail of a longer one."""
    guard = r"(?<![\d.])" if flat(phrase)[:1].isdigit() else ""
    return bool(re.search(guard + re.escape(flat(phrase)), text))


def has(want: dict[str, Any], fact: object) -> bool:
    return all(_same(value, getattr(fact, key)) for key, value in want.items())


def _same(want: object, got: object) -> bool:
    return flat(want) == flat(got) if isinstance(want, str) and isinstance(got, str) else want == got


def _cited(answer: Answer) -> list[str]:
    return [one.section for one in answer.citations]


def _any_of(phrase: str | Iterable[str], text: str) -> bool:
    return any(stands(one, text) for one in ([phrase] if isinstance(phrase, str) else phrase))


CHECKS: dict[str, Check] = {
    "status": lambda want, answer, text: answer.status in ([want] if isinstance(want, str) else want),
    "language": lambda want, answer, text: answer.language == want,
    "cite_first": lambda want, answer, text: _cited(answer)[:1] != [] and _cited(answer)[0] in want,
    "cite_all": lambda want, answer, text: set(want) <= set(_cited(answer)),
    "cite_any": lambda want, answer, text: bool(set(want) & set(_cited(answer))),
    "text_all": lambda want, answer, text: all(_any_of(phrase, text) for phrase in want),
    "text_none": lambda want, answer, text: not any(stands(phrase, text) for phrase in want),
    "figure_first": lambda want, answer, text: bool(answer.figures) and has(want, answer.figures[0]),
    "figures_all": lambda want, answer, text: all(any(has(one, fact) for fact in answer.figures) for one in want),
    "award_first": lambda want, answer, text: bool(answer.awards) and has(want, answer.awards[0]),
    "awards_all": lambda want, answer, text: all(any(has(one, fact) for fact in answer.awards) for one in want),
    "units_all": lambda want, answer, text: set(map(flat, want)) <= set(map(flat, answer.units)),
    "conflict": lambda want, answer, text: bool(answer.conflicts) == want,
    "document": lambda want, answer, text: answer.citations[:1] != () and answer.citations[0].document == want,
}


def faults(question: dict[str, Any], answer: Answer) -> list[str]:
    """The keys of a question's expectation that do not hold, with what was wanted."""
    expect = question["expect"]
    text = flat(render.text(answer))
    wrong = [
        f"{key}: want {want}"
        for key, want in expect.items()
        if key != "units_only" and not CHECKS[key](want, answer, text)
    ]
    if expect.get("units_only") and set(map(flat, answer.units)) != set(map(flat, expect["units_all"])):
        wrong.append(f"units_only: {answer.units}")
    return wrong
