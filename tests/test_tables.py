"""Tables measured in the PDF: cells inside their rules, rows whole, heads repeated, points in line.

Lengths in mm from the paper's upper left corner; of turned text, from that of the page turned back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from making import below, elements, made, publish, write

from yinfa.reading import Reading, Sheet, read
from yinfa.report import SourceFault

EXAMPLE = Path(__file__).parent.parent / "source" / "examples" / "attachments.yaml"
PITCH = 229.84 / 22  # 5.2.3: 22 lines of text fill the type area
HEAD = ["序号", "名称", "数值", "说明"]
LONG = "这一格的文字较长，要分几行排，排的时候整行不拆开，放不下就连同整行移到下一页去。"
NUMBERS = ["7.5", "12", "1234.25", "0.125", "—", "80%"]
ROWS = [
    [str(number), "×" * (number % 5 + 1), NUMBERS[number % 6], LONG if number % 4 == 0 else "短"]
    for number in range(1, 40)
]
BEFORE, AFTER = "表前的一段文字。", "表后的文字仍在行格上。"


@dataclass(frozen=True)
class Grid:
    """A table on a page: where its rules stand, and the text between them, row by row."""

    across: list[float]  # upright rules
    down: list[float]  # level rules
    rows: list[list[str]]


def grid(sheet: Sheet) -> Grid:
    """The table on *sheet*; fails where a character stands on a rule or outside its cell."""
    down = sorted({round(s.y0_mm, 2) for s in sheet.strokes if s.horizontal})
    across = sorted({round(s.x0_mm, 2) for s in sheet.strokes if not s.horizontal})
    cells: dict[tuple[int, int], str] = {}
    for line in sheet.lines:
        for char in line.chars:
            if not down[0] < char.baseline_mm < down[-1]:
                continue
            row = next(i for i, (y0, y1) in enumerate(pairwise(down)) if y0 < char.baseline_mm < y1)
            column = next(i for i, (x0, x1) in enumerate(pairwise(across)) if x0 < char.x_mm < x1)
            assert char.top_mm > down[row] + 0.3
            assert char.bottom_mm < down[row + 1] - 0.3
            assert across[column] + 1 < char.x_mm
            assert char.right_mm < across[column + 1] - 1 or char.char in "，。"
            cells[row, column] = cells.get((row, column), "") + char.char
    columns, count = len(across) - 1, len(down) - 1
    return Grid(
        across, down, [[cells.get((r, c), "") for c in range(columns)] for r in range(count)]
    )


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A table of 39 rows between two paragraphs."""
    table = {"表格": "一览表", "表头": HEAD, "行": ROWS, "注": "数值不带单位。", "来源": "自拟"}
    return made(tmp_path_factory.mktemp("long"), [BEFORE, table, AFTER])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Three attachments, the second a landscape table."""
    path = tmp_path_factory.mktemp("example") / "attachments.yaml"
    for picture in EXAMPLE.parent.glob("*示意图.*"):
        path.with_name(picture.name).write_bytes(picture.read_bytes())
    path.write_bytes(EXAMPLE.read_bytes())
    return read(publish(path))


def test_the_head_is_on_every_page_and_every_row_whole(long: Reading) -> None:
    assert len(long.sheets) > 2
    grids = [grid(sheet) for sheet in long.sheets]
    assert all(found.rows[0] == HEAD for found in grids)
    assert [row for found in grids for row in found.rows[1:]] == ROWS


@pytest.mark.parametrize("count", range(19, 24))
def test_no_page_shows_a_single_row(tmp_path: Path, count: int) -> None:
    rows = [[str(number), "短"] for number in range(count)]
    sheets = made(tmp_path, [{"表格": "", "表头": ["甲", "乙"], "行": rows}]).sheets
    shown = [len(grid(sheet).rows) - 1 for sheet in sheets]
    assert sum(shown) == count
    assert min(shown) > 1


def test_a_table_stands_in_the_type_area_and_fills_its_width(long: Reading) -> None:
    for sheet in long.sheets:
        found = grid(sheet)
        assert found.across[0] == pytest.approx(28, abs=0.25)
        assert found.across[-1] == pytest.approx(184, abs=0.25)
        assert found.down[0] > 36.9
        assert found.down[-1] < 262.1


def test_a_table_that_goes_on_fills_its_page(long: Reading) -> None:
    for sheet in long.sheets[:-1]:
        assert grid(sheet).down[-1] == pytest.approx(262, abs=0.3)


def test_points_stand_in_one_vertical(long: Reading) -> None:
    places = []
    for sheet in long.sheets:
        for _, whole_end in numbers(sheet, column=2):
            places.append(whole_end)
    assert len(places) > 30
    assert max(places) - min(places) < 0.1


def numbers(sheet: Sheet, column: int) -> Iterator[tuple[str, float]]:
    """Each number of *column*, and where its whole part ends: at its point, or where one would."""
    found = grid(sheet)
    left, right = found.across[column : column + 2]
    for y0, y1 in list(pairwise(found.down))[1:]:
        chars = [
            char
            for line in sheet.body_lines
            for char in line.chars
            if left < char.x_mm < right and y0 < char.baseline_mm < y1
        ]
        text = "".join(char.char for char in chars)
        if text[0].isdigit():
            whole = [char for char in chars if char.char.isdigit()]
            points = [char.x_mm for char in chars if char.char == "."]
            yield text, points[0] if points else whole[-1].right_mm


def test_headings_stand_in_the_middle_of_their_columns(long: Reading) -> None:
    found = grid(long.sheets[0])
    for name, (x0, x1) in zip(HEAD, pairwise(found.across), strict=True):
        chars = [
            char
            for line in long.sheets[0].body_lines
            for char in line.chars
            if x0 < char.x_mm < x1 and found.down[0] < char.baseline_mm < found.down[1]
        ]
        assert "".join(char.char for char in chars) == name
        assert (chars[0].x_mm + chars[-1].right_mm) / 2 == pytest.approx((x0 + x1) / 2, abs=0.15)


def test_text_after_a_table_is_on_the_grid_again(long: Reading) -> None:
    line = long.sheets[-1].line(AFTER)
    lines = (line.em_top_mm - long.sheets[0].line(BEFORE).em_top_mm) / PITCH
    assert lines == pytest.approx(round(lines), abs=0.02)


def test_a_table_has_a_blank_line_above_and_under_it(tmp_path: Path) -> None:
    table = {"表格": "", "行": [[number, "乙"] for number in range(3)]}
    for body in ([BEFORE, table, AFTER], [BEFORE, {"标题": "节", "正文": [table]}, AFTER]):
        sheet = made(tmp_path, body).sheets[0]
        found = grid(sheet)
        above = next(line for line in sheet.body_lines[::-1] if line.em_bottom_mm < found.down[0])
        assert PITCH < found.down[0] - above.em_bottom_mm < 1.6 * PITCH
        assert PITCH < sheet.line(AFTER).em_top_mm - found.down[-1] < 2 * PITCH


def test_note_and_source_stand_under_the_last_row(long: Reading) -> None:
    last = long.sheets[-1]
    bottom = grid(last).down[-1]
    note, source = last.line("注：数值不带单位。"), last.line("资料来源：自拟")
    assert bottom + 1 < note.em_top_mm < source.em_top_mm < last.line(AFTER).em_top_mm
    assert note.x0_mm == pytest.approx(28, abs=0.1)
    assert not any("资料来源" in sheet.text for sheet in long.sheets[:-1])


def test_the_caption_stands_over_the_first_row_in_heiti(long: Reading) -> None:
    caption = long.sheets[0].line("一览表")
    assert caption.middle_mm == pytest.approx(106, abs=0.1)  # 28 + 156 / 2
    assert caption.em_bottom_mm < grid(long.sheets[0]).down[0]
    assert "Hei" in caption.chars[0].look.font


def test_text_is_drawn_in_reading_order(long: Reading) -> None:
    assert long.sheets[0].text.startswith("表格与图的编排" + BEFORE + "一览表" + "".join(HEAD))
    assert long.sheets[-1].text.endswith("资料来源：自拟" + AFTER)


def test_a_screen_reader_meets_one_table_with_one_head(long: Reading) -> None:
    tables = [element for element in elements(long.path) if element["/S"] == "/Table"]
    assert len(tables) == 1
    assert len(below(tables[0], "/TR")) == 1 + len(ROWS)
    heads = below(tables[0], "/TH")
    assert [head["/A"]["/Scope"] for head in heads] == ["/Column"] * len(HEAD)
    assert len(below(tables[0], "/TD")) == len(ROWS) * len(HEAD)


def test_given_widths_are_kept_and_the_table_centred(tmp_path: Path) -> None:
    table = {"表格": "", "表头": ["甲", "乙"], "行": [["一", "二"]], "列宽": [40, 60]}
    found = grid(made(tmp_path, [table]).sheets[0])
    assert found.across == pytest.approx([56, 96, 156], abs=0.25)  # 106 - 100 / 2


def test_cells_stand_as_they_are_told(tmp_path: Path) -> None:
    table = {
        "表格": "",
        "行": [["左", "中", "右"]],
        "列宽": [50, 50, 50],
        "对齐": ["左", "中", "右"],
    }
    sheet = made(tmp_path, [table]).sheets[0]
    em = 14 * 25.4 / 72  # 4号
    left, middle, right = (char for char in sheet.line("左中右").chars if char.char in "左中右")
    assert left.x_mm == pytest.approx(31 + em / 2, abs=0.1)
    assert middle.x_mm == pytest.approx(106 - em / 2, abs=0.1)
    assert right.right_mm == pytest.approx(181 - em / 2, abs=0.1)


def test_cells_in_the_middle_of_a_column_end_their_lines_with_words(tmp_path: Path) -> None:
    table = {"表头": ["与上一要素的距离", "说明"], "行": [["发文机关署名", "短"]], "列宽": [32, 90]}
    (sheet,) = made(tmp_path, [BEFORE, {**table, "对齐": ["中", "右"]}]).sheets
    column = [piece.text for line in sheet.lines for piece in line.pieces if 46 < piece.x0_mm < 77]
    assert column == ["与上一", "要素的距离", "发文", "机关署名"]


def test_many_columns_are_set_smaller(tmp_path: Path) -> None:
    cells = [f"{number}00.00" for number in range(10, 19)]
    sheet = made(tmp_path, [{"表格": "", "行": [cells]}]).sheets[0]
    assert grid(sheet).rows == [cells]
    assert sheet.line("1000.00").size_mm * 72 / 25.4 == pytest.approx(10.5, abs=0.05)  # 5号


# --- landscape tables, 8 ----------------------------------------------------------------------


def test_the_head_is_at_the_left_of_every_leaf(example: Reading) -> None:
    for sheet in example.sheets[3:5]:
        assert (sheet.width_mm, sheet.height_mm) == pytest.approx((210, 297), abs=0.1)
        assert sheet.rotation == 0
        assert {line.turn for line in sheet.turned_lines} == {270}
        rules = sorted(stroke.x0_mm for stroke in sheet.strokes if not stroke.horizontal)
        head = next(line for line in sheet.turned_lines if "序号" in line.text)
        assert rules[0] < head.em_top_mm < head.em_bottom_mm < rules[1]


def test_a_landscape_table_fits_225_by_156_mm(example: Reading) -> None:
    for sheet in example.sheets[3:5]:
        assert min(s.x0_mm for s in sheet.strokes) > 27.9
        assert max(s.x1_mm for s in sheet.strokes) < 184.1
        assert min(s.y0_mm for s in sheet.strokes) == pytest.approx(37, abs=0.25)
        assert max(s.y1_mm for s in sheet.strokes) == pytest.approx(262, abs=0.25)
        for line in sheet.turned_lines:
            assert 34.9 < line.x0_mm < line.x1_mm < 260.1  # 297 - 262, and 225 on
            assert 27.9 < line.em_top_mm < line.em_bottom_mm < 184.1


def test_the_folio_stays_where_it_is_on_other_pages(example: Reading) -> None:
    folios = [sheet.folio for sheet in example.sheets]
    for turned, upright in ((3, 1), (4, 2)):  # two versos, two rectos
        one, other = folios[turned], folios[upright]
        assert one and other
        assert one.x0_mm == pytest.approx(other.x0_mm, abs=0.01)
        assert one.baseline_mm == pytest.approx(other.baseline_mm, abs=0.01)
        assert one.turn == 0


def test_label_and_title_are_turned_with_the_table_they_stand_over(example: Reading) -> None:
    label, title = example.sheets[3].turned_lines[:2]
    assert (label.text, title.text) == ("附件2", "公文格式各要素编排一览表")
    assert label.x0_mm == pytest.approx(35, abs=0.1)  # 297 - 262: the corner of the type area
    assert label.em_top_mm == pytest.approx(28, abs=0.7)
    assert title.middle_mm == pytest.approx(35 + 225 / 2, abs=0.15)


def test_a_landscape_table_is_read_row_by_row_over_its_pages(example: Reading) -> None:
    text = "".join(sheet.text for sheet in example.sheets[3:5])
    places = [text.index(name) for name in ("发文机关标志", "主送机关", "附件说明", "半角宋体")]
    assert places == sorted(places)
    assert text.count("序号要素字体") == 1  # printed on both, read once
    tables = [element for element in elements(example.path) if element["/S"] == "/Table"]
    assert [len(below(table, "/TR")) for table in tables] == [4, 14]


def test_a_landscape_table_within_a_text_has_pages_of_its_own(tmp_path: Path) -> None:
    table = {"表格": "", "表头": HEAD, "行": ROWS[:5], "横排": True}
    sheets = made(tmp_path, [BEFORE, table, AFTER]).sheets
    assert [bool(sheet.turned_lines) for sheet in sheets] == [False, True, False]
    assert sheets[2].line(AFTER).em_top_mm == pytest.approx(37, abs=0.3)


def test_a_paper_that_begins_with_a_landscape_table_has_its_title_turned_too(
    tmp_path: Path,
) -> None:
    table = {"表格": "", "表头": HEAD, "行": ROWS[:5], "横排": True}
    keys = {"署名": "×××局", "署名位置": "题下", "成文日期": "2012年7月1日"}
    (sheet,) = made(tmp_path, [table], **keys).sheets
    assert not sheet.body_lines
    title, name, date = sheet.turned_lines[:3]
    assert (name.bare, date.bare) == ("×××局", "（2012年7月1日）")
    third_mm = 28 + 2 * PITCH + 156 / 28 / 2  # the middle of a third line from the head
    assert (title.em_top_mm + title.em_bottom_mm) / 2 == pytest.approx(third_mm, abs=0.3)
    for line in (title, name, date):
        assert line.middle_mm == pytest.approx(35 + 225 / 2, abs=0.2)
    assert min(stroke.x0_mm for stroke in sheet.strokes) > 28 + 5 * PITCH


# --- what cannot be set -----------------------------------------------------------------------


def fault(folder: Path, table: dict[str, Any]) -> str:
    with pytest.raises(SourceFault) as caught:
        publish(write(folder, [{"表格": "", **table}]))
    (finding,) = caught.value.findings
    assert finding.place.line > 0
    assert finding.hint
    return finding.message


def test_more_columns_than_fit_are_told_with_what_they_need(tmp_path: Path) -> None:
    message = fault(tmp_path, {"行": [["123456789012"] * 9]})
    assert "9 列" in message
    assert "156 mm" in message


def test_a_column_too_narrow_for_a_number_is_told(tmp_path: Path) -> None:
    message = fault(tmp_path, {"行": [["123456.78", "甲"]], "列宽": [12, 60]})
    assert "第 1 列" in message
    assert "123456.78" in message


def test_a_row_higher_than_a_page_is_told(tmp_path: Path) -> None:
    message = fault(tmp_path, {"行": [["短", "短"], ["长" * 300, "短"]], "列宽": [25, 25]})
    assert "第 2 行" in message


def test_wider_than_the_type_area_is_told(tmp_path: Path) -> None:
    message = fault(tmp_path, {"行": [["甲", "乙"]], "列宽": [100, 60]})
    assert "160 mm" in message


# --- cells that take several -------------------------------------------------------------------

MERGED: dict[str, Any] = {
    "表格": "人数和经费",
    "单位": "万元",
    "表头": [["单位", "人数", "←", "经费"], ["↑", "男", "女", "↑"]],
    "行": [
        ["第一中学", "30", "42", "12.5"],
        ["直属", "←", "←", "←"],
        ["其他", "12", "11", "3"],
        ["↑", "7", "9", "4"],
    ],
}


def merged(**changes: Any) -> dict[str, Any]:
    return {**MERGED, **changes}


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(write(tmp_path_factory.mktemp("merged"), [BEFORE, MERGED, AFTER]))


def test_no_rule_runs_through_a_cell_that_takes_several(joined: Path) -> None:
    (sheet,) = read(joined).sheets
    edges = grid_edges(sheet)
    top, under_first, under_head = edges.down[0], edges.down[1], edges.down[2]
    left, second, third, fourth, right = edges.across
    # 单位 and 经费 take both lines of the head: the line between them spans 人数 alone.
    (between,) = edges.level_at(under_first)
    assert between == pytest.approx((second, fourth), abs=0.3)
    # 男 and 女 are parted by an upright that begins under 人数.
    assert min(y0 for y0, _ in edges.upright_at(third)) == pytest.approx(under_first, abs=0.3)
    assert [round(y0) for y0, _ in edges.upright_at(left)] == [round(top)]
    # 直属 takes the whole row: no upright inside it.
    row = next(line for line in sheet.body_lines if line.bare == "直属")
    middle = (row.em_top_mm + row.em_bottom_mm) / 2
    for x in (second, third, fourth):
        assert not any(y0 < middle < y1 for y0, y1 in edges.upright_at(x))
    assert (row.x0_mm + row.x1_mm) / 2 == pytest.approx((left + right) / 2, abs=0.3)
    assert under_head > under_first


def test_a_tall_cell_stands_in_the_middle_of_its_rows(joined: Path) -> None:
    (sheet,) = read(joined).sheets
    chars = {char.char: char for line in sheet.body_lines for char in line.chars}
    down = grid_edges(sheet).down
    for word, first, last in (("经", 0, 2), ("其", 4, 6)):
        char = chars[word]
        middle = (char.top_mm + char.bottom_mm) / 2
        assert middle == pytest.approx((down[first] + down[last]) / 2, abs=0.5)


def test_the_unit_stands_over_the_table_at_its_right(joined: Path) -> None:
    (sheet,) = read(joined).sheets
    unit = next(line for line in sheet.body_lines if line.bare == "单位：万元")
    edges = grid_edges(sheet)
    assert unit.x1_mm == pytest.approx(edges.across[-1], abs=0.5)
    assert unit.em_bottom_mm < edges.down[0]
    assert unit.size_mm == pytest.approx(12 * 25.4 / 72, abs=0.01)


def test_screen_readers_meet_what_each_cell_takes(joined: Path) -> None:
    (found,) = [element for element in elements(joined) if element["/S"] == "/Table"]
    spans = [
        (cell["/A"].get("/ColSpan", 1), cell["/A"].get("/RowSpan", 1))
        for tag in ("/TH", "/TD")
        for cell in below(found, tag)
        if "/A" in cell
    ]
    assert sorted(span for span in spans if span != (1, 1)) == [
        (1, 2),
        (1, 2),
        (1, 2),
        (2, 1),
        (4, 1),
    ]


@pytest.mark.parametrize("before", range(14, 20))
def test_no_page_end_parts_rows_that_a_cell_joins(tmp_path: Path, before: int) -> None:
    rows = [[str(number), "短"] for number in range(before)]
    rows += [["甲", "一"], ["↑", "二"], ["↑", "三"], ["乙", "四"], ["丙", "五"]]
    sheets = made(tmp_path, [{"表格": "", "表头": ["号", "词"], "行": rows}]).sheets
    pages = [
        {word for word in "一二三" if any(word in line.bare for line in sheet.body_lines)}
        for sheet in sheets
    ]
    assert set("一二三") in pages


def test_a_turned_table_has_merged_cells_too(tmp_path: Path) -> None:
    sheets = made(tmp_path, [merged(横排="是")]).sheets
    text = "".join(line.bare for sheet in sheets for line in sheet.turned_lines)
    assert "第一中学" in text
    assert "单位：万元" in text


def test_three_lines_and_no_more(tmp_path: Path) -> None:
    table = {"表格": "", "框线": "三线", "表头": ["甲", "乙"], "行": [["一", "二"], ["三", "四"]]}
    (sheet,) = made(tmp_path, [table]).sheets
    edges = grid_edges(sheet)
    assert len(edges.down) == 3
    assert not edges.across


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["←", "乙"]], "左边没有格"),
        ([["↑", "乙"]], "不能合并"),
        ([["甲", "←"], ["↑", "乙"]], "长方形"),
        ([["甲", "乙"], ["↑", "↑"]], "全都并到了上一行"),
    ],
)
def test_what_cannot_be_merged_is_told(tmp_path: Path, rows: list[list[str]], told: str) -> None:
    with pytest.raises(SourceFault, match=told):
        made(tmp_path, [{"表格": "", "表头": ["号", "词"], "行": rows}])


@dataclass(frozen=True)
class Edges:
    """The rules of a table, each with its extent."""

    across: list[float]
    down: list[float]
    strokes: list[Any]

    def level_at(self, y: float) -> list[tuple[float, float]]:
        found = [s for s in self.strokes if s.horizontal and abs(s.y0_mm - y) < 0.2]
        return [(s.x0_mm, s.x1_mm) for s in found]

    def upright_at(self, x: float) -> list[tuple[float, float]]:
        found = [s for s in self.strokes if not s.horizontal and abs(s.x0_mm - x) < 0.2]
        return [(s.y0_mm, s.y1_mm) for s in found]


def grid_edges(sheet: Sheet) -> Edges:
    strokes = list(sheet.strokes)
    across = sorted({round(s.x0_mm, 1) for s in strokes if not s.horizontal})
    down = sorted({round(s.y0_mm, 1) for s in strokes if s.horizontal})
    return Edges(across, down, strokes)
