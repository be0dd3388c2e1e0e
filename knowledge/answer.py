"""The door of the answer desk: a question and a conversation's memory in, an answer and the memory out.

The same question over the same database gives the same answer; today's date is an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.answering import claims, listing, papers, refusing, small, unlisted
from knowledge.answering.amending import amended
from knowledge.answering.choosing import ordered
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, line
from knowledge.answering.evidence import confidence, silent
from knowledge.answering.joining import joined
from knowledge.answering.matching import subject
from knowledge.answering.paging import told_whole
from knowledge.answering.ranking import sections
from knowledge.answering.shelf import Shelf
from knowledge.answering.standing import in_force_first, overwritten, standing
from knowledge.answering.suggesting import suggestions
from knowledge.answering.thresholds import ANSWER, CLARIFY
from knowledge.facts import Answer, Line
from knowledge.lexicon import own
from knowledge.memory import Memory, continued, ordinal, turned
from knowledge.parsing.quantities import Years
from knowledge.question import Question, Reader
from knowledge.question.learning import learn
from knowledge.question.wants import followed, is_want, named, wants
from knowledge.search import Hit, Index, plain_weights
from knowledge.store import Database
from knowledge.text import bare

__all__ = ["AnswerDesk", "Memory", "Reply", "SearchHit"]

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
            desk = self._desk(again, memory.last, today)
            draft = self._draft(desk)
            if draft.page is None:
                told_whole(draft)
            page = self._replied(desk, draft, again, memory, explained)
            return replace(page, answer=replace(page.answer, question=text))
        asked = self.reader.understand(text, today)
        if document is not None:
            numbers = [self.database.numbers[document]] if document in self.database.numbers else []
            asked = replace(asked, documents=tuple(numbers))
        parts = wants(asked.folded if asked.language == "zh" else asked.text, asked.language)
        told = self._told(asked, parts, today, memory) if len(parts) > 1 else None
        if told is None:
            told = self._one(asked, memory, today)
        return self._replied(*told, asked, memory, explained)

    def _replied(
        self, desk: Desk, draft: Draft, asked: Question, memory: Memory | None, explained: tuple[str, ...]
    ) -> Reply:
        """The reply that a draft is, with what its words need beside them, and what is kept of it."""
        del draft.citations[MOST_CITATIONS:]
        notes = list(overwritten(self.database, draft, explained))
        standings = list(standing(self.shelf, draft.citations, desk.today))
        shown = [quote for _, quotes in standings for quote in quotes]
        draft.citations[MOST_CITATIONS - len(shown) :] = shown
        answer = _answer(desk, draft, asked, [said for said, _ in standings], [note for _, note in notes])
        answer = amended(desk, answer)
        kept = _kept(memory, asked.text, desk, draft, answer, (*explained, *(name for name, _ in notes)))
        return Reply(answer, kept, _why(desk, draft))

    def _one(self, asked: Question, memory: Memory | None, today: date) -> tuple[Desk, Draft]:
        """What answers a question of one want; a turn that goes on stays with the document that answered, where that answers."""
        question, continues = continued(asked, memory)
        if memory and memory.answered and continues:
            return self._either(asked, memory, memory.answered, today)
        last = memory.section if memory and continues else None
        if last and not question.documents and len(self.database.numbers) > 1:
            home = self.shelf.take(last).row["document"]
            desk = self._desk(replace(question, documents=(home,)), last, today)
            draft = self._draft(desk)
            if draft.status == "answered" or not named(asked):
                return desk, draft
        desk = self._desk(question, last, today)
        return desk, self._draft(desk)

    def _either(self, asked: Question, memory: Memory, answered: Memory, today: date) -> tuple[Desk, Draft]:
        """What answers a turn that goes on after one that was not answered: going on with it, else with the last that was."""
        desk, draft = self._one(asked, replace(memory, answered=None), today)
        if draft.status == "answered":
            return desk, draft
        earlier = self._one(asked, answered, today)
        return earlier if earlier[1].status == "answered" else (desk, draft)

    def _told(
        self, asked: Question, parts: Sequence[str], today: date, memory: Memory | None
    ) -> tuple[Desk, Draft] | None:
        """What answers a question of several wants, with the desk of the first that is answered; None where none is."""
        understood = [replace(self.reader.understand(part, today), documents=asked.documents) for part in parts]
        subjected = next((part for part in understood if named(part)), None)
        if (subjected is None and memory is None) or not all(map(is_want, understood)):
            return None
        before = memory or Memory(subjected or asked, None, "")
        desks, drafts = [], []
        for part in understood:
            question, continues = continued(part if named(part) else replace(part, terms=()), before)
            if not named(part):
                question, continues = followed(replace(question, terms=part.terms), before.question), True
            desk = self._desk(question, before.section if continues else None, today)
            draft = self._draft(desk)
            before = Memory(question, draft.section.n if draft.section else None, draft.intent)
            desks.append(desk)
            drafts.append(draft)
        whole = joined(list(zip(parts, drafts, strict=True)))
        if whole is None:
            return None
        return next(desk for desk, draft in zip(desks, drafts, strict=True) if draft.status == "answered"), whole

    def _desk(self, question: Question, section: int | None, today: date) -> Desk:
        """What there is to answer a question from; `section` answered the turn that it goes on with."""
        weighed, hits = subject(question, self.index)
        last = self.shelf.take(section) if section else None
        near = [last.n] if last is not None else []
        ranked = sections(self._within(hits, question.documents), weighed, self.shelf, self.index, near)
        return Desk(question, weighed, tuple(in_force_first(ranked, self.shelf, today)), self.shelf, last, today)

    def _within(self, hits: list[Hit], documents: tuple[int, ...]) -> list[Hit]:
        """The hits in the documents that a question is put to; all where it names none."""
        if not documents:
            return hits
        sections_of = {row["n"]: row["section"] for row in self.index.passages(hit.passage for hit in hits)}
        return [hit for hit in hits if self.database.section(sections_of[hit.passage])["document"] in documents]

    def _draft(self, desk: Desk) -> Draft:
        """The draft that answers: small answers first, then the best way, then asking back or saying that nothing is said."""
        question = desk.question
        heaviest = max((term.weight for term in question.terms), default=0.0)
        subjected = bool(question.units or question.documents) or heaviest >= CLARIFY
        if question.wants("smalltalk") >= 3 and not subjected:
            return small.smalltalk()
        if question.wants("help") >= (4 if subjected else 2):
            return small.usage(self.database)
        general = (
            question.wants("document") >= 2
            or question.wants("conflict") >= 2
            or bool(papers.asked(question) or listing.asked(question) or unlisted.asked(question))
        )
        desk.kept["subject"] = 1.0 if question.units or general else heaviest
        if not subjected and not general:
            return small.clarify()
        draft = self._surest(desk)
        if draft is None or (draft.status == "answered" and desk.kept["confidence"] < ANSWER):
            sides = silent(desk, draft, self.reader.intents) if draft is not None else []
            return (
                refusing.not_found(desk, sides, self.reader.intents.named(question.intents))
                if subjected
                else small.clarify()
            )
        return claims.checked(desk, draft)

    def _surest(self, desk: Desk) -> Draft | None:
        """The best draft that is sure enough; where none is, the best."""
        drafts = ordered(desk)
        for draft in drafts:
            desk.kept["confidence"] = confidence(desk, draft, self.reader.intents)
            if draft.status != "answered" or desk.kept["confidence"] >= ANSWER:
                return draft
        first = drafts[0] if drafts else None
        desk.kept["confidence"] = confidence(desk, first, self.reader.intents)
        return first

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


def _kept(
    memory: Memory | None, text: str, desk: Desk, draft: Draft, answer: Answer, explained: tuple[str, ...]
) -> Memory | None:
    """What the next turn may go on from: small talk leaves it as it was, asking back only adds its choices."""
    if draft.intent in ("smalltalk", "help"):
        return memory
    listed = tuple(draft.listed) or (answer.suggestions if answer.status != "answered" else ())
    if draft.intent == "clarify" and memory is not None:
        return replace(memory, listed=listed)
    return Memory(
        replace(desk.question, text=text, page=draft.page or 0),  # all wants, to be asked anew of another database
        draft.section.n if draft.section else None,
        draft.intent,
        listed,
        draft.page is not None,
        desk.last.n if desk.last else None,
        explained[-MOST_EXPLAINED:],
        desk.shelf.database.stamp,
        _asked_years(memory, desk.question),
        None if answer.status == "answered" else _answered(memory),
    )


def _answered(memory: Memory | None) -> Memory | None:
    """The last turn that was answered."""
    return memory.answered or replace(memory, answered=None) if memory else None


def _asked_years(memory: Memory | None, question: Question) -> tuple[Years, ...]:
    """The years asked for since the subject of a question was named."""
    if memory and {term.name for term in memory.question.terms} & {term.name for term in question.terms}:
        return (*memory.years, *(year for year in question.years if year not in memory.years))
    return question.years


def _answer(desk: Desk, draft: Draft, question: Question, standing: list[Line], notes: list[Line]) -> Answer:
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
        citations=tuple(draft.citations),
        conflicts=tuple(draft.conflicts),
        missing=tuple(dict.fromkeys(draft.missing)),
        suggestions=suggestions(desk, draft),
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
        "subject": round(desk.kept.get("subject", 0.0), 3),
        "confidence": round(desk.kept.get("confidence", 0.0), 3),
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
