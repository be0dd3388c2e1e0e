"""A zip archive is read like a folder: its members by name, whatever system packed them, each on its own."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from knowledge.building import gathered
from knowledge.errors import SourceError
from knowledge.reading import gather, read
from tests.hostile import GOOD, MADE, zipped
from tests.terminal import alone, run

TEXT = GOOD.encode()


def raw(names: dict[bytes, bytes]) -> bytes:
    """An archive whose members' names are bytes of an unnamed encoding, as old programs pack them."""
    held = io.BytesIO()
    fillers = [chr(ord("A") + place) * len(name) for place, name in enumerate(names)]
    with zipfile.ZipFile(held, "w") as archive:
        for filler, data in zip(fillers, names.values(), strict=True):
            archive.writestr(filler, data)
    packed = held.getvalue()
    for filler, name in zip(fillers, names, strict=True):
        packed = packed.replace(filler.encode(), name)
    return packed


def test_members_are_read_like_the_files_of_a_folder(tmp_path: Path) -> None:
    archive = tmp_path / "文件.zip"
    members = {
        "b.txt": TEXT,
        "通知/方案 一.md": TEXT,
        "通知/措施.docx": (MADE / "measures.docx").read_bytes(),
        "__MACOSX/b.txt": b"x",
        ".DS_Store": b"x",
        "通知/.hidden.txt": TEXT,
        "~$措施.docx": b"x",
        "图.png": b"x",
        "表.xlsx": b"x",
    }
    archive.write_bytes(zipped(members))
    found = gather([tmp_path])
    assert [str(path.relative_to(archive)) for path in found] == ["b.txt", "通知/措施.docx", "通知/方案 一.md"]
    documents, skipped = gathered([archive])
    assert ([one.id for one in documents], skipped) == (["b", "措施", "方案-一"], [])
    assert read(found[0])[0].text == GOOD
    assert len(read(archive)) == 3


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_old_archives_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.zip").write_bytes(
        raw({"发展规划.txt".encode(encoding): TEXT, "实施\\办法.txt".encode(encoding): TEXT})
    )
    documents, skipped = gathered([tmp_path / "a.zip"])
    assert (sorted(one.id for one in documents), skipped) == (["办法", "发展规划"], [])


def test_two_members_of_one_name_are_not_guessed_between(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "甲")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", "乙")
    (tmp_path / "a.zip").write_bytes(held.getvalue())
    with pytest.raises(SourceError, match=r"a\.zip/a\.txt: is in the archive more than once"):
        read(tmp_path / "a.zip")


def test_a_replaced_archive_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": TEXT}))
    assert len(gather([path])) == 1
    path.write_bytes(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    os.utime(path, ns=(1, 1))
    assert len(gather([path])) == 2


def test_parse_and_build_take_archives_and_tell_what_they_skip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(monkeypatch, tmp_path)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.txt": TEXT, "b.pdf": b"x", "c.zip": zipped({"d.txt": TEXT})}))
    for command in (["parse", "--json", str(path)], ["--db", str(tmp_path / "x.db"), "build", str(path)]):
        code, out, err = run(*command)
        assert (code, err.count("\n")) == (0, 2)
        assert "b.pdf: is no pdf" in err
        assert "c.zip: an archive inside an archive" in err
        assert '"id": "a"' in out or "1 份文件，跳过 2 份" in out
    code, out, err = run("--db", str(tmp_path / "y.db"), "build", "--strict", str(path))
    assert (code, out, err.count("\n")) == (2, "", 1)
