"""A library grows document by document: the same as built at once, whole at every moment, whoever is killed in between."""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import location
from knowledge import building
from knowledge.building import workers
from knowledge.facts import Document
from knowledge.parsing.parser import parse
from knowledge.store import Database
from tests.terminal import ROOT, alone, is_one_line, run

MOMENTS = int(os.environ.get("WENCE_TEST_MOMENTS") or 5)
"""At how many random moments `add` is killed; `make soak` gives more."""
SOURCES = sorted((ROOT / "tests" / "cases" / "documents").glob("*/source.txt"))


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def goal(name: str, firms: int, **more: str) -> dict[str, str]:
    """A short plan of a district of its own."""
    text = f"{name}科技创新实施方案\n一、目标\n到2030年，高新技术企业达到{firms}家。（责任单位：{name}科技局）\n"
    return {"id": name, "title": f"{name}科技创新实施方案", "text": text, **more}


def lines(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def real() -> list[dict[str, str]]:
    """The documents of the cases, of several governments and shapes."""
    return [{"id": path.parent.name, "text": path.read_text(encoding="utf-8")} for path in SOURCES[:6]]


def contents(path: Path) -> dict[str, Any]:
    """All rows by table; the segments of a posting list as one."""
    database = Database(path)
    found: dict[str, Any] = {}
    for table, row in database.contents():
        if table == "postings":
            passages, impacts = found.setdefault(table, {}).get(row["term"], (b"", b""))
            found[table][row["term"]] = (passages + row["passages"], impacts + row["impacts"])
        else:
            found.setdefault(table, []).append(row)
    database.close()
    return found


def listed(path: Path) -> list[tuple[str, int, str]]:
    """The documents: id, whether it is current, text."""
    database = Database(path)
    rows = database.rows("SELECT id, current, text FROM documents ORDER BY n")
    database.close()
    return [(row["id"], row["current"], row["text"]) for row in rows]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real documents built at once (`whole.db`), and added one by one (`grown.db`)."""
    folder = tmp_path_factory.mktemp("grown")
    rows = [*real(), *(goal(f"{name}县", 10) for name in "甲乙丙丁戊己")]
    building.build([lines(folder / "all.jsonl", rows)], folder / "whole.db")
    for row in rows:
        assert building.add([lines(folder / "one.jsonl", [row])], folder / "grown.db").kinds == {row["id"]: "new"}
    return folder


def test_documents_added_one_by_one_give_the_rows_of_all_built_at_once(grown: Path) -> None:
    assert contents(grown / "grown.db") == contents(grown / "whole.db")
    database = Database(grown / "grown.db")
    assert len(database.rows("SELECT DISTINCT segment FROM postings")) <= 9
    database.close()


def test_a_document_removed_leaves_the_rows_of_a_build_without_it(grown: Path, tmp_path: Path) -> None:
    rows = [*real(), *(goal(f"{name}县", 10) for name in "甲乙丙丁戊")]
    building.build([lines(tmp_path / "less.jsonl", rows)], tmp_path / "less.db")
    shutil.copy(grown / "grown.db", tmp_path / "own.db")
    assert building.remove("己县", tmp_path / "own.db") == 1
    assert contents(tmp_path / "own.db") == contents(tmp_path / "less.db")


def test_documents_read_in_several_processes_give_the_same_rows(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FEW", 4)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    building.build([grown / "all.jsonl"], tmp_path / "again.db")
    assert contents(tmp_path / "again.db") == contents(grown / "whole.db")


def test_the_first_add_copies_the_shipped_database_which_is_never_written(tmp_path: Path) -> None:
    shipped = location.shipped().read_bytes()
    before = len(json.loads(run("list", "--json").out))
    code, out, err = run("add", str(lines(tmp_path / "a.jsonl", [goal("东山县", 31)])))
    assert (code, err) == (0, "")
    assert "东山县: 新增" in out
    assert "新增 1 份 · 1 new" in out
    assert location.to_read(None) == tmp_path / "data" / "wence" / "policies.db"
    assert len(json.loads(run("list", "--json").out)) == before + 1
    assert location.shipped().read_bytes() == shipped
    assert "31家" in run("ask", "东山县2030年高新技术企业多少家").out


def test_the_same_again_is_no_change_other_metadata_are_taken_up_and_another_text_is_a_new_version(
    tmp_path: Path,
) -> None:
    db, source = tmp_path / "own.db", tmp_path / "a.jsonl"
    first = goal("东山县", 31)
    assert "新增 2 份" in run("--db", str(db), "add", str(lines(source, [first, goal("西山县", 8)]))).out
    before = (db.stat().st_ino, db.read_bytes())
    same = run("--db", str(db), "add", str(lines(source, [first])))
    assert (same.code, "东山县: 没有变化" in same.out) == (0, True)
    assert (db.stat().st_ino, db.read_bytes()) == before
    assert "只改了元数据 1 份" in run("--db", str(db), "add", str(lines(source, [first | {"date": "2024-05-06"}]))).out
    assert json.loads(run("--db", str(db), "list", "--json").out)[-1]["date"] == "2024-05-06"
    second = goal("东山县", 47)
    assert "新版本 1 份" in run("--db", str(db), "add", str(lines(source, [second]))).out
    assert sorted(listed(db)) == sorted(
        [("西山县", 1, goal("西山县", 8)["text"]), ("东山县", 0, first["text"]), ("东山县", 1, second["text"])]
    )
    answer = json.loads(run("--db", str(db), "ask", "--json", "东山县2030年高企多少家").out)
    assert [figure["value"] for figure in answer["figures"]] == [47]
    assert all(
        "31家" not in hit["snippet"]
        for hit in json.loads(run("--db", str(db), "search", "--json", "东山县高企").out)["hits"]
    )


def test_an_earlier_version_still_opens_by_what_a_citation_of_it_says(tmp_path: Path) -> None:
    db, source = tmp_path / "own.db", tmp_path / "a.jsonl"
    run("--db", str(db), "add", str(lines(source, [goal("东山县", 31)])))
    (cited, *_) = json.loads(run("--db", str(db), "ask", "--json", "东山县2030年高企多少家").out)["citations"]
    version = Document("东山县", goal("东山县", 31)["text"]).version
    run("--db", str(db), "add", str(lines(source, [goal("东山县", 47)])))
    edition = Database(db).edition("东山县", version)
    assert edition is not None
    assert edition.text[cited["start"] : cited["end"]] == cited["quote"]
    assert "31家" in cited["quote"]
    assert Database(db).edition("东山县", "00000000") is None


def test_a_version_given_again_answers_again(tmp_path: Path) -> None:
    db, source = tmp_path / "own.db", tmp_path / "a.jsonl"
    for firms in (31, 47, 31):
        run("--db", str(db), "add", str(lines(source, [goal("东山县", firms)])))
    assert [(current, "31家" in text) for _, current, text in listed(db)] == [(0, False), (1, True)]


def test_remove_takes_all_versions_out_and_an_unknown_id_is_one_line(tmp_path: Path) -> None:
    db, source = tmp_path / "own.db", tmp_path / "a.jsonl"
    for firms in (31, 47):
        run("--db", str(db), "add", str(lines(source, [goal("东山县", firms), goal("西山县", 8)])))
    code, out, err = run("--db", str(db), "remove", "东山县")
    assert (code, out.count("\n"), err) == (0, 1, "")
    assert [name for name, _, _ in listed(db)] == ["西山县"]
    code, out, err = run("--db", str(db), "remove", "东山县")
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert "东山县" in err
    assert run("--db", str(db), "remove", "西山县").code == 0
    assert run("--db", str(db), "ask", "西山县2030年高企多少家").code == 1
    assert "新增 1 份" in run("--db", str(db), "add", str(lines(source, [goal("北山县", 9)]))).out


def test_one_that_cannot_be_read_is_skipped_with_a_line_and_the_rest_added(tmp_path: Path) -> None:
    db, source = tmp_path / "own.db", lines(tmp_path / "a.jsonl", [goal("东山县", 31)])
    (tmp_path / "bad.txt").write_bytes(b"")
    code, out, err = run("add", "--db", str(db), str(source), str(tmp_path / "bad.txt"))
    assert code == 0
    assert err.startswith("跳过 skipped: ")
    assert "bad.txt" in err
    assert "跳过 1 份" in out
    assert run("add", "--db", str(db), str(tmp_path / "none.txt")).code == 2


def test_a_list_without_units_under_a_note_that_the_first_leads_is_read() -> None:
    text = "任务分工\n（列首的为牵头单位）\n一、加强保障。（责任单位：各有关部门）\n二、落实政策。（责任单位：市财政局、市科技局）\n"
    sections = {one.section: one for one in parse(Document("a", text)).sections}
    assert [(unit.name, unit.role) for unit in sections["二"].units] == [("市财政局", "lead"), ("市科技局", "support")]


# ------------------------------------------------------- killed, and at once


def started(db: Path, source: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot.cli", "--db", str(db), "add", str(source)]
    kept = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    return subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, err = process.communicate(timeout=120)
    return process.returncode, err.decode()


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A database with two documents."""
    rows = [goal("东山县", 31), goal("西山县", 8)]
    building.build([lines(tmp_path / "first.jsonl", rows)], tmp_path / "own.db")
    return tmp_path / "own.db"


def test_add_killed_at_any_moment_adds_a_document_whole_or_not_at_all(held: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    before, more = [("东山县", 1), ("西山县", 1)], goal("北山县", 19)
    source = lines(tmp_path / "more.jsonl", [more])
    keep = tmp_path / "keep.db"
    shutil.copy(held, keep)
    begin = time.monotonic()
    assert ended(started(held, source))[0] == 0
    usual = time.monotonic() - begin
    after = contents(held)
    for _ in range(MOMENTS):
        shutil.copy(keep, held)
        process = started(held, source)
        time.sleep(chance.uniform(0, usual))
        process.send_signal(signal.SIGKILL)
        ended(process)
        names = [(name, current) for name, current, _ in listed(held)]
        assert names in (before, [*before, ("北山县", 1)])
        building.add([source], held)
        assert contents(held) == after
        assert not [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")]


def test_two_adds_at_once_lose_nothing(held: Path, tmp_path: Path) -> None:
    names = ["甲县", "乙县", "丙县"]
    running = [started(held, lines(tmp_path / f"{name}.jsonl", [goal(name, 5)])) for name in names]
    assert [ended(process)[0] for process in running] == [0, 0, 0]
    assert sorted(name for name, _, _ in listed(held)) == sorted(["东山县", "西山县", *names])


@pytest.fixture
def folder_taken(held: Path) -> Iterator[None]:
    """Somebody else writes a database in the folder, for long."""
    handle = os.open(held.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield
    os.close(handle)


@pytest.mark.usefixtures("folder_taken")
def test_who_waits_too_long_for_another_writer_ends_with_one_line(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.store import writing

    before = held.read_bytes()
    monkeypatch.setattr(writing, "LONGEST_WAIT", 0.1)
    code, out, err = run("--db", str(held), "remove", "东山县")
    assert (code, out) == (2, "")
    waiting, told = err.splitlines()
    assert "等它写完" in waiting
    assert "another process" in told
    assert held.read_bytes() == before
