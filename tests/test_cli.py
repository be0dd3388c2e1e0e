"""The command line answers as people and programs expect: text, JSON, exit codes, one line for each mistake."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import cli, location
from bot.commands import showing
from knowledge import building

ROOT = Path(__file__).parent.parent
PLAN = next((ROOT / "data" / "sources").glob("*.txt"))
Run = Any


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("WENCE_DB", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `wence` in this process: (exit code, stdout, stderr)."""

    def call(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call


@pytest.fixture(scope="module")
def plan_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("db") / "policies.db"
    shutil.copy(ROOT / "data" / "policies.db", copy)
    return copy


def one_line(text: str) -> bool:
    return text.startswith("wence: ") and text.count("\n") == 1


def test_ask_says_the_amount_first_then_units_and_place(run: Run) -> None:
    code, out, err = run("ask", "高企认定有什么补贴")
    assert (code, err) == (0, "")
    lines = out.split("\n")
    assert "不低于10万元" in lines[0]
    assert "区发改委、各街道" in out
    assert "二(四)2 加大奖励扶持" in out
    assert len(out.strip().split("\n")) <= 8


def test_ask_ends_with_1_where_the_documents_do_not_say_it(run: Run) -> None:
    code, out, _ = run("ask", "高企所得税能减免多少")
    assert code == 1
    assert "没有写" in out


def test_json_has_the_fields_of_the_contract(run: Run) -> None:
    code, out, _ = run("ask", "--json", "2030年高企要到多少家")
    answer = json.loads(out)
    assert code == 0
    assert {
        "question",
        "status",
        "intent",
        "language",
        "text",
        "figures",
        "awards",
        "units",
        "citations",
        "conflicts",
        "missing",
        "suggestions",
    } <= set(answer)
    figure = answer["figures"][0]
    assert (figure["year"], figure["value"], figure["unit"], figure["comparator"]) == (2030, 120, "家", "=")
    assert set(answer["citations"][0]) >= {"document", "title", "section", "heading", "quote", "start", "end", "url"}


def test_a_batch_gives_an_answer_a_line_and_remembers_each_chat(run: Run) -> None:
    lines = [
        json.dumps({"q": "2025年高企多少家", "chat": "a"}),
        "技术合同登记额2025年多少",
        "",
        json.dumps({"q": "那2035年呢", "chat": "a"}),
        "{broken",
        json.dumps({"q": "那2035年呢"}),
    ]
    code, out, err = run("ask", "--batch", "-", typed="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err, len(answers)) == (0, "", len(lines))
    assert answers[2]["status"] == "clarify"
    assert answers[3]["figures"][0]["value"] == 130
    assert answers[5]["status"] == "clarify"


def test_a_batch_can_be_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("高企奖励\n", encoding="utf-8")
    assert json.loads(run("ask", "--batch", str(file))[1])["awards"][0]["amount"] == 10
    code, _, err = run("ask", "--batch", str(tmp_path / "none.txt"))
    assert code == 2
    assert one_line(err)


def test_why_shows_what_was_read_and_weighed(run: Run) -> None:
    out = run("ask", "--why", "高薪技术企业有补贴吗")[1]
    assert "高新技术企业" in out
    assert "candidates" not in out
    assert "score" in out


def test_search_gives_the_passages_and_ends_with_1_without_a_hit(run: Run) -> None:
    code, out, _ = run("search", "--json", "-k", "3", "研发投入攻坚")
    hits = json.loads(out)["hits"]
    text = PLAN.read_text(encoding="utf-8")
    assert code == 0
    assert hits[0]["section"] == "二(一)1"
    assert all(text[hit["start"] : hit["end"]] == hit["snippet"] and len(hit["snippet"]) <= 200 for hit in hits)
    assert run("search", "ξξξ")[0] == 1
    assert json.loads(run("search", "--batch", typed="研发投入\n")[1])["query"] == "研发投入"


def test_parse_prints_every_kind_with_spans_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("parse", "--json", str(PLAN))
    record = json.loads(out)
    assert code == 0
    text = record["document"]["text"]
    assert text == PLAN.read_text(encoding="utf-8")
    assert len(record["sections"]) == 37
    assert len(record["figures"]) == 67
    assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in (*record["figures"], *record["awards"]))
    assert {warned["code"] for warned in record["warnings"]} >= {
        "lost_numeral",
        "heading_without_stop",
        "space_in_word",
    }
    assert not (tmp_path / "data").exists()
    assert "二(四)2 加大奖励扶持" in run("parse", str(PLAN))[1]


def test_build_writes_to_the_users_folder_and_ask_reads_from_there(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "办法.txt"
    source.write_text("江城县奖励办法\n\n第一条 对首次认定的高新技术企业，给予一次性奖励33万元。\n", encoding="utf-8")
    assert run("build", str(source))[0] == 0
    assert location.to_read(None) == tmp_path / "data" / "wence" / "policies.db"
    assert "33万元" in run("ask", "高企奖励多少")[1]
    assert "办法" in run("list")[1]
    assert json.loads(run("list", "--json")[1])[0]["title"] == "江城县奖励办法"


def test_an_earlier_version_is_kept_beside_the_new_one(run: Run, tmp_path: Path) -> None:
    source, db = tmp_path / "a.txt", tmp_path / "a.db"
    for amount in ("10", "20"):
        source.write_text(f"第一条 对高新技术企业给予奖励{amount}万元。\n", encoding="utf-8")
        assert run("--db", str(db), "build", str(source))[0] == 0
    rows = sqlite3.connect(db).execute("SELECT current, text FROM documents ORDER BY n").fetchall()
    assert [(current, amount in text) for (current, text), amount in zip(rows, ("20", "10"), strict=True)] == [
        (1, True),
        (0, True),
    ]
    assert "20万元" in run("--db", str(db), "ask", "高企奖励多少")[1]
    run("--db", str(db), "build", "--fresh", str(source))
    assert sqlite3.connect(db).execute("SELECT count(*) FROM documents").fetchone() == (1,)


def test_check_tells_a_database_that_is_not_what_its_sources_say(run: Run, tmp_path: Path) -> None:
    source, db = tmp_path / "a.txt", tmp_path / "a.db"
    source.write_text("一、目标\n到2030年，企业达到10家。\n", encoding="utf-8")
    run("--db", str(db), "build", str(source))
    assert run("--db", str(db), "build", "--check", str(source))[0] == 0
    source.write_text("一、目标\n到2030年，企业达到11家。\n", encoding="utf-8")
    code, _, err = run("--db", str(db), "build", "--check", str(source))
    assert code == 1
    assert "documents" in err


@pytest.mark.parametrize("part", list(showing.PARTS))
def test_show_prints_each_part_for_people(run: Run, part: str) -> None:
    expected = {
        "outline": "二(四)2 加大奖励扶持", "figures": "突破110家", "units": "区科协", "awards": "不低于10万元",
        "references": "赣发2022〕23号", "schedules": "half_year", "programmes": "“映山红”行动",
        "conflicts": "260家", "warnings": "lost_numeral",
    }  # fmt: skip
    code, out, _ = run("show", part)
    assert code == 0
    assert expected[part] in out


def test_chat_answers_line_after_line_with_memory_and_ends_at_end_of_input(run: Run) -> None:
    code, out, _ = run("chat", typed="2025年高企多少家\n那2035年呢\n再见\n高企奖励\n")
    assert code == 0
    assert "130家" in out
    assert "万元" not in out


def test_run_without_a_token_says_so_and_chats(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WENCE_TELEGRAM_TOKEN", raising=False)
    code, out, err = run("run", typed="高企奖励\n")
    assert code == 0
    assert "10万元" in out
    assert err.count("\n") == 1


def test_an_unusable_setting_ends_the_start_with_2_and_shows_no_secret(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_TELEGRAM_TOKEN", "not-a-token-SECRET")
    code, _, err = run("run")
    assert code == 2
    assert one_line(err)
    assert "WENCE_TELEGRAM_TOKEN" in err
    assert "SECRET" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ask"],
        ["ask", "--nope"],
        ["search"],
        ["search", "-k", "0", "x"],
        ["parse"],
        ["build"],
        ["show", "--document", "none"],
    ],
)
def test_bad_usage_is_one_line_and_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert one_line(err)


BAD_FILES = {
    "missing.txt": None,
    "empty.txt": b"",
    "blank.txt": b" \n\n",
    "binary.txt": b"\x00\x01\x02" * 50,
    "broken.jsonl": b'{"id": 1}\n',
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_source_that_cannot_be_read_is_one_line_that_names_it_and_2(run: Run, tmp_path: Path, name: str) -> None:
    data = BAD_FILES[name]
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    for command in (["parse", "--json", str(path)], ["--db", str(tmp_path / "x.db"), "build", str(path)]):
        code, out, err = run(*command)
        assert (code, out) == (2, "")
        assert one_line(err)
        assert name in err
    assert not (tmp_path / "x.db").exists()


def test_of_several_sources_the_unreadable_are_skipped_with_a_line_unless_strict(run: Run, tmp_path: Path) -> None:
    good, bad, db = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "x.db"
    good.write_text("一、目标\n到2030年，企业达到10家。\n", encoding="utf-8")
    bad.write_bytes(b"")
    code, _, err = run("--db", str(db), "build", str(good), str(bad))
    assert code == 0
    assert err.count("\n") == 1
    assert "bad.txt" in err
    before = db.read_bytes()
    code, _, err = run("--db", str(db), "build", "--strict", str(good), str(bad))
    assert code == 2
    assert one_line(err)
    assert db.read_bytes() == before


def test_gbk_text_and_a_document_without_headings_are_read_with_warnings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("本区每年新增上云企业不低于300家，持续推进，形成合力，取得实效。".encode("gb18030"))
    code, out, _ = run("parse", "--json", str(path))
    record = json.loads(out)
    assert code == 0
    assert {"encoding", "no_headings"} <= {warned["code"] for warned in record["warnings"]}


def test_the_same_id_twice_is_an_error_that_names_both(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    rows = [{"id": "a", "title": "甲", "text": "正文一。"}, {"id": "a", "title": "乙", "text": "正文二。"}]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    code, _, err = run("--db", str(tmp_path / "x.db"), "build", str(path))
    assert code == 2
    assert "甲" in err
    assert "乙" in err


def test_a_database_of_another_version_says_how_to_rebuild(run: Run, tmp_path: Path, plan_db: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(plan_db, other)
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    code, _, err = run("--db", str(other), "ask", "高企奖励")
    assert code == 2
    assert one_line(err)
    assert "build --fresh" in err


@pytest.mark.parametrize("data", [b"", b"not a database at all, but long enough to be read as one" * 40])
def test_a_file_that_is_no_policy_database_is_one_line(run: Run, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(data)
    code, _, err = run("--db", str(path), "ask", "高企奖励")
    assert code == 2
    assert one_line(err)
    assert one_line(run("--db", str(tmp_path / "none.db"), "ask", "高企奖励")[2])


def test_a_build_that_fails_half_way_leaves_the_old_database_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, db = tmp_path / "a.txt", tmp_path / "a.db"
    source.write_text("一、目标\n到2030年，企业达到10家。\n", encoding="utf-8")
    run("--db", str(db), "build", str(source))
    before = db.read_bytes()

    def breaks(*_: object) -> None:
        raise OSError(28, "No space left on device", str(db))

    monkeypatch.setattr(building, "write", breaks)
    code, _, err = run("--db", str(db), "build", str(source))
    assert code == 2
    assert one_line(err)
    assert db.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.db", "a.txt"]


def test_the_command_works_as_a_process_from_anywhere(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("wence")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [command, "ask", "高企认定有什么补贴"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "不低于10万元" in done.stdout


def test_ask_loads_neither_telegram_nor_what_only_building_needs() -> None:
    heavy = {"telegram", "sqlite_utils", "lxml", "pypinyin", "opencc", "pkg_resources", "numpy"}
    code = f"import sys; from bot.cli import _run; _run(['ask', '高企奖励']); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip().endswith("[]")
