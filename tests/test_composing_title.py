"""Titles in lines: sense units, and the outline of a 梯形 or 菱形."""

from __future__ import annotations

import time

import pytest
from composing_founts import FOUNTS

from yinfa.composing.title import set_title
from yinfa.composition import Measure, Role, Setting

TYPE_AREA = Measure(156.0, 156 / 28)
TITLE_MM = 22 * 25.4 / 72  # 2号
LONGEST = 20  # cells of 2号 in 156 mm


def title(text: str | list[str]) -> list[str]:
    return [line.text for line in setting(text).lines]


def setting(text: str | list[str]) -> Setting:
    return set_title(text, TYPE_AREA, FOUNTS, size_mm=TITLE_MM)


def test_a_title_that_fits_stays_on_one_line_and_needs_no_segmenter() -> None:
    assert title("2009年常州教育党建工作总结") == ["2009年常州教育党建工作总结"]
    assert [part.size_mm for part in setting("总结报告").lines[0].stretches] == [TITLE_MM]
    assert setting("总结报告").lines[0].stretches[0].role is Role.XIAOBIAOSONG


TITLES = {
    "关于印发常州市教育系统突发事件新闻报道应急预案的通知": [
        "关于印发常州市教育系统",
        "突发事件新闻报道应急预案的通知",
    ],
    "市教育局关于开展2024年度中小学校长培训班的请示": [
        "市教育局关于开展2024年度",
        "中小学校长培训班的请示",
    ],
    "排印车间2023年度纸张油墨消耗和设备运行情况统计说明": [
        "排印车间2023年度纸张油墨消耗",
        "和设备运行情况统计说明",
    ],
}


@pytest.mark.parametrize(("text", "lines"), TITLES.items())
def test_a_title_breaks_at_sense_units(text: str, lines: list[str]) -> None:
    assert title(text) == lines


LONG = [
    *TITLES,
    "国务院关于印发《中华人民共和国国民经济和社会发展第十四个五年规划纲要实施办法》的通知",
    "关于转发市人民政府办公室《关于加强和改进机关文书档案收集整理归档工作的实施意见》的通知",
    "关于同意常州市文印室在第15期培训班上试用《校对须知》（修订本）和《装订手册》的批复",
    "关于进一步规范排版、校对、装订、存放、登记、交付各个环节并建立差错统计和责任追究制度的若干意见",
]


@pytest.mark.parametrize("text", LONG)
def test_the_outline_grows_or_shrinks_or_is_widest_in_the_middle(text: str) -> None:
    widths = [sum(FOUNTS[Role.XIAOBIAOSONG].advance(c) for c in line) for line in title(text)]
    assert max(widths) <= LONGEST
    longest = widths.index(max(widths))
    assert widths[: longest + 1] == sorted(widths[: longest + 1])
    assert widths[longest:] == sorted(widths[longest:], reverse=True)


@pytest.mark.parametrize("text", LONG)
def test_no_line_is_of_one_or_two_characters_and_none_is_lost(text: str) -> None:
    lines = title(text)
    assert "".join(lines) == text
    assert min(map(len, lines)) >= 3
    assert not any(line[0] in "的、》）了" or line[-1] in "《（" for line in lines)


def test_a_name_in_marks_that_fits_a_line_is_not_parted() -> None:
    lines = title(LONG[5])
    assert any("《校对须知》" in line for line in lines)
    assert any("《装订手册》" in line for line in lines)
    assert any("第15期" in line for line in lines)


def test_the_writer_overrules() -> None:
    assert title(["关于同意设立", "文印室的批复"]) == ["关于同意设立", "文印室的批复"]
    assert title(["关于", "批复"]) == ["关于", "批复"]


@pytest.mark.parametrize(
    "text", ["字" * 150, "1" * 90, "》" * 45, "《" + "长" * 70 + "》", "好", ""]
)
def test_what_has_no_sense_ends_all_the_same(text: str) -> None:
    assert "".join(title(text)) == text


def test_the_same_title_is_set_the_same() -> None:
    assert [title(text) for text in LONG] == [title(text) for text in LONG]


def test_a_title_of_nonsense_is_broken_at_once() -> None:
    long = (
        "关于其线流证眼自边照去们多，状也意带，小斯活办参拉写查业收节造里市十入工称美型可看容除具指向"
        "照越装：进受工金没变定技观气二边领约，头规别，正果使不越节数验族阶而的公报"
    )
    setting("关于其他线路的公报")  # the dictionary is loaded once
    started = time.process_time()
    lines = title(long)
    assert time.process_time() - started < 0.3
    assert "".join(lines) == long and len(lines) <= 6
