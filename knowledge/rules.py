"""A rule of the genre as a row: a name, a pattern, what it means, and real text that it must and must not match.

The tables of rules stand in the readers and parsers; `tests/test_rules.py` runs every example of every table.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Rule:
    """One row. `examples` are (text, what the pattern must find in it), with "" where it must find nothing.

    `needs`: a quick pattern that stands in every text in which `pattern` does; a text without it is not gone through.
    """

    name: str
    written: str
    meaning: str
    examples: tuple[tuple[str, str], ...]
    needs: re.Pattern[str] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first wanted: one document needs few of all rules."""
        return re.compile(self.written, re.VERBOSE)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in `text[start:end]`."""
        return self.pattern.search(text, start, end) if self.needs is None or self.needs.search(text) else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches in `text[start:end]`."""
        return self.pattern.finditer(text, start, end) if self.needs is None or self.needs.search(text) else iter(())

    def faults(self) -> list[str]:
        """What the examples show to be wrong with the row; empty when it holds."""
        found = ((text, want, self.pattern.search(text)) for text, want in self.examples)
        return [
            f"{self.name}: {text!r} gives {got.group() if got else ''!r}, want {want!r}"
            for text, want, got in found
            if (got.group() if got else "") != want
        ]


def rule(name: str, pattern: str, meaning: str, *examples: tuple[str, str], needs: str = "") -> Rule:
    r"""A row from a pattern in verbose mode (write white space as `\s`); patterns match the compact view of a text."""
    return Rule(name, pattern, meaning, examples, re.compile(needs) if needs else None)


def first(rules: Iterable[Rule], text: str) -> tuple[Rule, re.Match[str]] | None:
    """The first row of a table, in its order, that matches at the start of `text`."""
    for row in rules:
        if found := row.pattern.match(text):
            return row, found
    return None
