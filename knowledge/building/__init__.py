"""Building a policy database: sources in, one file out, the same input giving the same rows; and changing one that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.building.contribution import Contribution, Maker, Told, maker
from knowledge.building.corrections import corrected
from knowledge.building.growing import SAME, Growth, seed_of
from knowledge.building.workers import FEW, contributions, together
from knowledge.errors import DatabaseError, SourceError
from knowledge.facts import Document
from knowledge.lexicon import FOLDER, load
from knowledge.reading import gather, read
from knowledge.store import Database
from knowledge.store.writing import changed, created, locked, replaceable

__all__ = ["Report", "Watch", "add", "build", "gathered", "remove"]


@dataclass(frozen=True)
class Watch:
    """How somebody watches: `progress` is handed each long run of documents with its length, `waiting` tells of another writer."""

    progress: Callable[[Iterable[Told], int], Iterable[Told]] = lambda told, _: told
    waiting: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Report:
    """What was done: the documents read, what each is to the database, and a line for each source that could not be read."""

    documents: tuple[Told, ...]
    skipped: tuple[str, ...]
    kinds: dict[str, str] = field(default_factory=dict)


def gathered(sources: Sequence[Path], strict: bool = False) -> tuple[list[Document], list[str]]:
    """The documents of files and folders, and a line for each source that could not be read.

    SourceError: nothing could be read, with `strict` the first that could not, or the same id twice.
    """
    found: list[tuple[Document, Path]] = []
    skipped: list[str] = []
    for source in sources:
        try:
            paths = gather([source])
        except SourceError as error:
            _skip(error, skipped, strict)
            continue
        for path in paths:
            try:
                found += [(corrected(document, path), path) for document in read(path)]
            except SourceError as error:
                _skip(error, skipped, strict)
    if not found:
        raise SourceError("; ".join(skipped) or f"{', '.join(map(str, sources))}: nothing to read")
    _once(found)
    return [document for document, _ in found], skipped


def _skip(error: SourceError, skipped: list[str], strict: bool) -> None:
    if strict:
        raise error
    skipped.append(str(error))


def _once(found: Iterable[tuple[Document, Path]]) -> None:
    seen: dict[str, str] = {}
    for document, path in found:
        where = f"{path} ({document.title or 'without title'})"
        if document.id in seen:
            raise SourceError(f"the id {document.id!r} is given twice: by {seen[document.id]} and by {where}")
        seen[document.id] = where


def build(
    sources: Sequence[Path],
    path: Path,
    *,
    fresh: bool = False,
    strict: bool = False,
    lexicon: Path = FOLDER,
    watch: Watch = Watch(),
) -> Report:
    """Builds `path` from sources with a folder of lexicon files; what it holds of earlier versions is kept beside, unless `fresh`."""
    replaceable(path)
    documents, skipped = gathered(sources, strict)
    with locked(path, watch.waiting):
        earlier = [] if fresh else _earlier(path, documents)
        with created(path) as editor:
            growth = Growth(editor, maker(lexicon).seed)
            told = list(watch.progress(_put(growth, together(documents, lexicon)), len(documents)))
            growth.put(maker(lexicon).make(earlier, current=False))
            growth.finish(whole=True)
    return Report(tuple(told), tuple(skipped))


def _put(growth: Growth, made: Iterable[Contribution]) -> Iterator[Told]:
    """Puts what documents give, and tells of each."""
    for some in made:
        growth.put(some)
        yield from some.told


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


def add(
    sources: Sequence[Path],
    path: Path,
    base: Path | None = None,
    *,
    strict: bool = False,
    lexicon: Path = FOLDER,
    watch: Watch = Watch(),
) -> Report:
    """Adds documents to the database at `path`, which begins as a copy of `base`; where there is neither, it is built.

    Held documents stay; of one that has another text now both versions do, and the new one answers.
    """
    documents, skipped = gathered(sources, strict)
    with locked(path, watch.waiting):
        start = _start(path, base)
        kinds: dict[str, str] = {}
        with changed(path, start) if start else created(path) as editor:
            few = documents if len(documents) <= FEW else ()
            own = Maker(seed_of(editor, load(lexicon)), few) if start else maker(lexicon)
            growth = Growth(editor, own.seed)
            made = _added(growth, contributions(documents, lexicon, own), kinds)
            told = list(watch.progress(made, len(documents)))
            if set(kinds.values()) != {SAME}:
                growth.finish(whole=start is None)
    return Report(tuple(told), tuple(skipped), kinds)


def _added(growth: Growth, made: Iterable[Contribution], kinds: dict[str, str]) -> Iterator[Told]:
    """Adds documents, one a contribution, and tells of each; what each is goes to `kinds`."""
    for one in made:
        kinds[one.told[0].id] = growth.add(one)
        yield from one.told


def remove(name: str, path: Path, base: Path | None = None, *, lexicon: Path = FOLDER, watch: Watch = Watch()) -> int:
    """Takes a document out of the database, all its versions; gives how many. DatabaseError where it holds none of that id."""
    with locked(path, watch.waiting):
        start = _start(path, base)
        if start is None:
            raise DatabaseError(f"{path}: no such database")
        with changed(path, start) as editor:
            held = [row["n"] for row in editor.held(name)]
            if not held:
                raise DatabaseError(f"{start}: holds no document {name!r} (wence list shows them)")
            growth = Growth(editor, seed_of(editor, load(lexicon)))
            growth.gone += held
            growth.finish(whole=True)
    return len(held)


def _start(path: Path, base: Path | None) -> Path | None:
    """The database that a change begins with: checked, so that one of another version says how it is rebuilt."""
    start = path if path.exists() else base
    if start is not None:
        Database(start).close()
    return start
