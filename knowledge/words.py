"""Words: the one place that knows jieba. Texts and questions are cut by the same function from the same dictionary.

A cutter's dictionary is looked up, not loaded: of a short text only its substrings are asked for, so a question
is cut at once however many words the database knows.
"""

from __future__ import annotations

import logging
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import add
from pathlib import Path
from types import ModuleType
from typing import Any

LONGEST_WORD = 12
"""The longest dictionary word, in characters, that cutting looks for."""

Lookup = Callable[[set[str]], Mapping[str, int]]
"""Given strings, the frequencies of those that are words."""

_HAN = re.compile("[一-鿿]+")
_PAIRED = re.compile(r"[一-鿿]+|[a-z0-9.]+")
_RUN = re.compile(f"{_HAN.pattern}|[a-z0-9]+(?:[&+.#-][a-z0-9]+)*")


def _jieba() -> ModuleType:
    """The jieba module, without its log lines and without pkg_resources (tried only to find a file; 96 ms)."""
    if "jieba" in sys.modules:
        return sys.modules["jieba"]
    held = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # makes `import pkg_resources` raise ImportError
    try:
        import jieba
    finally:
        if held is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = held
    logging.getLogger("jieba").setLevel(logging.WARNING)
    module: ModuleType = jieba
    return module


@cache
def common_words(least: int) -> tuple[tuple[str, int, str], ...]:
    """jieba's own dictionary down to a frequency: (word, frequency, part of speech)."""
    path = Path(_jieba().__file__ or "").parent / "dict.txt"
    with path.open(encoding="utf-8") as lines:
        rows = (line.split() for line in lines)
        return tuple(
            (word, int(frequency), tag)
            for word, frequency, tag in rows
            if int(frequency) >= least and len(word) <= LONGEST_WORD
        )


class Cutter:
    """Cuts folded text into words by a dictionary that is asked for what a text holds."""

    def __init__(self, lookup: Lookup, total: int) -> None:
        self._lookup = lookup
        self._tokenizer = _tokenizer({}, total)
        self._asked: set[str] = set()

    def cut(self, text: str) -> list[str]:
        """The words of a folded text in order, punctuation left out.

        >>> Cutter(lambda words: {"高企": 100, "认定": 90} , 1000).cut("高企认定!")
        ['高企', '认定']
        """
        runs = [found.group() for found in _RUN.finditer(text)]
        self._learn([run for run in runs if _HAN.match(run)])
        return _cut(self._tokenizer, runs)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word that was met while cutting."""
        count: float = self._tokenizer.FREQ.get(word, _BEGINNING)
        return count <= 0

    def _learn(self, runs: Iterable[str]) -> None:
        """Takes the dictionary's words among the runs' substrings into jieba's table, with their beginnings."""
        parts = {
            run[start:end]
            for run in runs
            for start in range(len(run))
            for end in range(start + 1, min(start + LONGEST_WORD, len(run)) + 1)
        }
        new = parts - self._asked
        if not new:
            return
        self._asked |= new
        _take_in(self._tokenizer.FREQ, self._lookup(new), self._tokenizer.total)


class WholeCutter:
    """Cuts folded text as `Cutter` does, by a dictionary held whole: for many texts, each with some words of its own."""

    def __init__(self, words: Mapping[str, int], total: int) -> None:
        table: dict[str, float] = {}
        _take_in(table, {word: frequency for word, frequency in words.items() if len(word) <= LONGEST_WORD}, total)
        self._tokenizer = _tokenizer(table, total)
        self._own: dict[str, list[str]] = {}

    def cut(self, text: str) -> list[str]:
        """The words of a folded text in order, punctuation left out."""
        words: list[str] = []
        for run in _RUN.findall(text):
            words += self._own.get(run) or self._learnt(run)
        return words

    def _learnt(self, run: str) -> list[str]:
        """The words of a run, kept for when it comes again (headings do, and units) until other words are known."""
        self._own[run] = _cut(self._tokenizer, (run,))
        return self._own[run]

    @contextmanager
    def knowing(self, own: Mapping[str, int]) -> Iterator[None]:
        """Within the block the cutter knows more words, with their frequencies."""
        words = {word: frequency for word, frequency in own.items() if len(word) <= LONGEST_WORD}
        table = self._tokenizer.FREQ
        touched = {word[:end] for word in words for end in range(1, len(word) + 1)}
        before = {part: table[part] for part in touched if part in table}
        _take_in(table, words, self._tokenizer.total)
        self._own.clear()
        yield
        self._own.clear()
        for part in touched - before.keys():
            del table[part]
        table.update(before)


@cache
def _quick() -> Any:
    """jieba's `Tokenizer`, whose cut without guessing (`HMM=False`) of a run of Chinese is one pass over it.

    Its table holds what each word counts, its log probability, instead of its frequency.
    """
    tokenizer: Any = _jieba().Tokenizer

    class Quick(tokenizer):  # type: ignore[misc]  # jieba has no types
        def words(self, run: str) -> list[str]:
            """The words of the likeliest way through a run; of equals the longer word first."""
            counts: Callable[[str], float | None] = self.FREQ.get
            unknown, size = -math.log(self.total), len(run)
            best, ends = [0.0] * (size + 1), [0] * size
            for start in range(size - 1, -1, -1):
                most, far, end = -math.inf, 0, start + 1
                count = counts(run[start])
                while count is not None:
                    if count <= 0 and count + best[end] >= most:
                        most, far = count + best[end], end
                    if end == size:
                        break
                    end += 1
                    count = counts(run[start:end])
                best[start], ends[start] = (most, far) if far else (unknown + best[start + 1], start + 1)
            return _along(run, ends)

    return Quick


def _along(run: str, ends: Sequence[int]) -> list[str]:
    """A run cut where each word ends."""
    words: list[str] = []
    start, size = 0, len(run)
    while start < size:
        words.append(run[start : ends[start]])
        start = ends[start]
    return words


def _tokenizer(table: dict[str, float], total: int) -> Any:
    """jieba's tokenizer over a table of words (and their beginnings, as `_take_in` makes it)."""
    tokenizer: Any = _quick()()
    tokenizer.FREQ = table
    tokenizer.total = total
    tokenizer.initialized = True
    return tokenizer


def _cut(tokenizer: Any, runs: Iterable[str]) -> list[str]:
    words: list[str] = []
    for run in runs:
        words += tokenizer.words(run) if run[0] >= _FIRST_HAN else (run,)
    return words


_BEGINNING = 1.0
"""What stands in a table for the beginning of a word that is none itself: no log probability is above 0."""
_FIRST_HAN = "一"


def _take_in(table: dict[str, float], words: Mapping[str, int], total: int) -> None:
    """Adds words to jieba's table, each with its log probability, and their beginnings."""
    all_words = math.log(total)
    for word, frequency in words.items():
        table[word] = math.log(frequency) - all_words if frequency else _BEGINNING
        for end in range(1, len(word)):
            table.setdefault(word[:end], _BEGINNING)


def bigrams(text: str) -> list[str]:
    """The character pairs of a folded text, within runs of letters and digits; a run of one gives itself."""
    pairs: list[str] = []
    for piece in _PAIRED.findall(text):
        if len(piece) == 1 or piece[0] < _FIRST_HAN:
            pairs.append(piece)
        else:
            pairs += map(add, piece, piece[1:])
    return pairs


def frequency_for(word: str, total: int, frequencies: Mapping[str, int]) -> int:
    """A frequency that keeps a term whole when cutting: more than its parts would give together."""
    likely = math.prod(frequencies.get(char, 1) / total for char in word)
    return max(frequencies.get(word, 0), int(likely * total) + 1, 50)
