"""A document's title: the lines just before its body that read like one.

Chinese titles of documents end in what the document is (方案, 办法, 通知 …), may be wrapped over lines, and may have
their years or 试行 in a line of its own. Knows the head only; what markup or a page says of the title comes in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reading.furniture import outside
from knowledge.reading.labels import labelled
from knowledge.reading.layout import Layout, free
from knowledge.reading.lines import Line, Value, gap
from knowledge.reading.organs import DATED, NUMBERED, NUMBERED_INLINE, ORGAN
from knowledge.rules import rule
from knowledge.text import name

_SHORTEST, _LONGEST = 8, 150
_WRAPPED = 4
"""A title is wrapped over so many lines at most."""

_KINDS = """方案|规划|计划|意见|办法|措施|通知|细则|决定|公告|规定|条例|政策|清单|通告|要点|纲要|规则|指南|指引|目录|批复|函|报告
    |章程|标准|制度|预案|任务书|分工|行动|举措|说明|解读|公示|倡议书|公开信|名单|分解表|任务表|一览表|手册|十条|[0-9]+条|条措施|实施|部署"""
_QUALIFIER = (
    r"\((?:试行|暂行|试点|草案|[^()]{0,8}稿|[^()]{0,8}版|[^()]{0,6}修[订正改]|(?:19|20)[0-9]{2}[^()。]{0,14}年?)\)"
)

READS = rule(
    "title",
    rf"^[^。,;!?]{{2,140}}(?:{_KINDS})[》”]?(?:{_QUALIFIER})*[》”]?(?:的(?:通知|意见|批复|公告|通告|决定|函))?(?:{_QUALIFIER})*$",
    "a line that ends as titles of documents do",
    ("Bat365推动科技创新协力打造“区域科创中心”实施方案", "Bat365推动科技创新协力打造“区域科创中心”实施方案"),
    ("南昌市企业研发经费投入后补助实施办法(试行)", "南昌市企业研发经费投入后补助实施办法(试行)"),
    ("支持中小企业发展政策措施的通知", "支持中小企业发展政策措施的通知"),
    ("江西省中长期科学和技术发展规划(2022-2035年)", "江西省中长期科学和技术发展规划(2022-2035年)"),
    ("各县(市)、区人民政府,市政府各部门:", ""),
    ("临川区人民政府办公室", ""),
)
BESIDE = rule(
    "title_years",
    rf"^{_QUALIFIER}$",
    "the years or the standing of a document, in a line of its own after its title",
    ("(2023-2035年)", "(2023-2035年)"),
    ("(试行)", "(试行)"),
    ("(征求意见稿)", "(征求意见稿)"),
    ("(此件公开发布)", ""),
    ("(2021年7月30日临川区人民政府第5次常务会议通过)", ""),
)
ISSUED = rule(
    "issuing_line",
    r"^.{0,40}(?:关于)?(?:印发|转发|发布)《.{4,}$",
    "the line of a notice that issues a document",
    (
        "关于印发《Bat365推动科技创新协力打造“区域科创中心”实施方案(2023-2035年)",
        "关于印发《Bat365推动科技创新协力打造“区域科创中心”实施方案(2023-2035年)",
    ),
    (
        "云溪县人民政府办公室关于转发《市促进外贸稳定增长若干政策》",
        "云溪县人民政府办公室关于转发《市促进外贸稳定增长若干政策》",
    ),
    ("现印发给你们,请认真贯彻执行。", ""),
)
BEGINS = rule(
    "title_begins",
    r"^(?:关于|《|“?[^,、。]{1,12}?(?:省|市|县|区|州|旗|镇|乡|街道|部|委|局|厅|办|院|署)|(?:19|20)[0-9]{2}年|国家|中国|全国|中共)",
    "how titles begin, so that a line above is not taken for their first",
    ("铁岭市应对新型冠状病毒感染的肺炎疫情", "铁岭市"),
    ("支持中小企业发展政策措施的通知", ""),
)
HANGS = rule(
    "title_goes_on",
    r"(?:关于|印发|转发|和|与|及|、|的|暨)$|[《“(][^》”)]*$",
    "a line that must go on in the next",
    ("铁岭市人民政府关于印发", "印发"),
    ("关于印发《临川区支持科技创新", "《临川区支持科技创新"),
    ("临川区人民政府办公室", ""),
)
GOES_ON = rule(
    "title_went_on",
    r"^(?:的|和|与|及|、|》|”|--)",
    "a line that must have begun above",
    ("的通知", "的"),
    ("--东湖区科技创新三年行动方案", "--"),
)
FLAT = rule(
    "title_inline",
    rf"^[^\s。!?]{{2,100}}(?:{_KINDS})[》”]?(?:[（(](?:试行|暂行)[)）])?(?=\s)",
    "the title that opens a text without line ends (matched on the source)",
    (
        "泰州市人民政府关于支持中小企业抗疫情渡难关促发展的政策措施 各市（区）人民政府，",
        "泰州市人民政府关于支持中小企业抗疫情渡难关促发展的政策措施",
    ),
    ("为深入贯彻落实,制定本措施。 一、", ""),
)
RULES = (READS, BESIDE, ISSUED, BEGINS, HANGS, GOES_ON, FLAT)

_ORGAN = re.compile(ORGAN, re.VERBOSE)
_WORDS = re.compile(r"\w")
_ISSUES = re.compile(r"^(?:关于|印发|转发|公布|发布)")


def run(page: Layout) -> Value | None:
    """The title that stands in the head as lines of its own, nearest to the body."""
    head = page.head
    for place in range(len(head) - 1, -1, -1):
        if _reads(head[place]):
            begin, end = _first(head, place), _last(head, place)
            found = _value(head[begin], head[end])
            if _SHORTEST <= len(found.text) <= _LONGEST:
                return found
    return None


def issuing(page: Layout) -> Value | None:
    """The head's `关于印发《…` line, whole."""
    lines = [line for line in page.head if free(line) and ISSUED.pattern.match(line.flat)]
    return _value(lines[-1], lines[-1]) if lines else None


def heading(page: Layout) -> Value | None:
    """The first heading that markup declares in the head."""
    marked = next((line for line in page.head if line.depth and free(line) and _WORDS.search(_own(line))), None)
    return _value(marked, marked) if marked else None


def opening(page: Layout) -> Value | None:
    """The first line where it is short, or the title that opens a text without line ends."""
    line = next((line for line in page.all if line.long or free(line)), None)
    if line is None:
        return None
    if line.long:
        found = FLAT.pattern.match(line.source[line.start : line.start + 150])
        return Value("title", found.group(), line.start, line.start + found.end()) if found else None
    terse = len(line.flat) <= 50 and line.flat[-1] not in "。;:!?," and _WORDS.search(_own(line))
    return _value(line, line) if terse else None


def given(page: Layout, title: str) -> Value | None:
    """Where the head says a title that is known from elsewhere."""
    for line in page.all[:40]:
        if line.long:
            start = page.text.find(title, line.start, line.start + 600)
            return Value("title", title, start, start + len(title)) if start >= 0 else None
        if name(line.source[line.start : line.end]) == name(title):
            return _value(line, line)
    return None


def _value(begin: Line, end: Line) -> Value:
    stop = end.view.span(0, _stop(end))[1]
    return Value("title", name(begin.source[begin.start : stop]), begin.start, stop)


def _stop(line: Line) -> int:
    """Where a title's line ends: before its first label, and before a document number."""
    found = labelled(line)
    flat = line.flat[: found[0].start] if found else line.flat
    number = NUMBERED_INLINE.pattern.search(line.source, line.start, line.end)
    if number and number.start() > line.start:
        flat = flat[: line.view.locate(number.start())]
    return len(flat.rstrip(" (|"))


def _own(line: Line) -> str:
    return line.flat[: _stop(line)]


def _reads(line: Line) -> bool:
    return _plain(line) and READS.pattern.match(_own(line)) is not None


def _plain(line: Line) -> bool:
    """Whether the line may be a title's at all."""
    found = labelled(line)
    if line.long or (found and found[0].start < 4):
        return False
    return not (outside(line) or NUMBERED.pattern.match(line.flat) or DATED.pattern.match(line.flat))


def _last(head: Sequence[Line], place: int) -> int:
    """The place of the title's last line: its years may follow in their own."""
    after = place + 1
    return after if after < len(head) and BESIDE.pattern.match(head[after].flat) else place


def _first(head: Sequence[Line], place: int) -> int:
    """The place of the title's first line: upwards while a line surely goes on, or begins what this one ends."""
    begin = place
    for upper in range(place - 1, max(-1, place - _WRAPPED), -1):
        above, below = head[upper], head[upper + 1]
        if not _plain(above) or above.depth or labelled(above) or _reads(above) or above.flat[-1] in "。;:!?,":
            break
        if _sure(above, below):
            begin = upper
        elif gap(above, below) > 1 or BEGINS.pattern.match(below.flat) or len(above.flat) < _SHORTEST:
            break
        elif BEGINS.pattern.match(above.flat) and not _ORGAN.fullmatch(above.flat):
            begin = upper
    return begin


def _sure(above: Line, below: Line) -> bool:
    """Whether two lines are one title beyond doubt: an organ and what it issues, or an open bracket or conjunction."""
    if HANGS.pattern.search(above.flat) or GOES_ON.pattern.match(below.flat):
        return True
    return _ORGAN.fullmatch(above.flat) is not None and _ISSUES.match(below.flat) is not None
