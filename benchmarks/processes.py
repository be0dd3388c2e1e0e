"""What a whole process costs: wall seconds, processor seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Spent(NamedTuple):
    """Wall and processor seconds, and peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def spent(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Runs a command to its end; the kernel says what it took (wait4)."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def fresh(command: Sequence[str]) -> Spent:
    """The same with an empty temporary folder: jieba keeps its dictionary's cache there."""
    with tempfile.TemporaryDirectory() as folder:
        return spent(command, {**os.environ, "TMPDIR": folder})
