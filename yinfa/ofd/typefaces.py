"""The faces of a painting as TrueType files, subset, each under a name of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from typing import Any

from yinfa.ofd import keeping
from yinfa.ofd.outlines import BLANK, TrueTypeGlyph, bounds, draw, points
from yinfa.reading.paint import PaintedFace

REGULAR, BOLD = 400, 700
LAST_OF_FORMAT_4 = 0xFFFF
ASCENT, DESCENT = 0.88, -0.12  # of an em: the em box of a Chinese character
NOTDEF = ".notdef"
NO_TIME = 2_082_844_800  # seconds from 1904 to 1970, the earliest that readers take for a date


class DamagedFace(Exception):
    """A face of the PDF cannot be drawn; the message is its name."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """A face to be embedded."""

    name: str
    family: str
    bold: bool
    content: bytes


@dataclass
class _Merged:
    """Faces of one name and size of em, as long as they do not draw a character two ways."""

    known_as: str  # in the files that it came from
    name: str
    family: str
    bold: bool
    units: int
    glyphs: dict[str, TrueTypeGlyph] = field(default_factory=dict)

    def takes(self, known_as: str, units: int, glyphs: Mapping[str, TrueTypeGlyph]) -> bool:
        shared = self.glyphs.keys() & glyphs.keys()
        same = (self.known_as, self.units) == (known_as, units)
        return same and all(self.glyphs[char] == glyphs[char] for char in shared)


def typefaces(
    faces: Sequence[PaintedFace], used: Mapping[int, set[str]]
) -> tuple[list[Typeface], dict[int, int]]:
    """The typefaces for what each of *faces* has *used*, and which of them stands for which face.

    Raises DamagedFace where the program of one is damaged.
    Subsets of one face, of which a bound file has several, become one: readers look faces up by
    name, and would take one subset for another.
    """
    merged: list[_Merged] = []
    stands_for: dict[int, int] = {}
    for number, face in enumerate(faces):
        chars = used.get(number)
        if not chars:
            continue
        names = face.family.split()
        name = next((one for one in reversed(names) if one.isascii()), "") or face.name or "Face"
        try:
            with keeping.kept(name) as kept:
                drawn = draw(face, chars, kept)
        except Exception as error:  # a damaged program, in any of many ways
            raise DamagedFace(name) from error
        for index, other in enumerate(merged):
            if other.takes(name, drawn.units, drawn.glyphs):
                other.glyphs.update(drawn.glyphs)
                stands_for[number] = index
                break
        else:
            taken = {other.name for other in merged}
            free = (f"{name}-{index}" if index > 1 else name for index in count(1))
            own = next(one for one in free if one not in taken)
            family = names[0] if names else name
            stands_for[number] = len(merged)
            merged.append(_Merged(name, own, family, face.bold, drawn.units, dict(drawn.glyphs)))
    made = [Typeface(one.name, one.family, one.bold, _file(one)) for one in merged]
    return made, stands_for


def _file(face: _Merged) -> bytes:
    """A TrueType file with the tables that readers want, among them name, OS/2, cmap and post."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Entry

    chars = sorted(face.glyphs)
    order = [NOTDEF, *(f"u{ord(char):05X}" for char in chars)]
    glyphs = dict(zip(order, (BLANK, *(face.glyphs[char] for char in chars)), strict=True))
    boxes = {name: bounds(glyph.data) for name, glyph in glyphs.items()}
    inked = [boxes[name] for name, glyph in glyphs.items() if glyph.data] or [(0, 0, 0, 0)]
    builder = FontBuilder(face.units, isTTF=True)
    font: Any = builder.font
    font.recalcBBoxes = False  # the boxes are known, and finding them again would cost more
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): f"u{ord(char):05X}" for char in chars})
    font["loca"] = newTable("loca")
    font["glyf"] = entries = newTable("glyf")
    entries.glyphs = {name: Entry(glyph.data) for name, glyph in glyphs.items()}
    entries.glyphOrder = order
    builder.setupHorizontalMetrics(
        {name: (max(glyph.advance, 0), boxes[name][0]) for name, glyph in glyphs.items()}
    )
    ascent, descent = round(ASCENT * face.units), round(DESCENT * face.units)
    widest = max(glyph.advance for glyph in glyphs.values())
    builder.setupHorizontalHeader(ascent=ascent, descent=descent, advanceWidthMax=widest)
    style = "Bold" if face.bold else "Regular"
    builder.setupNameTable(
        {
            "familyName": face.family,
            "styleName": style,
            "uniqueFontIdentifier": face.name,
            "fullName": face.name,
            "version": "Version 1.0",
            "psName": face.name,
        }
    )
    first, last = ord(chars[0]), ord(chars[-1])
    builder.setupOS2(
        sTypoAscender=ascent,
        sTypoDescender=descent,
        usWinAscent=max(ascent, *(box[3] for box in inked)),
        usWinDescent=max(-descent, *(-box[1] for box in inked)),
        usWeightClass=BOLD if face.bold else REGULAR,
        usFirstCharIndex=min(first, LAST_OF_FORMAT_4),
        usLastCharIndex=min(last, LAST_OF_FORMAT_4),
    )
    builder.setupPost(keepGlyphNames=False)
    builder.setupMaxp()
    sizes = [points(glyph.data) for glyph in glyphs.values()]
    most = font["maxp"]
    most.maxPoints = max(size[0] for size in sizes)
    most.maxContours = max(size[1] for size in sizes)
    head = font["head"]
    head.created = head.modified = NO_TIME
    head.xMin = min(box[0] for box in inked)
    head.yMin = min(box[1] for box in inked)
    head.xMax = max(box[2] for box in inked)
    head.yMax = max(box[3] for box in inked)
    file = BytesIO()
    builder.save(file)
    return file.getvalue()
