"""Names of issuing organs, dates and document numbers, as patterns that the head and the foot of a document share."""

from __future__ import annotations

import re

from knowledge.dates import DATE
from knowledge.facts import Span
from knowledge.rules import Rule, rule

_KINDS = """人民政府|政府|办公室|办公厅|委员会|管委会|党委|党组|[区县市省州盟旗]委|工委|发改委|卫健委|政法委|委|局|厅|部|署|行|院
    |联合会|学会|协会|总会|处|中心|组|监会|指挥部|公司|集团|分公司|总工会|支队|总队|法院|检察院|大学|学院|研究所|科协|街道|办"""
ORGAN = rf"(?:[^\s。,，;；:：|、《》〔〕!！?？]{{1,40}}?(?:{_KINDS})(?:[(（][^\s()（）]{{1,20}}[)）])?)"

_OPEN, _CLOSE = r"[〔［\[【(（﹝]", r"[〕］\]】)）﹞]"
_YEAR = rf"(?:{_OPEN}\s?(?:19|20)[0-9]{{2}}\s?{_CLOSE}?|(?:19|20)[0-9]{{2}}\s?{_CLOSE})"
NUMBER = rf"""(?:[一-龥]{{1,15}}{_YEAR}\s?第?\s?[0-9]{{1,5}}\s?号
    |[一-龥]{{0,20}}(?:19|20)[0-9]{{2}}年第\s?[0-9]{{1,4}}\s?号
    |[一-龥]{{2,20}}令(?:\(?第)?[0-9]{{1,4}}号\)?)"""

SIGNED: Rule = rule(
    "signed",
    rf"^(?P<issuer>{ORGAN})(?P<date>{DATE})$",
    "organ and date in one line at the foot",
    ("海陵区行政审批局2020年1月30日", "海陵区行政审批局2020年1月30日"),
    ("2020年1月30日", ""),
)
DATED: Rule = rule(
    "dated",
    rf"^{DATE}$",
    "a line that is nothing but a date",
    ("2024年10月12日", "2024年10月12日"),
    ("二〇二四年十月十二日", "二〇二四年十月十二日"),
    ("2024年10月", ""),
)
DATED_INLINE: Rule = rule(
    "dated_inline",
    rf"(?<=\s){DATE}(?=\s|$)",
    "a date that stands by itself in a text that has lost its line ends (matched on the source)",
    ("特此通告。 国家税务总局深圳市税务局 2020年2月18日", "2020年2月18日"),
    ("自2020年2月1日起至6月30日止", ""),
)
PLACED: Rule = rule(
    "placed",
    r"^(?:中共|中国|国家|国务院|全国|共青团|共产党|[^。,、]{1,10}?(?:省|市|县|区|州|旗|盟))",
    "how the full names of organs begin, so that the lower half of a wrapped name is known for one",
    ("四川省应对新型冠状病毒", "四川省"),
    ("肺炎疫情应急指挥部", ""),
)
NUMBERED: Rule = rule(
    "number_line",
    rf"^\(?(?P<number>{NUMBER}|第[0-9]{{1,4}}号)\)?$",
    "a line that is nothing but a document number",
    ("临政办发〔2024〕12号", "临政办发〔2024〕12号"),
    ("人社厅函〔2020〕24号", "人社厅函〔2020〕24号"),
    ("2020年第2号", "2020年第2号"),
    ("(洪府办发[2023]8号)", "(洪府办发[2023]8号)"),
    ("第12号", "第12号"),
    ("财政部、税务总局公告", ""),
)
NUMBERED_INLINE: Rule = rule(
    "number_after_title",
    rf"""(?:(?<!\S)|(?<=通知|意见|方案|办法|措施|公告|通告|决定)) {NUMBER} (?=\s|$|-)
    | (?<=[(（]) {NUMBER} (?=[)）]\s*$)""",
    "a document number after or before the title in its line, or in a text without line ends (matched on the source)",
    ("关于阶段性减免企业社会保险费的通知人社部发〔2020〕11号 各省", "人社部发〔2020〕11号"),
    ("若干措施 京政办发〔2020〕7号 各区人民政府", "京政办发〔2020〕7号"),
    ("关于印发若干措施的通知（洪府办发〔2023〕8号）", "洪府办发〔2023〕8号"),
    ("的紧急通知》(交运明电〔2020〕37号)文件要求", ""),
)
RULES = (SIGNED, DATED, DATED_INLINE, PLACED, NUMBERED, NUMBERED_INLINE)

_SIGNER = re.compile(ORGAN, re.VERBOSE)


def is_organ(text: str) -> bool:
    """Whether a text is nothing but an organ's name."""
    return _SIGNER.fullmatch(text) is not None


def organs(text: str, start: int, end: int) -> list[Span]:
    """The span of each organ in a list that white space parts; the whole where its pieces are no organs.

    `市发改委 市财政局` are two, `Bat365 发展和改革委员会` and `财 政 部` are one.
    """
    pieces = [found.span() for found in re.finditer(r"\S+", text[start:end])]
    if len(pieces) > 1 and all(is_organ(text[start + a : start + b]) for a, b in pieces):
        return [(start + a, start + b) for a, b in pieces]
    return [(start, end)]
