"""What one sentence of the genre says, read whole: `tests/cases/facts.jsonl`, a line each.

A line gives a `text` and, for every kind of fact it names (`figures`, `awards`, `units`, `schedules`, `sections`, `warnings`), all of
that kind in order, each with the fields that matter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.facts import Document, Parsed
from knowledge.parsing.parser import parse

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]


def found(whole: Parsed, kind: str) -> list[Any]:
    """All facts of a kind as plain values."""
    if kind == "units":
        return [[unit.name, unit.role] for section in whole.sections for unit in section.units]
    if kind == "sections":
        return [section.section for section in whole.sections[1:]]
    if kind == "warnings":
        return [one.code for one in whole.warnings if one.code != "no_headings"]
    return [vars(fact) for fact in getattr(whole, kind)]


def agrees(want: Any, got: Any) -> bool:
    return all(got[key] == value for key, value in want.items()) if isinstance(want, dict) else want == got


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_a_sentence_says_what_is_read_in_it_and_no_more(case: dict[str, Any]) -> None:
    whole = parse(Document("x", case["text"]))
    for kind in case.keys() - {"text"}:
        facts = found(whole, kind)
        assert len(facts) == len(case[kind]), facts
        for want, got in zip(case[kind], facts, strict=True):
            assert agrees(want, got), got
    for fact in (*whole.figures, *whole.awards):
        assert whole.document.text[fact.start : fact.end] == fact.text
