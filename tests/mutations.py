"""Questions as people mistype them: characters dropped, doubled, swapped, put for others that sound alike, scripts mixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random

from hypothesis import strategies as st

from knowledge.store import Database

Mutation = Callable[[str, Random], str]
YEARS = (
    "2024",
    "2025",
    "2026",
    "2027",
    "2028",
    "2030",
    "2032",
    "2035",
    "2036",
    "明年",
    "去年",
    "十四五末",
    "二〇三〇年",
)
FILLERS = ("那个", "请问一下", "@wence_bot ", "😀", " ", "？？", "嗯…", "pls ", "呢", "，谢谢")


def _place(text: str, chance: Random) -> int:
    return chance.randrange(len(text)) if text else 0


def dropped(text: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[:place] + text[place + 1 :]


def doubled(text: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[: place + 1] + text[place:]


def swapped(text: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def cut(text: str, chance: Random) -> str:
    return text[: _place(text, chance)]


def filled(text: str, chance: Random) -> str:
    place = _place(text, chance)
    return text[:place] + chance.choice(FILLERS) + text[place:]


def dated(text: str, chance: Random) -> str:
    """Another year asked for, in the place of the one that is there."""
    year = chance.choice(YEARS)
    found = next((one for one in YEARS if one in text), None)
    return text.replace(found, year) if found else f"{year}{text}"


def numbered(text: str, chance: Random) -> str:
    """A digit that is another, or one more of them."""
    places = [place for place, char in enumerate(text) if char.isdecimal()]
    place = chance.choice(places) if places else len(text)
    return f"{text[:place]}{chance.randrange(10)}{text[place + chance.randrange(2) :]}"


def wide(text: str, chance: Random) -> str:
    """ASCII in full width, as an input method leaves it."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and chance.random() < 0.7 else char for char in text)


def mixed(database: Database) -> tuple[Mutation, Mutation]:
    """By a database's characters: one put for another that sounds alike, and traditional ones for simplified."""
    alike: dict[str, list[str]] = defaultdict(list)
    traditional: dict[str, str] = {}
    sounds: dict[str, str] = {}
    for row in database.rows("SELECT char, pinyin, simplified FROM characters ORDER BY char"):
        sounds[row["char"]] = row["pinyin"]
        alike[row["pinyin"]].append(row["char"])
        if row["simplified"] and row["simplified"] != row["char"]:
            traditional[row["simplified"]] = row["char"]

    def homophone(text: str, chance: Random) -> str:
        place = _place(text, chance)
        other = alike.get(sounds.get(text[place : place + 1], ""), [])
        return text[:place] + chance.choice(other) + text[place + 1 :] if other else text

    def old(text: str, chance: Random) -> str:
        return "".join(traditional.get(char, char) if chance.random() < 0.7 else char for char in text)

    return homophone, old


KINDS: tuple[Mutation, ...] = (dropped, doubled, swapped, cut, filled, dated, numbered, wide)


def mutated(questions: Sequence[str], database: Database) -> st.SearchStrategy[str]:
    """One of the questions, or two in one, with up to four mistakes in it."""
    kinds = (*KINDS, *mixed(database))

    def mistaken(whole: list[str], mistakes: list[Mutation], seed: int) -> str:
        text, chance = "".join(whole), Random(seed)
        for kind in mistakes:
            text = kind(text, chance)
        return text

    whole = st.lists(st.sampled_from(questions), min_size=1, max_size=2)
    return st.builds(mistaken, whole, st.lists(st.sampled_from(kinds), max_size=4), st.integers(0, 9999))
