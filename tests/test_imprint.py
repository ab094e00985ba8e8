"""版记 and the pages it closes, 7.4 and 7.5: every length of text, two imprints, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from forms import (
    BOTTOM_MM,
    IMPRINT,
    LEFT_MM,
    LINE_MM,
    NOTICE,
    RIGHT_MM,
    SENTENCE,
    SMALL_MM,
    TOP_MM,
    black_rules,
    document,
    printed,
    text_of,
)

from yinfa import resources
from yinfa.arrange import arrange
from yinfa.check import check
from yinfa.compose import compose
from yinfa.composition import Page
from yinfa.faces import open_founts
from yinfa.forms import form_named
from yinfa.measures import read_measures
from yinfa.parts import Part
from yinfa.reading import Reading, Sheet

SHORT = {"抄送": ["×××市人民政府办公室"], **{key: IMPRINT[key] for key in ("印发机关", "印发日期")}}
TWELVE = {**SHORT, "抄送": [f"×××市×××局第{place:02d}×××办公室" for place in range(1, 17)]}
IMPRINTS = {2: SHORT, 12: TWELVE}
IMPRINT_PARTS = (Part.COPIED_TO, Part.PRINTED)
LINES = range(1, 71)
CLEAR_MM = 4.5  # the imprint never touches the text
EN = "零一二三四五六七八九"

FANGSONG, SIGNS = "Fandol Fangsong", "Yinfa Serif Signs"  # of digits and ( )


def body(lines: int) -> list[str]:
    """Paragraphs that take so many lines in all: of four lines, and what is left over."""
    whole = 26 + 28 * 3 - 1
    paragraphs: list[str] = []
    while lines > 0:
        taken = 4 if lines > 5 or lines == 4 else lines
        length = whole if taken == 4 else 26 + 28 * (taken - 1) - 1
        tag = "".join(EN[int(digit)] for digit in str(len(paragraphs)))
        paragraphs.append((tag + "公文的版面由版头主体和版记三部分组成" * 12)[:length] + "。")
        lines -= taken
    return paragraphs


# --- the plan, for every length ---------------------------------------------------------------


@cache
def setting() -> tuple[Any, ...]:
    layouts = resources.layouts()
    return (
        open_founts(None),
        read_measures(layouts / "measures.toml"),
        form_named("notice").measures,
    )


def planned(lines: int, imprint: int, duplex: bool) -> tuple[Page, ...]:
    keys = {**IMPRINTS[imprint], "双面": "是" if duplex else "否"}
    return compose(arrange(document(NOTICE, 正文=body(lines), **keys)), *setting()).pages


def texts(pages: tuple[Page, ...], *, of_imprint: bool) -> Iterator[str]:
    for page in pages:
        for placed in page.placed:
            if (placed.block.part in IMPRINT_PARTS) is of_imprint:
                yield from (line.text for line in placed.block.lines)


def lowest_mm(page: Page) -> float:
    """The lower edge of the text's type on *page*."""
    rows = [
        placed.row + len(placed.block.lines)
        for placed in page.placed
        if placed.block.part not in (*IMPRINT_PARTS, Part.MARK)
    ]
    return TOP_MM + max(rows, default=0) * LINE_MM - (LINE_MM - 156 / 28) if rows else 0.0


def imprint_of(pages: tuple[Page, ...]) -> list[int]:
    """The pages that carry a part of the imprint."""
    return [
        index
        for index, page in enumerate(pages)
        if any(placed.block.part in IMPRINT_PARTS for placed in page.placed)
    ]


@pytest.mark.parametrize("duplex", [True, False])
@pytest.mark.parametrize("imprint", [2, 12])
def test_the_imprint_closes_the_last_page_of_every_length(imprint: int, duplex: bool) -> None:
    alone = blanks = 0
    # Printer and date share a line.
    assert len(list(texts(planned(1, imprint, duplex), of_imprint=True))) == imprint + 1
    for lines in LINES:
        pages = planned(lines, imprint, duplex)
        case = f"{lines} lines, duplex {duplex}"
        printed_text = "".join(texts(pages, of_imprint=False))
        assert "".join(body(lines)) in printed_text, case  # nothing lost, nothing twice
        assert [page.number for page in pages] == list(range(1, len(pages) + 1)), case
        last = len(pages) - 1
        assert imprint_of(pages) == [last], case  # never split, on the last page
        if duplex:
            assert len(pages) % 2 == 0, case
        rules = [rule for rule in pages[last].rules if rule.ink == "black"]
        top = min(rule.top_mm for rule in rules)
        assert lowest_mm(pages[last]) + CLEAR_MM <= top, case
        empty = [index for index, page in enumerate(pages) if not page.placed]
        assert empty in ([], [last - 1]), case
        folios = [page.folio for page in pages]
        hidden = 2 if empty else 0  # 7.5: the blank page and the imprint page after it
        assert folios == [True] * (len(pages) - hidden) + [False] * hidden, case
        # It moved on only where it had to.
        if is_alone := lowest_mm(pages[last]) == 0.0:
            text = pages[last - 2] if empty else pages[last - 1]
            height = BOTTOM_MM - top
            fits = lowest_mm(text) + CLEAR_MM + 1 <= BOTTOM_MM - height
            assert not fits or (duplex and text.number % 2), case
        alone, blanks = alone + is_alone, blanks + bool(empty)
    assert alone  # both cases came about
    assert bool(blanks) is duplex


@pytest.mark.parametrize("seals", [0, 1, 3, 6])
@pytest.mark.parametrize("listed", [0, 1, 9, 13])
def test_a_signature_has_text_above_it_whatever_it_takes(listed: int, seals: int) -> None:
    keys: dict[str, Any] = {}
    if listed:
        keys["附件说明"] = [f"{SENTENCE[:25]}之{place}" for place in range(listed)]
    if seals:
        keys |= {"印章": ["印章.png"] * seals, "署名": [f"×××{n}局" for n in EN[:seals]]}
    for lines in (*range(3, 24, 2), 40):
        pages = compose(arrange(document(NOTICE, 正文=body(lines), **keys)), *setting()).pages
        assert "".join(body(lines)) in "".join(texts(pages, of_imprint=False))
        counts = [count(page, Part.PARAGRAPH) for page in pages]
        assert counts[0] > 0  # side 1 shows text, 7.3.3
        (last,) = [n for n, page in enumerate(pages) if count(page, Part.DATE)]
        # Text stands there, 7.3.5.5; or the list, where it fills a page without the signature.
        assert counts[last] > 1 or (listed > 8 and count(pages[last], Part.ATTACHMENT_LIST) > 1)
        for page in pages:
            assert max(placed.row + placed.block.rows for placed in page.placed) <= 22


def count(page: Page, part: Part) -> int:
    """The lines of *part* on *page*."""
    return sum(len(placed.block.lines) for placed in page.placed if placed.block.part is part)


# --- the PDF, for some ------------------------------------------------------------------------


def check_imprint(sheet: Sheet, parts: int) -> None:
    """Rules of 156 mm, the outer ones thicker, the last on the type area's lower edge."""
    rules = sorted(black_rules(sheet), key=lambda rule: rule.y0_mm)
    assert len(rules) == parts + 1
    for rule in rules:
        assert (rule.x0_mm, rule.x1_mm) == pytest.approx((LEFT_MM, RIGHT_MM), abs=0.1)
    for rule in (rules[0], rules[-1]):
        assert rule.thickness_mm == pytest.approx(0.35, abs=0.02)
    for rule in rules[1:-1]:
        assert rule.thickness_mm == pytest.approx(0.25, abs=0.02)
    assert rules[-1].bottom_mm == pytest.approx(BOTTOM_MM, abs=0.1)
    inside = [line for line in sheet.body_lines if line.em_top_mm > rules[0].top_mm]
    for line in inside:
        assert line.size_mm == pytest.approx(SMALL_MM, abs=0.02)
        assert all(char.look.family.startswith((FANGSONG, SIGNS)) for char in line.inked())
        assert line.x0_mm >= LEFT_MM + SMALL_MM - 0.2
    for upper, lower in pairwise(inside):
        assert lower.em_top_mm > upper.em_bottom_mm or lower.baseline_mm == upper.baseline_mm
    above = [line.em_bottom_mm for line in sheet.body_lines if line not in inside]
    assert max(above, default=0.0) + CLEAR_MM <= rules[0].top_mm


@pytest.mark.parametrize(
    ("lines", "imprint", "duplex", "pages", "folios"),
    [
        (2, 2, False, 1, ["—1—"]),
        (2, 2, True, 2, ["—1—", "—2—"]),  # a lone imprint page keeps its folio
        (20, 2, True, 2, ["—1—", "—2—"]),
        (10, 12, True, 2, ["—1—", "—2—"]),
        (16, 12, True, 4, ["—1—", "—2—", "", ""]),
        (25, 2, True, 4, ["—1—", "—2—", "", ""]),
        (25, 12, False, 3, ["—1—", "—2—", "—3—"]),
        (40, 12, True, 4, ["—1—", "—2—", "—3—", "—4—"]),
    ],
)
def test_the_imprint_stands_at_the_foot_of_the_last_side(
    lines: int, imprint: int, duplex: bool, pages: int, folios: list[str]
) -> None:
    keys = {**IMPRINTS[imprint], "双面": "是" if duplex else "否"}
    reading = printed(NOTICE, 正文=body(lines), **keys)
    assert len(reading.sheets) == pages
    assert [sheet.folio.bare if sheet.folio else "" for sheet in reading.sheets] == folios
    check_imprint(reading.sheets[-1], 2)
    assert "".join(body(lines)) in text_of(reading)


def imprinted(**keys: Any) -> tuple[Reading, Sheet]:
    reading = printed(NOTICE, **{"正文": [SENTENCE], "双面": "否", **keys})
    return reading, reading.sheets[-1]


@pytest.mark.parametrize("count", [1, 30])
def test_copied_to_begins_one_character_in_and_hangs_after_its_colon(count: int) -> None:
    names = [f"×××市×××局第{place:02d}×××办公室" for place in range(1, count + 1)]
    _, sheet = imprinted(抄送=names, 印发机关="×××办公室", 印发日期="2012-07-02")
    check_imprint(sheet, 2)
    first = sheet.line("抄送：")
    printer = sheet.line("印发")
    lines = [
        line for line in sheet.lines if first.baseline_mm <= line.baseline_mm < printer.baseline_mm
    ]
    assert first.x0_mm == pytest.approx(LEFT_MM + SMALL_MM, abs=0.1)
    name = first.chars[first.text.index("：") + 1]
    assert name.x_mm == pytest.approx(LEFT_MM + 4 * SMALL_MM, abs=0.1)
    for line in lines[1:]:
        assert line.x0_mm == pytest.approx(name.x_mm, abs=0.1)
    for line in lines[:-1]:
        assert line.x1_mm <= RIGHT_MM - SMALL_MM / 2 + 0.2  # a mark at its end takes half
    assert "".join(line.bare for line in lines) == "抄送：" + "，".join(names) + "。"


@pytest.mark.parametrize(
    "printer", ["×××办公室", "×××省×××市×××局×××管理委员会办公室×××处×××科×××组×××室"]
)
def test_printer_and_date_stand_one_character_in_at_either_side(printer: str) -> None:
    _, sheet = imprinted(印发机关=printer, 印发日期="2012-07-02")
    check_imprint(sheet, 1)
    date = sheet.line("2012年7月2日印发")
    assert date.x1_mm == pytest.approx(RIGHT_MM - SMALL_MM, abs=0.2)
    by = sheet.line(printer[:5])
    assert by.x0_mm == pytest.approx(LEFT_MM + SMALL_MM, abs=0.2)
    assert printer in "".join(
        line.bare.replace("2012年7月2日印发", "") for line in sheet.body_lines
    )
    assert len(date.pieces) == 2  # never touching


def test_an_imprint_of_printer_alone_has_no_inner_rule() -> None:
    check_imprint(imprinted(印发机关="×××办公室")[1], 1)


def test_the_checker_parts_copied_to_from_a_printer_without_date() -> None:
    reading, sheet = imprinted(抄送=["×××市档案局"], 印发机关="×××办公室")
    check_imprint(sheet, 2)
    assert not check(reading).failed & {"BJ-01", "BJ-02", "BJ-04", "BJ-06"}


def test_seals_keep_clear_of_the_imprint() -> None:
    for lines in range(5, 12):
        reading = printed(NOTICE, 正文=body(lines), 印章="印章.png", 双面="否", **SHORT)
        sheet = reading.sheets[-1]
        rule = min(rule.top_mm for rule in black_rules(sheet))
        assert all(picture.y1_mm < rule for picture in sheet.pictures)
