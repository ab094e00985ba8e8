"""BJ, PN: imprint and page numbers (clauses 7.4, 7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yinfa.model import FolioStyle, Form
from yinfa.reading import Char, Sheet, Stroke, TextLine
from yinfa.report import Severity
from yinfa.rules import measures as m
from yinfa.rules.letterhead import stroke_extent
from yinfa.rules.paper import Kind, Paper, Spot
from yinfa.rules.registry import EVERY_FORM, Extent, Family, Found, NotApplicable, rule
from yinfa.rules.wording import at, mm

NOT_LETTER = EVERY_FORM - {Form.LETTER}
COPIED = re.compile(r"(主送|抄送|抄报)[:：]")
PRINTED_ON = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日印发")
DASHES = frozenset("—–-―－─")
EM_DASH_SLACK = 0.05
INDENT_SLACK_MM = 0.7


def _lines(paper: Paper) -> tuple[Spot, ...]:
    spots = paper.of(Kind.IMPRINT)
    if not spots:
        raise NotApplicable("没有版记")
    return spots


@rule(
    "BJ-01",
    clause="7.4.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=NOT_LETTER,
    title="版记分隔线",
    measured="版记各横线的长度、粗细",
    right="与版心等宽；首末线 0.35 mm，中间 0.25 mm",
    wrong="三条线同为 1 磅，长 140 mm",
    hint="分隔线由版式画；不要用下划线代替",
)
def imprint_rules(paper: Paper) -> Iterator[Found]:
    """Imprint rules are 156 mm wide, first and last 0.35 mm thick, inner ones 0.25 mm (7.4.1)."""
    _lines(paper)
    rules = paper.imprint_rules
    if len(rules) < 2:
        yield Found(f"版记只有 {len(rules)} 条分隔线，首末应各有一条", paper.imprint_page)
    for index, stroke in enumerate(rules):
        if abs(stroke.length_mm - paper.due.type_width_mm) > 1:
            wide = f"{paper.due.type_width_mm:g} mm"
            yield _told(paper, stroke, f"分隔线长 {mm(stroke.length_mm)}，应为 {wide}")
        outer = index in {0, len(rules) - 1}
        wanted = m.THICK_RULE_MM if outer else m.THIN_RULE_MM
        if abs(stroke.thickness_mm - wanted) > 0.051:
            yield _told(paper, stroke, f"分隔线粗 {stroke.thickness_mm:.2f} mm，应为 {wanted} mm")


def _told(paper: Paper, stroke: Stroke, message: str) -> Found:
    return Found(message, paper.imprint_page, stroke_extent(stroke))


@rule(
    "BJ-02",
    clause="7.4.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=NOT_LETTER,
    title="版记末线",
    measured="最后一条分隔线下沿",
    right="与版心下边重合（262 mm ± 1 mm）",
    wrong="末线在 240 mm",
    hint="版记沉到版心底部",
)
def last_rule(paper: Paper) -> Iterator[Found]:
    """The last imprint rule lies on the lower edge of the type area (7.4.1)."""
    _lines(paper)
    if not paper.imprint_rules:
        raise NotApplicable("版记没有分隔线（见 BJ-01）")
    stroke = paper.imprint_rules[-1]
    if abs(stroke.bottom_mm - paper.due.bottom_mm) > 1:
        foot = f"{paper.due.bottom_mm:g} mm"
        yield _told(paper, stroke, f"末条分隔线在 {mm(stroke.bottom_mm)}，应为 {foot}")


@rule(
    "BJ-03",
    clause="GB/T 33476.2 7.3.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="版记在最后一面",
    measured="版记所在的页，总页数（双页为 GB/T 33476.2 的要求）",
    right="版记在最后一页，且为双页",
    wrong="版记之后还有附件；共 3 页",
    hint="单面印制的，“双面”写“否”；双面印制的，程序会把版记排到双页",
)
def imprint_page(paper: Paper) -> Iterator[Found]:
    """The imprint is on the last side, an even one (7.4.1; GB/T 33476.2 7.3.1)."""
    _lines(paper)
    last = len(paper.sheets)
    if paper.imprint_page != last:
        yield Found(
            f"版记在第 {paper.imprint_page} 页，应在最后一页（第 {last} 页）", paper.imprint_page
        )
    elif last % 2:
        duplex = paper.document is None or paper.document.output.duplex
        yield Found(
            f"版记在第 {last} 页，应在双页",
            last,
            None,
            Severity.WARNING if duplex else Severity.NOTE,
        )


@rule(
    "BJ-04",
    clause="7.4.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="抄送机关",
    measured="“抄送”一段的左端、回行、末尾标点",
    right="左空一字，回行与冒号后首字对齐，末尾句号",
    wrong="顶格，末尾没有句号",
    hint="“抄送”只写机关名称，句号由程序加",
)
def copied_to(paper: Paper) -> Iterator[Found]:
    """Copied-to stands one 4号 character in, wraps under the first name, ends in 。 (7.4.2)."""
    groups = _groups(_over_inner_rule(paper))
    if not groups:
        raise NotApplicable("没有抄送机关")
    for first, *rest in groups:
        wanted = paper.due.left_mm + paper.due.small_cell_mm
        if not _one_in(paper, first.line.x0_mm - paper.due.left_mm):
            begins = mm(first.line.x0_mm)
            yield at(first, f"“{first.text[:2]}”左端在 {begins}，应空一字（{mm(wanted)}）")
        hang = list(first.line.inked())[3].x_mm if len(first.text) > 3 else wanted
        for spot in rest:
            if abs(spot.line.x0_mm - hang) > INDENT_SLACK_MM:
                yield at(spot, f"回行左端在 {mm(spot.line.x0_mm)}，应与冒号后首字对齐")
        last = (rest or [first])[-1]
        if not last.text.endswith("。"):
            yield at(last, "抄送机关末尾应为句号")


def _one_in(paper: Paper, gap_mm: float) -> bool:
    """Whether *gap_mm* is one character: a 4号 one by 3.1, a 3号 one as GB/T 33476.2 counts."""
    return m.within(gap_mm, (paper.due.small_cell_mm, paper.due.cell_mm), INDENT_SLACK_MM)


def _over_inner_rule(paper: Paper) -> tuple[Spot, ...]:
    """The lines over the rule that parts them from who printed it; all where there is none."""
    *_, inner, _ = (None, None, *paper.imprint_rules)
    inner_mm = inner.y0_mm if inner and len(paper.imprint_rules) > 2 else m.PAPER_HEIGHT_MM
    return tuple(spot for spot in _lines(paper) if spot.line.baseline_mm < inner_mm)


def _groups(spots: tuple[Spot, ...]) -> list[list[Spot]]:
    """The lines of 主送 and 抄送, each with its further lines."""
    found: list[list[Spot]] = []
    for spot in spots:
        if spot.text.endswith("印发"):
            continue
        if COPIED.match(spot.text):
            found.append([spot])
        elif found:
            found[-1].append(spot)
    return found


@rule(
    "BJ-05",
    clause="7.4.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=NOT_LETTER,
    title="印发机关和印发日期",
    measured="印发一行的左端、右端、日期写法",
    right="左右各空一字，2012年7月1日印发",
    wrong="2012年07月01日印发，顶格",
    hint="“印发日期”写 2012-07-01，由程序排",
)
def printed_by(paper: Paper) -> Iterator[Found]:
    """Printing office and date stand one 4号 character in from either side (7.4.3)."""
    found = [spot for spot in _lines(paper) if spot.text.endswith("印发")]
    if not found:
        raise NotApplicable("没有印发机关和印发日期")
    for spot in found:
        if not PRINTED_ON.search(spot.text):
            yield at(spot, "印发日期应写作“2012年7月1日印发”的形式")
        inset = paper.due.small_cell_mm
        left, right = paper.due.left_mm + inset, paper.due.right_mm - inset
        if not _one_in(paper, spot.line.x0_mm - paper.due.left_mm) and not spot.text[0].isdigit():
            yield at(spot, f"印发机关左端在 {mm(spot.line.x0_mm)}，应空一字（{mm(left)}）")
        if not _one_in(paper, paper.due.right_mm - spot.line.x1_mm):
            yield at(spot, f"印发日期右端在 {mm(spot.line.x1_mm)}，应空一字（{mm(right)}）")


@rule(
    "BJ-06",
    clause="7.4.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=NOT_LETTER,
    title="版记要素之间的线",
    measured="主送、抄送、印发之间的横线",
    right="印发之上一条细线；主送与抄送之间无线",
    wrong="主送与抄送之间加线",
    hint="删去主送与抄送之间的线",
)
def between_elements(paper: Paper) -> Iterator[Found]:
    """No rule parts 主送 from 抄送; one thin rule parts them from 印发 (7.4.2, 7.4.3)."""
    spots = _lines(paper)
    groups = _groups(spots)
    printed = [spot for spot in spots if spot.text.endswith("印发")]
    if not groups or not (printed or len(groups) > 1):
        raise NotApplicable("版记只有一个要素")
    for upper, lower in pairwise(groups):
        if _between(paper, upper[-1], lower[0]):
            yield at(lower[0], "主送与抄送之间不加分隔线")
    if printed:
        count = _between(paper, groups[-1][-1], printed[0])
        if count != 1:
            yield at(printed[0], f"印发之上有 {count} 条分隔线，应有一条细线")


def _between(paper: Paper, upper: Spot, lower: Spot) -> int:
    return sum(
        upper.line.baseline_mm < stroke.y0_mm < lower.line.baseline_mm
        for stroke in paper.imprint_rules
    )


# --- page numbers ---------------------------------------------------------------------------------


def _excused(paper: Paper) -> dict[int, str]:
    """The pages that bear no number, with the reason."""
    found = dict.fromkeys(paper.blank_pages, "空白页")
    if paper.form is Form.LETTER:
        found[1] = "信函首页"
    if paper.imprint_page and paper.imprint_page - 1 in paper.blank_pages:
        found[paper.imprint_page] = "空白页后的版记页"
    return found


def _folios(paper: Paper) -> list[tuple[Sheet, TextLine]]:
    found = [(s, s.folio) for s in paper.sheets if s.folio is not None and not s.folio.turn]
    if not found:
        raise NotApplicable("没有页码（见 PN-01）")
    return [(sheet, line) for sheet, line in found if line is not None]


def _extent(line: TextLine) -> Extent:
    return line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm


def number_of(line: TextLine) -> int:
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
)
def folio_present(paper: Paper) -> Iterator[Found]:
    """Every side bears a page number (7.5)."""
    excused = _excused(paper)
    numbered = paper.due.folio is not FolioStyle.NONE
    for sheet in paper.sheets:
        if sheet.folio is None and numbered and sheet.number not in excused:
            yield Found("本页没有页码", sheet.number)
        elif sheet.folio is not None and not numbered:
            yield Found("本页有页码，应不编页码", sheet.number, _extent(sheet.folio))


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
)
def folio_pattern(paper: Paper) -> Iterator[Found]:
    """A page number stands between two dashes one character wide (7.5)."""
    for sheet, line in _folios(paper):
        number = number_of(line)
        if line.bare != (f"—{number}—" if paper.due.dashes else str(number)):
            right = f"— {number} —" if paper.due.dashes else str(number)
            yield Found(f"页码“{line.text}”应写作“{right}”", sheet.number, _extent(line))
            continue
        if not paper.due.dashes:
            continue
        for dash in (line.chars[0], line.chars[-1]):
            width = dash.advance_mm / dash.size_mm
            if abs(width - 1) > EM_DASH_SLACK:
                yield Found(f"一字线宽 {width:.2f} 个字，应为一个字", sheet.number, _extent(line))
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
)
def folio_height(paper: Paper) -> Iterator[Found]:
    """The dash of the page number is 7 mm below the type area (7.5)."""
    for sheet, line in _folios(paper):
        y = _dash_middle_mm(line)
        if abs(y - paper.due.folio_mm) > m.FOLIO_SLACK_MM:
            yield Found(
                f"页码在 {mm(y)}，距版心下边 {mm(y - paper.due.bottom_mm)}，应为 7 mm",
                sheet.number,
                _extent(line),
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
)
def folio_side(paper: Paper) -> Iterator[Found]:
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
                    _extent(line),
                )
            continue
        if number_of(line) % 2:
            gap, side = right - line.x1_mm, "右"
        else:
            gap, side = line.x0_mm - left, "左"
        if not _one_in(paper, gap):
            cell = mm(paper.due.small_cell_mm)
            yield Found(
                f"页码距版心{side}边 {mm(gap)}，应空一字（{cell}）", sheet.number, _extent(line)
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
def no_folio_after_blank(paper: Paper) -> Iterator[Found]:
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
    forms=frozenset({Form.LETTER}),
    title="信函首页无页码",
    measured="首页页码",
    right="首页不显示页码",
    wrong="首页印“— 1 —”",
    hint="“文种”写函，由程序处理",
)
def letter_side_1(paper: Paper) -> Iterator[Found]:
    """Side 1 of a letter bears no number (10.1)."""
    if paper.sheets[0].folio is not None:
        yield Found("信函首页不显示页码", 1, _extent(paper.sheets[0].folio))


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
def folios_run_on(paper: Paper) -> Iterator[Found]:
    """Page numbers run on through the attachments, from 1 or a given number (7.5)."""
    found = _folios(paper)
    first, line = found[0]
    start = number_of(line) - (first.number - 1)
    document = paper.document
    given = document.output.first_page if document else paper.first_folio
    free = document is None and paper.form is Form.ATTACHMENT
    if start != given and not free:
        yield Found(f"页码从 {start} 起，应从 {given} 起", first.number, _extent(line))
    for sheet, line in found[1:]:
        wanted = start + sheet.number - 1
        if number_of(line) != wanted:
            yield Found(f"页码为 {number_of(line)}，应为 {wanted}", sheet.number, _extent(line))
