"""Answers in the document's own sentences: measures, programmes, organisation, lists, schedules, how to apply."""

from __future__ import annotations

import re

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.quoting import narrowed, of_sentence
from knowledge.answering.ranking import Ranked
from knowledge.answering.shelf import Sentence, Shelved, citation
from knowledge.facts import Citation
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
_OPENING_YEAR = re.compile(r"^(?:到|至)?(?:19|20)[0-9]{2}")


def answer(desk: Desk, intent: str) -> Draft | None:
    """The draft that quotes the sentences about the subject, None where no section covers it."""
    ranked = _chosen(desk, intent)
    if ranked is None or ranked.sentence is None:
        return None
    one = ranked.section
    main = ranked.sentence
    quote = of_sentence(one, main, desk.subject)
    draft = Draft(intent, ranked.score, section=one, citations=[quote])
    dated = _year_before(one, main, quote) if intent == "schedule" else None
    draft.say("clause", year=dated[0] if dated else "", text=narrowed(quote, desk.subject, whole=intent == "list"))
    if dated:
        draft.cite(dated[1])
    more = _more(desk, one, main)
    for extra in more:
        draft.cite(extra)
    units = [assigned.name for _, assigned in desk.shelf.units(one)]
    draft.units = units
    if units:
        draft.say("units", units="、".join(units))
    draft.suggestions += [f"{one.row['heading']}由谁负责"] if units and one.row["heading"] else []
    return draft


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
        timed = [ranked for ranked in fitting if ranked.score >= best - 0.2 and _tells_time(ranked)]
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
