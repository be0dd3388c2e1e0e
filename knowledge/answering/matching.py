"""How well texts match the terms of a question: the share of the subject that they cover.

A term counts in full where one of its forms stands in a text, in part where a near form or most of its
character pairs do. Rare terms weigh more (idf), so that `企业` alone is no match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.passages import WORD, word_term
from knowledge.question import Question, Term
from knowledge.search import Hit, Index
from knowledge.words import bigrams

NEAR = 0.55
PARTIAL = 0.75
"""What a near form, and a full share of a term's character pairs, count beside the term itself."""
PART = 0.5
"""What is left of a near form that is only a part of the term itself (创业 for 创业担保贷款)."""
HEADLESS = 0.6
"""What is left of a share without the term's last pair: Chinese compounds end in what they are."""
COUNTED = 0.9
"""What a term counts that stands in a text without its counting word (技术合同登记 for 技术合同登记额)."""
LEAST_IMPORTANCE = 0.25
"""A term of less importance than this carries no subject."""
NOWHERE = 0.4
"""What is left in ranking of a term that no document has."""
LEAST_SHARE = 0.5
_RATIO = re.compile("万人|人均|户均|地均|亩均|单位(?=[a-z])")
"""What begins the name of a ratio: 万人发明专利拥有量 is no 发明专利拥有量."""
_COUNTING = re.compile("(?:总数|总量|数量|总额|数|额|量)$")


Zones = Sequence[tuple[str, float]]
"""Folded texts, each with the most that a term found in it counts."""


@dataclass
class Subject:
    """The terms of a question with what each weighs in this database.

    `weights` rank texts: terms that no document has hardly count. `importance` tells what an answer may lack.
    """

    terms: tuple[Term, ...]
    weights: tuple[float, ...]
    importance: tuple[float, ...] = ()

    @cached_property
    def total(self) -> float:
        """What all terms weigh together, never 0."""
        return sum(self.weights) or 1.0

    def strong(self, least: float = 0.5) -> Subject:
        """The subject without the words that only tell the kind."""
        places = [
            place
            for place, term in enumerate(self.terms)
            if term.weight >= least and self.importance[place] >= LEAST_IMPORTANCE
        ]
        return self.only(places)

    def only(self, places: Sequence[int]) -> Subject:
        """The subject of some of its terms."""
        weights, importance = (tuple(row[place] for place in places) for row in (self.weights, self.importance))
        return Subject(tuple(self.terms[place] for place in places), weights, importance)

    def level(self, place: int, text: str) -> float:
        """How much of a term (by its place) stands in a folded text, 0 to 1."""
        return self._gauges[place](text)

    @cached_property
    def _gauges(self) -> list[Callable[[str], float]]:
        return [lru_cache(maxsize=None)(_gauge(term)) for term in self.terms]

    def levels(self, zones: Zones) -> list[float]:
        """Each term's best level over zones."""
        return [self.best(place, zones) for place in range(len(self.terms))]

    def coverage(self, zones: Zones, least: Sequence[float] = ()) -> float:
        """The share of the subject that texts cover, each zone counting its weight at most.

        `least`: levels that the terms have already, from zones that many texts share.
        """
        floors = least or [0.0] * len(self.terms)
        return (
            sum([weight * self.best(place, zones, floors[place]) for place, weight in enumerate(self.weights)])
            / self.total
        )

    def best(self, place: int, zones: Zones, best: float = 0.0) -> float:
        """A term's best level over zones, at least what it had."""
        gauge = self._gauges[place]
        for text, most in zones:
            if most > best and text and (level := most * gauge(text)) > best:
                best = level
        return best

    def uncovered(self, texts: Iterable[str], least: float = 0.4) -> list[Term]:
        """The terms that none of the texts holds."""
        zones = [(text, 1.0) for text in texts]
        return [term for place, term in enumerate(self.terms) if self.best(place, zones) < least]


def _gauge(term: Term) -> Callable[[str], float]:
    """What tells how much of a term stands in a folded text."""
    forms = term.forms
    near = [(form, NEAR * (PART if form in term.text else 1.0)) for form in term.near if not term.must]
    partly = _part_of(term.text, must=term.must)

    def gauge(text: str) -> float:
        for form in forms:
            if form in text:
                return 1.0
        level = max([most for form, most in near if form in text], default=0.0) if near else 0.0
        return max(level, partly(text))

    return gauge


def own_level(term: Term, text: str) -> float:
    """How much of a term itself stands in a folded text: what is only near to it, or ends alike (博士, 硕士研究生), counts nothing."""
    if any(form in text for form in term.forms):
        return 1.0
    return _part_of(term.text, must=term.must)(text) if term.text[:2] in text else 0.0


def kindred_level(term: Term, text: str) -> float:
    """How much of a term itself, or of a near form that shares a pair of characters with it, stands in a text."""
    pairs = _pairs(term.text)
    kindred = any(form in text and (form.isascii() or any(pair in form for pair in pairs)) for form in term.near)
    return max(own_level(term, text), NEAR * kindred)


def near_level(term: Term, text: str) -> float:
    """How much of a term stands in a folded text, what is only near to it in part."""
    return _gauge(term)(text)


@lru_cache(maxsize=4096)
def _part_of(said: str, *, must: bool) -> Callable[[str], float]:
    """What tells how much of a word stands in a folded text that does not hold it whole."""
    pairs = tuple(dict.fromkeys(bigrams(said)))
    ratio = _RATIO.match(said)
    uncounted = _COUNTING.sub("", said)
    least = len(pairs) * LEAST_SHARE

    def part(text: str) -> float:
        held = 0
        for pair in pairs:
            if pair in text:
                held += 1
        if held < least or (ratio is not None and ratio[0] not in text):
            return 0.0
        if held > least and len(uncounted) >= 4 and uncounted in text:
            return COUNTED
        return PARTIAL * held / len(pairs) * (1.0 if said[-2:] in text else HEADLESS)

    return (lambda _: 0.0) if must or len(pairs) < 2 else part


@lru_cache(maxsize=1 << 14)
def _pairs(form: str) -> tuple[str, ...]:
    return tuple(bigrams(form))


def query_weights(terms: Sequence[Term]) -> dict[str, float]:
    """The weighted search terms of a subject: pairs of what was said in full, of its other forms at a discount."""
    weights: dict[str, float] = {}
    for term in terms:
        for forms, discount in ((term.forms[:1], 1.0), (term.forms[1:], 0.5), (term.near, 0.25)):
            for form in forms:
                for pair in _pairs(form):
                    weights[pair] = max(weights.get(pair, 0.0), term.weight * discount)
                weights[word_term(form)] = term.weight * discount * WORD
    return weights


def subject(question: Question, index: Index) -> tuple[Subject, list[Hit]]:
    """The subject of a question weighed by the database, and the passages that hold most of it."""
    hits, frequencies = index.hits(query_weights(question.terms))
    held = [any(_held(form, frequencies) for form in (*term.forms, *term.near)) for term in question.terms]
    told = zip(question.terms, held, strict=True)
    importance = tuple(_weight(term, frequencies, index) if here else term.weight * term.absent for term, here in told)
    weights = tuple(
        weight * term.aside * (1.0 if here else NOWHERE)
        for weight, term, here in zip(importance, question.terms, held, strict=True)
    )
    return Subject(question.terms, weights, importance), hits


def _weight(term: Term, frequencies: Mapping[str, int], index: Index) -> float:
    """What a term that some document has weighs: rare ones more."""
    return term.weight * (0.25 + 0.75 * _rarity(term, frequencies, index))


def _held(form: str, frequencies: Mapping[str, int]) -> bool:
    """Whether every pair of a form stands somewhere in the documents (the form itself then may)."""
    return all(frequencies.get(pair, 0) for pair in _pairs(form))


def _rarity(term: Term, frequencies: Mapping[str, int], index: Index) -> float:
    """How rare a term is, 0 (in every passage) to 1 (in none or one)."""
    counts = [min((frequencies.get(pair, 0) for pair in _pairs(form)), default=0) for form in term.forms]
    most = index.idf(1)
    return min(index.idf(max(counts, default=0)) / most, 1.0) if most > 0 else 1.0
