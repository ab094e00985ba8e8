"""Which of the standard's faces a font is, told by its names, or by its program, or not at all."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from handmade import CELL, LEFT, TITLE, Leaf, Words, attachment, baseline, lay, notice
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from yinfa.check import Report, RuleOutcome, check
from yinfa.reading import Look, read
from yinfa.reading.names import decoded, face_names
from yinfa.recognising.faces import role_of, says_nothing

FACES = {
    "小标宋": (
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXBSJW--GB1-0",
        "FZXBSK--GBK1-0",
        "FZXiaoBiaoSong-B05S",
        "CESI小标宋-GB2312",
        "CESI_XBS_GB2312",
        "FandolSong-Bold",
    ),
    "仿宋": (
        "仿宋",
        "仿宋_GB2312",
        "FangSong",
        "FangSong_GB2312",
        "SimFang",
        "方正仿宋",
        "方正仿宋_GBK",
        "FZFSJW--GB1-0",
        "FZFSK--GBK1-0",
        "FZFangSong-Z02S",
        "STFangsong",
        "华文仿宋",
        "CESI_FS_GB2312",
        "AdobeFangsongStd-Regular",
        "FandolFang-Regular",
    ),
    "楷体": (
        "楷体",
        "楷体_GB2312",
        "KaiTi",
        "KaiTi_GB2312",
        "SimKai",
        "方正楷体",
        "FZKTJW--GB1-0",
        "FZKTK--GBK1-0",
        "FZKai-Z03S",
        "STKaiti",
        "CESI_KT_GB2312",
        "FandolKai-Regular",
    ),
    "黑体": (
        "黑体",
        "SimHei",
        "方正黑体",
        "FZHTJW--GB1-0",
        "FZHTK--GBK1-0",
        "FZHei-B01S",
        "STHeiti",
        "CESI_HT_GB2312",
        "NotoSansCJKsc-Regular",
        "SourceHanSansCN-Regular",
        "FandolHei-Regular",
    ),
    "宋体": (
        "宋体",
        "SimSun",
        "NSimSun",
        "STSong",
        "FZSSJW--GB1-0",
        "FZShuSong-Z01S",
        "STZhongsong",
        "NotoSerifCJKsc-Regular",
        "SourceHanSerifCN-Regular",
        "FandolSong-Regular",
    ),
}
OTHERS = (
    "Calibri",
    "幼圆",
    "YouYuan",
    "隶书",
    "LiSu",
    "STXingkai",
    "TimesNewRomanPSMT",
    "ArialMT",
    "LiberationSerif",
    "LMRoman12-Regular",
    "Bahnschrift",
    "Shanghai",
)
SILENT = (
    "",
    "F1",
    "F12",
    "CIDFont+F2",
    "TT0",
    "T1_0",
    "C0_1",
    "R12",
    "g_d0_f1",
    "Font3",
    "font000000001cf8a5d1",
    "TTE1A2B3C8t00",
)


def look(font: str, family: str = "") -> Look:
    return Look(font, family, CELL, (0, 0, 0), 0, False, 0, 0.0, 1.0, False)


@pytest.mark.parametrize("face", FACES)
def test_a_face_is_known_by_the_names_it_goes_by(face: str) -> None:
    for name in FACES[face]:
        assert str(role_of(look(name))) == face, name


def test_other_faces_are_none_of_the_five_and_say_so() -> None:
    for name in OTHERS:
        assert role_of(look(name)) is None, name
        assert not says_nothing(look(name)), name


def test_made_up_names_say_nothing_unless_the_program_does() -> None:
    for name in SILENT:
        assert says_nothing(look(name)), name
        assert str(role_of(look(name, "FangSong_GB2312"))) == "仿宋"
        assert not says_nothing(look(name, "Calibri"))


@pytest.mark.parametrize(
    "raw",
    [
        "仿宋_GB2312".encode(),
        "仿宋_GB2312".encode("gbk"),
        "仿宋_GB2312".encode("utf-16"),
        b"\xfe\xff" + "仿宋_GB2312".encode("utf-16-be"),
        "仿宋_GB2312".encode("gbk").decode("latin-1").encode(),
    ],
    ids=["UTF-8", "GBK", "UTF-16", "UTF-16BE", "GBK taken for Latin-1"],
)
def test_chinese_names_are_read_however_they_are_written(raw: bytes) -> None:
    assert decoded(raw) == "仿宋_GB2312"
    assert decoded(b"Caf\xe9") == "Café"


@pytest.mark.parametrize(
    ("platform", "encoding", "written"),
    [
        (3, 1, "仿宋".encode("utf-16-be")),
        (3, 3, "仿宋".encode("gbk")),
        (1, 25, "仿宋".encode("gb2312")),
    ],
    ids=["Windows Unicode", "Windows GBK", "Macintosh"],
)
def test_the_name_table_of_a_program_is_read(platform: int, encoding: int, written: bytes) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupGlyf({".notdef": builder_glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.font["name"].setName(written, 1, platform, encoding, 0x804 if platform == 3 else 33)
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    assert face_names(file.getvalue()) == ("仿宋",)


def builder_glyph() -> object:
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    return TTGlyphPen(None).glyph()


def test_a_damaged_program_tells_nothing_and_fails_nothing() -> None:
    program = embedded(notice_pdf_fonts()[0])
    assert any("Fandol" in name for name in face_names(program))
    for keep in range(0, 400, 7):
        assert isinstance(face_names(program[:keep]), tuple)
    for at in range(0, 400, 7):
        broken = bytearray(program)
        broken[at] ^= 0xFF
        assert isinstance(face_names(bytes(broken)), tuple)
    type_1 = b"%!PS-AdobeFont-1.0\n/FontName /STFangsong def /FamilyName (\xb7\xc2\xcb\xce)"
    assert face_names(type_1) == ("STFangsong", "仿宋")


# --- whole pages ----------------------------------------------------------------------------------


def notice_pdf_fonts() -> list[DictionaryObject]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return fonts_of(PdfReader(lay(notice(), Path(folder) / "对.pdf", TITLE)))


def fonts_of(pdf: PdfReader | PdfWriter) -> list[DictionaryObject]:
    resources = pdf.pages[0]["/Resources"].get_object()
    return [font.get_object() for font in resources["/Font"].get_object().values()]


def descriptor(font: DictionaryObject) -> DictionaryObject:
    descendant = font["/DescendantFonts"].get_object()[0].get_object()
    found: DictionaryObject = descendant["/FontDescriptor"].get_object()
    return found


def embedded(font: DictionaryObject) -> bytes:
    data: bytes = descriptor(font)["/FontFile3"].get_object().get_data()
    return data


def renamed(path: Path, folder: Path, *, program_too: bool = False, name: str = "F") -> Path:
    """The PDF at *path* with made-up names for its fonts, as drivers give them."""
    writer = PdfWriter(clone_from=path)
    for number, font in enumerate(fonts_of(writer)):
        descendant = font["/DescendantFonts"].get_object()[0].get_object()
        for holder, key in (
            (font, "/BaseFont"),
            (descendant, "/BaseFont"),
            (descriptor(font), "/FontName"),
        ):
            holder[NameObject(key)] = NameObject(f"/AAAAAA+{name}{number}")
        if program_too:
            silent = re.sub(rb"Fandol[\w -]*", lambda m: b"1" * len(m.group()), embedded(font))
            stream = StreamObject()
            stream.set_data(silent)
            stream[NameObject("/Subtype")] = NameObject("/CIDFontType0C")
            descriptor(font)[NameObject("/FontFile3")] = writer._add_object(stream.flate_encode())
    target = folder / f"{path.stem}-{name}.pdf"
    writer.write(target)
    return target


def outcomes(report: Report) -> dict[str, RuleOutcome]:
    return {result.rule.identifier: result.outcome for result in report.results}


def test_a_page_from_a_driver_is_judged_by_the_programs_in_it(tmp_path: Path) -> None:
    right = lay(notice(), tmp_path / "对.pdf", TITLE)
    driven = renamed(right, tmp_path)
    assert {c.look.font for line in read(driven).sheets[0].lines for c in line.chars} <= {
        f"F{number}" for number in range(9)
    }
    assert outcomes(check(driven)) == outcomes(check(right))


FACE_RULES = {
    "FT-01",
    "FT-03",
    "FT-04",
    "FT-06",
    "FT-07",
    "FT-09",
    "FT-10",
    "FT-11",
    "FT-14",
    "HD-02",
    "HD-03",
    "HD-06",
    "HD-13",
}


def test_what_no_name_tells_is_not_measured_and_never_passed(tmp_path: Path) -> None:
    right = lay(notice(), tmp_path / "对.pdf", TITLE)
    known = outcomes(check(right))
    silent = check(renamed(right, tmp_path, program_too=True))
    for rule, outcome in outcomes(silent).items():
        assert outcome is (RuleOutcome.NOT_MEASURABLE if rule in FACE_RULES else known[rule]), rule
    assert all(
        "F" in result.reason for result in silent.results if result.rule.identifier in FACE_RULES
    )


def test_another_face_under_a_whole_text_is_wrong(tmp_path: Path) -> None:
    """A face that may lend a character does not set a text."""
    right = lay(attachment(), tmp_path / "对.pdf", "年度工作总结")
    for name in ("NotoSerifCJKsc-Regular", "YouYuan", "LXGWWenKai"):
        wrong = check(renamed(right, tmp_path, program_too=True, name=name))
        assert "FT-01" in wrong.failed, name


def test_a_stop_at_the_end_of_a_heading_with_a_comma_is_seen_by_its_face(tmp_path: Path) -> None:
    def judged(face: str) -> bool:
        leaf = Leaf(
            [
                Words("一、要求明确，落实责任。", LEFT + 2 * CELL, baseline(1), face),
                Words("各单位要认真贯彻。", LEFT + 2 * CELL, baseline(2)),
            ]
        )
        leaf.folio(1)
        return "BD-09" in check(lay([leaf], tmp_path / "题.pdf", TITLE)).failed

    assert judged("黑体")
    assert not judged("仿宋")  # a sentence that is numbered
