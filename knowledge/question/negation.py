"""What a question asks in the negative: who does not, what a unit does not, tasks without a unit, what others get.

Text in, the kind of negation out; a claim that is doubted (不是200家吗) and words that only hold 不 are none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.question.intents import CUED
from knowledge.question.nouns import Question
from knowledge.rules import rule

_NOT = "(?:不用|不需要?|不必|无需|无须|免于|不在|没有|没|未|不)"
_ACT = "(?:要|需|用)?(?:参与|参加|负责|牵头|主管|管|承担|配合|抓|列入|列为|去|做|干|处理|涉及)"
_UNIT = "(?:单位|部门|局|委办局|街道|机构)"
UNITS = rule(
    "units",
    rf"(?:谁|(?:哪[些个家几]?个?|什么|啥){_UNIT})[^,;。]{{0,12}}?{_NOT}{_ACT}"
    rf"|{_UNIT}[^,;。]{{0,4}}(?<!有)(?:没有?|无)(?:任何)?(?:任务|职责)"
    rf"|{_NOT}{_ACT}[^,;。]{{0,16}}的?(?:{_UNIT}是?(?:哪|谁|什么)|是(?:谁|哪))"
    r"|\b(?:which|who|what)\b.*(?:\bnot\b|n't\b|\bwithout\b)",
    "asks which units have no part in something",
    ("哪个部门不负责数字化转型", "哪个部门不负责"),
    ("谁不用参与招商", "谁不用参与"),
    ("谁负责招商", ""),
    ("哪些部门负责不动产", ""),
)
DUTIES = rule(
    "duties",
    rf"{_NOT}{_ACT}(?:了|过|的)?(?:是)?(?:什么|哪|啥|几|多少)",
    "asks what a unit has no part in",
    ("市财政局不负责什么", "不负责什么"),
    ("市财政局不管哪些事", "不管哪"),
    ("市财政局负责什么", ""),
)
UNASSIGNED = rule(
    "unassigned",
    rf"(?:没有?|未|缺)(?:写|列|明确|指定|注明|标明|落实)?(?:出|明)?(?:责任|牵头|负责)(?:的)?(?:{_UNIT}|人)|没人(?:负责|管|牵头)",
    "asks for tasks that name no unit",
    ("哪些条款没有写责任单位", "没有写责任单位"),
    ("没人负责的条款", "没人负责"),
    ("责任单位有哪些", ""),
)
OTHERS = rule(
    "others",
    r"(?<![是也])(?:不是|并非|不属于)(?=[^0-9,;。]{2,})(?![^,;。]*[0-9])|非(?=高|规|上|小|国|本|科|专|民|中|独|新)"
    r"|(?<!有)(?:没有?|无)(?:任何)?(?:奖励|补贴|补助|目标|指标|支持)的|(?<!有)(?:没有?|未|尚未|还没|没能)(?:被|通过|经过?|获得?|拿到|取得)?(?:认定|评定|评上|评为|获评|上云|上市|入库|备案|注册|登记|升规|申报|达标|通过|成为)"
    r"|\bnot (?:a |an )?(?:recogni[sz]ed|certified|registered|high-?tech)|\bnon-",
    "what is asked about is not what the documents speak of",
    ("不是规上企业的能拿多少", "不是"),
    ("没有通过认定的企业奖多少", "没有通过认定"),
    ("非规上企业有补贴吗", "非"),
    ("有没有认定奖励", ""),
    ("是不是高新技术企业", ""),
    ("企业奖励不是20万吗", ""),
)
RULES = (UNASSIGNED, UNITS, DUTIES, OTHERS)
"""Read in order: a question is of the first kind that it matches."""
_WHETHER = re.compile("有没有|是不是|是否|要不要|能不能|有无")


def negated(question: Question) -> str | None:
    """The kind of negation that a question asks in, by the name of its rule; None for one that asks in the positive."""
    said = question.text.lower() if question.language == "en" else question.folded
    kind = _kind(said)
    if kind == "duties" and not question.units:
        return None
    if kind == "units" and question.language == "en" and question.wants("unit") < CUED:
        return None
    if kind == "others" and max(question.wants("award"), question.wants("target")) < CUED:
        return None
    return kind


@lru_cache(maxsize=256)
def _kind(said: str) -> str | None:
    return next((row.name for row in RULES if row.pattern.search(_WHETHER.sub("□", said))), None)
