"""What a person should look at: counted by hand in the plan and in the documents of the tests."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import wence
from bot.commands.auditing import NAMES
from knowledge.audit import KINDS, Finding, audit
from knowledge.building import build
from knowledge.store import Database

HERE = Path(__file__).parent
CASES = HERE / "cases" / "documents"
PLAN = HERE.parent / "data" / "policies.db"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def plan() -> list[Finding]:
    return audit(Database(PLAN), TODAY)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the plan's neighbours: rules repealed, a notice that amends, one whose windows are over."""
    folder = tmp_path_factory.mktemp("audit")
    names = ("award_rules", "repealing_rules", "measures", "amending_notice", "application_notice")
    rows = [{"id": name, "text": (CASES / name / "source.txt").read_text(encoding="utf-8")} for name in names]
    rows.append(
        {
            "id": "doubtful",
            "title": "云溪县人民政府关于调整部分指标的通知",
            "issuer": "云溪县人民政府",
            "text": "将《云溪县数字经济发展规划》中2027年数字经济企业由50家调整为60家。",
        }
    )
    source = folder / "all.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build([source], folder / "all.db")
    return folder / "all.db"


def of(found: list[Finding], kind: str) -> list[tuple[str, str]]:
    return [(one.section, one.about) for one in found if one.kind == kind]


def test_the_plans_findings_are_those_counted_by_hand(plan: list[Finding]) -> None:
    assert [section for section, _ in of(plan, "unassigned")] == [
        "三(一)",
        "三(二)",
        "三(三)",
        "四(一)",
        "四(二)",
        "四(三)",
    ]
    names = [about for _, about in of(plan, "unmeasured")]
    assert names[:3] == ["技术合同登记额", "发明专利拥有量", "贡献值"]
    assert len(names) == 4
    assert "四新" in names[3]
    assert [one.quote for one in plan if one.kind == "unpriced"] == ["严格执行国家高新技术企业一次性奖励扶持政策"]
    assert of(plan, "absent") == [("", "《江西省中长期科学和技术发展规划(2022-2035年)》赣发2022〕23号")]
    assert len(of(plan, "conflict")) == 3
    assert Counter(one.kind for one in plan)["damage"] == 43
    assert {one.kind for one in plan} == {"unassigned", "unmeasured", "unpriced", "absent", "conflict", "damage"}


def test_each_finding_quotes_its_document(plan: list[Finding]) -> None:
    database = Database(PLAN)
    text = database.document(1).text
    assert all(text[one.start : one.end].strip() == one.quote for one in plan)


def test_what_is_over_repealed_or_in_doubt_is_found(several: Path) -> None:
    found = audit(Database(several), TODAY)
    assert [(one.document, one.about) for one in found if one.kind == "repealed"] == [
        ("award_rules", "江澜市科技创新激励办法 第五条")
    ]
    assert [(one.document, one.section, one.about) for one in found if one.kind == "closed"] == [
        ("application_notice", "三", "2026-04-10"),
        ("application_notice", "三", "2026-04-20"),
        ("application_notice", "三", "2026-05-31"),
    ]
    assert [(one.document, one.about) for one in found if one.kind == "doubt"] == [("doubtful", "unknown")]
    assert [one.document for one in found if one.kind == "over"] == []
    later = audit(Database(several), date(2028, 1, 1))
    assert [(one.document, one.about) for one in later if one.kind == "over"] == [
        ("award_rules", "2027-11-17"),
        ("measures", "2027-12-31"),
    ]


def test_every_kind_has_its_words_and_is_counted(several: Path) -> None:
    assert tuple(NAMES) == KINDS
    lines = (
        CliRunner().invoke(wence, ["--db", str(several), "audit", "--on", "2026-11-24"], standalone_mode=False).output
    )
    head = lines.split("\n\n")[0].splitlines()
    assert len(head) == len(KINDS)
    assert "修改、废止存疑：1 · amendments and repeals in doubt" in head
    assert "库里没有被修改的文件" in lines


def test_as_json_and_as_markdown_the_report_is_whole(several: Path) -> None:
    arguments = ["--db", str(several), "audit", "--on", "2026-11-24"]
    held = json.loads(CliRunner().invoke(wence, [*arguments, "--json"], standalone_mode=False).output)
    assert sum(held["counts"].values()) == len(held["findings"])
    page = CliRunner().invoke(wence, [*arguments, "--markdown"], standalone_mode=False).output
    rows = [
        line
        for line in page.splitlines()
        if line.startswith("| ") and not line.startswith(("| ---", "| 项目", "| 文件 "))
    ]
    assert len(rows) == len(KINDS) + len(held["findings"])
