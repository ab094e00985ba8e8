"""What is drawn on a page: lines, boxes, pictures; and what pdfium tells of any page object."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading import shapes
from yinfa.reading.plane import IDENTITY, Frame, Matrix, Point, apply, inverse, times
from yinfa.reading.sheets import MM_PER_PT, Box, Colour, DrawnPicture, Stroke

NESTED_FORMS = 8
MANY_SEGMENTS = 400  # a path beyond this is a drawing, of which the box is enough
COLOURED_MM = 100.0  # seals and stamps are smaller; the colour of a scanned page is no matter
SOLID_ALPHA = 64
NEAR_WHITE = 200
MARK_BYTES = 64


@dataclass(kw_only=True)
class Marks:
    """What is drawn on a page, gathered by walking its objects once."""

    strokes: list[Stroke] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: list[DrawnPicture] = field(default_factory=list)


@dataclass
class Drawn(Marks):
    """The objects of a page of pdfium: the walk is what it remembers."""

    frame: Frame
    document: Any
    page: Any
    texts: dict[int, tuple[Any, bool, Matrix]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PathInk:
    """With what, and within what, a path is painted."""

    colour: Colour
    clip: shapes.Rect | None
    artifact: bool


def drawn(document: Any, page: Any, frame: Frame) -> Drawn:
    """All objects of an open pdfium page."""
    found = Drawn(frame, document, page)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _gather(found, pdfium.FPDFPage_GetObject(page, index), IDENTITY, False, 0)
    return found


def once(strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
    """*strokes* without those drawn again on the same place, as word processors do with borders."""
    seen: dict[tuple[object, ...], Stroke] = {}
    for stroke in strokes:
        ends = (stroke.x0_mm, stroke.y0_mm, stroke.x1_mm, stroke.y1_mm, stroke.thickness_mm)
        seen.setdefault((*(round(end, 2) for end in ends), stroke.colour), stroke)
    return tuple(seen.values())


def _gather(gathered: Drawn, item: Any, outer: Matrix, artifact: bool, depth: int) -> None:
    """Sorts one page object, and what a form holds, into *gathered*."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        gathered.texts[ctypes.addressof(item.contents)] = (item, artifact, outer)
        return
    artifact = artifact or is_artifact(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < NESTED_FORMS:
        inner = times(matrix_of(item), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            _gather(gathered, pdfium.FPDFFormObj_GetObject(item, index), inner, artifact, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _gather_path(gathered, item, outer, artifact)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        gathered.pictures.append(_picture(gathered, item, outer, artifact))


def _gather_path(gathered: Drawn, item: Any, outer: Matrix, artifact: bool) -> None:
    mode, has_stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(has_stroke))
    if not mode.value and not has_stroke.value:
        return
    matrix = times(matrix_of(item), outer)
    subpaths, curved = _subpaths(item, matrix, gathered.frame)
    if not subpaths:
        return
    clip = _clip(item, outer, gathered.frame)
    if mode.value:
        colour, alpha = colour_of(pdfium.FPDFPageObj_GetFillColor, item)
        even_odd = mode.value == pdfium.FPDF_FILLMODE_ALTERNATE
        if alpha:
            ink = PathInk(colour, clip, artifact)
            add_fill(gathered, [] if curved else subpaths, _bounds(subpaths), even_odd, ink)
    if has_stroke.value:
        colour, alpha = colour_of(pdfium.FPDFPageObj_GetStrokeColor, item)
        if alpha:
            ink = PathInk(colour, clip, artifact)
            if curved:
                box = shapes.clipped(_bounds(subpaths), clip)
                gathered.boxes.append(Box(*box, colour, False, artifact))
            else:
                add_stroke(gathered, subpaths, _thickness_mm(item, matrix), ink)


def add_fill(
    gathered: Marks,
    subpaths: list[list[Point]],
    box: shapes.Rect,
    even_odd: bool,
    ink: PathInk,
) -> None:
    """Sorts a filled path: thin level rectangles are lines, all else is a box."""
    # A border without a box inside it leaves an empty rectangle behind.
    rects = [shapes.as_rect(points) for points in subpaths if not shapes.is_flat(points)]
    level = bool(rects) and all(rects)
    if level:
        found = shapes.inked([rect for rect in rects if rect], even_odd, ink.clip)
    else:
        found = [shapes.clipped(box, ink.clip)]
    for x0, y0, x1, y1 in found:
        if x1 <= x0 or y1 <= y0:
            continue
        if level and shapes.is_thin((x0, y0, x1, y1)):
            gathered.strokes.append(_thin((x0, y0, x1, y1), ink))
        else:
            gathered.boxes.append(Box(x0, y0, x1, y1, ink.colour, True, ink.artifact))


def _thin(rect: shapes.Rect, ink: PathInk) -> Stroke:
    """A thin filled rectangle as the line it is."""
    x0, y0, x1, y1 = rect
    if x1 - x0 >= y1 - y0:
        y = (y0 + y1) / 2
        return Stroke(x0, y, x1, y, y1 - y0, ink.colour, ink.artifact)
    x = (x0 + x1) / 2
    return Stroke(x, y0, x, y1, x1 - x0, ink.colour, ink.artifact)


def add_stroke(
    gathered: Marks, subpaths: list[list[Point]], thickness_mm: float, ink: PathInk
) -> None:
    """Sorts the level and upright lines of a stroked path into *gathered*."""
    for points in subpaths:
        for rect in shapes.level_segments(points):
            x0, y0, x1, y1 = shapes.clipped(rect, ink.clip)
            if x1 >= x0 and y1 >= y0:
                gathered.strokes.append(
                    Stroke(x0, y0, x1, y1, thickness_mm, ink.colour, ink.artifact)
                )


def _thickness_mm(item: Any, matrix: Matrix) -> float:
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
    return width.value * scale * MM_PER_PT


def _bounds(subpaths: list[list[Point]]) -> shapes.Rect:
    return shapes.bounds([point for path in subpaths for point in path])


def _subpaths(item: Any, matrix: Matrix, frame: Frame) -> tuple[list[list[Point]], bool]:
    """The subpaths of a path in mm, and whether any is curved."""
    count = pdfium.FPDFPath_CountSegments(item)
    if count > MANY_SEGMENTS:
        return [_bounds_mm(item, matrix, frame)], True
    get = pdfium.FPDFPath_GetPathSegment
    return _points((get(item, index) for index in range(count)), matrix, frame)


def _points(
    segments: Iterable[Any], matrix: Matrix, frame: Frame
) -> tuple[list[list[Point]], bool]:
    x, y = ctypes.c_float(), ctypes.c_float()
    subpaths: list[list[Point]] = []
    curved = False
    for segment in segments:
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = frame.mm(*apply(matrix, x.value, y.value))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([])
        subpaths[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            subpaths[-1].append(subpaths[-1][0])
    return [path for path in subpaths if len(path) > 1], curved


def _clip(item: Any, outer: Matrix, frame: Frame) -> shapes.Rect | None:
    """The box to which the object is clipped; pdfium keeps clips in the space of their form."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    found: shapes.Rect | None = None
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, path)
        get = pdfium.FPDFClipPath_GetPathSegment
        subpaths, _ = _points((get(clip, path, i) for i in range(count)), outer, frame)
        points = [point for sub in subpaths for point in sub]
        if points:
            found = shapes.clipped(shapes.bounds(points), found)
    return found


def _picture(gathered: Drawn, item: Any, outer: Matrix, artifact: bool) -> DrawnPicture:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height))
    matrix = times(matrix_of(item), outer)
    square = ((0, 0), (1, 0), (0, 1), (1, 1))
    x0, y0, x1, y1 = shapes.bounds([gathered.frame.mm(*apply(matrix, *at)) for at in square])
    colour = None
    if max(x1 - x0, y1 - y0) < COLOURED_MM:
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(gathered.document, gathered.page, item)
        colour = _ink_colour(bitmap) if bitmap else None
    return DrawnPicture(x0, y0, x1, y1, (width.value, height.value), colour, artifact)


def _ink_colour(bitmap: Any) -> Colour | None:
    """The mean colour of the pixels that are neither clear nor near white; ends *bitmap*."""
    try:
        if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
            return None
        size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    # A sample of some four thousand pixels is enough to tell red from black.
    every = 4 * max(1, size // 4 // 4000)
    pixels = (raw[at : at + 4] for at in range(0, size - 3, every))
    inked = [pixel for pixel in pixels if pixel[3] > SOLID_ALPHA and min(pixel[:3]) < NEAR_WHITE]
    if not inked:
        return None
    blue, green, red = (sum(pixel[i] for pixel in inked) // len(inked) for i in range(3))
    return red, green, blue


def _bounds_mm(item: Any, matrix: Matrix, frame: Frame) -> list[Point]:
    """The corners of an object's box; pdfium gives it in the space outside the object's matrix."""
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(edge) for edge in edges))
    left, bottom, right, top = (edge.value for edge in edges)
    own = matrix_of(item)
    inner = times(inverse(own), matrix)
    return [frame.mm(*apply(inner, x, y)) for x, y in ((left, bottom), (right, top))]


def is_artifact(item: Any) -> bool:
    for index in range(pdfium.FPDFPageObj_CountMarks(item)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        buffer = ctypes.create_string_buffer(MARK_BYTES)
        length = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(
            mark,
            ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)),
            MARK_BYTES,
            ctypes.byref(length),
        )
        if buffer.raw[: length.value].decode("utf-16-le").rstrip("\0") == "Artifact":
            return True
    return False


def colour_of(call: Any, item: Any) -> tuple[Colour, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not call(
        item, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    ):
        return (0, 0, 0), 255
    return (red.value, green.value, blue.value), alpha.value


def matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
