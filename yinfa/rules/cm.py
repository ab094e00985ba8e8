"""CM: the order (clause 10.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, SpotKind
from yinfa.report import Severity
from yinfa.rules.letterhead import mark_of, off_mark_top, only
from yinfa.rules.registry import Family, Found, Yardstick, rule
from yinfa.rules.wording import at, mm

NUMBER = re.compile(r"(?:〔(?:19|20)\d{2}〕)?第(?:[1-9]\d*|[一二三四五六七八九十百]+|×+)号")
EDGE_SLACK_MM = 0.5
ORDER = frozenset({Format.ORDER})


@rule(
    "CM-01",
    clause="10.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=ORDER,
    title="命令（令）标志的高度",
    measured="标志字形上边缘到纸上边的距离",
    right="57 mm ± 1.5 mm（版心上边下 20 mm）",
    wrong="标志上边缘在 72 mm",
    hint="命令格式的标志距版心上边 20 mm",
    measures_by=Yardstick.HEAD,
)
def order_mark_top(paper: Specimen) -> Iterator[Found]:
    """The order's mark has its upper edge 20 mm below that of the type area (10.2)."""
    return off_mark_top(paper, paper.due.order_mark_top_mm, 1.5)


@rule(
    "CM-02",
    clause="10.2",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=ORDER,
    title="令号",
    measured="令号的中点，与标志、正文的距离",
    right="第10号，居中，上下各空二行",
    wrong="令号紧接标志",
    hint="令号上下各空二行",
    measures_by=Yardstick.LINES,
)
def order_number(paper: Specimen) -> Iterator[Found]:
    """The order's number is centred with two blank lines above and below (10.2)."""
    spot = only(paper, SpotKind.NUMBER)
    if abs(spot.line.middle_mm - paper.due.middle_mm) > m.CENTRE_SLACK_MM:
        middle = paper.due.middle_mm
        yield at(spot, f"令号中点在 {mm(spot.line.middle_mm)}，应居中（{middle:g} mm）")
    above = spot.line.em_top_mm - max(s.line.em_bottom_mm for s in mark_of(paper))
    if not m.within(above, paper.due.two_blank_mm, EDGE_SLACK_MM):
        yield at(spot, f"令号与标志相距 {mm(above)}，应空二行")
    texts = [s for s in paper.of(SpotKind.TEXT) if s.page == spot.page]
    if texts:
        below = texts[0].line.em_top_mm - spot.line.em_bottom_mm
        if not m.within(below, paper.due.two_blank_mm):
            yield at(spot, f"正文与令号相距 {mm(below)}，应空二行")


@rule(
    "CM-03",
    clause="10.2",
    severity=Severity.ERROR,
    family=Family.PAGE,
    forms=ORDER,
    title="令号写法",
    measured="令号的文字",
    right="第10号",
    wrong="第010号，10号",
    hint="“令号”写成“第10号”，序号前不加 0",
)
def number_of_order(paper: Specimen) -> Iterator[Found]:
    """An order's number is 第, its serial without zeros, 号 (10.2)."""
    spot = only(paper, SpotKind.NUMBER)
    if not NUMBER.fullmatch(spot.text):
        yield at(spot, f"令号“{spot.text}”应写作“第10号”的形式，序号前不加 0")
