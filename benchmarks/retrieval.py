"""Search quality and time over a public question set, beside the peers that are installed (the others are named)."""

from __future__ import annotations

import importlib.util
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from peers import MOST, PEERS, Found, Search

DOCUMENTS, QUESTIONS = "policy.docs.jsonl", "policy.questions.jsonl"
ANSWER = 30
"""So many first characters of the answer, white space aside, the best passage has to hold."""


class Outcome(NamedTuple):
    """One search: the place of a right document among the documents found (0: none), the best passage right, ms."""

    place: int
    right: bool
    ms: float


def report(folder: Path) -> None:
    """Prints a row for each engine, all asked the same question in turns."""
    documents, asked = folder / DOCUMENTS, folder / QUESTIONS
    if not documents.exists() or not asked.exists():
        print(f"search quality: left out ({folder} has no {DOCUMENTS} and {QUESTIONS})")
        return
    questions = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        begin = time.perf_counter()
        engine, passages, texts = _wence(documents, Path(scratch))
        took = time.perf_counter() - begin
        left_out = {name: package for name, package, _ in PEERS if not _installed(package)}
        engines = {"wence search": engine}
        engines |= {name: make(passages, texts) for name, _, make in PEERS if name not in left_out}
        outcomes = {name: [] for name in engines}
        for question in questions:
            for name, search in engines.items():
                outcomes[name].append(_outcome(search, question))
    print(f"search over {documents.name}, built in {took:.1f} s: {len(passages)} passages, {len(questions)} questions,")
    print(f"the {MOST} best passages of each engine, in turns; R and MRR@{MOST} over their documents")
    _rows(outcomes)
    print("  (limits: R@1 87% and a point above the best peer, passage 75%, R@5 98%)")
    for name, package in left_out.items():
        print(f"  {name}: left out, {package} is not installed (.venv/bin/pip install -e '.[bench]')")


def _installed(package: str) -> bool:
    return not package or importlib.util.find_spec(package) is not None


def _wence(documents: Path, scratch: Path) -> tuple[Search, Found, list[str]]:
    """Our own search, the passages that it knows, and what the peers index of them."""
    from knowledge.answer import AnswerDesk
    from knowledge.building import build

    build([documents], scratch / "x.db", fresh=True)
    desk = AnswerDesk(scratch / "x.db")
    sql = (
        "SELECT d.id, d.title, substr(d.text, p.start + 1, p.end - p.start) AS text FROM passages p "
        "JOIN sections s ON s.n = p.section JOIN documents d ON d.n = s.document ORDER BY p.n"
    )
    rows = desk.database.rows(sql)
    passages = [(row["id"], row["text"]) for row in rows]
    texts = [f"{row['title'] or ''}\n{row['text']}" for row in rows]
    return (lambda query: [(hit.document, hit.snippet) for hit in desk.search(query, MOST)]), passages, texts


def _outcome(search: Search, question: Mapping[str, Any]) -> Outcome:
    begin = time.perf_counter()
    hits = search(question["question"])
    ms = (time.perf_counter() - begin) * 1000
    found = list(dict.fromkeys(document for document, _ in hits))
    place = next((n for n, document in enumerate(found, 1) if document in question["documents"]), 0)
    right = bool(hits) and _flat(question["answer"])[:ANSWER] in _flat(hits[0][1])
    return Outcome(place, right, ms)


def _flat(text: str) -> str:
    return "".join(text.split())


def _rows(outcomes: Mapping[str, Sequence[Outcome]]) -> None:
    print(f"  {'':32}{'R@1':>7}{'R@5':>7}{'MRR':>7}{'passage':>9}{'p50 ms':>9}{'ratio':>7}")
    for name, rows in outcomes.items():
        count = len(rows)
        first, five = (sum(0 < row.place <= most for row in rows) / count for most in (1, 5))
        reciprocal = sum(1 / row.place for row in rows if row.place) / count
        right = sum(row.right for row in rows) / count
        middle = statistics.median(row.ms for row in rows)
        ratio = statistics.median(ours.ms / row.ms for ours, row in zip(outcomes["wence search"], rows, strict=True))
        print(f"  {name:32}{first:7.1%}{five:7.1%}{reciprocal:7.3f}{right:9.1%}{middle:9.2f}{ratio:7.2f}")
    print("  ratio: our time over theirs, median over the questions")
