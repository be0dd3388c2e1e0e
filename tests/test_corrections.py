"""What an officer writes beside a source is applied at build, never changes the text, and never fails silently."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import AnswerDesk
from knowledge.building import build, gathered
from knowledge.errors import SourceError
from knowledge.parsing.parser import parse

TEXT = "云岭县科技奖励办法\n第一条 对高新技 术企业给予10万元奖励。\n第二条 高新技术企由县科技局管理，高新技术企名单另行公布。\n"
CASES = Path(__file__).parent / "cases" / "documents"


def source(folder: Path, corrections: str, text: str = TEXT) -> Path:
    path = folder / "rules.txt"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".toml").write_text(corrections, encoding="utf-8")
    return path


def test_metadata_and_validity_that_the_page_lacks_are_taken(tmp_path: Path) -> None:
    given = 'place = "云岭县"\nnumber = "云府发〔2024〕1号"\neffective_from = 2024-05-01\neffective_to = "2026-12-31"\n'
    document = parse(gathered([source(tmp_path, given)])[0][0]).document
    assert (document.number, document.effective_from, document.effective_to) == (
        "云府发〔2024〕1号",
        "2024-05-01",
        "2026-12-31",
    )
    assert document.text == TEXT


def test_a_suggested_reading_is_noted_wherever_its_words_stand(tmp_path: Path) -> None:
    rows = (("高新技术企由", "高新技术企业由"), ("高新技术企业给予", "高新技术企业，给予"))
    given = "".join(f'[[suggest]]\nwords = "{words}"\nreading = "{reading}"\n' for words, reading in rows)
    document = gathered([source(tmp_path, given)])[0][0]
    notes = [one for one in document.warnings if one.code == "corrected"]
    assert [(TEXT[one.start : one.end], one.suggested) for one in notes] == [
        ("高新技术企由", "高新技术企业由"),
        ("高新技 术企业给予", "高新技术企业，给予"),
    ]


def test_a_span_can_be_given_in_place_of_words(tmp_path: Path) -> None:
    document = gathered([source(tmp_path, '[[suggest]]\nspan = [0, 3]\nreading = "云山县"\n')])[0][0]
    assert [(one.start, one.end, one.suggested) for one in document.warnings if one.code == "corrected"] == [
        (0, 3, "云山县")
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('[reading]\n"西湖" = "东湖"\n', "reading: “西湖” stands nowhere in the text"),
        ('[[suggest]]\nwords = "西湖"\nreading = "东湖"\n', "suggest: “西湖” stands nowhere in the text"),
        ('[[suggest]]\nspan = [5, 9999]\nreading = "东湖"\n', "suggest: span [5, 9999] is not within the text"),
        ('[[suggest]]\nwords = "奖励"\n', "suggest: needs reading, and either words or span"),
        ('[[amends]]\nwords = "西湖"\ndocument = "plan"\n', "amends: “西湖” stands nowhere in the text"),
        ('[[amends]]\nwords = "奖励"\n', "amends: needs words and document"),
        ('effective_to = "明年"\n', "effective_to: must be a day"),
        ("effective_to = 2026\n", "effective_to: must be a day"),
        ('valid = "2026-12-31"\n', "unknown keys: valid"),
        ('[[suggest]]\nword = "奖励"\nreading = "x"\n', "suggest: unknown keys: word"),
        ('suggest = "奖励"\n', "suggest: must be rows"),
    ],
)
def test_what_fits_nowhere_or_is_unknown_is_one_clear_line(tmp_path: Path, given: str, said: str) -> None:
    with pytest.raises(SourceError) as raised:
        gathered([source(tmp_path, given)], strict=True)
    assert "rules.toml: " in str(raised.value)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_amendment_in_doubt_is_applied_once_a_person_confirms_it(tmp_path: Path) -> None:
    measures = tmp_path / "measures.txt"
    measures.write_text((CASES / "measures" / "source.txt").read_text(encoding="utf-8"), encoding="utf-8")
    notice = "云溪县人民政府关于调整部分指标的通知\n\n将2027年规上企业目标由360家调整为380家。\n\n云溪县人民政府\n2026年1月15日\n"
    confirmed = '[[amends]]\nwords = "由360家调整为380家"\ndocument = "measures"\nquote = "2027年超过360家"\n'
    for given, doubts, value in (("", 1, 360), (confirmed, 0, 380)):
        build([measures, source(tmp_path, given, notice)], tmp_path / "all.db", fresh=True)
        desk = AnswerDesk(tmp_path / "all.db")
        assert len(desk.shelf.succession.doubts) == doubts
        answer = desk.ask("云溪县2027年规模以上工业企业要达到多少家", date(2026, 11, 24), document="measures").answer
        assert answer.figures[0].value == value
