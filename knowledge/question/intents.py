"""What kind of thing a question asks for, and which side of it: scores by the lexicon's tables, no branches."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from knowledge.text import bare

_ASKING = re.compile("[谁哪啥咋几什怎何吗要交花收有]|多少")
CUE, HINT, PATTERN = 2.0, 1.0, 3.0
"""What a cue, a hint and a pattern count."""
CUED = CUE
"""From here on words call for a kind by themselves."""


class Intents:
    """The tables `intents` and `facets` of a database, ready to be matched."""

    def __init__(self, meta: Mapping[str, str]) -> None:
        tables = json.loads(meta.get("intents", "{}"))
        self._names = {key: str(row.get("name", "")) for key, row in tables.items()}
        self._cues = {key: tuple(map(bare, row.get("cues", ()))) for key, row in tables.items()}
        self._hints = {key: tuple(map(bare, row.get("hints", ()))) for key, row in tables.items()}
        self._patterns = {key: tuple(map(re.compile, row.get("patterns", ()))) for key, row in tables.items()}
        facets = json.loads(meta.get("facets", "{}"))
        self._facets = {key: tuple(map(bare, row.get("cues", ()))) for key, row in facets.items()}
        self._sides = {key: tuple(map(re.compile, row.get("patterns", ()))) for key, row in facets.items()}
        self._evidence = {key: re.compile(row["evidence"]) for key, row in facets.items()}
        self._sided = {key: str(row["name"]) for key, row in facets.items()}
        self._words = frozenset(
            word for table in (_told(self._cues), self._facets) for words in table.values() for word in words
        )
        self._hinting = frozenset(word for words in self._hints.values() for word in words)

    def scores(self, folded: str, typed: str, words: Sequence[str] = ()) -> dict[str, float]:
        """The score of each kind that the folded question (or, for patterns, its typed form) speaks for.

        `words`: the question cut; a hint inside a longer word of it (归 in 归集) hints at nothing.
        """
        found: dict[str, float] = {}
        inner = {char for word in words if len(word) > 1 and not self.is_cue(word) for char in word}
        buried = inner - {char for word in words if len(word) == 1 or self.is_cue(word) for char in word}
        for key, cues in self._cues.items():
            score = CUE * _longest(folded, cues) + HINT * _longest(folded, self._hints[key], buried)
            score += PATTERN * any(
                pattern.search(folded) or pattern.search(typed.strip()) for pattern in self._patterns[key]
            )
            if score:
                found[key] = score
        return found

    def facets(self, folded: str) -> tuple[str, ...]:
        """The sides of a thing that a question asks for: deadline, conditions, contact …"""
        return tuple(
            key
            for key, cues in self._facets.items()
            if any(cue in folded for cue in cues) or any(pattern.search(folded) for pattern in self._sides[key])
        )

    def shows(self, facet: str, text: str) -> bool:
        """Whether a text holds what a facet asks for."""
        return bool(self._evidence[facet].search(text))

    def side(self, facet: str, folded: str) -> str:
        """What a facet is called, in the noun that the question has for it where it has one: 地点, 所得税 …"""
        said = [cue for cue in self._facets[facet] if cue in folded and not _ASKING.search(cue)]
        return max(said, key=len, default=self._sided[facet])

    def named(self, scores: Mapping[str, float]) -> str:
        """What the kind that scores highest is called (奖补, 责任单位); "" where nothing is asked for clearly."""
        kind = max(scores, key=lambda key: scores[key], default="")
        return self._names.get(kind, "") if scores.get(kind, 0.0) >= CUE else ""

    def is_cue(self, word: str) -> bool:
        """Whether a word tells the kind rather than the subject."""
        return word in self._words

    def is_hint(self, word: str) -> bool:
        """Whether a word hints at the kind, and may be of the subject too."""
        return word in self._hinting


def _told(cues: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The cues that tell a kind and no subject: those of organisation are subjects too."""
    return {key: words for key, words in cues.items() if key != "organisation"}


def _longest(text: str, words: tuple[str, ...], buried: AbstractSet[str] = frozenset()) -> int:
    """How many of the words stand in a text, one inside another counted once, those `buried` in others not at all."""
    found = [word for word in words if word in text and word not in buried]
    return sum(1 for word in found if not any(word != other and word in other for other in found))
