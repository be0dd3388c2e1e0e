"""The search index of documents: their passages and, for every term, the passages that hold it and how much.

What a document gives hangs on no other document, so documents can be read in any process and added at any time.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from knowledge.facts import Parsed, Section
from knowledge.passages import BEFORE, HEAD, HEADING, amounts, head, impacts, passages, term_word, term_words
from knowledge.store import Row
from knowledge.text import bare
from knowledge.words import bigrams

_BEFORE_LENGTH = 60
_BYTE = 8
"""The bits that what a term counts takes."""

Cut = Callable[[str], list[str]]
Lists = dict[str, tuple["array[int]", "array[int]"]]
"""For each term the passages that hold it, and what it counts there."""


@dataclass(frozen=True)
class Packed:
    """The posting lists of some passages, one behind the other: how long each term's is, its passages, what it counts there."""

    terms: tuple[str, ...] = ()
    sizes: array[int] = field(default_factory=lambda: array("I"))
    passages: array[int] = field(default_factory=lambda: array("I"))
    impacts: bytes = b""


class Index:
    """The search index of documents that are read one after another; their passages are numbered from 1."""

    def __init__(self, cut: Cut) -> None:
        """`cut` gives the words of a folded text."""
        self._cut = cut
        self._last = 0
        self._postings: dict[str, list[int]] = defaultdict(list)

    def take(self, one: Parsed) -> tuple[list[Row], set[str]]:
        """Takes in a document; gives its passages, both they and its sections numbered from 1, and the words in them."""
        rows: list[Row] = []
        text, before = one.document.text, ""
        top = (HEAD, *self._terms(head(one.document)))
        words = set(top[2])
        outer = {section.section: section for section in one.sections}
        headings: dict[int, tuple[float, list[str], list[str]]] = {}
        for passage in passages(one.document, one.sections):
            folded = bare(text[passage.start : passage.end])
            place = passage.section
            if place not in headings:
                headings[place] = (HEADING, *self._terms(_headings(one.sections[place], outer)))
                words.update(headings[place][2])
            own = (1.0, *self._terms(folded))
            words.update(own[2])
            self._post(
                amounts([own, headings[place], top, (BEFORE, bigrams(before[-_BEFORE_LENGTH:]), [])]), len(folded)
            )
            number, length = len(rows) + 1, len(folded)
            rows.append(
                {"n": number, "section": place + 1, "start": passage.start, "end": passage.end, "length": length}
            )
            before = folded
        return rows, set(map(term_word, words))

    def packed(self) -> Packed:
        """The posting lists of all documents taken in."""
        lists = self._postings.values()
        flat = array("Q", chain.from_iterable(lists))
        return Packed(
            tuple(self._postings),
            array("I", map(len, lists)),
            array("I", [code >> _BYTE for code in flat]),
            bytes([code & 0xFF for code in flat]),
        )

    def _post(self, held: Mapping[str, float], length: int) -> None:
        """Posts a passage, by what it holds of each term: its number and what the term counts there as one number."""
        self._last += 1
        codes = {amount: self._last << _BYTE | count for amount, count in impacts(held.values(), length).items()}
        postings = self._postings
        for term, amount in held.items():
            postings[term].append(codes[amount])

    def _terms(self, text: str) -> tuple[list[str], list[str]]:
        """The character pairs of a folded text, and the terms of its words."""
        return bigrams(text), term_words(self._cut(text))


def posted(lists: Lists, more: Packed, after: int) -> None:
    """Puts the posting lists of more passages, the first of which follows passage `after`, behind those that are there."""
    numbers = array("I", map(after.__add__, more.passages)) if after else more.passages
    start = 0
    for term, size in zip(more.terms, more.sizes, strict=True):
        end = start + size
        if held := lists.get(term):
            held[0].extend(numbers[start:end])
            held[1].frombytes(more.impacts[start:end])
        else:
            lists[term] = (numbers[start:end], array("B", more.impacts[start:end]))
        start = end


def _headings(section: Section, outer: Mapping[str, Section]) -> str:
    """The headings above and of a section, folded."""
    above = outer.get(section.parent or "")
    return bare(f"{above.heading if above else ''} {section.heading}")
