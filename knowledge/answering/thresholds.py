"""When an answer is given, the question asked back, or said that the documents do not say: two thresholds.

Both are fitted on `reworded.jsonl`, `neighbours.jsonl` and `vague.jsonl` of tests/cases/questions.
docs/abstention.md shows what other values give.
"""

from __future__ import annotations

ANSWER = 0.5
"""From this confidence on (`evidence.confidence`) a draft is the answer; below, the documents do not say it."""
CLARIFY = 0.5
"""Up to this weight of its heaviest term a question names no subject, and is asked back."""
