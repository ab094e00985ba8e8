"""The nouns of reading: sheets, their lines of text, their drawn lines and pictures.

Coordinates are millimetres from the top-left corner of the page as it is shown (CropBox, turned by
/Rotate). A Chinese character is placed by its em box, which reaches from 0.88 em above the baseline
to 0.12 em below it, whatever ascent the font file states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

EM_ASCENT = 0.88
EM_DESCENT = 0.12
MM_PER_PT = 25.4 / 72

Colour = tuple[int, int, int]

# A folio is a number, alone or between dashes; producers differ in the dash and the space.
FOLIO = re.compile(
    r"[\s\-—–―－─·]*(\d{1,4})[\s\-—–―－─·]*"
    r"|第\s*\d+\s*页(\s*[，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*[/／]\s*\d{1,3}|[Pp]age\s*\d+"
)
# Ink is measured where the standard measures it: marks and titles, and dashes.
INKED = frozenset("—–―－-…⸺")
INKED_MM = 7.0

INVISIBLE = 3  # the text render mode of a scan's recognised text
SCANNED = 0.5  # of the page that a picture covers
OUTLINED = 60  # drawn shapes without a word: letters turned into curves

FOLIO_MARGIN_MM = 36.0  # a folio stands in the foot margin, which is 35 mm deep in our paper


class Look(NamedTuple):
    """How a run of characters is drawn; shared by all characters of one text object."""

    font: str  # PostScript name without the subset tag
    family: str  # all names that the embedded program bears; empty where none is embedded
    size_mm: float
    colour: Colour
    render_mode: int  # of ISO 32000 9.3.6: 0 fill, 1 stroke, 2 both, 3 invisible
    artifact: bool
    turn: int  # degrees clockwise; 0 upright
    slant: float  # tangent of the skew, 0 upright
    stretch: float  # width of the em by its height
    bold: bool  # by name or weight of the font
    alpha: int = 255


class Char(NamedTuple):
    """One character: its origin on the baseline, and the advance the font gives it."""

    char: str
    x_mm: float
    advance_mm: float
    baseline_mm: float
    look: Look
    ink_mm: tuple[float, float] | None = None  # top and bottom of the drawn shape, see INKED

    @property
    def right_mm(self) -> float:
        return self.x_mm + self.advance_mm

    @property
    def size_mm(self) -> float:
        return self.look.size_mm

    @property
    def top_mm(self) -> float:
        return self.baseline_mm - EM_ASCENT * self.look.size_mm

    @property
    def bottom_mm(self) -> float:
        return self.baseline_mm + EM_DESCENT * self.look.size_mm


@dataclass(frozen=True)
class TextLine:
    """Characters on one baseline, left to right; spaces at both ends are left out.

    A line that is turned (``turn`` is not 0) has its figures in the frame in which it is upright:
    the sheet turned back by ``turn`` degrees.
    """

    chars: tuple[Char, ...]
    turn: int = 0

    @cached_property
    def text(self) -> str:
        return "".join(char.char for char in self.chars)

    @cached_property
    def bare(self) -> str:
        """The text without any white space."""
        return "".join(self.text.split())

    @cached_property
    def size_mm(self) -> float:
        """The size that sets most of the line."""
        counts: dict[float, int] = {}
        for char in self.chars:
            counts[char.look.size_mm] = counts.get(char.look.size_mm, 0) + 1
        return max(counts, key=lambda size: (counts[size], size))

    @cached_property
    def baseline_mm(self) -> float:
        """The baseline of the characters of the line's own size."""
        return next(c.baseline_mm for c in self.chars if c.look.size_mm == self.size_mm)

    @cached_property
    def x0_mm(self) -> float:
        return self.chars[0].x_mm

    @cached_property
    def x1_mm(self) -> float:
        """The right end by advance: a last mark counts with its whole cell."""
        return max(char.right_mm for char in self.chars[-3:])

    @property
    def middle_mm(self) -> float:
        return (self.x0_mm + self.x1_mm) / 2

    @property
    def width_mm(self) -> float:
        return self.x1_mm - self.x0_mm

    @property
    def em_top_mm(self) -> float:
        return self.baseline_mm - EM_ASCENT * self.size_mm

    @property
    def em_bottom_mm(self) -> float:
        return self.baseline_mm + EM_DESCENT * self.size_mm

    @cached_property
    def artifact(self) -> bool:
        return all(char.look.artifact for char in self.chars)

    @cached_property
    def pieces(self) -> tuple[TextLine, ...]:
        """The parts of the line that wide white space (over one and a half ems) holds apart."""
        parts: list[list[Char]] = [[self.chars[0]]]
        for before, char in pairwise(self.inked()):
            gap_mm = char.x_mm - before.right_mm
            if gap_mm > 1.5 * max(before.size_mm, char.size_mm):
                parts.append([])
            parts[-1].append(char)
        return tuple(TextLine(tuple(part), self.turn) for part in parts)

    def inked(self) -> Iterator[Char]:
        """The characters that are not white space."""
        return (char for char in self.chars if not char.char.isspace())


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn straight line, horizontal or vertical, by the ends and the middle of its ink."""

    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float
    thickness_mm: float
    colour: Colour
    artifact: bool = False

    @property
    def horizontal(self) -> bool:
        return self.x1_mm - self.x0_mm >= self.y1_mm - self.y0_mm

    @property
    def length_mm(self) -> float:
        return max(self.x1_mm - self.x0_mm, self.y1_mm - self.y0_mm)

    @property
    def top_mm(self) -> float:
        """The upper edge of the ink."""
        return self.y0_mm - (self.thickness_mm / 2 if self.horizontal else 0)

    @property
    def bottom_mm(self) -> float:
        """The lower edge of the ink."""
        return self.y1_mm + (self.thickness_mm / 2 if self.horizontal else 0)


@dataclass(frozen=True, slots=True)
class Box:
    """Any other drawn shape, by the box round its ink."""

    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float
    colour: Colour
    filled: bool
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A raster picture, with the mean colour of its inked pixels where it could be had."""

    x0_mm: float
    y0_mm: float
    x1_mm: float
    y1_mm: float
    pixels: tuple[int, int]
    colour: Colour | None = None
    artifact: bool = False


@dataclass(frozen=True)
class Sheet:
    """One page: its size as shown and all that stands on it, lines from top to bottom."""

    number: int  # from 1
    width_mm: float
    height_mm: float
    rotation: int  # /Rotate
    lines: tuple[TextLine, ...]
    turned_lines: tuple[TextLine, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    boxes: tuple[Box, ...] = ()
    pictures: tuple[DrawnPicture, ...] = ()
    text: str = ""  # in the order of the content stream, without artifacts
    chars: tuple[Char, ...] = ()  # the same as characters
    overprinted: tuple[str, ...] = ()  # text drawn once more on the same place
    unreadable: int = 0  # characters that have no Unicode value
    label: str = ""
    foot_margin_mm: float = FOLIO_MARGIN_MM  # deeper where an office's type area ends higher

    @cached_property
    def folio(self) -> TextLine | None:
        """The page number's line: a number alone, or between dashes, in the foot margin."""
        top_mm = self.height_mm - self.foot_margin_mm
        low = [
            line for line in self.lines if line.baseline_mm > top_mm and FOLIO.fullmatch(line.text)
        ]
        return low[-1] if low else self._turned_folio

    @property
    def _turned_folio(self) -> TextLine | None:
        """On a leaf shown lying, the page number stands in the corner of the leaf upright."""
        lying = self.turned_lines if self.landscape and self.rotation else ()
        return next((line for line in lying if FOLIO.fullmatch(line.text)), None)

    @cached_property
    def wordless(self) -> str:
        """Why there is something on the sheet, but no text to measure; empty where there is."""
        chars = [c for line in (*self.lines, *self.turned_lines) for c in line.inked()]
        readable = [c for c in chars if c.char != "\ufffd"]
        if any(char.look.render_mode != INVISIBLE for char in readable):
            return "读不出是什么字" if 2 * len(readable) < len(chars) else ""
        if chars and not readable:
            return "读不出是什么字"
        area = self.width_mm * self.height_mm
        if any((p.x1_mm - p.x0_mm) * (p.y1_mm - p.y0_mm) > SCANNED * area for p in self.pictures):
            return "是扫描的图"
        return "文字成了图形" if len(self.boxes) > OUTLINED else ""

    @cached_property
    def body_lines(self) -> tuple[TextLine, ...]:
        """The lines that are neither the folio nor marked as artifacts."""
        return tuple(line for line in self.lines if line is not self.folio and not line.artifact)

    @property
    def landscape(self) -> bool:
        return self.width_mm > self.height_mm

    def line(self, text: str) -> TextLine:
        """The first line that contains *text*, white space aside."""
        wanted = "".join(text.split())
        for line in self.lines:
            if wanted in line.bare:
                return line
        raise LookupError(f"page {self.number} has no line with {text!r}")


def ordered(lines: Iterable[TextLine]) -> tuple[TextLine, ...]:
    """*lines* from top to bottom, and from left to right where they share a baseline."""
    return tuple(sorted(lines, key=lambda line: (line.baseline_mm, line.x0_mm)))
