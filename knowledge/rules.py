"""A rule of the genre as a row: a name, a pattern, what it means, and real text that it must and must not match.

The tables of rules stand in the readers and parsers; `tests/test_rules.py` runs every example of every table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One row. `examples` are (text, what the pattern must find in it), with "" where it must find nothing."""

    name: str
    pattern: re.Pattern[str]
    meaning: str
    examples: tuple[tuple[str, str], ...]

    def faults(self) -> list[str]:
        """What the examples show to be wrong with the row; empty when it holds."""
        found = ((text, want, self.pattern.search(text)) for text, want in self.examples)
        return [
            f"{self.name}: {text!r} gives {got.group() if got else ''!r}, want {want!r}"
            for text, want, got in found
            if (got.group() if got else "") != want
        ]


def rule(name: str, pattern: str, meaning: str, *examples: tuple[str, str]) -> Rule:
    r"""A row from a pattern in verbose mode (write white space as `\s`); patterns match the compact view of a text."""
    return Rule(name, re.compile(pattern, re.VERBOSE), meaning, examples)


def first(rules: Iterable[Rule], text: str) -> tuple[Rule, re.Match[str]] | None:
    """The first row of a table, in its order, that matches at the start of `text`."""
    for row in rules:
        if found := row.pattern.match(text):
            return row, found
    return None
