"""Amounts of money compare in yuan, whatever unit they are written with; what is no plain amount of money does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.money import yuan, yuan_each


@pytest.mark.parametrize(
    ("value", "unit", "want"),
    [
        (800, "元", 800),
        (2, "千元", 2_000),
        (50, "万元", 500_000),
        (0.5, "亿元", 50_000_000),
        (3, "亿元人民币", 300_000_000),
        (1200, "万", 12_000_000),
        (30, "元/人·天", None),
        (15, "%", None),
        (15, "个百分点", None),
        (100, "万美元", None),
        (20, "家", None),
        (5, "万人", None),
        (5, "", None),
        (5, None, None),
    ],
)
def test_an_amount_is_in_yuan_and_nothing_else_is(value: float, unit: str | None, want: float | None) -> None:
    assert yuan(value, unit) == want


def test_an_amount_for_each_of_something_keeps_what_it_is_for() -> None:
    assert yuan_each(30, "元/人·天") == (30, "人·天")
    assert yuan_each(1.2, "万元/张") == (12_000, "张")
    assert yuan_each(0.62, "万美元/家") is None
    assert yuan_each(12, "公里/小时") is None
    assert yuan_each(30, "元") is None


@given(st.integers(1, 10**9))
def test_ten_thousand_yuan_are_one_of_the_greater_unit(value: int) -> None:
    assert yuan(value, "万元") == yuan(value * 10_000, "元")
    assert yuan(value, "亿元") == yuan(value * 10_000, "万元")
