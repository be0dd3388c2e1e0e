"""Every row of the reading tables finds in its examples what they say, and nothing where they say nothing."""

import pytest

from knowledge.dates import iso
from knowledge.reading import documents, furniture, layout, metadata, organs, titles
from knowledge.reading.labels import LABELS, Label, labelled
from knowledge.reading.lines import lines
from knowledge.rules import Rule

RULES = [
    *organs.RULES,
    *(row for table in furniture.TABLES for row in table),
    *layout.BODY,
    *titles.RULES,
    *metadata.RULES,
    documents.DAY,
]
LABELLED = [(row, text, expected) for row in LABELS for text, expected in row.examples]


@pytest.mark.parametrize("row", RULES, ids=lambda row: row.name)
def test_a_row_holds_for_its_examples(row: Rule) -> None:
    assert row.examples
    assert row.faults() == []


@pytest.mark.parametrize(("row", "text", "expected"), LABELLED, ids=lambda each: each if isinstance(each, str) else "")
def test_a_label_gives_the_value_of_its_example(row: Label, text: str, expected: str) -> None:
    found = [label for label in labelled(next(lines(text))) if label.row is row and label.value]
    best = min(found, key=lambda label: label.rank, default=None)
    assert (best.value.text if best and best.value else "") == expected


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
