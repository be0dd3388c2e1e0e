"""Hostile files end in one line, in seconds, in bounded memory; they stop no other file."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.building import gathered
from knowledge.errors import SourceError
from knowledge.reading import pdf, read
from tests import hostile
from tests.terminal import ROOT, is_one_line

SECONDS = 20
"""Of computing, so that a busy machine fails nothing; each takes less than 5."""
MEMORY = 2_000_000_000


def limited(path: Path) -> subprocess.CompletedProcess[str]:
    """`wence parse` of a file, in so much memory and time."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "parse", "--json", str(path)],
        cwd=path.parent,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS * 10,
        check=False,
        preexec_fn=_limits,
    )


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_hostile_file_alone_is_one_line_that_names_it_and_2(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(hostile.REFUSED[name]())
    done = limited(tmp_path / name)
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_line(done.stderr)
    assert name in done.stderr


@pytest.mark.parametrize("name", hostile.READ)
def test_a_strange_file_is_read_in_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(hostile.READ[name]())
    done = limited(tmp_path / name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "哈哈" * 100 not in done.stdout


def test_of_many_hostile_files_none_stops_the_rest(tmp_path: Path) -> None:
    for name, make in hostile.REFUSED.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "good.txt").write_text(hostile.GOOD, encoding="utf-8")
    (tmp_path / "some.zip").write_bytes(
        hostile.zipped({"in.txt": hostile.GOOD.encode(), "a.txt": b"", "../x.txt": b"x"})
    )
    documents, skipped = gathered([tmp_path])
    assert [found.id for found in documents] == ["good", "in"]
    assert len(skipped) == len(hostile.REFUSED) + 2
    assert all("\n" not in line for line in skipped)
    with pytest.raises(SourceError):
        gathered([tmp_path], strict=True)


def test_a_pdf_that_takes_too_much_memory_or_time_ends_its_own_process_alone() -> None:
    with pytest.raises(SourceError, match=r"a\.pdf: cannot be read within 60 seconds and 400,000,000 bytes"):
        pdf.extracted(hostile.pdf(hostile.swollen(1, 400_000_000), "/Filter/FlateDecode"), "a.pdf", memory=400_000_000)
    lines = {(20 + n % 9 * 60, 1 + n % 800): "科技型中小企业达到" for n in range(30_000)}
    began = time.monotonic()
    with pytest.raises(SourceError, match=r"b\.pdf: cannot be read within 1 seconds"):
        pdf.extracted(hostile.written(lines), "b.pdf", seconds=1)
    assert time.monotonic() - began < 60


def test_nothing_is_read_from_outside_an_archive(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    (tmp_path / "in").mkdir()
    archive = tmp_path / "in" / "a.zip"
    archive.write_bytes(hostile.zipped({"../../secret.txt": b"x", "b.txt": hostile.GOOD.encode()}))
    for name in ("../secret.txt", "../../secret.txt", "b.txt/../../../secret.txt"):
        with pytest.raises(SourceError, match=r"does not exist|leads out"):
            read(Path(f"{archive}/{name}"))
