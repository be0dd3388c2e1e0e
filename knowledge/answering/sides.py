"""Sides of what is given: who may have it, how to apply, until when, for how long; the sentences that say so.

For where the facts about a subject are silent on the side that was asked, and another sentence of the document is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, line
from knowledge.answering.governments import government
from knowledge.answering.matching import kindred_level
from knowledge.answering.quoting import LONGEST
from knowledge.answering.shelf import Sentence, Shelved, citation
from knowledge.answering.standing import in_force
from knowledge.facts import Citation
from knowledge.question.focus import HEADED
from knowledge.rules import Rule, rule
from knowledge.text import bare, compact

RECEIVER = rule(
    "receiver",
    r"(?:哪些|什么样?的?|哪类|哪种)(?:人|老人|企业|单位|对象|群体|项目)(?:员|群)?(?:可以|能够?|才能|有资格|符合|享受)|谁(?:可以|能够?|有资格)(?:领|申|享|拿|报)"
    r"|(?:补贴|补助|奖励|支持|申请|申报|资助)对象|(?:领|申请|申报|享受)[^,;。]{0,6}(?:需要|要|有)?什么条件",
    "asks who may have something",
    ("养老补贴哪些人可以领", "哪些人可以"),
    ("谁能申请租金补贴", "谁能申"),
    ("谁负责发放", ""),
)
APPLY = rule(
    "apply",
    r"(?:怎么|如何|怎样|咋)(?:才能|去|来)?(?:申请|申报|申领|领取?|办理|报名)|(?:到|去|在|向)(?:哪里?|哪儿|谁|哪个部门)(?:申请|申报|领取?|办理)|(?:申请|申报|办理|申领)(?:流程|程序|步骤|方式)",
    "asks how to apply",
    ("养老补贴怎么申请", "怎么申请"),
    ("技术改造补助申报流程", "申报流程"),
    ("怎么支持企业申报", ""),
)
DURATION = rule(
    "duration",
    r"(?:拿|领|发|补|享受|给|奖)[^,;。]{0,4}(?:几年|多少年|多久|多长时间|几个月|多少个月)",
    "asks for how long something is given",
    ("养老补贴能拿几年", "补贴能拿几年"),
    ("博士补贴发多久", "补贴发多久"),
    ("多久报告一次", ""),
)
DEADLINE = rule(
    "deadline",
    r"(?:什么时候|何时|几月|哪天|啥时候)(?:份|之前|前)?(?:申请|申报|受理|报名)|(?:申请|申报|受理|报名)[^,;。]{0,4}(?:截止|期限|时间)|截止(?:日期|时间)",
    "asks until when one may apply",
    ("什么时候申报", "什么时候申报"),
    ("申报截止时间", "申报截止时间"),
    ("什么时候发布申报通知", ""),
)
RULES = (DEADLINE, DURATION, RECEIVER, APPLY)
"""Read in order."""
WHOEVER = rule(
    "whoever",
    r"可以?(?:申请|申报|享受)|(?:对象|适用)[为是于:]?|具有[^,;。]{0,12}户籍|年满|符合|具备|(?:注册|登记|就业|居住)的",
    "who may have something",
    ("具有本区户籍、年满80周岁且生活不能自理的老年人", "具有本区户籍"),
    ("申报奖励的单位应当同时符合下列条件", "符合"),
    ("市科技局负责解释", ""),
)
STEP = rule(
    "step",
    r"(?:提出|递交)[^,;。]{0,8}申[请报]|提交|向[^,;。]{2,16}(?:申请|申报|提出)|(?:申请|申报)(?:人|单位|企业)[^,;。]{0,6}(?:应当|须|按|向|于|准备)|受理",
    "a step of applying",
    ("申请人向户籍所在地街道提出申请", "申请人向"),
    ("申报单位按照附件1准备材料", "申报单位按照附件1准备"),
    ("进一步加大支持力度", ""),
)
TERM = rule(
    "term",
    r"(?:最长|最多|连续|期限|不超过|累计|发放|享受|补贴|执行|给予)[^,;。0-9]{0,8}(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,2})(?:个月|年(?!度|[0-9]))",
    "for how long something is given",
    ("每月给予3000元生活补贴,连续发放三年", "连续发放三年"),
    ("期限不超过2年", "期限不超过2年"),
    ("有效期三年", ""),
)
UNTIL = rule(
    "until",
    r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日|底|末|份)?|季度末|年底)[^,;。]{0,16}(?:申[请报]|提[出交]|报送|受理)|(?:申[请报]|受理|截止|报名)[^,;。]{0,14}?(?:[0-9]{1,2}月|年底|季度)",
    "when one may apply",
    ("应当于每年4月30日前提出申请", "4月30日前提出申请"),
    ("申报截止时间为每年5月31日", "申报截止时间为每年5月"),
    ("自2024年4月20日起施行", ""),
)
EVIDENCE = {"receiver": WHOEVER, "apply": STEP, "duration": TERM, "deadline": UNTIL}
SIDES = (WHOEVER, STEP, TERM, UNTIL)
COVERED = 0.6
"""The share of the subject that a sentence, with its headings and the title, must hold."""
HEADING, ABOVE, TITLE = 0.9, 0.85, 0.8
MOST_DOCUMENTS = 6


@dataclass(frozen=True)
class Said:
    """A sentence that shows the side asked for, with how well it fits."""

    home: Shelved
    sentence: Sentence
    fit: float


def asked(folded: str) -> Rule | None:
    """The side that a question asks for, None for none of these."""
    return next((row for row in RULES if row.pattern.search(folded)), None)


def shown(desk: Desk, draft: Draft) -> bool:
    """Whether a draft's quotes show the side asked for."""
    row = asked(desk.question.folded)
    if row is not None and draft.lines[0].key == "clause" and dict(draft.lines[0].values)["text"].startswith("可以"):
        return False  # what is said of somebody, without who it is
    return row is None or any(EVIDENCE[row.name].pattern.search(bare(one.quote)) for one in draft.citations)


def answer(desk: Desk) -> Draft | None:
    """The sentence that shows the side asked for, of each government the best; None where none does."""
    row = asked(desk.question.folded)
    if row is None or not any(term.weight >= HEADED for term in desk.question.terms):
        return None
    best: dict[str, Said] = {}
    for said in _candidates(desk, EVIDENCE[row.name]):
        name = government(desk.shelf.database, said.home.row["document"])
        if name not in best or said.fit > best[name].fit + 1e-9:
            best[name] = said
    if not best:
        return None
    (first, top), *others = sorted(best.items(), key=lambda pair: -pair[1].fit)
    draft = Draft("howto", top.fit, section=top.home, sure=True)
    _tell(draft, top, EVIDENCE[row.name])
    for name, said in others[:3]:
        if said.fit >= top.fit - 0.1 and not desk.question.documents:
            quote = _quote(said)
            title = said.home.document.title or said.home.document.id
            draft.lines.append(line("also", government=name, title=title, words=_words(quote, EVIDENCE[row.name])))
            draft.cite(quote)
    draft.subject = first
    del draft.citations[MOST_CITATIONS:]
    return draft


def _candidates(desk: Desk, evidence: Rule) -> Iterator[Said]:
    """The sentences of the best documents that show a side and stand under the subject."""
    strong = desk.subject.strong()
    nouns = [term for term in desk.subject.terms if term.weight >= HEADED and term.noun]
    found = dict.fromkeys(ranked.section.row["document"] for ranked in desk.ranked)
    for number in list(found)[:MOST_DOCUMENTS]:
        if not desk.question.documents and not in_force(desk.shelf, number, desk.today):
            continue
        for home in map(desk.shelf.take, desk.shelf.sections_of(number).values()):
            around = [(home.heading, HEADING), (home.above, ABOVE), (bare(home.document.title or ""), TITLE)]
            for sentence in home.sentences:
                if not evidence.pattern.search(sentence.folded):
                    continue
                zones = [(sentence.folded, 1.0), *around]
                fit = strong.coverage(zones)
                held = all(max(kindred_level(term, text) for text, _ in zones) >= COVERED / 2 for term in nouns)
                if fit >= COVERED and held:
                    yield Said(home, sentence, fit)


def _tell(draft: Draft, said: Said, evidence: Rule) -> None:
    quote = _quote(said)
    draft.say("clause", year="", text=_words(quote, evidence))
    draft.cite(quote)


def _quote(said: Said) -> Citation:
    return citation(said.home, said.sentence.start, min(said.sentence.end, said.sentence.start + LONGEST))


def _words(quote: Citation, evidence: Rule) -> str:
    """The clauses of a quote that show the side: all of a short one."""
    text = compact(quote.quote).text.replace("\n", "").strip(",;。:")
    if len(text) <= 60:
        return text
    parts = [part for part in re.split("(?<=[,;。，；])", text) if evidence.pattern.search(bare(part))]
    return (parts[0] if parts else text[:60]).strip(",;。，；")
