"""Rows of words: the dictionary for cutting, aliases from the lexicon and the documents, and what typos are mended by.

What there is before any document (`Seed`) and what the documents bring together (`Brought`) make the whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import add

from knowledge.building.facts import Tables, own_places
from knowledge.building.spelling import Spelling
from knowledge.facts import Parsed
from knowledge.lexicon import Lexicon, aliases
from knowledge.naming import Unit, base, core
from knowledge.store import Row
from knowledge.text import bare
from knowledge.words import bigrams, common_words, frequency_for

LEAST_FREQUENCY = 30
"""Words rarer than this in jieba's own counts are left out of the shipped dictionary."""
_SHORT_NAME = 10
SPOKEN, KNOWN, BROUGHT = 1, 2, 3
"""The weights of terms: words of speech, which pinyin may mean and a typo never does; the lexicon's; the documents'."""
ASKING = 3000
"""The least frequency of a word that asks: 这事由谁来抓 holds no 事由."""
NAMED = ("indicator", "programme", "own")
"""The kinds of names that documents bring: `own` are those of their places, which no typo means."""
Alias = tuple[str, str, str]
"""Surface, kind and name."""
_TABLES = {"filler": "fillers", "english_filler": "english_fillers", "place": "places"}
"""Where the lexicon keeps words of a kind."""
_HAN = re.compile("[一-鿿]+")
_QUOTED = re.compile("^.*?“(.+?)”.*$", re.DOTALL)


class Seed:
    """The words that a database has before any document: jieba's common ones and the lexicon's. One a process is enough."""

    def __init__(self, lexicon: Lexicon, held: Iterable[tuple[str, int, str]] = (), total: int = 0) -> None:
        """`held`: the (word, frequency, part of speech) of a database that was built with this lexicon, and their `total`."""
        self.lexicon = lexicon
        words = tuple(held) or common_words(LEAST_FREQUENCY)
        self.tags = {word: tag for word, _, tag in words}
        self.frequencies = {word: frequency for word, frequency, _ in words}
        self.total = total or sum(self.frequencies.values())
        self._raised: dict[str, int] = {}
        if not total:
            self.frequencies |= self.raised(_surfaces(lexicon))
            asking = (word for word in map(bare, lexicon.asking) if word in self.frequencies and len(word) > 1)
            self.frequencies |= {word: max(self.frequencies[word], ASKING) for word in asking}
            self.tags |= dict(_verbs(lexicon, self.tags))
            self._raised.clear()
        self.weights = _weights(lexicon)
        self.spoken = _spoken(lexicon)
        self.units = {unit.name: unit.forms for unit in lexicon.units}
        self._paired: dict[str, list[str]] = defaultdict(list)
        for term in self.weights:
            self._paired[term[:2]].append(term)

    def raised(self, surfaces: Iterable[str]) -> dict[str, int]:
        """The frequencies that keep words whole when cutting; one character is a word anyway."""
        held = {surface: self._raised.get(surface, -1) for surface in surfaces}
        new = {surface: self._frequency(surface) for surface, frequency in held.items() if frequency < 0}
        self._raised |= new
        return {surface: frequency for surface, frequency in (held | new).items() if frequency}

    def _frequency(self, surface: str) -> int:
        """The frequency that keeps a surface whole; 0 for one that is no word of Chinese."""
        chosen = len(surface) > 1 and _HAN.fullmatch(surface)
        return frequency_for(surface, self.total, self.frequencies) if chosen else 0

    def tag(self, word: str) -> str:
        """A word's part of speech; a noun where jieba does not know it."""
        return self.tags.get(word, "n")

    def standing(self, text: str, others: Iterable[str]) -> set[str]:
        """Which of the lexicon's terms, and of others, stand in a folded text."""
        pairs = set(map(add, text, text[1:]))
        begun = (term for pair in pairs & self._paired.keys() for term in self._paired[pair])
        likely = (term for term in (*begun, *others) if term[-2:] in pairs and (len(term) < 3 or term[1:3] in pairs))
        return {term for term in likely if len(term) == 2 or term in text}

    def weight(self, term: str, least: int = BROUGHT) -> int:
        """A term's weight, at least that of what documents bring unless it is a word of speech."""
        return SPOKEN if term in self.spoken else max(least, self.weights.get(term, 0))


def _verbs(lexicon: Lexicon, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The short forms that common Chinese does not have of concepts that are verbs (申领, as 申报): they are verbs too."""
    for concept in lexicon.concepts:
        if tags.get(bare(concept.name), "n").startswith("v"):
            yield from ((form, "v") for form in map(bare, concept.same) if form not in tags and len(form) <= 2)


def names_of(one: Parsed, tables: Tables) -> dict[str, list[str]]:
    """Terms that a document brings, folded, by their kind: short indicators, programmes, quoted names."""
    indicators = (core(bare(row["name"])) for row in tables.get("indicators", ()))
    programmes = (bare(_QUOTED.sub(r"\1", programme.name)) for programme in one.programmes)
    return {
        "indicator": list(dict.fromkeys(term for term in indicators if 3 <= len(term) <= _SHORT_NAME)),
        "programme": list(dict.fromkeys(term for term in programmes if 2 <= len(term) <= _SHORT_NAME)),
        "own": list(dict.fromkeys(place for place in map(bare, own_places(one.document)) if len(place) > 1)),
    }


def surfaces_of(unit: Unit, names: Iterable[str], places: AbstractSet[str], seed: Seed) -> list[str]:
    """What people may call a unit: as written (`names`), without its level, and by its department's other names."""
    level = unit.name[:1] if unit.name[:1] in "省市区县州旗镇乡" else ""
    others = seed.units.get(unit.function, ())
    written = dict.fromkeys(names)
    bases = [base(name, places) for name in written]
    surfaces = [*written, *bases, *others, *(level + form for form in others if level)]
    return [surface for surface in dict.fromkeys(map(bare, surfaces)) if len(surface) >= 2]


@dataclass(frozen=True)
class Brought:
    """What all current documents bring together: (surface, kind, name) of units and names, and terms for the vocabulary."""

    aliases: frozenset[Alias]
    terms: frozenset[str]

    @property
    def surfaces(self) -> set[str]:
        return {surface for surface, _, _ in self.aliases}


def together(units: Iterable[tuple[int, Sequence[str]]], kinds: Iterable[tuple[str, Iterable[str]]]) -> Brought:
    """What units, each with its surfaces, and documents bring; a term that is an indicator and a programme is an indicator."""
    terms: dict[str, set[str]] = {"indicator": set(), "programme": set(), "own": set(), "term": set()}
    for kind, more in kinds:
        terms[kind].update(more)
    terms["programme"] -= terms["indicator"]
    aliases = {(surface, "unit", str(n)) for n, surfaces in units for surface in surfaces}
    for kind in NAMED:
        aliases |= {(term, kind, term) for term in terms[kind]}
    return Brought(frozenset(aliases), frozenset().union(*(more for kind, more in terms.items() if kind != "own")))


def word_rows(seed: Seed, brought: Brought, spelling: Spelling) -> Tables:
    """The rows of `meta`, `aliases`, `dictionary`, `vocabulary`, `fragments` and `characters`."""
    weights = {term: seed.weight(term, weight) for term, weight in seed.weights.items()}
    weights |= {term: seed.weight(term) for term in brought.terms}
    vocabulary = vocabulary_rows(weights, spelling)
    raised = seed.raised(brought.surfaces)
    frequencies = seed.frequencies | raised
    told = {row for row in _lexicon_aliases(seed.lexicon) if row[0]} | brought.aliases
    return {
        "meta": _meta(seed),
        "aliases": alias_rows(told),
        "dictionary": [
            {"word": word, "frequency": count, "tag": seed.tag(word), "base": seed.frequencies.get(word, 0)}
            for word, count in sorted(frequencies.items())
        ],
        "vocabulary": vocabulary,
        "fragments": fragment_rows(vocabulary),
        "characters": _characters(frequencies, spelling),
    }


def alias_rows(aliases: Iterable[Alias]) -> list[Row]:
    """Rows of aliases, in order."""
    return [{"surface": surface, "kind": kind, "name": name} for surface, kind, name in sorted(aliases)]


def vocabulary_rows(weights: Mapping[str, int], spelling: Spelling) -> list[Row]:
    """Rows of Chinese terms of two characters and more, with their spelling, in order."""
    rows = []
    for term in sorted(weights):
        if len(term) >= 2 and _HAN.fullmatch(term):
            spelt, initials = spelling.term(term)
            rows.append({"term": term, "pinyin": spelt, "initials": initials, "weight": weights[term]})
    return rows


def lexicon_stamp(lexicon: Lexicon) -> str:
    """What tells the lexicon that a database was built with from another."""
    parts = (repr(sorted(value) if isinstance(value, frozenset) else value) for value in vars(lexicon).values())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _surfaces(lexicon: Lexicon) -> Iterator[str]:
    for concept in (*lexicon.concepts, *lexicon.units):
        yield from map(bare, concept.forms)
    yield from map(bare, (*lexicon.fillers, *lexicon.asking))
    yield from map(bare, (place for place in lexicon.places if len(place) > 1))
    yield from map(bare, _cues(lexicon))


def _cues(lexicon: Lexicon) -> Iterator[str]:
    for row in (*lexicon.intents.values(), *lexicon.facets.values()):
        yield from (*row.get("cues", ()), *row.get("hints", ()))


def _weights(lexicon: Lexicon) -> dict[str, int]:
    """The lexicon's terms: weight 2, as long as no document brings them."""
    intents = (cue for row in lexicon.intents.values() for cue in (*row.get("cues", ()), *row.get("hints", ())))
    forms = (form for concept in (*lexicon.concepts, *lexicon.units) for form in concept.forms)
    return dict.fromkeys(map(bare, (*forms, *intents)), KNOWN)


def _spoken(lexicon: Lexicon) -> frozenset[str]:
    """Words of speech, which nobody meant as a term: fillers, words of asking, cues that are no concept."""
    terms = {bare(form) for concept in (*lexicon.concepts, *lexicon.units) for form in concept.forms}
    return frozenset(map(bare, (*lexicon.fillers, *lexicon.asking))) | (frozenset(map(bare, _cues(lexicon))) - terms)


def _meta(seed: Seed) -> list[Row]:
    """What answering needs at once, as JSON: how questions are put, and the size of the dictionary."""
    values = {
        "dictionary_total": seed.total,
        "intents": seed.lexicon.intents,
        "facets": seed.lexicon.facets,
        "lexicon": lexicon_stamp(seed.lexicon),
    }
    return [{"key": key, "value": json.dumps(value, ensure_ascii=False)} for key, value in sorted(values.items())]


def _lexicon_aliases(lexicon: Lexicon) -> Iterator[Alias]:
    yield from aliases(lexicon.concepts, lexicon.units)
    for english, chinese in lexicon.english.items():
        yield bare(english), "english", chinese
    for kind in ("filler", "asking", "english_filler", "place"):
        words: frozenset[str] = getattr(lexicon, _TABLES.get(kind, kind))
        yield from ((bare(word), kind, "") for word in words)


def fragment_rows(vocabulary: Iterable[Row]) -> list[Row]:
    """For a pair of characters the terms of four characters and more that hold it, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in vocabulary:
        if len(row["term"]) >= 4 and row["weight"] >= KNOWN:
            for pair in dict.fromkeys(bigrams(row["term"])):
                found[pair].append(row["term"])
    return [{"pair": pair, "terms": "\n".join(terms)} for pair, terms in sorted(found.items())]


def _characters(frequencies: Iterable[str], spelling: Spelling) -> list[Row]:
    """Readings of every character that the dictionary holds, and simplified forms of all others."""
    used = set("".join(frequencies))
    return [row for char in map(chr, range(0x4E00, 0xA000)) if (row := spelling.character(char, char in used))]
