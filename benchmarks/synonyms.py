"""The question sets with the shipped lexicon and without its hand-written synonyms, in one run, beside each other."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.answer import AnswerDesk

ROOT = Path(__file__).resolve().parent.parent
SETS = ROOT / "tests" / "cases" / "questions"
OWN = ("plan", "reworded", "wants", "claims", "near_misses", "neighbours")
SYNONYMS = "synonyms.toml"
TODAY = date(2026, 11, 24)


def report(more: Sequence[Path] = ()) -> None:
    """Prints the share of questions that pass, a row for each set, the project's own and `more`."""
    from knowledge.answer import AnswerDesk
    from knowledge.building import build
    from knowledge.lexicon import FOLDER

    files = [*(SETS / f"{name}.jsonl" for name in OWN), *more]
    with tempfile.TemporaryDirectory() as scratch:
        bare = Path(scratch) / "lexicon"
        shutil.copytree(FOLDER, bare, ignore=shutil.ignore_patterns(SYNONYMS, "*.py", "__pycache__"))
        desks = []
        for name, lexicon in (("with", FOLDER), ("without", bare)):
            build([ROOT / "data" / "sources"], Path(scratch) / f"{name}.db", fresh=True, lexicon=lexicon)
            desks.append(AnswerDesk(Path(scratch) / f"{name}.db"))
        print(f"question sets that pass, with the shipped lexicon and without the concepts of {SYNONYMS}")
        print(f"  {'':24}{'questions':>10}{'with %':>9}{'without %':>11}")
        for file in files:
            shares = [_passed(desk, file) for desk in desks]
            asked = shares[0][1]
            print(
                f"  {file.name:24}{asked:10}"
                + "".join(f"{100 * passed / asked:{9 + 2 * n}.1f}" for n, (passed, _) in enumerate(shares))
            )
        for desk in desks:
            desk.close()
    print()


def _passed(desk: AnswerDesk, file: Path) -> tuple[int, int]:
    """How many questions of a set pass, and of how many."""
    from bot.evaluation import judged, read

    judgements = list(judged(read(str(file)), desk, TODAY))
    return sum(not one.faults for one in judgements), len(judgements)


if __name__ == "__main__":
    report([Path(name) for name in os.environ.get("QUESTIONS", "").split()])
