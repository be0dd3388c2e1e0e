"""A database or lexicon that is replaced while a front runs is taken up whole, and a conversation goes on."""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from bot.conversation import Conversations
from bot.live import LOOKED_EVERY, LiveDesk
from knowledge.building import add, build
from tests.terminal import alone

TODAY = date(2026, 11, 24)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def built(folder: Path, firms: int, name: str = "青山区") -> Path:
    source = folder / "plan.jsonl"
    text = (
        f"一、发展目标\n到2030年，高新技术企业达到{firms}家。\n二、重点任务\n新建院士工作站2家。（责任单位：区科协）\n"
    )
    row = {"id": name, "title": f"{name}科技创新实施方案", "text": f"{name}科技创新实施方案\n{text}"}
    source.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    build([source], folder / "live.db", fresh=True)
    return folder / "live.db"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def test_a_replaced_database_answers_within_seconds_and_the_conversation_goes_on(tmp_path: Path) -> None:
    clock = Clock()
    talks = Conversations(LiveDesk(built(tmp_path, 30), clock))
    assert talks.ask("2030年高企多少家", TODAY, "a").answer.figures[0].value == 30
    built(tmp_path, 40, "白沙区")
    assert talks.ask("2030年高企多少家", TODAY, "b").answer.figures[0].value == 30
    clock.now += LOOKED_EVERY
    again = talks.ask("那2030年呢", TODAY, "a").answer
    assert (again.figures[0].value, again.figures[0].document) == (40, "白沙区")
    assert {one.document for one in again.citations} == {"白沙区"}


def test_a_new_database_that_cannot_be_read_is_told_and_the_old_one_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    path = built(tmp_path, 30)
    talks = Conversations(LiveDesk(path, clock))
    broken = tmp_path / "broken"
    broken.write_text("no database", encoding="utf-8")
    broken.replace(path)
    clock.now += LOOKED_EVERY
    with caplog.at_level(logging.ERROR):
        assert talks.ask("2030年高企多少家", TODAY).answer.figures[0].value == 30
        assert talks.ask("2030年高企多少家", TODAY).answer.figures[0].value == 30
    assert len(caplog.records) == 1
    path.unlink()
    built(tmp_path, 50)
    clock.now += LOOKED_EVERY
    assert talks.ask("2030年高企多少家", TODAY).answer.figures[0].value == 50


def test_a_new_database_that_opens_but_is_damaged_inside_is_told_and_the_old_one_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    path = built(tmp_path, 30)
    talks = Conversations(LiveDesk(path, clock))
    whole = path.read_bytes()
    half = len(whole) // 2 // 4096 * 4096
    damaged = tmp_path / "damaged"
    damaged.write_bytes(whole[:4096] + b"\xff" * half + whole[4096 + half :])
    damaged.replace(path)
    clock.now += LOOKED_EVERY
    with caplog.at_level(logging.ERROR):
        assert talks.ask("2030年高企多少家", TODAY).answer.figures[0].value == 30
    assert "damaged" in caplog.text


def test_ones_own_words_are_taken_up_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    words = tmp_path / "own.toml"
    words.write_text("", encoding="utf-8")
    monkeypatch.setenv("WENCE_LEXICON", str(words))
    talks = Conversations(LiveDesk(built(tmp_path, 30), clock))
    assert not talks.ask("2030年牛企多少家", TODAY).answer.figures
    words.write_text('[[concept]]\nname = "高企"\nsame = ["牛企"]\n', encoding="utf-8")
    clock.now += LOOKED_EVERY
    assert talks.ask("2030年牛企多少家", TODAY).answer.figures[0].value == 30


def test_asks_while_documents_are_added_each_answer_from_one_database_alone(tmp_path: Path) -> None:
    path = built(tmp_path, 30)
    desk = LiveDesk(path, Ticking())

    def asked(_: int) -> tuple[float | None, ...]:
        answer = desk.ask("2030年青山区高企多少家", TODAY).answer
        assert all(one.quote for one in answer.citations)
        return tuple(sorted({figure.value or 0 for figure in answer.figures if figure.document == "青山区"}))

    with ThreadPoolExecutor(4) as pool:
        asks = pool.map(asked, range(60))
        for firms in (31, 32, 33):
            source = tmp_path / "plan.jsonl"
            source.write_text(
                source.read_text(encoding="utf-8").replace(f"达到{firms - 1}家", f"达到{firms}家"), encoding="utf-8"
            )
            assert add([source], path).kinds == {"青山区": "version"}
        found = list(asks)
    assert set(found) <= {(30,), (31,), (32,), (33,)}
    assert asked(0) == (33,)


class Ticking:
    """A clock on which the files are looked at again with every question."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += LOOKED_EVERY
        return self.now
