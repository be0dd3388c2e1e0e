"""Reading many documents in several processes; few are read in this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from knowledge.building.contribution import Contribution, Maker, maker
from knowledge.facts import Document

FEW = 48
"""Up to so many documents are read here: starting others would take longer."""
MOST_PROCESSES = 4
TOGETHER = 16
"""How many documents are read together: what they give is handed over at once."""
_LOOKED_EVERY = 1.0
_COLLECTED_EVERY = 50_000
"""After so many new objects garbage is looked for: reading makes many, and little garbage that needs looking for."""


def contributions(documents: Sequence[Document], folder: Path, own: Maker | None = None) -> Iterator[Contribution]:
    """What each document gives, in their order, with the lexicon of a folder; `own` makes it where this process does."""
    yield from together(documents, folder, own, 1)


def together(
    documents: Sequence[Document], folder: Path, own: Maker | None = None, size: int = TOGETHER
) -> Iterator[Contribution]:
    """The same of runs of documents: of `size` of them together."""
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    runs = [documents[start : start + size] for start in range(0, len(documents), size)]
    if len(documents) <= FEW or processes < 2:
        here = own or maker(folder)
        yield from map(here.make, runs)
        return
    method = "fork" if _can_fork() else "spawn"
    if method == "fork":
        maker(folder)  # made once, before the others come to share it
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(processes, context, _end_with, (os.getpid(),)) as pool:
        try:
            yield from pool.map(_made, runs, repeat(folder))
        finally:
            pool.shutdown(cancel_futures=True)


def _can_fork() -> bool:
    """Whether this process can be copied as it is: not where other threads run that the copy would lack."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _made(documents: Sequence[Document], folder: Path) -> Contribution:
    return maker(folder).make(documents)


def _end_with(parent: int) -> None:
    """Lets this process end when the one that started it is gone, even killed; what it shares with that one is no garbage."""
    gc.freeze()
    gc.set_threshold(_COLLECTED_EVERY, 20, 100)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOKED_EVERY)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
