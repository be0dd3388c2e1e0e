"""Runs `wence` in this process, with streams of bytes as a shell gives them, and alone: no settings, no data of a user."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from bot import cli

ROOT = Path(__file__).parent.parent
PLAN = next((ROOT / "data" / "sources").glob("*.txt"))
COMMAND = Path(sys.executable).with_name("wence")


class Ended(NamedTuple):
    """What a call left behind."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    """A stream in a locale that knows no Chinese; somebody watches it or not."""

    def __init__(self, data: bytes = b"", *, watched: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="ascii")
        self._watched = watched

    def isatty(self) -> bool:
        return self._watched

    def written(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


def run(*arguments: str, typed: str | bytes = b"", watched: bool = False) -> Ended:
    """Calls `wence` with arguments and what is typed; `watched`: its stderr is a terminal."""
    data = typed.encode() if isinstance(typed, str) else typed
    out, err = _Stream(), _Stream(watched=watched)
    with (
        patch.multiple(sys, stdin=_Stream(data), stdout=out, stderr=err),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main(list(arguments))
    return Ended(int(ended.value.code or 0), out.written(), err.written())


def alone(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """From here on no setting is set, and the user's data folder is a new one."""
    for name in [name for name in os.environ if name.startswith("WENCE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))


def is_one_line(text: str) -> bool:
    """Whether that is all that a command says of a mistake."""
    return text.startswith("wence") and ": " in text and text.count("\n") == 1 and "Traceback" not in text
