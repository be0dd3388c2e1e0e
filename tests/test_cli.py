"""The command line answers as people and programs expect: text, JSON, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import location
from bot.commands import asking, showing
from tests.terminal import COMMAND, PLAN, ROOT, alone, run

SHIPPED = ROOT / "data" / "policies.db"
ANSWER = {
    "question", "status", "intent", "language", "text", "figures", "awards", "units", "citations", "conflicts",
    "missing", "suggestions",
}  # fmt: skip
FIGURE = {
    "indicator", "year", "year_end", "comparator", "value", "value_max", "unit", "per_year", "commitment", "text",
    "document", "section", "start", "end",
}  # fmt: skip
AWARD = {
    "beneficiary", "purpose", "amount", "amount_max", "unit", "comparator", "rate", "base", "cap", "tier", "frequency",
    "per", "conditions", "apply_by", "valid_to", "stacking", "text", "document", "section", "start", "end",
}  # fmt: skip
CITATION = {"document", "title", "section", "heading", "quote", "start", "end", "url"}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def answers(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


# ---------------------------------------------------------------------- ask


def test_ask_says_the_amount_first_then_units_and_place() -> None:
    code, out, err = run("ask", "高企认定有什么补贴")
    assert (code, err) == (0, "")
    lines = out.split("\n")
    assert "不低于10万元" in lines[0]
    assert "区发改委、各街道" in out
    assert "二(四)2 加大奖励扶持" in out
    assert len(out.strip().split("\n")) <= 8


def test_words_given_apart_are_one_question() -> None:
    assert json.loads(run("ask", "--json", "高企", "认定", "补贴").out)["question"] == "高企 认定 补贴"


def test_ask_ends_with_1_where_the_documents_do_not_say_it() -> None:
    code, out, _ = run("ask", "高企所得税能减免多少")
    assert code == 1
    assert "没有写" in out


def test_json_has_the_fields_of_the_contract() -> None:
    code, out, _ = run("ask", "--json", "2030年高企要到多少家")
    answer = json.loads(out)
    assert code == 0
    assert set(answer) >= ANSWER
    figure = answer["figures"][0]
    assert set(figure) >= FIGURE
    assert (figure["year"], figure["value"], figure["unit"], figure["comparator"]) == (2030, 120, "家", "=")
    assert set(answer["citations"][0]) >= CITATION
    assert answer["citations"][0]["url"] is None
    award = json.loads(run("ask", "--json", "高企奖励").out)["awards"][0]
    assert set(award) >= AWARD
    first, second = json.loads(run("ask", "--json", "2030年科技型中小企业多少家").out)["conflicts"][0]
    assert {first["value"], second["value"]} == {250, 260}


def test_the_day_of_the_clock_is_what_this_year_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "today", lambda: date(2030, 6, 1))
    assert json.loads(run("ask", "--json", "今年高企要到多少家").out)["figures"][0]["year"] == 2030


def test_why_shows_what_was_read_and_weighed() -> None:
    out = run("ask", "--why", "高薪技术企业有补贴吗").out
    assert "高新技术企业" in out
    assert "candidates" not in out
    assert "score" in out
    assert json.loads(run("ask", "--why", "--json", "高企奖励").out)["why"]["candidates"]


def test_document_keeps_to_one_document_and_must_be_there() -> None:
    held = json.loads(run("list", "--json").out)[0]["id"]
    assert "10万元" in run("ask", "--document", held, "高企奖励").out
    code, out, err = run("ask", "--document", "none", "高企奖励")
    assert (code, out) == (2, "")
    assert "'none'" in err


# -------------------------------------------------------------------- batch


def test_a_batch_gives_an_answer_a_line_and_remembers_each_chat() -> None:
    lines = [
        json.dumps({"q": "2025年高企多少家", "chat": "a"}),
        "技术合同登记额2025年多少",
        "",
        json.dumps({"q": "那2035年呢", "chat": "a"}),
        "{broken",
        json.dumps({"q": "那2035年呢"}),
    ]
    code, out, err = run("ask", "--batch", "-", typed="\n".join(lines) + "\n")
    told = answers(out)
    assert (code, err, len(told)) == (0, "", len(lines))
    assert told[2]["status"] == "clarify"
    assert told[3]["figures"][0]["value"] == 130
    assert told[5]["status"] == "clarify"


def test_a_batch_forgets_no_chat_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversation.MOST_CHATS", 2)
    first = [json.dumps({"q": "2025年高企多少家", "chat": chat}) for chat in range(5)]
    second = [json.dumps({"q": "那2035年呢", "chat": str(chat)}) for chat in range(5)]
    told = answers(run("ask", "--batch", typed="\n".join([*first, *second])).out)
    assert [answer["figures"][0]["value"] for answer in told[5:]] == [130] * 5


def test_a_batch_can_be_a_file_and_ends_with_0_whatever_it_asks(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes("\ufeff高企奖励\r\n高企所得税能减免多少".encode())
    code, out, _ = run("ask", "--batch", str(file))
    assert code == 0
    assert [answer["status"] for answer in answers(out)] == ["answered", "not_found"]
    assert run("ask", "--batch", typed="").out == ""


# ----------------------------------------------------- search, parse, show


def test_search_gives_the_passages_and_ends_with_1_without_a_hit() -> None:
    code, out, _ = run("search", "--json", "-k", "3", "研发投入攻坚")
    hits = json.loads(out)["hits"]
    text = PLAN.read_text(encoding="utf-8")
    assert code == 0
    assert len(hits) == 3
    assert hits[0]["section"] == "二(一)1"
    assert all(text[hit["start"] : hit["end"]] == hit["snippet"] and len(hit["snippet"]) <= 200 for hit in hits)
    assert "二(一)1" in run("search", "研发投入攻坚").out.splitlines()[0]
    assert run("search", "ξξξ").code == 1
    code, out, _ = run("search", "--batch", typed='研发投入\n{"q": "ξξξ"}\n\n')
    assert [row["query"] for row in answers(out)] == ["研发投入", "ξξξ", ""]
    assert code == 0


def test_search_goes_on_to_synonyms_where_no_passage_has_the_words() -> None:
    assert "补贴" not in PLAN.read_text(encoding="utf-8")
    assert json.loads(run("search", "--json", "补贴").out)["hits"][0]["section"] == "二(四)2"


def test_parse_prints_every_kind_with_spans_and_stores_nothing(tmp_path: Path) -> None:
    code, out, _ = run("parse", "--json", str(PLAN))
    record = json.loads(out)
    assert code == 0
    text = record["document"]["text"]
    assert text == PLAN.read_text(encoding="utf-8")
    assert list(record) == [
        "document", "sections", "figures", "awards", "references", "schedules", "deadlines", "amendments", "programmes", "warnings",
    ]  # fmt: skip
    assert len(record["sections"]) == 37
    assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in (*record["figures"], *record["awards"]))
    assert set(record["figures"][0]) >= FIGURE
    assert set(record["awards"][0]) >= AWARD
    assert set(record["sections"][0]) == {"section", "parent", "level", "heading", "start", "end", "units"}
    assert {"name": "区科协", "role": "responsible"} in [unit for one in record["sections"] for unit in one["units"]]
    assert {warned["code"] for warned in record["warnings"]} >= {
        "lost_numeral", "heading_without_stop", "space_in_word",
    }  # fmt: skip
    assert not (tmp_path / "data").exists()
    assert "二(四)2 加大奖励扶持" in run("parse", str(PLAN)).out


def test_parse_prints_an_object_a_line_for_several_documents(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text('{"id": "a", "text": "一、目标"}\n{"id": "b", "text": "一、保障"}\n', encoding="utf-8")
    assert [row["document"]["id"] for row in answers(run("parse", "--json", str(path)).out)] == ["a", "b"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("documents", "2024-10-12"),
        ("outline", "\n      二(四)2 加大奖励扶持\n"),
        ("figures", "突破110家"),
        ("units", "区科协（科学技术协会）\n  负责  二(一)3 大力做强创新载体"),
        ("awards", "不低于10万元"),
        ("references", "赣发2022〕23号"),
        ("schedules", "四(三)  每半年  领导小组"),
        ("programmes", "“映山红”行动"),
        ("conflicts", "260家"),
        ("warnings", "lost_numeral"),
    ],
)
def test_show_prints_each_part_for_people(part: str, expected: str) -> None:
    code, out, _ = run("show", part)
    assert code == 0
    assert expected in out
    assert out.count("\n## ") == 1


def test_show_prints_all_parts_and_each_as_json() -> None:
    out = run("show").out
    assert all(f"## {part.name} {name}" in out for name, part in showing.PARTS.items())
    record = json.loads(run("show", "--json").out)
    assert set(record) == {"document", *showing.PARTS}
    assert {name for name, rows in record.items() if not rows} == {"deadlines", "amendments"}  # the plan has none
    assert set(json.loads(run("show", "awards", "--json").out)) == {"document", "awards"}


def test_the_columns_of_a_table_stand_below_each_other_in_chinese_too() -> None:
    head, *rows = run("show", "figures").out.splitlines()[3:-1]
    place = len(head.split("2025")[0].encode("gbk"))
    row = next(row for row in rows if row.startswith("发明专利拥有量"))
    assert row.encode("gbk")[place:].decode("gbk").startswith("600件")


def test_list_names_the_documents() -> None:
    assert "2024-10-12  有效" in run("list").out


# ------------------------------------------------------- help and databases


def test_help_is_short_and_in_both_languages() -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "问一个问题 · answer a question" in out
    assert "..." not in out.split("Commands:")[1]
    assert run("ask", "--help").code == 0
    assert run("--version").out.startswith("wence ")


def test_the_database_is_the_one_named_else_the_settings_else_the_users_else_the_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert location.to_read(None).read_bytes() == SHIPPED.read_bytes()
    own = tmp_path / "data" / "wence" / "policies.db"
    assert location.to_write(None) == own
    own.parent.mkdir(parents=True)
    shutil.copy(SHIPPED, own)
    assert location.to_read(None) == own
    monkeypatch.setenv("WENCE_DB", str(tmp_path / "set.db"))
    assert location.to_read(None) == location.to_write(None) == tmp_path / "set.db"
    assert "set.db" in run("ask", "高企奖励").err
    assert "10万元" in run("--db", str(own), "ask", "高企奖励").out


# --------------------------------------------------------------- as processes


def test_the_command_works_from_anywhere_in_any_locale(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [COMMAND, "ask", "高企认定有什么补贴"],
        cwd=tmp_path,
        env={**os.environ, **plain},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "不低于10万元" in done.stdout


def test_ask_loads_neither_telegram_nor_what_only_building_needs() -> None:
    heavy = {
        "telegram", "httpx", "asyncio", "pydantic", "sqlite_utils", "lxml", "pypinyin", "opencc", "pkg_resources", "numpy",
        "sqlalchemy", "alembic", "psycopg", "openpyxl", "docx", "pypdfium2",
    }  # fmt: skip
    code = f"import sys; from bot.cli import _run; _run(['ask', '高企奖励']); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip().endswith("[]")


def test_a_reader_who_leaves_early_ends_it_in_silence() -> None:
    with subprocess.Popen(
        [COMMAND, "ask", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate("高企奖励\n".encode() * 3)
    assert (process.returncode, err) == (0, b"")
