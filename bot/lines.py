"""Text as it comes from people and programs: typed, piped, from a file or an argument, in whatever bytes.

Streams and arguments keep bytes that are no UTF-8 as lone surrogates (`surrogateescape`); no one behind here meets them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

STANDARD_INPUT = "-"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENCODINGS = ("utf-8", "gb18030")


def sound(text: str) -> str:
    r"""The text without lone surrogates: bytes that were no UTF-8 are read as GB18030; what is neither becomes U+FFFD.

    >>> sound(b"\xb8\xdf\xc6\xf3".decode("utf-8", "surrogateescape"))
    '高企'
    """
    if not _SURROGATE.search(text):
        return text
    for encoding in _ENCODINGS:
        try:
            return text.encode("utf-8", "surrogateescape").decode(encoding)
        except UnicodeError:
            continue
    return _SURROGATE.sub("\ufffd", text)


def lines(source: str) -> Iterator[str]:
    """The lines of a file or of standard input (`-`), as sound text without white space around them.

    Only a line feed ends a line, so that there are as many as `wc -l` counts. OSError: no such file, or none to be read.
    """
    if source == STANDARD_INPUT:
        yield from map(_line, sys.stdin)
        return
    with open(source, encoding="utf-8", errors="surrogateescape", newline="\n") as file:  # noqa: PTH123 - the text as given
        yield from map(_line, file)


def _line(text: str) -> str:
    return sound(text).strip().removeprefix("\ufeff").strip()
