"""A PDF read back says what stands where, in mm, whoever made it."""

from __future__ import annotations

import time
from pathlib import Path

import pydyf
import pytest
from handmade import CELL, HEAD, LEFT, PITCH, RED, RIGHT, Bar, Leaf, Words, baseline, lay
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from yinfa.reading import Box, Char, DrawnPicture, Look, Sheet, TextLine, read
from yinfa.report import ReadingFault

PT = 72 / 25.4


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page: 22 lines of 28 characters, a red rule, a folio."""
    text = "各单位要认真贯彻落实会议精神" * 2
    leaf = Leaf([Words(text, LEFT, baseline(number)) for number in range(1, 23)])
    leaf.bars.append(Bar(LEFT, RIGHT, 30, 0.5, RED))
    leaf.folio(1)
    return lay([leaf], tmp_path_factory.mktemp("reading") / "页.pdf", "一页")


def close(measured: float, wanted: float) -> bool:
    return abs(measured - wanted) < 0.02


def test_a_page_has_its_22_lines_where_they_were_put(page: Path) -> None:
    sheet = read(page).sheets[0]
    assert close(sheet.width_mm, 210)
    assert close(sheet.height_mm, 297)
    assert len(sheet.body_lines) == 22  # 225 mm of type area
    for number, line in enumerate(sheet.body_lines, 1):
        assert close(line.baseline_mm, baseline(number))
        assert close(line.x0_mm, LEFT)
        assert close(line.x1_mm, RIGHT)
        assert close(line.size_mm, CELL)
    assert close(sheet.body_lines[0].em_top_mm, HEAD)
    # 22 characters and 21 gaps of 7/8: 224.95 mm, the 225 mm of the type area
    assert close(sheet.body_lines[-1].em_bottom_mm, HEAD + 22 * CELL + 21 * CELL * 7 / 8)
    assert close(sheet.body_lines[1].baseline_mm - sheet.body_lines[0].baseline_mm, PITCH)


def test_the_folio_is_known_from_the_text(page: Path) -> None:
    sheet = read(page).sheets[0]
    assert sheet.folio is not None
    assert sheet.folio.text == "—1—"
    assert sheet.folio not in sheet.body_lines
    ink = sheet.folio.chars[0].ink_mm
    assert ink is not None
    assert abs(sum(ink) / 2 - 269) < 0.3


def test_a_thin_rectangle_is_a_line_with_its_colour_and_thickness(page: Path) -> None:
    (stroke,) = read(page).sheets[0].strokes
    assert stroke.colour == (255, 0, 0)
    assert close(stroke.length_mm, 156)
    assert close(stroke.thickness_mm, 0.5)
    assert close(stroke.top_mm, 29.75)
    assert close(stroke.bottom_mm, 30.25)


def test_facts_name_title_language_and_fonts(page: Path) -> None:
    facts = read(page).facts
    assert facts.title == "一页"
    assert facts.language == "zh-CN"
    assert not facts.tagged
    assert not facts.encrypted
    assert {font.name for font in facts.fonts} == {"FandolFang-Regular", "FandolSong-Regular"}
    assert all(font.embedded and font.subset and font.to_unicode for font in facts.fonts)


def altered(page: Path, folder: Path, alter: object) -> Path:
    writer = PdfWriter(clone_from=page)
    alter(writer)  # type: ignore[operator]
    path = folder / "改.pdf"
    writer.write(path)
    return path


@pytest.mark.parametrize(("turn", "side"), [(90, "right"), (180, "foot"), (270, "left")])
def test_a_turned_page_is_read_as_it_is_shown(
    page: Path, tmp_path: Path, turn: int, side: str
) -> None:
    sheet = read(altered(page, tmp_path, lambda w: w.pages[0].rotate(turn))).sheets[0]
    (stroke,) = sheet.strokes
    assert len(sheet.turned_lines) == 23
    assert {line.turn for line in sheet.turned_lines} == {turn}
    if side == "right":  # the head of the page, 30 mm from its edge
        assert close(stroke.x0_mm, sheet.width_mm - 30)
    elif side == "foot":
        assert close(stroke.y0_mm, 297 - 30)
    else:
        assert close(stroke.x0_mm, 30)
    # In the frame in which they are upright, the lines stand where they stood.
    first = next(line for line in sheet.turned_lines if close(line.baseline_mm, baseline(1)))
    assert close(first.x0_mm, LEFT)
    assert close(first.x1_mm, RIGHT)


def test_places_count_from_the_corner_of_the_crop_box(page: Path, tmp_path: Path) -> None:
    def crop(writer: PdfWriter) -> None:
        box = (10 * PT, 20 * PT, 210 * PT, 292 * PT)
        writer.pages[0].cropbox = RectangleObject(box)

    sheet = read(altered(page, tmp_path, crop)).sheets[0]
    assert close(sheet.width_mm, 200)
    assert close(sheet.height_mm, 272)
    assert close(sheet.lines[0].x0_mm, LEFT - 10)
    assert close(sheet.lines[0].baseline_mm, baseline(1) - 5)


def laid(pdf_path: Path, draw: bytes) -> Path:
    """A page of bare drawing operators, in mm from the lower left."""
    pdf = pydyf.PDF()
    stream = pydyf.Stream([f"{PT} 0 0 {PT} 0 0 cm".encode(), draw])
    pdf.add_object(stream)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "Contents": stream.reference,
                "MediaBox": pydyf.Array([0, 0, 210 * PT, 297 * PT]),
            }
        )
    )
    with pdf_path.open("wb") as file:
        pdf.write(file)
    return pdf_path


@pytest.mark.parametrize(
    "draw",
    [
        b"0.35 w 28 100 m 184 100 l S",
        b"28 99.825 156 0.35 re f",
        b"q 28 99.825 156 0.35 re W n 28 80 156 19.825 re 28 80 156 20.175 re f* Q",
        b"q 1 0 0 1 0 40 cm 0.35 w 28 60 m 184 60 l S Q",
    ],
    ids=["stroke", "rectangle", "clipped border", "moved stroke"],
)
def test_however_a_line_is_drawn_it_is_the_same_line(tmp_path: Path, draw: bytes) -> None:
    (stroke,) = read(laid(tmp_path / "线.pdf", draw)).sheets[0].strokes
    assert close(stroke.x0_mm, 28)
    assert close(stroke.x1_mm, 184)
    assert close(stroke.y0_mm, 197)
    assert close(stroke.thickness_mm, 0.35)


def test_a_double_border_is_two_lines(tmp_path: Path) -> None:
    draw = (
        b"q 28 90 156 1.2 re W n 28 70 156 20 re 28 70 156 20.8 re 28 70 156 20.4 re "
        b"28 70 156 21.2 re f* Q"
    )
    strokes = read(laid(tmp_path / "线.pdf", draw)).sheets[0].strokes
    assert [round(stroke.thickness_mm, 1) for stroke in strokes] == [0.4, 0.4]


def test_text_in_odd_order_comes_out_from_top_to_bottom(tmp_path: Path) -> None:
    words = [
        Words("第三行", LEFT, baseline(3)),
        Words("第一行", LEFT, baseline(1)),
        Words("左", LEFT, baseline(2)),
        Words("右", RIGHT - CELL, baseline(2)),
    ]
    sheet = read(lay([Leaf(list(reversed(words)))], tmp_path / "序.pdf", "序")).sheets[0]
    assert [line.text for line in sheet.lines] == ["第一行", "左右", "第三行"]
    assert [piece.text for piece in sheet.lines[1].pieces] == ["左", "右"]


def test_squeezed_marks_and_wide_setting_stay_one_line(tmp_path: Path) -> None:
    places = (("甲", 0.0), ("。", 1.0), ("”", 1.5), ("乙", 2.5))
    squeezed = [Words(char, LEFT + cells * CELL, baseline(1)) for char, cells in places]
    spaced = [Words(char, LEFT + 1.4 * CELL * i, baseline(2)) for i, char in enumerate("字距很宽")]
    sheet = read(lay([Leaf(squeezed + spaced)], tmp_path / "挤.pdf", "挤")).sheets[0]
    assert [line.text for line in sheet.lines] == ["甲。”乙", "字距很宽"]
    assert len(sheet.lines[1].pieces) == 1


def test_text_printed_twice_is_one_line_and_said_to_be_doubled(tmp_path: Path) -> None:
    twice = [Words("印两遍", LEFT, baseline(1)), Words("印两遍", LEFT + 0.1, baseline(1))]
    sheet = read(lay([Leaf(twice)], tmp_path / "双.pdf", "双")).sheets[0]
    assert [line.text for line in sheet.lines] == ["印两遍"]
    assert sheet.overprinted == ("印两遍",)


def refused(path: Path) -> str:
    with pytest.raises(ReadingFault) as caught:
        read(path)
    (finding,) = caught.value.findings
    assert finding.hint
    assert caught.value.exit_code == 2
    return finding.message


def test_what_cannot_be_read_is_told_in_a_sentence(page: Path, tmp_path: Path) -> None:
    assert refused(tmp_path / "无.pdf") == "没有这个文件"
    assert refused(tmp_path) == "这是文件夹，不是 PDF 文件"
    empty = tmp_path / "空.pdf"
    empty.touch()
    assert refused(empty) == "文件是空的（0 字节）"
    word = tmp_path / "文.pdf"
    word.write_bytes(b"PK\x03\x04 this is a docx")
    assert refused(word) == "这不是 PDF 文件"
    broken = tmp_path / "断.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj << /Type /Catalog")
    assert refused(broken) == "PDF 不完整，后面缺了一截"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj << /Type /Catalog\n%%EOF")
    assert refused(broken) == "PDF 已损坏，打不开"


def test_an_encrypted_file_is_refused_only_when_it_asks_for_a_password(
    page: Path, tmp_path: Path
) -> None:
    closed = altered(page, tmp_path, lambda w: w.encrypt("密码", algorithm="AES-256"))
    assert refused(closed) == "PDF 已加密，没有密码打不开"
    opened = altered(page, tmp_path, lambda w: w.encrypt("", "主人", algorithm="AES-256"))
    reading = read(opened)
    assert len(reading.sheets[0].body_lines) == 22
    assert reading.facts.encrypted


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_gives_a_reading_or_a_fault(
    page: Path, tmp_path: Path, keep: float
) -> None:
    data = page.read_bytes()
    path = tmp_path / "截.pdf"
    path.write_bytes(data[: int(len(data) * keep)])
    try:
        assert read(path).sheets
    except ReadingFault as fault:
        assert fault.findings


def test_a_thousand_pages_are_read(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(1000):
        writer.add_blank_page(210 * PT, 297 * PT)
    path = tmp_path / "千.pdf"
    writer.write(path)
    assert len(PdfReader(path).pages) == len(read(path).sheets) == 1000


def test_ten_full_pages_are_read_in_well_under_a_second(page: Path, tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(10):
        writer.append(page)
    path = tmp_path / "十.pdf"
    writer.write(path)
    started = time.process_time()
    sheets = read(path).sheets
    assert sum(len(sheet.lines) for sheet in sheets) == 230
    assert time.process_time() - started < 0.9  # 0.15 s on an idle machine


def test_a_sheet_says_why_it_has_no_words() -> None:
    def line(text: str, mode: int) -> TextLine:
        look = Look("F1", "", CELL, (0, 0, 0), mode, False, 0, 0.0, 1.0, False)
        return TextLine(
            tuple(
                Char(char, LEFT + CELL * i, CELL, baseline(1), look) for i, char in enumerate(text)
            )
        )

    def sheet(*lines: TextLine, drawn: int = 0, scan: bool = False) -> Sheet:
        boxes = tuple(Box(30, 40, 35, 45, (0, 0, 0), True) for _ in range(drawn))
        scans = (DrawnPicture(0, 0, 210, 297, (1240, 1754)),) if scan else ()
        return Sheet(1, 210, 297, 0, lines, boxes=boxes, pictures=scans)

    assert sheet(line("正文", 0)).wordless == ""
    assert sheet(line("正文", 0), scan=True).wordless == ""  # a coloured ground
    assert sheet(line("正文", 3), scan=True).wordless == "是扫描的图"  # recognised text under it
    assert sheet(scan=True).wordless == "是扫描的图"
    assert sheet(drawn=400).wordless == "文字成了图形"
    assert sheet(line("\ufffd\ufffd\ufffd字", 0)).wordless == "读不出是什么字"
    assert sheet().wordless == ""  # a blank side
