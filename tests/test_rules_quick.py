"""The quick pattern of a rule stands in every text in which the rule's own does: what is skipped could not have matched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from re import _constants as kinds
from re import _parser as reader
from typing import Any

import pytest

from knowledge.rules import Rule
from tests.test_rules import ROWS

QUICK = [(place, row) for place, row in ROWS if isinstance(row, Rule) and row.needs]
ANY = "\0"
"""Some text, of which nothing is known."""
MOST = 20_000
"""From this many texts on a pattern is looked at part by part."""


def texts(parsed: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """All that a parsed pattern can match, with `ANY` in place of what is no literal."""
    for parts in product(*(list(islice(_written(*one), MOST)) for one in parsed)):
        yield "".join(parts)


def _written(kind: Any, value: Any) -> Iterator[str]:
    if kind is kinds.LITERAL:
        yield chr(value)
    elif kind is kinds.IN and value[0][0] is not kinds.NEGATE:
        yield from _chars(value)
    elif kind is kinds.BRANCH:
        for one in value[1]:
            yield from texts(one)
    elif kind is kinds.SUBPATTERN:
        yield from texts(value[3])
    elif kind is kinds.ASSERT:
        yield from (f"{ANY}{one}{ANY}" for one in texts(value[1]))
    elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        yield from _repeated(*value)
    elif kind in (kinds.AT, kinds.ASSERT_NOT):
        yield ""
    else:
        yield ANY


def _repeated(least: int, most: Any, inner: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    found = list(islice(texts(inner), MOST))
    if most == 1:
        yield from (*found, *([""] if not least else ()))
    elif least:
        yield from (ANY.join(["", *[one] * least, ""]) if most != least else one * least for one in found)
    else:
        yield ANY


def _chars(ranges: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """The characters of a class; of a range the first and the last, which stand for it."""
    for kind, value in ranges:
        if kind is kinds.LITERAL:
            yield chr(value)
        elif kind is kinds.RANGE:
            yield from map(chr, value)
        else:
            yield ANY


def sure(parsed: Sequence[tuple[Any, Any]], needs: re.Pattern[str]) -> bool:
    """Whether all that a parsed pattern can match has what is needed: the whole, or some run of its parts by itself."""
    made = list(islice(texts(parsed), MOST))
    if len(made) < MOST:
        return all(map(needs.search, made))
    if len(parsed) == 1:
        return any(all(sure(one, needs) for one in ways) for ways in _ways(*parsed[0]))
    return any(
        sure(parsed[start : start + size], needs) for size in range(1, 7) for start in range(len(parsed) - size + 1)
    )


def _ways(kind: Any, value: Any) -> Iterator[list[Any]]:
    """The patterns of which one stands in the text, whatever a part matches."""
    if kind is kinds.BRANCH:
        yield list(value[1])
    elif kind is kinds.SUBPATTERN:
        yield [value[3]]
    elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[0]:
        yield [value[2]]


@pytest.mark.parametrize("row", [row for _, row in QUICK], ids=[place for place, _ in QUICK])
def test_the_quick_pattern_stands_wherever_the_rule_matches(row: Rule) -> None:
    assert row.needs
    assert sure(list(reader.parse(row.written, row.pattern.flags)), row.needs)


def test_a_quick_pattern_that_misses_a_way_to_match_is_found_out() -> None:
    assert not sure(list(reader.parse("(?:奖励|补贴)[0-9]+")), re.compile("奖励"))
