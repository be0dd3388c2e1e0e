"""Answers over what another document has amended since: the new value first, then the old, both quoted.

Only what `succession` joined to exactly one place is told; what is in doubt is for `wence audit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from knowledge.answering.drafts import MOST_CITATIONS, Desk, line
from knowledge.answering.quoting import LONGEST, of_award, of_figure
from knowledge.answering.shelf import Shelved, citation
from knowledge.answering.telling import named, year_of
from knowledge.facts import Answer, Award, Citation, Figure, Line
from knowledge.locating import Place
from knowledge.parsing.quantities import comparison, quantities
from knowledge.succession import Change
from knowledge.text import compact

_Fact = TypeVar("_Fact", Figure, Award)
MOST_SHOWN = 60
"""The most characters of a clause's new words that a line tells; the quote has more."""


@dataclass(frozen=True)
class _Touched:
    """A change that touches an answer, with the place it changes and the fact there, if any."""

    change: Change
    place: Place
    fact: Figure | Award | None


def amended(desk: Desk, answer: Answer) -> Answer:
    """The answer with what has been amended of it said first; one that nothing touches as it was."""
    told = _touched(desk, answer)
    if not told:
        return answer
    if not _leads(desk, answer, told[0]):
        told = told[: max(MOST_CITATIONS - len(answer.citations), 0) // 2]
    if not told:
        return answer
    now = [one for one in told if one.change.since is None or one.change.since <= desk.today]
    quotes = [quote for one in told for quote in (_quote(desk, one.change), *_old(desk, one))]
    said = [_line(desk, one) for one in now]
    ahead = [_line(desk, one, ahead=True) for one in told if one not in now]
    first = now[:1] and _leads(desk, answer, now[0])
    order = [*quotes, *answer.citations] if first else [*answer.citations[:1], *quotes, *answer.citations[1:]]
    shown = replace(answer, citations=tuple(dict.fromkeys(order))[:MOST_CITATIONS])
    if answer.status != "answered" or not now or not first:
        return replace(shown, lines=(*answer.lines[:1], *said, *ahead, *answer.lines[1:]))
    figures, awards = list(answer.figures), list(answer.awards)
    for one in reversed(now):
        figures, awards = _facts(desk, one, figures, awards)
    lines = (*said, *ahead, *_rest(answer.lines, now))
    return replace(shown, lines=lines, figures=tuple(figures), awards=tuple(awards))


def _leads(desk: Desk, answer: Answer, one: _Touched) -> bool:
    """Whether a change is of what an answer tells first, and not of what it only lists or tells beside."""
    database = desk.shelf.database
    ends = {database.document(number).id for number in (one.change.document, one.change.by)}
    if not answer.citations or answer.citations[0].document not in ends:
        return False
    if one.place.kind == "section":
        return desk.shelf.take(one.place.section).section == answer.citations[0].section
    facts = [*answer.figures, *answer.awards[:1]]
    return one.fact in facts or not (answer.figures or answer.awards)


def _rest(lines: Sequence[Line], now: Sequence[_Touched]) -> list[Line]:
    """The lines after those that tell the new values: a verdict on the old one is none, and one old value is not told twice."""
    plain = [replace(one, lead="") for one in lines]
    alone = len(now) == 1 and now[0].fact is not None and lines[0].key in ("target.one", "award.amount")
    return plain[1:] if alone else plain


def _touched(desk: Desk, answer: Answer) -> list[_Touched]:
    """The changes of what an answer tells or quotes, each once, what is told first first."""
    database = desk.shelf.database
    succession = desk.shelf.succession
    if not succession.changes:
        return []
    cited = dict.fromkeys(one.document for one in answer.citations)
    own = [one for name in cited for one in succession.changed(database.numbers[name], desk.today)]
    told = [one for name in cited for one in succession.changes if one.by == database.numbers[name]]
    found: list[tuple[int, int, _Touched]] = []
    for change in dict.fromkeys([*own, *told]):
        shown = [(rank, one) for one in change.places if (rank := _shown(desk, answer, change, one)) is not None]
        found += [(rank, len(found), _Touched(change, one, _fact(desk, one))) for rank, one in shown[:1]]
    return [one for _, _, one in sorted(found, key=lambda row: row[:2])]


def _shown(desk: Desk, answer: Answer, change: Change, place: Place) -> int | None:
    """How early an answer tells what stands at a place, or the change of it; None where it does not."""
    database = desk.shelf.database
    by, home = database.document(change.by).id, database.document(change.document).id
    facts: list[Figure | Award] = [*answer.figures, *answer.awards]
    spans = [(one.start, one.end) for one in facts if one.document == home and place.kind != "section"]
    if not spans:
        spans = [(one.start, one.end) if one.document == home else (0, 0) for one in answer.citations]
    amendment = change.amendment
    ranks = [rank for rank, (start, end) in enumerate(spans) if start < place.end and place.start < end]
    ranks += [
        rank
        for rank, one in enumerate(answer.citations)
        if one.document == by and one.start < amendment.end and amendment.start < one.end
    ]
    return min(ranks, default=None)


def _fact(desk: Desk, place: Place) -> Figure | Award | None:
    """The figure or award that stands at a place."""
    if place.kind == "section":
        return None
    database = desk.shelf.database
    held = [one for _, _, one in database.figures(place.section)]
    facts: list[Figure | Award] = [*held, *database.awards(place.section)]
    return next((one for one in facts if one.start < place.end and place.start < one.end), None)


def _facts(desk: Desk, one: _Touched, figures: list[Figure], awards: list[Award]) -> tuple[list[Figure], list[Award]]:
    """The facts of an answer with the new one first, and the old one right after it."""
    amendment, fact = one.change.amendment, one.fact
    after = compact(amendment.after or "").text
    amounts = quantities(after)
    if fact is None or not amounts:
        return figures, awards
    new = amounts[-1]
    sign = comparison(after[: new.start], after[new.end :])
    if isinstance(fact, Figure):
        figure = replace(fact, value=new.value, value_max=new.value_max, unit=new.unit, comparator=sign)
        figure = replace(_moved(desk, figure, one.change), lead=amendment.start)
        return [figure, fact, *(other for other in figures if other != fact)], awards
    old = quantities(compact(amendment.before or "").text)
    if old and fact.cap == old[-1].value and fact.amount != fact.cap:
        award = replace(fact, cap=new.value)
    else:
        award = replace(fact, amount=new.value, amount_max=new.value_max, unit=new.unit, comparator=sign)
    return figures, [_moved(desk, award, one.change), fact, *(other for other in awards if other != fact)]


def _moved(desk: Desk, fact: _Fact, change: Change) -> _Fact:
    """A fact as it stands in the words of the amending document."""
    by, amendment = desk.shelf.database.document(change.by), change.amendment
    text = by.text[amendment.start : amendment.end]
    return replace(fact, document=by.id, section=amendment.section, start=amendment.start, end=amendment.end, text=text)


def _line(desk: Desk, one: _Touched, *, ahead: bool = False) -> Line:
    """What is said of a change: what it is about, the new and the old wording, the day and the amending document."""
    change, amendment = one.change, one.change.amendment
    by = desk.shelf.database.document(change.by)
    values = {"title": by.title or by.id, "day": change.since.isoformat() if change.since else ""}
    home = desk.shelf.take(one.place.section)
    place = f"{home.section} {home.row['heading']}".strip()
    after = compact(amendment.after or "").text.replace("\n", "")
    if amendment.before is None or one.place.kind == "section":
        key = "amended.text" if amendment.after else "amended.gone"
        shown = after if len(after) <= MOST_SHOWN else f"{after[:MOST_SHOWN]}……"
        return line(f"{key}.ahead" if ahead else key, place=place, after=shown, **values)
    what = f"{year_of(one.fact)}{named(desk, one.fact)}" if isinstance(one.fact, Figure) else _subject(one, place)
    before = compact(amendment.before).text.replace("\n", "")
    return line("amended.value.ahead" if ahead else "amended.value", what=what, before=before, after=after, **values)


def _subject(one: _Touched, place: str) -> str:
    """What a change that is of no figure is about: its own words, or the clause."""
    subject = compact(one.change.amendment.subject).text
    return subject if isinstance(one.fact, Award) and subject else place


def _quote(desk: Desk, change: Change) -> Citation:
    """The words of the amending document."""
    home, amendment = desk.shelf.take(change.section), change.amendment
    return citation(home, amendment.start, min(amendment.end, amendment.start + LONGEST))


def _old(desk: Desk, one: _Touched) -> list[Citation]:
    """The words that were changed."""
    home: Shelved = desk.shelf.take(one.place.section)
    if isinstance(one.fact, Figure):
        return of_figure(home, one.fact)
    if isinstance(one.fact, Award):
        return [of_award(home, one.fact)]
    return [citation(home, one.place.start, min(one.place.end, one.place.start + LONGEST))]
