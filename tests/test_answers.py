"""What the desk answers over the shipped plan: the project's own questions, and what holds for every answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import render
from bot.evaluation import Question, judged, read
from knowledge.answer import AnswerDesk, Memory, Reply
from tests.faithfulness import faults

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
SETS = HERE / "cases" / "questions"


@cache
def desk() -> AnswerDesk:
    return AnswerDesk(HERE.parent / "data" / "policies.db")


def replies(question: Question) -> Reply:
    memory: Memory | None = None
    reply = None
    for turn in question.turns:
        reply = desk().ask(turn, TODAY, memory)
        memory = reply.memory
    assert reply is not None
    return reply


def questions(name: str) -> list[Question]:
    return read(str(SETS / name))


def wrong(name: str) -> list[str]:
    return [f"{one.question.id}: {one.faults[0]}" for one in judged(questions(name), desk(), TODAY) if one.faults]


def test_the_projects_own_questions_are_answered_as_expected() -> None:
    failed = wrong("plan.jsonl")
    assert len(failed) <= 0.05 * len(questions("plan.jsonl")), "\n".join(failed)


def test_the_same_in_other_words_is_answered_as_expected() -> None:
    failed = wrong("reworded.jsonl")
    assert len(failed) <= 0.04 * len(questions("reworded.jsonl")), "\n".join(failed)


def test_each_want_of_a_question_is_answered_or_said_to_be_missing() -> None:
    assert wrong("wants.jsonl") == []
    for question in questions("wants.jsonl"):
        lines = render.text(replies(question).answer).split("\n")
        assert len(lines) <= 8, question.id
        assert len(lines[0]) <= 64, question.id


def test_a_conversation_goes_on_from_all_wants_over_another_database_too() -> None:
    memory = desk().ask("谁负责，院士工作站2030年要几个", TODAY).memory
    assert memory is not None
    moved = desk().ask("那2025年呢", TODAY, replace(memory, section=None, database="another")).answer
    assert (moved.figures[0].year, moved.figures[0].value) == (2025, 2)


def test_what_is_claimed_is_held_beside_the_words() -> None:
    assert wrong("claims.jsonl") == []


def test_what_names_no_subject_is_asked_back() -> None:
    assert wrong("vague.jsonl") == []


def test_near_misses_are_not_answered() -> None:
    failed = wrong("near_misses.jsonl")
    assert len(failed) <= 1, "\n".join(failed)


def test_what_stands_next_to_the_plans_words_is_not_answered() -> None:
    failed = wrong("neighbours.jsonl")
    assert len(failed) <= 0.05 * len(questions("neighbours.jsonl")), "\n".join(failed)


def test_the_first_questions_of_the_readme_are_answered_with_figure_place_and_units() -> None:
    answer = desk().ask("高企认定有什么补贴", TODAY).answer
    assert "不低于10万元" in render.text(answer).split("\n")[0]
    assert answer.citations[0].section == "二(四)2"
    assert answer.units == ("区发改委", "各街道")


@pytest.mark.parametrize(
    "name", ["plan.jsonl", "near_misses.jsonl", "reworded.jsonl", "neighbours.jsonl", "wants.jsonl", "claims.jsonl"]
)
def test_every_answer_quotes_verbatim_and_says_no_number_of_its_own(name: str) -> None:
    for question in questions(name):
        _holds(replies(question))


def _holds(reply: Reply) -> None:
    assert faults(reply, desk().database) == [], f"{reply.answer.question}\n{render.text(reply.answer)}"


def test_a_task_that_is_told_in_short_ends_between_clauses() -> None:
    lines = [
        one for one in render.text(desk().ask("区委人才办负责什么", TODAY).answer).split("\n") if one.endswith("…")
    ]
    assert lines
    assert all(one[-2] in ",;、，；。" for one in lines)


def test_goals_of_another_kind_are_not_told_under_one_indicator() -> None:
    memory = desk().ask("到2025年底，全区认定的国家高新技术企业要凑够多少户？", TODAY).memory
    first = render.text(desk().ask("025年“四新”企业占增", TODAY, memory).answer).split("\n")[0]
    assert "比重" in first
    assert "家" not in first


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60))
def test_any_text_has_an_ordinary_answer(text: str) -> None:
    _holds(desk().ask(text, TODAY))


WORDS = [
    "高企",
    "2025年",
    "2030",
    "补贴",
    "多少",
    "谁负责",
    "区科协",
    "研发投入",
    "院士工作站",
    "5G",
    "the",
    "和",
    "呢",
    "不低于",
    "10万",
    "数字经济",
    "?",
    "科小",
    "2027年",
    "怎么",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_any_mix_of_the_plans_words_has_a_faithful_answer(words: list[str]) -> None:
    _holds(desk().ask("".join(words), TODAY))


ODD = [
    "",
    " ",
    "😀😀😀",
    "。。。？！",
    "' OR 1=1; --",
    'NEAR("a" b*) AND x:y',
    "<script>alert(1)</script>",
    "高企" * 5000,
    "\x00\x01",
    "%s {0} {x}",
    "@wence_bot",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_questions_have_ordinary_answers(text: str) -> None:
    _holds(desk().ask(text, TODAY))


@pytest.mark.parametrize("act", ["\x1b[31m", "\x00", "\x9b", "\u202e", "\u2066"])
def test_what_acts_on_a_terminal_is_told_by_no_answer(act: str) -> None:
    told = "".join(
        render.text(desk().ask(question, TODAY).answer)
        for question in (f"高企认定{act}有什么补贴", f"独角兽{act}企业多少家", f"{act}\u0007介绍一下你自己")
    )
    assert act[0] not in told
