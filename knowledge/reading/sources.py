"""Which files there are and how each kind is read. One row in `READERS` for each kind; later formats add theirs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SourceError
from knowledge.facts import Document
from knowledge.reading import archives, markdown
from knowledge.reading.documents import document
from knowledge.reading.encodings import decode
from knowledge.reading.files import Opened, hidden, identity
from knowledge.reading.html import page
from knowledge.reading.jsonl import read_jsonl

MAX_BYTES = 16_000_000
MAX_JSONL = 1_000_000_000
MAX_OFFICE = 64_000_000
"""The largest docx and pdf: pictures make them so, and are not read."""


@dataclass(frozen=True)
class Kind:
    """How a kind of file is read, and how large it may be in bytes; `instead`: it is not, and what to do about it."""

    reader: Callable[[Opened], list[Document]] | None
    limit: int
    instead: str = ""


def gather(paths: Iterable[Path]) -> list[Path]:
    """The files that `paths` name: files as they are, folders and archives with all that can be read in them, sorted.

    Hidden files and folders are left out, and no file comes twice. SourceError where a path does not exist.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not _exists(path) and archives.around(path) is None:
            raise SourceError(f"{path}: does not exist")
        for file in sorted(_within(path)) if path.is_dir() else [path]:
            for member in _members(file):
                # `resolve` breaks on a link that leads to itself, and no system follows a name in an archive
                found.setdefault(str(member) if member is not file else os.path.realpath(file), member)
    return list(found.values())


def read(path: Path) -> list[Document]:
    """The documents of a file: one, but for JSON Lines and archives.

    `path` may lead through an archive (`文件.zip/1.txt`). SourceError, in one line with the file's name, where there are none.
    """
    archive = archives.around(path)
    if archive is None and path.suffix.lower() == archives.SUFFIX and path.is_file():
        return [one for member in _whole(path) for one in read(member)]
    kind = _kind(path, archive)
    if archive is not None:
        with archives.opened(path, archive) as file:
            return _documents(path, file, kind)
    if (size := path.stat().st_size) > kind.limit:
        raise SourceError(f"{path}: is too large ({size:,} bytes, the limit is {kind.limit:,})")
    try:
        with path.open("rb") as file:
            return _documents(path, file, kind)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error


def _kind(path: Path, archive: Path | None) -> Kind:
    if archive is None and not _exists(path):
        raise SourceError(f"{path}: does not exist")
    if archive is None and not path.is_file():
        raise SourceError(f"{path}: is not a file")
    kind = READERS.get(path.suffix.lower())
    if kind is None:
        readable = (suffix for suffix, kind in READERS.items() if not kind.instead)
        raise SourceError(f"{path}: is of no kind that can be read ({' '.join(readable)} {archives.SUFFIX})")
    if kind.instead:
        raise SourceError(f"{path}: {kind.instead}")
    return kind


def _documents(path: Path, file: object, kind: Kind) -> list[Document]:
    assert kind.reader is not None
    return kind.reader(Opened(str(path), identity(path), file, kind.limit))  # type: ignore[arg-type]


def _exists(path: Path) -> bool:
    """Whether a path names anything; a name that no file can have names nothing."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _within(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not hidden(name)]
        yield from (Path(parent, name) for name in files if _known(Path(name)) and not hidden(name))


def _known(path: Path) -> bool:
    return path.suffix.lower() in (*READERS, archives.SUFFIX)


def _members(path: Path) -> list[Path]:
    """An archive's members that are of a known kind; any other file, and an archive that is broken, itself."""
    if path.suffix.lower() != archives.SUFFIX or not path.is_file():
        return [path]
    try:
        return _whole(path)
    except SourceError:
        return [path]  # reading it tells why, and stops no other


def _whole(archive: Path) -> list[Path]:
    found = [path for path in archives.members(archive) if _known(path)]
    if not found:
        raise SourceError(f"{archive}: holds nothing that can be read")
    return found


def _text(source: Opened) -> list[Document]:
    decoded = decode(source.data(), source.where)
    return [document(decoded.text, source.id, warnings=decoded.warnings)]


def _markdown(source: Opened) -> list[Document]:
    decoded = decode(source.data(), source.where)
    found = markdown.markup(decoded.text)
    return [
        document(
            decoded.text,
            source.id,
            given=found.given,
            marks=found.marks,
            furniture=found.hidden,
            warnings=decoded.warnings,
        )
    ]


def _html(source: Opened) -> list[Document]:
    found = page(source.data(), source.where)
    return [document(found.text, source.id, page=found.said, marks=found.marks, warnings=found.warnings)]


def _docx(source: Opened) -> list[Document]:
    from knowledge.reading import docx

    found = docx.page(source.data(), source.where)
    return [document(found.text, source.id, page=found.said, marks=found.marks, warnings=found.warnings)]


def _pdf(source: Opened) -> list[Document]:
    from knowledge.reading import pdf

    found = pdf.extracted(source.data(), source.where)
    return [document(found.text, source.id, warnings=found.warnings)]


_OLD = Kind(None, 0, "an old office format; save it as .docx first")
_OFD = Kind(None, 0, "a format that is not read here; save it as .pdf with its text first")
READERS: dict[str, Kind] = {
    ".txt": Kind(_text, MAX_BYTES),
    ".md": Kind(_markdown, MAX_BYTES),
    ".html": Kind(_html, MAX_BYTES),
    ".htm": Kind(_html, MAX_BYTES),
    ".shtml": Kind(_html, MAX_BYTES),
    ".docx": Kind(_docx, MAX_OFFICE),
    ".pdf": Kind(_pdf, MAX_OFFICE),
    ".jsonl": Kind(read_jsonl, MAX_JSONL),
    ".doc": _OLD,
    ".wps": _OLD,
    ".rtf": _OLD,
    ".ofd": _OFD,
    archives.SUFFIX: Kind(None, 0, "an archive inside an archive is not opened; unpack it first"),
}
