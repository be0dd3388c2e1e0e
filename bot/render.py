"""An answer in words: plain text for the terminal and JSON, HTML for Telegram. Pure; every sentence is from `wording`."""

from __future__ import annotations

import html as escaping
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.columns import seen
from knowledge.facts import Answer, Citation, Line

LONGEST = 1200
"""The most characters of an answer's text."""
LONG_QUOTE = 80
"""From this length on a quote for a figure is shown by its ends; the citation has it whole."""
MOST_LINES = 8
"""The most lines of a plain answer; the rest comes on asking."""
LEAST_QUOTED = 2
"""The lines that a place and its quote have in any case."""
_WORDING = Path(__file__).parent / "wording"


@cache
def words(language: str) -> Mapping[str, str]:
    """The wording of a language (zh, en)."""
    table: dict[str, str] = tomllib.loads((_WORDING / f"{language}.toml").read_text(encoding="utf-8"))
    return table


def text(answer: Answer) -> str:
    """The whole answer as plain text, at most 1,200 characters; the first line answers by itself."""
    kept: list[str] = []
    size = 0
    for part in _parts(answer):
        if size + len(part) + 1 > LONGEST:
            break
        kept.append(part)
        size += len(part) + 1
    return "\n".join(kept) or next(_parts(answer), "")[:LONGEST]


def html(answer: Answer) -> str:
    """The answer as Telegram HTML: the first line bold, quotes as block quotes, everything else escaped."""
    parts = list(_parts(answer))
    table = words(answer.language)
    quotes = {seen(_quote(citation, table, short=_figured(answer))) for citation in answer.citations}
    out = []
    for place, part in enumerate(parts):
        safe = escaping.escape(part, quote=False)
        out.append(f"<b>{safe}</b>" if place == 0 else f"<blockquote>{safe}</blockquote>" if part in quotes else safe)
    return _fitting(out)


def _fitting(parts: list[str], most: int = 4000) -> str:
    """As many whole parts as a message takes (UTF-16 units)."""
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode("utf-16-le")) // 2 + 1
        if size > most:
            break
        kept.append(part)
    return "\n".join(kept)


def _parts(answer: Answer) -> Iterator[str]:
    """The lines of an answer in order: what was found, where it stands with its quotes, what to ask next."""
    table = words(answer.language)
    lines = [spoken(line, table) for line in answer.lines]
    yield from map(seen, lines)
    yield from map(seen, _places(answer, table, max(MOST_LINES - len(lines), LEAST_QUOTED)))
    if answer.suggestions and answer.status != "answered":
        yield seen(table["suggest"].format(questions="；".join(answer.suggestions)))


def _places(answer: Answer, table: Mapping[str, str], most: int) -> Iterator[str]:
    """The places of an answer with a quote each, the document's title once; as many as lines are left."""
    before: tuple[str, str] | None = None
    for citation in answer.citations:
        place = (citation.document, citation.section)
        most -= 1 + (place != before)
        if most < 0:
            return
        if place != before:
            key = "place" if before is None or before[0] != citation.document else "place.same"
            title = citation.title or citation.document
            yield " ".join(table[key].format(title=title, section=citation.section, heading=citation.heading).split())
        yield _quote(citation, table, short=_figured(answer))
        before = place


def _quote(citation: Citation, table: Mapping[str, str], *, short: bool = False) -> str:
    """A quote on one line; of a long run for a figure the first and the last clauses, what is left out marked."""
    quote = " ".join(citation.quote.split())
    return table["quote"].format(quote=_ends(quote) if short and len(quote) > LONG_QUOTE else quote)


def _figured(answer: Answer) -> bool:
    """Whether an answer is about figures, whose quotes run from their year on."""
    return bool(answer.figures) or answer.intent == "target"


def _ends(quote: str) -> str:
    """The first clause and as many of the last as half a long quote holds."""
    clauses = re.split("(?<=[,;。:，；：])", quote)
    last = clauses[-1]
    for clause in reversed(clauses[1:-1]):
        if len(clause) + len(last) > LONG_QUOTE // 2:
            break
        last = clause + last
    return f"{clauses[0]}……{last}" if len(clauses[0]) + len(last) + 2 < len(quote) else quote


def spoken(line: Line, table: Mapping[str, str]) -> str:
    """One line in words; values that begin with @ are themselves worded."""
    values = {key: table.get(value, value) if value.startswith("@") else value for key, value in line.values}
    of = table["of"].format(government=line.of) if line.of else ""
    said = " ".join(f"{table.get(line.lead, '')}{table[line.key].format(**values)}{of}".split())
    return "；".join([said.rstrip("。.") if line.more else said, *(spoken(one, table) for one in line.more)])
