"""Where lines stand to each other and to the type area, as recognition asks."""

from __future__ import annotations

from yinfa.reading import TextLine
from yinfa.recognising import measures as m
from yinfa.recognising.paper import Extent

Seals = tuple[tuple[int, Extent], ...]  # page and box of each

STOPS = frozenset("。：；，、！？")
STEP = 1.6  # pitches; further apart than this, lines have a blank line between them


def hangs(line: TextLine, cells: float, due: m.Figures) -> bool:
    """Whether *line* begins more than so many *cells* in."""
    return line.x0_mm > due.left_mm + cells * due.cell_mm
