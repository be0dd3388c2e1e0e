"""Facts as plain objects for JSON, the same in answers, `wence parse` and `wence show`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.facts import Citation, Parsed, Section

INNER = frozenset(["lead", "version"])
"""Fields of facts that are for the program alone."""
METADATA = (
    "id", "title", "issuer", "date", "number", "index_number", "status", "effective_from", "effective_to", "text",
)  # fmt: skip
KINDS = ("figures", "awards", "references", "schedules", "deadlines", "amendments", "programmes", "warnings")


def record(fact: object) -> dict[str, Any]:
    """A fact's fields as an object, without those for the program alone."""
    return {name: value for name, value in vars(fact).items() if name not in INNER}


def cited(citation: Citation) -> dict[str, Any]:
    """A citation as an object; there is no page yet that its `url` could open."""
    return {**record(citation), "url": None}


def parsed_record(parsed: Parsed) -> dict[str, Any]:
    """All that a document says, in the shape that `wence parse --json` gives."""
    return {
        "document": {name: getattr(parsed.document, name) for name in METADATA},
        "sections": [_section(one) for one in parsed.sections],
        **{kind: [record(fact) for fact in getattr(parsed, kind)] for kind in KINDS},
    }


def _section(section: Section) -> dict[str, Any]:
    names = ("section", "parent", "level", "heading", "start", "end")
    units = [{"name": unit.name, "role": unit.role} for unit in section.units]
    return {**{name: getattr(section, name) for name in names}, "units": units}


_BREAKS: dict[str, int | str | None] = {char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


def one_line(value: object) -> str:
    """JSON on one line whatever a reader takes for a line's end (U+0085, U+2028 and U+2029 are escaped)."""
    return json.dumps(value, ensure_ascii=False).translate(str.maketrans(_BREAKS))
