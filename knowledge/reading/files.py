"""A file that is open to be read, wherever it lies: in a folder or inside an archive. Knows no format."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from knowledge.errors import SourceError


@dataclass(frozen=True)
class Opened:
    """An open file: `where` names it in errors, `id` is that of the document in it; at most `limit` bytes are read."""

    where: str
    id: str
    file: BinaryIO
    limit: int

    def data(self) -> bytes:
        """All that is in the file; SourceError where that is more than its limit."""
        data = self.file.read(self.limit + 1)
        if len(data) > self.limit:
            raise SourceError(f"{self.where}: is too large (the limit is {self.limit:,} bytes)")
        return data


def identity(path: PurePath) -> str:
    """A document's id by its file: the stem, NFC, white space to `-`.

    >>> identity(PurePath("西湖 方案.txt"))
    '西湖-方案'
    """
    stem = os.fsencode(path.stem)
    try:
        text = stem.decode()
    except UnicodeDecodeError:  # a Chinese name out of an old archive
        text = stem.decode("gb18030", errors="replace")
    return re.sub(r"\s+", "-", unicodedata.normalize("NFC", text).strip())


def hidden(name: str) -> bool:
    """Hidden by its dot, an office program's lock, or what one system's archives leave on the others."""
    return name.startswith((".", "~$")) or name == "__MACOSX"
