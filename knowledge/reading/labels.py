"""What a published document says of itself as `label: value`: 索引号, 发布机构, 生成日期, 有效性 and the like.

A row is a field, its labels (the one to be trusted most first) and what a value looks like. A value ends at the
next label or at the line's end, so labels that are worth no field stand here too. Knows lines, not where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.dates import DATE, iso
from knowledge.reading.lines import Line, Value, value
from knowledge.reading.organs import NUMBER, ORGAN, organs


@dataclass(frozen=True)
class Label:
    """A row: `examples` are (line, the value or ""). `weak`: counts only where head and signature have none.

    `below`: the value is so plain that it may stand alone on the next line (a table that lost its columns).
    """

    field: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...] = ()
    weak: bool = False
    below: bool = False


def _label(
    field: str, words: str, pattern: str, *examples: tuple[str, str], weak: bool = False, below: bool = False
) -> Label:
    return Label(field, tuple(words.split()), re.compile(pattern, re.VERBOSE), examples, weak, below)


_STATES = """全文有效|现行有效|继续有效|部分有效|有效|全文废止|全文失效|部分废止|部分失效|部分条款失效|已废止|已失效|失效|废止
    |已修改|已修订|尚未生效|未生效|无效|已过期|过期"""

LABELS = (
    _label(
        "title",
        "文件名称 信息名称 公文名称 文件标题 名称 标题",
        r"[^|。]{8,120}",
        (
            "名　　称： 临川区人民政府办公室关于印发《临川区支持科技创新若干措施》的通知",
            "临川区人民政府办公室关于印发《临川区支持科技创新若干措施》的通知",
        ),
        ("名称 | 数量 | 单位", ""),
    ),
    _label(
        "issuer",
        "发文机关 发文机构 制发机关 制定机关 发布机构 发布机关 发文单位 发布单位 公开主体 信息公开单位 公开责任部门",
        r"[^|。:;]{2,60}$",
        ("发布机构: Bat365 发展和改革委员会 生成日期: 2024-10-12", "Bat365发展和改革委员会"),
        ("【发文单位】 国家税务总局 【发布文号】 税总函〔2020〕19号 【发文日期】 2020-01-30", "国家税务总局"),
        ("发布机构: 发布日期: 2024-10-12", ""),
    ),
    _label(
        "issuer",
        "信息来源 文章来源 稿件来源 来源 稿源",
        rf"{ORGAN}$",
        ("来源：南昌市发展和改革委员会 发布时间：2024-10-12 08:30", "南昌市发展和改革委员会"),
        ("来源：江西日报", ""),
        weak=True,
    ),
    _label(
        "date",
        "成文日期 成文时间 生成日期 生成时间 产生日期 印发日期 印发时间 发文日期 发文时间 制发日期 公布日期 发布日期",
        DATE,
        ("发布机构: Bat365 发展和改革委员会 生成日期: 2024-10-12", "2024-10-12"),
        ("成文日期：2026年07月03日", "2026-07-03"),
        ("[成文日期] 2020-02-03 　　[发文字号] 京政办发〔2020〕5号 　　[发布日期] 2020-02-05", "2020-02-03"),
        ("生成日期 | 二〇二四年十月十二日 | 公开方式 | 主动公开", "2024-10-12"),
        ("[成文日期] ----", ""),
        below=True,
    ),
    _label(
        "date",
        "发布时间 发稿时间 信息时间 公开日期 公开时间 更新时间 日期 时间",
        DATE,
        ("来源：南昌市发展和改革委员会 发布时间：2024-10-12 08:30", "2024-10-12"),
        weak=True,
        below=True,
    ),
    _label(
        "number",
        "发文字号 发布文号 公文文号 文件编号 文件字号 文号 字号",
        rf"{NUMBER}|(?!暂无)(?=[^0-9]*[0-9])[^\s:;,。|]{{3,40}}$",
        ("文件编号: 有效性: 有效", ""),
        ("发文字号：普府〔2026〕54号", "普府〔2026〕54号"),
        ("【发布文号】 税总函〔2020〕19号 【发文日期】 2020-01-30", "税总函〔2020〕19号"),
        ("字号：大 中 小 打印", ""),
        below=True,
    ),
    _label(
        "index_number",
        "信息索引号 索引号 索引编号 信息索引",
        r"[0-9A-Za-z/_.\-()\[\]〔〕]{3,60}",
        ("索引号: A25030--2024-0053 主题分类: 综合政务", "A25030--2024-0053"),
        ("索引号：SY310107202603028", "SY310107202603028"),
        ("索 引 号： | 014000319/2024-00012 | 主题分类： | 科技、教育", "014000319/2024-00012"),
        below=True,
    ),
    _label(
        "status",
        "有效性 效力状态 文件状态 时效性 时效 效力",
        _STATES,
        ("文件编号: 有效性: 有效", "有效"),
        ("时效：失效", "失效"),
        ("时  效： 主题分类：预警与处理", ""),
        below=True,
    ),
    _label(
        "status",
        "是否有效",
        rf"{_STATES}|是|否",
        ("【发文日期】 2020-01-30 【是否有效】 全文有效", "全文有效"),
        ("是否有效：否", "失效"),
        below=True,
    ),
    _label(
        "subject",
        "主题分类 信息分类 公文类别 主题词 分类",
        r"[^:。|]{1,40}$",
        ("索引号: A25030--2024-0053 主题分类: 综合政务", "综合政务"),
        ("[主题分类] 综合政务/应急管理 　　[发文机构] 北京市人民政府办公厅", "综合政务/应急管理"),
    ),
    _label(
        "disclosure",
        "公开方式 公开属性 公开形式 公开类别 公开范围",
        r"[^:;|,。]{2,20}$",
        ("公开范围: 面向全社会 公开方式: 主动公开", "主动公开"),
        ("公开范围：面向社会", "面向社会"),
    ),
    _label(
        "",  # known only to end the value before it
        """附加码 内容概述 内容摘要 摘要 概述 关键词 实施日期 施行日期 生效日期 生效时间 废止日期 废止时间 失效日期 失效时间
        有效期 有效期限 截止日期 公开时限 公开程序 浏览量 浏览次数 点击数 点击率 点击量 访问量 阅读次数 阅读量 访问次数 字体 字体大小
        视力保护色 作者 编辑 责任编辑 审核 审稿 分享到 分享 打印 体裁分类 组配分类 服务对象 公文种类 文种 文件类型 信息类别
        信息格式 语种 登记号 统一登记号 规范性文件登记号 联系电话 联系人""",
        r"(?!)",
    ),
)

_SAID = {"是": "有效", "否": "失效"}
_ROWS = {word: (row, rank) for row in LABELS for rank, word in enumerate(row.words)}
_WORD = "|".join(sorted(_ROWS, key=len, reverse=True))
_LABEL = re.compile(rf"[\[【](?P<boxed>{_WORD})[\]】]:?\|?|(?P<word>{_WORD})(?:\**:\**\|?|(?P<cell>\|))")
_EDGES = "|]】):;,•·*"
_TERSE = 120
_SURE = 4
"""A label of so many characters is one even where it stands right after a value (`…委员会发布日期：`)."""


@dataclass(frozen=True)
class Labelled:
    """A label found in a line: where it begins, its row, its trust (0 is most), and its value where it has one."""

    start: int
    row: Label
    rank: int
    value: Value | None
    last: bool


def labelled(line: Line, sought: bool = False) -> tuple[Labelled, ...]:
    """The labels of a line in order; none of a sentence that only mentions one, unless `sought` inside a long text."""
    found = list(_labels(line))
    if not found or not (sought or lead(line, found[0].start()) == "" or _terse(line.flat)):
        return ()
    ends = [after.start() for after in found[1:]] + [len(line.flat)]
    return tuple(_read(line, label, end) for label, end in zip(found, ends, strict=True))


def lead(line: Line, start: int) -> str:
    """What stands in a line before its first label, bullets and cell borders aside."""
    return line.flat[:start].strip("|•·*- ")


def said(row: Label, line: Line, start: int, end: int) -> Value | None:
    """The value that `row` reads at the start of `line.flat[start:end]`, None where it reads none."""
    while start < end and line.flat[start] in "|*: ":
        start += 1
    while start < end and line.flat[end - 1] in "|*;, ":
        end -= 1
    got = row.pattern.match(line.flat[start:end])
    if not got or not got.group():
        return None
    raw = value(row.field, line, start, start + got.end())
    if row.field == "date":
        date = iso(got.group())
        return Value("date", date, raw.start, raw.end) if date else None
    return Value(row.field, _SAID.get(raw.text, raw.text), raw.start, raw.end) if row.field == "status" else raw


def parted(found: Value, text: str) -> list[Value]:
    """An issuer that is a list of organs, one by one; any other value as it is."""
    if found.field != "issuer":
        return [found]
    spans = organs(text, found.start, found.end)
    return [found] if len(spans) == 1 else [Value("issuer", text[start:end], start, end) for start, end in spans]


def _terse(flat: str) -> bool:
    return len(flat) <= _TERSE and "。" not in flat


def _labels(line: Line) -> Iterator[re.Match[str]]:
    last = -1
    for found in _LABEL.finditer(line.flat):
        word = found["boxed"] or found["word"]
        edge = found.start() in (0, last) or line.flat[found.start() - 1] in _EDGES or _after_space(line, found.start())
        if (edge or (len(word) >= _SURE and not found["cell"])) and not (
            found["cell"] and _inside(line, found.start())
        ):
            last = found.end()
            yield found


def _after_space(line: Line, place: int) -> bool:
    return line.source[line.view.at[place] - 1].isspace()


def _inside(line: Line, place: int) -> bool:
    """Whether a cell begins before `place`: `责任单位 名称 | …` is no label."""
    return place > 0 and line.flat[place - 1] != "|"


def _read(line: Line, label: re.Match[str], end: int) -> Labelled:
    row, rank = _ROWS[label["boxed"] or label["word"]]
    return Labelled(label.start(), row, rank, said(row, line, label.end(), end), end == len(line.flat))
