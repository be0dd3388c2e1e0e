"""Questions in words that nothing was fitted on: over the plan, and over a library of ten documents of several places."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation import judged, read
from knowledge.answer import AnswerDesk
from knowledge.building import build

CASES = Path(__file__).parent / "cases"
DATA = CASES.parent.parent / "data"
TODAY = date(2026, 11, 24)
LEAST = {"fresh_plan": 0.95, "fresh_library": 0.84, "blind_plan": 0.85, "blind_library": 0.84}
"""The share of each set that must hold; the blind ones are never fitted on, only measured."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> AnswerDesk:
    folder = tmp_path_factory.mktemp("library")
    sources = [*sorted((CASES / "library").iterdir()), *sorted((DATA / "sources").glob("*.txt"))]
    for name in ("award_rules", "measures", "private_economy", "upgrade_rules"):
        sources.append(folder / f"{name}.txt")
        shutil.copy(CASES / "documents" / name / "source.txt", sources[-1])
    build(sources, folder / "library.db")
    return AnswerDesk(folder / "library.db")


@pytest.fixture(scope="module")
def plan() -> AnswerDesk:
    return AnswerDesk(DATA / "policies.db")


@pytest.mark.parametrize("name", LEAST)
def test_freshly_worded_questions_are_understood(plan: AnswerDesk, library: AnswerDesk, name: str) -> None:
    questions = read(str(CASES / "questions" / f"{name}.jsonl"))
    desk = library if name.endswith("library") else plan
    failed = [f"{one.question.id}: {one.faults[0]}" for one in judged(questions, desk, TODAY) if one.faults]
    assert len(failed) <= (1 - LEAST[name]) * len(questions), "\n".join(failed)


@pytest.mark.parametrize(
    "asked",
    [
        "云海市高企奖多少",
        "隔壁区高企奖多少",
        "省里给高企奖多少",
        "全市2025年高企多少家",
        "国家给高企多少钱",
        "reward for high-tech enterprises in Shenzhen",
        "high-tech enterprise reward in Donghu district",
    ],
)
def test_another_place_is_never_answered_with_the_documents_own(plan: AnswerDesk, asked: str) -> None:
    answer = plan.ask(asked, TODAY).answer
    assert (answer.status, answer.figures, answer.awards) == ("not_found", (), ())


@pytest.mark.parametrize(
    "asked",
    [
        "区里高企奖多少",
        "南昌市西湖区高企奖多少",
        "江西省南昌市西湖区高企奖多少",
        "in Xihu district, high-tech enterprise reward",
    ],
)
def test_the_own_place_is_answered_however_it_is_named(plan: AnswerDesk, asked: str) -> None:
    answer = plan.ask(asked, TODAY).answer
    assert (answer.status, answer.awards[0].amount) == ("answered", 10)


def test_a_citys_document_answers_for_the_whole_city(library: AnswerDesk) -> None:
    answer = library.ask("江澜市全市2027年高新技术企业多少家", TODAY).answer
    assert (answer.citations[0].document, answer.figures[0].value) == ("award_rules", 180)


def test_what_failed_or_was_small_talk_leaves_the_conversation_where_it_was(plan: AnswerDesk) -> None:
    memory = plan.ask("高企奖多少", TODAY).memory
    for turn in ("今天天气怎么样", "谢谢", "2029年的数有吗"):
        memory = plan.ask(turn, TODAY, memory).memory
    assert plan.ask("谁来兑现", TODAY, memory).answer.units == ("区发改委", "各街道")


@pytest.mark.parametrize(
    "typed",
    ["赣籍人才要储备多少", "国家给高企多少钱", "西湖电信在方案里要出什么力", "科技奖补申报要交哪几样材料"],
)
def test_what_is_meant_as_it_is_typed_is_not_mended(plan: AnswerDesk, typed: str) -> None:
    assert plan.reader.understand(typed, TODAY).mended == ()


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("高企的租房补贴有多少", "高企的租房补贴"),
        ("发明专利拥有量由谁负责", "发明专利拥有量的责任单位"),
        ("2025年食品企业要有多少家", "食品企业"),
    ],
)
def test_what_is_missing_is_the_subject_as_understood(plan: AnswerDesk, asked: str, missing: str) -> None:
    assert plan.ask(asked, TODAY).answer.missing == (missing,)
