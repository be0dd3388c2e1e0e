"""Every example of every table of rules holds, and every row has at least one text that is not the plan's."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import knowledge.parsing
import knowledge.reading
from knowledge.rules import Rule


def tables() -> list[tuple[str, Rule]]:
    found = []
    for package in (knowledge.parsing, knowledge.reading):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            rows = getattr(importlib.import_module(module.name), "RULES", ())
            found += [(f"{module.name}:{row.name}", row) for row in rows]
    return found


@pytest.mark.parametrize(("place", "row"), tables(), ids=[place for place, _ in tables()])
def test_the_examples_of_a_rule_hold(place: str, row: Rule) -> None:
    assert row.faults() == []
    assert row.examples, place
