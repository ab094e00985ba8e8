"""Words that the pages lack, change, displace or add are found and told with page and place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from forms import IMPRINT, NOTICE, document, printed
from handmade import CELL, LEFT, baseline
from hypothesis import given, settings
from hypothesis import strategies as st
from spoil import Spoiling, spoiling

from yinfa.check import check
from yinfa.reading import Char, Look, Reading, Sheet, TextLine
from yinfa.report import Place
from yinfa.rules.compare import ExpectedWords, compared

FIRST = "公文首页红色分隔线以上的部分称为版头，由份号、密级和保密期限、紧急程度等要素组成。"
SECOND = "末页首条分隔线以下、末条分隔线以上的部分称为版记，其中抄送机关用四号仿宋体字编排。"
THIRD = "页码位于版心外，一般用四号半角宋体阿拉伯数字，编排在版心下边缘之下，左右各放一字线。"
KEYS = {**IMPRINT, "正文": [FIRST, SECOND, THIRD], "附注": "此件公开发布"}


def told(tmp_path: Path, spoil: Callable[[Spoiling], None]) -> list[tuple[int, str]]:
    """Line of the source, and words, of what TX-01 finds when the built notice is spoilt."""
    right = printed(NOTICE, **KEYS)
    with spoiling(right.path, tmp_path / "坏.pdf") as spoiler:
        spoil(spoiler)
    report = check(tmp_path / "坏.pdf", document(NOTICE, **KEYS))
    found = [finding for finding in report.findings if finding.rule == "TX-01"]
    assert all(finding.place.line or finding.place.page for finding in found)
    return [(finding.place.line, finding.message) for finding in found]


def row_of(words: str) -> int:
    """The line of the source that says *words*."""
    lines = printed(NOTICE, **KEYS).path.with_suffix(".yaml").read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_pages_that_say_what_the_source_says_are_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path, lambda s: None) == []


PRINTED: dict[str, dict[str, Any]] = {
    "draft mark": {"稿别": "征求意见稿"},
    "page number in the middle": {"页码": "居中"},
    "a table over pages, its heading again on each": {
        "正文": [
            FIRST,
            {
                "表格": "名册",
                "表头": ["序号", "姓名", "备注"],
                "注": "数据截至2012年底。",
                "行": [[str(row), "张三", "—"] for row in range(1, 45)],
            },
        ]
    },
    "footnotes": {"正文": [{"段": f"{FIRST}[注1]", "脚注": [SECOND]}, *[THIRD * 4] * 6]},
    "levels": {"正文": [{"标题": "总体", "正文": [{"标题": "要求。", "接排": FIRST}]}]},
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_printing_adds_is_no_added_word(name: str) -> None:
    keys = {**IMPRINT, **PRINTED[name]}
    report = check(printed(NOTICE, **keys).path, document(NOTICE, **keys))
    assert [f.message for f in report.findings if f.rule == "TX-01"] == []


def test_a_lost_line_is_told_with_its_paragraph(tmp_path: Path) -> None:
    ((line, words),) = told(tmp_path, lambda s: s.remove(1, "用四号仿宋体字"))
    assert line == row_of(SECOND)
    assert "第1页" in words
    assert "少了“" in words
    for page, said in ((2, "此件公开发布"), (2, "2012年7月1日"), (1, "关于公文版面的通知")):
        ((_, words),) = told(tmp_path, partial(Spoiling.remove, number=page, words=said))
        assert words.endswith("没有排出")


def test_a_changed_character_is_told_with_what_was_before_it(tmp_path: Path) -> None:
    start = SECOND.index("编排")
    tail = SECOND[start - 20 :]

    def spoil(spoiler: Spoiling) -> None:
        old = said(spoiler, tail[-6:])
        spoiler.retype(1, tail[-6:], old.replace("四号", "一号"))

    ((line, words),) = told(tmp_path, spoil)
    assert line == row_of(SECOND)
    assert "“四”印成了“一”" in words


def said(spoiler: Spoiling, words: str) -> str:
    return spoiler.said(1, words)


def test_lines_and_paragraphs_that_change_places_are_told(tmp_path: Path) -> None:
    def lines(spoiler: Spoiling) -> None:
        spoiler.move(1, SECOND[:10], dy_mm=10.447)
        spoiler.move(1, SECOND[-6:], dy_mm=-10.447)

    def paragraphs(spoiler: Spoiling) -> None:
        for words in (FIRST[:10], FIRST[-6:]):
            spoiler.move(1, words, dy_mm=2 * 10.447)
        for words in (SECOND[:10], SECOND[-6:]):
            spoiler.move(1, words, dy_mm=-2 * 10.447)

    assert any("次序" in words for _, words in told(tmp_path, lines))
    ((line, words),) = told(tmp_path, paragraphs)
    assert line in {row_of(FIRST), row_of(SECOND)}
    assert "次序与源文件不同" in words


def test_added_words_are_told_and_page_numbers_are_none(tmp_path: Path) -> None:
    ((line, words),) = told(tmp_path, lambda s: s.write(2, "公开", "此件公开", dy_mm=10.447))
    assert line == 0
    assert words == "多出“公开”，源文件里没有"
    ((_, words),) = told(tmp_path, lambda s: s.write(1, FIRST[:8], FIRST[:8], dy_mm=80))
    assert words == f"多出“{FIRST[:8]}”，源文件里没有"


# --- every change of any text ---------------------------------------------------------------------

LOOK = Look("FandolFang-Regular", "", CELL, (0, 0, 0), 0, False, 0, 0.0, 1.0, False)


def sheet(number: int, lines: list[str]) -> Sheet:
    made = tuple(
        TextLine(
            tuple(
                Char(char, LEFT + CELL * i, CELL, baseline(row), LOOK)
                for i, char in enumerate(line)
            )
        )
        for row, line in enumerate(lines, 1)
        if line
    )
    chars = tuple(char for line in made for char in line.chars)
    return Sheet(number, 210, 297, 0, made, chars=chars)


def judged(units: list[str], text: str) -> list[str]:
    """What is told of pages of 40 characters on lines of 10 that say *text*."""
    lines = [text[i : i + 10] for i in range(0, len(text), 10)]
    sheets = tuple(sheet(i // 4 + 1, lines[i : i + 4]) for i in range(0, len(lines), 4))
    wanted = [ExpectedWords(unit, Place(Path("源.yaml"), row)) for row, unit in enumerate(units, 1)]
    reading = Reading(Path("页.pdf"), sheets)
    return [found.message for found in compared(reading, wanted, frozenset())]


UNITS = st.lists(st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=25), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(UNITS, st.data())
def test_no_change_goes_unseen_and_none_is_seen_where_there_is_none(
    units: list[str], data: st.DataObject
) -> None:
    text = "".join(units)
    assert judged(units, text) == []
    at = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.sampled_from("甲乙丙丁戊己庚辛"))
    for changed in (text[:at] + text[at + 1 :], text[:at] + char + text[at:]):
        assert judged(units, changed), changed
    if char != text[at]:
        assert judged(units, text[:at] + char + text[at + 1 :])


RIGHT = ["甲乙丙丁戊己庚辛", "子丑寅卯辰巳午未", "东南西北上下左右", "春夏秋冬风霜雨雪"]


@pytest.mark.parametrize("units", tuple(permutations(RIGHT)))
def test_every_other_order_is_told(units: tuple[str, ...]) -> None:
    assert bool(judged(RIGHT, "".join(units))) is (list(units) != RIGHT)


@pytest.mark.parametrize("times", [2, 3])
def test_a_paragraph_printed_again_is_told_once_for_each_line(times: int) -> None:
    found = judged([FIRST, SECOND], FIRST * times + SECOND)
    assert found
    assert all("多出" in words for words in found)


def test_what_a_unit_repeats_of_the_next_is_its_own() -> None:
    assert judged(["×年×月", "×××局"], "×年×月×××局") == []
    assert judged(["丁丙", "丙丙丙"], "丁丙丙丙丙") == []
