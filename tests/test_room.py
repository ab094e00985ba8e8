"""Widths that the source gives are held against the page they are for, its house's included."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from yinfa.load import load
from yinfa.reading import read
from yinfa.recipe import build
from yinfa.report import Finding, SourceFault
from yinfa.validate import validate

NARROW = "版心: [140, 225]\n订口: 35\n"
HEAD = "文种: 材料\n标题: 表格与图\n正文:\n"  # three lines
TABLE = "  - 表格: 甲\n    行: [[一, 二, 三]]\n    列宽: {widths}\n"
LYING = "  - 表格: 甲\n    行: [[一, 二, 三]]\n    横排: 是\n    列宽: {widths}\n"
FIGURE = "  - 图: 灰.png\n    替代文字: 灰\n    宽: {width}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("L", (400, 100), 128).save(tmp_path / "灰.png")
    return tmp_path


def source(folder: Path, body: str, house: str = "") -> Path:
    if house:
        (folder / "house.yaml").write_text(house, "utf-8")
    path = folder / "甲.yaml"
    path.write_text(HEAD + body, "utf-8")
    return path


def faults(folder: Path, body: str, house: str = "") -> tuple[Finding, ...]:
    with pytest.raises(SourceFault) as caught:
        path = source(folder, body, house)
        build(validate(load(path)), folder / "甲.pdf")
    assert not (folder / "甲.pdf").exists()
    return caught.value.findings


def test_columns_that_fit_the_standard_s_page_may_not_fit_the_house_s(folder: Path) -> None:
    widths = "[20, 60, 75]"
    build(validate(load(source(folder, TABLE.format(widths=widths)))), folder / "甲.pdf")
    (folder / "甲.pdf").unlink()
    (finding,) = faults(folder, TABLE.format(widths=widths), NARROW)
    assert finding.message == "各列共宽 155 mm，版心只有 140 mm"
    assert (finding.place.line, finding.place.column) == (6, 9)
    assert "[18, 54.1, 67.7]" in finding.hint  # each by 140/155, so that they fill it


def test_what_the_hint_says_fits(folder: Path) -> None:
    path = source(folder, TABLE.format(widths="[18, 54.1, 67.7]"), NARROW)
    build(validate(load(path)), folder / "甲.pdf")
    (sheet,) = read(folder / "甲.pdf").sheets
    edges = [x for stroke in sheet.strokes for x in (stroke.x0_mm, stroke.x1_mm)]
    assert min(edges) >= 35 - 0.01
    assert max(edges) <= 35 + 140 + 0.01


def test_a_table_on_its_side_has_the_height_of_the_house_s_page(folder: Path) -> None:
    house = "版心: [156, 200]\n"
    (finding,) = faults(folder, LYING.format(widths="[100, 60, 50]"), house)
    assert finding.message == "各列共宽 210 mm，版心只有 200 mm"
    assert "横排" not in finding.hint
    build(validate(load(source(folder, LYING.format(widths="[90, 60, 50]"), house))),
          folder / "甲.pdf")  # fmt: skip


def test_a_figure_is_held_against_its_house_s_page(folder: Path) -> None:
    (finding,) = faults(folder, FIGURE.format(width=150), NARROW)
    assert finding.message == "图宽 150 mm，版心只有 140 mm"
    assert (finding.place.line, finding.place.column) == (6, 8)
    wide = source(folder, FIGURE.format(width=160), "订口: 20\n版心: [170, 225]\n")
    build(validate(load(wide)), folder / "甲.pdf")  # wider than the standard's page, as the house


def test_all_that_is_too_wide_is_told_at_once(folder: Path) -> None:
    body = (
        TABLE.format(widths="[100, 60, 10]")
        + FIGURE.format(width=170)
        + TABLE.format(widths="[100, 60, 20]")
    )
    assert [finding.place.line for finding in faults(folder, body)] == [6, 9, 12]
