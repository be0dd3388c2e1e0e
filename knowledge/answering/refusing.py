"""Saying that the documents do not say it, with what to do next: the nearest they say, who to ask, which document would hold it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering.awards import GIVING_TITLE
from knowledge.answering.drafts import Desk, Draft, counted
from knowledge.answering.matching import own_level
from knowledge.answering.quoting import LONGEST, narrowed, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Shelved, citation
from knowledge.facts import Reference
from knowledge.question import Term
from knowledge.rules import rule
from knowledge.text import bare, compact

NEAR = 0.3
"""A section that covers this much of the subject is told as the nearest."""
MOST_UNITS = 3
ASKED = 2.0
"""From here on the words ask for an award."""
KNOWN = 0.6
"""From this weight on a term names a thing."""
OWN = 0.4
"""Of what is asked about so much must stand itself."""
RARE = 0.7
"""What is left of a word that is so rare that it tells what is asked for."""
NAMED = 0.3
"""A title that covers this much of the subject may hold what is asked."""
DELEGATED = rule(
    "delegated",
    r"严格执行[^,;。]{2,30}政策|(?:按照?|参照|依照)[^,;。]{2,40}(?:规定|办法|政策)执行",
    "what is left to another policy",
    ("严格执行国家高新技术企业一次性奖励扶持政策", "严格执行国家高新技术企业一次性奖励扶持政策"),
    ("按照国家有关规定执行", "按照国家有关规定执行"),
    ("参照市级人才住房补贴办法执行", "参照市级人才住房补贴办法执行"),
    ("认真落实各项政策措施", ""),
)
RULES = (DELEGATED,)
STEPS = ("none.near", "none.place", "none.document", "none.delegated", "none.unit", "none.issuer", "none.covers")
"""The lines that tell what to do next."""


def not_found(desk: Desk, sides: Sequence[str] = (), kind: str = "") -> Draft:
    """The documents do not say it, or not the sides or the kind asked for; the nearest that they do say is told and cited as such."""
    draft = Draft("none", 0.0, status="not_found")
    unknown = _unknown(desk)
    named = dict.fromkeys([*(_phrase(desk, term, unknown) for term in unknown), *_sided(desk, sides)])
    if not named and kind and (said := _subject(desk, unknown)):
        named = dict.fromkeys([f"{said}的{kind}"])
    draft.missing = list(named) or [desk.question.text.strip(" ?？!！。")[:40]]
    draft.say("none", what="、".join(draft.missing[:3]))
    near = next((ranked for ranked in desk.ranked[:1] if ranked.coverage >= NEAR and ranked.sentence is not None), None)
    if near is not None and near.sentence is not None:
        quote = of_sentence(near.section, near.sentence, desk.subject)
        draft.section = near.section
        draft.cite(quote)
        draft.say("none.near", text=narrowed(quote, desk.subject))
    elsewhere = [term.text for term in unknown if term.kind == "place"]
    if elsewhere:
        draft.say("none.place", place="、".join(elsewhere))
    elif not _told_where(desk, draft, near):
        _told_whom(desk, draft)
    return draft


def _unknown(desk: Desk) -> list[Term]:
    """The things asked for that the best sections do not hold; verbs, words of speech and chance nouns are none."""
    texts = [ranked.section.folded for ranked in desk.ranked[:3]]
    missing = desk.subject.uncovered(texts)
    near = [one for one in desk.subject.terms if one.head and one.kind == "concept" and one not in missing]
    missing += [one for one in near if max((own_level(one, text) for text in texts), default=0.0) < OWN]
    told = [term for term in missing if term.weight >= 0.5 and term.aside == 1.0 and (term.noun or term.head)]
    telling = [term for term in told if term.head or term.kind != "word"]
    return telling or [term for term in told if not _subject(desk, told) or term.absent >= RARE]


def _subject(desk: Desk, unknown: Sequence[Term]) -> str:
    """What a question is about by its own words: the first thing that the documents know; "" in English."""
    if desk.question.language == "en":
        return ""
    known = (term for term in desk.subject.strong().terms if term.noun and term.kind in ("concept", "name"))
    said = next((term.text for term in known if term not in unknown and term.weight >= KNOWN), "")
    place = desk.question.folded.find(said)
    before = (term.text for term in desk.question.terms if said and desk.question.folded.endswith(term.text, 0, place))
    return next(before, "") + said


def _phrase(desk: Desk, term: Term, unknown: Sequence[Term]) -> str:
    """A thing that is unknown as it was asked for: with the noun that it qualifies, or of the subject before it (高企的租房补贴)."""
    folded = desk.question.folded
    place = folded.find(term.text)
    if place < 0 or term.kind == "place" or desk.question.language == "en":
        return term.text
    end = place + len(term.text)
    qualified = next(
        (
            one.text
            for one in desk.question.terms
            if one.noun and one.weight >= KNOWN and folded.startswith(one.text, end)
        ),
        "",
    )
    if term.kind == "word" and qualified:
        return term.text + qualified
    said = _subject(desk, unknown)
    phrase = f"{said}的{term.text}"
    before = 0 <= folded.find(said) < place if said else False
    return phrase if before and not any(char.isdigit() for char in phrase) else term.text


def _sided(desk: Desk, sides: Sequence[str]) -> list[str]:
    """The sides of the subject by name (新钢研发中心的地点); in an English answer the question itself says it."""
    if desk.question.language == "en":
        return []
    said = _subject(desk, ()) or next((term.text for term in desk.question.terms if term.head), "")
    return [f"{said}的{side}" if said else side for side in sides]


def _told_where(desk: Desk, draft: Draft, near: Ranked | None) -> bool:
    """Of an award: the document that would hold it, by its title, or the words that leave it to another policy."""
    if near is None or desk.question.wants("award") < ASKED:
        return False
    found = _giving(desk)
    if found is not None:
        home, reference = found
        draft.cite(citation(home, reference.start, reference.end))
        held = "@held.yes" if desk.shelf.holds(reference.title or "") else "@held.no"
        draft.say("none.document", title=reference.title, held=held)
        return True
    return _delegated(desk, draft, near.section)


def _giving(desk: Desk) -> tuple[Shelved, Reference] | None:
    """The reference of the best sections to a document that gives something and is on the subject."""
    strong = desk.subject.strong()
    best: tuple[float, Shelved, Reference] | None = None
    for ranked in desk.ranked[:4]:
        for one in desk.shelf.references(ranked.section):
            fit = strong.coverage([(bare(one.title or ""), 1.0)])
            if one.title and GIVING_TITLE.search(one.title) and fit >= NAMED and (best is None or fit > best[0]):
                best = fit, ranked.section, one
    return best[1:] if best else None


def _delegated(desk: Desk, draft: Draft, home: Shelved) -> bool:
    """Tells the clause of a section that leaves awards on the subject to another policy, where there is one."""
    view = compact(home.document.text, home.row["body"], home.row["end"], home.document.furniture)
    found = DELEGATED.pattern.search(view.text)
    if found is None or desk.subject.strong().coverage([(bare(found.group()), 1.0)]) < NAMED:
        return False
    start, end = view.span(*found.span())
    draft.cite(citation(home, start, min(end, start + LONGEST)))
    draft.say("none.delegated", clause=found.group().replace("\n", ""))
    return True


def _told_whom(desk: Desk, draft: Draft) -> None:
    """Who to ask: the units of the nearest section, else who issued the only document; of several, that none says it."""
    near = [draft.section, *desk.shelf.children(draft.section)] if draft.section is not None else []
    units = list(dict.fromkeys(assigned.name for one in near for _, assigned in desk.shelf.units(one)))
    documents = desk.shelf.database.documents()
    issuer = draft.section.document.issuer if draft.section is not None else None
    issuer = issuer or (documents[0]["issuer"] if len(documents) == 1 else None)
    if units:
        draft.say("none.unit", units="、".join(units[:MOST_UNITS]))
    elif issuer:
        draft.say("none.issuer", issuer=issuer)
    else:
        draft.say("none.covers", count=counted(len(documents)))
