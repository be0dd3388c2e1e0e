"""Whether the documents that an answer cites still hold: by their status, and by the term that their own words set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from knowledge.answering.drafts import line
from knowledge.answering.ranking import Ranked
from knowledge.facts import Citation, Document, Line
from knowledge.parsing.validity import last_day
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

_last_day = lru_cache(maxsize=256)(last_day)


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
    day = _last_day(document)
    return day if day is not None and day < today else None


def _state(document: Document) -> str | None:
    said = (document.status or "").casefold()
    return next((state for state, pattern in _STATES if re.search(pattern, said)), None)
