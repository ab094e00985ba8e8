"""Paper by name: what lp is told to take, and what a page is said to be."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby

TOLERANCE_MM = 1.0


class PaperSize(StrEnum):
    """Sizes of ISO 216 that offices print on; the value is what lp calls them."""

    A3 = "A3"
    A4 = "A4"
    A5 = "A5"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height, upright."""
        return {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0)}[self]

    @property
    def half(self) -> PaperSize | None:
        """What it is when folded."""
        return {"A3": PaperSize.A4, "A4": PaperSize.A5}.get(self)

    @property
    def double(self) -> PaperSize | None:
        """What folds to it."""
        return {"A4": PaperSize.A3, "A5": PaperSize.A4}.get(self)


def named(width_mm: float, height_mm: float) -> PaperSize | None:
    """The paper of that size, upright or landscape."""
    for paper in PaperSize:
        short, long = paper.size_mm
        if (
            abs(min(width_mm, height_mm) - short) <= TOLERANCE_MM
            and abs(max(width_mm, height_mm) - long) <= TOLERANCE_MM
        ):
            return paper
    return None


def told_pages(numbers: Iterable[int]) -> str:
    """Rising page numbers for people, those that follow each other as one: 2、5—9."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def told(width_mm: float, height_mm: float) -> str:
    """A size for people."""
    paper = named(width_mm, height_mm)
    size = f"{width_mm:.0f}×{height_mm:.0f} 毫米"
    return f"{paper}（{size}）" if paper else size
