"""BJ: the imprint (clause 7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from yinfa.reading import Stroke
from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind, extent_of
from yinfa.report import Severity
from yinfa.rules.grid import INSET_SLACK_MM, one_cell_in
from yinfa.rules.registry import EVERY_FORM, Family, Found, NotApplicable, Yardstick, rule
from yinfa.rules.wording import at, mm

NOT_LETTER = EVERY_FORM - {Format.LETTER}
COPIED = re.compile(r"(主送|抄送|抄报)[:：]")
PRINTED_ON = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日印发")


def _lines(paper: Specimen) -> tuple[Spot, ...]:
    spots = paper.of(SpotKind.IMPRINT)
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
    measures_by=Yardstick.LEFT,
)
def imprint_rules(paper: Specimen) -> Iterator[Found]:
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


def _told(paper: Specimen, stroke: Stroke, message: str) -> Found:
    return Found(message, paper.imprint_page, extent_of(stroke))


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
    measures_by=Yardstick.HEAD,
)
def last_rule(paper: Specimen) -> Iterator[Found]:
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
def imprint_page(paper: Specimen) -> Iterator[Found]:
    """The imprint is on the last side, an even one (7.4.1; GB/T 33476.2 7.3.1)."""
    _lines(paper)
    last = len(paper.sheets)
    if paper.imprint_page != last:
        yield Found(
            f"版记在第 {paper.imprint_page} 页，应在最后一页（第 {last} 页）", paper.imprint_page
        )
    elif (_first_folio(paper) + last - 1) % 2:
        duplex = paper.document is None or paper.document.output.duplex
        yield Found(
            f"版记在第 {last} 页，应在双页",
            last,
            None,
            Severity.WARNING if duplex else Severity.NOTE,
        )


def _first_folio(paper: Specimen) -> int:
    return paper.document.output.first_page if paper.document else paper.first_folio


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
    measures_by=Yardstick.LEFT | Yardstick.SMALL_SIZE,
)
def copied_to(paper: Specimen) -> Iterator[Found]:
    """Copied-to stands one 4号 character in, wraps under the first name, ends in 。 (7.4.2)."""
    groups = _groups(_over_inner_rule(paper))
    if not groups:
        raise NotApplicable("没有抄送机关")
    for first, *rest in groups:
        wanted = paper.due.left_mm + paper.due.small_cell_mm
        if not one_cell_in(paper, first.line.x0_mm - paper.due.left_mm):
            begins = mm(first.line.x0_mm)
            yield at(first, f"“{first.text[:2]}”左端在 {begins}，应空一字（{mm(wanted)}）")
        hang = list(first.line.inked())[3].x_mm if len(first.text) > 3 else wanted
        for spot in rest:
            if abs(spot.line.x0_mm - hang) > INSET_SLACK_MM:
                yield at(spot, f"回行左端在 {mm(spot.line.x0_mm)}，应与冒号后首字对齐")
        last = (rest or [first])[-1]
        if not last.text.endswith("。"):
            yield at(last, "抄送机关末尾应为句号")


def _over_inner_rule(paper: Specimen) -> tuple[Spot, ...]:
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
    measures_by=Yardstick.LEFT | Yardstick.SMALL_SIZE,
)
def printed_by(paper: Specimen) -> Iterator[Found]:
    """Printing office and date stand one 4号 character in from either side (7.4.3)."""
    found = [spot for spot in _lines(paper) if spot.text.endswith("印发")]
    if not found:
        raise NotApplicable("没有印发机关和印发日期")
    for spot in found:
        if not PRINTED_ON.search(spot.text):
            yield at(spot, "印发日期应写作“2012年7月1日印发”的形式")
        inset = paper.due.small_cell_mm
        left, right = paper.due.left_mm + inset, paper.due.right_mm - inset
        if (
            not one_cell_in(paper, spot.line.x0_mm - paper.due.left_mm)
            and not spot.text[0].isdigit()
        ):
            yield at(spot, f"印发机关左端在 {mm(spot.line.x0_mm)}，应空一字（{mm(left)}）")
        if not one_cell_in(paper, paper.due.right_mm - spot.line.x1_mm):
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
def between_elements(paper: Specimen) -> Iterator[Found]:
    """No rule parts 主送 from 抄送; one thin rule parts them from 印发 (7.4.2, 7.4.3)."""
    spots = _lines(paper)
    groups = _groups(_over_inner_rule(paper))
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


def _between(paper: Specimen, upper: Spot, lower: Spot) -> int:
    return sum(
        upper.line.baseline_mm < stroke.y0_mm < lower.line.baseline_mm
        for stroke in paper.imprint_rules
    )
