"""What a question is, once understood: its terms, slots and the kinds of thing it may ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.parsing.quantities import Years


@dataclass(frozen=True)
class Term:
    """A word of the subject: how it was said, the standard term, the forms that count as it, those that come near.

    `weight` is how much of the subject it carries (1 a noun of substance, less for verbs and common words);
    `kind` is concept, name, place, unit or word. `must`: an answer without it would be about something else;
    `absent` is the part of its weight that is left where no document has the word: a noun may be what is asked
    for, a verb of speech is not. `head`: the noun that the question asks about; `aside` is what is left of a
    term that only tells the occasion. `step`: a verb of what is done with any award or document (申报, 发布).
    """

    text: str
    name: str
    forms: tuple[str, ...]
    near: tuple[str, ...] = ()
    weight: float = 1.0
    kind: str = "word"
    must: bool = False
    absent: float = 1.0
    noun: bool = True
    head: bool = False
    aside: float = 1.0
    step: bool = False


@dataclass(frozen=True)
class UnitAsked:
    """A unit named in a question: the rows of `units` that it may be, and the words used."""

    rows: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Question:
    """A question as understood; `folded` is what was read, `mended` what was read otherwise than typed.

    `documents`: the rows of the documents it names, by title or place; `title_only`: its terms are those of a title.
    `page`: which page of a list is asked for, from 0; `listing`: the words of the earlier turn that asked for the list.
    `followed`: it goes on with the subject of the turn before and names none.
    """

    text: str
    folded: str
    language: str
    intents: dict[str, float]
    terms: tuple[Term, ...]
    units: tuple[UnitAsked, ...] = ()
    years: tuple[Years, ...] = ()
    years_said: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    documents: tuple[int, ...] = ()
    title_only: bool = False
    open_end: bool = False
    measure: str | None = None
    numbers: tuple[str, ...] = ()
    page: int = 0
    listing: str = ""
    followed: bool = False

    @property
    def numbers_said(self) -> tuple[str, ...]:
        """The numbers as they stand in the question, years among them."""
        return tuple(re.findall(r"[0-9]+(?:\.[0-9]+)?", self.folded))

    def wants(self, intent: str) -> float:
        """How strongly the words ask for a kind, 0 when nothing says so."""
        return self.intents.get(intent, 0.0)
