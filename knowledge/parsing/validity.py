"""From when until when a document holds, where its own text says so: `本办法自2021年5月1日起施行，有效期3年`.

Only a sentence that speaks of the document itself counts; what is said of a licence or of another document does not.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from knowledge import numerals
from knowledge.dates import DATE, iso
from knowledge.facts import Document
from knowledge.parsing.clauses import paragraphs, sentences
from knowledge.rules import rule
from knowledge.text import View, whole

UP_TO = r"(?P<year>20[0-9]{2})年(?:底|末)?(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日|底|末)?)?"
"""A day, month or year as the end of a time."""
OWN = rule(
    "own",
    r"[本此](?!次|项目)[^,;。]{0,8}?(?:办法|政策|措施|意见|规定|细则|通知|方案|文件|条例|规则|制度|规划|计划|若干条)|^自.{2,16}起(?:施行|实施|执行|生效)",
    "words with which a document speaks of itself",
    ("本办法由市科技局负责解释", "本办法"),
    ("本若干措施自印发之日起施行", "本若干措施"),
    ("许可证有效期5年", ""),
)
FROM = rule(
    "from",
    rf"自(?:(?P<day>{DATE})|(?:印发|发布|公布|下发|发文|颁布|签发)之?日)(?:起?满?(?P<delay>[0-9]{{1,3}})日后)?起?(?:正式)?(?:施行|实施|执行|生效|试行|有效)",
    "from when it holds; without a date, from its publication",
    ("自2021年5月1日起施行", "自2021年5月1日起施行"),
    ("自印发之日起实施", "自印发之日起实施"),
    ("自发布之日起30日后施行", "自发布之日起30日后施行"),
)
UNTIL = rule(
    "until",
    rf"(?:有效期限?(?:为|是)?(?:自?[^,;。]{{0,24}}?)?|(?:执行|施行|实施|试行|有效)期?限?(?=[至到]20[0-9]{{2}}年(?:[0-9底末]|止)))(?:截止|延长|延续)?[至到]{UP_TO}",
    "the day on which it ends",
    ("有效期至2025年12月31日", "有效期至2025年12月31日"),
    ("有效期自2020年1月1日至2022年12月31日", "有效期自2020年1月1日至2022年12月31日"),
    ("执行至2026年底", "执行至2026年底"),
    ("有效期3年", ""),
    ("实施到2025年,企业达到30家", ""),
)
TERM = rule(
    "term",
    r"(?:有效期限?|试行期限?|实施期限?|执行期限?|(?:施行|实施|执行|试行),?期限)(?:为|是)?,?(?:暂定)?(?P<years>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})年(?!度|[0-9])",
    "for how many years it holds",
    ("有效期3年", "有效期3年"),
    ("有效期为五年", "有效期为五年"),
    ("试行期两年", "试行期两年"),
    ("有效期至2025年", ""),
)
_SAID = re.compile("[效行施]期|期限|[行施期][至到]20|自.{2,24}起")
"""What every wording of a term or a beginning has; a paragraph without it need not be cut into sentences."""
RULES = (OWN, FROM, UNTIL, TERM)


def validity(document: Document) -> tuple[str | None, str | None]:
    """The first and the last day on which a document holds by its own words (ISO dates), None where it names none.

    What runs from publication needs the document's date. The last sentence that says it counts.
    """
    view = whole(document.text, document.furniture)
    first = last = None
    for sentence in _spoken(view):
        first = _first_day(sentence, document.date) or first
        last = _ends(sentence, document.date) or last
    return first and first.isoformat(), last and last.isoformat()


def until(words: str) -> date | None:
    """The day that written words of an end name: `2026年底` → 31 December 2026."""
    found = re.match(UP_TO, words)
    return _up_to(int(found["year"]), int(found["month"] or 12), int(found["day"] or 0)) if found else None


def _spoken(view: View) -> list[str]:
    """The sentences in which the document speaks of itself and of when it holds."""
    return [
        sentence.text
        for paragraph in paragraphs(view.text)
        if _SAID.search(paragraph.text)
        for sentence in sentences(paragraph)
        if OWN.pattern.search(sentence.text)
    ]


def _first_day(sentence: str, published: str | None) -> date | None:
    """The day from which the document itself holds, not what it sets (本办法规定的标准自…起执行)."""
    found = FROM.pattern.search(sentence)
    own = OWN.pattern.search(sentence)
    if found is None or own is None or "的" in sentence[own.end() : found.start()]:
        return None
    return _begins(sentence, published)


def _ends(sentence: str, published: str | None) -> date | None:
    """The last day that a sentence names or counts out."""
    if found := UNTIL.pattern.search(sentence):
        return _up_to(int(found["year"]), int(found["month"] or 12), int(found["day"] or 0))
    term = TERM.pattern.search(sentence)
    begins = _begins(sentence, published)
    years = numerals.value(term["years"]) if term else None
    if begins is None or years is None:
        return None
    return _up_to(begins.year + int(years), begins.month, begins.day, less=1)


def _begins(sentence: str, published: str | None) -> date | None:
    """The day from which the document holds."""
    found = FROM.pattern.search(sentence)
    day = iso(found["day"]) if found and found["day"] else published
    try:
        first = date.fromisoformat(day) if day else None
    except ValueError:
        return None
    return first + timedelta(days=int(found["delay"])) if first and found and found["delay"] else first


def _up_to(year: int, month: int, day: int, less: int = 0) -> date | None:
    """A day of the calendar, the month's last where it names none or too late a one; `less` days before it."""
    if not 1 <= month <= 12:
        return None
    longest = calendar.monthrange(year, month)[1]
    return date(year, month, min(day, longest) if day else longest) - timedelta(days=less)
