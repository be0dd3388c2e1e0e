"""A pdf's text layer: lines become paragraphs, tables rows; what is printed around the text on each page is left out."""

from __future__ import annotations

import pytest

from knowledge.errors import SourceError
from knowledge.reading.glyphs import Glyph, Rule, Sheet, sheets
from knowledge.reading.grids import grids
from knowledge.reading.pdf import extracted
from knowledge.reading.sheets import text_of
from knowledge.reading.typeset import in_cell
from tests.hostile import MADE, pdf, written

SIZE = 10.0
PAGE = 800.0
WIDE = 20
"""So many characters fill a line that begins at 100."""


def line(text: str, base: float, left: float = 100, gaps: dict[int, float] | None = None) -> list[Glyph]:
    """The characters of a line, Latin ones half as wide; `gaps` widens the blank before a character."""
    found = []
    for place, char in enumerate(text):
        left += (gaps or {}).get(place, 0)
        width = SIZE / 2 if char.isascii() else SIZE
        found.append(Glyph(char, left, left + width, base, SIZE))
        left += width
    return found


def sheet(number: int, *lines: list[Glyph], rules: tuple[Rule, ...] = (), pictures: bool = False) -> Sheet:
    return Sheet(number, 0, PAGE, tuple(glyph for each in lines for glyph in each), rules, pictures)


def text(*pages: Sheet) -> list[str]:
    return text_of(pages, "a.pdf", 100_000).text.splitlines()


FULL = "为支持企业创新推动全区经济高质量发展现提"
SHORT = "出以下措施。"


def test_lines_make_paragraphs_and_a_paragraph_goes_on_over_a_page() -> None:
    first = sheet(
        1,
        line(FULL[:18], 700, 120),
        line(FULL, 684),
        line(SHORT, 668),
        line("一、目标", 652, 120),
        line(FULL[:18], 636, 120),
    )
    second = sheet(2, line(FULL, 700), line("到2030年。", 684))
    found = text(first, second)
    assert found == [FULL[:18] + FULL + SHORT, "一、目标", FULL[:18] + FULL + "到2030年。"]


def test_a_line_is_full_where_the_next_ones_first_word_would_not_have_fitted() -> None:
    number = sheet(1, line(FULL[:16], 700), line("2023-2035年为" + FULL[:8], 684), line(FULL, 668), line(SHORT, 652))
    assert text(number) == [FULL[:16] + "2023-2035年为" + FULL[:8], FULL + SHORT]


def test_where_nothing_is_indented_numerals_and_distance_begin_paragraphs() -> None:
    stopped = FULL[:19] + "。"
    found = text(
        sheet(
            1,
            line(stopped, 700),
            line("一、" + FULL[:18], 684),
            line(SHORT, 668),
            line(stopped, 652),
            line("二、目标", 636),
        )
    )
    assert found == [stopped, "一、" + FULL[:18] + SHORT, stopped, "二、目标"]


def test_no_space_comes_between_chinese_and_one_between_latin_words() -> None:
    assert in_cell(line("高企110家", 700, gaps={2: 2.5, 5: 2.5})) == "高企110家"
    assert in_cell(line("OpenAI", 700, gaps={4: 3})) == "Open AI"
    assert in_cell(line("索引号:A1主题", 700, gaps={6: 20})) == "索引号:A1 主题"
    assert in_cell(line("粗体", 700) + line("粗体", 700, 100.4)) == "粗体"


@pytest.mark.parametrize("shape", ["— {} —", "- {} -", "{}", "第{}页 共3页", "{}/3", "·{}·"])
def test_page_numbers_and_running_heads_are_left_out(shape: str) -> None:
    pages = [
        sheet(n, line("青山区政策汇编", 780), line(FULL, 700), line(f"第{n}段。", 684), line(shape.format(n), 30, 280))
        for n in (1, 2, 3)
    ]
    found = text_of(pages, "a.pdf", 100_000)
    assert found.text.splitlines() == [FULL + f"第{n}段。" for n in (1, 2, 3)]
    assert [one.code for one in found.warnings] == ["running_head"]
    assert "青山区政策汇编" in found.warnings[0].message


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert text(sheet(1, line("2025", 400), line(FULL, 380), line("2030年", 30))) == ["2025", FULL, "2030年"]


def boxed(*across: float, down: tuple[float, ...]) -> tuple[Rule, ...]:
    upright = [Rule(True, at, down[-1], down[0]) for at in across]
    level = [Rule(False, at, across[0], across[-1]) for at in down]
    return (*upright, *level)


def test_a_ruled_table_gives_rows_like_those_of_a_page() -> None:
    rules = boxed(100, 200, 300, down=(700, 680, 660, 640))
    rules = tuple(rule for rule in rules if (rule.upright, rule.at) != (False, 660))
    rules += (Rule(False, 660, 200, 300),)  # the first column of the lower two rows is one cell
    cells = [
        ("任务", 105, 686),
        ("单位", 205, 686),
        ("建设中心", 105, 666),
        ("区发改委", 205, 666),
        ("各街道", 205, 646),
    ]
    page = sheet(
        1,
        line("任务分工如下：", 720),
        *(line(word, base, left) for word, left, base in cells),
        line(SHORT, 600),
        rules=rules,
    )
    assert text(page) == ["任务分工如下：", "任务 | 单位", "建设中心 | 区发改委", "〃 | 各街道", SHORT]


def test_a_table_goes_on_over_a_page_without_its_first_row_again() -> None:
    rules = boxed(100, 200, 300, down=(700, 680, 660))
    head = [line("任务", 686, 105), line("单位", 686, 205)]
    first = sheet(1, *head, line("甲", 666, 105), line("乙", 666, 205), rules=rules)
    second = sheet(2, *head, line("丙", 666, 105), line("丁", 666, 205), rules=rules)
    assert text(first, second) == ["任务 | 单位", "甲 | 乙", "丙 | 丁"]


def test_a_frame_around_text_is_no_table() -> None:
    assert grids(boxed(100, 300, down=(700, 600))) == []
    assert grids((Rule(False, 700, 0, 500), Rule(False, 690, 0, 500))) == []


def test_a_scanned_page_is_named_and_a_scan_is_an_error() -> None:
    found = text_of([sheet(1, line(FULL, 700)), sheet(2, pictures=True), sheet(3)], "a.pdf", 1000)
    assert [(one.code, one.message) for one in found.warnings] == [
        ("scanned_page", "第2页是扫描图像，没有文字层，未读入")
    ]
    with pytest.raises(SourceError, match=r"a\.pdf: is a scan"):
        text(sheet(1, pictures=True))
    with pytest.raises(SourceError, match=r"b\.pdf: is a scan"):
        extracted(pdf(b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"), "b.pdf")


def test_characters_that_no_font_names_are_told_and_too_many_refused() -> None:
    found = text_of([sheet(1, line(FULL + "\ufffd", 700))], "a.pdf", 1000)
    assert [one.code for one in found.warnings] == ["unmapped"]
    with pytest.raises(SourceError, match="fonts do not say which characters"):
        text(sheet(1, line("\ufffd" * 10 + "一二三", 700)))


def test_columns_are_warned_about() -> None:
    pages = [line(FULL[:8] * 2, 700 - 16 * n, gaps={8: 40}) for n in range(20)]
    assert "columns" in [one.code for one in text_of([sheet(1, *pages)], "a.pdf", 10_000).warnings]


def test_a_national_encoding_without_an_embedded_font_is_read_at_any_turn_of_the_page() -> None:
    data = written({(72, 700): "一、发展目标", (72, 676): "到2030年，高新技术企业达到120家。"})
    assert extracted(data, "a.pdf").text.splitlines() == ["一、发展目标", "到2030年，高新技术企业达到120家。"]
    turned = data.replace(b"1 0 0 1 72 700 Tm", b"0 1 -1 0 99 72 Tm").replace(
        b"1 0 0 1 72 676 Tm", b"0 1 -1 0 123 72 Tm"
    )
    assert extracted(turned, "a.pdf").text == extracted(data, "a.pdf").text


def test_a_watermark_across_the_page_is_left_out() -> None:
    data = written({(72, 700): "一、发展目标", (72, 676): "秘"}).replace(
        b"1 0 0 1 72 676 Tm", b"0.7 0.7 -0.7 0.7 90 300 Tm"
    )
    assert extracted(data, "a.pdf").text.splitlines() == ["一、发展目标"]


def test_a_pdf_that_only_its_changes_need_a_password_for_is_read() -> None:
    assert "给予20万元奖励" in extracted((MADE / "restricted.pdf").read_bytes(), "a.pdf").text
    with pytest.raises(SourceError, match=r"a\.pdf: has a password"):
        extracted((MADE / "locked.pdf").read_bytes(), "a.pdf")


def test_radicals_that_fonts_give_for_characters_are_the_characters() -> None:
    found = list(sheets((MADE / "plan.pdf").read_bytes(), "a.pdf"))
    assert not [glyph for page in found for glyph in page.glyphs if 0x2E80 <= ord(glyph.char) < 0x2FE0]
