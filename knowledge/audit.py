"""What a person should look at in a database: what is missing, contradictory, damaged, over, or in doubt.

Each finding has its document, section and quote, so that an officer can act on it; the wording is the front's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.answering.quoting import LONGEST, number, spoken
from knowledge.answering.shelf import Shelf
from knowledge.facts import Document, Reference
from knowledge.naming import core
from knowledge.parsing.clauses import sentences, split
from knowledge.rules import rule
from knowledge.store import Database, Row
from knowledge.succession import CONFIRMED, Succession
from knowledge.text import bare, compact

MEASURE = rule(
    "measure",
    r"(?:^|[,;。、:])(?:积极|大力|全面|深入|进一步|着力|加快|持续|切实|鼓励|引导|支持|推动|推进|加强|强化|建立|健全|完善|开展|实施|落实|培育|加大|优化|提升|构建|打造|促进|组织)",
    "words with which a measure begins",
    ("加大研发投入", "加大"),
    ("强化要素保障", "强化"),
    ("本办法由市科技局负责解释", ""),
)
RULES = (MEASURE,)
SPOKEN = 0.75
"""The part of an indicator's name that a section must hold to speak of it."""
KINDS = (
    "unassigned", "unmeasured", "unpriced", "absent", "conflict", "damage", "over", "repealed", "doubt", "closed",
)  # fmt: skip
"""The kinds of findings, in the order in which they are told."""


@dataclass(frozen=True)
class Finding:
    """One finding: its kind, where it is, the words there, and what else its line needs (`about`, a suggested reading)."""

    kind: str
    document: str
    title: str | None
    section: str
    quote: str
    start: int
    end: int
    about: str = ""
    suggested: str | None = None


def audit(database: Database, today: date) -> list[Finding]:
    """All findings of a database on a day, kind by kind, within a kind in the order of its documents."""
    audited = _Audited(database, today)
    ways: dict[str, Callable[[Row], Iterator[Finding]]] = {
        "unassigned": audited.unassigned,
        "unmeasured": audited.unmeasured,
        "unpriced": audited.unpriced,
        "absent": audited.absent,
        "conflict": audited.conflicting,
        "damage": audited.damaged,
        "over": audited.over,
        "repealed": audited.repealed,
        "doubt": audited.doubtful,
        "closed": audited.closed,
    }
    return [found for kind in KINDS for row in database.documents() for found in ways[kind](row)]


class _Audited:
    """The findings of one document at a time."""

    def __init__(self, database: Database, today: date) -> None:
        self._database = database
        self._today = today
        self._shelf = Shelf(database)
        self._succession: Succession = self._shelf.succession
        self._pairs = [(database.figure(one), database.figure(other)) for one, other in database.conflicts()]

    def _found(self, kind: str, row: Row, section: str, span: tuple[int, int], **more: str) -> Finding:
        document: Document = self._database.document(row["n"])
        start, end = span[0], min(span[1], span[0] + LONGEST)
        return Finding(kind, document.id, document.title, section, document.text[start:end].strip(), start, end, **more)

    def unassigned(self, row: Row) -> Iterator[Finding]:
        """Measures for which no unit is named, where the document names units for others."""
        outline = self._database.outline(row["n"])
        if not any(self._database.assignments(one["n"]) for one in outline):
            return
        parents = {one["parent"] for one in outline}
        assigned = {one["section"] for one in outline if self._database.assignments(one["n"])}
        above = {one["section"]: one["parent"] for one in outline}
        text = self._database.document(row["n"]).text
        for one in outline:
            head = compact(text, one["body"], one["end"]).text[:80]
            leaf = bool(one["section"]) and one["section"] not in parents
            measured = MEASURE.pattern.search(one["heading"]) or MEASURE.pattern.search(head)
            if (
                leaf
                and measured
                and not _around(one["section"], above) & assigned
                and not self._database.figures(one["n"])
            ):
                yield self._found("unassigned", row, one["section"], (one["start"], _first_end(text, one)))

    def unmeasured(self, row: Row) -> Iterator[Finding]:
        """Indicators with targets that no section with a responsible unit sets or speaks of, each at its first figure."""
        text = self._database.document(row["n"]).text
        first: dict[int, Finding] = {}
        worked, set_there = [], set()
        for one in self._database.outline(row["n"]):
            figures = self._database.figures(one["n"])
            if self._database.assignments(one["n"]):
                worked.append(bare(text[one["start"] : one["end"]]))
                set_there |= {indicator for _, indicator, _ in figures}
            for _, indicator, figure in figures:
                name, span = self._database.indicator(indicator), (figure.start, figure.end)
                first.setdefault(indicator, self._found("unmeasured", row, one["section"], span, about=name))
        for indicator, found in first.items():
            if worked and indicator not in set_there and not any(_speaks(words, found.about) for words in worked):
                yield found

    def unpriced(self, row: Row) -> Iterator[Finding]:
        """Awards whose text names neither an amount nor a rate."""
        for one in self._database.outline(row["n"]):
            for award in self._database.awards(one["n"]):
                if award.amount is None and award.rate is None and award.cap is None:
                    about = f"{award.purpose or ''}{award.beneficiary or ''}"
                    yield self._found("unpriced", row, one["section"], (award.start, award.end), about=about)

    def absent(self, row: Row) -> Iterator[Finding]:
        """Documents that this one rests on or is carried out by, and the database lacks; each once."""
        told: set[str] = set()
        for one in self._database.outline(row["n"]):
            for reference in self._database.references(one["n"]):
                name = _named(reference)
                if reference.role not in ("basis", "follows") or name in told:
                    continue
                told.add(name)
                if not self._succession.named(reference.title, reference.number, row["n"]):
                    span = (reference.start, reference.end)
                    yield self._found("absent", row, one["section"], span, about=name)

    def conflicting(self, row: Row) -> Iterator[Finding]:
        """The document's conflicts, each at its first side."""
        for first, second in self._pairs:
            if first.document == row["id"]:
                said = f"{spoken(first) or number(first)} · {spoken(second) or number(second)}（{second.section}）"
                yield self._found("conflict", row, first.section, (first.start, first.end), about=said)

    def damaged(self, row: Row) -> Iterator[Finding]:
        """What the parser noticed, with a suggested reading where there is one."""
        sql = 'SELECT code, message, start, "end", suggested FROM warnings WHERE document = ? ORDER BY n'
        for one in self._database.rows(sql, [row["n"]]):
            if one["code"] != CONFIRMED:
                section = self._section(row["n"], one["start"])
                found = self._found("damage", row, section, (one["start"], one["end"]), about=one["message"])
                yield Finding(**{**vars(found), "suggested": one["suggested"]})

    def over(self, row: Row) -> Iterator[Finding]:
        """A document whose term is over."""
        day = row["effective_to"]
        if day and date.fromisoformat(day) < self._today and not self._put_off(row["n"]):
            yield self._found("over", row, "", (0, 0), about=day)

    def _put_off(self, document: int) -> bool:
        ends = [one.until for one in self._succession.changed(document, self._today)]
        return any(one is not None and one >= self._today for one in ends)

    def repealed(self, row: Row) -> Iterator[Finding]:
        """A document that another one of the database has repealed; the quote is that one's."""
        found = self._succession.repealed(row["n"], self._today)
        if found is not None:
            by = self._database.document(found.by)
            start, end = found.reference.start, found.reference.end
            where = f"{by.title or by.id} {found.reference.section}".strip()
            yield Finding("repealed", row["id"], row["title"], "", by.text[start:end], start, end, where)

    def doubtful(self, row: Row) -> Iterator[Finding]:
        """Repeals and amendments of this document that are not applied."""
        for one in self._succession.doubts:
            if one.by == row["n"]:
                yield self._found("doubt", row, one.fact.section, (one.fact.start, one.fact.end), about=one.why)

    def closed(self, row: Row) -> Iterator[Finding]:
        """Times to apply that are over."""
        for one in self._database.outline(row["n"]):
            for deadline in self._database.deadlines(one["n"]):
                day = deadline.closes
                if deadline.kind == "application" and day and date.fromisoformat(day) < self._today:
                    yield self._found("closed", row, one["section"], (deadline.start, deadline.end), about=day)

    def _section(self, document: int, place: int) -> str:
        """The innermost section at a place of the text."""
        held = [one for one in self._database.outline(document) if one["start"] <= place]
        return str(max(held, key=lambda one: one["start"])["section"]) if held else ""


def _speaks(words: str, indicator: str) -> bool:
    """Whether folded words speak of an indicator: hold most of the pairs of characters of its name."""
    name = core(bare(indicator))
    pairs = [name[place : place + 2] for place in range(len(name) - 1)]
    return sum(pair in words for pair in pairs) >= SPOKEN * len(pairs)


def _around(section: str, above: dict[str, str | None]) -> set[str]:
    """A section and those around it."""
    found: set[str] = set()
    name: str | None = section
    while name and name not in found:
        found.add(name)
        name = above.get(name)
    return found


def _first_end(text: str, section: Row) -> int:
    """Where the first sentence of a section ends."""
    piece = next(iter(split(text[section["body"] : section["end"]], "\n", section["body"])), None)
    sentence = next(iter(sentences(piece)), None) if piece else None
    return min(sentence.end + 1, section["end"]) if sentence else int(section["end"])


def _named(reference: Reference) -> str:
    return f"《{reference.title}》{reference.number or ''}" if reference.title else reference.number or ""
