"""Where a heading ends and its text begins, in a paragraph that opens with a numeral.

A heading is a line of its own, a short first sentence, a bracketed name or a name before a colon; or it lost
its stop, and the text begins at a word that opens clauses, as far as its sisters agree. A numbered paragraph
that is plain text has no heading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.rules import rule

LEAST_LEFT = 6
"""The fewest characters that the first clause of the text has after a heading that lost its stop."""
LONGEST = 45
"""The longest first sentence, in characters, that can be a heading (the longest seen in plans is 38)."""

TEXT = rule(
    "text",
    r"给予|应当|应按|应于|不得|是指|负责|适用|可以|的,|须|施行|享受|[0-9](?:万|亿)?元|[0-9]%|我[市区县]|[:;]",
    "a sentence that rules, promises or defines is no heading",
    ("符合条件的,优先支持", "的,"),
    ("对首次认定的企业给予10万元奖励", "给予"),
    ("市科技局负责本办法的组织实施", "负责"),
    ("本办法自发布之日起施行", "施行"),
    ("申报企业应于每年9月底前提交材料", "应于"),
    ("强力攻坚研发投入", ""),
)
OPENER = rule(
    "opener",
    r"全面|认真|落实|实施|深入|坚持|围绕|依托|充分|大力|积极|加快|进一步|切实|严格|按照|通过|统筹|建立|健全|完善|制定|加大|各[级部区县街乡]",
    "a word with which the text under a heading begins",
    ("加强组织领导全面加强区委对科技工作的领导", "全面"),
    ("强化监控分析认真落实各项政策", "认真"),
    ("推动产业创新赋能实施流量经济产业集群打造行动", "实施"),
    ("强化统计监测按照国家统计制度", "按照"),
)
BRACKETED = rule(
    "bracketed",
    r"[【\[(](?P<heading>[^】\])0-9]{2,15})[】\])](?=[^,。;、])",
    "a name in brackets right after the numeral",
    ("【奖励对象】本办法所称企业", "【奖励对象】"),
    ("(奖励标准)对首次认定的企业", "(奖励标准)"),
)
NAMED = rule(
    "named",
    r"^(?P<heading>[^,。;、:(\[【〔\n]{2,15}):(?=[^\n])",
    "a short name before a colon",
    ("支持对象:在本区注册的企业", "支持对象:"),
    ("企业、个人:均可", ""),
    ("工作任务(责任单位:市教育局)", ""),
)
ASSIGNED = rule(
    "assigned",
    r"[(\[【〔](?:牵头|责任|负责|配合|实施|落实|承办|主管)(?:责任)?(?:单位|部门):|[(\[【〔](?:[^()\[\]【】〔〕。]|\([^()]{1,10}\)){2,160}(?:牵头|负责|配合|落实)[)\]】〕]$",
    "the bracket of units behind a heading, which is no part of it",
    ("工作任务(牵头单位:市教育局)", "(牵头单位:"),
    ("实施数字赋能行动【责任部门:县工信局】", "【责任部门:"),
    ("强化科技创新(区科技局牵头)", "(区科技局牵头)"),
    ("工作任务(试行)", ""),
)
LABELLED = rule(
    "labelled",
    r"(?:(?:牵头|责任|负责|配合|实施|落实|承办)(?:责任)?(?:单位|部门)|(?:完成|办结)(?:时限|时间|期限)|时限):",
    "a line of units or of a deadline below an item: no text that the item would head",
    ("责任单位:市教育局", "责任单位:"),
    ("完成时限:2025年12月底前", "完成时限:"),
    ("各责任单位要落实责任", ""),
)
FIRSTLY = rule(
    "firstly",
    r"^(?P<heading>[^,。;:\n]{4,30})(?=一是)",
    "a heading without its stop before the first of a count",
    ("完善交通网络一是加快推进环山公路建设", "完善交通网络"),
    ("完善交通网络。一是加快", ""),
)
RULES = (TEXT, OPENER, BRACKETED, NAMED, ASSIGNED, LABELLED, FIRSTLY)
_SUBJECT = re.compile("[对凡由为在经自从向各]|本[市区县办]|企业|申[请报]")
"""How a paragraph of plain text begins: no heading of plans does."""


@dataclass(frozen=True)
class Head:
    """A heading's text, how much of the paragraph it takes with its stop, and where in it it begins (after a bracket)."""

    text: str
    length: int
    offset: int = 0
    unstopped: bool = False


NONE = Head("", 0)
"""A paragraph of plain text has this heading."""


def headings(paragraphs: Sequence[str], kind: str, leads: Sequence[bool]) -> list[Head]:
    """The headings of sister paragraphs (each the text after its numeral, up to the line's end).

    `leads[i]`: other text or deeper sections follow paragraph i, so that a lone sentence can head them.
    """
    plain = [_plain(paragraph, kind, lead) for paragraph, lead in zip(paragraphs, leads, strict=True)]
    cuts = [_cuts(paragraph) if kind != "article" else [] for paragraph in paragraphs]
    lengths = Counter(len(head.text) for head, cut in zip(plain, cuts, strict=True) if head.text and not cut)
    shared = Counter(length for cut in cuts for length in cut)
    return [
        _agreed(head, cut, paragraph, lengths, shared, len(plain))
        for head, cut, paragraph in zip(plain, cuts, paragraphs, strict=True)
    ]


def _plain(paragraph: str, kind: str, lead: bool) -> Head:
    """The heading that stops, colons, brackets and line ends show; the empty one where there is none."""
    for row in (BRACKETED, NAMED):
        if (found := row.pattern.match(paragraph)) and not TEXT.pattern.search(found["heading"]):
            return Head(found["heading"], found.end(), found.start("heading"))
    stop = paragraph.find("。")
    if first := FIRSTLY.pattern.match(paragraph):
        return Head(first["heading"], first.end("heading"), unstopped=True)
    if stop < 0:
        return _line(paragraph)
    sentence = paragraph[:stop]
    alone = stop == len(paragraph) - 1
    longest = 15 if kind == "article" else LONGEST
    if len(sentence) > longest or TEXT.pattern.search(sentence) or (alone and not lead):
        return NONE
    return Head(sentence, stop + 1)


def _line(paragraph: str) -> Head:
    """A line without a stop is a heading, unless it is long or an item of a list (`…；`)."""
    if assigned := ASSIGNED.pattern.search(paragraph):
        head = _line(paragraph[: assigned.start()])
        return Head(head.text, assigned.start()) if head.text else NONE
    text = paragraph.rstrip(":;,")
    if paragraph.endswith((";", ",")) or len(text) > LONGEST or _rules(text):
        return NONE
    return Head(text, len(paragraph))


def _rules(text: str) -> bool:
    return bool(TEXT.pattern.search(text))


def _cuts(paragraph: str) -> list[int]:
    """Where a heading that lost its stop may end: before an opener in the first clause, 4 to 16 characters in."""
    clause = re.split("[,。;:!\n]", paragraph, maxsplit=1)[0]
    if _SUBJECT.match(clause):
        return []
    places = [found.start() for found in OPENER.pattern.finditer(clause)]
    return [
        place
        for place in places
        if 4 <= place <= 16 and len(clause) - place >= LEAST_LEFT and not _open(clause[:place])
    ]


def _open(text: str) -> bool:
    """Whether a bracket or quotation mark is open at the end of `text`."""
    return any(text.count(left) > text.count(right) for left, right in ("()", "“”", "《》", "【】"))


def _agreed(
    head: Head, cuts: list[int], paragraph: str, lengths: Counter[int], shared: Counter[int], sisters: int
) -> Head:
    """The heading without its stop where the sisters' lengths agree on one, or where no other reading is left."""
    agreed = [cut for cut in cuts if lengths[cut] or shared[cut] == sisters > 1]
    if agreed and (not head.text or head.length > agreed[0]):
        return Head(paragraph[: agreed[0]], agreed[0], unstopped=True)
    if head.text or not cuts or len(re.split("[。;\n]", paragraph, maxsplit=1)[0]) <= LONGEST:
        return head
    cut = agreed[0] if agreed else cuts[0]
    return Head(paragraph[:cut], cut, unstopped=True)
