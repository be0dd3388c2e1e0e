"""The search index of a document: its passages and, for every term, the passages that hold it and how much.

What a document gives hangs on no other document, so documents can be read in any process and added at any time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.facts import Parsed, Section
from knowledge.passages import BEFORE, HEAD, HEADING, amounts, head, impacts, passages, term_word, term_words
from knowledge.store import Row
from knowledge.text import bare
from knowledge.words import bigrams

_BEFORE_LENGTH = 60

Cut = Callable[[str], list[str]]
Lists = dict[str, tuple["array[int]", "array[int]"]]
"""For each term the passages that hold it, and what it counts there."""


@dataclass
class Index:
    """The passages of some documents, numbered from 1, their sections too, and the posting lists of their terms."""

    passages: list[Row] = field(default_factory=list)
    postings: Lists = field(default_factory=dict)

    def words(self) -> set[str]:
        """The words of two characters and more that the passages hold."""
        return {word for term in self.postings if (word := term_word(term)) is not None}

    def take(self, postings: Mapping[str, tuple[array[int], array[int]]], after: int) -> None:
        """Takes in the posting lists of more passages, the first of which follows passage `after`."""
        own = self.postings
        for term, (numbers, counts) in postings.items():
            moved = array("I", [number + after for number in numbers]) if after else numbers
            if held := own.get(term):
                held[0].extend(moved)
                held[1].extend(counts)
            else:
                own[term] = (moved, counts)


def indexed(one: Parsed, cut: Cut) -> Index:
    """The search index of one document; `cut` gives the words of a folded text."""
    found = Index()
    text, before = one.document.text, ""
    top = (HEAD, *_terms(head(one.document), cut))
    outer = {section.section: section for section in one.sections}
    headings: dict[int, tuple[float, list[str], list[str]]] = {}
    for passage in passages(one.document, one.sections):
        folded = bare(text[passage.start : passage.end])
        place = passage.section
        if place not in headings:
            headings[place] = (HEADING, *_terms(_headings(one.sections[place], outer), cut))
        own = (1.0, *_terms(folded, cut))
        held = amounts([own, headings[place], top, (BEFORE, list(bigrams(before[-_BEFORE_LENGTH:])), [])])
        number, length = len(found.passages) + 1, len(folded)
        found.passages.append(
            {"n": number, "section": place + 1, "start": passage.start, "end": passage.end, "length": length}
        )
        _post(found.postings, number, held, impacts(held.values(), length))
        before = folded
    return found


def _post(postings: Lists, number: int, terms: Iterable[str], counts: Iterable[int]) -> None:
    for term, count in zip(terms, counts, strict=True):
        if held := postings.get(term):
            held[0].append(number)
            held[1].append(count)
        else:
            postings[term] = (array("I", (number,)), array("B", (count,)))


def _terms(text: str, cut: Cut) -> tuple[list[str], list[str]]:
    """The character pairs of a folded text, and the terms of its words."""
    return list(bigrams(text)), term_words(cut(text))


def _headings(section: Section, outer: Mapping[str, Section]) -> str:
    """The headings above and of a section, folded."""
    above = outer.get(section.parent or "")
    return bare(f"{above.heading if above else ''} {section.heading}")
