"""Files become documents: the source's own text, its metadata with the places that say it, and what is furniture."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import SourceError
from knowledge.facts import Document
from knowledge.reading import document, gather, read
from knowledge.reading.files import identity

CASES = Path(__file__).parent / "cases" / "reading"
FIELDS = ("title", "issuer", "date", "number", "index_number", "status", "subject", "disclosure", "url")
SOURCES = json.loads((CASES / "sources.json").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def shown(found: Document) -> dict[str, object]:
    """A document as the case files write it: every span by the words it covers."""
    said: dict[str, list[str]] = {}
    for field, start, end in found.spans:
        said.setdefault(field, []).append(found.text[start:end])
    return {
        "id": found.id,
        **{field: value for field in FIELDS if (value := getattr(found, field))},
        "said": said,
        "furniture": [found.text[start:end] for start, end in found.furniture],
        "marks": [[mark.depth, found.text[mark.start : mark.end]] for mark in found.marks],
        "warnings": [warning.code for warning in found.warnings],
    }


@pytest.mark.parametrize("case", SOURCES, ids=lambda case: case["file"])
def test_a_source_is_read_as_its_case_says(case: dict[str, Any]) -> None:
    found = read(CASES / "sources" / case["file"])
    wanted = [{field: value for field, value in each.items() if field != "lines"} for each in case["documents"]]
    assert [shown(each) for each in found] == wanted
    for each, want in zip(found, case["documents"], strict=True):
        assert "lines" not in want or each.text.split("\n") == want["lines"]


@pytest.mark.parametrize("case", rows("heads.jsonl"), ids=lambda case: case["name"])
def test_a_text_says_its_metadata_at_its_head_or_foot(case: dict[str, str]) -> None:
    found = document(case["text"], "head")
    assert {field: getattr(found, field) for field in FIELDS if field in case} == {
        field: case[field] for field in FIELDS if field in case
    }


@pytest.mark.parametrize("case", rows("broken.jsonl"), ids=lambda case: case["file"])
def test_what_cannot_be_read_ends_in_one_line_that_names_file_and_reason(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode())
    with pytest.raises(SourceError) as error:
        read(path)
    assert str(error.value).startswith(str(path))
    assert case["says"] in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_and_a_folder_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no-such-file\.txt: does not exist"):
        read(tmp_path / "no-such-file.txt")
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / ("名" * 300 + ".txt"))
    with pytest.raises(SourceError, match="does not exist"):
        read(Path("a\0b.txt"))
    with pytest.raises(SourceError, match="is not a file"):
        read(tmp_path)


def test_a_text_is_kept_character_for_character(tmp_path: Path) -> None:
    text = "\u3000\u3000标题\r\n力\u2002争２０３０年 \t达到①\ufb01\r\n\r\n\u200b"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read(tmp_path / "a.txt")[0].text == text
    (tmp_path / "a.md").write_bytes(text.encode("utf-16"))
    assert read(tmp_path / "a.md")[0].text == text


def test_a_document_without_a_title_is_read_with_a_warning() -> None:
    found = document("各部门要在6月底前完成自查，并将自查报告报送区政府办公室。", "a")
    assert found.title is None
    assert [warning.code for warning in found.warnings] == ["no_title"]


def test_what_is_given_wins_over_the_text_and_what_the_page_says_yields_to_it() -> None:
    text = "发布机构：东湖区科技局 生成日期：2024-10-12\n\n东湖区科技创新实施方案\n\n为支持创新，特制定本方案。"
    found = document(
        text,
        "a",
        given={"date": "2024年10月20日", "issuer": " "},
        page={"issuer": "东湖区", "date": "2023-01-01", "url": "u"},
    )
    assert (found.issuer, found.date, found.url) == ("东湖区科技局", "2024-10-20", "u")
    assert "date" not in {field for field, _, _ in found.spans}


def test_the_plan_as_a_page_says_the_same_of_itself_as_the_plan_as_text(tmp_path: Path) -> None:
    text = (CASES / "sources" / "plan-head.txt").read_text(encoding="utf-8")
    page = "".join(f"<p>{line}</p>\n" for line in text.replace(">", "&gt;").split("\n") if line.strip())
    (tmp_path / "plan-head.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    as_text, as_page = read(CASES / "sources" / "plan-head.txt")[0], read(tmp_path / "plan-head.html")[0]
    assert [getattr(as_page, field) for field in FIELDS] == [getattr(as_text, field) for field in FIELDS]
    assert shown(as_page)["furniture"] == shown(as_text)["furniture"]


def test_furniture_is_a_whole_line_and_never_part_of_the_body() -> None:
    body = "一、推广“分享到”功能，提高浏览量：到2025年达到100万次。\n"
    found = document(f"临川区数字政务实施方案\n{body}浏览量：12\n二、扫一扫即办。\n打印 关闭\n", "a")
    assert [found.text[start:end] for start, end in found.furniture] == ["浏览量：12", "打印 关闭"]


def test_folders_give_their_readable_files_in_order_and_none_twice(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.XLSX", ".hidden.txt", "~$b.txt", "sub/d.HTML", ".git/e.txt", "__MACOSX/f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = gather([tmp_path / "sub" / "d.HTML", tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found] == ["sub/d.HTML", "a.md", "b.txt"]
    assert gather([tmp_path / "c.XLSX"]) == [tmp_path / "c.XLSX"]
    with pytest.raises(SourceError, match="nowhere: does not exist"):
        gather([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("西湖 方案.txt", "西湖-方案"),
        ("e\u0301\u3000 a.b.md", "\u00e9-a.b"),
        (b"\xb7\xbd\xb0\xb8.txt".decode("utf-8", "surrogateescape"), "方案"),
    ],
)
def test_a_documents_id_is_its_files_stem(name: str, expected: str) -> None:
    assert identity(Path(name)) == expected
