"""A document cut into passages for search, and the terms that each is found by.

Terms are character pairs and, at half their weight, words; every passage also carries a little of its heading,
its document's head and the passage before (the recipe is measured in docs/ranking.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.facts import Document, Section, Span
from knowledge.parsing.clauses import Piece, clauses, paragraphs, sentences
from knowledge.text import View, compact, fold, tidy

LONGEST = 200
"""The most characters a passage spans in its source."""
HEADING, HEAD, BEFORE, WORD = 0.6, 1.0, 0.15, 0.5
"""What a term in the heading, the document's head, the passage before, or as a word, counts beside a pair in the text."""
HEAD_LENGTH = 120
K, B = 0.7, 0.2
"""How soon more of a term stops counting, and how much a long passage counts less (measured, docs/ranking.md)."""
TYPICAL = 120
"""The length of a usual passage, folded. A constant, so that what a passage counts hangs on no other document."""
FULL = 255
"""An impact of 1 as it is stored, in a byte."""


@dataclass(frozen=True)
class Passage:
    """A run of a section's text, whole sentences where they fit."""

    section: int
    start: int
    end: int


def passages(document: Document, sections: Sequence[Section]) -> Iterator[Passage]:
    """The passages of a document in order, by the place of their section."""
    for place, section in enumerate(sections):
        view = compact(document.text, section.start, section.end, document.furniture)
        yield from (Passage(place, start, end) for start, end in _runs(view, document.text))


def _runs(view: View, text: str) -> Iterator[Span]:
    """Sentences packed up to the longest span."""
    begin: int | None = None
    last = 0
    for piece in _pieces(view):
        start, end = tidy(text, *view.span(piece.start, min(piece.end + 1, len(view.text))))
        if begin is not None and end - begin > LONGEST:
            yield begin, last
            begin = None
        begin = start if begin is None else begin
        last = end
    if begin is not None:
        yield begin, last


def _pieces(view: View) -> Iterator[Piece]:
    """Sentences; long ones by clause, longer ones by force."""
    for paragraph in paragraphs(view.text):
        for sentence in sentences(paragraph):
            parts = [sentence] if _width(view, sentence) < LONGEST else list(clauses(sentence))
            for part in parts:
                yield from [part] if _width(view, part) < LONGEST else _forced(part)


def _width(view: View, piece: Piece) -> int:
    start, end = view.span(piece.start, piece.end)
    return end - start


def _forced(piece: Piece) -> Iterator[Piece]:
    step = LONGEST // 2
    for start in range(0, len(piece.text), step):
        yield Piece(
            piece.text[start : start + step], piece.start + start, piece.start + min(start + step, len(piece.text))
        )


def head(document: Document) -> str:
    """What a document is about, in few characters: title, issuer, place."""
    return fold(" ".join(filter(None, (document.title, document.issuer, *document.places))))[:HEAD_LENGTH]


def amounts(parts: Iterable[tuple[float, Sequence[str], Sequence[str]]]) -> dict[str, float]:
    """How much of each term a passage holds; a part is its weight, its character pairs and its words (`term_words`).

    The first part is the passage itself, of weight 1.
    """
    (_, pairs, words), *others = parts
    counted: dict[str, float] = dict(Counter(pairs))
    counted.update((word, count * WORD) for word, count in Counter(words).items())
    for weight, pairs, words in others:
        for terms, amount in ((pairs, weight), (words, weight * WORD)):
            for term in terms:
                counted[term] = counted.get(term, 0.0) + amount
    return counted


def term_words(words: Iterable[str]) -> list[str]:
    """The terms of the words that count beside character pairs."""
    return [f"={word}" for word in words if len(word) > 1]


def word_term(word: str) -> str:
    """The term of a word, apart from the character pair of the same letters."""
    return f"={word}"


def term_word(term: str) -> str:
    """The word of a word's term."""
    return term[1:]


def impacts(amounts: Iterable[float], length: int) -> dict[float, int]:
    """What amounts of terms in a passage of a length count, from 1 to FULL, for each of them."""
    slack = K * (1 - B + B * length / TYPICAL)
    return {amount: round(FULL * amount / (amount + slack)) or 1 for amount in set(amounts)}
