"""Rows of the search index: passages and, for every term, the passages that hold it and how much."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence

from knowledge.facts import Parsed
from knowledge.passages import amounts, head, passages
from knowledge.store import Row
from knowledge.text import bare

_BEFORE_LENGTH = 60


def search_rows(parsed: Sequence[Parsed], cut: Callable[[str], list[str]]) -> dict[str, list[Row]]:
    """The rows of `passages` and `postings` for the current documents; section numbers count over all of them."""
    rows: list[Row] = []
    postings: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("B")))
    first = 1
    for one in parsed:
        top, before = head(one.document), ""
        for passage in passages(one.document, one.sections):
            text = bare(one.document.text[passage.start : passage.end])
            heading = _headings(one, passage.section)
            counted = amounts(text, heading, top, before[-_BEFORE_LENGTH:], cut)
            rows.append(
                {
                    "n": len(rows) + 1,
                    "section": first + passage.section,
                    "start": passage.start,
                    "end": passage.end,
                    "length": len(text),
                }
            )
            for term, amount in counted.items():
                passage_numbers, quantities = postings[term]
                passage_numbers.append(len(rows))
                quantities.append(min(round(amount * 10), 255))
            before = text
        first += len(one.sections)
    packed = [
        {"term": term, "segment": 0, "passages": numbers.tobytes(), "amounts": quantities.tobytes()}
        for term, (numbers, quantities) in sorted(postings.items())
    ]
    return {"passages": rows, "postings": packed}


def _headings(one: Parsed, place: int) -> str:
    """The headings above and of a section, folded."""
    outer = {section.section: section for section in one.sections}
    section = one.sections[place]
    above = outer.get(section.parent or "")
    return bare(f"{above.heading if above else ''} {section.heading}")
