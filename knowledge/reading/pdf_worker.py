"""The process that a pdf is read in, so that what a file can make it do ends with it: bounded time, bounded memory.

A pdf comes in on standard input; a JSON object goes out: {text, warnings: [[code, message]]} or {error}.
"""

from __future__ import annotations

import json
import resource
import sys

from knowledge.errors import SourceError

WHERE = "\0"
"""Stands for the file's name in errors, which only the process that started this one knows."""


def main(seconds: int, memory: int, longest: int) -> None:
    """Reads one pdf within so many seconds of computing and bytes of memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from knowledge.reading.glyphs import sheets
    from knowledge.reading.sheets import text_of

    try:
        found = text_of(sheets(sys.stdin.buffer.read(), WHERE), WHERE, longest)
    except SourceError as error:
        told: dict[str, object] = {"error": str(error)}
    except MemoryError:
        told = {"error": f"{WHERE}: needs too much memory"}
    else:
        told = {"text": found.text, "warnings": [(one.code, one.message) for one in found.warnings]}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
