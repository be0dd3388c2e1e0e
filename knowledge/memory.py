"""What one conversation remembers: the last question's slots and the section that answered.

Handed in with a question and handed back with the answer; whoever keeps it between turns is no concern here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.numerals import chinese
from knowledge.parsing.quantities import Years
from knowledge.question import Question, Term
from knowledge.rules import rule
from knowledge.text import bare

_CLOSING = re.compile(r"[?!。.~,]+$")
_ORDINAL = re.compile(
    "^(?:那|就|选|要|问)?第([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:个|项|点)(?:问题)?[呢吧呀啊]?[?。!]?$"
)
_CONTINUES = re.compile(
    r"^(?:那么?|那就|换成|换|改成|再|还有|然后|接着|这个?事?|它|其|该|上面|刚才|and|what about|how about)"
)
NEXT = rule(
    "next",
    r"^(?:那|请|麻烦)?(?:还有(?:没有)?(?:吗|么|呢|别的|其他的?|其它的?)?(?:别的|其他的?|其它的?)?(?:吗|么|呢)?|下一?页|下页|后一页|往下|往后|接着|接下来|继续|更多|剩下的?|其余的?|后面(?:的)?|next(?:page)?|more|goon|continue|anythingelse|whatelse)(?:呢|吗|说|讲|看|列|念|翻|吧|内容|please)*$",
    "a turn that only asks for the next page",
    ("还有吗", "还有吗"),
    ("下一页", "下一页"),
    ("还有其他的吗", "还有其他的吗"),
    ("还有补贴吗", ""),
)
BACK = rule(
    "back",
    r"^(?:上一?页|前一页|上页|往前(?:翻|看)?|previous(?:page)?|back)$",
    "a turn that only asks for the page before",
    ("上一页", "上一页"),
)
PAGE = rule(
    "page",
    r"^第(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3})页$",
    "a turn that asks for one page by its number",
    ("第三页", "第三页"),
)
GRADE = rule(
    "grade",
    r"(?:国家级|省级|市级|区级|县级|[一二三]等奖|首次认定|重新认定|新认定)(?:及?以上)?的?",
    "a grade of what was spoken of",
    ("国家级", "国家级"),
    ("三等奖", "三等奖"),
    ("国家", ""),
)
RULES = (NEXT, BACK, PAGE, GRADE)
_QUOTE = re.compile("原文|原话|出处|依据|咋写|怎么写")
_A_YEAR = 6.0
"""How strongly a bare year asks for a goal where what was asked before had none."""
_ASKS_ON = re.compile(
    r"呢[?？。!！]?$|^(?:原文|原话|依据|出处|谁负责|归谁管|找谁|哪个部门|还有吗|更多|详细|具体呢|为什么)"
)


SUBJECT = 0.5
"""From this weight on a noun is what a turn is about."""
COMPARED = 2.0
"""From here on the words of a turn compare."""


@dataclass(frozen=True)
class Memory:
    """The last question as understood, the row of the section that answered it, and the questions it listed.

    `paged`: it was answered by a page of a list (`question.page`), which went on from the section `last`.
    `explained`: the documents whose overwritten names have been explained.
    `years`: those asked for since the subject was named. `answered`: of a turn that was not answered, the last one that was.
    `database` tells in which database its rows count; in another one the question is asked anew.
    """

    question: Question
    section: int | None
    intent: str
    listed: tuple[str, ...] = ()
    paged: bool = False
    last: int | None = None
    explained: tuple[str, ...] = ()
    database: str = ""
    years: tuple[Years, ...] = ()
    answered: Memory | None = None


def ordinal(text: str) -> int | None:
    """The number of a turn that only picks one of what was listed (第二个), from 1; None for any other."""
    found = _ORDINAL.match(bare(text))
    return (int(found[1]) if found[1].isdigit() else chinese(found[1])) if found else None


def turned(text: str, memory: Memory | None) -> Question | None:
    """The last question again with the page that a turn asks for (还有吗, 上一页, 第三页); None for any other turn.

    What was no list is asked for a page that it does not have.
    """
    if memory is None:
        return None
    said = _CLOSING.sub("", "".join(bare(text).split()))
    page = memory.question.page
    if NEXT.pattern.search(said):
        page += 1
    elif not memory.paged:
        return None
    elif BACK.pattern.search(said):
        page -= 1
    elif (found := PAGE.pattern.search(said)) is not None:
        page = (int(found["n"]) if found["n"].isdigit() else chinese(found["n"]) or 1) - 1
    else:
        return None
    return replace(memory.question, page=max(page, 0), mended=())


def continued(question: Question, memory: Memory | None) -> tuple[Question, bool]:
    """The question with what a continuing turn leaves open filled from memory, and whether it continues.

    A turn continues when its words say so or it names no subject; it replaces only the slots that it names.
    """
    if memory is None or not _continues(question):
        return question, False
    before = memory.question
    named = any(map(_subject, question.terms))
    added = () if named else tuple(term for term in question.terms if _unnamed(term))
    kinds = {kind: score for kind, score in question.intents.items() if score >= 2} or before.intents
    if _QUOTE.search(question.folded) and not named:
        kinds = before.intents
    if question.years and not named and not question.units and max(question.intents.values(), default=0) <= 3:
        kinds = before.intents if _dated(before.intents) else {**before.intents, "target": _A_YEAR}
    years, said = _years(question, memory, kinds)
    filled = replace(
        question,
        terms=question.terms if named or question.units else _followed(question, before, added),
        units=question.units or (() if named else before.units),
        years=years,
        years_said=said,
        intents=kinds,
        measure=question.measure if named or question.measure else before.measure,
        facets=question.facets or (before.facets if kinds is before.intents else ()),
        open_end=question.open_end,
        followed=not named and not question.units,
        documents=question.documents or before.documents,
        listing=(before.listing or before.folded) if memory.paged and kinds is before.intents and not named else "",
    )
    return filled, True


def _unnamed(term: Term) -> bool:
    """Whether a term names no subject of its own: what is done (申报), or a grade of what was spoken of (省级的多少)."""
    return term.step or bool(GRADE.pattern.fullmatch(term.text))


def _regraded(terms: Iterable[Term], added: Sequence[Term]) -> Iterator[Term]:
    """Terms without the grades of an earlier turn where a new one is told: 国家级 goes for 省级."""
    graded = any(GRADE.pattern.fullmatch(term.text) for term in added)
    yield from (term for term in terms if not (graded and GRADE.pattern.fullmatch(term.text)))


def _dated(kinds: dict[str, float]) -> bool:
    return any(kind in kinds for kind in ("target", "target_series", "compare", "conflict"))


def _continues(question: Question) -> bool:
    said = question.folded
    if _CONTINUES.match(said) or _ASKS_ON.search(said):
        return True
    subject = any(map(_subject, question.terms)) or bool(question.units or question.documents)
    return not subject and bool(question.intents or question.years or question.facets)


def _subject(term: Term) -> bool:
    """Whether a term can be what a turn is about by itself: verbs and words of speech only ask on."""
    return term.weight >= SUBJECT and (term.noun or term.kind in ("name", "place", "unit")) and not _unnamed(term)


def _followed(question: Question, before: Question, graded: Sequence[Term]) -> tuple[Term, ...]:
    """The subject of the turn before, with what a turn that names none adds to it (怎么申报, 省级的)."""
    known = {term.name for term in (*before.terms, *graded)}
    added = [term for term in question.terms if term.kind == "concept" and term.name not in known]
    kept = _regraded(before.terms, graded)
    return (*kept, *graded, *(term for term in added if term.weight >= SUBJECT))


def _years(question: Question, memory: Memory, kinds: dict[str, float]) -> tuple[tuple[Years, ...], tuple[str, ...]]:
    """The years of a continuing turn, as values and as said: its own, else the earlier ones; what compares takes both."""
    before = memory.question
    own = question.years, question.years_said
    if not _dated(kinds):
        return own
    if question.wants("compare") >= COMPARED and len(question.years) < 2:
        once = {(one.first, one.last): one for one in (*before.years, *question.years)}
        once = once if len(once) > 1 else {(one.first, one.last): one for one in (*memory.years, *question.years)}
        years = tuple(sorted(once.values(), key=lambda one: one.first))
        return years, tuple(f"{one.first}年" for one in years)
    return own if question.years else (before.years, before.years_said)
