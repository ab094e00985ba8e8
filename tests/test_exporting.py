"""A Document goes out as text and as a Word file, and comes back the same."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from test_importing import REAL, SOURCE, TEXTS, read, words_of

from yinfa.arrange import arrange
from yinfa.cli import main
from yinfa.exporting.convert import export_file
from yinfa.exporting.text import as_text
from yinfa.exporting.word import as_word
from yinfa.importing.convert import import_file
from yinfa.report import OutputFault
from yinfa.skeletons import new_source

MM = 36_000  # a millimetre in the units of python-docx


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """A call that reads a source from its words."""

    def call(words: str) -> Any:
        path = tmp_path / "甲.yaml"
        path.write_text(words, "utf-8")
        return read(path)

    return call


@pytest.mark.parametrize("path", [*TEXTS, REAL], ids=lambda path: path.stem)
def test_a_text_survives_as_a_word_file(path: Path, tmp_path: Path) -> None:
    source = import_file(path, tmp_path / "一.yaml").path
    word = export_file(source, tmp_path / "一.docx")
    back = import_file(word, tmp_path / "二.yaml").path
    assert words_of(read(back)) == words_of(read(source))


@pytest.mark.parametrize("word", ["通知", "请示", "函", "令", "纪要", "附件", "总结", "办法"])
def test_skeletons_survive_as_text_and_as_word_files(word: str, tmp_path: Path) -> None:
    source = new_source(word, tmp_path / "一.yaml")
    wanted = as_text(arrange(read(source)))
    for suffix in (".txt", ".docx"):
        product = export_file(source, tmp_path / f"一{suffix}")
        back = import_file(product, tmp_path / f"二{suffix}.yaml").path
        assert as_text(arrange(read(back))) == wanted


def test_the_text_of_levels_and_closing_words(written: Any) -> None:
    document = written(
        "文种: 通知\n标题: 甲\n正文:\n  - 标题: 乙\n    正文:\n"
        "      - 标题: 丙\n        接排: 丁。\n"
        "      - 戊。\n  - 己。\n"
    )
    assert as_text(arrange(document)) == (
        "　　　　　　　　　　　　　甲\n\n　　一、乙\n　　（一）丙。丁。\n\n\n　　戊。\n\n　　己。\n"
    )


def test_pictures_and_tables_come_back(tmp_path: Path, written: Any) -> None:
    from test_importing_word import png

    (tmp_path / "图").mkdir()
    (tmp_path / "图" / "甲.png").write_bytes(png())
    document = written(
        "文种: 材料\n标题: 甲\n正文:\n  - 乙。\n  - 图: 图/甲.png\n    替代文字: 红色\n"
        "    图题: 图1 红\n  - 表格: 情况表\n    表头: [一, 二]\n    行:\n      - ['|', '']\n"
        "    注: 丙\n    来源: 丁\n  - 戊。\n"
    )
    (tmp_path / "乙.txt").write_text(as_text(arrange(document)), "utf-8")
    back = read(import_file(tmp_path / "乙.txt").path)
    assert words_of(back) == words_of(document)
    assert docx.Document(io.BytesIO(as_word(arrange(document)))).inline_shapes[0].width == 120 * MM


def test_the_word_file_has_the_standards_page(tmp_path: Path) -> None:
    word = docx.Document(io.BytesIO(as_word(arrange(read(SOURCE)))))
    section = word.sections[0]
    # 5.1, 5.2.1: A4, 37 mm above, 28 mm at the left, a type area of 156 mm by 225 mm.
    assert round(section.page_width / MM) == 210
    assert round(section.page_height / MM) == 297
    assert round(section.top_margin / MM) == 37
    assert round(section.left_margin / MM) == 28
    across = section.page_width - section.left_margin - section.right_margin
    down = section.page_height - section.top_margin - section.bottom_margin
    assert (round(across / MM), round(down / MM)) == (156, 225)


def test_the_word_file_has_real_styles() -> None:
    word = docx.Document(io.BytesIO(as_word(arrange(read(SOURCE)))))
    named = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert ("附件标识", "附件2") in named
    assert ("公文标题", "2009年常州教育党建工作总结") in named
    assert ("一级标题", "一、强化主线意识，学习实践活动扎实有效") in named
    run_in = next(p for p in word.paragraphs if p.text.startswith("（一）建组织"))
    assert run_in.runs[0].text == "（一）建组织，学习实践活动保障有力。"
    assert run_in.runs[0].style.name == "HeadKaiti"


def test_folios_stand_outside() -> None:
    archive = zipfile.ZipFile(io.BytesIO(as_word(arrange(read(SOURCE)))))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):  # 7.5
        align = ElementTree.fromstring(archive.read(name)).find(f".//{space}jc")
        assert align is not None and align.get(f"{space}val") == side
    assert b"evenAndOddHeaders" in archive.read("word/settings.xml")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert as_word(arrange(read(SOURCE))) == as_word(arrange(read(SOURCE)))


def test_what_cannot_be_exported_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputFault, match="只能导出"):
        export_file(SOURCE, tmp_path / "甲.pdf")
    (tmp_path / "甲.txt").write_text("旧", "utf-8")
    with pytest.raises(OutputFault, match="已有同名的文件"):
        export_file(SOURCE, tmp_path / "甲.txt")


def test_the_commands_tell_what_they_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "附件2.txt"
    text.write_bytes(REAL.read_bytes())
    assert main(["import", str(text)]) == 0
    assert "一字不少" in capsys.readouterr().out
    assert main(["export", str(tmp_path / "附件2.yaml"), "-o", str(tmp_path / "乙.docx")]) == 0
    assert main(["import", str(text)]) == 2
    assert "已有同名的文件" in capsys.readouterr().err


def word_of(folder: Path, house: str, **keys: str) -> Any:
    """The full source beside a house, as a Word file."""
    (folder / "house.yaml").write_text(house, "utf-8")
    source = folder / "甲.yaml"
    said = "".join(f"{key}: {value}\n" for key, value in keys.items())
    source.write_text(f"文种: 材料\n标题: 甲\n{said}正文:\n  - 乙。\n", "utf-8")
    return io.BytesIO(as_word(arrange(read(source))))


def test_the_word_file_has_the_house_s_page(tmp_path: Path) -> None:
    house = "天头: 30\n订口: 35\n版心: [140, 230]\n行数: 20\n标题字号: 小二\n"
    word = docx.Document(word_of(tmp_path, house))
    section = word.sections[0]
    assert round(section.top_margin / MM) == 30
    assert round(section.left_margin / MM) == 35
    across = section.page_width - section.left_margin - section.right_margin
    down = section.page_height - section.top_margin - section.bottom_margin
    assert (round(across / MM), round(down / MM)) == (140, 230)
    normal = word.styles["Normal"]
    cell_pt = 140 / 28 / 25.4 * 72  # 28 characters fill the line
    assert normal.font.size.pt == pytest.approx(cell_pt, abs=0.25)
    # 20 lines and no 21st.
    assert 230 / 21 < normal.paragraph_format.line_spacing / MM < 230 / 20
    assert word.styles["公文标题"].font.size.pt == 18


@pytest.mark.parametrize("cells", [26, 28, 30])
def test_a_line_of_the_word_file_holds_the_house_s_cells(tmp_path: Path, cells: int) -> None:
    packed = zipfile.ZipFile(word_of(tmp_path, f"每行字数: {cells}\n"))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    styles = ElementTree.fromstring(packed.read("word/styles.xml"))
    run = styles.find(f"{space}docDefaults/{space}rPrDefault/{space}rPr")
    assert run is not None
    size, more = (run.find(f"{space}{name}") for name in ("sz", "spacing"))
    assert size is not None and more is not None
    twips = int(size.get(f"{space}val", "")) * 10 + int(more.get(f"{space}val", ""))
    line = 156 / 25.4 * 1440
    assert twips * cells <= line < twips * (cells + 1)


@pytest.mark.parametrize(
    ("house", "sides", "dashes"),
    [("页码: 居中\n", {"center"}, True), ("页码一字线: 否\n", {"left", "right"}, False)],
)
def test_the_folios_of_the_word_file_follow_the_house(
    tmp_path: Path, house: str, sides: set[str], dashes: bool
) -> None:
    packed = zipfile.ZipFile(word_of(tmp_path, house))
    footers = [packed.read(f"word/footer{number}.xml").decode() for number in (1, 2)]
    assert {re.findall(r'<w:jc w:val="(\w+)"', footer)[0] for footer in footers} == sides
    assert all(("—" in footer) is dashes and "PAGE" in footer for footer in footers)


def test_margins_that_change_sides_do_so_in_word(tmp_path: Path) -> None:
    for binding, mirrored in (("双面", True), ("单面", False)):
        packed = zipfile.ZipFile(word_of(tmp_path, "订口: 30\n", 装订=binding))
        assert (b"mirrorMargins" in packed.read("word/settings.xml")) is mirrored
