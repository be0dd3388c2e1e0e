"""After every answer there is somewhere to go: what is suggested is answered as it stands, and no refusal stands alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache

import pytest

from bot import render
from bot.evaluation import read
from knowledge.answer import AnswerDesk, Reply
from knowledge.answering.refusing import STEPS
from knowledge.building import build
from tests.test_answers import SETS, TODAY, desk

REFUSALS = {*STEPS, "target.other_years", "document.no_field", "duties.heads"}
NAMES = ("plan", "reworded", "near_misses", "neighbours", "wants", "claims", "vague")


def replies(on: AnswerDesk, names: tuple[str, ...]) -> Iterator[Reply]:
    """Every turn of the sets, answered in its conversation."""
    for name in names:
        for question in read(str(SETS / f"{name}.jsonl")):
            memory = None
            for turn in question.turns:
                reply = on.ask(turn, TODAY, memory)
                memory = reply.memory
                yield reply


@cache
def all_replies() -> tuple[Reply, ...]:
    asked = (SETS / "enterprise.txt").read_text(encoding="utf-8").splitlines()
    return (*replies(desk(), NAMES), *(desk().ask(one, TODAY) for one in asked))


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerDesk]:
    folder = tmp_path_factory.mktemp("others")
    sources = [folder / f"{name}.txt" for name in ("award_rules", "measures")]
    for source in sources:
        shutil.copy(SETS.parent / "documents" / source.stem / "source.txt", source)
    build(sources, folder / "others.db")
    found = AnswerDesk(folder / "others.db")
    yield found
    found.close()


def unanswered(on: AnswerDesk, told: tuple[Reply, ...]) -> list[str]:
    suggested = dict.fromkeys(one for reply in told for one in reply.answer.suggestions)
    return [one for one in suggested if on.ask(one, TODAY).answer.status != "answered"]


def test_every_suggestion_is_answered_as_it_stands() -> None:
    assert unanswered(desk(), all_replies()) == []


def test_two_or_three_are_suggested_after_every_answer_and_up_to_four_to_choose_from() -> None:
    for reply in all_replies():
        most = 4 if reply.answer.status == "clarify" else 3
        assert 2 <= len(reply.answer.suggestions) <= most, reply.answer.question
        assert reply.answer.question not in reply.answer.suggestions


def alone(told: tuple[Reply, ...]) -> list[str]:
    """The refusals that tell no next step."""
    refused = [reply.answer for reply in told if reply.answer.status == "not_found"]
    assert refused
    return [one.question for one in refused if not REFUSALS & {line.key for line in one.lines}]


def test_no_refusal_is_without_a_next_step() -> None:
    assert alone(all_replies()) == []


def first(question: str) -> list[str]:
    return render.text(desk().ask(question, TODAY).answer).split("\n")


def test_a_refusal_names_the_document_that_would_hold_it_and_whether_it_is_here() -> None:
    told = "\n".join(first("专精特新企业认定奖励多少"))
    assert "《Bat365支持专精特新中小企业高质量发展若干措施(试行)》" in told
    assert "库里没有这份文件" in told
    assert "本文件只提到它，没有写金额；库里没有这份文件。" in first("企业自己掏钱搞研发，有没有后补助可以拿")


def test_a_refusal_names_the_unit_or_the_issuer_to_ask() -> None:
    assert "可以问责任单位：区人社局、区科协" in first("院士工作站建站补助多少万")
    assert "可以问发文机关：Bat365发展和改革委员会" in first("加计扣除怎么算")


def test_another_place_is_sent_to_its_own_documents() -> None:
    assert "东湖区的事要看当地自己的文件，库里没有。" in first("东湖区高企补贴多少")


def test_over_other_documents_too(others: AnswerDesk) -> None:
    told = tuple(replies(others, ("other_documents", "other_documents_neighbours")))
    assert alone(told) == []
    assert unanswered(others, told) == []
