"""Word and Markdown files become sources, and nothing of them is lost."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from yinfa.importing.convert import LossFault, import_file
from yinfa.load import load
from yinfa.model import Document, Figure, Paragraph, Section, Table
from yinfa.report import SourceFault
from yinfa.validate import validate

DATA = Path(__file__).parent / "data" / "import"


def png(width: int = 20, height: int = 10) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports a Word document and gives ours, with its remarks in ``remarks``."""

    def call(word: Any) -> Document:
        path = tmp_path / "来文.docx"
        word.save(str(path))
        result = import_file(path, tmp_path / "out" / "成果.yaml")
        call.remarks = [remark.message for remark in result.remarks]  # type: ignore[attr-defined]
        call.losses = [loss.told(result.unit) for loss in result.losses]  # type: ignore[attr-defined]
        return validate(load(result.path))

    return call


def tracked(kind: str, words: str) -> Any:
    tag = "delText" if kind == "del" else "t"
    return parse_xml(
        f'<w:{kind} {nsdecls("w")} w:id="1" w:author="甲"><w:r><w:{tag}>{words}</w:{tag}></w:r>'
        f"</w:{kind}>"
    )


def test_headings_by_style_become_sections(imported: Any) -> None:
    word = docx.Document()
    word.add_heading("排版工作总结", 0)
    word.add_paragraph("甲。")
    word.add_heading("主要做法", 1)
    word.add_heading("先查后排", 2)
    word.add_paragraph("乙。")
    word.add_heading("存在问题", 1)
    word.add_paragraph("丙。")
    document = imported(word)
    assert str(document.title) == "排版工作总结"
    opening, first, second = document.body
    assert isinstance(opening, Paragraph) and isinstance(first, Section)
    assert str(first.body[0].title) == "先查后排"
    assert str(second.title) == "存在问题"
    assert any("标题原来没有序号" in message for message in imported.remarks)


def test_the_only_first_heading_is_the_title(imported: Any) -> None:
    word = docx.Document()
    word.add_heading("排版方案", 1)
    word.add_paragraph("甲。")
    word.add_heading("乙", 2)
    word.add_paragraph("丙。")
    document = imported(word)
    assert (str(document.title), str(document.body[1].title)) == ("排版方案", "乙")


NUMBERING = (
    '<w:abstractNum {ns} w:abstractNumId="77">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
)


def numbered(word: Any, text: str, level: int) -> None:
    paragraph = word.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        )
    )


def test_numbers_that_word_makes_are_levels(imported: Any) -> None:
    word = docx.Document()
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    word.add_paragraph("排版方案")
    word.add_paragraph()
    for text, level in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0), ("戊", 1)):
        numbered(word, text, level)
    document = imported(word)
    first, second = document.body
    assert [str(node.title) for node in first.body] == ["乙", "丙"]
    assert [str(node.title) for node in second.body] == ["戊"]
    assert imported.remarks == []


def test_tables_with_merged_cells(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("排版方案")
    word.add_paragraph("甲。")
    word.add_paragraph("情况一览表")
    table = word.add_table(3, 2)
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}格"
    table.cell(1, 1).text = ""
    table.cell(1, 0).merge(table.cell(1, 1))
    document = imported(word)
    found = document.body[1]
    assert isinstance(found, Table)
    assert str(found.caption) == "情况一览表"
    assert [[str(cell) for cell in row] for row in found.rows] == [["10格", ""], ["20格", "21格"]]
    merge = found.merged[0]
    assert (merge.row, merge.column) == (1, 0)


def test_a_table_of_one_row_lays_text_out(imported: Any) -> None:
    word = docx.Document()
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "×××〔2012〕1号"
    table.cell(0, 1).text = "签发人：×××"
    for text in ("关于甲的请示", "×××：", "乙。", "×××局", "2012年7月1日"):
        word.add_paragraph(text)
    document = imported(word)
    assert str(document.letterhead.number) == "×××〔2012〕1号"
    assert [str(name) for name in document.letterhead.signatories] == ["×××"]


def test_changes_are_accepted(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("说明")
    paragraph = word.add_paragraph("甲")
    paragraph._p.append(tracked("del", "乙"))
    paragraph._p.append(tracked("ins", "丙。"))
    word.add_paragraph("丁。")
    assert str(imported(word).body[0].text) == "甲丙。"


def test_headers_and_footers_are_left_out(imported: Any) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "页眉"
    word.add_paragraph("说明")
    word.add_paragraph("甲。")
    document = imported(word)
    assert [str(node.text) for node in document.body] == ["甲。"]
    assert imported.losses == ["页眉页脚1处，没有收入，页码由程序编排：“页眉”"]


def test_a_picture_stands_beside_the_source(imported: Any, tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲。")
    word.add_picture(io.BytesIO(png()))
    word.add_paragraph("图1 乙")
    figure = imported(word).body[1]
    assert isinstance(figure, Figure)
    assert str(figure.caption) == "图1 乙"
    assert (tmp_path / "out" / "成果-图" / "图1.png").read_bytes() == png()
    assert any("替代文字" in message for message in imported.remarks)


def test_text_boxes_and_what_is_there_twice(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲。")
    box = "<w:txbxContent><w:p><w:r><w:t>乙。</w:t></w:r></w:p></w:txbxContent>"
    word.paragraphs[1]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} "
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert [str(node.text) for node in imported(word).body] == ["甲。", "乙。"]


def test_footnotes_follow_their_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "来文.docx"
    space = nsdecls("w")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body><w:p><w:r><w:t>说明</w:t></w:r></w:p><w:p><w:r>"
            '<w:t>甲</w:t><w:footnoteReference w:id="2"/><w:t>。</w:t></w:r></w:p></w:body>'
            "</w:document>",
        )
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:t>乙。</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        )
    document = validate(load(import_file(path).path))
    assert str(document.body[0].text) == "甲[注1]。"
    assert [str(note) for note in document.body[0].notes] == ["乙。"]


def test_signature_and_date_at_the_right(imported: Any) -> None:
    word = docx.Document()
    for text in ("关于甲的通知", "各科室：", "乙。"):
        word.add_paragraph(text)
    for text in ("×××局", "2012年7月1日"):
        word.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document = imported(word)
    assert [str(name) for name in document.signature.issuers] == ["×××局"]
    assert str(document.addressees[0]) == "各科室"


def test_a_reader_that_drops_a_word_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinfa.importing import word as reader

    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲乙。")
    word.save(str(tmp_path / "来文.docx"))
    read = reader._Reader._paragraph

    def dropping(self: Any, paragraph: Any) -> Any:
        for line in read(self, paragraph):
            yield reader.replace(line, text=line.text.replace("乙", ""))

    monkeypatch.setattr(reader._Reader, "_paragraph", dropping)
    with pytest.raises(LossFault):
        import_file(tmp_path / "来文.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["来文.docx"]


# --- what is refused ---------------------------------------------------------------------------


def packed(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


DOCUMENT = (
    f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>说明</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>甲。</w:t></w:r></w:p></w:body></w:document>"
).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed(word__document_xml=DOCUMENT)[:-40], "损坏"),
        (b"PK\x03\x04" + b"\0" * 200, "损坏"),
        (packed(word__document_xml=DOCUMENT[:-20]), "损坏"),
        (packed(word__document_xml=b" " * 90_000_000), "大得出奇"),
        (packed(word__document_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "实体"),
        (packed(xl__workbook_xml=b"<a/>"), "Excel"),
        (packed(other=b"x"), "压缩文件"),
        (packed(word__document_xml=b"<a/>"), "没有文字"),
    ],
)
def test_bad_packages_are_refused(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "来文.docx"
    path.write_bytes(data)
    with pytest.raises(SourceFault, match=said):
        import_file(path)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_linked_outside_is_never_fetched(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("说明")
    paragraph = word.add_paragraph("甲。")
    relation = word.part.relate_to(
        "http://127.0.0.1:9/a.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w", "a", "r")}><w:drawing><a:blip r:link="{relation}"/></w:drawing>'
            "</w:r>"
        )
    )
    assert len(imported(word).body) == 1
    assert any("链接在外面" in message for message in imported.remarks)


# --- Markdown ----------------------------------------------------------------------------------


def test_markdown(tmp_path: Path) -> None:
    result = import_file(DATA / "方案.md", tmp_path / "方案.yaml")
    document = validate(load(result.path))
    assert document.genre == "方案"
    opening, content, days = document.body
    assert str(opening.text) == "为提高排版质量，决定举办排版竞赛，具体安排如下。"
    assert [str(node.title) for node in content.body] == ["版面", "文字"]
    assert str(content.body[0].body[1].title) == "行数与字数 <每面22行>"
    assert str(content.body[1].body[1].text) == "数字，见说明(https://example.invalid/a_b)"
    table = days.body[0]
    assert [str(cell) for cell in table.rows[0]] == ["8月1日", "初赛"]


@pytest.mark.parametrize(
    "words",
    ["[甲]: http://example.invalid '乙'\n\n丙。", "***\n甲。", "```sh\n甲 | 乙\n```", "甲\\\n乙。",
     "<b>甲</b>&amp;乙。", "- [ ] 甲\n- 乙", "1) 甲\n2) 乙", "> 甲\n>> 乙。", "![甲](无.png)"],
)  # fmt: skip
def test_any_markdown_keeps_its_words(words: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_text(f"# 说明\n\n{words}\n", "utf-8")
    assert import_file(path).path.is_file()
