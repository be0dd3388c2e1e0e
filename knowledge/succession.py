"""Which documents of a database repeal or amend others of it: references and amendments joined to what they speak of.

Joined only where exactly one document, and one place in it, fits; all else is a doubt, for a person to settle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.facts import Amendment, Reference
from knowledge.locating import Place, located
from knowledge.question.titles import SHORTEST, entitled, variants
from knowledge.store import Database
from knowledge.text import bare


@dataclass(frozen=True)
class Repeal:
    """A document (row `document`) repealed by another one (row `by`, its section's row `section`) from the day `since` on."""

    document: int
    by: int
    section: int
    reference: Reference
    since: date | None


@dataclass(frozen=True)
class Change:
    """An amendment of the document `by` that changes the places `places` of `document` from the day `since` on.

    `until`: the day to which it puts off the end of that document.
    """

    amendment: Amendment
    by: int
    section: int
    since: date | None
    document: int
    places: tuple[Place, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class Doubt:
    """A repeal or an amendment that is not applied, and why: `unknown`, `several` (documents), `nowhere`, `differs`, `many`."""

    fact: Amendment | Reference
    by: int
    section: int
    why: str
    documents: tuple[int, ...] = ()


class Succession:
    """All repeals, changes and doubts of a database, worked out once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = {row["n"]: row for row in database.documents()}
        self._names = _Names(database)
        self.repeals: dict[int, Repeal] = {}
        self.changes: list[Change] = []
        self.doubts: list[Doubt] = []
        for document, section in database.holding("references", "repeals"):
            for reference in database.references(section):
                if reference.role == "repeals":
                    self._repeal(document, section, reference)
        self._confirmed = confirmed(database)
        for document, section in database.holding("amendments"):
            for amendment in database.amendments(section):
                self._change(document, section, amendment)

    def repealed(self, document: int, today: date) -> Repeal | None:
        """What has repealed a document by a day."""
        found = self.repeals.get(document)
        return found if found is not None and (found.since is None or found.since <= today) else None

    def changed(self, document: int, today: date) -> list[Change]:
        """What changes a document, as far as the amending document still holds on a day."""
        return [one for one in self.changes if one.document == document and self.repealed(one.by, today) is None]

    def named(self, title: str | None, number: str | None, by: int) -> list[int]:
        """The documents of the database that a title, a number or both name in the document `by`."""
        return self._names.of(title, number, by)

    def _since(self, document: int) -> date | None:
        row = self._rows[document]
        day = row["effective_from"] or row["date"]
        try:
            return date.fromisoformat(day) if day else None
        except ValueError:
            return None

    def _repeal(self, document: int, section: int, reference: Reference) -> None:
        found = self._names.of(reference.title, reference.number, document)
        found = [one for one in found if not self._later(one, document)]
        if len(found) == 1:
            self.repeals[found[0]] = Repeal(found[0], document, section, reference, self._since(document))
        elif found:
            self.doubts.append(Doubt(reference, document, section, "several", tuple(found)))

    def _later(self, one: int, other: int) -> bool:
        """Whether a document is of a later day than another: it cannot be the one that that repeals."""
        mine, theirs = self._rows[one]["date"], self._rows[other]["date"]
        return bool(mine and theirs and mine > theirs)

    def _change(self, document: int, section: int, amendment: Amendment) -> None:
        told = next((one for n, at, one in self._confirmed if n == document and _within(at, amendment)), None)
        found = self._names.of(amendment.title, amendment.number, document)
        if told is not None:
            found = [self._database.numbers[told[0]]] if told[0] in self._database.numbers else []
        if len(found) != 1:
            why = "several" if found else "unknown"
            self.doubts.append(Doubt(amendment, document, section, why, tuple(found)))
            return
        place = located(self._database, found[0], amendment, told[1] if told else "")
        if place.doubt:
            self.doubts.append(Doubt(amendment, document, section, place.doubt, tuple(found)))
            return
        since = self._since(document)
        self.changes.append(Change(amendment, document, section, since, found[0], place.places, place.until))


def _within(at: int, amendment: Amendment) -> bool:
    return amendment.start <= at < amendment.end


def confirmed(database: Database) -> list[tuple[int, int, tuple[str, str]]]:
    """The amendments that a person confirmed: the document's row, a place in the amendment, the other document's id and its words."""
    sql = "SELECT document, start, suggested FROM warnings WHERE code = ? ORDER BY n"
    told = [(row, (row["suggested"] or "").partition("\t")) for row in database.rows(sql, [CONFIRMED])]
    return [(row["document"], row["start"], (name, words)) for row, (name, _, words) in told]


CONFIRMED = "amends"
"""The code of the note that a corrections file makes of an amendment that a person confirmed."""


class _Names:
    """The documents of a database by their numbers and titles."""

    def __init__(self, database: Database) -> None:
        self._rows = {row["n"]: row for row in database.documents()}
        self._governments: dict[int, set[str]] = defaultdict(set)
        for row in database.rows("SELECT document, name FROM places"):
            self._governments[row["document"]].add(bare(row["name"]))
        self._numbers = _by_name((n, _number(row["number"])) for n, row in self._rows.items() if row["number"])
        self._titles = {
            n: [*_restored(row["title"] or "", database.readings.get(row["id"], ()))] for n, row in self._rows.items()
        }

    @cached_property
    def _entitled(self) -> dict[str, set[int]]:
        """The documents by their whole titles, with the place."""
        return _by_name((n, name) for n, own in self._titles.items() for title in own for name in entitled(title))

    @cached_property
    def _called(self) -> dict[str, set[int]]:
        """The documents by every name that they go by."""
        return _by_name(
            (n, name)
            for n, own in self._titles.items()
            for title in own
            for name in variants(title, tuple(self._governments[n]))
        )

    def of(self, title: str | None, number: str | None, by: int) -> list[int]:
        """The documents that a title, a number or both name in the document `by`; not that one itself.

        By number, else by the whole title, else among those of the same government by a name or a part of the title.
        """
        if number and (same := self._numbers.get(_number(number), set()) - {by}):
            return sorted(same)
        if not title:
            return []
        fits = (self._of_title(title), self._of_name(title, by), self._of_part(title))
        for place, found in enumerate(fits):
            kin = (n for n in found if n != by and not (number and self._rows[n]["number"]))
            if held := sorted(n for n in kin if self._kin(n, by) or (place == 0 and self._placed(n, title))):
                return held
        return []

    def _of_title(self, title: str) -> set[int]:
        return set().union(*(self._entitled.get(name, ()) for name in entitled(title)))

    def _of_name(self, title: str, by: int) -> set[int]:
        return set().union(*(self._called.get(name, ()) for name in variants(title, tuple(self._governments[by]))))

    def _of_part(self, title: str) -> set[int]:
        wanted = bare(title)
        long = len(wanted) >= SHORTEST
        return {n for n, own in self._titles.items() if long and any(wanted in bare(one) for one in own)}

    def _placed(self, n: int, title: str) -> bool:
        """Whether a title names a document's own place."""
        return any(place in bare(title) for place in self._governments[n])

    def _kin(self, one: int, other: int) -> bool:
        """Whether two documents are of one government: of one place, or one issuer."""
        mine, theirs = self._rows[one]["issuer"], self._rows[other]["issuer"]
        return bool(self._governments[one] & self._governments[other]) or bool(mine and mine == theirs)


def _restored(title: str, readings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """A title as written, and as it read before publishing overwrote words of it."""
    yield title
    read = title
    for word, before in readings:
        read = read.replace(word, before)
    if read != title:
        yield read


def _by_name(pairs: Iterable[tuple[int, str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for n, name in pairs:
        found[name].add(n)
    return found


def _number(written: str | None) -> str:
    """A document number as numbers are compared: whatever its brackets are."""
    return bare(written or "").translate(dict.fromkeys(map(ord, "〔〕[]()（）【】第"), "-"))
