"""MN: the minutes (clause 10.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yinfa.composition import Role
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.letterhead import mark_of, off_mark_top
from yinfa.rules.registry import Family, Found, NotApplicable, Yardstick, rule
from yinfa.rules.typeface import certain, lines_of, wrong_face
from yinfa.rules.wording import at, mm, quoted

MINUTES = frozenset({Format.MINUTES})

ATTENDANCE_ORDER = ("出席", "请假", "列席")


@rule(
    "MN-01",
    clause="10.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=MINUTES,
    title="纪要标志",
    measured="标志的文字、高度、颜色",
    right="×××××纪要，红色，上边缘在 72 mm",
    wrong="标志为“会议记录”",
    hint="标志由“×××××纪要”组成",
    measures_by=Yardstick.HEAD,
)
def minutes_mark(paper: Specimen) -> Iterator[Found]:
    """The minutes' mark ends in 纪要, its upper edge 35 mm below that of the type area (10.3)."""
    marks = mark_of(paper)
    text = "".join(spot.text for spot in marks)
    if not text.endswith("纪要"):
        yield at(marks[0], f"标志“{text}”应以“纪要”结尾")
    yield from off_mark_top(paper, paper.due.mark_top_mm, 1.5)


@rule(
    "MN-02",
    clause="10.3",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=MINUTES,
    title="出席、请假、列席",
    measured="各段的字体、左端、回行位置、次序",
    right="左空二字，“出席：”黑体，人名仿宋，回行与冒号后首字对齐",
    wrong="“出席：”用仿宋",
    hint="名单写在“出席”“请假”“列席”下，各占一段",
    measures_by=Yardstick.LEFT | Yardstick.CELLS | Yardstick.FACES,
)
def attendance(paper: Specimen) -> Iterator[Found]:
    """Attendance is indented two characters, label 黑体, names 仿宋, in order (10.3)."""
    spots = paper.of(SpotKind.ATTENDANCE)
    if not spots:
        raise NotApplicable("没有出席、请假、列席名单")
    yield from certain(_wrong_attendance(paper, spots), lines_of(spots))


def _wrong_attendance(paper: Specimen, spots: Sequence[Spot]) -> Iterator[Found]:
    labels = []
    for spot in spots:
        label = spot.text[:2] if spot.text[2:3] in {"：", ":"} else ""
        if label:
            labels.append(label)
            wanted = paper.due.left_mm + 2 * paper.due.cell_mm
            yield from wrong_face(paper, [(spot, spot.line.chars[:2])], Role.HEITI)
            yield from wrong_face(paper, [(spot, spot.line.chars[3:])], Role.FANGSONG)
        else:
            wanted = paper.due.left_mm + 5 * paper.due.cell_mm
            yield from wrong_face(paper, lines_of([spot]), Role.FANGSONG)
        if abs(spot.line.x0_mm - wanted) > 0.5:
            yield at(spot, f"{quoted(spot.text)}左端在 {mm(spot.line.x0_mm)}，应为 {mm(wanted)}")
    known = [ATTENDANCE_ORDER.index(label) for label in labels if label in ATTENDANCE_ORDER]
    if known != sorted(known):
        yield at(spots[0], "次序应为出席、请假、列席")
