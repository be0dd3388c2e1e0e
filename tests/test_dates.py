"""A date is read as one of the calendar, or not at all."""

import pytest

from knowledge.dates import iso


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-10-12", "2024-10-12"),
        ("2024/1/2", "2024-01-02"),
        ("2024.1.2", "2024-01-02"),
        ("2024年 10月 12日", "2024-10-12"),
        ("二〇二四年十月十二日", "2024-10-12"),
        ("二○二三年十二月二十一日", "2023-12-21"),
        ("2024-02-30", None),
        ("2024年10月", None),
        ("1824-10-12", None),
    ],
)
def test_a_date_is_one_of_the_calendar(text: str, expected: str | None) -> None:
    assert iso(text) == expected
