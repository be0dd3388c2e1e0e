"""What is told agrees with what is asked: one name for one indicator, the years asked for, and sets of such questions."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation import judged, read
from knowledge.answer import AnswerDesk, Reply
from knowledge.answering.telling import meets
from knowledge.building import build
from knowledge.naming import core
from tests.faithfulness import faults
from tests.test_faithfulness import DESK, MANY, MISTYPED, TODAY

CASES = Path(__file__).parent / "cases"
OTHERS = ("measures", "private_economy", "award_rules", "upgrade_rules")
ONE_NAME = ("target.one", "target.series")
"""Lines that tell figures under one name."""
NOUNS = [
    "高企",
    "科小",
    "上市企业",
    "后备企业",
    "发明专利",
    "企业",
    "人才",
    "创新载体",
    "技术合同登记额",
    "院士工作站",
    "产业园",
]
YEARS = ["", "2025年", "2030年", "2035年", "2028年", "2025年和2030年"]
ASKED = ["目标", "多少", "目标是多少", "要达到多少家", "有几个"]


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> AnswerDesk:
    folder = tmp_path_factory.mktemp("agreement")
    sources = [folder / f"{name}.txt" for name in OTHERS]
    for source in sources:
        shutil.copy(CASES / "documents" / source.stem / "source.txt", source)
    build(sources, folder / "others.db")
    return AnswerDesk(folder / "others.db")


def named_apart(reply: Reply) -> None:
    """Of the lines that tell figures under one name, there is one for each indicator told."""
    told = [one for line in reply.answer.lines for one in (line, *line.more)]
    if told[0].key in ONE_NAME:
        names = {core(DESK.shelf.name(figure)) for figure in reply.answer.figures}
        listed = any(one.key == "list.items" for one in told)
        room = sum((one.key in ONE_NAME) + 2 * (one.key == "compare") for one in told)
        assert listed or len(names) <= room, reply.answer.question


def of_the_years_asked(reply: Reply, question: str) -> None:
    """A figure that is told is of a year asked for, or what is missing is said."""
    asked = DESK.reader.understand(question, TODAY)
    answer = reply.answer
    if not asked.years or asked.open_end or answer.status != "answered" or answer.lines[0].key not in ONE_NAME:
        return
    for figure in answer.figures:
        met = figure.year is None or any(meets(figure, years) for years in asked.years)
        assert met or answer.missing, f"{question}: {figure}"


@MANY
@given(MISTYPED)
def test_one_name_never_tells_the_figures_of_two_indicators(question: str) -> None:
    named_apart(DESK.ask(question, TODAY))


@MANY
@given(st.sampled_from(YEARS), st.sampled_from(NOUNS), st.sampled_from(NOUNS), st.sampled_from(ASKED))
def test_what_is_told_of_things_and_years_is_of_those_years(year: str, one: str, other: str, asked: str) -> None:
    for question in (f"{year}{one}{asked}", f"{one}{year}{asked}", f"{one}和{other}{year}{asked}"):
        reply = DESK.ask(question, TODAY)
        assert faults(reply, DESK.database) == [], question
        named_apart(reply)
        of_the_years_asked(reply, question)


@pytest.mark.parametrize("name", ["facts_asked", "facts_asked_fresh"])
def test_questions_for_exact_facts_are_answered_as_expected(name: str) -> None:
    _passes(DESK, name, TODAY)


@pytest.mark.parametrize("name", ["facts_asked_elsewhere", "facts_asked_elsewhere_fresh"])
def test_so_are_those_over_other_documents(others: AnswerDesk, name: str) -> None:
    _passes(others, name, TODAY)


def _passes(desk: AnswerDesk, name: str, today: date) -> None:
    questions = read(str(CASES / "questions" / f"{name}.jsonl"))
    failed = [f"{one.question.id}: {one.faults[0]}" for one in judged(questions, desk, today) if one.faults]
    assert len(failed) <= 0.07 * len(questions), "\n".join(failed)
