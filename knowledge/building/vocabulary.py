"""Rows of words: the dictionary for cutting, aliases from the lexicon and the documents, and what typos are mended by."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from knowledge.building.facts import own_places
from knowledge.facts import Parsed
from knowledge.lexicon import Lexicon, aliases
from knowledge.naming import base, core
from knowledge.store import Row
from knowledge.text import bare
from knowledge.words import Cutter, bigrams, common_words, frequency_for, table

LEAST_FREQUENCY = 30
"""Words rarer than this in jieba's own counts are left out of the shipped dictionary."""
_SHORT_INDICATOR = 10
SPOKEN = 1
"""The weight of words of speech: pinyin may mean them, a typo never does."""
_HAN = re.compile("[一-鿿]+")


class Growth:
    """The words of a database: jieba's common ones, the lexicon's, and those that the documents bring."""

    def __init__(self, parsed: Sequence[Parsed], lexicon: Lexicon, facts: Mapping[str, Sequence[Row]]) -> None:
        self.lexicon = lexicon
        words = common_words(LEAST_FREQUENCY)
        self.tags = {word: tag for word, _, tag in words}
        common = {word: frequency for word, frequency, _ in words}
        self.total = sum(common.values())
        self.names = _document_names(parsed, facts)
        self.unit_aliases = list(_unit_aliases(parsed, facts, lexicon))
        surfaces = {surface for surface in self._surfaces() if _HAN.fullmatch(surface)}
        frequencies = common | {surface: frequency_for(surface, self.total, common) for surface in surfaces}
        self.frequencies = frequencies
        self.text = "\n".join(bare(one.document.text) for one in parsed)
        self._cutter = Cutter(table(frequencies), self.total)

    def cut(self, text: str) -> list[str]:
        """The words of a folded text."""
        return self._cutter.cut(text)

    def _surfaces(self) -> Iterator[str]:
        lexicon = self.lexicon
        for concept in (*lexicon.concepts, *lexicon.units):
            yield from map(bare, concept.forms)
        yield from map(bare, (*lexicon.fillers, *lexicon.asking))
        yield from map(bare, (place for place in lexicon.places if len(place) > 1))
        for row in (*lexicon.intents.values(), *lexicon.facets.values()):
            yield from map(bare, row.get("cues", ()))
            yield from map(bare, row.get("hints", ()))
        yield from self.names
        yield from (row["surface"] for row in self.unit_aliases)


def _document_names(parsed: Sequence[Parsed], facts: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Terms that the documents bring, folded, with their kind: short indicators, programmes, quoted names."""
    found: dict[str, str] = {}
    for row in facts.get("indicators", ()):
        term = core(bare(row["name"]))
        if 3 <= len(term) <= _SHORT_INDICATOR:
            found.setdefault(term, "indicator")
    for one in parsed:
        for programme in one.programmes:
            inner = re.search("“(.+?)”", programme.name)
            term = bare(inner[1] if inner else programme.name)
            if 2 <= len(term) <= _SHORT_INDICATOR:
                found.setdefault(term, "programme")
    return found


def _unit_aliases(parsed: Sequence[Parsed], facts: Mapping[str, Sequence[Row]], lexicon: Lexicon) -> Iterator[Row]:
    """What people may call each unit: as written, without its level, and by its department's other names."""
    forms = {unit.name: unit.forms for unit in lexicon.units}
    places = {place for one in parsed for place in own_places(one.document)}
    written: dict[int, list[str]] = defaultdict(list)
    for row in facts.get("assignments", ()):
        written[row["unit"]].append(row["name"])
    for unit in facts.get("units", ()):
        names = list(dict.fromkeys(written[unit["n"]]))
        level = unit["name"][:1] if unit["name"][:1] in "省市区县州旗镇乡" else ""
        bases = [base(name, places) for name in names]
        others = forms.get(unit["function"], ())
        surfaces = [*names, *bases, *others, *(level + form for form in others if level)]
        for surface in dict.fromkeys(map(bare, surfaces)):
            if len(surface) >= 2:
                yield {"surface": surface, "kind": "unit", "name": str(unit["n"])}


def word_rows(grown: Growth, words: AbstractSet[str]) -> dict[str, list[Row]]:
    """The rows of `meta`, `aliases`, `dictionary`, `vocabulary`, `fragments` and `characters`; `words` are the passages'."""
    vocabulary = list(_vocabulary(grown, words))
    return {
        "meta": _meta(grown),
        "aliases": _aliases(grown),
        "dictionary": [
            {"word": word, "frequency": count, "tag": grown.tags.get(word, "n")}
            for word, count in sorted(grown.frequencies.items())
        ],
        "vocabulary": vocabulary,
        "fragments": _fragments(vocabulary),
        "characters": _characters(grown),
    }


def _meta(grown: Growth) -> list[Row]:
    """What answering needs at once, as JSON: how questions are put, and the size of the dictionary."""
    values = {"dictionary_total": grown.total, "intents": grown.lexicon.intents, "facets": grown.lexicon.facets}
    return [{"key": key, "value": json.dumps(value, ensure_ascii=False)} for key, value in sorted(values.items())]


def _aliases(grown: Growth) -> list[Row]:
    lexicon = grown.lexicon
    told = aliases(lexicon.concepts, lexicon.units)
    rows: list[Row] = [*grown.unit_aliases, *(dict(zip(("surface", "kind", "name"), row, strict=True)) for row in told)]

    def add(kind: str, surfaces: Iterable[str], name: str) -> None:
        rows.extend({"surface": bare(surface), "kind": kind, "name": name} for surface in surfaces)

    for english, chinese in lexicon.english.items():
        add("english", [english], chinese)
    add("filler", lexicon.fillers, "")
    add("asking", lexicon.asking, "")
    add("english_filler", lexicon.english_fillers, "")
    add("place", lexicon.places, "")
    for term, kind in grown.names.items():
        add(kind, [term], term)
    unique = {(row["surface"], row["kind"], row["name"]): row for row in rows if row["surface"]}
    return [unique[key] for key in sorted(unique)]


def _vocabulary(grown: Growth, words: AbstractSet[str]) -> Iterator[Row]:
    """Chinese terms of two characters and more, with their spelling; weight 3 in the documents, 2 in the lexicon."""
    weights: dict[str, int] = {}
    for concept in (*grown.lexicon.concepts, *grown.lexicon.units):
        weights |= {bare(form): 2 for form in concept.forms}
    for intent in grown.lexicon.intents.values():
        weights |= {bare(cue): 2 for cue in (*intent.get("cues", ()), *intent.get("hints", ()))}
    weights |= dict.fromkeys(grown.names, 3)
    weights |= {word: 3 for word in words if grown.tags.get(word, "n")[0] in "nvalijb"}
    unsure = {term for term, weight in weights.items() if weight < 3} | {row["surface"] for row in grown.unit_aliases}
    weights |= dict.fromkeys(_standing(unsure, grown.text), 3)
    spoken = _spoken(grown.lexicon)
    weights |= {term: SPOKEN for term in weights if term in spoken}
    for term in sorted(weights):
        if _HAN.fullmatch(term) and len(term) >= 2:
            syllables = _syllables(term)
            yield {
                "term": term,
                "pinyin": "".join(syllables),
                "initials": "".join(one[0] for one in syllables),
                "weight": weights[term],
            }


def _standing(terms: Iterable[str], text: str) -> Iterator[str]:
    """The terms that stand in a text; those with a character pair that it lacks need no looking for."""
    pairs = set(map("".join, pairwise(text)))
    return (term for term in terms if pairs.issuperset(map("".join, pairwise(term))) and term in text)


def _spoken(lexicon: Lexicon) -> frozenset[str]:
    """Words of speech, which nobody meant as a term: fillers, words of asking, cues that are no concept."""
    cues = (
        cue
        for row in (*lexicon.intents.values(), *lexicon.facets.values())
        for cue in (*row.get("cues", ()), *row.get("hints", ()))
    )
    terms = {bare(form) for concept in (*lexicon.concepts, *lexicon.units) for form in concept.forms}
    return frozenset(map(bare, (*lexicon.fillers, *lexicon.asking))) | (frozenset(map(bare, cues)) - terms)


def _fragments(vocabulary: Iterable[Row]) -> list[Row]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in vocabulary:
        if len(row["term"]) >= 4 and row["weight"] >= 2:
            for pair in dict.fromkeys(bigrams(row["term"])):
                found[pair].append(row["term"])
    return [{"pair": pair, "terms": "\n".join(terms)} for pair, terms in sorted(found.items())]


def _characters(grown: Growth) -> list[Row]:
    """Readings of every character that the dictionary or documents hold, and simplified forms of all others."""
    used = {char for word in grown.frequencies for char in word if _HAN.fullmatch(char)}
    known = ((char, *_character(char)) for char in map(chr, range(0x4E00, 0xA000)))
    return [
        {"char": char, "pinyin": spelt, "simplified": simple if simple != char and len(simple) == 1 else None}
        for char, spelt, simple in known
        if char in used or simple != char
    ]


@cache
def _character(char: str) -> tuple[str, str]:
    """The readings of a character, and its simplified form."""
    from pypinyin import Style, pinyin

    readings = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return " ".join(dict.fromkeys(one for one in readings if one.isascii())), _simplifier()(char)


@cache
def _simplifier() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=100_000)
def _syllables(term: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(term, style=Style.NORMAL))
