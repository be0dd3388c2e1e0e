"""Ranking sections, sentences and subjects of facts by how much of a question they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.answering.matching import Subject
from knowledge.answering.shelf import Sentence, Shelf, Shelved
from knowledge.search import Hit, Index
from knowledge.text import bare

HEADING, TEXT, ABOVE, TITLE = 0.95, 0.85, 0.75, 0.35
"""The most that a term counts in a section's heading, its text, the headings above it, the document's title."""
PARTED = 0.1
"""What a section loses that only introduces those below it."""
MOST_SECTIONS = 16
"""How many sections, those of the best passages, are looked at closely."""
MOST_ELSEWHERE = 8
"""Of how many further documents the best section is looked at too."""
FAR = 0.45
"""Sections that cover this much less than the best are not looked at further."""
BY_SENTENCE = 0.5
"""The part of a section's rank that its best sentence has; the rest is the whole section's."""


@dataclass(frozen=True)
class Ranked:
    """A section with how much of the subject it covers, and its best sentence; `loss`: what it loses as it no longer holds."""

    section: Shelved
    score: float
    coverage: float
    sentence: Sentence | None
    loss: float = 0.0


def sections(
    hits: Sequence[Hit], subject: Subject, shelf: Shelf, index: Index, near: Sequence[int] = ()
) -> list[Ranked]:
    """The sections of the hits, best first; `near` are rows of sections that are looked at in any case and first."""
    of_passage = {row["n"]: row["section"] for row in index.passages(hit.passage for hit in hits)}
    best_hit = hits[0].score if hits else 1.0
    strength: dict[int, float] = {}
    for hit in hits:
        strength.setdefault(of_passage[hit.passage], hit.score / best_hit)
    for n in near:
        strength.setdefault(n, 0.0)
    ordered = sorted(strength, key=lambda n: (-strength[n], n))
    taken = [*map(shelf.take, ordered[: MOST_SECTIONS + len(near)])]
    taken += _elsewhere(taken, map(shelf.take, ordered[len(taken) :]))
    covered = [subject.coverage(_zones(one)) for one in taken]
    least = max(covered, default=0.0) - FAR
    pairs = zip(taken, covered, strict=True)
    ranked = [ranked_section(one, subject, strength[one.n], coverage) for one, coverage in pairs if coverage >= least]
    return sorted(ranked, key=lambda one: (-one.score, one.section.n))


def _elsewhere(taken: Sequence[Shelved], further: Iterable[Shelved]) -> list[Shelved]:
    """Of further sections the best of each document that none of those taken is of."""
    known = {one.document.id for one in taken}
    found: dict[str, Shelved] = {}
    for one in further:
        if one.document.id not in known:
            found.setdefault(one.document.id, one)
    return [*found.values()][:MOST_ELSEWHERE]


def _zones(one: Shelved) -> list[tuple[str, float]]:
    return [(one.heading, HEADING), (one.folded, TEXT), (one.above, ABOVE), (bare(one.document.title or ""), TITLE)]


def ranked_section(one: Shelved, subject: Subject, strength: float, coverage: float) -> Ranked:
    """One section's rank; `strength` is its best passage's score beside the best of all."""
    sentence, inner = best_sentence(one, subject)
    headed = subject.coverage([(one.heading, 1.0)])
    parted = 0.0 if one.leaf else PARTED
    score = (1 - BY_SENTENCE) * coverage + BY_SENTENCE * inner + 0.12 * headed + 0.08 * strength - parted
    return Ranked(one, score, coverage, sentence)


def best_sentence(one: Shelved, subject: Subject) -> tuple[Sentence | None, float]:
    """The sentence of a section that covers most of a subject, its heading helping."""
    best: tuple[float, int] | None = None
    shared = subject.levels([(one.heading, 0.7), (one.above, 0.55)])
    for place, sentence in enumerate(one.sentences):
        score = subject.coverage([(sentence.folded, 1.0)], shared)
        if best is None or score > best[0] + 1e-9:
            best = (score, place)
    return (one.sentences[best[1]], best[0]) if best else (None, subject.coverage([(one.heading, 0.7)]))


def likeness(question: str, phrase: str) -> float:
    """How alike a question's subject and a fact's are, 0 to 1, whatever the order and what else was said."""
    if not question or not phrase:
        return 0.0
    return (
        float(fuzz.token_set_ratio(" ".join(question), " ".join(phrase)) * 0.4 + fuzz.ratio(question, phrase) * 0.6)
        / 100
    )
