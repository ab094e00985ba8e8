"""Draws what a face lacks or has in another width: digits half an em wide, raised and lowered
figures, boxes with a tick.

A drawn glyph takes the place of one that the cut kept: its own, or a Hangul syllable's, which no
office text needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cutting import THOUSAND, USUAL_WIDTH, Original
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen

DIGITS = "0123456789"
HALF_EM = 500
SPARE = 0xAC00  # Hangul syllables, whose glyphs new signs are drawn over
SMALL = 0.6  # raised and lowered figures, of their full size
RAISED, LOWERED = 330, -120  # thousandths above the baseline
FIGURES = DIGITS + "+-=()"
RAISED_FIGURES = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", FIGURES + "n", strict=True))
LOWERED_FIGURES = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", FIGURES, strict=True))
HYPHEN, MINUS = "-", "\N{MINUS SIGN}"

# Within a square of a thousand, from its lower left corner.
TICK = ((185, 520), (235, 570), (410, 370), (765, 850), (820, 810), (415, 250))
CROSS = (
    (230, 275), (455, 500), (230, 725), (275, 770), (500, 545), (725, 770), (770, 725), (545, 500),
    (770, 275), (725, 230), (500, 455), (275, 230),
)  # fmt: skip
BOXES: Mapping[str, tuple[tuple[int, int], ...]] = {"☐": (), "☑": TICK, "☒": CROSS}
SQUARE = "□"

Drawing = list[tuple[str, tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Latin:
    """How the letters and digits of an original are set to stand beside the Han of a role."""

    height: float = 1.0  # of the original's
    down: int = 0  # thousandths
    towards: Original | None = None  # another weight of the same design, for ASCII
    share: float = 0.0  # how far to go towards it


@dataclass
class Sketches:
    """The glyphs of an original by character, its digits half an em wide."""

    original: Original
    latin: Latin
    _sources: list[tuple[Any, Mapping[int, str], Mapping[str, str]]] = field(init=False)

    def __post_init__(self) -> None:
        weights = [self.original, *filter(None, [self.latin.towards])]
        self._sources = [_glyphs_of(weight.opened()) for weight in weights]

    def has(self, char: str) -> bool:
        return ord(char) in self._sources[0][1]

    def drawn(self, char: str) -> tuple[Drawing, float]:
        """The outline of a letter or digit and its width, as they are to be set."""
        drawings = []
        widths = []
        for glyphs, names, half in self._sources if char.isascii() else self._sources[:1]:
            name = names[ord(char)]
            if char in DIGITS:
                name = half.get(name, name)
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            drawings.append(pen.value)
            widths.append(HALF_EM if char in DIGITS else glyphs[name].width)
        width = widths[0] + self.latin.share * (widths[-1] - widths[0])
        between = _between(drawings[0], drawings[-1], self.latin.share)
        return _transformed(
            between, Transform(1, 0, 0, self.latin.height, 0, -self.latin.down)
        ), width

    def is_latin(self, char: str) -> bool:
        """Whether *char* fills less than a cell: it stands on the baseline, not in the square."""
        glyphs, names, _ = self._sources[0]
        return self.has(char) and 0 < glyphs[names[ord(char)]].width < THOUSAND


def _glyphs_of(font: Any) -> tuple[Any, Mapping[int, str], Mapping[str, str]]:
    half: dict[str, str] = {}
    substitutions = font["GSUB"].table
    for record in substitutions.FeatureList.FeatureRecord:
        if record.FeatureTag == "hwid":
            for number in record.Feature.LookupListIndex:
                for table in substitutions.LookupList.Lookup[number].SubTable:
                    half |= getattr(table, "ExtSubTable", table).mapping
    return font.getGlyphSet(), font.getBestCmap(), half


def _between(first: Drawing, second: Drawing, share: float) -> Drawing:
    if [(step, len(points)) for step, points in first] != [(s, len(p)) for s, p in second]:
        raise ValueError("two weights are not drawn alike")
    return [
        (step, tuple(_point(a, b, share) for a, b in zip(points, others, strict=True)))
        for (step, points), (_, others) in zip(first, second, strict=True)
    ]


def _point(a: Sequence[float], b: Sequence[float], share: float) -> tuple[float, float]:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def _transformed(drawing: Drawing, transform: Transform) -> Drawing:
    pen = DecomposingRecordingPen(None)
    _replay(drawing, TransformPen(pen, transform))
    return list(pen.value)


def _replay(drawing: Drawing, pen: Any) -> None:
    for step, points in drawing:
        getattr(pen, step)(*points)


def spare_codes() -> set[int]:
    """What a cut has to keep so that the drawn signs find a glyph to stand in."""
    return {SPARE + number for number in range(len(_SIGNS))}


_SIGNS = (*RAISED_FIGURES, *LOWERED_FIGURES, *BOXES)


def draw(font: Any, sketches: Sketches) -> None:
    """Draws letters, digits, figures and boxes of *font*, a cut of the sketches' original."""
    names = font.getBestCmap()
    spare = {sign: names[SPARE + number] for number, sign in enumerate(_SIGNS)}
    for code, name in names.items():
        if sketches.is_latin(chr(code)) and code < SPARE:
            _put(font, name, *sketches.drawn(chr(code)))
    for sign, (drawing, width) in _figures(sketches):
        _put(font, spare[sign], drawing, width)
    square = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[names[ord(SQUARE)]].draw(square)
    for sign, mark in BOXES.items():
        _put(font, spare[sign], [*square.value, *_within(square.value, mark)], THOUSAND)
    for table in font["cmap"].tables:
        table.cmap = {
            code: name for code, name in table.cmap.items() if code not in spare_codes()
        } | {ord(sign): name for sign, name in spare.items()}


def _figures(sketches: Sketches) -> Iterator[tuple[str, tuple[Drawing, float]]]:
    for figures, rise in ((RAISED_FIGURES, RAISED), (LOWERED_FIGURES, LOWERED)):
        for sign, full in figures.items():
            # A raised hyphen would be too short for a minus.
            drawing, width = sketches.drawn(MINUS if full == HYPHEN else full)
            if full not in DIGITS and width > HALF_EM:
                narrow = HALF_EM / width
                drawing, width = _transformed(drawing, Transform(narrow, 0, 0, 1, 0, 0)), HALF_EM
            small = _transformed(drawing, Transform(SMALL, 0, 0, SMALL, 0, rise))
            yield sign, (small, width * SMALL)


def _within(square: Drawing, mark: Sequence[tuple[int, int]]) -> Drawing:
    """A polygon of the unit square, within the box that *square* draws."""
    bounds = BoundsPen(None)
    _replay(square, bounds)
    left, bottom, right, top = bounds.bounds
    points = [
        (left + x * (right - left) / THOUSAND, bottom + y * (top - bottom) / THOUSAND)
        for x, y in mark
    ]
    if not points:
        return []
    lines: Drawing = [("lineTo", (point,)) for point in points[1:]]
    return [("moveTo", (points[0],)), *lines, ("closePath", ())]


def _put(font: Any, name: str, drawing: Drawing, width: float) -> None:
    old = font["CFF "].cff[0].CharStrings[name]
    advance = round(width)
    pen = T2CharStringPen(None if advance == USUAL_WIDTH else advance, None)
    _replay(drawing, pen)
    new = pen.getCharString(old.private, old.globalSubrs)
    old.bytecode, old.program = None, new.program
    bounds = BoundsPen(None)
    _replay(drawing, bounds)
    font["hmtx"][name] = (advance, round(bounds.bounds[0]) if bounds.bounds else 0)
