"""Letter, order, minutes, papers without letterhead, attachments; in mm: 7.3.7, 7.5, 10."""

from __future__ import annotations

from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    IMPRINT,
    LEFT_MM,
    LETTER,
    LINE_MM,
    MIDDLE_MM,
    MINUTES,
    NAME,
    NOTICE,
    ONE_BLANK_MM,
    ORDER,
    RED,
    RIGHT_MM,
    SENTENCE,
    SMALL_MM,
    TWO_BLANK_MM,
    between_mm,
    looks,
    marks,
    printed,
    red_ink_mm,
    red_rules,
    row,
    text_of,
    within,
)

from yinfa.check import RuleOutcome, check
from yinfa.reading import Reading, TextLine

CORNER = {"份号": 5, "密级": "秘密★1年", "紧急程度": "加急"}
NUMBER = "×××〔2012〕10号"
LONG_BODY = [SENTENCE * 4] * 7
PLAIN = {"文种": "总结", "标题": "2012年上半年工作总结", "正文": LONG_BODY}


def piece(line: TextLine, text: str) -> TextLine:
    return next(part for part in line.pieces if text in part.bare)


# --- letter: LT-01 to LT-05 -------------------------------------------------------------------


@pytest.mark.parametrize("issuer", [NAME, "×××局", "×××省×××市×××局×××管理委员会"])
def test_a_letter_s_mark_begins_30_mm_below_the_edge_and_lies_4_mm_over_a_double_rule(
    issuer: str,
) -> None:
    reading = printed(LETTER, 发文机关=issuer)
    sheet = reading.sheets[0]
    (mark,) = marks(sheet)
    assert mark.bare == issuer  # without 文件
    bands = red_ink_mm(reading.path)
    assert bands[0][0] == pytest.approx(30.0, abs=0.15)
    assert mark.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
    upper, lower, third, fourth = sorted(red_rules(sheet), key=lambda rule: rule.y0_mm)
    assert upper.top_mm - bands[0][1] == pytest.approx(4.0, abs=0.5)
    assert upper.thickness_mm > 2 * lower.thickness_mm  # 上粗下细
    assert fourth.thickness_mm > 2 * third.thickness_mm  # 上细下粗
    assert fourth.bottom_mm == pytest.approx(277.0, abs=0.1)  # 20 mm above the edge
    for rule in (upper, lower, third, fourth):
        assert rule.length_mm == pytest.approx(170.0, abs=0.1)
        assert 105 <= round((rule.x0_mm + rule.x1_mm) / 2, 2) <= 106


@pytest.mark.parametrize("issuer", [NAME, "×××省×××市×××局×××管理委员会"])
@pytest.mark.parametrize("corner", [{}, {"密级": "秘密★1年"}, CORNER])
def test_number_and_corner_stand_seven_eighths_under_the_rule_the_title_two_lines_on(
    corner: dict[str, Any], issuer: str
) -> None:
    sheet = printed(LETTER, **corner, 发文机关=issuer).sheets[0]
    rule = sorted(red_rules(sheet), key=lambda rule: rule.y0_mm)[1]
    line = sheet.line(NUMBER)
    number = piece(line, NUMBER)
    assert number.x1_mm == pytest.approx(RIGHT_MM, abs=0.2)
    assert number.em_top_mm - rule.bottom_mm == pytest.approx(4.86, abs=0.3)
    last = line
    if corner:
        texts = {"份号": "000005", "密级": "秘密★1年", "紧急程度": "加急"}
        found = [piece(sheet.line(texts[key]), texts[key]) for key in corner]
        assert all(part.x0_mm == pytest.approx(LEFT_MM, abs=0.1) for part in found)
        steps = [part.baseline_mm - number.baseline_mm for part in found]
        assert steps == pytest.approx([LINE_MM * place for place in range(len(found))], abs=0.05)
        last = found[-1]
    title = sheet.line("关于商请")
    assert title.em_top_mm - last.em_bottom_mm >= TWO_BLANK_MM[0]
    if issuer == NAME:
        assert within(between_mm(last, title), TWO_BLANK_MM)


def test_a_letter_s_first_side_has_no_folio_and_its_imprint_neither_rules_nor_printer() -> None:
    reading = printed(LETTER, 正文=LONG_BODY, 抄送=IMPRINT["抄送"])
    first, *others = reading.sheets
    assert first.folio is None
    assert [sheet.folio.bare if sheet.folio else "" for sheet in others] == [
        f"—{number}—" for number in range(2, len(others) + 2)
    ]
    assert len(red_rules(first)) == 4
    assert all(not sheet.strokes for sheet in others)
    copied = others[-1].line("抄送：")
    assert copied.x0_mm == pytest.approx(LEFT_MM + SMALL_MM, abs=0.2)
    assert BOTTOM_MM - 5.5 <= copied.em_bottom_mm <= BOTTOM_MM + 0.1
    assert "印发" not in text_of(reading).replace("印发机关", "")


def test_of_several_who_send_a_letter_the_mark_names_the_sponsor() -> None:
    (mark,) = marks(printed(LETTER, 发文机关=[NAME, "×××委员会"]).sheets[0])
    assert mark.bare == NAME


# --- order: CM-01, CM-02 ----------------------------------------------------------------------


@pytest.mark.parametrize("issuer", [NAME, "×××部", "×××省×××市×××局×××管理委员会"])
def test_an_order_s_mark_begins_57_mm_below_the_edge_its_number_amid_two_blank_lines(
    issuer: str,
) -> None:
    reading = printed(ORDER, 发文机关=issuer)
    sheet = reading.sheets[0]
    (mark,) = marks(sheet)
    assert mark.bare == f"{issuer}令"
    (ink,) = [band for band in red_ink_mm(reading.path) if band[1] < 100]
    assert ink[0] == pytest.approx(57.0, abs=0.15)
    number, text = sheet.line("第15号"), sheet.line(SENTENCE[:20])
    assert number.middle_mm == pytest.approx(MIDDLE_MM, abs=0.2)
    assert number.em_top_mm - ink[1] >= TWO_BLANK_MM[0]
    if len(issuer) < 10:
        assert within(number.em_top_mm - ink[1], TWO_BLANK_MM)
    assert within(between_mm(number, text), TWO_BLANK_MM)
    assert not red_rules(sheet)


# --- minutes: MN-01, MN-02 --------------------------------------------------------------------


@pytest.mark.parametrize("number", ["第9期", "〔2012〕9号", "2012年第九期"])
def test_the_number_an_office_gives_its_minutes_is_known_on_the_page(number: str) -> None:
    reading = printed(MINUTES, 发文字号=number)
    results = {result.rule.identifier: result.outcome for result in check(reading.path).results}
    assert results["HD-07"] is results["HD-09"] is results["MN-01"] is RuleOutcome.PASSED


def test_minutes_carry_their_mark_72_mm_below_the_edge() -> None:
    reading = printed(MINUTES)
    (mark,) = marks(reading.sheets[0])
    assert mark.bare.endswith("纪要")
    assert all(look.colour == RED for look in looks(mark))
    assert red_ink_mm(reading.path)[0][0] == pytest.approx(72.0, abs=0.15)


@pytest.mark.parametrize("count", [1, 9])
def test_attendance_hangs_after_its_labels_in_their_order(count: int) -> None:
    names = [f"×××委员会{word}" for word in "甲乙丙丁戊己庚辛壬"][:count]
    people = {"列席": names, "出席": names, "请假": names}
    reading = printed(MINUTES, **people)
    lines = [line for sheet in reading.sheets for line in sheet.body_lines]
    starts = [
        next(i for i, line in enumerate(lines) if line.bare.startswith(f"{label}："))
        for label in ("出席", "请假", "列席")
    ]
    assert starts == sorted(starts)
    before = lines[starts[0] - 1]
    if before.baseline_mm < lines[starts[0]].baseline_mm:
        assert within(between_mm(before, lines[starts[0]]), ONE_BLANK_MM)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        first, *others = lines[start:end]
        assert first.x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.1)
        assert all("Hei" in char.look.family for char in first.chars[:2])
        assert first.chars[3].x_mm == pytest.approx(LEFT_MM + 5 * CELL_MM, abs=0.1)
        assert all("Fang" in char.look.family for char in first.chars[3:])
        assert all(line.x0_mm == pytest.approx(LEFT_MM + 5 * CELL_MM, abs=0.2) for line in others)
        assert "、".join(names) in first.bare + "".join(line.bare for line in others)


# --- papers without letterhead ----------------------------------------------------------------


def test_a_paper_names_its_issuer_and_date_under_the_title_in_kaiti() -> None:
    sheet = printed(PLAIN, 署名=NAME, 成文日期="2012-07-09", 署名位置="题下").sheets[0]
    title = sheet.line("工作总结")
    assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.2)
    name, date = sheet.line(NAME), sheet.line("（2012年7月9日）")
    for number, line in ((4, name), (5, date)):
        assert row(line) == pytest.approx(number, abs=0.02)
        assert line.middle_mm == pytest.approx(MIDDLE_MM, abs=0.3)
        assert any("Kai" in look.family for look in looks(line))
    assert within(between_mm(date, sheet.line(SENTENCE[:20])), ONE_BLANK_MM)


@pytest.mark.parametrize(("style", "first_page"), [("外侧", 1), ("外侧", 6), ("居中", 1)])
@pytest.mark.parametrize("binding", ["单面", "双面"])
def test_folios_stand_outside_or_in_the_middle_7_mm_under_the_type_area(
    style: str, first_page: int, binding: str
) -> None:
    reading = printed(PLAIN, 页码=style, 起始页码=first_page, 装订=binding)
    for number, sheet in enumerate(reading.sheets, first_page):
        folio = sheet.folio
        assert folio is not None and folio.bare == f"—{number}—"
        shift = -2 if binding == "双面" and number % 2 == 0 else 0
        if style == "居中":
            assert folio.middle_mm == pytest.approx(MIDDLE_MM + shift, abs=0.1)
        elif number % 2:
            assert folio.x1_mm == pytest.approx(RIGHT_MM - SMALL_MM, abs=0.1)
        else:
            assert folio.x0_mm == pytest.approx(LEFT_MM + SMALL_MM + shift, abs=0.1)
        dash = folio.chars[0]
        assert dash.ink_mm is not None
        assert sum(dash.ink_mm) / 2 == pytest.approx(BOTTOM_MM + 7, abs=0.2)
        assert folio.size_mm == pytest.approx(SMALL_MM, abs=0.02)
        assert all("Song" in look.family for look in looks(folio))
        left = min(line.x0_mm for line in sheet.body_lines)
        assert left == pytest.approx(LEFT_MM + shift, abs=0.1)


def test_folios_can_be_left_out() -> None:
    assert all(sheet.folio is None for sheet in printed(PLAIN, 页码="无").sheets)


# --- attachments: AT-01 to AT-07 --------------------------------------------------------------


def attached(count: int, **changes: Any) -> Reading:
    titles = [f"版式示例{word}" for word in "甲乙丙丁戊己庚辛壬"][:count]
    attachments = [{"标题": title, "正文": [SENTENCE]} for title in titles]
    return printed(NOTICE, 附件=attachments, **IMPRINT, **changes)


@pytest.mark.parametrize("count", [1, 2, 9])
def test_each_attachment_begins_a_page_with_label_on_line_1_and_title_on_line_3(count: int) -> None:
    reading = attached(count)
    starts = [sheet for sheet in reading.sheets if sheet.lines[:1] and
              sheet.lines[0].bare.removeprefix("附件").strip("123456789") == ""]  # fmt: skip
    assert len(starts) == count
    for number, sheet in enumerate(starts, 1):
        label, title, text = sheet.lines[:3]
        assert label.bare == ("附件" if count == 1 else f"附件{number}")
        assert label.x0_mm == pytest.approx(LEFT_MM, abs=0.1)
        assert row(label) == pytest.approx(1, abs=0.02)
        assert label.size_mm == pytest.approx(CELL_MM, abs=0.02)
        assert any("Hei" in look.family for look in looks(label))
        assert title.middle_mm == pytest.approx(MIDDLE_MM, abs=0.2)
        assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.2)
        assert row(text) == pytest.approx(5, abs=0.02)
        listed = title.bare if count == 1 else f"{number}.{title.bare}"
        assert listed in text_of(reading)  # AN-05: as 附件说明 has it
    folios = [sheet.folio.bare if sheet.folio else "" for sheet in reading.sheets]
    shown = [folio for folio in folios if folio]
    assert shown == [f"—{number}—" for number in range(1, len(shown) + 1)]  # PN-07
    last = reading.sheets[-1]
    assert last.line("印发").em_bottom_mm > 250  # AT-07: 版记 after all attachments


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "附件"),
        ({"附件序号": 2}, "附件2"),
        ({"附件序号": 2, "发文字号": NUMBER}, f"{NUMBER}附件2"),
    ],
)
def test_an_attachment_bound_on_its_own_says_whose_it_is(
    changes: dict[str, Any], label: str
) -> None:
    source = {"文种": "附件", "标题": "版式示例", "正文": [SENTENCE]}
    sheet = printed(source, **changes).sheets[0]
    assert sheet.lines[0].bare == label
    assert row(sheet.lines[0]) == pytest.approx(1, abs=0.02)
    title = sheet.lines[1]
    assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(60.7, abs=0.2)
    assert row(sheet.lines[2]) == pytest.approx(5, abs=0.02)


@pytest.mark.parametrize(("sentences", "sides"), [(3, 1), (6, 2), (18, 3)])
def test_a_letter_s_copied_to_stands_on_its_last_side_odd_or_even(
    sentences: int, sides: int
) -> None:
    """No blank side is put in, and a second side has its folio, 10.1."""
    reading = printed(LETTER, 正文=[SENTENCE] * sentences, 抄送=["×××市档案局"])
    assert len(reading.sheets) == sides
    last = reading.sheets[-1]
    copied = next(line for line in last.body_lines if line.bare.startswith("抄送"))
    assert 250 < copied.em_bottom_mm < BOTTOM_MM + 0.5
    folios = [sheet.folio.bare if sheet.folio else "" for sheet in reading.sheets]
    assert folios == ["", "—2—", "—3—"][:sides]
