"""Which page stands where on which sheet, so that folded and cut they are read in order.

A page is its index; None is a blank one. The places of a side go from left to right, then down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Page = int | None
Side = tuple[Page, ...]

FOLDED = 4  # pages of a sheet folded once


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """A sheet of paper; *inner* counts the sheets of its section that are wrapped round it."""

    front: Side
    back: Side
    inner: int = 0


def many_up(count: int, places: int) -> list[PrintSheet]:
    """Pages side by side, *places* of them on a side: what is read and not folded."""
    pages = padded(count, 2 * places)
    starts = range(0, len(pages), 2 * places)
    return [
        PrintSheet(tuple(pages[at : at + places]), tuple(pages[at + places : at + 2 * places]))
        for at in starts
    ]


def saddle(pages: Sequence[Page]) -> list[PrintSheet]:
    """骑马订: *pages*, a multiple of four, on sheets laid into each other, the outer one first."""
    last = len(pages) - 1
    return [
        PrintSheet(
            (pages[last - 2 * inner], pages[2 * inner]),
            (pages[2 * inner + 1], pages[last - 2 * inner - 1]),
            inner,
        )
        for inner in range(len(pages) // FOLDED)
    ]


def sections(pages: Sequence[Page], most: int) -> list[PrintSheet]:
    """胶装: *pages* in sections of at most *most* sheets, as even as can be, the thicker first."""
    sheets: list[PrintSheet] = []
    start = 0
    for size in section_sizes(len(pages) // FOLDED, most):
        end = start + size * FOLDED
        sheets += saddle(pages[start:end])
        start = end
    return sheets


def section_sizes(sheets: int, most: int) -> list[int]:
    """How many sheets each section has."""
    count = -(-sheets // most)
    return [sheets // count + (number < sheets % count) for number in range(count)]


def padded(count: int, multiple: int, *, imprint: bool = False) -> list[Page]:
    """*count* pages and the blanks that fill up a *multiple*.

    The page that bears the imprint stays last: blanks come before it, never after it.
    """
    blanks: list[Page] = [None] * (-count % multiple)
    pages: list[Page] = [*range(count)]
    return [*pages[:-1], *blanks, pages[-1]] if imprint else [*pages, *blanks]
