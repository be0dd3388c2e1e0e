"""What documents there are: how many, which, on a subject, others than the one told, the newest, the one of a number.

Answers from metadata; each document is cited by the words of its text that name it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.governments import government
from knowledge.answering.matching import LEAST_IMPORTANCE, own_level
from knowledge.answering.paging import Item, show
from knowledge.answering.quoting import LONGEST
from knowledge.answering.shelf import Shelf, Shelved, citation
from knowledge.facts import Citation, Document
from knowledge.question import Question
from knowledge.question.focus import HEADED
from knowledge.question.titles import NUMBERED, number_forms
from knowledge.rules import Rule, rule
from knowledge.text import bare

_PAPER = "(?:政策)?(?:文件|文档|政策(?!措施|支持|扶持|奖励|补贴|依据|优惠))"
_MANY = "(?:几|多少)[份个部篇]"
COUNT = rule(
    "count",
    rf"^(?:现在|目前|一共|总共|库里|你这?里?|这里|都|共|收|录|存)*(?:有|收录?了?)?{_MANY}(?:的)?{_PAPER}[了呢吗]?$|{_PAPER}(?:一共|总共|共)?(?:有)?{_MANY}$",
    "asks how many documents there are",
    ("一共有几份文件", "一共有几份文件"),
    ("库里有多少份政策文件", "库里有多少份政策文件"),
    ("引用了几份文件", ""),
)
WHICH = rule(
    "which",
    rf"(?<!用)(?<!到)(?<!考)(?:有|收录?了?|能查|可以查|查得到)(?:的)?(?:哪些|哪几份|什么|啥)(?:政策)?(?:文件|文档)(?:[可能]以?[查看])?[呢吗]?$"
    rf"|^(?P<topic>(?:关于|有关)?[一-鿿]{{1,8}}?(?:方面|相关|有关)?的?)?{_PAPER}(?:都)?有(?:哪些|哪几份)$|^(?:现有|全部|所有)?{_PAPER}(?:清单|目录|列表|一览)$",
    "asks which documents there are",
    ("有哪些文件", "有哪些文件"),
    ("关于养老的文件有哪些", "关于养老的文件有哪些"),
    ("参考了哪些文件", ""),
    ("说要汇总整理的涉科技政策文件有哪几份", ""),
)
OTHERS = rule(
    "others",
    rf"(?:还有没有|有没有|还有)(?:别的|其他的?|其它的?|另外的)(?:相关)?{_PAPER}|(?:别的|其他|其它|另外){_PAPER}(?:有没有|也?有吗)",
    "asks for other documents",
    ("有没有别的文件", "有没有别的文件"),
    ("还有其他相关文件吗", "还有其他相关文件"),
    ("有没有别的补贴", ""),
)
NEWEST = rule(
    "newest",
    rf"最新的?(?:一份)?(?:{_PAPER})?(?:是|有)?(?:哪|什么)|哪(?:个|份)?{_PAPER}?(?:是)?最新|最近(?:发布|出台|印发)的?(?:是)?(?:哪|什么|{_PAPER})",
    "asks for the newest document",
    ("最新的是哪个", "最新的是哪"),
    ("哪份文件最新", "哪份文件最新"),
    ("最新进展是什么", ""),
)
IDENTIFY = rule(
    "identify",
    rf"^[,的这]*(?:是|叫|指的?是|对应)(?:的是)?(?:什么|哪个|哪份|啥)(?:{_PAPER}|标题|名字)?[呢啊呀]?[?。]?$",
    "asks what the document named is",
    ("是什么文件", "是什么文件"),
    ("对应哪份文件", "对应哪份文件"),
    ("是多少", ""),
)
RULES = (OTHERS, NEWEST, COUNT, WHICH)
"""Read in order."""
SIDES = (IDENTIFY,)
COVERED = 0.75
"""A document is on a subject where its title, or a section, holds so much of it."""


def asked(question: Question) -> Rule | None:
    """The sort of question for documents that a question is, None for any other."""
    said = question.folded.strip(" ,.?!。")
    if identifying(question):
        return IDENTIFY
    return next((row for row in RULES if row.pattern.search(said)), None) if not question.units else None


def identifying(question: Question) -> bool:
    """Whether a question asks what a document is that it names by title or number, or has a number that none has."""
    said = question.folded.strip(" ,?!。")
    if question.title_only and (IDENTIFY.pattern.search(said) or not said):
        return True
    return not question.documents and bool(_unknown_number(question))


def _unknown_number(question: Question) -> re.Match[str] | None:
    return NUMBERED.search(question.folded)


def answer(desk: Desk) -> Draft | None:
    """The documents that a question asks for, None where it asks for none."""
    row = asked(desk.question)
    return _MAKERS[row.name](desk) if row else None


def _count(desk: Desk) -> Draft | None:
    return _listed(desk, _on_subject(desk, COUNT), "held.count")


def _which(desk: Desk) -> Draft | None:
    return _listed(desk, _on_subject(desk, WHICH), "held.count")


def _others(desk: Desk) -> Draft | None:
    """The documents other than the one spoken of."""
    spoken = desk.last.row["document"] if desk.last is not None else next(iter(desk.question.documents), None)
    found = [number for number in _on_subject(desk, OTHERS) if number != spoken]
    if not found:
        draft = Draft("document", 0.95, status="not_found", sure=True, whole=True)
        draft.say("held.no_other")
        draft.missing.append("别的文件")
        return draft
    return _listed(desk, found, "held.others")


def _newest(desk: Desk) -> Draft | None:
    """The document of the latest date, the others after it."""
    shelf = desk.shelf
    dated = [n for n in _on_subject(desk, NEWEST) if shelf.database.document(n).date]
    if not dated:
        return None
    ordered = sorted(dated, key=lambda n: shelf.database.document(n).date or "", reverse=True)
    document = shelf.database.document(ordered[0])
    draft = Draft("document", 0.95, section=head(shelf, ordered[0]), sure=True, whole=True)
    draft.say("held.newest", title=document.title or document.id, date=document.date)
    draft.cite(naming(shelf, ordered[0], "date"), naming(shelf, ordered[0]))
    if len(ordered) > 1:
        other = shelf.database.document(ordered[1])
        draft.say("held.before", title=other.title or other.id, date=other.date)
        draft.cite(naming(shelf, ordered[1], "date"))
    return draft


def _identify(desk: Desk) -> Draft | None:
    """What a document named by its title or number is; of a number that none has, who refers to it."""
    if not desk.question.documents:
        return _referred(desk)
    number = desk.question.documents[0]
    shelf = desk.shelf
    document = shelf.database.document(number)
    draft = Draft("document", 0.95, section=head(shelf, number), sure=True, whole=True)
    draft.say("held.is", title=document.title or document.id)
    draft.say("held.about", about=about(document))
    draft.cite(naming(shelf, number), naming(shelf, number, "number"))
    return draft


def _referred(desk: Desk) -> Draft | None:
    """The documents that refer to a number which no document of the database has."""
    found = _unknown_number(desk.question)
    assert found is not None
    forms = set(number_forms(found.group()))
    draft = Draft("document", 0.95, status="not_found", sure=True, whole=True)
    draft.say("held.no_number", number=found.group())
    draft.missing.append(found.group())
    shelf = desk.shelf
    for row in shelf.database.rows('SELECT section, start, end, role, number FROM "references" WHERE number NOT NULL'):
        if bare(row["number"]) in forms and len(draft.citations) < 3:
            home = shelf.take(row["section"])
            clause = _clause(home, row["start"], row["end"])
            draft.section = draft.section or home
            draft.cite(clause)
            key = "held.repealed" if row["role"] == "repeals" or "废止" in clause.quote else "held.referred"
            draft.say(key, title=home.document.title or home.document.id)
            draft.status = "answered" if key == "held.repealed" else draft.status
    if draft.status == "answered":
        draft.lines = [*draft.lines[1:], draft.lines[0]]
    return draft


def _clause(home: Shelved, start: int, end: int) -> Citation:
    """The sentence that holds a reference, the reference itself where that is too long."""
    whole = next((one for one in home.sentences if one.start <= start < one.end), None)
    if whole is not None and whole.end - whole.start <= LONGEST:
        return citation(home, whole.start, whole.end)
    return citation(home, start, end)


def _on_subject(desk: Desk, row: Rule) -> list[int]:
    """The documents on a question's subject, in the order of the database; all where it has none."""
    found = row.pattern.search(desk.question.folded.strip(" ,.?!。"))
    said = found.group().removeprefix(found.groupdict().get("topic") or "") if found else ""
    places = [
        place
        for place, term in enumerate(desk.subject.terms)
        if term.weight >= HEADED and term.text not in said and desk.subject.importance[place] >= LEAST_IMPORTANCE
    ]
    wanted = desk.question.documents if row is not OTHERS else ()
    rows = [row["n"] for row in desk.shelf.database.documents() if not wanted or row["n"] in wanted]
    if not places:
        return rows
    terms = desk.subject.only(places)
    held = {one.section.row["document"] for one in desk.ranked if terms.coverage(_zones(one.section)) >= COVERED}
    titles = {row["n"]: bare(row["title"] or "") for row in desk.shelf.database.documents()}
    named = {n for n, title in titles.items() if all(own_level(term, title) >= HEADED for term in terms.terms)}
    return [n for n in rows if n in held | named]


def _zones(one: Shelved) -> list[tuple[str, float]]:
    return [(one.folded, 1.0), (one.heading, 1.0), (bare(one.document.title or ""), 1.0)]


def _listed(desk: Desk, numbers: Sequence[int], key: str) -> Draft | None:
    """A list of documents in pages, None for none."""
    if not numbers:
        return None
    shelf = desk.shelf
    items = [_item(shelf, number) for number in numbers]
    title = shelf.database.document(numbers[0]).title or shelf.database.document(numbers[0]).id
    draft = Draft("document", 0.95, section=head(shelf, numbers[0]), sure=True, whole=True)
    draft.say(key, count=counted(len(items)), first=f"《{title}》")
    show(desk, draft, items)
    return draft


def _item(shelf: Shelf, number: int) -> Item:
    document = shelf.database.document(number)
    title = document.title or document.id
    words = f"《{title}》（{about(document) or government(shelf.database, number)}）"
    return Item("", words, (naming(shelf, number),), asked=f"《{title}》是什么文件")


def about(document: Document) -> str:
    """Who issued a document, when, and under which number, as far as its page says."""
    return "，".join(filter(None, (document.issuer, document.date, document.number)))


def head(shelf: Shelf, number: int) -> Shelved:
    """All that stands before a document's first heading."""
    return shelf.take(shelf.sections_of(number)[""])


def naming(shelf: Shelf, number: int, field: str = "title") -> Citation:
    """The words of a document's text that state a field of its page; without any those of its title, or its first line."""
    home = head(shelf, number)
    for wanted in dict.fromkeys((field, "title", "number", "issuer", "date")):
        for name, start, end in home.document.spans:
            if name == wanted and end - start <= LONGEST:
                return citation(home, start, end)
    return next(_first_lines(shelf, number))


def _first_lines(shelf: Shelf, number: int) -> Iterator[Citation]:
    for row in shelf.database.outline(number):
        one = shelf.take(row["n"])
        for sentence in one.sentences:
            yield citation(one, sentence.start, min(sentence.end, sentence.start + LONGEST))
    one = head(shelf, number)
    text = one.document.text
    start = len(text) - len(text.lstrip())
    yield citation(one, start, min(len(text), start + LONGEST))


_MAKERS: dict[str, Callable[[Desk], Draft | None]] = {
    "count": _count,
    "which": _which,
    "others": _others,
    "newest": _newest,
    "identify": _identify,
}
