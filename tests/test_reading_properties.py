"""Whatever the bytes: documents whose spans lie inside their text, or one SourceError."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import SourceError
from knowledge.facts import Document
from knowledge.reading import document, gather, read
from knowledge.text import name
from tests.hostile import MADE, package, zipped

KINDS = (".txt", ".md", ".html", ".jsonl", ".docx", ".pdf", ".zip")
PIECES = (
    *("索引号: ", "发布机构：", "生成日期|", "【有效性】", "名称:", "时效：", "来源：", "文号 "),
    *("2024-10-12", "二〇二四年十月十二日", "2024年13月1日", "临政办发〔2024〕12号", "A25030--2024-0053", "有效"),
    *(
        "临川区人民政府办公室",
        "财 政 部",
        "临川区科技创新实施方案",
        "(2023-2035年)",
        "（试行）",
        "关于印发《",
        "》的通知",
    ),
    *(
        "当前位置：首页>",
        "分享到：",
        "浏览量:",
        "字体【 】",
        "打印",
        "相关链接",
        "扫一扫在手机打开",
        "ICP备",
        "(此件公开发布)",
    ),
    *(
        "一、总体要求",
        "第一条 ",
        "特制定本方案。",
        "各有关单位：",
        "正文，" * 30,
        "字" * 410,
        "#",
        "# ",
        "```",
        "---",
        "===",
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u2028",
        "\x0c",
        " ",
        "\u3000",
        "\xa0",
        "\u2002",
        "\u200b",
        "|",
        " | ",
        ":",
        "。",
        "\U00020000",
    ),
    *(
        "<p>",
        "</p>",
        "<h1>",
        "</h2>",
        "<table><tr><td>",
        "<td rowspan=2>",
        "<br>",
        "<div hidden>",
        "&nbsp;",
        "<!--",
        "<title>",
    ),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
settings.register_profile("reading", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def assert_whole(found: Document) -> None:
    size = len(found.text)
    spans = [(start, end) for _, start, end in found.spans]
    spans += [*found.furniture, *((mark.start, mark.end) for mark in found.marks)]
    assert all(0 <= start < end <= size for start, end in spans)
    assert all(before[1] <= after[0] for before, after in zip(found.furniture, found.furniture[1:], strict=False))
    assert found.version


def refusal(path: Path) -> str:
    """Why a file is refused; empty where it is read, and whole."""
    try:
        documents = read(path)
    except SourceError as error:
        return str(error)
    assert documents
    for found in documents:
        assert_whole(found)
    return ""


@pytest.mark.parametrize("kind", KINDS)
@settings(settings.get_profile("reading"))
@given(data=st.binary(max_size=300) | texts.map(str.encode) | texts.map(lambda text: text.encode("gb18030", "ignore")))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"a{kind}"
    path.write_bytes(data)
    said = refusal(path)
    assert not said or (said.startswith(str(path)) and "\n" not in said)


@settings(settings.get_profile("reading"))
@given(text=texts)
def test_every_value_stands_where_its_span_says(text: str) -> None:
    found = document(text, "a")
    assert found.text == text
    assert_whole(found)
    for field, start, end in found.spans:
        if field in ("title", "number", "index_number", "subject", "disclosure"):
            assert name(text[start:end]) == getattr(found, field)
        if field == "issuer":
            assert name(text[start:end]) in (found.issuer or "")


WORD = (MADE / "measures.docx").read_bytes()
PDF = (MADE / "restricted.pdf").read_bytes()
cuts = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=20)), max_size=4)


def mutated(data: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    """Bytes with some of them overwritten, each at a share of the whole."""
    changed = bytearray(data)
    for share, piece in changes:
        place = int(share * len(changed))
        changed[place : place + len(piece)] = piece
    return bytes(changed)


@settings(settings.get_profile("reading"))
@given(changes=cuts)
def test_a_damaged_word_document_is_read_or_refused(changes: list[tuple[float, bytes]], tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(mutated(WORD, changes))
    assert "\n" not in refusal(path)


PARTS = (
    *(
        "<w:p>",
        "</w:p>",
        "<w:p/>",
        "<w:r>",
        "</w:r>",
        "<w:t>一、目标</w:t>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
    ),
    *("<w:tc>", "</w:tc>", "<w:br/>", "<w:tab/>", "<w:pict/>", "<w:txbxContent/>", "<w:del>", "</w:del>", "<w:ins/>"),
    *('<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>", '<w:gridSpan w:val="-1"/>'),
    *(
        '<w:pPr><w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>',
    ),
    *('<w:footnoteReference w:id="x"/>', "<w:sdt><w:sdtContent/></w:sdt>", "<w:altChunk/>", "&amp;", "正文。"),
)


@settings(settings.get_profile("reading"))
@given(body=st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_any_markup_of_word_is_read_or_refused(body: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(body))
    assert "\n" not in refusal(path)


@settings(settings.get_profile("reading"), max_examples=15)
@given(changes=cuts)
def test_a_damaged_pdf_is_read_or_refused(changes: list[tuple[float, bytes]], tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(mutated(PDF, changes))
    assert "\n" not in refusal(path)


@settings(settings.get_profile("reading"), max_examples=40)
@given(
    names=st.lists(st.text(st.sampled_from("a./\\:文 ~\u3000"), min_size=1, max_size=12), max_size=4, unique=True),
    changes=cuts,
)
def test_any_archive_is_read_or_refused(names: list[str], changes: list[tuple[float, bytes]], tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(mutated(zipped({f"{name}.txt": b"text" for name in names}), changes))
    assert "\n" not in refusal(path)
    for member in gather([path]):
        assert "\n" not in refusal(member)
