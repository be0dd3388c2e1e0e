"""The outline of documents in the shapes that governments use: ids, headings, and warnings where something is wrong."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts import Document
from knowledge.parsing.outline import outline
from knowledge.parsing.parser import parse
from knowledge.reading import read

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "outlines.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_a_shape_gives_its_sections(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / f"case.{case.get('suffix', 'txt')}"
    path.write_text(case["text"], encoding="utf-8")
    sections, warnings = outline(read(path)[0])
    assert [[one.section, one.heading] for one in sections[1:]] == case["sections"]
    assert {one.code for one in warnings} >= set(case.get("warnings", []))


NUMERALS = [
    "一、",
    "二、",
    "(一)",
    "（二）",
    "1.",
    "2．",
    "第一条",
    "第 2 条",
    "①",
    "\n",
    "总则",
    "。",
    "给予10万元",
    "附件1",
    "：",
    "、",
    "2025年",
    "达到100家",
    "（责任单位：区科协）",
    "《",
    "“",
]


@given(st.lists(st.sampled_from(NUMERALS), max_size=30))
def test_any_mix_of_numerals_gives_sections_that_tile_the_text_and_spans_that_hold(pieces: list[str]) -> None:
    document = Document("x", "".join(pieces))
    whole = parse(document)
    sections = whole.sections
    assert sections[0].start == 0
    assert sections[-1].end == len(document.text)
    assert all(one.end == other.start for one, other in pairwise(sections))
    assert len({one.section for one in sections}) == len(sections)
    for fact in (*whole.figures, *whole.awards):
        assert document.text[fact.start : fact.end] == fact.text
