"""PDFs of any origin: their pages printed as they are read, or refused before anything is."""

from __future__ import annotations

import zlib
from pathlib import Path

import forms
import pytest
from printing_samples import (
    A4,
    MARK_BASELINE_MM,
    MARK_X_MM,
    add_field,
    near,
    numbered,
    original,
    saved,
    sides,
    spots,
    stream,
)
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, FloatObject, NameObject, NumberObject, RectangleObject

from yinfa.printing.imposing import (
    Binding,
    SheetFault,
    bears_imprint,
    booklet,
    plain,
)
from yinfa.printing.original import open_original
from yinfa.printing.paper import PaperSize
from yinfa.reading import read
from yinfa.recipe import Publication
from yinfa.report import Fault, ReadingFault


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_is_printed_as_it_is_read(tmp_path: Path, turn: int) -> None:
    size = A4 if turn == 180 else A4[::-1]
    writer = numbered(1, size)
    page = writer.pages[0]
    page[NameObject("/Rotate")] = NumberObject(turn)
    path = saved(writer, tmp_path / "o.pdf")
    printout = plain(open_original(path))
    (side,) = sides(printout, tmp_path)
    (as_read,) = read(path).sheets
    assert (round(side.width_mm), round(side.height_mm)) == (210, 297)
    (line,), (wanted,) = [(*sheet.lines, *sheet.turned_lines) for sheet in (side, as_read)]
    assert line.turn == wanted.turn
    assert near((line.chars[0].x_mm, line.chars[0].baseline_mm), *(
        wanted.chars[0].x_mm, wanted.chars[0].baseline_mm,
    ))  # fmt: skip


def test_a_page_takes_its_size_and_turn_from_above_it(tmp_path: Path) -> None:
    writer = numbered(1, (297.0, 210.0))
    page, tree = writer.pages[0], writer.pages[0]["/Parent"]
    for key in ("/MediaBox", "/Resources"):
        tree[NameObject(key)] = page.pop(key)
    tree[NameObject("/Rotate")] = NumberObject(90)
    (side,) = sides(plain(open_original(saved(writer, tmp_path / "o.pdf"))), tmp_path)
    assert (round(side.width_mm), round(side.height_mm)) == (210, 297)
    (line,) = side.turned_lines
    assert line.text == "p1"


@pytest.mark.parametrize("reversed_corners", [False, True])
def test_a_page_begins_where_its_crop_box_does(tmp_path: Path, reversed_corners: bool) -> None:
    writer = numbered(1, (230.0, 317.0))
    edges = [edge * 72 / 25.4 for edge in (20, 0, 230, 297)]
    if reversed_corners:
        edges = edges[2:] + edges[:2]
    page = writer.pages[0]
    page[NameObject("/CropBox")] = ArrayObject(map(FloatObject, edges))
    (side,) = sides(plain(open_original(saved(writer, tmp_path / "o.pdf"))), tmp_path)
    assert (round(side.width_mm), round(side.height_mm)) == (210, 297)
    assert near(spots(side)[1], MARK_X_MM - 20, MARK_BASELINE_MM - 20)


def test_a_crop_box_off_the_paper_crops_nothing(tmp_path: Path) -> None:
    writer = numbered(1)
    writer.pages[0].cropbox = RectangleObject((2000, 2000, 2100, 2100))
    (side,) = sides(plain(open_original(saved(writer, tmp_path / "o.pdf"))), tmp_path)
    assert near(spots(side)[1], MARK_X_MM, MARK_BASELINE_MM)


def test_a_page_measured_in_larger_units_prints_at_its_true_size(tmp_path: Path) -> None:
    writer = numbered(1, (105.0, 148.5))
    writer.pages[0][NameObject("/UserUnit")] = NumberObject(2)
    (side,) = sides(plain(open_original(saved(writer, tmp_path / "o.pdf"))), tmp_path)
    assert (round(side.width_mm), round(side.height_mm)) == (210, 297)
    assert near(spots(side)[1], 2 * MARK_X_MM, 2 * MARK_BASELINE_MM)


# --- what is refused -------------------------------------------------------------------------


def refused(path: Path, lay: object = None) -> str:
    with pytest.raises(Fault) as fault:
        opened = open_original(path)
        if callable(lay):
            lay(opened)
    assert all(finding.hint for finding in fault.value.findings)
    return "；".join(str(finding.place) + finding.message for finding in fault.value.findings)


def fold(opened: object) -> None:
    booklet(opened, Binding(), imprint=False)  # type: ignore[arg-type]


def test_pages_of_several_sizes_are_named(tmp_path: Path) -> None:
    writer = numbered(4)
    writer.pages[2].mediabox = RectangleObject((0, 0, 516, 729))
    path = saved(writer, tmp_path / "o.pdf")
    assert "第3页是 182×257 毫米，第1页是 A4" in refused(path, fold)
    assert "第3页是 182×257 毫米，不是 A3、A4、A5" in refused(path, plain)


def test_what_cannot_be_folded_is_refused(tmp_path: Path) -> None:
    assert "只有一页" in refused(original(tmp_path, 1), fold)
    assert "页面是 182×257 毫米" in refused(original(tmp_path, 4, (182.0, 257.0)), fold)
    assert "各页都是横的" in refused(original(tmp_path, 4, (297.0, 210.0)), fold)
    with pytest.raises(SheetFault, match="A5 纸不能用来对折"):
        booklet(open_original(original(tmp_path, 4)), Binding(paper=PaperSize.A5), imprint=False)


def test_files_that_cannot_be_printed_whole_are_refused_by_name(tmp_path: Path) -> None:
    sound = original(tmp_path, 3).read_bytes()
    path = tmp_path / "材料.pdf"
    for content, message in (
        (b"", "文件是空的（0 字节）"),
        (b"PK\x03\x04 a docx", "这不是 PDF 文件"),
        (sound[: len(sound) // 2], "PDF 不完整，末尾缺了一截"),
        (b"%PDF-1.7\n nothing here \n%%EOF\n", "PDF 已损坏，打不开"),
    ):
        path.write_bytes(content)
        assert refused(path).endswith(message)
        assert "材料.pdf" in refused(path)
    assert "没有这个文件" in refused(tmp_path / "没有.pdf")
    PdfWriter().write(path)
    assert refused(path).endswith("PDF 里一页也没有")
    writer = numbered(2)
    writer.encrypt("secret")
    assert "PDF 已加密" in refused(saved(writer, path))


def test_a_page_that_does_not_come_out_whole_is_named(tmp_path: Path) -> None:
    packed = zlib.compress(b"0 0 0 rg BT /F1 24 Tf (long) Tj ET " * 99)
    for torn in (packed[:-8], packed[:20] + b"\x55" + packed[21:], b"no zlib"):
        writer = numbered(3)
        drawing = stream(torn, Filter=NameObject("/FlateDecode"))
        writer.pages[1][NameObject("/Contents")] = writer._add_object(drawing)
        assert "第2页这一页已损坏" in refused(saved(writer, tmp_path / "o.pdf"))


@pytest.mark.parametrize("wrong", [{"/Rotate": NameObject("/X")}, {"/UserUnit": NumberObject(-1)}])
def test_pages_that_make_no_sense_are_named(tmp_path: Path, wrong: dict[str, object]) -> None:
    writer = numbered(3)
    writer.pages[1].update({NameObject(key): value for key, value in wrong.items()})
    assert "第2页这一页已损坏" in refused(saved(writer, tmp_path / "o.pdf"))


@pytest.mark.parametrize(("kind", "words"), [("/Sig", "1 处数字签名"), ("/Tx", "1 个表单项")])
def test_forms_and_signatures_are_printed_only_with_force(
    tmp_path: Path, kind: str, words: str
) -> None:
    writer = numbered(2)
    add_field(writer, kind)
    path = saved(writer, tmp_path / "signed.pdf")
    with pytest.raises(ReadingFault, match=words) as fault:
        open_original(path)
    assert "--force" in fault.value.findings[0].hint
    forced = open_original(path, force=True)
    assert words in forced.lost[0].message
    side = sides(plain(forced), tmp_path)[0]
    (look,) = side.boxes  # 40 by 20 points, drawn onto 80 by 40
    assert near((look.x0_mm, look.x1_mm), 100 * 25.4 / 72, 180 * 25.4 / 72)


def test_a_field_stands_in_its_place_whatever_the_page_leaves_set(tmp_path: Path) -> None:
    writer = numbered(1, operators=b".5 0 0 -.5 9 99 cm 0 0 0 rg")
    add_field(writer, "/Sig")
    path = saved(writer, tmp_path / "signed.pdf")
    (side,) = sides(plain(open_original(path, force=True)), tmp_path)
    (look,) = side.boxes
    assert near((look.x0_mm, look.x1_mm), 100 * 25.4 / 72, 180 * 25.4 / 72)
    assert near((look.y0_mm, look.y1_mm), 297 - 140 * 25.4 / 72, 297 - 100 * 25.4 / 72)


# --- what is told ----------------------------------------------------------------------------


def test_the_imprint_is_known_by_its_words(tmp_path: Path, report: Publication) -> None:
    assert bears_imprint(open_original(forms.printed(forms.NOTICE, **forms.IMPRINT).path))
    assert bears_imprint(open_original(forms.printed(forms.LETTER, 抄送=["×××局"]).path))
    assert not bears_imprint(open_original(report.product))
    assert not bears_imprint(open_original(original(tmp_path, 2)))
