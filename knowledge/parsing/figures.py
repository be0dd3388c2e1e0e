"""Target figures: numbers that a document sets as goals, with indicator, year and comparison.

A number with a unit is a goal where a year, a rhythm, a commitment, a comparison or a verb of making governs
it and nothing in the tables below excludes it. Money that somebody gets is an award (see `awards`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.facts import Figure, Warned
from knowledge.parsing.clauses import Piece, clauses, enclosed, masked, paragraphs, sentences
from knowledge.parsing.distribution import Share, before_all, dealt, shares, together
from knowledge.parsing.indicators import Named, indicator, item
from knowledge.parsing.indicators import dealt as dealt_indicator
from knowledge.parsing.quantities import EACH_YEAR, MONEY, ORIGIN, Quantity, Years, comparison, quantities, years
from knowledge.rules import Rule, rule
from knowledge.text import View, as_written

COMMITMENT = rule(
    "commitment",
    r"力争|确保|努力|争取|保证|^(?:计划|预期|预计)",
    "the word that says how firmly a goal is meant",
    ("力争2025年", "力争"),
    ("确保认定国家高新技术企业", "确保"),
    ("实施高企倍增计划", ""),
)
GOAL = rule(
    "goal",
    r"不低于|不少于|不得少于|至少|超过|突破|达到|新增|引进|引入|招引|建成|新建|建设|打造|培育|储备|形成|完成|实现|吸引|认定|创建|培训|增长|增加|提高|提升|压减|下降|降低|降至|力争|确保|目标|控制在|改造|开展|举办|组建|设立|布局|超(?=[0-9])|翻(?=[一二两三]番|$)|[0-9一二两三四五]年内?累计",
    "a word that makes a number a goal where no year does",
    ("每年新增上云企业不低于300家", "新增"),
    ("全县公路总里程突破2000公里", "突破"),
    ("高新技术企业数量翻一番", "翻"),
    ("三年累计投入科技资金30亿元", "三年累计"),
    ("四个方面共17项指标进行监控", ""),
)
EXCLUDED: tuple[Rule, ...] = (
    rule(
        "baseline",
        r"以来|截至|截止|目前|现有|已有|已建|已达|累计已|上年|去年|同比|共有|原有|当前",
        "what is there already is no goal",
        ("截至2024年底,全市已有高新技术企业500家", "截至"),
        ("现有规模以上企业20家", "现有"),
        ("“十三五”以来年均增长12.5%", "以来"),
    ),
    rule(
        "awarded",
        r"(?:给予|奖励|奖补|补助|补贴|资助|贴息|奖金|支持|扶持)(?!资金|项目|经费|政策|总额)[^,;。]{0,18}$|(?:每家|每户|每个|每人|单个|单项|同一)[^,;。]{0,14}$|最高[^,;。]{0,4}$|(?:累计|合计)(?:不超过|不高于|最高)[^,;。]{0,4}$|^(?:补贴|补助|奖励|资助|贴息)?总额(?:不[超高]|最高|控制在)[^,;。]{0,4}$",
        "money before which somebody gets something",
        ("给予一次性奖励不低于", "给予一次性奖励不低于"),
        ("每家企业最高不超过", "每家企业最高不超过"),
        ("总额不超过", "总额不超过"),
        ("地方政府债务总额不超过", ""),
        ("科技类奖补资金不少于", ""),
    ),
    rule(
        "conditional",
        r"(?<!年)(?:的|对)$|(?:符合|满足|须|若|如|凡|禁止|不得(?!低于|少于)|每间|每次|每班|罚款|处以|消毒|按(?![期时需])照?|依照|减按|捐赠|注册资本|享受)[^,;。]{0,22}$",
        "what somebody must have, or a rate that is applied, is no goal",
        ("且符合年度应纳税所得额不超过", "符合年度应纳税所得额不超过"),
        ("可选择按照简易办法依照", "按照简易办法依照"),
        ("每人每年最多享受", "享受"),
        ("力争达到", ""),
        ("提高到2025年的", ""),
        ("热线按期办结率达到", ""),
    ),
    rule(
        "parameter",
        r"(?:利率|费率|税率|征收率|贴息率|额度|(?:支持|补贴|补偿|补助|贴息|返还|调剂|分担|抵扣)比例|期限|担保费)[^,;。]{0,10}$",
        "a rate of the policy itself, unless a year or a commitment makes it a goal",
        ("担保费率降至", "担保费率降至"),
        ("污水处理率达到", ""),
    ),
    rule(
        "ordinal",
        r"(?:第|前|排名|位居|位列|位次|TOP|top)[^,;。]{0,2}$",
        "a place in an order",
        ("进入全国前", "前"),
        ("位列全省", "位列全省"),
    ),
    rule(
        "numerals",
        r"^第?[0-9]{1,3}(?:[、和至-][0-9]{1,3})*[、和至-]$",
        "a sentence that opens with numerals speaks of items",
        ("25、26、", "25、26、"),
        ("2023年、2024年、2025年新认定高新技术企业分别达到30家、40家、", ""),
    ),
)
"""Patterns for the words before a number in its sentence; `awarded` counts for money only."""
_BY_NAME = {row.name: row for row in EXCLUDED}
CONDITION = rule(
    "condition",
    r"^[^,;。]{0,12}的(?:[,;。)]|$)|^(?:\(含\))?(?:及?以[上下内])?的|^(?:奖励|补助|补贴|资助|奖补|征收|计算|贴息)|^(?:提升|提高|增加|上调|降低|下调|调整|下降)(?:至|到|为)",
    "words after a number that make it a condition or an award",
    ("以上的企业", "以上的"),
    ("的奖励", "的"),
    ("征收率计算缴纳", "征收"),
    ("提升至40%", "提升至"),
    ("家,培育", ""),
)
BOUND = rule(
    "bound",
    r"^(?:\(含\))?(?:及?以[上下内])?级?(?:的)?[^,;。、0-9的]{0,6}?(?:企业|项目|集群|园区|产业链|单位|总部)",
    "words after money that make it the size of what is counted",
    ("以上企业20家", "以上企业"),
    ("级产业集群3个", "级产业集群"),
    ("以上产业规模", ""),
)
AWARDING = rule(
    "awarding",
    r"给予|予以|(?:奖励|奖补|补助|补贴|资助)[0-9]|[0-9]%的?(?:奖励|奖补|补助|补贴|资助|贴息)|可申请|可享受|的标准",
    "a verb of giving: numbers before it in the sentence are its conditions",
    ("的企业,给予20万元", "给予"),
    ("的,按研发费用增量部分的8%奖励", "8%奖励"),
    ("补助项目不少于10个", ""),
)
EACH_OF = rule(
    "each_of",
    r"20[0-9]{2}年?(?:[-~至到]|年至)20[0-9]{2}年?(?:期?间)?[,的]?每年",
    "each of a run of years named in the same breath",
    ("2025-2027年每年实施技术改造项目200个以上", "2025-2027年每年"),
    ("到2027年,每年新增20家", ""),
)
NOTHING_YET = rule(
    "nothing_yet",
    r"零的?突破",
    "a goal of the first one, without a number",
    ("实现零的突破", "零的突破"),
    ("国家级农业龙头企业实现零突破", "零突破"),
    ("重点领域取得突破", ""),
    needs="零",
)
RULES = (COMMITMENT, GOAL, *EXCLUDED, CONDITION, BOUND, AWARDING, EACH_OF, NOTHING_YET)
AHEAD = 300
"""How far ahead of a number, in characters, a verb of giving makes it a condition."""
_COUNTED = re.compile("[0-9]|[零〇○一二三四五六七八九十百千万亿两](?:[家个件名项所座处户元番]|公里)|零的?突破")
"""What every sentence that sets a goal has: a digit, a number written in Chinese with its unit, a goal of the first one."""
_TOPIC = re.compile(r"^(?:到|至|在)?(?=(?:19|20)[0-9]{2}(?:年?[-~至]|年))")
_CONDITIONS = re.compile(
    "(?:申报|申请|认定|支持|准入|奖励|补助|扶持|资助|适用|基本)(?:条件|对象|范围|标准|要求|门槛)|条件|门槛"
)


@dataclass(frozen=True)
class State:
    """What governs a clause: the years in force, the rhythm, the commitment, and the naming so far.

    `several`: all the years where a run of them is named together.
    """

    years: Years | None = None
    several: tuple[Years, ...] = ()
    per_year: bool = False
    commitment: str | None = None
    lead: int | None = None
    baseline: bool = False


def figures(view: View, source: str, heading: str, hidden: list[tuple[int, int]]) -> tuple[list[Figure], list[Warned]]:
    """The figures of one section in order, from the view of its body, and what could not be dealt out.

    `hidden`: ranges of the view that are no running text (lists of responsible units); `heading` gives the
    conditions away under which no number is a goal, and the year where it names one.
    """
    if _CONDITIONS.search(heading):
        return [], []
    text = masked(view.text, hidden)
    found: list[Figure] = []
    noticed: list[Warned] = []
    said: list[Named] = []
    headed = next(years(heading), None) if "目标" in heading else None
    for paragraph in paragraphs(text):
        if "|" in paragraph.text:
            continue
        if not _COUNTED.search(paragraph.text):
            continue
        topic = _topic(paragraph) or headed
        for sentence in sentences(paragraph):
            if not _COUNTED.search(sentence.text):
                continue
            for one in _sentence(sentence, view, source, State(topic, lead=paragraph.start if topic else None), said):
                if isinstance(one, Figure):
                    found.append(one)
                else:
                    noticed.append(one)
    return found, noticed


def _topic(paragraph: Piece) -> Years | None:
    """The year that a paragraph opens with, where it names no other: it governs every sentence."""
    if not _TOPIC.match(paragraph.text):
        return None
    named = list(years(_unquoted(paragraph.text)))
    first = named[0] if named else None
    return first if first and all((one.first, one.last) == (first.first, first.last) for one in named) else None


def _sentence(sentence: Piece, view: View, source: str, state: State, said: list[Named]) -> Iterator[Figure | Warned]:
    spoken: list[Piece] = []
    topic, segment = state, sentence.start
    for clause in clauses(sentence):
        if _mark(sentence, clause) == ";":
            segment = clause.start
            state = replace(topic, commitment=state.commitment) if state.per_year else state
        state = _governed(clause, state)
        goals = list(_goals(clause, sentence, state))
        parts = dealt(clause.text, goals) if goals else []
        given = shares(clause.text, parts, state.several) if goals else []
        if parts and not given:
            yield _uneven(clause, parts, view)
        for quantity in goals:
            share = next((one for one in given if one.number is quantity), None)
            named = _named(clause, quantity, share, spoken, said, segment)
            if named is not None:
                said.append(named)
                local = _local(clause, quantity, state, share.years if share else None)
                yield _figure(clause, quantity, named, local, view, source)
        spoken.append(clause)


def _named(
    clause: Piece, quantity: Quantity, share: Share | None, spoken: list[Piece], said: list[Named], segment: int
) -> Named | None:
    """The indicator of a goal; one whose year was dealt out has that of the numbers beside it."""
    if share and share.phrase:
        return dealt_indicator(share, clause)
    if share and said and said[-1].start >= clause.start and said[-1].unit == quantity.unit:
        return said[-1]
    return indicator(clause, quantity, spoken, said, segment)


def _uneven(clause: Piece, parts: list[Quantity], view: View) -> Warned:
    start, end = clause.start + parts[0].start, clause.start + parts[-1].end
    message = f"“分别”之后有{len(parts)}个数，与前面所列的对不上：“{view.text[start:end]}”"
    return Warned("uneven_list", message, *view.span(start, end))


def _mark(sentence: Piece, clause: Piece) -> str:
    """The punctuation mark before a clause."""
    return sentence.text[clause.start - sentence.start - 1 : clause.start - sentence.start]


def _governed(clause: Piece, state: State) -> State:
    """The state within a clause: its own years, rhythm and commitment replace what was carried."""
    text = _unquoted(clause.text)
    named = list(years(text))
    if named:
        several = tuple(_at(one, clause) for one in together(text, named))
        state = replace(
            state,
            years=_at(named[len(several) - 1 if several else 0], clause),
            several=several,
            per_year=False,
            lead=clause.start,
            baseline=False,
        )
    if "每年" in clause.text:
        state = replace(state, per_year=True, lead=clause.start, baseline=False)
        state = state if EACH_OF.pattern.search(text) else replace(state, years=None, several=())
    if state.per_year and re.search("累计|合计|共计", clause.text):
        state = replace(state, per_year=False)
    if found := COMMITMENT.pattern.search(clause.text):
        state = replace(state, commitment=found.group())
    if (found := _BY_NAME["baseline"].pattern.search(clause.text)) and not (
        found.group() == "同比" and state.commitment
    ):
        state = replace(state, baseline=True)
    return state


def _at(found: Years, clause: Piece) -> Years:
    return replace(found, start=found.start + clause.start, end=found.end + clause.start)


@lru_cache(maxsize=512)
def _unquoted(text: str) -> str:
    """The text with titles, quotations and starting levels blanked out: their years and numbers govern nothing."""
    inside = enclosed(text)
    if ORIGIN.search(text):
        text = ORIGIN.pattern.sub(lambda found: "·" * len(found.group()), text)
    if b"\x01" not in inside:
        return text
    return "".join("·" if hidden else char for char, hidden in zip(text, inside, strict=True))


def _goals(clause: Piece, sentence: Piece, state: State) -> Iterator[Quantity]:
    """The quantities of a clause that are goals."""
    if state.baseline:
        return
    text = _unquoted(clause.text)
    for quantity in [*quantities(text), *_nothing_yet(text)]:
        if _is_goal(quantity, text, clause, sentence, state):
            yield quantity


def _nothing_yet(text: str) -> Iterator[Quantity]:
    for found in NOTHING_YET.finditer(text):
        yield Quantity(0, None, "", found.start(), found.end())


def _is_goal(quantity: Quantity, text: str, clause: Piece, sentence: Piece, state: State) -> bool:
    before, after = text[: quantity.start], text[quantity.end :]
    if CONDITION.pattern.match(after) or any(
        _BY_NAME[name].pattern.search(before) for name in ("conditional", "ordinal", "numerals")
    ):
        return False
    if MONEY.search(quantity.unit) and (_BY_NAME["awarded"].pattern.search(before) or _sizes(text, quantity)):
        return False
    if _BY_NAME["parameter"].pattern.search(before) and not (state.years or state.commitment):
        return False
    place = clause.start - sentence.start + quantity.end
    if AWARDING.pattern.search(sentence.text, place, place + AHEAD):
        return False
    if quantity.spelled:
        return bool(state.years or state.per_year) and bool(GOAL.pattern.search(before[-6:]))
    return bool(state.years or state.per_year or GOAL.pattern.search(text) or state.commitment)


def _sizes(text: str, quantity: Quantity) -> bool:
    """Whether money is the size of what another number of the clause counts: `年产值超10亿元企业20家`."""
    if not BOUND.pattern.match(text[quantity.end :]):
        return False
    return any(not MONEY.search(one.unit) for one in quantities(text))


def _local(clause: Piece, quantity: Quantity, state: State, own: Years | None) -> State:
    """The state right at a number: the year dealt to it or a second year in its clause, and 年均 before it."""
    before = _unquoted(clause.text)[: quantity.start]
    named = list(years(before))
    if own:
        state = replace(state, years=own)
    elif len(named) > 1:
        state = replace(state, years=_at(named[-1], clause))
    each = bool(EACH_YEAR.pattern.search(before)) or state.per_year or quantity.per_year
    return replace(state, per_year=each)


def _figure(clause: Piece, quantity: Quantity, named: Named, state: State, view: View, source: str) -> Figure:
    before, after = before_all(clause.text, quantity.start), clause.text[quantity.end :]
    growth = (quantity.unit == "%" and re.search("(?:增长|增速|递增)[^,;]{0,6}$", before)) or re.match(
        "(?:左右|以上)?的?(?:增长|增速)", after
    )
    missing = quantity.unit == ""
    first, last = item(clause.text, quantity, len(before))
    start, end = view.span(clause.start + first, clause.start + last)
    places = [place for place in (state.lead, named.start, clause.start + first) if place is not None]
    lead = view.span(min(places), clause.end)[0]
    return Figure(
        indicator=as_written(view, source, named.text, named.start, named.start + 2 * len(named.text) + 40),
        year=state.years.first if state.years else None,
        year_end=state.years.last if state.years else None,
        comparator="=" if missing else "growth" if growth else comparison(before, after),
        value=None if missing else quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit or None,
        per_year=state.per_year or bool(growth and "年均" in before),
        commitment=state.commitment,
        flow=named.flow,
        text=source[start:end],
        start=start,
        end=end,
        lead=lead,
    )
