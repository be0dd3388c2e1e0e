"""The facts of a document as rows: sections and what they say, with indicators and conflicts joined across sections.

Units alone are joined across documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from knowledge.facts import Document, Figure, Parsed, Section
from knowledge.lexicon import Concept, Lexicon
from knowledge.naming import Unit, base, conflicts, core, one_indicator, told, units
from knowledge.store import Row
from knowledge.text import bare

_OWN_PLACE = re.compile(r"^(?:关于)?(?:印发|发布)?《?(?P<place>[一-鿿]{2,8}?(?:省|自治区|市|区|县|州|旗|新区))")


Tables = dict[str, list[Row]]
"""Rows by their table."""


@dataclass
class _Rows:
    """The tables in the making, with a running number for each."""

    tables: Tables = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **row: Any) -> int:
        rows = self.tables[table]
        rows.append({"n": len(rows) + 1, **row})
        return len(rows)


def document_rows(one: Parsed, canonical: Mapping[str, str]) -> Tables:
    """The rows of one document, each table numbered from 1; an assignment's `unit` is to be filled in (`units_of`).

    `canonical`: core phrases of indicators with their standard terms (`standard_terms`).
    """
    rows = _Rows()
    _document(one.document, rows)
    numbers = {section.section: _section(section, rows) for section in one.sections}
    _figures(one, numbers, canonical, rows)
    _simple(one, numbers, rows)
    for section in one.sections:
        for unit in section.units:
            place = {"section": numbers[section.section], "start": unit.start, "end": unit.end}
            rows.add("assignments", **place, unit=None, name=unit.name, role=unit.role)
    for warned in one.warnings:
        rows.add("warnings", document=1, **vars(warned))
    return dict(rows.tables)


def standard_terms(lexicon: Lexicon) -> dict[str, str]:
    """The core phrases of the lexicon's concepts, with their standard terms."""
    return {core(bare(form)): concept.name for concept in lexicon.concepts for form in concept.forms}


def own_places(document: Document) -> tuple[str, ...]:
    """The names of a document's own place: those given, else the one that its title or issuer begins with."""
    if document.places:
        return document.places
    for text in (document.title, document.issuer):
        if text and (found := _OWN_PLACE.match(text)):
            place = found["place"]
            return (place, re.sub("(?:省|自治区|市|区|县|州|旗|新区)$", "", place))
    return ()


def _document(document: Document, rows: _Rows) -> None:
    places = own_places(document)
    readings = [
        f"{document.text[one.start : one.end]}={one.suggested}"
        for one in document.warnings
        if one.code == "overwritten"
    ]
    number = rows.add(
        "documents",
        id=document.id,
        version=document.version,
        current=1,
        title=document.title,
        issuer=document.issuer,
        date=document.date,
        number=document.number,
        index_number=document.index_number,
        status=document.status,
        subject=document.subject,
        disclosure=document.disclosure,
        url=document.url,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        place=places[0] if places else None,
        reading="\n".join(readings) or None,
        text=document.text,
    )
    rows.tables["places"] += [{"document": number, "name": name} for name in places]
    for start, end in document.furniture:
        rows.add("spans", document=number, field="furniture", start=start, end=end)
    for name, start, end in document.spans:
        rows.add("spans", document=number, field=name, start=start, end=end)


def _section(section: Section, rows: _Rows) -> int:
    return rows.add(
        "sections",
        document=1,
        section=section.section,
        parent=section.parent,
        level=section.level,
        heading=section.heading,
        start=section.start,
        end=section.end,
        body=section.body,
    )


_BRANCHES = ("公司", "分局", "支队", "大队", "所")
"""How the names of branches end: a department's form, with only a place between or after (中国移动南昌分公司)."""
_LEAST_NAME = 4
"""The fewest characters of a form that a branch's name begins with."""


def units_of(names: Sequence[str], places: AbstractSet[str], lexicon: Lexicon) -> list[Unit]:
    """The units behind the names that assignments have, in order of first mention; row n is the nth of them."""
    functions = _functions(lexicon.units)
    long = tuple(form for form in functions if len(form) >= _LEAST_NAME)
    bases = dict.fromkeys(base(name, places) for name in names)
    branches = [one for one in bases if one.endswith(_BRANCHES) and one.startswith(long)]
    full = functions | {
        one: functions[form] for one in branches for form in long if one != form and one.startswith(form)
    }
    return units(names, full, places)


@lru_cache(maxsize=2)
def _functions(departments: tuple[Concept, ...]) -> dict[str, str]:
    """The departments' general names by every form."""
    return {form: unit.name for unit in departments for form in unit.forms}


def _figures(one: Parsed, numbers: Mapping[str, int], canonical: Mapping[str, str], rows: _Rows) -> None:
    context = _contexts(one)
    clusters: list[list[Figure]] = []
    own = _own_words(one.document)
    plain = [replace(figure, indicator=core(figure.indicator, own) or figure.indicator) for figure in one.figures]
    of_figure = []
    for figure in plain:
        place = next(
            (n for n, held in enumerate(clusters) if one_indicator(held[0], figure, canonical, context)), len(clusters)
        )
        if place == len(clusters):
            clusters.append([])
        clusters[place].append(figure)
        of_figure.append(place)
    names = [_called(one.figures, of_figure, place, own) for place in range(len(clusters))]
    indicators = [
        rows.add("indicators", document=1, name=name, flow=cluster[0].flow, unit=cluster[0].unit)
        for name, cluster in zip(names, clusters, strict=True)
    ]
    placed = [
        rows.add("figures", section=numbers[figure.section], indicator=indicators[place], **_columns(figure))
        for figure, place in zip(one.figures, of_figure, strict=True)
    ]
    pairs = conflicts(plain, canonical, context)
    rows.tables["conflicts"] += [{"first": placed[first], "second": placed[second]} for first, second in pairs]


def _called(figures: Sequence[Figure], of_figure: Sequence[int], place: int, own: Sequence[str]) -> str:
    """The name of an indicator: the phrase that most of its figures have, of equals the longer, without the own place."""
    phrases = Counter(
        told(figure.indicator, own) for figure, mine in zip(figures, of_figure, strict=True) if mine == place
    )
    return max(phrases, key=lambda phrase: (phrases[phrase], len(phrase)))


def _columns(figure: Figure) -> Row:
    """A figure's own columns."""
    names = (
        "year",
        "year_end",
        "comparator",
        "value",
        "value_max",
        "unit",
        "commitment",
        "flow",
        "lead",
        "start",
        "end",
    )
    return {
        "phrase": figure.indicator,
        "per_year": int(figure.per_year),
        **{name: getattr(figure, name) for name in names},
    }


def _own_words(document: Document) -> tuple[str, ...]:
    """The words by which a document names its own place, those that publishing overwrote too; longest first."""
    written = {document.text[one.start : one.end] for one in document.warnings if one.code == "overwritten"}
    return tuple(sorted({*own_places(document), *written}, key=lambda word: (-len(word), word)))


def _contexts(one: Parsed) -> dict[str, str]:
    """For each section the words around its figures: its headings and its own text."""
    outer = {section.section: section for section in one.sections}
    found = {}
    for section in one.sections:
        words = one.document.text[section.start : section.end]
        above: Section | None = section
        while above is not None and above.section:
            words += above.heading
            above = outer.get(above.parent or "")
        found[section.section] = words
    return found


def _simple(one: Parsed, numbers: Mapping[str, int], rows: _Rows) -> None:
    """Awards, references, schedules, deadlines, amendments and programmes, whose fields are their columns."""
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("awards", one.awards),
        ("references", one.references),
        ("schedules", one.schedules),
        ("deadlines", one.deadlines),
        ("amendments", one.amendments),
        ("programmes", one.programmes),
    )
    for table, facts in kinds:
        for fact in facts:
            fields = {
                key: value
                for key, value in vars(fact).items()
                if key not in ("text", "document", "section", "start", "end")
            }
            rows.add(table, section=numbers[fact.section], **fields, start=fact.start, end=fact.end)
