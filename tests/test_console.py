"""The terminal chat and `wence run` without a token: a conversation that remembers, and ends when it should."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal import COMMAND, alone, is_one_line, run


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def test_chat_answers_line_after_line_with_memory() -> None:
    code, out, err = run("chat", typed="2025年高企多少家\n\n那2035年呢\n")
    assert (code, err) == (0, "")
    assert "130家" in out
    assert "问>" not in out


@pytest.mark.parametrize("farewell", ["再见", "再见！", "exit", "Bye.", ":q"])
def test_chat_ends_at_a_word_of_farewell(farewell: str) -> None:
    assert run("chat", typed=f"{farewell}\n高企奖励\n") == (0, "", "")


def test_chat_ends_at_the_end_of_input_with_or_without_a_line_end() -> None:
    assert run("chat", typed="") == (0, "", "")
    assert "10万元" in run("chat", typed="高企奖励").out


def test_chat_reads_what_is_piped_in_gbk() -> None:
    assert "10万元" in run("chat", typed="高企奖励\n".encode("gb18030")).out


def test_run_without_a_token_says_so_in_one_line_and_chats() -> None:
    code, out, err = run("run", typed="高企奖励\n")
    assert code == 0
    assert "10万元" in out
    assert err.count("\n") == 1
    assert "WENCE_TELEGRAM_TOKEN" in err
    assert run("run", typed="").code == 0


def test_an_unusable_setting_ends_the_start_with_2_and_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENCE_TELEGRAM_TOKEN", "not-a-token-SECRET")
    code, out, err = run("run")
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert "WENCE_TELEGRAM_TOKEN" in err
    assert "SECRET" not in err


def test_run_with_a_token_does_not_start_without_a_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WENCE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    code, out, err = run("--db", str(tmp_path / "none.db"), "run")
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert "none.db" in err


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A `wence` of its own with pipes; it is ended with the block, whatever happens there."""
    pipe = subprocess.PIPE
    heard = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731 - ignored below a shell's `&`
    with subprocess.Popen([COMMAND, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=heard) as process:  # noqa: PLW1509
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("command", "kind", "code"),
    [("run", signal.SIGTERM, 0), ("run", signal.SIGINT, 0), ("chat", signal.SIGINT, 130)],
)
def test_a_signal_ends_it_without_a_trace(command: str, kind: signal.Signals, code: int) -> None:
    with started(command) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("高企奖励\n".encode())
        process.stdin.flush()
        assert "10万元" in process.stdout.readline().decode()
        process.send_signal(kind)
        assert process.wait(timeout=10) == code
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()


def test_at_a_terminal_there_is_a_greeting_and_a_prompt() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen([COMMAND, "chat"], stdin=theirs, stdout=theirs, stderr=theirs) as process:
        try:
            os.close(theirs)
            os.write(ours, "高企奖励\n再见\n".encode())
            seen = b"".join(iter(lambda: _read(ours), b"")).decode()
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
            os.close(ours)
    assert "我是问策" in seen
    assert seen.count("问> ") == 2
    assert "不低于10万元" in seen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that nobody holds the other side any more
        return b""
