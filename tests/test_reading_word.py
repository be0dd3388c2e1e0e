"""A Word document's text: the numerals of its lists, notes, changes, and what it only carries along."""

from __future__ import annotations

import pytest

from knowledge.errors import SourceError
from knowledge.reading.docx import page
from knowledge.reading.lists import WAYS
from tests.hostile import WORD, package, paragraph

COUNTED = {
    "chineseCounting": {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 101: "一〇一"},
    "chineseCountingThousand": {
        1: "一",
        11: "十一",
        100: "一百",
        105: "一百零五",
        110: "一百一十",
        112: "一百一十二",
        1004: "一千零四",
    },
    "ideographDigital": {9: "九", 10: "一〇", 21: "二一"},
    "chineseLegalSimplified": {3: "叁", 12: "拾贰"},
    "decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "21"},
    "decimalFullWidth": {12: "１２"},
    "ideographTraditional": {1: "甲", 10: "癸"},
    "upperRoman": {4: "IV", 19: "XIX"},
    "lowerLetter": {1: "a", 26: "z", 27: "aa"},
    "decimalZero": {3: "03"},
    "bullet": {1: ""},
}


@pytest.mark.parametrize("way", COUNTED)
def test_lists_count_as_word_does(way: str) -> None:
    assert {count: WAYS[way](count) for count in COUNTED[way]} == COUNTED[way]


def listed(place: int, key: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{key}"/></w:numPr>'


def level(place: int, way: str, text: str, rest: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{way}"/>{rest}<w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, numbers: str = "") -> bytes:
    used = numbers or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    defined = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return f'<w:numbering xmlns:w="{WORD}">{defined}{used}</w:numbering>'.encode()


def shown(body: str, **parts: bytes) -> list[str]:
    return page(package(body, **parts), "a.docx").text.splitlines()


def test_deeper_levels_begin_anew_and_empty_paragraphs_are_counted() -> None:
    levels = (
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%1.%3.", "<w:isLgl/>"),
    )
    body = [
        paragraph(text, listed(place))
        for place, text in ((0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊"), (2, "己"))
    ]
    body.insert(1, paragraph("正文"))
    body.insert(4, paragraph("", listed(0)))
    lines = ["一、甲", "正文", "（一）乙", "（二）丙", "三、丁", "（一）戊", "3.1.己"]
    assert shown("".join(body), **{"word__numbering.xml": numbering(*levels)}) == lines


def test_articles_run_on_over_chapters_where_the_list_says_so() -> None:
    levels = (level(0, "chineseCounting", "第%1章"), level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'))
    body = "".join(
        paragraph(text, listed(place)) for place, text in ((0, "总则"), (1, "甲"), (1, "乙"), (0, "奖励"), (1, "丙"))
    )
    assert shown(body, **{"word__numbering.xml": numbering(*levels)}) == [
        "第一章总则",
        "第一条甲",
        "第二条乙",
        "第二章奖励",
        "第三条丙",
    ]


def test_lists_of_one_definition_are_counted_on_unless_one_starts_anew() -> None:
    numbers = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{start}</w:num>'
        for key, start in (
            (1, ""),
            (2, ""),
            (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
        )
    )
    body = "".join(paragraph("甲", listed(0, key)) for key in (1, 2, 3, 3, 0, 9))
    found = shown(body, **{"word__numbering.xml": numbering(level(0, "decimal", "%1."), numbers=numbers)})
    assert found == ["1.甲", "2.甲", "5.甲", "6.甲", "甲", "甲"]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph("甲") + "<w:p/>" + paragraph("　　乙"), ["甲", "　　乙"]),
        (
            "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/></w:r></w:p>",
            ["甲", "乙 丙-"],
        ),
        (
            f"<w:p>{run('甲')}<w:del>{run('乙')}</w:del><w:ins>{run('丙')}</w:ins><w:moveFrom>{run('丁')}</w:moveFrom></w:p>",
            ["甲丙"],
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲')}</w:p>{paragraph('乙')}{paragraph('丙')}",
            ["甲乙", "丙"],
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>", ["乙"]),
        (f"<w:p><w:hyperlink>{run('甲')}</w:hyperlink><w:fldSimple>{run('乙')}</w:fldSimple></w:p>", ["甲乙"]),
        (
            f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt></w:p>",
            ["甲"],
        ),
        (
            (
                '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
                f"<w:sdtContent>{paragraph('一、总则 1')}</w:sdtContent></w:sdt>{paragraph('一、总则')}"
            ),
            ["一、总则"],
        ),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc></w:tr><w:tr><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>",
            ["甲", "乙"],
        ),
        (
            (
                f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("甲")}</w:tc><w:tc>{paragraph("乙")}</w:tc></w:tr>'
                f"<w:tr><w:tc>{paragraph('丙')}{paragraph('丁')}</w:tc><w:tc><w:p/></w:tc><w:tc>{paragraph('戊')}</w:tc></w:tr></w:tbl>"
            ),
            ["甲 |  | 乙", "丙 丁 |  | 戊"],
        ),
    ],
)
def test_what_word_shows_is_the_text(body: str, lines: list[str]) -> None:
    assert shown(body) == lines


def test_notes_stand_after_their_paragraph_and_are_told() -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    notes = (
        f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2">{paragraph("指规模以上企业。")}</w:footnote></w:footnotes>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="n" Type="{base}/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    body = f'<w:p>{run("企业")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("受奖励。")}</w:p>{paragraph("完。")}'
    data = package(body, **{"word__footnotes.xml": notes.encode(), "word___rels__document.xml.rels": links.encode()})
    found = page(data, "a.docx")
    assert found.text.splitlines() == ["企业受奖励。", "指规模以上企业。", "完。"]
    assert [one.code for one in found.warnings] == ["footnote"]


def test_a_long_paragraph_in_a_headings_style_is_no_heading() -> None:
    body = paragraph("加大奖励", '<w:outlineLvl w:val="0"/>') + paragraph(
        "对企业给予奖励。" * 20, '<w:outlineLvl w:val="0"/>'
    )
    found = page(package(body), "a.docx")
    assert [(mark.depth, found.text[mark.start : mark.end]) for mark in found.marks] == [(2, "加大奖励")]


def test_a_document_of_pictures_is_a_scan() -> None:
    with pytest.raises(SourceError, match=r"a\.docx: holds pictures and no text"):
        page(package("<w:p><w:r><w:drawing/></w:r></w:p>"), "a.docx")
