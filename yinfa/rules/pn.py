"""PN: page numbers (clause 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.model import FolioStyle
from yinfa.reading import Char, Sheet, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, extent_of
from yinfa.report import Severity
from yinfa.rules.grid import one_cell_in
from yinfa.rules.registry import Family, Found, NotApplicable, Yardstick, rule
from yinfa.rules.wording import mm

DASHES = frozenset("—–-―－─")
EM_DASH_SLACK = 0.05


def _excused(paper: Specimen) -> dict[int, str]:
    """The pages that bear no number, with the reason."""
    found = dict.fromkeys(paper.blank_pages, "空白页")
    if paper.form is Format.LETTER:
        found[1] = "信函首页"
    if paper.imprint_page and paper.imprint_page - 1 in paper.blank_pages:
        found[paper.imprint_page] = "空白页后的版记页"
    return found


def _folios(paper: Specimen) -> list[tuple[Sheet, TextLine]]:
    found = [(s, s.folio) for s in paper.sheets if s.folio is not None and not s.folio.turn]
    if not found:
        raise NotApplicable("没有页码（见 PN-01）")
    return [(sheet, line) for sheet, line in found if line is not None]


def folio_number(line: TextLine) -> int:
    match = re.search(r"\d+", line.bare)
    return int(match.group()) if match else 0


@rule(
    "PN-01",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="每页有页码",
    measured="版心下边以下的页码",
    right="除信函首页、空白页外每页都有",
    wrong="第 3 页没有页码",
    hint="“页码”不要写“无”；Word 里检查该页的页脚",
    measures_by=Yardstick.FOLIO,
)
def folio_present(paper: Specimen) -> Iterator[Found]:
    """Every side bears a page number (7.5)."""
    excused = _excused(paper)
    numbered = paper.due.folio is not FolioStyle.NONE
    for sheet in paper.sheets:
        if sheet.folio is None and numbered and sheet.number not in excused:
            yield Found("本页没有页码", sheet.number)
        elif sheet.folio is not None and not numbered:
            yield Found("本页有页码，应不编页码", sheet.number, extent_of(sheet.folio))


@rule(
    "PN-02",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="页码写法",
    measured="页码的文字，一字线的宽度",
    right="— 1 —（一字线宽一个字）",
    wrong="- 1 -，第1页",
    hint="“页码一字线”写在 house.yaml 里；Word 里页码两边各放一条一字线（U+2014）",
    measures_by=Yardstick.DASHES,
)
def folio_pattern(paper: Specimen) -> Iterator[Found]:
    """A page number stands between two dashes one character wide (7.5)."""
    for sheet, line in _folios(paper):
        number = folio_number(line)
        if line.bare != (f"—{number}—" if paper.due.dashes else str(number)):
            right = f"— {number} —" if paper.due.dashes else str(number)
            yield Found(f"页码“{line.text}”应写作“{right}”", sheet.number, extent_of(line))
            continue
        if not paper.due.dashes:
            continue
        for dash in (line.chars[0], line.chars[-1]):
            width = dash.advance_mm / dash.size_mm
            if abs(width - 1) > EM_DASH_SLACK:
                yield Found(f"一字线宽 {width:.2f} 个字，应为一个字", sheet.number, extent_of(line))
                break


def _dash_middle_mm(line: TextLine) -> float:
    """The height of the dash, of the middle of the digits where there is none."""
    dashes: list[Char] = [char for char in line.chars if char.char in DASHES]
    if dashes and dashes[0].ink_mm:
        return sum(dashes[0].ink_mm) / 2
    return line.baseline_mm - 0.38 * line.size_mm


@rule(
    "PN-03",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="页码高度",
    measured="一字线中线到纸上边的距离",
    right="269 mm ± 0.7 mm（版心下边下 7 mm）",
    wrong="页码在 275 mm",
    hint="由“天头”和“版心”定（house.yaml）；Word 里把页脚调到版心下边 7 mm",
    measures_by=Yardstick.HEAD | Yardstick.DASHES,
)
def folio_height(paper: Specimen) -> Iterator[Found]:
    """The dash of the page number is 7 mm below the type area (7.5)."""
    for sheet, line in _folios(paper):
        y = _dash_middle_mm(line)
        if abs(y - paper.due.folio_mm) > m.FOLIO_SLACK_MM:
            yield Found(
                f"页码在 {mm(y)}，距版心下边 {mm(y - paper.due.bottom_mm)}，应为 7 mm",
                sheet.number,
                extent_of(line),
            )


@rule(
    "PN-04",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="页码左右",
    measured="单页码右端、双页码左端",
    right="单页居右空一字，双页居左空一字",
    wrong="页码居中，或单双页都居右",
    hint="本单位另有规定的，写在 house.yaml 的“页码”下；改版式的见 layouts",
    measures_by=Yardstick.LEFT | Yardstick.SMALL_SIZE | Yardstick.FOLIO,
)
def folio_side(paper: Specimen) -> Iterator[Found]:
    """Odd numbers stand one character in from the right, even ones from the left (7.5)."""
    for sheet, line in _folios(paper):
        left = paper.due.binding_mm
        right = left + paper.due.type_width_mm
        middle = (left + right) / 2
        if paper.due.folio is FolioStyle.CENTRE:
            if abs(line.middle_mm - middle) > m.CENTRE_SLACK_MM:
                yield Found(
                    f"页码中点在 {mm(line.middle_mm)}，应居中（{middle:g} mm）",
                    sheet.number,
                    extent_of(line),
                )
            continue
        if folio_number(line) % 2:
            gap, side = right - line.x1_mm, "右"
        else:
            gap, side = line.x0_mm - left, "左"
        if not one_cell_in(paper, gap):
            cell = mm(paper.due.small_cell_mm)
            yield Found(
                f"页码距版心{side}边 {mm(gap)}，应空一字（{cell}）", sheet.number, extent_of(line)
            )


@rule(
    "PN-05",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="空白页和其后的版记页无页码",
    measured="版记页前的空白页及该版记页的页码",
    right="都不编页码",
    wrong="空白页印了页码",
    hint="由程序决定；Word 里另设一节",
)
def no_folio_after_blank(paper: Specimen) -> Iterator[Found]:
    """Blank sides before the imprint's side, and that side, bear no number (7.5)."""
    excused = {
        page: why
        for page, why in _excused(paper).items()
        if page in paper.blank_pages or why.endswith("版记页")
    }
    if not excused:
        raise NotApplicable("没有空白页")
    for page, why in excused.items():
        if paper.sheet(page).folio is not None:
            yield Found(f"{why}不应有页码", page)


@rule(
    "PN-06",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=frozenset({Format.LETTER}),
    title="信函首页无页码",
    measured="首页页码",
    right="首页不显示页码",
    wrong="首页印“— 1 —”",
    hint="“文种”写函，由程序处理",
)
def letter_side_1(paper: Specimen) -> Iterator[Found]:
    """Side 1 of a letter bears no number (10.1)."""
    if paper.sheets[0].folio is not None:
        yield Found("信函首页不显示页码", 1, extent_of(paper.sheets[0].folio))


@rule(
    "PN-07",
    clause="7.5",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="页码连续",
    measured="各页页码的顺序",
    right="从 1 起连续，附件接着编",
    wrong="附件从 1 重新编",
    hint="附件与正文一起装订的，页码连续编排；另订的写“起始页码”",
)
def folios_run_on(paper: Specimen) -> Iterator[Found]:
    """Page numbers run on through the attachments, from 1 or a given number (7.5)."""
    found = _folios(paper)
    first, line = found[0]
    start = folio_number(line) - (first.number - 1)
    document = paper.document
    given = document.output.first_page if document else paper.first_folio
    free = document is None and paper.form is Format.ATTACHMENT
    if start != given and not free:
        yield Found(f"页码从 {start} 起，应从 {given} 起", first.number, extent_of(line))
    for sheet, line in found[1:]:
        wanted = start + sheet.number - 1
        if folio_number(line) != wanted:
            yield Found(
                f"页码为 {folio_number(line)}，应为 {wanted}", sheet.number, extent_of(line)
            )
