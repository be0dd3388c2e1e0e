"""The door of the answer desk: a question and a conversation's memory in, an answer and the memory out.

The same question over the same database gives the same answer; today's date is an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.answering import (
    amounts,
    claims,
    extremes,
    governments,
    holdings,
    listing,
    negating,
    papers,
    parts,
    refusing,
    reverse,
    rivals,
    sides,
    small,
    unlisted,
)
from knowledge.answering.amending import amended
from knowledge.answering.choosing import ordered
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft
from knowledge.answering.evidence import confidence, silent
from knowledge.answering.joining import joined
from knowledge.answering.matching import subject
from knowledge.answering.paging import told_whole
from knowledge.answering.ranking import sections
from knowledge.answering.replies import answered, kept, why
from knowledge.answering.shelf import Shelf
from knowledge.answering.standing import in_force_first, overwritten, standing
from knowledge.answering.thresholds import ANSWER, CLARIFY
from knowledge.facts import Answer
from knowledge.lexicon import own
from knowledge.memory import Memory, continued, ordinal, turned
from knowledge.question import Question, Reader
from knowledge.question.coordination import TOGETHER, coordinated
from knowledge.question.learning import learn
from knowledge.question.wants import dated, followed, is_want, named, wants
from knowledge.search import Index, plain_weights
from knowledge.store import Database
from knowledge.text import bare

__all__ = ["AnswerDesk", "Memory", "Reply", "SearchHit"]

_GENERAL = (
    *(one.asked for one in (papers, parts, listing, unlisted, holdings, amounts, rivals)),
    *(reverse.asked, negating.asked, extremes.asked),
)
"""What tells a question that needs no subject."""


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
        self.home = governments.home(self.database)

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
            desk, draft = self._weighed(again, memory.last, today)
            if draft.page is None:
                told_whole(draft)
            page = self._replied(desk, draft, again, memory, explained)
            return replace(page, answer=replace(page.answer, question=text))
        asked = self.reader.understand(text, today)
        if document is not None:
            numbers = [self.database.numbers[document]] if document in self.database.numbers else []
            asked = replace(asked, documents=tuple(numbers))
        parts = self._parts(asked, today)
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
        answer = answered(desk, draft, asked, [said for said, _ in standings], [note for _, note in notes])
        answer = amended(desk, answer)
        left = kept(memory, asked.text, desk, draft, answer, (*explained, *(name for name, _ in notes)))
        return Reply(answer, left, why(desk, draft, asked))

    def _one(self, asked: Question, memory: Memory | None, today: date) -> tuple[Desk, Draft]:
        """What answers a question of one want; a turn that goes on stays with the document that answered, where that answers."""
        question, continues = continued(asked, memory)
        if memory and memory.answered and continues:
            return self._either(asked, memory, memory.answered, today)
        last = memory.section if memory and continues else None
        if last and not question.documents and len(self.database.numbers) > 1 and not holdings.asked(question):
            home = self.shelf.take(last).row["document"]
            desk = self._desk(replace(question, documents=(home,)), last, today)
            draft = self._draft(desk)
            if draft.status == "answered" or not named(asked):
                return desk, draft
        return self._weighed(question, last, today)

    def _weighed(self, question: Question, last: int | None, today: date) -> tuple[Desk, Draft]:
        """What answers a question that names no document: the home's documents first, beside them what others say."""
        desk = self._desk(question, last, today)
        draft = self._draft(desk)
        if not self.home or question.documents or draft.whole or draft.intent in ("smalltalk", "help", "clarify"):
            return desk, draft
        chosen = desk, draft
        if draft.status != "answered" or draft.section is None or draft.section.row["document"] not in self.home:
            at_home = self._desk(replace(question, documents=self.home), last, today)
            mine = at_home, self._draft(at_home)
            if governments.from_home(mine, chosen):
                if mine[1].intent == "none":
                    governments.told_beside(mine[1], draft, self.database)
                chosen = mine
        told = governments.told_apart(desk, chosen[1], self.reader.intents)
        return (replace(chosen[0], question=question), told)

    def _parts(self, asked: Question, today: date) -> list[str]:
        """What a question asks for, part by part: its wants, each with the things that it joins taken apart."""
        parts = wants(asked.folded if asked.language == "zh" else asked.text, asked.language)
        if asked.language != "zh":
            return parts
        understood = [asked] if len(parts) == 1 else [self.reader.understand(part, today) for part in parts]
        return [one for part in understood for one in self._apart(part, today)]

    def _apart(self, part: Question, today: date) -> tuple[str, ...]:
        """The things that a want joins, each as a want; together where one indicator joins them by the same words."""
        apart = coordinated(part)
        if len(apart.parts) > 1 and apart.run:
            ranked = self._desk(part, None, today).ranked
            held = (bare(figure.indicator) for one in ranked for _, _, figure in self.shelf.figures(one.section))
            if any(apart.run in name for name in held):
                return (part.folded,)
        return apart.parts

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
        wanted = all(is_want(part) or named(part) for part in understood)
        if (subjected is None and memory is None) or not wanted:
            return None
        before = memory or Memory(subjected or asked, None, "")
        desks: list[Desk] = []
        drafts: list[Draft] = []
        for part in understood:
            question, continues = continued(part if named(part) else replace(part, terms=()), before)
            if not named(part):
                question, continues = followed(replace(question, terms=part.terms), before.question), True
            if drafts and not continues:
                question = dated(question, before.question)
            desk, draft = self._weighed(question, before.section if continues else None, today)
            before = Memory(question, draft.section.n if draft.section else None, draft.intent)
            desks.append(desk)
            drafts.append(draft)
        whole = joined(list(zip(parts, drafts, strict=True)), summed=bool(TOGETHER.pattern.search(asked.folded)))
        if whole is None:
            return None
        return next(desk for desk, draft in zip(desks, drafts, strict=True) if draft.status == "answered"), whole

    def _desk(self, question: Question, section: int | None, today: date) -> Desk:
        """What there is to answer a question from; `section` answered the turn that it goes on with."""
        index = self.index.part(question.documents) if question.documents else self.index
        weighed, hits = subject(question, index)
        last = self.shelf.take(section) if section else None
        near = [last.n] if last is not None else []
        ranked = sections(hits, weighed, self.shelf, index, near)
        return Desk(question, weighed, tuple(in_force_first(ranked, self.shelf, today)), self.shelf, last, today)

    def _draft(self, desk: Desk) -> Draft:
        """The draft that answers: small answers first, then the best way."""
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
            or any(asked(question) for asked in _GENERAL)
        )
        desk.kept["subject"] = 1.0 if question.units or general else heaviest
        if not subjected and not general:
            return small.clarify()
        if (denied := negating.answer(desk)) is not None:
            return denied
        return self._chosen(desk, subjected=subjected)

    def _chosen(self, desk: Desk, *, subjected: bool) -> Draft:
        """The best draft, where it is sure enough; else what other sides say, asking back, or that nothing is said."""
        draft = self._surest(desk)
        refused = draft is None or draft.status != "answered" or desk.kept["confidence"] < ANSWER
        if draft is None or (not draft.sure and (refused or not sides.shown(desk, draft))):
            sided = sides.answer(desk)
            if sided is not None:
                return sided
        if draft is None or (draft.status == "answered" and desk.kept["confidence"] < ANSWER):
            if not subjected:
                return small.clarify()
            missing = silent(desk, draft, self.reader.intents) if draft is not None else []
            return refusing.not_found(desk, missing, self.reader.intents.named(desk.question.intents))
        return claims.checked(desk, draft)

    def _surest(self, desk: Desk) -> Draft | None:
        """The best draft where it answers surely or says that nothing is said; else the next that answers surely, else the best."""
        drafts = ordered(desk)
        first = drafts[0] if drafts else None
        desk.kept["confidence"] = confidence(desk, first, self.reader.intents)
        if first is None or first.status != "answered" or desk.kept["confidence"] >= ANSWER:
            return first
        for draft in drafts[1:]:
            if (sure := confidence(desk, draft, self.reader.intents)) >= ANSWER:
                desk.kept["confidence"] = sure
                return draft
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
