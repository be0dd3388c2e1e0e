"""Long lists in pages: items packed under the limits of one answer; which page is asked for is a slot of the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby

from knowledge.answering import telling
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted, line
from knowledge.facts import Award, Citation, Figure

MOST_LINES = 4
"""The lines of items in an answer, with those of the conflicts they touch; beside them stand the head, what is left and a place."""
FOR_AMENDED = 4
"""The quotes that a page leaves room for where documents of the database amend others."""
MOST_WORDS = 600
"""The most characters of the items of one page."""


@dataclass(frozen=True)
class Item:
    """One thing of a list: what its line begins with, its words there, its quotes, its facts, and a question for it."""

    place: str
    words: str
    quotes: tuple[Citation, ...]
    figures: tuple[Figure, ...] = ()
    asked: str = ""
    awards: tuple[Award, ...] = ()


def show(desk: Desk, draft: Draft, items: Sequence[Item], opening: Sequence[Item] = ()) -> None:
    """Tells the page that is asked for under the draft's head; behind the last page, that there is no more.

    `opening`: a page of its own before the items, which tells all in short.
    """
    held = [*([list(opening)] if opening else []), *_pages(desk, items)]
    number = min(desk.question.page, len(held))
    draft.page = number
    if number == len(held):
        draft.lines.clear()
        draft.say("page.end", count=counted(len(items)))
        draft.cite(*(quote for item in held[-1] for quote in item.quotes))
        return
    shown = held[number]
    for place, group in groupby(shown, key=lambda item: item.place):
        draft.say("list.items", place=place, words="；".join(item.words for item in group))
    for item in shown:
        draft.cite(*item.quotes)
    draft.figures += [figure for item in shown for figure in item.figures]
    draft.awards += [award for item in shown for award in item.awards]
    telling.conflicts(desk, draft, draft.figures)
    draft.listed = [item.asked for item in shown if item.asked]
    if left := sum(map(len, held[number + 1 :])):
        draft.say("page.goals" if opening and not number else "page.more", count=counted(left))


def told_whole(draft: Draft) -> None:
    """Says of an answer that is no list, and that was told already, that there is no more of it; asking back stays."""
    if draft.status != "clarify":
        draft.lines = [line("page.none")]
        for told in (draft.figures, draft.awards, draft.units, draft.conflicts):
            told.clear()


def _pages(desk: Desk, items: Sequence[Item]) -> list[list[Item]]:
    """The items in pages, none for none: one page where all fit; else the first holds a line less, for what a first answer has to note."""
    if fit(desk, items, MOST_LINES):
        return [list(items)] if items else []
    pages: list[list[Item]] = [[]]
    for item in items:
        if pages[-1] and not fit(desk, [*pages[-1], item], MOST_LINES - (len(pages) == 1)):
            pages.append([])
        pages[-1].append(item)
    return pages


def fit(desk: Desk, items: Sequence[Item], most: int) -> bool:
    """Whether items stand in one answer, on at most so many lines."""
    conflicts = telling.touched(desk, [figure for item in items for figure in item.figures])
    quoted = {(one.document, one.start, one.end) for item in items for one in item.quotes}
    known = {(figure.document, figure.start) for item in items for figure in item.figures}
    apart = {(one.document, one.start) for pair in conflicts for one in pair} - known
    lines = len(list(groupby(item.place for item in items))) + len(conflicts)
    words = sum(len(item.words) for item in items)
    room = MOST_CITATIONS - (FOR_AMENDED if _amended(desk, {name for name, _, _ in quoted}) else 0)
    return lines <= most and len(quoted) + len(apart) <= room and words <= MOST_WORDS


def _amended(desk: Desk, names: AbstractSet[str]) -> bool:
    """Whether a document of the database changes one of those quoted."""
    database = desk.shelf.database
    return any(database.document(change.document).id in names for change in desk.shelf.succession.changes)
