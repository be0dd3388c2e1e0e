"""Documents named in a question by their title or number: 《青山区科技创新奖励办法（试行）》 is also 科技创新奖励办法."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.text import bare

SHORTEST = 6
"""A shorter name (实施方案) is that of many documents."""
_TAIL = re.compile(r"[(（][^()（）]*[)）]|的?通知$")
_SHELL = re.compile("^.{0,30}?(?:关于)?(?:印发|转发|发布|公布)(?=.{6})|^关于")
_PLACE = re.compile("^[一-鿿]{2,6}?(?:省|市|区|县|州|镇|乡)(?:人民政府)?(?:办公[室厅])?(?=.{4})")

_BRACKETS = ("〔{}〕", "[{}]", "({})", "【{}】", "{}", "{}年")
NUMBERED = re.compile(
    "(?P<organ>[一-鿿]{1,12}?)[〔\\[(【]?(?P<year>(?:19|20)[0-9]{2})[〕\\])】年]?(?P<n>第?[0-9]{1,4})号"
)
"""A document's number as people write it: 南民发〔2023〕45号, 南民发[2023]45号."""


class Titles:
    """The names of a database's documents, looked for in folded questions; `numbers`: their document numbers."""

    def __init__(
        self,
        titles: Iterable[tuple[int, str]],
        places: Mapping[int, Sequence[str]],
        numbers: Iterable[tuple[int, str]] = (),
    ) -> None:
        names: dict[str, set[int]] = defaultdict(set)
        for number, written in numbers:
            for name in number_forms(written):
                names[name].add(number)
        for number, title in titles:
            for name in variants(title, places.get(number, ())):
                names[name].add(number)
        self._names = {name: min(numbers) for name, numbers in names.items() if len(numbers) == 1}
        longest_first = sorted(self._names, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def found(self, folded: str) -> list[tuple[int, int, int]]:
        """The documents named in a text, each with the span of its name: (document, start, end)."""
        if self._pattern is None:
            return []
        return [(self._names[one.group()], one.start(), one.end()) for one in self._pattern.finditer(folded)]


def variants(title: str, places: Sequence[str] = ()) -> Iterator[str]:
    """The folded names that a title goes by, the whole one first: without brackets, issuing words and places.

    `places`: the document's own place by its folded names.
    """
    whole, inner = entitled(title)
    names = dict.fromkeys([whole, inner])
    waiting = [inner]
    while waiting:
        inner = waiting.pop()
        cuts = [cut for cut in (_without(inner, places), _PLACE.sub("", inner)) if cut not in names]
        names |= dict.fromkeys(cuts)
        waiting += cuts
    yield from (name for name in names if len(name) >= SHORTEST)


def entitled(title: str) -> tuple[str, str]:
    """A title's folded name, without what stands in brackets at its end, and the one inside the words that issue it."""
    whole = bare(_TAIL.sub("", title))
    return whole, bare(_TAIL.sub("", _SHELL.sub("", whole)))


def number_forms(written: str) -> list[str]:
    """The folded ways in which a document's number is written: 〔2023〕, [2023], (2023), 2023."""
    folded = bare(written)
    found = NUMBERED.fullmatch(folded)
    if found is None:
        return [folded] if len(folded) >= SHORTEST else []
    return [f"{found['organ']}{one.format(found['year'])}{found['n']}号" for one in _BRACKETS]


def _without(name: str, places: Sequence[str]) -> str:
    """A name without the place that it begins with."""
    longest = max((place for place in places if name.startswith(place)), key=len, default="")
    return name.removeprefix(longest)
