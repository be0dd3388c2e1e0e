"""The places that a question names: the documents' own, which say which documents are asked, and others, which are asked for in vain.

Works on words as they were cut, so that 园区里 holds no 区里. Knows the places of documents and the lexicon's list;
of a place in no list it knows the shape: a name of two or three characters and 市, 区, 县 …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.question.latin import is_syllables
from knowledge.question.nouns import Term
from knowledge.rules import rule

LEVELS = "区市县省镇州旗"
_LEVEL = f"[{LEVELS}]"
OURS = rule(
    "ours",
    rf"全(?P<all>{_LEVEL})(?:里|内|的)?|(?:我们|咱们|你们|我|咱|本|你|俺)们?(?P<mine>{_LEVEL})(?:里头|里面|里|内|上|的)?"
    rf"|(?P<inside>{_LEVEL})(?:里头|里面|里|内)|(?P<here>辖区内?)",
    "the place that people speak from, by its level",
    ("全市有多少家", "全市"),
    ("咱们省里的目标", "咱们省里"),
    ("县里给多少", "县里"),
    ("辖区内的企业", "辖区内"),
    ("各县市", ""),
)
OTHER = rule(
    "other",
    rf"(?:隔壁|旁边|外|别的?|其[他它]|另外?一?个?|邻近?|临近|周边|附近|兄弟|相邻|某)(?:的|几个|那个|各)?{_LEVEL}{{1,2}}",
    "a place beside the one that people speak from",
    ("隔壁区奖多少", "隔壁区"),
    ("周边几个县的政策", "周边几个县"),
    ("外省的企业", "外省"),
    ("别的企业", ""),
)
GIVER = rule(
    "giver",
    rf"(?P<level>国家|中央|国务院|{_LEVEL})(?:里头|里面|里|上|级财政|级层面|财政|政府|层面)?(?=(?:另外|还|也|会|又|能|再|都)*(?:对|给|奖(?!学)|补[^充短]|发[^展明改布行挥]|拨))",
    "who gives, by its level",
    ("省上对龙头企业的奖励", "省上"),
    ("国家给绿色工厂多少", "国家"),
    ("市里补多少", "市里"),
    ("国家发展改革委", ""),
    ("国家高新技术企业", ""),
)
STEM = rule(
    "stem",
    rf"(?P<stem>(?:(?![个各每这那哪几两全本我])[一-鿿]){{2,3}}){_LEVEL}",
    "a place in no list, by its shape",
    ("云海市奖多少", "云海市"),
    ("松河县的政策", "松河县"),
    ("市里", ""),
)
ENGLISH = rule(
    "english",
    r"\b(?:in|at|of|from|within|for)\s+(?:the\s+)?(?P<place>[A-Za-z]{4,})(?:'s)?\b|\b(?P<place_>[A-Za-z]{4,})\s+(?:[Dd]istrict|[Cc]ity|[Cc]ounty|[Pp]rovince)\b",
    "where an English question names a place",
    ("how much in Shenzhen", "in Shenzhen"),
    ("the Hedong district reward", "Hedong district"),
    ("in 2030", ""),
)
RULES = (OURS, OTHER, GIVER, STEM, ENGLISH)
_NATION = ("国家", "中央", "国务院")
_OF_NATION = ("国家级", "中央财政", "国务院")
WEIGHT = 1.2
"""A place weighs as much as a name."""
_GAP = re.compile("^(?:的|省|市)?$")
_BESIDE = re.compile("(?:的|相)?(?:比|平均|水平)")


@dataclass(frozen=True)
class Named:
    """What of a text names places: the text without the own ones, their documents, and the other places as terms."""

    rest: str
    own: tuple[int, ...] = ()
    other: tuple[Term, ...] = ()


@dataclass(frozen=True)
class _Found:
    """A place in a text: its span and words, the documents that are its own, the forms that count as it."""

    start: int
    end: int
    said: str
    own: tuple[int, ...] = ()
    forms: tuple[str, ...] = ()


class Places:
    """The places of a database's documents.

    `listed` tells whether the lexicon has a word as a place, `meant` whether it means anything else, `spoken`
    whether it carries no subject.
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, int]],
        documents: int,
        listed: Callable[[str], bool],
        meant: Callable[[str], bool],
        spoken: Callable[[str], bool],
    ) -> None:
        self._names: dict[str, list[int]] = {}
        self._levels: dict[str, list[int]] = {}
        for name, document in rows:
            self._names.setdefault(name, []).append(document)
            if name[-1:] in LEVELS and document not in self._levels.setdefault(name[-1], []):
                self._levels[name[-1]].append(document)
        self._documents = documents
        self._listed = listed
        self._meant = meant
        self._spoken = spoken

    @property
    def names(self) -> dict[str, list[int]]:
        """The documents of each place by its folded name."""
        return self._names

    def read(self, text: str, words: Sequence[str]) -> Named:
        """What of a text, cut into words, names places."""
        edges = _edges(text, words)
        taken: list[_Found] = []
        for find in (self._written, self._ours, self._others, self._givers, self._unlisted):
            for one in find(text, edges):
                if (one.own or not _compared(text, one)) and not any(_meet(one, held) for held in taken):
                    taken.append(one)
        if any(
            one.own and one.said in self._names for one in taken
        ):  # 青岚县…县里给: the place named, and no other of its level
            taken = [one if one.said in self._names else replace(one, own=()) if one.own else one for one in taken]
        taken.sort(key=lambda one: one.start)
        other = [
            one
            for place, one in enumerate(taken)
            if one.forms and not (one.own or self._around(text, one, taken[place + 1 :]))
        ]
        rest = text
        for one in sorted(taken, key=lambda one: -one.start):
            rest = f"{rest[: one.start]} {rest[one.end :]}"
        terms = tuple(Term(one.said, one.said, one.forms, (), WEIGHT, "place", must=True) for one in other)
        return Named(rest, tuple(dict.fromkeys(n for one in taken for n in one.own)), terms)

    def _written(self, text: str, edges: Sequence[int]) -> Iterator[_Found]:
        """The names of places that stand in a text, those of documents and of the lexicon."""
        for start, end in _runs(edges, 4):
            said = text[start:end]
            if said in self._names:
                yield _Found(start, end, said, tuple(self._names[said]))
        for start, end in pairwise(edges):
            said = text[start:end]
            if said not in self._names and self._listed(said) and not OURS.pattern.fullmatch(said):
                yield _Found(start, end, said, (), (said,))

    def _ours(self, text: str, edges: Sequence[int]) -> Iterator[_Found]:
        for one in OURS.pattern.finditer(text):
            level = one["all"] or one["mine"] or one["inside"]
            if one.start() not in edges or (one.end() not in edges and one.end("inside") not in edges):
                continue
            if level is None or not self._levels:
                yield _Found(*one.span(), one.group())
            else:
                other = () if one["all"] else (f"{level}级", f"{level}财政", level)
                yield self._levelled(*one.span(), one.group(), level, f"全{level}", *other)

    def _others(self, text: str, edges: Sequence[int]) -> Iterator[_Found]:
        for one in OTHER.pattern.finditer(text):
            if one.start() in edges and one.end() in edges:
                yield _Found(*one.span(), one.group(), (), (one.group(),))

    def _givers(self, text: str, edges: Sequence[int]) -> Iterator[_Found]:
        for one in GIVER.pattern.finditer(text):
            if one.start() in edges and one.end() in edges:
                level = one["level"]
                forms = _OF_NATION if level in _NATION else (f"{level}级", f"{level}财政", level)
                yield self._levelled(*one.span(), one.group(), level, *forms)

    def _levelled(self, start: int, end: int, said: str, level: str, *forms: str) -> _Found:
        """The documents of a level; without one, another place. Of documents that are all of one level none is singled out."""
        held = self._levels.get(level, [])
        if len(held) == self._documents:
            return _Found(start, end, said)
        return _Found(start, end, said, tuple(held)) if held else _Found(start, end, said, (), forms)

    def _unlisted(self, text: str, edges: Sequence[int]) -> Iterator[_Found]:
        """Names in no list: nothing before them that they could belong to, and no word among them that means anything else."""
        for first, start in enumerate(edges[:-1]):
            for end in edges[first + 1 : first + 5]:
                said = text[start:end]
                if not STEM.pattern.fullmatch(said) or end - 1 not in edges:
                    continue
                if self._opens(text, edges[max(first - 1, 0)], start) and not self._parts_mean(
                    text, edges, start, end - 1
                ):
                    yield _Found(start, end, said, (), (said,))

    def spelled(self, word: str, readings: Mapping[str, Sequence[str]]) -> list[int]:
        """The documents whose place is spelled so in Latin letters, with or without its level; `readings` of characters."""
        found = [
            number
            for name, numbers in self._names.items()
            if word in (_latin(name, readings), _latin(name.rstrip(LEVELS), readings))
            for number in numbers
        ]
        return list(dict.fromkeys(found))

    def _around(self, text: str, one: _Found, later: Sequence[_Found]) -> bool:
        """Whether a place only tells where the own place after it lies (江西省南昌市…区), and not another of that name."""
        end = one.end
        for other in later:
            if not _GAP.match(text[end : other.start]):
                return False
            if other.own:
                return not any(name != other.said and name.endswith(other.said) for name in self._names)
            end = other.end
        return False

    def _opens(self, text: str, before: int, start: int) -> bool:
        """Whether a name may begin here: at the start, after a stop, or after a word that carries no subject."""
        return start == 0 or not text[start - 1].isalnum() or self._spoken(text[before:start])

    def _parts_mean(self, text: str, edges: Sequence[int], start: int, end: int) -> bool:
        inner = [place for place in edges if start <= place <= end]
        parts = [text[a:b] for a, b in pairwise(inner)]
        return self._meant(text[start:end]) or any(self._meant(part) for part in parts)


def _edges(text: str, words: Sequence[str]) -> list[int]:
    """The places in a text where words begin or end."""
    edges = {0, len(text)}
    place = 0
    for word in words:
        found = text.find(word, place)
        if found < 0:
            continue
        place = found + len(word)
        edges |= {found, place}
    return sorted(edges)


def _runs(edges: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """The spans of up to `most` words in a row, the longest first."""
    spans = [(start, end) for n, start in enumerate(edges) for end in edges[n + 1 : n + 1 + most]]
    yield from sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def _meet(one: _Found, other: _Found) -> bool:
    return one.start < other.end and other.start < one.end


def _compared(text: str, one: _Found) -> bool:
    """Whether a place is only what something is compared with (跟其他县区比)."""
    before = text[one.start - 1 : one.start] if one.start else ""
    return before != "" and before in "跟和与同比" and bool(_BESIDE.match(text, one.end))


def _latin(name: str, readings: Mapping[str, Sequence[str]]) -> str:
    return "".join((readings.get(char) or ["?"])[0] for char in name)


def abroad(text: str, unknown: Sequence[str]) -> list[str]:
    """Of the words of an English question that nothing is known of, those that stand where a place does."""
    likely = dict.fromkeys(
        said
        for found in ENGLISH.pattern.finditer(text)
        if (said := found["place"] or found["place_"]).lower() in unknown
    )
    return [word for word in likely if word[0].isupper() or is_syllables(word.lower())]
