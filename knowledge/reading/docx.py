"""A Word document (.docx) → its text, the headings that its styles declare, and its tables as lines.

Lists are written with the numerals that Word shows. Nothing outside the file is opened: external links, templates and
entities are not followed. A file that swells, or declares entities, is refused before it is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as Package
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import InvalidXmlError
from lxml import etree

from knowledge.errors import SourceError
from knowledge.facts import Warned
from knowledge.reading.archives import bomb, swells
from knowledge.reading.encodings import checked
from knowledge.reading.html import Page, write
from knowledge.reading.lists import Lists
from knowledge.reading.styles import Styles, W
from knowledge.reading.wordml import Story, body
from knowledge.reading.writer import Writer
from knowledge.text import compact

MAX_UNPACKED = 256_000_000
MAX_XML = 64_000_000
"""The largest part of a document: a text of a thousand pages with its markup comes to a quarter of it."""

_OLD = b"\xd0\xcf\x11\xe0"
_BROKEN: tuple[type[Exception], ...] = (
    *(OpcError, InvalidXmlError, etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, RuntimeError, OSError),
)
"""What python-docx raises over a package whose parts are missing, broken or of another kind."""

_PAGE_NUMBER = re.compile(r"[-0-9第页共/ ]*")
_OPENING = 1_000
_MARGINS = frozenset(("header", "footer"))
_KINDS = frozenset(("styles", "numbering", "footnotes", "endnotes")) | _MARGINS
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TOLD = {
    "text_box": "文本框里的文字放在它所在的段落之前（{count}处）",
    "footnote": "脚注放在所注的段落之后（{count}处）",
    "deleted": "修订中已删除的文字没有读入（{count}处）",
    "hidden": "隐藏的文字没有读入（{count}处）",
    "embedded": "嵌入的另一份文件没有读入（{count}处）",
    "picture": "图片里的文字没有读入（{count}处）",
}


def page(data: bytes, where: str) -> Page:
    """The document in `data`; SourceError, naming `where`, if it is none, says nothing, or is too large."""
    _check(data, where)
    writer = Writer()
    try:
        package = docx.Document(io.BytesIO(data))
        parts = list(_parts(package))
        story = _story(parts)
        root = body(package.element.body, story)
        title = package.core_properties.title
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise SourceError(f"{where}: is no Word document that can be read ({reason})") from error
    write(root, writer, where)
    if not writer.text.strip() and story.noticed.get("picture"):
        raise SourceError(f"{where}: holds pictures and no text (a scan)")
    text = checked(writer.text, where)
    warnings = (*_told(story), *_beside(parts))
    return Page(text, writer.headings(), _said(title, text), warnings)


def _check(data: bytes, where: str) -> None:
    """SourceError where a file is none that may be unpacked and parsed."""
    if data.startswith(_OLD):
        raise SourceError(f"{where}: is an old Word document or has a password (save it as .docx without one)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            parts = [package.read(entry) for entry in entries if _parsed(entry)] if not _unsafe(entries) else []
    except _BROKEN as error:
        raise SourceError(f"{where}: is no Word document (not a whole zip package)") from error
    if reason := _unsafe(entries):
        raise SourceError(f"{where}: {reason}")
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts):
        raise SourceError(f"{where}: declares entities, as no Word document does")


def _parsed(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _unsafe(entries: list[zipfile.ZipInfo]) -> str:
    """Why a package must not be unpacked; empty where it may."""
    if reason := bomb(entries, MAX_UNPACKED):
        return reason
    if any(swells(entry) for entry in entries):
        return "unpacks to many times its size (a zip bomb)"
    if any(entry.file_size > MAX_XML for entry in entries if _parsed(entry)):
        return f"has a part that is too large (the limit is {MAX_XML:,} bytes)"
    return ""


def _parts(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """The parts that belong to the text, by kind (`footnotes`, `header` …), each parsed; external ones are none."""
    for relation in package.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in _KINDS:
            continue
        part = relation.target_part
        element = getattr(part, "element", None)
        yield kind, element if element is not None else etree.fromstring(part.blob, _PARSER)


def _story(parts: list[tuple[str, etree._Element]]) -> Story:
    named = dict(parts)
    styles = Styles(named.get("styles"))
    notes = {
        f"{W}{kind}Reference{note.get(f'{W}id')}": note
        for kind in ("footnote", "endnote")
        for note in (named[f"{kind}s"].iterchildren(f"{W}{kind}") if f"{kind}s" in named else ())
    }
    return Story(styles, Lists(named.get("numbering"), styles), notes)


def _told(story: Story) -> Iterator[Warned]:
    """A warning for each kind of thing that was moved or left out."""
    for code, count in sorted(story.noticed.items()):
        yield Warned(code, _TOLD[code].format(count=count))


def _beside(parts: list[tuple[str, etree._Element]]) -> Iterator[Warned]:
    """A warning for each header and footer that says more than a page's number."""
    said = ["".join(text.text or "" for text in root.iter(f"{W}t")) for kind, root in parts if kind in _MARGINS]
    for text in dict.fromkeys(compact(text).text.strip() for text in said):
        if not _PAGE_NUMBER.fullmatch(text):
            yield Warned("page_margin", f"页眉页脚没有读入：“{text[:60]}”")


def _said(title: str, text: str) -> dict[str, str]:
    """The title of the file's properties where the text says it too: else it may be that of a template."""
    said = compact(title).text.strip()
    return {"title": title.strip()} if said and said in compact(text, 0, min(len(text), _OPENING)).text else {}
