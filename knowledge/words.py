"""Words: the one place that knows jieba. Texts and questions are cut by the same function from the same dictionary.

A cutter's dictionary is looked up, not loaded: of a short text only its substrings are asked for, so a question
is cut at once however many words the database knows.
"""

from __future__ import annotations

import logging
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

LONGEST_WORD = 12
"""The longest dictionary word, in characters, that cutting looks for."""

Lookup = Callable[[set[str]], Mapping[str, int]]
"""Given strings, the frequencies of those that are words."""

_HAN = re.compile("[一-鿿]+")
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
        self._tokenizer: Any = _jieba().Tokenizer()
        self._tokenizer.FREQ = {}
        self._tokenizer.total = total
        self._tokenizer.initialized = True
        self._asked: set[str] = set()

    def cut(self, text: str) -> list[str]:
        """The words of a folded text in order, punctuation left out.

        >>> Cutter(lambda words: {"高企": 100, "认定": 90} , 1000).cut("高企认定!")
        ['高企', '认定']
        """
        runs = [found.group() for found in _RUN.finditer(text)]
        self._learn([run for run in runs if _HAN.match(run)])
        words: list[str] = []
        for run in runs:
            words += self._tokenizer.cut(run, HMM=False) if _HAN.match(run) else [run]
        return words

    def knows(self, word: str) -> bool:
        """Whether the dictionary has a word that was met while cutting."""
        return bool(self._tokenizer.FREQ.get(word))

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
        frequencies = self._tokenizer.FREQ
        for word, frequency in self._lookup(new).items():
            frequencies[word] = frequency
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)


def table(words: Mapping[str, int]) -> Lookup:
    """A lookup in a dictionary held in memory."""
    return lambda asked: {word: words[word] for word in asked if word in words}


def bigrams(text: str) -> Iterator[str]:
    """The character pairs of a folded text, within runs of letters and digits; a run of one gives itself."""
    for run in re.finditer(r"[一-鿿]+|[a-z0-9.]+", text):
        piece = run.group()
        if piece[0].isascii() or len(piece) == 1:
            yield piece
        else:
            yield from (piece[place : place + 2] for place in range(len(piece) - 1))


def frequency_for(word: str, total: int, frequencies: Mapping[str, int]) -> int:
    """A frequency that keeps a term whole when cutting: more than its parts would give together."""
    likely = math.prod(frequencies.get(char, 1) / total for char in word)
    return max(frequencies.get(word, 0), int(likely * total) + 1, 50)
