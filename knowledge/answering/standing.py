"""Whether the documents that an answer cites still hold: by their status, and by the term that their own words set."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering.drafts import Draft, line
from knowledge.answering.quoting import of_span
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Shelf
from knowledge.facts import Citation, Document, Line
from knowledge.store import Database
from knowledge.text import compact

_STATES = (
    ("partly", "部分"),
    ("repealed", "废止|repealed|revoked"),
    ("not_yet", "未生效|未施行"),
    ("void", "失效|无效|过期|作废|停止执行|expired|invalid"),
    ("revised", "已修[改订]|amended"),
)
"""What a status says of a document that does not simply hold; the first that fits."""

LAPSED, SUCCEEDED = 0.05, 0.2
"""What a section loses whose document no longer holds, and one that another document of the database has repealed."""


def standing(shelf: Shelf, citations: Iterable[Citation], today: date) -> Iterator[tuple[Line, tuple[Citation, ...]]]:
    """A line for each cited document that does not simply hold, in the order of the citations, with the quote that says so."""
    for name in dict.fromkeys(one.document for one in citations):
        number = shelf.database.numbers[name]
        document = shelf.database.document(number)
        title = document.title or document.id
        repeal = shelf.succession.repealed(number, today)
        if repeal is not None:
            home = shelf.take(repeal.section)
            quote = of_span(home, repeal.reference.start, repeal.reference.end)
            yield line("expired.by", title=title, by=home.document.title or home.document.id), (quote,)
        elif state := _state(document):
            yield line("expired", title=title, status=f"@status.{state}"), ()
        elif (put_off := _put_off(shelf, number, today)) is not None:
            yield put_off
        elif (day := _over(document, today)) is not None:
            yield line("expired.term", title=title, day=day.isoformat()), ()
        elif (day := _ahead(document, today)) is not None:
            yield line("expired.ahead", title=title, day=day.isoformat()), ()


def _put_off(shelf: Shelf, number: int, today: date) -> tuple[Line, tuple[Citation, ...]] | None:
    """That the end of a document was put off by another, where it would be over without."""
    document = shelf.database.document(number)
    changes = [one for one in shelf.succession.changed(number, today) if one.until is not None and one.until >= today]
    if not changes or _over(document, today) is None:
        return None
    change = changes[-1]
    home = shelf.take(change.section)
    said = line(
        "extended",
        title=document.title or document.id,
        by=home.document.title or home.document.id,
        until=compact(change.amendment.after or "").text,
    )
    return said, (of_span(home, change.amendment.start, change.amendment.end),)


def overwritten(database: Database, draft: Draft, explained: Container[str]) -> Iterator[tuple[str, Line]]:
    """For a document whose overwritten words an answer shows, and that is not explained yet, its id and a note.

    The words show in the title beside the first citation, or in a line. One with digits is named only where a quote
    has it: else its digits would look like a figure.
    """
    told = _squeezed([*(value for one in draft.lines for _, value in one.values), *_title(draft)])
    quotes = _squeezed(one.quote for one in draft.citations)
    for name in dict.fromkeys(one.document for one in draft.citations if one.document not in explained):
        for written, read in database.readings.get(name, ()):
            if written in told:
                named = written in quotes or not re.search("[0-9]", written)
                yield name, line("reading" if named else "reading.unnamed", written=written, read=read)


def _squeezed(texts: Iterable[str]) -> str:
    """Texts without white space, their case kept: 南昌bat365科技股份有限公司 has its own name."""
    return "".join("".join(texts).split())


def _title(draft: Draft) -> list[str]:
    """The title that is told beside an answer: that of its first citation."""
    return [one.title for one in draft.citations[:1] if one.title]


def in_force_first(ranked: Iterable[Ranked], shelf: Shelf, today: date) -> list[Ranked]:
    """Ranked sections, best first, where of those that fit alike the ones of documents that hold come first."""
    weighed = [(one, _loss(shelf, one.section.row["document"], today)) for one in ranked]
    lapsed = [replace(one, score=one.score - loss, loss=loss) if loss else one for one, loss in weighed]
    return sorted(lapsed, key=lambda one: -one.score)


def in_force(shelf: Shelf, number: int, today: date) -> bool:
    """Whether a document, by its row, holds on a day: by its status, its own term, and what others say of it."""
    return not _loss(shelf, number, today)


def _loss(shelf: Shelf, number: int, today: date) -> float:
    """What a section loses whose document does not hold on a day."""
    document = shelf.database.document(number)
    if shelf.succession.repealed(number, today) is not None:
        return SUCCEEDED
    over = _over(document, today) is not None and _put_off(shelf, number, today) is None
    return LAPSED * (over or _state(document) is not None or _ahead(document, today) is not None)


def _over(document: Document, today: date) -> date | None:
    """The last day of a document whose term is over."""
    day = _day(document.effective_to)
    return day if day is not None and day < today else None


def _ahead(document: Document, today: date) -> date | None:
    """The first day of a document that does not hold yet."""
    day = _day(document.effective_from)
    return day if day is not None and day > today else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _state(document: Document) -> str | None:
    said = (document.status or "").casefold()
    return next((state for state, pattern in _STATES if re.search(pattern, said)), None)
