"""A table of words: a single question looks up what it needs, a desk that stays open holds it whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any

Found = dict[str, list[tuple[Any, ...]]]
"""For each word met, the rest of its rows."""
OFTEN = 40
"""After so many times of asking a table is read whole (a tenth of a second, once)."""
LARGEST = 400_000
"""A table of more rows than this is never held."""


class Held:
    """The rows of a table by their first column, a word."""

    def __init__(
        self,
        some: Callable[[Collection[str]], Iterable[tuple[Any, ...]]],
        whole: Callable[[int], list[tuple[Any, ...]]],
    ) -> None:
        """`some`: the rows of given words; `whole`: all rows, as many as a number at most."""
        self._some, self._whole = some, whole
        self._asked = 0
        self._rows: Found | None = None
        self._more: Found = {}

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Takes in rows that the table lacks; they come before its own."""
        for word, more in _grouped(rows).items():
            self._more[word] = [*more, *self._more.get(word, ())]

    def get(self, words: Iterable[str]) -> Found:
        """The rows of those words that the table has, without the word itself.

        >>> Held(lambda words: [(word, len(word)) for word in words if word != "x"], lambda most: []).get(["ab", "x"])
        {'ab': [(2,)]}
        """
        asked = set(words)
        self._asked += 1
        if self._asked == OFTEN:
            whole = self._whole(LARGEST + 1)
            self._rows = _grouped(whole) if len(whole) <= LARGEST else None
        if self._rows is None:
            found = _grouped(self._some(sorted(asked)))
        else:
            found = {word: self._rows[word] for word in sorted(asked & self._rows.keys())}
        return found | {word: [*self._more[word], *found.get(word, ())] for word in sorted(asked & self._more.keys())}


def _grouped(rows: Iterable[tuple[Any, ...]]) -> Found:
    found: Found = defaultdict(list)
    for word, *rest in rows:
        found[word].append(tuple(rest))
    return dict(found)
