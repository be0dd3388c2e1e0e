"""`wence build` writes a whole database or none, keeps what was, and tells what it read."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import location
from knowledge import building
from tests.terminal import ROOT, Ended, alone, is_one_line, run

GOAL = "一、目标\n到2030年，企业达到{count}家。\n"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


class Built(NamedTuple):
    """A folder of sources and what a build of them said."""

    folder: Path
    ended: Ended


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A source and its database: `a.txt` `a.db`."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.txt").write_text(GOAL.format(count=10), encoding="utf-8")
    return Built(folder, run("build", "--db", str(folder / "a.db"), str(folder / "a.txt")))


@pytest.fixture(scope="module")
def many(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Sixty sources, one of them a newer `a`, built anew over that database while somebody watches."""
    folder = tmp_path_factory.mktemp("many")
    rows = [{"id": name, "text": GOAL.format(count=99)} for name in ("a", *map(str, range(59)))]
    (folder / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    shutil.copy(built.folder / "a.db", folder)
    fresh = ("build", "--fresh", "--db", str(folder / "a.db"), str(folder / "many.jsonl"))
    return Built(folder, run(*fresh, watched=True))


@pytest.fixture
def here(built: Built, tmp_path: Path) -> Path:
    """A copy of the first folder, to be changed."""
    return Path(shutil.copytree(built.folder, tmp_path / "here"))


def held(db: Path) -> list[tuple[str, int, str]]:
    """The documents of a database: id, whether it is current, text."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute("SELECT id, current, text FROM documents ORDER BY n").fetchall()
    finally:
        connection.close()


def test_build_writes_to_the_users_folder_and_ask_reads_from_there(tmp_path: Path) -> None:
    shipped = location.shipped().read_bytes()
    source = tmp_path / "办法.txt"
    source.write_text("江城县奖励办法\n\n第一条 对首次认定的高新技术企业，给予一次性奖励33万元。\n", encoding="utf-8")
    code, out, err = run("build", str(source))
    assert (code, err) == (0, "")
    assert "办法: " in out
    assert "1 奖补" in out
    assert location.to_read(None) == tmp_path / "data" / "wence" / "policies.db"
    assert location.shipped().read_bytes() == shipped
    assert "33万元" in run("ask", "高企奖励多少").out
    assert "办法" in run("list").out
    assert json.loads(run("list", "--json").out)[0]["title"] == "江城县奖励办法"


def test_an_earlier_version_is_kept_beside_the_new_one(here: Path) -> None:
    source, db = here / "a.txt", here / "a.db"
    source.write_text(GOAL.format(count=20), encoding="utf-8")
    assert run("--db", str(db), "build", str(source)).code == 0
    assert held(db) == [("a", 1, GOAL.format(count=20)), ("a", 0, GOAL.format(count=10))]
    assert "20家" in run("--db", str(db), "ask", "2030年企业多少家").out


def test_check_tells_in_one_line_whether_a_database_is_what_its_sources_say(here: Path) -> None:
    source, db = here / "a.txt", here / "a.db"
    before = db.read_bytes()
    code, out, err = run("--db", str(db), "build", "--check", str(source))
    assert (code, out.count("\n"), err) == (0, 1, "")
    source.write_text(GOAL.format(count=11), encoding="utf-8")
    code, out, err = run("--db", str(db), "build", "--check", str(source))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "a.db: documents (document a): version is " in err
    assert db.read_bytes() == before


def test_of_several_sources_the_unreadable_are_skipped_with_a_line_each_unless_strict(here: Path) -> None:
    db, bad, worse = here / "a.db", here / "bad.txt", here / "worse.txt"
    bad.write_bytes(b"")
    worse.write_bytes(b"\x00\x01\x02" * 50)
    before = db.read_bytes()
    code, out, err = run("--db", str(db), "build", "--strict", str(here / "a.txt"), str(bad), str(worse))
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert "bad.txt" in err
    assert db.read_bytes() == before
    code, out, err = run("--db", str(db), "build", str(here / "a.txt"), str(bad), str(worse), str(here / "none.txt"))
    assert code == 0
    assert [line.split(": ")[0] for line in err.splitlines()] == ["跳过 skipped"] * 3
    assert all(name in err for name in ("bad.txt", "worse.txt", "none.txt"))
    assert "跳过 3 份" in out


def test_a_fresh_build_keeps_no_earlier_version(many: Built) -> None:
    documents = held(many.folder / "a.db")
    assert len(documents) == 60
    assert {(current, text) for _, current, text in documents} == {(1, GOAL.format(count=99))}


def test_long_work_shows_a_bar_where_somebody_watches_and_short_work_none(built: Built, many: Built) -> None:
    assert built.ended.err == ""
    assert many.ended.code == 0
    assert "解析 parsing" in many.ended.err
    assert "100%" in many.ended.err
    assert "另有 10 份" in many.ended.out


FAILURES = [
    pytest.param("finish", OSError(28, "No space left on device", "a.db"), 2, id="full"),
    pytest.param("put", KeyboardInterrupt(), 130, id="interrupted"),
]


@pytest.mark.parametrize(("step", "failure", "code"), FAILURES)
def test_a_build_that_fails_half_way_leaves_the_old_database_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: BaseException, code: int
) -> None:
    before = (here / "a.db").read_bytes()

    def breaks(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(building.Growth, step, breaks)
    ended = run("--db", str(here / "a.db"), "build", str(here / "a.txt"))
    assert ended.code == code
    assert ended.err.strip() == ("wence: a.db: No space left on device" if code == 2 else "")
    assert (here / "a.db").read_bytes() == before
    assert sorted(path.name for path in here.iterdir()) == ["a.db", "a.txt"]


def test_what_is_no_file_is_never_replaced_by_a_database(here: Path) -> None:
    code, _, err = run("--db", str(here), "build", str(here / "a.txt"))
    assert code == 2
    assert is_one_line(err)
    assert here.is_dir()


def _somebody_elses(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (word)")
    connection.commit()
    connection.close()


def test_a_file_of_somebody_elses_is_never_replaced_by_a_database(here: Path) -> None:
    _somebody_elses(here / "other.db")
    for name in ("a.txt", "other.db"):
        before = (here / name).read_bytes()
        code, out, err = run("--db", str(here / name), "build", str(here / "a.txt"))
        assert (code, out) == (2, "")
        assert is_one_line(err)
        assert name in err
        assert (here / name).read_bytes() == before


def test_what_a_killed_build_left_behind_is_swept(here: Path) -> None:
    for name in (".a.db.killed.new", ".a.db.killed.new-journal"):
        (here / name).write_bytes(b"half")
    (here / ".b.db.other.new").write_bytes(b"half")
    assert run("--db", str(here / "a.db"), "build", "--fresh", str(here / "a.txt")).code == 0
    assert sorted(path.name for path in here.iterdir() if path.name.startswith(".")) == [".b.db.other.new"]


@pytest.mark.parametrize("data", [b"", None], ids=["empty", "damaged"])
def test_an_empty_file_and_a_damaged_database_are_built_anew(here: Path, data: bytes | None) -> None:
    target = here / "a.db"
    target.write_bytes(target.read_bytes()[:5000] if data is None else data)
    assert run("--db", str(target), "build", str(here / "a.txt")).code == 0
    assert held(target)


def test_a_link_to_a_database_stays_a_link(here: Path) -> None:
    (here / "link.db").symlink_to("a.db")
    (here / "a.txt").write_text(GOAL.format(count=11), encoding="utf-8")
    assert run("--db", str(here / "link.db"), "build", "--fresh", str(here / "a.txt")).code == 0
    assert (here / "link.db").is_symlink()
    assert "11家" in held(here / "a.db")[0][2]


def test_a_link_that_leads_to_itself_is_skipped_with_a_line(here: Path) -> None:
    (here / "loop.txt").symlink_to("loop.txt")
    code, _, err = run("--db", str(here / "a.db"), "build", str(here))
    assert code == 0
    assert "loop.txt" in err
    assert err.count("\n") == 1


WRONG_CORRECTIONS = {"place": "3", "places": '"我区"', "reading": '["a"]', "title": "2030", "date": "2030-01-01"}


@pytest.mark.parametrize("key", WRONG_CORRECTIONS)
def test_a_correction_of_the_wrong_kind_is_one_line_that_names_it(here: Path, key: str) -> None:
    (here / "a.toml").write_text(f"{key} = {WRONG_CORRECTIONS[key]}\n", encoding="utf-8")
    code, out, err = run("parse", str(here / "a.txt"))
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert f"a.toml: {key}: must be" in err


def test_the_same_id_twice_is_an_error_that_names_both_files(tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "甲", "text": "正文一。"}, {"id": "a", "title": "乙", "text": "正文二。"}]
    for name, row in zip(("one.jsonl", "two.jsonl"), rows, strict=True):
        (tmp_path / name).write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    code, _, err = run("--db", str(tmp_path / "x.db"), "build", str(tmp_path))
    assert code == 2
    assert is_one_line(err)
    assert all(told in err for told in ("one.jsonl (甲)", "two.jsonl (乙)"))


def test_check_says_where_a_fact_differs(here: Path) -> None:
    connection = sqlite3.connect(here / "a.db")
    connection.execute("UPDATE figures SET value = 12")
    connection.commit()
    connection.close()
    err = run("--db", str(here / "a.db"), "build", "--check", str(here / "a.txt")).err
    assert err == f"{here / 'a.db'}: figures (document a, section 一): value is 12.0, built anew 10.0\n"


def test_the_shipped_database_is_not_named_by_anything_but_db() -> None:
    assert location.to_read(None) == location.shipped()
    assert location.to_write(None) != location.shipped()
    assert location.to_write(ROOT / "data" / "policies.db") == ROOT / "data" / "policies.db"
