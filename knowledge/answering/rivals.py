"""One thing in several governments' documents side by side: the highest first, the difference declared as computed.

Only amounts of one kind are compared; others are told beside each other and said not to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.answering import agreeing, awards, scoring, telling
from knowledge.answering.amounts import named
from knowledge.answering.drafts import MOST_CITATIONS, Desk, Draft, counted, line
from knowledge.answering.governments import government
from knowledge.answering.quoting import of_award, of_figure, priced, spoken
from knowledge.answering.standing import in_force
from knowledge.facts import Award, Citation, Figure
from knowledge.money import yuan
from knowledge.question import Question
from knowledge.rules import rule

_PLACE = "(?:[个一几]*(?:区县|市县|区|市|县|省|州|旗|镇|街道|地方|城市|地区))"
WHERE = rule(
    "where",
    rf"哪{_PLACE}[^,;。]{{0,16}}?(?P<end>高|多|大|低|少|小|好|优惠)|(?:哪里|哪儿)[^,;。谁]{{0,14}}?(?P<near>高|多|低|少)(?!少)"
    rf"|(?:各|每个|不同|几个|所有){_PLACE}[^,;。]{{0,16}}?(?:分别|各|都|对比|比较|多少)",
    "asks which place gives or aims at more",
    ("哪个区的养老补贴高", "哪个区的养老补贴高"),
    ("各县高企奖励分别多少", "各县高企奖励分别"),
    ("哪个部门负责", ""),
)
RULES = (WHERE,)
SIDED = re.compile(
    "哪[个里边家]?[^,;。]{0,8}?(?P<end>高|多|大|低|少|小)|相?比|分别|各(?:是|多|为|有)|差(?:多少|几|距)|对比|和|与|跟|、"
)
_SHARES = re.compile("比例|百分|%|几成")
LEAST = 0.6
CLOSE = 0.12
"""Facts of one document that fit the best one's fit as nearly are those from which one of a common kind is taken."""
MOST_TOLD = 5


@dataclass(frozen=True)
class Side:
    """One government's fact: its value in a common measure, and the kind of measure that it compares in."""

    government: str
    title: str
    fact: Award | Figure
    value: float
    kind: str
    quotes: tuple[Citation, ...]


def asked(question: Question) -> bool:
    """Whether a question asks for one thing in several places."""
    return bool(WHERE.pattern.search(question.folded)) or (
        len(question.documents) > 1 and bool(SIDED.search(question.folded))
    )


def answer(desk: Desk) -> Draft | None:
    """What each government's documents say, the highest (lowest) first; None where not two of them say it."""
    if not asked(desk.question) or desk.question.units:
        return None
    found = _sides(desk)
    if not found:
        return None
    holding = found if desk.question.documents else {name: one for name, one in found.items() if _holds(desk, one)}
    chosen = _common(holding or found)
    least = bool(re.search("低|少(?!钱)|小", _end(desk.question)))
    ordered = sorted(chosen, key=lambda one: one.value if least else -one.value)
    draft = Draft("compare", 1.0, section=desk.home(ordered[0].fact), sure=True, whole=True)
    _head(draft, ordered, "低" if least else "高")
    for one in ordered[:MOST_TOLD]:
        words = _words(desk, one)
        draft.lines.append(line("rivals.one", government=one.government, title=one.title, words=words))
    if lapsed := len(found) - len(holding or found):
        draft.say("amounts.lapsed", count=counted(lapsed))
    if silent := [name for name in _named(desk) if name not in {one.government for one in chosen}]:
        draft.say("rivals.silent", governments="、".join(silent))
        draft.missing.extend(silent)
    if len(ordered) > MOST_TOLD:
        draft.say("also.more", count=counted(len(ordered) - MOST_TOLD))
    for one in ordered[:MOST_TOLD]:
        draft.cite(*one.quotes)
    del draft.citations[MOST_CITATIONS:]
    draft.awards = [one.fact for one in ordered if isinstance(one.fact, Award)]
    draft.figures = [one.fact for one in ordered if isinstance(one.fact, Figure)]
    return draft


def _end(question: Question) -> str:
    found = WHERE.pattern.search(question.folded) or SIDED.search(question.folded)
    return next((word for word in found.groupdict().values() if word), "") if found else ""


def _holds(desk: Desk, sides: Sequence[Side]) -> bool:
    """Whether a government's document holds."""
    return in_force(desk.shelf, desk.home(sides[0].fact).row["document"], desk.today)


def _head(draft: Draft, ordered: Sequence[Side], end: str) -> None:
    """The first lines: the side at the top with the difference to the next, or that the sides do not compare."""
    first, second = ordered[0], ordered[min(1, len(ordered) - 1)]
    pair = {"first": f"{first.government}{_amount(first)}", "second": f"{second.government}{_amount(second)}"}
    if len(ordered) == 1:
        draft.say("rivals.only", government=first.government, amount=_amount(first))
    elif len({one.kind for one in ordered}) > 1:
        draft.say("rivals.sides", **pair)
        draft.say("rivals.kinds")
    elif isinstance(first.fact, Award) and any(one.fact.comparator in (">", ">=") for one in ordered):
        draft.say("rivals.sides", **pair)
        draft.say("rivals.floor")
    elif first.value == second.value:
        draft.say("rivals.sides", **pair)
    else:
        draft.say(
            "rivals.most",
            government=first.government,
            end=f"{'更' if len(ordered) == 2 else '最'}{end}",
            amount=_amount(first),
        )
        if gap := _gap(first, second):
            draft.say("gap", gap=gap)


def _amount(one: Side) -> str:
    if isinstance(one.fact, Award):
        return priced(one.fact)
    return f"{telling.year_of(one.fact)}{spoken(one.fact)}"


def _words(desk: Desk, one: Side) -> str:
    if isinstance(one.fact, Award):
        return f"{priced(one.fact)}（{named(one.fact)}）"
    return f"{telling.named(desk, one.fact)}{_amount(one)}"


def _gap(first: Side, second: Side) -> str:
    """The difference with its operands, where both are written in one unit: `300 - 260 = 40元`; "" else."""
    one, other = first.fact, second.fact
    if one.unit != other.unit or _value(one) is None or _value(other) is None:
        return ""
    high, low = sorted((Decimal(str(_value(one))), Decimal(str(_value(other)))), reverse=True)
    return f"{high} - {low} = {high - low}{'个百分点' if one.unit == '%' else one.unit}"


def _value(fact: Award | Figure) -> float | None:
    return fact.amount if isinstance(fact, Award) else fact.value


def _named(desk: Desk) -> list[str]:
    """The governments that a question names."""
    return list(dict.fromkeys(government(desk.shelf.database, one) for one in desk.question.documents))


def _sides(desk: Desk) -> dict[str, list[Side]]:
    """For each government the facts on the subject that fit best, those of awards where they are asked for."""
    gifts = desk.question.wants("award") > desk.question.wants("target") or desk.question.wants("award") >= 2
    found: dict[str, list[Side]] = {}
    best: dict[str, float] = {}
    for side, fit in _awarded(desk) if gifts else _aimed(desk):
        top = best.setdefault(side.government, fit)
        if fit >= top - CLOSE:
            found.setdefault(side.government, []).append(side)
    return found


def _awarded(desk: Desk) -> Iterator[tuple[Side, float]]:
    shares = bool(_SHARES.search(desk.question.folded))
    for one in awards.scored(desk):
        award = one.award
        if award is None or one.fit < LEAST:
            continue
        value = award.amount if award.amount is not None else award.cap
        money = yuan(value, award.unit) if value is not None and not shares else award.rate
        if money is not None:
            often = award.frequency if (award.frequency or "").startswith("每") else ""
            kind = (award.per or often or "") + (
                "%" if shares or value is None else "" if award.amount is not None else "最高"
            )
            title = one.home.document.title or one.home.document.id
            whose = government(desk.shelf.database, one.home.row["document"])
            yield Side(whose, title, award, money, kind, (of_award(one.home, award),)), one.fit


def _aimed(desk: Desk) -> Iterator[tuple[Side, float]]:
    years = desk.question.years
    for one in scoring.scored(desk):
        figure = one.figure
        if one.coverage < LEAST or figure.value is None:
            continue
        if years and not any(telling.meets(figure, year) for year in years):
            continue
        if agreeing.other_kind(desk.question.measure, figure.unit, figure.indicator):
            continue
        home = desk.home(figure)
        scale = yuan(figure.value, figure.unit)
        unit = "元" if scale is not None else figure.unit
        kind = f"{figure.year}{unit}{figure.per_year}{bool(figure.flow)}{figure.comparator == 'growth'}"
        value = scale if scale is not None else figure.value
        title = home.document.title or home.document.id
        whose = government(desk.shelf.database, home.row["document"])
        yield Side(whose, title, figure, value, kind, tuple(of_figure(home, figure))), one.fit


def _common(found: dict[str, list[Side]]) -> list[Side]:
    """One side of each government, of the kind that most of them have; else each one's best."""
    kinds = list(dict.fromkeys(one.kind for sides in found.values() for one in sides))
    shared = max(kinds, key=lambda kind: sum(any(one.kind == kind for one in sides) for sides in found.values()))
    return [next((one for one in sides if one.kind == shared), sides[0]) for sides in found.values()]
