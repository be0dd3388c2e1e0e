"""What the desk answers over two other documents, an award rule and a county's measures, built into one database."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.evaluation import judged, read
from knowledge.answer import AnswerDesk
from knowledge.building import build

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> AnswerDesk:
    folder = tmp_path_factory.mktemp("others")
    sources = [folder / f"{name}.txt" for name in ("award_rules", "measures")]
    for source in sources:
        shutil.copy(CASES / "documents" / source.stem / "source.txt", source)
    build(sources, folder / "others.db")
    return AnswerDesk(folder / "others.db")


@pytest.mark.parametrize("name", ["other_documents.jsonl", "other_documents_neighbours.jsonl"])
def test_questions_about_other_documents_are_answered_as_expected(desk: AnswerDesk, name: str) -> None:
    questions = read(str(CASES / "questions" / name))
    failed = [f"{one.question.id}: {one.faults[0]}" for one in judged(questions, desk, TODAY) if one.faults]
    assert len(failed) <= 0.05 * len(questions), "\n".join(failed)


def test_units_asked_together_are_each_told_with_their_own_tasks() -> None:
    plan = AnswerDesk(CASES.parent.parent / "data" / "policies.db")
    answer = plan.ask("区商务局和区科协分别负责什么", TODAY).answer
    assert answer.units == ("区商务局", "区科协")
    assert {"二(二)3", "二(五)1", "二(一)3", "二(五)2"} <= {one.section for one in answer.citations}


def test_a_bare_ordinal_picks_what_was_listed_and_asks_back_where_nothing_was() -> None:
    plan = AnswerDesk(CASES.parent.parent / "data" / "policies.db")
    listed = plan.ask("2025年要多少家", TODAY)
    assert listed.answer.status == "clarify"
    picked = plan.ask("第二个", TODAY, listed.memory).answer
    assert (picked.question, picked.figures[0].value) == ("第二个", 220)
    assert plan.ask("第九个", TODAY, listed.memory).answer.status == "clarify"
    assert plan.ask("第二个", TODAY).answer.status == "clarify"
