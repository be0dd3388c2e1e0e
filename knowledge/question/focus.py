"""What a question asks about: the clauses of it that ask, and the noun that they end in.

Text and terms in, terms out; knows nothing of documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.question.nouns import Term

HEADED = 0.6
"""From this weight on a noun is what is asked about; what weighs less (部门, 奖励, 目标) tells the kind."""
COMMON = 0.1
"""Up to this a verb that no document has counts so little that all do it (处理)."""
DONE = 0.5
"""From this weight on a verb is what is asked about where it stands beside the word that asks."""
ASIDE = 0.5
"""What is left of a term that stands in a clause which tells the occasion (我们老板问, 孩子毕业了)."""

BEFORE = 0.8
"""What is left of a term of the clause before the one that asks, where that names no subject."""

_HOW = ("怎么", "如何", "怎样", "咋")
_LIGHT = (
    "的",
    "是",
    "有",
    "要",
    "会",
    "能",
    "可以",
    "应",
    "该",
    "到",
    "达到",
    "做到",
    "约",
    "又",
    "都",
    "大概",
    "目标",
    "量",
    "数",
    "总",
)
"""What may stand between what is asked about and the words that ask."""
_BODY = re.compile("企业|公司|机构|单位|人才|项目|平台|园区|基地|产业")
MOST_BETWEEN = 2
"""How many characters beside them."""
_WHICH = re.compile("(?:哪[些个几]?|什么|啥|(?:多少|几)[个家名件项所座条台套]?)$")
_POINTED = re.compile("(?:这些|这类|这种|那些|那类|此类)新?[一-鿿]{0,2}$")
"""Before a noun that only sums up what was named: 营销师这些职业."""
_CLAUSE = re.compile("[^,，。;；?？!！:：]+")
_ASKS = re.compile(
    "[谁哪啥咋几吗]|多少|什么|怎|如何|为何|何时|是否|还是|有没有|能不能|会不会|要不要|用不用|能否|可否|[没不呢吧]$"
)


def focused(folded: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms with what only tells the occasion weighed down, and the noun (or verb) that is asked about marked `head`.

    Only where a clause asks and names a subject (a term of at least HEADED) are the others an occasion; one that
    names none goes on with the clause before it that does. A noun that the lexicon does not know is the head
    only where it stands beside the words that ask: anywhere else it may be how people talk.
    """
    places = [folded.rfind(term.text) for term in terms]
    asking, before = _asking(folded, terms, places)
    spans = [*asking, *before] or [(0, len(folded))]
    pointed = [bool(_POINTED.search(folded, 0, max(place, 0))) and n > 0 for n, place in enumerate(places)]
    inside = [
        any(start <= place < end for start, end in spans) and not apposed
        for place, apposed in zip(places, pointed, strict=True)
    ]
    asks_here = [not asking or any(start <= place < end for start, end in asking) for place in places]
    touched = _touched(folded, terms, places, asking)
    heads = [
        (place, n)
        for n, place in enumerate(places)
        if asking and asks_here[n] and inside[n] and _heads(terms[n]) and (terms[n].kind != "word" or n in touched)
    ]
    chosen = {max(heads)[1]} if heads else set()
    chosen |= {n for n, place in enumerate(places) if _done(terms[n], folded, place)}
    chosen |= {n for n, place in enumerate(places) if asks_here[n] and _kind_of(terms[n], folded, place)}
    return tuple(
        replace(term, head=n in chosen, aside=1.0 if here and here_asked else BEFORE if here else ASIDE)
        for n, (term, here, here_asked) in enumerate(zip(terms, inside, asks_here, strict=True))
    )


Span = tuple[int, int]


def _asking(folded: str, terms: Sequence[Term], places: Sequence[int]) -> tuple[list[Span], list[Span]]:
    """The spans of the clauses that ask (of a single clause it), and the one that names their subject where they do not."""
    clauses = [found.span() for found in _CLAUSE.finditer(folded)]
    asking = [(start, end) for start, end in clauses if len(clauses) == 1 or asks(folded[start:end])]
    subjected = [clause for clause in clauses if any(_named(*pair, clause) for pair in zip(terms, places, strict=True))]
    if not asking or not subjected or any(clause in subjected for clause in asking):
        return asking, [] if subjected else [clause for clause in clauses if clause not in asking]
    return asking, [clause for clause in subjected if clause < asking[-1]][-1:] or subjected[:1]


def _named(term: Term, place: int, clause: Span) -> bool:
    """Whether a term in a clause can be its subject."""
    return clause[0] <= place < clause[1] and term.weight >= HEADED and term.noun


def _touched(folded: str, terms: Sequence[Term], places: Sequence[int], asking: Sequence[Span]) -> set[int]:
    """The terms beside the words that ask, or at the end of what asks; little that is no subject may stand between."""
    light = sorted({*_LIGHT, *(term.text for term in terms if term.weight < HEADED)}, key=len, reverse=True)
    lighter = re.compile(f"(?:19|20)?[0-9]{{2}}年底?|{'|'.join(map(re.escape, light))}")
    found = set()
    for n, (term, place) in enumerate(zip(terms, places, strict=True)):
        stop = next((end for start, end in asking if start <= place < end), None)
        if stop is None:
            continue
        end = place + len(term.text)
        reached = _ASKS.search(folded, end, stop)
        between = folded[end : reached.start() if reached else stop]
        far = any(
            end <= other < stop and terms[m].weight >= HEADED
            for m, other in enumerate(places)
            if other < end + len(between)
        )
        if _WHICH.search(folded, 0, max(place, 0)) or (not far and len(lighter.sub("", between)) <= MOST_BETWEEN):
            found.add(n)
    return found


def asks(clause: str) -> bool:
    """Whether a folded clause asks."""
    return bool(_ASKS.search(clause))


def is_asked(term: Term) -> bool:
    """Whether a term names a thing of what is asked (the lexicon knows it), and no kind or occasion."""
    return term.kind == "concept" and term.aside == 1.0 and _heads(term)


def _done(term: Term, folded: str, place: int) -> bool:
    """Whether a term is what is done, of which the way is asked: 怎么归集, 如何下载."""
    return (
        len(term.text) >= 2
        and term.weight >= DONE
        and (term.kind != "word" or term.absent > COMMON)
        and folded.endswith(_HOW, 0, max(place, 0))
    )


def _kind_of(term: Term, folded: str, place: int) -> bool:
    """Whether a noun stands before a word for any body or person and tells which kind is asked about: 食品企业."""
    known = term.noun or term.weight < 1.0  # a run of characters that nobody knows weighs 1
    return term.kind == "word" and known and term.weight >= HEADED and bool(_BODY.match(folded, place + len(term.text)))


def _heads(term: Term) -> bool:
    return term.noun and term.weight >= HEADED and term.kind != "place"


def once(terms: Sequence[Term]) -> list[Term]:
    """Each standard term once."""
    found: dict[str, Term] = {}
    for term in terms:
        found.setdefault(term.name, term)
    return list(found.values())
