"""Bytes are decoded as their mark, their page or their content says; what is guessed is warned about."""

import pytest

from knowledge.errors import SourceError
from knowledge.reading.encodings import MAX_CHARACTERS, checked, decode

PLAIN = "临川区支持科技创新若干措施\n第一条 对首次认定的高新技术企业给予一次性奖励10万元。\n"
TRADITIONAL = "臨川區支持科技創新若干措施\n第一條 對首次認定的高新技術企業給予一次性獎勵。\n"


def guessed(data: bytes, declared: str | None = None) -> tuple[str, str]:
    found = decode(data, "a", declared)
    return found.text, "".join(warning.message for warning in found.warnings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    assert guessed(PLAIN.encode(encoding)) == (PLAIN, "")


def test_gb18030_is_read_with_a_warning_that_names_it() -> None:
    rare = PLAIN + "\U00020000㐀"
    assert guessed(PLAIN.encode("gbk")) == (PLAIN, "不是 UTF-8，按 GB18030 读取")
    assert guessed(rare.encode("gb18030")) == (rare, "不是 UTF-8，按 GB18030 读取")


def test_a_declared_encoding_is_no_guess() -> None:
    assert guessed(PLAIN.encode("gbk"), "gb2312") == (PLAIN, "")
    assert guessed(TRADITIONAL.encode("big5"), "Big5") == (TRADITIONAL, "")
    assert guessed("联通".encode("gbk"), "gb2312") == ("联通", "")


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "no-such-encoding", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert guessed(PLAIN.encode(), declared) == (PLAIN, "")


def test_traditional_characters_in_big5_are_recognised() -> None:
    text, warning = guessed(TRADITIONAL.encode("big5"))
    assert text == TRADITIONAL
    assert "big5" in warning


def test_a_broken_byte_costs_one_character_and_not_the_document() -> None:
    text, warning = guessed((PLAIN * 5).encode() + b"\xff")
    assert text == PLAIN * 5 + "\ufffd"
    assert "坏字节" in warning


def test_one_stray_control_character_is_no_binary_file() -> None:
    assert decode(PLAIN.encode() + b"\x1a", "a").text == PLAIN + "\x1a"


def test_a_text_has_its_limits() -> None:
    with pytest.raises(SourceError, match=r"a\.txt: is too long \(2,000,001 characters, the limit is 2,000,000\)"):
        checked("字" * (MAX_CHARACTERS + 1), "a.txt")
    with pytest.raises(SourceError, match="too many lines"):
        checked("字\n" * 300_000, "a.txt")
