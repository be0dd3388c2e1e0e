"""What a text gives, and what in it is no gift: sizes, conditions, refusals; and that nothing of a gift's words is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import render
from knowledge.answer import AnswerDesk
from knowledge.building import build
from knowledge.facts import Award, Document, Figure
from knowledge.parsing.parser import parse

CASES = Path(__file__).parent / "cases" / "documents"
TODAY = date(2025, 11, 24)


def said(text: str) -> tuple[tuple[Award, ...], tuple[Figure, ...]]:
    whole = parse(Document("one", f"一、支持政策\n（一）{text}\n（二）加强组织领导。"))
    return whole.awards, whole.figures


@pytest.mark.parametrize(
    "text",
    [
        "营业收入2000万元以上的企业应当建立研发准备金制度。",
        "上年度营业收入不超过5000万元、职工总数不超过500人的企业方可申领。",
        "合同金额不足1万元的，不予补助。",
        "已享受200万元以上省级奖励的企业，不享受本政策。",
        "弄虚作假的，追回已发放的补贴资金，并处3万元以下罚款。",
        "对企业处以5万元罚款，不予支持。",
    ],
)
def test_thresholds_refusals_and_fines_are_neither_awards_nor_figures(text: str) -> None:
    assert said(text) == ((), ())


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("对新认定的绿色工厂，给予五十万元奖励。", 50, "万元"),
        ("对新认定的绿色工厂，给予一千二百万元奖励。", 1200, "万元"),
        ("对新认定的绿色工厂，给予两亿元奖励。", 2, "亿元"),
        ("对新认定的绿色工厂，给予 ５ ０ 万元奖励。", 50, "万元"),
        ("对新认定的绿色工厂，给予 1.5 亿 元奖励。", 1.5, "亿元"),
        ("对新认定的绿色工厂，给予100万\n元奖励。", 100, "万元"),
        ("对新认定的绿色工厂，奖励八千元。", 8000, "元"),
    ],
)
def test_amounts_count_however_they_are_written(text: str, amount: float, unit: str) -> None:
    awards, _ = said(text)
    assert [(one.beneficiary, one.amount, one.unit) for one in awards] == [("绿色工厂", amount, unit)]


def test_a_range_keeps_both_its_ends() -> None:
    awards, _ = said("对入选的创新团队，给予50万元至100万元资助；对领军人才，给予20-30万元补贴。")
    assert [(one.amount, one.amount_max) for one in awards] == [(50, 100), (20, 30)]


def test_how_long_a_gift_is_given_and_every_cap_stay_in_its_words() -> None:
    awards, _ = said("对参展的企业，展位费按80%补贴，单个展会最高补贴3万元，每家企业全年最高补贴20万元。")
    assert awards[0].rate == 80
    assert awards[0].text.endswith("每家企业全年最高补贴20万元")
    awards, _ = said("对招用毕业生的企业，按每人每月500元给予补贴，最长不超过12个月，由县财政承担。")
    assert awards[0].text.endswith("最长不超过12个月")


def test_a_cell_that_is_a_sentence_is_read_as_one() -> None:
    table = (
        "| 序号 | 项目 | 奖励标准 |\n| --- | --- | --- |\n| 1 | 高企认定 | 对首次认定的高新技术企业，给予20万元奖励 |"
    )
    awards = parse(Document("one", f"一、奖励标准\n{table}\n二、附则\n本办法自发布之日起施行。")).awards
    assert [(one.section, one.beneficiary, one.amount) for one in awards] == [("一|1", "高新技术企业", 20)]


@pytest.mark.parametrize(
    ("question", "first", "told"),
    [
        ("品牌酒店有什么补贴", "每间客房2000元", "上限：100万元"),
        ("创新创业团队首次使用创新券有什么补助", "按合同金额的六成，最高3万元", "申报：次年3月31日前"),
        ("新获批的国家重点实验室给多少", "两千万元", "申报：每年9月底前"),
    ],
)
def test_amounts_shares_and_caps_are_said_as_the_document_writes_them(
    tmp_path: Path, question: str, first: str, told: str
) -> None:
    sources = [next((CASES / name).glob("source.*")) for name in ("vouchers", "tourism", "manufacturing")]
    for source in sources:
        (tmp_path / f"{source.parent.name}.txt").write_bytes(source.read_bytes())
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "three.db")
    text = render.text(AnswerDesk(tmp_path / "three.db").ask(question, TODAY).answer)
    assert first in text.splitlines()[0]
    assert told in text


@given(
    st.text(alphabet="对的企业给予奖励分别按最高不超过万元亿一二三0123456789.%、，；。：（）每人月\n| ", max_size=120)
)
def test_no_run_of_such_words_breaks_the_reading_and_each_award_stands_at_its_span(text: str) -> None:
    document = Document("one", f"一、奖励标准\n{text}")
    for one in parse(document).awards:
        assert document.text[one.start : one.end] == one.text
