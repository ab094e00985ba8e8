"""Two versions are told apart paragraph by paragraph, and each can be had from what is told."""

from __future__ import annotations

import io
import json
import random
import time
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import ROOT
from making import publish, write

from yinfa.cli import main
from yinfa.comparing.blocks import ComparedBlock, VersionBlock, blocks, compared
from yinfa.comparing.redline import as_redline
from yinfa.comparing.versions import compare, version
from yinfa.comparing.words import WordChange, Wording, changes
from yinfa.exporting.lines import MARKED, ExportLine
from yinfa.inline import parse
from yinfa.parts import Part
from yinfa.reading_order import Element, Words
from yinfa.report import Place

EXAMPLES = ROOT / "source" / "examples"
PHRASES = (
    "各单位要切实加强组织领导", "细化工作措施", "落实工作责任", "确保各项任务按时完成",
    "全市新建学校12所", "下达资金1,234.5万元", "《关于做好安全工作的通知》（×教〔2012〕14号）",
    "2012年7月1日起施行", "第三条规定的情形除外", "增长8.6%", "各辖市、区教育局",
    "报市政府批准后执行",
)  # fmt: skip


def reject(words: tuple[Wording, ...]) -> str:
    """The text without what has come."""
    return "".join(word.text for word in words if word.change is not WordChange.COME)


def accept(words: tuple[Wording, ...]) -> str:
    """The text without what is gone."""
    return "".join(word.text for word in words if word.change is not WordChange.GONE)


def marked(old: str, new: str) -> list[tuple[str, str]]:
    return [(word.change.value, word.text) for word in changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "共12所学校",
            "共120所学校",
            [("留", "共"), ("删", "12"), ("增", "120"), ("留", "所学校")],
        ),
        (
            "（×教〔2012〕14号）印发",
            "（×教〔2012〕15号）印发",
            [("留", "（"), ("删", "×教〔2012〕14号"), ("增", "×教〔2012〕15号"), ("留", "）印发")],
        ),
        (
            "自2012年7月1日起",
            "自2012年7月10日起",
            [("留", "自"), ("删", "2012年7月1日"), ("增", "2012年7月10日"), ("留", "起")],
        ),
        (
            "增长8.6%。",
            "增长8.9%。",
            [("留", "增长"), ("删", "8.6%"), ("增", "8.9%"), ("留", "。")],
        ),
        ("同样的话。", "同样的话。", [("留", "同样的话。")]),
        ("", "新的话。", [("增", "新的话。")]),
    ],
)
def test_words_numbers_and_document_numbers_are_told_whole(
    old: str, new: str, told: list[tuple[str, str]]
) -> None:
    assert marked(old, new) == told


def paragraph(chance: random.Random) -> str:
    return "，".join(chance.choices(PHRASES, k=chance.randint(1, 6))) + "。"


def revised(texts: list[str], chance: random.Random) -> list[str]:
    """*texts* as an office revises them: struck, put in, moved, and changed inside."""
    found = list(texts)
    for _ in range(chance.randint(0, 5)):
        at = chance.randrange(len(found) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            found.insert(at, paragraph(chance))
        elif found and kind == 1:
            found.pop(at % len(found))
        elif found and kind == 2:
            found.insert(chance.randrange(len(found)), found.pop(at % len(found)))
        elif found:
            text = found[at % len(found)]
            start = chance.randrange(len(text))
            end = min(len(text), start + chance.randint(0, 9))
            put = chance.choice(("", "新", "进一步", "34个", "（暂行）", chance.choice(PHRASES)))
            found[at % len(found)] = text[:start] + put + text[end:]
    return [text for text in found if text]


def as_blocks(texts: list[str]) -> list[VersionBlock]:
    place = Place(Path("稿.yaml"))
    return [VersionBlock(Part.PARAGRAPH, (text,), place) for text in texts]


def test_both_versions_come_back_letter_by_letter_from_a_thousand_pairs() -> None:
    chance = random.Random(9704)
    for _ in range(1000):
        old = [paragraph(chance) for _ in range(chance.randint(0, 8))]
        new = revised(old, chance)
        found = compared(as_blocks(old), as_blocks(new))
        assert [reject(one.cells[0]) for one in found if one.old] == old
        assert [accept(one.cells[0]) for one in found if one.new] == new
        assert all(one.old or not reject(one.cells[0]) for one in found)
        assert any(one.changed for one in found) is (old != new)


def test_a_moved_paragraph_is_told_where_it_stood_and_where_it_stands(tmp_path: Path) -> None:
    texts = ["第一段话，说明总的情况。", "第二段话，安排各项工作。", "第三段话，提出几点要求。"]
    found = compared(as_blocks(texts), as_blocks([texts[2], *texts[:2]]))
    moved = [one for one in found if one.moved]
    assert [(one.old is None, (one.new or one.old).text) for one in moved] == [  # type: ignore[union-attr]
        (True, texts[2]),
        (False, texts[2]),
    ]


HEAD = {"表格": "", "表头": ["单位", "人数"]}
TABLE = HEAD | {"行": [["甲局", "12"], ["乙局", "30"]]}
LATER = HEAD | {"行": [["甲局", "15"], ["丙局", "8"], ["乙局", "30"]]}


def two(folder: Path) -> tuple[Path, Path]:
    """A paper and its revision."""
    one, other = folder / "一", folder / "二"
    one.mkdir()
    other.mkdir()
    first = ["各单位要加强组织领导。", TABLE, "请于7月1日前上报。"]
    second = ["各单位要切实加强组织领导。", LATER, "请于7月5日前上报。", "特此通知。"]
    return write(one, first), write(other, second)


def test_a_table_is_compared_cell_by_cell(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    rows = [one for one in compare(old, new).changes if len(one.cells) > 1]
    told = [[[(w.change.value, w.text) for w in cell] for cell in one.cells] for one in rows]
    assert told == [
        [[("留", "甲局")], [("删", "12"), ("增", "15")]],
        [[("增", "丙局")], [("增", "8")]],
    ]


def test_the_list_says_where_and_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two(tmp_path)
    assert main(["compare", str(old), str(old)]) == 0
    assert "文字相同" in capsys.readouterr().out
    assert main(["compare", str(old), str(new)]) == 1
    told = capsys.readouterr().out
    assert "5 处改动" in told
    assert "各单位要【增：切实】加强组织领导。" in told
    assert "请于【删：7月1日】【增：7月5日】前上报。" in told
    assert "第2格：【删：12】【增：15】" in told
    assert "增一段" in told


def test_json_has_both_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two(tmp_path)
    assert main(["compare", str(old), str(new), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["blocks"]
    for path, line, left_out in ((old, "old_line", "come"), (new, "new_line", "gone")):
        rows = [row for row in told if row[line] is not None]
        wanted = [block.cells for block in blocks(version(path, tmp_path))]
        found = [
            tuple(
                "".join(text for change, text in cell if change != left_out)
                for cell in row["cells"]
            )
            for row in rows
        ]
        assert [tuple(cell for cell in row if cell or len(row) == 1) for row in found] == [
            tuple(cell for cell in row if cell or len(row) == 1) for row in wanted
        ]


def test_files_of_other_kinds_are_versions_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two(tmp_path)
    pdf = publish(old)
    assert main(["compare", str(pdf), str(old)]) == 0
    assert main(["export", str(new), "-o", str(tmp_path / "新.docx")]) == 0
    capsys.readouterr()
    assert main(["compare", str(old), str(tmp_path / "新.docx")]) == 1
    assert "【增：切实】" in capsys.readouterr().out
    assert main(["compare", str(old), str(tmp_path / "无.yaml")]) == 2


def test_forty_pages_take_less_than_two_seconds() -> None:
    chance = random.Random(1)
    old = [paragraph(chance) for _ in range(900)]
    new = old
    for _ in range(30):
        new = revised(new, chance)
    started = time.process_time()
    found: tuple[ComparedBlock, ...] = compared(as_blocks(old), as_blocks(new))
    assert time.process_time() - started < 2
    assert any(one.changed for one in found)


# --- tracked changes ---------------------------------------------------------------------------

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def decided(docx: bytes, *, accepted: bool) -> list[str]:
    """The paragraphs and cells once all changes are accepted, or rejected, without blank ones."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body = ET.fromstring(package.read("word/document.xml"))
    gone = f"{W}del" if accepted else f"{W}ins"
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{gone}") is not None:
            row.clear()
    found, text = [], ""
    for paragraph in body.iter(f"{W}p"):
        text += "".join(_said(paragraph, gone))
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is not None:
            continue  # its end goes: what is left of it is of the next
        found.append(text)
        text = ""
    assert not text
    return [one for one in found if one]


def _said(element: ET.Element, gone: str) -> Iterator[str]:
    for child in element:
        if child.tag == gone:
            continue
        if child.tag in (f"{W}t", f"{W}delText"):
            yield child.text or ""
        yield from _said(child, gone)


def flat(found: Sequence[VersionBlock]) -> list[str]:
    signs = ("", "\u2190", "\u2191")
    return [cell for block in found for cell in block.cells if cell not in signs]


@pytest.mark.slow
def test_accepted_all_is_the_new_version_and_rejected_all_the_old() -> None:
    """A thousand pairs, each as a Word file, read by a reader of its own."""
    document = version(EXAMPLES / "plain.yaml", Path()).document
    place = Place(Path("稿.yaml"))
    chance = random.Random(2012)

    def lines(texts: list[str]) -> list[VersionBlock]:
        found = []
        for text in texts:
            element = Element(Part.PARAGRAPH, place, words=(Words(text, place),))
            found.append(VersionBlock(Part.PARAGRAPH, (text,), place, ExportLine(element, text)))
        return found

    for _ in range(1000):
        old = [paragraph(chance) for _ in range(chance.randint(0, 6))]
        new = revised(old, chance)
        docx = as_redline(compared(lines(old), lines(new)), document)
        assert decided(docx, accepted=False) == old
        assert decided(docx, accepted=True) == new


def test_tables_heads_and_marked_words_are_tracked_too(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    docx = tmp_path / "花脸稿.docx"
    assert main(["compare", str(old), str(new), "-o", str(docx)]) == 1
    content = docx.read_bytes()
    assert decided(content, accepted=False) == flat(list(blocks(version(old, tmp_path))))
    assert decided(content, accepted=True) == flat(list(blocks(version(new, tmp_path))))
    assert main(["compare", str(old), str(new), "-o", str(docx)]) == 1
    assert docx.read_bytes() == content
    assert main(["compare", str(old), str(new), "-o", str(tmp_path / "花脸稿.pdf")]) == 2


@pytest.mark.parametrize("name", ["everything", "attachments", "tables", "regulation"])
def test_a_whole_document_against_nothing_but_itself_and_against_another(
    name: str, tmp_path: Path
) -> None:
    one, other = EXAMPLES / f"{name}.yaml", EXAMPLES / "notice.yaml"
    assert compare(one, one).changes == ()
    for old, new in ((one, one), (one, other), (other, one)):
        docx = compare(old, new, with_redline=True).redline
        for path, accepted in ((old, False), (new, True)):
            wanted = "".join(plain(block) for block in blocks(version(path, tmp_path)))
            assert "".join(decided(docx, accepted=accepted)) == wanted


def plain(block: VersionBlock) -> str:
    """The words of a block as they print, pictures aside."""
    if block.line is not None and block.line.element.figure is not None:
        return ""
    cells = flat([block])
    marked = block.part in MARKED or block.part is Part.TABLE
    return "".join(_printed(cell) if marked else cell for cell in cells)


def _printed(text: str) -> str:
    return "".join(f"[注{span.note}]" if span.note else span.text for span in parse(text)[0])
