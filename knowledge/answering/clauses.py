"""Answers in the document's own sentences: measures, programmes, organisation, lists, schedules, how to apply."""

from __future__ import annotations

import re

from knowledge.answering import scoring, telling
from knowledge.answering.agreeing import WITHIN_A_YEAR
from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import narrowed, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Sentence, Shelved, citation
from knowledge.answering.telling import as_said
from knowledge.facts import Citation, Figure
from knowledge.question.intents import CUED
from knowledge.text import bare

LEAST = 0.45
MOST_QUOTES = 3
GOAL, GOAL_LEAST = 0.15, 0.7
_TIME = re.compile("(?:19|20)[0-9]{2}|每年|每月|每半年|每季|年度|定期|[0-9]月|年内|三年|五年")
_SPEAKING = {
    "howto": re.compile("申报|申请|办理|受理|流程|程序|辅导|培训|指导|材料|登记|协调"),
    "organisation": re.compile("领导|小组|会议|专班|主管部门|机构|统筹|组织"),
}
"""The words by which a section speaks of a kind."""
_GOALLESS = frozenset(["organisation", "programme"])
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_OPENING_YEAR = re.compile(r"^(?:到|至)?(?:19|20)[0-9]{2}")


def answer(desk: Desk, intent: str) -> Draft | None:
    """The draft that quotes the sentences about the subject, None where no section covers it."""
    ranked = _chosen(desk, intent)
    if ranked is None or ranked.sentence is None or _seeks_figure(desk, intent):
        return None
    one = ranked.section
    main = ranked.sentence
    quote = of_sentence(one, main, desk.subject)
    if intent == "measure" and (other := _of_no_such_year(desk, ranked)) is not None:
        return other
    draft = Draft(intent, ranked.score, section=one, citations=[quote])
    dated = _year_before(one, main, quote) if intent == "schedule" else None
    draft.say("clause", year=dated[0] if dated else "", text=narrowed(quote, desk.subject, whole=intent == "list"))
    if dated:
        draft.cite(dated[1])
    more = _more(desk, one, main)
    for extra in more:
        draft.cite(extra)
    telling.conflicts(desk, draft, _quoted(desk, one, quote))
    units = [assigned.name for _, assigned in desk.shelf.units(one)]
    draft.units = units
    if units:
        draft.say("units", units="、".join(units))
    draft.suggestions += [f"{one.row['heading']}由谁负责"] if units and one.row["heading"] else []
    return draft


def _of_no_such_year(desk: Desk, ranked: Ranked) -> Draft | None:
    """That nothing is said of a year, where a thing and its year are all that is asked; with what is said of the thing."""
    question = desk.question
    if len(question.years) != 1 or question.years[0].last or max(question.intents.values(), default=0) >= CUED:
        return None
    year, one = str(question.years[0].first), ranked.section
    strong = desk.subject.strong()
    told = [sentence for sentence in one.sentences if strong.coverage([(sentence.folded, 1.0)]) >= GOAL_LEAST]
    if not strong.terms or not told or any(year in _paragraph(one, sentence) for sentence in told):
        return None
    dated = next((sentence for sentence in told if _YEAR.search(sentence.folded)), told[0])
    quote = of_sentence(one, dated, desk.subject)
    draft = Draft("measure", ranked.score, status="not_found", section=one, citations=[quote])
    said = as_said(question.years[0], question.years_said[0])
    draft.say("clause.no_year", year=said, what="".join(term.text for term in strong.terms))
    draft.say("none.near", text=narrowed(quote, desk.subject))
    draft.missing.append(said)
    return draft


def _paragraph(one: Shelved, sentence: Sentence) -> str:
    """The folded words of a sentence, behind those of the clause that opens its paragraph."""
    opening = _paragraph_year(one, sentence)
    return sentence.folded + (bare(one.document.text[slice(*opening)]) if opening else "")


def _quoted(desk: Desk, one: Shelved, quote: Citation) -> list[Figure]:
    """The figures that a quote tells of the subject."""
    strong = desk.subject.strong()
    held = [
        figure for _, _, figure in desk.shelf.figures(one) if quote.start <= figure.start and figure.end <= quote.end
    ]
    return [one for one in held if strong.terms and strong.coverage([(bare(one.text), 1.0)]) >= GOAL_LEAST]


def _seeks_figure(desk: Desk, intent: str) -> bool:
    """Whether the words ask for a goal rather than for a kind that they only hint at, or that a goal is as well (目标各是什么)."""
    goal, kind = desk.question.wants("target"), desk.question.wants(intent)
    if intent not in _GOALLESS or goal < CUED or goal < kind:
        return False
    if (goal > kind and kind < CUED) or intent == "organisation":
        return True
    return any(one.coverage >= GOAL_LEAST for one in scoring.scored(desk)[:1])


def _chosen(desk: Desk, intent: str) -> Ranked | None:
    """The section that answers: the best that covers the subject and, for a time, says one."""
    fitting = [ranked for ranked in desk.ranked[:8] if ranked.coverage >= LEAST and ranked.sentence is not None]
    if not fitting:
        return None
    if intent in _SPEAKING:
        return max(fitting, key=lambda ranked: ranked.score + _speaks(ranked, _SPEAKING[intent]) - _sets(desk, ranked))
    if intent == "measure":
        return max(fitting, key=lambda ranked: ranked.score - _sets(desk, ranked))
    if intent == "schedule":
        best = fitting[0].score
        timed = [one for one in fitting if one.score >= best - 0.2 and _tells_time(one) and _in_rhythm(desk, one)]
        return timed[0] if timed else None
    return fitting[0]


def _speaks(ranked: Ranked, pattern: re.Pattern[str]) -> float:
    """What a section gains whose heading, or best sentence, speaks of the kind that was asked."""
    assert ranked.sentence is not None
    return 0.3 * bool(pattern.search(ranked.section.heading)) + 0.1 * bool(pattern.search(ranked.sentence.folded))


def _sets(desk: Desk, ranked: Ranked) -> float:
    """What a section loses as a measure where the subject is only that of a figure: a goal is no way of reaching it."""
    sentence, strong = ranked.sentence, desk.subject.strong()
    assert sentence is not None
    held = [one for _, _, one in desk.shelf.figures(ranked.section) if sentence.start <= one.start < sentence.end]
    return GOAL * any(strong.coverage([(bare(one.text), 1.0)]) >= GOAL_LEAST for one in held if strong.terms)


def _tells_time(ranked: Ranked) -> bool:
    sentence = ranked.sentence
    assert sentence is not None
    return bool(_TIME.search(sentence.folded)) or _paragraph_year(ranked.section, sentence) is not None


def _in_rhythm(desk: Desk, ranked: Ranked) -> bool:
    """Whether a sentence has the rhythm that a question names: what is done each year says nothing of a month."""
    said = WITHIN_A_YEAR.pattern.search(desk.question.folded)
    assert ranked.sentence is not None
    return said is None or WITHIN_A_YEAR.pattern.search(ranked.sentence.folded) is not None


def _paragraph_year(one: Shelved, sentence: Sentence) -> tuple[int, int] | None:
    """The span of the clause with the year that opens a sentence's paragraph."""
    first = next((other for other in one.sentences if other.paragraph == sentence.paragraph), None)
    if first is None or not _OPENING_YEAR.match(first.folded):
        return None
    return first.clauses[0]


def _year_before(one: Shelved, sentence: Sentence, quote: Citation) -> tuple[str, Citation] | None:
    """The year that governs a sentence and stands outside its quote, with its own quote."""
    if re.search("(?:19|20)[0-9]{2}", bare(quote.quote)):
        return None
    span = _paragraph_year(one, sentence)
    if span is None:
        return None
    text = one.document.text
    end = next((clause[1] for other in one.sentences for clause in other.clauses if clause[0] >= span[1]), span[1])
    return bare(text[span[0] : span[1]]), citation(one, span[0], min(end, span[0] + 60))


def _more(desk: Desk, one: Shelved, main: Sentence) -> list[Citation]:
    """Further sentences of the section that speak of the subject, in reading order."""
    scored = []
    units = [assigned for _, assigned in desk.shelf.units(one)]
    for place, sentence in enumerate(one.sentences):
        if sentence is main or any(sentence.start <= unit.start < sentence.end for unit in units):
            continue
        score = desk.subject.coverage([(sentence.folded, 1.0), (one.heading, 0.7), (one.above, 0.4)])
        scored.append((-score, place, sentence))
    chosen = sorted(scored, key=lambda row: row[:2])[: MOST_QUOTES - 1]
    return [of_sentence(one, sentence, desk.subject) for _, _, sentence in sorted(chosen, key=lambda row: row[1])]
