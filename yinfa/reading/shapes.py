"""Filled and stroked paths into drawn lines and boxes.

Producers draw a thin line in three ways: a stroke, a thin filled rectangle, or (browsers and
WeasyPrint) the difference of two rectangles clipped to one side. All three come out as one Stroke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Rect = tuple[float, float, float, float]  # x0, y0, x1, y1

THIN_MM = 2.0  # a filled rectangle thinner than this is a line
SLENDER = 3.0  # and at least this many times as long as it is thick
FLAT_MM = 0.005  # thinner than any line that prints
STRAIGHT_MM = 0.05  # how far the ends of a level line may differ


def as_rect(points: Sequence[Point]) -> Rect | None:
    """The rectangle that *points* go round, if its sides are level and upright."""
    # pdfium closes a rectangle both by a fifth point and by a flag.
    ring = pairwise([points[-1], *points])
    corners = [point for before, point in ring if not _near(before, point)]
    if len(corners) != 4:
        return None
    xs = sorted(x for x, _ in corners)
    ys = sorted(y for _, y in corners)
    if xs[1] - xs[0] > STRAIGHT_MM or xs[3] - xs[2] > STRAIGHT_MM:
        return None
    if ys[1] - ys[0] > STRAIGHT_MM or ys[3] - ys[2] > STRAIGHT_MM:
        return None
    return xs[0], ys[0], xs[3], ys[3]


def bounds(points: Sequence[Point]) -> Rect:
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def is_flat(points: Sequence[Point]) -> bool:
    """Whether *points* enclose nothing."""
    x0, y0, x1, y1 = bounds(points)
    return x1 - x0 < FLAT_MM or y1 - y0 < FLAT_MM


def clipped(rect: Rect, clip: Rect | None) -> Rect:
    if clip is None:
        return rect
    return (
        max(rect[0], clip[0]),
        max(rect[1], clip[1]),
        min(rect[2], clip[2]),
        min(rect[3], clip[3]),
    )


def inked(rects: Sequence[Rect], even_odd: bool, clip: Rect | None) -> list[Rect]:
    """The rectangles that filling *rects* together leaves with ink inside *clip*."""
    if len(rects) == 1:
        return [rect for rect in (clipped(rects[0], clip),) if _has_area(rect)]
    xs = _cuts([(rect[0], rect[2]) for rect in rects], clip and (clip[0], clip[2]))
    ys = _cuts([(rect[1], rect[3]) for rect in rects], clip and (clip[1], clip[3]))
    found: list[Rect] = []
    for y0, y1 in pairwise(ys):
        row: list[Rect] = []
        for x0, x1 in pairwise(xs):
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            over = sum(r[0] < x < r[2] and r[1] < y < r[3] for r in rects)
            if not (over % 2 if even_odd else over):
                continue
            if row and row[-1][2] == x0:
                row[-1] = (row[-1][0], y0, x1, y1)
            else:
                row.append((x0, y0, x1, y1))
        found += row
    return _stacked(found)


def is_thin(rect: Rect) -> bool:
    """Whether a filled *rect* is a drawn line."""
    short, long = sorted((rect[2] - rect[0], rect[3] - rect[1]))
    return short <= THIN_MM and long >= SLENDER * short and long > 1.0


def level_segments(points: Sequence[Point]) -> Iterator[Rect]:
    """The level and upright segments of a stroked path."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= STRAIGHT_MM or abs(y1 - y0) <= STRAIGHT_MM:
            yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _stacked(rects: list[Rect]) -> list[Rect]:
    """*rects* with those joined that lie exactly under each other."""
    joined: list[Rect] = []
    for rect in rects:
        for index, upper in enumerate(joined):
            if upper[0] == rect[0] and upper[2] == rect[2] and upper[3] == rect[1]:
                joined[index] = (upper[0], upper[1], upper[2], rect[3])
                break
        else:
            joined.append(rect)
    return joined


def _cuts(spans: Sequence[tuple[float, float]], clip: tuple[float, float] | None) -> list[float]:
    """The distinct ends of *spans*, held within *clip*."""
    ends = {round(end, 4) for span in spans for end in span}
    if clip is not None:
        low, high = clip
        ends = {min(max(end, low), high) for end in ends}
    return sorted(ends)


def _has_area(rect: Rect) -> bool:
    return rect[2] > rect[0] and rect[3] > rect[1]


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < STRAIGHT_MM and abs(one[1] - other[1]) < STRAIGHT_MM
