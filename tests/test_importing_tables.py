"""Tables with merged cells, tables that are none, and lists of names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from yinfa.importing.convert import import_file
from yinfa.load import load
from yinfa.model import Document, Paragraph, Roster, Table
from yinfa.validate import validate


@pytest.fixture
def imported(tmp_path: Path) -> Any:
    """A call that imports a text under a title, or a Word file."""

    def call(words: Any) -> Document:
        path = tmp_path / ("来文.txt" if isinstance(words, str) else "来文.docx")
        if isinstance(words, str):
            path.write_text(f"关于甲的通知\n\n{words}", "utf-8")
        else:
            words.save(str(path))
        product = tmp_path / "成果.yaml"
        product.unlink(missing_ok=True)
        call.remarks = [remark.message for remark in import_file(path, product).remarks]  # type: ignore[attr-defined]
        return validate(load(product))

    return call


def grid(document: Document) -> list[tuple[str, ...]]:
    table = next(node for node in document.body if isinstance(node, Table))
    return list(table.typed_rows())


def test_a_table_between_tabs_may_have_sections_and_long_cells(imported: Any) -> None:
    long = "新建三十六班小学一所，同步建设运动场、地下停车库、食堂和教师周转宿舍，" * 3 + "建成。"
    document = imported(
        f"序号\t项目\t主要内容\t责任单位\n一、教育类\n1\t小学\t{long}\t市教育局\n2\t中学\t改造。\t市教育局\n"
    )
    assert grid(document) == [
        ("序号", "项目", "主要内容", "责任单位"),
        ("一、教育类", "←", "←", "←"),
        ("1", "小学", long, "市教育局"),
        ("2", "中学", "改造。", "市教育局"),
    ]


def test_a_head_of_two_rows_is_seen_by_its_missing_cells(imported: Any) -> None:
    document = imported(
        "县\t去年\t分年度\n2024\t2025\t2026\n合计\t10\t20\t30\t40\n甲县\t5\t6\t7\t8\n"
    )
    assert grid(document)[:2] == [
        ("县", "去年", "分年度", "←", "←"),
        ("↑", "↑", "2024", "2025", "2026"),
    ]


def test_the_unit_of_a_table_stands_above_it(imported: Any) -> None:
    document = imported("投资情况表\n单位：万元\n项目\t投资\n甲\t1\n乙\t2\n")
    table = document.body[0]
    assert isinstance(table, Table)
    assert (str(table.caption), str(table.unit)) == ("投资情况表", "万元")


def test_merged_cells_of_word_stay_merged(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("招生计划")
    word.add_paragraph("见下表。")
    table = word.add_table(4, 4)
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = "" if number in (0, 3) else str(number)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "县"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "分年度"
    table.cell(3, 0).merge(table.cell(3, 3)).text = "合计"
    assert grid(imported(word)) == [
        ("县", "分年度", "←", "←"), ("↑", "1", "1", "1"), ("2", "2", "2", "2"),
        ("合计", "←", "←", "←"),
    ]  # fmt: skip


def test_a_table_that_only_lays_text_out_is_dissolved_and_told(imported: Any) -> None:
    word = docx.Document()
    word.add_paragraph("说明")
    word.add_paragraph("甲。")
    word.add_table(1, 2).rows[0].cells[0].text = "乙。"
    document = imported(word)
    assert all(isinstance(node, Paragraph) for node in document.body)
    assert imported.remarks == ["这里的表格只用来排版，已拆成一段一段的文字，请核对"]


def test_the_imprint_may_be_a_table(imported: Any) -> None:
    word = docx.Document()
    for words in ("关于甲的通知", "各学校：", "请认真执行。", "××市教育局", "2024年3月5日"):
        word.add_paragraph(words)
    table = word.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "抄送：省教育厅。"
    table.cell(1, 0).text, table.cell(1, 1).text = "××市教育局办公室", "2024年3月6日印发"
    imprint = imported(word).imprint
    assert [str(name) for name in imprint.copied_to] == ["省教育厅"]
    assert (str(imprint.printed_by), str(imprint.printed_on)) == ("××市教育局办公室", "2024-03-06")


@pytest.mark.parametrize(
    "cells", [[["××市教育局", "2024年3月5日"]], [["", "××市教育局"], ["", "2024年3月5日"]]]
)
def test_a_signature_may_be_a_table(cells: list[list[str]], imported: Any) -> None:
    word = docx.Document()
    for words in ("关于甲的通知", "各学校：", "请认真执行。"):
        word.add_paragraph(words)
    table = word.add_table(len(cells), 2)
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    signature = imported(word).signature
    assert [str(name) for name in signature.issuers] == ["××市教育局"]
    assert str(signature.date) == "2024-03-05"


# --- lists of names ------------------------------------------------------------------------------


def test_a_line_a_person_is_a_list_of_names(imported: Any) -> None:
    document = imported(
        "组成人员如下：\n组　长：张某某　　副市长\n副组长：李某某　　市政府副秘书长\n"
        "　　　　王　某　　市教育局局长\n请各单位配合。\n"
    )
    roster = document.body[1]
    assert isinstance(roster, Roster)
    assert [(str(one.task), str(one.name), str(one.post)) for one in roster.people] == [
        ("组长", "张某某", "副市长"),
        ("副组长", "李某某", "市政府副秘书长"),
        ("", "王某", "市教育局局长"),
    ]


def test_names_side_by_side_are_a_list_of_names(imported: Any) -> None:
    document = imported("获奖人员如下：\n张某某　李某　王　某　赵某某\n孙某某　周某\n特此通知。\n")
    roster = document.body[1]
    assert isinstance(roster, Roster) and roster.plain
    assert [str(one.name) for one in roster.people] == [
        "张某某", "李某", "王某", "赵某某", "孙某某", "周某",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["联系人：张某某　电话：12345\n甲。\n", "教育局　财政局　公安局　民政局\n甲。\n"]
)
def test_what_only_looks_like_names_stays_text(words: str, imported: Any) -> None:
    assert all(isinstance(node, Paragraph) for node in imported(words).body)
