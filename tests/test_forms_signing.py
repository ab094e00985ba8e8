"""附件说明, signature, date, seals and note, in mm as the standard has it: 7.3.4 to 7.3.6."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot
from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    IMPRINT,
    LEFT_MM,
    LINE_MM,
    NAME,
    NOTICE,
    ONE_BLANK_MM,
    ORDER,
    RIGHT_MM,
    SENTENCE,
    TWO_BLANK_MM,
    between_mm,
    printed,
    text_of,
    within,
)

from yinfa.check import check
from yinfa.reading import DrawnPicture, Sheet, TextLine

NAMES = ["甲市×××局", "乙市×××委员会", "丙市×××总会", "丁办公室", "戊市×××管理局", "己市×××中心"]
DATE = "2012年7月1日"
LONG = "加盖印章的公文末页版式示例以及印章与正文的距离、各印章之间距离的测量方法和记录样式"


def dated(sheets: tuple[Sheet, ...], date: str = DATE) -> Sheet:
    """The page with the date."""
    return next(sheet for sheet in sheets if any(date in line.bare for line in sheet.lines))


def last_text(sheet: Sheet) -> TextLine:
    return [line for line in sheet.lines if line.bare in SENTENCE * 9][-1]


def middle_y_mm(upper: TextLine, lower: TextLine) -> float:
    return (upper.em_top_mm + lower.em_bottom_mm) / 2


def named(sheet: Sheet, names: list[str]) -> dict[str, TextLine]:
    """Each name as a line of its own, also where several stand on one."""
    found = {}
    for line in sheet.lines:
        chars = [char for char in line.chars if not char.char.isspace()]
        text = "".join(char.char for char in chars)
        for name in names:
            if (at := text.find(name)) >= 0 and "文件" not in text and "〔" not in text:
                found[name] = TextLine(tuple(chars[at : at + len(name)]))
    return found


# --- 附件说明: AN-01 to AN-04 ------------------------------------------------------------------


@pytest.mark.parametrize("names", [["版式示例"], [LONG]])
def test_one_attachment_has_no_number_and_hangs_after_the_colon(names: list[str]) -> None:
    sheet = printed(NOTICE, 附件说明=names).sheets[0]
    first = sheet.line("附件：")
    assert first.bare.startswith("附件：" + names[0][:4])
    assert first.x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.1)
    assert first.chars[3].x_mm == pytest.approx(LEFT_MM + 5 * CELL_MM, abs=0.1)
    assert within(between_mm(last_text(sheet), first), ONE_BLANK_MM)
    if len(names[0]) > 23:
        second = next(line for line in sheet.lines if line.baseline_mm > first.baseline_mm + 5)
        assert second.x0_mm == pytest.approx(LEFT_MM + 5 * CELL_MM, abs=0.2)
        assert (first.bare + second.bare).endswith(names[0])


@pytest.mark.parametrize("count", [2, 9, 12])
def test_numbers_of_several_stand_in_one_column_and_names_hang(count: int) -> None:
    names = [f"{LONG}之{number}" if number % 2 else "短名称" for number in range(1, count + 1)]
    reading = printed(NOTICE, 附件说明=names)
    found: dict[int, TextLine] = {}
    for sheet in reading.sheets:
        for line in sheet.lines:
            text = line.bare.removeprefix("附件：")
            number = text.split(".")[0]
            if "." in text and number.isdigit():
                found[int(number)] = line
                digit = next(char for char in line.chars if char.char.isdigit())
                assert digit.x_mm == pytest.approx(LEFT_MM + 5 * CELL_MM, abs=0.1)
                after = sheet.lines.index(line) + 1
                if len(names[int(number) - 1]) > 20 and after < len(sheet.lines):
                    name = line.chars[line.text.index(".") + 1]
                    assert sheet.lines[after].x0_mm == pytest.approx(name.x_mm, abs=0.2)
    assert list(found) == list(range(1, count + 1))
    assert found[1].x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.1)  # AN-01
    # The checker follows the list over a page end.
    assert not [rule for rule in check(reading).failed if rule[:2] in ("AN", "BD")]
    assert all(name in text_of(reading) for name in names)


# --- without seal: SG-05, SG-06 ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["×××市×××局", "×××市×××局×××管理委员会办公室"])
def test_an_unsealed_name_ends_two_cells_in_and_the_date_begins_two_after_it(name: str) -> None:
    sheet = printed(NOTICE, 署名=name).sheets[0]
    signer, date = sheet.line(name), sheet.line(DATE)
    signer = named(sheet, [name])[name]
    assert signer.x1_mm == pytest.approx(172.86, abs=0.2)
    assert date.x0_mm - signer.x0_mm == pytest.approx(2 * CELL_MM, abs=0.1)
    assert within(between_mm(last_text(sheet), signer), ONE_BLANK_MM)
    assert between_mm(signer, date) == pytest.approx(LINE_MM - CELL_MM, abs=0.05)


def test_a_date_longer_than_the_name_ends_two_cells_in_and_the_name_gives_way() -> None:
    sheet = printed(NOTICE, 署名="×××", 成文日期="2012-12-31").sheets[0]
    date, signer = sheet.line("2012年12月31日"), named(sheet, ["×××"])["×××"]
    assert date.x1_mm == pytest.approx(172.86, abs=0.2)
    assert date.x0_mm - signer.x0_mm == pytest.approx(2 * CELL_MM, abs=0.1)


def test_unsealed_joint_names_stand_one_under_the_other_in_order() -> None:
    sheet = printed(NOTICE, 发文机关=NAMES, 发文机关标志=NAME).sheets[-1]
    found = [named(sheet, NAMES)[name] for name in NAMES]
    for upper, lower in pairwise(found):
        assert lower.baseline_mm - upper.baseline_mm == pytest.approx(LINE_MM, abs=0.02)
    assert all(line.x1_mm == pytest.approx(172.86, abs=0.2) for line in found[:-1])
    assert sheet.line(DATE).x0_mm - found[-1].x0_mm == pytest.approx(2 * CELL_MM, abs=0.1)


def test_a_name_wider_than_the_page_is_printed_whole() -> None:
    name = "×××市" * 9
    assert name in text_of(printed(NOTICE, 发文机关标志=NAME, 署名=name))


# --- with seals: SG-01 to SG-04 ---------------------------------------------------------------


def check_seals(sheet: Sheet, names: list[str], diameters: list[float], date: str = DATE) -> None:
    """Each seal over its name, in order, apart, within the type area, near the text."""
    seals = sorted(sheet.pictures, key=lambda seal: (round(seal.y0_mm + seal.y1_mm), seal.x0_mm))
    assert len(seals) == len(names)
    found, dated_at = named(sheet, names), sheet.line(date)
    first = min(seals, key=lambda seal: seal.y0_mm)
    assert 2 < first.y0_mm - last_text(sheet).em_bottom_mm <= 10.4
    last = names[-1]
    for name, seal, diameter in zip(names, seals, diameters, strict=True):
        line = found[name]
        assert seal.x1_mm - seal.x0_mm == pytest.approx(diameter, abs=0.05)
        assert seal.y1_mm - seal.y0_mm == pytest.approx(diameter, abs=0.05)
        middle_x, middle_y = (seal.x0_mm + seal.x1_mm) / 2, (seal.y0_mm + seal.y1_mm) / 2
        assert line.middle_mm == pytest.approx(middle_x, abs=0.2)
        lowest = dated_at if name == last else line
        assert seal.y0_mm < line.em_top_mm and lowest.em_bottom_mm < seal.y1_mm
        assert seal.x0_mm >= LEFT_MM - 0.05 and seal.x1_mm <= RIGHT_MM + 0.05
        assert seal.y1_mm <= BOTTOM_MM
        if name == last:
            assert 0 < middle_y_mm(line, dated_at) - middle_y <= LINE_MM / 2  # a little lower
        assert seal.colour is not None and seal.colour[0] > 200 and seal.colour[1] < 80
    assert dated_at.middle_mm == pytest.approx(found[last].middle_mm, abs=0.2)
    for one, other in combinations(seals, 2):
        assert _apart_mm(one, other) > 0.3
    for line, below in combinations(found.values(), 2):
        overlap = min(line.x1_mm, below.x1_mm) - max(line.x0_mm, below.x0_mm)
        assert overlap < 0 or abs(line.baseline_mm - below.baseline_mm) > CELL_MM


def _apart_mm(one: DrawnPicture, other: DrawnPicture) -> float:
    """Between the edges of two round seals."""
    x = (one.x0_mm + one.x1_mm - other.x0_mm - other.x1_mm) / 2
    y = (one.y0_mm + one.y1_mm - other.y0_mm - other.y1_mm) / 2
    return hypot(x, y) - (one.x1_mm - one.x0_mm + other.x1_mm - other.x0_mm) / 2


@pytest.mark.parametrize("diameter", [38, 42, 45, 50])
def test_one_seal_covers_name_and_date_and_the_date_ends_four_cells_in(diameter: float) -> None:
    seal = {"图片": "印章.png", "直径": diameter}
    sheet = dated(printed(NOTICE, 印章=seal).sheets)
    check_seals(sheet, [NAME], [diameter])
    assert sheet.line(DATE).x1_mm == pytest.approx(161.71, abs=0.2)


def test_a_long_sealed_name_moves_the_date_left_of_its_place() -> None:
    name = "×××市×××局×××管理委员会办公室×××处"
    sheet = dated(printed(NOTICE, 署名=name, 印章="印章.png").sheets)
    check_seals(sheet, [name], [42])
    assert named(sheet, [name])[name].x1_mm <= RIGHT_MM + 0.05


def seals(count: int, **changes: Any) -> dict[str, Any]:
    return {
        "发文机关": NAMES[:count],
        "发文机关标志": NAME,
        "印章": ["印章.png"] * count,
        **changes,
    }


@pytest.mark.parametrize("count", range(2, 7))
def test_joint_seals_stand_in_rows_each_over_its_name(count: int) -> None:
    sheet = dated(printed(NOTICE, **seals(count)).sheets)
    check_seals(sheet, NAMES[:count], [42] * count)
    rows = {round(seal.y0_mm) for seal in sheet.pictures}
    assert len(rows) == -(-count // 3)
    assert max(len([s for s in sheet.pictures if round(s.y0_mm) == y]) for y in rows) <= 3


def test_three_short_names_stand_in_one_row_and_the_date_keeps_its_place() -> None:
    names = ["甲委员会", "乙委员会", "丙委员会"]
    sheet = dated(printed(NOTICE, **seals(3, 发文机关=names)).sheets)
    check_seals(sheet, names, [42] * 3)
    assert sheet.line(DATE).x1_mm == pytest.approx(161.71, abs=0.2)


def test_names_too_long_for_one_row_take_more() -> None:
    names = [f"{word}市×××局×××管理委员会办公室" for word in "甲乙丙"]
    sheet = dated(printed(NOTICE, **seals(3, 发文机关=names)).sheets)
    check_seals(sheet, names, [42] * 3)


@pytest.mark.parametrize("place", range(3))
def test_a_long_name_shares_its_row_where_the_others_leave_it_room(place: int) -> None:
    names = ["×××市教育局", "×××市财政局"]
    names.insert(place, "×××市人力资源和社会保障局")
    sheet = dated(printed(NOTICE, **seals(3, 发文机关=names)).sheets)
    check_seals(sheet, names, [42] * 3)
    assert len({round(seal.y0_mm) for seal in sheet.pictures}) == 2
    found = named(sheet, names)
    assert all(line.x0_mm >= LEFT_MM - 0.05 for line in found.values())
    assert all(line.x1_mm <= RIGHT_MM + 0.05 for line in found.values())


def test_three_names_of_unlike_length_stand_in_one_row_where_it_is_wide_enough() -> None:
    names = ["甲市教育局", "甲市人力资源社会保障局", "甲市财政局"]
    sheet = dated(printed(NOTICE, **seals(3, 发文机关=names)).sheets)
    check_seals(sheet, names, [42] * 3)
    assert len({round(seal.y0_mm) for seal in sheet.pictures}) == 1


LONG = "×××市人力资源和社会保障局事业单位人事管理与专业技术人员管理处"


@pytest.mark.parametrize("names", [[LONG, NAME], [NAME, LONG], [LONG] * 2, [NAME, "×××局", LONG]])
def test_a_long_joint_name_stands_under_its_seal_in_lines_of_one_length(names: list[str]) -> None:
    said = {"发文机关": names, "发文机关标志": NAME}
    reading = printed(NOTICE, 印章=["印章.png"] * len(names), **said)
    assert sorted(text_of(reading)) == sorted(text_of(printed(NOTICE, **said)))
    pieces = [piece for line in reading.sheets[0].lines for piece in line.pieces]
    halves = (piece.text for piece in pieces if LONG[:6] in piece.text)
    assert all(len(half) in (16, 32) for half in halves)  # two side by side are read as one


def test_seals_of_several_sizes_stay_apart() -> None:
    pictures = [{"图片": "印章.png", "直径": size} for size in (50, 42, 45)]
    sheet = dated(printed(NOTICE, **seals(3, 印章=pictures)).sheets)
    check_seals(sheet, NAMES[:3], [50, 42, 45])


def test_a_place_without_picture_prints_nothing() -> None:
    reading = printed(NOTICE, 落款="加盖印章")
    assert all(not sheet.pictures for sheet in reading.sheets)
    assert dated(reading.sheets).line(DATE).x1_mm == pytest.approx(161.71, abs=0.2)


# --- with a signature stamp: 7.3.5.3 ----------------------------------------------------------


@pytest.mark.parametrize(("picture", "width"), [("签名.png", 40), ("签名.png", 30), ("长.png", 40)])
def test_a_stamp_ends_four_cells_in_with_post_before_and_date_below(
    picture: str, width: int
) -> None:
    stamp = {"职务": "局长", "图片": picture, "宽": width}
    sheet = printed(ORDER, 签名章=stamp).sheets[0]
    (stamped,) = sheet.pictures
    post, date = sheet.line("局长"), sheet.line("2012年7月7日")
    assert stamped.x1_mm == pytest.approx(161.71, abs=0.1)
    assert stamped.x1_mm - stamped.x0_mm == pytest.approx(width, abs=0.05)
    assert within(stamped.y0_mm - last_text(sheet).em_bottom_mm, TWO_BLANK_MM)
    assert stamped.x0_mm - post.x1_mm == pytest.approx(2 * CELL_MM, abs=0.1)
    middle = (stamped.y0_mm + stamped.y1_mm) / 2
    assert (post.em_top_mm + post.em_bottom_mm) / 2 == pytest.approx(middle, abs=0.1)
    assert within(date.em_top_mm - stamped.y1_mm, ONE_BLANK_MM)
    assert date.x1_mm == pytest.approx(161.71, abs=0.1)


@pytest.mark.parametrize("count", [2, 3])
def test_joint_stamps_stand_one_under_the_other_each_beside_its_post(count: int) -> None:
    posts = ["×××市×××局局长", "×××委员会主任", "×××总会会长"][:count]
    stamps = [{"职务": post, "图片": "签名.png"} for post in posts]
    order = {**ORDER, "署名": NAMES[:count], "签名章": stamps}
    sheet = dated(printed(order).sheets, "2012年7月7日")
    placed = sorted(sheet.pictures, key=lambda picture: picture.y0_mm)
    assert len(placed) == count
    for post, picture in zip(posts, placed, strict=True):
        line = sheet.line(post)
        assert picture.x1_mm == pytest.approx(161.71, abs=0.1)
        assert line.x1_mm == pytest.approx(picture.x0_mm - 2 * CELL_MM, abs=0.1)
        middle = (picture.y0_mm + picture.y1_mm) / 2
        assert (line.em_top_mm + line.em_bottom_mm) / 2 == pytest.approx(middle, abs=0.1)
    for upper, lower in pairwise(placed):
        assert lower.y0_mm - upper.y1_mm > 1
    assert within(placed[0].y0_mm - last_text(sheet).em_bottom_mm, TWO_BLANK_MM)
    date = sheet.line("2012年7月7日")
    assert within(date.em_top_mm - placed[-1].y1_mm, ONE_BLANK_MM)
    assert date.x1_mm == pytest.approx(161.71, abs=0.1)


# --- the page of the signature: SG-07, SG-08 --------------------------------------------------


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("sentences", range(5, 13))
def test_the_signature_stands_with_two_lines_of_text_at_least(sentences: int, sealed: bool) -> None:
    changes = {"印章": "印章.png"} if sealed else {}
    reading = printed(NOTICE, 正文=[SENTENCE * sentences], **changes)
    sheet = dated(reading.sheets)
    lines = [line for line in sheet.lines if line.bare in SENTENCE * 20]
    assert len(lines) >= 2
    assert text_of(reading).count(SENTENCE) == sentences  # nothing lost
    assert "此页无正文" not in text_of(reading)
    assert all(picture.y1_mm <= BOTTOM_MM for picture in sheet.pictures)
    assert all(line.em_bottom_mm <= BOTTOM_MM + 0.1 for line in sheet.body_lines)


def test_the_signature_takes_text_along_even_from_before_a_long_attachment_list() -> None:
    names = [f"{LONG}之{number}" for number in range(1, 7)]
    reading = printed(NOTICE, 正文=[SENTENCE * 2], 附件说明=names, 印章="印章.png")
    first, last = reading.sheets[0], dated(reading.sheets)
    assert first is not last
    for sheet in (first, last):
        assert [line for line in sheet.lines if line.bare in SENTENCE * 9]


# --- 附注: SG-09 -------------------------------------------------------------------------------


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("note", ["此件公开发布", "联系人：×××，电话：××××××××，" * 4])
def test_a_note_stands_in_brackets_on_the_line_after_the_date(note: str, sealed: bool) -> None:
    changes: dict[str, Any] = {"印章": "印章.png"} if sealed else {}
    sheet = dated(printed(NOTICE, 附注=note, **changes, **IMPRINT).sheets)
    date, first = sheet.line(DATE), sheet.line("（" + note[:4])
    assert first.baseline_mm - date.baseline_mm == pytest.approx(LINE_MM, abs=0.02)
    assert first.x0_mm == pytest.approx(LEFT_MM + 2 * CELL_MM, abs=0.1)
    assert f"（{note}）" in "".join(line.bare for line in sheet.lines)
