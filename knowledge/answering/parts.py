"""A section asked for by its numeral: 二(四)2写了什么, 第五条怎么规定."""

from __future__ import annotations

import re

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.papers import meant, taken
from knowledge.answering.quoting import LONGEST
from knowledge.answering.shelf import Shelved, citation
from knowledge.question import Question
from knowledge.rules import rule
from knowledge.text import bare, compact

_ORDINAL = "[一二三四五六七八九十百]{1,4}"
NUMERAL = rule(
    "numeral",
    rf"(?P<id>(?:附件[0-9]{{0,2}})?(?:(?:第{_ORDINAL}章)?第(?:{_ORDINAL}|[0-9]{{1,3}})条(?:\({_ORDINAL}\))?[0-9]{{0,2}}|{_ORDINAL}、?\({_ORDINAL}\)[0-9]{{0,2}}|{_ORDINAL}(?=[写讲规])))"
    r"(?:这一?[条节段款])?(?:的?(?:内容|条款|原文|全文))?(?:都|具体)?(?:是|写|讲|说|规定|有)?(?:了|的)?(?:是)?(?:些?什么|啥|哪些内容|怎么[写说规讲]定?的?|内容|原文)",
    "asks for a section by its numeral",
    ("第五条规定了什么", "第五条规定了什么"),
    ("二(四)2写了什么", "二(四)2写了什么"),
    ("第一批有什么企业", ""),
)
RULES = (NUMERAL,)
MOST_QUOTES = 3


def asked(question: Question) -> bool:
    """Whether a question asks for a section by its numeral."""
    return bool(NUMERAL.pattern.search(question.folded))


def answer(desk: Desk) -> Draft | None:
    """The section of the document that is meant: its heading, what it says, and its units; None where it has none such."""
    found, number = NUMERAL.pattern.search(desk.question.folded), meant(desk)
    if found is None or number is None:
        return None
    one = _section(desk, number, found["id"].replace("、", ""))
    if one is None:
        return None
    draft = Draft("measure", 1.0, section=one, sure=True)
    whole = [*one.sentences] or [sentence for child in desk.shelf.children(one) for sentence in child.sentences]
    first = (
        compact(one.document.text[whole[0].start : whole[0].end]).text.replace("\n", "").strip(",;。") if whole else ""
    )
    heading = one.row["heading"]
    draft.say("clause", year="", text=heading or first[:60])
    if heading and first and heading not in first:
        draft.say("clause.text", text=first if len(first) <= LONGEST else f"{first[:LONGEST]}……")
    draft.cite(citation(one, one.row["start"], min(one.row["body"], one.row["start"] + LONGEST)))
    home = one if one.sentences else next(iter(desk.shelf.children(one)), one)
    draft.cite(
        *(citation(home, told.start, min(told.end, told.start + LONGEST)) for told in home.sentences[:MOST_QUOTES])
    )
    draft.units = [assigned.name for _, assigned in desk.shelf.units(one)]
    if draft.units:
        draft.say("units", units="、".join(draft.units))
    taken(desk, draft, number)
    return draft


def _section(desk: Desk, number: int, wanted: str) -> Shelved | None:
    """The section of a numeral: the whole chain, else the only one that ends in it (第五条 for 第二章第五条)."""
    ids = {bare(name): row for name, row in desk.shelf.sections_of(number).items() if name}
    ending = [
        name
        for name in ids
        if name.endswith(wanted) and not re.search("[0-9一二三四五六七八九十]$", name[: -len(wanted)])
    ]
    chosen = wanted if wanted in ids else ending[0] if len(ending) == 1 else None
    return desk.shelf.take(ids[chosen]) if chosen is not None else None
