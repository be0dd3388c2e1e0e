"""A text and what is known of it → a Document with its metadata, furniture and spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.dates import DATE, iso
from knowledge.facts import Document, HeadingMark, Span, Warned
from knowledge.reading import metadata, titles
from knowledge.reading.layout import Layout, layout
from knowledge.reading.lines import Value
from knowledge.rules import rule
from knowledge.text import name

FIELDS = ("title", "issuer", "date", "number", "index_number", "status", "subject", "disclosure", "url")
"""What a source may say of a document beside its text."""

Known = Mapping[str, str]

DAY = rule(
    "day", rf"^{DATE}", "the day of a date with a time after it", ("2024-10-12 08:30", "2024-10-12"), ("2024", "")
)


def document(  # noqa: PLR0913  what is known of a document comes from several sides, each by its name
    text: str,
    id: str,  # noqa: A002  the contract's word for it
    *,
    given: Known | None = None,
    page: Known | None = None,
    marks: Sequence[HeadingMark] = (),
    furniture: Sequence[Span] = (),
    warnings: Sequence[Warned] = (),
) -> Document:
    """The document that `text` is.

    `given` is known for certain (JSON Lines) and wins over the text; `page` is what its web page says and counts
    only where the text says nothing; `furniture` is what the format itself hides. Every value that the text says
    is in `spans` with its place; `text[start:end]` is that value as written.
    """
    given, page = given or {}, page or {}
    parts = layout(text, marks, furniture)
    title = _title(parts, given, page)
    found = metadata.metadata(parts, title)
    values = {field: "、".join(value.text for value in said) for field, said in found.items()}
    known = {**_clean(page), **values, **({"title": title.text} if title else {}), **_clean(given)}
    warned = list(warnings)
    if not known.get("title"):
        warned.append(Warned("no_title", "没有找到标题"))
    said = [value for each in found.values() for value in each if values[value.field] == known[value.field]]
    said += [title] if title and title.end else []
    fields: dict[str, Any] = {field: known.get(field) for field in FIELDS}
    hidden = tuple(sorted({*parts.furniture, *metadata.below(parts)}))
    return Document(
        id,
        text,
        **fields,
        furniture=hidden,
        marks=_outside(marks, hidden),
        spans=tuple(sorted((value.field, value.start, value.end) for value in said)),
        warnings=tuple(warned),
    )


def _outside(marks: Sequence[HeadingMark], hidden: Sequence[Span]) -> tuple[HeadingMark, ...]:
    """The headings that are none of the page's own (相关文件)."""
    ends = dict(hidden)
    return tuple(mark for mark in marks if ends.get(mark.start, 0) < mark.end)


def _title(parts: Layout, given: Known, page: Known) -> Value | None:
    """The title by the first that knows it; one that the text does not say has no span (`end` 0)."""
    if given.get("title"):
        return titles.given(parts, given["title"])
    declared = Value("title", name(page["title"]), 0, 0) if page.get("title") else None
    return (
        titles.run(parts)
        or metadata.named(parts)
        or titles.issuing(parts)
        or titles.heading(parts)
        or declared
        or titles.opening(parts)
    )


def _clean(known: Known) -> dict[str, str]:
    """Known values without blanks; a date in its one form where it is one."""
    kept = {field: value.strip() for field, value in known.items() if field in FIELDS and value.strip()}
    if "date" in kept and (day := DAY.pattern.match(kept["date"])):
        kept["date"] = iso(day.group()) or kept["date"]
    return kept
