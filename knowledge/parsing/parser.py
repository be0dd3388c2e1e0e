"""From a document to all that it says: outline, then the facts of each section through tables of rules.

Pure: a `Document` in, a `Parsed` out; the same text gives the same facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from knowledge.facts import (
    Amendment,
    Assignment,
    Award,
    Deadline,
    Document,
    Figure,
    Parsed,
    Programme,
    Reference,
    Schedule,
    Section,
    Warned,
)
from knowledge.parsing.amendments import TITLED, amendments, last_amended, unabbreviated
from knowledge.parsing.awards import awards
from knowledge.parsing.damage import damage
from knowledge.parsing.deadlines import deadlines
from knowledge.parsing.figures import figures
from knowledge.parsing.leading import FIRST_LEADS, above, first_lead, led, shared
from knowledge.parsing.outline import body_view, outline, without_line_ends
from knowledge.parsing.programmes import programmes
from knowledge.parsing.references import references
from knowledge.parsing.schedules import schedules
from knowledge.parsing.tables import Row, tabled
from knowledge.parsing.terms import Common, common, spread, stacking
from knowledge.parsing.units import merged, unit_lists
from knowledge.parsing.validity import validity
from knowledge.parsing.windows import windows
from knowledge.text import View, bare, compact, unbroken, whole

__all__ = ["parse"]

_Fact = TypeVar("_Fact", Figure, Award, Reference, Schedule, Programme, Deadline, Amendment)


class _Harvest:
    """The facts of a document while its sections are read."""

    def __init__(self, document: Document, sections: Iterable[Section], rows: Mapping[str, Row]) -> None:
        self.document = document
        self.rows = rows
        self.outer: Mapping[str, Section] = {section.section: section for section in sections}
        self.spaced = without_line_ends(body_view(document))
        self.first_leads = bool(FIRST_LEADS.search(whole(document.text).text))
        self.figures: list[Figure] = []
        self.awards: list[Award] = []
        self.references: list[Reference] = []
        self.schedules: list[Schedule] = []
        self.programmes: list[Programme] = []
        self.deadlines: list[Deadline] = []
        self.amendments: list[Amendment] = []
        self.amended: Reference | None = None
        self.short: dict[str, Reference] = {}
        self.titled = bool(TITLED.pattern.search(bare(document.title or "")))
        self.warnings: list[Warned] = []
        self.terms: list[Common] = []
        self.bodies: dict[str, str] = {}
        self.stacked: dict[str, str | None] = {}
        self.above: dict[str, tuple[Assignment, ...]] = {}

    def read(self, section: Section) -> Section:
        """Takes in a section's facts; gives the section with its units."""
        text, hidden = self.document.text, self.document.furniture
        view = unbroken(compact(text, section.body, section.end, hidden))
        row = self.rows.get(section.section)
        view = _celled(view) if row else view
        lists = unit_lists(view, text)
        lists = first_lead(lists, view) if self.first_leads else lists
        ranges = [(one.start, one.end) for one in lists]
        changes = self._changes(view, section)
        goals, noticed = figures(view, text, self._headings(section), ranges)
        self.figures += self._placed(_unchanged([*goals, *(row.figures if row else ())], changes), section)
        named = [one.heading for one in self._around(section)]
        given = list(row.awards if row else ()) or awards(view, text, self._stacking(section), ranges, named)
        given = _unchanged(given, changes)
        self.awards += self._placed(given, section)
        self.terms.append(common(view, text, section, named[1:2], gives=bool(given)))
        self.schedules += self._placed(schedules(view, text), section)
        self.deadlines += self._placed(windows(view, text), section)
        head = compact(text, section.start, section.body, hidden)
        self.programmes += self._placed(programmes(view, text, head), section)
        self.warnings += [*noticed, *damage(view, text, section.body, section.end, self.spaced or row is not None)]
        due, undated = deadlines(view, text, section.heading or None, row.times if row else (), self.document.title)
        self.deadlines += self._placed(due, section)
        self.warnings += undated
        said = tuple(_at(unit, {"section": section.section}) for unit in (*self._listed(row), *merged(lists)))
        self.above[section.section] = merged(above(lists, view))
        return replace(section, units=said if section.section else ())

    def _listed(self, row: Row | None) -> Sequence[Assignment]:
        """The units of a row's cells."""
        units = row.units if row else ()
        return led(units) if self.first_leads else units

    def _changes(self, view: View, section: Section) -> list[Amendment]:
        """Takes in the documents that a section names, and what it changes in them."""
        named = [one for one in references(view, self.document.text) if not self._own(one)]
        whole = unabbreviated(named, self.document.text, self.short)
        changes = amendments(view, self.document.text, whole, self.amended, self.titled)
        self.amended = last_amended(whole) or self.amended
        self.references += self._placed(named, section)
        self.amendments += self._placed(changes, section)
        return changes

    def _placed(self, facts: Iterable[_Fact], section: Section) -> list[_Fact]:
        """Facts with the place where they stand."""
        place: dict[str, Any] = {"section": section.section}
        return [
            _at(fact, place | {"document": self.document.id} if hasattr(fact, "document") else place) for fact in facts
        ]

    def _own(self, reference: Reference) -> bool:
        """Whether a reference is the document's own number or title; one that it changes or repeals is another's."""
        own = bare(self.document.title or "")
        own_number = self.document.number or "\n"
        named = bool(reference.title) and bare(reference.title or "") in own
        return bool(
            (reference.number and reference.number.endswith(own_number) and reference.title is None)
            or (named and reference.role not in ("amends", "repeals") and not self._changed(reference))
        )

    def _changed(self, reference: Reference) -> bool:
        """Whether the title says of a document that it is changed: it is then named in it, and is not the title."""
        own, title = bare(self.document.title or ""), bare(reference.title or "")
        return self.titled and own != title and bool(TITLED.pattern.search(own.replace(title, "")))

    def _around(self, section: Section) -> list[Section]:
        """A section and those around it, innermost first."""
        found = [section]
        while (above := self.outer.get(found[-1].parent or "")) and above.section:
            found.append(above)
        return found

    def _headings(self, section: Section) -> str:
        """A section's heading; for an item without one, the words that lead its list in."""
        outer = self.outer.get(section.parent or "")
        if section.heading or outer is None or not outer.section:
            return section.heading
        lead = self._body(outer)
        return lead if len(lead) < 80 else outer.heading

    def _stacking(self, section: Section) -> str | None:
        """The stacking rule of the section that a list belongs to."""
        outer = self.outer.get(section.parent or "")
        if outer is None or not outer.section:
            return None
        if outer.section not in self.stacked:
            self.stacked[outer.section] = stacking(self._body(outer))
        return self.stacked[outer.section]

    def _body(self, section: Section) -> str:
        """The text of a section, which all those in it ask for."""
        if section.section not in self.bodies:
            view = compact(self.document.text, section.body, section.end, self.document.furniture)
            self.bodies[section.section] = view.text
        return self.bodies[section.section]


_Made = TypeVar("_Made")


def _at(fact: _Made, place: Mapping[str, Any]) -> _Made:
    """A fact with its place: what `dataclasses.replace` gives, without going through all its fields."""
    placed = object.__new__(type(fact))
    vars(placed).update(vars(fact), **place)
    return placed


def _celled(view: View) -> View:
    """The view of a table's row with each cell in a line of its own."""
    return replace(view, text=view.text.replace("|", "\n"))


def parse(document: Document) -> Parsed:
    """All that a document says, in reading order, with what the parser noticed; days on which it holds that are given stay."""
    first, last = validity(document)
    document = replace(
        document,
        effective_from=document.effective_from or first,
        effective_to=document.effective_to or last,
    )
    plain, noticed = outline(document)
    sections, rows = tabled(document, plain)
    harvest = _Harvest(document, sections, rows)
    read = shared([harvest.read(section) for section in sections], harvest.above)
    warnings = sorted([*document.warnings, *noticed, *harvest.warnings], key=lambda one: (one.start, one.code))
    return Parsed(
        document=document,
        sections=read,
        figures=tuple(harvest.figures),
        awards=tuple(spread(harvest.awards, harvest.terms, harvest.outer)),
        references=tuple(harvest.references),
        schedules=tuple(harvest.schedules),
        programmes=tuple(_single(harvest.programmes)),
        warnings=tuple(warnings),
        deadlines=tuple(harvest.deadlines),
        amendments=tuple(harvest.amendments),
    )


_Claimed = TypeVar("_Claimed", Figure, Award)


def _unchanged(facts: Iterable[_Claimed], changes: Sequence[Amendment]) -> list[_Claimed]:
    """The facts without the numbers that a change of another document names: those are that document's."""
    return [one for one in facts if not any(change.start < one.end and one.start < change.end for change in changes)]


def _single(found: Iterable[Programme]) -> Iterable[Programme]:
    return [one for one in found if not re.fullmatch(r"\W*", one.name)]
