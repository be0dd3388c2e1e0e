"""Groups that a document counts or names without listing their members: said so with the quote, none invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.drafts import Desk, Draft
from knowledge.answering.papers import meant
from knowledge.answering.quoting import of_span
from knowledge.answering.shelf import Sentence, Shelved
from knowledge.numerals import chinese, chinese_numeral
from knowledge.question import Question
from knowledge.rules import rule
from knowledge.text import bare, compact

_MEASURES = "[项个大条类种名家]"
_NUMBER = "[0-9]{1,3}|[两二三四五六七八九十百]{1,4}"
_ASKS = (
    "(?:都|各|分别|具体|到底|究竟|内容|名称|名字)*(?:是|有|指|为|包括|包含|叫|由)?"
    "(?:些?什么|哪些|哪几[个项条类]|哪(?:[0-9]+|[两二三四五六七八九十]+)[个项条类大]|谁|啥|名单|名称|清单)"
)
_END = r"(?:内容|名称|名字|指标|单位|部门|成员|人员?|组成|构成|参加|参与)*[吗呢啊呀]?[?!。]*$"
COUNTED = rule(
    "counted",
    rf"(?P<number>{_NUMBER}){_MEASURES}(?P<noun>[一-鿿]{{1,8}}?)(?:{_ASKS}|具体名称|的?名称){_END}",
    "asks for the members of a counted group",
    ("十大专项行动是哪些", "十大专项行动是哪些"),
    ("监控的17项指标分哪几个方面", ""),
    ("三项改革具体有哪些内容", "三项改革具体有哪些内容"),
)
WHICH = rule(
    "which",
    rf"哪(?P<number>{_NUMBER}){_MEASURES}(?P<noun>[一-鿿]{{1,8}}){_END}",
    "asks which ones a counted group is",
    ("考核的是哪十二项指标", "哪十二项指标"),
    ("哪个部门负责", ""),
)
EACH = rule(
    "each",
    rf"(?P<number>{_NUMBER}){_MEASURES}(?P<noun>[一-鿿]{{1,8}}?)(?:中|里|当中)?的?(?:每一?|各){_MEASURES}的?(?:目标|任务|标准|数)?值?(?:都|各|分别)?(?:是|要|有)?(?:多少|什么|啥|几)",
    "asks for each of a counted group",
    ("20项重点任务每项的目标是多少", "20项重点任务每项的目标是多少"),
    ("每项标准奖多少", ""),
)
BARE = rule(
    "bare",
    rf"^(?P<number>{_NUMBER}),(?P<noun>[一-鿿]{{2,8}})$",
    "a number and a noun, which is what an English question for the members of a group comes to",
    ("12,重点项目", "12,重点项目"),
    ("2030,指标", ""),
)
NAMED = rule(
    "named",
    rf"(?P<group>[一-鿿]{{0,12}}?(?:(?:领导小组|联席会议|专班|委员会)成员单位|成员单位|领导小组|联席会议|专班|委员会))(?:的?(?:成员单位|成员|组成))?{_ASKS}{_END}",
    "asks for the members of a named group",
    ("安全生产委员会有哪些成员单位", "安全生产委员会有哪些成员单位"),
    ("领导小组有哪些任务", ""),
)
RULES = (WHICH, EACH, COUNTED, BARE, NAMED)
"""Read in order."""
_HEAD = re.compile("(?:成员单位|领导小组|联席会议|专班|委员会)$")
_ITEMS = "(?:[^、,;。:]{1,24}、)+[^、,;。:]{1,24}?"
_BEFORE = re.compile(rf"(?P<items>{_ITEMS})(?:等|这|共|和|的)*[“”\"]?$")
_AFTER = re.compile(rf"^[“”\"]?(?::|,?(?:即|包括|分别[是为]|[是为有]:?))(?P<items>{_ITEMS})(?:[,;。]|$)")
_FORMED = re.compile("由[^,;。]{2,60}(?:组成|构成|参与|参加)[^,;。]{0,8}$")
_MEMBERS = re.compile("^(?:成员(?:单位)?)?(?::|由[^,;。]{2,60}组成|包括|成员(?:单位)?[有为是包])")
_NUMBERED = re.compile("一是|[(（]一[)）]|1[.、]")


@dataclass(frozen=True)
class _Mention:
    """Where a document speaks of a group: the section, the sentence, and the group's words in its folded text."""

    section: Shelved
    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.sentence.folded[self.start : self.end]


@lru_cache(maxsize=256)
def _asked(folded: str) -> re.Match[str] | None:
    return next((found for row in RULES if (found := row.pattern.search(folded))), None)


def asked(question: Question) -> bool:
    """Whether a question asks for the members of a group."""
    return _asked(question.folded) is not None


def answer(desk: Desk) -> Draft | None:
    """That the document speaks of the group and lists no members, or where it names those of a named one; else None."""
    found, number = _asked(desk.question.folded), meant(desk)
    if found is None or number is None:
        return None
    group = found.groupdict()
    count = _value(group["number"]) if "number" in group else None
    spoken = list(_mentions(desk, number, _pattern(group)))
    if not spoken:
        return None
    if (listing := next((one for one in spoken if _lists(desk, one, count)), None)) is not None:
        return _listed(listing) if count is None else None
    draft = Draft("list", 1.0, status="not_found", section=spoken[0].section)
    draft.say("unlisted", group=spoken[0].words)
    draft.missing.append(spoken[0].words)
    for one in spoken[:3]:
        draft.cite(of_span(one.section, *_span(one)))
    quote = compact(draft.citations[0].quote).text.replace("\n", "").strip(",;。:()")
    draft.say("none.near", text=quote)
    if heading := spoken[0].section.row["heading"]:
        draft.suggestions.append(f"{heading}有哪些措施")
    return draft


def _listed(one: _Mention) -> Draft:
    """The clause that names the members of a group."""
    draft = Draft("list", 1.0, section=one.section, sure=True)
    quote = of_span(one.section, *_span(one))
    draft.say("clause", year="", text=compact(quote.quote).text.replace("\n", "").strip(",;。:()"))
    draft.cite(quote)
    return draft


def _value(said: str) -> int | None:
    return int(said) if said.isdigit() else chinese(said)


def _pattern(group: dict[str, str | None]) -> re.Pattern[str]:
    """What finds a group in folded text: a counted one by its number and noun, or the noun's end; a named one likewise."""
    if noun := group.get("noun"):
        value = _value(group["number"] or "")
        number = rf"(?:(?<![0-9]){value}|{group['number']}|{_spelled(value)})"
        named = "|".join(re.escape(one) for one in dict.fromkeys((noun, noun[-2:])))
        return re.compile(rf"{number}{_MEASURES}(?:[一-鿿]{{0,4}})?(?:{named})")
    name = group["group"] or ""
    head = _HEAD.search(name)
    return re.compile("|".join(re.escape(one) for one in (name, head.group() if head else name)))


def _spelled(value: int | None) -> str:
    return chinese_numeral(value) if value and value < 100 else "□"


def _mentions(desk: Desk, number: int, pattern: re.Pattern[str]) -> Iterator[_Mention]:
    """The sentences of a document that speak of a group, those that name it most fully."""
    shelf = desk.shelf
    held = (shelf.take(row["n"]) for row in shelf.database.outline(number))
    sentences = ((one, sentence) for one in held if pattern.search(one.folded) for sentence in one.sentences)
    met = ((one, sentence, pattern.search(sentence.folded)) for one, sentence in sentences)
    found = [_Mention(one, sentence, *match.span()) for one, sentence, match in met if match is not None]
    most = max((len(one.words) for one in found), default=0)
    yield from (one for one in found if len(one.words) == most)


def _lists(desk: Desk, one: _Mention, count: int | None) -> bool:
    """Whether members stand beside a mention: enumerated before or after it, or in sections or numbered sentences below."""
    before, after = one.sentence.folded[: one.start], one.sentence.folded[one.end :]
    for found in (_BEFORE.search(before) if count else None, _AFTER.search(after)):
        if found is not None and found["items"].count("、") + 1 >= (count or 2):
            return True
    if count is None:
        return bool(_FORMED.search(before) or _MEMBERS.search(after))
    below = [child for child in desk.shelf.children(one.section) if child.row["parent"] == one.section.section]
    later = [sentence for sentence in one.section.sentences if sentence.start >= one.sentence.start]
    return len(below) >= count or any(_NUMBERED.match(sentence.folded) for sentence in later)


def _span(one: _Mention) -> tuple[int, int]:
    """The clause of a mention in the document's text."""
    text = one.section.document.text
    for start, end in one.sentence.clauses:
        if one.words in bare(text[start:end]):
            return start, end
    return one.sentence.start, one.sentence.end
