"""Files that are made to hurt whoever reads them, small as they are sent."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import docx

MADE = Path(__file__).parent / "cases" / "reading" / "made"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOOD = "一、发展目标\n到2030年，科技型中小企业达到250家。\n"


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def encrypted(data: bytes) -> bytes:
    """An archive whose members all say that they are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(changed)


@cache
def _plain() -> dict[str, bytes]:
    held = io.BytesIO()
    docx.Document().save(held)
    with zipfile.ZipFile(held) as plain:
        return {name: plain.read(name) for name in plain.namelist()}


def package(body: str = "", before: str = "", **parts: bytes) -> bytes:
    """A Word document with this body, these bytes before its root and in place of these parts."""
    members = dict(_plain())
    members["word/document.xml"] = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()
    return zipped(members | {name.replace("__", "/"): data for name, data in parts.items()})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def linked(body: str, target: str) -> bytes:
    """A document whose template and picture lie at an address."""
    data = package(body)
    with zipfile.ZipFile(io.BytesIO(data)) as plain:
        members = {name: plain.read(name) for name in plain.namelist()}
    kinds = ("attachedTemplate", "image", "footnotes", "header")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{kind}" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>' for kind in kinds
    )
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", links.encode() + b"</Relationships>")
    return zipped(members)


def pdf(content: bytes, filters: str = "") -> bytes:
    """A pdf of one page with this content stream."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>",
        (
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>"
        ),
        (
            b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
            b"/Descent -120/CapHeight 880/StemV 93>>"
        ),
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def written(lines: Mapping[tuple[int, int], str], size: int = 16) -> bytes:
    """A pdf page that shows these lines, each where it stands, in a Chinese font that is not embedded."""
    shown = [
        b"BT /F %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (size, *place, text.encode("gbk").hex().encode())
        for place, text in lines.items()
    ]
    return pdf(b"\n".join(shown))


def swollen(times: int, size: int = 100_000_000) -> bytes:
    data = b" " * size
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data


def laughs(prefix: str) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE {prefix} [<!ENTITY a0 "哈哈">{entities}]>'


TABLES = "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400

REFUSED: dict[str, Callable[[], bytes]] = {
    "bomb.zip": lambda: zipped({"a.txt": b"x" * 15_000_000}),
    "members.zip": lambda: zipped({f"{n}.txt": b"" for n in range(10_001)}),
    "nested.zip": lambda: zipped({"inner.zip": zipped({"a.txt": GOOD.encode()})}),
    "outside.zip": lambda: zipped({"../../outside.txt": GOOD.encode()}),
    "absolute.zip": lambda: zipped({"/tmp/absolute.txt": GOOD.encode()}),
    "drive.zip": lambda: zipped({"C:\\tmp\\drive.txt": GOOD.encode()}),
    "locked.zip": lambda: encrypted(zipped({"a.txt": GOOD.encode()})),
    "cut.zip": lambda: zipped({"a.txt": GOOD.encode() * 50})[:-30],
    "line.txt": lambda: b"x" * 100_000_000,
    "line.jsonl": lambda: b'{"id": "a", "text": "' + b"x" * 100_000_000,
    "fake.pdf": GOOD.encode,
    "named.pdf": lambda: b"%PDF-1.7\n" + b"\xff" * 10_000,
    "cut.pdf": lambda: (MADE / "measures.pdf").read_bytes()[:3_000],
    "bomb.pdf": lambda: pdf(swollen(1), "/Filter/FlateDecode"),
    "cut.docx": lambda: (MADE / "measures.docx").read_bytes()[:20_000],
    "bomb.docx": lambda: package(" " * 60_000_000),
    "entity.docx": lambda: package(paragraph("&x;"), '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "laughs.docx": lambda: package(paragraph("&a11;"), laughs("w:document")),
    "tables.docx": lambda: package(TABLES),
    "blank.docx": lambda: package("<w:p/>" * 100_000),
    "other.docx": lambda: zipped({"a.txt": GOOD.encode()}),
    "deep.html": lambda: b"<div>" * 100_000 + GOOD.encode(),
    "tables.html": lambda: b"<table><tr><td>" * 100_000 + GOOD.encode(),
    "headings.html": lambda: b"<h1>" * 10_000 + GOOD.encode(),
}
"""Each cannot be read, and says so in one line."""

READ: dict[str, Callable[[], bytes]] = {
    "link.docx": lambda: linked(
        paragraph("一、发展目标") + paragraph("科技型中小企业达到250家。"), "http://192.0.2.1/x"
    ),
    "entity.html": (laughs("html") + f"<p>&a11;</p><pre>{GOOD}</pre>").encode,
    "headings.md": lambda: "".join(f"{'#' * (1 + n % 6)} 标题{n}\n" for n in range(10_000)).encode(),
    "flat.html": lambda: "".join(f"<h{1 + n % 6}>标题{n}</h{1 + n % 6}>" for n in range(10_000)).encode(),
    "same.txt": lambda: "一、发展目标\n".encode() * 10_000,
    "inline.txt": lambda: "。一、目标，".encode() * 10_000,
}
"""Each is read as it stands, if not with pleasure."""
