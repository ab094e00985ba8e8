"""Paragraphs in lines: what fills a line, what gives way, and what never does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from composing_founts import CELL_MM, FOUNTS, measure, runs, set_text, texts, width_cells
from hypothesis import given, settings
from hypothesis import strategies as st

from yinfa.composing.breaks import Level, break_levels
from yinfa.composing.fit import Fitter
from yinfa.composing.paragraph import set_paragraph
from yinfa.composition import Measure, Relaxation, Role, Run, Setting, Style

HAN = "排版印制校对装订存放纸张油墨字行页面"


def relaxed(setting: Setting | None) -> list[Relaxation]:
    """What the lines of a setting could not keep to."""
    assert setting is not None
    return [relaxation for line in setting.lines for relaxation in line.relaxed]


def han(count: int) -> str:
    return (HAN * (count // len(HAN) + 1))[:count]


# --- lines on the cells -----------------------------------------------------------------------


def test_plain_han_fills_the_cells_untouched() -> None:
    setting = set_text(han(28 * 2 + 5), 28)
    assert [len(line.text) for line in setting.lines] == [28, 28, 5]
    assert not any(any(line.gaps) for line in setting.lines)
    assert setting.cost == 0
    assert [line.full for line in setting.lines] == [True, True, False]


def test_the_first_line_is_indented_and_the_others_hang() -> None:
    setting = set_text(han(60), 28, first=2, hang=1)
    assert [len(line.text) for line in setting.lines] == [26, 27, 7]
    assert [line.indent_mm for line in setting.lines] == [2 * CELL_MM, CELL_MM, CELL_MM]


def test_nothing_sets_nothing() -> None:
    assert set_text("", 28).lines == ()


# --- marks ------------------------------------------------------------------------------------

MEETINGS = {
    "closing, pause": ("》、", -0.5, 0),
    "pause, opening": ("，“", -0.5, 0),
    "closing, opening": ("》《", -0.5, 0),
    "opening, opening": ("（《", -0.5, 0),
    "closing, closing": ("》）", -0.5, 0),
    "stop, closing": ("。”", -0.5, 0),
    "opening, closing touch nothing": ("（）", 0, 0),
    "？！ take one cell": ("！！", -0.5, -0.5),
    "dashes are no full-width marks with a blank half": ("，——", 0, 0),
}


@pytest.mark.parametrize(("pair", "between", "after"), MEETINGS.values(), ids=MEETINGS)
def test_two_marks_that_meet_give_up_half_a_cell(pair: str, between: float, after: float) -> None:
    (line,) = set_text(f"字{pair}字", 28).lines
    assert (line.gaps[1], line.gaps[len(pair)]) == (between, after)


def test_three_exclamation_marks_take_two_cells() -> None:
    (line,) = set_text("字！！！字", 28).lines
    assert width_cells(line) == pytest.approx(4)  # 2 + two Han


def test_a_middle_dot_takes_half_a_cell_round_its_middle() -> None:
    (line,) = set_text("让·雅克", 28).lines
    assert line.gaps == (-0.25, -0.25, 0, 0)


def test_a_centred_mark_gives_up_a_quarter_on_both_sides() -> None:
    (line,) = set_text("好吗？”他", 28).lines
    assert line.gaps == (0, -0.25, -0.25, 0, 0)


def test_a_mark_at_the_end_of_a_line_takes_half_a_cell() -> None:
    setting = set_text(han(8) + "2" + "，" + han(9), 9)  # 8 + 0.5 + 0.5
    assert texts(setting)[0] == han(8) + "2，"
    assert setting.lines[0].gaps[-1] == -0.5
    assert not any(setting.lines[0].gaps[:-1])


def test_an_opening_mark_at_the_start_of_a_line_keeps_its_cell() -> None:
    setting = set_text(han(8) + "（" + han(8) + "）", 8)
    assert texts(setting)[1].startswith("（")
    assert width_cells(setting.lines[1]) == pytest.approx(8)
    assert setting.lines[1].gaps[0] == 0 or setting.lines[1].gaps[0] > 0


def test_on_the_grid_every_mark_keeps_its_cell_but_at_the_end_of_a_line() -> None:
    setting = set_text("《" + han(4) + "》、“" + han(6) + "”·，" + han(20), 28, Style(grid=True))
    assert [gap for gap in setting.lines[0].gaps[:-1] if gap < -0.03] == []


# --- filling ----------------------------------------------------------------------------------


def test_a_line_that_lacks_half_a_cell_is_spread_evenly() -> None:
    setting = set_text(han(27) + "，" + han(20), 28)
    first = setting.lines[0]
    assert width_cells(first) == pytest.approx(28)
    inner = first.gaps[:-1]
    assert max(inner) == pytest.approx(0.5 / 27) and min(inner) == pytest.approx(0.5 / 27)


def test_marks_give_way_before_han_and_commas_before_stops() -> None:
    text = han(3) + "。" + han(3) + "，" + han(4) + "。" + han(9)  # 12.5 in a measure of 12
    setting = set_text(text, 12)
    first = setting.lines[0]
    assert first.text.endswith("。") and len(first.text) == 13
    assert first.gaps[7] == pytest.approx(-0.5) and first.gaps[3] == 0


def test_words_dashes_and_connectors_are_not_spread_but_numbers_are() -> None:
    setting = set_text(han(10) + "——" + han(4) + "PDF2009" + han(4) + "甲—乙，" + han(20), 28)
    line = setting.lines[0]
    assert width_cells(line) == pytest.approx(28)
    share = max(line.gaps[:-1])
    assert share > 0
    solid = {"——", "PD", "DF", "甲—", "—乙"}
    for index, (one, other) in enumerate(pairwise(line.text)):
        assert line.gaps[index] == pytest.approx(0 if one + other in solid else share), one + other


def test_word_spaces_take_before_han() -> None:
    setting = set_text(han(10) + "a b c d" + han(30), 28)
    line = setting.lines[0]
    spaces = [line.gaps[i] for i, char in enumerate(line.text[:-1]) if char == " "]
    han_gaps = [line.gaps[i] for i, char in enumerate(line.text[:-1]) if char in HAN]
    assert not any(spaces) or min(spaces) > max(han_gaps)
    assert width_cells(line) == pytest.approx(28, abs=0.013)


def test_a_quarter_em_stands_between_han_and_latin_where_the_house_wants_it() -> None:
    (line,) = set_text("用PDF（2号）。", 28, Style(latin_gap=True)).lines
    assert line.gaps[0] == 0.25  # 用 P
    assert line.gaps[3] == 0  # F （
    assert line.gaps[5] == 0.25  # 2 号


def test_the_paragraph_is_judged_as_a_whole() -> None:
    # Filling the first line as full as can be would leave a lone last character.
    setting = set_text(han(28 * 3) + "末。", 28)
    last = texts(setting)[-1]
    assert len(last) == 3
    assert all(max(line.gaps[:-1]) <= 0.05 for line in setting.lines)


def test_a_lone_last_character_is_kept_where_nothing_else_is_possible() -> None:
    assert texts(set_text("一二三四。", 4)) == ["一二三", "四。"] or set_text("一二三四。", 4).cost


# --- faces ------------------------------------------------------------------------------------


def test_digits_come_from_the_face_whose_digits_are_half_an_em() -> None:
    setting = set_paragraph(runs("用2号字", Role.KAITI), measure(28), Style(), FOUNTS)
    assert setting is not None
    assert [(part.start, part.end, part.role) for part in setting.lines[0].stretches] == [
        (0, 1, Role.KAITI),
        (1, 2, Role.FANGSONG),
        (2, 4, Role.KAITI),
    ]
    setting = set_paragraph(runs("用2号字", Role.HEITI), measure(28), Style(), FOUNTS)
    assert setting is not None
    assert [part.role for part in setting.lines[0].stretches] == [Role.HEITI]


def test_a_house_may_choose_the_face_of_digits() -> None:
    style = Style(latin=Role.SONGTI)
    setting = set_paragraph(runs("用2号字"), measure(28), style, FOUNTS)
    assert setting is not None
    assert [part.role for part in setting.lines[0].stretches][1] is Role.SONGTI


def test_quotation_marks_come_from_the_chinese_face() -> None:
    setting = set_paragraph(runs("“PDF”", Role.KAITI), measure(28), Style(), FOUNTS)
    assert setting is not None
    parts = setting.lines[0].stretches
    assert [part.role for part in parts] == [Role.KAITI, Role.FANGSONG, Role.KAITI]


def test_sizes_mix_in_a_line_and_it_still_fills() -> None:
    mixed = [Run(han(10), Role.HEITI, CELL_MM * 1.4), Run(han(60), Role.FANGSONG, CELL_MM)]
    setting = set_paragraph(mixed, measure(28), Style(), FOUNTS)
    assert setting is not None
    for line in setting.lines[:-1]:
        assert width_cells(line) == pytest.approx(28, abs=0.013)


# --- a line more or fewer ---------------------------------------------------------------------


def test_a_paragraph_is_set_a_line_longer_or_shorter_where_that_can_be() -> None:
    text = (han(13) + "，" + han(12) + "。") * 12 + han(32)  # 356 cells: 12.7 lines
    best = set_text(text, 28)
    longer = set_paragraph(runs(text), measure(28), Style(), FOUNTS, looser=1)
    assert longer is not None
    assert len(longer.lines) == len(best.lines) + 1
    assert longer.cost > best.cost
    assert not relaxed(longer)
    text = (han(13) + "，" + han(12) + "。") * 8 + han(11)  # 227 cells: 3 more than 8 lines
    best = set_text(text, 28)
    shorter = set_paragraph(runs(text), measure(28), Style(), FOUNTS, looser=-1)
    assert shorter is not None
    assert (len(best.lines), len(shorter.lines)) == (9, 8)
    assert not relaxed(shorter)


def test_there_is_no_such_setting_of_a_short_paragraph() -> None:
    for looser in (1, -1):
        assert set_paragraph(runs(han(10)), measure(28), Style(), FOUNTS, looser=looser) is None


# --- what cannot be filled --------------------------------------------------------------------


def rules(text: str, cells: float) -> list[str]:
    return [relaxation.rule for relaxation in relaxed(set_text(text, cells))]


def test_a_number_longer_than_the_room_left_leaves_the_line_short_and_is_named() -> None:
    setting = set_text(han(20) + "1" * 40 + han(20), 28)
    assert [relaxation.rule for relaxation in relaxed(setting)] == ["行未排满"]
    assert "1" * 40 in relaxed(setting)[0].text
    assert not setting.lines[0].full


def test_a_number_longer_than_a_line_is_split_in_the_end() -> None:
    assert "数字、单词或网址拆开" in rules(han(5) + "1" * 60 + han(5), 28)


def test_thirty_closing_marks_overrun_and_are_named() -> None:
    text = han(5) + "）" * 30 + han(40)
    setting = set_text(text, 10)
    assert "".join(texts(setting)) == text
    assert relaxed(setting)


def test_a_word_of_sixty_letters_ends() -> None:
    text = han(3) + "x" * 60 + han(3)
    assert "".join(texts(set_text(text, 12))) == text


def test_a_long_word_is_hyphenated_where_the_line_would_gape() -> None:
    setting = set_text(han(4) + "internationalization" + han(8), 10)
    assert any(line.hyphenated and line.text.endswith("-") for line in setting.lines)


def test_a_column_of_two_cells_ends_and_keeps_what_can_be_kept() -> None:
    text = "共2009年，计1,234.5元（含税）。"
    setting = set_text(text, 2)
    assert "".join(texts(setting)) == text
    assert all(line.text[0] not in "，。）" for line in setting.lines)


def test_a_column_narrower_than_a_character_ends() -> None:
    setting = set_text("字，字", 0.5)
    assert "".join(texts(setting)) == "字，字"
    assert "超出行宽" in [relaxation.rule for relaxation in relaxed(setting)]


# --- properties -------------------------------------------------------------------------------

ALPHABET = (
    HAN * 3 + "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·～/％℃々" + "0123456789.,%-:abcXYZ "
    "〇堃㎡𠮷\u3000" + "第年月日元万个"
)
PARAGRAPHS = st.text(ALPHABET, min_size=1, max_size=160).map(
    lambda text: text.replace("—", "——").replace("…", "……")
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(PARAGRAPHS, st.sampled_from([2, 5, 9.5, 20, 28]), st.booleans())
def test_any_paragraph_keeps_its_characters_its_rules_and_its_edge(
    text: str, cells: float, grid: bool
) -> None:
    setting = set_text(text, cells, Style(grid=grid))
    printed = "".join(line.text[:-1] if line.hyphenated else line.text for line in setting.lines)
    assert printed == text
    given_up = {number for number, line in enumerate(setting.lines) if line.relaxed}
    levels = break_levels(text, hyphenate=True)
    place = 0
    for number, line in enumerate(setting.lines[:-1]):
        place += len(line.text) - line.hyphenated
        assert levels[place] <= Level.HYPHEN or number in given_up
        assert line.full or number in given_up
        if line.full:
            assert width_cells(line) == pytest.approx(cells, abs=0.013)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*HAN, "，", "。", "“好”"]), min_size=60, max_size=300))
def test_ordinary_text_needs_no_rule_broken(parts: list[str]) -> None:
    text = han(2) + "".join(parts)
    marks = "，。“”"
    plain = "".join(
        a for a, b in zip(text, text[1:] + "字", strict=True) if not {a, b} <= set(marks)
    )
    setting = set_text(plain, 28)
    assert not relaxed(setting)
    assert max((max(line.gaps, default=0) for line in setting.lines), default=0) <= 0.05


def test_setting_grows_with_the_text_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    judge = Fitter._cost

    def counted(self: Fitter, start: int, last: int, spare: float) -> float | None:
        nonlocal calls
        calls += 1
        return judge(self, start, last, spare)

    monkeypatch.setattr(Fitter, "_cost", counted)

    def lines_judged(times: int) -> int:
        nonlocal calls
        calls = 0
        set_text((han(40) + "，2009年" + han(30) + "《书》、") * 12 * times, 28)
        return calls

    # A long paragraph is entered at every place, a short one at few: so far the work can grow.
    assert lines_judged(64) <= 2.1 * lines_judged(32)


def test_the_same_text_is_set_the_same() -> None:
    text = (han(40) + "，2009年" + han(30) + "《书》、") * 6
    assert set_text(text, 28) == set_text(text, 28)


def test_measures_are_lengths_not_cells() -> None:
    wide = Measure(280.0, 10.0)
    setting = set_paragraph([Run(han(30), Role.FANGSONG, 10.0)], wide, Style(), FOUNTS)
    assert setting is not None
    assert texts(setting) == [han(28), han(30)[28:]]


def test_an_address_is_not_spread_and_its_line_may_stay_short() -> None:
    """A mail address goes to the next line whole; the line before keeps its natural spacing."""
    text = f"{han(15)}exampleoffice2012@example-education.gov.cn，{han(40)}"
    setting = set_text(text, 28)
    assert setting is not None
    first, second = setting.lines[:2]
    assert first.text == text[:15]
    assert not any(first.gaps)
    assert not first.full
    assert second.text.startswith("exampleoffice2012@example-education.gov.cn")
    assert not any(second.gaps[: len("exampleoffice2012@example-education.gov.c")])
    assert [one.rule for one in relaxed(setting)] == ["网址处未排满"]
