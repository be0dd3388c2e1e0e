"""Finding passages: terms in, the best passages out, by BM25 over the posting lists of the database.

score = Σ weight · idf · (k+1) · impact, where impact = a / (a + k·(1 − b + b·length/average)) is worked out when the
index is built, a being how much of a term a passage holds (Robertson & Zaragoza, The Probabilistic Relevance
Framework, 2009). The rarest terms propose, the common ones only add to what was proposed, so a query's cost does
not grow with the commonest term.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate

from knowledge.passages import FULL, WORD, K, word_term
from knowledge.store import Database, Row
from knowledge.words import bigrams

Lists = list[tuple["array[int]", "array[int]"]]
"""The posting lists of a term, one a segment: passages and amounts."""
MOST_HELD = 10_000_000
"""How many postings are held in memory."""
MOST_COUNTED = 200_000
"""Of how many terms it is kept in how many passages they stand."""
PROPOSED = 20_000
"""How many postings are read in full; terms beyond that only add to the best passages already met."""
KEPT = 1_000
"""How many passages the commoner terms add to."""
MOST_PARTS = 64
"""Of so many choices of documents an index of their own is kept."""
COMMON = 20_000
"""A term in more passages than this is read only where rarer ones propose too few."""


@dataclass(frozen=True)
class Hit:
    """A passage with its score."""

    passage: int
    score: float


class Index:
    """The search index of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.size: int = database.rows("SELECT count(*) AS n FROM passages")[0]["n"]
        self._passages: dict[int, Row] = {}
        self._lists: dict[str, Lists] = {}
        self._held = 0
        self._counts: dict[str, int] = {}
        self._parts: dict[tuple[int, ...], Index] = {}

    def part(self, documents: Sequence[int]) -> Index:
        """The index of some documents alone, by their rows."""
        wanted = tuple(sorted(set(documents)))
        if wanted not in self._parts:
            if len(self._parts) > MOST_PARTS:
                self._parts.clear()
            self._parts[wanted] = Part(self, [*filter(None, map(self._database.passages_of, wanted))])
        return self._parts[wanted]

    def idf(self, frequency: int) -> float:
        """How telling a term is that `frequency` passages hold."""
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def hits(self, weights: Mapping[str, float], k: int = 50) -> tuple[list[Hit], dict[str, int]]:
        """The best `k` passages for weighted terms, and for every term how many passages hold it."""
        frequencies = self._frequencies(weights)
        terms = sorted(frequencies, key=lambda term: (frequencies[term], term))
        proposing = _proposing(terms, frequencies)
        adding = [term for term in terms[proposing:] if frequencies[term] <= COMMON]
        lists = self.postings([*terms[:proposing], *adding])
        scores: dict[int, float] = defaultdict(float)
        for place, term in enumerate([*terms[:proposing], *adding]):
            factor = weights[term] * self.idf(frequencies[term]) * (K + 1) / FULL
            if place == proposing and len(scores) > KEPT:
                scores = defaultdict(float, nlargest(KEPT, scores.items(), key=_by_score))
            for numbers, amounts in lists[term]:
                if place < proposing:
                    for number, amount in zip(numbers, amounts, strict=True):
                        scores[number] += factor * amount
                else:
                    _add(scores, numbers, amounts, factor)
        return [Hit(number, score) for number, score in nlargest(k, scores.items(), key=_by_score)], frequencies

    def _frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands that stands in any; each is counted once."""
        asked = list(terms)
        if self.size <= COMMON:  # no list is long: they are all read, and counted
            held = self.postings(asked)
            return {term: count for term in asked if (count := sum(len(numbers) for numbers, _ in held[term]))}
        if len(self._counts) > MOST_COUNTED:
            self._counts.clear()
        new = [term for term in asked if term not in self._counts]
        self._counts.update(dict.fromkeys(new, 0))
        self._counts.update(self._database.counts(new))
        return {term: self._counts[term] for term in asked if self._counts[term]}

    def postings(self, terms: Iterable[str]) -> Mapping[str, Lists]:
        """The posting lists of terms; each is read once while it is asked for often."""
        asked = list(terms)
        if self._held > MOST_HELD:
            self._lists.clear()
            self._held = 0
        new = sorted({term for term in asked if term not in self._lists})
        self._lists.update((term, []) for term in new)
        for row in self._database.postings(new):
            self._lists[row["term"]].append(_unpacked(row))
            self._held += len(row["impacts"])
        return self._lists

    def passages(self, numbers: Iterable[int]) -> list[Row]:
        """The rows of passages; each is read once."""
        asked = list(numbers)
        for row in self._database.passages(number for number in asked if number not in self._passages):
            self._passages[row["n"]] = row
        return [self._passages[number] for number in asked]


class Part(Index):
    """The index of some documents alone: it knows no passage of another, and weighs terms by what these hold."""

    def __init__(self, whole: Index, ranges: Sequence[tuple[int, int]]) -> None:
        self._whole, self._ranges = whole, ranges
        self.size = sum(last - first + 1 for first, last in ranges)

    def _frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        asked = list(terms)
        held = self.postings(asked)
        return {term: count for term in asked if (count := sum(len(numbers) for numbers, _ in held[term]))}

    def postings(self, terms: Iterable[str]) -> Mapping[str, Lists]:
        asked = list(terms)
        held = self._whole.postings(asked)
        return {term: [*self._inside(held[term])] for term in asked}

    def _inside(self, lists: Lists) -> Iterator[tuple[array[int], array[int]]]:
        """Posting lists cut to the passages of the documents."""
        for numbers, amounts in lists:
            for first, last in self._ranges:
                start, stop = bisect_left(numbers, first), bisect_right(numbers, last)
                if start < stop:
                    yield numbers[start:stop], amounts[start:stop]

    def passages(self, numbers: Iterable[int]) -> list[Row]:
        return self._whole.passages(numbers)


def _proposing(terms: Sequence[str], frequencies: Mapping[str, int]) -> int:
    """How many of the terms, rarest first, are read in full."""
    read = accumulate(frequencies[term] for term in terms)
    return next((place for place, amount in enumerate(read, 1) if amount >= PROPOSED), len(terms))


def _by_score(pair: tuple[int, float]) -> tuple[float, int]:
    """The order of passages found: by score, then by place."""
    return pair[1], -pair[0]


def _unpacked(row: Row) -> tuple[array[int], array[int]]:
    numbers, amounts = array("I"), array("B")
    numbers.frombytes(row["passages"])
    amounts.frombytes(row["impacts"])
    return numbers, amounts


def _add(scores: dict[int, float], numbers: array[int], amounts: array[int], factor: float) -> None:
    """Adds a common term to the passages already met, each found by bisection."""
    for number in scores:
        place = bisect_left(numbers, number)
        if place < len(numbers) and numbers[place] == number:
            scores[number] += factor * amounts[place]


def plain_weights(text: str, words: Iterable[str]) -> dict[str, float]:
    """The terms of a plain text, each counted once: its character pairs, and its words at half their weight."""
    return dict.fromkeys(bigrams(text), 1.0) | {word_term(word): WORD for word in words if len(word) > 1}
