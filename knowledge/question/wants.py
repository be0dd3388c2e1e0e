"""The wants of a question: where it asks for more than one thing, what it asks for, one after another.

Text in, texts out; what each part asks for is told by who understands it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.question.coordination import KIND
from knowledge.question.focus import asks
from knowledge.question.intents import CUED
from knowledge.question.nouns import Question
from knowledge.rules import rule

SECOND = rule(
    "second",
    r"(?:(?:以及|还有|并且|另外|和|与|及)|顺便再?问一?下?)?(?P<want>(?:分别|各自|该|又|都)*(?:(?:[找由归问]谁|谁)(?:负责|牵头|管|办|来|主管|落实)?"
    r"|(?:怎么|怎样|如何|咋|咋样|去哪里?|在哪里?)(?:申报|申请|申领|办理|办|领|报名|报)|[找归由是]?哪(?:个|些|几个|家)?(?:部门|单位|局)))",
    "a want of its own right behind another one, with no stop between them",
    ("高企有什么补贴找谁办", "找谁办"),
    ("院士工作站2030年要几个和谁负责", "和谁负责"),
    ("科技型中小企业2030年多少家以及怎么申报", "以及怎么申报"),
    ("区科协负责什么", ""),
)
ANOTHER = rule(
    "another",
    "(?:多少|几)[家个件名人项所座处亿万元公里%]{0,3}(?P<joint>以及|还有|并且|和|与|及)",
    "what joins a want to one that has asked how many",
    ("园区道路建多少公里以及管网目标", "多少公里以及"),
    ("孵化器和众创空间各几个", ""),
)
ENGLISH = rule(
    "english",
    r"\s*(?:[,;?.]\s*(?:and\s+)?|\band\s+)(?=(?:who|how|what|when|where|which)\b)",
    "what parts the wants of an English question",
    ("what subsidy is there for high-tech recognition, and who is responsible?", ", and "),
    ("how many by 2030 and who is responsible", " and "),
    ("research and development", ""),
)
RULES = (SECOND, ANOTHER, ENGLISH)
_CLAUSE = re.compile("[^,，。;；?？!！、]+[,，。;；?？!！、]*")
_STOPS = ",，。;；?？!！、 "
_ASKED = re.compile(r"\b(?:who|how|what|when|where|which|is|are|does|do|can)\b")
NAMED = 0.5
"""From this weight on a noun is a subject of a part's own."""
LEAST = 4
"""Characters before a want that a second one can follow without a stop."""


def wants(text: str, language: str) -> list[str]:
    """What a text asks for, part by part, each ending where it has asked; one part for a single want.

    >>> wants("高企有什么补贴,找谁办", "zh")
    ['高企有什么补贴', '找谁办']
    """
    return _english(text.lower()) if language == "en" else _chinese(text)


def _english(text: str) -> list[str]:
    parts = [part for part in ENGLISH.pattern.split(text) if part.strip(" ,.?!")]
    return parts if all(map(_ASKED.search, parts)) else [text]


def _chinese(text: str) -> list[str]:
    parts: list[str] = []
    open_part = ""
    for clause in _CLAUSE.findall(text):
        for piece in _pieces(clause):
            open_part += piece
            if asks(piece) or (parts and piece is not clause and KIND.pattern.search(piece)):
                parts.append(open_part.strip(_STOPS))
                open_part = ""
    if open_part.strip(_STOPS) and parts:
        parts[-1] = f"{parts[-1]},{open_part.strip(_STOPS)}"
    return parts or [text]


def _pieces(clause: str) -> list[str]:
    """A clause cut before each want that follows one without a stop."""
    if (another := ANOTHER.pattern.search(clause)) is not None and another.end() < len(clause) - 1:
        return [clause[: another.start("joint")], *_pieces(clause[another.end() :])]
    pieces = []
    start = 0
    for found in SECOND.pattern.finditer(clause):
        before = clause[start : found.start()]
        if len(before) >= LEAST and asks(before):
            pieces.append(before)
            start = found.start("want")
    return [*pieces, clause[start:]]


def named(part: Question) -> bool:
    """Whether a part names a subject of its own: a noun, or a unit whose tasks it asks for."""
    return any(term.noun and term.weight >= NAMED and not term.step for term in part.terms) or bool(
        part.units and part.wants("duties")
    )


def is_want(part: Question) -> bool:
    """Whether a part asks for a kind of thing, or goes on with the one before (科小呢); not what only compares with it."""
    if part.wants("compare") >= CUED and not named(part):
        return False
    return max(part.intents.values(), default=0) >= CUED or bool(part.facets) or part.folded.endswith("呢")


def followed(part: Question, before: Question) -> Question:
    """A part that names no subject with that of the one before; its own verbs stay beside it (怎么申报)."""
    known = {term.name for term in before.terms}
    return replace(part, terms=(*before.terms, *(term for term in part.terms if term.name not in known)))


def dated(part: Question, before: Question) -> Question:
    """A part that names no year with that of the one before, where it asks for a goal too (产业园25年几个、营收多少)."""
    if part.years or not before.years or not (part.wants("target") or not part.intents):
        return part
    return replace(part, years=before.years, years_said=before.years_said)
