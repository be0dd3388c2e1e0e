"""Awards by their amounts: the highest and the lowest, those over or under a sum, those for whom, over one or all documents.

Sums of money are compared in yuan; shares, and what is for each person, month or thing, stand apart and are said to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from knowledge.answering.awards import about
from knowledge.answering.drafts import Desk, Draft, counted, line
from knowledge.answering.governments import government, governments
from knowledge.answering.matching import LEAST_IMPORTANCE, kindred_level
from knowledge.answering.paging import Item, show
from knowledge.answering.quoting import LONGEST, at_most, of_award, priced
from knowledge.answering.shelf import Shelved, citation
from knowledge.answering.standing import in_force
from knowledge.facts import Award, Citation
from knowledge.money import yuan, yuan_each
from knowledge.parsing.quantities import comparison
from knowledge.question import Question
from knowledge.question.focus import HEADED
from knowledge.rules import Rule, rule
from knowledge.text import bare

_GIFT = "(?:奖励|奖补|奖金|奖|补贴|补助|补|资助|扶持|支持|津贴|贴息)"
_SUM = r"[0-9]+(?:\.[0-9]+)?(?:[万亿千百]+元?|元|块)"
_END = "(?P<{}>最(?:高|多|大|低|少|小))"
_PLACE = "区|市|县|省|州|旗|镇|街道|地方|城市|政府"
_SIGN = "超过|高于|大于|多于|不低于|不少于|至少|低于|小于|少于|不超过|不高于|不到"
_BOUND = "以上|以下|以内|以外|往上|往下|之上|之下"
MOST = rule(
    "most",
    rf"(?:哪(?:一?[个项种类条笔])(?!{_PLACE}|单位|部门|企业)[^,;。]{{0,8}}?{_END.format('which')}"
    rf"|{_END.format('what')}的?(?:{_GIFT}[金额]?)?的?(?:是|有|为)?(?:哪|什么)(?!{_PLACE}|[个家]?(?:单位|部门|区|市|县|地方))"
    rf"|(?:{_GIFT}|比例|额度?|标准){_END.format('tail')}的(?:[?。]|$)|{_END.format('lone')}的(?:一[项笔个])?{_GIFT}(?!政策))",
    "asks which award is the highest or the lowest",
    ("哪个奖励最高", "哪个奖励最高"),
    ("奖励最多的是哪项", "最多的是哪"),
    ("补贴比例最高的是哪个", "最高的是哪"),
    ("贷款最高能贷多少", ""),
    ("哪个区的补贴最高", ""),
)
OVER = rule(
    "over",
    rf"(?:{_GIFT}[金额标准资]*(?:在|为|有)?(?P<before>{_SIGN})(?P<sum>{_SUM})|{_GIFT}[金额标准资]*(?:在|为|有)?(?P<bound_sum>{_SUM})(?P<bound>{_BOUND}))(?:的|有)"
    rf"|(?:(?P<sign>{_SIGN})(?P<signed>{_SUM})|(?P<amount>{_SUM})(?P<after>{_BOUND}))的{_GIFT}"
    rf"|(?P<low>{_SUM})(?:到|至|-|~)(?P<high>{_SUM})(?:之间)?的{_GIFT}",
    "asks for the awards over or under a sum",
    ("奖励超过50万的有哪些", "奖励超过50万的"),
    ("50万以下的补贴", "50万以下的补贴"),
    ("有没有100万元以上的奖励", "100万元以上的奖励"),
    ("营收超过1亿元的企业有什么奖励", ""),
    ("高企奖励超过50万吗", ""),
)
WHOSE = rule(
    "whose",
    r"^(?:我)?(?:是)?(?P<who>个人|企业|公司|单位|人才|团队|项目)(?:们)?(?:一共|总共|都|最多)?(?:能|可以?)?(?:拿|领|得|享受|申请|获得)(?:到)?(?:多少|什么|哪些|几)(?:钱|奖励|补贴|补助|奖补)?",
    "asks for the awards of people or of firms",
    ("个人能拿多少", "个人能拿多少"),
    ("企业可以享受哪些补贴", "企业可以享受哪些补贴"),
    ("高企能拿多少", ""),
)
RULES = (MOST, OVER, WHOSE)
"""Read in order."""
BUDGET = rule(
    "budget",
    r"(?:安排|设立|投入|筹集|统筹|划拨)[^,;。]{0,20}(?:资金|基金|经费)|(?:奖补|奖励|补助|扶持|专项)资金(?:池)?(?:总额|规模)?(?:不少于|不低于|达到?|为|总?计)",
    "money that is set aside, which is nobody's award",
    ("市财政每年安排技术改造专项资金不少于2亿元", "安排技术改造专项资金"),
    ("科技类奖补资金不少于1200万", "奖补资金不少于"),
    ("给予一次性奖励资金20万元", ""),
)
PERSON = re.compile("个人|[人员者师匠民]$|博士|硕士|毕业生|老年|职工|学生|团队|家庭|青年|妇女|人才")
SIDES = (BUDGET,)
ORDER = ("sum", "capped", "each", "share")
FITTING = 0.55
"""An award is on a subject that its words hold so much of."""


@dataclass(frozen=True)
class Priced:
    """An award with its section, its amount in yuan (a share in percent) and the kind of amount: only one kind compares.

    `kind`: `sum`, `capped` (a share up to a cap, by its cap), `each` (for each of `per`), `share`.
    """

    award: Award
    home: Shelved
    value: float
    kind: str
    per: str = ""


def asked(question: Question) -> Rule | None:
    """The sort of question about amounts that a question is, None for any other."""
    found = next((row for row in RULES if row.pattern.search(question.folded)), None)
    return None if found is WHOSE and question.units else found


def answer(desk: Desk) -> Draft | None:
    """The awards that a question asks for by their amounts, None where there are none to compare."""
    row = asked(desk.question)
    if row is None:
        return None
    held, lapsed = in_scope(desk, row)
    draft = {"most": _most, "over": _over, "whose": _whose}[row.name](desk, held)
    if draft is not None and lapsed and not desk.question.page:
        draft.say("amounts.lapsed", count=counted(lapsed))
    return draft


# ------------------------------------------------------------------- scope


def in_scope(desk: Desk, row: Rule) -> tuple[list[Priced], int]:
    """The priced awards on a question's subject in the documents it is put to; of all documents those that hold.

    With how many documents were left out because they no longer hold.
    """
    database = desk.shelf.database
    named = desk.question.documents or ((desk.last.row["document"],) if desk.last is not None else ())
    rows = [one["n"] for one in database.documents() if not named or one["n"] in named]
    holding = rows if named else [n for n in rows if in_force(desk.shelf, n, desk.today)]
    found = row.pattern.search(desk.question.folded)
    places = _rest(desk, found.group() if found else "")
    held = [one for n in holding for one in _awards(desk, n) if _fits(desk, places, one)]
    lapsed = [n for n in rows if n not in holding and any(_fits(desk, places, one) for one in _awards(desk, n))]
    return held, len(lapsed)


def _awards(desk: Desk, document: int) -> Iterator[Priced]:
    """The awards of a document that have an amount, a cap or a share; each once."""
    shelf = desk.shelf
    for section in shelf.database.outline(document):
        for award in dict.fromkeys(shelf.awards(shelf.take(section["n"]))):
            if not BUDGET.pattern.search(bare(award.text)) and (one := _priced(shelf.take(section["n"]), award)):
                yield one


def _priced(home: Shelved, award: Award) -> Priced | None:
    often = award.frequency if award.frequency and award.frequency.startswith("每") else ""
    per = award.per or often
    if award.amount is not None:
        amount = award.amount_max if award.amount_max is not None else award.amount
        if (each := yuan_each(amount, award.unit)) is not None:
            return Priced(award, home, each[0], "each", per or f"每{each[1]}")
        value = yuan(amount, award.unit)
        return None if value is None else Priced(award, home, value, "each" if per else "sum", per)
    money = (award.unit or "").partition("/")[0]
    if award.cap is not None and (value := yuan(award.cap, money)) is not None:
        return Priced(award, home, value, "capped", per)
    return Priced(award, home, award.rate, "share") if award.rate is not None else None


def _rest(desk: Desk, said: str) -> list[int]:
    """The places of the terms that narrow what is asked for, beside the words that ask."""
    return [
        place
        for place, term in enumerate(desk.subject.terms)
        if term.weight >= HEADED and term.text not in said and desk.subject.importance[place] >= LEAST_IMPORTANCE
    ]


def _fits(desk: Desk, places: Sequence[int], one: Priced) -> bool:
    texts = [
        bare(f"{one.award.beneficiary or ''}{one.award.purpose or ''}{one.award.conditions or ''}{one.award.text}"),
        one.home.heading,
        one.home.above,
        bare(one.home.document.title or ""),
    ]
    terms = [desk.subject.terms[place] for place in places]
    return all(max(kindred_level(term, text) for text in texts) >= FITTING for term in terms)


# ----------------------------------------------------------------- answers


def _most(desk: Desk, held: Sequence[Priced]) -> Draft | None:
    """The highest (lowest) award of the first kind there is, then all others in order, kind by kind."""
    found = MOST.pattern.search(desk.question.folded)
    assert found is not None
    least = bool(re.search("低|少|小", next(filter(None, found.groups()))))
    if "比例" in desk.question.folded or "百分" in desk.question.folded:
        held = [replace(one, value=one.award.rate, kind="share", per="") for one in held if one.award.rate is not None]
    if not held:
        return None
    ordered = _ordered(held, least=least)
    first = ordered[0]
    ties = [one for one in ordered if (one.kind, one.per, one.value) == (first.kind, first.per, first.value)]
    key = "amounts.least" if least else "amounts.most"
    draft = _draft(desk, key, first, tie=f"（{counted(len(ties))}项并列）" if len(ties) > 1 else "")
    if desk.question.page == 0:
        draft.cite(of_award(first.home, first.award))
    _list(desk, draft, ordered)
    return draft


def _over(desk: Desk, held: Sequence[Priced]) -> Draft | None:
    """The awards whose sum, or cap, is over (under) the sum asked; where none is, that there is none, and the nearest."""
    found = OVER.pattern.search(desk.question.folded)
    assert found is not None
    comparable = _ordered([one for one in held if one.kind in ("sum", "capped")])
    if not comparable:
        return None
    meeting = [one for one in comparable if _meets(found, one)]
    said = bare(re.sub(f"{_GIFT}$|^{_GIFT}[金额标准资]*|的|有$", "", found.group()))
    if not meeting:
        nearest = min(comparable, key=lambda one: abs(one.value - _limits(found)[0]))
        draft = _draft(desk, "amounts.none", nearest, said=said)
        draft.status = "not_found"
        draft.missing.append(said)
        draft.cite(of_award(nearest.home, nearest.award))
        return draft
    draft = _draft(desk, "amounts.some", meeting[0], count=counted(len(meeting)), said=said)
    _list(desk, draft, meeting)
    if apart := len(held) - len(comparable):
        draft.say("amounts.apart", count=counted(apart))
    return draft


def _limits(found: re.Match[str]) -> tuple[float, float | None]:
    """The sum, or the two sums, that a question asks by, in yuan."""
    sums = [_yuan(value) for name in ("sum", "bound_sum", "signed", "amount", "low", "high") if (value := found[name])]
    return sums[0], sums[1] if len(sums) > 1 else None


def _yuan(said: str) -> float:
    """A sum as typed in yuan: 50万, 1.5亿元, 5000块."""
    number = re.match(r"[0-9.]+", said)
    assert number is not None
    scale = 1.0
    for char in said[number.end() :]:
        scale *= {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}.get(char, 1.0)
    return float(number.group()) * scale


def _meets(found: re.Match[str], one: Priced) -> bool:
    """Whether an award's sum is over, under or between; a floor is under no sum, for it may be more."""
    first, second = _limits(found)
    if second is not None:
        return first <= one.value <= second
    sign = found["before"] or found["sign"] or found["bound"] or found["after"] or ""
    told = comparison(sign, "") if found["before"] or found["sign"] else comparison("", sign)
    if sign in ("不到", "以下", "往下", "之下", "以内"):
        told = "<=" if sign != "不到" else "<"
    under = told in ("<", "<=")
    if under and one.award.comparator in (">", ">="):
        return False
    return {">": one.value > first, "<": one.value < first, "<=": one.value <= first}.get(told, one.value >= first)


def _whose(desk: Desk, held: Sequence[Priced]) -> Draft | None:
    """The awards of people, or of others than people."""
    found = WHOSE.pattern.search(desk.question.folded)
    assert found is not None
    people = found["who"] in ("个人", "人才", "团队")
    mine = [one for one in held if bool(PERSON.search(_receiver(one.award))) == people and _receiver(one.award)]
    if not mine:
        return None
    ordered = _ordered(mine)
    draft = _draft(desk, "amounts.some", ordered[0], count=counted(len(ordered)), said="")
    _list(desk, draft, ordered)
    return draft


def _receiver(award: Award) -> str:
    return bare(award.beneficiary or "")


def _ordered(held: Iterable[Priced], *, least: bool = False) -> list[Priced]:
    """Awards kind by kind, the highest (lowest) first."""
    return sorted(held, key=lambda one: (ORDER.index(one.kind), one.per, one.value if least else -one.value))


def _draft(desk: Desk, key: str, first: Priced, **values: object) -> Draft:
    draft = Draft("award", 1.0, section=first.home, sure=True, whole=True)
    draft.say(key, amount=priced(first.award), purpose=named(first.award), **values)
    if len(governments(desk.shelf.database)) > 1:
        draft.lines = [replace(draft.lines[0], of=government(desk.shelf.database, first.home.row["document"]))]
    return draft


def _list(desk: Desk, draft: Draft, ordered: Sequence[Priced]) -> None:
    """The awards in pages, each kind on a line of its own; shares of different things are said to be."""
    several = len({one.home.row["document"] for one in ordered}) > 1
    if desk.question.page:
        draft.lines = [line("amounts.next", count=counted(len(ordered)))]
    show(desk, draft, [_item(desk, one, several=several) for one in ordered])
    kinds = [kind for kind, _ in groupby(ordered, key=lambda one: (one.kind, one.per))]
    if draft.page == 0 and len(kinds) > 1:
        draft.say("amounts.kinds")
    elif draft.page == 0 and kinds[0][0] == "share" and len({one.award.base for one in ordered}) > 1:
        draft.say("amounts.bases")


def _item(desk: Desk, one: Priced, *, several: bool) -> Item:
    where = government(desk.shelf.database, one.home.row["document"]) if several else ""
    place = "，".join(filter(None, (where, one.home.section)))
    words = f"{priced(one.award)}（{named(one.award)}{f'，{place}' if place else ''}）"
    asked = f"{about(one.award)}奖励多少"
    return Item(_kind(one), words, tuple(_quotes(one)), asked=asked, awards=(one.award,))


def _quotes(one: Priced) -> Iterator[Citation]:
    """The quote of an award, and the sentence that sets its cap where that is another one."""
    yield of_award(one.home, one.award)
    cap = bare(at_most(one.award))
    if cap and cap not in bare(one.award.text):
        setting = (sentence for sentence in one.home.sentences if cap in sentence.folded)
        for sentence in islice(setting, 1):
            yield citation(one.home, sentence.start, min(sentence.end, sentence.start + LONGEST))


def named(award: Award) -> str:
    """What an award is for, its tier first: 国家级，新认定的重点实验室."""
    told = about(award)
    return f"{award.tier}，{told}" if award.tier and award.tier not in told else told


def _kind(one: Priced) -> str:
    """What a line of awards begins with: the kind of their amounts."""
    if one.kind == "each":
        return f"{one.per}："
    return {"sum": "", "capped": "按比例、有上限：", "share": "按比例："}[one.kind]
