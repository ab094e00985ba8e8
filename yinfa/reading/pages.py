"""One page of pdfium into a Sheet."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading.drawing import drawn, once
from yinfa.reading.plane import Frame
from yinfa.reading.sheets import Sheet
from yinfa.reading.text import lines, typed


def sheet(document: Any, page: Any, number: int, label: str = "") -> Sheet:
    """The Sheet of one open page of an open pdfium document."""
    frame = frame_of(page)
    objects = drawn(document, page, frame)
    text = typed(page, frame, objects.texts)
    width_mm, height_mm = frame.shown_mm
    upright, turned, doubled = lines(text.chars, width_mm, height_mm)
    return Sheet(
        number=number,
        width_mm=width_mm,
        height_mm=height_mm,
        rotation=frame.rotation,
        lines=upright,
        turned_lines=turned,
        strokes=once(objects.strokes),
        boxes=tuple(objects.boxes),
        pictures=tuple(objects.pictures),
        text=text.text,
        chars=tuple(char for char in text.chars if not char.look.artifact),
        overprinted=(*text.overprinted, *doubled),
        unreadable=text.unreadable,
        label=label,
    )


def frame_of(page: Any) -> Frame:
    """The frame of an open pdfium page."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    rotation = pdfium.FPDFPage_GetRotation(page) * 90
    return Frame(rect.left, rect.bottom, rect.right - rect.left, rect.top - rect.bottom, rotation)
