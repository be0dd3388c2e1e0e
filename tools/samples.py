"""Makes the documents in `tests/cases/reading/made/` with the tools that offices write with: python-docx and LibreOffice.

Run by hand where they must be made anew (`soffice` and a Chinese font must be there); what it makes is committed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "tests" / "cases" / "reading" / "made"
FONT = "Noto Serif CJK SC"
LEVELS = (
    ("chineseCountingThousand", "%1、", "nothing"),
    ("chineseCounting", "（%2）", "nothing"),
    ("decimal", "%3.", "tab"),
)
"""The numerals of the measures' headings and list, level by level: how they count, what they show, what comes after."""


def main() -> None:
    """Makes all of them."""
    MADE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plan, measures = Path(folder, "plan.docx"), Path(folder, "measures.docx")
        _plan(next((ROOT / "data" / "sources").glob("*.txt")).read_text(encoding="utf-8")).save(str(plan))
        _measures(tracked=True).save(str(MADE / "measures.docx"))
        _measures(tracked=False).save(str(measures))  # a pdf would show what was deleted, struck out
        for source, kinds in ((plan, ("docx:MS Word 2007 XML", "pdf", "html")), (measures, ("pdf",))):
            for kind in kinds:
                _converted(source, kind)
        for name, password in (("restricted", "PermissionPassword"), ("locked", "DocumentOpenPassword")):
            notice = Path(folder, f"{name}.docx")
            _notice().save(str(notice))
            _converted(notice, f"pdf:writer_pdf_Export:{_protected(password)}")
    _flattened(MADE / "plan.html")


def _converted(source: Path, kind: str) -> None:
    """Saves a document as another kind, as LibreOffice does."""
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(MADE), str(source)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode or not (MADE / f"{source.stem}.{kind.partition(':')[0]}").exists():
        sys.exit(f"soffice could not save {source.name} as {kind}: {done.stderr.strip()}")


def _protected(password: str) -> str:
    """Options of LibreOffice that protect a pdf against changes, or against being opened at all."""
    protects = "RestrictPermissions" if password == "PermissionPassword" else "EncryptFile"  # noqa: S105  an option's name
    options = {protects: {"type": "boolean", "value": "true"}, password: {"type": "string", "value": "secret"}}
    return json.dumps(options)


def _flattened(page: Path) -> None:
    """A page as committed: without white space at the ends of lines."""
    lines = page.read_text(encoding="utf-8").splitlines()
    page.write_text("\n".join(line.rstrip() for line in lines) + "\n", encoding="utf-8")


def _add(parent: etree._Element, child: etree._Element) -> None:
    """Adds to a document what python-docx has no words for."""
    parent.append(child)


def _empty(heading: str) -> Document:
    """A document as offices set them: a page number below, a running head above, a Chinese font."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.header.paragraphs[0].text = heading
    _page_number(section.footer.paragraphs[0])
    return document


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        part = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            part.text = kind
        else:
            part.set(qn("w:fldCharType"), kind)
        _add(run.element, part)
    paragraph.add_run(" —")


def _plan(text: str) -> Document:
    """The plan, a paragraph a line, the first line of each indented."""
    document = _empty("政策文件汇编")
    for line in filter(str.strip, text.splitlines()):
        document.add_paragraph(line).paragraph_format.first_line_indent = Pt(28)
    return document


# ----------------------------------------------------------------- measures

TASKS = (
    ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
    ("1", "建设民营企业服务中心", "区发改委", "区工信局、区财政局", "2025年6月"),
    ("2", "开展助企纾困专项行动", "", "区税务局", "每年12月"),
    ("3", "组织银企对接会", "区金融服务中心", "各街道", "每季度"),
)


def _notice() -> Document:
    """A notice without running head, each of whose paragraphs begins at the margin."""
    document = docx.Document()
    for text in ("青山区科技创新奖励通知", "各街道：", "一、对首次认定的高新技术企业，给予20万元奖励。"):
        document.add_paragraph(text)
    return document


def _measures(*, tracked: bool) -> Document:
    """Measures with real heading styles, numbered by Word itself, and all that moves text about."""
    document = _empty("青山区人民政府办公室文件")
    document.core_properties.title = "Word 模板"
    number = _numbering(document)
    _title(document, "青山区支持民营经济发展若干措施")
    document.add_paragraph("　　为支持民营经济发展，结合我区实际，制定本措施。")
    _heading(document, "加大财政支持", 1)
    _heading(document, "支持企业创新", 2)
    _listed(document, number, "对首次认定的高新技术企业，一次性给予20万元奖励。（责任单位：区科技局）")
    changed = _listed(document, number, "对新认定的专精特新企业，给予" + ("" if tracked else "30"))
    if tracked:
        _changed(changed, "30", "10")
    changed.add_run("万元奖励。（责任单位：区工信局）")
    _heading(document, "降低融资成本", 2)
    _noted(document.add_paragraph("对小微企业贷款给予贴息"), "，最高不超过50万元。")
    _heading(document, "优化营商环境", 1)
    _heading(document, "明确任务分工", 2)
    document.add_paragraph("任务分工如下：")
    _tasks(document)
    _heading(document, "发展目标", 2)
    goals = document.add_paragraph("到2027年，民营企业总数达到2万家；")
    goals.add_run().add_break()
    goals.add_run("到2030年，民营企业总数突破3万家。")
    _boxed(document.add_paragraph("本措施自印发之日起施行。"), "咨询电话：12345")
    return document


def _title(document: Document, text: str) -> None:
    document.add_paragraph(text, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER


def _heading(document: Document, text: str, depth: int) -> None:
    document.add_paragraph(text, style=f"Heading {depth}")


def _listed(document: Document, number: str, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    _add(
        paragraph.paragraph_format.element.get_or_add_pPr(),
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="2"/><w:numId w:val="{number}"/></w:numPr>'),
    )
    return paragraph


def _numbering(document: Document) -> str:
    """A list of three levels, the upper two belonging to the styles of headings; gives its number."""
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{way}"/>'
        + (f'<w:pStyle w:val="Heading{place + 1}"/>' if place < 2 else "")
        + f'<w:suff w:val="{after}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for place, (way, text, after) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for depth in (1, 2):
        level = f'<w:ilvl w:val="{depth - 1}"/>' if depth > 1 else ""
        properties = document.styles[f"Heading {depth}"].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="90"/></w:numPr>'))
    return "90"


def _changed(paragraph: Paragraph, new: str, old: str) -> None:
    """A change that is tracked: `old` deleted, `new` inserted."""
    by = 'w:id="1" w:author="办公室" w:date="2024-01-01T00:00:00Z"'
    for name, text, tag in (("del", old, "delText"), ("ins", new, "t")):
        change = f"<w:{name} {nsdecls('w')} {by}><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{name}>"
        _add(paragraph.paragraph_format.element, parse_xml(change))


def _noted(paragraph: Paragraph, rest: str) -> None:
    """A tab in a paragraph, and a number that is hidden text."""
    paragraph.add_run("\t")
    paragraph.add_run("（年利率1%）").font.hidden = True
    paragraph.add_run(rest)


def _boxed(paragraph: Paragraph, text: str) -> None:
    """A text box as older Word draws it."""
    _add(
        paragraph.add_run().element,
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:40pt">'
            f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        ),
    )


def _tasks(document: Document) -> None:
    """The table of tasks; the unit that leads two of them stands in a cell over both."""
    table = document.add_table(rows=0, cols=len(TASKS[0]), style="Table Grid")
    for row in TASKS:
        _filled(table.add_row().cells, row)
    table.cell(1, 2).merge(table.cell(2, 2))


def _filled(cells: Sequence[object], row: Sequence[str]) -> None:
    for cell, text in zip(cells, row, strict=True):
        cell.paragraphs[0].text = text  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
