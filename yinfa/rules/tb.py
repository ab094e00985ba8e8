"""TB: landscape tables (clause 8)."""

from __future__ import annotations

from collections.abc import Iterator

from yinfa.reading import TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.paper import Specimen
from yinfa.report import Severity
from yinfa.rules.registry import Family, Found, NotApplicable, Yardstick, rule


@rule(
    "TB-01",
    clause="8",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="横排表格",
    measured="转排文字的方向、范围，横排页的页码位置",
    right="表头朝左（单页在订口、双页在切口），页码位置与其他页相同",
    wrong="表头朝右",
    hint="横排表格按逆时针转 90° 排",
    measures_by=Yardstick.LEFT,
)
def landscape_table(paper: Specimen) -> Iterator[Found]:
    """A landscape table has its head at the left of the leaf and stays in the type area (8)."""
    measured = False
    for sheet in paper.sheets:
        turned = [line for line in sheet.turned_lines if line.turn in {90, 270}]
        if sheet.landscape and sheet.rotation:
            measured = True
            if sheet.rotation == 270:
                yield Found("横排表格的表头朝右，应朝左", sheet.number)
        elif len(turned) > 2:
            measured = True
            if sum(line.turn == 90 for line in turned) > len(turned) / 2:
                yield Found("横排表格的表头朝右，应朝左", sheet.number)
            elif any(_outside(paper.due, line) for line in turned if line.turn == 270):
                yield Found("横排表格超出版心", sheet.number)
    if not measured:
        raise NotApplicable("没有横排表格")


def _outside(due: m.Figures, line: TextLine) -> bool:
    """Whether a turned line leaves the type area; its frame is the leaf turned upright."""
    slack = m.MARGIN_SLACK_MM
    head, foot = m.PAPER_HEIGHT_MM - due.bottom_mm, m.PAPER_HEIGHT_MM - due.top_mm
    left = min(due.left_mm, m.PAPER_WIDTH_MM - due.right_mm)  # margins may change sides
    return (
        line.x0_mm < head - slack
        or line.x1_mm > foot + slack
        or line.em_top_mm < left - slack
        or line.em_bottom_mm > due.right_mm + slack
    )
