"""An officer's own words, taken in beside those that the database was built with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.lexicon import Concept, aliases
from knowledge.store import Database
from knowledge.text import bare


def learn(database: Database, concepts: Sequence[Concept], units: Sequence[Concept]) -> None:
    """Lets questions use these words.

    A row for a term that the lexicon has adds to it, whichever of its forms the row is named by; a form of a unit
    stands for all units that its other forms stand for.
    """
    database.learn([*aliases([_standard(database, row) for row in concepts], units), *_of_units(database, units)])


def _standard(database: Database, row: Concept) -> Concept:
    """A row under the standard term that its name is known by."""
    known = [name for kind, name in database.aliases([bare(row.name)]).get(bare(row.name), ()) if kind == "concept"]
    return Concept(known[0], (row.name, *row.same), row.near, row.english) if known else row


def _of_units(database: Database, units: Sequence[Concept]) -> Iterator[tuple[str, str, str]]:
    for row in units:
        forms = list(map(bare, row.forms))
        known = [name for rows in database.aliases(forms).values() for kind, name in rows if kind == "unit"]
        yield from ((form, "unit", name) for form in forms for name in dict.fromkeys(known))
