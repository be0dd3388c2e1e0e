"""What a new version of a document says otherwise than the old one: by document field, section, figure, award, unit, deadline.

Pure over two parsed versions. White space and numbering alone are no change; each change carries the words of both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from knowledge.facts import Assignment, Award, Deadline, Figure, Parsed, Section
from knowledge.naming import core
from knowledge.text import bare, compact

FIELDS = ("title", "issuer", "date", "number", "index_number", "status", "effective_from", "effective_to")
ALIKE = 60.0
"""From so many per cent of likeness on two sections, or two awards, are one in other words."""
_Fact = TypeVar("_Fact", Figure, Award, Assignment, Deadline)


@dataclass(frozen=True)
class Side:
    """One side of a change: its section, the value as told, and the words of that version's text at `start`-`end`."""

    section: str
    value: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Change:
    """A change: `what` is document, section, figure, award, unit or deadline; `kind` added, removed, changed or renumbered.

    `name` says which (a field, a heading, an indicator with its year, a unit); the side that is not there is None.
    """

    what: str
    kind: str
    name: str
    before: Side | None
    after: Side | None


def changes(old: Parsed, new: Parsed) -> list[Change]:
    """What `new` says otherwise than `old`, in reading order kind by kind; empty where only white space differs."""
    pairs = _paired(old, new)
    return [
        *_fields(old, new),
        *_sections(old, new, pairs),
        *_facts(_Kind("figure", _figure, _figure_value), old, new, old.figures, new.figures),
        *_facts(_Kind("award", _award, _award_value), old, new, old.awards, new.awards),
        *_units(old, new, pairs),
        *_facts(_Kind("deadline", _deadline, _deadline_value), old, new, old.deadlines, new.deadlines),
    ]


def _fields(old: Parsed, new: Parsed) -> Iterator[Change]:
    for name in FIELDS:
        before, after = getattr(old.document, name), getattr(new.document, name)
        if bare(before or "") != bare(after or ""):
            yield Change("document", _kind(before, after), name, _field(old, name, before), _field(new, name, after))


def _kind(before: object, after: object) -> str:
    return "added" if before is None else "removed" if after is None else "changed"


def _field(one: Parsed, name: str, value: str | None) -> Side | None:
    """A field's value with the words of the text that state it, where it does."""
    if value is None:
        return None
    span = next(((start, end) for field, start, end in one.document.spans if field == name), (0, 0))
    return Side("", value, one.document.text[slice(*span)], *span)


# ----------------------------------------------------------------- sections


def _paired(old: Parsed, new: Parsed) -> dict[str, str]:
    """The sections of the new version by those of the old one: of the same words, else of the same id, else of like words."""
    words, again = _words(old), _words(new)
    by_words: dict[str, list[str]] = defaultdict(list)
    for name, text in again.items():
        by_words[text].append(name)
    pairs: dict[str, str] = {}
    for name, text in words.items():
        same = by_words.get(text, [])
        if same and text:
            pairs[name] = same.pop(same.index(name) if name in same else 0)
    left = [name for name in again if name not in set(pairs.values())]
    for name in [name for name in words if name not in pairs]:
        near = [other for other in left if other == name or fuzz.ratio(words[name], again[other]) >= ALIKE]
        if near:
            best = max(near, key=lambda other: (fuzz.ratio(words[name], again[other]), other == name))
            pairs[name] = best
            left.remove(best)
    return pairs


def _words(one: Parsed) -> dict[str, str]:
    """What each section says in heading and text, white space, numerals and closing marks aside."""
    return {section.section: f"{bare(section.heading)}|{_body(one, section)}".strip("|") for section in one.sections}


def _body(one: Parsed, section: Section) -> str:
    view = compact(one.document.text, section.body, section.end, one.document.furniture)
    return bare("".join(view.text.split())).rstrip("。;,、")


def _sections(old: Parsed, new: Parsed, pairs: Mapping[str, str]) -> Iterator[Change]:
    words, again = _words(old), _words(new)
    olds, news = ({one.section: one for one in parsed.sections} for parsed in (old, new))
    for name, section in olds.items():
        other = pairs.get(name)
        if other is None:
            yield Change("section", "removed", section.heading or name, _whole(old, section), None)
        elif words[name] != again[other]:
            yield Change("section", "changed", section.heading or name, *_differing(old, section, new, news[other]))
        elif name != other:
            kind, sides = "renumbered", (_whole(old, section), _whole(new, news[other]))
            yield Change("section", kind, section.heading or name, *sides)
    met = set(pairs.values())
    for name, section in news.items():
        if name not in met:
            yield Change("section", "added", section.heading or name, None, _whole(new, section))


def _whole(one: Parsed, section: Section) -> Side:
    quote = one.document.text[section.start : section.end].strip()
    start = one.document.text.find(quote, section.start)
    return Side(section.section, section.section, quote, start, start + len(quote))


def _differing(old: Parsed, before: Section, new: Parsed, after: Section) -> tuple[Side, Side]:
    """Both sides of a changed section, without the whole clauses that they begin and end with alike."""
    mine, theirs = _clauses(old, before), _clauses(new, after)
    first = 0
    while first < min(len(mine), len(theirs)) and mine[first][0] == theirs[first][0]:
        first += 1
    last = 0
    while last < min(len(mine), len(theirs)) - first and mine[-1 - last][0] == theirs[-1 - last][0]:
        last += 1
    return _run(old, before, mine[first : len(mine) - last]), _run(new, after, theirs[first : len(theirs) - last])


def _clauses(one: Parsed, section: Section) -> list[tuple[str, int, int]]:
    """The clauses of a section, heading first: folded words and span."""
    text = one.document.text
    found, start = [], section.start
    for place in range(section.start, section.end):
        if text[place] in "，,；;。！？\n" or place + 1 == section.end:
            words = bare(text[max(start, section.start) : place + 1]).strip("。;,、 ")
            if words and not (start == section.start and not section.heading and section.body > place):
                found.append((words, start, place + 1))
            start = place + 1
    return found


def _run(one: Parsed, section: Section, clauses: Sequence[tuple[str, int, int]]) -> Side:
    start, end = (clauses[0][1], clauses[-1][2]) if clauses else (section.start, section.start)
    quote = one.document.text[start:end].strip()
    begin = one.document.text.find(quote, start) if quote else start
    return Side(section.section, section.section, quote, begin, begin + len(quote))


# -------------------------------------------------------------------- facts


@dataclass(frozen=True)
class _Kind(Generic[_Fact]):
    """A kind of fact: what makes two of them one, and what they say of it."""

    what: str
    key: Callable[[_Fact], tuple[Hashable, str]]
    value: Callable[[_Fact], str]


def _facts(
    kind: _Kind[_Fact], old: Parsed, new: Parsed, before: Sequence[_Fact], after: Sequence[_Fact]
) -> Iterator[Change]:
    """The facts that were added, removed or got another value; those of one key are compared in order."""
    mine: dict[Hashable, list[_Fact]] = _keyed(kind, before)
    theirs: dict[Hashable, list[_Fact]] = _keyed(kind, after)
    for key in dict.fromkeys([*mine, *theirs]):
        olds, news = list(mine.get(key, [])), list(theirs.get(key, []))
        for one in list(olds):
            same = next((other for other in news if kind.value(other) == kind.value(one)), None)
            if same is not None:
                olds.remove(one)
                news.remove(same)
        for place in range(max(len(olds), len(news))):
            first = olds[place] if place < len(olds) else None
            then = news[place] if place < len(news) else None
            name = next(kind.key(fact)[1] for fact in (first, then) if fact is not None)
            yield Change(kind.what, _kind(first, then), name, _side(kind, old, first), _side(kind, new, then))


def _keyed(kind: _Kind[_Fact], facts: Sequence[_Fact]) -> dict[Hashable, list[_Fact]]:
    found: dict[Hashable, list[_Fact]] = defaultdict(list)
    for one in facts:
        found[kind.key(one)[0]].append(one)
    return found


def _side(kind: _Kind[_Fact], parsed: Parsed, fact: _Fact | None) -> Side | None:
    if fact is None:
        return None
    quote = parsed.document.text[fact.start : fact.end]
    return Side(fact.section, kind.value(fact), quote, fact.start, fact.end)


def _figure(one: Figure) -> tuple[Hashable, str]:
    years = f"{one.year}-{one.year_end}年" if one.year_end else f"{one.year}年" if one.year else ""
    key = (core(bare(one.indicator)), one.year, one.year_end, one.per_year, bool(one.flow))
    return key, f"{years}{'每年' if one.per_year else ''}{one.indicator}"


def _figure_value(one: Figure) -> str:
    return f"{one.comparator}{_number(one.value, one.value_max)}{one.unit or ''}"


def _award(one: Award) -> tuple[Hashable, str]:
    name = f"{one.purpose or ''}{one.beneficiary or ''}{one.tier or ''}" or compact(one.text).text[:30]
    return (bare(one.beneficiary or ""), bare(one.purpose or one.conditions or ""), bare(one.tier or "")), name


def _award_value(one: Award) -> str:
    terms = (one.per, one.frequency, one.apply_by, one.valid_to, one.stacking)
    numbers = (_number(one.amount, one.amount_max), one.unit, _number(one.rate, None), _number(one.cap, None))
    return " ".join(filter(None, (one.comparator, *numbers, *terms)))


def _deadline(one: Deadline) -> tuple[Hashable, str]:
    return (one.kind, bare(one.what or "")), one.what or one.kind


def _deadline_value(one: Deadline) -> str:
    return bare(one.text)


def _number(value: float | None, most: float | None) -> str:
    return "" if value is None else f"{value:g}" + (f"-{most:g}" if most is not None else "")


# -------------------------------------------------------------------- units


def _units(old: Parsed, new: Parsed, pairs: Mapping[str, str]) -> Iterator[Change]:
    """The units that a section got, lost or has in another part; of sections that are there on both sides."""
    news = {one.section: one for one in new.sections}
    for section in old.sections:
        if (other := pairs.get(section.section)) is None:
            continue
        mine = {bare(one.name): one for one in section.units}
        theirs = {bare(one.name): one for one in news[other].units}
        for name in dict.fromkeys([*mine, *theirs]):
            before, after = mine.get(name), theirs.get(name)
            if before is not None and after is not None and before.role == after.role:
                continue
            told = next(one.name for one in (before, after) if one is not None)
            sides = (_unit_side(old, section, before), _unit_side(new, news[other], after))
            yield Change("unit", _kind(before, after), told, *sides)


def _unit_side(parsed: Parsed, section: Section, unit: Assignment | None) -> Side | None:
    if unit is None:
        return None
    return Side(section.section, unit.role, parsed.document.text[unit.start : unit.end], unit.start, unit.end)
