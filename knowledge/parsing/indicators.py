"""The indicator of a figure: the noun phrase that carries the number, taken over ellipsis.

`2030年达到260家` means the phrase that last carried 家 in the section; `占GDP比重` belongs to the subject before it.
Also here: when two phrases name one indicator (`one_indicator`), scope and flow kept apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parsing.clauses import Piece, enclosed
from knowledge.parsing.distribution import Share
from knowledge.parsing.quantities import AFTER, ORIGIN, YEAR, Quantity, quantities
from knowledge.rules import rule

FLOW = rule(
    "flow",
    r"新建?[、和及]?[改扩]扩?建|新增加|净增加|新增|净增|新引进|引进|引入|招引|吸引|新招引|新培育|新认定|新建成|新建|招聘|培训|培养|增加|增长|带动|输送|转移|处置|化解",
    "a verb that makes the number an addition, not a stock",
    ("新增挂牌上市企业", "新增"),
    ("净增规模以上工业企业40家", "净增"),
    ("成功引入", "引入"),
    ("新建改建旅游厕所60座", "新建改建"),
    ("新改扩建公办幼儿园12所", "新改扩建"),
    ("认定国家高新技术企业", ""),
)
STOCK = rule(
    "stock",
    r"安排|建成|建设|建立|建|打造|培育|储备|形成|完成|实现|认定|创建|组建|设立|布局|拥有|做强|做大|发展|举办|开展|改造|落实|推动|支持|评选|选派|推广|推出",
    "a verb of making: the number counts what is there then",
    ("建成6家", "建成"),
    ("创建省级示范家庭农场12家", "创建"),
    ("2025年,建2-3个", "建"),
)
HEAD = rule(
    "head",
    r"^(?:[-*+•·]|[一二三四五六七八九十]是|、|和|及|与|以及|并|也|且|其中|同时|(?:力争|确保|努力|争取|保证|计划|预期|成功|全面|累计|共计|合计|总计|每年|年均|年度|逐步|稳步|进一步|要|使|将|对|在(?!库|校|岗|册|建|学|外|籍|线|孵)|到|至|于|底|末|前|左右|以后|内|期间|目标|[一二三四五六七八九十0-9]+(?:年|个?月)(?:内|累计|共)?))+",
    "words before the noun phrase",
    ("力争全区国家高新技术企业", "力争"),
    ("确保认定国家高新技术企业", "确保"),
)
TAIL = rule(
    "tail",
    r"(?:[≥≤><=]|不低于|不少于|不得少于|不得低于|不小于|不超过|不高于|不得超过|至少|最低|最少|最高|最多|超过|突破|超出|超|高于|低于|少于|接近|大约|约|近|达到|达|为|实现|保持|稳定|维持|控制|在|"
    r"重点(?:培育|打造|扶持|支持)|提高|提升|增长|增加|上升|下降|降低|减少|扩大|压减|压缩|缩减|削减|增至|升至|降至|到|至|年均|每年|平均|累计|力争|确保|有|共|均|总计|合计|分别|左右|完成|建成|同比|翻)+$",
    "words between the noun phrase and its number",
    ("数字经济核心产业企业超过", "超过"),
    ("占GDP比重达到", "达到"),
    ("贡献值年均保持", "年均保持"),
    ("城镇登记失业率控制在", "控制在"),
)
SHARE = rule(
    "share",
    r"^占",
    "a share of something, whose subject stands before",
    ("占GDP比重", "占"),
    ("占规上工业增加值比重", "占"),
    ("市场占有率", ""),
)
SUBJECT = rule(
    "subject",
    r"^(?P<subject>.{2,30}?)(?=在(?!库)|成为|占据|明显|全面|基本|不断|持续|稳步|实现|保持|达到|超过)",
    "what a clause speaks of, up to its verb",
    ("“四新”产业和技术类创新型企业在全区产业发展格局中占据主导地位", "“四新”产业和技术类创新型企业"),
    ("战略性新兴产业持续壮大", "战略性新兴产业"),
)
TOPIC = rule(
    "topic",
    r"^(?!持续|不断|进一步|全面|深入|大力|积极|加[强快大]|推[动进]|提[升高]|扩大|优化|做[强大优]|强化|深化|发挥|支持|鼓励|引导|聚焦|围绕|依托|建立|健全|完善|落实|实施)[^,;。]{2,40}(?:企业|机构|平台|项目|基地|人才|园区|农场|合作社|规模|面积|里程|比[重例]|[率额值数量])$",
    "a clause that is the noun phrase of the number in the next one",
    ("规模以上工业企业", "规模以上工业企业"),
    ("年营业收入10亿元以上的企业", "年营业收入10亿元以上的企业"),
    ("全面提升创新平台", ""),
    ("加大招商力度", ""),
)
GRADE_ALONE = rule(
    "grade_alone",
    r"^(?:国家|省|市|县|区)级(?:及?以上)?$",
    "a grade whose noun stands before",
    ("国家级", "国家级"),
    ("市级及以上", "市级及以上"),
    ("国家级创新平台", ""),
)
VERB_ALONE = rule(
    "verb_alone",
    r"^(?:新)?(?:落地|开工|投产|达产|竣工|签约|入库|完工|再建)$",
    "a verb before a number that names nothing by itself",
    ("落地", "落地"),
    ("开工", "开工"),
    ("开工项目", ""),
)
SCOPE = rule(
    "scope",
    r"^(?:全[区市县省州]|辖区内?)?(?:平均)?每(?!年|月|季|周|日|天|万|千|百)[个家所座名条处]?[^,;。0-9年月]{1,10}$",
    "what a number is set for each of: a scope, no indicator",
    ("每个景区", "每个景区"),
    ("每个乡镇(街道)", "每个乡镇(街道)"),
    ("每万人口发明专利拥有量", ""),
    ("每千人口床位数", ""),
)
AGAINST = rule(
    "against",
    r"(?:比|较|相比|与)(?:(?:19|20)[0-9]{2}年|“?十[三四五六七八]五”?|上年|去年|上一年|基期)(?:度|期?末|底)?(?:相比)?",
    "what a change is measured against",
    ("单位GDP能耗比2020年下降13.5%", "比2020年"),
    ("较“十三五”末提高2个百分点", "较“十三五”末"),
    ("比重达到10%", ""),
)
RULES = (FLOW, STOCK, HEAD, TAIL, SHARE, SUBJECT, TOPIC, GRADE_ALONE, VERB_ALONE, SCOPE, AGAINST)
_GROWS = re.compile("增长|增速|递增|增幅")
_VERBAL = re.compile("(?:安排|开展|举办|组织|实施|建设|培训|新建|打造|拿出|投入|支持)(?:了|再)?$")
"""A phrase that ends in such a verb is no noun: what follows the number is counted."""
_REACHED = re.compile("达到|突破|翻|总数|总量|(?:19|20)[0-9]{2}")
"""Words with which a clause speaks of a stock of its own, not of what the verb before adds."""
_GRADED = re.compile(
    "(?:国家|省|市|县|区)级[、和及][0-9.]+[家个项所名件](?:以上)?(?:国家|省|市|县|区)级(?P<noun>[^、,;。0-9]{2,20})"
)
_FURTHER = re.compile("^(?:形成|打造|建成|改造|壮大|创建)")
"""A second verb of making: `培育形成`."""
_CUT = re.compile("[,;、。]|和(?=[0-9])|及(?=[0-9])")
_YEARLY = re.compile("^[^,;。]{2,12}(?:每年|每年度)(?=安排|新增|引进|培育|培训|建设|新建|举办|开展)")
_PLACE = re.compile("^(?:全区|全市|全县|全省|全州|全镇|辖区内?|我区|我市|我县|我省|本区|本市|本县|区内|市内|县内)")


@dataclass(frozen=True)
class Named:
    """An indicator as found: its phrase, the flow verb over it, the unit it last carried, and where its words begin in the view.

    `leads`: the flow verb stands before the phrase, and so governs the phrases after it too.
    """

    text: str
    flow: str | None
    unit: str
    start: int
    leads: bool = False


def indicator(
    clause: Piece, quantity: Quantity, spoken: Sequence[Piece], said: Sequence[Named], segment: int
) -> Named | None:
    """The indicator of a quantity in a clause, or None where no phrase carries it.

    `spoken`: the clauses before it in the sentence; `said`: the indicators of the section so far; `segment`:
    where the run between semicolons begins, beyond which no verb carries.
    """
    begin = _begin(clause.text, quantity.start)
    before = _bare(clause.text[begin : quantity.start])
    after = _after(clause.text, quantity.end)
    flow, phrase = _parted(before)
    counted = (_VERBAL.search(phrase) or SCOPE.pattern.match(phrase)) and not _empty(after)
    own = after if _empty(phrase) or counted else phrase
    leading = said[-1] if said and said[-1].leads and said[-1].start >= segment else None
    carried = leading.flow if leading and not _REACHED.search(clause.text[begin : quantity.start]) else None
    if GRADE_ALONE.pattern.match(own) and (graded := _graded(own, quantity, said, clause)):
        return graded
    if SHARE.pattern.match(own):
        return _share(own, quantity, spoken, said, clause)
    if not _empty(own):
        place = clause.text.find(own)
        verbed = flow or (None if STOCK.pattern.search(before) else carried)
        leads = carried is not None or (flow is not None and clause.text.find(flow) < place)
        return Named(own, verbed, quantity.unit, clause.start + max(place, 0), leads)
    if _goes_on(quantity, spoken, said):
        return Named(said[-1].text, flow or said[-1].flow, quantity.unit, said[-1].start)
    if ahead := _ahead(spoken, said):
        return Named(ahead[0], flow, quantity.unit, ahead[1])
    grows = quantity.unit.endswith("百分点") or (
        quantity.unit == "%" and _GROWS.search(clause.text[begin : quantity.start]) is not None
    )
    return _ellipsis(flow, quantity, [one for one in said if one.start >= segment][-1:] if grows else said, grows)


def dealt(share: Share, clause: Piece) -> Named:
    """The indicator of a number whose phrase a list before 分别 gives it."""
    flow, phrase = _parted(_bare(share.phrase))
    return Named(phrase, flow, share.number.unit, clause.start + share.start)


def item(text: str, quantity: Quantity, words: int) -> tuple[int, int]:
    """The part of a clause that is a number's own where it lists several: `新建道路46公里、管网32公里`.

    `words`: where the words before the number end, which is before the first of numbers dealt out.
    """
    following = re.search(r"、[^、,;]{0,40}?[0-9]|[和及与][^、和及与,;]{0,40}?[0-9]", text[quantity.end :])
    return _begin(text, words), quantity.end + following.start() if following else len(text)


def _begin(text: str, end: int) -> int:
    """Where the phrase before a number begins: after the number before it in the clause, past 、 or 和."""
    begin = 0
    for one in quantities(text):
        if one.end <= end and (after := re.compile(r"[^,;、和及与]{0,40}[、和及与]").match(text, one.end, end)):
            begin = after.end()
    return begin


def _bare(text: str) -> str:
    """The words before a number without years, openers and the verbs that lead to it."""
    text = AGAINST.pattern.sub("", ORIGIN.pattern.sub("", text))
    inside = enclosed(text)
    for found in reversed(list(YEAR.finditer(text))):
        if not inside[found.start()]:
            keep = text[found.end() - (text[found.end() - 1 : found.end() + 1] == "年均") :].removeprefix("的")
            text = keep if len(text[: found.start()]) <= 4 else text[: found.start()] + keep
            inside = enclosed(text)
    return HEAD.pattern.sub("", TAIL.pattern.sub("", text.strip("、,")))


def _parted(text: str) -> tuple[str | None, str]:
    """The flow verb that a phrase begins with (perhaps after a place), and the phrase without its verb."""
    place = _PLACE.match(text)
    rest = text[place.end() :] if place else text
    if found := _YEARLY.search(rest):
        rest = rest[found.end() :]
    if found := FLOW.pattern.match(rest):
        return found.group(), _noun(rest[found.end() :])
    if found := STOCK.pattern.match(rest):
        return None, _noun(_FURTHER.sub("", rest[found.end() :]))
    if (found := FLOW.pattern.search(rest)) and found.end() == len(rest):
        return found.group(), _noun(rest[: found.start()])
    return None, _noun(text)


def _noun(text: str) -> str:
    return HEAD.pattern.sub("", TAIL.pattern.sub("", text)).strip("的、,")


def _after(text: str, end: int) -> str:
    """The phrase after a number: `10家以上数字经济领域创新龙头企业`."""
    rest = text[end:]
    if found := AFTER.pattern.match(rest):
        rest = rest[found.end() :]
    inside = enclosed(rest)
    cut = next(
        (found.start() for found in _CUT.finditer(rest) if not inside[found.start()] and _parts(rest, found.start())),
        len(rest),
    )
    return rest[:cut].removeprefix("的")


def _parts(text: str, place: int) -> bool:
    """Whether a 、 ends the phrase: another number follows (else it joins nouns: `产业体量大、特色鲜明的板块`)."""
    return text[place] != "、" or bool(re.match(r"[、和及与]?[0-9]", text[place + 1 :]))


def _empty(phrase: str) -> bool:
    return len(re.sub(r"[\W_]", "", _PLACE.sub("", phrase))) < 2 or bool(VERB_ALONE.pattern.match(phrase))


def _same_sentence(named: Named, spoken: Sequence[Piece], clause: Piece) -> bool:
    first = spoken[0].start if spoken else clause.start
    return named.start >= first


def _goes_on(quantity: Quantity, spoken: Sequence[Piece], said: Sequence[Named]) -> bool:
    """Whether a number is the level of what was said to change right before: `年均增长10%,达到5万件`, `提高5个百分点,达到20%`."""
    if not spoken or not said or said[-1].start < spoken[0].start:
        return False
    points = said[-1].unit.endswith("百分点")
    return points if quantity.unit == "%" else bool(_GROWS.search(spoken[-1].text))


def _share(own: str, quantity: Quantity, spoken: Sequence[Piece], said: Sequence[Named], clause: Piece) -> Named | None:
    """A share with its subject: the same share said before, the indicator before it, or the subject of the clause before."""
    for before in reversed(said):
        if before.text.endswith(own):
            return Named(before.text, None, quantity.unit, before.start)
    if said and _same_sentence(said[-1], spoken, clause):
        return Named(said[-1].text + own, None, quantity.unit, said[-1].start)
    for piece in reversed(spoken):
        if found := SUBJECT.pattern.match(_bare(piece.text)):
            return Named(found["subject"] + own, None, quantity.unit, piece.start)
    return Named(own, None, quantity.unit, clause.start)


def _graded(own: str, quantity: Quantity, said: Sequence[Named], clause: Piece) -> Named | None:
    """A grade by itself with the noun beside it: 5个国家级、20个省级研发平台; 省级以上创新平台100个,其中国家级10个."""
    if ahead := _GRADED.match(clause.text, quantity.end):
        return Named(own + ahead["noun"], None, quantity.unit, clause.start + quantity.start)
    if not said or said[-1].unit != quantity.unit:
        return None
    noun = re.sub("^.*?级(?:及?以上)?", "", said[-1].text)
    return Named(own + noun, said[-1].flow, quantity.unit, said[-1].start) if noun else None


def _ahead(spoken: Sequence[Piece], said: Sequence[Named]) -> tuple[str, int] | None:
    """The phrase that the clause before is, with its place: `规模以上工业企业,2025年达到500家`; one that carried a number is none."""
    for piece in reversed(spoken[-2:]):
        phrase = _bare(piece.text)
        if said and said[-1].start >= piece.start:
            return None
        if not _empty(phrase):
            return (phrase, piece.start + piece.text.find(phrase)) if TOPIC.pattern.match(phrase) else None
    return None


def _ellipsis(flow: str | None, quantity: Quantity, said: Sequence[Named], grows: bool) -> Named | None:
    """The last indicator of the section that carried the same unit; growth is that of the one just named."""
    for before in reversed(said):
        if grows or before.unit == quantity.unit:
            return Named(before.text, flow or (None if grows else before.flow), quantity.unit, before.start)
    return None
