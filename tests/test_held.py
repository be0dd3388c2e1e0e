"""A table asked often is held whole: the same is found before and after, and a table too large is never held."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from knowledge.store import held
from knowledge.store.held import Held

ROWS = [("高企", "concept", "高新技术企业"), ("高企", "near", "科技企业"), ("科小", "concept", "科技型中小企业")]
FOUND = {"高企": [("concept", "高新技术企业"), ("near", "科技企业")], "科小": [("concept", "科技型中小企业")]}


class Table:
    """Rows with a count of how often they were asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def some(self, words: Collection[str]) -> list[tuple[str, str, str]]:
        self.asked += 1
        return [row for row in ROWS if row[0] in words]

    def whole(self, most: int) -> list[tuple[str, str, str]]:
        return ROWS[:most]


def test_the_same_is_found_before_and_after_a_table_is_held() -> None:
    table = Table()
    words = Held(table.some, table.whole)
    for _ in range(2 * held.OFTEN):
        assert words.get(["科小", "高企", "区科协"]) == FOUND
    assert table.asked == held.OFTEN - 1


def test_a_table_too_large_is_never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "LARGEST", 2)
    table = Table()
    words = Held(table.some, table.whole)
    for _ in range(2 * held.OFTEN):
        assert words.get(["科小", "高企"]) == FOUND
    assert table.asked == 2 * held.OFTEN
