"""One page of pdfium as it is painted: its objects in their order, in mm.

pdfium tells the place and the Unicode value of every character, but only for the page as a whole;
so the characters are gathered first, by the text object that they belong to, and each object takes
its own when its turn comes.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading import paint
from yinfa.reading.drawing import NESTED_FORMS, colour_of, is_artifact, matrix_of
from yinfa.reading.plane import IDENTITY, Frame, Matrix, apply, times
from yinfa.reading.sheets import INVISIBLE, MM_PER_PT
from yinfa.reading.text import HYPHEN, SPACE, character

UPRIGHT = 1e-4  # how far the em's directions may differ from those of upright text
FILL_MODES = frozenset({0, 2})
STROKE_MODES = frozenset({1, 2})
POINTS_OF_CURVE = 3
UNKNOWN = "\ufffd"
Place = Callable[[float, float], tuple[float, float]]


class Unpaintable(Exception):
    """A page has something that has no counterpart among the nouns of painting."""


@dataclass
class _Page:
    """A page while its objects are walked, and what finds the faces and pictures on it."""

    page: Any
    frame: Frame
    glyphs: dict[int, list[paint.PlacedGlyph]]
    face_of: Callable[[Any, str], int]
    image_of: Callable[[Any, Any], int]
    multiplied: bool
    items: list[paint.Item] = field(default_factory=list)
    below: list[paint.Item] = field(default_factory=list)


def painted(
    page: Any,
    frame: Frame,
    label: str,
    face_of: Callable[[Any, str], int],
    image_of: Callable[[Any, Any], int],
    *,
    multiplied: bool,
) -> paint.Painted:
    """An open pdfium page; raises Unpaintable where something on it cannot be told.

    *face_of* numbers a font handle, given a text that it sets; *image_of* a picture object. What is
    *multiplied* onto the page, as seals are, leaves black text black: it is painted first, as if
    all else stood on it.
    """
    walked = _Page(page, frame, _glyphs(page, frame), face_of, image_of, multiplied)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _walk(walked, pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)
    return paint.Painted(*frame.shown_mm, (*walked.below, *walked.items), label)


def _glyphs(page: Any, frame: Frame) -> dict[int, list[paint.PlacedGlyph]]:
    """The characters of a page by the address of their text object, in the order of its text."""
    text_page = pdfium.FPDFText_LoadPage(page)
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    found: dict[int, list[paint.PlacedGlyph]] = {}
    high = 0
    try:
        for index in range(pdfium.FPDFText_CountChars(text_page)):
            item = pdfium.FPDFText_GetTextObject(text_page, index)
            if not item:
                continue
            code = pdfium.FPDFText_GetUnicode(text_page, index)
            if code == SPACE and pdfium.FPDFText_IsGenerated(text_page, index):
                continue
            if 0xD800 <= code < 0xDC00:  # pdfium hands out the halves of a pair one by one
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            high = 0
            if code < SPACE and code != HYPHEN:
                continue  # a line end or a tab, which prints nothing
            pdfium.FPDFText_GetCharOrigin(text_page, index, at_x, at_y)
            glyph = paint.PlacedGlyph(character(code), *frame.mm(x.value, y.value))
            found.setdefault(ctypes.addressof(item.contents), []).append(glyph)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return found


def _walk(
    walked: _Page,
    item: Any,
    outer: Matrix,
    depth: int,
    *,
    artifact: bool = False,
    below: bool = False,
) -> None:
    artifact = artifact or is_artifact(item)
    below = below or (walked.multiplied and bool(pdfium.FPDFPageObj_HasTransparency(item)))
    kind = pdfium.FPDFPageObj_GetType(item)
    found: paint.Item | None = None
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        found = _run(walked, item, outer, artifact)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        found = _shape(walked, item, outer, artifact)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found = _raster(walked, item, outer, artifact)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < NESTED_FORMS:
        inner = times(matrix_of(item), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            part = pdfium.FPDFFormObj_GetObject(item, index)
            _walk(walked, part, inner, depth + 1, artifact=artifact, below=below)
    else:
        raise Unpaintable("有渐变或嵌套过深的图形")
    if found is not None:
        (walked.below if below else walked.items).append(found)


def _raster(walked: _Page, item: Any, outer: Matrix, artifact: bool) -> paint.Raster:
    return paint.Raster(
        picture=walked.image_of(item, walked.page),
        matrix=_to_page(times(matrix_of(item), outer), walked.frame),
        alpha=colour_of(pdfium.FPDFPageObj_GetFillColor, item)[1],
        clips=_clips(item, outer, walked.frame),
        mark=pdfium.FPDFPageObj_GetMarkedContentID(item),
        artifact=artifact,
    )


def _to_page(matrix: Matrix, frame: Frame) -> Matrix:
    """*matrix* followed by the frame: into millimetres, y downwards."""
    x0, y0 = frame.mm(*apply(matrix, 0, 0))
    x1, y1 = frame.mm(*apply(matrix, 1, 0))
    x2, y2 = frame.mm(*apply(matrix, 0, 1))
    return x1 - x0, y1 - y0, x2 - x0, y2 - y0, x0, y0


def _run(walked: _Page, item: Any, outer: Matrix, artifact: bool) -> paint.TextRun | None:
    glyphs = walked.glyphs.get(ctypes.addressof(item.contents))
    if not glyphs:
        return None  # blank, or drawn once more where the same stands already
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(item, ctypes.byref(size))
    a, b, c, d, _, _ = _to_page(times(matrix_of(item), outer), walked.frame)
    a, b, c, d = (value * size.value for value in (a, b, c, d))  # from ems into millimetres
    width, area = math.hypot(a, b), abs(a * d - b * c)
    if not width or not area or not math.isfinite(width * area):
        return None  # squeezed to nothing, which nobody can see
    size_mm = area / width  # the height of the em, square to its baseline
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    fill = _ink(pdfium.FPDFPageObj_GetFillColor, item) if mode in FILL_MODES else None
    pen = None
    if mode in STROKE_MODES:
        pen = _pen(item, times(matrix_of(item), outer))
    elif mode not in FILL_MODES and mode != INVISIBLE:
        raise Unpaintable("有当作剪切形状的文字")
    text = "".join(glyph.char for glyph in glyphs)
    if UNKNOWN in text:
        raise Unpaintable("有读不出是什么字的文字")
    return paint.TextRun(
        face=walked.face_of(pdfium.FPDFTextObj_GetFont(item), text),
        size_mm=size_mm,
        along=_direction(a / size_mm, b / size_mm, (1.0, 0.0)),
        down=_direction(-c / size_mm, -d / size_mm, (0.0, 1.0)),
        glyphs=tuple(glyphs),
        fill=fill,
        stroke=pen,
        clips=_clips(item, outer, walked.frame),
        mark=pdfium.FPDFPageObj_GetMarkedContentID(item),
        artifact=artifact,
    )


def _direction(x: float, y: float, usual: tuple[float, float]) -> tuple[float, float]:
    """(x, y), or the *usual* direction where it hardly differs from that."""
    near = abs(x - usual[0]) < UPRIGHT and abs(y - usual[1]) < UPRIGHT
    return usual if near else (x, y)


def _shape(walked: _Page, item: Any, outer: Matrix, artifact: bool) -> paint.Shape | None:
    mode, has_stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(has_stroke))
    matrix = times(matrix_of(item), outer)
    fill = _ink(pdfium.FPDFPageObj_GetFillColor, item) if mode.value else None
    pen = _pen(item, matrix) if has_stroke.value else None
    if fill is None and pen is None:
        return None
    count = pdfium.FPDFPath_CountSegments(item)
    segments = (pdfium.FPDFPath_GetPathSegment(item, index) for index in range(count))
    path = tuple(steps(segments, _onto(matrix, walked.frame)))
    if not path:
        return None
    even_odd = mode.value == pdfium.FPDF_FILLMODE_ALTERNATE
    clips = _clips(item, outer, walked.frame)
    mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
    return paint.Shape(path, fill, even_odd, pen, clips, mark, artifact)


def _ink(call: Any, item: Any) -> paint.Tint:
    """The ink of an object; raises where it is a pattern."""
    found = [ctypes.c_uint() for _ in range(4)]
    if not call(item, *(ctypes.byref(part) for part in found)):
        raise Unpaintable("有花纹或渐变的底色")
    red, green, blue, alpha = (part.value for part in found)
    return paint.Tint((red, green, blue), alpha)


def _pen(item: Any, matrix: Matrix) -> paint.Pen:
    width, phase = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))
    scale = math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])) * MM_PER_PT
    count = max(pdfium.FPDFPageObj_GetDashCount(item), 0)
    dashes = (ctypes.c_float * count)()
    if count:
        pdfium.FPDFPageObj_GetDashArray(item, dashes, count)
        pdfium.FPDFPageObj_GetDashPhase(item, ctypes.byref(phase))
    return paint.Pen(
        ink=_ink(pdfium.FPDFPageObj_GetStrokeColor, item),
        width_mm=width.value * scale,
        cap=max(pdfium.FPDFPageObj_GetLineCap(item), 0),
        join=max(pdfium.FPDFPageObj_GetLineJoin(item), 0),
        dashes_mm=tuple(dash * scale for dash in dashes),
        phase_mm=phase.value * scale,
    )


def _clips(item: Any, outer: Matrix, frame: Frame) -> tuple[paint.Clip, ...]:
    """What the object is clipped to; pdfium keeps clips in the space of their form."""
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    found = []
    for number in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)):
        count = pdfium.FPDFClipPath_CountPathSegments(clip, number)
        segments = (
            pdfium.FPDFClipPath_GetPathSegment(clip, number, index) for index in range(count)
        )
        path = tuple(steps(segments, _onto(outer, frame)))
        if path:
            found.append(paint.Clip(path))
    return tuple(found)


def _onto(matrix: Matrix, frame: Frame) -> Place:
    """What takes the points of an object to the page."""
    return lambda x, y: frame.mm(*apply(matrix, x, y))


def steps(segments: Iterator[Any], place: Place) -> Iterator[paint.Step]:
    """The steps of a path of pdfium, which tells a curve by three segments in a row.

    *place* takes its points to where they are wanted.
    """
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    curve: list[float] = []
    for segment in segments:
        pdfium.FPDFPathSegment_GetPoint(segment, at_x, at_y)
        point = place(x.value, y.value)
        if not all(map(math.isfinite, point)):
            raise Unpaintable("有位置不是数的图形")
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curve += point
            if len(curve) == 2 * POINTS_OF_CURVE:
                yield "B", tuple(curve)
                curve = []
        else:
            yield "M" if kind == pdfium.FPDF_SEGMENT_MOVETO else "L", point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield "C", ()
