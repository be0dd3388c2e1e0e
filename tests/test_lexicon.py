"""An officer's own words (WENCE_LEXICON) are known beside the shipped ones; a row that cannot be used is told with its place."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.answer import AnswerDesk
from knowledge.building import build
from knowledge.errors import LexiconError
from knowledge.lexicon import FOLDER, aliases, load, own
from tests.terminal import alone, run

SOURCES = Path(__file__).parent.parent / "data" / "sources"
TODAY = date(2026, 11, 24)
CONCEPTS = '[[concept]]\nname = "高企"\nsame = ["牛企"]\nenglish = ["bull firm"]\n'
UNITS = '[[unit]]\nname = "发展和改革委员会"\nsame = ["发展局"]\n'


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)


def asked(question: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("ask", "--json", question).out)
    return answer


@pytest.fixture(params=["file", "folder", "data folder"])
def _own_words(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows in each place where they may stand."""
    if request.param == "folder":
        folder = tmp_path / "words"
        folder.mkdir()
        (folder / "synonyms.toml").write_text(CONCEPTS, encoding="utf-8")
        (folder / "units.toml").write_text(UNITS, encoding="utf-8")
        monkeypatch.setenv("WENCE_LEXICON", str(folder))
        return
    if request.param == "file":
        path = tmp_path / "own.toml"
        monkeypatch.setenv("WENCE_LEXICON", str(path))
    else:
        path = tmp_path / "share" / "wence" / "lexicon.toml"
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
        path.parent.mkdir(parents=True)
    path.write_text(CONCEPTS + UNITS, encoding="utf-8")


@pytest.mark.usefixtures("_own_words")
def test_ones_own_synonyms_mean_what_the_shipped_ones_do() -> None:
    assert asked("牛企认定有什么补贴")["awards"] == asked("高企认定有什么补贴")["awards"] != []
    assert asked("what subsidy for bull firm recognition")["awards"][0]["amount"] == 10
    assert asked("发展局负责什么")["citations"] == asked("区发改委负责什么")["citations"] != []


def test_without_the_row_the_word_means_nothing() -> None:
    assert asked("发展局负责什么")["citations"] != asked("区发改委负责什么")["citations"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("concept = 3", "concept must be written as [[concept]]"),
        ('[[concept]]\nsame = ["牛企"]', "[[concept]] 1: has no name"),
        ('[[concept]]\nname = "高企"\nsame = "牛企"', "[[concept]] 1, 高企: same must be a list of words"),
        ("[[unit]]\nname = 3", "[[unit]] 1: has no name"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_place(
    written: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(written, encoding="utf-8")
    monkeypatch.setenv("WENCE_LEXICON", str(path))
    code, out, err = run("ask", "高企认定有什么补贴")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{path}: " in err
    assert said in err


def test_a_lexicon_that_is_not_there_is_told_by_the_variables_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENCE_LEXICON", str(tmp_path / "none.toml"))
    code, out, err = run("ask", "高企认定有什么补贴")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "WENCE_LEXICON" in err


def test_no_form_of_the_shipped_lexicon_stands_for_two_terms() -> None:
    lexicon = load()
    told = [row for row in aliases(lexicon.concepts, lexicon.units) if row[1] in ("concept", "department")]
    assert len({surface for surface, _, _ in told}) == len(set(told))


def test_a_database_can_be_built_with_another_lexicon(tmp_path: Path) -> None:
    words = tmp_path / "words"
    shutil.copytree(FOLDER, words, ignore=shutil.ignore_patterns("synonyms.toml", "*.py", "__pycache__"))
    build([SOURCES], tmp_path / "bare.db", fresh=True, lexicon=words)
    desk = AnswerDesk(tmp_path / "bare.db")
    assert desk.ask("国高有什么奖励", TODAY).answer.status == "not_found"
    assert desk.ask("国家高新技术企业奖励", TODAY).answer.awards[0].amount == 10
    desk.close()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ('[[concepts]]\nname = "高企"', "unknown table 'concepts'"),
        ('[[concept]]\nname = "高企"\nalso = ["高新"]', "unknown key 'also'"),
        ('[[concept]]\nname = "高企"\nsame = [""]', "'' in same is no word"),
    ],
)
def test_ones_own_lexicon_in_a_folder_says_what_it_does_not_know(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "words.toml").write_text(rows, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(told)):
        own(tmp_path)


def test_ones_own_lexicon_is_every_file_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "高企"\nsame = ["高新"]', encoding="utf-8")
    (tmp_path / "b.toml").write_text('[[unit]]\nname = "科技局"\nsame = ["科局"]', encoding="utf-8")
    concepts, units = own(tmp_path)
    assert [one.name for one in (*concepts, *units)] == ["高企", "科技局"]
