"""What documents give a database, whatever else stands in it: their rows, their search index and the words that they bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.building.facts import Tables, document_rows, own_places, standard_terms, units_of
from knowledge.building.searching import Index, Packed
from knowledge.building.vocabulary import Seed, names_of, surfaces_of
from knowledge.facts import Document, Parsed
from knowledge.lexicon import load
from knowledge.parsing.parser import parse
from knowledge.passages import head
from knowledge.store.editing import Values, follow
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
    """What documents give: what they were read as, the values of their rows, each table numbered from 1, and their index."""

    told: tuple[Told, ...]
    rows: Values
    index: Packed


class Maker:
    """Makes contributions; what is fixed (lexicon, dictionary) is made once a process."""

    def __init__(self, seed: Seed, documents: Iterable[Document] = ()) -> None:
        """`documents`: those it is made for, where they are few; of the dictionary it takes the words that can stand in them."""
        self.seed = seed
        self._canonical = standard_terms(seed.lexicon)
        chars = frozenset().union(*(bare(f"{one.text}{head(one)}") for one in documents))
        words = seed.frequencies.items()
        known = {word: count for word, count in words if chars.issuperset(word)} if chars else seed.frequencies
        self._cutter = WholeCutter(known, seed.total)

    def make(self, documents: Iterable[Document], *, current: bool = True) -> Contribution:
        """What documents give; those that are not current are neither searched nor bring words."""
        told: list[Told] = []
        values: Values = {}
        index = Index(self._cutter.cut)
        for document in documents:
            one = parse(document)
            rows = document_rows(one, self._canonical)
            if current:
                rows |= self._searched(one, rows, index)
            else:
                rows["documents"][0]["current"] = 0
            follow(values, rows)
            told.append(_told(one))
        return Contribution(tuple(told), values, index.packed())

    def _searched(self, one: Parsed, rows: Tables, index: Index) -> Tables:
        """Takes a document into the index; gives the rows of its passages and of the words that it brings."""
        names, units = names_of(one, rows), self._units(one)
        chars = frozenset(bare(f"{one.document.text}{head(one.document)}"))
        likely = filter(chars.issuperset, (*names["indicator"], *names["programme"], *names["own"], *units))
        own = self.seed.raised(likely)
        with self._cutter.knowing(own):
            found, words = index.take(one)
        terms = {word for word in words if self.seed.tag(word)[0] in _TERMS}
        terms |= self.seed.standing(bare(one.document.text), units)
        brought = {**names, "term": sorted(terms)}
        lines = [{"document": 1, "kind": kind, "terms": "\n".join(terms)} for kind, terms in brought.items()]
        return {"passages": found, "brought": lines}

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
