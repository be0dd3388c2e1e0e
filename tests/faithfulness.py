"""The invariant of every answer: each digit that it says stands in a quote, or is declared as computed."""

from __future__ import annotations

import re

from knowledge.facts import Answer, Document
from knowledge.text import compact

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMPUTED = re.compile(
    r"(?:相差（计算）：|Difference \(computed\): )(?P<first>[0-9.]+) - (?P<second>[0-9.]+) = (?P<gap>[0-9.]+)"
)


def flat(text: str) -> str:
    return compact(text).text.replace("\n", "").replace(",", "").lower()


def unfounded(answer: Answer, text: str, documents: dict[str, Document]) -> list[str]:
    """The numbers of an answer's text that no quote, no metadata and no declared computation holds."""
    quotes = flat(" ".join(one.quote for one in answer.citations))
    rest = flat(text)
    for computed in _COMPUTED.finditer(text):
        assert abs(float(computed["first"]) - float(computed["second"])) - float(computed["gap"]) < 1e-9
        rest = rest.replace(flat(computed.group()), f"{computed['first']} {computed['second']}")
    for document in documents.values():
        for value in (
            document.title,
            document.issuer,
            document.date,
            document.number,
            document.index_number,
            document.id,
        ):
            rest = rest.replace(flat(value), "") if value else rest
    for one in answer.citations:
        rest = rest.replace(flat(f"{one.section} {one.heading}"), "")
    rest = re.sub(r"[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\))?[0-9]+|第[0-9]+条", "", rest)
    allowed = set(_NUMBER.findall(quotes)) | set(_NUMBER.findall(flat(answer.question)))
    echoed = flat(answer.question)
    return [one for one in _NUMBER.findall(rest) if one not in allowed and one not in quotes and one not in echoed]
