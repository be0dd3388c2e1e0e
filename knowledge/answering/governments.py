"""Documents of several governments in one database: whose answers first, and what the others say of the same thing.

The first document's government is the home of a database: it answers what names no place, as long as it says as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.answering import agreeing, awards, scoring, telling
from knowledge.answering.awards import about
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted, line
from knowledge.answering.evidence import confidence
from knowledge.answering.papers import taken
from knowledge.answering.quoting import narrowed, of_award, of_figure, of_sentence, priced
from knowledge.answering.shelf import Shelved
from knowledge.answering.standing import in_force
from knowledge.answering.thresholds import ANSWER
from knowledge.facts import Citation, Figure
from knowledge.question.focus import HEADED
from knowledge.question.intents import Intents
from knowledge.store import Database

MARGIN = 0.25
"""What a draft from home may fit worse than one of another government and still be the answer."""
ALIKE = 0.2
"""What another government's fact may fit worse than the one told, and still be told beside it."""
KNOWN = 0.95
"""A section that holds so much of the nouns asked about speaks of all of them."""
ASKED = 2.0
"""From here on the words of a question ask for a kind of thing."""
COVERED = 0.8
"""A section of another government that covers so much of the subject speaks of it as well."""
MOST = 4
"""The most governments that are told beside the one that answers; further ones are counted."""
LAPSED = ""
_OF_SENTENCES = frozenset(["measure", "howto", "schedule", "programme", "organisation"])


@dataclass(frozen=True)
class Told:
    """What another government says: its name, the document's title, the words, the quotes."""

    government: str
    title: str
    words: str
    quotes: tuple[Citation, ...]


def government(database: Database, number: int) -> str:
    """Whose a document is, by the name of its place, else its issuer or title."""
    row = next(row for row in database.documents() if row["n"] == number)
    return str(row["place"] or row["issuer"] or row["title"] or row["id"])


def governments(database: Database) -> list[str]:
    """The governments of a database in the order of its documents."""
    return list(dict.fromkeys(government(database, row["n"]) for row in database.documents()))


def home(database: Database) -> tuple[int, ...]:
    """The rows of the documents of the first document's government; none where there is but one government."""
    names = governments(database)
    if len(names) < 2:
        return ()
    return tuple(row["n"] for row in database.documents() if government(database, row["n"]) == names[0])


def from_home(at_home: tuple[Desk, Draft], anywhere: tuple[Desk, Draft]) -> bool:
    """Whether the draft of the home's documents is the answer, rather than the one of all documents.

    What holds goes before what no longer does.
    """
    (desk, mine), (_, other) = at_home, anywhere
    if _lapsed(desk, mine) and other.status == "answered" and not _lapsed(desk, other):
        return False
    if mine.status == "answered":
        return other.status != "answered" or mine.fit >= other.fit - MARGIN
    if other.intent == "measure" and max(desk.question.intents.values(), default=0.0) < ASKED:
        return True  # words that ask for nothing are met by some sentence of any large library
    if mine.intent == "none" and not (other.figures or other.awards or other.units) and _knows(desk, mine):
        return True
    if mine.intent in ("none", "clarify"):
        return other.status == "not_found" and other.intent == "none"
    return mine.status == "not_found" and mine.fit >= other.fit - MARGIN


def _knows(desk: Desk, mine: Draft) -> bool:
    """Whether the home's documents speak of the whole subject, though they are silent on what is asked of it."""
    if mine.section is None:
        return False
    one = mine.section
    return desk.subject.strong(HEADED).coverage([(one.folded, 1.0), (one.heading, 1.0), (one.above, 1.0)]) >= KNOWN


def told_beside(mine: Draft, other: Draft, database: Database) -> None:
    """Adds to a home's answer that its documents do not say it what another government's say, cited."""
    if other.section is None or other.status != "answered" or not other.citations:
        return
    values = dict(other.lines[0].values)
    words = priced(other.awards[0]) if other.awards else values.get("text") or values.get("amount") or ""
    if words:
        whose = government(database, other.section.row["document"])
        title = other.section.document.title or other.section.document.id
        mine.lines.append(line("also", government=whose, title=title, words=words))
        mine.cite(other.citations[0])


def _lapsed(desk: Desk, draft: Draft) -> bool:
    """Whether a draft is of a document that no longer holds."""
    return draft.section is not None and not in_force(desk.shelf, draft.section.row["document"], desk.today)


def told_apart(desk: Desk, draft: Draft, intents: Intents) -> Draft:
    """A draft with its government named first, and a line for each other one that says something of the same.

    `desk`: over all documents. A draft without facts keeps its first line; others are named by title.
    """
    if draft.section is not None and draft.page == 0 and draft.intent != "document":
        taken(desk, draft, draft.section.row["document"])
    if draft.section is None or draft.sure or draft.page is not None or draft.status == "clarify":
        return draft
    database = desk.shelf.database
    own = government(database, draft.section.row["document"])
    others = list(_others(desk, draft, own, intents))
    facts = draft.awards or draft.figures
    if facts and draft.status == "answered":
        draft = replace(draft, lines=[replace(draft.lines[0], of=own), *draft.lines[1:]])
    for one in others[:MOST]:
        draft.lines.append(line("also", government=one.government, title=one.title, words=one.words))
    if len(others) > MOST:
        draft.say("also.more", count=counted(len(others) - MOST))
    quotes = [one for told in others[:MOST] for one in told.quotes]
    del draft.citations[max(MOST_CITATIONS - len(quotes), 1) :]
    draft.cite(*quotes)
    return draft


def _others(desk: Desk, draft: Draft, own: str, intents: Intents) -> Iterator[Told]:
    """What each other government says of what a draft answers, the nearest first."""
    if draft.intent == "award":
        yield from _awarded(desk, draft, own, intents)
    elif draft.intent in ("target", "target_series"):
        yield from _aimed(desk, draft, own, intents)
    elif draft.intent in _OF_SENTENCES:
        yield from _said(desk, draft, own)


def _awarded(desk: Desk, draft: Draft, own: str, intents: Intents) -> Iterator[Told]:
    seen = {own, LAPSED}
    kind = draft.awards[0].per if draft.awards else None
    fitting = (one for one in awards.scored(desk) if one.fit >= max(awards.LEAST, draft.fit - ALIKE))
    for one in sorted(fitting, key=lambda one: one.award is not None and one.award.per != kind):
        name = _other(desk, one.home)
        if name in seen or one.award is None:
            continue
        quote = of_award(one.home, one.award)
        alone = Draft("award", one.fit, awards=[one.award], section=one.home, citations=[quote])
        if priced(one.award) and confidence(desk, alone, intents) >= ANSWER:
            seen.add(name)
            words = f"{priced(one.award)}（{about(one.award)}）"
            yield Told(name, one.home.document.title or one.home.document.id, words, (quote,))


def _aimed(desk: Desk, draft: Draft, own: str, intents: Intents) -> Iterator[Told]:
    seen = {own, LAPSED}
    years = desk.question.years
    for one in scoring.scored(desk):
        figure = one.figure
        where = desk.home(figure)
        name = _other(desk, where)
        if name in seen or one.coverage < scoring.LEAST or one.fit < draft.fit - ALIKE or not _comparable(desk, figure):
            continue
        held = [figure for _, figure in desk.shelf.database.series(one.indicator)]
        shown = [one for one in held if not years or any(telling.meets(one, year) for year in years)][:3]
        quotes = [quote for one in shown for quote in of_figure(desk.home(one), one)]
        alone = Draft("target", one.fit, figures=shown, section=where, citations=quotes)
        if shown and confidence(desk, alone, intents) >= ANSWER:
            seen.add(name)
            words = f"{telling.named(desk, figure)}{telling.points(shown, '、')}"
            yield Told(name, where.document.title or where.document.id, words, tuple(quotes))


def _other(desk: Desk, home: Shelved) -> str:
    """Whose a section is; LAPSED where its document no longer holds: it is not told beside one that does."""
    return (
        government(desk.shelf.database, home.row["document"])
        if in_force(desk.shelf, home.row["document"], desk.today)
        else LAPSED
    )


def _comparable(desk: Desk, figure: Figure) -> bool:
    return not agreeing.other_kind(desk.question.measure, figure.unit, figure.indicator)


def _said(desk: Desk, draft: Draft, own: str) -> Iterator[Told]:
    """The best section of each other government that covers the subject as well as the draft's own."""
    assert draft.section is not None
    seen = {own, LAPSED}
    mine = next((one.coverage for one in desk.ranked if one.section.n == draft.section.n), 1.0)
    for ranked in desk.ranked:
        one = ranked.section
        name = _other(desk, one)
        if name in seen or ranked.sentence is None or ranked.coverage < max(COVERED, mine - 0.05):
            continue
        if desk.subject.strong().coverage([(ranked.sentence.folded, 1.0), (one.heading, 0.7)]) < COVERED:
            continue
        seen.add(name)
        quote = of_sentence(one, ranked.sentence, desk.subject)
        yield Told(name, one.document.title or one.document.id, narrowed(quote, desk.subject), (quote,))
