"""Characters into lines by their baselines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from yinfa.reading.sheets import Char, TextLine, ordered

# Baselines nearer than this many ems are one line: raised and lowered figures stay in it, while
# the closest setting of two lines (one em apart) never falls together.
SAME_BASELINE_EM = 0.3


# The same character this near to itself, in ems, is one printed twice to look bold.
DOUBLED_EM = 0.15

OPENING = frozenset({"Ps", "Pi"})  # the categories of opening brackets and quotation marks


def group(chars: Iterable[Char], turn: int = 0) -> tuple[tuple[TextLine, ...], tuple[str, ...]]:
    """The lines that *chars*, in any order, form on the page; and what of them is printed twice."""
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
    lines: list[TextLine] = []
    doubled: list[str] = []
    for row in rows:
        once, twice = _parted(row)
        if once:
            lines.append(TextLine(tuple(once), turn))
        if twice:
            doubled.append("".join(char.char for char in twice))
    return ordered(lines), tuple(doubled)


def _parted(row: list[Char]) -> tuple[list[Char], list[Char]]:
    """*row* from left to right without white space at its ends, and what stands there again."""
    once: list[Char] = []
    twice: list[Char] = []
    # The sort is stable: characters at one place keep the order in which they were drawn.
    for char in sorted(row, key=_begins_mm):
        if char.char.isspace() and not once:
            continue
        near_mm = DOUBLED_EM * char.look.size_mm
        if any(
            before.char == char.char and char.x_mm - before.x_mm < near_mm for before in once[-2:]
        ):
            twice.append(char)
        else:
            once.append(char)
    while once and once[-1].char.isspace():
        once.pop()
    return once, twice


def _begins_mm(char: Char) -> float:
    """Where *char* is read: an opening mark stands in the right half of its cell.

    Where it gave up its blank half, its cell begins within the character before it.
    """
    opens = unicodedata.category(char.char) in OPENING
    return char.x_mm + char.advance_mm / 2 if opens else char.x_mm
