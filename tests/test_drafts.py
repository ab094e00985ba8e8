"""What a draft shows and a final text does not; blanks and boxes to fill; the grid to judge by."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    LEFT_MM,
    LINE_MM,
    MIDDLE_MM,
    NOTICE,
    RIGHT_MM,
    SENTENCE,
    TOP_MM,
    looks,
    printed,
    red_ink_mm,
    text_of,
    written,
)

from yinfa.check import check
from yinfa.cli import main
from yinfa.reading import Reading, Sheet, TextLine, read

MM = 25.4 / 72
TWO_PAGES = [SENTENCE * 9]
BLANKS = "姓名：________，出生于____年__月__日，是否同意：□是　☑否　☒弃权。"


def drafts(sheet: Sheet, word: str) -> list[TextLine]:
    return [line for line in (*sheet.lines, *sheet.turned_lines) if line.bare == word]


# --- the draft mark ---------------------------------------------------------------------------


@pytest.mark.parametrize("binding", ["单面", "双面"])
@pytest.mark.parametrize("word", ["征求意见稿", "送审稿", "讨论稿（第2稿）"])
def test_a_draft_mark_ends_over_the_right_edge_in_the_head_margin_of_every_page(
    word: str, binding: str
) -> None:
    reading = printed(NOTICE, 正文=TWO_PAGES, 稿别=word, 装订=binding)
    assert len(reading.sheets) == 2
    for sheet in reading.sheets:
        (mark,) = drafts(sheet, word)
        mirrored = binding == "双面" and sheet.number == 2
        assert mark.x1_mm == pytest.approx(RIGHT_MM - 2 * mirrored, abs=0.1)
        assert 10 < mark.em_top_mm < mark.em_bottom_mm < TOP_MM - 5
        assert mark.size_mm == pytest.approx(CELL_MM, abs=0.02)
        assert all("Hei" in look.family and look.colour == (0, 0, 0) for look in looks(mark))
        assert mark.artifact  # a screen reader does not meet it on every page
    assert word not in text_of(reading)


def slanted(path: Path, page: int, word: str) -> tuple[float, tuple[float, float], set[Any]]:
    """Angle in degrees, middle in mm from the upper left corner, and colours of *word*."""
    with pdfplumber.open(path) as document:
        sheet = document.pages[page]
        chars = [char for char in sheet.chars if char["size"] > 60 and char["matrix"][1]]
        assert "".join(char["text"] for char in chars) == word
        first, last = chars[0]["matrix"], chars[-1]["matrix"]
        along = math.atan2(last[5] - first[5], last[4] - first[4])
        assert math.atan2(first[1], first[0]) == pytest.approx(along, abs=0.001)
        # From the first origin to the end of the last character; the middle of a Han character
        # is 0.38 em above the baseline.
        em = math.hypot(last[4] - first[4], last[5] - first[5]) / (len(chars) - 1)
        half, rise = em * len(chars) / 2, 0.38 * em
        x = first[4] + half * math.cos(along) - rise * math.sin(along)
        y = first[5] + half * math.sin(along) + rise * math.cos(along)
        colours = {char["non_stroking_color"] for char in chars}
        return math.degrees(along), (x * MM, 297 - y * MM), colours


def test_a_slanted_mark_lies_light_along_the_diagonal_under_the_text_of_every_page() -> None:
    word = "征求意见稿"
    reading = printed(NOTICE, 正文=TWO_PAGES, 稿别=word, 稿别样式="斜印")
    for number in (0, 1):
        angle, middle, colours = slanted(reading.path, number, word)
        assert angle == pytest.approx(math.degrees(math.atan(225 / 156)), abs=0.1)
        assert middle == pytest.approx((MIDDLE_MM, (TOP_MM + BOTTOM_MM) / 2), abs=0.3)
        ((grey,),) = colours
        assert 0.8 < grey < 0.95
        with pdfplumber.open(reading.path) as document:
            drawn = [char["size"] > 60 for char in document.pages[number].chars]
        assert drawn == sorted(drawn, reverse=True)  # first of all: the text lies over it
    assert word not in text_of(reading)


@pytest.mark.parametrize("style", ["右上", "斜印"])
def test_the_mark_moves_nothing_and_is_off_in_the_final_text(style: str) -> None:
    final = printed(NOTICE, 正文=TWO_PAGES)
    draft = printed(NOTICE, 正文=TWO_PAGES, 稿别="讨论稿", 稿别样式=style)
    for one, other in zip(final.sheets, draft.sheets, strict=True):
        assert one.body_lines == other.body_lines
        assert drafts(one, "讨论稿") == []
    assert red_ink_mm(final.path) == red_ink_mm(draft.path)
    assert check(draft).failed == check(final).failed


# --- a date left blank ------------------------------------------------------------------------


@pytest.mark.parametrize("seal", [None, "印章.png"])
def test_a_date_left_blank_leaves_room_for_its_digits(seal: str | None) -> None:
    sheet = printed(NOTICE, 成文日期="空白", 稿别="讨论稿", 印章=seal).sheets[-1]
    (year,) = [line for line in sheet.body_lines if line.bare == "年月日"]
    x = {char.char: char.x_mm for char in year.inked()}
    # Two digits by hand take two cells, four take four.
    assert x["月"] - x["年"] == pytest.approx(3 * CELL_MM, abs=0.1)
    assert x["日"] - x["月"] == pytest.approx(3 * CELL_MM, abs=0.1)
    right = RIGHT_MM - (4 if seal else 2) * CELL_MM  # 7.3.5.1, 7.3.5.2
    assert year.x1_mm == pytest.approx(right, abs=0.2)
    name = [line for line in sheet.body_lines if line.bare == NOTICE["发文机关"]][-1]
    begins = right - 11 * CELL_MM
    if seal:
        assert name.middle_mm == pytest.approx((begins + right) / 2, abs=0.3)
    else:
        assert begins - name.x0_mm == pytest.approx(2 * CELL_MM, abs=0.2)


# --- blanks and boxes -------------------------------------------------------------------------


@pytest.mark.parametrize("before", range(0, 24, 3))
def test_blanks_are_rules_of_half_cells_that_no_line_parts(before: int) -> None:
    (sheet,) = printed(NOTICE, 正文=["文" * before + BLANKS], 成文日期=None).sheets
    lines = [line for line in sheet.body_lines if line.em_top_mm > 170]
    for line in lines:
        for one, other in pairwise(char for char in line.chars if char.char == "_"):
            step = other.x_mm - one.x_mm
            if step < CELL_MM:
                assert step == pytest.approx(CELL_MM / 2, abs=0.1)
                assert step <= one.advance_mm  # the rule is unbroken
    text = "".join(line.bare for line in lines)
    assert "姓名：________，出生于____年__月__日，" in text
    for line in lines:
        assert not line.bare.startswith(("年", "月", "_，"))
        for box in "□☑☒":
            assert not line.bare.endswith(box)  # a box stays with its word


def test_boxes_take_a_cell_and_are_drawn() -> None:
    (sheet,) = printed(NOTICE, 正文=[BLANKS], 成文日期=None).sheets
    boxes = [char for line in sheet.body_lines for char in line.chars if char.char in "□☑☒☐"]
    assert [box.char for box in boxes] == ["□", "☑", "☒"]
    for box in boxes:
        assert box.size_mm == pytest.approx(CELL_MM, abs=0.02)
        assert box.advance_mm == pytest.approx(CELL_MM, abs=0.35)
    assert sheet.unreadable == 0


# --- the grid ---------------------------------------------------------------------------------


def gridded(**changes: Any) -> tuple[Reading, bytes, bytes]:
    """The grid's derivative, and the product before and after it was made."""
    source = written(NOTICE, 正文=TWO_PAGES, **changes)
    product = source.with_suffix(".pdf")
    assert main(["build", str(source), "-o", str(product)]) == 0
    before = product.read_bytes()
    assert main(["build", str(source), "-o", str(product), "--grid"]) == 0
    return read(product.with_name(f"{product.stem} 版心格.pdf")), before, product.read_bytes()


def test_the_grid_shows_type_area_lines_and_cells_where_the_standard_has_them() -> None:
    reading, before, after = gridded()
    assert before == after
    for sheet in reading.sheets:
        level = sorted({round(s.y0_mm, 1) for s in sheet.strokes if s.horizontal and s.colour[2]})
        upright = sorted({round(s.x0_mm, 1) for s in sheet.strokes if not s.horizontal})
        for line in range(22):
            top = TOP_MM + line * LINE_MM
            assert any(abs(y - top) < 0.15 for y in level), line
            assert any(abs(y - top - CELL_MM) < 0.15 for y in level), line
        for cell in range(1, 28):
            assert any(abs(x - LEFT_MM - cell * CELL_MM) < 0.15 for x in upright), cell
        assert (level[0], level[-1]) == pytest.approx((TOP_MM, BOTTOM_MM), abs=0.15)
        assert (upright[0], upright[-1]) == pytest.approx((LEFT_MM, RIGHT_MM), abs=0.15)
        artifacts = [char.char for line in sheet.lines for char in line.chars if char.look.artifact]
        labels = "".join("".join(artifacts).split())
        for label in ("天头 37 mm", "订口 28 mm", "切口 26 mm", "地脚 35 mm", "版心 156 × 225 mm",
                      "行距 10.447 mm", "字 5.571 mm"):  # fmt: skip
            assert label.replace(" ", "") in labels
    page = read(written(NOTICE, 正文=TWO_PAGES).with_suffix(".pdf"))
    assert [sheet.text for sheet in page.sheets] == [sheet.text for sheet in reading.sheets]


def test_the_grid_follows_the_margins_of_duplex_binding() -> None:
    reading, _, _ = gridded(装订="双面")
    lefts = [
        min(stroke.x0_mm for stroke in sheet.strokes if not stroke.horizontal)
        for sheet in reading.sheets
    ]
    assert lefts == pytest.approx([28, 26], abs=0.1)
