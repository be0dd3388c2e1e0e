"""A library of generated documents: building it beside cutting its texts with jieba, and adding one document more.

The documents are drawn from the sources of this project, real and in the manner of real ones: parts mixed, places and numbers
exchanged, 1,000 to 8,000 characters each; the same every time.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import processes

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    *sorted((ROOT / "data" / "sources").glob("*.txt")),
    *sorted((ROOT / "tests" / "cases" / "documents").glob("*/source.txt")),
)
KINDS = ("实施方案", "若干措施", "行动计划", "奖励办法", "工作要点", "实施细则")
MATTERS = ("科技创新", "民营经济", "制造业升级", "人才引进", "文旅发展", "乡村振兴", "养老服务", "数字经济")
ADDED = 3
"""How often one document more is added."""
_PART = re.compile(
    r"(?m)\n(?=[ 　]*(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+[章条]|[(（][一二三四五六七八九十]+[)）]|[0-9]{1,2}[.．、]))"
)
_NUMBER = re.compile(r"(?<![0-9.第年])[0-9]{2,4}(?![0-9.年月日号])")
_PLACE = re.compile("西湖区|江城县|青山区|南昌市|江西省|Bat365")


def report(size: int) -> None:
    """Prints what building so many documents costs, and adding one more, as `wence` does it, each in a process of its own."""
    rows = list(documents(size + ADDED))
    texts = [row["text"] for row in rows[:size]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "many.jsonl", rows[:size])
        print(f"a library of {size} generated documents, {sum(map(len, texts)):,} characters")
        before = _cut(texts)
        built = _wence(folder, "build", "--fresh", folder / "many.jsonl")
        after = _cut(texts)
        wall, cpu = (before[0] + after[0]) / 2, (before[1] + after[1]) / 2
        added = []
        for number, row in enumerate(rows[size:]):
            _write(folder / f"one{number}.jsonl", [row])
            added.append(_wence(folder, "add", folder / f"one{number}.jsonl"))
        removed = _wence(folder, "remove", rows[size]["id"])
        megabytes = (folder / "library.db").stat().st_size / 1e6
    print(f"  {'':32}{'wall s':>9}{'cpu s':>9}{'peak MB':>9}")
    print(f"  {'jieba.lcut of the texts':32}{wall:9.2f}{cpu:9.2f}")
    told = [("wence build", built), *(("wence add of one more", one) for one in added), ("wence remove", removed)]
    for what, spent in told:
        print(f"  {what:32}{spent.wall:9.2f}{spent.cpu:9.2f}{spent.memory:9.1f}")
    ratios = f"{built.wall / wall:.2f} wall, {built.cpu / cpu:.2f} cpu"
    print(f"  build / jieba: {ratios}  (limit 4); the database {megabytes:.0f} MB")
    slowest = (
        f"{built.wall / max(one.wall for one in added):.0f} wall, {built.cpu / max(one.cpu for one in added):.0f} cpu"
    )
    print(f"  build / add of one more, the slowest: {slowest}  (limit 50)")
    print("  cpu: of all processes together; peak: of the largest of them\n", flush=True)


def documents(size: int) -> Iterator[dict[str, str]]:
    """Rows of JSON Lines: id, title, issuer, date, text."""
    chance = random.Random(7)
    parts = [_parts(source.read_text(encoding="utf-8")) for source in SOURCES]
    for number in range(1, size + 1):
        place = f"{chance.choice('东西南北青白红金兰云')}{chance.choice('山河湖江岭川阳平安')}{chance.choice('市区县')}"
        title = f"{place}{chance.choice(MATTERS)}{chance.choice(KINDS)}({number})"
        most = chance.randrange(1000, 8000)
        text = f"{title}\n"
        while len(text) < 1000 or (len(text) < most and chance.random() < 0.98):
            text += _changed(chance.choice(chance.choice(parts)), place, chance)[: max(most - len(text), 200)] + "\n"
        date = f"{chance.randrange(2018, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
        yield {"id": f"d{number}", "title": title, "issuer": f"{place}人民政府", "date": date, "text": text}


def _parts(text: str) -> list[str]:
    return [part.strip("\n") for part in _PART.split(text) if part.strip()]


def _changed(part: str, place: str, chance: random.Random) -> str:
    return _NUMBER.sub(lambda _: str(chance.randrange(10, 999)), _PLACE.sub(place, part))


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _wence(folder: Path, *arguments: str | Path) -> processes.Spent:
    command = [sys.executable, "-m", "bot.cli", "--db", str(folder / "library.db"), *map(str, arguments)]
    return processes.spent(command, {**os.environ, "PYTHONPATH": str(ROOT)})


def _cut(texts: Sequence[str]) -> tuple[float, float]:
    """Wall and processor seconds of cutting texts with jieba as it comes, its dictionary loaded before."""
    import logging

    import jieba

    logging.getLogger("jieba").setLevel(logging.WARNING)
    jieba.initialize()
    begin, spent = time.perf_counter(), time.process_time()
    for text in texts:
        jieba.lcut(text)
    return time.perf_counter() - begin, time.process_time() - spent


if __name__ == "__main__":
    report(int(os.environ.get("BUILD") or 1000))
