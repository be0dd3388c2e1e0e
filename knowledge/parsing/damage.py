"""Damage that publishing did to a text, where the rules can tell: white space in words, marks unclosed, doubled or
empty, characters and ends of sentences that are missing.

Gives warnings only; a likely reading goes to `suggested`, the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.facts import Warned
from knowledge.rules import rule
from knowledge.text import View

_APART = r"[一-鿿]{2,8}[:：]|[一-鿿]{2,20}(?:局|委|厅|部|会|政府|办公室)(?:关于|\s|$)"
"""What white space parts on purpose: the next label of a line, the next of several issuing organs."""
SPACED = rule(
    "spaced",
    rf"(?<=[一-鿿,、;])[ \t\u2002\u2003\u00a0\u3000]+(?=[一-鿿])(?!{_APART})",
    "white space in the middle of running Chinese",
    ("力\u2002争接近", "\u2002"),
    ("推进工业园\u3000区提质增效", "\u3000"),
    ("Open AI", ""),
    ("县教育局\u3000生成日期:2024年", ""),
    ("白沙区财政局\u3000白沙区科学技术局关于", ""),
)
DOUBLED = rule(
    "doubled", r"[,、;。]{2,}|[,、;](?=[。])", "two marks where one belongs", ("发展,,加快", ",,"), ("发展。", "")
)
EMPTY = rule(
    "empty",
    r"《》|“”|【】|〔〕",
    "marks that lost what stood between them",
    ("考核办法按照《》执行", "《》"),
    ("实施“”行动", "“”"),
    ("《考核办法》", ""),
)
MISSING = rule(
    "missing",
    r"\ufffd+|[\ue000-\uf8ff]+|(?<=[一-鿿])\?{2,}(?=[一-鿿])|(?<=[一-鿿])(?<![是否有无男女])[□■]+(?=[一-鿿,。、;])"
    r"|锟斤拷|&(?:nbsp|quot|amp|lt|gt|ldquo|rdquo|[#]x?[0-9a-fA-F]+);",
    "characters that did not survive: replaced by another, or as the code of a page",
    ("推动企业数据??联互通", "??"),
    ("支持重点项目建□。", "□"),
    ("纳入预算\ufffd管理", "\ufffd"),
    ("加强&nbsp;管理", "&nbsp;"),
    ("是□否□同意", ""),
    ("□是 □否", ""),
    ("怎么办?怎么看?", ""),
    needs=r"[\ufffd\ue000-\uf8ff?□■锟&]",
)
CUT_OFF = rule(
    "cut_off",
    r"[一-鿿]{2}(?:[和与及、]|以及|或者)(?=\n*$)|[一-鿿]{2}(?:对|将|把|按照|根据)(?=\n*$)",
    "a text whose last words want others after them",
    ("加强文旅人才的引进和", "引进和"),
    ("区科技局、区财政局、", "政局、"),
    ("推进产学研融合。", ""),
    ("坚持生态宜居、业兴人和。", ""),
)
RULES = (SPACED, DOUBLED, EMPTY, MISSING, CUT_OFF)
_WANTING = frozenset("和与及、者对将把照据")
"""How the last words of a text end that want others after them."""
_SET_APART = 2
_PAIRS = (("(", ")", "括号"), ("“", "”", "引号"), ("《", "》", "书名号"), ("【", "】", "括号"), ("〔", "〕", "括号"))


def damage(view: View, source: str, start: int, end: int, spaced: bool = False) -> list[Warned]:
    """What is damaged in a section's text (`view` is its compact view; `start`-`end` its span in the source).

    `spaced`: the document has lost its line ends, so that white space in it is where they stood.
    """
    apart = () if spaced else _spaced(source, start, end)
    found = [*apart, *_doubled(view), *_unclosed(view), *_lost(view), *_cut_off(view)]
    return sorted(found, key=lambda one: one.start)


def in_heading(view: View, source: str) -> list[Warned]:
    """What is damaged in a heading, which two characters set apart (总  则) are not."""
    start, end = view.span(0, len(view.text))
    apart = _spaced(source, start, end) if len(view.text) > _SET_APART else ()
    return [*apart, *_lost(view)]


def _lost(view: View) -> Iterator[Warned]:
    """Marks around nothing, and characters in whose place others stand."""
    for found in EMPTY.pattern.finditer(view.text):
        yield Warned("empty_marks", f"“{found.group()}”里的文字缺失", *view.span(*found.span()))
    for found in MISSING.finditer(view.text):
        around = view.text[max(found.start() - 4, 0) : found.end() + 4].replace("\n", "")
        yield Warned("missing_text", f"文字缺失或乱码：“{around}”", *view.span(*found.span()))


def _cut_off(view: View) -> Iterator[Warned]:
    if view.text.rstrip("\n")[-1:] not in _WANTING:
        return
    for found in CUT_OFF.pattern.finditer(view.text):
        yield Warned("cut_off", f"文字到“{found.group()}”中断", *view.span(*found.span()))


def _spaced(source: str, start: int, end: int) -> Iterator[Warned]:
    for found in SPACED.pattern.finditer(source, start, end):
        around = source[max(found.start() - 2, start) : min(found.end() + 2, end)]
        mended = "".join(around.split())
        yield Warned("space_in_word", f"词中有空白：“{mended}”", found.start(), found.end(), mended)


def _doubled(view: View) -> Iterator[Warned]:
    for found in DOUBLED.pattern.finditer(view.text):
        yield Warned(
            "doubled_mark", f"标点重复：“{found.group()}”", *view.span(found.start(), found.end()), found.group()[-1]
        )


def _unclosed(view: View) -> Iterator[Warned]:
    """Marks opened and not closed, or closed and not opened, within a paragraph."""
    place = 0
    pairs = [pair for pair in _PAIRS if pair[0] in view.text or pair[1] in view.text]
    for paragraph in view.text.split("\n") if pairs else ():
        for left, right, what in pairs:
            if left in paragraph or right in paragraph:
                yield from _unpaired(view, paragraph, place, left, right, what)
        place += len(paragraph) + 1


def _unpaired(view: View, paragraph: str, offset: int, left: str, right: str, what: str) -> Iterator[Warned]:
    opened: list[int] = []
    for found in re.finditer(f"[{re.escape(left + right)}]", paragraph):
        if found.group() == left:
            opened.append(found.start())
        elif opened:
            opened.pop()
        elif not (left == "(" and re.search(r"[0-9]$", paragraph[: found.start()])):
            yield Warned(
                "unpaired_mark",
                f"{what}缺左半：“{found.group()}”",
                *view.span(offset + found.start(), offset + found.end()),
                left,
            )
    for place in opened:
        near = paragraph[place : place + 12]
        yield Warned(
            "unpaired_mark", f"{what}没有闭合：“{near}”", *view.span(offset + place, offset + place + 1), right
        )
