"""Lists are complete and come in pages: the count first, each thing once and cited, and after the last page that there is no more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot import render
from knowledge.answer import AnswerDesk, Memory, Reply
from tests.faithfulness import faults
from tests.terminal import alone, run

TODAY = date(2026, 11, 24)
DESK = AnswerDesk(Path(__file__).parent.parent / "data" / "policies.db")
SOURCES = Path(__file__).parent.parent / "data" / "sources"
MOST_PAGES = 30


def pages(question: str, again: str = "还有吗", today: date = TODAY) -> list[Reply]:
    """The pages of a list, the turn that says that there is no more as the last."""
    found: list[Reply] = []
    memory: Memory | None = None
    while len(found) < MOST_PAGES and not (found and found[-1].answer.lines[0].key == "page.end"):
        found.append(DESK.ask(question if not found else again, today, memory))
        memory = found[-1].memory
    return found


def first_line(reply: Reply) -> str:
    return render.text(reply.answer).split("\n")[0]


def told(replies: list[Reply]) -> str:
    return "\n".join(value for one in replies for line in one.answer.lines for _, value in line.values)


TARGETS_2025 = {
    "一(二)": ["110家", "220家", "38.5亿元", "600件", "超过200家", "10%", "20家/超30家", "新增挂牌上市企业5家"],
    "二(一)1": ["超过10亿元", "1.2%"],
    "二(一)2": ["50家", "专精特新企业不低于15家", "“瞪羚”企业不低于2家", "“小巨人”企业不低于1家"],
    "二(一)3": ["不少于5家", "零的突破"],
    "二(二)3": ["10家以上"],
    "二(三)2": ["挂牌上市企业5家"],
    "二(五)1": ["6家以上"],
    "二(五)3": ["8个", "120亿元"],
    "二(六)1": ["高层次人才10名", "紧缺型人才10名", "高技能人才10名", "100名", "国家级高层次人才零的突破", "2个"],
    "二(六)2": ["2-3个"],
    "二(六)3": ["超500个"],
}
"""The figures that the plan sets for 2025, by the section that states each first."""
TARGETS_2030 = {
    "一(二)": ["120家", "250家/260家", "45亿元", "650件", "挂牌上市企业8家"],
    "二(一)1": ["1.7%"],
    "二(一)2": ["60家"],
    "二(一)3": ["12家（2030-2035年）"],
    "二(二)3": ["5个以上"],
    "二(四)1": ["每年增加不低于2家（2026-2035年）"],
    "二(五)1": ["12家（2030-2035年）"],
    "二(五)2": ["2家以上"],
    "二(五)3": ["突破10个（2030-2035年）", "接近200亿元（2030-2035年）"],
    "二(六)1": ["超15个（2030-2035年）"],
    "二(六)2": ["2000人以上（2030-2035年）", "超1000人（2030-2035年）"],
    "二(六)3": ["超过100个（2030-2035年）"],
}


@pytest.mark.parametrize(
    ("question", "head", "expected"),
    [
        ("2025年有哪些目标", "2025年（已过）：二十九项目标", TARGETS_2025),
        ("2030年的指标有哪些", "2030年：十八项目标", TARGETS_2030),
    ],
)
def test_the_targets_of_a_year_are_told_complete_by_section(
    question: str, head: str, expected: dict[str, list[str]]
) -> None:
    *replies, _ = pages(question)
    assert {first_line(one) for one in replies} == {head}
    rows = [dict(line.values) for one in replies for line in one.answer.lines if line.key == "list.items"]
    by_section: dict[str, list[str]] = {}
    for row in rows:
        by_section.setdefault(row["place"].split(" ")[0], []).extend(row["words"].split("；"))
    assert list(by_section) == list(expected)
    for section, values in expected.items():
        assert len(by_section[section]) == len(values), section
        for words, value in zip(by_section[section], values, strict=True):
            assert value in words, section


LISTS = [
    ("引用了哪些文件", "文件引用了七份文件", 7),
    ("有哪些行动计划", "十六项行动计划", 16),
    ("有哪些大赛", "两项大赛", 2),
    ("哪些任务由两个以上单位负责", "十七项任务（由两个以上单位）", 17),
    ("哪些任务由五个以上单位负责", "四项任务（由五个以上单位）", 4),
    ("哪些任务只有一个单位负责", "一项任务（只有一个单位）", 1),
    ("有多少项任务", "十八项任务", 18),
    ("有哪些责任单位", "二十个责任单位", 20),
    ("方案分几部分", "文件分四部分", 4),
]


@pytest.mark.parametrize(("question", "head", "count"), LISTS)
def test_a_list_says_how_many_first_and_then_each_once(question: str, head: str, count: int) -> None:
    *replies, end = pages(question)
    assert {first_line(one) for one in replies} == {head}
    rows = [dict(line.values) for one in replies for line in one.answer.lines if line.key == "list.items"]
    items = [(row["place"], item) for row in rows for item in row["words"].split("；")]
    assert len(items) == len(set(items)) == count
    assert first_line(end).startswith("没有了")


@pytest.mark.parametrize(
    "question", ["2025年有哪些目标", "2030年的指标有哪些", "一共有多少个目标", *[row[0] for row in LISTS]]
)
def test_each_page_keeps_the_limits_and_says_no_number_of_its_own(question: str) -> None:
    for reply in pages(question):
        text = render.text(reply.answer)
        assert faults(reply, DESK.database) == [], text
        assert len(text.split("\n")) <= 8, text
        assert len(first_line(reply)) <= 40


def test_documents_are_listed_each_once_with_title_and_number() -> None:
    text = told(pages("引用了哪些文件")[:-1])
    for title in (
        "江西省中长期科学和技术发展规划(2022-2035年)》（赣发2022〕23号）",
        "关于鼓励知识产权服务机构落户及引进企业的奖励办法(试行)",
        "支持专精特新中小企业高质量发展若干措施(试行)",
        "培育壮大市场主体三年行动计划(2022-2024年)",
        "江西省科技创新促进条例",
        "关于进一步加强省研发投入后补助经费管理的通知",
        "南昌市企业研发经费投入后补助实施办法(试行)",
    ):
        assert text.count(title) == 1


def test_a_name_for_actions_that_are_listed_is_none_of_them_and_one_for_others_is() -> None:
    text = told(pages("有哪些行动计划")[:-1])
    assert "五大行动" not in text
    assert "十大专项行动" in text
    assert "培育壮大市场主体三年行动计划(2022-2024年)" in text


def test_both_sides_of_a_conflict_are_told_with_their_places() -> None:
    answer = pages("2030年的指标有哪些")[0].answer
    assert "前后不一：2030年一处250家（一(二)），一处260家（二(四)1）。" in render.text(answer)
    assert [(one.value, other.value) for one, other in answer.conflicts] == [(250, 260)]


def test_a_list_on_a_subject_holds_what_is_about_it() -> None:
    *replies, _ = pages("数字经济2025年有哪些目标")
    assert first_line(replies[0]) == "2025年（已过）：四项目标"
    values = [(one.value, one.unit) for reply in replies for one in reply.answer.figures]
    assert values == [(200, "家"), (10, "家"), (8, "个"), (120, "亿元")]


def test_the_targets_of_one_indicator_are_its_series() -> None:
    assert "2025年突破220家；2030年250家/260家" in first_line(DESK.ask("科小的目标有哪些", TODAY))


def test_a_year_without_targets_is_not_there_and_the_years_that_have_some_are_told() -> None:
    answer = DESK.ask("2040年有哪些目标", TODAY).answer
    assert answer.status == "not_found"
    assert render.text(answer).startswith("文件没有写2040年的目标。")
    assert "2025年、2026-2035年、2030年、2030-2035年、2035年" in render.text(answer)
    assert "2030年有哪些目标" in answer.suggestions
    assert answer.figures == ()


@pytest.mark.parametrize("turn", ["还有吗", "还有吗？", "下一页", "继续", "更多", "接着说", "还有其他的吗", "next"])
def test_many_words_ask_for_the_next_page(turn: str) -> None:
    first = DESK.ask("2025年有哪些目标", TODAY)
    assert "二(一)1" in render.text(DESK.ask(turn, TODAY, first.memory).answer)


def test_pages_go_back_and_by_number_and_stay_at_the_end() -> None:
    replies = pages("2025年有哪些目标")
    memory = replies[-1].memory
    assert first_line(DESK.ask("还有吗", TODAY, memory)) == "没有了，二十九项都列出了。"
    before = DESK.ask("上一页", TODAY, memory)
    assert render.text(before.answer) == render.text(replies[-2].answer)
    second = DESK.ask("第二页", TODAY, memory)
    assert render.text(second.answer) == render.text(replies[1].answer)


def test_another_year_begins_another_list_at_its_first_page() -> None:
    memory = pages("2025年有哪些目标")[1].memory
    reply = DESK.ask("那2030年呢", TODAY, memory)
    assert first_line(reply) == "2030年：十八项目标"
    assert "一(二) 发展目标" in render.text(reply.answer)


def test_one_of_what_is_listed_can_be_picked() -> None:
    reply = DESK.ask("2025年有哪些目标", TODAY)
    assert "38.5亿元" in first_line(DESK.ask("第三个", TODAY, reply.memory))


def test_pages_go_on_in_a_database_that_was_built_anew(tmp_path: Path) -> None:
    for name in ("plan.txt", "plan.toml"):
        (source,) = SOURCES.glob(f"*{Path(name).suffix}")
        (tmp_path / name).write_bytes(source.read_bytes())
    assert run("--db", str(tmp_path / "own.db"), "build", str(tmp_path / "plan.txt")).code == 0
    anew = AnswerDesk(tmp_path / "own.db")
    memory = pages("2025年有哪些目标")[1].memory
    assert "数字经济产业园数量8个" in render.text(anew.ask("下一页", TODAY, memory).answer)


@pytest.mark.parametrize("turn", ["还有吗", "继续", "下一页"])
def test_an_answer_that_is_no_list_has_no_next_page_and_what_is_asked_next_goes_on_from_it(turn: str) -> None:
    memory = DESK.ask("2030年高企要到多少家", TODAY).memory
    reply = DESK.ask(turn, TODAY, memory)
    assert first_line(reply) == "没有了，上一个回答已经说全。"
    assert reply.answer.citations
    assert "130家" in first_line(DESK.ask("那2035年呢", TODAY, reply.memory))


def test_pages_go_on_in_the_terminal_and_in_each_chat_of_a_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(monkeypatch, tmp_path)
    typed = "2025年有哪些目标\n还有吗\n"
    assert "“瞪羚”企业不低于2家" in run("chat", typed=typed).out
    rows = [
        {"q": "2025年有哪些目标", "chat": "a"},
        {"q": "引用了哪些文件", "chat": "b"},
        {"q": "还有吗", "chat": "a"},
        {"q": "还有吗", "chat": "b"},
    ]
    out = run("ask", "--batch", "-", typed="\n".join(json.dumps(row, ensure_ascii=False) for row in rows)).out
    answers = [json.loads(line) for line in out.splitlines()]
    assert "“瞪羚”企业不低于2家" in answers[2]["text"]
    assert answers[3]["text"].startswith("没有了，七项都列出了。")
