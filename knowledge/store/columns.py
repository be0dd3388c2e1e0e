"""Facts out of the columns of their rows."""

from __future__ import annotations

from typing import Any

from knowledge.facts import Award, Document


def number(value: float | None) -> float | None:
    """A stored number as it was written: whole numbers without a fraction."""
    return int(value) if value is not None and value == int(value) else value


def award(row: dict[str, Any], document: Document, section: str) -> Award:
    """An award; its fields are the table's columns."""
    own = {name: value for name, value in row.items() if name not in ("n", "section")}
    numbers = {name: number(row[name]) for name in ("amount", "amount_max", "rate", "cap")}
    text = document.text[row["start"] : row["end"]]
    return Award(**{**own, **numbers}, text=text, document=document.id, section=section)
