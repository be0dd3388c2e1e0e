"""Whether an answer shows what its question asks for: an amount, a rhythm, a deadline, a gift.

A passage about the right subject that is silent on the side that was asked is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering import showing
from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.matching import kindred_level, near_level, own_level
from knowledge.answering.scoring import undivided
from knowledge.answering.shelf import Shelved
from knowledge.facts import Award, Figure
from knowledge.parsing.standards import STANDARD
from knowledge.question import Question, Term
from knowledge.question.focus import HEADED, is_asked
from knowledge.question.intents import Intents
from knowledge.rules import rule
from knowledge.text import bare

GIFT = rule(
    "gift",
    r"奖|补助|补贴|资助|补偿|贴息|扶持|优惠|减免|支持|激励|帮扶|便利|服务|给予",
    "words of giving",
    ("给予一次性奖励", "给予"),
    ("每新增一家规上企业补助5万元", "补助"),
    ("新增上云企业不低于300家", ""),
)
PAYMENT = rule(
    "payment",
    r"奖|补助|补贴|资助|补偿|贴息|资金|优惠|减免",
    "words of paying",
    ("奖励办法(试行)", "奖"),
    ("按贷款利息的50%给予贴息", "贴息"),
    ("提供便利", ""),
)
GOAL = rule(
    "goal",
    r"力争|确保|达到|目标|实现|接近|突破|超过|不低于|不少于|建成|形成|提升|[0-9]%|[0-9](?:家|个|件|名|人|项|亿)",
    "words of what is to be reached",
    ("力争R&D经费支出占GDP比重达到全省平均水平", "力争"),
    ("推广江西移动大数据云信新功能", ""),
)
UNITS: tuple[tuple[str, str], ...] = (
    ("%", "[0-9]%|百分点"),
    ("元", "[0-9](?:万|亿)?元|[0-9]万"),
    ("亿元", "[0-9]亿|[0-9]万?元"),
    ("万元", "[0-9]万|[0-9]亿"),
    ("万", "[0-9]万|[0-9]亿"),
)
"""For a unit asked, what must stand in an answer's quotes; other units ask for any number."""
MONEY = rule(
    "money",
    r"奖(?!项)|补(?![充短])|资助|贴息|资金|经费|钱",
    "words of money that is given",
    ("建设经费怎么拨", "经费"),
    ("奖励力度如何", "奖"),
    ("补充完善名录库", ""),
)
RULES = (GIFT, PAYMENT, GOAL, MONEY)
UNCOVERED_TERM = 0.38
"""An answer that lacks a term of the lexicon with more than this share of the subject would be about something else."""
DOUBT = 0.45
"""What is left of the confidence in an answer for each check that it fails."""
HOWTO = 2.0
"""From here on the words ask how to apply, which no number answers."""
LEAST_LEVEL = 0.3
"""A term of which less than this is found near an answer is missing from it."""
KIND = 0.3
"""A term up to this weight tells what kind of thing is asked for, not of what."""
LEAST_WEIGHT = 0.3
"""A word of less importance than this stands everywhere."""
SPEAKS = 0.45
"""A quote, or a clause of it, that covers this much of the subject speaks of it."""
_SUMS = frozenset(["amount", "quantity"])
"""Sides that figures and awards are: of an answer in sentences they ask for a number beside the subject."""
_TIMES = frozenset(["time", "rhythm", "deadline", "payment"])
_CLOSE = frozenset(["duration", "fee", "permit", "refund"])
"""Sides that must stand in one clause with the subject."""
_EXACT = _SUMS | _TIMES | {"duration"}
_UNJUDGED = frozenset(["conflict"])
_OF_A_UNIT = frozenset(["contact", "place", "person"])
"""The sides of a unit; what else is asked beside its tasks is of a task."""
_OF_CLAUSES = frozenset(["measure", "programme", "organisation", "list", "howto", "schedule"])
_YEAR = re.compile("(?:19|20)[0-9]{2}年?")
_DIGITS = re.compile("[0-9]")
_MANNER = re.compile("怎|如何|咋")
_PART = re.compile("[^,;。:]+")


def confidence(desk: Desk, draft: Draft | None, intents: Intents) -> float:
    """How sure it is that a draft answers, 0 to 1: the share of the subject that stands near it, less for each check that fails."""
    if draft is None or draft.status != "answered":
        return 0.0
    failed = bool(silent(desk, draft, intents)) + (
        not (_evident(desk, draft, intents) and showing.shown(desk.question, draft))
    )
    if draft.sure or draft.section is None or draft.intent in ("duties", "conflict"):
        return DOUBT**failed
    near = _near(desk, draft)
    missing = desk.subject.uncovered(near, LEAST_LEVEL)
    shares = _lacking(desk, missing)
    failed += not _about(desk, draft, near, missing)
    failed += any(
        share > UNCOVERED_TERM and term.kind == "concept" and term.noun and term.weight >= 1 and term.aside == 1.0
        for term, share in shares
    )
    return float(DOUBT**failed * (1 - sum(share for _, share in shares)))


def silent(desk: Desk, draft: Draft, intents: Intents) -> list[str]:
    """The sides asked for that a draft's quotes about the subject do not show, by their names."""
    if draft.status != "answered" or draft.sure or draft.section is None or draft.intent in _UNJUDGED:
        return []
    sides = [facet for facet in desk.question.facets if facet not in _SUMS]
    if draft.intent == "duties":
        sides = [facet for facet in sides if facet in _OF_A_UNIT]
    if not sides:
        return []
    return [intents.side(facet, desk.question.folded) for facet in sides if not _shown(desk, draft, facet, intents)]


def _shown(desk: Desk, draft: Draft, facet: str, intents: Intents) -> bool:
    """Whether a quote about the subject shows a side; for a time, any quote of a draft that was made for it."""
    quotes = [bare(one.quote) for one in draft.citations]
    if facet in _CLOSE:
        quotes = _PART.findall(" ".join(quotes))
    strong = desk.subject.strong()
    one = draft.section
    assert one is not None
    around = [(one.heading, 0.7), (one.above, 0.6), (bare(one.document.title or ""), 0.5)]
    if facet == "time" and draft.intent.startswith("target") and not desk.question.numbers:
        return False
    free = not strong.terms or (draft.intent == "schedule" and facet in _TIMES)
    return any(
        intents.shows(facet, quote) and (free or strong.coverage([(quote, 1.0), *around]) >= SPEAKS) for quote in quotes
    )


def _evident(desk: Desk, draft: Draft, intents: Intents) -> bool:
    """Whether a draft's quotes hold the amounts, numbers and gifts that the question asks for."""
    if draft.status != "answered" or draft.sure or draft.section is None:
        return True
    question = desk.question
    quotes = bare(" ".join(one.quote for one in draft.citations))
    if draft.awards:
        return not _SUMS & {*question.facets} or any(_priced(one) for one in draft.awards)
    if draft.intent in _OF_CLAUSES:
        told = _measured(desk, draft, intents) and _in_manner(question, draft)
        return told and not _undated(question, quotes) and _given(question, draft, quotes)
    if draft.intent.startswith("target") and PAYMENT.pattern.search(question.folded):
        return bool(PAYMENT.pattern.search(quotes))
    return not (draft.intent == "unit" or draft.intent.startswith("target")) or _given(question, draft, quotes)


def _undated(question: Question, quotes: str) -> bool:
    """Whether a goal is asked for a year that the quotes do not name."""
    goal = question.wants("target") >= 2 or not question.intents
    return goal and len(question.years) == 1 and str(question.years[0].first) not in quotes


def _priced(award: Award) -> bool:
    return award.amount is not None or award.rate is not None


def _in_manner(question: Question, draft: Draft) -> bool:
    """A question for the way of doing something is not answered by the number that is to be reached."""
    if (
        MONEY.pattern.search(question.folded) and question.wants("howto") < HOWTO
    ):  # of money the way is a number: 怎么奖
        return True
    if draft.intent != "howto" and (draft.intent != "measure" or not _MANNER.search(question.folded)):
        return True
    said = dict(draft.lines[0].values).get("text", "")
    return not _DIGITS.search(_YEAR.sub("", bare(said)))


def _measured(desk: Desk, draft: Draft, intents: Intents) -> bool:
    """A question for so many of something needs a number of that kind in a clause that speaks of it."""
    unit = desk.question.measure
    goal = "quantity" not in desk.question.facets
    if goal and not _seeks_goal(desk.question):
        return True
    strong = desk.subject.strong()
    assert draft.section is not None
    heading = (draft.section.heading, 0.5)
    for part in _PART.findall(" ".join(bare(one.quote) for one in draft.citations)):
        clause = undivided(part, desk.question)
        if goal and not GOAL.pattern.search(clause):
            continue
        counts = goal or (_counts(clause, unit) if unit else intents.shows("quantity", _YEAR.sub("", clause)))
        if counts and (not strong.terms or strong.coverage([(clause, 1.0), heading]) >= SPEAKS):
            return True
    return False


def _seeks_goal(question: Question) -> bool:
    """Whether a question asks for what is to be reached before all else; members are asked for by name (哪几所)."""
    goal = question.wants("target")
    if showing.WHICH.pattern.search(question.folded):
        return False
    return goal >= 2 and all(score < goal for kind, score in question.intents.items() if kind != "target")


def _counts(clause: str, unit: str) -> bool:
    """Whether a clause holds a number of a unit's kind."""
    if unit in "名人位":
        return bool(re.search("(?:[0-9]|[一二三四五六七八九十两百])[余多]?[名人位]", clause))
    if unit in showing.PLAIN:
        return bool(re.search(f"(?:[0-9]|[一二三四五六七八九十两]+)[{''.join(sorted(showing.PLAIN))}大]", clause))
    return bool(re.search(dict(UNITS).get(unit, f"[0-9]{re.escape(unit)}"), clause))


def _given(question: Question, draft: Draft, quotes: str) -> bool:
    """A question for money needs words of paying; one for help in general, words of giving."""
    award = question.wants("award")
    if award >= 2 and (question.measure in ("元", "万元", "万", "%") or "amount" in question.facets):
        return bool(PAYMENT.pattern.search(quotes))
    if award < 2 or award < max(question.wants(draft.intent), question.wants("unit"), question.wants("document")):
        return True
    return bool((PAYMENT if "amount" in question.facets or award >= 4 else GIFT).pattern.search(quotes))


def _about(desk: Desk, draft: Draft, near: Sequence[str], missing: Sequence[Term]) -> bool:
    """Whether a draft is about what was asked: places stand in its quotes, something of the subject near them, its head too."""
    assert draft.section is not None
    if any(term.must and term.kind != "place" for term in missing) or not _placed(desk, draft):
        return False
    placeless = [place for place, term in enumerate(desk.subject.terms) if term.kind != "place"]
    if placeless and not any(
        desk.subject.best(place, [(text, 1.0) for text in near]) >= LEAST_LEVEL for place in placeless
    ):
        return False
    return _headed(desk, draft, near) and not (draft.figures and _vague(desk, missing))


def _placed(desk: Desk, draft: Draft) -> bool:
    """Whether the places asked stand where the answer is: of figures and awards in their own words, else in the quotes."""
    assert draft.section is not None
    told: Sequence[Figure | Award] = draft.awards or draft.figures
    if told:
        texts = [bare(f"{one.flow or ''}{one.indicator}{one.text}") for one in draft.figures if not draft.awards]
        texts += [bare(f"{one.tier or ''}{one.beneficiary or ''}{one.purpose or ''}{one.text}") for one in draft.awards]
    else:
        texts = [bare(one.quote) for one in draft.citations] + [draft.section.heading, draft.section.above]
    return all(
        any(form in text for form in _scoped(term, bool(told)) for text in texts)
        for term in desk.subject.terms
        if term.kind == "place"
    )


def _scoped(term: Term, exact: bool) -> list[str]:
    """The forms of a place; beside a number a level alone (省) is none: it stands in names of all sorts."""
    return [form for form in term.forms if len(form) > 1 or not exact]


def _lacking(desk: Desk, missing: Sequence[Term]) -> list[tuple[Term, float]]:
    """The terms that are missing near an answer, each with its share of the subject."""
    weighed = [
        (term, weight * term.aside)
        for term, weight in zip(desk.subject.terms, desk.subject.importance, strict=True)
        if term.weight > KIND or term not in missing
    ]
    total = sum(weight for _, weight in weighed) or 1.0
    return [(term, weight / total) for term, weight in weighed if term in missing]


def _vague(desk: Desk, missing: Sequence[Term]) -> bool:
    """Whether all that an answer has of the subject are words that stand everywhere, others of it missing (科技支行)."""
    weighed = zip(desk.subject.terms, desk.subject.importance, strict=True)
    nouns = [weight for term, weight in weighed if term.weight >= HEADED and term not in missing]
    return bool(missing) and max(nouns, default=1.0) < LEAST_WEIGHT


def _headed(desk: Desk, draft: Draft, near: Sequence[str]) -> bool:
    """Whether what the question asks about stands near an answer: itself where a number is asked or given.

    Beside a figure or an award every noun of what is asked must stand, not its head alone.
    """
    given = bool(draft.figures or draft.awards) and desk.question.language == "zh"
    exact = draft.figures or draft.awards or desk.question.measure or _EXACT & {*desk.question.facets}
    texts = [undivided(text, desk.question) for text in near] if desk.question.wants("target") else near
    for term in desk.subject.terms:
        if term.head or (given and is_asked(term)):
            level = own_level if exact and term.head else kindred_level if given else near_level
            if max((level(term, text) for text in texts), default=0.0) < LEAST_LEVEL:
                return False
    return True


def _clause_before(one: Shelved, figure: Figure) -> str:
    """The folded clause before a figure's in its sentence: 数字经济核心产业企业超过200家,贡献值年均保持10%增长."""
    inside = next((sentence for sentence in one.sentences if sentence.start <= figure.start < sentence.end), None)
    before = [clause for clause in inside.clauses if clause[1] <= figure.start] if inside else []
    return bare(one.document.text[before[-1][0] : before[-1][1]]) if before else ""


def _sort(figure: Figure) -> str:
    """What sort of number a figure is, where its words need not say so."""
    return "增长率" if figure.comparator == "growth" else "比重" if figure.unit == "%" else ""


def _near(desk: Desk, draft: Draft) -> list[str]:
    """The folded texts near an answer: of a figure its own words and headings, else the whole section and those below.

    An award is near its own words, its heading, and the standard that it stands under.
    """
    assert draft.section is not None
    named = [draft.section.document.title or ""] if len(desk.question.documents) == 1 else []
    headings = [draft.section.heading, draft.section.above, *map(bare, named)]
    if draft.awards:
        given = [
            bare(f"{one.beneficiary or ''}{one.purpose or ''}{one.conditions or ''}{one.text}") for one in draft.awards
        ]
        standard = [draft.section.above] if STANDARD.pattern.search(draft.section.above) else []
        return [
            *given,
            draft.section.heading,
            *map(bare, named),
            *standard,
            *(bare(one.quote) for one in draft.citations),
        ]
    if draft.figures and draft.intent.startswith("target"):
        quotes = [bare(one.quote) for one in draft.citations]
        return [
            *headings,
            *quotes,
            _clause_before(draft.section, draft.figures[0]),
            *(bare(f"{one.flow or ''}{one.indicator}{one.text}{_sort(one)}") for one in draft.figures),
            bare(draft.subject),
        ]
    return [
        *headings,
        draft.section.folded,
        bare(draft.section.document.title or ""),
        *(bare(one.quote) for one in draft.citations),
        *(child.folded for child in desk.shelf.children(draft.section)),
    ]
