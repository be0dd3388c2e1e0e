"""The documents that a text names: 《titles》 and document numbers, damaged ones too, as written, and why they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.facts import Reference
from knowledge.parsing.roles import around, role
from knowledge.rules import rule
from knowledge.text import View, name

NUMBER = rule(
    "number",
    r"(?<![一-鿿])?(?P<number>[一-鿿]{1,9}?(?:发|函|字|办|规|令|火|企|政|财|科|税|人社|联|通|告|规划|规范|文)?[〔\[(【]?(?:19|20)[0-9]{2}[〕\])】]第?[0-9]{1,4}号)",
    "a document number; one bracket may be lost",
    ("(国科发火〔2016〕32号)", "国科发火〔2016〕32号"),
    ("(赣发2022〕23号)", "赣发2022〕23号"),
    ("2022年23号", ""),
)
TITLE = rule(
    "title",
    r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》|<[^<>\n]*>){2,120})》",
    "a title between brackets, a title inside it kept",
    ("认真组织学习《江西省科技创新促进条例》", "《江西省科技创新促进条例》"),
    ("根据《中小企业划型标准规定》和国家有关规定", "《中小企业划型标准规定》"),
    ("关于印发《某办法", ""),
)
RULES = (NUMBER, TITLE)
_TAIL = re.compile(r"[〕\])】]第?[0-9]{1,4}号")
"""How every document number ends, from the bracket behind its year."""
_LONGEST = 20
"""The most characters of a document number before that."""
_OPENED = re.compile(r"\s*[(（]?")
_BEFORE = re.compile(r"^(?:原|根据|依据|按照|依照|参照|执行|落实|贯彻|和|及|与|以|即|见|《[^》]*》)+")


@dataclass(frozen=True)
class _Found:
    """A name in the view: its span there, and the parts of it that are title and number."""

    start: int
    end: int
    title: re.Match[str] | None
    number: re.Match[str] | None


def references(view: View, source: str) -> list[Reference]:
    """The references of a section in order; a number right after a title belongs to it."""
    found = sorted(_names(view), key=lambda one: one.start)
    spans = [(one.start, one.end) for one in found]
    return [_reference(one, view, source, spans) for one in found]


def _names(view: View) -> Iterator[_Found]:
    """Titles, with the numbers that follow them, then the numbers that stand alone."""
    taken: set[int] = set()
    for title in TITLE.pattern.finditer(view.text):
        after = _OPENED.match(view.text, title.end())
        number = NUMBER.pattern.match(view.text, after.end() if after else title.end())
        if number:
            taken.add(number.end())
        end = number.end() + view.text.startswith(")", number.end()) if number else title.end()
        yield _Found(title.start(), end, title, number)
    for number in _numbers(view.text):
        if number.end() not in taken:
            lead = _BEFORE.match(number["number"])
            yield _Found(number.start("number") + (lead.end() if lead else 0), number.end(), None, number)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The document numbers of a text in order, looked for right before what each ends in."""
    last = 0
    for tail in _TAIL.finditer(text):
        if found := NUMBER.pattern.search(text, max(last, tail.start() - _LONGEST), tail.end()):
            last = found.end()
            yield found


def _reference(one: _Found, view: View, source: str, spans: list[tuple[int, int]]) -> Reference:
    start, end = view.span(one.start, one.end)
    title = _written(view, source, one.title, "title") if one.title else None
    number = _written(view, source, one.number, "number") if one.number and one.title else None
    if one.title is None:
        number = name(source[start:end])
    why = role(around(view.text, one.start, one.end, spans))
    return Reference(title, number, why, start=start, end=end)


def _written(view: View, source: str, found: re.Match[str], group: str) -> str:
    return name(source[slice(*view.span(found.start(group), found.end(group)))])
