"""Folding keeps a map back to the source; nothing is repaired and no number is made of two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import chinese, chinese_numeral, value
from knowledge.parsing.clauses import Piece, clauses
from knowledge.text import bare, compact, name

PIECES = st.lists(
    st.sampled_from(
        [
            "区",
            "发改委",
            " ",
            "\u2002",
            "\u3000",
            "\n",
            "（",
            "一",
            "）",
            "１２",
            "3.5",
            "①",
            "Ａ",
            "%",
            "。",
            "“",
            "”",
            "\ufeff",
            "é",
            "😀",
        ]
    ),
    max_size=25,
)


@given(PIECES)
def test_every_character_of_a_view_stands_in_the_source_where_it_says(pieces: list[str]) -> None:
    source = "".join(pieces)
    view = compact(source)
    assert list(view.at) == sorted(view.at)
    for place in range(len(view.text)):
        start, end = view.span(place, place + 1)
        assert (
            bare(source[start:end]) in (bare(view.text[place]), "")
            or view.text[place] in compact(source[start:end]).text + "\n "
        )


@given(PIECES, st.integers(0, 30), st.integers(0, 30))
def test_a_span_of_the_view_gives_the_same_text_again(pieces: list[str], start: int, length: int) -> None:
    source = "".join(pieces)
    view = compact(source)
    end = min(start + length, len(view.text))
    if start < end and "\n" not in view.text[start:end]:
        begin, stop = view.span(start, end)
        assert compact(source[begin:stop]).text.replace(" ", "").strip("\n") == view.text[start:end].replace(" ", "")


@pytest.mark.parametrize(
    ("source", "view"),
    [
        ("力\u2002争接近", "力争接近"),
        ("第 1 0 条", "第10条"),
        ("2 0 2 5 年", "2025年"),
        ("高企 110 120 130", "高企110 120 130"),
        ("Open AI 平台", "Open AI平台"),
        ("（一）目标", "(一)目标"),
        ("①营业执照", "①营业执照"),
        ("２０３０－２０３５年", "2030-2035年"),
    ],
)
def test_white_space_and_width_are_folded_and_numbers_kept_apart(source: str, view: str) -> None:
    assert compact(source).text == view


def test_furniture_is_left_out_and_ends_a_line() -> None:
    source = "正文一分享到:正文二"
    assert compact(source, hidden=((3, 7),)).text == "正文一\n正文二"


def test_names_lose_white_space_inside_and_nothing_else() -> None:
    assert name("区  卫健\u2002委") == "区卫健委"
    assert name("Open AI（北京）") == "Open AI（北京）"


@given(st.integers(1, 99))
def test_chinese_numerals_read_back(number: int) -> None:
    assert chinese(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇三〇", 2030),
        ("三千五百", 3500),
        ("一万二", 10002),
        ("1,200", 1200),
        ("38.5", 38.5),
        ("十", 10),
        ("两百", 200),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert value(text) == number


def test_what_is_no_number_is_none() -> None:
    assert chinese("企业") is None
    assert value("abc") is None


@given(st.lists(st.sampled_from(["力争达到1.2%", "、", ",", "(a,b)", "区" * 300, ";"]), max_size=60).map("".join))
def test_a_clause_has_its_place_and_an_end(text: str) -> None:
    """The longest clause of a plan has some 130 characters; what costs the square of a clause's length stays bounded."""
    found = list(clauses(Piece(text, 7, 7 + len(text))))
    assert all(text[one.start - 7 : one.end - 7] == one.text for one in found)
    assert max((len(one.text) for one in found), default=0) <= 500
    assert sum(len(one.text) for one in found) >= len(text) - text.count(",") - text.count(";")
