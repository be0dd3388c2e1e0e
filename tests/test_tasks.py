"""`wence tasks`: a unit's tasks with their figures, nothing interpolated, as a table, JSON, csv and xlsx."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.sheets import csv_file, xlsx_file
from tests.terminal import PLAN, alone, is_one_line, run

HEADS = ["序号", "任务", "指标", "目标值", "年度", "责任单位", "出处"]


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def entries(*arguments: str) -> list[dict[str, Any]]:
    done = run("tasks", "--json", *arguments)
    assert (done.code, done.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [(row["indicator"], row["target"], row["year"], row["section"]) for row in rows]


# ------------------------------------------------------------------ figures


def test_a_units_tasks_have_every_figure_of_their_sections() -> None:
    assert told(entries("--unit", "区科协")) == [
        ("在库省级以上创新载体", "不少于5家", "2025", "二(一)3"),
        ("在库省级以上创新载体", "12家", "2030-2035", "二(一)3"),
        ("国家级创新载体", "零的突破", "2025", "二(一)3"),
        ("院士工作站", "2家以上", "2030", "二(五)2"),
    ]


def test_a_year_has_what_is_due_in_it_each_year_and_next_and_nothing_between() -> None:
    assert told(entries("--unit", "区科协", "--year", "2026")) == [
        ("在库省级以上创新载体", "12家", "2030-2035", "二(一)3"),
        ("院士工作站", "2家以上", "2030", "二(五)2"),
    ]
    cloud = entries("--unit", "中国移动", "--year", "2027")
    assert told(cloud) == [("新增上云企业", "不低于300家", "每年", "二(二)1")]
    due = entries("--unit", "区发改委", "--year", "2026")
    assert {row["year"] for row in due} == {"", "每年", "2026-2035", "2030", "2030-2035"}
    assert ("国家高新技术企业", "年均增加不低于2家", "2026-2035", "二(四)1") in told(due)


def test_a_year_inside_a_range_is_due_and_after_the_last_one_nothing_is() -> None:
    assert told(entries("--unit", "区科协", "--year", "2032"))[0] == (
        "在库省级以上创新载体",
        "12家",
        "2030-2035",
        "二(一)3",
    )
    assert told(entries("--unit", "区科协", "--year", "2036")) == [("", "", "", "二(一)3"), ("", "", "", "二(五)2")]


def test_what_the_targets_chapter_sets_for_the_same_indicator_is_there_with_its_own_place() -> None:
    rows = [one for one in told(entries("--unit", "区发改委", "--year", "2026")) if one[0] == "国家科技型中小企业"]
    assert rows == [
        ("国家科技型中小企业", "260家", "2030", "二(四)1"),
        ("国家科技型中小企业", "250家", "2030", "一(二)"),
    ]
    assert "2030年一处250家（一(二)），一处260家（二(四)1）" in run("tasks", "--unit", "区发改委", "--year", "2026").out
    assert "一处" not in run("tasks", "--unit", "区科协").out


def test_every_row_stands_at_its_words() -> None:
    text = PLAN.read_text(encoding="utf-8")
    rows = entries("--unit", "各街道")
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        if row["figure"]:
            assert text[row["start"] : row["end"]] == row["figure"]["text"]
        assert row["place"].endswith(f"{row['section']} {'发展目标' if row['section'] == '一(二)' else row['task']}")


# -------------------------------------------------------------------- units


def test_a_unit_written_in_several_ways_is_one() -> None:
    by_names = [entries("--unit", name) for name in ("各街道", "属地街道", "街道办", "街道办事处")]
    assert all(rows == by_names[0] for rows in by_names)
    assert {row["section"] for row in by_names[0]} >= {"二(一)1", "二(五)3"}
    assert entries("--unit", "区中小企业局") == entries("--unit", "区中小企业服务局")
    assert entries("--unit", "发改委") == entries("--unit", "区发展和改革委员会")


def test_each_task_names_all_its_units_as_the_document_does() -> None:
    rows = entries("--unit", "区科协", "--year", "2026")
    assert rows[1]["units"] == ["区人社局", "区科协"]
    assert ["区服务业发展局", "属地街道"] in [row["units"] for row in entries("--unit", "各街道")]


def test_an_unknown_unit_ends_with_1_and_the_nearest_names(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    code, out, err = run("tasks", "--unit", "区科学局", "--csv", str(path))
    assert (code, out) == (1, "")
    assert err.startswith("没有这个单位：区科学局；相近的有：区科协")
    assert not path.exists()
    assert run("tasks", "--unit", "火星").err == "没有这个单位：火星\n"


# -------------------------------------------------------------------- files


def test_the_table_for_a_terminal_names_the_columns_and_the_document() -> None:
    lines = run("tasks", "--unit", "区科协", "--year", "2026").out.splitlines()
    assert lines[0].startswith("区科协：2项任务，2026年")
    assert lines[1].split() == HEADS
    assert lines[2].split()[-1] == "二(一)3"
    assert lines[4].startswith("出处：《")


def test_csv_has_a_byte_order_mark_and_xlsx_the_same_rows(tmp_path: Path) -> None:
    plain, book = tmp_path / "区科协.csv", tmp_path / "区科协.xlsx"
    code, out, _ = run("tasks", "--unit", "区科协", "--csv", str(plain), "--xlsx", str(book))
    assert code == 0
    assert out == f"{plain}：4行\n{book}：4行\n"
    data = plain.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == HEADS
    assert rows[1][:6] == [
        "1",
        "大力做强创新载体",
        "在库省级以上创新载体",
        "不少于5家",
        "2025",
        "区发改委、区服务业发展局、区中小企业服务局、区科协、各街道",
    ]
    assert rows[1][6].endswith("》二(一)3 大力做强创新载体")
    cells = [["" if cell is None else str(cell) for cell in row] for row in load_workbook(book).worksheets[0].values]
    assert cells == rows


def test_a_file_can_be_standard_output_and_one_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    assert run("tasks", "--unit", "区科协", "--csv", "-").out.lstrip("\ufeff").splitlines()[0] == ",".join(HEADS)
    code, _, err = run("tasks", "--unit", "区科协", "--csv", str(tmp_path / "none" / "a.csv"))
    assert code == 2
    assert is_one_line(err)


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_begins_like_a_formula_stays_text(text: str) -> None:
    cell = load_workbook(io.BytesIO(xlsx_file([[text, 1]]))).worksheets[0]["A1"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    ((first, second),) = csv.reader(io.StringIO(csv_file([[text, -1]]).decode("utf-8-sig"), newline=""))
    assert (first, second) == (f"'{text}", "-1")


def test_a_sheet_takes_any_text() -> None:
    odd = 'a\x00b\x1f\uffff,"c"\nd'
    assert load_workbook(io.BytesIO(xlsx_file([[odd]]))).worksheets[0]["A1"].value == 'ab,"c"\nd'
    assert list(csv.reader(io.StringIO(csv_file([[odd]]).decode("utf-8-sig"), newline=""))) == [[odd]]


# --------------------------------------------------------------- other texts


def test_a_figure_below_a_unit_is_its_task_unless_another_unit_is_named_there(tmp_path: Path) -> None:
    source, database = tmp_path / "plan.txt", str(tmp_path / "own.db")
    source.write_text(
        "一、任务\n(一)创新。抓好创新工作。（责任单位：区科技局）\n"
        "1.载体。2026年创新载体达到5家。\n2.人才。2026年引进博士20名。（责任单位：区人社局）\n",
        encoding="utf-8",
    )
    assert run("--db", database, "build", str(source)).code == 0
    rows = json.loads(run("--db", database, "tasks", "--json", "--unit", "区科技局").out)
    assert [(row["task"], row["target"], row["section"]) for row in rows] == [("创新", "5家", "一(一)1")]
    people = json.loads(run("--db", database, "tasks", "--json", "--unit", "区人社局").out)
    assert [(row["task"], row["target"]) for row in people] == [("人才", "20名")]


def test_a_units_name_in_bytes_that_are_no_text_is_an_unknown_unit_in_one_line() -> None:
    code, _, err = run("tasks", "--unit", b"\xff\xfe".decode("utf-8", "surrogateescape"))
    assert code == 1
    assert err.count("\n") == 1
