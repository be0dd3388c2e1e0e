"""Questions in Latin letters: English into Chinese by the lexicon's phrases, toneless pinyin and initials into terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from knowledge.store import Database

_WORD = re.compile(r"[a-z][a-z&'’.-]*[a-z]|[a-z]|[0-9][0-9.,%]*|[^\sa-z0-9]+")
_LONGEST_PHRASE = 7
_SYLLABLE = re.compile(
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|uei|uen|van|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ue|ui|un|ve|vn|a|o|e|i|u|v)"
)


def tokens(text: str) -> list[str]:
    """Lower-case Latin words, numbers and other runs of a text."""
    return _WORD.findall(text.lower())


def english(text: str, database: Database) -> tuple[list[str], list[str]]:
    """A question in English as (Chinese pieces in order, words that nothing is known of).

    Longest phrases first; a plural is tried as its singular. Numbers stay as they are.
    """
    words = tokens(text)
    known = _phrases(words, database)
    pieces: list[str] = []
    unknown: list[str] = []
    place = 0
    while place < len(words):
        size = next(
            (
                size
                for size in range(min(_LONGEST_PHRASE, len(words) - place), 0, -1)
                if _joined(words[place : place + size]) in known
            ),
            0,
        )
        if size:
            pieces.append(known[_joined(words[place : place + size])])
            place += size
            continue
        word = words[place]
        if word[0].isalpha() and len(word) > 1:
            unknown.append(word)
        elif not word[0].isalpha():
            pieces.append(word)
        place += 1
    return [piece for piece in pieces if piece], unknown


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)


def _phrases(words: Sequence[str], database: Database) -> Mapping[str, str]:
    """For every run of the words that means something, its Chinese ("" for a filler)."""
    runs = {
        _joined(words[start : start + size]) for start in range(len(words)) for size in range(1, _LONGEST_PHRASE + 1)
    }
    spelled = {run: run for run in runs} | {_singular(run): run for run in runs}
    found: dict[str, str] = {}
    for surface, standing_for in database.aliases(spelled).items():
        for kind, name in standing_for:
            if kind == "english":
                found[spelled[surface]] = name
            elif kind == "english_filler":
                found.setdefault(spelled[surface], "")
    return found


def _singular(run: str) -> str:
    """A phrase with its last word in the singular: companies → company, enterprises → enterprise."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if run.endswith(ending) and len(run) > len(ending) + 2 and not run.endswith("ss"):
            return run[: -len(ending)] + instead
    return run


def is_pinyin(text: str) -> bool:
    """Whether every Latin word of a text can be cut into Chinese syllables."""
    words = [word for word in tokens(text) if word[0].isalpha()]
    spelled = [word for word in words if is_syllables(word)]
    return bool(spelled) and all(word in spelled or len(word) <= 4 for word in words)


@lru_cache(maxsize=256)
def is_syllables(word: str) -> bool:
    """Whether a word can be cut into Chinese syllables."""
    reached = {0}
    for start in range(len(word)):
        if start in reached:
            reached |= {start + size for size in range(1, 7) if _SYLLABLE.fullmatch(word[start : start + size])}
    return len(word) in reached


def from_pinyin(text: str, database: Database) -> str | None:
    """A text whose Latin words are toneless pinyin or initials, in Chinese terms; None where a part means nothing.

    The fewest terms that spell the whole are taken, of equal ones those that the documents use.
    """
    words = tokens(text)
    letters = "".join(word for word in words if word[0].isalpha() and is_syllables(word))
    spans = {
        letters[start:end]
        for start in range(len(letters))
        for end in range(start + 2, min(start + 36, len(letters)) + 1)
    }
    terms: dict[str, tuple[int, str]] = {}
    for spelling, term, weight in database.sounding(spans, "pinyin"):
        terms[spelling] = max(terms.get(spelling, (0, "")), (weight * 10 + len(term), term))
    spelled = _fewest(words, terms)
    return spelled if spelled is not None else _from_initials(words, database)


_SINGLE = {
    "nian": "年",
    "e": "额",
    "de": "的",
    "ma": "吗",
    "you": "有",
    "shi": "是",
    "jijia": "几家",
    "shei": "谁",
    "shui": "谁",
    "zenme": "怎么",
    "shenme": "什么",
    "duoshao": "多少",
    "dao": "到",
    "yao": "要",
    "zhan": "占",
    "bi": "比",
    "he": "和",
    "ge": "个",
    "jia": "家",
    "neng": "能",
    "gei": "给",
    "na": "拿",
    "zai": "在",
    "guan": "管",
    "zuo": "做",
}


def _fewest(words: Sequence[str], terms: Mapping[str, tuple[int, str]]) -> str | None:
    """The text spelled by the fewest terms: each run of Latin words between numbers on its own, numbers kept apart."""
    out: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and word[0].isalpha() and is_syllables(word):
            run.append(word)
            continue
        if run:
            spelled = _spell("".join(run), terms)
            if spelled is None:
                return None
            out.append(spelled)
            run = []
        out.append(f"、{word}" if word.isdigit() and out and out[-1][-1:].isdigit() else word)
    return "".join(out)


def _spell(letters: str, terms: Mapping[str, tuple[int, str]]) -> str | None:
    best: list[tuple[int, int, str] | None] = [(0, 0, "")] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(end):
            before = best[start]
            piece = letters[start:end]
            known = terms.get(piece) or ((0, _SINGLE[piece]) if piece in _SINGLE else None)
            if before is None or known is None:
                continue
            trial = (before[0] + 1, before[1] - known[0], before[2] + known[1])
            current = best[end]
            if current is None or trial[:2] < current[:2]:
                best[end] = trial
    last = best[-1]
    return last[2] if last else None


def _from_initials(words: Sequence[str], database: Database) -> str | None:
    """Words that are initials of terms (`gqrd`), each by the term that weighs most."""
    letters = [word for word in words if word[0].isalpha()]
    spans = {
        word[start:end] for word in letters for start in range(len(word)) for end in range(start + 2, len(word) + 1)
    }
    terms: dict[str, tuple[int, str]] = {}
    for spelling, term, weight in database.sounding(spans, "initials"):
        terms[spelling] = max(terms.get(spelling, (0, "")), (weight * 10, term))
    return _fewest(words, terms)
