"""The grid of lines and cells drawn under the text of a finished PDF, to judge it by.

A derivative: the product itself is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yinfa import pdf
from yinfa.measures import Measures

SUFFIX = "版心格"
ARTIFACT = "/Artifact BMC"
CELL_COLOUR, LINE_COLOUR, FRAME_COLOUR = "0.75 0.9 0.96", "0.45 0.75 0.9", "0 0.55 0.8"
HAIRLINE_PT, FRAME_PT = 0.25, 0.5
LABEL_PT = 7.0
LABEL_GAP_MM = 1.2
CHARACTERS = "0123456789.× mm天头订口切地脚版心行字距"


def grid_path(product: Path) -> Path:
    """Where the derivative of *product* stands."""
    return product.with_name(f"{product.stem} {SUFFIX}.pdf")


def with_grid(
    content: bytes, measures: Measures, face: Path, *, first_page: int = 1, mirrored: bool = False
) -> bytes:
    """*content*, a finished PDF, with type area, lines, cells and their measures on each page."""
    writer = pdf.clone(content)
    embedded = pdf.embed(writer, face, CHARACTERS)
    for number, page in enumerate(writer.pages, first_page):
        verso = mirrored and number % 2 == 0
        left_mm = measures.fore_edge_mm if verso else measures.type_area.binding_mm
        drawing = "\n".join(_Drawing(measures, left_mm, embedded).operators())
        pdf.stamp(writer, page, drawing, {"/Grid": embedded.font}, under=True)
    return pdf.to_bytes(writer)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn on a page whose type area begins at *left_mm*."""

    measures: Measures
    left_mm: float
    face: pdf.EmbeddedFace

    @property
    def right_mm(self) -> float:
        return self.left_mm + self.measures.type_area.width_mm

    def operators(self) -> Iterator[str]:
        yield f"{ARTIFACT}\nq"
        yield from self._cells()
        yield from self._lines()
        yield from self._frame()
        yield from self._labels()
        yield "Q\nEMC\n"

    def _cells(self) -> Iterator[str]:
        """The upright lines between cells, from the first line's type to the last's."""
        measures = self.measures
        yield f"{CELL_COLOUR} RG {HAIRLINE_PT} w"
        top_mm, bottom_mm = measures.type_area.head_mm, measures.type_area.bottom_mm
        for cell in range(1, int(measures.grid.cells) + 1):
            x_mm = self.left_mm + cell * measures.cell_mm
            if x_mm < self.right_mm:
                yield self._stroke(x_mm, top_mm, x_mm, bottom_mm)

    def _lines(self) -> Iterator[str]:
        """The upper and lower edge of the type of each line."""
        measures = self.measures
        yield f"{LINE_COLOUR} RG {HAIRLINE_PT} w"
        for row in range(measures.grid.lines):
            for y_mm in (measures.type_top_mm(row), measures.type_bottom_mm(row)):
                yield self._stroke(self.left_mm, y_mm, self.right_mm, y_mm)

    def _frame(self) -> Iterator[str]:
        measures = self.measures
        yield f"{FRAME_COLOUR} RG {FRAME_PT} w"
        x, y = self._points(self.left_mm, measures.type_area.bottom_mm)
        width = measures.type_area.width_mm * pdf.PT_PER_MM
        height = measures.type_area.height_mm * pdf.PT_PER_MM
        yield f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re S"

    def _labels(self) -> Iterator[str]:
        """The measures in mm: margins and type area outside of it, line numbers at its left."""
        measures = self.measures
        right, bottom = self.right_mm, measures.type_area.bottom_mm
        middle_mm = measures.type_area.head_mm + measures.type_area.height_mm / 2
        inner, outer = self.left_mm, measures.paper.width_mm - right
        left_name, right_name = "订口", "切口"
        if inner < outer - 1e-6 and abs(inner - measures.fore_edge_mm) < 1e-6:
            left_name, right_name = right_name, left_name
        yield f"{FRAME_COLOUR} rg"
        head_mm = measures.type_area.head_mm
        yield self._label(f"天头 {head_mm:g} mm", self.left_mm, head_mm - LABEL_GAP_MM)
        area = f"版心 {measures.type_area.width_mm:g} × {measures.type_area.height_mm:g} mm"
        yield self._label(area, right, head_mm - LABEL_GAP_MM, ends=True)
        foot_mm = measures.paper.height_mm - bottom
        below_mm = bottom + LABEL_GAP_MM + LABEL_PT / pdf.PT_PER_MM
        yield self._label(f"地脚 {foot_mm:g} mm", self.left_mm, below_mm)
        pitch = f"行距 {measures.grid.pitch_mm:g} mm 字 {measures.cell_mm:.3f} mm"
        yield self._label(pitch, right, below_mm, ends=True)
        yield self._label(f"{left_name} {inner:g} mm", 2.0, middle_mm)
        paper_mm = measures.paper.width_mm
        yield self._label(f"{right_name} {outer:g} mm", paper_mm - 2.0, middle_mm, ends=True)
        for row in range(measures.grid.lines):
            edge_mm = measures.type_bottom_mm(row) - 1.6
            yield self._label(str(row + 1), self.left_mm - LABEL_GAP_MM, edge_mm, ends=True)

    def _label(self, text: str, x_mm: float, y_mm: float, *, ends: bool = False) -> str:
        """*text* from, or up to, *x_mm*, its baseline *y_mm* below the paper's upper edge."""
        width = LABEL_PT * sum(self.face.advances[char] for char in text)
        x, y = self._points(x_mm, y_mm)
        shown = self.face.encoded(text)
        return f"BT /Grid {LABEL_PT:g} Tf {x - width * ends:.3f} {y:.3f} Td <{shown}> Tj ET"

    def _stroke(self, x0_mm: float, y0_mm: float, x1_mm: float, y1_mm: float) -> str:
        start, end = self._points(x0_mm, y0_mm), self._points(x1_mm, y1_mm)
        return f"{start[0]:.3f} {start[1]:.3f} m {end[0]:.3f} {end[1]:.3f} l S"

    def _points(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """A place on the paper as PDF has it, from the lower left corner."""
        up_mm = self.measures.paper.height_mm - y_mm
        return x_mm * pdf.PT_PER_MM, up_mm * pdf.PT_PER_MM
