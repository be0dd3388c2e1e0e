"""The desk of a front that stays open: a database or lexicon that was replaced is taken up whole, at the next question."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot import location
from bot.settings import SettingError
from knowledge.answer import AnswerDesk, Memory, Reply
from knowledge.errors import KnowledgeError

LOOKED_EVERY = 1.0
"""Seconds after which the files are looked at again."""
Seen = tuple[tuple[str, int, int, int], ...]
_log = logging.getLogger(__name__)


class LiveDesk:
    """Answers from the newest database; one that cannot be read is told in the log, and the last good one goes on answering.

    The file in use is never written, only replaced: what was opened stays whole until the new one is.
    """

    def __init__(self, named: Path | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._named, self._clock = named, clock
        self._turn = threading.Lock()
        self._seen = _seen(named)
        self._looked = clock()
        self._desk = _opened(named)

    def ask(self, text: str, today: date, memory: Memory | None = None, document: str | None = None) -> Reply:
        """The reply to a question, from one database alone; threads take turns, so that none closes what another reads."""
        with self._turn:
            return self._newest().ask(text, today, memory, document)

    def _newest(self) -> AnswerDesk:
        now = self._clock()
        if now - self._looked >= LOOKED_EVERY:
            self._looked = now
            if (seen := _seen(self._named)) != self._seen:
                self._seen = seen
                self._take_up()
        return self._desk

    def _take_up(self) -> None:
        try:
            new = _opened(self._named)
            new.database.examine()
        except (KnowledgeError, SettingError, OSError) as error:
            _log.error("the new database cannot be used, the old one goes on: %s", error)
            return
        self._desk.close()
        self._desk = new
        _log.info("the database was replaced: %s", new.database.path)


def _opened(named: Path | None) -> AnswerDesk:
    return AnswerDesk(location.to_read(named), location.own_words())


def _seen(named: Path | None) -> Seen:
    """What tells one state of the database and of one's own lexicon from another."""
    try:
        words = location.own_words()
    except SettingError:
        words = None
    files = [location.to_read(named)]
    if words is not None:
        files += sorted(words.glob("*.toml")) if words.is_dir() else [words]
    found = []
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        found.append((str(file), stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
