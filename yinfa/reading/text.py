"""The characters of a page: what they are, where they stand, how they look.

A hundred pages hold some seventy thousand characters and each costs four calls into the library,
so the loop over characters does nothing else: what a text object shares is looked up once.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from yinfa.reading.drawing import colour_of, is_artifact, matrix_of
from yinfa.reading.fonts import Font, font_of
from yinfa.reading.lines import group
from yinfa.reading.plane import HALF, IDENTITY, QUARTER, THREE_QUARTERS, Frame, Matrix, times
from yinfa.reading.sheets import INKED, INKED_MM, MM_PER_PT, Char, Look, TextLine, ordered

SPACE = 0x20
HYPHEN = 0x02  # what pdfium puts for a hyphen at the end of a line
NO_UNICODE = frozenset({0x0, 0xFFFD, 0xFFFE})
LAST_CODE_POINT = 0x10FFFF

# A text object by its address: the object, whether a form round it is an artifact, its matrix.
Texts = Mapping[int, tuple[Any, bool, Matrix]]


@dataclass(frozen=True, slots=True)
class Typed:
    """All text of a page."""

    chars: tuple[Char, ...]
    text: str  # in content order, without artifacts
    unreadable: int
    overprinted: tuple[str, ...]


def typed(page: Any, frame: Frame, texts: Texts) -> Typed:
    """The text of an open pdfium page, whose text objects are *texts*."""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        chars, looks = _chars(text_page, frame, texts)
        doubled = _overprinted(text_page, texts, looks.keys())
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    stream = "".join(char.char for char in chars if not char.look.artifact)
    unreadable = sum(char.char == "\ufffd" for char in chars)
    return Typed(tuple(chars), _joined(stream), unreadable, doubled)


def _chars(text_page: Any, frame: Frame, texts: Texts) -> tuple[list[Char], dict[int, Look]]:
    """All characters in content order, and the look of each text object they are in."""
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    box_of, object_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
    address_of = ctypes.addressof
    x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_rect = ctypes.byref(x), ctypes.byref(y), ctypes.byref(rect)
    looks: dict[int, Look] = {}
    fonts: dict[int, Font] = {}
    chars: list[Char] = []
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        text_object = object_of(text_page, index)
        if not text_object:
            continue  # a line end that pdfium made up
        code = unicode_of(text_page, index)
        if code == SPACE and pdfium.FPDFText_IsGenerated(text_page, index):
            continue  # a gap that pdfium took for a space
        key = address_of(text_object.contents)
        look = looks.get(key)
        if look is None:
            _, artifact, matrix = texts.get(key, (None, False, IDENTITY))
            look = looks[key] = _look(text_object, frame, artifact, matrix, fonts)
        if not look.size_mm:
            continue  # squeezed to nothing, which nobody can see
        origin_of(text_page, index, at_x, at_y)
        box_of(text_page, index, at_rect)
        x_mm, y_mm = frame.mm(x.value, y.value)
        advance_mm = _advance_mm(look, rect, text_object, code)
        char = character(code)
        inked = char in INKED or look.size_mm > INKED_MM
        ink_mm = _ink_mm(text_page, index, frame) if inked else None
        chars.append(Char(char, x_mm, advance_mm, y_mm, look, ink_mm))
    return chars, looks


def _ink_mm(text_page: Any, index: int, frame: Frame) -> tuple[float, float]:
    """Top and bottom of the drawn shape of a character, as the page is shown."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(
        text_page,
        index,
        ctypes.byref(left),
        ctypes.byref(right),
        ctypes.byref(bottom),
        ctypes.byref(top),
    )
    ys = sorted(frame.mm(x.value, y.value)[1] for x, y in ((left, bottom), (right, top)))
    return ys[0], ys[1]


def character(code: int) -> str:
    if code == HYPHEN:
        return "-"
    if code in NO_UNICODE or code > LAST_CODE_POINT:
        return "\ufffd"
    return chr(code)


def _joined(text: str) -> str:
    """*text* with surrogate halves, which pdfium hands out one by one, put together."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _advance_mm(look: Look, rect: Any, text_object: Any, code: int) -> float:
    if look.turn in {0, HALF} and not look.slant and rect.right > rect.left:
        return float((rect.right - rect.left) * MM_PER_PT)
    width = ctypes.c_float()
    font = pdfium.FPDFTextObj_GetFont(text_object)
    pdfium.FPDFFont_GetGlyphWidth(font, code, 1.0, ctypes.byref(width))
    return width.value * look.size_mm * look.stretch


def _look(
    text_object: Any, frame: Frame, artifact: bool, outer: Matrix, fonts: dict[int, Font]
) -> Look:
    handle = pdfium.FPDFTextObj_GetFont(text_object)
    key = ctypes.addressof(handle.contents)
    font = fonts.get(key)
    if font is None:
        font = fonts[key] = font_of(handle)
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(text_object, ctypes.byref(size))
    a, b, c, d, _, _ = times(matrix_of(text_object), outer)
    if not math.isfinite(a * b * c * d * size.value):
        a, b, c, d = 0.0, 0.0, 0.0, 0.0
    # The upright of the em is what the size is measured along; the skew is what is left over.
    area, width = a * d - b * c, math.hypot(a, b)
    height = abs(area) / width if width else 0.0
    slant = (a * c + b * d) / area if area else 0.0
    turn = round(math.degrees(math.atan2(-b, a)) + frame.rotation) % 360
    colour, alpha = colour_of(pdfium.FPDFPageObj_GetFillColor, text_object)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    if mode == 1:
        colour, alpha = colour_of(pdfium.FPDFPageObj_GetStrokeColor, text_object)
    return Look(
        font=font.name,
        family=font.family,
        size_mm=round(abs(size.value) * height * MM_PER_PT, 3),
        colour=colour,
        render_mode=mode,
        artifact=artifact or is_artifact(text_object),
        turn=turn,
        slant=round(slant, 3),
        stretch=round(width / height, 4) if height else 1.0,
        bold=font.bold,
        alpha=alpha,
    )


def lines(
    chars: Iterable[Char], width_mm: float, height_mm: float
) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...], tuple[str, ...]]:
    """The upright lines, those of each other turn in its own upright frame, what is doubled."""
    by_turn: dict[int, list[Char]] = {}
    for char in chars:
        by_turn.setdefault(char.look.turn, []).append(char)
    upright, doubled = group(by_turn.pop(0, []))
    turned: list[TextLine] = []
    for turn, some in sorted(by_turn.items()):
        turned += group((_turned_back(c, turn, width_mm, height_mm) for c in some), turn)[0]
    return upright, ordered(turned), doubled


def _turned_back(char: Char, turn: int, width_mm: float, height_mm: float) -> Char:
    """*char* in the frame of the sheet turned back by *turn*, about the centre when askew."""
    x, y = char.x_mm, char.baseline_mm
    if turn == QUARTER:
        x, y = y, width_mm - x
    elif turn == HALF:
        x, y = width_mm - x, height_mm - y
    elif turn == THREE_QUARTERS:
        x, y = height_mm - y, x
    else:
        angle = math.radians(-turn)
        dx, dy = x - width_mm / 2, y - height_mm / 2
        x = width_mm / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = height_mm / 2 + dx * math.sin(angle) + dy * math.cos(angle)
    return char._replace(x_mm=x, baseline_mm=y)


def _overprinted(text_page: Any, texts: Texts, used: Container[int]) -> tuple[str, ...]:
    """What stands where a text object is that pdfium left out, as the same text is there already.

    Text within forms is not looked up: its bounds are in the form's own space.
    """
    found = []
    for key, (text_object, _, matrix) in texts.items():
        if key in used or matrix is not IDENTITY:
            continue
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(text_object, *(ctypes.byref(edge) for edge in edges))
        left, bottom, right, top = (edge.value for edge in edges)
        area = (text_page, left, top, right, bottom)
        length = pdfium.FPDFText_GetBoundedText(*area, None, 0)
        buffer = (ctypes.c_ushort * (length + 1))()
        pdfium.FPDFText_GetBoundedText(*area, buffer, length)
        text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()
        if text:
            found.append(text)
    return tuple(found)
