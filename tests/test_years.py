"""Years as people ask for them: over or to come, relative, all or two of them, and those without a figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import render
from knowledge.answer import AnswerDesk
from knowledge.facts import Answer
from tests.faithfulness import faults

TODAY = date(2026, 11, 24)
DESK = AnswerDesk(Path(__file__).parent.parent / "data" / "policies.db")


def ask(question: str, today: date = TODAY) -> Answer:
    reply = DESK.ask(question, today)
    assert faults(reply, DESK.database) == []
    return reply.answer


def lines(question: str, today: date = TODAY) -> list[str]:
    return render.text(ask(question, today)).split("\n")


@pytest.mark.parametrize(
    ("question", "today", "over"),
    [
        ("2025年高企要多少家", TODAY, True),
        ("2025年高企要多少家", date(2025, 12, 31), False),
        ("2030年高企要多少家", TODAY, False),
        ("2030年高企要多少家", date(2031, 1, 1), True),
        ("2030年在库省级以上创新载体要几家", date(2034, 1, 1), False),
        ("2030年在库省级以上创新载体要几家", date(2036, 1, 1), True),
        ("每年新增上云企业多少家", date(2040, 1, 1), False),
    ],
)
def test_a_target_whose_last_year_is_over_is_said_to_be_over_in_one_line(
    question: str, today: date, over: bool
) -> None:
    said = [line for line in lines(question, today) if line.endswith("已过。")]
    assert len(said) == over


@pytest.mark.parametrize(
    ("question", "today", "value"),
    [
        ("去年高企要多少家", date(2026, 5, 1), 110),
        ("今年高企要多少家", date(2030, 5, 1), 120),
        ("明年高企要多少家", date(2034, 5, 1), 130),
        ("后年高企要多少家", date(2028, 5, 1), 120),
    ],
)
def test_relative_years_count_from_the_day_of_asking(question: str, today: date, value: int) -> None:
    assert ask(question, today).figures[0].value == value


def test_a_year_inside_a_range_of_additions_is_told_what_is_added_in_it() -> None:
    answer = ask("明年高企要多少家")
    assert answer.figures[0].value == 2
    assert render.text(answer).split("\n")[0] == "2026-2035年国家高新技术企业：每年增加不低于2家"


def test_a_year_without_a_figure_is_told_the_years_that_have_one() -> None:
    answer = ask("明年发明专利要多少件")
    assert (answer.status, answer.figures, answer.missing) == ("not_found", (), ("明年",))
    told = render.text(answer).split("\n")
    assert told[0] == "文件没有写明年发明专利拥有量的目标。"
    assert told[1].endswith("2025年600件；2030年650件；2035年700件")


def test_all_years_are_a_series_and_two_a_comparison_with_the_difference_computed() -> None:
    assert lines("发明专利各年目标")[0] == "发明专利拥有量：2025年600件；2030年650件；2035年700件"
    pair = "2025年国家高新技术企业110家，2035年130家"
    assert lines("高企2025年和2035年差多少")[:2] == ["相差（计算）：130 - 110 = 20家", pair]
    assert lines("高企2025年和2035年哪个多")[:2] == [pair, "相差（计算）：130 - 110 = 20家"]


def test_short_digits_of_an_earlier_turn_are_told_in_full() -> None:
    memory = DESK.ask("“小巨人”到75年底要引进几家", TODAY).memory
    reply = DESK.ask("那“瞪羚”企业呢", TODAY, memory)
    assert faults(reply, DESK.database) == []
    assert render.text(reply.answer).startswith("文件没有写2075年引进“瞪羚”企业的目标。")


@pytest.mark.parametrize("question", ["高企 2025 2030 各多少家", "gaoqi 2025 2030"])
def test_years_that_only_white_space_parts_are_two(question: str) -> None:
    assert {one.year for one in ask(question).figures} == {2025, 2030}


def test_the_years_of_every_want_are_told_to_those_who_ask_why() -> None:
    reply = DESK.ask("服务业发展局一共挂了几项活，都是啥到22年底，区认定的国家高新技术企业要凑够多少户？", TODAY)
    assert (reply.why["years"], reply.why["years_said"]) == ([2022], ["22年"])
    assert faults(reply, DESK.database) == []
