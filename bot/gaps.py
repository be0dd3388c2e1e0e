"""The gaps: questions that the documents do not answer, noted for those who keep documents and lexicon; never who asked.

Notes are written in the background. A state that fails costs a line in the log, never an answer.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from bot.state import GAPS, State
from knowledge.text import bare

if TYPE_CHECKING:
    from knowledge.answer import Reply

log = logging.getLogger(__name__)

LONGEST = 300
"""Characters of a question that are kept."""
MOST_WAITING = 1000
LAST_SECONDS = 5.0
_UNKEPT = re.compile("@[A-Za-z0-9_]+|\x00")
"""Names of people, and the one character that PostgreSQL cannot hold."""


@dataclass(frozen=True)
class Gap:
    """A question without an answer: folded, as asked, and the best candidate for it with its score."""

    folded: str
    asked: str
    document: str | None
    section: str | None
    score: float | None


@dataclass(frozen=True)
class Noted:
    """A gap as it stands in the state: how often it was asked, and when first and last (UTC)."""

    gap: Gap
    count: int
    first_seen: datetime
    last_seen: datetime


def missed(reply: Reply) -> Gap | None:
    """The gap that a reply shows, None where the documents answered or the question was not clear."""
    if reply.answer.status != "not_found":
        return None
    asked = " ".join(_UNKEPT.sub("", reply.answer.question).split())
    folded = _UNKEPT.sub("", reply.why["read"] or bare(asked))
    best: dict[str, Any] = next(iter(reply.why["candidates"]), {})
    return Gap(folded[:LONGEST], asked[:LONGEST], best.get("document"), best.get("section"), best.get("score"))


def note(state: State, gap: Gap, at: datetime) -> None:
    """Counts a gap; its wording and its candidate are those of the last time."""
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[state.engine.dialect.name]
    fresh = {**vars(gap), "last_seen": at}
    row = insert(GAPS).values(**fresh, count=1, first_seen=at)
    again = {name: value for name, value in fresh.items() if name != "folded"}
    statement = row.on_conflict_do_update(index_elements=["folded"], set_={**again, "count": GAPS.c.count + 1})
    with state.transaction() as connection:
        connection.execute(statement)


def noted(state: State, most: int) -> list[Noted]:
    """The gaps that were asked most often, of equals the latest first."""
    query = select(GAPS).order_by(GAPS.c.count.desc(), GAPS.c.last_seen.desc(), GAPS.c.folded).limit(most)
    with state.transaction() as connection:
        rows = connection.execute(query).mappings().all()
    names = ("folded", "asked", "document", "section", "score")
    return [
        Noted(Gap(**{name: row[name] for name in names}), row["count"], row["first_seen"], row["last_seen"])
        for row in rows
    ]


class GapLog:
    """Hears every reply of a front and notes the misses, one after another, without keeping anybody waiting."""

    def __init__(self, state: State, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._state = state
        self._now = now
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gaps")
        self._waiting: set[Future[None]] = set()

    def hear(self, reply: Reply) -> None:
        """Notes a miss soon; where far too many wait already, not at all."""
        gap = missed(reply)
        if gap is None:
            return
        if len(self._waiting) >= MOST_WAITING:
            log.warning("a gap was not noted: %d are waiting", len(self._waiting))
            return
        future = self._writer.submit(self._write, gap, self._now())
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)

    def _write(self, gap: Gap, at: datetime) -> None:
        try:
            note(self._state, gap, at)
        except SQLAlchemyError as error:
            log.warning("a gap was not noted: %s", type(error).__name__)  # the error's words may hold the question

    def close(self) -> None:
        """Writes what is left, for a few seconds at most."""
        wait(set(self._waiting), timeout=LAST_SECONDS)
        self._writer.shutdown(wait=False, cancel_futures=True)
