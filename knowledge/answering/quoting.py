"""Quotes: the shortest run of whole clauses that holds what is claimed, with subject and year, within the limit."""

from __future__ import annotations

import re

from knowledge.answering.matching import Subject
from knowledge.answering.shelf import Sentence, Shelved, citation
from knowledge.facts import Award, Citation, Figure
from knowledge.money import yuan
from knowledge.parsing.distribution import before_all
from knowledge.parsing.quantities import AFTER, BEFORE, CHANGE, quantities
from knowledge.parsing.rates import share
from knowledge.text import bare, compact

_ITEM = re.compile("[、,;》]")
_ENDS = ";；。"
"""Stops behind which another thing begins: a year there is that of the next number."""
LONGEST = 200
SHORT = 16
"""A clause shorter than this says little by itself: the next goes with it."""


def of_figure(one: Shelved, figure: Figure) -> list[Citation]:
    """The quotes for a figure: from the clause with its subject and year on, or that clause and the figure's apart."""
    if figure.end - figure.lead <= LONGEST:
        return [citation(one, figure.lead, figure.end)]
    lead = min(_clause_end(one, figure.lead), figure.start)
    own = citation(one, figure.start, min(figure.end, figure.start + LONGEST))
    return [own, citation(one, figure.lead, lead)] if lead - figure.lead <= LONGEST else [own]


def _clause_end(one: Shelved, start: int) -> int:
    return next((end for sentence in one.sentences for begin, end in sentence.clauses if begin <= start < end), start)


def of_award(one: Shelved, award: Award) -> Citation:
    """The quote for an award."""
    return citation(one, award.start, min(award.end, award.start + LONGEST))


def of_span(one: Shelved, start: int, end: int) -> Citation:
    """The quote for a span: the clause that holds it, the span itself where that is too long or there is none."""
    clauses = (clause for sentence in one.sentences for clause in sentence.clauses)
    whole = next(((begin, stop) for begin, stop in clauses if begin <= start and end <= stop), None)
    return citation(one, *(whole if whole and whole[1] - whole[0] <= LONGEST else (start, end)))


def of_sentence(one: Shelved, sentence: Sentence, subject: Subject) -> Citation:
    """A sentence's quote: all of it where it fits, else the run of clauses that covers most of the subject."""
    if sentence.end - sentence.start <= LONGEST:
        return citation(one, sentence.start, sentence.end)
    text = one.document.text
    best, span = -1.0, (sentence.start, min(sentence.end, sentence.start + LONGEST))
    for first, (start, _) in enumerate(sentence.clauses):
        ends = [end for _, end in sentence.clauses[first:] if end - start <= LONGEST]
        if not ends:
            continue
        score = subject.coverage([(bare(text[start : ends[-1]]), 1.0)])
        if score > best + 1e-9:
            best, span = score, (start, ends[-1])
    start, end = span
    if end - start > LONGEST:
        end = start + LONGEST
    return citation(one, start, end)


def narrowed(quote: Citation, subject: Subject, most: int = 40, whole: bool = False) -> str:
    """The words of a quote that answer by themselves: the clause that covers most, with the next where they are short.

    A long one ends where an item of it does and `most` characters are full; not where it is asked for `whole`.
    """
    parts = [
        part
        for part in re.split("(?<=[,;。:，；：])", compact(quote.quote).text.replace("\n", ""))
        if part.strip(",;。:")
    ]
    if not parts:
        return compact(quote.quote).text
    scores = [subject.coverage([(bare(part), 1.0)]) for part in parts]
    place = max(range(len(parts)), key=lambda n: (round(scores[n], 6), -n))
    text = parts[place]
    while place + 1 < len(parts) and text[-1] not in _ENDS and len(text) + len(parts[place + 1]) <= most:
        place += 1
        text += parts[place]
    if len(text) < SHORT and text[-1] not in _ENDS and place + 1 < len(parts):
        text += parts[place + 1]
    text = text.strip(",;。:")
    return text if whole else _shortened(text, most)


def _shortened(text: str, most: int) -> str:
    """A long text up to the item of an enumeration, or the clause, at which about `most` characters are full."""
    ends = [found.start() + (found[0] == "》") for found in _ITEM.finditer(text, SHORT, most + SHORT)]
    return f"{text[: ends[-1]]}……" if len(text) > most + SHORT and ends else text


def number(fact: Figure | Award) -> str:
    """A value with its unit, without the words that compare: 10万元, 2-3个."""
    value, high = (fact.value, fact.value_max) if isinstance(fact, Figure) else (fact.amount, fact.amount_max)
    if value is None:
        return ""
    return f"{_plain(value)}{f'-{_plain(high)}' if high is not None else ''}{fact.unit or ''}"


def at_most(award: Award) -> str:
    """The most that is given, in the words of the document (3万元 of an award in 元); "" where there is none."""
    if award.cap is None:
        return ""
    money = (award.unit or "").partition("/")[0]
    text = compact(award.text).text
    alike = (one for one in quantities(text) if yuan(one.value, one.unit) == yuan(award.cap, money) is not None)
    found = next(alike, None)
    return text[found.start : found.end] if found else f"{_plain(award.cap)}{money}"


def rated(award: Award) -> str:
    """The share that is given, in the words of the document: 50%, 六成, 减半, 1:1; "" where there is none."""
    if award.rate is None:
        return ""
    found = share(compact(award.text).text)
    return found.said if found and found.share == award.rate else f"{_plain(award.rate)}%"


def _plain(value: float) -> str:
    """A number without an exponent: 1000000, 0.62."""
    return f"{value:.0f}" if value == int(value) else f"{value:g}"


def spoken(fact: Figure | Award) -> str:
    """An amount in the words of the document: 不低于10万元, 2家以上, 突破110家, 接近200亿元, 2-3个, 每人每年2000元."""
    amount = _amount(fact)
    return f"{fact.per or ''}{amount}" if amount and isinstance(fact, Award) else amount


def priced(award: Award) -> str:
    """All that an award says of its amount, its share and its cap included: 按设备投资额的8%，最高500万元; "" without any."""
    cap = f"最高{at_most(award)}" if award.cap is not None else ""
    if award.rate is not None and award.amount is None:
        share = f"按{award.base}的{rated(award)}" if award.base else rated(award)
        return f"{share}，{award.per or ''}{cap}" if cap else share
    often = "" if not award.frequency or award.frequency in (award.per or "") else award.frequency
    amount = f"{often}{spoken(award)}" if award.amount is not None else ""
    return f"{amount}，{cap}" if amount and cap else amount or cap


def _amount(figure: Figure | Award) -> str:
    """An amount with the words that compare it."""
    text = compact(figure.text).text.replace("\n", "")
    value = figure.value if isinstance(figure, Figure) else figure.amount
    if value is None:
        return "零的突破" if isinstance(figure, Figure) else ""
    digits = re.escape(f"{value:g}" if value < 1e6 else f"{value:.0f}")
    unit = re.escape(figure.unit or "")
    high = figure.value_max if isinstance(figure, Figure) else figure.amount_max
    pattern = (
        rf"(?P<before>[^0-9,;。]{{0,6}}?)(?<![0-9.])(?P<amount>{digits}(?:\.0+)?(?:{unit})?"
        + (rf"[-~至到]{high:g}" if high is not None else "")
        + rf"{unit})(?P<after>.{{0,4}})"
    )
    found = re.search(pattern, text)
    if found is None:
        return _spelled(text, value, figure.unit) or number(figure)
    sign = _sign(before_all(text, found.start("amount")), figure.flow if isinstance(figure, Figure) else None)
    after = AFTER.pattern.match(text, found.end("amount"))
    return f"{sign}{found['amount']}{after.group() if after else ''}"


def _spelled(text: str, value: float, unit: str | None) -> str:
    """An amount that a text writes in Chinese, as it stands there: 两千万元, 翻一番."""
    found = next((one for one in quantities(text) if one.spelled and (one.value, one.unit) == (value, unit)), None)
    return text[found.start - (unit == "番") : found.end] if found else ""


def _sign(before: str, flow: str | None) -> str:
    """The words right before a number that compare it or make it a change: 不低于, 下降, 下降不低于.

    A flow verb is said with the indicator, and not again.
    """
    near = [one for one in BEFORE.pattern.finditer(before) if len(before) - one.end() <= 2 and one.lastgroup != "eq"]
    start = near[-1].start() if near else len(before)
    changes = [one for one in CHANGE.pattern.finditer(before[:start]) if start - one.end() <= 2 - 2 * bool(near)]
    return before[changes[-1].start() if changes and not flow else start :]


def change(figure: Figure) -> str:
    """The wording that says that a figure is a change by so much (`下降13.5%`), "" where it is a level."""
    found = CHANGE.pattern.match(spoken(figure))
    return f"@change.{found.lastgroup}" if found and figure.comparator != "growth" else ""
