"""Rows of the search index: passages and, for every term, the passages that hold it and how much."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence

from knowledge.facts import Parsed
from knowledge.passages import amounts, head, impact, passages
from knowledge.store import Row
from knowledge.text import bare

_BEFORE_LENGTH = 60


def search_rows(parsed: Sequence[Parsed], cut: Callable[[str], list[str]]) -> dict[str, list[Row]]:
    """The rows of `passages` and `postings` for the current documents; section numbers count over all of them."""
    rows: list[Row] = []
    held: list[dict[str, float]] = []
    first = 1
    for one in parsed:
        top, before = head(one.document), ""
        for passage in passages(one.document, one.sections):
            text = bare(one.document.text[passage.start : passage.end])
            held.append(amounts(text, _headings(one, passage.section), top, before[-_BEFORE_LENGTH:], cut))
            place = {"section": first + passage.section, "start": passage.start, "end": passage.end}
            rows.append({"n": len(rows) + 1, **place, "length": len(text)})
            before = text
        first += len(one.sections)
    return {"passages": rows, "postings": _packed(rows, held)}


def _packed(rows: Sequence[Row], held: Sequence[dict[str, float]]) -> list[Row]:
    """The posting lists of all terms: the passages of each, and what it counts there."""
    postings: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("B")))
    average = sum(row["length"] for row in rows) / max(len(rows), 1)
    for row, counted in zip(rows, held, strict=True):
        for term, amount in counted.items():
            numbers, impacts = postings[term]
            numbers.append(row["n"])
            impacts.append(impact(amount, row["length"], average))
    return [
        {"term": term, "segment": 0, "passages": numbers.tobytes(), "impacts": impacts.tobytes()}
        for term, (numbers, impacts) in sorted(postings.items())
    ]


def _headings(one: Parsed, place: int) -> str:
    """The headings above and of a section, folded."""
    outer = {section.section: section for section in one.sections}
    section = one.sections[place]
    above = outer.get(section.parent or "")
    return bare(f"{above.heading if above else ''} {section.heading}")
