"""The plan and a set of measures, saved by the programs that offices use, say what their texts say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.facts import Parsed
from knowledge.parsing.parser import parse
from knowledge.reading import read
from knowledge.text import compact
from tests.hostile import MADE
from tests.terminal import PLAN


def flat(text: str | None) -> str:
    return "".join((text or "").split())


def said(path: Path) -> dict[str, list[Any]]:
    """All that a document says, by value, white space left out."""
    found: Parsed = parse(read(path)[0])
    text = found.document.text
    metadata = ("title", "issuer", "date", "number", "index_number", "status", "subject", "disclosure")
    return {
        "metadata": [flat(getattr(found.document, field)) for field in metadata],
        "sections": [
            (one.section, one.parent, one.level, flat(one.heading), {(unit.name, unit.role) for unit in one.units})
            for one in found.sections
        ],
        "texts": [flat(text[one.start : one.end]) for one in found.sections[1:]],
        "figures": [
            (
                one.section,
                one.indicator,
                one.year,
                one.year_end,
                one.comparator,
                one.value,
                one.value_max,
                one.unit,
                one.per_year,
                flat(text[one.start : one.end]),
            )
            for one in found.figures
        ],
        "awards": [
            (
                one.section,
                flat(one.beneficiary),
                flat(one.purpose),
                one.amount,
                one.amount_max,
                one.unit,
                one.comparator,
                one.rate,
                one.cap,
                one.tier,
                one.frequency,
                flat(text[one.start : one.end]),
            )
            for one in found.awards
        ],
        "references": [(one.title, one.number, one.section) for one in found.references],
        "schedules": [(one.who, one.what, one.to, one.every, one.section) for one in found.schedules],
        "programmes": [(one.name, one.kind, one.section) for one in found.programmes],
    }


PLAN_SAID = said(PLAN)


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_the_plan_says_the_same_however_it_is_saved(kind: str) -> None:
    found = said(MADE / f"plan.{kind}")
    for name, values in PLAN_SAID.items():
        assert found[name] == values, name


MEASURES = """青山区支持民营经济发展若干措施
　　为支持民营经济发展，结合我区实际，制定本措施。
一、加大财政支持
（一）支持企业创新
1. 对首次认定的高新技术企业，一次性给予20万元奖励。（责任单位：区科技局）
2. 对新认定的专精特新企业，给予30万元奖励。（责任单位：区工信局）
（二）降低融资成本
对小微企业贷款给予贴息 ，最高不超过50万元。
二、优化营商环境
（一）明确任务分工
任务分工如下：
序号 | 重点任务 | 牵头单位 | 配合单位 | 完成时限
1 | 建设民营企业服务中心 | 区发改委 | 区工信局、区财政局 | 2025年6月
2 | 开展助企纾困专项行动 | 〃 | 区税务局 | 每年12月
3 | 组织银企对接会 | 区金融服务中心 | 各街道 | 每季度
（二）发展目标
到2027年，民营企业总数达到2万家；
到2030年，民营企业总数突破3万家。
咨询电话：12345
本措施自印发之日起施行。"""
SECTIONS = {
    "": ("", []),
    "一": ("加大财政支持", []),
    "一(一)": ("支持企业创新", []),
    "一(一)1": ("", [("区科技局", "responsible")]),
    "一(一)2": ("", [("区工信局", "responsible")]),
    "一(二)": ("降低融资成本", []),
    "二": ("优化营商环境", []),
    "二(一)": ("明确任务分工", []),
    "二(一)|1": (
        "建设民营企业服务中心",
        [("区发改委", "lead"), ("区工信局", "support"), ("区财政局", "support")],
    ),
    "二(一)|2": ("开展助企纾困专项行动", [("区发改委", "lead"), ("区税务局", "support")]),
    "二(一)|3": ("组织银企对接会", [("区金融服务中心", "lead"), ("各街道", "support")]),
    "二(二)": ("发展目标", []),
}


def squeezed(text: str) -> list[str]:
    return [flat(compact(line).text) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_lists_tables_and_changes_of_word_come_out_as_word_shows_them(kind: str) -> None:
    found = read(MADE / f"measures.{kind}")[0]
    assert squeezed(found.text) == squeezed(MEASURES)
    if kind == "docx":
        assert found.text.splitlines() == MEASURES.splitlines()
        assert {one.code for one in found.warnings} == {"deleted", "hidden", "page_margin", "text_box"}
    else:
        assert [(one.code, "青山区人民政府办公室文件" in one.message) for one in found.warnings] == [
            ("running_head", True)
        ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_measures_of_word_have_their_sections_units_awards_and_figures(kind: str) -> None:
    found = parse(read(MADE / f"measures.{kind}")[0])
    assert found.document.title == "青山区支持民营经济发展若干措施"
    units = {one.section: (one.heading, [(unit.name, unit.role) for unit in one.units]) for one in found.sections}
    assert units == SECTIONS
    assert [(one.section, one.amount, one.comparator, one.unit) for one in found.awards] == [
        ("一(一)1", 20, "=", "万元"),
        ("一(一)2", 30, "=", "万元"),
        ("一(二)", 50, "<=", "万元"),
    ]
    assert [(one.section, one.year, one.comparator, one.value, one.unit) for one in found.figures] == [
        ("二(二)", 2027, "=", 2, "万家"),
        ("二(二)", 2030, ">", 3, "万家"),
    ]
