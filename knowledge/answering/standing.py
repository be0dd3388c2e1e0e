"""Whether the documents that an answer cites still hold: by their status, and by the term that their own words set."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering.drafts import Draft, line
from knowledge.answering.ranking import Ranked
from knowledge.facts import Citation, Document, Line
from knowledge.store import Database

_STATES = (
    ("partly", "部分"),
    ("repealed", "废止|repealed|revoked"),
    ("not_yet", "未生效|未施行"),
    ("void", "失效|无效|过期|作废|停止执行|expired|invalid"),
    ("revised", "已修[改订]|amended"),
)
"""What a status says of a document that does not simply hold; the first that fits."""

LAPSED = 0.05
"""What a section loses whose document no longer holds."""


def standing(database: Database, citations: Iterable[Citation], today: date) -> Iterator[Line]:
    """A line for each cited document that does not simply hold, in the order of the citations."""
    cited = dict.fromkeys(one.document for one in citations)
    for name in cited:
        document = database.document(database.numbers[name])
        title = document.title or document.id
        if state := _state(document):
            yield line("expired", title=title, status=f"@status.{state}")
        elif (day := _over(document, today)) is not None:
            yield line("expired.term", title=title, day=day.isoformat())


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


def in_force_first(ranked: Iterable[Ranked], today: date) -> list[Ranked]:
    """Ranked sections, best first, where of those that fit alike the ones of documents that hold come first."""
    weighed = [
        replace(one, score=one.score - LAPSED) if _lapsed(one.section.document, today) else one for one in ranked
    ]
    return sorted(weighed, key=lambda one: -one.score)


def _lapsed(document: Document, today: date) -> bool:
    return _state(document) is not None or _over(document, today) is not None


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
