"""What holds for every answer: limits, quotes word for word, and each number quoted, echoed or declared as computed."""

from __future__ import annotations

import re

from bot import render
from knowledge.answer import Reply
from knowledge.facts import Document
from knowledge.numerals import PLAN_ENDS
from knowledge.store import Database
from knowledge.text import compact

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
COMPUTED = re.compile(
    r"(?:相差（计算）：|Difference \(computed\): )(?P<first>[0-9.]+) - (?P<second>[0-9.]+) = (?P<gap>[0-9.]+)"
)
SUMMED = re.compile(r"(?:合计（计算）：|Sum \(computed\): )(?P<terms>[0-9.]+(?: \+ [0-9.]+)+) = (?P<sum>[0-9.]+)")
SECTION = re.compile(r"[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\))?[0-9]+|第[0-9]+条")
METADATA = ("title", "issuer", "date", "number", "index_number", "id", "effective_from", "effective_to")
SMALL = ("help", "smalltalk")
"""Answers about no document; their examples are no claims."""


def faults(reply: Reply, database: Database) -> list[str]:
    """What does not hold of a reply; empty when all does."""
    answer, text = reply.answer, render.text(reply.answer)
    documents = {row["id"]: database.document(row["n"]) for row in database.documents()}
    wrong = [f"{len(text)} characters"] if len(text) > 1200 else []
    wrong += [f"{len(answer.citations)} citations"] if len(answer.citations) > 12 else []
    for one in answer.citations:
        if documents[one.document].text[one.start : one.end] != one.quote or not 0 < len(one.quote) <= 200:
            wrong.append(f"no quote: {one}")
    if answer.intent in SMALL:
        return wrong
    if answer.status == "answered" and not answer.citations:
        wrong.append("answered without a citation")
    return [*wrong, *(f"unfounded: {one}" for one in unfounded(reply, text, documents))]


def unfounded(reply: Reply, text: str, documents: dict[str, Document]) -> list[str]:
    """The numbers of an answer's text that no quote has, that nobody asked about, and that are not declared as computed."""
    answer = reply.answer
    quotes = flat(" ".join(one.quote for one in answer.citations))
    quoted = set(NUMBER.findall(quotes)) | {*map(str, _planned(quotes))}
    told = " ".join([answer.question, *reply.why["years_said"]])
    echoed = {*NUMBER.findall(flat(told)), *map(str, reply.why["years"])}
    said = NUMBER.findall(_claims(reply, text, documents))
    return [one for one in said if one not in quoted | echoed] + _miscomputed(text, quoted)


def _planned(quotes: str) -> list[int]:
    """The first and the last years of the five-year plans that quotes name: “十五五” is 2026 to 2030."""
    return [year for plan, last in PLAN_ENDS.items() if plan in quotes for year in (last - 4, last)]


def flat(text: str) -> str:
    return compact(text).text.replace("\n", "").replace(",", "").lower()


def _claims(reply: Reply, text: str, documents: dict[str, Document]) -> str:
    """The text without section ids, places, titles, metadata and words of the question; of a computation its operands."""
    rest = flat(text)
    for computed in COMPUTED.finditer(text):
        rest = rest.replace(flat(computed.group()), f"{computed['first']} {computed['second']}")
    for summed in SUMMED.finditer(text):
        rest = rest.replace(flat(summed.group()), summed["terms"])
    held = {value for document in documents.values() for name in METADATA if (value := getattr(document, name))}
    places = {told for one in reply.answer.citations for told in (f"{one.section} {one.heading}", one.section)} - {""}
    for value in sorted({*held, *places, *_echoed(reply)}, key=len, reverse=True):
        rest = rest.replace(flat(value), "")
    return SECTION.sub("", rest)


def _echoed(reply: Reply) -> list[str]:
    """What is said to be missing in the words of the question, or of the earlier ones that a turn goes on with."""
    terms = [term["said"] for term in reply.why["terms"]]
    asked = "".join(flat(" ".join([reply.answer.question, *terms])).split())
    return [one for one in reply.answer.missing if "".join(flat(one).split()) in asked]


def _miscomputed(text: str, quoted: set[str]) -> list[str]:
    """Declared computations that are wrong, or whose operands no quote has."""
    sums = [
        found.group()
        for found in SUMMED.finditer(text)
        if abs(sum(map(float, NUMBER.findall(found["terms"]))) - float(found["sum"])) > 1e-9
        or not {*NUMBER.findall(found["terms"])} <= quoted
    ]
    return sums + [
        found.group()
        for found in COMPUTED.finditer(text)
        if abs(abs(float(found["first"]) - float(found["second"])) - float(found["gap"])) > 1e-9
        or not {found["first"], found["second"]} <= quoted
    ]
