"""How words and characters are spelt: pinyin without tones, and simplified forms. What was spelt before is not spelt again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from knowledge.store import Row

Spelt = tuple[str, str]


class Spelling:
    """Spells terms and characters; what a database holds already is taken from there."""

    def __init__(self, terms: Iterable[tuple[str, str, str]] = ()) -> None:
        """`terms` are (term, pinyin, initials) known before."""
        self._terms: dict[str, Spelt] = {term: (spelt, initials) for term, spelt, initials in terms}

    def term(self, term: str) -> Spelt:
        """A term's syllables run together, and their first letters."""
        return self._terms.get(term) or _term(term)

    def character(self, char: str, used: bool) -> Row | None:
        """A character's row; None for one that is neither used nor traditional."""
        simple = _simplified().get(char)
        if not used and simple is None:
            return None
        return {"char": char, "pinyin": _readings(char), "simplified": simple}


@lru_cache(maxsize=100_000)
def _term(term: str) -> Spelt:
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(term, style=Style.NORMAL)
    return "".join(syllables), "".join(one[0] for one in syllables)


@cache
def _readings(char: str) -> str:
    from pypinyin import Style, pinyin

    readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return " ".join(dict.fromkeys(one for one in readings if one.isascii()))


@cache
def _simplified() -> dict[str, str]:
    """The characters that have another, simplified form of one character."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    forms = convert("\n".join(chars)).split("\n")
    return {char: simple for char, simple in zip(chars, forms, strict=True) if simple != char and len(simple) == 1}
