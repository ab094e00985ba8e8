"""Any Word file of looks, numbers, fields and tables is imported as it is shown, or refused."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from yinfa.exporting.convert import export_file
from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.report import Fault
from yinfa.validate import validate

NAME = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LOOKS = (
    "", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', '<w:em w:val="dot"/>', "<w:strike/>",
    "<w:vanish/>", "<w:caps/>", '<w:vertAlign w:val="superscript"/>',
    '<w:vertAlign w:val="subscript"/>', '<w:color w:val="FF0000"/>', '<w:rStyle w:val="划掉"/>',
    '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>', '<w:b w:val="0"/>',
)  # fmt: skip
WORDS = (
    "甲", "乙。", "一、", "（一）", "1.", "第一条 ", "关于甲的通知", "各科室：", "2024年3月5日",
    "××市教育局", " ", "    ", "ab", "R", "2", "6", "[注1]", "[粗：丙]", "[[", "附件", "：", "，",
)  # fmt: skip
INNER = (
    "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>",
    '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "<w:r><w:ruby><w:rt><w:r><w:t>y</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>毓</w:t></w:r>"
    "</w:rubyBase></w:ruby></w:r>",
    '<w:ins w:id="1"><w:r><w:t>增</w:t></w:r></w:ins>',
    '<w:del w:id="1"><w:r><w:delText>减</w:delText></w:r></w:del>',
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击</w:t></w:r>"
    "</w:sdtContent></w:sdt>",
)  # fmt: skip
PROPERTIES = (
    "", '<w:jc w:val="center"/>', '<w:pStyle w:val="一"/>', '<w:outlineLvl w:val="0"/>',
    *(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>' for level in (0, 1)),
)  # fmt: skip
STYLES = (
    f"<w:styles {NAME}>"
    '<w:style w:type="character" w:styleId="划掉"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="一"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
    '<w:numId w:val="5"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)
KINDS = ("chineseCounting", "upperLetter", "lowerRoman", "decimal", "bullet")

run = st.tuples(st.sampled_from(WORDS), st.sampled_from(LOOKS)).map(
    lambda one: f'<w:r><w:rPr>{one[1]}</w:rPr><w:t xml:space="preserve">{one[0]}</w:t></w:r>'
)
paragraph = st.tuples(
    st.sampled_from(PROPERTIES), st.lists(run | st.sampled_from(INNER), max_size=5)
).map(lambda one: f"<w:p><w:pPr>{one[0]}</w:pPr>{''.join(one[1])}</w:p>")
cell = st.tuples(
    st.sampled_from(("", '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>")),
    paragraph,
).map(lambda one: f"<w:tc><w:tcPr>{one[0]}</w:tcPr>{one[1]}</w:tc>")
row = st.tuples(
    st.sampled_from(("", "<w:del/>", "<w:tblHeader/>")), st.lists(cell, min_size=1, max_size=3)
).map(lambda one: f"<w:tr><w:trPr>{one[0]}</w:trPr>{''.join(one[1])}</w:tr>")
table = st.lists(row, min_size=1, max_size=4).map(lambda rows: f"<w:tbl>{''.join(rows)}</w:tbl>")


def write(path: Path, body: str, kind: str) -> None:
    levels = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="3"/>'
        '<w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "word/document.xml", f"<w:document {NAME}><w:body>{body}</w:body></w:document>"
        )
        package.writestr("word/styles.xml", STYLES)
        package.writestr(
            "word/numbering.xml",
            f'<w:numbering {NAME}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
            '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        )


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(paragraph | table, min_size=1, max_size=8), st.sampled_from(KINDS))
def test_any_word_file_is_proved_there_and_back(blocks: list[str], kind: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "甲.docx", "".join(blocks), kind)
        try:
            source = import_file(folder / "甲.docx").path
            validate(load(source))
        except Fault as fault:
            assert "不完整" not in str(fault), blocks
            return
        word = export_file(source, folder / "乙.docx")
        import_file(word, folder / "丙.yaml")
