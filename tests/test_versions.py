"""Two versions of a document differ by what they say: white space and numbering alone are no difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import wence
from knowledge.building import build
from knowledge.changes import changes
from knowledge.facts import Document
from knowledge.parsing.parser import parse

CASES = Path(__file__).parent / "cases" / "documents"
RULES = (
    "江澜市企业奖励办法\n"
    "第一条 为支持企业发展，制定本办法。\n"
    "第二条 对首次认定的高新技术企业，给予一次性奖励20万元。申报时间为2026年3月1日至4月30日。（市科技局、市财政局负责）\n"
    "第三条 到2027年，高新技术企业达到180家。（市科技局负责）\n"
    "第四条 市财政局加强资金监管。\n"
)
Row = tuple[str, str, str]


def told(old: str, new: str) -> list[Row]:
    """The changes between two texts as (what, kind, name), which must quote both texts."""
    before, after = Document("x", old), Document("x", new)
    found = changes(parse(before), parse(after))
    for one in found:
        for side, text in ((one.before, old), (one.after, new)):
            assert side is None or side.quote == "" or text[side.start : side.end] == side.quote
    return [(one.what, one.kind, one.name) for one in found]


@pytest.mark.parametrize(
    "new",
    [
        RULES.replace("给予一次性", "给 予　一次性"),
        RULES.replace("\n第三条", "\n\n　　第三条"),
        RULES,
    ],
)
def test_white_space_is_no_difference(new: str) -> None:
    assert told(RULES, new) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("奖励20万元", "奖励30万元", [("section", "changed", "第二条"), ("award", "changed", "首次认定高新技术企业")]),
        ("达到180家", "达到200家", [("section", "changed", "第三条"), ("figure", "changed", "2027年高新技术企业")]),
        (
            "（市科技局、市财政局负责）",
            "（市科技局负责）",
            [("section", "changed", "第二条"), ("unit", "removed", "市财政局")],
        ),
        ("至4月30日", "至5月31日", [("section", "changed", "第二条"), ("deadline", "changed", "申报")]),
        ("第四条 市财政局加强资金监管。\n", "", [("section", "removed", "第四条")]),
        (
            "第四条 市财政局加强资金监管。\n",
            "第四条 市财政局加强资金监管。\n第五条 市审计局开展审计。\n",
            [("section", "added", "第五条")],
        ),
    ],
)
def test_what_is_said_otherwise_is_told_by_its_kind(old: str, new: str, expected: list[Row]) -> None:
    found = told(RULES, RULES.replace(old, new))
    # terms of an award that it takes from its sentence change with it
    assert [one for one in found if one in expected] == expected
    assert {what for what, _, _ in found} <= {what for what, _, _ in expected} | {"award"}


def test_a_section_that_only_got_another_number_is_renumbered() -> None:
    new = RULES.replace("第四条", "第五条").replace("第三条", "第四条").replace("第三条 到", "第四条 到")
    new = new.replace("第四条 到2027年", "第三条 市统计局负责统计工作。\n第四条 到2027年")
    assert told(RULES, new) == [
        ("section", "renumbered", "第三条"),
        ("section", "renumbered", "第四条"),
        ("section", "added", "第三条"),
    ]


def test_fields_of_the_document_are_compared() -> None:
    old, new = parse(Document("x", RULES, status="有效")), parse(Document("x", RULES, status="废止"))
    assert [
        (one.what, one.name, one.before and one.before.value, one.after and one.after.value)
        for one in changes(old, new)
    ] == [("document", "status", "有效", "废止")]


@settings(max_examples=25, deadline=None)  # each example parses two whole documents
@given(st.sampled_from(sorted(CASES.glob("*/source.txt"))), st.data())
def test_white_space_between_paragraphs_is_never_a_difference(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    spaced = "\n".join([*lines[:place], "", *lines[place:]])
    assert told(text, spaced) == []


def written(folder: Path, text: str) -> Path:
    source = folder / "rules.txt"
    source.write_text(text, encoding="utf-8")
    return source


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(wence, list(arguments))
    return done.return_value if isinstance(done.return_value, int) else done.exit_code, done.output


def test_the_command_compares_the_two_newest_versions(tmp_path: Path) -> None:
    path = tmp_path / "all.db"
    for amount in (10, 20, 30):
        build([written(tmp_path, RULES.replace("20万元", f"{amount}万元"))], path)
    done = CliRunner().invoke(wence, ["--db", str(path), "diff", "rules", "--json"], standalone_mode=False)
    found = json.loads(done.output)
    award = next(one for one in found["changes"] if one["what"] == "award")
    assert "20万元" in award["before"]["quote"]
    assert "30万元" in award["after"]["quote"]
    told_to_people = CliRunner().invoke(wence, ["--db", str(path), "diff", "rules"], standalone_mode=False).output
    assert "奖补改动" in told_to_people
    assert "20万元" in told_to_people
    assert "30万元" in told_to_people


def test_without_a_difference_or_a_second_version_it_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "all.db"
    build([written(tmp_path, RULES)], path)
    code, out = run("--db", str(path), "diff", "rules")
    assert (code, len(out.strip().splitlines())) == (2, 4) or "one version" in out
    build([written(tmp_path, RULES.replace("给予一次性", "给予 一次性"))], path)
    code, out = run("--db", str(path), "diff", "rules")
    assert code == 0
    assert len(out.strip().splitlines()) == 1
    assert "no difference" in out
    _, out = run("--db", str(path), "diff", "nothing")
    assert "no document 'nothing'" in out
