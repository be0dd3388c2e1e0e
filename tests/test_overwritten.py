"""A place name that publishing overwrote is explained by one short note, once in a conversation; quotes stay as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import render
from knowledge.answer import AnswerDesk, Memory
from knowledge.facts import Answer
from tests.terminal import run

TODAY = date(2026, 11, 24)
DESK = AnswerDesk(Path(__file__).parent.parent / "data" / "policies.db")


def notes(answer: Answer) -> list[str]:
    return [line for line in render.text(answer).split("\n") if line.startswith("注：")]


def conversation(*turns: str) -> list[Answer]:
    memory: Memory | None = None
    answers = []
    for turn in turns:
        reply = DESK.ask(turn, TODAY, memory)
        memory = reply.memory
        answers.append(reply.answer)
    return answers


def test_an_answer_by_itself_explains_the_word_in_its_title() -> None:
    (answer,) = conversation("2030年高企要到多少家")
    assert notes(answer) == ["注：标题里的地名原为“西湖区”，发布时被覆盖。"]


def test_the_word_is_named_where_a_quote_has_it() -> None:
    (answer,) = conversation("谁发的这个方案")
    assert notes(answer) == ["注：“Bat365”原为“西湖区”，发布时被覆盖。"]
    assert all("西湖区" not in one.quote for one in answer.citations)


@pytest.mark.parametrize(
    "turns",
    [
        ("2030年高企要到多少家", "那2035年呢", "区科协负责什么", "你好", "方案哪天发的"),
        ("2025年要多少家", "第二个", "第一个", "还有吗"),
        ("2025年有哪些目标", "还有吗", "下一页", "谁发的这个方案"),
    ],
)
def test_it_is_explained_once_in_a_conversation(turns: tuple[str, ...]) -> None:
    assert sum(len(notes(answer)) for answer in conversation(*turns)) == 1


def test_what_shows_no_overwritten_word_explains_none() -> None:
    assert [notes(answer) for answer in conversation("你好", "2025年要多少家")] == [[], []]


def test_a_document_without_overwritten_words_has_no_note(tmp_path: Path) -> None:
    source, database = tmp_path / "measures.txt", tmp_path / "own.db"
    source.write_text("青山市若干措施\n一、目标\n(一)总量。2030年国家高新技术企业达到50家。\n", encoding="utf-8")
    assert run("--db", str(database), "build", str(source)).code == 0
    answer = AnswerDesk(database).ask("2030年高企要多少家", TODAY).answer
    assert "50家" in render.text(answer)
    assert notes(answer) == []


@pytest.mark.parametrize("place", ["全区", "我区", "本区", "辖区", "西湖区", "区里"])
def test_the_documents_own_place_is_no_subject(place: str) -> None:
    (here, plain) = (conversation(f"{said}2030年高企要到多少家")[0] for said in (place, ""))
    assert (here.figures, here.status) == (plain.figures, "answered")
