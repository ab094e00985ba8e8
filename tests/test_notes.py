"""Footnotes measured in the PDF: at the foot of the page that calls them, wherever the call is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    CELL_MM,
    IMPRINT,
    LEFT_MM,
    NOTICE,
    RIGHT_MM,
    SENTENCE,
    black_rules,
    printed,
    text_of,
    written,
)
from making import elements

from yinfa.load import load
from yinfa.reading import Reading, Sheet, TextLine, read
from yinfa.recipe import build
from yinfa.report import SourceFault
from yinfa.validate import validate

NOTE_MM = 156 / 36  # 36 characters to a line: a little over 小四
RULE_MM = 156 / 4
PAPER = {"文种": "材料", "标题": "关于脚注的材料"}
LONG = "这条脚注较长，要排成几行，第二行起顶格，仍在同一页上。"


def noted(sheet: Sheet) -> list[TextLine]:
    """The lines of the notes on *sheet*."""
    return [line for line in sheet.body_lines if line.size_mm == pytest.approx(NOTE_MM, abs=0.01)]


def check_notes(sheet: Sheet, foot_mm: float = BOTTOM_MM) -> None:
    """Under a short rule, clear of the text, the last line's type ending at *foot_mm*."""
    lines = noted(sheet)
    (rule,) = [rule for rule in black_rules(sheet) if rule.length_mm < 100]
    assert (rule.x0_mm, rule.x1_mm) == pytest.approx((LEFT_MM, LEFT_MM + RULE_MM), abs=0.1)
    text = [line for line in sheet.body_lines if line not in lines and line.em_top_mm < foot_mm]
    assert max(line.em_bottom_mm for line in text) + 2.5 < rule.top_mm
    assert rule.bottom_mm + 1.5 < lines[0].em_top_mm
    assert lines[-1].em_bottom_mm == pytest.approx(foot_mm, abs=0.1)
    for upper, lower in pairwise(lines):
        assert lower.em_top_mm > upper.em_bottom_mm + 1
    for line in lines:
        begins = "①" <= line.bare[0] <= "⑳"
        indent_mm = 2 * NOTE_MM if begins else 0
        assert line.x0_mm == pytest.approx(LEFT_MM + indent_mm, abs=0.15)
        assert line.x1_mm < RIGHT_MM + NOTE_MM / 2 + 0.1  # a mark at the end takes half


def calls(reading: Reading) -> list[tuple[int, str]]:
    """Page and mark of each call: a small character set high in a line of text."""
    return [
        (sheet.number, char.char)
        for sheet in reading.sheets
        for line in sheet.body_lines
        for char in line.chars
        if line.size_mm > 5 and "①" <= char.char <= "⑳"
        and char.size_mm < 4 and line.baseline_mm - char.baseline_mm > 1
    ]  # fmt: skip


def opened(reading: Reading) -> list[tuple[int, str]]:
    """Page and mark of each note, as the notes stand."""
    return [
        (sheet.number, line.bare[0])
        for sheet in reading.sheets
        for line in noted(sheet)
        if "①" <= line.bare[0] <= "⑳"
    ]


@pytest.mark.parametrize(
    ("node", "called"),
    [
        ({"段": "段里[注1]有两条[注2]脚注。", "脚注": ["甲注。", LONG * 3]}, "①②"),
        ({"段": "同一条[注1]注两次[注1]。", "脚注": ["甲注。"]}, "①①"),
        ({"标题": "接排的标题。", "接排": "接排[注1]的文字。", "脚注": ["甲注。"]}, "①"),
        ({"条": "条文[注1]。", "脚注": ["甲注。"]}, "①"),
        ({"条": ["甲款[注1]。", "乙款[注2]，见前[注1]。"], "脚注": ["甲注。", "乙注。"]}, "①②①"),
        ({"条": "条文：", "项": ["甲项[注1]；", {"项": "乙项[注2]：", "目": ["子目[注3]。"]}],
          "脚注": ["甲注。", "乙注。", "丙注。"]}, "①②③"),
    ],
)  # fmt: skip
def test_a_note_is_called_by_a_raised_mark_and_stands_at_the_foot_of_the_page(
    node: dict[str, Any], called: str
) -> None:
    reading = printed(PAPER, 正文=[SENTENCE, node])
    (sheet,) = reading.sheets
    check_notes(sheet)
    assert "".join(mark for _, mark in calls(reading)) == called
    assert "".join(mark for _, mark in opened(reading)) == "".join(sorted(set(called)))
    notes = "".join(line.bare for line in noted(sheet))
    for mark, note in zip(sorted(set(called)), node["脚注"], strict=True):
        assert mark + note in notes


def test_notes_are_counted_through_the_document_and_its_attachments() -> None:
    paragraph = {"段": "文字[注1]。", "脚注": ["注文。"]}
    run_in = {"标题": "标题。", "接排": "文字[注1]。", "脚注": ["注文。"], "正文": [paragraph]}
    article = {"条": "条文[注1]。", "脚注": ["注文。"]}
    reading = printed(
        PAPER,
        正文=[paragraph, run_in, article],
        附件=[{"标题": "甲", "正文": [article, paragraph]}, {"标题": "乙", "正文": [run_in]}],
    )
    found = [[mark for page, mark in calls(reading) if page == number] for number in (1, 2, 3)]
    assert found == [["①", "②", "③", "④"], ["⑤", "⑥"], ["⑦", "⑧"]]
    assert opened(reading) == calls(reading)


@pytest.mark.parametrize("before", range(2, 10))
def test_a_note_stands_on_the_page_of_its_call_wherever_that_page_ends(before: int) -> None:
    body = [
        *[SENTENCE] * before,
        {"段": SENTENCE + "甲[注1]" + SENTENCE + "乙[注2]。", "脚注": [LONG * 2, "乙注。"]},
        SENTENCE * 3,
    ]
    reading = printed(NOTICE, 正文=body)
    assert calls(reading) == opened(reading)
    for sheet in reading.sheets:
        if noted(sheet):
            check_notes(sheet)
    assert text_of(reading).count(SENTENCE) >= before  # text over a page's end has notes in it
    assert "".join(line.bare for sheet in reading.sheets for line in noted(sheet)) == (
        f"①{LONG * 2}②乙注。"
    )


def test_notes_stand_over_the_imprint_of_their_page() -> None:
    body = [{"段": "文字[注1]。", "脚注": [LONG]}]
    (sheet,) = printed(NOTICE, 正文=body, 双面="否", **IMPRINT).sheets
    top = min(rule.top_mm for rule in black_rules(sheet) if rule.length_mm > 150)
    assert 4 < top - noted(sheet)[-1].em_bottom_mm < 6
    check_notes(sheet, noted(sheet)[-1].em_bottom_mm)


def test_a_screen_reader_meets_notes_as_notes() -> None:
    reading = printed(NOTICE, 正文=[{"标题": "标题。", "接排": "文[注1]。", "脚注": ["注文。"]}])
    assert [element["/S"] for element in elements(reading.path)].count("/Note") == 1


@pytest.mark.parametrize(
    ("changes", "place", "message"),
    [
        ({"正文": [{"标题": "甲", "接排": "乙[注1]。"}]}, "接排", "没有第1条脚注"),
        ({"正文": [{"标题": "甲", "接排": "乙。", "脚注": ["丙"]}]}, "丙", "没有用上"),
        ({"正文": [{"条": "甲[注2]。", "脚注": ["乙"]}]}, "条: 甲", "没有第2条脚注"),
        ({"正文": [{"条": "甲。", "项": ["乙[注1]。"]}]}, "乙", "没有第1条脚注"),
        ({"正文": [{"标题": "甲[注1]"}]}, "甲[注1]", "不能写在这里"),
        ({"标题": "关于版面[注1]的通知"}, "版面", "不能写在这里"),
        ({"正文": [{"表格": "", "行": [["甲[注1]", "乙"]]}]}, "甲", "不能写在这里"),
        ({"正文": [{"段": "甲[注1]。", "脚注": ["乙" * 1500]}]}, "乙", "排不进一页"),
    ],
)
def test_a_note_that_cannot_be_is_told(changes: dict[str, Any], place: str, message: str) -> None:
    source = written(NOTICE, **changes)
    with pytest.raises(SourceFault) as caught:
        build(validate(load(source)), source.with_suffix(".pdf"))
    told = [finding for finding in caught.value.findings if message in finding.message]
    lines = source.read_text("utf-8").splitlines()
    assert [place in lines[finding.place.line - 1] for finding in told] == [True]
    assert told[0].hint
    assert not source.with_suffix(".pdf").exists()


def test_the_mark_of_a_call_is_near_the_top_of_its_line() -> None:
    reading = printed(NOTICE, 正文=[{"段": "文字[注1]。", "脚注": ["注文。"]}])
    line = reading.sheets[0].line("文字①。")
    (call,) = [char for char in line.chars if char.char == "①"]
    assert call.size_mm == pytest.approx(0.62 * CELL_MM, abs=0.1)
    assert abs(call.top_mm - line.em_top_mm) < 0.6


@pytest.mark.parametrize("house", ["行距: 28.9磅", "行距: 28磅", "行数: 20", "版心: [150, 220]"])
def test_a_note_stands_on_its_page_where_the_lines_leave_some_of_the_type_area(
    tmp_path: Path, house: str
) -> None:
    (tmp_path / "house.yaml").write_text(f"{house}\n", "utf-8")
    source = tmp_path / "甲.yaml"
    text = f"文种: 材料\n标题: 试验\n正文:\n  - 段: 甲[注1]。\n    脚注: [{'出处文字' * 15}。]\n"
    source.write_text(text + "  - 后文。\n" * 30, "utf-8")
    sheets = read(build(validate(load(source)), source.with_suffix(".pdf")).product).sheets
    first = "".join(line.bare for line in sheets[0].body_lines)
    assert first.count("出处文字") == 15


@pytest.mark.parametrize("before", range(3, 9))
def test_a_table_that_goes_on_leaves_the_notes_of_its_page_their_room(before: int) -> None:
    rows = [[str(number), "×" * 6] for number in range(1, 40)]
    body = [
        *[SENTENCE] * before,
        {"段": SENTENCE + "甲[注1]。", "脚注": [LONG]},
        {"表格": "表", "表头": ["号", "词"], "行": rows},
    ]
    for sheet in printed(NOTICE, 正文=body).sheets:
        if notes := noted(sheet):
            strokes = [
                stroke.y0_mm for stroke in sheet.strokes if stroke.x1_mm - stroke.x0_mm > 100
            ]
            first_mm = min(line.em_top_mm for line in notes)
            assert all(y < first_mm - 3 for y in strokes if y > 100)
