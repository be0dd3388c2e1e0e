"""Small answers: greetings, what can be asked, conflicts at large, asking back."""

from __future__ import annotations

from knowledge.answering import targets
from knowledge.answering.drafts import Desk, Draft, counted, line
from knowledge.store import Database
from knowledge.text import bare

MOST_CHOICES = 4
LEAST = 0.45


def smalltalk() -> Draft:
    """A greeting or thanks returned."""
    return Draft("smalltalk", 1.0, [line("smalltalk")], suggestions=["你能查什么"])


def usage(database: Database) -> Draft:
    """What can be asked, with the documents there are."""
    draft = Draft("help", 1.0, [line("help")])
    titles = [row["title"] for row in database.documents() if row["title"]]
    if titles:
        draft.say("help.documents", count=counted(len(titles)), first=titles[0])
    return draft


def conflicts(desk: Desk) -> Draft | None:
    """The conflicts about a subject, or all of them where it names none."""
    database = desk.shelf.database
    strong = desk.subject.strong()
    near = {*desk.question.documents, *(one.section.row["document"] for one in desk.ranked if strong.terms)}
    pairs = [(database.figure(first), database.figure(second)) for first, second in database.conflicts(near)]
    if strong.terms:
        about = [
            pair
            for pair in pairs
            if strong.coverage([*((bare(one.indicator), 1.0) for one in pair), (desk.home(pair[1]).heading, 0.8)])
            >= LEAST
        ]
        known = max((strong.coverage([(ranked.section.folded, 1.0)]) for ranked in desk.ranked[:3]), default=0.0)
        pairs = about or (pairs if known < LEAST else [])
    if desk.question.years:
        wanted = {years.first for years in desk.question.years}
        pairs = [pair for pair in pairs if pair[0].year in wanted] or pairs
    if not pairs:
        return None
    draft = Draft("conflict", 0.9, section=desk.home(pairs[0][0]))
    draft.say(
        "conflict.head",
        count=counted(len(pairs)),
        indicator="、".join(dict.fromkeys(desk.name(pair[1]) for pair in pairs[:MOST_CHOICES])),
    )
    for pair in pairs[:MOST_CHOICES]:
        draft.figures += [*pair]
        targets.conflicts(desk, draft, pair[:1])
    draft.conflicts = list(dict.fromkeys(draft.conflicts))
    draft.lines = list(dict.fromkeys(draft.lines))
    return draft


def clarify() -> Draft:
    """No subject: ask back; the choices are what is suggested."""
    draft = Draft("clarify", 0.0, status="clarify")
    draft.say("clarify")
    return draft
