"""`wence conflicts`: what the documents say against themselves, every side with its place and quote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.terminal import PLAN, alone, run


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def test_conflicts_are_told_with_both_places_and_quotes() -> None:
    code, out, err = run("conflicts")
    assert (code, err) == (0, "")
    told = out.strip().split("\n\n")
    assert len(told) == 3
    first, *rest = told[1].split("\n")
    assert first == "国家科技型中小企业：2030年一处250家（一(二)），一处260家（二(四)1）。"
    assert "一(二) 发展目标" in rest[0]
    assert "科技型中小企业250家" in rest[1]
    assert "二(四)1 健全培育机制" in rest[2]
    assert "2030年达到260家" in rest[3]


def test_conflicts_as_json_are_pairs_of_figures_each_cited_word_for_word() -> None:
    pairs = json.loads(run("conflicts", "--json").out)
    values = {(one["year"], one["value"], other["value"]) for one, other in pairs}
    assert values == {(2030, 250, 260), (2035, 280, 300), (2025, 20, 30)}
    text = PLAN.read_text(encoding="utf-8")
    for figure in (figure for pair in pairs for figure in pair):
        assert text[figure["start"] : figure["end"]] == figure["text"]
        assert figure["citations"]
        for quote in figure["citations"]:
            assert text[quote["start"] : quote["end"]] == quote["quote"]
            assert quote["section"] == figure["section"]


def test_they_are_the_ones_that_answers_show() -> None:
    pairs = json.loads(run("conflicts", "--json").out)
    asked = json.loads(run("ask", "--json", "文件里有没有前后矛盾的数字").out)["conflicts"]
    plain = [[{key: figure[key] for key in figure if key != "citations"} for figure in pair] for pair in pairs]
    assert plain == asked


def test_documents_that_agree_have_none_and_earlier_versions_are_not_asked(tmp_path: Path) -> None:
    database, source = str(tmp_path / "own.db"), tmp_path / "plan.txt"
    said = "一、目标\n(一)总量。2030年国家高新技术企业达到{}家。\n(二)培育。2030年国家高新技术企业达到60家。\n"
    source.write_text(said.format(50), encoding="utf-8")
    assert run("--db", database, "build", str(source)).code == 0
    assert len(json.loads(run("--db", database, "conflicts", "--json").out)) == 1
    source.write_text(said.format(60), encoding="utf-8")
    assert run("--db", database, "build", str(source)).code == 0
    assert run("--db", database, "conflicts").out == "没有发现前后不一的地方。\n"
