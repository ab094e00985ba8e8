"""Rules about single parts, each seen to notice its fault on a page laid wrong by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from handmade import (
    CELL,
    FOUR,
    LEFT,
    RED,
    RIGHT,
    SENTENCE,
    TITLE,
    TWO,
    Bar,
    Leaf,
    Words,
    attachment,
    baseline,
    lay,
    notice,
    running,
    width,
)
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from yinfa.check import check
from yinfa.reading import Box, Reading, TextLine, read
from yinfa.recognising.format import Format

LINE = "各单位要认真贯彻落实会议精神加强组织领导明确工作责任完善"


def failed(leaves: list[Leaf], folder: Path, form: Format | None = None) -> set[str]:
    report = check(lay(leaves, folder / "坏.pdf", TITLE), form=form)
    return set(report.failed) - {"TX-02"}


def page(*words: Words) -> list[Leaf]:
    leaf = Leaf(list(words))
    leaf.folio(1)
    return [leaf]


def paragraphs(*texts: str, face: str = "仿宋") -> list[Leaf]:
    """A page of one-line paragraphs."""
    return page(
        *(
            Words(text, LEFT + 2 * CELL, baseline(number), face)
            for number, text in enumerate(texts, 1)
        )
    )


# --- faces and sizes ------------------------------------------------------------------------------


def test_text_of_another_size(tmp_path: Path) -> None:
    leaves = notice()
    leaves[1].words[0] = Words(SENTENCE[:20], LEFT + 2 * CELL, baseline(1), size=CELL * 0.95)
    assert "FT-02" in failed(leaves, tmp_path)


def test_a_third_level_in_black_face(tmp_path: Path) -> None:
    right = paragraphs("一、要求", "（一）责任", "1.落实责任。")
    right[0].words[0] = Words("一、要求", LEFT + 2 * CELL, baseline(1), "黑体")
    right[0].words[1] = Words("（一）责任", LEFT + 2 * CELL, baseline(2), "楷体")
    assert failed(right, tmp_path) == set()
    right[0].words[2] = Words("1.落实责任。", LEFT + 2 * CELL, baseline(3), "黑体")
    assert failed(right, tmp_path) == {"FT-05"}


def test_a_run_in_heading_that_keeps_its_face(tmp_path: Path) -> None:
    leaves = page(Words("一、要求。落实责任。", LEFT + 2 * CELL, baseline(1), "黑体"))
    assert failed(leaves, tmp_path) == {"FT-06"}


def test_a_label_in_another_face(tmp_path: Path) -> None:
    leaves = attachment()
    leaves[0].words[0] = Words("附件2", LEFT, baseline(1), "仿宋")
    assert failed(leaves, tmp_path) == {"FT-08"}


def test_digits_wider_than_half_a_character(tmp_path: Path) -> None:
    leaves = paragraphs("落实责任12项。")
    leaves[0].words.append(Words("2012", LEFT + 12 * CELL, baseline(1), "楷体"))
    assert "FT-13" in failed(leaves, tmp_path)


def fonts_of(writer: PdfWriter) -> list[DictionaryObject]:
    resources = writer.pages[0]["/Resources"].get_object()
    return [font.get_object() for font in resources["/Font"].get_object().values()]


def test_a_font_that_is_not_embedded(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=lay(attachment(), tmp_path / "对.pdf", TITLE))
    descendant = fonts_of(writer)[0]["/DescendantFonts"].get_object()[0].get_object()
    del descendant["/FontDescriptor"].get_object()["/FontFile3"]
    writer.write(tmp_path / "坏.pdf")
    assert "FT-12" in check(tmp_path / "坏.pdf").failed


def test_a_face_that_the_standard_does_not_name(tmp_path: Path) -> None:
    leaves = paragraphs("落实责任。")
    writer = PdfWriter(clone_from=lay(leaves, tmp_path / "对.pdf", TITLE))
    for font in fonts_of(writer):
        described = font["/DescendantFonts"].get_object()[0].get_object()
        for holder in (font, described):
            holder[NameObject("/BaseFont")] = NameObject("/Calibri")
        del described["/FontDescriptor"].get_object()["/FontFile3"]
    writer.write(tmp_path / "坏.pdf")
    assert "FT-14" in check(tmp_path / "坏.pdf").failed


# --- text -----------------------------------------------------------------------------------------


def test_a_first_side_without_text(tmp_path: Path) -> None:
    first, second = notice()
    first.words = [words for words in first.words if words.y < baseline(13.5) or "—" in words.text]
    assert "BD-02" in failed([first, second], tmp_path)


def test_a_level_before_the_one_above_it(tmp_path: Path) -> None:
    leaves = paragraphs("一、要求", "（1）落实责任。")
    leaves[0].words[0] = Words("一、要求", LEFT + 2 * CELL, baseline(1), "黑体")
    assert failed(leaves, tmp_path) == {"BD-06"}


def test_a_heading_at_the_foot_of_a_page(tmp_path: Path) -> None:
    leaves = attachment()[1:]
    for number, leaf in enumerate(leaves, 1):
        leaf.words = [words for words in leaf.words if "—" not in words.text]
        leaf.folio(number)
    last = max(leaves[0].words[:-1], key=lambda words: words.y)
    index = leaves[0].words.index(last)
    leaves[0].words[index] = Words("一、要求", LEFT + 2 * CELL, baseline(22), "黑体")
    assert "BD-10" in failed(leaves, tmp_path)


def test_a_full_page_that_ends_early(tmp_path: Path) -> None:
    """Lines at 28.35 points from 37 mm: 22 of them leave 9 mm below."""
    leaves = [Leaf(), Leaf()]
    for leaf, number in zip(leaves, (1, 2), strict=True):
        leaf.words = [Words(LINE, LEFT, baseline(1) + row * 10.0) for row in range(22)]
        leaf.folio(number)
    found = failed(leaves, tmp_path)
    assert {"PG-10", "PG-13"} <= found
    assert "PG-08" not in found


# --- attachments ----------------------------------------------------------------------------------


def bound(list_lines: list[Words], titles: list[tuple[str, str]]) -> list[Leaf]:
    """A paper with an attachment list, then a page for each attachment."""
    first = Leaf([*running(SENTENCE + "。", 1), *list_lines])
    first.folio(1)
    leaves = [first]
    for number, (label, title) in enumerate(titles, 2):
        leaf = Leaf([Words(label, LEFT, baseline(1), "黑体")])
        leaf.centred(title, baseline(3), "小标宋", TWO)
        leaf.words += running(SENTENCE + "。", 5)
        leaf.folio(number)
        leaves.append(leaf)
    return leaves


def listed(*texts: str, second_x: float = LEFT + 5 * CELL) -> list[Words]:
    lines = [Words("附件：" + texts[0], LEFT + 2 * CELL, baseline(4))]
    return lines + [Words(text, second_x, baseline(5 + i)) for i, text in enumerate(texts[1:])]


BOTH = [("附件1", "任务分解表"), ("附件2", "联系人名单")]
NAMES = ("1.任务分解表", "2.联系人名单")


@pytest.mark.parametrize(
    ("lines", "titles", "expected"),
    [
        (listed(*NAMES), BOTH, set()),
        (listed(*NAMES), [BOTH[0], ("附件2", "联系人表")], {"AN-05"}),
        (listed(*NAMES), BOTH[:1], {"AN-05"}),
        (listed("任务分解表"), [("附件", "任务分解表")], set()),
        (listed("任务分解", "表", second_x=LEFT), [("附件", "任务分解表")], {"AN-05"}),
        (listed(*NAMES), [BOTH[0], ("附件2：", "联系人名单")], {"AT-02"}),
        (listed(*NAMES), [BOTH[0], ("附件二", "联系人名单")], {"AT-02", "AN-05"}),
    ],
)
def test_list_and_attachments_agree(
    tmp_path: Path, lines: list[Words], titles: list[tuple[str, str]], expected: set[str]
) -> None:
    found = failed(bound(lines, titles), tmp_path)
    assert {rule for rule in found if rule[:2] in {"AN", "AT"}} == expected


def test_a_name_that_wraps_to_the_wrong_place(tmp_path: Path) -> None:
    lines = listed(*NAMES)
    wrapped = Words("及电话", LEFT + 5 * CELL + width("2.", CELL), baseline(6))
    titles = [BOTH[0], ("附件2", "联系人名单及电话")]
    assert "AN-04" not in failed(bound([*lines, wrapped], titles), tmp_path)
    astray = Words("及电话", LEFT + 4 * CELL, baseline(6))
    assert "AN-04" in failed(bound([*lines, astray], titles), tmp_path)


def test_an_attachment_in_the_middle_of_a_page(tmp_path: Path) -> None:
    first, second, _ = bound(listed(*NAMES), BOTH)
    for words in second.words[:-1]:
        first.words.append(Words(words.text, words.x, words.y + 80, words.face, words.size))
    assert "AT-01" in failed([first], tmp_path)


def test_words_between_label_and_title(tmp_path: Path) -> None:
    leaves = attachment()
    leaves[0].words.append(Words("落实责任", LEFT, baseline(2)))
    assert "AT-06" in failed(leaves, tmp_path)


def test_an_attachment_behind_the_imprint(tmp_path: Path) -> None:
    leaves = notice()
    late = bound(listed(*NAMES), BOTH[:1])[1]
    late.words.pop()
    late.folio(3)
    assert {"AT-07", "BJ-03"} <= failed([*leaves, late], tmp_path)


# --- signature and seals --------------------------------------------------------------------------


def signed(name_x: float, date_x1: float) -> list[Leaf]:
    leaf = Leaf(running(SENTENCE + SENTENCE + "。", 1))
    leaf.words.append(Words("常州市教育局", name_x, baseline(7)))
    leaf.ending("2012年7月1日", date_x1, baseline(8))
    leaf.folio(1)
    return [leaf]


def judged(leaves: list[Leaf], folder: Path, *seals: tuple[float, float]) -> set[str]:
    """The SG rules that speak of *leaves* with round seals of 42 mm at these centres."""
    reading = read(lay(leaves, folder / "章.pdf", TITLE))
    sheet = reading.sheets[0]
    boxes = tuple(Box(x - 21, y - 21, x + 21, y + 21, (255, 0, 0), False) for x, y in seals)
    stamped = replace(sheet, boxes=boxes)
    found = check(Reading(reading.path, (stamped,))).failed
    return {rule for rule in found if rule.startswith("SG")}


DATE_RIGHT = RIGHT - 4 * CELL
DATE_MIDDLE = DATE_RIGHT - 3 * CELL  # the date is six characters wide
NAME_X = DATE_MIDDLE - 3 * CELL
SEAL = (DATE_MIDDLE, baseline(4) + 6 + 21)


@pytest.mark.parametrize(
    ("name_x", "date_x1", "seals", "expected"),
    [
        (NAME_X, DATE_RIGHT, [SEAL], set()),
        (NAME_X - 2 * CELL, DATE_RIGHT - 2 * CELL, [SEAL], {"SG-01"}),
        (NAME_X + 6, DATE_RIGHT, [SEAL], {"SG-02"}),
        (NAME_X, DATE_RIGHT, [(DATE_MIDDLE, SEAL[1] + 8)], {"SG-03"}),
        (NAME_X, DATE_RIGHT, [(60.0, SEAL[1])], {"SG-03"}),
        (NAME_X, DATE_RIGHT, [SEAL, (DATE_MIDDLE - 42, SEAL[1])], {"SG-03", "SG-04"}),
    ],
)
def test_seal_name_and_date(
    tmp_path: Path,
    name_x: float,
    date_x1: float,
    seals: list[tuple[float, float]],
    expected: set[str],
) -> None:
    assert judged(signed(name_x, date_x1), tmp_path, *seals) == expected


# --- other forms, page numbers, tables, marks -----------------------------------------------------


def letter(gap_lines: int = 3, imprint_rule: bool = False) -> list[Leaf]:
    first, second = Leaf(), Leaf()
    mark = 14.0
    first.centred("常州市教育局", 30 + 0.82 * mark, "小标宋", mark, RED)
    top = 30 + 0.95 * mark + 4
    for y, thickness in ((top + 0.4, 0.8), (top + 1.6, 0.25), (275.5, 0.25), (276.6, 0.8)):
        first.bars.append(Bar(21, 191, y, thickness, RED))
    number = top + 1.7 + 4.875 + 0.88 * CELL
    first.ending("常教函〔2012〕10号", RIGHT, number)
    first.centred(TITLE, number + gap_lines * 10.447, "小标宋", TWO)
    title_y = number + gap_lines * 10.447
    first.words.append(Words("各辖市教育局：", LEFT, title_y + 2 * 10.447))
    first.words += [
        Words(words.text, words.x, words.y - baseline(1) + title_y + 3 * 10.447)
        for words in running(SENTENCE * 2 + "。", 1)
    ]
    second.words += running(SENTENCE * 2 + "。", 1)
    second.words.append(Words("抄送：市委办公室。", LEFT + FOUR, 258.8, "仿宋", FOUR))
    if imprint_rule:
        second.bars.append(Bar(LEFT, RIGHT, 252, 0.35))
    second.folio(2)
    return [first, second]


def test_a_letter_and_its_faults(tmp_path: Path) -> None:
    def told(leaves: list[Leaf]) -> set[str]:
        return {
            rule for rule in failed(leaves, tmp_path, Format.LETTER) if rule[:2] in {"LT", "PN"}
        }

    assert told(letter()) == set()
    assert told(letter(gap_lines=1)) == {"LT-04"}
    assert told(letter(imprint_rule=True)) == {"LT-05"}
    numbered = letter()
    numbered[0].folio(1)
    assert told(numbered) == {"PN-06"}


def test_blank_sides_before_the_imprint_bear_no_number(tmp_path: Path) -> None:
    first, second = notice()
    second.words = [words for words in second.words if "—" not in words.text]
    blank = Leaf()
    assert "PN-05" not in failed([first, blank, second], tmp_path)
    blank.folio(2)
    assert "PN-05" in failed([first, blank, second], tmp_path)


def test_a_landscape_table_turned_the_wrong_way(tmp_path: Path) -> None:
    reading = read(lay(attachment(), tmp_path / "表.pdf", TITLE))
    for turn, wrong in ((270, False), (90, True)):
        sheets = []
        for sheet in reading.sheets:
            rows = tuple(
                TextLine(tuple(c._replace(x_mm=c.x_mm + 20) for c in line.chars), turn)
                for line in sheet.body_lines[4:12]
            )
            sheets.append(replace(sheet, turned_lines=rows if sheet.number == 2 else ()))
        report = check(Reading(reading.path, tuple(sheets)))
        assert ("TB-01" in report.failed) is wrong


def last_line(text: str, *steps: float) -> list[Leaf]:
    """A page whose paragraph ends with *text*, each character so many ems after the one before."""
    words = running(SENTENCE[:26] + LINE, 1)
    x = LEFT
    for char, step in zip(text, (*steps, *([1.0] * len(text))), strict=False):
        words.append(Words(char, x, baseline(3)))
        x += step * CELL
    return page(*words)


def test_marks_take_their_widths(tmp_path: Path) -> None:
    even = last_line("”，落“（责”，任务", 0.5, 1, 1, 0.5, 1, 1, 0.5)
    assert "PU-09" not in failed(even, tmp_path)
    mixed = last_line("”，落“（责”，任务", 0.5, 1, 1, 1.0, 1, 1, 0.5)
    assert "PU-09" in failed(mixed, tmp_path)
    assert "PU-13" not in failed(last_line("落·责任", 1, 0.5), tmp_path)
    assert "PU-13" in failed(last_line("落·责任", 1, 1.0), tmp_path)


def test_a_mark_that_hangs_beyond_the_measure(tmp_path: Path) -> None:
    words = [
        Words(LINE[:26], LEFT + 2 * CELL, baseline(1)),
        Words("。", RIGHT, baseline(1)),
        Words(LINE, LEFT, baseline(2)),
        Words("落实责任。", LEFT, baseline(3)),
    ]
    assert "PU-10" in failed(page(*words), tmp_path)
