"""A whole page made smaller or larger, or shifted, as printers and exports do to all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TypeVar

from yinfa.reading import Box, Char, DrawnPicture, Look, Sheet, Stroke, TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.paper import Specimen, SpotKind

Drawn = TypeVar("Drawn", Box, DrawnPicture)

ENOUGH_LINES = 6
AGREE = 0.006  # how far size, pitch and measure may differ and still be of one scale
SCALED = 0.006
SHIFTED_MM = 1.2


@dataclass(frozen=True, slots=True)
class Distortion:
    """What became of all that stands on the pages: x is now *ratio* times x and *right_mm* on."""

    ratio: float
    right_mm: float
    down_mm: float

    def __str__(self) -> str:
        if abs(self.ratio - 1) > SCALED:
            way = "缩小" if self.ratio < 1 else "放大"
            return f"全页{way}到 {self.ratio * 100:.0f} %"
        moved = [
            f"{'右' if mm > 0 else '左'} {abs(mm):.1f} mm"
            for mm in (self.right_mm,)
            if abs(mm) > SHIFTED_MM
        ]
        moved += [
            f"{'下' if mm > 0 else '上'} {abs(mm):.1f} mm"
            for mm in (self.down_mm,)
            if abs(mm) > SHIFTED_MM
        ]
        return f"全页偏{'、偏'.join(moved)}"


def distortion_of(paper: Specimen) -> Distortion | None:
    """How the pages of *paper* are distorted as a whole; None where they are not, or it is open."""
    texts = paper.of(SpotKind.TEXT)
    flush = [s.line.x0_mm for s in texts if not s.opens and s.page % 2] or [
        s.line.x0_mm for s in texts if not s.opens
    ]
    full = [s.line.width_mm for s in paper.wrapped]
    gaps = [
        below.line.baseline_mm - above.line.baseline_mm
        for page in paper.on_page
        for above, below in pairwise(paper.on_page[page])
        if above.kind is below.kind is SpotKind.TEXT
    ]
    if len(texts) < ENOUGH_LINES or not flush or not full or not gaps:
        return None
    scales = (
        median(s.line.size_mm for s in texts) / paper.due.cell_mm,
        median(gaps) / paper.due.pitch_mm,
        median(full) / paper.due.type_width_mm,
    )
    same = max(scales) - min(scales) < AGREE
    ratio = sum(scales) / len(scales) if same else 1.0
    ratio = ratio if abs(ratio - 1) > SCALED else 1.0
    right_mm = median(flush) - ratio * paper.due.binding_mm
    tops = [
        spots[0].line.em_top_mm
        for page, spots in paper.on_page.items()
        if page > 1 and spots and spots[0].kind is SpotKind.TEXT
    ]
    down_mm = median(tops) - ratio * paper.due.top_mm if tops else (1 - ratio) * paper_middle_mm()
    if ratio == 1 and abs(right_mm) <= SHIFTED_MM and abs(down_mm) <= SHIFTED_MM:
        return None
    return Distortion(ratio, right_mm, down_mm)


def paper_middle_mm() -> float:
    """About where a printer scales a page that tells no more: its middle."""
    return m.PAPER_HEIGHT_MM / 2


def straightened(sheets: Sequence[Sheet], distortion: Distortion) -> tuple[Sheet, ...]:
    """*sheets* as they would be without *distortion*; the leaf itself stays as it is."""
    looks: dict[Look, Look] = {}
    return tuple(
        replace(
            sheet,
            lines=tuple(_line(line, distortion, looks) for line in sheet.lines),
            strokes=tuple(_stroke(stroke, distortion) for stroke in sheet.strokes),
            boxes=tuple(_drawn(box, distortion) for box in sheet.boxes),
            pictures=tuple(_drawn(picture, distortion) for picture in sheet.pictures),
        )
        for sheet in sheets
    )


def _x(mm: float, by: Distortion) -> float:
    return (mm - by.right_mm) / by.ratio


def _y(mm: float, by: Distortion) -> float:
    return (mm - by.down_mm) / by.ratio


def _line(line: TextLine, by: Distortion, looks: dict[Look, Look]) -> TextLine:
    return TextLine(tuple(_char(char, by, looks) for char in line.chars), line.turn)


def _char(char: Char, by: Distortion, looks: dict[Look, Look]) -> Char:
    look = looks.get(char.look)
    if look is None:
        look = looks[char.look] = char.look._replace(size_mm=char.look.size_mm / by.ratio)
    ink = char.ink_mm
    return char._replace(
        x_mm=_x(char.x_mm, by),
        advance_mm=char.advance_mm / by.ratio,
        baseline_mm=_y(char.baseline_mm, by),
        look=look,
        ink_mm=(_y(ink[0], by), _y(ink[1], by)) if ink else None,
    )


def _stroke(stroke: Stroke, by: Distortion) -> Stroke:
    return replace(
        stroke,
        x0_mm=_x(stroke.x0_mm, by),
        x1_mm=_x(stroke.x1_mm, by),
        y0_mm=_y(stroke.y0_mm, by),
        y1_mm=_y(stroke.y1_mm, by),
        thickness_mm=stroke.thickness_mm / by.ratio,
    )


def _drawn(drawn: Drawn, by: Distortion) -> Drawn:
    return replace(
        drawn,
        x0_mm=_x(drawn.x0_mm, by),
        x1_mm=_x(drawn.x1_mm, by),
        y0_mm=_y(drawn.y0_mm, by),
        y1_mm=_y(drawn.y1_mm, by),
    )
