"""Draws YinfaBoxes.ttf: ☐ ☑ ☒, which no face of the packages has, to go with the □ of Fandol."""

from __future__ import annotations

from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

FAMILY = "Yinfa Boxes"
COPYRIGHT = "Copyright (c) 2026 the yinfa authors"
UNITS, ASCENT, DESCENT = 1000, 880, -120
LEFT, RIGHT, BOTTOM, TOP = 10, 990, -236, 774  # the square of Fandol's □
STROKE = 40
DRAWN = 3_850_000_000  # seconds of the font's calendar; any fixed number makes the bytes the same

Point = tuple[int, int]

TICK: tuple[Point, ...] = ((185, 290), (232, 345), (408, 130), (770, 640), (826, 600), (412, 20))
CROSS: tuple[Point, ...] = (
    (230, 34), (465, 269), (230, 504), (266, 540), (500, 305), (734, 540), (770, 504), (535, 269),
    (770, 34), (734, -2), (500, 233), (266, -2),
)  # fmt: skip


def drawn() -> bytes:
    """The font, the same bytes on every run."""
    glyphs = {".notdef": (), "box": (), "ticked": TICK, "crossed": CROSS}
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap({0x2610: "box", 0x2611: "ticked", 0x2612: "crossed"})
    builder.setupGlyf({name: _glyph(sign) for name, sign in glyphs.items()})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (UNITS, LEFT)))
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    names = {"familyName": FAMILY, "styleName": "Regular", "copyright": COPYRIGHT}
    builder.setupNameTable({**names, "psName": f"{FAMILY.replace(' ', '')}-Regular"})
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, fsType=0)
    builder.setupPost(isFixedPitch=1)
    head = builder.font["head"]
    head.created = head.modified = DRAWN
    builder.font.recalcTimestamp = False
    saved = BytesIO()
    builder.save(saved)
    return saved.getvalue()


def _glyph(sign: tuple[Point, ...]) -> object:
    pen = TTGlyphPen(None)
    _polygon(pen, ((LEFT, BOTTOM), (LEFT, TOP), (RIGHT, TOP), (RIGHT, BOTTOM)))
    inner_left, inner_right = LEFT + STROKE, RIGHT - STROKE
    inner_bottom, inner_top = BOTTOM + STROKE, TOP - STROKE
    _polygon(
        pen,
        (
            (inner_left, inner_bottom), (inner_right, inner_bottom),
            (inner_right, inner_top), (inner_left, inner_top),
        ),
    )  # fmt: skip
    if sign:
        _polygon(pen, sign)
    return pen.glyph()


def _polygon(pen: TTGlyphPen, points: tuple[Point, ...]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
