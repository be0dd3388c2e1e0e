"""Answers about when something may be applied for: the time in the words of the document, and whether it is over."""

from __future__ import annotations

from datetime import date

from knowledge.answering.drafts import Desk, Draft, line
from knowledge.answering.quoting import LONGEST, of_span
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Citation, Deadline
from knowledge.question import Question
from knowledge.rules import rule
from knowledge.text import bare, compact

LEAST, LEAST_LEVEL = 0.4, 0.3
MOST_MISSING = 0.34
"""The part of a question's subject that a document may lack whose times are told."""
MOST_TOLD = 4
_WHEN = r"什么时候|啥时候|何时|几时|什么时间|时间|期限|截止|最晚|哪天|几号|几月|多久|到期|日期"
_APPLY = r"申报|申请|申领|报名|受理|提交材料|报材料"
ASKED = rule(
    "asked",
    rf"(?:{_WHEN}).{{0,8}}(?:{_APPLY})|(?:{_APPLY}).{{0,8}}(?:{_WHEN})|截止(?:日期|时间|到)|什么时候截止|(?:when|deadline).{{0,40}}appl|appl.{{0,40}}(?:when|deadline)",
    "a question for the time to apply",
    ("县级科技计划项目什么时候申报", "什么时候申报"),
    ("技改奖补申报截止日期是哪天", "申报截止日期是哪天"),
    ("什么时候截止", "什么时候截止"),
    ("怎么申报高新技术企业", ""),
    ("截至2025年有多少家", ""),
)
RULES = (ASKED,)


def asked(question: Question) -> bool:
    """Whether a question is for the time to apply."""
    return bool(ASKED.pattern.search(question.folded))


def answer(desk: Desk) -> Draft | None:
    """The draft for a question for the time to apply, None where no document in question names one."""
    best: dict[int, tuple[float, Shelved, list[Deadline]]] = {}
    for rank in desk.ranked:
        number = rank.section.row["document"]
        for home in _homes(desk, number):
            held = [one for one in desk.shelf.database.deadlines(home.n) if one.kind == "application"]
            if held and (fit := _fit(desk, home, held) - rank.loss) > best.get(number, (0.0,))[0]:
                best[number] = (fit, home, held)
    if not best:
        return None
    fit, home, held = max(best.values(), key=lambda row: row[0])
    return _draft(desk, fit, home, held) if fit >= LEAST else None


def _homes(desk: Desk, number: int) -> list[Shelved]:
    """The sections of a document that name a time to apply."""
    if "windows" not in desk.kept:
        kept: dict[int, list[int]] = {}
        for document, section in desk.shelf.database.holding("deadlines"):
            kept.setdefault(document, []).append(section)
        desk.kept["windows"] = kept
    return [desk.shelf.take(n) for n in desk.kept["windows"].get(number, ())]


def _fit(desk: Desk, home: Shelved, held: list[Deadline]) -> float:
    """How well a section's times fit: by their own words, its heading and text, the title of the document; 0 for another matter.

    Where it is the only section of its document that names a time, that time is of all that the document speaks of.
    """
    named = bare("".join(one.what or "" for one in held))
    title = bare(home.document.title or "")
    alone = len(_homes(desk, home.row["document"])) == 1
    whole = bare(home.document.text) if alone else home.folded
    zones = [(named, 1.0), (home.heading, 0.9), (home.folded, 0.85), (home.above, 0.7), (title, 0.8), (whole, 0.6)]
    missing = desk.subject.uncovered([text for text, _ in zones], LEAST_LEVEL)
    weights = dict(zip(desk.subject.terms, desk.subject.importance, strict=True))
    lacking = sum(weights[term] for term in missing)
    if any(term.must or term.kind == "place" for term in missing) or lacking > MOST_MISSING * sum(weights.values()):
        return 0.0
    return desk.subject.coverage(zones)


def _draft(desk: Desk, fit: float, home: Shelved, held: list[Deadline]) -> Draft:
    """The times of a section, the one that is asked by name first."""
    ordered = sorted(held, key=lambda one: (-desk.subject.coverage([(bare(one.what or ""), 1.0)]), one.start))
    draft = Draft("schedule", fit, section=home, sure=True)  # what it is about was held beside the question in _fit
    for one in ordered[:MOST_TOLD]:
        what = compact(one.what or "").text
        draft.lines.append(line("window", what=what or "@window.apply", when=compact(one.text).text))
        draft.cite(_quote(home, one))
    closed = [_day(one.closes) for one in ordered[:MOST_TOLD] if one.closes]
    if closed and max(closed) < desk.today:
        draft.say("window.over")
    return draft


def _day(written: str | None) -> date:
    return date.fromisoformat(written) if written else date.max


def _quote(home: Shelved, one: Deadline) -> Citation:
    """The clause of a time; the sentence where the clause holds little else."""
    sentence = next((held for held in home.sentences if held.start <= one.start < held.end), None)
    clause = of_span(home, one.start, one.end)
    if sentence is None or sentence.end - sentence.start > LONGEST or len(clause.quote) > len(one.text) + 4:
        return clause
    return citation(home, sentence.start, sentence.end)
