"""What one document gives a database, whatever else stands in it: its rows, its search index and the words that it brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.building.facts import Tables, document_rows, own_places, standard_terms, units_of
from knowledge.building.searching import Index, indexed
from knowledge.building.vocabulary import Seed, names_of, surfaces_of
from knowledge.facts import Document, Parsed
from knowledge.lexicon import load
from knowledge.parsing.parser import parse
from knowledge.text import bare
from knowledge.words import WholeCutter

_TERMS = "nvalijb"
"""Parts of speech, by their first letter, of words that a misspelt one may have meant."""


@dataclass(frozen=True)
class Told:
    """What a document was read as, in numbers."""

    id: str
    version: str
    title: str | None
    sections: int
    figures: int
    awards: int
    warnings: Mapping[str, int]


@dataclass(frozen=True)
class Contribution:
    """A document's rows, each table numbered from 1, its index, and the terms it brings by kind; of an earlier version the rows alone."""

    told: Told
    rows: Tables
    index: Index
    brought: Mapping[str, list[str]]


class Maker:
    """Makes contributions; what is fixed (lexicon, dictionary) is made once a process."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed
        self._canonical = standard_terms(seed.lexicon)
        self._cutter = WholeCutter(seed.frequencies, seed.total)

    def make(self, document: Document, *, current: bool = True) -> Contribution:
        """What a document gives; one that is not current is neither searched nor brings words."""
        one = parse(document)
        rows = document_rows(one, self._canonical)
        told = _told(one)
        if not current:
            rows["documents"][0]["current"] = 0
            return Contribution(told, rows, Index(), {})
        names, units = names_of(one, rows), self._units(one)
        own = self.seed.raised([*names["indicator"], *names["programme"], *names["own"], *units])
        with self._cutter.knowing(own):
            index = indexed(one, self._cutter.cut)
        words = {word for word in index.words() if self.seed.tag(word)[0] in _TERMS}
        terms = words | self.seed.standing(bare(one.document.text), units)
        return Contribution(told, rows, index, {**names, "term": sorted(terms)})

    def _units(self, one: Parsed) -> list[str]:
        """What the document's own units may be called."""
        names = list(dict.fromkeys(unit.name for section in one.sections for unit in section.units))
        places = set(own_places(one.document))
        units = units_of(names, places, self.seed.lexicon)
        return [surface for unit in units for surface in surfaces_of(unit, unit.written, places, self.seed)]


def maker(folder: Path) -> Maker:
    """The maker of this process for a folder of lexicon files, as they are now."""
    files = sorted(folder.glob("*.toml"))
    return _maker(folder, tuple((file.name, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _maker(folder: Path, _files: tuple[tuple[str, int], ...]) -> Maker:
    return Maker(Seed(load(folder)))


def _told(one: Parsed) -> Told:
    codes = Counter(warned.code for warned in one.warnings)
    counts = (len(one.sections), len(one.figures), len(one.awards))
    return Told(one.document.id, one.document.version, one.document.title, *counts, dict(codes))
