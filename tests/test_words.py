"""Cutting: a dictionary held whole and one that is asked cut alike, and both as jieba's own loops do."""

from __future__ import annotations

from typing import Any

import jieba
from hypothesis import given
from hypothesis import strategies as st

from knowledge.building.vocabulary import LEAST_FREQUENCY
from knowledge.words import Cutter, WholeCutter, common_words
from tests.terminal import PLAN

WORDS = {word: frequency for word, frequency, _ in common_words(LEAST_FREQUENCY)}
TOTAL = sum(WORDS.values())
WHOLE = WholeCutter(WORDS, TOTAL)
SAID = "".join(char for char in PLAN.read_text(encoding="utf-8") if "一" <= char <= "鿿")
OWN = {"区科协": 60, "科技创新协": 500}


def stock(words: dict[str, int]) -> Any:
    """jieba as it comes, over these words."""
    tokenizer: Any = jieba.Tokenizer()
    tokenizer.FREQ = dict(words)
    for word in words:
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)
    tokenizer.total, tokenizer.initialized = TOTAL, True
    return tokenizer


STOCK = stock(WORDS)


@st.composite
def runs(draw: st.DrawFn) -> str:
    """Stretches of the plan put together, so that words meet at every seam."""
    starts = draw(st.lists(st.integers(0, len(SAID) - 1), min_size=1, max_size=6))
    return "".join(SAID[start : start + draw(st.integers(1, 20))] for start in starts)


@given(runs())
def test_all_cutters_cut_alike(run: str) -> None:
    cut = WHOLE.cut(run)
    assert cut == Cutter(lambda asked: {word: WORDS[word] for word in asked if word in WORDS}, TOTAL).cut(run)
    assert cut == STOCK.lcut(run, HMM=False)
    assert "".join(cut) == run


def test_words_of_its_own_are_known_within_the_block_alone() -> None:
    text = "由区科协推动科技创新协力打造"
    before = WHOLE.cut(text)
    with WHOLE.knowing(OWN):
        assert WHOLE.cut(text) == stock(WORDS | OWN).lcut(text, HMM=False)
        assert "区科协" in WHOLE.cut(text)
    assert WHOLE.cut(text) == before
