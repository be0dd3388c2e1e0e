"""Building a policy database: sources in, one file out, the same input giving the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.building.corrections import corrected
from knowledge.building.facts import fact_rows
from knowledge.building.searching import search_rows, words
from knowledge.building.vocabulary import Growth, word_rows
from knowledge.errors import DatabaseError, SourceError
from knowledge.facts import Document, Parsed
from knowledge.lexicon import FOLDER, load
from knowledge.parsing.parser import parse
from knowledge.reading import gather, read
from knowledge.store import Database
from knowledge.store.writing import created, replaceable, write

__all__ = ["Report", "build", "check", "gathered"]


@dataclass(frozen=True)
class Report:
    """What a build did: documents kept, and a line for each source that could not be read."""

    documents: tuple[Parsed, ...]
    skipped: tuple[str, ...]


def gathered(sources: Sequence[Path], strict: bool = False) -> tuple[list[Document], list[str]]:
    """The documents of files and folders, and a line for each source that could not be read.

    SourceError: nothing could be read, with `strict` the first that could not, or the same id twice.
    """
    documents: list[Document] = []
    skipped: list[str] = []
    for source in sources:
        try:
            paths = gather([source])
        except SourceError as error:
            _skip(error, skipped, strict)
            continue
        for path in paths:
            try:
                documents += [corrected(document, path) for document in read(path)]
            except SourceError as error:
                _skip(error, skipped, strict)
    if not documents:
        raise SourceError("; ".join(skipped) or f"{', '.join(map(str, sources))}: nothing to read")
    _once(documents)
    return documents, skipped


def _skip(error: SourceError, skipped: list[str], strict: bool) -> None:
    if strict:
        raise error
    skipped.append(str(error))


def _once(documents: Iterable[Document]) -> None:
    seen: dict[str, str | None] = {}
    for document in documents:
        if document.id in seen:
            raise SourceError(f"the id {document.id!r} is given twice: {seen[document.id]!r} and {document.title!r}")
        seen[document.id] = document.title


def build(
    sources: Sequence[Path],
    path: Path,
    *,
    fresh: bool = False,
    strict: bool = False,
    lexicon: Path = FOLDER,
    progress: Callable[[Iterable[Document]], Iterable[Document]] = lambda documents: documents,
) -> Report:
    """Builds `path` from sources with a folder of lexicon files; what it holds of earlier versions is kept beside, unless `fresh`."""
    replaceable(path)
    documents, skipped = gathered(sources, strict)
    earlier = [] if fresh else _earlier(path, documents)
    parsed = [parse(document) for document in progress(documents)]
    past = [parse(document) for document in earlier]
    _write(parsed, past, path, lexicon)
    return Report(tuple(parsed), tuple(skipped))


def _earlier(path: Path, documents: Sequence[Document]) -> list[Document]:
    """The versions that a database holds of the documents being built, other than those."""
    if not path.exists():
        return []
    try:
        old = Database(path)
    except DatabaseError:
        return []
    new = {(document.id, document.version) for document in documents}
    ids = {document.id for document in documents}
    try:
        rows = old.rows("SELECT n, id, version FROM documents ORDER BY n")
        return [old.document(row["n"]) for row in rows if row["id"] in ids and (row["id"], row["version"]) not in new]
    finally:
        old.close()


def _write(parsed: Sequence[Parsed], past: Sequence[Parsed], path: Path, folder: Path) -> None:
    lexicon = load(folder)
    whole = [*parsed, *past]
    facts = fact_rows(whole, lexicon, current=len(parsed))
    grown = Growth(whole, lexicon, facts)
    search = search_rows(parsed, grown.cut)
    with created(path) as database:
        write(database, {**facts, **word_rows(grown, words(search)), **search})


def check(sources: Sequence[Path], path: Path, scratch: Path) -> list[str]:
    """What differs between `path` and a fresh build of the sources (built in `scratch`); empty when nothing does."""
    build(sources, scratch, fresh=True, strict=True)
    old, new = Database(path), Database(scratch)
    try:
        for (table, row), (other, again) in zip(old.contents(), new.contents(), strict=False):
            if (table, row) != (other, again):
                return [f"{path}: table {table}: {_brief(row)} here, {_brief(again)} when built anew"]
        counts = [sum(1 for _ in database.contents()) for database in (old, new)]
        return [] if counts[0] == counts[1] else [f"{path}: {counts[0]} rows here, {counts[1]} when built anew"]
    finally:
        old.close()
        new.close()


def _brief(row: object) -> str:
    text = str(row)
    return text if len(text) < 160 else text[:160] + "…"
