"""The nouns of a page as it is painted: runs of glyphs, shapes and pictures, in their order.

Coordinates are millimetres from the top-left corner of the page as it is shown. Sheets tell what a
page says; these tell how it is drawn, so that it can be drawn again in another format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from yinfa.reading.plane import Matrix
from yinfa.reading.sheets import Colour

# A step of a path: M x y, L x y, B x1 y1 x2 y2 x3 y3, or C, which closes.
Step = tuple[str, tuple[float, ...]]
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Tint:
    """A colour, and how much of what lies below it is covered: 255 is all."""

    colour: Colour
    alpha: int = 255


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn; cap and join are numbered as in ISO 32000 8.4.3."""

    ink: Tint
    width_mm: float
    cap: int = 0
    join: int = 0
    dashes_mm: tuple[float, ...] = ()
    phase_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Clip:
    """The area that a path encloses, outside of which nothing is painted."""

    path: Path
    even_odd: bool = False


class PlacedGlyph(NamedTuple):
    """A character with its origin on the baseline."""

    char: str
    x_mm: float
    y_mm: float


@dataclass(frozen=True, slots=True)
class TextRun:
    """Glyphs of one face, size and direction.

    *along* and *down* say where the em's width and depth point on the page, (1, 0) and (0, 1) in
    upright text; they are longer or shorter than 1 where the text is stretched.
    """

    face: int
    size_mm: float
    along: tuple[float, float]
    down: tuple[float, float]
    glyphs: tuple[PlacedGlyph, ...]
    fill: Tint | None
    stroke: Pen | None
    clips: tuple[Clip, ...]
    mark: int = -1  # the marked content it is, by which the structure tree knows it
    artifact: bool = False  # no part of the content, as folios are

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def upright(self) -> bool:
        return self.along == (1.0, 0.0) and self.down == (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled, stroked, or both."""

    path: Path
    fill: Tint | None
    even_odd: bool
    stroke: Pen | None
    clips: tuple[Clip, ...]
    mark: int = -1
    artifact: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture; *matrix* takes its unit square, whose y points up, to the page."""

    picture: int
    matrix: Matrix
    alpha: int
    clips: tuple[Clip, ...]
    mark: int = -1
    artifact: bool = False


Item = TextRun | Shape | Raster


@dataclass(frozen=True, slots=True)
class PageLink:
    """A box that leads to an address, or else to a page, from 1, and a place on it."""

    box: tuple[float, float, float, float]
    address: str
    page: int = 0
    left_mm: float = 0.0
    top_mm: float = 0.0

    def holds(self, x_mm: float, y_mm: float) -> bool:
        return self.box[0] <= x_mm <= self.box[2] and self.box[1] <= y_mm <= self.box[3]


@dataclass(frozen=True, slots=True)
class Painted:
    """One page."""

    width_mm: float
    height_mm: float
    items: tuple[Item, ...]
    label: str = ""
    links: tuple[PageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class GlyphOutline:
    """A glyph drawn by another reader, in thousandths of the em with y upwards."""

    path: Path
    advance: float


@dataclass(frozen=True, slots=True)
class PaintedFace:
    """A face of the file.

    *glyphs* are the numbers of the glyphs in *program* by the character they print. Where a face
    has another kind of program, or none, it has *outlines* instead.
    """

    name: str  # PostScript name without the subset tag
    family: str
    bold: bool
    program: bytes
    glyphs: Mapping[str, int]
    outlines: Mapping[str, GlyphOutline]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as a file: *kind* is PNG or JPEG."""

    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutlineTarget:
    """An entry of the outline: its page counts from 1, 0 where it leads nowhere."""

    title: str
    level: int  # from 1
    page: int
    left_mm: float
    top_mm: float


@dataclass(frozen=True, slots=True)
class TaggedContent:
    """An element of the structure tree: its kind, what it holds, and what it says of itself."""

    kind: str  # of ISO 32000 14.8.4, such as H1, P, Table
    alternative: str
    marks: tuple[tuple[int, int], ...]  # page from 1, marked content
    within: tuple[TaggedContent, ...]


@dataclass(frozen=True, slots=True)
class Painting:
    """A whole file."""

    pages: tuple[Painted, ...]
    faces: tuple[PaintedFace, ...]
    images: tuple[PictureFile, ...]
    outline: tuple[OutlineTarget, ...]
    structure: tuple[TaggedContent, ...]
    information: Mapping[str, str]  # what the file says of itself, by the names of ISO 32000
    remarks: tuple[str, ...]  # what could not be had as it was
