"""One answer to several wants: what each is answered with, the first one first, and what no document says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from knowledge.answering.drafts import MOST_CITATIONS, Draft, line
from knowledge.facts import Line

SMALL = ("smalltalk", "help")
MOST_LINES = 6
"""The lines of all wants together; the place and a quote come after them."""


def joined(parts: Sequence[tuple[str, Draft]]) -> Draft | None:
    """The draft for wants by their words and drafts, None where no document answers any of them; small talk is none."""
    parts = [(words, draft) for words, draft in parts if draft.intent not in SMALL]
    told = _once([draft for _, draft in parts if draft.status == "answered"])
    answered = _quotable(told)
    if not answered:
        return None
    unsaid = [words for words, draft in parts if draft.status != "answered"]
    later = [words for words, draft in parts if draft in told and draft not in answered]
    first = answered[0]
    if len(answered) == 1 and not unsaid and not later:
        return first
    shared = replace(
        first,
        lines=_lines(answered, MOST_LINES - bool(unsaid) - bool(later)),
        figures=[*chain.from_iterable(draft.figures for draft in answered)],
        awards=[*chain.from_iterable(draft.awards for draft in answered)],
        units=[*chain.from_iterable(draft.units for draft in _in_charge(answered) or answered)],
        citations=[],
        conflicts=[*dict.fromkeys(chain.from_iterable(draft.conflicts for draft in answered))],
        missing=[*chain.from_iterable(draft.missing for draft in answered), *unsaid],
        suggestions=[*later, *chain.from_iterable(draft.suggestions for draft in answered)],
    )
    for row in zip_longest(*(draft.citations for draft in answered)):
        shared.cite(*(one for one in row if one is not None))
    if later:
        shared.lines.append(line("later", what="、".join(later)))
    if unsaid:
        shared.lines.append(line("none", what="、".join(unsaid)))
    return shared


def _quotable(drafts: Sequence[Draft]) -> list[Draft]:
    """The first draft, and of the others those whose quotes have room beside: what is told is quoted."""
    told = list(drafts[:1])
    for draft in drafts[1:]:
        quotes = dict.fromkeys(chain.from_iterable(one.citations for one in (*told, draft)))
        if len(quotes) <= MOST_CITATIONS:
            told.append(draft)
    return told


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without those that say the same again (也有奖励吗，多少)."""
    said: dict[str, Draft] = {}
    for draft in drafts:
        said.setdefault("".join(value for _, value in draft.lines[0].values), draft)
    return list(said.values())


def _in_charge(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of the wants that ask who is responsible: what they name counts, and is said once."""
    return [draft for draft in drafts if draft.intent == "unit"]


def _lines(drafts: Sequence[Draft], most: int) -> list[Line]:
    """The first line of each want, with as many of what follows it as there is room."""
    told = [[one for one in draft.lines if one.key != "units" or not _in_charge(drafts)] for draft in drafts]
    room = most - len(told)
    said: list[Line] = []
    for own in told:
        more = own[1 : 1 + max(room, 0)]
        said += [own[0], *more]
        room -= len(more)
    return list(dict.fromkeys(said))[:most]
