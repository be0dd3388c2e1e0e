"""A pdf with a text layer → its text. It is read in a process of its own, which a hostile file can at most end.

Scanned pages are named and not read: no picture is. Links, scripts and embedded files are not looked at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from knowledge.errors import SourceError
from knowledge.facts import Warned
from knowledge.reading.encodings import MAX_CHARACTERS, Decoded, checked
from knowledge.reading.pdf_worker import WHERE

MAX_SECONDS = 60
MAX_MEMORY = 1_500_000_000
"""What reading one pdf may take: a thousand pages of text take some 20 seconds of computing and 320 MB."""


def extracted(data: bytes, where: str, seconds: int = MAX_SECONDS, memory: int = MAX_MEMORY) -> Decoded:
    """The text of the pdf in `data`; SourceError, naming `where`, if it is none, a scan, locked, or takes too much."""
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"{where}: is no pdf")
    command = [sys.executable, "-m", "knowledge.reading.pdf_worker", *map(str, (seconds, memory, MAX_CHARACTERS))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603  this project's own module
            command, input=data, capture_output=True, env=environment, timeout=4 * seconds, check=False
        )
        told = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        told = None
    if told is None:
        limits = f"{seconds} seconds and {memory:,} bytes of memory"
        raise SourceError(f"{where}: cannot be read within {limits}, or breaks its reader")
    if "error" in told:
        raise SourceError(str(told["error"]).replace(WHERE, where))
    return Decoded(checked(told["text"], where), tuple(Warned(*one) for one in told["warnings"]))
