"""Zip archives, read where they lie: nothing is ever unpacked to a disk, so that no member's name can lead out.

A member is named by a path through its archive (`文件.zip/通知/1.txt`). What an archive says of itself is not believed:
a member is read up to its kind's limit and no further. Knows no format of documents.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from knowledge.errors import SourceError
from knowledge.reading.files import hidden

SUFFIX = ".zip"
MAX_MEMBERS = 10_000
MAX_TOTAL = 1_000_000_000
"""What all members of an archive may come to, in bytes."""
MAX_RATIO = 200
"""How many times its packed size a member may have: text comes to some 10 times, a page of nothing but markup to 50."""
_SMALL = 1_000_000
_ENCRYPTED, _UTF8 = 0x1, 0x800
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What `zipfile` raises over archives that are broken, or packed in a way that it does not know."""

Members = dict[str, list[zipfile.ZipInfo]]
"""The entries of an archive by their path in it, as `/`-parted names; two under one name make it unclear which is meant."""


def around(path: Path) -> Path | None:
    """The archive that a path leads through; None where it leads through none."""
    outside = reversed(path.parents)
    return next((part for part in outside if part.suffix.lower() == SUFFIX and _is_file(part)), None)


def members(archive: Path) -> list[Path]:
    """The paths of an archive's members, hidden ones and folders left out; SourceError where it is none or a bomb."""
    names = [name for name in _entries(archive) if not any(part != ".." and hidden(part) for part in name.split("/"))]
    return sorted(Path(f"{archive}/{name}") for name in names)


@contextmanager
def opened(path: Path, archive: Path) -> Iterator[BinaryIO]:
    """A member, open to be read; SourceError where it must not be or cannot."""
    entry = _entry(path, archive)
    if reason := _refused(entry):
        raise SourceError(f"{path}: {reason}")
    try:
        with zipfile.ZipFile(archive) as held, held.open(entry) as file:
            yield file  # type: ignore[misc]  # reads as a binary file does
    except BROKEN as error:
        raise SourceError(f"{path}: cannot be unpacked ({_brief(error)})") from error


def bomb(entries: list[zipfile.ZipInfo], most: int = MAX_TOTAL) -> str:
    """Why an archive must not be unpacked: more in it than anybody packs, or than `most` bytes; empty where it may."""
    if len(entries) > MAX_MEMBERS:
        return f"holds too many files ({len(entries):,}, the limit is {MAX_MEMBERS:,})"
    total = sum(entry.file_size for entry in entries)
    if total > most:
        return f"holds too much ({total:,} bytes unpacked, the limit is {most:,})"
    return ""


def swells(entry: zipfile.ZipInfo) -> bool:
    """Whether a member is packed as no document is."""
    return entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _entry(path: Path, archive: Path) -> zipfile.ZipInfo:
    found = _entries(archive).get(path.as_posix()[len(archive.as_posix()) + 1 :], [])
    if len(found) == 1:
        return found[0]
    raise SourceError(f"{path}: {'is in the archive more than once' if found else 'does not exist'}")


def _refused(entry: zipfile.ZipInfo) -> str:
    """Why a member is not read; empty where it is."""
    parts = re.split(r"[/\\]", entry.filename)
    if ".." in parts or parts[0] == "" or re.match("[A-Za-z]:", parts[0]):
        return "its name leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "is a link, not a file"
    if entry.flag_bits & _ENCRYPTED:
        return "is encrypted (unpack it with its password first)"
    return f"unpacks to more than {MAX_RATIO} times its size (a zip bomb)" if swells(entry) else ""


def _entries(archive: Path) -> Members:
    try:
        state = archive.stat()
        return _read(archive, state.st_mtime_ns, state.st_size)
    except BROKEN as error:
        raise SourceError(f"{archive}: is no zip archive that can be read ({_brief(error)})") from error


@lru_cache(maxsize=2)
def _read(archive: Path, changed: int, size: int) -> Members:  # noqa: ARG001  they tell a replaced archive from the one read
    """The entries of an archive; kept, so that an archive of many members is listed once."""
    with zipfile.ZipFile(archive) as held:
        entries = [entry for entry in held.infolist() if not entry.is_dir()]
    if reason := bomb(entries):
        raise SourceError(f"{archive}: {reason}")
    found: Members = {}
    for entry in entries:
        found.setdefault(Path(f"/{_name(entry)}").as_posix().lstrip("/"), []).append(entry)
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name: what `zipfile` took for code page 437 is UTF-8 or GB18030 where it reads as such."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", errors="replace")
        name = next((text for code in ("utf-8", "gb18030") if (text := _decoded(raw, code))), name)
    return name.replace("\\", "/").replace("\0", "")


def _decoded(raw: bytes, code: str) -> str:
    try:
        return raw.decode(code)
    except UnicodeDecodeError:
        return ""


def _brief(error: BaseException) -> str:
    return " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
