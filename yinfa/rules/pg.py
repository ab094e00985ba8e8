"""PG: the paper, the type area and its grid (clauses 5 and 7.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from yinfa.reading import INVISIBLE, Sheet
from yinfa.recognising import measures as m
from yinfa.recognising.faces import is_black, is_han
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.grid import (
    EVEN_MM,
    FEW,
    MARK_INK_EM,
    full_lines,
    full_sides,
    gaps_of,
    has_notes,
    may_lack,
    right_edge_mm,
    right_end_mm,
    rows_on,
    side_pitch_mm,
    usual,
)
from yinfa.rules.registry import Family, Found, NotMeasurable, Yardstick, rule
from yinfa.rules.wording import at, mm, quoted

ENOUGH_STEPS = 10


def portrait_mm(sheet: Sheet) -> tuple[float, float]:
    """The size of the leaf, whichever way it is shown."""
    if sheet.landscape and sheet.rotation in {90, 270}:
        return sheet.height_mm, sheet.width_mm
    return sheet.width_mm, sheet.height_mm


@rule(
    "PG-01",
    clause="5.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="用纸幅面",
    measured="每一页的页面尺寸（旋转的页按纸张方向）",
    right="210 mm × 297 mm",
    wrong="Letter 纸 215.9 mm × 279.4 mm",
    hint="页面设置改为 A4",
    without_words=True,
)
def paper_size(paper: Specimen) -> Iterator[Found]:
    """Specimen is A4, 210 mm by 297 mm (5.1)."""
    for sheet in paper.sheets:
        width, height = portrait_mm(sheet)
        if (
            abs(width - m.PAPER_WIDTH_MM) > m.PAPER_SLACK_MM
            or abs(height - m.PAPER_HEIGHT_MM) > m.PAPER_SLACK_MM
        ):
            yield Found(
                f"页面为 {mm(width)} × {mm(height)}，应为 A4（210 mm × 297 mm）", sheet.number
            )


@rule(
    "PG-02",
    clause="5.1、8",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="幅面一致",
    measured="各页尺寸与旋转标记",
    right="全部页面同为 A4，只有横排表格页旋转",
    wrong="正文页带有旋转标记，或夹有 A3 页",
    hint="各页用同一幅面；横排表格转排，页面不要换方向",
    without_words=True,
)
def one_size(paper: Specimen) -> Iterator[Found]:
    """All sides have one size; only landscape tables are turned (5.1, 8)."""
    first = portrait_mm(paper.sheets[0])
    for sheet in paper.sheets:
        size = portrait_mm(sheet)
        if max(abs(a - b) for a, b in zip(size, first, strict=True)) > m.PAPER_SLACK_MM:
            yield Found(f"本页 {mm(size[0])} × {mm(size[1])}，与第 1 页不同", sheet.number)
        elif sheet.rotation and len(sheet.turned_lines) >= len(sheet.lines):
            yield Found(f"本页旋转了 {sheet.rotation}°，但不是横排表格", sheet.number)


@rule(
    "PG-03",
    clause="5.2.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="天头（上白边）",
    measured="续页和附件首页第一行字框上沿到纸上边的距离",
    right="37 mm ± 1 mm",
    wrong="第一行字框上沿在 39.3 mm",
    hint="由 house.yaml 的“天头”定；Word 里上边距按 37 mm 设，行距的一半不要留在第一行之上",
    measures_by=Yardstick.HEAD | Yardstick.LINES,
)
def head_margin(paper: Specimen) -> Iterator[Found]:
    """The white above the type area is 37 mm ± 1 mm (5.2.1)."""
    tops = list(_tops(paper))
    if not tops:
        raise NotMeasurable("没有从版心第一行开始的页面")
    for spot in tops:
        top = spot.line.em_top_mm
        if abs(top - paper.due.top_mm) > m.MARGIN_SLACK_MM:
            yield at(spot, f"天头 {mm(top)}，应为 {paper.due.top_mm:g} mm ± 1 mm")


def _tops(paper: Specimen) -> Iterator[Spot]:
    """The first line of each page that goes on with text or begins an attachment."""
    continued = {after.page for _, _, after in full_sides(paper)}
    for sheet in paper.sheets:
        spots = paper.on_page[sheet.number]
        if not spots:
            continue
        first = spots[0]
        if paper.drawn_between(sheet.number, 0, first.line.em_top_mm):
            continue
        if first.kind is SpotKind.LABEL or (
            sheet.number in continued and first.kind is SpotKind.TEXT
        ):
            yield first


@rule(
    "PG-04",
    clause="5.2.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="订口（左白边）",
    measured="各页顶格行左端的中位数到纸左边的距离",
    right="28 mm ± 1 mm（双面印制的双页可为 26 mm）",
    wrong="顶格行左端在 31.8 mm",
    hint="由 house.yaml 的“订口”定；Word 里左边距按 28 mm 设",
    measures_by=Yardstick.LEFT,
)
def binding_margin(paper: Specimen) -> Iterator[Found]:
    """The white left of the type area is 28 mm ± 1 mm (5.2.1)."""
    measured = False
    for sheet in paper.sheets:
        flush = [s for s in paper.on_page[sheet.number] if s.kind is SpotKind.TEXT and not s.opens]
        if len(flush) < FEW:
            continue
        measured = True
        left = median(s.line.x0_mm for s in flush)
        if abs(left - paper.due.binding_mm) > m.MARGIN_SLACK_MM:
            due = paper.due.binding_mm
            yield Found(f"订口 {mm(left)}，应为 {due:g} mm ± 1 mm", sheet.number)
    if not measured:
        raise NotMeasurable("没有足够的顶格行")


@rule(
    "PG-05",
    clause="5.2.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="版心右边",
    measured="整行（段中各行）右端，行末标点按半个字计",
    right="整行右端在 183～184.3 mm",
    wrong="整行右端在 181.4 mm，右边参差",
    hint="由 house.yaml 的“版心”“每行字数”定；Word 里两端对齐，28 字撑满 156 mm",
    measures_by=Yardstick.LEFT,
)
def right_edge(paper: Specimen) -> Iterator[Found]:
    """Full lines end at the right edge of the type area, 184 mm (5.2.1)."""
    full = full_lines(paper)
    if not full:
        raise NotMeasurable("没有整行")
    edge = right_edge_mm(paper)
    for spot in full:
        end = right_end_mm(spot.line, edge)
        if end > edge + 0.3:
            yield at(spot, f"行右端在 {mm(end)}，超出版心右边 {mm(end - edge)}")
        elif end < edge - 1.0:
            yield at(
                spot, f"整行右端在 {mm(end)}，距版心右边还差 {mm(edge - end)}", Severity.WARNING
            )


@rule(
    "PG-06",
    clause="5.2.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="版心下边",
    measured="版心内最下一行字框下沿",
    right="不低于 262 mm + 1 mm",
    wrong="最下一行字框下沿在 265.2 mm",
    hint="由 house.yaml 的“行距”“行数”定；Word 里行距不要大于 29.6 磅",
    measures_by=Yardstick.HEAD,
)
def type_area_foot(paper: Specimen) -> Iterator[Found]:
    """Text ends at the lower edge of the type area, 262 mm (5.2.1)."""
    for page, spots in paper.on_page.items():
        low = [s for s in spots if s.line.em_top_mm < paper.due.bottom_mm]
        for spot in low:
            foot = spot.line.em_bottom_mm
            edge = paper.due.bottom_mm
            if foot > edge + m.MARGIN_SLACK_MM:
                yield Found(f"文字下沿在 {mm(foot)}，低于版心下边 {edge:g} mm", page, spot.extent)


@rule(
    "PG-07",
    clause="7.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="版心以外无内容",
    measured="版心之外的文字、线条和图（页码、信函标志和双线除外）",
    right="版心以外只有页码",
    wrong="页眉里印了单位名称",
    hint="把版心外的文字移入版心；确需的标记按页面装饰（artifact）输出",
    measures_by=Yardstick.HEAD | Yardstick.LEFT,
)
def nothing_outside(paper: Specimen) -> Iterator[Found]:
    """All elements except the page number stand within the type area (7.1)."""
    top, bottom = paper.due.top_mm, paper.due.bottom_mm
    for sheet in paper.sheets:
        left = paper.due.binding_mm - m.MARGIN_SLACK_MM
        right = left + paper.due.type_width_mm + 2 * m.MARGIN_SLACK_MM
        letter = paper.form is Format.LETTER and sheet.number == 1
        for line in sheet.body_lines:
            if letter and line.em_bottom_mm < top + 25:
                continue
            middle = (line.em_top_mm + line.em_bottom_mm) / 2
            if (
                middle < top
                or middle > bottom + m.MARGIN_SLACK_MM
                or line.x1_mm < left
                or line.x0_mm > right
            ):
                extent = (line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm)
                yield Found(f"{quoted(line.bare)}在版心之外", sheet.number, extent)
        for stroke in sheet.strokes:
            if letter or stroke.artifact:
                continue
            if stroke.y1_mm < top - 1 or stroke.y0_mm > bottom + 1:
                extent = (stroke.x0_mm, stroke.y0_mm, stroke.x1_mm, stroke.y1_mm)
                yield Found(f"{mm(stroke.y0_mm)} 处的线条在版心之外", sheet.number, extent)
        for picture in sheet.pictures:
            if picture.artifact:
                continue
            extent = (picture.x0_mm, picture.y0_mm, picture.x1_mm, picture.y1_mm)
            out = (
                extent[0] < left
                or extent[2] > right
                or extent[1] < top - 1
                or extent[3] > bottom + 1
            )
            if out and (sheet.number, extent) not in paper.seals:
                yield Found("图超出版心", sheet.number, extent)


@rule(
    "PG-08",
    clause="5.2.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="每面 22 行",
    measured="正文排满转下页的页面上的行数（空行按格计）",
    right="22 行；为使标题不落在页末或消除孤行可为 21 行",
    wrong="满页 24 行（行距 28 磅）",
    hint="由 house.yaml 的“行数”“行距”定；Word 里行距约 29.6 磅，版心高 225 mm",
    measures_by=Yardstick.LINES,
)
def lines_on_a_side(paper: Specimen) -> Iterator[Found]:
    """A full side has 22 lines (5.2.3)."""
    full = [entry for entry in full_sides(paper) if not has_notes(paper, entry[0])]
    if not full:
        raise NotMeasurable("没有排满正文的页面")
    for page, last, after in full:
        pitch = side_pitch_mm(paper, page)
        if pitch is None:
            continue
        least, most = rows_on(paper, page, last, pitch)
        due = paper.due.lines
        room = last.line.em_bottom_mm + pitch <= paper.due.bottom_mm + m.MARGIN_SLACK_MM
        if least > due:
            yield Found(f"本页 {least} 行，应为 {due} 行", page)
        elif most < due - may_lack(paper, after) and room:
            yield Found(f"本页 {most} 行，应为 {due} 行", page)


@rule(
    "PG-09",
    clause="5.2.3",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="每行 28 字",
    measured="各段末行（不撑开）相邻汉字中心距的中位数，156 mm 内可排几字",
    right="28 字（中心距 5.57 mm）",
    wrong="三号字按 16 磅密排，每行 27 字",
    hint="由 house.yaml 的“每行字数”定；Word 里字号 15.79 磅，字距 0",
    measures_by=Yardstick.CELLS,
)
def cells_in_a_line(paper: Specimen) -> Iterator[Found]:
    """A full line has 28 characters (5.2.3)."""
    steps = _han_steps([paragraph.spots[-1] for paragraph in paper.paragraphs])
    if len(steps) < ENOUGH_STEPS:
        # Full lines are spread before what cannot be parted, never set closer than solid.
        lines = [some for spot in paper.wrapped if len(some := _han_steps([spot])) >= FEW]
        steps = min(lines, key=median) if len(lines) >= FEW else []
    if not steps:
        raise NotMeasurable("正文太少")
    cells = int((paper.due.type_width_mm + 0.3) / median(steps))
    wanted = int((paper.due.type_width_mm + 0.3) / paper.due.cell_mm)
    if cells != wanted:
        yield Found(
            f"相邻汉字中心距 {median(steps):.2f} mm，每行 {cells} 字，应为 {wanted} 字",
            paper.paragraphs[0].first.page,
        )


def _han_steps(spots: Sequence[Spot]) -> list[float]:
    """The distances of neighbouring Han characters."""
    return [
        after.x_mm - char.x_mm
        for spot in spots
        for char, after in pairwise(spot.line.chars)
        if is_han(char.char) and is_han(after.char) and after.x_mm - char.x_mm > MARK_INK_EM
    ]


@rule(
    "PG-10",
    clause="3.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="行距",
    measured="正文相邻两行基线的通常距离",
    right="10.447 mm（一字高加 7/8 字高）",
    wrong="28 磅（9.88 mm）",
    hint="由 house.yaml 的“行距”定；Word 里设 29.6 磅",
    measures_by=Yardstick.LINES,
)
def line_pitch(paper: Specimen) -> Iterator[Found]:
    """A line is one character's height and 7/8 of a 3号 character's (3.2)."""
    gaps = [gap for sheet in paper.sheets for gap, _, _ in gaps_of(paper, sheet.number)]
    if len(gaps) < FEW:
        raise NotMeasurable("正文不足四行")
    pitch = usual(gaps)
    if abs(pitch - paper.due.pitch_mm) > 0.1:
        known = "（文字处理软件的常用值）" if m.within(pitch, m.WORD_PITCH_MM) else ""
        yield Found(
            f"行距 {pitch:.2f} mm{known}，应为 {paper.due.pitch_mm:.2f} mm",
            paper.of(SpotKind.TEXT)[0].page,
        )


@rule(
    "PG-11",
    clause="5.2.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="行距均匀",
    measured="同一段内各行基线距离与本页中位数之差",
    right="相差不超过 0.15 mm",
    wrong="一行比前后各低 2 mm",
    hint="段落用固定行距，不用“单倍”“最小值”",
)
def even_pitch(paper: Specimen) -> Iterator[Found]:
    """Lines of the text stand at one pitch (5.2.3)."""
    measured = False
    for sheet in paper.sheets:
        pitch = side_pitch_mm(paper, sheet.number)
        if pitch is None:
            continue
        measured = True
        for gap, _, below in gaps_of(paper, sheet.number):
            if not below.opens and abs(gap - pitch) > EVEN_MM:
                yield at(below, f"本行与上行相距 {gap:.2f} mm，本页行距 {pitch:.2f} mm")
    if not measured:
        raise NotMeasurable("正文不足四行")


@rule(
    "PG-12",
    clause="5.2.3",
    severity=Severity.NOTE,
    family=Family.PAGE,
    title="各行在同一网格上",
    measured="正文各行基线与本页首行基线之差，除以行距的余数",
    right="余数不超过 0.3 mm",
    wrong="表后文字偏离网格半行",
    hint="标题、表格所占高度取行距的整数倍",
    measures_by=Yardstick.LINES,
)
def grid_phase(paper: Specimen) -> Iterator[Found]:
    """Lines of the text stand on the grid of their side (5.2.3)."""
    measured = False
    for sheet in paper.sheets:
        spots = [s for s in paper.on_page[sheet.number] if s.kind is SpotKind.TEXT]
        pitch = side_pitch_mm(paper, sheet.number)
        if pitch is None or sheet.pictures or has_notes(paper, sheet.number):
            continue
        measured = True
        for spot in spots:
            steps = (spot.line.baseline_mm - spots[0].line.baseline_mm) / pitch
            off = abs(steps - round(steps)) * pitch
            if off > 0.3:
                yield at(spot, f"偏离网格 {mm(off)}")
    if not measured:
        raise NotMeasurable("正文不足四行，或各页都有图表")


@rule(
    "PG-13",
    clause="5.2.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="撑满版心",
    measured="22 行的满页最后一行字框下沿到版心下边 262 mm 的距离",
    right="不超过 1 mm",
    wrong="行距 28 磅，满页下边空 10 mm",
    hint="由 house.yaml 的“行距”“行数”定；Word 里行距 29.6 磅，首行字框上沿在 37 mm",
    measures_by=Yardstick.HEAD | Yardstick.LINES,
)
def fills_type_area(paper: Specimen) -> Iterator[Found]:
    """Lines fill the type area to its lower edge (5.2.3)."""
    full = [entry for entry in full_sides(paper) if not has_notes(paper, entry[0])]
    if not full:
        raise NotMeasurable("没有排满正文的页面")
    measured = False
    for page, last, after in full:
        pitch = side_pitch_mm(paper, page) or paper.due.pitch_mm
        lacking = paper.due.lines - rows_on(paper, page, last, pitch)[1]
        if 0 < lacking <= may_lack(paper, after):
            continue
        measured = True
        short = paper.due.bottom_mm - last.line.em_bottom_mm
        if short > m.MARGIN_SLACK_MM + paper.due.spare_mm:
            yield at(last, f"第 {page} 页末行下边空 {mm(short)}，没有撑满版心")
    if not measured:
        raise NotMeasurable("没有 22 行的满页")


@rule(
    "PG-14",
    clause="5.2.4",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="文字颜色",
    measured="除发文机关标志、印章外全部文字的颜色",
    right="黑色",
    wrong="标题印成蓝色或深灰色",
    hint="文字颜色设为黑色；样张里的彩色批注要去掉",
)
def text_is_black(paper: Specimen) -> Iterator[Found]:
    """Characters are black unless another colour is asked for (5.2.4)."""
    lines = [(s.page, s.line) for s in paper.spots if s.kind is not SpotKind.MARK]
    lines += [(sheet.number, sheet.folio) for sheet in paper.sheets if sheet.folio is not None]
    for page, line in lines:
        coloured = [
            char
            for char in line.inked()
            if not is_black(char.look.colour) and char.look.render_mode != INVISIBLE
        ]
        if coloured:
            red, green, blue = coloured[0].look.colour
            text = "".join(char.char for char in coloured)
            extent = (line.x0_mm, line.em_top_mm, line.x1_mm, line.em_bottom_mm)
            yield Found(f"{quoted(text)}的颜色是 RGB({red},{green},{blue})，应为黑色", page, extent)
