"""Small answers: greetings, what can be asked, conflicts at large, asking back, and saying that nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering import targets
from knowledge.answering.drafts import Desk, Draft, counted, line
from knowledge.answering.quoting import narrowed, of_sentence
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


def not_found(desk: Desk, sides: Sequence[str] = ()) -> Draft:
    """The documents do not say it, or not the sides asked for; the nearest that they do say is told and cited as such."""
    draft = Draft("none", 0.0, status="not_found")
    unknown = [
        term.text
        for term in desk.subject.uncovered([ranked.section.folded for ranked in desk.ranked[:3]])
        if term.weight >= 0.5 and term.aside == 1.0
    ]
    draft.missing = list(dict.fromkeys([*unknown, *_sided(desk, sides)])) or [desk.question.text[:40]]
    draft.say("none", what="、".join(draft.missing[:3]))
    near = next((ranked for ranked in desk.ranked[:1] if ranked.coverage >= 0.3 and ranked.sentence is not None), None)
    if near is not None and near.sentence is not None:
        quote = of_sentence(near.section, near.sentence, desk.subject)
        draft.section = near.section
        draft.cite(quote)
        draft.say("none.near", text=narrowed(quote, desk.subject))
        if near.section.row["heading"]:
            draft.suggestions.append(f"{near.section.row['heading']}有哪些措施")
    return draft


def _sided(desk: Desk, sides: Sequence[str]) -> list[str]:
    """The sides of the subject by name (新钢研发中心的地点); in an English answer the question itself says it."""
    if desk.question.language == "en":
        return []
    said = next((term.text for term in desk.question.terms if term.head), "")
    return [f"{said}的{side}" if said else side for side in sides]


def clarify(desk: Desk) -> Draft:
    """No subject: ask back, with choices that the database answers."""
    draft = Draft("clarify", 0.0, status="clarify")
    draft.say("clarify")
    draft.suggestions = choices(desk)
    return draft


def choices(desk: Desk) -> list[str]:
    """Questions that would fit the slots given."""
    figures = desk.shelf.database.all_figures()
    wanted = {years.first for years in desk.question.years}
    if wanted:
        names = dict.fromkeys(desk.shelf.database.indicator(n) for _, n, figure in figures if figure.year in wanted)
        said = f"{min(wanted)}年" if str(min(wanted)) in desk.question.numbers_said else ""
        return [f"{said}{name}目标是多少" for name in names][:MOST_CHOICES]
    if desk.question.wants("unit"):
        headings = [
            desk.shelf.take(row["section"]).row["heading"]
            for row in desk.shelf.database.rows("SELECT DISTINCT section FROM assignments ORDER BY section")
        ]
        return [f"{heading}由谁负责" for heading in headings if heading][:MOST_CHOICES]
    names = dict.fromkeys(desk.shelf.database.indicator(n) for _, n, _ in figures)
    return [f"{name}目标是多少" for name in names][:MOST_CHOICES]
