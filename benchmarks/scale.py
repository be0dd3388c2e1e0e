"""Answers over generated databases of many sections, beside rapidfuzz over every section and FTS5 alone, in turns."""

from __future__ import annotations

import json
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import conversations
from peers import PEERS, Found

ROOT = Path(__file__).resolve().parent.parent
SOURCE = next((ROOT / "data" / "sources").glob("*.txt"))
CASES = ROOT / "tests" / "cases" / "questions" / "plan.jsonl"
BESIDE = ("FTS5 over character pairs", "rapidfuzz alone (partial_ratio)")
ASKED = 40
TODAY = date(2026, 1, 1)
_HEADED = re.compile(r"(?m)^[ 　]*(?=[一二三四五六七八九十]、|[(（][一二三四五六七八九十]+[)）]|[0-9]{1,2}[.．、])")
_NUMBER = re.compile(r"(?<![0-9.])[0-9]{2,4}(?![0-9.年])")


def report(sizes: Sequence[int]) -> None:
    """Prints a table for each number of sections."""
    talks = [turns[:1] for turns in conversations.read(CASES)]
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            _one(size, talks[:: max(1, len(talks) // ASKED)], Path(scratch))


def _one(size: int, talks: Sequence[Sequence[str]], scratch: Path) -> None:
    from knowledge.building import build

    source = scratch / "many.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _documents(size))
    begin = time.perf_counter()
    build([source], scratch / "many.db", fresh=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"generated plans, built in {time.perf_counter() - begin:.0f} s; most memory so far {most:.0f} MB")
    compare(scratch / "many.db", talks)


def compare(path: Path, talks: Sequence[Sequence[str]]) -> None:
    """Prints the times of the answers and of the peers over the sections of a database."""
    from knowledge.answer import AnswerDesk

    desk = AnswerDesk(path)
    sql = "SELECT substr(d.text, s.start + 1, s.end - s.start) AS text FROM sections s JOIN documents d ON d.n = s.document"
    texts = [row["text"] for row in desk.database.rows(sql)]
    passages: Found = [("", text) for text in texts]
    desk.ask("高企认定有什么补贴", TODAY)
    print(f"{len(texts)} sections; {len(talks)} questions, each once, in turns")
    print(f"  {'':32}{'p50 ms':>9}{'theirs / ours':>15}")
    for place, (name, _, make) in enumerate(peer for peer in PEERS if peer[0] in BESIDE):
        ours, theirs = conversations.timed(desk, TODAY, talks, make(passages, texts))
        if place == 0:
            print(f"  {'AnswerDesk.ask':32}{statistics.median(ours):9.2f}")
        ratio = statistics.median(their / our for their, our in zip(theirs, ours, strict=True))
        print(f"  {name:32}{statistics.median(theirs):9.2f}{ratio:15.2f}")
    print(flush=True)


def _documents(size: int) -> Iterator[dict[str, str]]:
    """Plans of many districts: the plan's parts drawn anew, numbers and terms exchanged, until there are so many sections."""
    chance = random.Random(1)
    parts = [part.strip() for part in _HEADED.split(SOURCE.read_text(encoding="utf-8")) if part.strip()]
    terms = _terms()
    made = number = 0
    while made < size:
        number += 1
        place = f"{chance.choice('东西南北青白红金')}{chance.choice('山河湖江云岭')}{number}区"
        chosen = chance.sample(parts, min(len(parts), 36))
        exchanged = dict(zip(chance.sample(terms, 12), chance.sample(terms, 12), strict=True))
        body = "\n".join(f"{n}.{_changed(part, exchanged, chance)}" for n, part in enumerate(chosen, 1))
        made += len(chosen) + 1
        title = f"{place}推动科技创新实施方案"
        yield {"id": f"d{number}", "title": title, "issuer": f"{place}人民政府", "text": f"{title}\n{body}\n"}


def _changed(part: str, exchanged: dict[str, str], chance: random.Random) -> str:
    for term, other in exchanged.items():
        part = part.replace(term, other)
    flat = re.sub(r"^\W*(?:[一二三四五六七八九十]+|[0-9]+)\W+", "", " ".join(part.split()))
    return _NUMBER.sub(lambda _: str(chance.randrange(10, 999)), flat)


def _terms() -> list[str]:
    from knowledge.lexicon import load

    return [concept.name for concept in load().concepts if len(concept.name) > 2]
