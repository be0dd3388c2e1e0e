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
DONE = 0.5
"""From this weight on a verb is what is asked about where it stands beside the word that asks."""
ASIDE = 0.5
"""What is left of a term that stands in a clause which tells the occasion (我们老板问, 孩子毕业了)."""

_HOW = ("怎么", "如何", "怎样", "咋")
_CLAUSE = re.compile("[^,，。;；?？!！:：]+")
_ASKS = re.compile(
    "[谁哪啥咋几吗]|多少|什么|怎|如何|为何|何时|是否|还是|有没有|能不能|会不会|要不要|用不用|能否|可否|[没不呢吧]$"
)


def focused(folded: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms with what only tells the occasion weighed down, and the noun (or verb) that is asked about marked `head`.

    Only where a clause asks and names a subject (a term of at least HEADED) are the others an occasion.
    """
    clauses = [found.span() for found in _CLAUSE.finditer(folded)]
    asking = [(start, end) for start, end in clauses if asks(folded[start:end])]
    asking = asking or (clauses if len(clauses) == 1 else [])
    places = [folded.rfind(term.text) for term in terms]
    inside = [any(start <= place < end for start, end in asking) for place in places]
    heads = [(place, n) for n, place in enumerate(places) if inside[n] and _heads(terms[n])]
    chosen = {max(heads)[1]} if heads else set()
    chosen |= {n for n, place in enumerate(places) if _done(terms[n], folded, place)}
    if not any(here and term.weight >= HEADED and _known(term) for term, here in zip(terms, inside, strict=True)):
        inside = [True] * len(terms)
    return tuple(
        replace(term, head=n in chosen, aside=1.0 if here else ASIDE)
        for n, (term, here) in enumerate(zip(terms, inside, strict=True))
    )


def asks(clause: str) -> bool:
    """Whether a folded clause asks."""
    return bool(_ASKS.search(clause))


def _known(term: Term) -> bool:
    """Whether a term is a noun or a word of the lexicon, and no run of characters that nobody knows."""
    return term.noun or term.kind != "word"


def is_asked(term: Term) -> bool:
    """Whether a term names a thing of what is asked (the lexicon knows it), and no kind or occasion."""
    return term.kind == "concept" and term.aside == 1.0 and _heads(term)


def _done(term: Term, folded: str, place: int) -> bool:
    """Whether a term is what is done, of which the way is asked: 怎么归集, 如何下载."""
    return len(term.text) >= 2 and term.weight >= DONE and folded.endswith(_HOW, 0, max(place, 0))


def _heads(term: Term) -> bool:
    return term.noun and term.weight >= HEADED and term.kind != "place"
