"""Search quality and time over a public question set, beside peers that are installed (the rest are named as left out)."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

Found = list[tuple[str, str]]
"""Hits as (document, passage text), best first."""
Search = Callable[[str], Found]
MOST = 10


def report(folder: Path) -> None:
    """Prints a row for each engine."""
    docs, asked = folder / "policy.docs.jsonl", folder / "policy.questions.jsonl"
    if not docs.exists() or not asked.exists():
        print(f"search quality: left out ({folder} has no policy.docs.jsonl and policy.questions.jsonl)")
        return
    questions = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        engine, passages = _wence(docs, Path(scratch))
        print(f"search over {docs.name}: {len(passages)} passages, {len(questions)} questions")
        print(f"  {'':28}{'R@1':>7}{'R@5':>7}{'MRR':>7}{'passage':>9}{'p50 ms':>8}")
        _row("wence search", engine, questions)
        for name, package, make in PEERS:
            if package and importlib.util.find_spec(package) is None:
                print(f"  {name:28}left out: {package} is not installed")
            else:
                _row(name, make(passages), questions)


def _wence(docs: Path, scratch: Path) -> tuple[Search, Found]:
    from knowledge.answer import AnswerDesk
    from knowledge.building import build

    build([docs], scratch / "x.db", fresh=True)
    desk = AnswerDesk(scratch / "x.db")
    sql = (
        "SELECT d.id, substr(d.text, p.start + 1, p.end - p.start) AS text FROM passages p "
        "JOIN sections s ON s.n = p.section JOIN documents d ON d.n = s.document ORDER BY p.n"
    )
    passages = [(row["id"], row["text"]) for row in desk.database.rows(sql)]
    return (lambda query: [(hit.document, hit.snippet) for hit in desk.search(query, MOST)]), passages


def _row(name: str, search: Search, questions: Sequence[dict[str, Any]]) -> None:
    first = five = right = 0
    ranks, spent = [], []
    for row in questions:
        begin = time.perf_counter()
        hits = search(row["question"])
        spent.append((time.perf_counter() - begin) * 1000)
        documents = list(dict.fromkeys(document for document, _ in hits))
        place = next((n for n, document in enumerate(documents, 1) if document in row["documents"]), 0)
        first += place == 1
        five += 0 < place <= 5
        ranks.append(1 / place if place else 0.0)
        right += bool(hits) and _flat(row["answer"])[:30] in _flat(hits[0][1])
    count = len(questions)
    shares = f"{first / count:7.1%}{five / count:7.1%}{statistics.mean(ranks):7.3f}{right / count:9.1%}"
    print(f"  {name:28}{shares}{statistics.median(spent):8.2f}")


def _flat(text: str) -> str:
    return "".join(text.split())


def _pairs(text: str) -> list[str]:
    flat = _flat(text).lower()
    return [flat[place : place + 2] for place in range(len(flat) - 1)]


def _fts5(passages: Found) -> Search:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    rows: Iterable[tuple[int, str]] = (
        (n, " ".join(f'"{_hexed(pair)}"' for pair in _pairs(text))) for n, (_, text) in enumerate(passages, 1)
    )
    connection.executemany("INSERT INTO t(rowid, words) VALUES (?, ?)", rows)

    def search(query: str) -> Found:
        terms = " OR ".join(f'"{_hexed(pair)}"' for pair in _pairs(query))
        found = connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT ?", [terms, MOST])
        return [passages[n - 1] for (n,) in found]

    return search


def _hexed(pair: str) -> str:
    return pair.encode().hex()


def _bm25s(passages: Found) -> Search:
    import bm25s
    import jieba

    engine = bm25s.BM25()
    engine.index([jieba.lcut(text) for _, text in passages], show_progress=False)

    def search(query: str) -> Found:
        found, _ = engine.retrieve([jieba.lcut(query)], k=MOST, show_progress=False)
        return [passages[int(n)] for n in found[0]]

    return search


def _tantivy(passages: Found) -> Search:
    import tantivy

    schema = (
        tantivy.SchemaBuilder()
        .add_integer_field("n", stored=True)
        .add_text_field("words", tokenizer_name="whitespace")
        .build()
    )
    index = tantivy.Index(schema)
    writer = index.writer()
    for n, (_, text) in enumerate(passages):
        writer.add_document(tantivy.Document(n=n, words=" ".join(map(_hexed, _pairs(text)))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Found:
        asked = index.parse_query(" ".join(map(_hexed, _pairs(query))), ["words"])
        return [passages[searcher.doc(address)["n"][0]] for _, address in searcher.search(asked, MOST).hits]

    return search


def _rapidfuzz(passages: Found) -> Search:
    from rapidfuzz import fuzz, process

    texts = [text for _, text in passages]

    def search(query: str) -> Found:
        return [passages[n] for _, _, n in process.extract(query, texts, scorer=fuzz.partial_ratio, limit=MOST)]

    return search


PEERS: tuple[tuple[str, str, Callable[[Found], Search]], ...] = (
    ("FTS5 over character pairs", "", _fts5),
    ("bm25s over jieba words", "bm25s", _bm25s),
    ("tantivy over character pairs", "tantivy", _tantivy),
    ("rapidfuzz alone", "rapidfuzz", _rapidfuzz),
)
