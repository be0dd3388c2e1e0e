"""Folding text for reading by machine, with a map back to the source's offsets.

Two views of a text: `compact` takes out white space inside words and folds width (what the parsers read and
what names are made of), `fold` goes on to lower case and simplified characters (what is compared). Neither
repairs anything, and neither knows what the text means.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩…〔〕【】“”‘’—–％")
"""Characters whose NFKC form would lose a numeral's or a mark's identity (① is no 1, … is no three stops)."""

_WIDTH = {"％": "%", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "〜": "~", "～": "~", "﹒": ".", "．": "."}
MARKUP = re.compile(r"[*_~`]{1,3}|!?\[|\]\([^()\n]*\)")
"""Markup inside a line, which parts no words when it is hidden."""

_HAN = re.compile("[一-鿿]*")
_BLANKS = re.compile("[ \n]{2,}")
_SPACE = re.compile(" ")
_PARTING = re.compile("(?<=[A-Za-z]) (?=[A-Za-z])|(?<=[0-9]) (?=[0-9])")
_BROKEN = re.compile(
    r"(?<=[0-9])\n(?=[万亿千]元|元|%|[万亿](?:[家个人户名亩吨件辆台]|美元))|(?<=[0-9][万亿千])\n(?=元)"
)
_BREAKS = re.compile("[0-9万亿千]\\n[万亿千元%]")
"""What every text has that `_BROKEN` matches."""
_DIGITS_APART = re.compile("[0-9] [0-9]")
_SPLIT_DIGITS = re.compile(r"(?<![0-9A-Za-z.])[0-9](?: [0-9])+(?![0-9A-Za-z.])")


@dataclass(frozen=True)
class View:
    """A text derived character by character from a source: `at[i]` is the source offset of `text[i]`."""

    text: str
    at: Sequence[int]
    stop: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `text[start:end]` (an empty range gives an empty span)."""
        if start >= len(self.at):
            return self.stop, self.stop
        return self.at[start], (self.at[end - 1] + 1 if end > start else self.at[start])

    def locate(self, offset: int) -> int:
        """The first place of the view that stands at or after a source offset."""
        return bisect_left(self.at, offset)

    def part(self, start: int, end: int) -> View:
        """The view of `text[start:end]`."""
        stop = self.at[end] if end < len(self.at) else self.stop
        return View(self.text[start:end], self.at[start:end], stop)


def narrow(char: str) -> str:
    """One character in its usual width: `（` → `(`, `２` → `2`, `—` → `-`; ① and ㈠ stay as they are."""
    if char in _WIDTH:
        return _WIDTH[char]
    return char if char in _KEPT else unicodedata.normalize("NFKC", char)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def compact(text: str, start: int = 0, end: int | None = None, hidden: tuple[tuple[int, int], ...] = ()) -> View:
    r"""The view that parsers read: width folded, white space inside lines taken out, line ends kept as `\n`.

    A single space stays between two Latin letters or two numbers (`Open AI`, `110 120`), except that digits
    set apart one by one are one number (`第 1 0 条` → `第10条`). `hidden` spans (furniture, in order) are left out.

    >>> compact("力\u2002争  2025 年").text
    '力争2025年'
    """
    end = len(text) if end is None else end
    source = _uncovered(text, start, end, hidden)
    forms = _formed(source)
    at: Sequence[int] = range(start, end)
    if len(forms) != len(source):
        at = [offset for offset, char in enumerate(source, start) for _ in _FORMS[ord(char)]]
    spaced = " " in forms
    if spaced or "\n\n" in forms:
        forms, at = _cut_out(forms, at, _surplus_blanks(forms))
    if spaced:
        forms, at = _cut_out(forms, at, _splitting_spaces(forms))
    return View(forms, at, end)


@lru_cache(maxsize=4)
def whole(text: str, hidden: tuple[tuple[int, int], ...] = ()) -> View:
    """The compact view of a whole text; the last ones stay, for the readers of a document that want the same."""
    return compact(text, hidden=hidden)


class _Forms(dict[int, str]):
    """What each character becomes, learnt as characters are met: a line end, a space for blanks, others in usual width."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\n\r\u2028\u2029\x0b\x0c":
            form = "\n"
        elif char.isspace() or unicodedata.category(char) in ("Cf", "Cc"):
            form = " "
        else:
            form = narrow(char)
        self[code] = form
        return form


_FORMS = _Forms()
_OFTEN = tuple((char, _FORMS[ord(char)]) for char in "，；：（）")
"""The characters that are most often written in another width."""
_USUAL = re.compile(r"[一-鿿\n -~。、“”《》…【】〔〕]*")
"""Characters that stay as they are."""


def _formed(text: str) -> str:
    """A text with each character in its form; one without rare characters need not be gone through one by one."""
    plain = text
    for char, form in _OFTEN:
        plain = plain.replace(char, form)
    return plain if _USUAL.fullmatch(plain) else text.translate(_FORMS)


def _uncovered(text: str, start: int, end: int, hidden: tuple[tuple[int, int], ...]) -> str:
    """A stretch of a text with line ends in place of all that is hidden, spaces in place of markup inside a line."""
    pieces, last = [], start
    for place in range(max(bisect_left(hidden, (start,)) - 1, 0), len(hidden)):
        opens, closes = hidden[place]
        if opens >= end:
            break
        first, stop = max(opens, last), min(closes, end)
        if first < stop:
            blank = " " if MARKUP.fullmatch(text, first, stop) else "\n"
            pieces += [text[last:first], blank * (stop - first)]
            last = stop
    return "".join([*pieces, text[last:end]])


def _surplus_blanks(text: str) -> Iterator[tuple[int, int]]:
    """What is left over of runs of blanks when each is one line end, or else one space."""
    for run in _BLANKS.finditer(text):
        kept = max(text.find("\n", run.start(), run.end()), run.start())
        yield run.start(), kept
        yield kept + 1, run.end()


def _splitting_spaces(text: str) -> Iterator[tuple[int, int]]:
    """The spaces that part neither two Latin words nor two numbers."""
    runs = _SPLIT_DIGITS.finditer(text) if _DIGITS_APART.search(text) else ()
    split = {place for run in runs for place in range(run.start(), run.end())}
    for space in _SPACE.finditer(text):
        if space.start() in split or not _PARTING.match(text, space.start()):
            yield space.span()


def _cut_out(text: str, at: Sequence[int], spans: Iterable[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    """A text and its offsets without some spans."""
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for start, end in spans:
        kept.append(text[last:start])
        places += at[last:start]
        last = end
    return ("".join([*kept, text[last:]]), [*places, *at[last:]]) if last else (text, at)


def unbroken(view: View) -> View:
    """The view without the line ends that stand inside a number and its unit (`100万` at the end of a line, `元` on the next)."""
    breaks = [found.span() for found in _BROKEN.finditer(view.text)] if _BREAKS.search(view.text) else []
    text, at = _cut_out(view.text, view.at, breaks) if breaks else (view.text, view.at)
    return View(text, at, view.stop) if breaks else view


def name(text: str) -> str:
    """A value as the document names it: the source's characters with white space inside taken out.

    >>> name("区  卫健委")
    '区卫健委'
    """
    kept: list[str] = []
    for place, char in enumerate(text):
        if not char.isspace():
            kept.append(char)
        elif kept and place + 1 < len(text) and _latin(kept[-1]) and _latin(text[place + 1]):
            kept.append(" ")
    return "".join(kept)


def as_written(view: View, source: str, value: str, start: int = 0, end: int | None = None) -> str:
    """A value found in a view by the source's own characters (`（团队）`, not `(团队)`), white space inside taken out."""
    place = view.text.find(value, start, len(view.text) if end is None else end)
    return name(source[slice(*view.span(place, place + len(value)))]) if place >= 0 and value else value


def fold(text: str, simplified: Mapping[str, str] | None = None) -> str:
    """The form in which words are compared: NFKC, lower case, no white space between Chinese, simplified if a table is given."""
    flat = compact(text).text.lower().replace("\n", " ").strip()
    return "".join(simplified.get(char, char) for char in flat) if simplified else flat


_MARK = re.compile("[“”‘’\"'《》「」『』·〈〉<>]")


def bare(text: str, simplified: Mapping[str, str] | None = None) -> str:
    """`fold` without quotation marks and title brackets: `“小巨人”企业` → `小巨人企业`."""
    return _MARK.sub("", fold(text, simplified)) if simplified else _bare(text)


@lru_cache(maxsize=1 << 16)
def _bare(text: str) -> str:
    return text if _HAN.fullmatch(text) else _MARK.sub("", fold(text))


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
