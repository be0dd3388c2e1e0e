"""Writes the generated parts of the documentation, or with --check says which are out of date.

A generated part stands between `<!-- generated: NAME -->` and `<!-- end -->`; NAME is a row of BLOCKS.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answer import AnswerDesk

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/answers.md", "docs/enterprise.md", "docs/abstention.md", "docs/schema.md")

MARK = re.compile(
    r"(?P<open><!-- generated: (?P<name>[\w-]+) -->\n)(?P<body>(?:(?!<!-- generated:).)*?)(?P<close><!-- end -->)",
    re.DOTALL,
)
OPENING = re.compile(r"<!-- generated:")


class DocsError(Exception):
    """A page is missing, a marker is not closed, or its name is unknown."""


def cli() -> str:
    """`wence --help`, as a terminal of 80 columns shows it."""
    command = Path(sys.executable).with_name("wence")
    done = subprocess.run(
        [command, "--help"],
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise DocsError(f"wence --help ended with {done.returncode}: {done.stderr.strip()}")
    return f"```text\n{done.stdout.rstrip()}\n```"


def settings() -> str:
    """What the environment decides, as a table."""
    from bot.settings import SETTINGS

    rows = [f"| `{one.name}` | {_cell(one.meaning)} | {_cell(one.default)} |" for one in SETTINGS]
    return "\n".join(["| variable | meaning | default |", "| --- | --- | --- |", *rows])


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


TALKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "奖补 · awards": (
        ("高企认定有什么补贴",),
        ("高企奖10万就封顶了吗",),
        ("高企有什么补贴,找谁办",),
        ("区里每年拿多少钱出来做科技奖补",),
        ("企业自己掏钱搞研发，有没有后补助可以拿",),
    ),
    "目标 · targets": (
        ("每年新增上云企业多少家",),
        ("2025年R&D经费支出要超过多少",),
        ("技术合同登记额各阶段的目标",),
        ("高企2035年比2025年多几家",),
        ("2035年科技型中小企业目标多少家",),
        ("科技型中小企业2030年是260家吗",),
    ),
    "接着问 · a conversation": (("2025年高企多少家", "那2035年呢", "谁负责"),),
    "单位和任务 · units and their tasks": (
        ("研发投入攻坚行动归谁管",),
        ("区科协要干哪些事",),
        ("区科协负责院士工作站吗",),
        ("区科协2030年要完成什么",),
        ("区人社局和区教体局共同负责哪些任务",),
        ("各街道负责哪些任务", "继续"),
    ),
    "措施、行动、周期 · measures, programmes, rhythm": (
        ("用什么办法把大学生吸引来西湖",),
        ("映山红行动是干嘛的",),
        ("监控的17项指标分哪几个方面",),
        ("领导小组多久听一次汇报",),
        ("高企怎么申报啊",),
    ),
    "文件本身，列举，前后不一 · the document, lists, conflicts": (
        ("这个方案是根据省里哪个规划定的",),
        ("方案哪天发的，哪个单位发的",),
        ("方案引用了哪些文件",),
        ("2030年的指标有哪些", "还有吗"),
        ("17项指标是哪些",),
        ("文件里有没有前后矛盾的数字",),
    ),
    "没写，没问清 · not in the documents, not clear": (
        ("高企所得税能减免多少",),
        ("2028年发明专利要多少件",),
        ("2025年要多少家",),
    ),
    "错字、拼音、英文 · typos, pinyin, English": (
        ("高薪技术企业有补贴吗",),
        ("gaoqi butie",),
        ("what subsidy for high-tech recognition",),
        ("How many high-tech enterprises by 2030?",),
    ),
}
"""The conversations of docs/answers.md, by kind: what people ask of the shipped plan. The first stands in the README."""
DAY = date(2026, 11, 24)
"""The day on which they are asked."""


def answers() -> str:
    """Every conversation with its answers."""
    kinds = (f"## {kind}\n\n{_talks(talks)}" for kind, talks in TALKS.items())
    return "\n\n".join(kinds)


def answer() -> str:
    """The first question with its answer, for the README."""
    return _talks(next(iter(TALKS.values()))[:1])


def _talks(talks: Iterable[Sequence[str]]) -> str:
    """Conversations as they are read in a terminal, each with a memory of its own."""
    from bot.conversation import Conversations
    from bot.render import text

    told = []
    for number, turns in enumerate(talks):
        memory = Conversations(_desk())
        for turn in turns:
            reply = memory.ask(turn, DAY, str(number))
            told.append(f"**{turn}**\n\n```text\n{text(reply.answer)}\n```")
    return "\n\n".join(told)


@cache
def _desk() -> AnswerDesk:
    from knowledge.answer import AnswerDesk

    return AnswerDesk(ROOT / "data" / "policies.db")


def enterprise() -> str:
    """What comes of the questions that an enterprise asks: the shares, and each question with its answer's first line."""
    from bot.conversation import as_json
    from bot.evaluation import OUTCOMES, outcome

    asked = (ROOT / "tests" / "cases" / "questions" / "enterprise.txt").read_text(encoding="utf-8").splitlines()
    told = [(one, as_json(_desk().ask(one, DAY).answer)) for one in asked]
    came = {name: [pair for pair in told if outcome(pair[1]) == name] for name in OUTCOMES}
    shares = [f"| {name} | {len(pairs)} | {100 * len(pairs) / len(asked):.0f}% |" for name, pairs in came.items()]
    parts = ["\n".join(["| outcome | questions | share |", "| --- | --- | --- |", *shares])]
    for name, pairs in came.items():
        rows = [f"| {_cell(one)} | {_cell(answer['text'].splitlines()[0])} |" for one, answer in pairs]
        parts += [f"## {name}\n\n" + "\n".join(["| | |", "| --- | --- |", *rows])] if rows else []
    return "\n\n".join(parts)


def abstention() -> str:
    """How often questions are answered or asked back as the thresholds move."""
    from abstention import tables

    return tables(_desk(), DAY)


def schema() -> str:
    """The tables of the database, a line a column."""
    from knowledge.schema import TABLES, VERSION

    names = {str: "text", int: "integer", float: "number", bytes: "bytes"}
    parts = [f"Version {VERSION} (`PRAGMA user_version`)."]
    for table in TABLES:
        foreign = dict(table.foreign)
        key = (table.key,) if isinstance(table.key, str) else table.key
        rows = [f"| `{name}` | {names[kind]} | {_role(name, key, foreign)} |" for name, kind in table.columns.items()]
        head = ["| column | type | |", "| --- | --- | --- |"]
        parts.append("\n".join([f"## {table.name}", "", f"{table.holds}.", "", *head, *rows]))
    return "\n\n".join(parts)


def _role(name: str, key: Sequence[str], foreign: Mapping[str, str]) -> str:
    return "key" if name in key and name not in foreign else f"→ {foreign[name]}" if name in foreign else ""


BLOCKS: dict[str, Callable[[], str]] = {
    "abstention": abstention,
    "cli": cli,
    "settings": settings,
    "answer": answer,
    "answers": answers,
    "enterprise": enterprise,
    "schema": schema,
}


def filled(text: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """The page with each generated part made anew."""

    def fresh(found: re.Match[str]) -> str:
        if found["name"] not in blocks:
            raise DocsError(f'no block "{found["name"]}"; there are: {", ".join(blocks)}')
        return f"{found['open']}{blocks[found['name']]()}\n{found['close']}"

    if len(OPENING.findall(text)) != len(MARK.findall(text)):
        raise DocsError("a generated block is not closed with <!-- end -->")
    return MARK.sub(fresh, text)


def stale(page: Path, *, check: bool) -> bool:
    """Whether the page differed from what the code says; without `check` it is mended."""
    try:
        before = page.read_text(encoding="utf-8")
        after = filled(before, BLOCKS)
    except (OSError, DocsError) as error:
        raise DocsError(f"{page.relative_to(ROOT)}: {error}") from error
    if before != after and not check:
        page.write_text(after, encoding="utf-8")
    return before != after


def main(arguments: list[str]) -> int:
    """Go over all pages: 0 all is well, 1 something is out of date, 2 something is broken."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("usage: docs.py [--check]", file=sys.stderr)
        return 2
    try:
        changed = [page for page in PAGES if stale(ROOT / page, check=check)]
    except DocsError as error:
        print(error, file=sys.stderr)
        return 2
    for page in changed:
        print(f"{page}: out of date, run: make docs" if check else f"{page}: written")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
