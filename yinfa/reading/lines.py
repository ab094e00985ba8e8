"""Characters into lines by their baselines."""

from __future__ import annotations

from collections.abc import Iterable

from yinfa.reading.sheets import Char, TextLine, ordered

# Baselines nearer than this many ems are one line: raised and lowered figures stay in it, while
# the closest setting of two lines (one em apart) never falls together.
SAME_BASELINE_EM = 0.3


def group(chars: Iterable[Char], turn: int = 0) -> tuple[TextLine, ...]:
    """The lines that *chars*, in any order, form on the page."""
    rows: list[list[Char]] = []
    reference_mm, reach_mm = 0.0, -1.0
    for char in sorted(chars, key=lambda char: char.baseline_mm):
        if not rows or char.baseline_mm - reference_mm > max(
            reach_mm, SAME_BASELINE_EM * char.look.size_mm
        ):
            rows.append([])
            reference_mm, reach_mm = char.baseline_mm, 0.0
        rows[-1].append(char)
        if char.look.size_mm * SAME_BASELINE_EM > reach_mm:
            reference_mm, reach_mm = char.baseline_mm, char.look.size_mm * SAME_BASELINE_EM
    lines = (_line(row, turn) for row in rows)
    return ordered(line for line in lines if line is not None)


def _line(row: list[Char], turn: int) -> TextLine | None:
    """*row* as a line without the white space at its ends; None where there is nothing else."""
    # The sort is stable: characters at one place keep the order in which they were drawn.
    row = sorted(row, key=lambda char: char.x_mm)
    inked = [index for index, char in enumerate(row) if not char.char.isspace()]
    if not inked:
        return None
    return TextLine(tuple(row[inked[0] : inked[-1] + 1]), turn)
