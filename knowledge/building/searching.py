"""Rows of the search index: passages and, for every term, the passages that hold it and how much."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from knowledge.facts import Parsed
from knowledge.passages import amounts, head, impact, passages, term_word
from knowledge.store import Row
from knowledge.text import bare

_BEFORE_LENGTH = 60


Cut = Callable[[str], list[str]]


def search_rows(parsed: Sequence[Parsed], cut: Cut) -> dict[str, list[Row]]:
    """The rows of `passages` and `postings` for the current documents; section numbers count over all of them."""
    rows: list[Row] = []
    first = 1
    for one in parsed:
        for passage in passages(one.document, one.sections):
            length = len(bare(one.document.text[passage.start : passage.end]))
            place = {"section": first + passage.section, "start": passage.start, "end": passage.end}
            rows.append({"n": len(rows) + 1, **place, "length": length})
        first += len(one.sections)
    return {"passages": rows, "postings": _packed(rows, _counted(rows, parsed, cut))}


def words(search: Mapping[str, Sequence[Row]]) -> set[str]:
    """The words of two characters and more that the passages hold."""
    return {word for row in search["postings"] if (word := term_word(row["term"])) is not None}


def _counted(rows: Sequence[Row], parsed: Sequence[Parsed], cut: Cut) -> Iterator[dict[str, float]]:
    """How much of each term every passage holds, one passage at a time: of many documents they fill no memory together."""
    homes = [(one, place) for one in parsed for place in range(len(one.sections))]
    document = None
    before = top = ""
    for row in rows:
        one, place = homes[row["section"] - 1]
        if one is not document:
            document, before, top = one, "", head(one.document)
        text = bare(one.document.text[row["start"] : row["end"]])
        yield amounts(text, _headings(one, place), top, before[-_BEFORE_LENGTH:], cut)
        before = text


def _packed(rows: Sequence[Row], counted: Iterable[Mapping[str, float]]) -> list[Row]:
    """The posting lists of all terms: the passages of each, and what it counts there."""
    postings: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("I"), array("B")))
    average = sum(row["length"] for row in rows) / max(len(rows), 1)
    for row, held in zip(rows, counted, strict=True):
        for term, amount in held.items():
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
