"""Lines under and through words, and the dots of 着重号, where their characters stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from yinfa.composing.typesetter import Typesetter
from yinfa.composition import Founts, Ink, Line, Page, Placed, PrintedRule, Stretch
from yinfa.inline import Emphasis

UNDER_EM = 0.6  # from the middle of a character down to the line under it
DOT_EM = 0.64  # and to the middle of a dot
DOT_WIDTH_EM = 0.13
THICK_EM = 0.045
NEVER_DOTTED = frozenset("，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·　 ")


def drawn(page: Page, typesetter: Typesetter) -> Page:
    """*page* with all that is drawn under and through its words."""
    rules = tuple(
        rule for placed in page.placed for rule in _rules(_Ground(placed, typesetter), placed)
    )
    return replace(page, rules=(*page.rules, *rules)) if rules else page


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a block stands; lengths are from its upper left corner as it is read."""

    placed: Placed
    typesetter: Typesetter

    def rule(
        self, left_mm: float, middle_mm: float, width_mm: float, thick_mm: float
    ) -> PrintedRule:
        """A line of that middle; turned with its block."""
        measures, placed = self.typesetter.measures, self.placed
        rows_mm = placed.row * measures.grid.pitch_mm
        top_mm = (placed.top_mm if placed.top_mm is not None else rows_mm) + middle_mm
        top_mm -= thick_mm / 2
        left_mm += placed.left_mm
        if placed.turned:
            return PrintedRule(
                measures.type_area.binding_mm + top_mm,
                measures.type_area.bottom_mm - left_mm - width_mm,
                thick_mm,
                width_mm,
                Ink.BLACK,
            )
        return PrintedRule(
            measures.type_area.binding_mm + left_mm,
            measures.head_mm + top_mm,
            width_mm,
            thick_mm,
            Ink.BLACK,
        )


def _rules(frame: _Ground, placed: Placed) -> Iterator[PrintedRule]:
    block = placed.block
    pitch_mm = block.pitch_mm or frame.typesetter.measures.grid.pitch_mm
    yield from _of_lines(frame, block.lines, 0.0, pitch_mm / 2, pitch_mm)
    if block.table is None:
        return
    top_mm, pitch_mm = 0.0, block.table.pitch_mm
    for row in (*block.table.header, *block.table.rows):
        lefts_mm = list(accumulate(block.table.widths_mm, initial=0.0))
        for cell in row.cells:
            left_mm = lefts_mm[cell.column]
            middle_mm = top_mm + cell.top_mm + pitch_mm / 2
            yield from _of_lines(frame, cell.lines, left_mm, middle_mm, pitch_mm)
        top_mm += row.height_mm


def _of_lines(
    frame: _Ground, lines: Sequence[Line], left_mm: float, middle_mm: float, pitch_mm: float
) -> Iterator[PrintedRule]:
    for line in lines:
        for stretch in line.stretches:
            if stretch.drawn:
                yield from _of_stretch(frame, line, stretch, left_mm, middle_mm)
        middle_mm += pitch_mm


def _of_stretch(
    frame: _Ground, line: Line, stretch: Stretch, left_mm: float, middle_mm: float
) -> Iterator[PrintedRule]:
    size_mm = stretch.size_mm
    edges_mm = list(_edges_mm(line, frame.typesetter.founts))
    start_mm = left_mm + edges_mm[stretch.start][0]
    width_mm = left_mm + edges_mm[stretch.end - 1][1] - start_mm
    thick_mm = THICK_EM * size_mm
    if Emphasis.UNDERLINE in stretch.drawn:
        yield frame.rule(start_mm, middle_mm + UNDER_EM * size_mm, width_mm, thick_mm)
    if Emphasis.STRIKE in stretch.drawn:
        yield frame.rule(start_mm, middle_mm, width_mm, thick_mm)
    if Emphasis.DOTTED in stretch.drawn:
        dot_mm = DOT_WIDTH_EM * size_mm
        for index in range(stretch.start, stretch.end):
            if line.text[index] not in NEVER_DOTTED:
                first_mm, last_mm = edges_mm[index]
                dot_left_mm = left_mm + (first_mm + last_mm - dot_mm) / 2
                at_mm = middle_mm + DOT_EM * size_mm
                yield replace(frame.rule(dot_left_mm, at_mm, dot_mm, dot_mm), round=True)


def _edges_mm(line: Line, founts: Founts) -> Iterator[tuple[float, float]]:
    """From where to where each character of *line* goes, from where lines are indented from."""
    at_mm = line.indent_mm
    for stretch in line.stretches:
        advance = founts[stretch.role].advance
        for index in range(stretch.start, stretch.end):
            width_mm = advance(line.text[index]) * stretch.size_mm
            yield at_mm, at_mm + width_mm
            at_mm += width_mm + line.gaps[index] * stretch.size_mm
