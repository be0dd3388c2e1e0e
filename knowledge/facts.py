"""The nouns of the index: what a document says, each with the span of the words that say it.

Everything here is frozen and knows neither database nor front. `start` and `end` are offsets in Unicode
code points into the document's text, left out of equality: two facts are equal when they say the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

Span = tuple[int, int]


@dataclass(frozen=True)
class Warned:
    """Something the parser saw and did not guess about silently: code, message for people, span."""

    code: str
    message: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    suggested: str | None = None


@dataclass(frozen=True)
class HeadingMark:
    """A heading that the source's markup declares (Markdown `##`, html `<h2>`): the span of its line and its depth from 1."""

    start: int
    end: int
    depth: int


@dataclass(frozen=True)
class Document:
    """A published text with its metadata; `text` is the source's, character for character.

    `effective_from` and `effective_to` are the first and the last day on which it holds (ISO dates), as far as it says.
    """

    id: str
    text: str = field(repr=False)
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    number: str | None = None
    index_number: str | None = None
    status: str | None = None
    subject: str | None = None
    disclosure: str | None = None
    url: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    places: tuple[str, ...] = ()
    furniture: tuple[Span, ...] = ()
    marks: tuple[HeadingMark, ...] = ()
    spans: tuple[tuple[str, int, int], ...] = ()
    warnings: tuple[Warned, ...] = ()

    @cached_property
    def version(self) -> str:
        """The first 8 hexadecimal digits of the SHA-256 of the text's UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Assignment:
    """A unit's part in a section: `role` is `responsible`, `lead` (牵头) or `support` (配合)."""

    name: str
    role: str
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Section:
    """A numbered part of a document; `body` is where the text after numeral and heading begins."""

    section: str
    parent: str | None
    level: int
    heading: str
    start: int = field(compare=False)
    end: int = field(compare=False)
    body: int = field(compare=False)
    units: tuple[Assignment, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number that a document sets as a goal for an indicator (the contract's "Figures and awards").

    `start`-`end` is the clause that holds the number, `lead` where the run of clauses with its subject and
    year begins; `flow` is the verb that makes it an addition (新增, 引进), None for a stock.
    """

    indicator: str
    year: int | None
    year_end: int | None
    comparator: str
    value: float | None
    value_max: float | None
    unit: str | None
    per_year: bool
    commitment: str | None
    flow: str | None
    text: str
    document: str = ""
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    lead: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Award:
    """What somebody gets; None where the text names none, `amount` None for a support without an amount.

    `per`: what the amount (without one, the cap) is for each of: 每人每年, 每张床位.
    """

    beneficiary: str | None = None
    purpose: str | None = None
    amount: float | None = None
    amount_max: float | None = None
    unit: str | None = None
    comparator: str | None = None
    rate: float | None = None
    base: str | None = None
    cap: float | None = None
    tier: str | None = None
    frequency: str | None = None
    per: str | None = None
    conditions: str | None = None
    apply_by: str | None = None
    valid_to: str | None = None
    stacking: str | None = None
    text: str = ""
    document: str = ""
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Reference:
    """A document that the text names: its title without 《》, its number, or both.

    `role`: why it is named: `basis` (根据, 依据), `follows` (按照…执行: it holds what is not said here), `repeals` (同时废止),
    `amends` (对…作如下修改), else `cites`.
    """

    title: str | None
    number: str | None
    role: str = "cites"
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Schedule:
    """A recurring duty: who does what, to whom, how often (`every`: month, quarter, term, half_year, year, week, day)."""

    who: str | None
    what: str
    to: str | None
    every: str
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Programme:
    """A named action, plan or project; `kind` is its head noun as written (行动, 计划, 工程, …)."""

    name: str
    kind: str | None
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Deadline:
    """When something must be done or may be applied for: `kind` is `task` (完成时限) or `application` (申报时间).

    `opens` and `closes` are ISO dates, None where the words name no such day, or one that comes every year
    (每年3月1日至4月30日); `text` is the words of the time, at `start`-`end`.
    """

    kind: str
    what: str | None
    opens: str | None
    closes: str | None
    text: str
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Amendment:
    """What a document changes in another one (将…由220家调整为230家): both wordings as written, None where only one is given.

    `title` and `number` name the amended document; `subject` is what the change speaks of (an indicator, a clause).
    """

    title: str | None
    number: str | None
    subject: str
    before: str | None
    after: str | None
    section: str = ""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Parsed:
    """All that one document says."""

    document: Document
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    awards: tuple[Award, ...]
    references: tuple[Reference, ...]
    schedules: tuple[Schedule, ...]
    programmes: tuple[Programme, ...]
    warnings: tuple[Warned, ...]
    deadlines: tuple[Deadline, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True)
class Citation:
    """A quote by its place: `text[start:end] == quote` in that document's text."""

    document: str
    title: str | None
    section: str
    heading: str
    quote: str
    start: int
    end: int
    version: str = ""


@dataclass(frozen=True)
class Line:
    """One sentence of an answer: the key of its wording and the values that fill it.

    `lead` words what opens it (是：); `more`: what is told on the same line behind it; `of`: the government that it
    speaks of, where several do.
    """

    key: str
    values: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    more: tuple[Line, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Answer:
    """What the desk says to one question; fronts turn `lines` into words (see `bot/render.py`)."""

    question: str
    status: str
    intent: str
    language: str
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...] = ()
    awards: tuple[Award, ...] = ()
    units: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[tuple[Figure, Figure], ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
