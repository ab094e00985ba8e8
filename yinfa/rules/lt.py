"""LT: the letter (clause 10.1)."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.reading import Stroke
from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, SpotKind, extent_of
from yinfa.report import Severity
from yinfa.rules.letterhead import ink_bottom_mm, off_mark_top, only
from yinfa.rules.registry import Family, Found, NotApplicable, NotMeasurable, Yardstick, rule
from yinfa.rules.wording import at, mm

GRID_SLACK_MM = 2.0  # the number above the title does not stand on its grid, 10.1
LETTER = frozenset({Format.LETTER})


@rule(
    "LT-01",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函标志的高度",
    measured="标志字形上边缘到纸上边的距离",
    right="30 mm ± 1.5 mm",
    wrong="标志在版心之内（37 mm 以下）",
    hint="信函格式的标志在版心上边之外",
)
def letter_mark_top(paper: Specimen) -> Iterator[Found]:
    """The letter's mark has its upper edge 30 mm below the paper's (10.1)."""
    return off_mark_top(paper, m.LETTER_MARK_TOP_MM, 1.5)


def double_rules(paper: Specimen) -> list[tuple[Stroke, Stroke]]:
    """The pairs of red rules that stand closer than 3 mm, from the top."""
    strokes = paper.red_rules
    pairs, index = [], 0
    while index + 1 < len(strokes):
        if strokes[index + 1].y0_mm - strokes[index].y0_mm < 3:
            pairs.append((strokes[index], strokes[index + 1]))
            index += 2
        else:
            index += 1
    return pairs


@rule(
    "LT-02",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函红色双线",
    measured="首页两条红色双线的粗细、长度、位置",
    right="标志下 4 mm 上粗下细；距下页边 20 mm 上细下粗；均长 170 mm",
    wrong="下边的双线上粗下细",
    hint="双线由版式画，不要用文字框或页眉线代替",
    measures_by=Yardstick.LEFT,
)
def letter_rules(paper: Specimen) -> Iterator[Found]:
    """Red double rules of 170 mm stand 4 mm below the mark and 20 mm above the foot (10.1)."""
    pairs = double_rules(paper)
    if not pairs and not paper.of(SpotKind.MARK):
        raise NotApplicable("版头已印好，或没有版头")
    if len(pairs) != 2:
        yield Found(f"首页有 {len(pairs)} 条红色双线，应有 2 条", 1)
        return
    (thick, thin), (low_thin, low_thick) = pairs
    if thick.thickness_mm <= thin.thickness_mm:
        yield Found("标志下的双线应上粗下细", 1, extent_of(thick))
    if low_thick.thickness_mm <= low_thin.thickness_mm:
        yield Found("页下边的双线应上细下粗", 1, extent_of(low_thick))
    marks = paper.of(SpotKind.MARK)
    if marks:
        gap = thick.top_mm - ink_bottom_mm(marks)
        box_gap = thick.top_mm - max(s.line.em_bottom_mm for s in marks)
        if all(abs(g - m.RED_RULE_DROP_MM) > 1 for g in (gap, box_gap)):
            yield Found(f"双线距标志 {mm(gap)}，应为 4 mm", 1, extent_of(thick))
    if abs(low_thick.bottom_mm - m.LETTER_FOOT_MM) > 1:
        foot = m.PAPER_HEIGHT_MM - low_thick.bottom_mm
        yield Found(f"下边双线距下页边 {mm(foot)}，应为 20 mm", 1, extent_of(low_thick))
    for stroke in (thick, thin, low_thin, low_thick):
        middle = (stroke.x0_mm + stroke.x1_mm) / 2
        if abs(stroke.length_mm - m.LETTER_RULE_MM) > 1:
            yield Found(f"双线长 {mm(stroke.length_mm)}，应为 170 mm", 1, extent_of(stroke))
        elif all(abs(middle - due) > 1.5 for due in (105, 106, paper.due.middle_mm)):
            yield Found(f"双线中点在 {mm(middle)}，应居中", 1, extent_of(stroke))


@rule(
    "LT-03",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函发文字号",
    measured="发文字号右端，与双线的距离",
    right="顶格居右（184 mm），在双线下 7/8 个三号字高（4.84 mm）",
    wrong="发文字号居中",
    hint="信函格式的发文字号居右",
    measures_by=Yardstick.LEFT | Yardstick.LINES,
)
def letter_number(paper: Specimen) -> Iterator[Found]:
    """The letter's number stands flush right, 7/8 of a 3号 below the double rule (10.1)."""
    spot = only(paper, SpotKind.NUMBER)
    if abs(spot.line.x1_mm - paper.due.right_mm) > 0.7:
        right = f"{paper.due.right_mm:g} mm"
        yield at(spot, f"发文字号右端在 {mm(spot.line.x1_mm)}，应顶格居右（{right}）")
    pairs = double_rules(paper)
    if pairs:
        gap = spot.line.em_top_mm - pairs[0][1].bottom_mm
        if all(abs(gap - due) > 1 for due in (paper.due.gap_mm, paper.due.cell_mm * 7 / 8)):
            yield at(spot, f"发文字号距双线 {mm(gap)}，应为 {mm(paper.due.gap_mm)}")


@rule(
    "LT-04",
    clause="10.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=LETTER,
    title="信函标题位置",
    measured="最后一个版头要素下沿到标题上沿的距离",
    right="二行（19.8～26.8 mm，或一空行）",
    wrong="标题紧接发文字号",
    hint="标题与上方要素相距二行",
    measures_by=Yardstick.LINES,
)
def letter_title_gap(paper: Specimen) -> Iterator[Found]:
    """The letter's title stands two lines below the last element above it (10.1)."""
    title = only(paper, SpotKind.TITLE)
    above = [
        spot.line.em_bottom_mm
        for spot in paper.spots
        if spot.page == title.page and spot.line.baseline_mm < title.line.baseline_mm - 1
    ]
    above += [lower.bottom_mm for _, lower in double_rules(paper)[:1]]
    if not above:
        raise NotMeasurable("标题上方没有要素")
    gap = title.line.em_top_mm - max(above)
    wanted = (paper.due.two_blank_mm, paper.due.one_blank_mm)
    if not any(m.within(gap, (low, high + GRID_SLACK_MM)) for low, high in wanted):
        yield at(title, f"标题距上方要素 {mm(gap)}，应为二行")


@rule(
    "LT-05",
    clause="10.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=LETTER,
    title="信函版记",
    measured="末页有无版记分隔线、印发机关和印发日期",
    right="只有抄送机关，不加分隔线",
    wrong="版记有“印发”一行和分隔线",
    hint="信函格式删去“印发机关”“印发日期”",
)
def letter_imprint(paper: Specimen) -> Iterator[Found]:
    """A letter's imprint has neither rules nor printing office and date (10.1)."""
    if paper.imprint_rules:
        stroke = paper.imprint_rules[0]
        yield Found("信函格式的版记不加分隔线", paper.imprint_page, extent_of(stroke))
    for spot in paper.of(SpotKind.IMPRINT):
        if spot.text.endswith("印发"):
            yield at(spot, "信函格式的版记不加印发机关和印发日期")
