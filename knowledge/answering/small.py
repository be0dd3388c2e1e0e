"""Small answers: greetings, what can be asked, conflicts at large, asking back."""

from __future__ import annotations

from knowledge.answering import scoring, telling
from knowledge.answering.drafts import Desk, Draft, counted, line
from knowledge.answering.matching import own_level
from knowledge.answering.quoting import of_figure
from knowledge.facts import Figure
from knowledge.question.focus import HEADED
from knowledge.store import Database
from knowledge.text import bare

MOST_CHOICES = 4
LEAST = 0.45
MOST_AGREEING = 6


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
    """The conflicts about a subject in the years asked for, or all of them where it names none; that there is none."""
    database = desk.shelf.database
    strong = desk.subject.strong()
    near = {*desk.question.documents, *(one.section.row["document"] for one in desk.ranked if strong.terms)}
    pairs = [(database.figure(first), database.figure(second)) for first, second in database.conflicts(near)]
    if strong.terms:
        known = max((strong.coverage([(ranked.section.folded, 1.0)]) for ranked in desk.ranked[:3]), default=0.0)
        pairs = [pair for pair in pairs if _about(desk, pair)] if known >= LEAST else pairs
    if desk.question.years:
        pairs = [pair for pair in pairs if any(telling.meets(pair[0], years) for years in desk.question.years)]
    if not pairs:
        return _agreeing(desk)
    draft = Draft("conflict", 0.9, section=desk.home(pairs[0][0]))
    draft.say(
        "conflict.head",
        count=counted(len(pairs)),
        indicator="、".join(dict.fromkeys(desk.name(pair[1]) for pair in pairs[:MOST_CHOICES])),
    )
    for pair in pairs[:MOST_CHOICES]:
        draft.figures += [*pair]
        telling.conflicts(desk, draft, pair[:1])
    draft.conflicts = list(dict.fromkeys(draft.conflicts))
    draft.lines = list(dict.fromkeys(draft.lines))
    return draft


def _about(desk: Desk, pair: tuple[Figure, Figure]) -> bool:
    """Whether a conflict is about the nouns of the subject themselves, and not about a neighbour of theirs."""
    held = bare(" ".join([*(f"{one.indicator} {desk.name(one)}" for one in pair), desk.home(pair[1]).heading]))
    best = scoring.scored(desk)
    nearest = bare(f"{best[0].figure.indicator} {desk.name(best[0].figure)}") if best else ""
    nouns = [term for term in desk.subject.strong().terms if term.noun and term.weight >= HEADED]
    nouns = [term for term in nouns if own_level(term, nearest) >= LEAST] or nouns
    return all(own_level(term, held) >= LEAST for term in nouns)


def _agreeing(desk: Desk) -> Draft | None:
    """That no conflict was found, with the figures of the subject; None where there are none."""
    best = scoring.scored(desk)
    if not best or best[0].coverage < scoring.LEAST:
        return None
    held = scoring.cluster(desk, best[0], best)
    dated = [one for one in held if any(telling.meets(one, years) for years in desk.question.years)]
    told = (dated or held)[:MOST_AGREEING]
    draft = Draft("conflict", 0.9, section=desk.home(told[0]))
    draft.say("conflict.none", indicator=telling.named(desk, told[0]), points=telling.points(told))
    for one in told:
        draft.cite(*of_figure(desk.home(one), one))
    return draft


def clarify() -> Draft:
    """No subject: ask back; the choices are what is suggested."""
    draft = Draft("clarify", 0.0, status="clarify")
    draft.say("clarify")
    return draft
