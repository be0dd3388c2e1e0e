"""Answers about documents themselves: their metadata, and the documents that they refer to."""

from __future__ import annotations

import re

from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.quoting import LONGEST
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Document, Reference
from knowledge.parsing.quantities import YEAR
from knowledge.parsing.validity import OWN
from knowledge.question import Question
from knowledge.text import bare, compact

LEAST = 0.5
_FIELDS: tuple[tuple[str, str], ...] = (
    (
        "date",
        "哪天|几号|什么时候(?:发|印|公|出|制定)|何时(?:发|印|公|出)|哪一?年(?:发|印|公|出|制定)|发布日期|成文日期|印发时间|生成日期|发布时间|印发日期",
    ),
    (
        "issuer",
        "谁发(?!奖|钱|放)|哪个单位发|哪个部门发|发布机构|发文机关|发文单位|谁印发|谁出台|哪里发|哪个单位印发|哪家发|谁制定|制定机关|哪个局发|哪个部门印发",
    ),
    ("number", "文号|发文字号|文件编号"),
    ("index_number", "索引号"),
    ("status", "有效性|有效吗|还有效|有效状态|是(?:不是|否)有效|失效|废止|作废|是否有效|过期|有没有效|有效状态"),
    ("period", "哪一?年为止|管到|到哪一?年|从哪一?年|哪一?年开始|实施期|规划期|期限是|覆盖哪|哪一?年到哪一?年|起止年"),
    ("subject", "主题分类|主题词"),
    ("disclosure", "公开方式|公开范围|主动公开"),
    ("title", "这个(?:文件|方案)(?:全名|全称|叫什么)|(?:方案|文件|办法)的?(?:正式)?(?:全名|全称|标题|名称)|文件标题"),
)
_PAGE_ONLY = frozenset(["index_number", "status", "subject", "disclosure"])
"""Fields that only the page has: no other document is asked after by them."""
_TERM = re.compile("有效期|施行|实施|执行|生效|试行")
_ISSUING = re.compile("发布|印发|出台|公布|下发|制定|成文|发文|施行|生效")
_KINDS = re.compile("规划|条例|通知|办法|若干措施|行动计划|意见|细则|规定|法律")
_BASIS = re.compile("依据|根据|遵照|按照什么|上位")
_BASED = re.compile("依据|根据|按照|依照|贯彻|落实")


def asked(question: Question) -> list[str]:
    """The fields of a document's metadata that a question asks for."""
    return [field for field, pattern in _FIELDS if re.search(pattern, question.folded)]


def metadata(desk: Desk) -> Draft | None:
    """What the document's page says of it: date, issuer, number, status."""
    fields = asked(desk.question)
    number = meant(desk)
    if _subjects(desk) and not desk.question.title_only:
        fields = [field for field in fields if field in _PAGE_ONLY]
    if not fields or number is None:
        return None
    document = desk.shelf.database.document(number)
    home = _head(desk, number)
    draft = Draft("document", 0.95, section=home, sure=True)
    for field in fields:
        if field == "status" and document.status is None:
            _term(desk, draft, document, home)
        else:
            _state(draft, document, home, field)
    taken(desk, draft, number)
    if not draft.citations:
        draft.status = "not_found"
        _cite_title(draft, document, home)
    return draft


def _subjects(desk: Desk) -> list[str]:
    """The terms that are asked about beside the words for a field of the page and for issuing as such."""
    said = [found.group() for _, pattern in _FIELDS for found in re.finditer(pattern, desk.question.folded)]
    terms = [term.text for term in desk.subject.strong().terms if term.text in desk.question.folded]
    return [term for term in terms if not _ISSUING.fullmatch(term) and not any(term in one for one in said)]


def meant(desk: Desk) -> int | None:
    """The document that a question is put to: named, spoken of before, told by its subject, or else the first."""
    if desk.question.documents:
        return desk.question.documents[0]
    spoken = desk.last or next((ranked.section for ranked in desk.ranked), None)
    if spoken is not None:
        return int(spoken.row["document"])
    return next((int(row["n"]) for row in desk.shelf.database.documents()), None)


def taken(desk: Desk, draft: Draft, number: int) -> None:
    """Says which document was taken where the question names none and there are others."""
    others = len(desk.shelf.database.documents()) - 1
    if others and not desk.question.documents and desk.last is None:
        document = desk.shelf.database.document(number)
        draft.say("taken", title=document.title or document.id, count=counted(others))


def _head(desk: Desk, number: int) -> Shelved:
    return desk.shelf.take(desk.shelf.sections_of(number)[""])


def _state(draft: Draft, document: Document, home: Shelved, field: str) -> None:
    """One field of the metadata, cited where the text states it."""
    value = _period(document) if field == "period" else getattr(document, field)
    if value is None:
        draft.say("document.no_field", field=f"@field.{field}")
        draft.missing.append(field)
        return
    draft.say("document.field", field=f"@field.{field}", value=value)
    span = next(((start, end) for name, start, end in document.spans if name == field), None)
    if span:
        draft.cite(citation(home, *span))
    else:
        _cite_title(draft, document, home)


def _term(desk: Desk, draft: Draft, document: Document, home: Shelved) -> None:
    """Whether a document still holds by the term that its own words set, with the sentence that sets it."""
    day = document.effective_to
    rows = map(desk.shelf.take, desk.shelf.sections_of(home.row["document"]).values())
    held = [(one, said) for one in rows for said in one.sentences if OWN.pattern.search(said.folded)]
    terms = [pair for pair in held if _TERM.search(pair[1].folded)]
    if not terms:
        _state(draft, document, home, "status")
        return
    one, sentence = terms[-1]
    quote = citation(one, sentence.start, min(sentence.end, sentence.start + LONGEST))
    if day is None:
        draft.say("clause", year="", text=compact(quote.quote).text.replace("\n", ""))
    else:
        draft.say("document.over" if day < desk.today.isoformat() else "document.valid", day=day)
    draft.cite(quote)


def _period(document: Document) -> str | None:
    """The years that the title sets: (2023-2035年) → 2023-2035年."""
    found = YEAR.pattern.search(bare(document.title or ""))
    return found.group() if found else None


def _cite_title(draft: Draft, document: Document, home: Shelved) -> None:
    span = next(((start, end) for name, start, end in document.spans if name == "title"), None)
    if span:
        draft.cite(citation(home, *span))


def references(desk: Desk) -> Draft | None:
    """The document that a question asks after among those referred to."""
    basis = bool(_BASIS.search(desk.question.folded))
    best: tuple[float, Shelved, Reference] | None = None
    for ranked in _places(desk):
        for reference in desk.shelf.references(ranked):
            score = _fit(desk, ranked, reference, basis)
            if best is None or score > best[0]:
                best = (score, ranked, reference)
    if best is None or best[0] < LEAST:
        return None
    fit, home, reference = best
    draft = Draft("document", fit, section=home, sure=basis and not desk.subject.strong().terms)
    number = f"（{reference.number}）" if reference.number else ""
    draft.say(
        "document.reference", title=reference.title or reference.number or "", number=number if reference.title else ""
    )
    sentence = next((one for one in home.sentences if one.start <= reference.start < one.end), None)
    draft.cite(citation(home, reference.start, reference.end))
    if sentence is not None:
        clause = next(((start, end) for start, end in sentence.clauses if start <= reference.start < end), None)
        if clause and clause[1] - clause[0] <= 200:
            draft.citations.clear()
            draft.cite(citation(home, *clause))
    return draft


def _places(desk: Desk) -> list[Shelved]:
    """The ranked sections, and the head of each document that they belong to."""
    found = [ranked.section for ranked in desk.ranked]
    heads = {one.row["document"]: _head(desk, one.row["document"]) for one in found}
    if not heads and (number := meant(desk)) is not None:
        heads = {number: _head(desk, number)}
    return [*found, *(head for head in heads.values() if head not in found)]


def _fit(desk: Desk, home: Shelved, reference: Reference, basis: bool) -> float:
    title = bare(reference.title or reference.number or "")
    before = bare(home.document.text[max(reference.start - 12, 0) : reference.start])
    sentence = next((one.folded for one in home.sentences if one.start <= reference.start < one.end), "")
    fit = desk.subject.coverage([(title, 1.0), (sentence, 0.5), (home.heading, 0.4), (home.above, 0.3)])
    if basis:
        fit += 0.35 if _BASED.search(before) else -0.1
    fit += 0.15 * any(kind in title for kind in _KINDS.findall(desk.question.folded))
    return fit
