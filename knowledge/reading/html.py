"""HTML → the text that a page shows, with its headings and what its `<meta>` say. Fetches nothing, runs nothing.

Block elements end lines; a row of a table of data is one line, its cells parted by ` | `; what is hidden, and what
markup itself declares to be navigation, is left out. Malformed pages are read as browsers read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html

from knowledge.dates import DATE
from knowledge.errors import SourceError
from knowledge.facts import HeadingMark, Warned
from knowledge.reading.encodings import checked, decode
from knowledge.reading.organs import ORGAN
from knowledge.reading.tables import is_data, rows
from knowledge.reading.writer import Writer

MAX_SOURCE = 16_000_000
"""The longest page, markup and all; what it shows may be as long as any text."""

MAX_ELEMENTS = 400_000
MAX_DEPTH = 1_000

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)|^\s*<\?xml[^>]{0,100}?encoding=["']([^"']+)""",
    re.IGNORECASE,
)
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_DROPPED = frozenset(
    {"head", "script", "style", "noscript", "template", "nav", "aside", "dialog", "map"}
    | {"iframe", "object", "embed", "svg", "canvas", "audio", "video"}
    | {"button", "select", "option", "input", "textarea", "datalist"}
)
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"}
    | {
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        *_HEADINGS,
    }
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search"))
_MARGINS = frozenset(("header", "footer"))
"""What a word processor calls the running heads of a document that it saves as a page."""

_SAID = {"articletitle": "title", "pubdate": "date", "contentsource": "issuer", "url": "url"}
"""The names that the State Council's office asks government sites for (政府网站发展指引, 2017, annex 3) → fields."""

_USABLE = {
    "title": re.compile(r"."),
    "date": re.compile(DATE),
    "issuer": re.compile(rf"{ORGAN}$", re.VERBOSE),
    "url": re.compile(r"https?://[^\s\"<>]+$"),
}
_SITE = re.compile(r"\s*(?:[_|｜]|\s[-—–]\s|[-—–]+(?=[^-—–]*(?:政府|网站|网|平台|委员会|局|厅)$)).*$", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """What a page shows and says: its text, its headings in it, its metadata."""

    text: str
    marks: tuple[HeadingMark, ...]
    said: dict[str, str]
    warnings: tuple[Warned, ...]


def page(data: bytes, where: str) -> Page:
    """The page in `data`; SourceError, naming `where`, if it is no page, shows nothing, or is too large or too deep."""
    decoded = decode(data, where, _declared(data), MAX_SOURCE)
    if decoded.text.count("<") > MAX_ELEMENTS:
        raise SourceError(f"{where}: has too many elements (the limit is {MAX_ELEMENTS:,})")
    root = _tree(decoded.text, where)
    writer = Writer()
    write(root, writer, where)
    return Page(checked(writer.text, where), writer.headings(), _said(root), decoded.warnings)


def write(root: html.HtmlElement, writer: Writer, where: str) -> None:
    """Writes what an element shows, its own tail left out."""
    stack = [(root, 1, False)]
    while stack:
        element, depth, closing = stack.pop()
        if depth > MAX_DEPTH:
            raise SourceError(f"{where}: is nested too deeply (the limit is {MAX_DEPTH:,})")
        if closing:
            _close(element, writer)
        elif _shown(element) and not (element.tag == "table" and is_data(element)):
            _open(element, writer)
            stack.append((element, depth, True))
            stack.extend((child, depth + 1, False) for child in reversed(element))
            continue
        elif _shown(element):
            _table(element, writer, where)
        if element is not root:
            writer.write(element.tail or "")


def _open(element: html.HtmlElement, writer: Writer) -> None:
    tag = element.tag
    if tag in _BLOCKS or tag == "br":
        writer.end_line()
    if tag in _HEADINGS:
        writer.open_heading(_HEADINGS[tag])
    writer.write(element.text or "", tag == "pre")


def _close(element: html.HtmlElement, writer: Writer) -> None:
    if element.tag in _HEADINGS:
        writer.close_heading()
    if element.tag in _BLOCKS:
        writer.end_line()


def _table(table: html.HtmlElement, writer: Writer, where: str) -> None:
    for row in rows(table, lambda cell: _cell(cell, where)):
        writer.end_line()
        writer.write(row, as_is=True)
    writer.end_line()


def _cell(cell: html.HtmlElement, where: str) -> str:
    """A cell's text in one line."""
    writer = Writer(one_line=True)
    write(cell, writer, where)
    return writer.text


def _shown(element: html.HtmlElement) -> bool:
    """Whether a person sees the element, and as part of what the page is about."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return False
    if "hidden" in element.attrib or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
        return False
    if _HIDING.search(element.get("style") or "") or (element.tag == "div" and element.get("title") in _MARGINS):
        return False
    return element.tag not in ("header", "footer") or _own(element)


def _own(element: html.HtmlElement) -> bool:
    """Whether a header or footer is the article's own and not the site's."""
    return element.find(".//h1") is not None or any(
        above.tag in ("article", "main") for above in element.iterancestors()
    )


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, 4096)
    return (found[1] or found[2]).decode("ascii", errors="replace") if found else None


def _tree(text: str, where: str) -> html.HtmlElement:
    """The page's elements. `huge_tree` lifts limits at which the parser would cut the page off without a word."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError as error:
        raise SourceError(f"{where}: is no page ({error})") from error


def _said(root: html.HtmlElement) -> dict[str, str]:
    """What the page's head says of it, by field."""
    metas = [
        (_SAID.get((meta.get("name") or "").strip().lower(), ""), (meta.get("content") or "").strip())
        for meta in root.iter("meta")
    ]
    said = {field: text for field, text in metas if field and text and _USABLE[field].match(text)}
    title = root.find(".//title")
    if "title" not in said and title is not None and (title.text or "").strip():
        said["title"] = _SITE.sub("", (title.text or "").strip()[:300])
    return said
