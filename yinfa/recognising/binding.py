"""Versos bound at the right, as if they were bound like rectos: rules know one binding edge.

With mirrored margins the whole of a verso stands a little further left, text, rules and seals.
Where all versos of a file do, they are taken to be meant so and moved back before anything is
measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from yinfa.model import Output
from yinfa.reading import Box, DrawnPicture, Sheet, Stroke, TextLine
from yinfa.recognising import measures as m

LETTER_RULE_MM = 165.0  # the rules of a letter are longer than its type area, 10.1
Drawn = TypeVar("Drawn", Stroke, Box, DrawnPicture)


def bound_at_the_left(
    sheets: Sequence[Sheet], due: m.Figures = m.STANDARD, output: Output | None = None
) -> tuple[Sheet, ...]:
    """*sheets* with mirrored versos moved to where they would stand without.

    *output* says whether they are mirrored, and which are versos, where that is known.
    """
    if output is not None and not output.mirrored:
        return tuple(sheets)
    known = None if output is None else (output.first_page + 1) % 2
    mirrored_mm = m.PAPER_WIDTH_MM - due.right_mm
    shift_mm = due.binding_mm - mirrored_mm
    for parity in (0, 1):
        edges = [edge for sheet in sheets if sheet.number % 2 == parity for edge in _edges(sheet)]
        near = sum(abs(edge - mirrored_mm) < abs(shift_mm) / 4 for edge in edges)
        usual = sum(abs(edge - due.binding_mm) < abs(shift_mm) / 4 for edge in edges)
        if parity == known or (known is None and near > usual):
            return tuple(
                moved(sheet, shift_mm) if sheet.number % 2 == parity else sheet for sheet in sheets
            )
    return tuple(sheets)


def _edges(sheet: Sheet) -> Iterator[float]:
    """Where lines and long rules of *sheet* begin."""
    yield from (line.x0_mm for line in sheet.body_lines)
    yield from (
        stroke.x0_mm
        for stroke in sheet.strokes
        if stroke.horizontal and 100 < stroke.length_mm < LETTER_RULE_MM
    )


def moved(sheet: Sheet, mm: float) -> Sheet:
    """*sheet* with all that stands upright on it so far to the right."""
    return replace(
        sheet,
        lines=tuple(_moved_line(line, mm) for line in sheet.lines),
        strokes=tuple(_moved_drawn(stroke, mm) for stroke in sheet.strokes),
        boxes=tuple(_moved_drawn(box, mm) for box in sheet.boxes),
        pictures=tuple(_moved_drawn(picture, mm) for picture in sheet.pictures),
    )


def _moved_line(line: TextLine, mm: float) -> TextLine:
    chars = (char._replace(x_mm=char.x_mm + mm) for char in line.chars)
    return TextLine(tuple(chars), line.turn)


def _moved_drawn(drawn: Drawn, mm: float) -> Drawn:
    return replace(drawn, x0_mm=drawn.x0_mm + mm, x1_mm=drawn.x1_mm + mm)
