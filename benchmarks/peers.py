"""Other search engines over the same passages; each imports its package only when it is made.

They index a passage together with its document's title: without it they lose one to three points.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Found = list[tuple[str, str]]
"""Hits as (document, passage text), best first."""
Search = Callable[[str], Found]
Make = Callable[[Found, list[str]], Search]
"""An engine from the passages that it may find, and for each the text to index: with its document's title."""
MOST = 10
"""How many passages every engine gives."""


def _pairs(text: str) -> list[str]:
    """Character pairs as words of hexadecimal digits, which no tokenizer takes apart."""
    flat = "".join(text.split()).lower()
    return [flat[place : place + 2].encode().hex() for place in range(len(flat) - 1)]


def _fts5(passages: Found, texts: list[str]) -> Search:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    rows = ((n, " ".join(_pairs(text))) for n, text in enumerate(texts, 1))
    connection.executemany("INSERT INTO t(rowid, words) VALUES (?, ?)", rows)
    sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?"

    def search(query: str) -> Found:
        asked = " OR ".join(f'"{pair}"' for pair in _pairs(query))
        return [passages[n - 1] for (n,) in connection.execute(sql, [asked, MOST])]

    return search


def _bm25s(passages: Found, texts: list[str]) -> Search:
    import bm25s
    import jieba

    engine = bm25s.BM25()
    engine.index([jieba.lcut(text) for text in texts], show_progress=False)

    def search(query: str) -> Found:
        found, _ = engine.retrieve([jieba.lcut(query)], k=MOST, show_progress=False)
        return [passages[int(n)] for n in found[0]]

    return search


def _tantivy(passages: Found, texts: list[str]) -> Search:
    import tantivy

    builder = tantivy.SchemaBuilder().add_integer_field("n", stored=True)
    index = tantivy.Index(builder.add_text_field("words", tokenizer_name="whitespace").build())
    writer = index.writer()
    for n, text in enumerate(texts):
        writer.add_document(tantivy.Document(n=n, words=" ".join(_pairs(text))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Found:
        asked = index.parse_query(" ".join(_pairs(query)), ["words"])
        return [passages[searcher.doc(address)["n"][0]] for _, address in searcher.search(asked, MOST).hits]

    return search


def _rapidfuzz(passages: Found, texts: list[str]) -> Search:
    from rapidfuzz import fuzz, process

    def search(query: str) -> Found:
        return [passages[n] for _, _, n in process.extract(query, texts, scorer=fuzz.partial_ratio, limit=MOST)]

    return search


PEERS: tuple[tuple[str, str, Make], ...] = (
    ("FTS5 over character pairs", "", _fts5),
    ("bm25s over jieba words", "bm25s", _bm25s),
    ("tantivy over character pairs", "tantivy", _tantivy),
    ("rapidfuzz alone (partial_ratio)", "rapidfuzz", _rapidfuzz),
)
"""Name, the package that it needs ("" for none), and what makes it."""
