"""Which way of answering is taken: a register of ways in order, each tried when the question asks for its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.answering import (
    adding,
    amounts,
    awards,
    claims,
    clauses,
    comparing,
    duties,
    extremes,
    holdings,
    listing,
    papers,
    parts,
    reaching,
    reverse,
    rivals,
    small,
    targets,
    unlisted,
    windows,
    workload,
)
from knowledge.answering.drafts import Desk, Draft
from knowledge.question import Question
from knowledge.question.intents import CUED


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
    Way(("document",), holdings.answer, 0.9, least=9.0, when=holdings.asked),
    Way(("compare",), rivals.answer, 0.95, least=9.0, when=rivals.asked),
    Way(("award",), adding.answer, 0.92, least=9.0, when=adding.asked),
    Way(("award",), amounts.answer, 0.9, least=9.0, when=amounts.asked),
    Way(("measure",), parts.answer, 0.9, least=9.0, when=parts.asked),
    Way(("list",), unlisted.answer, 0.7, least=9.0, when=unlisted.asked),
    Way(("list",), listing.answer, 0.6, least=9.0, when=listing.asked),
    Way(("unit", "duties"), extremes.answer, 0.6, least=9.0, when=extremes.asked),
    Way(("list",), reverse.answer, 0.7, least=9.0, when=reverse.asked),
    Way(("target", "schedule"), reaching.answer, 0.4, least=9.0, when=reaching.asked),
    Way(("conflict",), small.conflicts, 0.1, least=2.0),
    Way(("unit", "duties"), claims.charge, 0.3, when=claims.of_charge),
    Way(("duties", "unit"), workload.duties, 0.05),
    Way(("compare",), comparing.answer, 0.08),
    Way(("target", "target_series"), targets.answer, 0.0),
    Way(("document",), papers.metadata, 0.4, when=papers.asked),
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
DATED = 0.25
"""What a figure gains where a year is all that tells the kind."""


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
    if not called or _only_dated(question):
        called += [
            way for way in WAYS if way.kinds[0] in ("target", "measure")[: 1 + (not called)] and way not in called
        ]
    tried = [
        (draft, _total(draft, way, question), max(map(question.wants, way.kinds)))
        for way in called
        if (draft := way.draft(desk)) is not None
    ]
    if not tried:  # a time that no sentence on the subject tells is in no other sentence either
        told = None if question.wants("schedule") >= CUED else clauses.answer(desk, "measure")
        return [told] if told is not None else []
    tried.sort(key=lambda one: -one[1])
    return [tried[0][0], *(draft for draft, _, said in tried[1:] if said >= CUED)]


def _only_dated(question: Question) -> bool:
    """Whether a question names a year and no kind of thing: the figure of that year is meant first."""
    return bool(question.years and max(question.intents.values(), default=0.0) < CUED)


def _by_unit(desk: Desk) -> bool:
    """Whether units alone are the subject, and not who they are."""
    return bool(desk.question.units and not desk.subject.strong().terms and not _otherwise(desk.question))


def _otherwise(question: Question) -> bool:
    """Whether a question asks for members or documents, whatever units its words seem to name (江府办发〔2019〕26号)."""
    return bool(unlisted.asked(question) or holdings.asked(question))


def _total(draft: Draft, way: Way, question: Question) -> float:
    words = max(question.wants(kind) for kind in way.kinds)
    dated = DATED * (draft.intent.startswith("target") and _only_dated(question))
    return draft.fit + way.prior + dated + BY_WORDS * min(words / STRONG, 1.2)
