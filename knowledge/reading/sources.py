"""Which files there are and how each kind is read. One row in `READERS` for each kind; later formats add theirs."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.facts import Document
from knowledge.reading import markdown
from knowledge.reading.documents import document
from knowledge.reading.encodings import decode
from knowledge.reading.html import page
from knowledge.reading.jsonl import read_jsonl

MAX_BYTES = 16_000_000
MAX_JSONL = 1_000_000_000


def gather(paths: Iterable[Path]) -> list[Path]:
    """The files that `paths` name: files as they are, folders with all that can be read in them, sorted.

    Hidden files and folders are left out, and no file comes twice. SourceError where a path does not exist.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not _exists(path):
            raise SourceError(f"{path}: does not exist")
        for file in sorted(_within(path)) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)  # `resolve` breaks on a link that leads to itself
    return list(found.values())


def read(path: Path) -> list[Document]:
    """The documents of a file: one, but for JSON Lines. SourceError, in one line with the file's name, where it has none."""
    reader, limit = READERS.get(path.suffix.lower(), (None, 0))
    if not _exists(path):
        raise SourceError(f"{path}: does not exist")
    if not path.is_file():
        raise SourceError(f"{path}: is not a file")
    if reader is None:
        raise SourceError(f"{path}: is of no kind that can be read ({' '.join(READERS)})")
    if (size := path.stat().st_size) > limit:
        raise SourceError(f"{path}: is too large ({size:,} bytes, the limit is {limit:,})")
    try:
        return reader(path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error


def identity(path: Path) -> str:
    """A document's id by its file: the stem, NFC, white space to `-`.

    >>> identity(Path("西湖 方案.txt"))
    '西湖-方案'
    """
    stem = os.fsencode(path.stem)
    try:
        text = stem.decode()
    except UnicodeDecodeError:  # a Chinese name out of an old archive
        text = stem.decode("gb18030", errors="replace")
    return re.sub(r"\s+", "-", unicodedata.normalize("NFC", text).strip())


def _exists(path: Path) -> bool:
    """Whether a path names anything; a name that no file can have names nothing."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not _hidden(name)]
        yield from (Path(parent, name) for name in files if Path(name).suffix.lower() in READERS and not _hidden(name))


def _hidden(name: str) -> bool:
    """Hidden by its dot, an office program's lock, or what one system's archives leave on the others."""
    return name.startswith((".", "~$")) or name == "__MACOSX"


def _text(path: Path) -> list[Document]:
    decoded = decode(path.read_bytes(), str(path))
    return [document(decoded.text, identity(path), warnings=decoded.warnings)]


def _markdown(path: Path) -> list[Document]:
    decoded = decode(path.read_bytes(), str(path))
    found = markdown.markup(decoded.text)
    return [
        document(
            decoded.text,
            identity(path),
            given=found.given,
            marks=found.marks,
            furniture=found.hidden,
            warnings=decoded.warnings,
        )
    ]


def _html(path: Path) -> list[Document]:
    found = page(path.read_bytes(), str(path))
    return [document(found.text, identity(path), page=found.said, marks=found.marks, warnings=found.warnings)]


READERS: dict[str, tuple[Callable[[Path], list[Document]], int]] = {
    ".txt": (_text, MAX_BYTES),
    ".md": (_markdown, MAX_BYTES),
    ".html": (_html, MAX_BYTES),
    ".htm": (_html, MAX_BYTES),
    ".jsonl": (read_jsonl, MAX_JSONL),
}
