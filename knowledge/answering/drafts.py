"""A draft: one way of answering a question, with how well it fits; the best draft becomes the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge.answering.matching import Subject
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Shelf, Shelved
from knowledge.facts import Award, Citation, Figure, Line
from knowledge.numerals import chinese_numeral
from knowledge.question import Question

MOST_CITATIONS = 12
"""How many quotes one answer has at most."""


@dataclass
class Draft:
    """What would be said: `fit` 0 to 1 compares drafts of one question, `lines` are wording keys with their values.

    `listed`: what it lists, each as a question, for who goes on with 第二个. `sure`: it answers by what the
    document's page states, whatever else the question says.
    `page`: which page of a list it tells, None where it is no list. `whole`: it speaks of all documents at once.
    """

    intent: str
    fit: float
    lines: list[Line] = field(default_factory=list)
    status: str = "answered"
    figures: list[Figure] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    conflicts: list[tuple[Figure, Figure]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    section: Shelved | None = None
    sure: bool = False
    whole: bool = False
    subject: str = ""
    page: int | None = None

    def say(self, key: str, **values: object) -> None:
        """Adds a line."""
        self.lines.append(line(key, **values))

    def cite(self, *citations: Citation) -> None:
        """Adds citations that are not there yet."""
        seen = {(one.document, one.start, one.end) for one in self.citations}
        for one in citations:
            if (one.document, one.start, one.end) not in seen:
                self.citations.append(one)
                seen.add((one.document, one.start, one.end))


@dataclass(frozen=True)
class Desk:
    """What every way of answering works with: the question, its subject, the ranked sections, the shelf, the day.

    `kept` holds what several ways work out alike.
    """

    question: Question
    subject: Subject
    ranked: tuple[Ranked, ...]
    shelf: Shelf
    last: Shelved | None = None
    today: date = date.min
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def name(self, figure: Figure) -> str:
        """A figure's indicator by the name that it has over the whole document."""
        return self.shelf.name(figure)

    def home(self, figure: Figure | Award) -> Shelved:
        """The section in which a fact stands."""
        return self.shelf.home(figure)


def line(key: str, **values: object) -> Line:
    """A line of wording with its values as text."""
    return Line(key, tuple((name, str(value)) for name, value in values.items()))


def counted(number: int) -> str:
    """How many there are, in Chinese: a count is no figure of the document, and its digits would look like one."""
    return "两" if number == 2 else chinese_numeral(number) if 0 < number < 100 else "若干"
