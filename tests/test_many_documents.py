"""Questions over documents of many governments: the one meant answers, others are named, amounts are compared by kind."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import render
from bot.evaluation import judged, read
from knowledge.answer import AnswerDesk, Memory
from tests import joint, mutations
from tests.faithfulness import faults

SETS = Path(__file__).parent / "cases" / "questions"
TODAY = date(2026, 11, 24)
DESK = joint.desk()
PLAN = AnswerDesk(Path(__file__).parent.parent / "data" / "policies.db")
CROSS = read(str(SETS / "cross.jsonl"))


def passed(name: str, desk: AnswerDesk) -> tuple[int, list[str]]:
    told = list(judged(read(str(SETS / name)), desk, TODAY))
    return sum(not one.faults for one in told), [f"{one.question.id}: {one.faults[0]}" for one in told if one.faults]


def test_questions_across_documents_are_answered_as_expected() -> None:
    right, wrong = passed("cross.jsonl", DESK)
    assert right >= 0.95 * len(CROSS), "\n".join(wrong)


@pytest.mark.parametrize("name", ["plan.jsonl", "reworded.jsonl"])
def test_the_plans_own_questions_score_among_many_documents_as_over_the_plan_alone(name: str) -> None:
    among, wrong = passed(name, DESK)
    alone, _ = passed(name, PLAN)
    assert among >= alone - 0.01 * len(read(str(SETS / name))), "\n".join(wrong)


def ask(question: str, document: str | None = None) -> list[str]:
    return render.text(DESK.ask(question, TODAY, document=document).answer).split("\n")


def test_a_document_that_is_given_alone_answers() -> None:
    assert ask("养老补贴多少", "beihe_pension")[0] == "每人每月260元：养老服务补贴"
    assert ask("养老补贴多少", "donghu_pension")[0].startswith("每人每月280元")
    told = DESK.ask("养老床位补贴多少", TODAY, document="donghu_pension").answer
    assert {one.document for one in told.citations} == {"donghu_pension"}


def test_the_first_line_says_whose_an_amount_is_where_the_question_names_nobody() -> None:
    assert ask("首次认定高企奖励多少")[0].endswith("（西湖区）")
    assert any(one.startswith("另有江澜市《江澜市科技创新激励办法》") for one in ask("首次认定高企奖励多少"))


def test_what_no_longer_holds_does_not_answer_before_what_does() -> None:
    highest = ask("哪个区的养老服务补贴高")
    assert not highest[0].startswith("南岭区")
    assert any("失效" in one for one in highest)


def test_pages_of_a_ranking_go_on_downwards_and_end() -> None:
    reply = DESK.ask("哪个奖励最高", TODAY)
    seen: list[tuple[float, str]] = []
    for _ in range(60):
        seen += [(one.amount or 0.0, one.text) for one in reply.answer.awards]
        reply = DESK.ask("还有吗", TODAY, reply.memory)
        assert faults(reply, DESK.database) == []
        if not reply.answer.awards:
            break
    assert len(seen) > 20
    assert render.text(reply.answer).startswith("没有了")


QUESTIONS = tuple(turn for one in CROSS for turn in one.turns) + tuple(
    turn
    for name in ("plan", "near_misses", "other_documents")
    for one in read(str(SETS / f"{name}.jsonl"))
    for turn in one.turns
)
MANY = settings(
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "300")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
MISTYPED = mutations.mutated(QUESTIONS, DESK.database)


def holds(question: str, memory: Memory | None = None) -> Memory | None:
    reply = DESK.ask(question, TODAY, memory)
    assert faults(reply, DESK.database) == [], f"{question}\n{render.text(reply.answer)}"
    return reply.memory


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_of_the_sets_has_a_faithful_answer_among_many_documents(question: str) -> None:
    holds(question)


@MANY
@given(MISTYPED)
def test_a_mistyped_question_has_a_faithful_answer_among_many_documents(question: str) -> None:
    holds(question)


@MANY
@given(st.lists(MISTYPED, min_size=2, max_size=3), st.sampled_from(["", "那", "换成"]))
def test_so_has_each_turn_of_a_conversation_over_them(turns: list[str], opening: str) -> None:
    memory = None
    for turn in turns:
        memory = holds(turn if memory is None else opening + turn, memory)
