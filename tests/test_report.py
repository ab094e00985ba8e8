"""The real document as an official attachment: what stands where, read from the PDF in mm."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import pdfplumber
import pytest
from conftest import ROOT
from pypdf import PdfReader

from yinfa.reading import Char, Reading, Sheet, TextLine
from yinfa.recipe import Publication

ORIGINAL = (ROOT / "tests" / "data" / "attachment-2.txt").read_text(encoding="utf-8")
CELL = 156 / 28
HALF_GAP = (10.447 - CELL) / 2
LEVEL_1 = re.compile("^[一二三四五六]、")
LEVEL_2 = re.compile("^（[一二三四]）")


def bare(text: str) -> str:
    """*text* without white space and without the colon after 附件2, which the standard drops."""
    return "".join(text.split()).replace("附件2：", "附件2", 1)


def families(chars: Iterable[Char]) -> set[str]:
    """The faces of *chars*, by the first two words of their names."""
    return {" ".join(re.split("[ -]", char.look.family)[:2]) for char in chars}


def text_lines(sheet: Sheet) -> list[TextLine]:
    return [line for line in sheet.lines if line.em_bottom_mm < 263]


def lines_of(reading: Reading) -> list[TextLine]:
    return [line for sheet in reading.sheets for line in text_lines(sheet)]


def test_nothing_is_lost_and_nothing_changed(report: Publication) -> None:
    with pdfplumber.open(report.product) as pdf:
        pages = [page.filter(is_text).extract_text() for page in pdf.pages]
    assert "".join(map(bare_page, pages)).replace("附件2", "附件2", 1) == bare(ORIGINAL)


def is_text(item: dict[str, object]) -> bool:
    """The folio stands below the type area, 262 mm."""
    return item.get("object_type") != "char" or float(str(item["bottom"])) < 263 / 25.4 * 72


def bare_page(text: str) -> str:
    return "".join(text.split())


def test_ten_pages_of_a4(report_sheets: Reading) -> None:
    assert len(report_sheets.sheets) == 10
    for sheet in report_sheets.sheets:
        assert sheet.width_mm == pytest.approx(210, abs=0.1)
        assert sheet.height_mm == pytest.approx(297, abs=0.1)


def test_a_page_that_text_leaves_for_the_next_has_22_lines(report_sheets: Reading) -> None:
    """21 only where a heading is kept with its text or a lone line is cured, 5.2.3."""
    counts = [len(text_lines(sheet)) for sheet in report_sheets.sheets[1:-1]]
    assert set(counts) <= {22, 21}
    assert counts.count(21) <= 2
    first = text_lines(report_sheets.sheets[0])
    assert len(first) + 2 == 22  # a blank line above the title and one below


def test_every_line_stands_on_the_grid(report_sheets: Reading) -> None:
    """22 lines fill 225 mm from 37 mm on: the first type at 37 mm, the last ends at 262 mm."""
    for sheet in report_sheets.sheets:
        for line in text_lines(sheet):
            if line.size_mm < 7:
                row = (line.em_top_mm - 37.02) / 10.447
                assert row == pytest.approx(round(row), abs=0.005)
    for sheet in report_sheets.sheets[1:8]:
        assert text_lines(sheet)[0].em_top_mm == pytest.approx(37, abs=0.1)


def test_full_pages_end_at_the_foot_of_the_type_area(report_sheets: Reading) -> None:
    full = [text_lines(sheet) for sheet in report_sheets.sheets if len(text_lines(sheet)) == 22]
    assert full
    for lines in full:
        assert lines[-1].em_bottom_mm == pytest.approx(262, abs=0.1)


def test_the_label_is_on_the_first_line_flush_left_without_colon(report_sheets: Reading) -> None:
    label = report_sheets.sheets[0].lines[0]
    assert label.text == "附件2"
    assert label.x0_mm == pytest.approx(28, abs=0.05)
    assert label.em_top_mm == pytest.approx(37, abs=0.1)
    assert families(label.chars) == {"Yinfa Heiti"}
    assert label.size_mm == pytest.approx(CELL, abs=0.01)


def test_the_title_is_centred_on_the_third_line(report_sheets: Reading) -> None:
    title = report_sheets.sheets[0].lines[1]
    assert title.text == "2009年常州教育党建工作总结"
    assert title.middle_mm == pytest.approx(106, abs=0.1)  # the middle of the type area
    assert title.size_mm == pytest.approx(22 * 25.4 / 72, abs=0.01)
    assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.1)
    body = report_sheets.sheets[0].lines[2]
    assert body.em_top_mm == pytest.approx(37.02 + 4 * 10.447, abs=0.1)  # the fifth line


def test_headings_have_the_faces_of_their_level(report_sheets: Reading) -> None:
    """黑体 for 一、 and 楷体 for （一） up to its full stop, then 仿宋, 7.3.3."""
    level_1 = [line for line in lines_of(report_sheets) if LEVEL_1.match(line.text)]
    level_2 = [line for line in lines_of(report_sheets) if LEVEL_2.match(line.text)]
    assert (len(level_1), len(level_2)) == (6, 20)
    for line in level_1:
        assert families(line.chars) == {"Yinfa Heiti"}
        assert not line.text.endswith("。")
    for line in level_2:
        stop = line.text.index("。") if "。" in line.text else len(line.text)
        assert families(line.chars[: stop + 1]) == {"Yinfa Kaiti"}
        assert families(line.chars[stop + 1 :]) <= {"Fandol Fangsong", "Yinfa Serif"}


def test_no_heading_is_the_last_line_of_a_page(report_sheets: Reading) -> None:
    for sheet in report_sheets.sheets:
        assert not LEVEL_1.match(text_lines(sheet)[-1].text)


def test_paragraphs_are_indented_two_cells_and_other_lines_flush_left(
    report_sheets: Reading,
) -> None:
    starts = {round(line.x0_mm, 1) for line in lines_of(report_sheets)[2:]}
    assert starts == {28.0, round(28 + 2 * CELL, 1)}


def test_full_lines_reach_both_edges(report_sheets: Reading) -> None:
    """A line that another line of its paragraph follows ends at 184 mm; a mark there may overhang
    by its blank half."""
    lines = lines_of(report_sheets)[2:]
    for line, following in pairwise(lines):
        if following.x0_mm < 30:
            last = line.chars[-1]
            right = last.right_mm - (CELL / 2 if last.char in "，。、；：！？）》”’" else 0)
            assert right == pytest.approx(184, abs=0.15) or line.x1_mm == pytest.approx(
                184, abs=0.15
            ), line.text


def test_text_is_black(report_sheets: Reading) -> None:
    for sheet in report_sheets.sheets:
        for line in sheet.lines:
            assert {char.look.colour for char in line.chars} == {(0, 0, 0)}


@pytest.mark.parametrize("page", range(10))
def test_the_folio_stands_seven_mm_under_the_type_area(report_sheets: Reading, page: int) -> None:
    """``— 1 —`` in 4号, the dash's middle at 269 mm, one 4号 character in, outside, 7.5."""
    folio = report_sheets.sheets[page].lines[-1]
    assert folio.text == f"— {page + 1} —"
    assert families(folio.chars) == {"Fandol Songti"}
    assert folio.size_mm == pytest.approx(14 * 25.4 / 72, abs=0.01)
    top, bottom = folio.chars[0].ink_mm or (0, 0)
    assert (top + bottom) / 2 == pytest.approx(269, abs=0.1)
    small = 14 * 25.4 / 72
    if page % 2 == 0:
        assert folio.x1_mm == pytest.approx(184 - small, abs=0.05)
    else:
        assert folio.x0_mm == pytest.approx(28 + small, abs=0.05)
    assert folio.artifact


def test_the_file_says_what_it_is(report_sheets: Reading) -> None:
    facts = report_sheets.facts
    assert facts.title == "附件2 2009年常州教育党建工作总结"
    assert facts.language == "zh-CN"
    assert facts.tagged
    assert list(facts.page_labels) == [str(number) for number in range(1, 11)]
    assert all(font.embedded and font.subset for font in facts.fonts)
    names = [entry.title for entry in facts.outline]
    assert names[0] == "附件2 2009年常州教育党建工作总结"
    assert len([name for name in names if LEVEL_1.match(name)]) == 6
    assert len([name for name in names if LEVEL_2.match(name)]) == 20


def test_pdfium_reads_the_same_text(report_sheets: Reading) -> None:
    read = "".join(line.bare for sheet in report_sheets.sheets for line in text_lines(sheet))
    assert read == bare(ORIGINAL)


@pytest.mark.judge
def test_poppler_reads_the_same_text(report: Publication) -> None:
    command = ["pdftotext", "-raw", str(report.product), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = (re.sub("— [0-9]+ —\n*$", "", page) for page in printed.split("\f"))
    assert "".join(map(bare_page, pages)) == bare(ORIGINAL)


def test_the_tags_hold_one_element_a_paragraph(report: Publication) -> None:
    """1 title, 6 + 20 headings; a paragraph each for the label, the opening, the closing and the
    text of every run-in heading, however many lines and pages it takes."""
    root = PdfReader(report.product).trailer["/Root"]
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    kinds = Counter(kid.get_object()["/S"] for kid in document["/K"])
    assert kinds == {"/H1": 1, "/H2": 6, "/H3": 20, "/P": 1 + 1 + 20 + 1}
