"""正文 in mm and faces: paragraphs, five levels of headings, articles; 7.3.3 and 5.2."""

from __future__ import annotations

from itertools import pairwise

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    LEFT_MM,
    LETTER,
    LINE_MM,
    MIDDLE_MM,
    NOTICE,
    RIGHT_MM,
    SENTENCE,
    TOP_MM,
    printed,
    red_rules,
    row,
)

from yinfa.reading import Sheet, TextLine

PAPER = {"文种": "材料", "标题": "关于正文的材料"}
INDENT_MM = LEFT_MM + 2 * CELL_MM
HAN = "公文的版面由版头主体和版记三部分组成每面排二十二行每行排二十八个字并撑满版心"
LEVELS = [
    {
        "标题": "甲",
        "正文": [
            {
                "标题": "乙",
                "正文": [
                    {
                        "标题": "丙",
                        "正文": [
                            {"标题": "丁", "正文": [{"标题": "戊"}, {"标题": "己"}]},
                            {"标题": "庚", "正文": [{"标题": "辛"}]},
                        ],
                    },
                    {"标题": "壬"},
                ],
            },
            {"标题": "癸。", "接排": SENTENCE},
        ],
    },
    {"标题": "子。", "接排": SENTENCE, "正文": [{"标题": "丑", "正文": ["文字。"]}]},
]
PRINTED = {
    "一、甲": "Hei", "（一）乙": "Kai", "1.丙": "Fang", "（1）丁": "Fang", "①戊": "Fang",
    "②己": "Fang", "（2）庚": "Fang", "①辛": "Fang", "2.壬": "Fang", "（二）癸。": "Kai",
    "二、子。": "Hei", "（一）丑": "Kai",
}  # fmt: skip


def families(line: TextLine, start: int, end: int) -> set[str]:
    """The families that set the Han characters [start, end) of *line*."""
    chars = [char for char in line.chars if not char.char.isspace()][start:end]
    return {char.look.family for char in chars if "\u4e00" <= char.char <= "\u9fff"}


@pytest.fixture(scope="module")
def levels() -> Sheet:
    (sheet,) = printed(PAPER, 正文=LEVELS).sheets
    return sheet


def test_five_levels_have_their_marks_and_faces_numbered_anew_under_each_heading(
    levels: Sheet,
) -> None:
    shown = [line for line in levels.body_lines[1:] if line.x0_mm > LEFT_MM + CELL_MM]
    starts = [line for line in shown if not line.bare.startswith("文字")]
    for line, (text, family) in zip(starts, PRINTED.items(), strict=True):
        assert line.bare.startswith(text)
        assert all(family in found for found in families(line, 0, len(text)))
        assert line.size_mm == pytest.approx(CELL_MM, abs=0.02)


def test_every_paragraph_begins_two_cells_in_on_the_grid_without_space_between(
    levels: Sheet,
) -> None:
    text = levels.body_lines[1:]
    for line in text:
        assert min(abs(line.x0_mm - INDENT_MM), abs(line.x0_mm - LEFT_MM)) < 0.1
        assert row(line) == pytest.approx(round(row(line)), abs=0.02)
    for upper, lower in pairwise(text):
        assert lower.baseline_mm - upper.baseline_mm == pytest.approx(LINE_MM, abs=0.02)


@pytest.mark.parametrize("head", ["（二）癸。", "二、子。"])
def test_text_that_is_run_in_takes_its_own_face_after_the_stop(levels: Sheet, head: str) -> None:
    line = levels.line(head)
    assert all("Fang" in family for family in families(line, len(head), len(line.bare)))
    below = levels.body_lines[levels.body_lines.index(line) + 1]
    assert all("Fang" in family for family in families(below, 0, len(below.bare)))
    assert below.x0_mm == pytest.approx(LEFT_MM, abs=0.1)


def test_a_heading_that_is_run_in_without_a_stop_gets_one() -> None:
    body = [{"标题": "甲", "接排": "乙。"}, {"标题": "丙？", "接排": "丁。"}]
    (sheet,) = printed(PAPER, 正文=body).sheets
    assert [line.bare for line in sheet.body_lines[1:]] == ["一、甲。乙。", "二、丙？丁。"]
    assert all("Fang" in family for family in families(sheet.line("甲。乙。"), 4, 6))


def test_a_heading_that_stands_alone_has_no_stop(levels: Sheet) -> None:
    for text in PRINTED:
        if not text.endswith("。"):
            assert levels.line(text).bare == text


def test_a_page_has_22_lines_of_28_characters_from_edge_to_edge() -> None:
    text = (HAN * 40)[: 26 + 28 * 45]
    reading = printed(PAPER, 正文=[text])
    page = reading.sheets[1]
    assert len(page.body_lines) == 22
    assert page.body_lines[0].em_top_mm == pytest.approx(TOP_MM, abs=0.1)
    assert page.body_lines[-1].em_bottom_mm == pytest.approx(BOTTOM_MM, abs=0.1)
    for line in page.body_lines:
        assert len(line.bare) == 28
        assert (line.x0_mm, line.x1_mm) == pytest.approx((LEFT_MM, RIGHT_MM), abs=0.1)
        steps = [after.x_mm - char.x_mm for char, after in pairwise(line.chars)]
        assert max(steps) - min(steps) < 0.05


@pytest.mark.parametrize("count", range(8, 25, 4))
def test_full_lines_end_at_one_edge_whatever_marks_they_have(count: int) -> None:
    text = f"“{HAN[:count]}”（2009年），《{HAN[: count // 2]}》、{HAN}：12.5%；" * 3
    (sheet,) = printed(PAPER, 正文=[text]).sheets
    full = sheet.body_lines[1:-1]
    assert len(full) > 4
    for line in full:
        last = line.chars[-1]
        end = last.right_mm
        if last.char in "，。、；：”》）":
            end = last.x_mm + CELL_MM / 2  # a mark at the end takes half a cell, 5.1.10
        assert end == pytest.approx(RIGHT_MM, abs=0.25)
        assert line.bare[0] not in "，。、；：”》）%" and line.bare[-1] not in "“《（"


# --- regulations ------------------------------------------------------------------------------


def test_chapters_are_centred_articles_numbered_on_and_items_two_cells_in() -> None:
    body = [
        {"章": "总则", "正文": [{"条": SENTENCE}, {"条": ["甲：", "乙。"]}]},
        {
            "章": "分则",
            "正文": [
                {
                    "节": "一般",
                    "正文": [
                        {"条": "丙：", "项": ["丁；", {"项": "戊：", "目": ["己；", "庚。"]}]}
                    ],
                },
                {"节": "其他", "正文": [{"条": "辛。"}]},
            ],
        },
    ]
    (sheet,) = printed(PAPER, 正文=body).sheets
    for text, family in (
        ("第一章总则", "Hei"), ("第二章分则", "Hei"), ("第一节一般", "Kai"), ("第二节其他", "Kai"),
    ):  # fmt: skip
        line = sheet.line(text)
        assert line.bare == text
        assert line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.2)
        assert all(family in found for found in families(line, 0, len(text)))
    for text in ("第一条" + SENTENCE[:8], "第二条甲：", "第三条丙：", "第四条辛。"):
        line = sheet.line(text)
        assert line.bare.startswith(text)
        assert line.x0_mm == pytest.approx(INDENT_MM, abs=0.1)
        assert all("Hei" in family for family in families(line, 0, 3))
        assert all("Fang" in family for family in families(line, 3, len(line.bare)))
        after = line.chars[3]  # one character of space between number and text
        assert after.char == "\u3000" or after.x_mm - line.chars[2].right_mm > 0.9 * CELL_MM
    for text in ("乙。", "（一）丁；", "（二）戊：", "1.己；", "2.庚。"):
        line = sheet.line(text)
        assert line.bare == text
        assert line.x0_mm == pytest.approx(INDENT_MM, abs=0.1)
        assert all("Fang" in family for family in families(line, 0, len(text)))


# --- the first side of a letter ---------------------------------------------------------------


def test_text_keeps_seven_eighths_of_a_character_above_a_letter_s_second_rule() -> None:
    first = printed(LETTER, 正文=[SENTENCE * 20]).sheets[0]
    upper = sorted(red_rules(first), key=lambda rule: rule.y0_mm)[2]
    last = first.body_lines[-1]
    assert upper.top_mm - last.em_bottom_mm >= 4.84
    assert last.em_bottom_mm == pytest.approx(BOTTOM_MM, abs=0.1)  # and fills the type area


def test_nothing_of_a_notice_stands_outside_the_type_area() -> None:
    for sheet in printed(NOTICE, 正文=[SENTENCE * 30]).sheets:
        for line in sheet.body_lines:
            assert line.em_top_mm > TOP_MM - 0.1 and line.em_bottom_mm < BOTTOM_MM + 0.1
            assert line.x0_mm > LEFT_MM - 0.1 and line.x1_mm < RIGHT_MM + CELL_MM / 2 + 0.1


def test_headings_with_nothing_under_them_fill_their_pages() -> None:
    said = SENTENCE.rstrip("。")
    body = [SENTENCE, *({"标题": said} for _ in range(20))]
    sheets = printed(NOTICE, 正文=body).sheets
    assert len(sheets) == 3
    for sheet in sheets[:-1]:
        assert sheet.body_lines[-1].em_bottom_mm > BOTTOM_MM - 2 * LINE_MM


def test_a_heading_with_a_paragraph_beside_it_goes_where_that_goes() -> None:
    for before in range(16, 19):
        body = [*(["短。"] * before), {"标题": "单独成行的标题"}, SENTENCE * 2]
        for sheet in printed(PAPER, 正文=body).sheets:
            assert not sheet.body_lines[-1].bare.endswith("单独成行的标题")
