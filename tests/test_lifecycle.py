"""What repeals, amends or puts off another document of the database is said first, and only where it is beyond doubt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot import render
from knowledge.answer import AnswerDesk, Reply
from knowledge.building import build
from tests.faithfulness import faults

CASES = Path(__file__).parent / "cases" / "documents"
TODAY = date(2026, 11, 24)
Given = dict[str, str]
Build = Callable[..., AnswerDesk]


def case(name: str) -> Given:
    return {"id": name, "text": (CASES / name / "source.txt").read_text(encoding="utf-8")}


@pytest.fixture
def built(tmp_path: Path) -> Build:
    """A desk over documents given as rows."""

    def over(*documents: Given) -> AnswerDesk:
        source = tmp_path / "all.jsonl"
        source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in documents), encoding="utf-8")
        build([source], tmp_path / "all.db", fresh=True)
        return AnswerDesk(tmp_path / "all.db")

    return over


def lines(desk: AnswerDesk, question: str, on: date = TODAY, document: str | None = None) -> tuple[list[str], Reply]:
    """The lines of an answer, which must hold what holds for every answer."""
    reply = desk.ask(question, on, document=document)
    assert faults(reply, desk.database) == []
    return render.text(reply.answer).splitlines(), reply


# ------------------------------------------------------------------ repeals


def test_a_document_that_another_repeals_answers_only_with_that_said_and_quoted(built: Build) -> None:
    desk = built(case("award_rules"), case("repealing_rules"))
    said, reply = lines(desk, "重新认定的高新技术企业奖励多少", document="award_rules")
    assert said[0].startswith("一次性10万元")
    assert said[1] == "注意：《江澜市科技创新奖励办法》已被《江澜市科技创新激励办法》废止。"
    quotes = [one.quote for one in reply.answer.citations if one.document == "repealing_rules"]
    assert len(quotes) == 1
    assert "同时废止" in quotes[0]


def test_of_two_that_fit_alike_the_one_in_force_answers_first(built: Build) -> None:
    desk = built(case("award_rules"), case("repealing_rules"))
    assert desk.ask("首次认定的高新技术企业奖励多少", TODAY).answer.awards[0].document == "repealing_rules"
    before = desk.ask("首次认定的高新技术企业奖励多少", date(2026, 6, 20))
    assert before.answer.awards[0].document == "award_rules"
    assert "废止" not in render.text(before.answer)


def test_what_is_not_yet_in_force_says_so(built: Build) -> None:
    desk = built(case("repealing_rules"))
    said, _ = lines(desk, "首次认定的高新技术企业奖励多少", date(2026, 6, 20))
    assert said[1] == "注意：《江澜市科技创新激励办法》自2026-07-01起施行，尚未施行。"


REPEALING = (
    "第一条 对首次认定的高新技术企业奖励30万元。\n第二条 本办法自2025年1月1日起施行。《科技创新奖励办法》同时废止。\n"
)
OLD = "第一条 对首次认定的高新技术企业奖励10万元。\n"


def row(name: str, title: str, issuer: str, day: str, text: str) -> Given:
    return {"id": name, "title": title, "issuer": issuer, "date": day, "text": f"{title}\n{text}"}


def test_a_repeal_of_another_government_s_document_is_none(built: Build) -> None:
    new = row("new", "白沙市科技激励办法", "白沙市人民政府", "2025-01-01", REPEALING)
    old = row("old", "青山区科技创新奖励办法", "青山区人民政府", "2020-01-01", OLD)
    desk = built(new, old)
    assert desk.shelf.succession.repeals == {}
    own = row("own", "白沙市科技创新奖励办法", "白沙市人民政府", "2020-01-01", OLD)
    desk = built(new, old, own)
    assert [desk.database.document(n).id for n in desk.shelf.succession.repeals] == ["own"]


def test_a_repeal_that_two_documents_fit_is_applied_to_neither(built: Build) -> None:
    new = row("new", "白沙市科技激励办法", "白沙市人民政府", "2025-01-01", REPEALING)
    first = row("first", "白沙市科技创新奖励办法", "白沙市人民政府", "2020-01-01", OLD)
    second = row("second", "白沙市科技创新奖励办法（试行）", "白沙市人民政府", "2018-01-01", OLD)
    succession = built(new, first, second).shelf.succession
    assert succession.repeals == {}
    assert [(one.why, len(one.documents)) for one in succession.doubts] == [("several", 2)]


# --------------------------------------------------------------- amendments


def test_an_amended_figure_is_told_first_and_both_are_quoted(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, reply = lines(desk, "云溪县2027年规模以上工业企业要达到多少家")
    assert said[0].startswith("2027年全县规模以上工业企业：超过380家") or said[0].startswith(
        "2027年规模以上工业企业：超过380家"
    )
    assert "原为超过360家" in said[0]
    assert "2026-02-01" in said[0]
    assert [(one.document, one.value) for one in reply.answer.figures[:2]] == [
        ("amending_notice", 380),
        ("measures", 360),
    ]
    assert reply.answer.citations[0].document == "amending_notice"
    assert "由超过360家调整为超过380家" in reply.answer.citations[0].quote
    assert any("超过360家" in one.quote for one in reply.answer.citations if one.document == "measures")


def test_before_the_amendment_holds_the_old_figure_answers_and_the_change_is_announced(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, reply = lines(desk, "云溪县2027年规模以上工业企业要达到多少家", date(2026, 1, 20))
    assert "超过360家" in said[0]
    assert said[1].startswith("注意：2026-02-01起")
    assert reply.answer.figures[0].value == 360


def test_other_figures_of_an_amended_document_are_told_as_they_stand(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, reply = lines(desk, "云溪县2026年规模以上工业企业要达到多少家")
    assert "335家" in said[0]
    assert {one.document for one in reply.answer.citations} == {"measures"}


def test_words_that_are_replaced_give_the_figure_in_them_its_new_value(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, reply = lines(desk, "云溪县2027年高新技术企业要达到多少家")
    assert "达到130家左右" in said[0]
    assert reply.answer.figures[0].value == 130
    assert reply.answer.figures[0].comparator == "~"


def test_a_cap_that_is_raised_is_told_first(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, reply = lines(desk, "云溪县数字化改造项目补助多少")
    assert "150万元" in said[0]
    assert [(one.document, one.cap) for one in reply.answer.awards[:2]] == [("amending_notice", 150), ("measures", 100)]


def test_a_clause_with_new_words_and_one_taken_out_say_so_first(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, _ = lines(desk, "云溪县每年保障先进制造业用地指标多少亩")
    assert "修改" in said[0]
    assert "不少于600亩" in said[0]
    said, _ = lines(desk, "云溪县先进制造业奖补资金由谁统筹安排")
    assert "删去" in said[0]


def test_a_claim_of_the_old_value_gets_no_yes(built: Build) -> None:
    desk = built(case("measures"), case("amending_notice"))
    said, _ = lines(desk, "云溪县2026年规模以上工业企业是335家吗")
    assert said[0].startswith("是")
    said, _ = lines(desk, "云溪县2027年规模以上工业企业是超过360家吗")
    assert not said[0].startswith("是")
    assert "380家" in said[0]


def test_a_short_name_that_the_notice_gives_stands_for_the_document(built: Build) -> None:
    text = (
        "经研究，对《云溪县推动先进制造业高质量发展若干措施》（云府发〔2025〕7号，以下简称《若干措施》）有关指标予以调整。\n"
        "将《若干措施》中2026年规模以上工业企业由335家调整为345家。\n"
    )
    desk = built(case("measures"), row("notice", NOTICE, "云溪县人民政府", "2026-01-01", text))
    said, reply = lines(desk, "云溪县2026年规模以上工业企业要达到多少家")
    assert "345家（原为达到335家" in said[0] or "345家（原为335家" in said[0]
    assert [one.value for one in reply.answer.figures[:2]] == [345, 335]


NOTICE = "云溪县人民政府关于调整部分指标的通知"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("将《云溪县数字经济发展规划》中2027年规模以上工业企业由360家调整为380家。", "unknown"),
        ("将《云溪县推动先进制造业高质量发展若干措施》中2027年规模以上工业企业由350家调整为380家。", "differs"),
        ("将《云溪县推动先进制造业高质量发展若干措施》中2027年森林覆盖率由40%调整为42%。", "nowhere"),
        ("将《云溪县推动先进制造业高质量发展若干措施》第（四十）项中“甲”修改为“乙”。", "nowhere"),
        ("将2027年规模以上工业企业由360家调整为380家。", "unknown"),
    ],
)
def test_an_amendment_in_doubt_is_not_applied(built: Build, text: str, why: str) -> None:
    notice = row("notice", NOTICE, "云溪县人民政府", "2026-01-01", text)
    desk = built(case("measures"), notice)
    assert desk.shelf.succession.changes == []
    assert [one.why for one in desk.shelf.succession.doubts] == [why]
    reply = desk.ask("云溪县2027年规模以上工业企业要达到多少家", TODAY, document="measures")
    assert reply.answer.figures[0].value == 360


def test_a_term_that_is_put_off_holds_on(built: Build) -> None:
    old = row(
        "old", "白沙市科技创新奖励办法", "白沙市人民政府", "2020-01-01", OLD + "第二条 本办法有效期至2025年12月31日。\n"
    )
    notice = row(
        "notice",
        "白沙市人民政府关于延长《白沙市科技创新奖励办法》有效期的通知",
        "白沙市人民政府",
        "2025-12-01",
        "经研究，《白沙市科技创新奖励办法》有效期延长至2027年12月31日。\n",
    )
    said, _ = lines(built(old), "白沙市首次认定的高新技术企业奖励多少")
    assert "有效期至2025-12-31，已过期" in said[1]
    said, reply = lines(built(old, notice), "白沙市首次认定的高新技术企业奖励多少")
    assert said[1] == f"注意：《{old['title']}》的有效期已由《{notice['title']}》延长至2027年12月31日。"
    assert any("延长至2027年12月31日" in one.quote for one in reply.answer.citations)


# ------------------------------------------------------------------ windows


@pytest.mark.parametrize(
    ("question", "first", "quoted"),
    [
        (
            "云溪县县级科技计划项目什么时候申报",
            "网上申报：2026年3月1日至4月10日",
            "网上申报时间为2026年3月1日至4月10日",
        ),
        (
            "县级科技计划项目纸质材料报送截止日期是哪天",
            "纸质材料报送：2026年4月20日",
            "纸质材料报送截止时间为2026年4月20日",
        ),
        (
            "科技型中小企业创新项目申报什么时候截止",
            "科技型中小企业创新项目：2026年5月31日前",
            "2026年5月31日前提交申请",
        ),
    ],
)
def test_the_time_to_apply_is_told_in_the_documents_words(built: Build, question: str, first: str, quoted: str) -> None:
    said, reply = lines(built(case("application_notice")), question)
    assert said[0] == first
    assert "时间已过。" in said
    assert quoted in " ".join(one.quote for one in reply.answer.citations)


def test_a_window_of_every_year_is_never_over(built: Build) -> None:
    said, _ = lines(built(case("repealing_rules")), "高新技术企业奖励什么时候申报")
    assert said[0] == "申报：每年3月1日至4月30日"
    assert "时间已过。" not in said
