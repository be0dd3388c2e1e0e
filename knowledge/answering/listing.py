"""Lists of all that a document has of one sort, the count first and in pages: targets, references, programmes, units, tasks, parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.answering import targets, telling
from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.duties import of_units
from knowledge.answering.indicators import indicator, one_year, place
from knowledge.answering.matching import LEAST_IMPORTANCE, own_level
from knowledge.answering.paging import Item, show
from knowledge.answering.papers import meant
from knowledge.answering.quoting import of_figure, of_span
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Figure
from knowledge.naming import core
from knowledge.numerals import chinese
from knowledge.question import Question
from knowledge.question.focus import HEADED
from knowledge.question.slots import YEARS
from knowledge.rules import Rule, rule
from knowledge.text import bare

FITTING = 0.6
"""A thing belongs in a list that holds this much of each term that is asked beside its sort."""
_WHICH = "(?:哪些|^清单,|哪几[个项类条种份]|有(?:什么|啥)|所有|全部|(?:几|多少)[个项条种份])(?:的|主要|具体|重点|量化|发展|预期|约束性)*"
_LISTED = "(?:都|分别|具体|主要|一共|总共|共)*(?:有|是|包括|包含)?(?:哪些|哪几[个项类条种份]|(?:几|多少)[个项条种份])"
TARGETS = rule(
    "targets",
    rf"{_WHICH}(?:目标|指标)(?![值数]|是|由|归)|(?:目标|指标)(?:任务)?(?:{_LISTED}|清单|一览|汇总)|^(?:的|发展|主要|全区|我区)*(?:目标|指标)(?:都?是(?:什么|啥))?$",
    "asks for all targets",
    ("2027年有哪些主要指标", "哪些主要指标"),
    ("全区2030年的指标都有哪些", "指标都有哪些"),
    ("2025年高企目标是多少", ""),
)
REFERENCES = rule(
    "references",
    r"(?:引用|提到|参考|涉及|依据|列出)(?:了|过|到)?(?:的)?(?:哪些|几[份个]|多少|所有|全部).{0,4}(?:文件|政策|办法|规定)|(?:哪些|几份)(?:文件|政策|办法).{0,4}(?:引用|提到|参考)",
    "asks for every document that is referred to",
    ("本办法参考了哪些文件", "参考了哪些文件"),
    ("引用的全部政策文件", "引用的全部政策文件"),
    ("看哪个文件", ""),
)
PROGRAMMES = rule(
    "programmes",
    rf"{_WHICH}(?:专项)?(?P<kind>行动计划|行动|计划|工程|活动|大赛|比赛|项目)(?![方书者])|(?P<named>行动计划|行动|计划|工程|活动|大赛|比赛){_LISTED}",
    "asks for all programmes of a kind",
    ("实施了哪些重点工程", "哪些重点工程"),
    ("行动计划有哪些", "行动计划有哪些"),
    ("今年有什么计划书", ""),
)
UNITS = rule(
    "units",
    rf"(?:有|涉及|涉及到|包括)(?:哪些|哪几个|多少个?|几个|什么)(?:责任|牵头|配合|参与)*(?:单位|部门)$|(?:责任|牵头|参与)(?:单位|部门)(?:{_LISTED}|名单|清单)$|(?:一共|总共)(?:有)?(?:几|多少)个(?:责任|牵头|参与)*(?:单位|部门)",
    "asks for all units",
    ("本措施涉及哪些部门", "涉及哪些部门"),
    ("责任单位有哪些", "责任单位有哪些"),
    ("哪些部门负责招商", ""),
)
TASKS = rule(
    "tasks",
    rf"{_WHICH}(?:工作)?任务|(?<!目标)(?<!指标)任务(?:{_LISTED}|清单)",
    "asks for all tasks",
    ("有哪些重点任务", "哪些重点任务"),
    ("任务一共多少项", "任务一共多少项"),
    ("区科协的任务", ""),
    ("2030年的目标任务有哪些", ""),
)
SEVERAL = rule(
    "several",
    r"(?P<only>只|仅)?(?:有|由)?(?P<n>[一两二三四五六七八九十]|[1-9]|多|几)(?:个|家)(?P<more>或?(?:以上|及以上))?的?(?:不同)?的?(?:单位|部门|局)|不止一[个家](?:单位|部门)|(?:几|多)(?:个|家)?部门(?:共同|联合)",
    "asks by how many units are responsible",
    ("由三个以上部门负责的任务", "由三个以上部门"),
    ("只有一个单位负责", "只有一个单位"),
    ("多个部门牵头", "多个部门"),
)
PARTS = rule(
    "parts",
    r"(?:分|有|包括|包含|共)?(?:成|为)?(?:几|多少|哪几|哪些)个?(?:大)?(?:章节?|部分)|^.{0,6}(?:目录|大纲)$",
    "asks for the parts of a document",
    ("这份意见分几个部分", "分几个部分"),
    ("文件目录", "文件目录"),
    ("大部分企业", ""),
)
RULES = (REFERENCES, PARTS, UNITS, TASKS, PROGRAMMES, TARGETS)
"""Read in order: a question is for the first that it matches."""
SIDES = (SEVERAL,)
_GROUPED = re.compile('^[“”"]?(?P<n>[两二三四五六七八九十]{1,2})大')
_TOO_FEW = 2
"""A list on a subject of fewer things is no list: the things are told themselves."""


def _words(question: Question) -> str:
    """The words that ask for a list, without the years: those of the turn, or of the earlier one that it goes on with."""
    return _undated(question.listing or question.folded)


@lru_cache(maxsize=256)
def _undated(folded: str) -> str:
    return YEARS.pattern.sub("", folded).strip(" ,的")


@lru_cache(maxsize=256)
def _asked(words: str) -> tuple[Rule, re.Match[str]] | None:
    return next(((row, found) for row in RULES if (found := row.pattern.search(words))), None)


def asked(question: Question) -> str | None:
    """The sort of which a question asks for all, None for any other question."""
    found = _asked(_words(question))
    return found[0].name if found and not question.units else None


def answer(desk: Desk) -> Draft | None:
    """The list that a question asks for, None where there is none, or too little on its subject to be one."""
    sort, number = asked(desk.question), meant(desk)
    if sort is None or number is None:
        return None
    lists = (_MAKERS[sort](_Listed(desk, one, _rest(desk, one))) for one in _order(desk, number))
    return next((draft for draft in lists if draft is not None), None)


def _order(desk: Desk, number: int) -> list[int]:
    """The document that is meant; where the question names none and tells no subject, then each other one."""
    if desk.question.documents or desk.last is not None or _rest(desk, number):
        return [number]
    return [number, *(row["n"] for row in desk.shelf.database.documents() if row["n"] != number)]


@dataclass(frozen=True)
class _Listed:
    """What a list is made from: the desk, the document, and the terms beside the sort that is asked for."""

    desk: Desk
    document: int
    rest: tuple[int, ...]

    def sections(self) -> Iterator[Shelved]:
        """The sections of the document, those with the rest of the subject where there is one."""
        shelf = self.desk.shelf
        for row in shelf.database.outline(self.document):
            one = shelf.take(row["n"])
            if self.fits(one.heading, one.folded, one.above):
                yield one

    def fits(self, *texts: str) -> bool:
        """Whether texts hold each of the other terms themselves."""
        terms = (self.desk.subject.terms[place] for place in self.rest)
        return all(max(own_level(term, bare(text)) for text in texts) >= FITTING for term in terms)

    def draft(self, intent: str, items: Sequence[Item], key: str, **values: object) -> Draft | None:
        """The draft of a list with its head."""
        if not items or (self.rest and len(items) < _TOO_FEW):
            return None
        shelf = self.desk.shelf
        home = shelf.take(shelf.sections_of(self.document)[items[0].quotes[0].section])
        draft = Draft(intent, 1.0, section=home, sure=True)
        draft.say(key, count=counted(len(items)), **values)
        show(self.desk, draft, items)
        return draft


def _rest(desk: Desk, number: int) -> tuple[int, ...]:
    """The places of the terms that say of what the things are asked for: those outside the words for their sort and the title."""
    found = _asked(_words(desk.question))
    said = found[1].group() if found else ""
    title = bare(desk.shelf.database.document(number).title or "")
    return tuple(
        place
        for place, term in enumerate(desk.subject.terms)
        if term.weight >= HEADED
        and term.text not in said
        and desk.subject.importance[place] >= LEAST_IMPORTANCE
        and own_level(term, title) < FITTING
    )


# ---------------------------------------------------------------- targets


def _targets(listed: _Listed) -> Draft | None:
    """The targets of a year, or of all years, by section; each indicator once, with every wording that it has."""
    desk = listed.desk
    held = [figure for one in listed.sections() for _, _, figure in desk.shelf.figures(one)]
    held = [one for one in held if listed.fits(one.indicator, one.text, desk.home(one).heading, desk.home(one).above)]
    if any(_counted_by(desk, place, held) for place in listed.rest):
        return targets.answer(desk)
    years = desk.question.years
    meeting = [one for one in held if any(telling.meets(one, year) for year in years)] if years else held
    if years and not meeting and not listed.rest:
        return _no_year(desk, held)
    groups: dict[tuple[str, bool, bool], list[Figure]] = {}
    for one in meeting:
        groups.setdefault((desk.name(one), one.per_year, bool(one.flow)), []).append(one)
    items = [indicator(desk, group, dated=one_year(years)) for group in groups.values()]
    if not years:
        return listed.draft("list", items, "list.all_targets")
    over = "@over" if all(telling.is_over(desk, one) for one in meeting) else ""
    return listed.draft("list", items, "list.targets", year=years_said(desk, meeting), over=over)


def _counted_by(desk: Desk, place: int, held: Sequence[Figure]) -> bool:
    """Whether a term names what one indicator counts: its targets are a series, no list of several."""
    forms = {core(form) for form in desk.subject.terms[place].forms}
    return any(core(bare(desk.name(one))) in forms for one in held)


def years_said(desk: Desk, meeting: Sequence[Figure]) -> str:
    """The years asked for: in figures where the question has them or a target does, else in the question's words."""
    have = {one.year for one in meeting}
    said = zip(desk.question.years, desk.question.years_said, strict=True)
    return "、".join(
        f"{one.first}年" if one.last is None and one.first in have else telling.as_said(one, words)
        for one, words in said
    )


def _no_year(desk: Desk, held: Sequence[Figure]) -> Draft | None:
    """No target for the year asked for: the years that have some, each cited."""
    first: dict[str, Figure] = {}
    for one in sorted(held, key=lambda one: (one.year or 0, one.year_end or 0)):
        if one.year is not None:
            first.setdefault(telling.year_of(one), one)
    if not first:
        return None
    draft = Draft("list", 1.0, status="not_found", section=desk.home(next(iter(first.values()))))
    years = years_said(desk, [])
    draft.say("list.no_year", year=years)
    draft.say("list.years", years="、".join(first))
    draft.missing.append(years)
    for one in first.values():
        draft.cite(*of_figure(desk.home(one), one))
    draft.suggestions += [f"{year}有哪些目标" for year, one in first.items() if one.year_end is None][:3]
    return draft


# ------------------------------------------------- references, programmes


def _references(listed: _Listed) -> Draft | None:
    """Every document that is referred to, each once, in reading order."""
    return listed.draft("list", _titles(replace(listed, rest=())), "references.head")


def _titles(listed: _Listed, kind: str = "") -> list[Item]:
    """The documents referred to, those with a word in their title where one is given."""
    found: dict[str, Item] = {}
    for home in listed.sections():
        for one in listed.desk.shelf.references(home):
            name = one.title or one.number or ""
            if kind in name:
                number = f"（{one.number}）" if one.title and one.number else ""
                quotes = (citation(home, one.start, one.end),)
                words = f"《{name}》{number}" if one.title else name
                found.setdefault(name, Item(place(home), words, quotes))
    return list(found.values())


def _programmes(listed: _Listed) -> Draft | None:
    """The programmes of a kind (行动计划: actions and plans), each once; a name for several that are listed is none of them."""
    found = _asked(_words(listed.desk.question))
    assert found is not None
    kind = found[1]["kind"] or found[1]["named"]
    kinds = {"行动计划": ("行动", "计划"), "比赛": ("大赛", "比赛")}.get(kind, (kind,))
    items: dict[str, Item] = {}
    for home in listed.sections():
        held = [one for one in listed.desk.shelf.programmes(home) if one.kind in kinds]
        for one in held:
            group = _GROUPED.match(one.name)
            if group and (chinese(group["n"]) or 0) < len(held):
                continue
            if listed.fits(one.name, home.heading):
                quotes = (of_span(home, one.start, one.end),)
                items.setdefault(one.name, Item(place(home), one.name, quotes, asked=f"{one.name}是什么"))
    titled = [one for one in _titles(listed, kind) if listed.fits(one.words)] if kind in ("行动计划", "计划") else []
    return listed.draft("list", [*items.values(), *titled], "list.programmes", kind=kind)


# -------------------------------------------------------- units and tasks


def _units(listed: _Listed) -> Draft | None:
    """Every unit with how many tasks it has; on a subject that is for the sections about it to say."""
    if listed.rest:
        return None
    parts: dict[str, list[Shelved]] = {}
    names = {row["n"]: row["name"] for row in listed.desk.shelf.database.units()}
    for one in listed.sections():
        for number, _ in listed.desk.shelf.units(one):
            if one not in parts.setdefault(names[number], []):
                parts[names[number]].append(one)
    items = [
        Item("", f"{name}{counted(len(held))}项", (of_units(listed.desk, held[0]),), asked=f"{name}负责什么")
        for name, held in parts.items()
    ]
    draft = listed.draft("unit", items, "list.units")
    if draft is not None:
        draft.units = list(parts)
    return draft


def _tasks(listed: _Listed) -> Draft | None:
    """Every task, those of so many units where the question asks by them; those of a year are its targets."""
    several = SEVERAL.pattern.search(_words(listed.desk.question))
    if several is None and listed.desk.question.years:
        return _targets(listed)
    shelf = listed.desk.shelf
    said = several.group() if several else ""
    rest = tuple(n for n in listed.rest if listed.desk.subject.terms[n].text not in said)
    items = []
    for one in replace(listed, rest=rest).sections():
        names = dict.fromkeys(unit.name for _, unit in shelf.units(one))
        if names and (several is None or _so_many(several, len(names))):
            parent = shelf.parent(one)
            place = f"{parent.section} {parent.row['heading']}：" if parent else ""
            words = f"{one.row['heading'] or one.section}{f'（{counted(len(names))}个单位）' if several else ''}"
            items.append(Item(place, words, (of_units(listed.desk, one),), asked=f"{one.row['heading']}由谁负责"))
    return replace(listed, rest=rest).draft("duties", items, "list.tasks", sort=f"（{said}）" if said else "")


def _so_many(several: re.Match[str], number: int) -> bool:
    """Whether so many units are as many as asked for."""
    said = several["n"]
    if said is None or said in "多几":
        return number > 1
    wanted = int(said) if said.isdigit() else chinese(said) or 1
    return number >= wanted if several["more"] and not several["only"] else number == wanted


def _parts(listed: _Listed) -> Draft | None:
    """The parts of a document by their headings, each with how many it has itself."""
    outline = listed.desk.shelf.database.outline(listed.document)
    items = []
    for row in outline:
        if row["section"] and not row["parent"]:
            one = listed.desk.shelf.take(row["n"])
            below = sum(other["parent"] == row["section"] for other in outline)
            words = f"{one.section} {row['heading']}{f'（{counted(below)}节）' if below else ''}"
            items.append(
                Item("", words, (citation(one, row["start"], row["body"]),), asked=f"{row['heading']}有哪些措施")
            )
    return replace(listed, rest=()).draft("list", items, "list.parts")


_MAKERS: dict[str, Callable[[_Listed], Draft | None]] = {
    "references": _references,
    "parts": _parts,
    "units": _units,
    "tasks": _tasks,
    "programmes": _programmes,
    "targets": _targets,
}
