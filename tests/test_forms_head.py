"""What stands above the text, in mm as the standard has it: 7.2, 7.3.1, 7.3.2."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    IMPRINT,
    LEFT_MM,
    LINE_MM,
    MIDDLE_MM,
    NAME,
    NOTICE,
    ONE_BLANK_MM,
    RED,
    RIGHT_MM,
    SENTENCE,
    TWO_BLANK_MM,
    between_mm,
    document,
    looks,
    marks,
    printed,
    red_ink_mm,
    red_rules,
    row,
    text_of,
    within,
)

from yinfa.check import check
from yinfa.reading import Reading, TextLine

NUMBER = "×××〔2012〕10号"
CORNER = {"份号": 12, "密级": "机密★1年", "紧急程度": "特急"}
NAMES = [
    "×××市×××局",
    "×××市×××委员会",
    "×××市×××总会",
    "×××办公室",
    "×××市×××管理局",
    "×××市×××中心",
]
TITLES = (
    "关于公文版面的通知",
    "×××市×××局关于公文版面若干问题的通知",
    "×××市×××局×××市×××委员会关于做好公文版头版记和附件编排工作若干具体问题的补充通知",
)


def joint(count: int, **changes: Any) -> Reading:
    return printed(NOTICE, 发文机关=NAMES[:count], **changes)


# --- 份号, 密级, 紧急程度: HD-01 to HD-03 ------------------------------------------------------


def test_copy_number_classification_and_urgency_stand_flush_left_on_lines_1_to_3() -> None:
    sheet = printed(NOTICE, **CORNER).sheets[0]
    for number, (text, family) in enumerate(
        (("000012", "Serif Signs"), ("机密★1年", "Hei"), ("特急", "Hei")), 1
    ):
        line = sheet.line(text)
        assert line.bare == text
        assert line.x0_mm == pytest.approx(LEFT_MM, abs=0.1)
        assert row(line) == pytest.approx(number, abs=0.02)
        assert all(family in look.family for look in looks(line))


@pytest.mark.parametrize("left_out", CORNER)
def test_the_others_move_up_in_their_order(left_out: str) -> None:
    shown = {key: value for key, value in CORNER.items() if key != left_out}
    lines = printed(NOTICE, **shown).sheets[0].lines[:2]
    assert [round(row(line), 1) for line in lines] == [1.0, 2.0]
    texts = {"份号": "000012", "密级": "机密★1年", "紧急程度": "特急"}
    assert [line.bare for line in lines] == [texts[key] for key in shown]


# --- the mark: HD-04 to HD-06 -----------------------------------------------------------------


@pytest.mark.parametrize(
    "issuer", ["×××", NAME, "国", "×××部一", "中共×××市委×××委员会办公室", "×××省×××市" * 4]
)
def test_the_ink_of_a_mark_begins_72_mm_below_the_paper_s_edge(issuer: str) -> None:
    reading = printed(NOTICE, 发文机关=issuer)
    (mark,) = marks(reading.sheets[0])
    assert mark.bare == f"{issuer}文件"
    assert red_ink_mm(reading.path)[0][0] == pytest.approx(72.0, abs=0.15)
    assert mark.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
    assert mark.x0_mm >= LEFT_MM and mark.x1_mm <= RIGHT_MM
    (look,) = looks(mark)
    assert look.colour == RED and "Biaosong" in look.font


@pytest.mark.parametrize("count", range(2, 7))
def test_joint_names_have_one_width_and_stand_in_a_column_beside_the_suffix(count: int) -> None:
    reading = joint(count)
    found = marks(reading.sheets[0])
    (beside,) = [mark for mark in found if mark.bare.endswith("文件")]
    suffix = TextLine(beside.chars[-2:])  # beside the middle name it shares that one's line
    names = [TextLine(mark.chars[:-2]) if mark is beside else mark for mark in found]
    names = [mark for mark in names if mark.chars]
    assert [mark.bare for mark in names] == NAMES[:count]  # in order, the sponsor first
    assert red_ink_mm(reading.path)[0][0] == pytest.approx(72.0, abs=0.15)
    assert {round(mark.x0_mm, 1) for mark in names} == {round(names[0].x0_mm, 1)}
    ends = [mark.chars[-1].right_mm for mark in names]
    assert max(ends) - min(ends) < 0.5
    assert suffix.x0_mm > max(ends)
    assert (names[0].x0_mm + suffix.x1_mm) / 2 == pytest.approx(MIDDLE_MM, abs=1)
    middle = (names[0].em_top_mm + names[-1].em_bottom_mm) / 2
    assert (suffix.em_top_mm + suffix.em_bottom_mm) / 2 == pytest.approx(middle, abs=1)
    gaps = [lower.baseline_mm - upper.baseline_mm for upper, lower in pairwise(names)]
    assert max(gaps) - min(gaps) < 0.4
    assert all(between_mm(upper, lower) > 0 for upper, lower in pairwise(names))


@pytest.mark.parametrize("count", range(1, 7))
def test_side_1_shows_text_however_many_issue_together(count: int) -> None:
    sheet = joint(count, 标题=TITLES[1], 主送="×××，" * 20).sheets[0]
    assert sheet.line(SENTENCE[:20]).em_bottom_mm <= BOTTOM_MM + 0.1  # 7.3.3


# --- 发文字号, 签发人 and the red rule: HD-07 to HD-11 -----------------------------------------


@pytest.mark.parametrize("count", range(1, 7))
def test_the_number_is_centred_two_blank_lines_below_the_mark(count: int) -> None:
    reading = joint(count)
    number = reading.sheets[0].line(NUMBER)
    lowest = red_ink_mm(reading.path)[-2][1]  # the last band is the rule's
    assert within(number.em_top_mm - lowest, TWO_BLANK_MM)
    assert number.middle_mm == pytest.approx(MIDDLE_MM, abs=0.2)
    assert number.size_mm == pytest.approx(CELL_MM, abs=0.05)


def check_red_rule(reading: Reading) -> None:
    """156 mm wide, 4 mm under the number's type, red; drawn once."""
    (rule,) = red_rules(reading.sheets[0])
    assert (rule.x0_mm, rule.x1_mm) == pytest.approx((LEFT_MM, RIGHT_MM), abs=0.1)
    number = reading.sheets[0].line(NUMBER)
    assert rule.top_mm - number.em_bottom_mm == pytest.approx(4.0, abs=0.2)
    assert 0.35 <= rule.thickness_mm <= 0.7


@pytest.mark.parametrize("count", [1, 2, 6])
def test_the_red_rule_lies_4_mm_below_the_number(count: int) -> None:
    check_red_rule(joint(count))


@pytest.mark.parametrize("count", range(1, 6))
def test_signatories_stand_two_a_line_the_last_beside_the_number(count: int) -> None:
    names = ["赵一一", "钱二", "孙三三", "李四四", "周五"][:count]
    reading = printed(NOTICE, 文种="请示", 发文机关=NAMES[:count], 发文机关标志=NAME, 签发人=names)
    sheet = reading.sheets[0]
    label = sheet.line("签发人：")
    start = label.text.index("签")
    assert all("Fang" in char.look.family for char in label.chars[start : start + 4])
    lines = [label, *(sheet.line(name[0]) for name in names[2::2])]
    assert [row(line) - row(label) for line in lines] == pytest.approx(
        list(range(len(lines))), abs=0.01
    )
    number = sheet.line(NUMBER)
    assert number is lines[-1]  # 7.2.5: beside the last of them
    assert number.x0_mm == pytest.approx(LEFT_MM + CELL_MM, abs=0.2)
    first = label.chars[label.text.index("：") + 1]
    for line, pair in zip(lines, (names[i : i + 2] for i in range(0, count, 2)), strict=True):
        kai = [char for char in line.inked() if "Kai" in char.look.family]
        assert "".join(char.char for char in kai) == "".join(pair)
        assert kai[0].x_mm == pytest.approx(first.x_mm, abs=0.1)
    full = [char for char in lines[0].inked() if "Kai" in char.look.family]
    assert full[-1].right_mm == pytest.approx(RIGHT_MM - CELL_MM, abs=0.3)
    check_red_rule(reading)


def test_a_long_name_of_a_signatory_pushes_none_over_the_edge() -> None:
    names = ["阿不都热合曼·艾则孜", "王五"]
    reading = printed(NOTICE, 文种="请示", 发文机关=NAMES[:2], 发文机关标志=NAME, 签发人=names)
    assert all(name in text_of(reading) for name in names)
    kai = [
        char
        for line in reading.sheets[0].lines
        for char in line.inked()
        if "Kai" in char.look.family
    ]
    assert max(char.right_mm for char in kai) == pytest.approx(RIGHT_MM - CELL_MM, abs=0.3)


@pytest.mark.parametrize("length", [1, 12, 13, 24, 29])
@pytest.mark.parametrize("number", ["×××〔2012〕10号", "人力资源社会保障办公〔2012〕1000号"])
def test_a_long_signatory_takes_several_lines_and_the_number_has_room_beside_the_last(
    length: int, number: str
) -> None:
    name = "阿不都热合曼艾则孜"[: length % 9 or 9] + "依" * (length - (length % 9 or 9))
    reading = printed(NOTICE, 文种="请示", 签发人=name, 发文字号=number)
    lines = reading.sheets[0].lines
    kai = [[char for char in line.inked() if "Kai" in char.look.family] for line in lines]
    shown = [chars for chars in kai if chars]
    assert "".join(char.char for chars in shown for char in chars) == name
    assert max(chars[-1].right_mm for chars in shown) == pytest.approx(
        RIGHT_MM - CELL_MM, abs=0.3
    )  # 7.2.6
    last = next(line for line, chars in zip(lines[::-1], kai[::-1], strict=True) if chars)
    assert last.bare.startswith(number)  # 7.2.5
    end, beside = list(last.inked())[len(number) - 1 : len(number) + 1]
    assert beside.x_mm - end.right_mm > 0.4 * CELL_MM


# --- 标题: TI-01 to TI-05 ---------------------------------------------------------------------


def title_lines(reading: Reading) -> list[TextLine]:
    return [line for line in reading.sheets[0].lines if 7.5 < line.size_mm < 8]


@pytest.mark.parametrize(("title", "count"), list(zip(TITLES, (1, 2, 3), strict=True)))
def test_a_title_is_centred_two_blank_lines_below_the_rule(title: str, count: int) -> None:
    reading = printed(NOTICE, 标题=title)
    lines = title_lines(reading)
    assert len(lines) == count
    assert "".join(line.bare for line in lines) == title
    (rule,) = red_rules(reading.sheets[0])
    assert within(lines[0].em_top_mm - rule.bottom_mm, TWO_BLANK_MM)
    for line in lines:
        assert line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
        assert line.x0_mm > LEFT_MM and len(line.bare) <= 20  # TI-05
        assert line.bare[-1] not in "，。、；："  # TI-04
        assert line.size_mm == pytest.approx(22 * 25.4 / 72, abs=0.02)  # 2号
        assert all("Biaosong" in look.font and look.colour == (0, 0, 0) for look in looks(line))
    widths = [line.width_mm for line in lines]
    if count > 1:
        assert max(widths) - min(widths) > 0.5 * CELL_MM  # no rectangle
    if count > 2:
        assert widths[1] >= min(widths[0], widths[2])  # no hourglass


def test_a_title_breaks_where_the_source_says() -> None:
    changes = {"标题": "关于公文|版面的|通知", "附件": [{"标题": "版式|示例", "正文": [SENTENCE]}]}
    reading = printed(NOTICE, **changes)
    assert [line.bare for line in title_lines(reading)] == ["关于公文", "版面的", "通知"]
    assert reading.facts.title == "关于公文版面的通知"
    assert "附件：版式示例" in text_of(reading)
    assert "|" not in text_of(reading)
    assert "TX-01" not in check(reading, document(NOTICE, **changes)).failed


# --- 主送机关: BD-01, BD-02 --------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12])
def test_addressees_stand_flush_left_one_blank_line_below_the_title(count: int) -> None:
    names = [f"×××市×××委员会{place}办" for place in "一二三四五六七八九十甲乙"[:count]]
    reading = printed(NOTICE, 主送=names)
    sheet = reading.sheets[0]
    first = sheet.line(names[0])
    assert within(between_mm(title_lines(reading)[-1], first), ONE_BLANK_MM)
    text = sheet.line(SENTENCE[:20])
    start, end = first.baseline_mm, text.baseline_mm
    lines = [line for line in sheet.lines if start <= line.baseline_mm < end]
    assert all(line.x0_mm == pytest.approx(LEFT_MM, abs=0.2) for line in lines)
    assert "".join(line.bare for line in lines) == "，".join(names) + "："
    assert between_mm(lines[-1], text) == pytest.approx(LINE_MM - CELL_MM, abs=0.05)  # none blank
    assert text.x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.2)


def test_addressees_that_leave_side_1_no_text_move_to_the_imprint() -> None:
    names = [f"×××市×××委员会第{place}办公室" for place in range(1, 31)]
    reading = printed(NOTICE, 主送=names, **IMPRINT)
    first, last = reading.sheets[0], reading.sheets[-1]
    assert "委员会" not in first.text
    assert first.line(SENTENCE[:20])
    to = last.line("主送：")
    copied = last.line("抄送：")
    assert to.x0_mm == pytest.approx(LEFT_MM + 14 * 25.4 / 72, abs=0.1)
    assert copied.x0_mm == pytest.approx(to.x0_mm, abs=0.1)
    assert all(name in text_of(reading) for name in names)
    inner = [s for s in last.strokes if to.baseline_mm < s.y0_mm < copied.baseline_mm]
    assert inner == []  # BJ-06: no rule between 主送 and 抄送


# --- 套打 --------------------------------------------------------------------------------------


def test_preprinted_paper_gets_all_but_mark_and_rules_in_the_same_place() -> None:
    whole = printed(NOTICE, **CORNER, **IMPRINT)
    bare = printed(NOTICE, **CORNER, **IMPRINT, 版头="套打")
    assert red_ink_mm(bare.path) == ()
    assert not marks(bare.sheets[0]) and not red_rules(bare.sheets[0])
    places = [
        [(line.bare, round(line.x0_mm, 3), round(line.baseline_mm, 3)) for line in sheet.lines]
        for sheet in (*whole.sheets, *bare.sheets)
    ]
    mark = marks(whole.sheets[0])[0].bare
    kept = [[line for line in page if line[0] != mark] for page in places[: len(whole.sheets)]]
    assert kept == places[len(whole.sheets) :]


def test_without_letterhead_the_title_stands_on_the_third_line() -> None:
    reading = printed(NOTICE, 版头="无", 发文字号=None)
    title = title_lines(reading)[0]
    assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.2)
