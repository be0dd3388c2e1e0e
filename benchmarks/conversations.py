"""The project's own questions, asked as conversations, each distinct one timed once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from knowledge.answer import AnswerDesk, Memory


def read(cases: Path) -> list[list[str]]:
    """The turns of every case."""
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row.get("turns") or [row["q"]] for row in rows]


def timed(
    desk: AnswerDesk, today: date, talks: Sequence[Sequence[str]], peer: Callable[[str], object]
) -> tuple[list[float], list[float]]:
    """Milliseconds of each distinct question's answer, and of the peer on the same question right after it."""
    met: set[str] = set()
    answers, peers = [], []
    for turns in talks:
        memory: Memory | None = None
        for text in turns:
            begin = time.perf_counter()
            memory = desk.ask(text, today, memory).memory
            middle = time.perf_counter()
            peer(text)
            end = time.perf_counter()
            if text not in met:
                met.add(text)
                answers.append((middle - begin) * 1000)
                peers.append((end - middle) * 1000)
    return answers, peers
