"""Boxes round what is painted, and areas that need no clip to be what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yinfa.reading import shapes
from yinfa.reading.paint import Clip, Path, Raster, Shape, TextRun
from yinfa.reading.plane import Point, apply
from yinfa.reading.shapes import Rect

# Ink may leave the em box, and readers clip an object at its boundary (8.5).
ROOM_EM = 0.25
ASCENT_EM, DESCENT_EM = 0.88, 0.12
MITER = 2.0  # how many line widths a corner may reach out
NEAR_MM = 0.01


def of_run(run: TextRun) -> Rect:
    """The box round the em boxes of a run, with room."""
    corners = []
    wide = (1.0 + ROOM_EM) * run.size_mm
    for glyph in run.glyphs:
        for across in (-ROOM_EM * run.size_mm, wide):
            for depth in (-(ASCENT_EM + ROOM_EM) * run.size_mm, DESCENT_EM * run.size_mm * 3):
                corners.append(
                    (
                        glyph.x_mm + across * run.along[0] + depth * run.down[0],
                        glyph.y_mm + across * run.along[1] + depth * run.down[1],
                    )
                )
    return shapes.bounds(corners)


def of_shape(shape: Shape) -> Rect:
    """The box round a shape with its line."""
    x0, y0, x1, y1 = shapes.bounds(list(points(shape.path)))
    room = shape.stroke.width_mm * MITER if shape.stroke else 0.0
    return x0 - room, y0 - room, x1 + room, y1 + room


def of_raster(raster: Raster) -> Rect:
    return shapes.bounds([apply(raster.matrix, x, y) for x in (0, 1) for y in (0, 1)])


def points(path: Path) -> Iterator[Point]:
    """Every point of a path, those that steer its curves too."""
    for _, figures in path:
        yield from zip(figures[::2], figures[1::2], strict=True)


def effective(clips: Iterable[Clip], box: Rect) -> tuple[Clip, ...]:
    """Those of *clips* that take something away from *box*."""
    found = []
    for clip in clips:
        rect = rectangle(clip.path)
        if rect is None or not _covers(rect, box):
            found.append(clip)
    return tuple(found)


def rectangle(path: Path) -> Rect | None:
    """The upright rectangle that *path* is, if it is one."""
    subpaths = rings(path)
    return shapes.as_rect(subpaths[0]) if subpaths and len(subpaths) == 1 else None


def rings(path: Path) -> list[list[Point]] | None:
    """The subpaths of *path* by their corners; None where it has curves."""
    found: list[list[Point]] = []
    for step, figures in path:
        if step == "B":
            return None
        if step == "M" or not found:
            found.append([])
        if figures:
            found[-1].append((figures[0], figures[1]))
        elif found[-1]:
            found[-1].append(found[-1][0])
    return [ring for ring in found if len(ring) > 1]


def plain_areas(shape: Shape, clips: tuple[Clip, ...]) -> list[Rect] | None:
    """The rectangles that a filled *shape* inks, if that is all it does within its *clips*.

    Table lines come as the difference of two rectangles, clipped to one side: readers that leave
    clips out would draw a frame.
    """
    if shape.fill is None or shape.stroke is not None:
        return None
    if any(rectangle(clip.path) is None for clip in clips):
        return None
    subpaths = rings(shape.path)
    rects = [shapes.as_rect(ring) for ring in subpaths or () if not shapes.is_flat(ring)]
    known = [rect for rect in rects if rect is not None]
    if not subpaths or len(known) != len(rects) or (len(rects) > 1 and not shape.even_odd):
        return None
    within: Rect | None = None
    for clip in clips:
        rect = rectangle(clip.path)
        if rect is not None:
            within = shapes.clipped(rect, within)
    return shapes.inked(known, shape.even_odd, within) if known else []


def _covers(outer: Rect, inner: Rect) -> bool:
    return (
        outer[0] <= inner[0] + NEAR_MM
        and outer[1] <= inner[1] + NEAR_MM
        and outer[2] >= inner[2] - NEAR_MM
        and outer[3] >= inner[3] - NEAR_MM
    )
