"""The hand-made readings of whole documents in `tests/cases/documents/` equal what the parsers find, record by record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.facts import Parsed
from knowledge.parsing.parser import parse
from knowledge.reading import read
from knowledge.text import compact

CASES = Path(__file__).parent / "cases" / "documents"
SOURCES = Path(__file__).parent.parent / "data" / "sources"
DOCUMENTS = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
KINDS = ("figures", "awards", "references", "schedules", "deadlines", "amendments", "programmes")


def parsed(case: str) -> Parsed:
    own = next(iter(sorted((CASES / case).glob("source.*"))), None)
    return parse(read(own or next(SOURCES.glob("*.txt")))[0])


def rows(case: str, kind: str) -> list[dict[str, Any]]:
    file = CASES / case / f"{kind}.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def flat(value: Any) -> Any:
    return "".join(compact(value).text.split()) if isinstance(value, str) else value


def agrees(want: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """The fields in which a record differs from the hand-made one and from each reading it allows."""
    wrong = []
    for key, value in want.items():
        if key in ("or", "text", "section"):
            continue
        allowed = [flat(one) for one in (value, *want.get("or", {}).get(key, []))]
        if flat(got.get(key)) not in allowed:
            wrong.append(f"{key}: {got.get(key)!r}, want {allowed}")
    return wrong


def differences(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    """Records missing, different or invented; each wanted record takes the found one of its section that fits best."""
    left = list(found)
    out = []
    for want in wanted:
        near = [
            (len(agrees(want, got)), place)
            for place, got in enumerate(left)
            if got["section"] == want["section"] and close(want, got)
        ]
        if not near or (want.get("or", {}).get("omit") and min(near)[0]):
            out += [] if want.get("or", {}).get("omit") else [f"missing {want}"]
            continue
        best = left.pop(min(near)[1])
        out += [f"{want['section']} {want.get('text', want.get('name'))}: {fault}" for fault in agrees(want, best)]
    return out + [f"invented {got}" for got in left]


def close(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Whether two records speak of the same words of the text."""
    if "name" in want:
        return not agrees({key: want[key] for key in ("name", "or") if key in want}, got)
    mine, theirs = flat(got["text"]), flat(want["text"])
    return mine in theirs or theirs in mine


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", DOCUMENTS)
def test_every_fact_of_a_document_is_found_as_read_by_hand_and_none_is_invented(case: str, kind: str) -> None:
    whole = parsed(case)
    text = whole.document.text
    found = [vars(fact) | {"text": text[fact.start : fact.end]} for fact in getattr(whole, kind)]
    assert differences(rows(case, kind), found) == []


@pytest.mark.parametrize("case", DOCUMENTS)
def test_sections_have_the_ids_headings_and_units_read_by_hand(case: str) -> None:
    whole = parsed(case)
    text = whole.document.text
    found = [
        {
            "section": one.section,
            "parent": one.parent,
            "level": one.level,
            "heading": flat(one.heading),
            "units": [{"name": unit.name, "role": unit.role} for unit in one.units],
            "begins": flat(text[one.start : one.start + 80]),
        }
        for one in whole.sections
    ]
    wanted = rows(case, "sections")
    for want, got in zip(wanted, found, strict=False):
        want["heading"] = flat(want["heading"])
        begins = flat(want.pop("begins"))
        assert got.pop("begins").startswith(begins)
        assert {key: got[key] for key in want} == want
    assert len(found) == len(wanted)


@pytest.mark.parametrize("case", DOCUMENTS)
def test_every_record_stands_at_its_span(case: str) -> None:
    whole = parsed(case)
    text = whole.document.text
    for fact in (*whole.figures, *whole.awards):
        assert text[fact.start : fact.end] == fact.text
    for figure in whole.figures:
        assert figure.lead <= figure.start
    for section in whole.sections:
        assert section.start <= section.body <= section.end
    for unit in (unit for section in whole.sections for unit in section.units):
        assert flat(text[unit.start : unit.end]) == flat(unit.name) or flat(text[unit.start : unit.end]).startswith(
            flat(unit.name)
        )


@pytest.mark.parametrize("case", [case for case in DOCUMENTS if (CASES / case / "metadata.json").exists()])
def test_the_metadata_is_the_one_of_the_page(case: str) -> None:
    document = parsed(case).document
    wanted = json.loads((CASES / case / "metadata.json").read_text(encoding="utf-8"))
    assert {key: flat(getattr(document, key)) for key in wanted} == {key: flat(value) for key, value in wanted.items()}
