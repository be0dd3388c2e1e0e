"""Whatever comes in: a mistake is one line and 2, and any question has an ordinary answer. Never a traceback."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.terminal import PLAN, ROOT, alone, is_one_line, run

TEXT = PLAN.read_text(encoding="utf-8")
SHIPPED = ROOT / "data" / "policies.db"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


# -------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["--db"],
        ["ask"],
        ["ask", "--nope"],
        ["ask", "--document", "none", "高企奖励"],
        ["ask", "--batch", "one.txt", "two.txt"],
        ["search"],
        ["search", "-k", "0", "x"],
        ["parse"],
        ["parse", "one.txt", "two.txt"],
        ["build"],
        ["show", "nonsense"],
        ["show", "--document", "none"],
        ["chat", "--nope"],
    ],
    ids=" ".join,
)
def test_bad_usage_is_one_line_and_2(arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert is_one_line(err)


# ------------------------------------------------------------------ sources

BAD_FILES = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": b"\x00\x01\x02" * 50,
    "broken.jsonl": b'{"id": 1}\n',
    "strange.xyz": "一、目标".encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_source_that_cannot_be_read_is_one_line_that_names_it_and_2(tmp_path: Path, name: str) -> None:
    data = BAD_FILES[name]
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    for command in (["parse", "--json", str(path)], ["--db", str(tmp_path / "x.db"), "build", str(path)]):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert name in err
    assert not (tmp_path / "x.db").exists()


def test_a_folder_with_nothing_to_read_is_one_line_and_2(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("--db", str(tmp_path / "x.db"), "build", str(tmp_path / "empty"))
    assert code == 2
    assert is_one_line(err)
    assert "empty" in err


@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_batch_from_what_is_no_file_is_one_line_that_names_it_and_2(tmp_path: Path, command: str) -> None:
    for path in (tmp_path, tmp_path / "none.txt"):
        code, out, err = run(command, "--batch", str(path))
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert str(path) in err


def test_gbk_text_and_a_document_without_headings_are_read_with_warnings(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("本区每年新增上云企业不低于300家，持续推进，形成合力，取得实效。".encode("gb18030"))
    code, out, err = run("parse", "--json", str(path))
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert {"encoding", "no_headings"} <= {warned["code"] for warned in record["warnings"]}
    assert record["figures"][0]["value"] == 300


@pytest.mark.parametrize("digit", ["9", "九", "亿", "9,999"])
def test_a_run_of_digits_that_no_plan_counts_to_is_no_figure(tmp_path: Path, digit: str) -> None:
    path = tmp_path / "long.txt"
    runs = f"企业达到{digit * 5000}家，给予{digit * 900}万元奖励，产值达到{digit * 17}亿元"
    path.write_text(f"一、目标\n到2030年，{runs}，平台达到12个。\n{digit * 5000}、其他\n", encoding="utf-8")
    code, out, err = run("parse", "--json", str(path))
    record = json.loads(out)
    assert (code, err) == (0, "")
    assert [figure["value"] for figure in record["figures"]] == [12]
    assert record["awards"] == []


# ---------------------------------------------------------------- databases

COMMANDS = (["ask", "高企奖励"], ["ask", "--batch"], ["search", "研发"], ["show"], ["list"], ["chat"])


def test_a_database_of_another_version_says_how_to_rebuild(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(SHIPPED, other)
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    for command in COMMANDS:
        code, out, err = run("--db", str(other), *command)
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert "build --fresh" in err


def damaged() -> bytes:
    """The shipped database, its later pages overwritten."""
    data = SHIPPED.read_bytes()
    return data[: 40 * 4096] + b"\xaa" * (len(data) - 40 * 4096)


BAD_DATABASES = {
    "empty": lambda: b"",
    "text": lambda: b"not a database at all, but long enough to be read as one" * 40,
    "cut": lambda: SHIPPED.read_bytes()[:1_000_000],
    "damaged": damaged,
}


def test_a_damaged_page_met_late_in_a_batch_is_one_line_too(tmp_path: Path) -> None:
    questions = "\n".join(f"{year}年高企多少家" for year in range(2000, 2020))
    seen = set()
    for first in range(20, SHIPPED.stat().st_size // 4096, 397):
        data = bytearray(SHIPPED.read_bytes())
        data[first * 4096 : first * 4096 + 4096] = b"\xaa" * 4096
        (tmp_path / "page.db").write_bytes(data)
        code, _, err = run("--db", str(tmp_path / "page.db"), "ask", "--batch", typed=questions)
        assert code == 0 or is_one_line(err), err
        seen.add(code)
    assert seen == {0, 2}


@pytest.mark.parametrize("kind", [*BAD_DATABASES, "folder", "missing"])
def test_a_database_that_cannot_be_read_is_one_line_that_names_it_and_2(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "bad.db"
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(BAD_DATABASES[kind]())
    for command in COMMANDS[:1] + COMMANDS[2:4]:
        code, out, err = run("--db", str(path), *command)
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert "bad.db" in err


def test_a_setting_that_cannot_be_used_is_one_line_that_names_it_and_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENCE_DB", "~nobody-of-that-name/policies.db")
    code, _, err = run("ask", "高企奖励")
    assert code == 2
    assert is_one_line(err)
    assert "WENCE_DB" in err


# ---------------------------------------------------------------- questions

LATIN = pytest.param("a" * 10_000, id="letters")
QUESTIONS = {
    "empty": "",
    "spaces": " \t\u3000",
    "long": "高企认定有什么补贴" * 1112,
    "long words": "high-tech enterprise " * 476,
    "digits": "1" * 10_000,
    "brackets": "《(" * 5_000,
    "emoji": "😀🎉👨‍👩‍👧",
    "punctuation": "，。！？、；：…—“”",
    "sql": "'; DROP TABLE documents; --",
    "fts": '"高企" AND NEAR(奖励 补贴, 2) OR title:* ^x - (',
    "html": "<script>alert(1)</script><b>高企奖励</b>&amp;",
    "markdown": "**高企** [奖励](http://x) `a` _b_",
    "format": "%s {0} {year} ${x} \\n",
    "control": "高企\x00\x1b[31m奖励\u202e",
    "line ends": "高企\n奖励\r\n",
    "not utf-8": b"\xff\xfe\xb8".decode("utf-8", "surrogateescape"),
    "half a pair": "高企\ud800奖励",
}


def is_ordinary(answer: dict[str, Any]) -> None:
    """The contract's limits, and every quote as it stands."""
    assert answer["status"] in ("answered", "clarify", "not_found")
    assert 0 < len(answer["text"]) <= 1200
    assert len(answer["citations"]) <= 12
    for quoted in answer["citations"]:
        assert 0 < len(quoted["quote"]) <= 200
        assert TEXT[quoted["start"] : quoted["end"]] == quoted["quote"]


@pytest.mark.parametrize("question", [*(pytest.param(text, id=name) for name, text in QUESTIONS.items()), LATIN])
def test_any_question_has_an_ordinary_answer(question: str) -> None:
    code, out, err = run("ask", "--json", question)
    answer = json.loads(out)
    is_ordinary(answer)
    assert (code, err) == (int(answer["status"] == "not_found"), "")
    assert run("search", "--json", question).code in (0, 1)


@pytest.mark.parametrize("name", ["empty", "emoji", "punctuation"])
def test_a_question_of_nothing_is_asked_back(name: str) -> None:
    code, out, _ = run("ask", "--json", QUESTIONS[name])
    assert code == 0
    assert json.loads(out)["status"] == "clarify"
    assert json.loads(out)["suggestions"]


BROKEN_LINES = {
    "an object that ends early": b'{"q": "',
    "no question": b"{}",
    "a question that is null": b'{"q": null}',
    "a question that is a number": b'{"q": 2030}',
    "a list": b'["q"]',
    "a chat that is an object": b'{"q": "", "chat": {"a": 1}}',
    "objects without end": b'{"q":' * 20_000,
    "a number of too many digits": b'{"q": ' + b"1" * 5_000 + b"}",
    "half a surrogate pair": rb'{"q": "\ud800"}',
    "bytes of no encoding": b"\xff\xfe\x00\x80",
    "a carriage return": b"a\rb",
    "a byte order mark": b"\xef\xbb\xbf",
    "line ends of Unicode": "a\x85b\u2028c\u2029d".encode(),
}


def test_a_broken_line_of_a_batch_has_its_answer_in_its_place() -> None:
    code, out, err = run("ask", "--batch", typed=b"".join(line + b"\n" for line in BROKEN_LINES.values()))
    assert (code, err) == (0, "")
    told = [json.loads(line) for line in out.splitlines()]
    assert len(told) == len(BROKEN_LINES)
    for answer in told:
        is_ordinary(answer)


def test_gbk_lines_are_read_as_such() -> None:
    out = run("ask", "--batch", typed="高企认定有什么补贴\n".encode("gb18030") + "高企奖励\n".encode()).out
    assert [json.loads(line)["question"] for line in out.splitlines()] == ["高企认定有什么补贴", "高企奖励"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=20).map(str.encode)), max_size=6))
def test_whatever_bytes_come_in_there_is_an_object_out_for_each_line(given_lines: list[bytes]) -> None:
    lines = [line.replace(b"\n", b" ") for line in given_lines]
    code, out, err = run("ask", "--batch", typed=b"".join(line + b"\n" for line in lines))
    assert (code, err) == (0, "")
    told = [json.loads(line) for line in out.splitlines()]
    assert len(told) == len(lines)
    for answer in told:
        is_ordinary(answer)
