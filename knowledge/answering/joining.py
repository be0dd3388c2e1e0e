"""One answer to several wants: what each is answered with, the first one first, and what no document says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, zip_longest

from knowledge.answering.drafts import MOST_CITATIONS, Draft, line
from knowledge.facts import Figure, Line

SMALL = ("smalltalk", "help")
MOST_LINES = 6
"""The lines of all wants together; the place and a quote come after them."""
LONGEST_FIRST = 60
"""What answers several wants in no more characters than this stands on one line."""
BETWEEN = 3
_ENGLISH = frozenset(["sign", "number", "change", "often"])
_SENTENCES = frozenset(["clause", "quote.lead"])


def joined(parts: Sequence[tuple[str, Draft]], *, summed: bool = False) -> Draft | None:
    """The draft for wants by their words and drafts, None where no document answers any of them; small talk is none.

    `summed`: they are asked for together, so their sum is told where their values are exact.
    """
    parts = [(words, draft) for words, draft in parts if draft.intent not in SMALL]
    told = _once([draft for _, draft in parts if draft.status == "answered"])
    answered = _quotable(told)
    if not answered:
        return None
    unsaid = [words for words, draft in parts if draft.status != "answered"]
    later = [words for words, draft in parts if draft in told and draft not in answered]
    first = answered[0]
    if len(told) == 1 and not unsaid:
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
        page=None,
    )
    for row in zip_longest(*(draft.citations for draft in answered)):
        shared.cite(*(one for one in row if one is not None))
    if summed and len(answered) > 1 and not unsaid and (total := _sum([draft.figures for draft in answered])):
        shared.lines.insert(1, line("sum", total=total))
    if later:
        shared.lines.append(line("later", what="、".join(later)))
    if unsaid:
        shared.lines.append(line("none", what="、".join(unsaid)))
    return shared


def _sum(held: Sequence[Sequence[Figure]]) -> str:
    """The sum of one exact figure of each want, with its operands, "" where one has none or they count different things."""
    chosen = [
        next((one for one in figures if one.comparator == "=" and one.value_max is None), None) for figures in held
    ]
    exact = [one for one in chosen if one is not None and one.value is not None]
    if len(exact) < len(held) or len({(one.unit, one.year) for one in exact}) > 1:
        return ""
    values = [Decimal(str(one.value)) for one in exact]
    if any(len({one.value for one in figures}) > 1 for figures in held):
        return ""
    return f"{' + '.join(f'{value.normalize():f}' for value in values)} = {sum(values, Decimal(0)).normalize():f}{exact[0].unit or ''}"


def _quotable(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts cut to what there is room to quote: of each at least what its first line tells."""
    quotes = dict.fromkeys(chain.from_iterable(draft.citations for draft in drafts))
    if len(quotes) <= MOST_CITATIONS:
        return list(drafts)
    told: list[Draft] = []
    for draft in drafts:
        held = dict.fromkeys(chain.from_iterable(one.citations for one in (*told, draft)))
        if len(held) <= MOST_CITATIONS or not told:
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
    """The first lines of all wants on one line, then as many of what follows each as there is room."""
    told = [[one for one in draft.lines if one.key != "units" or not _in_charge(drafts)] for draft in drafts]
    said = _packed([own[0] for own in told])
    room = most - len(said)
    for own in told:
        more = own[1 : 1 + max(room, 0)]
        said += more
        room -= len(more)
    return list(dict.fromkeys(said))[:most]


def _packed(opening: Sequence[Line]) -> list[Line]:
    """The lines that answer, as many on the first one as it holds; sentences of a document stand by themselves."""
    held, size = [opening[0]], _length(opening[0])
    rest: list[Line] = []
    for one in opening[1:]:
        size += _length(one)
        if size <= LONGEST_FIRST and not rest and one.key not in _SENTENCES:
            held.append(one)
        else:
            rest.append(one)
    return [replace(held[0], more=tuple(held[1:])), *rest]


def _length(one: Line) -> int:
    """About how many characters a line has: its values, with what stands between them."""
    return sum(len(value) for name, value in one.values if name not in _ENGLISH) + BETWEEN
