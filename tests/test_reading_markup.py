"""Markdown and HTML: what they declare is taken, what they hide stays hidden, and hostile pages end soon."""

import time
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.reading import read
from knowledge.reading.html import page
from knowledge.reading.markdown import markup


def headings(text: str) -> list[tuple[int, str]]:
    return [(mark.depth, text[mark.start : mark.end]) for mark in markup(text).marks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 方案\n正文\n### 附则 ###\n", [(1, "# 方案"), (3, "### 附则")]),
        ("方案\n====\r\n\r\n任务\r\n---\r\n", [(1, "方案"), (2, "任务")]),
        ("```\n# 代码\n```\n## 任务\n", [(2, "## 任务")]),
        ("~~~~\n# 代码\n~~~\n# 还是代码\n", []),
        ("#没有空格\n    # 缩进\n#\n####### 七级\n", []),
        ("正文一\n正文二\n---\n", []),
        ("- 列表\n---\n| 表 |\n---\n\n---\n", []),
        ("---\ntitle: 方案\n---\n正文\n", []),
    ],
)
def test_headings_are_marked_outside_code(text: str, expected: list[tuple[int, str]]) -> None:
    assert headings(text) == expected


def shown(body: str, head: str = "") -> str:
    return page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html").text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>甲\n  乙</p><p>丙</p>", "甲 乙\n丙"),
        ("甲<br>乙<div>丙<span>丁</span></div>戊", "甲\n乙\n丙丁\n戊"),
        ("<p>甲&nbsp;乙&lt;丙&#x4E01;&hellip;", "甲\xa0乙<丙丁…"),
        ("<pre>甲\n  乙</pre>", "甲\n  乙"),
        ("<p>甲<script>1</script>乙<!-- 丙 --><style>p{}</style>丁</p>", "甲乙丁"),
        (
            "<nav>甲</nav><div hidden>乙</div><p style='DISPLAY : none'>丙</p>丁<span aria-hidden=true>戊</span>己",
            "丁己",
        ),
        ("<header>站名</header><main><header>题</header>文</main><footer>版权</footer>", "题\n文"),
        ("<header><h1>题</h1></header>文", "题\n文"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<b>甲</i>乙<p>丙</b></div>丁", "甲乙\n丙丁"),
    ],
)
def test_a_page_gives_the_text_that_it_shows(body: str, expected: str) -> None:
    assert shown(body) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><th>指标<th>2025年<tr><td>高企<td>110家", "指标 | 2025年\n高企 | 110家"),
        ("<tr><td>甲<td rowspan=2>区发改委<td>一<tr><td>乙<td>二", "甲 | 区发改委 | 一\n乙 | 〃 | 二"),
        ("<tr><td rowspan=3>甲<td>一<tr><td>二<tr><td>", "甲 | 一\n〃 | 二"),
        (
            "<tr><td>指标<td colspan=2>目标值<td>单位<tr><td>甲<td>1<td>2<td>家",
            "指标 | 目标值 |  | 单位\n甲 | 1 | 2 | 家",
        ),
        ("<tr><td colspan=3>一、总体要求<tr><td>甲<td><td>乙", "一、总体要求\n甲 |  | 乙"),
        ("<caption>任务表</caption><tr><td>甲<br>乙<td>丙", "任务表\n甲 乙 | 丙"),
        ("<tr><td>版式<td><table><tr><td>甲<td>乙</table>", "版式\n甲 | 乙"),
        ("<tr><td>甲</td></tr><tr><td><p>乙<p>丙</td></tr>", "甲\n乙\n丙"),
    ],
)
def test_a_tables_rows_are_lines_and_a_layout_is_none(table: str, expected: str) -> None:
    assert shown(f"<table>{table}</table>") == expected


def test_headings_of_a_page_are_marked_where_they_stand() -> None:
    found = page("<h1> 方案 <br> 总则</h1><p>文</p><h3></h3><h2><span>任务</span></h2>".encode(), "a.html")
    assert [(mark.depth, found.text[mark.start : mark.end]) for mark in found.marks] == [(1, "方案 总则"), (2, "任务")]


def test_a_page_says_its_title_date_and_address_in_its_head() -> None:
    metas = {
        "ArticleTitle": "方案",
        "PubDate": "2024-10-12 08:00",
        "ContentSource": "江西日报",
        "Url": "javascript:alert(1)",
    }
    head = "".join(f'<meta name="{name}" content="{content}">' for name, content in metas.items())
    assert page(f"<head>{head}</head>文".encode(), "a").said == {"title": "方案", "date": "2024-10-12 08:00"}
    assert page("<title>临川区科技方案_临川区人民政府</title>文".encode(), "a").said == {"title": "临川区科技方案"}


def test_no_entity_reaches_outside_the_page(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("秘密", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    (tmp_path / "a.html").write_text(f"{entity}<p>&x; 正文</p>", encoding="utf-8")
    assert "秘密" not in read(tmp_path / "a.html")[0].text


HOSTILE = {
    "deep.html": b"<div>" * 100_000 + b"x",
    "tables.html": b"<table><tr><td>" * 100_000 + b"x",
    "many.html": b"<p>x" * 1_000_000,
    "huge.txt": b"x" * 17_000_000,
    "lines.md": b"# x\n" * 1_000_000,
    "deep.jsonl": b"[" * 1_000_000,
    "line.jsonl": b'{"id":"' + b"x" * 9_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_one_line_and_soon(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    began = time.monotonic()
    with pytest.raises(SourceError) as error:
        read(tmp_path / name)
    assert time.monotonic() - began < 10
    assert "\n" not in str(error.value)


SLOW = {
    "spaces.md": b"# a" + b"\t" * 1_000_000 + b"b",
    "hashes.md": b"# " + b" #" * 500_000 + b"b",
    "labels.txt": "索引号：有效性：\n".encode() * 10_000,
    "menu.txt": ("走进走进" * 90 + "x\n").encode() * 300,
    "buttons.txt": ("打印大中小" * 60 + "x\n").encode() * 300,
    "line.txt": "临川区科技局，创新。".encode() * 150_000,
    "cells.html": b"<table>" + b"<tr><td rowspan=999999 colspan=9999>a<td>b" * 5_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_a_strange_file_is_read_soon(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SLOW[name])
    began = time.monotonic()
    assert read(tmp_path / name)
    assert time.monotonic() - began < 10
