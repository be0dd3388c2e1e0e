"""However a question is mistyped, its answer keeps the limits, quotes word for word and says no number of its own."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import render
from bot.evaluation import read
from knowledge.answer import AnswerDesk, Memory
from knowledge.facts import Line
from tests import mutations
from tests.faithfulness import faults

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
DESK = AnswerDesk(HERE.parent / "data" / "policies.db")
SETS = HERE / "cases" / "questions"
QUESTIONS = tuple(
    [turn for name in ("plan", "near_misses") for one in read(str(SETS / f"{name}.jsonl")) for turn in one.turns]
    + (SETS / "enterprise.txt").read_text(encoding="utf-8").split("\n")
)
MANY = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "400")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def holds(question: str, memory: Memory | None = None) -> Memory | None:
    reply = DESK.ask(question, TODAY, memory)
    assert faults(reply, DESK.database) == [], f"{question}\n{render.text(reply.answer)}"
    return reply.memory


MISTYPED = mutations.mutated(QUESTIONS, DESK.database)


@MANY
@given(MISTYPED)
def test_a_mistyped_question_has_a_faithful_answer(question: str) -> None:
    holds(question)


@MANY
@given(st.lists(MISTYPED, min_size=2, max_size=3), st.sampled_from(["", "那", "换成"]))
def test_so_has_each_turn_of_a_conversation_of_them(turns: list[str], opening: str) -> None:
    memory = None
    for turn in turns:
        memory = holds(turn if memory is None else opening + turn, memory)


TURNS = ["还有吗", "下一页", "上一页", "第三页", "那2030年呢", "去年呢", "第二个", "谁负责"]
LISTS = [
    "2025年有哪些目标",
    "有哪些行动计划",
    "区发改委负责什么",
    "各街道2030年要完成什么",
    "哪些任务由两个以上单位负责",
]


@MANY
@given(st.one_of(MISTYPED, mutations.mutated(LISTS, DESK.database)), st.lists(st.sampled_from(TURNS), max_size=4))
def test_so_has_each_page_of_what_is_asked(question: str, turns: list[str]) -> None:
    memory = holds(question)
    for turn in turns:
        memory = holds(turn, memory)


# ------------------------------------------------- the check itself can fail

TAMPERED = [
    ("2030年高企要到多少家", "120家", "121家"),
    ("高企认定有什么补贴", "10万元", "50万元"),
    ("2025年R&D经费支出要超过多少", "10亿元", "0.5亿元"),
    ("高企2035年比2025年多几家", "110 = 20", "110 = 25"),
    ("高企2035年比2025年多几家", "130 - 110 = 20", "140 - 120 = 20"),
]


@pytest.mark.parametrize(("question", "said", "other"), TAMPERED)
def test_a_number_that_no_quote_has_is_seen(question: str, said: str, other: str) -> None:
    reply = DESK.ask(question, TODAY)
    text = render.text(reply.answer)
    assert said in text
    lines = tuple(
        Line(one.key, tuple((key, value.replace(said, other)) for key, value in one.values))
        for one in reply.answer.lines
    )
    tampered = replace(reply, answer=replace(reply.answer, lines=lines))
    if render.text(tampered.answer) == text:  # the number is put together by the wording
        (line,) = (one for one in reply.answer.lines if one.key == "compare")
        told = Line("quote.lead", (("quote", f"相差（计算）：{other if '-' in other else f'130 - {other}'}"),))
        tampered = replace(reply, answer=replace(reply.answer, lines=(told, line)))
    assert [fault for fault in faults(tampered, DESK.database) if fault.startswith("unfounded")]


def test_a_quote_that_is_not_the_texts_own_is_seen() -> None:
    reply = DESK.ask("高企认定有什么补贴", TODAY)
    first, *rest = reply.answer.citations
    moved = replace(reply.answer, citations=(replace(first, start=first.start + 1, end=first.end + 1), *rest))
    assert faults(replace(reply, answer=moved), DESK.database)


def test_every_kind_of_mistake_changes_the_question() -> None:
    question = "2030年国家高新技术企业R&D经费要超过10亿元吗"
    for kind in (*mutations.KINDS, *mutations.mixed(DESK.database)):
        assert any(kind(question, Random(seed)) != question for seed in range(5)), kind
        assert isinstance(kind("", Random(0)), str)
