"""The parts of units in the sections of a document: which are asked for, as what, and how a task is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.drafts import Desk
from knowledge.answering.quoting import LONGEST
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Citation
from knowledge.question import UnitAsked
from knowledge.rules import rule
from knowledge.store import Row

LEADING = rule(
    "leading",
    "牵头|主抓|主责",
    "asks for the tasks that a unit leads",
    ("市科技局牵头哪些工作", "牵头"),
    ("配合什么", ""),
)
HELPING = rule(
    "helping",
    "配合|协助|协同",
    "asks for the tasks that a unit helps with",
    ("市财政局配合做什么", "配合"),
    ("负责什么", ""),
)
RULES = (LEADING, HELPING)
_ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合"}
LONGEST_GIST = 110
"""The most characters of a section that tell in a list what the task is."""
_CLAUSE_END = re.compile("(?s:.*)[,;、，；。]")
_UNNUMBERED = re.compile("[0-9.]+$")


@dataclass(frozen=True)
class Part:
    """A unit's part in a section: as what, and by which name the document has it there."""

    section: Shelved
    role: str
    written: str


@dataclass(frozen=True)
class Load:
    """A unit, by the name that answers, with its parts in one document."""

    name: str
    parts: tuple[Part, ...]

    @property
    def roles(self) -> set[str]:
        return {part.role for part in self.parts}

    @property
    def sections(self) -> list[Shelved]:
        return [part.section for part in self.parts]


def load_of(desk: Desk, unit: UnitAsked) -> Load:
    """A unit as one document names it, with its tasks there: those on the subject, and in the role asked, where any are."""
    rows = _of_one_document(desk, desk.shelf.database.tasks(unit.rows))
    parts: dict[int, Part] = {}
    for row in rows:
        parts.setdefault(row["section"], Part(desk.shelf.take(row["section"]), row["role"], row["name"]))
    written = Counter(part.written for part in parts.values())
    name = unit.text if unit.text in written else next((name for name, _ in written.most_common(1)), unit.text)
    held = sorted(parts.values(), key=lambda part: part.written != name) if unit.text in written else parts.values()
    return Load(name, tuple(_asked_for(desk, list(held))))


def _asked_for(desk: Desk, parts: list[Part]) -> list[Part]:
    """The parts on the subject, where any are, and of those the ones in the role that is asked for; roles in their order."""
    strong = desk.subject.strong()
    zones = ([(one.heading, 1.0), (one.folded, 0.9), (one.above, 0.6)] for one in (part.section for part in parts))
    if strong.terms:
        parts = [part for part, zone in zip(parts, zones, strict=True) if strong.coverage(zone) >= 0.6] or parts
    role = role_asked(desk)
    parts = [part for part in parts if part.role == role] or parts
    order = list(_ROLES)
    return sorted(parts, key=lambda part: order.index(part.role)) if len({part.role for part in parts}) > 1 else parts


def role_asked(desk: Desk) -> str | None:
    """The role that a question asks for."""
    said = desk.question.folded
    return "lead" if LEADING.pattern.search(said) else "support" if HELPING.pattern.search(said) else None


def _of_one_document(desk: Desk, tasks: Sequence[Row]) -> list[Row]:
    """The tasks that one document sets, for units of one name in several are not one: the one asked, the best, or the newest."""
    held = {task["document"] for task in tasks}
    if len(held) <= 1:
        return list(tasks)
    ranked = [one.section.row["document"] for one in desk.ranked] if desk.subject.strong().terms else []
    dates = {row["n"]: row["date"] or "" for row in desk.shelf.database.documents() if row["n"] in held}
    newest = sorted(dates, key=lambda n: (dates[n], -n), reverse=True)
    chosen = next(n for n in (*desk.question.documents, *ranked, *newest) if n in held)
    return [task for task in tasks if task["document"] == chosen]


def label(load: Load, part: Part) -> str:
    """A task by its section, heading, the role where roles differ, and the name by which the unit stands there."""
    role = f"{_ROLES[part.role]} " if load.roles != {"responsible"} else ""
    named = heading(load, part)
    return f"{role}{named if named.startswith(part.section.section) else f'{part.section.section} {named}'}"


def chapter(desk: Desk, load: Load, part: Part) -> str:
    """The section above a task, with the unit's role where roles differ."""
    above = desk.shelf.parent(part.section)
    role = f"{_ROLES[part.role]} " if load.roles != {"responsible"} else ""
    return f"{role}{above.section if above is not None else part.section.section}"


def heading(load: Load, part: Part) -> str:
    """A task by its heading, with the name by which the unit stands there where it is another."""
    written = f"〔{part.written}〕" if part.written != load.name else ""
    return f"{part.section.row['heading'] or part.section.section}{written}"


def gist(one: Shelved) -> str:
    """The first clauses of a section, to tell what the task is; whole ones, so that no number is cut in two."""
    if not one.sentences:
        return ""
    sentence = one.sentences[0]
    text = "".join(one.document.text[sentence.start : sentence.end].split())
    if len(text) <= LONGEST_GIST:
        return text
    whole = _CLAUSE_END.match(text[:LONGEST_GIST])
    return f"{whole.group() if whole else _UNNUMBERED.sub('', text[:LONGEST_GIST])}…"


def first_words(one: Shelved) -> Citation:
    """The first sentence of a section, as far as a quote goes."""
    if not one.sentences:
        return citation(one, one.row["start"], min(one.row["end"], one.row["start"] + LONGEST))
    sentence = one.sentences[0]
    ends = [end for _, end in sentence.clauses if end - sentence.start <= LONGEST]
    return citation(
        one,
        sentence.start,
        sentence.end if sentence.end - sentence.start <= LONGEST else ends[-1] if ends else sentence.start + LONGEST,
    )
