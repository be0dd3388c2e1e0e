"""The door of the answer desk: a question and a conversation's memory in, an answer and the memory out.

The same question over the same database gives the same answer; today's date is an argument.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.answering import listing, papers, small, unlisted
from knowledge.answering.choosing import best
from knowledge.answering.drafts import Desk, Draft, line
from knowledge.answering.evidence import about, evident, silent
from knowledge.answering.matching import subject
from knowledge.answering.paging import told_whole
from knowledge.answering.ranking import sections
from knowledge.answering.shelf import Shelf, Shelved
from knowledge.answering.standing import in_force_first, overwritten, standing
from knowledge.facts import Answer, Line
from knowledge.lexicon import own
from knowledge.memory import Memory, continued, ordinal, turned
from knowledge.question import STRONG, Question, Reader
from knowledge.question.learning import learn
from knowledge.search import Hit, Index, plain_weights
from knowledge.store import Database
from knowledge.text import bare

__all__ = ["AnswerDesk", "Memory", "Reply", "SearchHit"]

MOST_CITATIONS = 12
MOST_EXPLAINED = 50
"""Of so many documents a conversation remembers that their overwritten names have been explained."""


@dataclass(frozen=True)
class Reply:
    """An answer, the memory for the next turn, and what was weighed on the way (for `--why`)."""

    answer: Answer
    memory: Memory | None
    why: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchHit:
    """A passage found: its document, section and span, the score, and the passage's words."""

    document: str
    section: str
    score: float
    start: int
    end: int
    snippet: str


class AnswerDesk:
    """Answers questions from one database; `lexicon` is a file or folder of synonyms of one's own, known beside the shipped ones."""

    def __init__(self, path: Path, lexicon: Path | None = None) -> None:
        self.database = Database(path)
        if lexicon is not None:
            learn(self.database, *own(lexicon))
        self.reader = Reader(self.database)
        self.index = Index(self.database)
        self.shelf = Shelf(self.database)

    def ask(self, text: str, today: date, memory: Memory | None = None, document: str | None = None) -> Reply:
        """The reply to a question; any text has one. A bare ordinal (第二个) takes that one of what was listed."""
        explained = memory.explained if memory else ()
        if memory and memory.database != self.database.stamp:  # of an earlier database: its rows count there alone
            memory = self._anew(memory, today, document)
        place = ordinal(text) if memory else None
        if memory and place and place <= len(memory.listed):
            picked = self._reply(memory.listed[place - 1], today, None, document, explained)
            return replace(picked, answer=replace(picked.answer, question=text))
        return self._reply(text, today, None if place else memory, document, explained)

    def _anew(self, memory: Memory, today: date, document: str | None) -> Memory | None:
        """The memory of the same question asked of this database, at the same page."""
        fresh = self._reply(memory.question.text, today, None, document, memory.explained).memory
        return fresh and replace(fresh, question=replace(fresh.question, page=memory.question.page))

    def _reply(
        self, text: str, today: date, memory: Memory | None, document: str | None, explained: tuple[str, ...]
    ) -> Reply:
        if memory and (again := turned(text, memory)) is not None:
            last = self.shelf.take(memory.last) if memory.last else None
            page = self._of(again, last, memory, today, explained)
            return replace(page, answer=replace(page.answer, question=text))
        asked = self.reader.understand(text, today)
        question, continues = continued(asked, memory)
        if document is not None:
            numbers = [self.database.numbers[document]] if document in self.database.numbers else []
            question = replace(question, documents=tuple(numbers))
        last = self.shelf.take(memory.section) if continues and memory and memory.section else None
        if last is not None and not question.documents and len(self.database.numbers) > 1:
            here = self._of(replace(question, documents=(last.row["document"],)), last, memory, today, explained)
            if here.answer.status == "answered" or not any(term.weight >= STRONG for term in asked.terms):
                return here
        return self._of(question, last, memory, today, explained)

    def _of(
        self,
        question: Question,
        last: Shelved | None,
        memory: Memory | None,
        today: date,
        explained: tuple[str, ...],
    ) -> Reply:
        """The reply to a question as understood; `last` is the section that answered before."""
        weighed, hits = subject(question, self.index)
        near = [last.n] if last is not None else []
        ranked = sections(self._within(hits, question.documents), weighed, self.shelf, self.index, near)
        desk = Desk(question, weighed, tuple(in_force_first(ranked, today)), self.shelf, last, today)
        draft = self._draft(desk)
        if question.page and draft.page is None:
            told_whole(draft)
        notes = list(overwritten(self.database, draft, explained))
        standings = list(standing(self.database, draft.citations, today))
        answer = _answer(draft, question, standings, [note for _, note in notes])
        return Reply(
            answer, _kept(memory, desk, draft, answer, (*explained, *(name for name, _ in notes))), _why(desk, draft)
        )

    def _within(self, hits: list[Hit], documents: tuple[int, ...]) -> list[Hit]:
        """The hits in the documents that a question is put to; all where it names none."""
        if not documents:
            return hits
        sections_of = {row["n"]: row["section"] for row in self.index.passages(hit.passage for hit in hits)}
        return [hit for hit in hits if self.database.section(sections_of[hit.passage])["document"] in documents]

    def _draft(self, desk: Desk) -> Draft:
        """The draft that answers: small answers first, then the best way, then asking back or saying that nothing is said."""
        question = desk.question
        subjected = any(term.weight >= STRONG for term in question.terms) or bool(question.units)
        if question.wants("smalltalk") >= 3 and not subjected:
            return small.smalltalk()
        if question.wants("help") >= (4 if subjected else 2):
            return small.usage(self.database)
        general = (
            question.wants("document") >= 2
            or question.wants("conflict") >= 2
            or bool(papers.asked(question) or listing.asked(question) or unlisted.asked(question))
        )
        if not subjected and not general:
            return small.clarify(desk)
        draft = best(desk)
        sides = silent(desk, draft, self.reader.intents) if draft is not None else []
        if draft is None or sides or not (evident(desk, draft, self.reader.intents) and about(desk, draft)):
            return small.not_found(desk, sides) if subjected else small.clarify(desk)
        return draft

    def search(self, query: str, k: int = 10) -> list[SearchHit]:
        """The best passages for a plain query, best first; where none has its words, those with their synonyms."""
        rest, words = self._searched(query)
        hits, _ = self.index.hits(plain_weights(rest, words), k)
        if not hits:
            same = [form for word in words for form in self.reader.synonyms(word)]
            hits, _ = self.index.hits(plain_weights(" ".join(same), same), k)
        rows = {row["n"]: row for row in self.index.passages(hit.passage for hit in hits)}
        found = []
        for hit in hits:
            row = rows[hit.passage]
            section = self.database.section(row["section"])
            document = self.database.document(section["document"])
            found.append(
                SearchHit(
                    document.id,
                    section["section"],
                    round(hit.score, 4),
                    row["start"],
                    row["end"],
                    document.text[row["start"] : row["end"]],
                )
            )
        return found

    def _searched(self, query: str) -> tuple[str, list[str]]:
        """A query without the words of asking, and its words; of a query of nothing else all of it."""
        folded = bare(query)
        words = self.reader.cut(folded)
        dropped = [word for word in words if self.reader.is_filler(word)]
        rest = folded
        for word in sorted(dropped, key=len, reverse=True):
            rest = rest.replace(word, " ", 1)
        told = [word for word in words if word not in dropped]
        return (rest, told) if plain_weights(rest, told) else (folded, words)

    def close(self) -> None:
        self.database.close()


def _kept(memory: Memory | None, desk: Desk, draft: Draft, answer: Answer, explained: tuple[str, ...]) -> Memory | None:
    """What the next turn may go on from: small talk leaves it as it was, asking back only adds its choices."""
    if draft.intent in ("smalltalk", "help"):
        return memory
    listed = tuple(draft.listed) or (answer.suggestions if answer.status != "answered" else ())
    if draft.intent == "clarify" and memory is not None:
        return replace(memory, listed=listed)
    return Memory(
        replace(desk.question, page=draft.page or 0),
        draft.section.n if draft.section else None,
        draft.intent,
        listed,
        draft.page is not None,
        desk.last.n if desk.last else None,
        explained[-MOST_EXPLAINED:],
        desk.shelf.database.stamp,
    )


def _answer(draft: Draft, question: Question, standing: list[Line], notes: list[Line]) -> Answer:
    """The answer that a draft is, `standing` after its first line, `notes` at its end."""
    mended = [line("mended", typed=typed, read=read) for typed, read in question.mended]
    lines = [*draft.lines[:1], *standing, *draft.lines[1:], *mended, *notes]
    refused = draft.status != "answered"
    return Answer(
        question=question.text,
        status=draft.status,
        intent=draft.intent,
        language=question.language,
        lines=tuple(lines),
        figures=() if refused else tuple(draft.figures),
        awards=() if refused else tuple(draft.awards),
        units=() if refused else tuple(dict.fromkeys(draft.units)),
        citations=tuple(draft.citations[:MOST_CITATIONS]),
        conflicts=tuple(draft.conflicts),
        missing=tuple(dict.fromkeys(draft.missing)),
        suggestions=tuple(dict.fromkeys(draft.suggestions))[:4],
    )


def _why(desk: Desk, draft: Draft) -> dict[str, Any]:
    """What was understood and weighed, for people who want to know why."""
    question = desk.question
    return {
        "read": question.folded,
        "words": list(question.words),
        "terms": [
            {"said": term.text, "as": term.name, "weight": round(weight, 3)}
            for term, weight in zip(desk.subject.terms, desk.subject.weights, strict=True)
        ],
        "units": [unit.text for unit in question.units],
        "years": [years.first for years in question.years],
        "years_said": list(question.years_said),
        "intents": question.intents,
        "chosen": draft.intent,
        "fit": round(draft.fit, 3),
        "candidates": [
            {
                "document": one.section.document.id,
                "section": one.section.section,
                "score": round(one.score, 3),
                "coverage": round(one.coverage, 3),
            }
            for one in desk.ranked[:8]
        ],
    }
