"""What Word shows is what counts: looks, symbols, fields and numbers; every loss is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from yinfa.importing.convert import LossFault, import_file
from yinfa.importing.word_numbers import read_numbering
from yinfa.importing.word_proof_numbers import NumberOf, Styles
from yinfa.load import load
from yinfa.model import Table
from yinfa.report import SourceFault
from yinfa.validate import validate

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(code: str, form: str = "", shown: str = "") -> str:
    data = f"<w:ffData>{form}</w:ffData>" if form else ""
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}' if shown else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>{middle}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.fixture
def shown(tmp_path: Path) -> Any:
    """A call that imports a Word file with one paragraph, and gives its words and the ledger."""

    def call(*inner: str) -> tuple[str, list[str]]:
        word = docx.Document()
        word.add_paragraph("说明")
        word.add_paragraph("始。")
        for paragraph in inner:
            word.element.body.insert(-1, parse_xml(f"<w:p {NAMES}>{paragraph}</w:p>"))
        word.add_paragraph("终。")
        path, product = tmp_path / "来文.docx", tmp_path / "成果.yaml"
        word.save(str(path))
        product.unlink(missing_ok=True)
        result = import_file(path, product)
        words = [str(node.text) for node in validate(load(product)).body]  # type: ignore[union-attr]
        told = [loss.told(result.unit) for loss in result.losses]
        for line in told:
            assert line in product.read_text("utf-8")
        return "\n".join(words[1:-1]), told

    return call


# --- looks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "words", "ledger"),
    [
        (run("罚") + run("五", "<w:strike/>"), "罚", "删除线1处，已略去：第3段“五”"),
        (run("甲。") + run("内部", "<w:vanish/>"), "甲。", "隐藏文字1处，已略去：第3段“内部”"),
        (run("甲") + run("乙", '<w:strike w:val="0"/>') + run("。"), "甲乙。", ""),
        (run("要") + run("重", "<w:b/>") + run("视。"), "要[粗：重]视。", ""),
        (run("要") + run("重", '<w:em w:val="dot"/>'), "要[着重：重]", ""),
        (run("要") + run("重", '<w:u w:val="single"/>'), "要[下划：重]", ""),
        (run("要") + run("重", "<w:i/>") + run("视。"), "要重视。", "倾斜1处，没有收入：第3段“重”"),
        (run("ab", "<w:caps/>") + run("。"), "AB。", ""),
    ],
    ids=["struck", "hidden", "switched off", "bold", "emphasised", "underlined", "slanted",
         "capitals"],
)  # fmt: skip
def test_a_look_is_kept_or_told(inner: str, words: str, ledger: str, shown: Any) -> None:
    assert shown(inner) == (words, [ledger] if ledger else [])


@pytest.mark.parametrize(
    ("base", "raised", "words"),
    [("12000m", "2", "12000m²"), ("浓度10", "6", "浓度10⁶")],
)
def test_superscript_digits_stay_raised(base: str, raised: str, words: str, shown: Any) -> None:
    look = '<w:vertAlign w:val="superscript"/>'
    assert shown(run(base) + run(raised, look) + run("。")) == (words + "。", [])


def test_subscript_digits_stay_lowered(shown: Any) -> None:
    look = '<w:vertAlign w:val="subscript"/>'
    assert shown(run("CO") + run("2", look) + run("排放。")) == ("CO₂排放。", [])


def test_a_raised_letter_that_has_no_character_is_raised_by_the_notation(shown: Any) -> None:
    words, ledger = shown(run("甲") + run("注", '<w:vertAlign w:val="superscript"/>') + run("。"))
    assert (words, ledger) == ("甲[上标：注]。", [])


def test_underlined_white_space_is_a_blank_to_be_filled_in(shown: Any) -> None:
    line = '<w:u w:val="single"/>'
    tab = f"<w:r><w:rPr>{line}</w:rPr><w:tab/></w:r>"
    inner = run("承诺人：") + run(" " * 12, line) + run("，金额") + tab + run("元，")
    words, _ = shown(inner + run("  ××  ", line) + run("年。"))
    assert words == "承诺人：________，金额________元，[下划：××]年。"


def test_what_a_phonetic_guide_says_is_told(shown: Any) -> None:
    ruby = f"<w:ruby><w:rt>{run('yù')}</w:rt><w:rubyBase>{run('毓')}</w:rubyBase></w:ruby>"
    words, ledger = shown(run("张") + f"<w:r>{ruby}</w:r>" + run("同志。"))
    assert (words, ledger) == ("张毓同志。", ["拼音指南1处，没有收入：第3段“毓（yù）”"])


# --- symbols, fields, controls --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("face", "code", "char"),
    [
        ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F0A3", "□"), ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "□"), ("Wingdings", "F0FC", "✓"), ("Wingdings", "F0E0", "→"),
        ("Symbol", "F0B1", "±"), ("Symbol", "F0B3", "≥"), ("宋体", "2116", "№"),
    ],
)  # fmt: skip
def test_a_symbol_is_the_character_it_shows(face: str, code: str, char: str, shown: Any) -> None:
    symbol = f'<w:r><w:sym w:font="{face}" w:char="{code}"/></w:r>'
    assert shown(run("甲") + symbol + run("乙。")) == (f"甲{char}乙。", [])


def test_letters_in_a_symbol_face_are_symbols(shown: Any) -> None:
    face = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
    assert shown(run("R", face) + run("同意。")) == ("☑同意。", [])


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (field("FORMCHECKBOX", '<w:checkBox><w:checked w:val="1"/></w:checkBox>'), "☑"),
        (field("FORMCHECKBOX", '<w:checkBox><w:default w:val="0"/></w:checkBox>'), "□"),
        (
            field(
                "FORMDROPDOWN",
                '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/>'
                '<w:listEntry w:val="乙"/></w:ddList>',
            ),
            "乙",
        ),
        (field("FORMTEXT", "<w:textInput/>", run("丙")), "丙"),
        (field(r"eq \o\ac(○,3)"), "③"),
        (field(r"EQ \o\ac(○,二)"), "㊁"),
        (field("DATE", "", run("2024年")), "2024年"),
    ],
)
def test_a_field_is_what_it_shows(made: str, words: str, shown: Any) -> None:
    assert shown(run("始") + made + run("末。"))[0] == f"始{words}末。"


def test_a_control_that_nobody_has_filled_in_is_a_blank(shown: Any) -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    words, ledger = shown(run("姓名：") + control + run("。"))
    assert words == "姓名：________。"
    assert ledger == ["没有填写的控件1处，改成空白：第3段“单击此处输入文字。”"]


def test_text_art_is_read(shown: Any) -> None:
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字一行"/></v:shape></w:pict></w:r>'
    words, ledger = shown(art)
    assert words == "艺术字一行"
    assert ledger == ["艺术字1处，收作普通的字：第3段“艺术字一行”"]


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        ("<w:r><w:object/></w:r>", "嵌入的对象"),
        (
            '<w:r><w:drawing><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/'
            'drawingml/2006/chart"/></a:graphic></w:drawing></w:r>',
            "图表",
        ),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "批注"),
        ("<m:oMath><m:r><m:t>x2</m:t></m:r></m:oMath>", "公式"),
        ('<w:ins w:id="1">' + run("增") + "</w:ins>", "修订"),
        ('<w:del w:id="1"><w:r><w:delText>减</w:delText></w:r></w:del>', "修订"),
    ],
)
def test_what_cannot_be_taken_is_told(inner: str, kind: str, shown: Any) -> None:
    _, ledger = shown(run("甲") + inner + run("。"))
    assert [line.partition("1处")[0] for line in ledger] == [kind]


# --- numbers that Word makes ----------------------------------------------------------------------

KINDS = (
    "decimal", "upperLetter", "lowerLetter", "upperRoman", "lowerRoman", "chineseCounting",
    "chineseCountingThousand", "chineseLegalSimplified", "ideographTraditional", "decimalZero",
    "decimalEnclosedCircle", "decimalFullWidth", "ideographZodiac", "none", "bullet",
)  # fmt: skip


def numbering(kind: str, text: str = "%1", legal: str = "") -> bytes:
    levels = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{legal}'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    return (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    ).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_reader_and_proof_count_alike_though_they_share_no_code(kind: str) -> None:
    data = numbering(kind, "项目%1：")
    reader, proof = read_numbering(data), NumberOf(data, Styles(b""))
    for _ in range(120):
        assert reader.next_number("5", 0)[0] == proof("", {"numId": "5", "ilvl": "0"})


def test_a_legal_number_is_all_digits() -> None:
    data = numbering("chineseCounting", "第%1章", "<w:isLgl/>")
    reader, proof = read_numbering(data), NumberOf(data, Styles(b""))
    found = [reader.next_number("5", level)[0] for level in (0, 1, 1, 0, 1)]
    assert found == ["第一章", "1.1", "1.2", "第二章", "2.1"]
    assert [proof("", {"numId": "5", "ilvl": str(n)}) for n in (0, 1, 1, 0, 1)] == found


# --- packages -------------------------------------------------------------------------------------


def changed(word: Any, change: Any) -> bytes:
    """The bytes of *word* with its document part changed."""
    held, made = io.BytesIO(), io.BytesIO()
    word.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == "word/document.xml" else data)
    return made.getvalue()


def word_file() -> Any:
    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲乙。")
    return word


def strict(data: bytes) -> bytes:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return data.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")


def in_gbk(data: bytes) -> bytes:
    text = data.decode().replace("UTF-8", "GB2312")
    return text.encode("gb18030")


@pytest.mark.parametrize("change", [strict, in_gbk], ids=["Strict Open XML", "XML in GB2312"])
def test_other_kinds_of_open_xml_are_read(change: Any, tmp_path: Path) -> None:
    path = tmp_path / "来文.docx"
    path.write_bytes(changed(word_file(), change))
    document = validate(load(import_file(path).path))
    assert (str(document.title), len(document.body)) == ("说明", 1)


def test_an_unknown_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "来文.docx"
    path.write_bytes(changed(word_file(), lambda data: data.replace(b"UTF-8", b"KLINGON")))
    with pytest.raises(SourceFault, match="认不出的编码“KLINGON”"):
        import_file(path)


def test_deleted_rows_are_gone(tmp_path: Path) -> None:
    word = word_file()
    table = word.add_table(3, 2)
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = f"格{index}"
    gone = table.rows[1]._tr.get_or_add_trPr()
    gone.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"/>'))
    path = tmp_path / "来文.docx"
    word.save(str(path))
    table = validate(load(import_file(path).path)).body[-1]
    assert isinstance(table, Table)
    assert [str(cell) for row in (*table.header, *table.rows) for cell in row] == [
        "格0", "格0", "格2", "格2",
    ]  # fmt: skip


def test_a_reader_that_shows_what_is_hidden_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yinfa.importing import word_looks

    word = word_file()
    word.add_paragraph("丙").runs[0].font.hidden = True
    path = tmp_path / "来文.docx"
    word.save(str(path))
    monkeypatch.delitem(word_looks._TOGGLES, "vanish")
    with pytest.raises(LossFault):
        import_file(path)
