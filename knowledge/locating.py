"""Where in a document an amendment belongs: the figure, the award, the words or the section that it changes.

Exactly one place must fit; where none or several do, or the old value is another, it says so and gives none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.facts import Amendment, Award, Figure
from knowledge.naming import core, same_unit
from knowledge.parsing.quantities import Quantity, quantities, years
from knowledge.parsing.validity import until
from knowledge.rules import rule
from knowledge.store import Database
from knowledge.text import bare, compact

LIKE = 0.7
"""The part of an amendment's subject that the words of a fact must hold."""
_TERM = re.compile("^(?:有效期|(?:实施|执行|施行|试行)期)")
CLAUSE = rule(
    "clause",
    r"^(?:(?P<chapter>第[一二三四五六七八九十百0-9]+章))?(?:(?P<article>第[一二三四五六七八九十百0-9]+条)|(?P<part>第[一二三四五六七八九十]+部分))?"
    r"(?:第[一二三四五六七八九十0-9]+款)?第?(?P<item>\([一二三四五六七八九十0-9]{1,3}\))?(?:[项条款])?(?:第?(?P<point>[0-9]{1,2})[点项目])?",
    "the clause of a document that an amendment names",
    ("第三条第二款", "第三条第二款"),
    ("第(六)项中2027年规模以上工业企业", "第(六)项"),
    ("第五条第(二)项", "第五条第(二)项"),
    ("数字化改造项目补助上限", ""),
)
RULES = (CLAUSE,)
_GENERIC = re.compile(
    "目标值?|指标|数量|标准|上限|下限|最高|金额|额度|总额|奖励|补助|补贴|资助|奖补|资金|一次性|给予|由|的|到|至|对|年|[0-9]{4}"
)
"""Words of an amendment's subject that tell no figure or award from another."""


@dataclass(frozen=True)
class Place:
    """A place of a document that is changed: `kind` figure, award, words or section, with the section's row and its span."""

    kind: str
    section: int
    start: int
    end: int


@dataclass(frozen=True)
class Located:
    """The places that an amendment changes, or why there are none: `nowhere`, `differs` (another old value), `many`."""

    places: tuple[Place, ...] = ()
    doubt: str | None = None
    until: date | None = None


def located(database: Database, document: int, amendment: Amendment, words: str = "") -> Located:
    """Where an amendment belongs in a document; `words`: those that a person named as the changed ones."""
    subject = compact(amendment.subject).text
    if _TERM.match(subject) and amendment.after:
        day = until(compact(amendment.after).text)
        return Located(until=day) if day else Located(doubt="nowhere")
    sections = _sections(database, document, subject)
    if not sections:
        return Located(doubt="nowhere")
    named = CLAUSE.pattern.match(subject)
    rest = subject[named.end() :] if named else subject
    if words:
        return _one(_worded(database, document, sections, words))
    if amendment.before is None:
        return _whole(database, sections, bool(named and named.group()))
    changed = _valued(database, sections, rest, compact(amendment.before).text) if rest else None
    return changed or _one(_worded(database, document, sections, amendment.before))


def _sections(database: Database, document: int, subject: str) -> list[int]:
    """The rows of the sections that a subject may be in: those of the clause it names, else all."""
    rows = database.outline(document)
    named = CLAUSE.pattern.match(subject)
    if named is None or not named.group():
        return [row["n"] for row in rows]
    parts = [named["chapter"], named["article"], named["item"], named["point"]]
    wanted = "".join(part for part in parts if part)
    heads = [row["section"] for row in rows if row["section"].endswith(wanted)] if wanted else []
    return [row["n"] for row in rows if any(row["section"].startswith(head) for head in heads)] if heads else []


def _whole(database: Database, sections: Sequence[int], named: bool) -> Located:
    """A clause changed as a whole: the one section that is named, with all below it."""
    if not named:
        return Located(doubt="nowhere")
    rows = [database.section(n) for n in sections]
    tops = [
        row
        for row in rows
        if not any(row["section"].startswith(other["section"]) for other in rows if other is not row)
    ]
    if len(tops) != 1:
        return Located(doubt="many")
    return Located(tuple(Place("section", row["n"], row["start"], row["end"]) for row in rows))


def _worded(database: Database, document: int, sections: Sequence[int], words: str) -> list[Place]:
    """The places where words stand in sections, white space and width aside."""
    text, wanted = database.document(document).text, compact(words).text
    found = []
    for n in sections:
        row = database.section(n)
        view = compact(text, row["start"], row["end"])
        places = [one.start() for one in re.finditer(re.escape(wanted), view.text)] if wanted else []
        found += [Place("words", n, *view.span(place, place + len(wanted))) for place in places]
    return found


def _one(places: Sequence[Place]) -> Located:
    if len(places) == 1:
        return Located(tuple(places))
    return Located(doubt="many" if places else "differs")


def _valued(database: Database, sections: Sequence[int], subject: str, before: str) -> Located | None:
    """The figure or the award with the old value whose words hold the subject; None where the old words hold no number."""
    amounts = quantities(before)
    if not amounts:
        return None
    old, said = amounts[-1], [one.first for one in years(subject)]
    figures = [
        (n, indicator, one)
        for n in sections
        for _, indicator, one in database.figures(n)
        if _alike(subject, f"{one.indicator}{database.indicator(indicator)}") and _in_year(one, said)
    ]
    same = [
        (n, indicator, one) for n, indicator, one in figures if one.value == old.value and same_unit(one.unit, old.unit)
    ]
    if len({(indicator, one.year) for _, indicator, one in same}) == 1:
        return Located(tuple(Place("figure", n, one.start, one.end) for n, _, one in same))
    if same:
        return Located(doubt="many")
    given = [(n, one) for n in sections for one in database.awards(n) if _alike(subject, _told(one))]
    held = [(n, one) for n, one in given if _is(one, old)]
    if len({one.start for _, one in held}) == 1:
        return Located((Place("award", held[0][0], held[0][1].start, held[0][1].end),))
    if held:
        return Located(doubt="many")
    return Located(doubt="differs") if figures or given else Located(doubt="nowhere")


def _in_year(figure: Figure, said: Sequence[int]) -> bool:
    return not said or any(
        figure.year is not None and figure.year <= one <= (figure.year_end or figure.year) for one in said
    )


def _told(award: Award) -> str:
    """The words by which an award is known."""
    return "".join(filter(None, (award.beneficiary, award.purpose, award.conditions, award.text)))


def _is(award: Award, old: Quantity) -> bool:
    """Whether an award's amount, its most or its cap is a quantity."""
    return award.unit == old.unit and old.value in (award.amount, award.amount_max, award.cap)


def _alike(subject: str, words: str) -> bool:
    """Whether the words of a fact hold what a subject says, by pairs of characters."""
    wanted, held = _GENERIC.sub("", core(bare(subject))), bare(words)
    pairs = [wanted[place : place + 2] for place in range(len(wanted) - 1)]
    if not pairs:
        return bool(wanted) and wanted in held
    return sum(pair in held for pair in pairs) >= LIKE * len(pairs)
