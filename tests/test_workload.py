"""A unit's tasks with their figures: all, those of a year, by role, and those that units share; groups without members."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import render
from knowledge.answer import AnswerDesk, Reply
from tests.faithfulness import faults
from tests.terminal import run

TODAY = date(2026, 11, 24)
DESK = AnswerDesk(Path(__file__).parent.parent / "data" / "policies.db")


def ask(question: str, *before: str, desk: AnswerDesk = DESK) -> Reply:
    memory = None
    for turn in before:
        memory = desk.ask(turn, TODAY, memory).memory
    reply = desk.ask(question, TODAY, memory)
    assert faults(reply, desk.database) == [], render.text(reply.answer)
    assert len(render.text(reply.answer).split("\n")) <= 8
    return reply


def said(question: str, *before: str) -> str:
    return render.text(ask(question, *before).answer)


def test_few_tasks_are_told_with_what_they_are_and_their_figures() -> None:
    text = said("区科协负责什么")
    assert text.startswith("区科协：两项任务")
    assert "〔在库省级以上创新载体：2025年不少于5家、2030-2035年12家；国家级创新载体：2025年零的突破〕" in text
    assert "〔院士工作站：2030年2家以上〕" in text


def test_many_tasks_are_told_by_chapter_and_their_figures_on_going_on() -> None:
    reply = ask("区发改委负责什么")
    text = render.text(reply.answer)
    assert text.startswith("区发改委：十二项任务\n")
    assert "二(一)：强力攻坚研发投入、聚力招引科创企业、大力做强创新载体" in text
    assert "二(四)：健全培育机制、加大奖励扶持、科学组织申报" in text
    assert len({one.section for one in reply.answer.citations}) == 12
    assert "2025年1.2%、2030年1.7%、2035年2.2%" in said("继续", "区发改委负责什么")


@pytest.mark.parametrize(
    ("question", "head", "values"),
    [
        ("区科协2030年要完成什么", "区科协2030年：两项指标", {12, 2}),
        ("2035年区科协要完成什么", "区科协2035年：一项指标", {12}),
        ("区科协去年要完成哪些指标", "区科协2025年（已过）：两项指标", {5, None}),
        ("税务局2030年要完成什么", "区税务局2030年：一项指标", {1.7}),
        ("2026年区发改委要完成什么", "区发改委2026年：五项指标", {300, 2, 10, 1200, 5000}),
    ],
)
def test_with_a_year_the_figures_due_are_told(question: str, head: str, values: set[float | None]) -> None:
    answer = ask(question).answer
    assert render.text(answer).split("\n")[0] == head
    assert {one.value for one in answer.figures} == values


def test_a_year_in_which_nothing_falls_due_is_not_there_with_the_years_that_have_something() -> None:
    answer = ask("区科协2028年要完成什么").answer
    assert (answer.status, answer.units, answer.figures) == ("not_found", (), ())
    assert "2025年、2030年" in render.text(answer)
    assert answer.suggestions[0] == "区科协2025年要完成什么"


def test_the_year_may_come_in_the_next_turn() -> None:
    assert said("那2030年呢", "区科协负责什么").startswith("区科协2030年：两项指标")
    assert said("那区人社局呢", "区科协负责什么").startswith("区人社局：三项任务")


def test_a_name_that_the_text_has_for_a_unit_in_another_form_is_told() -> None:
    text = said("各街道负责哪些任务")
    assert text.startswith("各街道：九项任务")
    assert "做出产业园区特色〔属地街道〕" in text
    text = said("属地街道要做什么")
    assert text.startswith("属地街道：九项任务\n· 二(五)：做出产业园区特色；")
    assert "加大奖励扶持〔各街道〕" in text


def test_one_of_a_group_is_told_that_the_group_has_tasks_too() -> None:
    answer = ask("桃花街道负责什么").answer
    assert "写“各街道”的任务还有八项。" in render.text(answer)
    assert "各街道负责什么" in answer.suggestions


def test_a_company_named_as_responsible_has_tasks() -> None:
    text = said("中国移动负责什么")
    assert text.startswith("中国移动南昌西湖分公司：一项任务")
    assert "每年不低于300家" in text


def test_units_of_the_district_as_a_whole_are_told_in_the_documents_words() -> None:
    answer = ask("区直各单位有什么任务").answer
    assert answer.citations[0].section == "四(一)"
    assert "区直各单位要高度重视科学技术创新" in render.text(answer).split("\n")[0]


def test_the_tasks_that_two_units_share() -> None:
    answer = ask("区人社局和区教体局共同负责哪些任务").answer
    assert render.text(answer).startswith("区人社局、区教体局共同负责两项任务")
    assert [one.section for one in answer.citations] == ["二(六)2", "二(六)3"]


def test_two_units_without_a_common_task_are_said_to_have_none() -> None:
    answer = ask("区科协和区教体局共同负责哪些任务").answer
    assert (answer.status, answer.units) == ("not_found", ())
    assert render.text(answer).startswith("没有一项任务同时列了区科协、区教体局。\n区科协两项；区教体局两项任务")


def test_several_units_are_told_one_by_one() -> None:
    text = said("区科协和区人社局负责什么")
    assert text.startswith("区科协两项；区人社局三项任务\n· 区科协：二(一)3 大力做强创新载体；二(五)2")


def test_where_the_text_does_not_tell_roles_apart_it_is_said() -> None:
    assert said("区科协牵头什么").startswith("区科协：两项任务（只写责任单位，没有分牵头、配合）")


@pytest.fixture
def roles(tmp_path: Path) -> AnswerDesk:
    source, database = tmp_path / "measures.txt", tmp_path / "own.db"
    source.write_text(
        "青山市促进科技创新若干措施\n一、主要任务\n(一)加大研发投入。2027年研发经费支出达到20亿元。（市科技局牵头，市财政局配合）\n"
        "(二)建设创新平台。2027年省级研发平台达到30家。（市教育局牵头，市科技局配合）\n"
        "(三)考核监测。对创新投入、创新产出等十二项指标进行监测，由领导小组成员单位落实。\n"
        "(四)三项改革。推进人才评价改革、成果转化改革、经费管理改革三项改革。\n",
        encoding="utf-8",
    )
    assert run("--db", str(database), "build", str(source)).code == 0
    return AnswerDesk(database)


def test_tasks_are_told_by_role_and_one_role_alone_where_it_is_asked(roles: AnswerDesk) -> None:
    text = render.text(ask("市科技局负责什么", desk=roles).answer)
    assert text.startswith("市科技局：两项任务")
    assert text.index("牵头 一(一) 加大研发投入") < text.index("配合 一(二) 建设创新平台")
    helping = ask("市科技局配合哪些任务", desk=roles).answer
    assert helping.citations[0].section == "一(二)"
    assert "一(一)" not in render.text(helping)


UNLISTED = [
    ("17项指标是哪些", "17项指标", "四(二)"),
    ("17项指标具体是哪些", "17项指标", "四(二)"),
    ("十七项指标有哪些", "17项指标", "四(二)"),
    ("监控的是哪17项指标", "17项指标", "四(二)"),
    ("十大专项行动是哪些", "十大专项行动", "四(三)"),
    ("领导小组成员单位有哪些", "领导小组成员单位", "二(一)2"),
    ("招商引资提温领导小组成员单位有哪些", "招商引资提温领导小组成员单位", "二(一)2"),
    ("联席会议有哪些成员", "联席会议", "四(一)"),
    ("10名高层次人才是谁", "10名高层次人才", "二(六)1"),
]


@pytest.mark.parametrize(("question", "group", "section"), UNLISTED)
def test_a_group_whose_members_no_text_lists_is_said_to_be_unlisted(question: str, group: str, section: str) -> None:
    answer = ask(question).answer
    assert answer.status == "not_found"
    assert render.text(answer).split("\n")[0] == f"文件只写“{group}”，没有列出是哪些。"
    assert answer.citations[0].section == section
    assert group in "".join(answer.citations[0].quote.split())
    assert (answer.figures, answer.units) == ((), ())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("流量经济五大行动是哪五个", "流量经济品牌推广行动"),
        ("17项指标分哪四个方面", "创新环境、创新投入、创新成效、经济社会发展"),
        ("工业科技服务专班由哪些单位组成", "发改、属地街道"),
    ],
)
def test_a_group_whose_members_are_listed_is_told(question: str, words: str) -> None:
    answer = ask(question).answer
    assert answer.status == "answered"
    assert words in render.text(answer)


def test_unlisted_groups_of_another_document_are_told_alike(roles: AnswerDesk) -> None:
    unlisted = render.text(ask("十二项指标是哪些", desk=roles).answer)
    assert unlisted.startswith("文件只写“十二项指标”，没有列出是哪些。")
    assert ask("领导小组成员单位有哪些", desk=roles).answer.status == "not_found"
    listed = ask("三项改革是哪些", desk=roles).answer
    assert listed.status == "answered"
    assert "成果转化改革" in render.text(listed)
