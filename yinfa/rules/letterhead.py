"""What the rules on the letterheads of the four forms share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yinfa.recognising.paper import Specimen, Spot, SpotKind
from yinfa.rules.registry import Found, NotApplicable
from yinfa.rules.wording import at, mm

FLUSH_SLACK_MM = 0.5


def only(paper: Specimen, kind: SpotKind) -> Spot:
    spots = paper.of(kind)
    if not spots:
        raise NotApplicable(f"没有{kind}")
    return spots[0]


def mark_of(paper: Specimen) -> tuple[Spot, ...]:
    spots = paper.of(SpotKind.MARK)
    if not spots:
        raise NotApplicable("没有发文机关标志（可能用印好的版头纸）")
    return spots


def ink_top_mm(spots: Sequence[Spot]) -> float:
    """The top of the ink of large characters, of their em box where no ink was measured."""
    return min(
        char.ink_mm[0] if char.ink_mm else char.top_mm
        for spot in spots
        for char in spot.line.inked()
    )


def ink_bottom_mm(spots: Sequence[Spot]) -> float:
    return max(
        char.ink_mm[1] if char.ink_mm else char.bottom_mm
        for spot in spots
        for char in spot.line.inked()
    )


def off_mark_top(paper: Specimen, wanted_mm: float, slack_mm: float) -> Iterator[Found]:
    marks = mark_of(paper)
    top = ink_top_mm(marks)
    if abs(top - wanted_mm) > slack_mm:
        yield at(marks[0], f"发文机关标志上边缘在 {mm(top)}，应为 {wanted_mm:g} mm")
