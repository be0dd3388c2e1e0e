"""A goal that is a change by so much is never answered as a level, and each year of several gets its own number."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot import render
from knowledge.answer import AnswerDesk
from knowledge.answering.quoting import change, spoken
from knowledge.building import build
from knowledge.facts import Document
from knowledge.parsing.parser import parse

PLAN = {
    "id": "plan",
    "title": "云岭县绿色发展行动方案",
    "issuer": "云岭县人民政府",
    "date": "2023-05-01",
    "text": "云岭县绿色发展行动方案\n一、主要目标\n到2025年，单位GDP能耗下降13.5%。2025年、2030年，绿色工厂分别不少于30家、40家。\n"
    "二、保障措施\n加强组织领导。\n",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> AnswerDesk:
    folder = tmp_path_factory.mktemp("changes")
    source = folder / "all.jsonl"
    source.write_text(json.dumps(PLAN, ensure_ascii=False), encoding="utf-8")
    build([source], folder / "all.db")
    return AnswerDesk(folder / "all.db")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云岭县2025年单位GDP能耗目标是多少", "下降13.5%"),
        ("云岭县2030年绿色工厂要达到多少家", "不少于40家"),
        ("云岭县2025年绿色工厂要达到多少家", "不少于30家"),
    ],
)
def test_the_first_line_says_what_the_number_is(desk: AnswerDesk, question: str, said: str) -> None:
    answer = desk.ask(question, date(2024, 1, 1)).answer
    assert said in render.text(answer).splitlines()[0]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("到2025年，单位GDP能耗下降13.5%。", "下降13.5%", "@change.down"),
        ("到2025年，森林覆盖率提高2个百分点。", "提高2个百分点", "@change.up"),
        ("到2025年，失业率控制在5%以内。", "控制在5%以内", ""),
        ("到2025年，生产总值年均增长6.5%。", "增长6.5%", ""),
        ("到2025年、2030年，单位GDP能耗分别下降13.5%、14.5%。", "下降13.5%", "@change.down"),
    ],
)
def test_the_words_of_a_change_stand_before_its_number(text: str, words: str, kind: str) -> None:
    figure = parse(Document("x", text)).figures[0]
    assert (spoken(figure), change(figure)) == (words, kind)


RULES = {
    "id": "rules",
    "title": "云岭县工业奖补办法",
    "issuer": "云岭县人民政府",
    "date": "2023-05-01",
    "text": "云岭县工业奖补办法\n第一条 对新认定的绿色工厂给予20万元奖励。同一企业就高不重复。\n"
    "第二条 本办法规定的各项奖励于每年4月底前申报。\n"
    "第三条 对招用脱贫劳动力的企业，按每人每年2000元的标准给予补贴。\n"
    "第四条 补贴标准\n（一）护理补贴。失能老年人每人每月200元。\n",
}


def test_terms_set_for_all_awards_are_said_and_quoted(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("terms")
    source = folder / "all.jsonl"
    source.write_text(json.dumps(RULES, ensure_ascii=False), encoding="utf-8")
    build([source], folder / "all.db")
    answer = AnswerDesk(folder / "all.db").ask("绿色工厂奖励多少", date(2024, 1, 1)).answer
    assert answer.awards[0].apply_by == "每年4月底前"
    quotes = " ".join(one.quote for one in answer.citations)
    assert "每年4月底前申报" in quotes
    assert "就高不重复" in quotes
    assert [one.section for one in answer.citations] == ["第一条", "第二条", "第一条"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("招用脱贫劳动力补贴多少", "每人每年2000元：招用脱贫劳动力的企业"),
        ("护理补贴标准是多少", "每人每月200元：失能老年人护理补贴"),
    ],
)
def test_what_an_amount_is_for_each_of_is_said_with_it(
    tmp_path_factory: pytest.TempPathFactory, question: str, said: str
) -> None:
    folder = tmp_path_factory.mktemp("per")
    source = folder / "all.jsonl"
    source.write_text(json.dumps(RULES, ensure_ascii=False), encoding="utf-8")
    build([source], folder / "all.db")
    answer = AnswerDesk(folder / "all.db").ask(question, date(2024, 1, 1)).answer
    assert render.text(answer).startswith(said)
