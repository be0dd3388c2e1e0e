"""The gifts of a segment of a sentence: where one ends and the next begins, and whose each is.

`对A给予30万元,其中B再奖励10万元` holds two. A gift without a beneficiary of its own has the one before it; amounts
are `awards`' business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.parsing.clauses import Piece, split
from knowledge.parsing.tiers import ACTING, beneficiary_parts
from knowledge.rules import rule

GIFTS = (
    "奖励|奖补|补助|补贴|资助|贴息|奖金|资金支持|资金扶持|扶持资金|扶持政策|奖励扶持|补偿|津贴|减免|免收|免征|返还|优惠"
)
SUM = r"(?:[0-9]|[一二三四五六七八九]成|[一二两三四五六七八九十百千]+[万亿]?元)"
"""How an amount or a share begins, in digits or in Chinese."""
GIVING = rule(
    "giving",
    rf"(?<![已不])(?:给予|予以)|(?:奖励|奖补|补助|补贴|资助)(?=[^,;。:]{{0,6}}{SUM})|(?<=[0-9])%的?(?:比例|标准)?(?=奖励|补助|补贴|奖补|资助|返还|贴息)|(?<!已)发放[^,;。]{{0,24}}(?:{GIFTS})|(?<![已不得])可?享受[^,;。]{{0,16}}(?:{GIFTS})|(?:{GIFTS})标准为",
    "a verb of giving",
    ("给予一次性奖励20万元", "给予"),
    ("每名奖励5000元", "奖励"),
    ("县财政分别奖补15万元", "奖补"),
    ("奖励五十万元", "奖励"),
    ("按研发费用增量部分的8%奖励", "%"),
    ("其中用于奖励科研团队的部分", ""),
    ("创业带动就业补贴:招用3人以下的", ""),
    ("追回已发放的补贴资金", ""),
    ("已享受省级奖励的企业", ""),
    needs="给予|予以|[奖补]|资[助金]|%|发放|享受|津贴|减免|免[收征]|返还|优惠|贴息|扶持",
)
WHO = rule(
    "who",
    r"^(?:[-*+•·]|[一二三四五六七八九十]+是|其中|同时|并|另外)*,?(?:对于?|凡|针对)(?P<who>[^;。]+?)(?<!年度内)(?<!年内)(?<!期间)(?=,|给予|予以|按|每年|每月|每[家户人名个项]|分别|一次性|最高|优先|$)",
    "the beneficiary's phrase after 对",
    ("对首次认定的高新技术企业,给予", "对首次认定的高新技术企业"),
    ("对重新认定国家高新技术企业给予", "对重新认定国家高新技术企业"),
    ("对在一个年度内,累计组织游客1000人以上的旅行社,按照10元/人给予", "对在一个年度内,累计组织游客1000人以上的旅行社"),
)
WHOSE = rule(
    "whose",
    r"^(?:其中|同时|另外|此外|并)?[,:]?(?P<who>(?:(?!给予|予以|奖励[0-9]|补助[0-9])[^;。:]){2,60}?的(?:"
    r"(?:[^,;。的0-9]{0,14}?(?:企业|单位|机构|项目|个人|人才|人员|团队|平台|园区|合作社|农场|基地|中心|大户|农户|主体|旅行社|酒店|景区))?(?=,?(?:在此基础上)?,?(?:再|另外?|额外)?(?:每|按|分|最高|总额|可|优先|减半))"
    r"|(?!基础|前提|情况|条件下|同时|标准|原则|期间|比例|范围)[^,;。的0-9]{0,16}?(?=,?(?:由?[省市县区]?(?:本级|级)?财政)?(?:[一二三四五1-5]年内)?(?:每[年月])?(?:再|另外?|额外|分别)?(?:给予|予以|减半|一次性(?:给予|奖励|补|资助)|(?:奖励|奖补|补助|补贴|资助|发放)[^,;。]{0,8}[0-9]))))",
    "the beneficiary's phrase without 对",
    ("新认定为省级企业技术中心的,给予20万元", "新认定为省级企业技术中心的"),
    ("首次认定的高新技术企业给予20万元奖励", "首次认定的高新技术企业"),
    ("企业获得国家级绿色工厂称号的,奖励50万元", "企业获得国家级绿色工厂称号的"),
    ("首次认定的省级智能工厂给予80万元奖励", "首次认定的省级智能工厂"),
    ("新引进的博士、硕士,三年内每月分别发放生活补贴3000元", "新引进的博士、硕士"),
    ("认定为省级企业的,市财政一次性给予20万元", "认定为省级企业的"),
    ("种植水稻50亩以上的种粮大户,每亩补贴100元", "种植水稻50亩以上的种粮大户"),
    ("种植双季稻的,在此基础上每亩另增加补贴60元", "种植双季稻的"),
    ("在原有补贴的基础上,给予学生每月100元", ""),
    ("给予参展的企业奖励", ""),
    ("鼓励引进企业的奖励办法", ""),
)
SUBJECT = rule(
    "subject",
    r"^(?!其中|同时)(?P<who>[^,;。:的]{2,40}?(?:企业|人才|团队|平台|园区|中心|基地|孵化器|众创空间|实验室|工作站))(?=(?:再|分别)?(?:给予|奖励[0-9]|补助[0-9]))",
    "the beneficiary as the subject, neither 对 nor 的",
    ("A类、B类、C类人才分别给予100万元、50万元、30万元", "A类、B类、C类人才"),
    ("国家级孵化器给予50万元奖励", "国家级孵化器"),
    ("市财政给予20万元奖励", ""),
)
ALLOWED = rule(
    "allowed",
    r"^(?:同一|单[个家户项])(?P<who>[^,;。:0-9]{0,6}?(?:企业|单位|机构|项目|旅行社|合作社|平台|园区|农户|公司))(?=(?:当年|全年|年度|每年度?)?(?:最高|累计)?(?:奖励|奖补|补助|补贴|资助)(?:总额|金额|资金)?(?:累计|合计|最高|不|总额))",
    "whose the most is that a clause of its own allows",
    ("单家旅行社年度奖励累计不超过100万元", "单家旅行社"),
    ("同一企业年度补贴总额不超过50万元", "同一企业"),
    ("单个企业最高100万元", ""),
)
LIMITED = rule(
    "limited",
    r"^(?P<who>[^,;。:的0-9单每同其]{2,14})(?:单[机户家个项人台])?(?:补贴|补助|奖励|奖补)(?:额|资金)?(?:限额|上限)(?=可|提高|为|不|最高)",
    "what the limit of a gift is set for",
    ("大型联合收割机单机补贴限额可提高到15万元", "大型联合收割机单机补贴限额"),
    ("单机补贴限额不超过5万元", ""),
)
MEANT = rule(
    "meant",
    r"^(?:补贴|补助|奖励|奖补|资助|扶持|支持)对象(?:为|是|:)(?P<who>[^,;。:]{2,40})(?=,|$)",
    "the beneficiary where a clause of its own names him",
    ("补贴对象为拥有耕地承包权的种地农民,补贴标准为", "补贴对象为拥有耕地承包权的种地农民"),
    ("补贴标准为每亩115元", ""),
)
WHOM = rule(
    "whom",
    r"(?:给予|奖励|补助|补贴|资助|标准为)(?!该|其|上述|相关|每|标准)(?P<who>[^,;。:0-9的]{0,14}?(?:企业|单位|机构|团队|园区|平台|个人|毕业生|农户|农民|村集体|合作社|基地|高校|院校|公司|主体|管理层|负责人|劳动力|人员|家庭|学员|学生|老年人|作者))(?=一次性|每|[0-9][0-9.]*[万亿千]?元|最高|不超过)",
    "the beneficiary's phrase after the verb of giving",
    ("每引进1名博士,给予用人单位5万元补助", "给予用人单位"),
    ("给予企业一次性奖励20万元", "给予企业"),
    ("分别给予经营主体300万元", "给予经营主体"),
    ("生活费补贴标准为脱贫劳动力每人每天50元", "标准为脱贫劳动力"),
    ("给予补贴:参会企业50家以上的补贴1万元", ""),
    ("一次性给予该企业20万元", ""),
    ("给予一次性奖励20万元", ""),
)
CAP = rule(
    "cap",
    r"(?:(?:单[个家项户]|每[个家户人年项]|同一|全年|年度)[^,;。]{0,14})?(?:最高|累计|合计|总额)?(?:不超过|不得超过|不高于|限额|上限为?|封顶|最高)[^,;。0-9]{0,4}$",
    "the words before the most that is given",
    ("单个企业每年最高不超过", "单个企业每年最高不超过"),
    ("单家旅行社年度最高奖励", "单家旅行社年度最高奖励"),
    ("给予一次性奖励", ""),
)
OPENS = rule(
    "opens",
    r"^(?!(?:其中|同时)?(?:单[个家项户]|每[家户个人]|同一|全年|年度|累计|合计|最高|总额|限额)[^,;。]{0,16}(?:最高|不超过|不高于|累计|合计|封顶|上限))"
    r"(?:其中|同时|另外|此外|并|且|[,:])*(?:(?:对于?|凡)[^;。]{2,60}?|[^,;。:]{2,40}?的(?:[^,;。:的0-9]{0,14}?(?:企业|单位|机构|项目|个人|人才|团队|平台|园区))?|[前后第][一二三四五1-5](?:至[一二三四五1-5])?年|[^,;。:0-9]{0,14}?)"
    r",?(?:再|另外?|额外|分别|一次性|每[年月人]|按[^,;。]{1,24}?%的?(?:标准|比例)?)*(?:给予|予以|发放|奖励|补助|补贴|资助)(?=[^,;。]{0,20}(?:[0-9]|[一二两三四五六七八九十百千]+[万亿]?元)|补|奖)",
    "clauses that begin a further gift, not a cap on the one before",
    ("重新认定的给予10万元奖励", "重新认定的给予"),
    ("其中规模以上企业再奖励10万元", "其中规模以上企业再奖励"),
    ("对重新认定的企业,给予10万元", "对重新认定的企业,给予"),
    ("第三年按50%给予补贴", "第三年按50%给予"),
    ("后2年按50%给予奖励", "后2年按50%给予"),
    ("新获批的省级重点实验室一次性给予三百万元支持", "新获批的省级重点实验室一次性给予"),
    ("单个企业每年最高补助100万元", ""),
    ("最高不超过200万元", ""),
    ("单家旅行社年度最高奖励20万元", ""),
)
DOING = rule(
    "doing",
    r"^(?:其中|同时)?(?P<who>(?:组织|举办|承办|新?引进|新建|改建|扩建|种植|养殖|购置|购买|租用|招用|培育|拍摄|创作|首次|新增|建设)[^;。:]{4,80}?)(?=,(?:一次性|分别|每[^,;。0-9]{1,6})?(?:给予|予以|奖励|奖补|补助|补贴|资助)[^,;。]{0,12}[0-9])",
    "clauses that say what is done to be supported, neither 对 nor 的",
    ("组织旅游专列团队,一次人数达到300人以上,一次性奖励150元/人", "组织旅游专列团队,一次人数达到300人以上"),
    ("新建养老床位20张以上,每张补助1万元", "新建养老床位20张以上"),
    ("建设资金由县财政统筹安排,不足部分自筹", ""),
)
DEGREE = rule(
    "degree",
    r"^(?P<who>.{2,40}的(?:[^,的0-9]{2,10})?),(?P<stage>[^,的]{0,6}[0-9][^,的]{0,12}(?:以[上下内]|不[足满到][^,的]{1,6}))的$",
    "a beneficiary's phrase, and how large he or his work must be, in a clause of its own",
    ("组织旅游包机的旅行社,100人以上的", "组织旅游包机的旅行社,100人以上的"),
    ("组织旅游专列的,300人以上不足500人的", "组织旅游专列的,300人以上不足500人的"),
    ("举办展会,面积1万平方米以上的", ""),
)
RULES = (GIVING, WHO, WHOSE, SUBJECT, ALLOWED, LIMITED, MEANT, WHOM, CAP, OPENS, DOING, DEGREE)
_GIVEN = re.compile(rf"{SUM.replace('[0-9]', '[0-9](?:万|亿|千)?元')}|[0-9]%|[0-9]万|全额|减半")
_TOWARDS = re.compile("^.*?(?P<to>对)(?![于外口接应象标策比话])(?=[^对]{2,}$)")
"""Words before the beneficiary's own phrase: 各区对采取减免措施的企业."""
_LONGEST_STAGE = 12
_SIZED = re.compile("[0-9][0-9.]*[^0-9,的]{1,4}以[上下内]")
"""A size by itself: one of several stages of what the gift before is for (`500人以上`)."""
_DEGREE = re.compile("[0-9]|级|等奖|以[上下内]")
_FORM = re.compile(
    "分.{1,2}|一次性|最高|每[年月人家项个户次亩吨头]?|再|另外?|额外|其中|同时|此外|并|且|:|给予|予以|发放|奖励|补助|补贴|资助|按.*|对.*|标准|用人单位"
)


@dataclass(frozen=True)
class Gift:
    """One gift: its own words (`piece`), the beneficiary's phrase with the offset at which it begins in the view.

    `noun` is the beneficiary where the phrase has none of its own (`重新认定的`), `stage` what sets this one of
    several apart (`第三年`), `to` who is named after the verb.
    """

    piece: Piece
    giving: int
    who: str
    start: int
    noun: str = ""
    stage: str | None = None
    to: str = ""


def gifts(segments: list[Piece]) -> Iterator[Gift]:
    """The gifts of a sentence's segments in order."""
    noun = ""
    for segment in segments:
        before: Gift | None = None
        pieces = list(_pieces(segment))
        for piece in pieces:
            gift = _gift(piece, before, noun, several=len(pieces) > 1)
            if gift is not None:
                yield gift
                before = gift
                noun = beneficiary_parts(gift.who)[0] or gift.noun


def _pieces(segment: Piece) -> Iterator[Piece]:
    """A segment cut where a further gift opens."""
    start = 0
    for clause in split(segment.text, ",:"):
        if _given(segment.text[start : clause.start]) and OPENS.pattern.match(segment.text[clause.start :]):
            yield Piece(segment.text[start : clause.start - 1], segment.start + start, segment.start + clause.start - 1)
            start = clause.start
    yield Piece(segment.text[start:], segment.start + start, segment.end)


def _given(text: str) -> bool:
    giving = GIVING.search(text)
    return giving is not None and bool(_GIVEN.search(text))


def _gift(piece: Piece, before: Gift | None, noun: str, *, several: bool) -> Gift | None:
    """The gift of a piece, with the beneficiary of the one before it in the segment where it names none."""
    giving = GIVING.search(piece.text)
    if giving is None:
        return None
    begin, who = phrase(piece.text, giving.start())
    stage = _stage(piece.text, begin, who, giving.start()) if several else None
    whom = WHOM.pattern.search(piece.text)
    to = whom["who"] if whom else ""
    if found := DEGREE.pattern.match(who):
        who, stage = found["who"], found["stage"]
    if who:
        own = beneficiary_parts(who)[0]
        stage = stage or (
            who.rstrip("的") if several and not own and len(who) <= 2 * _LONGEST_STAGE and _DEGREE.search(who) else None
        )
        if before is not None and before.stage and stage == who.rstrip("的") and _SIZED.fullmatch(stage):
            return replace(before, piece=piece, giving=giving.start(), stage=stage)
        return Gift(piece, giving.start(), who, piece.start + begin, "" if own else noun, stage, to)
    if to:
        return Gift(piece, giving.start(), "", piece.start, to)
    if before is not None:
        return Gift(piece, giving.start(), before.who, before.start, before.noun, stage)
    return Gift(piece, giving.start(), "", piece.start + begin, "", stage)


def whose(who: str, noun: str, to: str = "") -> tuple[str, str]:
    """A beneficiary ("" where there is none) and what modifies it, from its phrase.

    `noun`: the beneficiary of a phrase that has none; `to`: who is named after the verb, where the phrase is his condition.

    >>> whose("重新认定的", "高新技术企业"), whose("产值突破10亿元的企业", "", "企业管理团队")
    (('高新技术企业', '重新认定'), ('企业管理团队', '产值突破10亿元的企业'))
    """
    own, modifier = beneficiary_parts(who)
    if to and (not own or (len(to) > len("企业") and to != own)):
        return to, who.strip("的,")
    return own or noun, modifier


def phrase(text: str, giving: int) -> tuple[int, str]:
    """Where the award's words begin, and the beneficiary's phrase ("" where none is named)."""
    for row in (MEANT, WHO, WHOSE, SUBJECT, ALLOWED, LIMITED):
        for clause in split(text, ",:"):
            if clause.start > giving:
                break
            if found := row.pattern.match(text[clause.start :]):
                own = _TOWARDS.match(found["who"])
                cut = own.end() if own and row is WHOSE else 0
                return clause.start + (own.start("to") if own and cut else 0), found["who"][cut:]
    return _acting(text, giving) or _doing(text, giving) or (max(text.rfind(mark, 0, giving) for mark in ",;:") + 1, "")


def _acting(text: str, giving: int) -> tuple[int, str] | None:
    """A clause before the verb that says what somebody does: `企业参加境外展会,按展位费的50%给予补贴`."""
    clauses = [clause for clause in split(text[:giving], ",:") if clause.end < giving]
    found = next((clause for clause in reversed(clauses) if ACTING.pattern.fullmatch(clause.text)), None)
    return (found.start, found.text + "的") if found else None


def _doing(text: str, giving: int) -> tuple[int, str] | None:
    """Clauses right before the verb that say what is done, and not by whom."""
    for clause in split(text[:giving], ",:"):
        found = DOING.pattern.match(text[clause.start :])
        if found and clause.start + found.end() < giving:
            return clause.start + found.start("who"), found["who"] + "的"
    return None


def _stage(text: str, begin: int, who: str, giving: int) -> str | None:
    """The words before the verb of giving that set one of several gifts apart: 第三年, 一等奖."""
    place = text.find(who, begin) + len(who) if who else begin
    words = re.split("[,:]", text[place:giving])[-1] if place <= giving else ""
    words = re.sub(
        r"^(?:其中|同时|另外|此外|并|且|另)+|(?:再|另外?|额外|分别|一次性|每[^,;。0-9每]{1,4}|减半|按.*|可)+$",
        "",
        words,
    )
    named = 0 < len(words) <= _LONGEST_STAGE and not re.search("财政|政府", words)
    return words if named and not _FORM.fullmatch(words) else None
