"""Measures the project beside its peers, in one run: medians and ratios, never a verdict.

python benchmarks/run.py            cold start, warm answers, building
RETRIEVAL=FOLDER … run.py           also search quality over a public question set
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "data" / "policies.db"
QUESTION = "高企认定有什么补贴"
PAIRS = 9
TODAY = date(2026, 1, 1)


def main() -> None:
    """Prints every table."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors\n")
    cold()
    warm()
    building()
    if folder := os.environ.get("RETRIEVAL"):
        import retrieval

        retrieval.report(Path(folder))
    else:
        print("search quality: left out (give RETRIEVAL=FOLDER with policy.docs.jsonl and policy.questions.jsonl)")


def cold() -> None:
    """A whole `wence ask` process beside a whole process that only cuts the question with jieba."""
    wence = [str(Path(sys.executable).with_name("wence")), "--db", str(DATABASE), "ask", QUESTION]
    peer = [sys.executable, "-c", f"import jieba; jieba.lcut({QUESTION!r})"]
    for command in (wence, peer):
        _spent(command)
    pairs = [(_spent(wence), _spent(peer)) for _ in range(PAIRS)]
    print(f"cold start, medians of {PAIRS} pairs")
    print(f"  {'':22}{'wall s':>9}{'cpu s':>9}{'MB':>8}")
    for name, place in (("wence ask", 0), ("import jieba; lcut", 1)):
        wall, cpu, memory = (statistics.median(pair[place][n] for pair in pairs) for n in range(3))
        print(f"  {name:22}{wall:9.3f}{cpu:9.3f}{memory:8.1f}")
    for n, what in ((0, "wall"), (1, "cpu")):
        ratio = statistics.median(pair[0][n] / pair[1][n] for pair in pairs)
        print(f"  ratio of {what}: {ratio:.2f} (wanted: at most 0.75)")
    print(f"  memory of wence ask: {max(pair[0][2] for pair in pairs):.1f} MB (wanted: at most 120)\n")


def _spent(command: Sequence[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in MB of a process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def questions() -> list[str]:
    """The project's own questions, the last turn of each."""
    lines = (ROOT / "tests" / "cases" / "questions" / "plan.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return list(dict.fromkeys((row.get("turns") or [row["q"]])[-1] for row in rows))


def warm() -> None:
    """Answers in one process, each question once, beside a bare cut of the same questions."""
    import jieba

    from knowledge.answer import AnswerDesk

    asked = questions()
    desk = AnswerDesk(DATABASE)
    jieba.initialize()
    desk.ask(QUESTION, TODAY)
    answers = _timed(lambda text: desk.ask(text, TODAY), asked)
    cuts = _timed(jieba.lcut, asked)
    print(f"warm, {len(asked)} distinct questions, each once")
    print(f"  {'':22}{'p50 ms':>9}{'p95 ms':>9}")
    for name, spent in (("answer", answers), ("jieba.lcut", cuts)):
        print(f"  {name:22}{_share(spent, 0.5):9.3f}{_share(spent, 0.95):9.3f}")
    print("  (wanted: p50 about 3 ms or less)\n")


def _timed(call: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Milliseconds of each call, sorted."""
    spent = []
    for text in asked:
        begin = time.perf_counter()
        call(text)
        spent.append((time.perf_counter() - begin) * 1000)
    return sorted(spent)


def _share(spent: Sequence[float], share: float) -> float:
    return spent[min(int(len(spent) * share), len(spent) - 1)]


def building() -> None:
    """Parsing the plan, and building its database, beside cutting its text with jieba."""
    import jieba

    from knowledge.building import build
    from knowledge.parsing import parse
    from knowledge.reading import read

    source = next((ROOT / "data" / "sources").glob("*.txt"))
    document = read(source)[0]
    with tempfile.TemporaryDirectory() as folder:
        rows: Iterator[tuple[str, Callable[[], object]]] = iter(
            [
                ("cut with jieba", lambda: jieba.lcut(document.text)),
                ("read and parse", lambda: parse(read(source)[0])),
                ("build the database", lambda: build([source], Path(folder) / "x.db", fresh=True)),
            ]
        )
        print("the plan, medians of 3")
        for name, call in rows:
            print(f"  {name:22}{statistics.median(_seconds(call) for _ in range(3)):9.3f} s")
    print()


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
