"""Measures the project beside its peers, in one run: medians and ratios, never a verdict.

python benchmarks/run.py            cold start, warm answers, building, answers without the hand-written synonyms
BUILD=1000 … run.py                 also a library of so many generated documents: built, and one more added
SCALE='10000 100000' … run.py       also answers over generated databases of so many sections
QUESTIONS=FILE … run.py             also this question set, with and without the hand-written synonyms
RETRIEVAL=FOLDER … run.py           also search quality over a public question set
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import conversations
import library
import processes
import synonyms

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "data" / "policies.db"
CASES = ROOT / "tests" / "cases" / "questions" / "plan.jsonl"
QUESTION = "高企认定有什么补贴"
PAIRS = 9
ROUNDS = 5
TODAY = date(2026, 1, 1)
T = TypeVar("T")


def main() -> None:
    """Prints every table."""
    unwritten = ", no bytecode kept: our own modules are compiled at each start" if sys.dont_write_bytecode else ""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors{unwritten}\n")
    cold()
    warm()
    building()
    synonyms.report([Path(name) for name in os.environ.get("QUESTIONS", "").split()])
    if size := os.environ.get("BUILD"):
        library.report(int(size))
    else:
        print("a library: left out (give BUILD=1000)")
    if sizes := os.environ.get("SCALE"):
        import scale

        scale.report([int(size) for size in sizes.split()])
    else:
        print("many sections: left out (give SCALE='10000 100000')")
    if folder := os.environ.get("RETRIEVAL"):
        import retrieval

        retrieval.report(Path(folder))
    else:
        print("search quality: left out (give RETRIEVAL=FOLDER with policy.docs.jsonl and policy.questions.jsonl)")


def cold() -> None:
    """A whole `wence ask` process beside a whole process that only cuts the question with jieba, in turns."""
    cutting = [sys.executable, "-c", f"import jieba; jieba.lcut({QUESTION!r})"]
    asking = [str(Path(sys.executable).with_name("wence")), "--db", str(DATABASE), "ask", QUESTION]
    with tempfile.TemporaryDirectory() as kept:
        warmed = {**os.environ, "TMPDIR": kept}
        runs: dict[str, Callable[[], processes.Spent]] = {
            "wence ask": lambda: processes.spent(asking, warmed),
            "jieba, its cache kept": lambda: processes.spent(cutting, warmed),
            "jieba, without cache": lambda: processes.fresh(cutting),
        }
        spent = _in_turns(runs, PAIRS)
    print(f"cold start of a whole process: {QUESTION}, medians of {PAIRS} rounds")
    print(f"  {'':24}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}")
    for name, rows in spent.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"  {name:24}{wall:9.3f}{cpu:9.3f}{memory:9.1f}")
    ours, *peers = spent.values()
    for name, peer in zip(list(spent)[1:], peers, strict=True):
        wall, cpu = (statistics.median(a[n] / b[n] for a, b in zip(ours, peer, strict=True)) for n in (0, 1))
        print(f"  wence / {name}: {wall:.2f} wall, {cpu:.2f} cpu{'  (limit 0.75)' if peer is peers[0] else ''}")
    print(f"  most memory of wence ask: {max(one.memory for one in ours):.1f} MB  (limit 120)\n")


def warm() -> None:
    """Answers in one process, each distinct question once, in turns with a bare cut of the same question."""
    import jieba

    from knowledge.answer import AnswerDesk

    logging.getLogger("jieba").setLevel(logging.WARNING)
    jieba.initialize()
    desk = AnswerDesk(DATABASE)
    desk.ask(QUESTION, TODAY)
    answers, cuts = conversations.timed(desk, TODAY, conversations.read(CASES), jieba.lcut)
    print(f"warm, {len(answers)} distinct questions of {CASES.name}, each once, in turns")
    print(f"  {'':24}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}")
    for name, spent in (("AnswerDesk.ask", answers), ("jieba.lcut", cuts)):
        print(f"  {name:24}{_share(spent, 0.5):9.3f}{_share(spent, 0.95):9.3f}{max(spent):9.3f}")
    ratio = statistics.median(a / b for a, b in zip(answers, cuts, strict=True))
    print(f"  answer / cut: {ratio:.0f}  (limit for the answer's p50: about 3 ms)\n")


def _share(spent: Sequence[float], share: float) -> float:
    return sorted(spent)[min(int(len(spent) * share), len(spent) - 1)]


def building() -> None:
    """Parsing the plan and building its database, in turns with cutting its text with jieba."""
    import jieba

    from knowledge.building import build
    from knowledge.parsing.parser import parse
    from knowledge.reading import read

    source = next((ROOT / "data" / "sources").glob("*.txt"))
    text = read(source)[0].text
    with tempfile.TemporaryDirectory() as folder:
        runs: dict[str, Callable[[], float]] = {
            "read and parse": lambda: _seconds(lambda: parse(read(source)[0])),
            "build the database": lambda: _seconds(lambda: build([source], Path(folder) / "x.db", fresh=True)),
            "jieba.lcut of the text": lambda: _seconds(lambda: jieba.lcut(text)),
        }
        spent = _in_turns(runs, ROUNDS)
    print(f"the plan, {len(text)} characters, medians of {ROUNDS} rounds")
    for name, rows in spent.items():
        print(f"  {name:24}{statistics.median(rows):9.3f} s")
    print()


def _in_turns(runs: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """What each run gives, A B C A B C, after one round that is not counted."""
    spent: dict[str, list[T]] = {name: [] for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            given = run()
            if turn:
                spent[name].append(given)
    return spent


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
