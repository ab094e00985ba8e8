"""The finished PDF beside its text: metadata, bookmarks, page labels, size, extraction."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pypdfium2
import pytest
from archive import NOTICE, made, notice, reader, written

from yinfa.load import load
from yinfa.recipe import Publication
from yinfa.report import SourceFault
from yinfa.validate import validate

# Typst 0.15.2 makes 474 078 bytes of the same text and faces (bench/typst_side.py).
TYPST_BYTES = 474_078
PLAIN = "文种: 附件\n附件序号: 2\n标题: 名单\n正文: [一段。]\n"
ORIGINAL = Path(__file__).parent / "data" / "attachment-2.txt"
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "official": "urn:yinfa:official-document:1.0/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}


def packet(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(catalogue(content)["/Metadata"].get_data().decode())


def catalogue(content: bytes) -> Any:
    return reader(content).trailer["/Root"]


def said(root: ElementTree.Element, name: str) -> str | None:
    found = root.find(f".//{name}", NAMESPACES)
    return None if found is None else "".join(found.itertext())


# --- metadata --------------------------------------------------------------------------------


def test_info_and_xmp_say_the_same() -> None:
    info, root = reader(notice()).metadata, packet(notice())
    assert info is not None
    for key, names, text in (
        ("/Title", ("dc:title",), "关于做好GDP核算工作的通知"),
        ("/Author", ("dc:creator",), "常州市教育局"),
        ("/Keywords", ("pdf:Keywords",), "教育, 核算"),
        ("/DocumentNumber", ("dc:identifier", "official:number"), "常教〔2009〕12号"),
        ("/Urgency", ("official:urgency",), "特急"),
    ):
        assert info[key] == text
        assert [said(root, name) for name in names] == [text] * len(names)
    assert info["/CreationDate"] == info["/ModDate"] == "D:20091225"
    assert said(root, "xmp:CreateDate") == said(root, "xmp:ModifyDate") == "2009-12-25"
    assert info["/Producer"] == said(root, "pdf:Producer")
    assert re.fullmatch(r"WeasyPrint [\d.]+, pypdf [\d.]+", str(info["/Producer"]))
    assert info["/Creator"] == said(root, "xmp:CreatorTool")
    assert str(info["/Creator"]).startswith("yinfa")


def test_nothing_is_said_of_what_the_document_does_not_say(tmp_path: Path) -> None:
    content = made(written(tmp_path, PLAIN)).content
    info, root = reader(content).metadata, packet(content)
    assert info is not None
    assert set(info) == {"/Title", "/Creator", "/Producer"}
    assert info["/Title"] == "附件2 名单"
    assert said(root, "xmp:CreateDate") is None
    assert "党政机关公文" not in catalogue(content)["/Metadata"].get_data().decode()


def test_every_property_of_our_own_is_declared() -> None:
    root = packet(notice())
    used = {tag.tag for tag in root.iter() if tag.tag.startswith("{urn:yinfa")}
    declared = set()
    for schema in root.iterfind(".//pdfaSchema:namespaceURI/..", NAMESPACES):
        namespace = said(schema, "pdfaSchema:namespaceURI")
        for name in schema.iterfind(".//pdfaProperty:name", NAMESPACES):
            declared.add(f"{{{namespace}}}{name.text}")
    assert used == {f"{{{NAMESPACES['official']}}}{name}" for name in ("number", "urgency")}
    assert used | {f"{{{NAMESPACES['pdfuaid']}}}part"} <= declared


def test_markup_in_a_title_stays_text(tmp_path: Path) -> None:
    content = made(written(tmp_path, PLAIN.replace("名单", "<甲>&“乙”"))).content
    assert said(packet(content), "dc:title") == "附件2 <甲>&“乙”"


def test_the_file_says_by_which_standards_it_keeps_and_in_what_language() -> None:
    text = catalogue(notice())["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3" pdfaid:conformance="A"' in text
    assert 'pdfuaid:part="1"' in text
    assert notice().startswith(b"%PDF-1.7")
    assert catalogue(notice())["/Lang"] == "zh-CN"


# --- what a viewer offers --------------------------------------------------------------------


def bookmarks(items: Any, pdf: Any, level: int = 1) -> list[tuple[int, str, int]]:
    found: list[tuple[int, str, int]] = []
    for item in items:
        if isinstance(item, list):
            found += bookmarks(item, pdf, level + 1)
        else:
            found.append((level, item.title, pdf.get_destination_page_number(item) + 1))
    return found


def test_bookmarks_are_the_headings_and_the_labelled_attachments() -> None:
    pdf = reader(notice())
    assert bookmarks(pdf.outline, pdf) == [
        (1, "关于做好GDP核算工作的通知", 1),
        (2, "一、总体要求", 1),
        (3, "（一）提高认识。", 1),
        (3, "（二）明确任务。", 3),
        (1, "附件1 名单", 6),
        (1, "附件2 办法", 7),
    ]


def test_pages_are_labelled_by_the_numbers_in_print(tmp_path: Path) -> None:
    assert reader(notice()).page_labels == [str(number) for number in range(1, 9)]
    content = made(written(tmp_path, PLAIN + "起始页码: 17\n")).content
    assert reader(content).page_labels == ["17"]


def test_a_viewer_shows_the_title_and_prints_at_true_size() -> None:
    preferences = catalogue(notice())["/ViewerPreferences"]
    assert preferences["/DisplayDocTitle"].value is True
    assert preferences["/PrintScaling"] == "/None"
    assert catalogue(notice())["/PageMode"] == "/UseOutlines"


# --- size and text ---------------------------------------------------------------------------


def test_the_real_document_with_its_source_is_hardly_larger_than_typst_makes_it(
    report: Publication,
) -> None:
    content = report.product.read_bytes()
    assert catalogue(content)["/AF"]
    assert len(content) <= 1.1 * TYPST_BYTES


def test_faces_are_embedded_once_and_as_outlines_alone(report: Publication) -> None:
    pdf = reader(report.product.read_bytes())
    faces: dict[str, set[int]] = {}
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            name = font.get_object()["/BaseFont"].partition("+")[2]
            key = "/FontFile3"
            if name == "Yinfa-Kaiti":  # has no CFF outlines
                key = "/FontFile2"
            else:
                assert descriptor[key]["/Subtype"] == "/CIDFontType0C"
            faces.setdefault(name, set()).add(descriptor.raw_get(key).idnum)
    assert len(faces) == 8  # 小标宋, 黑体, 仿宋 with their signs, 楷体, 宋体 of the folios
    assert all(len(files) == 1 for files in faces.values())


def letters(text: str) -> str:
    """*text* without white space, folios and the half of it that is spacing."""
    return re.sub(r"\s|—\d+—", "", unicodedata.normalize("NFC", text))


def source_text() -> str:
    written = ORIGINAL.read_text("utf-8")
    return letters(written.replace("附件2：", "附件2"))


def test_pdfium_copies_the_text_of_the_source(report: Publication) -> None:
    with pypdfium2.PdfDocument(report.product) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert letters(re.sub(r"— *\d+ *—", "", text)) == source_text()


def test_pdfplumber_copies_the_text_of_the_source(report: Publication) -> None:
    with pdfplumber.open(report.product) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert letters(re.sub(r"— *\d+ *—", "", text)) == source_text()


def test_rare_and_borrowed_characters_are_copied_as_they_are(tmp_path: Path) -> None:
    rare = "〇堃喆镕昇珺玥翀旻晞赟㎡①〔〕—…·"
    content = made(written(tmp_path, PLAIN.replace("一段。", rare))).content
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert letters(rare) in letters(pdf.pages[0].extract_text())


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (NOTICE.replace("    替代文字: 从受理到办结的五个步骤\n", ""), "替代文字"),
        (NOTICE.replace("替代文字: 从受理到办结的五个步骤", "替代文字: ''"), "替代文字"),
        (NOTICE.replace("关于做好GDP核算工作的通知", "''"), "标题"),
        (NOTICE.replace("图: 图.png", "图: 没有.png"), "找不到文件"),
        (NOTICE.replace("[教育, 核算]", '["教\\x07育"]'), "控制字符"),
    ],
    ids=["no alternative", "empty alternative", "empty title", "no picture", "control character"],
)
def test_what_an_archive_cannot_take_is_told_before_anything_is_built(
    tmp_path: Path, wrong: str, told: str
) -> None:
    with pytest.raises(SourceFault, match=told):
        validate(load(written(tmp_path, wrong)))
