"""Every example of every row holds, and every row has a positive example that is not the plan's text."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import knowledge
from knowledge.reading.labels import Label, labelled
from knowledge.reading.lines import lines
from knowledge.rules import Rule
from knowledge.text import bare

PLAN = next((Path(__file__).parent.parent / "data" / "sources").glob("*.txt"))


def within(value: object) -> Iterator[Rule | Label]:
    """The rows that a module's name holds, in tables of tables too."""
    if isinstance(value, (Rule, Label)):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from within(one)


def rows() -> list[tuple[str, Rule | Label]]:
    """Every row of every module of `knowledge`, once, with module and name."""
    found: dict[int, tuple[str, Rule | Label]] = {}
    for module in pkgutil.walk_packages(knowledge.__path__, "knowledge."):
        for value in vars(importlib.import_module(module.name)).values():
            for row in within(value):
                name = row.name if isinstance(row, Rule) else f"{row.field} {row.words[0]}"
                found.setdefault(id(row), (f"{module.name}:{name}", row))
    return list(found.values())


ROWS = rows()


def squeezed(text: str) -> str:
    return "".join(bare(text).split())


@pytest.fixture(scope="module")
def plan() -> str:
    return squeezed(PLAN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", [row for _, row in ROWS if isinstance(row, Rule)], ids=lambda row: row.name)
def test_the_examples_of_a_rule_hold(row: Rule) -> None:
    assert row.faults() == []


@pytest.mark.parametrize("row", [row for _, row in ROWS if isinstance(row, Label)], ids=lambda row: row.words[0])
def test_a_label_gives_the_values_of_its_examples(row: Label) -> None:
    for text, expected in row.examples:
        found = [label for label in labelled(next(lines(text))) if label.row is row and label.value]
        best = min(found, key=lambda label: label.rank, default=None)
        assert (best.value.text if best and best.value else "") == expected


@pytest.mark.parametrize(("place", "row"), ROWS, ids=[place for place, _ in ROWS])
def test_no_rule_has_only_the_plan_s_text_as_its_example(place: str, row: Rule | Label, plan: str) -> None:
    if isinstance(row, Label) and not row.field:
        return  # such labels give no value: they only end the value before them
    assert [text for text, want in row.examples if want and squeezed(text) not in plan], place
