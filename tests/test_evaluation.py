"""`wence eval`: what a question's expectation asks of an answer, and how a set is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation import CHECKS, Question, faults, outcome
from tests.terminal import alone, is_one_line, run

DAY = ("--on", "2026-11-24")
ANSWER: dict[str, Any] = {
    "status": "answered",
    "language": "zh",
    "text": "2030年国家高新技术企业：1,120家",
    "figures": [{"year": 2030, "value": 120, "unit": "家"}, {"year": 2035, "value": 130, "unit": "家"}],
    "awards": [{"amount": 10, "unit": "万元"}],
    "units": ["区发改委", "区科 协"],
    "citations": [
        {"document": "plan", "section": "一(二)", "quote": "…"},
        {"document": "plan", "section": "二(四)1", "quote": "…"},
    ],
    "conflicts": [],
    "missing": ["怎么 申报"],
}
HOLDS = [
    {"status": "answered"},
    {"status": ["clarify", "answered"]},
    {"language": "zh"},
    {"cite_first": ["二(四)2", "一(二)"]},
    {"cite_all": ["二(四)1", "一(二)"]},
    {"cite_any": ["三(一)", "二(四)1"]},
    {"text_all": ["1120 家", ["120家", "高新技术"]]},
    {"text_none": ["120家", "2025"]},
    {"figure_first": {"year": 2030, "value": 120.0}},
    {"figures_all": [{"value": 130}, {"value": 120}]},
    {"award_first": {"amount": 10, "unit": "万 元"}},
    {"awards_all": [{"amount": 10}]},
    {"units_all": ["区科协"]},
    {"units_all": ["区科协", "区发改委"], "units_only": True},
    {"conflict": False},
    {"missing_all": ["怎么申报"]},
    {"document": "plan"},
]
FAILS = [
    {"status": "not_found"},
    {"status": ["clarify", "not_found"]},
    {"language": "en"},
    {"cite_first": ["二(四)1"]},
    {"cite_all": ["一(二)", "三(一)"]},
    {"cite_any": ["三(一)"]},
    {"text_all": ["120家"]},
    {"text_all": [["2025", "2035"]]},
    {"text_none": ["高新"]},
    {"figure_first": {"year": 2035}},
    {"figures_all": [{"value": 140}]},
    {"award_first": {"amount": 10, "unit": "元"}},
    {"awards_all": [{"amount": 11}]},
    {"units_all": ["区商务局"]},
    {"units_all": ["区科协"], "units_only": True},
    {"conflict": True},
    {"missing_all": ["谁负责"]},
    {"document": "other"},
]


def question(expect: dict[str, Any], kind: str = "target") -> Question:
    return Question("Q", kind, ("…",), expect)


@pytest.mark.parametrize("expect", HOLDS, ids=str)
def test_what_holds_is_no_fault(expect: dict[str, Any]) -> None:
    assert faults(question(expect), ANSWER) == []


@pytest.mark.parametrize("expect", FAILS, ids=str)
def test_what_does_not_hold_is_told_with_its_key(expect: dict[str, Any]) -> None:
    (fault,) = faults(question(expect), ANSWER)
    assert fault.split(":")[0] == next(reversed(expect))


def test_every_key_has_an_example_that_holds_and_one_that_fails() -> None:
    assert {key for expect in HOLDS for key in expect} == {key for expect in FAILS for key in expect}
    assert {key for expect in FAILS for key in expect} == {*CHECKS, "units_only"}


def test_an_answer_keeps_to_the_limits_whatever_is_expected() -> None:
    cited = {"document": "plan", "section": "一(二)", "quote": "字" * 201}
    broken = {**ANSWER, "text": "字" * 1201, "citations": [cited] * 13}
    assert [fault.split(":")[0] for fault in faults(question({}), broken)] == ["text", "citations", "citations"]
    bare = {**ANSWER, "citations": []}
    assert faults(question({}), bare) == ["citations: none"]
    assert faults(question({}, "help"), bare) == []


# ------------------------------------------------------------------ command


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def written(folder: Path, *rows: dict[str, Any]) -> str:
    file = folder / "set.jsonl"
    file.write_text("\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(file)


GOOD = {"id": "A1", "kind": "award", "q": "高企认定有什么补贴", "expect": {"award_first": {"amount": 10}}}
TURNS = {"id": "F1", "kind": "followup", "turns": ["2025年高企多少家", "那2035年呢"], "expect": {"text_all": ["130家"]}}
BAD = {"id": "A2", "kind": "award", "q": "高企认定有什么补贴", "expect": {"award_first": {"amount": 50}}}


def test_a_set_that_passes_is_a_table_by_kind_and_ends_with_0(tmp_path: Path) -> None:
    code, out, err = run("eval", *DAY, written(tmp_path, GOOD, TURNS))
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()[1:3]] == [
        ["award", "1", "1", "100.0"],
        ["followup", "1", "1", "100.0"],
    ]
    assert out.splitlines()[-1] == "2 对，0 错，100.0%"


def test_a_failure_is_told_with_what_was_weighed_and_ends_with_1(tmp_path: Path) -> None:
    code, out, _ = run("eval", *DAY, written(tmp_path, GOOD, BAD))
    assert code == 1
    assert out.startswith('A2 [award] 高企认定有什么补贴\n    award_first: want {"amount": 50}, got [{')
    assert "coverage" in out
    assert out.splitlines()[-1] == "1 对，1 错，50.0%"


def test_as_json_it_is_one_object(tmp_path: Path) -> None:
    code, out, _ = run("eval", "--json", *DAY, written(tmp_path, GOOD, TURNS, BAD))
    record = json.loads(out)
    assert code == 1
    assert (record["passed"], record["failed"], record["share"]) == (2, 1, 66.7)
    assert record["kinds"]["award"] == {"passed": 1, "failed": 1, "share": 50.0}
    (failure,) = record["failures"]
    assert (failure["id"], failure["turns"]) == ("A2", ["高企认定有什么补贴"])
    assert failure["answer"]["awards"][0]["amount"] == 10
    assert failure["why"]["candidates"]


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    row = {"q": "今年高企要到多少家", "expect": {"figure_first": {"year": 2030}}}
    assert run("eval", "--on", "2030-06-01", written(tmp_path, row)).code == 0
    assert run("eval", "--on", "2035-06-01", written(tmp_path, row)).code == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("高企奖励", '"expect"'),
        ('{"q": "高企奖励"}', '"expect"'),
        ('{"expect": {}}', '"turns"'),
        ('{"turns": "高企", "expect": {}}', '"turns"'),
        ('{"q": "高企", "expect": {"cite": []}}', "'cite'"),
        ("", "no question"),
    ],
)
def test_a_set_that_cannot_be_used_is_one_line_with_its_place(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text(line, encoding="utf-8")
    code, out, err = run("eval", str(file))
    assert (code, out) == (2, "")
    assert is_one_line(err)
    assert str(file) in err
    assert said in err


def test_an_expectation_of_another_kind_is_one_line_with_its_question(tmp_path: Path) -> None:
    row = {"id": "Q7", "q": "高企奖励多少", "expect": {"cite_first": 5}}
    code, _, err = run("eval", *DAY, written(tmp_path, row))
    assert code == 2
    assert is_one_line(err)
    assert "Q7: cite_first in expect cannot be 5" in err


def test_a_set_that_is_missing_is_one_line() -> None:
    code, _, err = run("eval", "none.jsonl")
    assert code == 2
    assert is_one_line(err)
    assert "none.jsonl" in err


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"missing": []}, "answered"),
        ({}, "answered in part"),
        ({"status": "clarify"}, "asked back"),
        ({"status": "not_found"}, "refused with a next step"),
        ({"status": "not_found", "citations": [], "suggestions": ["高企目标是多少"]}, "refused with a next step"),
        ({"status": "not_found", "citations": [], "suggestions": []}, "refused without one"),
    ],
)
def test_what_comes_of_a_question_is_told_by_its_answer(changes: dict[str, Any], name: str) -> None:
    assert outcome({**ANSWER, **changes}) == name
