"""Which way of answering is taken: a register of ways in order, each tried when the question asks for its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answering import (
    awards,
    claims,
    clauses,
    comparing,
    duties,
    listing,
    papers,
    small,
    targets,
    unlisted,
    windows,
    workload,
)
from knowledge.answering.drafts import Desk, Draft
from knowledge.question import Question


@dataclass(frozen=True)
class Way:
    """A way of answering: the kinds that call for it, how it drafts, what a draft's fit gains.

    `least` is how strong the words must call; `when` is what else calls for it.
    """

    kinds: tuple[str, ...]
    draft: Callable[[Desk], Draft | None]
    prior: float = 0.0
    least: float = 1.0
    when: Callable[[Question], object] | None = None


def _clause(intent: str) -> Callable[[Desk], Draft | None]:
    return lambda desk: clauses.answer(desk, intent)


WAYS: tuple[Way, ...] = (
    Way(("list",), unlisted.answer, 0.7, least=9.0, when=unlisted.asked),
    Way(("list",), listing.answer, 0.6, least=9.0, when=listing.asked),
    Way(("conflict",), small.conflicts, 0.1, least=2.0),
    Way(("unit", "duties"), claims.charge, 0.3, when=claims.of_charge),
    Way(("duties", "unit"), workload.duties, 0.05),
    Way(("compare",), comparing.answer, 0.08),
    Way(("target", "target_series"), targets.answer, 0.0),
    Way(("document",), papers.metadata, 0.15, when=papers.asked),
    Way(("document",), papers.references, -0.1),
    Way(("award",), awards.answer, 0.0),
    Way(("unit",), duties.responsible, 0.0),
    Way(("schedule",), windows.answer, 0.25, least=9.0, when=windows.asked),
    Way(("schedule",), _clause("schedule"), -0.05),
    Way(("programme",), _clause("programme"), -0.1),
    Way(("organisation",), _clause("organisation"), -0.05),
    Way(("list",), _clause("list"), -0.1),
    Way(("howto",), _clause("howto"), -0.1),
    Way(("measure",), _clause("measure"), -0.1),
)
"""Read in order; of drafts that fit alike the earlier way's is taken."""

BY_WORDS = 0.35
"""How much the words that tell the kind count beside how well the facts fit."""
STRONG = 5.0
CUED = 2.0
"""How strongly the words must call for a way whose draft comes in when the best one is not sure."""


def ordered(desk: Desk) -> list[Draft]:
    """The drafts of the ways that the question calls for: the best, then those that its words ask for.

    Without any cue they are of figures and sentences.
    """
    question = desk.question
    called = [
        way
        for way in WAYS
        if any(question.wants(kind) >= way.least for kind in way.kinds) or (way.when and way.when(question))
    ]
    if _by_unit(desk) and (alone := workload.duties(desk)) is not None:
        return [alone]
    if not called:
        called = [way for way in WAYS if way.kinds[0] in ("target", "measure")]
    tried = [
        (draft, _total(draft, way, question), max(map(question.wants, way.kinds)))
        for way in called
        if (draft := way.draft(desk)) is not None
    ]
    if not tried:
        told = clauses.answer(desk, "measure")
        return [told] if told is not None else []
    tried.sort(key=lambda one: -one[1])
    return [tried[0][0], *(draft for draft, _, said in tried[1:] if said >= CUED)]


def _by_unit(desk: Desk) -> bool:
    """Whether units alone are the subject, and not who they are."""
    return bool(desk.question.units and not desk.subject.strong().terms and not unlisted.asked(desk.question))


def _total(draft: Draft, way: Way, question: Question) -> float:
    words = max(question.wants(kind) for kind in way.kinds)
    return draft.fit + way.prior + BY_WORDS * min(words / STRONG, 1.2)
