"""The draft mark, 征求意见稿 and the like: it says on every page that this is not final."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import IndirectObject

from yinfa import pdf
from yinfa.composition import Composition
from yinfa.measures import Measures
from yinfa.model import DraftStyle, Output
from yinfa.shelf import Fount

HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
WATERMARK = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"
MIDDLE_EM = 0.38  # of a Han character, above the baseline


@dataclass(frozen=True, slots=True)
class DraftMark:
    """The words of the mark, each piece with the face that sets it."""

    pieces: tuple[tuple[str, Path], ...]
    style: DraftStyle
    mirrored: bool = False  # versos are bound at the right


def draft_mark(output: Output, fount: Fount) -> DraftMark | None:
    """The mark that *output* asks for; none in the final text."""
    if not output.draft:
        return None
    pieces = groupby(output.draft, lambda char: fount.face(char) or fount.faces[0])
    return DraftMark(
        tuple(("".join(chars), face.path) for face, chars in pieces),
        output.draft_style,
        output.mirrored,
    )


def stamp_draft(
    writer: PdfWriter, mark: DraftMark, composition: Composition, measures: Measures
) -> None:
    """The mark on every page: in the head margin at the right, or aslant under the text."""
    word = _Word(writer, mark)
    under = mark.style is DraftStyle.DIAGONAL
    draw = word.aslant if under else word.in_corner
    for sheet, page in zip(writer.pages, composition.pages, strict=True):
        mirrored = mark.mirrored and page.number % 2 == 0
        left_mm = measures.fore_edge_mm if mirrored else measures.type_area_binding_mm
        pdf.stamp(writer, sheet, draw(left_mm, measures), word.fonts, under=under)


class _Word:
    """The mark's faces embedded in a document; it keeps the fonts its drawings name."""

    def __init__(self, writer: PdfWriter, mark: DraftMark) -> None:
        paths = dict.fromkeys(path for _, path in mark.pieces)
        self._pieces = mark.pieces
        self._faces = {
            path: pdf.embed(writer, path, "".join(t for t, of in mark.pieces if of == path))
            for path in paths
        }
        self._names = {path: f"/Draft{number}" for number, path in enumerate(paths)}

    @property
    def fonts(self) -> dict[str, IndirectObject]:
        return {self._names[path]: face.font for path, face in self._faces.items()}

    @property
    def _width_em(self) -> float:
        return sum(self._faces[path].advances[c] for text, path in self._pieces for c in text)

    def in_corner(self, left_mm: float, measures: Measures) -> str:
        """Operators that print the word in 3号, ending at the right edge of the type area.

        That begins at *left_mm*.
        """
        size_mm = measures.cell_mm
        x_mm = left_mm + measures.type_area_width_mm - self._width_em * size_mm
        middle_mm = measures.paper_height_mm - measures.draft_middle_mm
        at = (1.0, 0.0, 0.0, 1.0, x_mm, middle_mm - MIDDLE_EM * size_mm)
        return "\n".join((HEADER, *self._shown(at, size_mm, 0.0), "EMC\n"))

    def aslant(self, left_mm: float, measures: Measures) -> str:
        """Operators that print the word along the diagonal of the type area, large and light."""
        size_mm = min(measures.draft_slant_em_mm, measures.draft_slant_mm / self._width_em)
        turn = math.atan2(measures.type_area_height_mm, measures.type_area_width_mm)
        cos, sin = math.cos(turn), math.sin(turn)
        half_mm, rise_mm = self._width_em * size_mm / 2, MIDDLE_EM * size_mm
        x_mm = left_mm + measures.type_area_width_mm / 2
        y_mm = measures.paper_height_mm - measures.bottom_mm + measures.type_area_height_mm / 2
        at = (
            cos,
            sin,
            -sin,
            cos,
            x_mm - half_mm * cos + rise_mm * sin,
            y_mm - half_mm * sin - rise_mm * cos,
        )
        shown = self._shown(at, size_mm, measures.draft_slant_grey)
        return "\n".join((WATERMARK, *shown, "EMC\n"))

    def _shown(self, at: tuple[float, ...], size_mm: float, grey: float) -> Iterator[str]:
        *turn, x_mm, y_mm = at
        place = [*turn, x_mm * pdf.PT_PER_MM, y_mm * pdf.PT_PER_MM]
        yield f"q BT {grey:g} g {' '.join(f'{number:.5f}' for number in place)} Tm"
        for text, path in self._pieces:
            name, face = self._names[path], self._faces[path]
            yield f"{name} {size_mm * pdf.PT_PER_MM:.4f} Tf <{face.encoded(text)}> Tj"
        yield "ET Q"
