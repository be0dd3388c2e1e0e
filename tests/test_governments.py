"""Several governments' documents in one database: the one named answers, and what no longer holds is said so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot import render
from knowledge.answer import AnswerDesk
from knowledge.building import build
from knowledge.parsing.parser import parse
from knowledge.question.titles import variants
from knowledge.reading import document

TODAY = date(2026, 11, 24)
RULES = "第一条 对首次认定的高新技术企业，给予{amount}万元奖励。\n第二条 {end}\n"
DOCUMENTS = (
    {
        "id": "old",
        "title": "青山区科技创新奖励办法",
        "issuer": "青山区人民政府",
        "date": "2018-01-01",
        "status": "已废止",
        "text": "青山区科技创新奖励办法\n" + RULES.format(amount=10, end="本办法由区科技局负责解释。"),
    },
    {
        "id": "ended",
        "title": "云岭县人民政府关于印发《云岭县高新技术企业培育措施》的通知",
        "issuer": "云岭县人民政府",
        "date": "2022-05-01",
        "text": "云岭县高新技术企业培育措施\n" + RULES.format(amount=20, end="本措施自印发之日起施行，有效期3年。"),
    },
    {
        "id": "holds",
        "title": "白沙市“十四五”工业强市若干政策",
        "issuer": "白沙市人民政府",
        "date": "2024-05-01",
        "status": "有效",
        "text": "白沙市“十四五”工业强市若干政策\n" + RULES.format(amount=30, end="本政策有效期至2027年12月31日。"),
    },
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> AnswerDesk:
    folder = tmp_path_factory.mktemp("governments")
    source = folder / "all.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in DOCUMENTS), encoding="utf-8")
    build([source], folder / "all.db")
    return AnswerDesk(folder / "all.db")


@pytest.mark.parametrize(
    ("question", "name", "amount", "note"),
    [
        ("青山区科技创新奖励办法里高企认定奖励多少", "old", 10, "《青山区科技创新奖励办法》已废止"),
        ("《高新技术企业培育措施》对首次认定的高企奖多少钱", "ended", 20, "有效期至2025-04-30，已过期"),
        ("十四五工业强市若干政策里首次认定高企给多少", "holds", 30, None),
        ("白沙市高企认定有什么补贴", "holds", 30, None),
    ],
)
def test_the_document_named_answers_and_says_where_it_no_longer_holds(
    desk: AnswerDesk, question: str, name: str, amount: int, note: str | None
) -> None:
    answer = desk.ask(question, TODAY).answer
    text = render.text(answer)
    assert (answer.awards[0].document, answer.awards[0].amount) == (name, amount)
    assert f"{amount}万元" in text.split("\n")[0]
    assert [line for line in text.split("\n") if line.startswith("注意：")] == (
        [] if note is None else [text.split("\n")[1]]
    )
    assert note is None or note in text


def test_in_english_too_a_repealed_document_is_said_to_be(desk: AnswerDesk) -> None:
    reply = desk.ask("what subsidy for high-tech recognition", TODAY, document="old")
    assert "has been repealed" in render.text(reply.answer)


def test_without_a_document_named_the_one_in_force_answers_first(desk: AnswerDesk) -> None:
    assert desk.ask("首次认定高企给多少", TODAY).answer.awards[0].document == "holds"
    assert desk.ask("首次认定高企给多少", date(2024, 5, 2)).answer.awards[0].document == "ended"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青山区科技创新奖励办法是哪天发布的", "2018-01-01"),
        ("高新技术企业培育措施是谁印发的", "云岭县人民政府"),
        ("白沙市“十四五”工业强市若干政策还有效吗", "有效性：有效"),
    ],
)
def test_the_page_of_the_document_named_is_told(desk: AnswerDesk, question: str, value: str) -> None:
    assert value in render.text(desk.ask(question, TODAY).answer).split("\n")[0]


def test_a_continuing_turn_stays_with_the_document(desk: AnswerDesk) -> None:
    first = desk.ask("高新技术企业培育措施对高企奖励多少", TODAY)
    second = desk.ask("原文呢", TODAY, first.memory)
    assert {citation.document for citation in second.answer.citations} == {"ended"}


@pytest.mark.parametrize(
    ("said", "published", "last"),
    [
        ("本办法自2021年5月1日起施行，有效期3年。", "2021-03-01", "2024-04-30"),
        ("本措施自印发之日起施行，有效期五年。", "2020-02-29", "2025-02-27"),
        ("本办法自发布之日起30日后施行，有效期为2年。", "2020-01-01", "2022-01-30"),
        ("本政策有效期自2020年1月1日至2022年6月30日。", "2020-01-01", "2022-06-30"),
        ("本通知执行至2026年底。", None, "2026-12-31"),
        ("本措施自印发之日起施行，有效期五年。", None, None),
        ("许可证有效期5年。", "2020-01-01", None),
        ("本方案分阶段实施到2025年，企业达到30家。", "2020-01-01", None),
        ("项目实施期限至2024年12月31日。", "2020-01-01", None),
    ],
)
def test_a_documents_last_day_is_what_it_says_of_itself(said: str, published: str | None, last: str | None) -> None:
    given = {"date": published} if published else {}
    assert parse(document(f"一、附则\n{said}\n", "x", given=given)).document.effective_to == last


@pytest.mark.parametrize(
    ("said", "published", "first"),
    [
        ("本办法自2021年5月1日起施行，有效期3年。", "2021-03-01", "2021-05-01"),
        ("本措施自印发之日起30日后施行，试行期一年。", "2020-01-01", "2020-01-31"),
        ("本规定自公布之日起施行。", "2020-01-01", "2020-01-01"),
        ("本规定自公布之日起施行。", None, None),
        ("本办法规定的补贴标准自2024年1月1日起执行。", "2023-12-01", None),
        ("新的行业标准自2024年1月1日起实施。", "2023-12-01", None),
    ],
)
def test_a_documents_first_day_is_what_it_says_of_itself(said: str, published: str | None, first: str | None) -> None:
    given = {"date": published} if published else {}
    assert parse(document(f"一、附则\n{said}\n", "x", given=given)).document.effective_from == first


def test_days_that_are_given_with_a_document_stay() -> None:
    given = replace(document("一、附则\n本办法有效期至2025年12月31日。\n", "x"), effective_to="2026-12-31")
    assert parse(given).document.effective_to == "2026-12-31"


def test_a_title_goes_by_its_names_without_brackets_issuing_words_and_places() -> None:
    assert list(variants("青山区人民政府办公室关于印发《青山区科技创新奖励办法（试行）》的通知")) == [
        "青山区人民政府办公室关于印发青山区科技创新奖励办法",
        "青山区科技创新奖励办法",
        "科技创新奖励办法",
    ]
    assert list(variants("西湖区实施方案")) == ["西湖区实施方案"]
