"""One database of the shipped plan and every document of `tests/cases`, as an office with many governments' papers has it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from knowledge.answer import AnswerDesk
from knowledge.building import build

HERE = Path(__file__).parent
CASES = HERE / "cases"


@cache
def desk() -> AnswerDesk:
    """The desk over all documents, the plan first: its government is the home of the database."""
    folder = Path(mkdtemp(prefix="joint"))
    plan = sorted((HERE.parent / "data" / "sources").glob("*.txt"))
    others = [
        Path(shutil.copy(source, folder / f"{source.parent.name}{source.suffix}"))
        for source in sorted((CASES / "documents").glob("*/source.*"))
    ]
    build([*plan, *others, CASES / "cross" / "districts.jsonl"], folder / "joint.db")
    return AnswerDesk(folder / "joint.db")
