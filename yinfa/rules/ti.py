"""TI: the title (clause 7.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from yinfa.recognising import measures as m
from yinfa.recognising.format import Format
from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.report import Severity
from yinfa.rules.registry import GENERAL, Family, Found, NotApplicable, Yardstick, rule
from yinfa.rules.wording import at, mm, quoted

TITLE_LINES, TITLE_CELLS = 3, 20
EQUAL_CELLS = 0.5
BAD_TITLE_END = frozenset("。，；：、,;:.")
BAD_TITLE_START = frozenset("的了、，。；：》”）")


def titles(paper: Specimen) -> dict[int, tuple[Spot, ...]]:
    """The lines of each title by section: 0 the paper's own."""
    found: dict[int, list[Spot]] = {}
    for spot in paper.of(SpotKind.TITLE):
        found.setdefault(spot.section, []).append(spot)
    if not found:
        raise NotApplicable("没有标题")
    return {section: tuple(spots) for section, spots in found.items()}


@rule(
    "TI-01",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    forms=GENERAL,
    title="标题在红线下空二行",
    measured="红色分隔线到标题首行字框上沿的距离",
    right="19.8～26.8 mm",
    wrong="标题紧接红线",
    hint="红线与标题之间空二行",
    measures_by=Yardstick.HEAD | Yardstick.LINES,
)
def title_gap(paper: Specimen) -> Iterator[Found]:
    """The title stands two blank lines below the red rule (7.3.1)."""
    own = titles(paper).get(0, ())
    if not own or not paper.red_rules:
        raise NotApplicable("没有红色分隔线或标题")
    gap = own[0].line.em_top_mm - paper.red_rules[0].y0_mm
    if not m.within(gap, paper.due.two_blank_mm):
        yield at(own[0], f"标题距红线 {mm(gap)}，应空二行（{m.told(paper.due.two_blank_mm)}）")


def off_centre(paper: Specimen, spots: tuple[Spot, ...]) -> Iterator[Found]:
    wanted = paper.due.middle_mm
    for spot in spots:
        middle = spot.line.middle_mm
        if abs(middle - wanted) > m.CENTRE_SLACK_MM:
            yield at(spot, f"{quoted(spot.text)}中点在 {mm(middle)}，应居中（{wanted:g} mm）")


@rule(
    "TI-02",
    clause="7.3.1",
    severity=Severity.ERROR,
    family=Family.PAGE,
    title="标题居中",
    measured="标题各行左右两端的中点",
    right="106 mm ± 1 mm",
    wrong="第二行偏右 3 mm",
    hint="标题居中排布，不用空格凑位置",
    measures_by=Yardstick.LEFT,
)
def title_centred(paper: Specimen) -> Iterator[Found]:
    """Every line of the title is centred (7.3.1)."""
    own = titles(paper).get(0, ())
    if not own or paper.form is Format.ATTACHMENT:
        raise NotApplicable("没有公文标题（附件标题见 AT-05）")
    return off_centre(paper, own)


@rule(
    "TI-03",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题的形状",
    measured="标题各行的宽度",
    right="梯形（逐行渐长或渐短）或菱形（中间长）",
    wrong="两行等长，或中间短（沙漏形）",
    hint="“标题”写成几行的列表，就按这几行排",
)
def title_shape(paper: Specimen) -> Iterator[Found]:
    """A title of several lines is a trapezium or a rhombus (7.3.1)."""
    several = [spots for spots in titles(paper).values() if len(spots) > 1]
    if not several:
        raise NotApplicable("标题只有一行")
    for spots in several:
        cell = spots[0].line.size_mm
        widths = [spot.line.width_mm / cell for spot in spots]
        if max(widths) - min(widths) <= EQUAL_CELLS:
            yield at(spots[0], "标题各行等长，应排成梯形或菱形")
        elif any(
            widths[i] < max(widths[:i]) - EQUAL_CELLS
            and widths[i] < max(widths[i + 1 :]) - EQUAL_CELLS
            for i in range(1, len(widths) - 1)
        ):
            yield at(spots[0], "标题中间短两头长（沙漏形），应排成梯形或菱形")


@rule(
    "TI-04",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题分行",
    measured="标题各行的首字、末字",
    right="关于做好2012年\n防汛工作的通知",
    wrong="关于做好防汛工作\n的通知",
    hint="“标题”写成几行的列表，在词意完整处分行",
)
def title_breaks(paper: Specimen) -> Iterator[Found]:
    """Title lines break where the sense allows and end without a stop (7.3.1)."""
    for spots in titles(paper).values():
        last = spots[-1].text[-1]
        if last in BAD_TITLE_END:
            yield at(spots[-1], f"标题以“{last}”结尾，标题末尾不用标点")
        for above, below in pairwise(spots):
            if below.text[0] in BAD_TITLE_START:
                yield at(below, f"标题在“{above.text[-1]}”与“{below.text[0]}”之间分行，拆开了词意")


@rule(
    "TI-05",
    clause="7.3.1",
    severity=Severity.WARNING,
    family=Family.PAGE,
    title="标题长短",
    measured="标题的行数和每行字数",
    right="不多于 3 行，每行不多于 20 字",
    wrong="标题排成 5 行",
    hint="缩短标题：发文机关、事由、文种各用最短的说法",
    measures_by=Yardstick.TITLE_SIZE,
)
def title_length(paper: Specimen) -> Iterator[Found]:
    """A title has at most three lines of at most twenty characters (usage)."""
    for spots in titles(paper).values():
        if len(spots) > TITLE_LINES:
            yield at(spots[0], f"标题有 {len(spots)} 行，宜在 3 行以内")
        for spot in spots:
            cells = spot.line.width_mm / spot.line.size_mm
            if cells > TITLE_CELLS + EQUAL_CELLS:
                yield at(spot, f"这一行 {cells:.0f} 字，宜在 20 字以内")
