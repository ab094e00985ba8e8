"""Word files as a practised clerk makes them: the settings that circulate for GB/T 9704.

16 pt on fixed lines of 28.95 pt, margins of 37, 35, 28 and 26 mm, page numbers in odd and even
footers, the letterhead by blank lines and a paragraph's border.
"""

from __future__ import annotations

import re

from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING as SPACING
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
BIAOSONG, SONGTI = "方正小标宋简体", "宋体"
FIRST = re.compile(r"[一二三四五六七八九十]+、")
SECOND = re.compile(r"（[一二三四五六七八九十]+）[^。]*。?")


def _blank() -> Document:
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _folio(section.footer.paragraphs[0], ALIGN.RIGHT)
    _folio(section.even_page_footer.paragraphs[0], ALIGN.LEFT)
    return document


def _folio(paragraph: Paragraph, align: ALIGN) -> None:
    paragraph.alignment = align
    _characters(paragraph, "rightChars" if align is ALIGN.RIGHT else "leftChars", 100)
    _run(paragraph, "— ", SONGTI, 14, latin=SONGTI)
    field = _run(paragraph, "", SONGTI, 14, latin=SONGTI)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        field._r.append(element)
    _run(paragraph, " —", SONGTI, 14, latin=SONGTI)


def _run(
    paragraph: Paragraph, text: str, face: str, size: float = 16, latin: str = "Times New Roman"
):  # type: ignore[no-untyped-def]
    run = paragraph.add_run(text)
    run.font.name, run.font.size = latin, Pt(size)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    # The quotes and the dash are Chinese marks here, not Latin ones.
    fonts.set(qn("w:hint"), "eastAsia")
    return run


def _paragraph(
    document: Document, align: ALIGN = ALIGN.JUSTIFY, first: int = 200, line: float = 28.95
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = SPACING.EXACTLY, Pt(line)
    form.widow_control = False
    if first:
        _characters(paragraph, "firstLineChars", first)
    return paragraph


def _characters(paragraph: Paragraph, key: str, hundredths: int) -> None:
    """An indent in characters, which Word counts in hundredths, and the same in twips."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{key}"), str(hundredths))
    indent.set(qn(f"w:{key.removesuffix('Chars')}"), str(hundredths * 320 // 100))


def _written(document: Document, text: str) -> None:
    """A paragraph of the text; the sentence of a heading has the face of its level."""
    paragraph = _paragraph(document)
    if FIRST.match(text):
        _run(paragraph, text, HEITI)
        return
    match = SECOND.match(text)
    head = match.group() if match else ""
    if head:
        _run(paragraph, head, KAITI)
    _run(paragraph, text[len(head) :], FANGSONG)


def attachment(paragraphs: list[str]) -> Document:
    """The report of the real text, as an attachment."""
    document = _blank()
    _run(_paragraph(document, first=0), "附件2", HEITI)
    _paragraph(document)
    _run(_paragraph(document, ALIGN.CENTER, 0), "2009年常州教育党建工作总结", BIAOSONG, 22)
    _paragraph(document)
    for text in paragraphs:
        _written(document, text)
    return document


TEXT = (
    "公文的版面由版头、主体和版记三部分组成。公文首页红色分隔线以上的部分为版头；公文首页红色分隔线"
    "以下、末页首条分隔线以上的部分为主体；末页首条分隔线以下、末条分隔线以上的部分为版记。现将有关"
    "问题通知如下。",
    "一、版心",
    "（一）尺寸。版心尺寸为156毫米×225毫米，天头（上白边）为37毫米，订口（左白边）为28毫米。每面排22"
    "行，每行排28个字，并撑满版心。",
    "（二）字体和字号。如无特殊说明，公文格式各要素一般用3号仿宋体字。特定情况可以作适当调整。",
    "二、正文层次",
    "文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注；一般第一层用黑体字、第二层用楷体字、第三"
    "层和第四层用仿宋体字标注。",
    "特此通知。",
)


def notice() -> Document:
    """A notice with all that a letterhead and an imprint may have, on two sides."""
    document = _blank()
    _run(_paragraph(document, first=0), "000012", FANGSONG, latin=FANGSONG)
    for text in ("机密★1年", "特急"):
        _run(_paragraph(document, first=0), text, HEITI, latin=HEITI)
    mark = _paragraph(document, ALIGN.CENTER, 0, 50)
    mark.paragraph_format.space_before = Pt(14)
    _run(mark, "×××市×××局文件", BIAOSONG, 42, BIAOSONG).font.color.rgb = RGBColor(255, 0, 0)
    for _ in range(2):
        _paragraph(document)
    number = _paragraph(document, ALIGN.CENTER, 0)
    _run(number, "×××〔2012〕10号", FANGSONG, latin=FANGSONG)
    _edge(number, "bottom", 8, "FF0000", 4)
    for _ in range(2):
        _paragraph(document)
    for text in ("×××市×××局关于公文版面", "若干问题的通知"):
        _run(_paragraph(document, ALIGN.CENTER, 0), text, BIAOSONG, 22, BIAOSONG)
    _paragraph(document)
    _run(
        _paragraph(document, first=0),
        "各辖市、区×××局，局机关各处室，局属各单位：",
        FANGSONG,
        latin=FANGSONG,
    )
    for text in TEXT:
        _written(document, text)
    _paragraph(document)
    _run(_paragraph(document), "附件：1.公文首页版式示例", FANGSONG)
    listed = _paragraph(document, first=0)
    _characters(listed, "leftChars", 500)
    _run(listed, "2.公文末页版式示例", FANGSONG)
    _paragraph(document)
    for text in ("×××市×××局", "2012年7月1日"):
        signed = _paragraph(document, ALIGN.RIGHT, 0)
        _characters(signed, "rightChars", 400)
        _run(signed, text, FANGSONG)
    _run(_paragraph(document), "（此件公开发布）", FANGSONG)
    for _ in range(3):
        _paragraph(document)
    copied = _paragraph(document, first=0)
    _run(copied, "抄送：×××市人民政府办公室，×××市档案局。", FANGSONG, 14, FANGSONG)
    _edge(copied, "top", 8)
    printed = _paragraph(document, first=0)
    printed.paragraph_format.tab_stops.add_tab_stop(Mm(150), TAB.RIGHT)
    _run(printed, "×××市×××局办公室\t2012年7月2日印发", FANGSONG, 14, FANGSONG)
    _edge(printed, "top", 6)
    _edge(printed, "bottom", 8)
    for paragraph in (copied, printed):
        _characters(paragraph, "leftChars", 100)
        _characters(paragraph, "rightChars", 100)
    return document


def _edge(
    paragraph: Paragraph, side: str, eighths: int, colour: str = "auto", space: int = 1
) -> None:
    """A border of a paragraph; its thickness in eighths of a point, its distance in points."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
    edge = OxmlElement(f"w:{side}")
    for key, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        edge.set(qn(f"w:{key}"), str(value))
    borders.append(edge)
