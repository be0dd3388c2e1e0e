"""Typos mended against the vocabulary: homophones by toneless pinyin, a wrong, lost or swapped character by distance.

Only whole words are mended, never across a digit, never into or out of a word that is itself known; what was
mended is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from typing import Protocol

from rapidfuzz.distance import OSA

from knowledge.store import Database
from knowledge.words import bigrams

_LONGEST, _MOST_WORDS = 11, 5
"""The most characters, and words, of a window that may be a slip for a term."""
_TRIED = 40
"""How many of the vocabulary's terms, those sharing most character pairs, are measured against the text."""
_NUMERALS = frozenset("零一二三四五六七八九十百千万亿两几多")

_HAN = re.compile("[一-鿿]+")
Mend = tuple[str, str]


class Words(Protocol):
    """What mending asks of the words around it."""

    def cut(self, text: str) -> list[str]: ...

    def learn(self, words: Iterable[str]) -> None:
        """Tells which words will be asked after."""

    def is_term(self, word: str) -> bool:
        """Whether the lexicon or a document has the word as a term."""

    def is_spoken(self, word: str) -> bool:
        """Whether the word belongs to speech (fillers, words of asking, cues) rather than to a subject."""

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has the word."""

    def is_verb(self, word: str) -> bool:
        """Whether the word is first of all a verb."""


@dataclass(frozen=True)
class _Window:
    """Whole words in a row: their text, and the single characters among them that are no words of speech."""

    text: str
    words: tuple[str, ...]
    strays: tuple[str, ...]


def mended(text: str, database: Database, words: Words) -> tuple[str, list[Mend]]:
    """The text with its typos mended, and what was put for what."""
    mends: list[Mend] = []
    for _ in range(3):
        windows = list(_windows(words.cut(text), words))
        found = _homophone(windows, database, words) or _near(text, windows, database, words)
        if found is None:
            break
        text = text.replace(found[0], found[1], 1)
        mends.append(found)
    return text, mends


def _windows(cut: Sequence[str], words: Words) -> Iterator[_Window]:
    """Runs of whole words up to the longest term, the longest first, none of them a term already."""
    sizes = range(1, _MOST_WORDS + 1)
    runs = [tuple(cut[first : first + size]) for first in range(len(cut)) for size in sizes if first + size <= len(cut)]
    texts = {run: "".join(run) for run in runs if sum(map(len, run)) <= _LONGEST}
    words.learn([*cut, *texts.values()])
    suspect = {word for word in cut if len(word) == 1 or not (words.is_term(word) or words.is_spoken(word))}
    stray = {word for word in cut if len(word) == 1 and word not in _NUMERALS and not words.is_spoken(word)}
    found = []
    for run, text in texts.items():
        if len(text) < 3 or suspect.isdisjoint(run) or not _HAN.fullmatch(text):
            continue
        if not words.is_term(text) and not (len(run) == 1 and words.is_word(text)):
            found.append(_Window(text, run, tuple(word for word in run if word in stray)))
    yield from sorted(found, key=lambda window: -len(window.text))


def _homophone(windows: Iterable[_Window], database: Database, words: Words) -> Mend | None:
    """The longest window that sounds like a term of the vocabulary and is written otherwise."""
    whole = list(windows)
    readings = {
        char: row["pinyin"].split()
        for char, row in database.characters({char for window in whole for char in window.text}).items()
    }
    spelt: dict[str, list[_Window]] = {}
    for window in whole:
        if all(readings.get(char) for char in window.text):
            for spelling in _spellings(window.text, readings):
                spelt.setdefault(spelling, []).append(window)
    rows = [row for row in database.sounding(spelt, "pinyin") if row[2] >= 2]
    for spelling, term, _ in sorted(rows, key=lambda row: (-len(row[1]), -row[2], row[1])):
        for window in spelt[spelling]:
            if _meant(window, term, words) and not _on_purpose(window, term, database, words):
                return window.text, term
    return None


def _meant(window: _Window, term: str, words: Words) -> bool:
    """Whether a window may be a slip for a term: half its characters right, and the wrong ones no words that stand there on purpose."""
    if len(window.text) != len(term) or window.text == term:
        return False
    alike = sum(one == other for one, other in zip(window.text, term, strict=True))
    return alike * 2 >= len(term) and (len(term) >= 4 or bool(window.strays)) and not _whole_but_edge(window, words)


def _whole_but_edge(window: _Window, words: Words) -> bool:
    """Whether a window is a term with a single character before or after it, which then belongs to the sentence."""
    first, last = window.words[0], window.words[-1]
    return (len(first) == 1 and words.is_term(window.text[1:])) or (len(last) == 1 and words.is_term(window.text[:-1]))


def _on_purpose(window: _Window, term: str, database: Database, words: Words) -> bool:
    """Whether what a term would put right is meant as it is typed.

    It is where a wrong character is a word of speech (国家给), or a verb after one (要交); where nothing but words
    of speech would be left of the window; and where the documents have every pair of characters that the term lacks.
    """
    wrong = {char for char in window.text if char not in term}
    for before, word in pairwise(("", *window.words)):
        if word in wrong and (words.is_spoken(word) or (before and words.is_spoken(before) and words.is_verb(word))):
            return True
    if not any(len(word) > 1 and not words.is_spoken(word) for word in window.words) and len(window.words) > 1:
        return len(window.strays) * 2 < len(window.text) and any(words.is_spoken(word) for word in window.words)
    lacking = [pair for pair in bigrams(window.text) if pair not in term]
    return bool(wrong) and len(database.counts(lacking)) == len(set(lacking))


def _spellings(piece: str, readings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The spellings of a piece: characters with two readings give both, at most eight in all."""
    choices = [readings[char][:2] for char in piece]
    yield from map("".join, islice(product(*choices), 8))


def _near(text: str, windows: Iterable[_Window], database: Database, words: Words) -> Mend | None:
    """The term that a window with a stray character is one edit from, at that character."""
    strayed = [window for window in windows if window.strays and not _whole_but_edge(window, words)]
    if not strayed:
        return None
    counted: Counter[str] = Counter()
    for terms in database.similar(bigrams(text)):
        counted.update(terms.split("\n"))
    likely = sorted(counted.most_common(_TRIED), key=lambda pair: (-pair[1], pair[0]))
    tried = [term for term, _ in likely if term not in text]
    fits = [
        (abs(len(window.text) - len(term)), -len(term), window.text, term)
        for window in strayed
        for term in tried
        if abs(len(window.text) - len(term)) <= 1 and _one_edit(window, term)
    ]
    by_text = {window.text: window for window in strayed}
    likely_slips = (fit for fit in sorted(fits) if not _on_purpose(by_text[fit[2]], fit[3], database, words))
    best = next(likely_slips, None)
    return (best[2], best[3]) if best else None


def _one_edit(window: _Window, term: str) -> bool:
    """Whether one wrong, lost or swapped character parts a window from a term, and it is a stray one."""
    if OSA.distance(window.text, term, score_cutoff=1) != 1:
        return False
    if len(window.text) < len(term):
        return window.text[0] == term[0] and window.text[-1] == term[-1] and len(window.strays) > 0
    if len(window.text) == len(term):
        wrong = {one for one, other in zip(window.text, term, strict=True) if one != other}
        return bool(wrong & set(window.strays)) or any(
            a + b in window.text and b + a in term for a, b in pairwise(window.text) if a in window.strays
        )
    return any(window.text.replace(stray, "", 1) == term for stray in window.strays)
