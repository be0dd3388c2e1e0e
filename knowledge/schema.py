"""The schema of the policy database as data: tables with their columns, keys and what they hold.

One table a noun. `n` is a row's number within its table; every fact names its section, every section its
document. `start` and `end` are offsets in code points into the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSION = 4
"""PRAGMA user_version of the databases that this code reads and writes."""

APPLICATION = 0x57454E43
"""PRAGMA application_id: "WENC"."""


@dataclass(frozen=True)
class Table:
    """One table: `columns` name → Python type, `foreign` column → table, `indexes` lists of columns."""

    name: str
    holds: str
    columns: dict[str, type]
    key: str | tuple[str, ...] = "n"
    foreign: tuple[tuple[str, str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


def _fact(table: str, holds: str, /, **columns: type) -> Table:
    """A table of facts: each row has a section and a span."""
    whole = {"n": int, "section": int, **columns, "start": int, "end": int}
    foreign = (("section", "sections"),) + ((("indicator", "indicators"),) if "indicator" in columns else ())
    return Table(table, holds, whole, foreign=foreign, indexes=(("section",),))


TABLES: tuple[Table, ...] = (
    Table("meta", "what the whole database was built with", {"key": str, "value": str}, key="key"),
    Table(
        "documents",
        "the documents; a newer version is a row of its own, `current` the one that answers",
        {
            "n": int,
            "id": str,
            "version": str,
            "current": int,
            "title": str,
            "issuer": str,
            "date": str,
            "number": str,
            "index_number": str,
            "status": str,
            "subject": str,
            "disclosure": str,
            "url": str,
            "effective_from": str,
            "effective_to": str,
            "place": str,
            "reading": str,
            "text": str,
        },
        indexes=(("id", "version"),),
    ),
    Table(
        "places",
        "names that a document uses for its own place",
        {"document": int, "name": str},
        key=("document", "name"),
        foreign=(("document", "documents"),),
    ),
    Table(
        "spans",
        "where the text states its own metadata, and the web page's furniture",
        {"n": int, "document": int, "field": str, "start": int, "end": int},
        foreign=(("document", "documents"),),
        indexes=(("document",),),
    ),
    Table(
        "sections",
        "the outline",
        {
            "n": int,
            "document": int,
            "section": str,
            "parent": str,
            "level": int,
            "heading": str,
            "start": int,
            "end": int,
            "body": int,
        },
        foreign=(("document", "documents"),),
        indexes=(("document", "section"),),
    ),
    Table(
        "indicators",
        "what figures count: one row an indicator, scope and flow apart",
        {"n": int, "document": int, "name": str, "flow": str, "unit": str},
        foreign=(("document", "documents"),),
    ),
    _fact(
        "figures",
        "target figures",
        indicator=int,
        phrase=str,
        year=int,
        year_end=int,
        comparator=str,
        value=float,
        value_max=float,
        unit=str,
        per_year=int,
        commitment=str,
        flow=str,
        lead=int,
    ),
    _fact(
        "awards",
        "what somebody gets",
        beneficiary=str,
        purpose=str,
        amount=float,
        amount_max=float,
        unit=str,
        comparator=str,
        rate=float,
        base=str,
        cap=float,
        tier=str,
        frequency=str,
        per=str,
        conditions=str,
        apply_by=str,
        valid_to=str,
        stacking=str,
    ),
    Table(
        "units",
        "units to ask for; `function` is the department's general name",
        {"n": int, "name": str, "function": str},
    ),
    _fact("assignments", "a unit's part in a section", unit=int, name=str, role=str),
    _fact("references", "documents that the text names, and why: `role`", title=str, number=str, role=str),
    _fact("schedules", "recurring duties", who=str, what=str, to=str, every=str),
    _fact(
        "deadlines", "days by which something is due or may be applied for", kind=str, what=str, opens=str, closes=str
    ),
    _fact(
        "amendments",
        "what a document changes in another",
        title=str,
        number=str,
        subject=str,
        before=str,
        after=str,
    ),
    _fact("programmes", "named actions, plans and projects", name=str, kind=str),
    Table(
        "conflicts",
        "pairs of figures that contradict each other",
        {"first": int, "second": int},
        key=("first", "second"),
        foreign=(("first", "figures"), ("second", "figures")),
    ),
    Table(
        "warnings",
        "what the parser noticed",
        {"n": int, "document": int, "code": str, "message": str, "start": int, "end": int, "suggested": str},
        foreign=(("document", "documents"),),
    ),
    Table(
        "brought",
        "the words that a current document brings, a line each: `kind` indicator, programme, or term for the vocabulary",
        {"document": int, "kind": str, "terms": str},
        key=("document", "kind"),
        foreign=(("document", "documents"),),
    ),
    Table(
        "passages",
        "what search finds: runs of at most 200 characters",
        {"n": int, "section": int, "start": int, "end": int, "length": int},
        foreign=(("section", "sections"),),
        indexes=(("section",),),
    ),
    Table(
        "postings",
        "search: for a term its passages, as 32-bit numbers, and what it counts there, 1 to 255; later ones in a `segment` of their own",
        {"term": str, "segment": int, "passages": bytes, "impacts": bytes},
        key=("term", "segment"),
    ),
    Table(
        "aliases",
        "words that stand for a standard term: concept, near, unit, filler, asking, place, english",
        {"surface": str, "kind": str, "name": str},
        key=("surface", "kind", "name"),
        indexes=(("name", "kind"),),
    ),
    Table(
        "dictionary",
        "words for cutting, with frequency and part of speech; `base` is the frequency without the documents, 0 for a word they brought",
        {"word": str, "frequency": int, "tag": str, "base": int},
        key="word",
    ),
    Table(
        "vocabulary",
        "terms that a misspelt word may have meant",
        {"term": str, "pinyin": str, "initials": str, "weight": int},
        key="term",
        indexes=(("pinyin",), ("initials",)),
    ),
    Table(
        "fragments",
        "for a pair of characters the vocabulary's terms that hold it",
        {"pair": str, "terms": str},
        key="pair",
    ),
    Table(
        "characters",
        "readings without tone, and the simplified form where it is another",
        {"char": str, "pinyin": str, "simplified": str},
        key="char",
    ),
)
