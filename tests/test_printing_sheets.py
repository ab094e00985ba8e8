"""What stands where on printed sheets, in mm."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from making import publish, write
from PIL import ImageFilter
from printing_samples import (
    A5,
    MARK_BASELINE_MM,
    MARK_X_MM,
    dictionary,
    near,
    numbered,
    original,
    saved,
    sides,
    spots,
)
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject, RectangleObject

from yinfa.load import load
from yinfa.printing import prepress
from yinfa.printing.imposing import (
    Binding,
    Printout,
    booklet,
    plain,
    reading_copy,
)
from yinfa.printing.original import open_original
from yinfa.printing.paper import PaperSize
from yinfa.printing.sheets import Duplex
from yinfa.reading import Sheet, read
from yinfa.recipe import Publication
from yinfa.validate import validate

COUNTER_CLOCKWISE = 270  # degrees clockwise


# --- folded ----------------------------------------------------------------------------------


def read_off(printed: list[Sheet], section_sheets: int) -> list[int]:
    """The numbers a reader meets in the printed sheets, folded, laid into each other and bound.

    The right half of a front is the first page of its sheet, the left half of its back the second.
    """
    sheets = list(zip(*[iter(printed)] * 2, strict=True))
    size = section_sheets or len(sheets)
    met: list[int] = []
    for start in range(0, len(sheets), size):
        there: list[int] = []
        back_again: list[int] = []
        for front, back in sheets[start : start + size]:
            there += [*half(front, right=True), *half(back, right=False)]
            back_again = [*half(back, right=True), *half(front, right=False), *back_again]
        met += there + back_again
    return met


def half(side: Sheet, *, right: bool) -> list[int]:
    return [page for page, spot in spots(side).items() if (spot[0] > side.width_mm / 2) == right]


@pytest.mark.parametrize("count", [2, 3, 4, 6, 9, 16, 23, 64])
@pytest.mark.parametrize("section_sheets", [0, 1, 4])
def test_printed_sheets_folded_read_in_order(
    tmp_path: Path, count: int, section_sheets: int
) -> None:
    binding = Binding(section_sheets=section_sheets)
    printout = booklet(open_original(original(tmp_path, count)), binding, imprint=True)
    printed = sides(printout, tmp_path)
    if section_sheets == 4 and count == 23:
        section_sheets = 3  # six sheets are two sections of three
    assert read_off(printed, section_sheets) == list(range(1, count + 1))
    # Front and back of a leaf agree: all its pages stand as far from the fold and from the head.
    for side in printed:
        for x_mm, y_mm in spots(side).values():
            creep_mm = (210 + MARK_X_MM - x_mm) if x_mm > 210 else (x_mm - MARK_X_MM)
            assert abs(y_mm - MARK_BASELINE_MM) < 0.1
            assert -0.1 < creep_mm < 0.1 * 16 + 0.1


# --- booklets --------------------------------------------------------------------------------


def test_an_a4_booklet_stands_at_true_size_on_a3(tmp_path: Path) -> None:
    printout = booklet(open_original(original(tmp_path, 8)), Binding(leaf_mm=0.5), imprint=False)
    assert (printout.paper, printout.duplex, printout.sheets) == (PaperSize.A3, Duplex.SHORT, 2)
    found = sides(printout, tmp_path)
    assert [(round(side.width_mm), round(side.height_mm)) for side in found] == [(420, 297)] * 4
    outer, outer_back, inner, inner_back = map(spots, found)
    assert near(outer[8], MARK_X_MM, MARK_BASELINE_MM)
    assert near(outer[1], 210 + MARK_X_MM, MARK_BASELINE_MM)
    assert near(outer_back[2], MARK_X_MM, MARK_BASELINE_MM)
    # One sheet is wrapped round the inner one: its pages move half a millimetre to the fold.
    assert near(inner[6], MARK_X_MM + 0.5, MARK_BASELINE_MM)
    assert near(inner[3], 210 + MARK_X_MM - 0.5, MARK_BASELINE_MM)
    assert near(inner_back[4], MARK_X_MM + 0.5, MARK_BASELINE_MM)
    assert near(inner_back[5], 210 + MARK_X_MM - 0.5, MARK_BASELINE_MM)


def test_a5_pages_stand_on_a4_and_a4_pages_are_made_smaller_for_it(tmp_path: Path) -> None:
    own = booklet(open_original(original(tmp_path, 4, A5)), Binding(), imprint=False)
    assert own.paper is PaperSize.A4
    assert near(spots(sides(own, tmp_path)[0])[1], 148.5 + MARK_X_MM, MARK_BASELINE_MM)
    smaller = booklet(
        open_original(original(tmp_path, 4)), Binding(paper=PaperSize.A4), imprint=False
    )
    scale = 148 / 210
    x_mm, y_mm = spots(sides(smaller, tmp_path)[0])[1]
    assert abs(x_mm - (148.5 + MARK_X_MM * scale)) < 0.1
    assert abs(y_mm - MARK_BASELINE_MM * scale) < 0.5  # what the height leaves stands above


def test_blanks_stand_before_the_imprint_page(tmp_path: Path) -> None:
    printout = booklet(open_original(original(tmp_path, 6)), Binding(), imprint=True)
    assert [sorted(spots(side)) for side in sides(printout, tmp_path)] == [
        [1, 6], [2], [3], [4, 5],
    ]  # fmt: skip
    assert printout.remarks == ("版记页前补 2 个空白页，共 8 页",)


def test_fold_and_staples_are_marked_on_the_outside(tmp_path: Path) -> None:
    printout = booklet(open_original(original(tmp_path, 8)), Binding(marks=True), imprint=False)
    outside, *others = sides(printout, tmp_path)
    on_fold = [stroke for stroke in outside.strokes if not stroke.horizontal]
    assert all(abs(stroke.x0_mm - 210) < 0.1 for stroke in on_fold)
    ends = sorted(end for stroke in on_fold for end in (stroke.y0_mm, stroke.y1_mm))
    assert [round(end) for end in ends] == [0, 8, 70, 82, 215, 227, 289, 297]
    assert not any(side.strokes for side in others)


def test_sections_are_glued_and_get_no_staples(tmp_path: Path) -> None:
    printout = booklet(
        open_original(original(tmp_path, 16)), Binding(section_sheets=2, marks=True), imprint=False
    )
    found = sides(printout, tmp_path)
    ends = [(round(s.y0_mm), round(s.y1_mm)) for side in found for s in side.strokes]
    assert sorted(ends) == [(0, 8), (0, 8), (289, 297), (289, 297)]  # of two sections
    assert [bool(side.strokes) for side in found] == [True, *[False] * 3] * 2


def test_a_booklet_too_thick_to_staple_is_told(tmp_path: Path) -> None:
    thin, thick = (
        booklet(open_original(original(tmp_path, count)), Binding(), imprint=False)
        for count in (80, 84)
    )
    assert thin.remarks == ()
    assert thick.remarks == ("21 张纸对折起来太厚，订不住；可用 --sections 4 分帖胶装",)


def test_sections_each_begin_a_sheet_of_their_own(tmp_path: Path) -> None:
    printout = booklet(
        open_original(original(tmp_path, 16)), Binding(section_sheets=2), imprint=False
    )
    assert [sorted(spots(side)) for side in sides(printout, tmp_path)][::2] == [
        [1, 8], [3, 6], [9, 16], [11, 14],
    ]  # fmt: skip


def test_a_landscape_page_is_turned_with_its_head_to_the_left(tmp_path: Path) -> None:
    writer = numbered(4)
    wide = numbered(1, (297.0, 210.0))
    writer.insert_page(wide.pages[0], 1)
    printout = booklet(open_original(saved(writer, tmp_path / "o.pdf")), Binding(), imprint=False)
    assert printout.remarks[0] == "第2页是横的，已转成竖的，表头朝左"
    back = sides(printout, tmp_path)[1]
    (line,) = back.turned_lines
    assert line.text == "p1"
    assert line.turn == COUNTER_CLOCKWISE
    # Turned back, the left page of the sheet has its number where the landscape page had it.
    assert near((line.chars[0].x_mm, line.chars[0].baseline_mm), MARK_X_MM, MARK_BASELINE_MM)


# --- plain print -----------------------------------------------------------------------------


def test_mirrored_margins_put_both_sides_of_a_leaf_on_each_other(
    report: Publication, tmp_path: Path
) -> None:
    printout = plain(open_original(report.product), mirror_mm=28 - 26)
    assert (printout.paper, printout.sheets, printout.duplex) == (PaperSize.A4, 5, Duplex.LONG)
    for front, back in zip(*[iter(sides(printout, tmp_path))] * 2, strict=True):
        left_mm = min(line.chars[0].x_mm for line in front.lines)
        right_mm = min(line.chars[0].x_mm for line in back.lines) + 156
        # Turned over on the long edge, the right edge of the back lies on the left of the front.
        assert abs(left_mm - (210 - right_mm)) < 0.1


def test_margins_that_the_source_mirrors_are_not_mirrored_again(tmp_path: Path) -> None:
    source = write(tmp_path, ["正文要排两页。" * 120], 装订="双面")
    what = prepress.Matter(publish(source), validate(load(source)))
    for mirrored in (False, True):
        printout = prepress.make_print(
            what, prepress.PrintRequest(), duplex=True, mirrored=mirrored, crop_marks=False
        )
        left_mm = [
            min(line.chars[0].x_mm for line in side.lines) for side in sides(printout, tmp_path)
        ]
        assert [round(left, 1) for left in left_mm[:2]] == [28, 26]


def test_an_odd_page_gets_a_blank_back_so_that_copies_do_not_run_on(tmp_path: Path) -> None:
    printout = plain(open_original(original(tmp_path, 3)))
    assert [sorted(spots(side)) for side in sides(printout, tmp_path)] == [[1], [2], [3], []]
    assert (printout.sheets, printout.printed) == (2, 3)
    simplex = plain(open_original(original(tmp_path, 3)), duplex=False)
    assert (simplex.sheets, len(simplex.sides), simplex.duplex) == (3, 3, Duplex.NONE)


def test_the_file_says_how_it_wants_to_be_printed(tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(original(tmp_path, 2))).content(copies=30))
    wanted = PdfReader(path).root_object["/ViewerPreferences"]
    assert wanted["/PrintScaling"] == "/None"
    assert wanted["/Duplex"] == "/DuplexFlipLongEdge"
    assert wanted["/NumCopies"] == 30


def test_crop_marks_point_at_the_corners_and_stay_clear_of_the_bleed(tmp_path: Path) -> None:
    printout = plain(open_original(original(tmp_path, 1)), crop_marks=True)
    path = tmp_path / "cropped.pdf"
    path.write_bytes(printout.content())
    (page,) = PdfReader(path).pages
    trim, bleed = (
        [float(edge) * 25.4 / 72 for edge in box] for box in (page.trimbox, page.bleedbox)
    )
    assert [round(edge, 2) for edge in trim] == [10, 10, 220, 307]
    assert [round(edge, 2) for edge in bleed] == [7, 7, 223, 310]
    (sheet,) = read(path).sheets
    assert near(spots(sheet)[1], 10 + MARK_X_MM, 10 + MARK_BASELINE_MM)
    assert len(sheet.strokes) == 8
    for mark in sheet.strokes:
        if mark.horizontal:
            assert min(abs(mark.y0_mm - edge) for edge in (10, 307)) < 0.2
            assert mark.x1_mm <= 7 or mark.x0_mm >= 223
        else:
            assert min(abs(mark.x0_mm - edge) for edge in (10, 220)) < 0.2
            assert mark.y1_mm <= 7 or mark.y0_mm >= 310


def test_what_is_drawn_beyond_the_edge_is_kept_for_the_cut_and_for_nothing_else(
    tmp_path: Path,
) -> None:
    # All black, with 20 mm round what is shown.
    narrow, whole = (
        surrounded(tmp_path / f"{width_mm:.0f}.pdf", width_mm) for width_mm in (150.0, 210.0)
    )
    assert inked_mm(plain(open_original(whole), crop_marks=True), tmp_path) == [7, 7, 223, 310]
    assert inked_mm(plain(open_original(whole)), tmp_path) == [0, 0, 210, 297]
    # Half as large in the middle of a cell of 105 mm.
    assert inked_mm(reading_copy(open_original(narrow), 4), tmp_path) == [15, 0, 90, 148]


def surrounded(path: Path, width_mm: float) -> Path:
    writer = numbered(1, (width_mm + 40, 337.0), b"0 0 0 rg 0 0 2000 2000 re f")
    edges = (20, 20, width_mm + 20, 317)
    writer.pages[0].cropbox = RectangleObject([edge * 72 / 25.4 for edge in edges])
    return saved(writer, path)


def inked_mm(printout: Printout, folder: Path) -> list[int]:
    """Left, upper, right and lower edge of the largest black part of the first side."""
    path = folder / "printed.pdf"
    path.write_bytes(printout.content())
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=2, grayscale=True).to_pil()
    inked = picture.point(lambda grey: 255 * (grey < 128))
    edges = inked.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3)).getbbox()
    return [int(edge / 2 * 25.4 / 72 + 0.3) for edge in edges]


def test_layers_that_are_off_stay_off(tmp_path: Path) -> None:
    writer = numbered(1)
    layer = writer._add_object(dictionary(Type=NameObject("/OCG")))
    writer.root_object[NameObject("/OCProperties")] = dictionary(
        OCGs=ArrayObject([layer]), D=dictionary(OFF=ArrayObject([layer]))
    )
    path = tmp_path / "printed.pdf"
    path.write_bytes(plain(open_original(saved(writer, tmp_path / "o.pdf"))).content())
    assert len(PdfReader(path).root_object["/OCProperties"]["/D"]["/OFF"]) == 1


@pytest.mark.parametrize(("places", "scale"), [(2, 148.5 / 210), (4, 0.5)])
def test_reading_copies_go_from_left_to_right_then_down(
    tmp_path: Path, places: int, scale: float
) -> None:
    printout = reading_copy(open_original(original(tmp_path, 5)), places)
    first = spots(sides(printout, tmp_path)[0])
    assert sorted(first) == list(range(1, places + 1))
    assert abs(first[2][0] - first[1][0] - (148.5 if places == 2 else 105)) < 0.1
    assert abs(first[1][0] - MARK_X_MM * scale) < 0.2
    if places == 4:
        assert abs(first[3][1] - first[1][1] - 148.5) < 0.1


@pytest.mark.parametrize("places", [2, 4])
def test_the_next_reading_copy_begins_on_a_sheet_of_its_own(tmp_path: Path, places: int) -> None:
    opened = open_original(original(tmp_path, 2 * places + 1))
    printout = reading_copy(opened, places)
    assert (printout.sheets, len(printout.sides), printout.printed) == (2, 4, 3)
    one = reading_copy(open_original(original(tmp_path, places)), places)
    assert (one.sheets, len(one.sides), one.duplex) == (1, 1, Duplex.NONE)
