"""Several things asked in one breath: nouns, kinds or noun-and-year pairs joined by 和, 跟, 、 …, each as a question of its own.

An understood question in, texts out; one text for a question of one thing. Years alone are no parts: they are slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.question.intents import CUED
from knowledge.question.nouns import Question, Term
from knowledge.rules import rule

JOINT = rule(
    "joint",
    "(?:以及|还有|加上|[、和跟与及加/,])",
    "what joins two of a kind",
    ("园区道路和污水管网", "和"),
    ("孵化器、众创空间", "、"),
    ("园区道路", ""),
)
KIND = rule(
    "kind",
    "(?P<target>(?:数量)?(?:目标|指标)|数量)|(?P<award>奖励|补贴|补助|奖补|奖金)(?:标准|金额|资金|政策)?|(?P<unit>(?:负责|责任|牵头|主管)(?:单位|部门))",
    "a noun that tells what kind of thing is asked",
    ("2030年目标", "目标"),
    ("牵头部门是谁", "牵头部门"),
    ("园区道路", ""),
)
TOGETHER = rule(
    "together",
    "一共|总共|合计|加起来|总和|加在一起|之和",
    "asks for the sum",
    ("两类企业一共多少家", "一共"),
    ("各多少家", ""),
)
RULES = (JOINT, KIND, TOGETHER)
NOUN = 0.5
"""From this weight on a term names a thing."""
WHOLE = 0.6
"""A term below this weight is the end of a name whose beginning is said once (R&D占比和支出)."""
_APART = frozenset(["target", "target_series", "award", "unit", "duties"])
"""Kinds that are told of each noun by itself."""
_OTHERWISE = frozenset(["conflict", "howto", "document", "measure", "programme", "organisation"])
"""Kinds of which nouns that are joined are one subject."""
_WITHIN = frozenset(["", "的", "占", "以上", "及以上"])
"""What may stand inside a name."""
_COMPARED = re.compile("哪|差|比(?!重|例|率|值).*(?:多|少|高|低|大)|相比|对比")


@dataclass(frozen=True)
class Coordinated:
    """The texts of the questions, and the words of the run that was taken apart ("" for pairs)."""

    parts: tuple[str, ...]
    run: str = ""


@dataclass(frozen=True)
class _Run:
    """Phrases of one sort, joined: where the run stands in the text, and each phrase's words."""

    start: int
    end: int
    phrases: tuple[str, ...]


def coordinated(question: Question) -> Coordinated:
    """The questions that a question of several things is, in order; itself alone where it is one.

    >>> coordinated(Question("", "园区道路", "zh", {}, ())).parts
    ('园区道路',)
    """
    said = question.folded
    if question.language == "zh" and not _needed_together(question):
        if (pairs := _pairs(question)) is not None:
            return Coordinated(tuple(pairs))
        for run in (_kinds(said), _nouns(question)):
            if run is not None:
                parts = (f"{said[: run.start]}{one}{said[run.end :]}" for one in run.phrases)
                return Coordinated(tuple(parts), said[run.start : run.end])
    return Coordinated((said,))


def _needed_together(question: Question) -> bool:
    """Whether the nouns of a question are compared, or otherwise needed together."""
    if not any(question.wants(kind) >= CUED for kind in _APART) and not question.years:
        return True
    if any(question.wants(kind) >= CUED for kind in _OTHERWISE):
        return True
    if question.wants("award") >= CUED:
        return False
    return question.wants("compare") >= CUED and bool(_COMPARED.search(question.folded))


def _kinds(said: str) -> _Run | None:
    """Two kinds asked of one thing: 目标和奖励."""
    found = list(KIND.pattern.finditer(said))
    for first, second in pairwise(found):
        if first.lastgroup != second.lastgroup and JOINT.pattern.fullmatch(said[first.end() : second.start()]):
            names = (one[one.lastgroup or ""] for one in (first, second))
            return _Run(first.start(), second.end(), tuple(names))
    return None


def _pairs(question: Question) -> list[str] | None:
    """Nouns each with a year of its own: 发明专利2030和技术合同2035."""
    said = question.folded
    if len(question.years) < 2:
        return None
    places = [(start, end) for start, end, _ in phrases(question)]
    dated = [(one.start, one.end) for one in question.years]
    cuts = [0]
    for found in JOINT.pattern.finditer(said):
        left, right = (cuts[-1], found.start()), (found.end(), len(said))
        if all(_holds(places, span) and _holds(dated, span) for span in (left, right)) and _turns(
            places, dated, found.span()
        ):
            cuts.append(found.end())
    if len(cuts) == 1:
        return None
    parts = [said[start:end] for start, end in zip(cuts, [*cuts[1:], len(said)], strict=True)]
    return [re.sub("(?:以及|还有|加上|[、和跟与及加/,])$", "", part) for part in parts]


def _turns(places: Sequence[tuple[int, int]], dated: Sequence[tuple[int, int]], joint: tuple[int, int]) -> bool:
    """Whether what joins stands between a noun and a year, and not between two of a sort."""
    before = [max((end for _, end in spans if end <= joint[0]), default=-1) for spans in (places, dated)]
    after = [min((start for start, _ in spans if start >= joint[1]), default=1 << 9) for spans in (places, dated)]
    return (before[0] > before[1]) != (after[0] < after[1])


def _holds(spans: Sequence[tuple[int, int]], within: tuple[int, int]) -> bool:
    return any(within[0] <= start and end <= within[1] for start, end in spans)


def _nouns(question: Question) -> _Run | None:
    """Nouns of one question, joined."""
    said = question.folded
    run: list[tuple[int, int, tuple[Term, ...]]] = []
    for phrase in phrases(question):
        if run and not JOINT.pattern.fullmatch(said[run[-1][1] : phrase[0]]):
            if len(run) > 1:
                break
            run = []
        if run or any(term.weight >= NOUN for term in phrase[2]):
            run.append(phrase)
    if len(run) < 2 or (
        not any(term.weight >= WHOLE for _, _, terms in run[1:] for term in terms) and len(run[0][2]) < 2
    ):
        return None
    units = [terms[0].kind == "unit" for _, _, terms in run]
    if any(units) and not (all(units) and any(term.kind == "unit" for term in question.terms)):
        return None
    opening = run[0][2][0].text if len(run[0][2]) > 1 else ""
    names = [said[start:end] for start, end, _ in run]
    whole = [name if _whole(terms) else opening + name for name, (_, _, terms) in zip(names, run, strict=True)]
    return _Run(run[0][0], run[-1][1], (names[0], *whole[1:]))


def _whole(terms: Sequence[Term]) -> bool:
    return len(terms) > 1 or terms[0].weight >= WHOLE


def phrases(question: Question) -> list[tuple[int, int, tuple[Term, ...]]]:
    """The runs of terms (and units) that stand side by side, with their places in the text.

    The first of a row names a thing; a later one may be the end of its name alone, right behind what joins them.
    """
    said = question.folded
    units = [Term(unit.text, unit.text, (unit.text,), kind="unit") for unit in question.units]
    placed = sorted(_places(said, (*question.terms, *units)), key=lambda one: one[:2])
    found: list[tuple[int, int, tuple[Term, ...]]] = []
    for place, end, one in placed:
        if KIND.pattern.fullmatch(one.text) and not JOINT.pattern.match(said, end):
            continue
        between = said[found[-1][1] : place] if found else None
        named = (one.noun and (one.kind != "word" or one.weight >= NOUN)) or (
            one.kind != "word" and one.weight >= WHOLE
        )
        if found and named and between in _WITHIN:
            found[-1] = (found[-1][0], end, (*found[-1][2], one))
        elif named or (between is not None and len(one.text) > 1 and JOINT.pattern.fullmatch(between)):
            found.append((place, end, (one,)))
    return found


def _places(said: str, terms: Sequence[Term]) -> Iterator[tuple[int, int, Term]]:
    """Where terms stand, each wherever it does and not inside a longer one; units with the level before them (区水利局)."""
    for term in sorted(terms, key=lambda one: -len(one.text)):
        while (start := said.find(term.text)) >= 0:
            end = start + len(term.text)
            said = f"{said[:start]}{'□' * len(term.text)}{said[end:]}"
            yield start - (term.kind == "unit" and start > 0 and said[start - 1] in "省市县区州"), end, term
