"""When tasks are due: a table's column of deadlines, `完成时限:…` in a line or beside the units, `(2025年6月底前完成)`.

A time of the calendar becomes its last day, a stretch its first and last; 长期坚持 has neither. A time that names no
year has the one year that the document's title names, with a warning, else no day at all.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.facts import Deadline, Span, Warned
from knowledge.parsing.clauses import split
from knowledge.rules import Rule, rule
from knowledge.text import View, compact

LABEL = rule(
    "label",
    r"(?:(?:完成|办结|整改)(?:的)?(?:时限|时间|期限|日期)|(?<![一-鿿])(?:时限|时间节点))(?:要求)?[:为](?P<time>(?:(?![,、](?:责任|牵头|配合|落实))[^()\[\]【】〔〕\n。;]){2,40})",
    "a deadline under its own label",
    ("完成时限:2025年12月底前", "完成时限:2025年12月底前"),
    ("(责任单位:市教育局;完成时间:长期坚持)", "完成时间:长期坚持"),
    ("申报时间:2025年3月", ""),
    needs="时[限间]|期限|日期",
)
BRACKETED = rule(
    "bracketed",
    r"[(\[【〔](?:[^()\[\]【】〔〕\n]{0,120}[,;])?(?P<time>(?:[^()\[\]【】〔〕\n,;。]{0,16}[0-9年月][^()\[\]【】〔〕\n,;。]{0,4}前(?=完成)|(?:长期|持续)(?:坚持|推进|实施)))(?:完成)?[)\]】〕]",
    "a deadline at the end of a bracket",
    ("(牵头单位:市教育局,2025年6月底前完成)", "(牵头单位:市教育局,2025年6月底前完成)"),
    ("(县水利局牵头,长期坚持)", "(县水利局牵头,长期坚持)"),
    ("2025年6月底前完成自查", ""),
    needs=r"[(\[【〔]",
)
_YEAR = r"(?:(?P<year>20[0-9]{2})年?(?:度)?)"
_DAY = r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号]|(?P<third>[上中下])旬|(?:月?[底末]|份)?)"
TIMES: tuple[Rule, ...] = (
    rule(
        "stretch",
        r"(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:-|~|至|到)(?:20[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?",
        "from one month or day to another",
        ("2025年3月至11月", "2025年3月至11月"),
        ("2025年9月1日-2026年6月30日", "2025年9月1日-2026年6月30日"),
        ("2025年3月", ""),
    ),
    rule(
        "years",
        r"(?P<first>20[0-9]{2})年?(?:-|~|至|到)(?P<last>20[0-9]{2})年",
        "from one year to another",
        ("2025-2027年", "2025-2027年"),
        ("2025年", ""),
    ),
    rule(
        "day",
        rf"{_YEAR}?{_DAY}",
        "a day, a month, a third of one",
        ("2025年12月底前", "2025年12月底"),
        ("12月15日前", "12月15日"),
        ("2025年9月上旬", "2025年9月上旬"),
        ("12个月", ""),
    ),
    rule("half", rf"{_YEAR}?(?P<half>[上下])半年", "a half of a year", ("2025年上半年", "2025年上半年"), ("半年", "")),
    rule(
        "quarter",
        rf"{_YEAR}?(?:第?(?P<quarter>[一二三四1-4])季度|[Qq](?P<q>[1-4]))",
        "a quarter",
        ("2025年第三季度", "2025年第三季度"),
        ("一季度启动", "一季度"),
        ("每季度", ""),
    ),
    rule(
        "year",
        rf"{_YEAR}(?=年?(?:[底末]|内|度|$|[前完])|$)|(?<![0-9])年[底末](?=前?)",
        "a year, or its end",
        ("2026年", "2026年"),
        ("2025年底前", "2025年"),
        ("年底前", "年底"),
        ("每年", ""),
    ),
)
"""How a time is written, in the order in which it is tried."""
RULES = (LABEL, BRACKETED, *TIMES)
_POINT = re.compile(r"(?:(?P<year>20[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?")
_ONE_YEAR = re.compile("(20[0-9]{2})年")
_LABELS = re.compile(
    "[,;、(\\[【〔]*(?:牵头|责任|负责|配合)(?:单位|部门):|[,;、(\\[【〔]*(?:完成|办结)?(?:时限|时间|期限):"
)
_EACH = re.compile("每|按[年季月]")
_MONTHS = 12


@dataclass(frozen=True)
class Term:
    """A time of the calendar: ISO dates of its first and last day, and whether its year is that of the title."""

    opens: str | None
    closes: str | None
    lent: bool = False


def deadlines(
    view: View, source: str, what: str | None, cells: Iterable[Span], title: str | None
) -> tuple[list[Deadline], list[Warned]]:
    """The deadlines of a section in order, and what was not said outright; `cells`: spans of a row's deadlines.

    `what`: the task; None takes the section's first sentence.
    """
    found = [match.span("time") for row in (LABEL, BRACKETED) for match in row.finditer(view.text)]
    spans = sorted({*cells, *(view.span(*span) for span in found)})
    task = what or _sentence(view, source)
    out: list[Deadline] = []
    noticed: list[Warned] = []
    for span in spans:
        for one, term in _times(compact(source, *span), source, _year(title)):
            out.append(replace(one, what=task))
            if term.lent and term.closes:
                message = f"“{one.text}”没有写年份，按标题的{term.closes[:4]}年理解"
                noticed.append(Warned("year_of_title", message, one.start, one.end, term.closes))
    return out, noticed


def _times(view: View, source: str, year: int | None) -> Iterator[tuple[Deadline, Term]]:
    """The times of a cell or label: those of its parts that name a day, else the whole."""
    pieces = () if _EACH.search(view.text) else split(view.text, ",;、。\n")
    parts = [(part.start, part.end, term) for part in pieces if (term := term_of(part.text, year))]
    for start, end, term in parts or [(0, len(view.text), Term(None, None))]:
        first, last = view.span(start, end)
        yield Deadline("task", None, term.opens, term.closes, source[first:last], start=first, end=last), term


def term_of(text: str, year: int | None = None) -> Term | None:
    """The first and last day of a time, from compact text; `year`: the one that it has where it names none.

    >>> term_of("2025年12月底前"), term_of("2025年3月至11月"), term_of("长期坚持")
    (Term(opens=None, closes='2025-12-31', lent=False), Term(opens='2025-03-01', closes='2025-11-30', lent=False), None)
    """
    for row in TIMES:
        if found := row.pattern.search(text):
            return _stretch(found, year) if row.name in ("stretch", "years") else _last(found, year)
    return None


def _stretch(found: re.Match[str], year: int | None) -> Term | None:
    """From the first day of the first time to the last of the second; a year is carried on."""
    if found.re.groups:
        return Term(f"{found['first']}-01-01", f"{found['last']}-12-31")
    first, last = _POINT.finditer(found.group())
    begins = int(first["year"]) if first["year"] else year
    ends = int(last["year"]) if last["year"] else begins
    opens = _iso(begins, int(first["month"]), int(first["day"] or 1))
    closes = _iso(ends, int(last["month"]), int(last["day"]) if last["day"] else None)
    return Term(opens, closes, lent=not first["year"] and not last["year"]) if opens and closes else None


def _last(found: re.Match[str], year: int | None) -> Term | None:
    """The last day of one time."""
    said = {"year": None, **found.groupdict()}
    month, day = _MONTHS, None
    if said.get("month"):
        month = int(said["month"] or 0)
        day = int(said["day"]) if said["day"] else {"上": 10, "中": 20}.get(said["third"] or "")
    elif said.get("half"):
        month = _MONTHS if said["half"] == "下" else _MONTHS // 2
    elif quarter := said.get("quarter") or said.get("q"):
        month = 3 * ("一二三四1234".index(quarter) % 4 + 1)
    closes = _iso(int(said["year"]) if said["year"] else year, month, day)
    return Term(None, closes, lent=not said["year"]) if closes else None


def _iso(year: int | None, month: int, day: int | None) -> str | None:
    """The date, the month's last where no day is given; None where the calendar has none."""
    if year is None or not 1 <= month <= _MONTHS:
        return None
    longest = monthrange(year, month)[1]
    return f"{year}-{month:02}-{day or longest:02}" if (day or 1) <= longest else None


def _year(title: str | None) -> int | None:
    """The one year that a title names."""
    years = set(_ONE_YEAR.findall(compact(title or "").text))
    return int(years.pop()) if len(years) == 1 else None


def _sentence(view: View, source: str) -> str | None:
    """The first sentence of a section without a heading, as written."""
    line = view.text.strip("\n").split("\n")[0]
    first = next(iter(split(line, "。;")), None) if line else None
    said = _LABELS.split(first.text, maxsplit=1)[0] if first else ""
    if not said:
        return None
    start = view.text.index(said)
    return "".join(source[slice(*view.span(start, start + len(said)))].split())
