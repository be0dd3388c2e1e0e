"""Issuer, date, number, index number, status, subject, disclosure: what a text's head and foot say, with their places.

Trust, in this order: a label in the head; a number in a line of its own; the signature (organ, then date); the same
below the title; the organ that the title names; a label of the web page rather than of the document (来源, 发布时间).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from knowledge.dates import iso
from knowledge.facts import Span
from knowledge.reading.labels import Labelled, labelled, parted
from knowledge.reading.layout import Layout, free
from knowledge.reading.lines import Line, Value
from knowledge.reading.lines import value as value_of
from knowledge.reading.organs import NUMBER, NUMBERED, NUMBERED_INLINE, ORGAN, organs
from knowledge.reading.signatures import byline, signature
from knowledge.rules import rule
from knowledge.text import name

Found = dict[str, list[Value]]

_OPENING = 300
"""In a text without line ends, metadata is looked for in so many characters."""

DISCLOSED = rule(
    "disclosed",
    r"[(（]\s*此件\s*(?P<value>主动公开|公开发布|依申请公开|不予公开|删减后公开|公开)\s*[)）]",
    "the note on disclosure below the signature (matched on the source)",
    ("（此件主动公开）", "（此件主动公开）"),
    ("(此件公开发布)", "(此件公开发布)"),
)
ISSUES = rule(
    "issuer_in_title",
    rf"^(?:{NUMBER}\s?-?)?(?P<issuer>{ORGAN}(?:\s+{ORGAN}){{0,5}})\s*(?:关于|印发|转发)",
    "the organ that a title begins with",
    ("陕西省人民政府办公厅关于印发若干措施的通知", "陕西省人民政府办公厅关于"),
    ("筑府办发电〔2020〕5号市人民政府办公厅关于切实加强疫情防控的通知", "筑府办发电〔2020〕5号市人民政府办公厅关于"),
    ("关于印发若干措施的通知", ""),
)
RULES = (DISCLOSED, ISSUES)


def metadata(page: Layout, title: Value | None) -> Found:
    """The values of each field that the text says of itself; several for an issuer that is several organs."""
    found = _labels(page)
    strong = [label for label in found if not label.row.weak]
    weak = [label for label in found if label.row.weak]
    sources: tuple[Iterable[Value], ...] = (
        _trusted(strong, page.text),
        _number(page),
        signature(page),
        byline(page),
        _titled(page.text, title),
        _disclosure(page.text),
        _trusted(weak, page.text),
    )
    fields: Found = {}
    for source in sources:
        fresh: Found = {}
        for value in source:
            fresh.setdefault(value.field, []).append(value)
        fields = fresh | fields
    return fields


def below(page: Layout) -> list[Span]:
    """The lines of the head that are the value of the label above them."""
    return [(line.start, line.end) for line, value in _under(page.head) if value]


def _labels(page: Layout) -> list[Labelled]:
    """Every label with a value in the head, or in the opening of a text without line ends."""
    found = [label for line in page.head for label in labelled(line) if label.value]
    found += [value for _, value in _under(page.head) if value]
    if not page.head and page.body and page.body[0].long:
        line = page.body[0]
        opening = Line(line.source, line.start, min(line.end, line.start + _OPENING))
        found += [label for label in labelled(opening, sought=True) if label.value]
    return found


def _under(head: Sequence[Line]) -> Iterator[tuple[Line, Labelled | None]]:
    """Lines under a label that ends its line without a value, with that value."""
    for line, after in pairwise(head):
        label = labelled(line)[-1] if labelled(line) else None
        if label is None or label.value or not label.row.below or not free(after):
            continue
        if label.row.pattern.fullmatch(after.flat):
            text = iso(after.flat) if label.row.field == "date" else None
            value = value_of(label.row.field, after, 0, len(after.flat))
            yield (
                after,
                Labelled(
                    0, label.row, label.rank, Value(value.field, text or value.text, value.start, value.end), True
                ),
            )


def _trusted(found: Sequence[Labelled], text: str) -> Iterator[Value]:
    """Of each field's labels the one to be trusted most."""
    best: dict[str, Labelled] = {}
    for label in found:
        if label.row.field and (label.row.field not in best or label.rank < best[label.row.field].rank):
            best[label.row.field] = label
    for label in best.values():
        if label.value and label.row.field != "title":
            yield from parted(label.value, text)


def named(page: Layout) -> Value | None:
    """The title that a label gives (名称：…)."""
    return next((label.value for label in _labels(page) if label.row.field == "title"), None)


def _number(page: Layout) -> Iterator[Value]:
    """A document number that stands alone in the head, or after the title in its line."""
    for line in page.head or page.body[:1]:
        if not line.long and (alone := NUMBERED.pattern.match(line.flat)):
            yield value_of("number", line, *alone.span("number"))
            return
        found = NUMBERED_INLINE.pattern.search(line.source, line.start, min(line.end, line.start + _OPENING))
        if found and (line.long or not labelled(line)):
            yield Value("number", name(found.group()), *found.span())
            return


def _titled(text: str, title: Value | None) -> list[Value]:
    if title is None:
        return []
    found = ISSUES.pattern.match(text[title.start : title.end])
    if not found:
        return []
    spans = organs(text, title.start + found.start("issuer"), title.start + found.end("issuer"))
    return [Value("issuer", name(text[a:b]), a, b) for a, b in spans]


def _disclosure(text: str) -> list[Value]:
    found = DISCLOSED.pattern.search(text)
    return [Value("disclosure", re.sub(r"\s", "", found["value"]), *found.span("value"))] if found else []
