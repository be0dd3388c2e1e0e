"""Understanding a question: text in, slots, kinds and the terms of its subject out.

Everything is looked up in the database that will answer; nothing is guessed that is not told (`mended`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from knowledge.parsing.quantities import Years
from knowledge.question import places
from knowledge.question.focus import focused, once
from knowledge.question.intents import Intents
from knowledge.question.latin import english, from_pinyin, is_pinyin
from knowledge.question.mending import mended
from knowledge.question.nouns import Question, Term, UnitAsked
from knowledge.question.places import Places
from knowledge.question.slots import OPEN, measure, years
from knowledge.question.titles import Titles
from knowledge.store import Database
from knowledge.text import bare
from knowledge.words import Cutter

__all__ = ["Question", "Reader", "Term", "UnitAsked"]

STRONG = 0.5
"""From this weight on a term can be what a question is about."""
LONGEST_QUESTION = 300
"""Characters of a question that are read; what follows is cut off."""

_TERMS = frozenset(["concept", "near", "indicator", "programme", "unit", "department", "place"])
_FILLERS = frozenset(["filler", "asking"])
"""The kinds of words that name something, and of those that carry no subject."""
_MENTION = re.compile(r"@[A-Za-z0-9_]{3,}")
_PARTED = re.compile(r"(?<=[0-9]{2})\s+(?=[0-9]{2})")
_WEIGHTS = {"n": 0.9, "j": 0.9, "l": 0.8, "i": 0.6, "v": 0.5, "a": 0.35, "b": 0.5, "t": 0.3, "s": 0.5}
_ABSENT = {"n": 0.3, "j": 0.4, "l": 0.3, "i": 0.2, "v": 0.15, "a": 0.1, "b": 0.2}
"""What is left of a word's weight, by part of speech, where no document has it."""
_UNDONE = 0.4
"""What is left of the weight of a verb of the lexicon that no document has."""
_NOUNS = "nj"
"""The parts of speech that a question can be about."""
_NAMES = "nszj"
"""The parts of speech of what may be the name of a place."""
_SHORT = 2
"""Up to this long a word tells the kind where its standard term does."""
_EVERYDAY = 5000
"""Verbs more frequent than this in common Chinese tell nothing."""
_RARE = 120
"""Nouns rarer than this in common Chinese are terms of a trade: one that no document has is missing."""
_SOFT, _HINT, _ASKING, _UNASKED = 0.3, 0.55, 0.1, 0.45
"""What is left of the weight of words that tell the kind of a question, hint at it, or ask; of what is asked about too."""
_MOST_MET = 50_000
_GRADED = re.compile("[0-9]+[a-z]{1,2}|[a-z]{1,2}[0-9]+")
"""Grades and generations (5a, 5g): another one is another thing."""
_ZONE = re.compile("(?:开发区|试验区|保税区|高新区|新区)$")
"""Zones are places beside the district that a document is for."""
_INTERROGATIVE = re.compile("怎么|怎样|如何|咋样?|去?哪[个些里儿]?|什么|啥|多少|谁|几[个家]?")
_ASKS = re.compile("[谁哪啥咋]|多少|怎么|什么|[几多](?:家|个|大|久|长)")
_MEASURED = re.compile("(?<=..)(?:标准|力度|额度|金额|幅度|数额|资金)$")
"""What makes of a word of giving one that asks how much: 奖励力度."""
_ISSUING = re.compile(
    "(?:正式)?(?:发布|印发|出台|公布|下发|制定|成文|发文|公开|施行|生效)(?:单位|机构|机关|日期|时间)?"
)
"""Words about a document as such."""
_STEPS = re.compile("申报|申请|申领|办理|报名|填报|领取")
"""What is done to get any award."""
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
"""Letters and digits of full width, as they are typed in a Chinese text."""
_GENERIC = frozenset(
    ["方案", "文件", "办法", "通知", "政策", "规划", "措施", "实施方案", "数字", "文档", "材料", "意见", "计划", "工作"]
) | {"政府", "官方", "名字", "地方"}
"""Words for the document itself or for anything: they tell little of a subject."""


class Reader:
    """Understands questions against one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.cutter = Cutter(database.frequencies, int(database.meta.get("dictionary_total", "1")))
        self.intents = Intents(database.meta)
        self._met: dict[str, dict[str, list[str]]] = {}
        self._places = Places(
            [
                (bare(row["name"]), row["document"])
                for row in database.rows("SELECT name, document FROM places ORDER BY document")
            ],
            len(database.numbers),
            lambda word: "place" in self._kinds(word),
            self._meant,
            self.is_filler,
        )
        self._titles = self._named_documents()

    def _named_documents(self) -> Titles:
        """The titles as written, and as they read where publishing overwrote a word (`Bat365=西湖区`)."""
        titles = []
        for row in self._database.documents():
            written = restored = row["title"] or ""
            for word, read in self._database.readings.get(row["id"], ()):
                restored = restored.replace(word, read)
            titles += [(row["n"], title) for title in {written, restored} if title]
        places = defaultdict(list)
        for name, documents in self._places.names.items():
            for number in documents:
                places[number].append(name)
        numbered = [(row["n"], row["number"]) for row in self._database.documents() if row["number"]]
        return Titles(titles, places, numbered)

    def understand(self, text: str, today: date) -> Question:
        """The question that a text asks on a day; any text gives one."""
        cleaned = _MENTION.sub(" ", unicodedata.normalize("NFC", text).translate(_WIDE))[:LONGEST_QUESTION]
        language, folded, unknown, mends = self._chinese(cleaned)
        titled = self._titles.found(folded)
        read = _without(folded, [(start, end) for _, start, end in titled]).strip()
        named, subject = _dated(read, today)
        units, terms, words, own = self._terms(subject)
        only = bool(titled) and not (units or any(map(_substantial, terms)))
        if only:
            units, terms, words, own = self._terms(_dated(folded, today)[1])
        abroad = {
            word.lower(): self._places.spelled(word.lower(), self._readings())
            for word in places.abroad(cleaned, unknown)
        }
        own += [number for numbers in abroad.values() for number in numbers]
        stray = [_stray(word, place=word in abroad) for word in unknown if not abroad.get(word)]
        return Question(
            text=text,
            folded=read,
            language=language,
            intents=self.intents.scores(self._nameless(read, terms), cleaned.lower(), words),
            terms=focused(read, terms) if language == "zh" else (*terms, *stray),
            units=tuple(units),
            years=named,
            years_said=tuple(read[one.start : one.end] for one in named),
            facets=self.intents.facets(read),
            mended=tuple(mends),
            words=tuple(words),
            documents=tuple(dict.fromkeys([number for number, _, _ in titled] or own)),
            title_only=only,
            open_end=bool(named and OPEN.pattern.match(read, named[-1].end)),
            measure=measure(read),
            numbers=tuple(re.findall(r"[0-9]+(?:\.[0-9]+)?", subject)),
        )

    def _readings(self) -> dict[str, list[str]]:
        """The readings of the characters of the documents' places."""
        characters = self._database.characters({char for name in self._places.names for char in name})
        return {char: row["pinyin"].split() for char, row in characters.items()}

    def _nameless(self, text: str, terms: Iterable[Term]) -> str:
        """A text without the names of programmes: 赣才归巢 asks for no unit (归)."""
        for term in terms:
            if term.kind == "name" and "programme" in self._kinds(term.text):
                text = text.replace(term.text, "□")
        return text

    # ---------------------------------------------------------------- reading

    def _chinese(self, text: str) -> tuple[str, str, list[str], list[tuple[str, str]]]:
        """A text as (language, folded Chinese, English words that nothing is known of, mends)."""
        simplified = {
            char: row["simplified"] for char, row in self._database.characters(set(text)).items() if row["simplified"]
        }
        folded = _squeezed(bare(text, simplified)) if re.search("[一-鿿]", text) else text.lower()
        if re.search("[一-鿿]", folded):
            mend, mends = mended(folded, self._database, self)
            return "zh", mend, [], mends
        if not re.search("[a-z]{2}", folded) or self.is_term(_squeezed(folded)):
            return "zh", _squeezed(folded), [], []
        pieces, unknown = english(folded, self._database)
        if (
            len(unknown) * 2 > len([piece for piece in pieces if not piece[0].isdigit()])
            and is_pinyin(folded)
            and (spelled := from_pinyin(folded, self._database))
        ):
            return "zh", spelled, [], [(" ".join(folded.split()), spelled)]
        return "en", ",".join(map(bare, pieces)), unknown, []

    # ------------------------------------------------- words, for mending too

    def cut(self, text: str) -> list[str]:
        return self.cutter.cut(text)

    def learn(self, words: Iterable[str]) -> None:
        """Looks up together what words are, so that asking one by one costs nothing."""
        new = sorted({word for word in words if word not in self._met})
        if len(self._met) > _MOST_MET:
            self._met.clear()
        for word in new:
            self._met[word] = {}
        for word, standing_for in self._database.aliases(new).items():
            for kind, name in standing_for:
                self._met[word].setdefault(kind, []).append(name)

    def _named(self, word: str) -> dict[str, list[str]]:
        """The kinds of a word, each with the standard terms it stands for."""
        if word not in self._met:
            self.learn([word])
        return self._met[word]

    def _kinds(self, word: str) -> AbstractSet[str]:
        return self._named(word).keys()

    def is_term(self, word: str) -> bool:
        return not _TERMS.isdisjoint(self._kinds(word))

    def is_spoken(self, word: str) -> bool:
        return self.is_filler(word) or self.intents.is_cue(word)

    def is_filler(self, word: str) -> bool:
        """Whether a word carries no subject."""
        return not _FILLERS.isdisjoint(self._kinds(word))

    def synonyms(self, word: str) -> tuple[str, ...]:
        """What stands for the same concept as a word."""
        return self._forms(word, self._named(word))[1:]

    def is_word(self, word: str) -> bool:
        return self.cutter.knows(word)

    def is_verb(self, word: str) -> bool:
        """Whether a word is first of all a verb."""
        return self._database.tags([word]).get(word, ("", 0))[0].startswith("v")

    def _meant(self, word: str) -> bool:
        """Whether a word means anything but a place: a term, a unit, a word of speech, or by its part of speech no name."""
        if self._kinds(word) - {"place"} or self.intents.is_cue(word) or self.intents.is_hint(word):
            return True
        tag = self._database.tags([word]).get(word)
        return tag is not None and len(word) > 1 and tag[0][:1] not in _NAMES

    def _unasked(self, word: str) -> str:
        """A word of asking without its interrogative, where a term is left: 怎么申报 → 申报, 哪个规划 → 规划."""
        rest = _INTERROGATIVE.sub("", word) if _ASKS.search(word) else word
        return (
            rest
            if rest != word and len(rest) >= 2 and self._kinds(rest) & {"concept", "indicator", "programme"}
            else word
        )

    def _terms(self, subject: str) -> tuple[list[UnitAsked], list[Term], list[str], list[int]]:
        """Units, subject terms, all words cut, and the documents whose own place is named."""
        placed = self._places.read(subject, self.cutter.cut(subject))
        cut = self.cutter.cut(placed.rest)
        self.learn([*cut, *(_INTERROGATIVE.sub("", word) for word in cut)])
        words = [self._unasked(word) for word in cut]
        unasked = {word for word, whole in zip(words, cut, strict=True) if word != whole}
        self.learn(words)
        tags = self._database.tags(sorted(set(words)))
        units: list[UnitAsked] = []
        terms: list[Term] = [*placed.other]
        for word in _joined(words, self._kinds):
            kind = self._named(word)
            if "unit" in kind:
                units.append(UnitAsked(tuple(int(name) for name in kind["unit"]), word))
            elif (term := self._term(word, kind, tags.get(word))) is not None:
                step = bool(_STEPS.fullmatch(word) or _ISSUING.fullmatch(word))
                weight = min(term.weight, _UNASKED) if word in unasked else term.weight
                terms.append(replace(term, weight=weight, step=step))
        return units, once(terms), words, [*placed.own]

    def _term(self, word: str, kind: dict[str, list[str]], tag: tuple[str, int] | None) -> Term | None:
        """The subject term of a word, or None for one that carries no subject."""
        if "indicator" in kind or "programme" in kind:
            return Term(word, word, self._forms(word, kind), (), 1.2, "name")
        if "place" in kind and not kind.keys() & {"filler", "asking"}:
            return Term(word, word, (word,), (), 1.2, "place", must=True)
        if "concept" in kind:
            name = kind["concept"][0]
            forms, near = self._forms(word, kind), self._nearby(name, kind)
            noun = tag is None or tag[0][:1] in _NOUNS
            zone = bool(_ZONE.search(name))
            absent = 1.0 if noun else _UNDONE
            return Term(
                word,
                name,
                forms,
                near,
                self._softness(word, name, noun=noun),
                "concept",
                must=zone,
                noun=noun,
                absent=absent,
            )
        if "department" in kind:
            return Term(word, kind["department"][0], (word,), (), 1.0, "unit", must=True)
        spoken = "filler" in kind or "asking" in kind or word.isdigit() or len(word) == 1
        return None if spoken else self._plain(word, kind, tag)

    def _softness(self, word: str, name: str = "", *, noun: bool = False) -> float:
        """What is left of the weight of a word (or its standard term) that tells the kind of a question rather than its subject."""
        if _ASKS.search(word):
            return _ASKING
        name = name if len(word) <= _SHORT else ""
        if (
            self.intents.is_cue(word)
            or (noun and self.intents.is_cue(name))
            or word in _GENERIC
            or self.intents.is_cue(_MEASURED.sub("", word))
        ):
            return _SOFT
        return _HINT if self.intents.is_hint(word) or self.intents.is_hint(name) else 1.0

    def _plain(self, word: str, kind: dict[str, list[str]], tag: tuple[str, int] | None) -> Term:
        """The term of a word that the lexicon does not know, weighed by its part of speech."""
        if _GRADED.fullmatch(word):
            return Term(word, word, (word,), (), 1.0, "word", must=True)
        speech, frequency = tag or ("", 0)
        weight = _WEIGHTS.get(speech[:1], 0.25) if tag else 1.0
        left = _ABSENT.get(speech[:1], 0.1) if tag else 0.2
        if speech[:1] == "n" and frequency < _RARE:
            left = 0.7
        if self.intents.is_cue(word) or self.intents.is_hint(word):
            left = _ABSENT["v"]
        elif speech[:1] == "v" and frequency > _EVERYDAY:
            left = _ABSENT["a"]
        near = tuple(bare(name) for name in kind.get("near", ()))
        weight *= self._softness(word)
        noun = tag is not None and tag[0][:1] in _NOUNS
        return Term(word, word, (word,), near, weight, "word", absent=left, noun=noun)

    def _forms(self, word: str, kind: dict[str, list[str]]) -> tuple[str, ...]:
        """What counts as a word: itself and all that stands for the same concept."""
        same = [form for name in kind.get("concept", ()) for form in self._database.surfaces(name, "concept")]
        for size in (2, 3):  # 双创示范基地 is 创新创业示范基地 too
            rest = word[size:]
            heads = self._named(word[:size]).get("concept", ()) if len(rest) >= 3 else ()
            same += [form + rest for name in heads for form in self._database.surfaces(name, "concept")]
        return tuple(dict.fromkeys([word, *same]))

    def _nearby(self, name: str, kind: dict[str, list[str]]) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys([*self._database.surfaces(name, "near"), *(bare(other) for other in kind.get("near", ()))])
        )


def _stray(word: str, *, place: bool) -> Term:
    """The term of an English word that nothing is known of."""
    if place:
        return Term(word, word, (word,), (), places.WEIGHT, "place", must=True)
    return Term(word, word, (word,), (), 0.7, "word")


def _squeezed(text: str) -> str:
    """A text without white space; numbers that it parts (2025 2030) stay two."""
    return re.sub(r"\s+", "", _PARTED.sub("、", text))


def _substantial(term: Term) -> bool:
    """Whether a term beside a title can be what is asked about in the document."""
    return term.weight >= STRONG and not _ISSUING.fullmatch(term.text)


def _dated(text: str, today: date) -> tuple[tuple[Years, ...], str]:
    """The years of a text, and the text without them."""
    named = tuple(years(text, today))
    return named, _without(text, [(one.start, one.end) for one in named])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _joined(words: Sequence[str], kinds: Callable[[str], AbstractSet[str]]) -> Iterator[str]:
    """The words with single characters in a row, which the dictionary did not know as a word, joined to one."""
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and "一" <= word <= "鿿" and not kinds(word):
            run += word
            continue
        if run:
            yield run
            run = ""
        if word:
            yield word
