"""Glyphs as TrueType has them, from any program: as they are, or with curves fitted anew.

PDFs carry CFF programs, of which readers of OFD know little; fitting a glyph's curves takes about a
millisecond. What was fitted is kept in the user's cache, by the digest of the charstring.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from yinfa.reading.paint import GlyphOutline, PaintedFace

WIDEST = 0x7FFF  # units that an advance may have
EM = 1000  # units of an em where the program does not say
FIT = 0.5  # how far, in thousandths of an em, a fitted curve may lie from the drawn one
SFNT = (b"\0\1\0\0", b"true", b"OTTO")


class TrueTypeGlyph(NamedTuple):
    """A glyph: its advance in units, and its entry of the table glyf, empty for a blank one."""

    advance: int
    data: bytes


BLANK = TrueTypeGlyph(0, b"")


@dataclass
class KeptGlyphs:
    """What was fitted before, by digest; it remembers what is fitted now."""

    known: dict[bytes, TrueTypeGlyph] = field(default_factory=dict)
    changed: bool = False

    def get(self, key: bytes, make: Callable[[], TrueTypeGlyph]) -> TrueTypeGlyph:
        glyph = self.known.get(key)
        if glyph is None:
            glyph = self.known[key] = make()
            self.changed = True
        return glyph


@dataclass(frozen=True, slots=True)
class FaceGlyphs:
    """The glyphs of a face by the character they print, in so many units an em."""

    units: int
    glyphs: Mapping[str, TrueTypeGlyph]


def draw(face: PaintedFace, chars: set[str], kept: KeptGlyphs) -> FaceGlyphs:
    """The glyphs of *face* that print *chars*, as far as it has them."""
    if face.outlines:
        found = {char: face.outlines[char] for char in chars if char in face.outlines}
        return FaceGlyphs(EM, {char: _fitted(outline) for char, outline in found.items()})
    numbers = {char: face.glyphs[char] for char in chars if char in face.glyphs}
    if face.program.startswith(SFNT) and not face.program.startswith(b"OTTO"):
        return _of_truetype(face.program, numbers)
    return _of_cff(face.program, numbers, kept)


def _of_truetype(program: bytes, numbers: Mapping[str, int]) -> FaceGlyphs:
    """The glyphs as they are, those made of others as one."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(program), lazy=True)
    names = [f"g{number:05d}" for number in range(font["maxp"].numGlyphs)]
    font.setGlyphOrder(names)
    table, advances, whole = font["glyf"], font["hmtx"].metrics, font.getGlyphSet()
    glyphs = {}
    for char, number in numbers.items():
        name = names[number]
        glyph, advance = table[name], advances[name][0]
        if glyph.isComposite():
            recorded = DecomposingRecordingPen(whole)
            whole[name].draw(recorded)
            pen = TTGlyphPen(None)
            recorded.replay(pen)
            glyph = pen.glyph()
        glyphs[char] = TrueTypeGlyph(_advance(advance), _data(glyph))
    return FaceGlyphs(font["head"].unitsPerEm, glyphs)


def _of_cff(program: bytes, numbers: Mapping[str, int], kept: KeptGlyphs) -> FaceGlyphs:
    from fontTools.cffLib import CFFFontSet
    from fontTools.ttLib import TTFont

    if program.startswith(b"OTTO"):
        fonts = TTFont(BytesIO(program), lazy=True)["CFF "].cff
    else:
        fonts = CFFFontSet()
        fonts.decompile(BytesIO(program), None)
    top = fonts[0]
    strings, order = top.CharStrings, top.getGlyphOrder()
    units = round(1 / top.rawDict["FontMatrix"][0]) if "FontMatrix" in top.rawDict else EM
    shared = hashlib.sha256(f"{units} {FIT}".encode())
    for subroutines in _subroutines(top, fonts):
        shared.update(subroutines)
    by_number = hasattr(top, "ROS")
    glyphs = {}
    for char, number in numbers.items():
        name = f"cid{number:05d}" if by_number else order[number]
        if name not in strings:
            continue
        string = strings[name]
        private = string.private
        widths = f"{getattr(private, 'defaultWidthX', 0)} {getattr(private, 'nominalWidthX', 0)}"
        digest = shared.copy()
        digest.update(widths.encode())
        digest.update(string.bytecode)
        glyphs[char] = kept.get(digest.digest(), functools.partial(_traced, string, units))
    return FaceGlyphs(units, glyphs)


def _subroutines(top: Any, fonts: Any) -> Iterator[bytes]:
    """What charstrings may call, which is part of what they draw."""
    parts = getattr(top, "FDArray", None) or [top]
    for index in (fonts.GlobalSubrs, *(getattr(part.Private, "Subrs", ()) for part in parts)):
        for number in range(len(index)):
            yield index[number].bytecode


def _traced(string: Any, units: int) -> TrueTypeGlyph:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    string.draw(Cu2QuPen(pen, FIT * units / EM, reverse_direction=True))
    return TrueTypeGlyph(_advance(string.width), _data(pen.glyph()))


def _fitted(outline: GlyphOutline) -> TrueTypeGlyph:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyph_pen = TTGlyphPen(None)
    pen = Cu2QuPen(glyph_pen, FIT, reverse_direction=False)
    open_ = False
    for step, figures in outline.path:
        points = list(zip(figures[::2], figures[1::2], strict=True))
        if step == "M":
            if open_:
                pen.closePath()
            pen.moveTo(points[0])
            open_ = True
        elif step == "L":
            pen.lineTo(points[0])
        elif step == "B":
            pen.curveTo(*points)
    if open_:
        pen.closePath()
    return TrueTypeGlyph(_advance(outline.advance), _data(glyph_pen.glyph()))


def _advance(width: float) -> int:
    return max(0, min(round(width), WIDEST))


def _data(glyph: Any) -> bytes:
    """The entry of *glyph* in the table glyf; nothing where it draws nothing."""
    return bytes(glyph.compile(None)) if glyph.numberOfContours else b""


def points(data: bytes) -> tuple[int, int]:
    """How many points and contours an entry of the table glyf has."""
    contours = struct.unpack_from(">h", data)[0] if data else 0
    return (struct.unpack_from(">H", data, 8 + 2 * contours)[0] + 1 if contours else 0), contours


def bounds(data: bytes) -> tuple[int, int, int, int]:
    """The box round a glyph, in units: left, bottom, right, top."""
    left, bottom, right, top = struct.unpack_from(">hhhh", data, 2) if data else (0, 0, 0, 0)
    return left, bottom, right, top
