"""What the first row of a table may call its columns, as far as tasks, targets and amounts go. Knows words, not places."""

from __future__ import annotations

from knowledge.parsing.granted import AMOUNT
from knowledge.rules import Rule, first, rule

COLUMNS: tuple[Rule, ...] = (
    rule(
        "lead",
        r"^(?:[省市区县]级?)?(?:牵头|主责)(?:$|(?:责任)?(?:单位|部门))",
        "units that lead",
        ("牵头单位", "牵头单位"),
        ("市级牵头部门", "市级牵头部门"),
        ("牵头领导", ""),
    ),
    rule(
        "support",
        r"^(?:[省市区县]级?)?(?:配合|协同|参与|协办)(?:$|(?:责任)?(?:单位|部门))",
        "units that support",
        ("配合单位", "配合单位"),
        ("牵头单位", ""),
    ),
    rule(
        "responsible",
        r"^(?:[省市区县]级?)?(?:责任|负责|承办|实施)(?:单位|部门)",
        "responsible units",
        ("责任单位", "责任单位"),
        ("承办部门", "承办部门"),
        ("单位", ""),
    ),
    rule("measure", r"^(?:计量)?单位$", "the unit of the row's numbers", ("计量单位", "计量单位"), ("责任单位", "")),
    rule(
        "indicator",
        r"^(?:主要|具体|核心|预期)?指标(?:名称)?$",
        "the indicator of the row's numbers",
        ("指标名称", "指标名称"),
        ("指标值", ""),
    ),
    rule(
        "year",
        r"^(?P<year>20[0-9]{2})年?(?:底|末)?(?:目标|目标值|计划)?$",
        "goals of a year",
        ("2025年目标值", "2025年目标值"),
        ("2023年基数", ""),
        ("2023年完成", ""),
    ),
    rule("goal", r"^目标值?$", "goals without a year", ("目标值", "目标值"), ("目标任务", "")),
    rule("amount", AMOUNT.pattern.pattern, AMOUNT.meaning, *AMOUNT.examples),
    rule(
        "task",
        r"^(?:重点|主要|工作|具体|目标|改革)*(?:任务|事项|内容|举措|措施)(?:名称|内容|分工)?$",
        "the task of the row",
        ("重点任务", "重点任务"),
        ("任务", "任务"),
        ("序号", ""),
    ),
    rule(
        "deadline",
        r"^(?:计划)?(?:完成|办结|整改|实施)?(?:的)?(?:时限|期限)(?:要求)?$|^(?:完成|办结|整改|推进|进度)(?:的)?(?:时间|日期|节点)(?:要求)?$|^时间(?:节点|要求|安排|进度)$",
        "the day by which the row's task is due",
        ("完成时限", "完成时限"),
        ("时限要求", "时限要求"),
        ("时间节点", "时间节点"),
        ("时间", ""),
    ),
    rule(
        "beside",
        r"^(?:序号|编号|类别|分类|备注|责任分工|任务分工|职责分工|责任人|责任领导|牵头领导|依据)$",
        "what stands beside and says nothing here",
        ("序号", "序号"),
        ("责任分工", "责任分工"),
        ("任务", ""),
    ),
)
"""What a table's first row may say of a column, in the order in which it is tried."""
SILENT = "beside"
"""The name of the columns that are known to say nothing."""


def kind(text: str) -> tuple[str, int | None]:
    """The name of a column's row in the table of columns, with its year; "" for another.

    >>> kind("牵头单位"), kind("2025年目标值"), kind("电话")
    (('lead', None), ('year', 2025), ('', None))
    """
    match = first(COLUMNS, text)
    if match is None:
        return "", None
    return match[0].name, int(match[1]["year"]) if match[0].name == "year" else None
